"""Sheets as clerks make them: titles, sections, totals, footers and what governs a row."""

import pytest

from homeregistry.grid import CellValue
from homeregistry.records import Entry, NotData
from sheets_by_hand import PLAIN, codes, declared, entries, names, read, reasons, sheet


def test_the_title_gives_kind_tier_year_and_a_declared_count() -> None:
    reading, items = read(sheet(*PLAIN))
    first = next(item for item in items if isinstance(item, Entry))
    assert reading.verdict == "list"
    assert (first.context.kind, first.context.year_from, first.context.issuer_printed) == (
        "model_home",
        2020,
        "重庆市",
    )
    assert first.values == {"serial": "1", "recipient": "澄川机电有限公司工会委员会", "region": "万州区"}
    assert first.columns["recipient"] == "B"
    assert declared(items) == [(1, 3, 3, "model_home")]
    assert reasons(items) == {1: "title", 2: "header"}


def test_a_merged_district_holds_for_every_row_it_covers_and_no_further() -> None:
    page = sheet(
        ("2020年度重庆市模范职工之家名单",),
        ("序号", "区县", "单位名称"),
        (1, "万州区", "甲厂工会"),
        (2, None, "乙厂工会"),
        (3, None, "丙厂工会"),
        merged=["A1:C1", "B3:B4"],
    )
    assert [entry.values.get("region") for entry in entries(page)] == ["万州区", "万州区", None]


def test_without_merged_ranges_blanks_under_a_district_continue_it() -> None:
    page = sheet(
        ("区县", "单位名称"),
        ("万州区", "甲厂工会"),
        ("", "乙厂工会"),
        ("", "丙厂工会"),
        ("涪陵区", "丁厂工会"),
        name="模范职工之家",
    )
    assert [entry.values.get("region") for entry in entries(page)] == ["万州区", "万州区", "万州区", "涪陵区"]


def test_one_missing_district_in_a_full_column_stays_missing() -> None:
    page = sheet(
        ("单位名称", "区县"),
        ("甲厂工会", "万州区"),
        ("乙厂工会", "万州区"),
        ("丙厂工会", ""),
        ("丁厂工会", "涪陵区"),
        name="模范职工之家",
    )
    assert [entry.values.get("region") for entry in entries(page)] == ["万州区", "万州区", None, "涪陵区"]


def test_a_blank_note_or_number_is_never_filled_down() -> None:
    page = sheet(
        ("区县", "单位名称", "职工数", "备注"),
        ("万州区", "甲厂工会", 812, "复评"),
        (None, "乙厂工会", None, None),
    )
    assert [entry.cells for entry in entries(page)][1] == ("", "乙厂工会", "", "")
    assert (
        "note"
        not in entries(
            sheet(("区县", "单位名称", "备注"), ("万州区", "甲厂工会", "复评"), (None, "乙厂工会", None))
        )[1].values
    )


def test_section_rows_give_the_kind_and_are_checked_one_by_one() -> None:
    page = sheet(
        ("2020年度重庆市先进名单",),
        ("序号", "单位名称"),
        ("一、模范职工之家（2个）",),
        (1, "甲厂工会"),
        (2, "乙厂工会"),
        ("二、模范职工小家(2个)",),
        (1, "丙厂二车间工会小组"),
    )
    _, items = read(page)
    kinds = [item.context.kind for item in items if isinstance(item, Entry)]
    assert kinds == ["model_home", "model_home", "model_small_home"]
    assert declared(items) == [(3, 2, 2, "model_home"), (6, 2, 1, "model_small_home")]
    assert "serial_repeat" not in codes(items)


def test_a_section_with_its_ordinal_in_the_serial_column_is_a_section() -> None:
    page = sheet(
        ("序号", "单位名称"), ("一", "模范职工之家"), (1, "甲厂工会"), ("二", "模范职工小家"), (1, "乙厂一班")
    )
    assert [entry.context.kind for entry in entries(page)] == ["model_home", "model_small_home"]


def test_a_district_between_the_rows_is_the_place_of_those_below_with_its_own_count() -> None:
    page = sheet(
        ("全国模范职工之家（3个）",),
        ("序号", "单位名称"),
        ("北京市（2个）",),
        (1, "甲厂工会"),
        (2, "乙厂工会"),
        ("天津市（1个）",),
        (3, "丙厂工会"),
    )
    _, items = read(page)
    assert [item.context.region_printed for item in items if isinstance(item, Entry)] == [
        "北京市",
        "北京市",
        "天津市",
    ]
    assert sorted(declared(items)) == [
        (1, 3, 3, "model_home"),
        (3, 2, 2, "model_home"),
        (6, 1, 1, "model_home"),
    ]


