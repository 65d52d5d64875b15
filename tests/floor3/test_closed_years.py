"""A closed year changes only with a reason, whichever command writes; the next tally lists the change."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from homeregistry import models
from homeregistry.closed_years import TOUCHING
from homeregistry.database import reading
from homeregistry.exports.closing_page import _OTHERS
from homeregistry.ledger import head
from homeregistry.verifying import verify
from listbooks import THREE, unit, write_list
from registries import Answer, Registry, rows, scalar

Command = Callable[..., Answer]

SAID = ("--date", "2024-07-15", "--basis", "渝工发〔2024〕15号")
REPORT = "2020年，重庆市总工会评出省级模范职工之家28个。"
WRITES = {
    "import": ("import", "--yes", "{folder}/more.xlsx"),
    "undo": ("batch", "undo", "1"),
    "event on a title": ("event", "revoke", "{recognition}", *SAID),
    "event on a decision": ("event", "revoke", "--document-no", "渝工发〔2020〕1号", *SAID),
    "event on a unit": ("event", "close", "{recipient}", *SAID),
    "review": ("review", "resolve", "{held}", "--set", "region=重庆市渝中区"),
    "place": ("review", "resolve", "{divided}", "--place", "两江新区", "--on", "2026-01-01"),
    "report": ("report", "import", "{folder}/report.txt"),
}


@pytest.fixture
def closed(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    """Titles of 2019 and 2020 and a held row of 2020, and then 2020 is closed."""
    lost, divided = unit(5, "丁航运公司工会", "无此区"), unit(6, "己航空公司工会", "重庆市渝北区")
    listed = write_list(tmp_path / "a.xlsx", [*THREE, lost, divided])
    assert command(registry, "import", "--yes", "--partial", listed).code == 3
    write_list(tmp_path / "more.xlsx", [unit(1, "戊仓储公司工会")])
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert scalar(registry, "SELECT count(*) FROM held_row WHERE revision_to IS NULL") == 1
    assert command(registry, "year", "close", "2020").code == 0
    return registry


def words(registry: Registry, folder: Path, write: str) -> list[str]:
    """The command line of a write, its numbers filled in."""
    row = rows(registry, "SELECT id, recipient_id FROM recognition WHERE year_from = 2020 ORDER BY id")[0]
    held = scalar(registry, "SELECT id FROM held_row WHERE revision_to IS NULL")
    divided = scalar(registry, "SELECT max(id) FROM recognition")
    said = {
        "folder": folder, "recognition": row[0], "recipient": row[1], "held": held, "divided": divided,
    }  # fmt: skip
    return [word.format(**said) for word in WRITES[write]]


def stands(registry: Registry) -> tuple[int, str]:
    with reading(registry.engine) as connection:
        return head(connection)


@pytest.mark.parametrize("write", WRITES)
def test_no_command_changes_a_closed_year_without_a_reason(
    write: str, closed: Registry, command: Command, tmp_path: Path
) -> None:
    before = stands(closed)
    blank = ("--reason", "  ") if write in ("undo", "report") else ()
    answer = command(closed, *words(closed, tmp_path, write), *blank, "--format", "json")
    assert answer.code == 1
    assert "closed_year" in answer.out or "The year 2020 is closed; give --reason" in answer.err
    assert stands(closed) == before


@pytest.mark.parametrize("write", WRITES)
def test_with_a_reason_it_does_and_the_next_tally_says_so(
    write: str, closed: Registry, command: Command, tmp_path: Path
) -> None:
    answer = command(closed, *words(closed, tmp_path, write), "--reason", "补报", "--format", "json")
    assert answer.code in (0, 3), answer
    entry = rows(closed, "SELECT reason FROM audit_entry ORDER BY id DESC LIMIT 1")[0]
    assert entry[0] == "补报"
    (listed,) = command(closed, "year", "list", "--format", "json").json["years"]
    assert listed["changed_since"] > 0
    out = tmp_path / "t.xlsx"
    assert command(closed, "export", "tally", "--year", "2020", out).code == 0
    page = openpyxl.load_workbook(out)["Closed years"]
    (line,) = [[cell.value for cell in row] for row in page.iter_rows() if row[0].value == 2020]
    assert line[9] == "补报"
    assert sum(int(number) for number in line[10:] if number) > 0
    with reading(closed.engine) as connection:
        assert verify(connection).ok


def test_trap_opening_a_year_again_does_not_wipe_out_what_changed_while_it_was_closed(
    closed: Registry, command: Command, tmp_path: Path
) -> None:
    assert command(closed, *words(closed, tmp_path, "report"), "--reason", "补报").code in (0, 3)
    assert command(closed, "--as", "王敏", "year", "reopen", "2020", "--reason", "漏报").code == 0
    assert command(closed, *words(closed, tmp_path, "event on a title")).code == 0
    assert command(closed, "--as", "李娜", "year", "close", "2020").code == 0
    out = tmp_path / "t.xlsx"
    assert command(closed, "export", "tally", "--year", "2020", out).code == 0
    book = openpyxl.load_workbook(out)
    lines = [[cell.value for cell in row] for row in book["Closed years"].iter_rows() if row[0].value == 2020]
    assert [line[8:10] for line in lines[:2]] == [["report import", "补报"], ["year reopen", "漏报"]]
    assert lines[1][7] == "王敏"
    assert (lines[2][1], lines[2][5]) == ("李娜", "no change since")
    cover = [str(row[1].value) for row in book["Cover"].iter_rows() if row[0].value == "2020"]
    assert ["opened again by 王敏" in text for text in cover] == [True, False]


@pytest.mark.parametrize(
    "arguments",
    [
        ("event", "revoke", "{other}", *SAID),
        ("event", "rename", "{recipient}", "新名工会", *SAID),
        ("review", "resolve", "{held}", "--dismiss"),
        ("year", "close", "2019"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_leaves_the_closed_year_as_it_is_needs_no_reason(
    arguments: tuple[str, ...], closed: Registry, command: Command
) -> None:
    other = scalar(closed, "SELECT id FROM recognition WHERE year_from = 2019")
    recipient = scalar(closed, "SELECT min(recipient_id) FROM recognition WHERE year_from = 2020")
    held = scalar(closed, "SELECT id FROM held_row WHERE revision_to IS NULL")
    said = [word.format(other=other, recipient=recipient, held=held) for word in arguments]
    assert command(closed, *said, "--format", "json").code in (0, 3)
    years = command(closed, "year", "list", "--format", "json").json["years"]
    assert next(one for one in years if one["year"] == 2020)["changed_since"] == 0


def test_a_revocation_says_its_basis_where_it_gives_no_reason(closed: Registry, command: Command) -> None:
    other = scalar(closed, "SELECT id FROM recognition WHERE year_from = 2019")
    assert command(closed, "event", "revoke", other, *SAID).code == 0
    entry = rows(closed, "SELECT reason, subject FROM audit_entry ORDER BY id DESC LIMIT 1")[0]
    assert entry[0] == "渝工发〔2024〕15号"
    assert json.loads(entry[1])["recognition"] == other


def test_a_year_that_has_not_ended_is_not_closed(registry: Registry, command: Command) -> None:
    for year in (date.today().year, date.today().year + 1):
        answer = command(registry, "year", "close", str(year), "--format", "json")
        assert (answer.code, answer.json["error"]["code"]) == (2, "year_not_ended")
    assert command(registry, "year", "close", str(date.today().year - 1)).code == 0


def test_a_cumulative_figure_belongs_to_its_last_year_alone(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    report = tmp_path / "r.txt"
    report.write_text("1983年至2023年，全国累计评选模范职工之家1.5万多个。", encoding="utf-8")
    for year in ("2010", "2022"):
        assert command(registry, "year", "close", year).code == 0
    first = command(registry, "report", "import", report, "--format", "json")
    assert first.code in (0, 3), first
    assert first.json["files"][0]["figures"][0]["measure"] == "cumulative"
    assert command(registry, "year", "close", "2023").code == 0
    again = command(registry, "report", "import", report, "--as-of", "2024", "--format", "json")
    assert (again.code, again.json["files"][0]["error"]["code"]) == (1, "closed_year")


def test_a_refused_report_does_not_stop_the_next_one(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    assert command(registry, "year", "close", "2020").code == 0
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text(REPORT, encoding="utf-8")
    second.write_text(REPORT.replace("2020", "2021"), encoding="utf-8")
    answer = command(registry, "report", "import", first, second, "--format", "json")
    outcomes: list[Any] = [one["outcome"] for one in answer.json["files"]]
    assert (answer.code, outcomes) == (1, ["refused", "committed"])


def test_every_fact_that_has_a_year_is_asked_about() -> None:
    """A new table of facts with years, or about recognitions, has to say to which years it belongs."""
    dated = {
        name for name, table in models.metadata.tables.items()
        if "revision_from" in table.columns
        and {"year_from", "recognition_id"} & set(table.columns.keys())
    }  # fmt: skip
    evidence = {"recognition_source", "award_round"}
    assert dated - evidence | {"recipient_event"} == set(TOUCHING)
    assert {"recognition", *(table for tables in _OTHERS for table in tables)} == set(TOUCHING)
