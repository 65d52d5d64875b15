"""Headers and headings that were once read wrongly: each test names the trap."""

import pytest

from homeregistry.grid import DamagedCell
from homeregistry.problems import Problem
from homeregistry.records import ListOptions, NotData
from sheets_by_hand import codes, declared, entries, names, read, reasons, sheet


def test_titles_below_the_word_for_a_title_are_tick_columns() -> None:
    page = sheet(
        ("2021年重庆市表彰名单",),
        ("序号", "单位名称", "荣誉称号", None),
        (None, None, "模范职工之家", "模范职工小家"),
        (1, "甲厂工会", "√", None),
        (2, "甲厂工会装配分会", None, "√"),
        merged=["A2:A3", "B2:B3", "C2:D2"],
    )
    assert [(entry.values.get("kind"), entry.kinds) for entry in entries(page)] == [
        (None, (("model_home", None, "C"),)),
        (None, (("model_small_home", None, "D"),)),
    ]


def test_lists_side_by_side_under_two_titles_keep_their_own() -> None:
    page = sheet(
        ("2020年度烟台市命名名单",),
        ("模范职工之家", None, None, "模范职工小家", None, None),
        ("序号", "单位名称", "片区", "序号", "小家名称", "片区"),
        (1, "甲厂工会", "东", 1, "乙厂工会装配分会", "西"),
        (2, "丙厂工会", "东", 2, "丁厂工会铸造分会", "西"),
        merged=["A2:C2", "D2:F2"],
    )
    assert [(e.values["recipient"], e.context.kind) for e in entries(page)] == [
        ("甲厂工会", "model_home"),
        ("乙厂工会装配分会", "model_small_home"),
        ("丙厂工会", "model_home"),
        ("丁厂工会铸造分会", "model_small_home"),
    ]
    assert not codes(read(page)[1])


def test_an_unknown_word_below_a_title_makes_no_tick_column() -> None:
    page = sheet(
        ("序号", "模范职工之家", None),
        (None, "单位名称", "所属片区"),
        (1, "甲厂工会", "城北片"),
        merged=["A1:A2", "B1:C1"],
    )
    assert names(page) == ["甲厂工会"]
    assert not codes(read(page)[1])


def test_units_beside_persons_are_two_lists_and_no_unit_of_a_person() -> None:
    page = sheet(
        ("序号", "单位名称", "序号", "姓名"),
        (1, "甲厂工会", 1, "林汐"),
        (2, "乙厂工会", 2, "周禾"),
        name="模范职工之家",
    )
    assert [
        (e.values.get("recipient"), e.values.get("person"), e.values.get("unit")) for e in entries(page)
    ] == [
        ("甲厂工会", None, None),
        (None, "林汐", None),
        ("乙厂工会", None, None),
        (None, "周禾", None),
    ]


def test_a_column_for_each_year_confers_by_mark_or_by_title() -> None:
    page = sheet(
        ("重庆市模范职工之家一览表",),
        ("序号", "单位名称", "2018年", "2019年度", 2020),
        (1, "甲厂工会", "√", None, "√"),
        (2, "乙厂工会", None, "先进职工之家", None),
    )
    assert [
        (e.values["recipient"], e.values.get("kind"), e.context.kind, e.context.year_from)
        for e in entries(page)
    ] == [
        ("甲厂工会", None, "model_home", 2018),
        ("甲厂工会", None, "model_home", 2020),
        ("乙厂工会", "先进职工之家", "model_home", 2019),
    ]


def test_years_below_a_title_are_kept_apart() -> None:
    page = sheet(
        ("序号", "单位名称", "模范职工之家", None),
        (None, None, "2018年", "2019年"),
        (1, "甲厂工会", None, "√"),
        (2, "乙厂工会", "√", "√"),
        merged=["A1:A2", "B1:B2", "C1:D1"],
    )
    assert [(e.values["recipient"], e.context.year_from) for e in entries(page)] == [
        ("甲厂工会", 2019),
        ("乙厂工会", 2018),
        ("乙厂工会", 2019),
    ]


def test_numbers_below_years_are_counts_and_no_marks() -> None:
    page = sheet(
        ("重庆市模范职工之家统计表",),
        ("单位", "2018年", "2019年"),
        ("万州区", 1, 3),
        ("涪陵区", 1, 1),
    )
    assert read(page)[0].verdict == "counts"