def test_kinds_outside_and_districts_inside_close_in_order() -> None:
    page = sheet(
        ("序号", "单位名称"),
        ("一、全国模范职工之家(3个)",),
        ("北京市(1个)",),
        (1, "甲厂工会"),
        ("天津市(2个)",),
        (2, "乙厂工会"),
        (3, "丙厂工会"),
        ("二、全国模范职工小家(1个)",),
        ("北京市(1个)",),
        (1, "丁厂一班工会小组"),
    )
    _, items = read(page)
    assert [(e.context.kind, e.context.region_printed) for e in items if isinstance(e, Entry)] == [
        ("model_home", "北京市"),
        ("model_home", "天津市"),
        ("model_home", "天津市"),
        ("model_small_home", "北京市"),
    ]
    assert all(number == listed for _, number, listed, _ in declared(items))


def test_a_near_title_section_is_carried_to_its_rows_and_never_the_titles_kind() -> None:
    page = sheet(
        ("2020年度模范职工之家名单",),
        ("序号", "单位名称"),
        (1, "甲厂工会"),
        ("二、模范教工之家（1个）",),
        (1, "第二中学工会"),
    )
    first, second = entries(page)
    assert first.context.kind == "model_home"
    assert second.context.kind is None
    assert second.values["kind"] == "模范教工之家"


@pytest.mark.parametrize(
    ("word", "cells"),
    [
        ("合计", ("合计", "", 2)),
        ("合 计", ("合 计", 2, "")),
        ("总计：2个", ("总计：2个",)),
        ("共计2家", ("", "共计2家")),
        ("以上共2个单位", ("以上共2个单位",)),
        ("合计（个）", ("合计（个）", "", 2)),
    ],
)
def test_a_total_row_is_checked_and_not_counted(word: str, cells: tuple[CellValue, ...]) -> None:
    page = sheet(
        ("序号", "区县", "单位名称"),
        (1, "万州区", "甲厂工会"),
        (2, "涪陵区", "乙厂工会"),
        cells,
        name="模范职工之家",
    )
    _, items = read(page)
    assert reasons(items)[4] == "total"
    assert [(number, listed) for _, number, listed, _ in declared(items)] == [(2, 2)], word


def test_subtotals_and_a_total_each_cover_their_own_rows() -> None:
    page = sheet(
        ("区县", "单位名称"),
        ("万州区", "甲厂工会"),
        ("万州区", "乙厂工会"),
        ("小计", 2),
        ("涪陵区", "丙厂工会"),
        ("小计", 2),
        ("合计", 3),
        name="模范职工之家",
    )
    _, items = read(page)
    assert [(d[1], d[2]) for d in declared(items)] == [(2, 2), (2, 1), (3, 3)]


def test_a_total_that_stands_first_is_held_against_what_follows() -> None:
    page = sheet(
        ("序号", "单位名称", "区县"),
        ("合计", 2, ""),
        (1, "甲厂工会", "万州区"),
        (2, "乙厂工会", "万州区"),
        name="模范职工之家",
    )
    _, items = read(page)
    assert declared(items) == [(2, 2, 2, None)]


def test_a_sum_of_members_is_no_count_of_entries() -> None:
    page = sheet(
        ("序号", "单位名称", "职工数"),
        (1, "甲厂工会", 812),
        (2, "乙厂工会", 88),
        ("合计", "", 900),
        name="模范职工之家",
    )
    _, items = read(page)
    assert reasons(items)[4] == "total"
    assert declared(items) == []


def test_units_whose_names_begin_like_a_total_or_a_footer_are_data() -> None:
    rows = (
        "合川区总医院工会",
        "共青团路小学工会",
        "注册会计师协会工会",
        "审计局工会",
        "总装厂工会",
        "小计算机厂工会",
        "说明书印刷厂工会",
        "一汽工会",
    )
    page = sheet(("单位名称", "备注"), *((row, "无") for row in rows), name="模范职工之家")
    assert names(page) == list(rows)
    alone = sheet(("单位名称",), *((row,) for row in rows), name="模范职工之家")
    assert names(alone) == list(rows)


def test_footers_and_notes_are_listed_and_lose_their_telephone_numbers() -> None:
    page = sheet(
        *PLAIN,
        ("注：1.本表一式两份。",),
        ("2.排名不分先后。",),
        ("填表人：林汐", None, "审核人：周若川"),
        ("联系电话：13800000000",),
        ("2021年1月5日",),
    )
    _, items = read(page)
    assert [reasons(items)[row] for row in range(6, 11)] == ["note", "note", "footer", "personal", "footer"]
    assert all("138" not in item.text for item in items if isinstance(item, NotData))


def test_captions_above_the_header_give_issuer_document_and_year() -> None:
    page = sheet(
        ("模范职工之家名单",),
        ("单位：个",),
        ("表彰年度：2020年  发文单位：重庆市总工会  文号：渝工发〔2020〕12号",),
        ("填报单位（盖章）：万州区总工会", None, "填报日期：2021年1月5日"),
        ("序号", "单位名称"),
        (1, "甲厂工会"),
    )
    (entry,) = entries(page)
    assert (entry.context.year_from, entry.context.issuer_printed) == (2020, "重庆市总工会")
    assert entry.context.decision_no == "渝工发〔2020〕12号"
    assert entry.context.body_printed is None, "who filled the form in is not who recommended"


