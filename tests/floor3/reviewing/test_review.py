"""Rows that wait: seen with both sides, decided, remembered for the next file, taken back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from homeregistry.database import reading
from homeregistry.verifying import verify
from registries import Answer, Registry, rows, scalar
from small_lists import HOMES, Command, import_rows

OLD = (("重庆长安汽车股份有限公司工会", "江北区", "2020", "模范职工之家"),)
WAITING = (
    ("长安汽车股份公司工会", "江北区", "2021", "模范职工之家"),
    ("涪陵区白涛中学工会", "没有区", "2021", "模范职工之家"),
    ("涪陵区榨菜集团工会", "涪陵区", "2021", "金牌职工小家"),
    ("江北区实验小学工会", "江北区", "2021", "模范职工之家"),
    ("江北区实验小学工会委员会", "江北区", "2021", "模范职工之家"),
)
"""Held for a likely double; an unknown region; an unknown title; good; standing twice."""


@pytest.fixture
def kept(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    assert import_rows(command, registry, tmp_path / "a.csv", [*HOMES, *OLD]).code == 0
    answer = import_rows(command, registry, tmp_path / "b.csv", WAITING, "--partial")
    counts = answer.json["files"][0]["rows"]
    assert (counts["recorded"], counts["held"], counts["refused"]) == (1, 2, 2)
    return registry


def waiting(command: Command, registry: Registry) -> dict[str, dict[str, Any]]:
    answer = command(registry, "review", "list", "--format", "json")
    found = answer.json["rows"]
    assert answer.code == (3 if found else 0)
    return {one["name"]: one for one in found}


def resolve(command: Command, registry: Registry, number: int, *said: str) -> Answer:
    return command(registry, "review", "resolve", str(number), *said, "--format", "json")


def total(command: Command, registry: Registry) -> int:
    return int(command(registry, "count", "--format", "json").json["total"])


def whole(registry: Registry) -> None:
    with reading(registry.engine) as connection:
        assert verify(connection).findings == ()


def number_of(command: Command, registry: Registry, name: str) -> int:
    return int(waiting(command, registry)[name]["id"])


def test_what_waits_says_where_it_stands_and_why(kept: Registry, command: Command) -> None:
    found = waiting(command, kept)
    assert {one["code"] for one in found.values()} == {
        "possible_duplicate", "unknown_region", "unknown_title", "duplicate_in_file",
    }  # fmt: skip
    one = found["涪陵区白涛中学工会"]
    assert (one["file"], one["row"], one["outcome"]) == ("b.csv", 3, "refused")
    assert "没有区" in one["message"]


def test_both_sides_are_shown_with_reasons_and_the_printed_row(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "长安汽车股份公司工会")
    shown = command(kept, "review", "show", str(number), "--format", "json").json
    (other,) = [one for one in shown["others"] if one["name"] == "重庆长安汽车股份有限公司工会"]
    assert other["reason"] in ("form", "place", "short", "spelling")
    assert other["recognitions"][0]["source"]["file"] == "a.csv"
    assert shown["source"]["cells"][0] == "长安汽车股份公司工会"
    assert shown["read_as"][0]["region"].endswith("江北区")


def test_a_row_decided_the_same_is_recorded_for_that_recipient_and_remembered(
    kept: Registry, command: Command, tmp_path: Path
) -> None:
    number = number_of(command, kept, "长安汽车股份公司工会")
    answer = resolve(command, kept, number, "--same-as", "5")
    assert (answer.code, answer.json["outcome"]) == (0, "recorded")
    (new,) = answer.json["recognitions"]
    found = rows(
        kept, f"SELECT recipient_id, batch_id, row_no, name_printed FROM recognition WHERE id = {new}"
    )
    assert found == [(5, 2, 2, "长安汽车股份公司工会")]
    later = [("长安汽车股份公司工会", "江北区", "2023", "模范职工之家")]
    assert import_rows(command, kept, tmp_path / "c.csv", later).code == 0
    assert scalar(kept, "SELECT recipient_id FROM recognition WHERE year_from = 2023") == 5
    whole(kept)


def test_a_row_decided_different_is_a_new_recipient_and_is_not_asked_about_again(
    kept: Registry, command: Command, tmp_path: Path
) -> None:
    number = number_of(command, kept, "长安汽车股份公司工会")
    before = scalar(kept, "SELECT count(*) FROM recipient")
    assert resolve(command, kept, number, "--different").json["outcome"] == "recorded"
    assert scalar(kept, "SELECT count(*) FROM recipient") == before + 1
    later = [("长安汽车股份公司工会", "江北区", "2023", "模范职工之家")]
    assert import_rows(command, kept, tmp_path / "c.csv", later).json["files"][0]["rows"]["recorded"] == 1
    assert scalar(kept, "SELECT count(*) FROM recipient") == before + 1
    whole(kept)


def test_an_unsure_row_goes_on_waiting(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "长安汽车股份公司工会")
    answer = resolve(command, kept, number, "--unsure")
    assert (answer.code, answer.json["outcome"]) == (3, "held")
    assert number_of(command, kept, "长安汽车股份公司工会") == number
    (decision,) = command(kept, "review", "decisions", "--format", "json").json["decisions"]
    assert decision["decision"] == "unsure"
    assert resolve(command, kept, number, "--different").code == 0
    kinds = [
        one["decision"] for one in command(kept, "review", "decisions", "--format", "json").json["decisions"]
    ]
    assert kinds == ["different", "completed"]


def test_a_refused_row_is_completed_and_recorded_with_its_own_source(
    kept: Registry, command: Command
) -> None:
    number = number_of(command, kept, "涪陵区白涛中学工会")
    answer = resolve(command, kept, number, "--set", "region=涪陵区")
    assert answer.json["outcome"] == "recorded"
    listed = command(kept, "list", "--region", "涪陵区", "--year", "2021", "--format", "json").json
    (one,) = listed["recognitions"]
    assert one["source"] == {"file": "b.csv", "sheet": one["source"]["sheet"], "row": 3}
    assert scalar(kept, "SELECT max(revision_from) FROM recognition") == 3
    whole(kept)


def test_a_title_may_be_set_by_its_code(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "涪陵区榨菜集团工会")
    answer = resolve(command, kept, number, "--set", "kind=model_home")
    assert answer.json["outcome"] == "recorded"
    assert scalar(kept, "SELECT recipient_id FROM recognition WHERE row_no = 4 AND batch_id = 2") == 2


def test_a_row_that_still_lacks_something_goes_on_waiting(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "涪陵区白涛中学工会")
    for said in (("--set", "region=还没有区"), ("--set", "year=2021")):
        answer = resolve(command, kept, number, *said)
        assert (answer.code, answer.json["error"]["code"]) == (1, "still_waiting")
    assert number_of(command, kept, "涪陵区白涛中学工会") == number
    assert command(kept, "review", "decisions", "--format", "json").json["decisions"] == []


def test_a_row_set_aside_waits_no_more_and_records_nothing(kept: Registry, command: Command) -> None:
    before = total(command, kept)
    number = number_of(command, kept, "江北区实验小学工会委员会")
    assert resolve(command, kept, number, "--dismiss", "--reason", "重复").json["outcome"] == "dismissed"
    assert "江北区实验小学工会委员会" not in waiting(command, kept)
    assert total(command, kept) == before


def test_a_row_that_stands_twice_is_on_record_already(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "江北区实验小学工会委员会")
    recipient = scalar(kept, "SELECT recipient_id FROM recognition WHERE name_printed = '江北区实验小学工会'")
    answer = resolve(command, kept, number, "--same-as", str(recipient))
    assert (answer.json["outcome"], answer.json["recognitions"]) == ("already_recorded", [])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("长安汽车股份公司工会", ("--same-as", "5")),
        ("长安汽车股份公司工会", ("--same-as", "2")),
        ("长安汽车股份公司工会", ("--different",)),
        ("涪陵区白涛中学工会", ("--set", "region=涪陵区")),
        ("江北区实验小学工会委员会", ("--dismiss",)),
    ],
)
def test_every_decision_can_be_taken_back(
    name: str, said: tuple[str, ...], kept: Registry, command: Command
) -> None:
    def state() -> tuple[object, ...]:
        live = "WHERE revision_to IS NULL"
        return (
            command(kept, "list", "--format", "json").json,
            rows(kept, f"SELECT id, name FROM recipient {live} ORDER BY id"),
            rows(kept, f"SELECT recipient_id, name FROM recipient_name {live} ORDER BY id"),
            {one: {**row, "id": 0} for one, row in waiting(command, kept).items()},
            command(kept, "find", name, "--format", "json").json,
            rows(kept, f"SELECT pair_key, decision FROM review_decision {live}"),
        )

    before = state()
    done = resolve(command, kept, number_of(command, kept, name), *said).json
    assert state() != before
    answer = command(
        kept, "review", "take-back", str(done["decisions"][0]), "--reason", "误判", "--format", "json"
    )
    assert answer.code == 0
    assert state() == before
    assert resolve(command, kept, int(answer.json["id"]), *said).code == 0
    whole(kept)


def test_what_others_built_on_is_not_taken_back(kept: Registry, command: Command) -> None:
    done = resolve(
        command, kept, number_of(command, kept, "涪陵区白涛中学工会"), "--set", "region=涪陵区"
    ).json
    (new,) = done["recognitions"]
    command(kept, "event", "revoke", str(new), "--date", "2023", "--basis", "x")
    take = ("review", "take-back", str(done["decisions"][-1]), "--reason", "x", "--format", "json")
    assert command(kept, *take).json["error"]["code"] == "has_event"
    command(kept, "event", "withdraw", "1", "--reason", "x")
    command(kept, "correct", str(new), "--set", "year=2020", "--reason", "x")
    assert command(kept, *take).json["error"]["code"] == "built_on"


def test_undoing_the_batch_takes_what_was_completed_from_it_along(kept: Registry, command: Command) -> None:
    resolve(command, kept, number_of(command, kept, "涪陵区白涛中学工会"), "--set", "region=涪陵区")
    assert total(command, kept) == 7
    assert command(kept, "batch", "undo", "2").code == 0
    assert total(command, kept) == 5
    assert waiting(command, kept) == {}
    whole(kept)


def test_a_closed_year_asks_for_a_reason_here_too(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "涪陵区白涛中学工会")
    command(kept, "year", "close", "2021")
    assert resolve(command, kept, number, "--set", "region=涪陵区").json["error"]["code"] == "still_waiting"
    assert resolve(command, kept, number, "--set", "region=涪陵区", "--reason", "补录").code == 0


@pytest.mark.parametrize(
    ("said", "code", "exit_code"),
    [
        ((), "no_decision", 2),
        (("--different", "--dismiss"), "one_decision", 2),
        (("--set", "phone=1"), "unknown_field", 2),
        (("--set", "x"), "bad_setting", 2),
        (("--same-as", "99"), "unknown_recipient", 1),
        (("--unsure",), "no_pair", 1),
    ],
)
def test_what_is_no_decision_is_refused(
    said: tuple[str, ...], code: str, exit_code: int, kept: Registry, command: Command
) -> None:
    answer = resolve(command, kept, number_of(command, kept, "涪陵区白涛中学工会"), *said)
    assert (answer.code, answer.json["error"]["code"]) == (exit_code, code)


def test_what_was_decided_says_so(kept: Registry, command: Command) -> None:
    number = number_of(command, kept, "江北区实验小学工会委员会")
    resolve(command, kept, number, "--dismiss")
    assert resolve(command, kept, number, "--dismiss").json["error"]["code"] == "already_decided"
    assert resolve(command, kept, 99, "--dismiss").json["error"]["code"] == "unknown_row"


# many decisions at once


def fill_in(path: Path, answers: dict[str, dict[str, object]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    codes = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=3):
        name = row[codes.index("set:recipient")].value
        for code, value in answers.get(str(name), {}).items():
            row[codes.index(code)].value = value
    book.save(path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_decides_many_rows_at_once(
    lang: str, kept: Registry, command: Command, tmp_path: Path
) -> None:
    from homeregistry.cli import run

    path = tmp_path / "待办.xlsx"
    path.write_text("an officer's own")
    export = ["--db", kept.db, "--lang", lang, "review", "export", str(path)]
    assert run(export) == 1
    assert path.read_text() == "an officer's own"
    assert run([*export, "--force"]) == 0
    book = openpyxl.load_workbook(path)
    assert book.worksheets[0].row_dimensions[1].hidden
    offered = [[cell.value for cell in column if cell.value] for column in book["lists"].columns]
    answers, titles, tiers = offered
    assert (len(answers), len(tiers)) == (5, 6)
    assert (titles[0], tiers[0]) == {
        "zh": ("模范职工之家", "全国"), "en": ("Model workers' home", "national")
    }[lang]  # fmt: skip
    fill_in(
        path,
        {
            "长安汽车股份公司工会": {"decision": answers[0], "same_as": 5},
            "涪陵区白涛中学工会": {"set:region": "涪陵区", "set:kind": titles[0], "set:tier": tiers[1]},
            "江北区实验小学工会委员会": {"decision": answers[4], "reason": "重复"},
        },
    )
    answer = command(kept, "review", "import", path, "--format", "json")
    assert [one["outcome"] for one in answer.json["decisions"]] == ["recorded", "recorded", "dismissed"]
    assert set(waiting(command, kept)) == {"涪陵区榨菜集团工会"}
    assert scalar(kept, "SELECT reason FROM review_decision WHERE decision = 'dismissed'") == "重复"
    assert scalar(kept, "SELECT count(*) FROM audit_entry") == 3
    named = "FROM recognition WHERE name_printed = '涪陵区白涛中学工会' AND revision_to IS NULL"
    assert (scalar(kept, f"SELECT kind {named}"), scalar(kept, f"SELECT tier {named}")) == (
        "model_home", "provincial"
    )  # fmt: skip
    whole(kept)


def test_a_workbook_with_one_wrong_answer_changes_nothing(
    kept: Registry, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "待办.xlsx"
    command(kept, "review", "export", path)
    fill_in(
        path,
        {"长安汽车股份公司工会": {"decision": "different"}, "涪陵区白涛中学工会": {"set:region": "哪里区"}},
    )
    answer = command(kept, "review", "import", path)
    assert answer.code == 1
    assert "Row 4" in answer.err
    assert len(waiting(command, kept)) == 4


def test_another_file_is_no_review_workbook(kept: Registry, command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    assert command(kept, "review", "import", tmp_path / "x.xlsx").code == 1
    book = openpyxl.Workbook()
    book.save(tmp_path / "y.xlsx")
    answer = command(kept, "review", "import", tmp_path / "y.xlsx", "--format", "json")
    assert answer.json["error"]["code"] == "not_a_review"


# places in divided districts


DIVIDED = (
    ("北碚区某公司工会", "北碚区", "2020", "模范职工之家"),
    ("北碚区统景镇某厂工会", "渝北区", "2020", "模范职工之家"),
    ("渝北区某学校工会", "渝北区", "2020", "模范职工之家"),
)


@pytest.fixture
def divided(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    assert import_rows(command, registry, tmp_path / "d.csv", DIVIDED).code == 0
    return registry


def counted(command: Command, registry: Registry, *more: str) -> dict[str, Any]:
    answer = command(
        registry, "count", "--by", "county", "--boundaries", "2026-01-01", "--format", "json", *more
    )
    return dict(answer.json)


@pytest.mark.parametrize("measure", ["awards", "holders"])
def test_a_person_places_a_record_of_a_divided_district(
    measure: str, divided: Registry, command: Command
) -> None:
    more = ("--measure", measure)
    before = counted(command, divided, *more)
    assert (before["total"], before["undecided"]) == (3, 2)
    found = command(divided, "review", "undecided", "--on", "2026-01-01", "--format", "json")
    assert found.code == 3
    assert [one["recognition"] for one in found.json["recognitions"]] == [1, 3]
    answer = command(
        divided, "review", "resolve", "3", "--place", "两江新区", "--on", "2026-01-01", "--reason", "实地",
        "--format", "json",
    )  # fmt: skip
    assert (answer.code, answer.json["region_code"]) == (0, "500157")
    after = counted(command, divided, *more)
    assert (after["total"], after["undecided"]) == (3, 1)
    assert ["500157", "两江新区", 1] in after["rows"]
    listed = command(
        divided, "list", "--region", "500157", "--boundaries", "2026-01-01", "--format", "json", *more
    ).json
    assert [one["id"] for one in listed["recognitions"]] == [3]
    assert counted(command, divided, "--boundaries", "2020-01-01", *more)["undecided"] == 0
    (decision,) = command(divided, "review", "decisions", "--format", "json").json["decisions"]
    command(divided, "review", "take-back", str(decision["decision_id"]), "--reason", "x")
    assert counted(command, divided, *more) == before
    whole(divided)


def test_only_one_of_the_regions_it_stands_between_can_be_chosen(divided: Registry, command: Command) -> None:
    place = ("--place", "万州区", "--on", "2026-01-01", "--format", "json")
    assert command(divided, "review", "resolve", "3", *place).json["error"]["code"] == "not_a_candidate"
    placed = command(divided, "review", "resolve", "2", *place).json
    assert placed["error"]["code"] == "nothing_open"


def test_a_corrected_record_keeps_its_place(divided: Registry, command: Command) -> None:
    command(divided, "review", "resolve", "3", "--place", "两江新区", "--on", "2026-01-01")
    command(divided, "correct", "3", "--set", "year=2019", "--reason", "x")
    assert counted(command, divided)["undecided"] == 1


@pytest.mark.parametrize("said", ["tier=省级", "kind=市模范职工之家"])
def test_a_title_against_its_tier_is_settled_by_either(
    registry: Registry, command: Command, tmp_path: Path, said: str
) -> None:
    path = tmp_path / "d.csv"
    path.write_text(
        "四川省总工会2018年度名单\n单位名称,区县,荣誉称号,级别,授予单位\n成都甲厂工会,武侯区,省模范职工之家,市级,成都市总工会\n"
        "成都乙厂工会,武侯区,模范职工之家,市级,成都市总工会\n",
        encoding="utf-8",
    )
    assert command(registry, "import", path, "--partial", "--year", "2018", "--format", "json").code == 3
    found = waiting(command, registry)["成都甲厂工会"]
    assert found["code"] == "conflicting_title"
    assert resolve(command, registry, found["id"], "--set", said).json["outcome"] == "recorded"
    whole(registry)
