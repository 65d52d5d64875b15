"""Cells of tables of counts: numbers with their qualifiers and units, and what is none."""

from datetime import date

import pytest

from count_tables_by_hand import Rows, addresses, at, problems, read, sheet_of
from homeregistry.count_tables import read_count_table
from homeregistry.count_tables.cells import CountValue, NotReported, Unread, read_count
from homeregistry.grid import CellValue, DamagedCell, MergedRange


def test_unit_wan_scales_and_stays_quoted() -> None:
    rows: Rows = [
        ["全国工会模范职工之家累计数", "", "单位:万个"],
        ["年份", "模范职工之家", "模范职工小家"],
        [2018, 1.2, "1.3余"],
        ["2023年", "1.5多", 1.6],
    ]
    table = read(rows)
    cell = at(table, "B4")
    assert (cell.low, cell.high, cell.qualifier, cell.year_to, cell.measure) == (
        15001,
        None,
        "more_than",
        2023,
        "cumulative",
    )
    assert at(table, "B3").low == 12000
    assert at(table, "B3").stated == "1.2(单位:万)"


def test_unit_qian_is_thousands_and_an_exact_cell_keeps_its_unit() -> None:
    rows: Rows = [
        ["全国工会模范职工之家累计数", "", "单位:千个"],
        ["年份", "模范职工之家", "模范职工小家"],
        [2018, 5.406, "1.3余"],
    ]
    table = read(rows)
    assert (at(table, "B3").low, at(table, "B3").stated) == (5406, "5.406(单位:千)")
    assert (at(table, "C3").low, at(table, "C3").stated) == (1301, "1.3余(单位:千)")


def test_a_merged_count_is_read_once() -> None:
    rows: Rows = [["2020年模范职工之家"], ["区县", "个数"], ["甲县", 3], ["乙县", None], ["丙县", 1]]
    assert addresses(read(rows, [MergedRange(3, 1, 4, 1)])) == {"B3", "B5"}


def test_a_count_that_the_spreadsheet_made_a_date_is_not_guessed() -> None:
    table = read(
        [
            ["2020年模范职工之家"],
            ["区县", "数量"],
            ["甲县", date(2026, 1, 2)],
            ["乙县", 4],
            ["丙县", "12(含2)"],
        ]
    )
    assert addresses(table) == {"B4"}
    assert problems(table)[:2] == [("unread_cell", "B3"), ("unread_cell", "B5")]


def test_a_formula_never_calculated_is_a_problem_and_no_blank() -> None:
    sheet = sheet_of([["2020年模范职工之家"], ["区县", "数量"], ["甲县", 4], ["合计", None]])
    sheet.damaged = {(4, 1): DamagedCell(4, 1, "formula_without_value", "SUM(B3:B3)")}
    table = read_count_table(sheet)
    assert ("formula_without_value", "B4") in problems(table)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("1500余", (1501, None)), ("约30", (30, 30)), ("近百", (None, 100)), ("30+", (30, None)),
        ("≥30", (30, None)), ("1—2", (1, 2)), ("35家", (35, 35)), ("1,234", (1234, 1234)), ("１２", (12, 12)),
        ("12①", (12, 12)), ("12[1]", (12, 12)), (35.0, (35, 35)), ("无", (0, 0)), (0, (0, 0)),
    ],
)  # fmt: skip
def test_cells_that_are_counts(value: CellValue, bounds: tuple[int | None, int | None]) -> None:
    reading = read_count(value)
    assert isinstance(reading, CountValue)
    assert (reading.low, reading.high) == bounds


@pytest.mark.parametrize("value", [None, "", " ", "—", "/", "--", "…", "未报"])
def test_cells_that_report_nothing(value: CellValue) -> None:
    assert isinstance(read_count(value), NotReported)


@pytest.mark.parametrize(
    "value", ["45%", "12(3)", "12.5", 12.5, -3, "-3", True, date(2026, 1, 2), float("nan"), "√"]
)
def test_cells_that_are_no_counts(value: CellValue) -> None:
    assert isinstance(read_count(value), Unread)