def test_a_header_repeated_on_every_printed_page_is_no_data() -> None:
    page = sheet(
        ("序号", "单位名称"),
        (1, "甲厂工会"),
        ("第1页",),
        ("序号", "单位名称"),
        (2, "乙厂工会"),
        name="模范职工之家",
    )
    _, items = read(page)
    assert [item.values["recipient"] for item in items if isinstance(item, Entry)] == ["甲厂工会", "乙厂工会"]
    assert reasons(items)[4] == "repeated_header"
    assert codes(items) == []


def test_a_second_block_with_its_own_title_and_header_on_one_sheet() -> None:
    page = sheet(
        ("2020年度重庆市模范职工之家名单（1个）",),
        ("序号", "单位名称", "区县"),
        (1, "甲厂工会", "万州区"),
        (),
        ("2020年度重庆市优秀工会工作者名单（1名）",),
        ("序号", "姓 名", "工作单位", "职务"),
        (1, "宋 辉", "乙厂", "工会主席"),
    )
    _, items = read(page)
    first, second = (item for item in items if isinstance(item, Entry))
    assert (first.context.kind, second.context.kind) == ("model_home", "outstanding_worker")
    assert second.values == {"serial": "1", "person": "宋 辉", "unit": "乙厂", "post": "工会主席"}
    assert [(d[1], d[2]) for d in declared(items)] == [(1, 1), (1, 1)]


def test_a_total_that_names_its_parts_is_no_section() -> None:
    page = sheet(
        ("序号", "单位名称"),
        (1, "甲厂工会"),
        ("共计：模范职工之家1个，模范职工小家2个",),
        (2, "乙厂工会"),
        name="模范职工之家",
    )
    _, items = read(page)
    assert reasons(items)[3] == "total"
    assert declared(items) == []
    assert [item.context.kind for item in items if isinstance(item, Entry)] == ["model_home", "model_home"]


def test_a_section_whose_count_stands_in_a_cell_of_its_own() -> None:
    page = sheet(
        ("序号", "单位名称", "区县"),
        ("模范职工之家", "", "1个"),
        (1, "甲厂工会", "万州区"),
        ("模范职工小家", 2),
        (1, "丙厂工会小组", "万州区"),
    )
    _, items = read(page)
    assert [item.context.kind for item in items if isinstance(item, Entry)] == [
        "model_home",
        "model_small_home",
    ]
    assert declared(items) == [(2, 1, 1, "model_home"), (4, 2, 1, "model_small_home")]


def test_years_as_section_rows_hold_for_the_rows_below() -> None:
    page = sheet(
        ("全国模范职工之家名单",),
        ("序号", "单位名称"),
        ("2018年",),
        (1, "甲厂工会"),
        ("2020年度",),
        (1, "乙厂工会"),
    )
    assert [entry.context.year_from for entry in entries(page)] == [2018, 2020]


def test_titles_kept_after_a_recheck_are_listed_and_not_conferred_again() -> None:
    page = sheet(
        ("序号", "单位名称"),
        ("一、模范职工之家",),
        (1, "甲厂工会"),
        ("二、通过复查的模范职工之家（1个）",),
        (1, "丁厂工会"),
    )
    _, items = read(page)
    assert [item.values["recipient"] for item in items if isinstance(item, Entry)] == ["甲厂工会"]
    assert reasons(items)[5] == "recheck"


def test_a_title_repeated_on_a_new_page_does_not_begin_a_new_list() -> None:
    title = "2020年度重庆市模范职工之家名单（3个）"
    page = sheet(
        (title,),
        ("序号", "单位名称"),
        (1, "甲厂工会"),
        (2, "乙厂工会"),
        (title + "（续）",),
        ("序号", "单位名称"),
        (3, "丙厂工会"),
    )
    _, items = read(page)
    assert reasons(items)[5] == "repeated_title"
    assert declared(items) == [(1, 3, 3, "model_home")]


def test_the_letterhead_above_a_title_recommended_nobody() -> None:
    page = sheet(
        ("重庆市总工会",), ("2020年度重庆市五星级职工之家名单",), ("序号", "工会名称"), (1, "甲厂工会")
    )
    (entry,) = entries(page)
    assert (entry.context.body_printed, entry.context.kind, entry.context.stars) == (None, "star_home", 5)


def test_a_blank_document_number_behind_the_name_is_not_the_one_above() -> None:
    page = sheet(
        ("荣誉称号", "单位名称", "文号"),
        ("全国模范职工之家", "甲厂工会", "总工发〔2018〕29号"),
        ("市模范职工小家", "乙厂分会", ""),
    )
    assert "decision_no" not in entries(page)[1].values
