"""Titles in tables of counts: which award, grade and stars a column counts, and by which measure."""

import pytest

from count_tables_by_hand import Rows, addresses, problems, read
from homeregistry.count_tables import CountContext


def test_near_titles_are_problems_and_their_columns_no_figures() -> None:
    rows: Rows = [
        ["2022年度教育系统统计"],
        ["学校", "模范教工之家", "模范职工之家", "占比", "教职工数"],
        ["一中", 1, 2, "20%", 300],
        ["二中", 0, 1, "10%", 200],
    ]
    table = read(rows, context=CountContext(issuer="南通市"))
    assert addresses(table) == {"C3", "C4"}
    assert ("unknown_title", "B2") in problems(table)


def test_short_titles_take_the_grade_of_their_neighbour() -> None:
    rows: Rows = [
        ["2020年统计"],
        ["区县", "先进职工之家", "小家", "优秀工会工作者", "积极分子"],
        ["甲县", 1, 2, 3, 4],
    ]
    assert [cell.kinds[0] for cell in read(rows).cells] == [
        "advanced_home", "advanced_small_home", "outstanding_worker", "activist",
    ]  # fmt: skip


def test_a_short_title_without_any_grade_stays_open() -> None:
    table = read([["2020年统计"], ["区县", "职工之家", "模范职工之家"], ["甲县", 1, 2]])
    assert addresses(table) == {"C3"}
    assert ("unknown_title", "B2") in problems(table)


def test_stars_are_told_apart_and_summed() -> None:
    rows: Rows = [
        ["合肥市星级职工之家统计表(2007年)"],
        ["区县", "五星级", "四星级", "合计"],
        ["肥东县", 3, 4, 7],
        ["总计", 3, 4, 7],
    ]
    table = read(rows)
    assert [(cell.kinds, cell.stars) for cell in table.cells[:3]] == [
        (("star_home",), 5), (("star_home",), 4), (("star_home",), None),
    ]  # fmt: skip
    assert problems(table) == []


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("2024年模范职工之家名额分配表", "quota"),
        ("2025年模范职工之家评选计划", "plan"),
        ("模范职工之家累计命名情况(2020年)", "cumulative"),
        ("截至2020年12月底现有模范职工之家", "stock"),
        ("2020年模范职工之家复查情况", "recheck"),
        ("2020年撤销模范职工之家统计", "revoked"),
        ("2020年模范职工之家表彰情况", "in_round"),
    ],
)
def test_the_title_says_what_is_measured(title: str, measure: str) -> None:
    table = read([[title], ["单位", "个数"], ["甲县", 3], ["乙县", 2]])
    assert {cell.measure for cell in table.cells} == {measure}


def test_stock_new_and_stock_again_keep_their_own_years() -> None:
    rows: Rows = [
        ["南通市获全国模范职工之家统计(截至2011年6月)"],
        ["单位", "上年末累计", "本年新增", "年末累计"],
        ["海安县", "12", "1", "13"],
    ]
    assert [(cell.measure, cell.year_to) for cell in read(rows).cells] == [
        ("cumulative", 2010), ("in_round", 2011), ("cumulative", 2011),
    ]  # fmt: skip


def test_nominations_are_no_counts_of_awards() -> None:
    table = read([["2024年模范职工之家推荐汇总表"], ["单位", "模范职工之家"], ["甲县", 3]])
    assert table.cells == ()
    assert problems(table)[0][0] == "nomination_list"
