"""Tables of counts read cell by cell: what each cell counts, for whom, when, and inside which total."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.count_tables import CountCell, CountContext, CountTable, read_count_table
from homeregistry.count_tables.cells import CountValue, NotReported, Unread, read_count, shown
from homeregistry.count_tables.resolving import figures_of
from homeregistry.grid import CellValue, DamagedCell, MergedRange, Sheet

Rows = Sequence[Sequence[CellValue]]


def sheet_of(rows: Rows, merged: Sequence[MergedRange] = (), name: str = "Sheet1") -> Sheet:
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(v not in (None, "") for v in row)]
    return Sheet(name, filled, merged)


def read(rows: Rows, merged: Sequence[MergedRange] = (), context: CountContext | None = None) -> CountTable:
    return read_count_table(sheet_of(rows, merged), context)


def at(table: CountTable, address: str) -> CountCell:
    return next(cell for cell in table.cells if f"{cell.column}{cell.row}" == address)


def addresses(table: CountTable) -> set[str]:
    return {f"{cell.column}{cell.row}" for cell in table.cells}


def problems(table: CountTable) -> list[tuple[str, str]]:
    return [(problem.code, f"{problem.column}{problem.row}") for problem in table.problems]


DISTRICTS: Rows = [
    ["2020年度重庆市各区县模范职工之家、模范职工小家统计表"],
    [None, None, None, "单位:个"],
    ["地区", "模范职工之家", "模范职工小家", "合计"],
    ["合计", 10, 3, 13],
    ["万州区", 4, 3, 7],
    ["涪陵区", 6, "—", 6],
    ["渝北区", None, "", "/"],
    ["注:不含高新区"],
    ["填报人:            审核人:            填报日期:2021年3月1日"],
]


def test_rows_by_district_under_columns_by_kind() -> None:
    cell = at(read(DISTRICTS), "B5")
    assert (cell.kinds, cell.low, cell.high, cell.qualifier) == (("model_home",), 4, 4, "exact")
    assert (cell.scope_printed, cell.tier_printed) == ("万州区", "重庆市")
    assert (cell.year_from, cell.year_to, cell.measure, cell.stated) == (2020, 2020, "in_round", "4")


def test_what_was_not_reported_is_no_figure_and_no_zero() -> None:
    table = read(DISTRICTS)
    assert not {"C6", "B7", "C7", "D7"} & addresses(table)
    assert (7, "not_reported") in {(row.row, row.reason) for row in table.not_data}


def test_zero_is_a_figure() -> None:
    cell = at(read([["2020年模范职工之家"], ["区县", "个数"], ["甲县", 0], ["乙县", 2]]), "B3")
    assert (cell.low, cell.high) == (0, 0)


def test_a_total_first_holds_its_parts_and_speaks_of_the_tables_own_place() -> None:
    table = read(DISTRICTS)
    total = table.cells.index(at(table, "B4"))
    assert at(table, "B4").scope_printed == "重庆市"
    assert at(table, "B5").part_of == total
    assert at(table, "B4").part_of == table.cells.index(at(table, "D4"))


def test_a_total_column_over_kinds_names_all_of_them() -> None:
    assert at(read(DISTRICTS), "D5").kinds == ("model_home", "model_small_home")


def test_titles_headers_and_footers_are_listed_as_no_data() -> None:
    reasons = {row.row: row.reason for row in read(DISTRICTS).not_data}
    assert reasons == {1: "title", 2: "note", 3: "header", 7: "not_reported", 8: "footer", 9: "footer"}


def test_the_day_of_filling_in_is_not_the_year_of_the_award() -> None:
    assert {cell.year_to for cell in read(DISTRICTS).cells} == {2020}


THREE_LEVELS: Rows = [
    ["重庆市各级职工之家情况表"],
    ["区县", "模范职工之家", None, None, None, "先进职工之家", None],
    [None, "2018年", None, "2020年", None, "2018年", "2020年"],
    [None, "国家级", "市级", "国家级", "市级", "区县级", "区县级"],
    ["万州区", 1, 2, 1, 3, 10, 12],
    ["渝北区", 2, "3*", "—", 4, 8, "近10"],
    ["合计", 3, 5, 1, 7, 18, 22],
    ["*含已撤销的一个"],
]
THREE_LEVELS_MERGED = (
    MergedRange(1, 0, 1, 6), MergedRange(2, 0, 4, 0), MergedRange(2, 1, 2, 4), MergedRange(2, 5, 2, 6),
    MergedRange(3, 1, 3, 2), MergedRange(3, 3, 3, 4),
)  # fmt: skip


def test_three_header_levels_of_merged_groups() -> None:
    table = read(THREE_LEVELS, THREE_LEVELS_MERGED)
    cell = at(table, "E6")
    assert (cell.kinds, cell.tier_printed, cell.year_from) == (("model_home",), "市级", 2020)
    cell = at(table, "G5")
    assert (cell.kinds, cell.tier_printed, cell.year_from) == (("advanced_home",), "区县级", 2020)
    assert problems(table) == []


def test_a_marker_is_no_part_of_the_number() -> None:
    cell = at(read(THREE_LEVELS, THREE_LEVELS_MERGED), "C6")
    assert (cell.low, cell.stated) == (3, "3*")


def test_group_words_that_were_never_merged_still_govern_their_columns() -> None:
    rows: Rows = [
        ["福建省各设区市获全国模范职工之家(小家)统计表"],
        ["(截至2023年12月底累计)"],
        ["设区市", "县区", "2018年", "", "2020年", "", "合计", ""],
        ["", "", "家", "小家", "家", "小家", "家", "小家"],
        ["福州市", "鼓楼区", 1, 2, 1, 0, 2, 2],
        ["", "台江区", 2, 2, 1, 1, 3, 3],
        ["", "小计", 3, 4, 2, 1, 5, 5],
        ["厦门市", "思明区", 1, 1, 1, 1, 2, 2],
        ["", "小计", 1, 1, 1, 1, 2, 2],
        ["合计", "", 4, 5, 3, 2, 7, 7],
    ]
    table = read(rows)
    cell = at(table, "F6")
    assert (cell.kinds, cell.year_from, cell.year_to, cell.measure) == (
        ("model_small_home",),
        2020,
        2020,
        "in_round",
    )
    assert cell.scope_printed == "福州市台江区"
    assert at(table, "C7").scope_printed == "福州市"
    assert cell.part_of == table.cells.index(at(table, "F7"))
    assert at(table, "F7").part_of == table.cells.index(at(table, "F10"))
    total = at(table, "G10")
    assert (total.scope_printed, total.year_from, total.year_to, total.measure) == (
        "福建省",
        2018,
        2020,
        "cumulative",
    )
    assert problems(table) == []


def test_transposed_the_rows_say_what_and_the_columns_where() -> None:
    rows: Rows = [
        ["重庆市模范职工之家、小家情况"],
        ["项目", "万州区", "涪陵区", "合计"],
        ["模范职工之家", 3, 4, 7],
        ["模范职工小家", 2, 2, 4],
        ["职工人数", 1000, 2000, 3000],
        ["合计", 5, 6, 11],
    ]
    table = read(rows)
    cell = at(table, "C4")
    assert (cell.kinds, cell.scope_printed) == (("model_small_home",), "涪陵区")
    assert at(table, "B6").kinds == ("model_home", "model_small_home")
    assert at(table, "D3").scope_printed == "重庆市"
    assert problems(table) == []
    assert not {"B5", "C5", "D5"} & addresses(table)


def test_years_as_numbers_head_columns_and_are_no_counts() -> None:
    rows: Rows = [
        ["全国模范职工之家历年表彰数量"],
        ["省份", 2018, 2020, 2024],
        ["福建省", 35, 34, 33],
        ["重庆市", 30, "", 31],
    ]
    table = read(rows)
    assert {cell.row for cell in table.cells} == {3, 4}
    assert [(cell.year_from, cell.year_to, cell.measure) for cell in table.cells[:3]] == [
        (2018, 2018, "in_round"), (2020, 2020, "in_round"), (2024, 2024, "in_round"),
    ]  # fmt: skip


def test_years_in_the_rows_and_tiers_in_the_columns() -> None:
    rows: Rows = [
        ["南通市获模范职工之家情况"],
        ["年度", "全国", "省级以上", "备注"],
        [2018, 1, 2, "x"],
        ["2019年度", "", 3, ""],
    ]
    table = read(rows)
    assert addresses(table) == {"B3", "C3", "C4"}
    cell = at(table, "C4")
    assert (cell.year_from, cell.tier_printed, cell.or_above, cell.scope_printed) == (
        2019,
        "省级",
        True,
        "南通市",
    )


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


def test_panels_side_by_side_are_one_table() -> None:
    rows: Rows = [
        ["2020年万州区先进职工之家分布"],
        ["镇街", "个数", "镇街", "个数"],
        ["甲镇", 3, "丙镇", 2],
        ["乙镇", 4, "丁镇", "/"],
        ["", "", "合计", 10],
    ]
    table = read(rows)
    assert at(table, "D3").scope_printed == "丙镇"
    assert [(problem.code, problem.params["listed"], problem.level) for problem in table.problems] == [
        ("sum_differs", 9, "note")
    ]


def test_column_numbers_and_unit_columns_of_statutory_forms_are_no_data() -> None:
    rows: Rows = [
        ["2023年度南平市模范职工之家建设情况"],
        ["指标名称", "计量单位", "代码", "合计", "其中:非公企业"],
        ["甲", "乙", "丙", 1, 2],
        ["全国模范职工之家", "个", "01", 12, 5],
        ["职工人数", "人", "02", 1000, 1],
        ["市级模范职工之家", "个", "03", 100, 40],
    ]
    table = read(rows)
    assert addresses(table) == {"D4", "E4", "D6", "E6"}
    part = at(table, "E4")
    assert (part.scope_printed, part.part_of) == ("南平市非公企业", table.cells.index(at(table, "D4")))


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


def test_a_row_without_any_count_is_still_named() -> None:
    table = read([["序号", None, "序号", False], [0, None, 0, False]])
    assert {row.row for row in table.not_data} == {1, 2}


def test_an_industry_in_a_national_table_is_its_union() -> None:
    rows = [["2020年全国模范职工之家分布"], ["产业", "模范职工之家"], ["铁路", 30], ["金融", 25]]
    figures, _ = figures_of(read(rows), CountContext("全国总工会"))
    assert [(one.figure.scope, one.figure.body) for one in figures] == [
        ("铁路", "ind-railway"),
        ("金融", "ind-finance"),
    ]


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


def test_several_tables_on_one_sheet_keep_their_own_titles() -> None:
    rows: Rows = [
        ["一、2018年全国模范职工之家"], ["省份", "数量"], ["北京", 3], ["天津", 2], ["合计", 5], [None],
        ["二、2020年全国模范职工小家"], ["省份", "数量"], ["北京", 1], ["合计", 1],
    ]  # fmt: skip
    table = read(rows)
    assert (at(table, "B5").kinds, at(table, "B5").year_to, at(table, "B5").scope_printed) == (
        ("model_home",),
        2018,
        "全国",
    )
    assert (at(table, "B9").kinds, at(table, "B9").year_to) == (("model_small_home",), 2020)
    assert problems(table) == []


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


def test_hidden_rows_and_columns_are_left_out_and_said_so() -> None:
    sheet = sheet_of([["2020年模范职工之家、小家"], ["区县", "家", "小家"], ["甲县", 4, 1], ["乙县", 5, 2]])
    sheet.hidden_rows, sheet.hidden_columns = frozenset({4}), frozenset({2})
    table = read_count_table(sheet)
    assert addresses(table) == {"B3"}
    assert {"hidden_rows", "hidden_columns"} <= {code for code, _ in problems(table)}


def test_nominations_are_no_counts_of_awards() -> None:
    table = read([["2024年模范职工之家推荐汇总表"], ["单位", "模范职工之家"], ["甲县", 3]])
    assert table.cells == ()
    assert problems(table)[0][0] == "nomination_list"


def test_figures_resolve_places_and_tiers_by_the_issuer() -> None:
    rows: Rows = [["2020年模范职工之家"], ["区县", "市级"], ["江北区", 3], ["渝北", 2], ["全市", 5]]
    figures, open_questions = figures_of(read(rows))
    assert {problem.code for problem in open_questions} == {"ambiguous_region", "ambiguous_tier"}
    context = CountContext(issuer="重庆市")
    figures, open_questions = figures_of(read(rows, context=context), context)
    assert [(one.figure.region_code, one.figure.tier) for one in figures] == [
        ("500105", "provincial"), ("500112", "provincial"), ("500000", "provincial"),
    ]  # fmt: skip
    assert open_questions == ()
    assert (figures[0].row, figures[0].column, figures[0].figure.part_of) == (3, "B", 2)


def test_in_a_nationwide_table_a_tier_is_that_of_the_rows_own_region() -> None:
    rows: Rows = [["2022年模范职工之家"], ["地区", "市级"], ["赣州市", 3], ["重庆市", 2], ["全国", 5]]
    context = CountContext(issuer="全国总工会")
    figures, open_questions = figures_of(read(rows, context=context), context)
    assert [one.figure.tier for one in figures] == ["prefecture", "provincial", None]
    assert [problem.code for problem in open_questions] == ["ambiguous_tier"]


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


cells = st.one_of(
    st.none(), st.integers(-5, 3000), st.floats(allow_nan=True, width=32), st.booleans(),
    st.sampled_from([
        "合计", "小计", "总计", "模范职工之家", "小家", "2018年", "2020", "全国", "市级以上", "万州区",
        "地区", "序号", "单位:万个", "注:x", "其中:甲", "—", "1500余", "五星级", "一、产业工会", "教工之家",
        "  乙镇",
        "占比%", "2020年模范职工之家统计表",
    ]),
    st.text(max_size=6),
)  # fmt: skip
grids = st.lists(st.lists(cells, max_size=6), max_size=12)


@given(grids)
def test_no_grid_breaks_it_and_every_cell_is_accounted_for(rows: list[list[CellValue]]) -> None:
    table = read(rows)
    assert len(addresses(table)) == len(table.cells)
    for index, cell in enumerate(table.cells):
        assert cell.kinds
        assert cell.part_of is None or (cell.part_of != index and cell.part_of < len(table.cells))
    told = {row.row for row in table.not_data} | {cell.row for cell in table.cells}
    told |= {problem.row for problem in table.problems if problem.row}
    assert told == {number for number, row in sheet_of(rows) if any(shown(value) for value in row)}


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
