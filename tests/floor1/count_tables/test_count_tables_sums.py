"""Totals in tables of counts: which parts they hold, and what they say where they differ."""

from hypothesis import given
from hypothesis import strategies as st

from count_tables_by_hand import Rows, at, problems, read
from homeregistry.grid import CellValue


def test_sections_have_subtotals_of_their_own() -> None:
    rows: Rows = [
        ["2020年度重庆市总工会表彰情况统计表"],
        ["推荐单位", "市模范职工之家", "优秀工会工作者(名)"],
        ["一、区县总工会", "", ""],
        ["万州区总工会", 4, 2],
        ["涪陵区总工会", 5, 2],
        ["小计", 9, 4],
        ["二、产业工会", "", ""],
        ["市教育工会", 2, 1],
        ["小计", 2, 2],
        ["总计", 11, 5],
    ]
    table = read(rows)
    assert problems(table) == [("sum_differs", "C9")]
    assert at(table, "B6").scope_printed == "区县总工会"
    assert at(table, "B10").scope_printed == "重庆市"
    assert at(table, "B4").part_of == table.cells.index(at(table, "B6"))
    assert at(table, "B6").part_of == table.cells.index(at(table, "B10"))


def test_a_total_that_its_parts_contradict_is_reported_and_kept() -> None:
    table = read([["2018年全国模范职工之家"], ["省份", "个数"], ["北京", 30], ["天津", 20], ["全国", 51]])
    assert [(p.code, p.row, p.column, p.params["declared"], p.params["listed"]) for p in table.problems] == [
        ("sum_differs", 5, "B", 51, 50)
    ]
    assert at(table, "B5").low == 51


CITIES: Rows = [
    ["浙江省模范职工之家统计表(2020年度)"],
    ["地区", "模范职工之家"],
    ["全省", 120],
    ["杭州市", 70],
    ["上城区", 20],
    ["西湖区", 35],
    ["宁波市", 50],
    ["海曙区", 30],
    ["江北区", 20],
]


def test_districts_printed_under_their_city_without_indent_are_inside_it() -> None:
    table = read(CITIES)
    assert not table.problems
    assert at(table, "B9").scope_printed == "宁波市江北区"  # not the 江北区 of Chongqing
    assert at(table, "B9").part_of == table.cells.index(at(table, "B7"))
    assert at(table, "B7").part_of == table.cells.index(at(table, "B3"))


def test_a_row_after_one_set_apart_stays_inside_the_same_city() -> None:
    rows = [*CITIES[:4], ["其中:上城区", 20], ["西湖区", 35], ["宁波市", 50]]
    table = read(rows)
    assert not table.problems
    assert at(table, "B6").scope_printed == "杭州市西湖区"


def test_one_city_below_another_may_be_led_by_the_province_itself() -> None:
    rows = [*CITIES[:2], ["金华市", 40], ["义乌市", 30], ["合计", 70]]
    table = read(rows)
    assert not table.problems
    assert at(table, "B4").scope_printed == "义乌市"


def test_approximate_parts_leave_room_above_but_not_below() -> None:
    def differs(total: int) -> bool:
        rows: Rows = [
            ["2018年模范职工之家"],
            ["区县", "个数"],
            ["甲县", "30余"],
            ["乙县", 20],
            ["合计", total],
        ]
        return "sum_differs" in {problem.code for problem in read(rows).problems}

    assert not differs(58)
    assert differs(49)


def test_cumulative_years_are_not_added_up() -> None:
    rows: Rows = [["模范职工之家累计数"], ["地区", "2018年", "2020年", "合计"], ["甲市", 10, 12, 12]]
    assert "sum_differs" not in {problem.code for problem in read(rows).problems}


def test_tiers_or_above_are_not_added_up() -> None:
    rows: Rows = [["甲市模范职工之家"], ["年度", "全国", "省级以上", "合计"], ["2020", 1, 3, 3]]
    assert "sum_differs" not in {problem.code for problem in read(rows).problems}


def test_rows_below_the_total_are_not_in_it() -> None:
    rows: Rows = [
        ["2020年湖南省模范职工之家"],
        ["市州", "个数"],
        ["长沙市", 10],
        ["株洲市", 8],
        ["合  计", 18],
        ["省直机关", 2],
    ]
    table = read(rows)
    assert problems(table) == []
    assert at(table, "B6").part_of is None


@given(st.lists(st.lists(st.integers(0, 2000), min_size=2, max_size=2), min_size=1, max_size=12))
def test_true_totals_never_raise_a_difference(counts: list[list[int]]) -> None:
    rows: list[list[CellValue]] = [
        ["2020年度模范职工之家、小家统计表"],
        ["单位", "模范职工之家", "模范职工小家", "合计"],
    ]
    rows += [[f"第{number}工会", home, small, home + small] for number, (home, small) in enumerate(counts)]
    rows.append(["合计", sum(c[0] for c in counts), sum(c[1] for c in counts), sum(map(sum, counts))])
    table = read(rows)
    assert "sum_differs" not in {problem.code for problem in table.problems}
    assert len(table.cells) == 3 * len(counts) + 3