def test_a_numbered_section_above_the_first_header_ends_with_its_section() -> None:
    page = sheet(
        ("2022年度长沙市模范职工之家、模范职工小家名单",),
        ("一、模范职工之家（2个）",),
        ("序号", "单位"),
        (1, "甲厂工会"),
        (2, "乙厂工会"),
        ("二、模范职工小家（1个）",),
        ("序号", "单位"),
        (1, "丙厂工会装配分会"),
    )
    _, items = read(page)
    assert declared(items) == [(2, 2, 2, "model_home"), (6, 1, 1, "model_small_home")]


def test_a_person_beside_a_unit_in_one_column_is_taken_apart_by_the_rows_own_title() -> None:
    page = sheet(
        ("序号", "单位/个人", "荣誉称号"),
        (1, "甲厂工会", "模范职工之家"),
        (2, "甲厂工会 王丽华", "优秀工会工作者"),
        (3, "乙厂工会主席周禾", "优秀工会工作者"),
    )
    assert [
        (e.values.get("recipient"), e.values.get("person"), e.values.get("unit")) for e in entries(page)
    ] == [("甲厂工会", None, None), (None, "王丽华", "甲厂工会"), (None, "周禾", "乙厂")]


def test_the_federation_before_the_verb_is_the_issuer_of_titles_in_a_column() -> None:
    page = sheet(
        ("成都市总工会2020年表彰名单",),
        ("序号", "单位名称", "荣誉称号"),
        (1, "甲厂工会", "模范职工之家"),
    )
    (entry,) = entries(page)
    assert (entry.context.issuer_printed, entry.context.year_from) == ("成都市总工会", 2020)


def test_a_heading_with_a_count_above_the_first_header_is_a_section_and_keeps_its_stars() -> None:
    page = sheet(
        ("2021年度合肥市星级职工之家名单",),
        ("五星级（1个）",),
        ("序号", "单位"),
        (1, "甲厂工会"),
        ("四星级（1个）",),
        ("序号", "单位"),
        (1, "乙厂工会"),
    )
    _, items = read(page)
    assert [(e.values["recipient"], e.context.kind, e.context.stars) for e in entries(page)] == [
        ("甲厂工会", "star_home", 5),
        ("乙厂工会", "star_home", 4),
    ]
    assert declared(items) == [(2, 1, 1, "star_home"), (5, 1, 1, "star_home")]


def test_a_subtotal_printed_in_the_name_column_hides_no_habit_of_blank_districts() -> None:
    page = sheet(
        ("区县", "序号", "单位"),
        ("丛台区", 1, "甲厂工会"),
        ("", 2, "乙厂工会"),
        ("小计", "", "2"),
        ("复兴区", 3, "丙厂工会"),
        ("小计", "", "1"),
        name="模范职工之家",
    )
    assert [entry.values.get("region") for entry in entries(page)] == ["丛台区", "丛台区", "复兴区"]


def test_a_column_of_times_that_holds_only_years_states_the_year() -> None:
    page = sheet(
        ("序号", "单位", "获奖时间"),
        (1, "甲厂工会", "2016"),
        (2, "乙厂工会", "2018年"),
        name="模范职工之家",
    )
    assert [entry.values.get("year") for entry in entries(page)] == ["2016", "2018年"]
    page = sheet(
        ("序号", "单位", "获奖时间"),
        (1, "甲厂工会", "2016"),
        (2, "乙厂工会", "2018年5月"),
        name="模范职工之家",
    )
    assert [entry.values.get("decision_date") for entry in entries(page)] == ["2016", "2018年5月"]


def test_the_unit_beside_a_small_home_is_its_parent() -> None:
    page = sheet(("序号", "小家名称", "所在单位"), (1, "客运车间工会小组", "甲车站"), name="模范职工小家")
    assert entries(page)[0].values == {"serial": "1", "recipient": "客运车间工会小组", "parent": "甲车站"}


def test_a_sheet_named_after_a_year_is_of_that_year() -> None:
    page = sheet(("模范职工之家名单",), ("序号", "单位"), (1, "甲厂工会"), name="2018")
    assert entries(page)[0].context.year_from == 2018


def test_a_remark_in_brackets_between_rows_is_no_unit() -> None:
    page = sheet(
        ("序号", "单位"), (1, "甲厂工会"), ("（以下为机关单位）",), (2, "乙局工会"), name="模范职工之家"
    )
    assert names(page) == ["甲厂工会", "乙局工会"]


