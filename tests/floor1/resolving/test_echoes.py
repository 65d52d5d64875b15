"""One fault of a row is told once: what a damaged cell explains is no second problem."""

from datetime import date

import pytest

from homeregistry.grid import DamagedCell, Row, Sheet
from homeregistry.layouts import load_layouts, read_workbook_sheet
from homeregistry.records import Entry, ListOptions
from homeregistry.resolving.candidates import CandidateReader
from homeregistry.settings import packaged_layouts

HEADER = ("序号", "单位名称", "所在区县", "荣誉称号", "级别", "年度", "授予单位", "星级")
GOOD = ("1", "长江机械厂工会", "万州区", "模范职工之家", "市级", "2020", "重庆市总工会", "")
RAW = {"error_cell": "#N/A", "formula_without_value": "=A1", "damaged_number": "1.0E+17"}


@pytest.mark.parametrize("code", list(RAW))
@pytest.mark.parametrize("header", ["单位名称", "所在区县", "荣誉称号", "级别", "年度"])
def test_a_damaged_cell_is_one_problem(code: str, header: str) -> None:
    column = HEADER.index(header)
    cells = [RAW[code] if place == column and code == "damaged_number" else text
             for place, text in enumerate(GOOD)]  # fmt: skip
    damaged = {(2, column): DamagedCell(2, column, code, RAW[code])}
    if code != "damaged_number":
        cells[column] = ""
    rows: list[Row] = [(1, HEADER), (2, cells), (3, GOOD)]
    reading = read_workbook_sheet(
        Sheet("表", rows, damaged=damaged), load_layouts([packaged_layouts()]), ListOptions()
    )
    entry = next(item for item in reading.items() if isinstance(item, Entry))
    found = CandidateReader(ListOptions(), date(2026, 1, 1)).read(entry).problems
    assert [problem.code for problem in found] == [code]
