"""Corrections: the old row is closed and linked, the source never changes, what was done can be undone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homeregistry.correcting import CORRECTABLE
from homeregistry.database import reading
from homeregistry.verifying import verify
from registries import Registry, rows, scalar
from small_lists import HOMES, Command, import_rows

WHY = ("--reason", "与原件核对")
EVENT = ("--date", "2023-05-01", "--basis", "渝工发〔2023〕15号")


@pytest.fixture
def homes(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    assert import_rows(command, registry, tmp_path / "名单.csv", HOMES).code == 0
    return registry


@pytest.fixture
def listed(homes: Registry, command: Command) -> Callable[[], dict[int, dict[str, Any]]]:
    def call() -> dict[int, dict[str, Any]]:
        found = command(homes, "list", "--format", "json").json["recognitions"]
        return {one["id"]: one for one in found}

    return call


def whole(registry: Registry) -> None:
    with reading(registry.engine) as connection:
        assert verify(connection).findings == ()


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("kind=advanced_home", "kind", "advanced_home"),
        ("kind=先进职工之家", "kind", "advanced_home"),
        ("system=邮政", "system", "邮政"),
        ("year=2019", "year_from", 2019),
        ("year=2019-2020", "year_from", 2019),
        ("region=涪陵区", "region_code", "500102"),
        ("region=500103", "region_code", "500103"),
        ("body=涪陵区总工会", "body", "重庆市涪陵区总工会"),
        ("decision_no=渝工发[2020]9", "decision_no", "渝工发〔2020〕9号"),
        ("decision_no=", "decision_no", None),
        ("recipient=4", "recipient", 4),
    ],
)
def test_each_field_can_be_corrected_and_nothing_else_changes(
    setting: str, field: str, value: object, homes: Registry, command: Command,
    listed: Callable[[], dict[int, dict[str, Any]]],
) -> None:  # fmt: skip
    before = listed()
    answer = command(homes, "correct", "1", "--set", setting, *WHY, "--format", "json")
    assert (answer.code, answer.json["was"], answer.json["recognition"]) == (0, 1, 5)
    after = listed()
    assert set(after) == {2, 3, 4, 5}
    assert after[5][field] == value or str(value).endswith(str(after[5][field]))
    assert (after[5]["name"], after[5]["source"]) == (before[1]["name"], before[1]["source"])
    untouched = {"id", field, "year_from", "year_to", "region", "region_code"}
    if field not in ("year_from", "region_code"):
        untouched -= {"year_from", "year_to", "region", "region_code"}
    assert {k: v for k, v in after[5].items() if k not in untouched} == {
        k: v for k, v in before[1].items() if k not in untouched
    }
    whole(homes)


def test_the_old_row_stays_and_the_new_one_names_it(homes: Registry, command: Command) -> None:
    command(homes, "correct", "1", "--set", "year=2019", "--set", "kind=advanced_home", *WHY)
    assert scalar(homes, "SELECT revision_to FROM recognition WHERE id = 1") == 2
    (link,) = rows(homes, "SELECT recognition_id, decision, detail, reason FROM review_decision")
    assert link[:2] == (5, "corrected")
    assert json.loads(link[2]) == {
        "was": 1, "changes": {"kind": ["model_home", "advanced_home"], "year": ["2020", "2019"]},
    }  # fmt: skip
    assert link[3] == "与原件核对"
    subject = json.loads(scalar(homes, "SELECT subject FROM audit_entry ORDER BY id DESC LIMIT 1"))
    assert (subject["was"], subject["recognition"]) == (1, 5)


def test_a_corrected_recognition_says_its_new_number(homes: Registry, command: Command) -> None:
    command(homes, "correct", "1", "--set", "year=2019", *WHY)
    command(homes, "correct", "5", "--set", "year=2021", *WHY)
    event = ("event", "revoke", "1", "--date", "2024-07-01", "--basis", "文件")
    for again in (("correct", "1", "--set", "year=2018", *WHY), event):
        answer = command(homes, *again, "--format", "json")
        assert answer.json["error"]["code"] == "recognition_corrected"
    assert "now 6" in answer.json["error"]["message"]


def test_correcting_back_is_the_inverse(
    homes: Registry, command: Command, listed: Callable[[], dict[int, dict[str, Any]]]
) -> None:
    before = listed()[1]
    rounds = scalar(homes, "SELECT count(*) FROM award_round")
    command(homes, "correct", "1", "--set", "decision_no=渝工发〔2020〕99号", *WHY)
    command(homes, "correct", "5", "--set", "decision_no=渝工发〔2020〕8号", *WHY)
    assert {**listed()[6], "id": 1} == before
    assert scalar(homes, "SELECT count(*) FROM award_round") == rounds + 1


@pytest.mark.parametrize(
    ("settings", "code", "exit_code"),
    [
        (("name=别名",), "unknown_field", 2),
        (("kind=五一劳动奖状",), "unknown_kind", 2),
        (("year=1982",), "bad_value", 2),
        (("year=2999",), "bad_value", 2),
        (("region=没有区",), "unknown_region", 2),
        (("tier=市级",), "bad_value", 2),
        (("nothing",), "bad_setting", 2),
        (("year=2020",), "nothing_to_change", 1),
        (("tier=prefecture",), "conferring_body_conflict", 1),
        (("kind=outstanding_worker",), "wrong_recipient_type", 1),
        (("region=两江新区",), "unknown_region", 2),
        (("recipient=99",), "unknown_recipient", 1),
        (("recipient=2",), "already_recorded", 1),
    ],
)
def test_what_would_contradict_itself_is_refused(
    settings: tuple[str, ...], code: str, exit_code: int, homes: Registry, command: Command
) -> None:
    said = [part for setting in settings for part in ("--set", setting)]
    answer = command(homes, "correct", "1", *said, *WHY, "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (exit_code, code)
    assert scalar(homes, "SELECT max(revision_from) FROM recognition") == 1


def test_events_go_along_with_a_corrected_title(homes: Registry, command: Command) -> None:
    command(homes, "event", "revoke", "1", *EVENT)
    command(homes, "correct", "1", "--set", "year=2019", *WHY)
    assert rows(homes, "SELECT recognition_id, date FROM recognition_event WHERE revision_to IS NULL") == [
        (5, "2023-05-01")
    ]
    count = command(homes, "count", "--by", "status", "--format", "json").json["rows"]
    assert count == [["in_force", 3], ["revoked", 1]]
    whole(homes)


def test_two_recipients_become_one_and_the_inverse_takes_them_apart(
    homes: Registry, command: Command, listed: Callable[[], dict[int, dict[str, Any]]]
) -> None:
    answer = command(homes, "recipient", "merge", "4", "--into", "1", *WHY, "--format", "json")
    assert (answer.code, [one["recognition"] for one in answer.json["moved"]]) == (0, [5])
    assert listed()[5]["recipient"] == 1
    assert command(homes, "show", "4", "--format", "json").json["state"] == "closed"
    found = command(homes, "find", "第一人民医院", "--format", "json").json
    assert [one["recipient"] for one in found["matches"]] == [1]
    back = command(homes, "recipient", "split", "1", "--recognitions", "5", *WHY, "--format", "json")
    assert (back.json["new"], back.json["name"]) == (5, "万州区第一人民医院工会")
    assert [one["recipient"] for one in listed().values() if one["year_from"] == 2022] == [5]
    found = command(homes, "find", "第一人民医院", "--format", "json").json
    assert [one["recipient"] for one in found["matches"]] == [5]
    whole(homes)


def test_a_later_list_finds_the_merged_recipient_under_either_name(
    homes: Registry, command: Command, tmp_path: Path
) -> None:
    command(homes, "recipient", "merge", "4", "--into", "1", *WHY)
    late = [("万州区第一人民医院工会委员会", "万州区", "2023", "模范职工之家")]
    assert import_rows(command, homes, tmp_path / "b.csv", late).code == 0
    assert scalar(homes, "SELECT recipient_id FROM recognition WHERE year_from = 2023") == 1


def test_a_title_that_both_hold_is_kept_once(homes: Registry, command: Command) -> None:
    answer = command(homes, "recipient", "merge", "2", "--into", "1", *WHY, "--format", "json")
    assert (answer.json["moved"], answer.json["doubled"]) == ([], [2])
    assert command(homes, "count", "--format", "json").json["total"] == 3
    whole(homes)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("merge", "1", "--into", "1"), "merged_into_itself"),
        (("merge", "1", "--into", "99"), "unknown_recipient"),
        (("split", "1", "--recognitions", "1"), "nothing_to_split"),
        (("split", "1", "--recognitions", "2"), "not_its_recognition"),
        (("split", "1", "--recognitions", "x"), "bad_numbers"),
    ],
)
def test_what_cannot_be_merged_or_split_is_refused(
    arguments: tuple[str, ...], code: str, homes: Registry, command: Command
) -> None:
    answer = command(homes, "recipient", *arguments, *WHY, "--format", "json")
    assert answer.json["error"]["code"] == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "²"), "unknown_recipient"),
        (("show", "9" * 20), "unknown_recipient"),
        (("correct", "1", "--set", "stars=²", *WHY), "bad_value"),
        (("correct", "1", "--set", "recipient=②", *WHY), "bad_value"),
        (("recipient", "split", "1", "--recognitions", "1,²", *WHY), "bad_numbers"),
    ],
    ids=" ".join,
)
def test_trap_a_superscript_digit_is_no_number_and_no_defect_of_the_program(
    arguments: tuple[str, ...], code: str, homes: Registry, command: Command
) -> None:
    answer = command(homes, *arguments, "--format", "json")
    assert answer.json["error"]["code"] == code


def test_a_unit_that_ended_is_not_merged(homes: Registry, command: Command) -> None:
    command(homes, "event", "close", "2", *EVENT)
    answer = command(homes, "recipient", "merge", "2", "--into", "1", *WHY, "--format", "json")
    assert answer.json["error"]["code"] == "has_ended"


def test_undo_says_what_it_could_not_take_back_because_it_was_corrected(
    homes: Registry, command: Command
) -> None:
    from homeregistry.importing import undo_batch
    from homeregistry.ledger import Deed, write

    command(homes, "correct", "1", "--set", "year=2019", *WHY)
    command(homes, "event", "revoke", "2", *EVENT)
    with write(homes.engine, Deed("batch undo", "tester")) as ledger:
        undone = undo_batch(ledger, 1)
    assert [(one.id, one.reason) for one in undone.kept] == [(2, "event:revoked"), (5, "corrected")]
    assert undone.reversed == 2
    assert command(homes, "count", "--format", "json").json["total"] == 2
    whole(homes)


def test_every_correctable_field_is_in_the_commands_help(command: Command) -> None:
    text = command(None, "correct", "--help").out
    assert all(field in text for field in CORRECTABLE)
