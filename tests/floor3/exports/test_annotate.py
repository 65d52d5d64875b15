"""Annotated workbooks: exactly the refused and held rows are marked, and mended they are the same list."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from homeregistry.importing.sheets import PROBLEM_SHEET
from listbooks import HEAD, unit, write_list
from registries import Answer, Registry

Command = Callable[..., Answer]


def marked(path: Path, sheet: str = "名单") -> set[int]:
    book = openpyxl.load_workbook(path)
    return {
        cell.row
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in ("00F8CBAD", "00FFE699") and cell.comment is not None
    }


def annotate(registry: Registry, command: Command, source: Path, out: Path, *more: str) -> Any:
    return command(registry, "import", "--yes", "--annotate", out, "--format", "json", *more, source).json[
        "files"
    ][0]


ROWS = {
    "good": lambda n: unit(n, f"第{n}中学工会"),
    "unknown region": lambda n: unit(n, f"第{n}中学工会", "某某县"),
    "no name": lambda n: unit(n, ""),
    "no such title": lambda n: unit(n, f"第{n}中学工会", title="教工之家"),
    "twice": lambda n: unit(n, "重庆同一单位工会"),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(ROWS)), min_size=1, max_size=8))
def test_marked_are_exactly_the_refused_and_held_rows(
    sqlite_registry: Registry, command: Command, tmp_path: Path, chosen: list[str]
) -> None:
    source = write_list(tmp_path / "list.xlsx", [ROWS[name](n) for n, name in enumerate(chosen, start=1)])
    out = tmp_path / "marked.xlsx"
    found = annotate(sqlite_registry, command, source, out, "--dry-run")
    twice = [n for n, name in enumerate(chosen, start=2) if name == "twice"][1:]
    wrong = {n for n, name in enumerate(chosen, start=2) if name not in ("good", "twice")} | set(twice)
    assert marked(out) == wrong
    assert len(wrong) == found["rows"]["held"] + found["rows"]["refused"]


def test_the_officers_own_styles_are_kept_and_every_problem_is_linked(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    source = write_list(tmp_path / "list.xlsx", [unit(1, "甲工会"), unit(2, "乙工会", "某某县")])
    book = openpyxl.load_workbook(source)
    book["名单"]["B2"].font = Font(bold=True, color="FF0000FF")
    book["名单"].column_dimensions["B"].width = 41
    book.save(source)
    out = tmp_path / "marked.xlsx"
    annotate(sqlite_registry, command, source, out)
    found = openpyxl.load_workbook(out)
    assert found.sheetnames == [PROBLEM_SHEET, "名单"]
    assert found["名单"]["B2"].font.bold
    assert found["名单"].column_dimensions["B"].width == 41
    assert [c.value for c in found["名单"][3]] == [2, "乙工会", "某某县", *unit(2, "")[3:]]
    assert found["名单"]["C3"].comment is not None
    assert found[PROBLEM_SHEET]["B6"].hyperlink.location == "'名单'!C3"


def test_mended_and_imported_again_it_is_the_same_list(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    source = write_list(tmp_path / "list.xlsx", [unit(1, "甲工会"), unit(2, "乙工会", "某某县")])
    out = tmp_path / "marked.xlsx"
    annotate(sqlite_registry, command, source, out, "--partial")
    book = openpyxl.load_workbook(out)
    book["名单"]["C3"] = "重庆市万州区"
    book.save(tmp_path / "mended.xlsx")
    again = annotate(sqlite_registry, command, tmp_path / "mended.xlsx", tmp_path / "second.xlsx")
    assert (again["outcome"], again["problems"]) == ("committed", [])
    assert (again["rows"]["recorded"], again["rows"]["already_recorded"]) == (1, 1)
    assert marked(tmp_path / "second.xlsx") == set()
    assert command(sqlite_registry, "verify").code == 0


@pytest.mark.parametrize("partial", [True, False])
def test_other_formats_come_back_as_their_problem_rows_which_can_be_mended(
    sqlite_registry: Registry, command: Command, tmp_path: Path, partial: bool
) -> None:
    rows = [list(HEAD), unit(1, "甲工会"), unit(2, "=乙工会", "某某县"), unit(3, "丙工会", title="教工之家")]
    source = tmp_path / "list.csv"
    source.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    out = tmp_path / "marked.xlsx"
    annotate(sqlite_registry, command, source, out, *(["--partial"] if partial else []))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == PROBLEM_SHEET
    page = book.worksheets[1]
    head = [cell.value for cell in page[1]]
    assert [page.cell(row, head.index("获奖单位") + 1).value for row in (2, 3)] == ["=乙工会", "丙工会"]
    assert all(any(cell.comment for cell in page[row]) for row in (2, 3))
    page.cell(2, head.index("所属区县") + 1).value = "重庆市万州区"
    page.cell(3, head.index("荣誉称号") + 1).value = "模范职工之家"
    for row in (2, 3):
        page.cell(row, head.index("获奖单位") + 1).data_type = "s"
    book.save(tmp_path / "mended.xlsx")
    again = annotate(sqlite_registry, command, tmp_path / "mended.xlsx", tmp_path / "second.xlsx")
    assert (again["outcome"], again["rows"]["recorded"]) == ("committed", 2), again


def test_a_line_that_was_not_understood_comes_back_with_its_words_where_the_name_belongs(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    source = tmp_path / "list.txt"
    source.write_text("2020年度长春市优秀工会工作者名单\n周 禾\n白榆县第二中学工会委员会\n", encoding="utf-8")
    out = tmp_path / "marked.xlsx"
    found = annotate(sqlite_registry, command, source, out)
    assert (found["outcome"], found["rows"]["refused"]) == ("refused", 1)
    head, row = openpyxl.load_workbook(out).worksheets[1].iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True))["姓名"] == "白榆县第二中学工会委员会"


def test_beyond_the_limit_the_problem_rows_come_back_alone(
    sqlite_registry: Registry, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homeregistry.exports.annotated.MOST_ROWS", 2)
    source = write_list(tmp_path / "list.xlsx", [unit(1, "甲工会"), unit(2, "乙工会", "某某县")])
    out = tmp_path / "marked.xlsx"
    annotate(sqlite_registry, command, source, out, "--dry-run")
    assert openpyxl.load_workbook(out).worksheets[1].max_row == 2


def test_merged_rows_are_marked_where_a_comment_can_stand(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    source = write_list(tmp_path / "list.xlsx", [unit(1, "甲工会", "某某县"), unit(2, "乙工会", "某某县")])
    book = openpyxl.load_workbook(source)
    book["名单"].merge_cells("C2:C3")
    book.save(source)
    out = tmp_path / "marked.xlsx"
    annotate(sqlite_registry, command, source, out, "--dry-run")
    assert marked(out) == {2, 3}


def test_telephone_numbers_are_not_repeated_in_the_list_of_problems(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "名单"
    page.append([*HEAD, "联系电话"])
    page.append([*unit(1, "乙工会", "某某县"), "13800138000"])
    book.save(tmp_path / "list.xlsx")
    out = tmp_path / "marked.xlsx"
    annotate(sqlite_registry, command, tmp_path / "list.xlsx", out)
    found = openpyxl.load_workbook(out)
    listed = json.dumps([[c.value for c in row] for row in found[PROBLEM_SHEET].iter_rows()])
    assert "13800138000" not in listed
    assert found["名单"]["I2"].value == "13800138000"


def test_the_file_itself_and_files_of_others_are_not_written_over(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    source = write_list(tmp_path / "list.xlsx", [unit(1, "甲工会")])
    other = write_list(tmp_path / "other.xlsx", [unit(1, "乙工会")])
    for place, code in ((source, 2), (other, 1), (tmp_path / "x.csv", 2), (tmp_path / "no" / "x.xlsx", 1)):
        answer = command(sqlite_registry, "import", "--yes", "--annotate", place, source)
        assert answer.code == code, place
    assert command(sqlite_registry, "batch", "list", "--format", "json").json["batches"] == []


def test_a_full_disk_does_not_take_back_what_was_committed(
    sqlite_registry: Registry, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list and its annotated copy are two things: the answer must not call a recorded list refused."""

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    source = write_list(tmp_path / "list.xlsx", [unit(1, "甲工会")])
    answer = command(
        sqlite_registry, "import", "--yes", "--annotate", tmp_path / "m.xlsx", "--format", "json", source
    )
    found = answer.json["files"][0]
    assert (answer.code, found["outcome"], found["not_annotated"]["code"]) == (3, "committed", "disk_full")
    assert [path.name for path in tmp_path.iterdir() if "m.xlsx" in path.name] == []