def test_a_row_under_a_header_that_names_nobody_is_listed_and_not_lost() -> None:
    page = sheet(
        ("序号", "所属区县", "单位名称", "荣誉称号", "备注"),
        ("序号", "模范职工之家", "序号"),
        (None, 1),
    )
    assert [(item.row, item.reason) for item in read(page)[1] if isinstance(item, NotData)] == [
        (1, "header"),
        (2, "header"),
        (3, "nameless_header"),
    ]


def test_a_total_above_the_header_is_no_group_of_its_columns() -> None:
    page = sheet(
        ("2017年度黄石市合格职工之家名单",),
        ("合计", "2家"),
        ("序号", "工会名称", "区县"),
        (1, "甲中学工会", "黄石港区"),
        (2, "乙中学工会", "下陆区"),
    )
    reading, _ = read(page)
    assert [column.header for column in reading.columns] == ["序号", "工会名称", "区县"]


def test_a_number_the_file_itself_calls_damaged_is_told_once() -> None:
    page = sheet(
        ("2020年度株洲市模范职工之家",),
        ("单位名称", "统一社会信用代码", "区"),
        ("甲机车厂工会", 91430200184282300000, "荷塘区"),
        damaged={(3, 1): DamagedCell(3, 1, "damaged_number", "9.14302001842823E+19")},
    )
    (entry,) = entries(page)
    assert [(problem.code, problem.value) for problem in entry.problems] == [
        ("damaged_number", "9.14302001842823E+19")
    ]


@pytest.mark.parametrize("header", ["县市", "所属县市", "市县区", "辖区", "归属地"])
def test_a_county_level_place_has_many_headers(header: str) -> None:
    page = sheet(("2020年度大理州模范职工之家",), ("单位名称", header), ("甲茶厂工会", "祥云县"))
    (entry,) = entries(page)
    assert entry.values["region"] == "祥云县"


@pytest.mark.parametrize("header", ["拟推荐荣誉称号", "推荐荣誉称号", "申报荣誉称号"])
def test_a_column_of_titles_asked_for_makes_a_list_of_nominations(header: str) -> None:
    page = sheet(("2023年度汇总",), ("单位名称", header), ("甲盐厂工会", "自贡市模范职工之家"))
    assert read(page)[0].verdict == "nominations"
    (entry,) = entries(page, ListOptions(conferred=True))
    assert entry.values["kind"] == "自贡市模范职工之家"


def test_a_letterhead_is_the_issuer_of_a_title_that_names_none() -> None:
    head, rows = ("序号", "单位", "区县"), ((1, "甲鞋厂工会", "荔城区"),)
    letterhead = sheet(("莆田市总工会",), ("2020年度市级模范职工之家名单",), head, *rows)
    (entry,) = entries(letterhead)
    assert (entry.context.issuer_printed, entry.context.tier_printed) == ("莆田市总工会", "市级")
    assert entry.context.body_printed is None
    (own,) = entries(sheet(("莆田市总工会",), ("2020年度福建省模范职工之家名单",), head, *rows))
    assert own.context.issuer_printed == "福建省"


def test_a_total_above_the_header_is_held_against_the_rows_below() -> None:
    page = sheet(("2017年度黄石市合格职工之家名单",), ("合计", "5家"), ("序号", "工会名称"), (1, "甲校工会"))
    _reading, items = read(page)
    assert declared(items) == [(2, 5, 1, None)]
    assert reasons(items)[2] == "total"


def test_a_total_that_was_never_calculated_is_told() -> None:
    damage = DamagedCell(4, 1, "formula_without_value", "=COUNTA(B3:B3)")
    page = sheet(
        ("2021年度常德市模范职工之家",), ("序号", "单位名称"), (1, "甲烟厂工会"), ("合计", None),
        damaged={(4, 1): damage},
    )  # fmt: skip
    (told,) = [item for item in read(page)[1] if isinstance(item, Problem)]
    assert (told.code, told.row, told.column, told.level) == ("formula_without_value", 4, "B", "warning")


def test_a_row_without_a_tick_has_no_title_whatever_the_sheet_is_called() -> None:
    page = sheet(
        ("2020年度江北区职工之家建设命名汇总表",), ("序号", "单位全称", "模范职工之家", "先进职工之家"),
        (1, "甲厂工会", "√", None), (2, "乙店工会", None, None), (3, "丙校工会", None, "√"),
    )  # fmt: skip
    assert ["kind" in entry.values or bool(entry.kinds) for entry in entries(page)] == [True, False, True]
