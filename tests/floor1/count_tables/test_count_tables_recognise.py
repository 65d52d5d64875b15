"""A table of counts is told from a list of names, whatever numbers the list carries."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from homeregistry.count_tables import is_count_table
from homeregistry.grid import CellValue, MergedRange, Row
from places import SAMPLES


def rows_of(rows: Sequence[Sequence[CellValue]]) -> list[Row]:
    return list(enumerate(rows, 1))


def test_counts_under_titles_are_a_table_of_counts() -> None:
    rows = rows_of(
        [["2020年表彰情况"], ["区县", "模范职工之家", "小家"], ["万州区", 3, 4], ["涪陵区", "—", 2]]
    )
    assert is_count_table(rows).is_counts


def test_counts_under_a_title_line_alone_are_one_too() -> None:
    rows = rows_of([["2018年全国模范职工之家分省数量"], ["北京", 30], ["天津", 20], ["合计", 50]])
    assert is_count_table(rows).is_counts


def test_a_roll_with_memberships_is_a_list() -> None:
    rows = rows_of(
        [
            ["模范职工之家名单"],
            ["序号", "推荐单位", "单位名称(工会全称)", "所在区县", "职工数", "会员数", "荣誉称号"],
            [1, "白榆区总工会", "澄川机电有限公司工会委员会", "白榆区", 812, 800, "模范职工之家"],
            [2, "白榆区总工会", "洛口中学工会委员会", "白榆区", 120, 118, "模范职工小家"],
        ]
    )
    assert not is_count_table(rows).is_counts


def test_a_roll_with_memberships_under_a_title_is_a_list() -> None:
    rows = rows_of(
        [
            ["2020年度模范职工之家名单"],
            ["序号", "单位名称", "职工数", "会员数"],
            [1, "澄川机电有限公司工会委员会", 812, 800],
            [2, "洛口中学工会委员会", 120, 118],
        ]
    )
    assert not is_count_table(rows).is_counts


@pytest.mark.parametrize("tick", [1, "√"])
def test_ticks_are_no_counts(tick: CellValue) -> None:
    rows = rows_of(
        [
            ["2020年获奖名单"],
            ["序号", "单位名称", "模范职工之家", "模范职工小家"],
            [1, "澄川机电有限公司工会", tick, None],
            [2, "洛口中学工会", None, tick],
        ]
    )
    assert not is_count_table(rows).is_counts


def test_other_statistics_are_no_counts_of_awards() -> None:
    rows = rows_of([["2016年工会组织情况"], ["区县", "基层工会数", "会员数"], ["万州区", 40, 1025]])
    assert not is_count_table(rows).is_counts


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.xlsx")), ids=lambda path: path.stem)
def test_no_sample_list_is_taken_for_a_table_of_counts(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path):
        merged = [
            MergedRange(area.min_row, area.min_col - 1, area.max_row, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        ]
        rows = [(number, row) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)]
        assert not is_count_table(rows[:60], merged).is_counts


def test_an_empty_sheet_is_nothing() -> None:
    assert not is_count_table([]).is_counts
