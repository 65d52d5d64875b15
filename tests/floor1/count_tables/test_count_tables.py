"""Tables of counts read cell by cell: what each cell counts, for whom, when, and inside which total."""

from hypothesis import given
from hypothesis import strategies as st

from count_tables_by_hand import Rows, addresses, at, problems, read, sheet_of
from homeregistry.count_tables import CountContext, read_count_table
from homeregistry.count_tables.cells import shown
from homeregistry.count_tables.resolving import figures_of
from homeregistry.grid import CellValue, MergedRange

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


def test_hidden_rows_and_columns_are_left_out_and_said_so() -> None:
    sheet = sheet_of([["2020年模范职工之家、小家"], ["区县", "家", "小家"], ["甲县", 4, 1], ["乙县", 5, 2]])
    sheet.hidden_rows, sheet.hidden_columns = frozenset({4}), frozenset({2})
    table = read_count_table(sheet)
    assert addresses(table) == {"B3"}
    assert {"hidden_rows", "hidden_columns"} <= {code for code, _ in problems(table)}


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
