"""Dated events: states that exclude each other, whole decisions by number, holders on a day, withdrawal."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeregistry.database import reading
from homeregistry.errors import RegistryError
from homeregistry.events import on_recognition, read_occasion
from homeregistry.ledger import Deed, write
from homeregistry.queries.standing import standing
from homeregistry.verifying import verify
from registries import Registry, rows, scalar
from small_lists import HOMES, Command, import_rows

TOMORROW = (date.today() + timedelta(days=1)).isoformat()
SAID = ("--date", "2023-05-01", "--basis", "渝工发[2023]15号")


@pytest.fixture
def homes(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    assert import_rows(command, registry, tmp_path / "名单.csv", HOMES).code == 0
    return registry


def holders(command: Command, registry: Registry, day: str = "today", *more: str) -> int:
    answer = command(registry, "count", "--measure", "holders", "--as-of", day, "--format", "json", *more)
    return int(answer.json["total"])


def event(command: Command, registry: Registry, *arguments: str) -> int:
    return command(registry, "event", *arguments).code


def test_a_revoked_title_is_out_of_holders_from_its_day_on_and_stays_among_awards(
    homes: Registry, command: Command
) -> None:
    assert event(command, homes, "revoke", "1", *SAID) == 0
    assert [holders(command, homes, day) for day in ("2023-04-30", "2023-05-01")] == [3 + 1, 3]
    assert command(homes, "count", "--format", "json").json["total"] == 4
    listed = command(homes, "list", "--format", "json").json["recognitions"]
    assert {one["id"]: one["status"] for one in listed}[1] == "revoked"
    by_status = command(homes, "count", "--by", "status", "--format", "json").json["rows"]
    assert by_status == [["in_force", 3], ["revoked", 1]]


def test_a_restored_title_is_in_again(homes: Registry, command: Command) -> None:
    event(command, homes, "revoke", "1", *SAID)
    assert event(command, homes, "restore", "1", "--date", "2024-01-01", "--basis", "复核") == 0
    assert [holders(command, homes, day) for day in ("2023-12-31", "2024-01-01")] == [3, 4]


def test_a_whole_decision_goes_by_its_number_however_it_is_printed(homes: Registry, command: Command) -> None:
    answer = command(
        homes, "event", "revoke", "--document-no", "渝工发【2020】 8 号", *SAID, "--format", "json"
    )
    assert (answer.code, answer.json["count"]) == (0, 3)
    assert {one["basis"] for one in answer.json["events"]} == {"渝工发〔2023〕15号"}
    assert holders(command, homes) == 1
    again = command(homes, "event", "revoke", "--document-no", "渝工发〔2020〕8号", *SAID)
    assert again.code == 1
    assert "has been revoked since 2023-05-01" in again.err


def test_revoking_a_decision_leaves_alone_what_is_revoked_already(homes: Registry, command: Command) -> None:
    event(command, homes, "revoke", "1", *SAID)
    answer = command(
        homes, "event", "revoke", "--document-no", "渝工发〔2020〕8号", *SAID, "--format", "json"
    )
    assert (answer.code, answer.json["count"]) == (0, 2)
    assert answer.json["skipped"] == [{"recognition": 1, "reason": "already_revoked"}]


def test_a_list_of_a_revoked_decision_that_comes_later_is_recorded_with_a_warning(
    homes: Registry, command: Command, tmp_path: Path
) -> None:
    event(command, homes, "revoke", "--document-no", "渝工发〔2020〕8号", *SAID)
    late = [("北碚区缙云中学工会", "北碚区", "2020", "模范职工之家", "渝工发[2020]8号")]
    answer = import_rows(command, homes, tmp_path / "补.csv", late)
    found = answer.json["files"][0]
    assert (answer.code, found["rows"]["recorded"]) == (0, 1)
    assert [problem["code"] for problem in found["problems"]] == ["revoked_decision"]
    assert holders(command, homes) == 2
    assert event(command, homes, "revoke", "--document-no", "渝工发〔2020〕8号", *SAID) == 0
    assert holders(command, homes) == 1


def test_a_merged_and_a_closed_unit_hold_nothing_a_renamed_one_is_one_holder(
    homes: Registry, command: Command
) -> None:
    assert event(command, homes, "merge", "1", "--into", "4", *SAID) == 0
    assert event(command, homes, "close", "2", *SAID) == 0
    assert event(command, homes, "rename", "3", "渝中区解放碑中央商务区总工会", *SAID) == 0
    assert [holders(command, homes, day) for day in ("2023-04-30", "2023-05-01")] == [4, 2]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (("revoke", "1"), ("revoke", "1"), "already_revoked"),
        ((), ("restore", "1"), "not_revoked"),
        (("revoke", "1"), ("recheck", "1"), "already_revoked"),
        (("recheck", "1"), ("recheck", "1"), "already_rechecked"),
        (("close", "1"), ("close", "1"), "already_closed"),
        (("close", "1"), ("merge", "1", "--into", "2"), "already_closed"),
        (("merge", "1", "--into", "2"), ("merge", "1", "--into", "3"), "already_merged"),
        (("merge", "1", "--into", "2"), ("merge", "2", "--into", "1"), "already_merged"),
        (("close", "1"), ("rename", "1", "新名工会"), "already_closed"),
        ((), ("rename", "1", "万州区教育工会"), "already_named"),
        (("rename", "1", "新名工会"), ("rename", "1", "新名工会"), "already_named"),
    ],
)
def test_an_event_on_something_in_that_state_is_refused_with_a_sentence(
    first: tuple[str, ...], second: tuple[str, ...], code: str, homes: Registry, command: Command
) -> None:
    if first:
        assert event(command, homes, *first, *SAID) == 0
    answer = command(homes, "event", *second, *SAID, "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, code)
    assert len(answer.err) > 20


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("revoke", "1", "--date", "1982-12-31", "--basis", "x"), "before_1983", 2),
        (("revoke", "1", "--date", TOMORROW, "--basis", "x"), "in_future", 2),
        (("revoke", "1", "--date", "2023-02-30", "--basis", "x"), "bad_date", 2),
        (("revoke", "1", "--date", "2023-02-28", "--basis", " "), "no_basis", 2),
        (("revoke", "1", "--date", "2019", "--basis", "x"), "before_award", 1),
        (("revoke", "99", *SAID), "unknown_recognition", 1),
        (("revoke", "--document-no", "无此〔2020〕9号", *SAID), "unknown_decision", 1),
        (("revoke", *SAID), "one_target", 2),
        (("revoke", "1", "--document-no", "x", *SAID), "one_target", 2),
        (("close", "99", *SAID), "unknown_recipient", 1),
        (("merge", "1", "--into", "1", *SAID), "merged_into_itself", 2),
        (("withdraw", "99", "--reason", "x"), "unknown_event", 1),
    ],
)
def test_what_cannot_be_is_refused(
    arguments: tuple[str, ...], code: str, exit_code: int, homes: Registry, command: Command
) -> None:
    answer = command(homes, "event", *arguments, "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (exit_code, code)
    assert scalar(homes, "SELECT count(*) FROM recognition_event") == 0


def test_a_month_counts_from_its_last_day_on(homes: Registry, command: Command) -> None:
    event(command, homes, "revoke", "1", "--date", "2024年7月", "--basis", "x")
    assert [holders(command, homes, day) for day in ("2024-07-30", "2024-07-31")] == [4, 3]


def test_a_withdrawn_event_stays_on_record_and_counts_no_more(homes: Registry, command: Command) -> None:
    event(command, homes, "revoke", "1", *SAID)
    assert event(command, homes, "withdraw", "1", "--reason", "错录") == 0
    assert holders(command, homes) == 4
    assert command(homes, "event", "list", "--format", "json").json["events"] == []
    (kept,) = command(homes, "event", "list", "--all", "--format", "json").json["events"]
    assert (kept["type"], kept["withdrawn"]) == ("revoked", True)
    shown = command(homes, "show", "1", "--format", "json").json
    assert [(one["type"], one["withdrawn"]) for one in shown["events"]] == [("revoked", True)]
    assert command(homes, "event", "withdraw", "1", "--reason", "x").code == 1


def test_a_revocation_that_was_answered_cannot_be_withdrawn_alone(homes: Registry, command: Command) -> None:
    event(command, homes, "revoke", "1", *SAID)
    event(command, homes, "restore", "1", "--date", "2024", "--basis", "x")
    answer = command(homes, "event", "withdraw", "1", "--reason", "x", "--format", "json")
    assert answer.json["error"]["code"] == "event_rests_on_it"


def test_a_withdrawn_renaming_takes_its_name_along(homes: Registry, command: Command) -> None:
    event(command, homes, "rename", "1", "万州区教科文工会", *SAID)
    assert scalar(homes, "SELECT count(*) FROM recipient_name WHERE revision_to IS NULL") == 1
    event(command, homes, "withdraw", "1", "--reason", "错录")
    assert scalar(homes, "SELECT count(*) FROM recipient_name WHERE revision_to IS NULL") == 0


def test_a_renamed_unit_is_shown_under_the_name_in_force(homes: Registry, command: Command) -> None:
    event(command, homes, "rename", "1", "万州区教科文工会", "--date", "2023-05", "--basis", "x")
    event(command, homes, "rename", "1", "万州区教科文卫工会", "--date", "2022", "--basis", "x")
    shown = command(homes, "show", "1", "--format", "json").json
    assert (shown["name"], shown["recorded_as"]) == ("万州区教科文工会", "万州区教育工会")
    assert command(homes, "show", "1").out.startswith("万州区教科文工会:")
    found = command(homes, "find", "教科文工会").out.splitlines()[2]
    assert "万州区教育工会" in found
    assert "万州区教科文工会" in found
    assert command(homes, "event", "withdraw", "1", "--reason", "错").code == 0
    assert command(homes, "show", "1", "--format", "json").json["name"] == "万州区教科文卫工会"


def test_a_list_under_the_new_name_finds_the_renamed_unit(
    homes: Registry, command: Command, tmp_path: Path
) -> None:
    event(command, homes, "rename", "1", "万州区教科文卫工会", *SAID)
    later = [("万州区教科文卫工会", "万州区", "2023", "模范职工之家", "")]
    assert import_rows(command, homes, tmp_path / "b.csv", later).code == 0
    assert scalar(homes, "SELECT recipient_id FROM recognition WHERE year_from = 2023") == 1
    assert holders(command, homes) == 4


def test_one_number_names_one_event_over_both_tables(homes: Registry, command: Command) -> None:
    event(command, homes, "revoke", "--document-no", "渝工发〔2020〕8号", *SAID)
    event(command, homes, "close", "4", *SAID)
    event(command, homes, "restore", "1", "--date", "2024", "--basis", "x")
    found = command(homes, "event", "list", "--format", "json").json["events"]
    assert sorted(one["event"] for one in found) == [1, 2, 3, 4, 5]


def test_the_audit_entry_says_who_what_and_on_what_basis(homes: Registry, command: Command) -> None:
    assert command(homes, "--as", "王敏").code in (0, 2)
    command(homes, "event", "revoke", "1", *SAID, "--note", "举报属实")
    entry = rows(homes, "SELECT action, reason, subject FROM audit_entry ORDER BY id DESC LIMIT 1")[0]
    assert (entry[0], entry[1]) == ("event revoke", "渝工发〔2023〕15号; 举报属实")
    assert json.loads(entry[2])["recognition"] == 1
    with reading(homes.engine) as connection:
        assert verify(connection).ok


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["revoked", "restored", "rechecked"]), st.dates(date(2020, 1, 1), date(2024, 12, 31))
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_revoked_and_restored_take_turns_whatever_is_tried_in_whatever_order(
    steps: list[tuple[str, date]], sqlite_homes: Registry
) -> None:
    """What is accepted alternates in time, and the state on any day is the last turn's."""
    accepted: list[tuple[date, int, str]] = []

    class _EndError(Exception):
        pass

    def play() -> None:
        with write(sqlite_homes.engine, Deed("test", "tester")) as ledger:
            for kind, day in steps:
                occasion = read_occasion(day.isoformat(), "x", None, date(2026, 1, 1))
                try:
                    done = on_recognition(ledger, kind, 1, occasion)  # type: ignore[arg-type]
                except RegistryError:
                    continue
                accepted.append((day, done.events[0].id, kind))
            turns = [kind for _day, _id, kind in sorted(accepted) if kind != "rechecked"]
            assert turns == [("revoked", "restored")[n % 2] for n in range(len(turns))]
            for day in {day for _kind, day in steps}:
                until = [kind for when, _id, kind in sorted(accepted) if kind != "rechecked" and when <= day]
                revoked = bool(until) and until[-1] == "revoked"
                assert (1 in standing(ledger.connection, day).revoked) == revoked
            raise _EndError

    with pytest.raises(_EndError):
        play()


@pytest.fixture
def sqlite_homes(sqlite_registry: Registry, command: Command, tmp_path: Path) -> Registry:
    import_rows(command, sqlite_registry, tmp_path / "名单.csv", HOMES)
    return sqlite_registry
