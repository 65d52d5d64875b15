"""Sheets as clerks make them: what the general layout makes of each, row by row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from homeregistry.errors import FileRefused, RegistryError
from homeregistry.grid import CellValue, DamagedCell, MergedRange, Sheet
from homeregistry.layouts import SheetReading, load_layouts, read_layout, read_workbook_sheet
from homeregistry.records import DeclaredCount, Entry, ListItem, ListOptions, NotData
from homeregistry.problems import Problem

LAYOUTS = load_layouts([Path(__file__).parent.parent / "imports" / "layouts"])
NO_OPTIONS = ListOptions()


def sheet(
    *rows: Sequence[CellValue], name: str = "Sheet1", merged: Iterable[str] = (), **more: object
) -> Sheet:
    numbered = [
        (number, row) for number, row in enumerate(rows, 1) if any(cell not in (None, "") for cell in row)
    ]
    return Sheet(name, numbered, [_range(text) for text in merged], **more)  # type: ignore[arg-type]


def _range(text: str) -> MergedRange:
    first, last = text.split(":")
    return MergedRange(int(first[1:]), ord(first[0]) - 65, int(last[1:]), ord(last[0]) - 65)


def read(page: Sheet, options: ListOptions = NO_OPTIONS) -> tuple[SheetReading, list[ListItem]]:
    reading = read_workbook_sheet(page, LAYOUTS, options)
    return reading, list(reading.items())


def entries(page: Sheet, options: ListOptions = NO_OPTIONS) -> list[Entry]:
    return [item for item in read(page, options)[1] if isinstance(item, Entry)]


def names(page: Sheet, options: ListOptions = NO_OPTIONS) -> list[str]:
    return [
        entry.values.get("recipient") or entry.values.get("person", "") for entry in entries(page, options)
    ]


def declared(items: Iterable[ListItem]) -> list[tuple[int, int, int, str | None]]:
    return [(i.row, i.declared, i.listed, i.kind) for i in items if isinstance(i, DeclaredCount)]


def reasons(items: Iterable[ListItem]) -> dict[int, str]:
    return {item.row: item.reason for item in items if isinstance(item, NotData)}


def codes(items: Iterable[ListItem]) -> list[str]:
    found = [item.code for item in items if isinstance(item, Problem)]
    return found + [p.code for item in items if isinstance(item, Entry) for p in item.problems]


PLAIN = (
    ("2020年度重庆市模范职工之家名单（3个）",),
    ("序号", "单位名称", "所属区县"),
    (1, "澄川机电有限公司工会委员会", "万州区"),
    (2, "福建小学工会", "涪陵区"),
    (3, "白榆粮油集团工会", "渝北区"),
)


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
        ("一、全国模范职工之家(3个)",), ("北京市(1个)",), (1, "甲厂工会"), ("天津市(2个)",), (2, "乙厂工会"), (3, "丙厂工会"),
        ("二、全国模范职工小家(1个)",), ("北京市(1个)",), (1, "丁厂一班工会小组"),
    )  # fmt: skip
    _, items = read(page)
    assert [(e.context.kind, e.context.region_printed) for e in items if isinstance(e, Entry)] == [
        ("model_home", "北京市"), ("model_home", "天津市"), ("model_home", "天津市"), ("model_small_home", "北京市"),
    ]  # fmt: skip
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
        ("合计", ("合计", "", 2)), ("合 计", ("合 计", 2, "")), ("总计：2个", ("总计：2个",)), ("共计2家", ("", "共计2家")),
        ("以上共2个单位", ("以上共2个单位",)), ("合计（个）", ("合计（个）", "", 2)),
    ],
)  # fmt: skip
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
        ("区县", "单位名称"), ("万州区", "甲厂工会"), ("万州区", "乙厂工会"), ("小计", 2), ("涪陵区", "丙厂工会"), ("小计", 2), ("合计", 3),
        name="模范职工之家",
    )  # fmt: skip
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
        ("模范职工之家名单",), ("单位：个",), ("表彰年度：2020年  发文单位：重庆市总工会  文号：渝工发〔2020〕12号",),
        ("填报单位（盖章）：万州区总工会", None, "填报日期：2021年1月5日"), ("序号", "单位名称"), (1, "甲厂工会"),
    )  # fmt: skip
    (entry,) = entries(page)
    assert (entry.context.year_from, entry.context.issuer_printed) == (2020, "重庆市总工会")
    assert entry.context.decision_no == "渝工发〔2020〕12号"
    assert entry.context.body_printed is None, "who filled the form in is not who recommended"


def test_a_two_level_header_with_merged_groups_is_one_header() -> None:
    page = sheet(
        ("2020年度重庆市模范职工之家名单",),
        ("序号", "单位信息", None, "表彰情况", None, "备注"),
        (None, "工会全称", "所在\n区县", "年度", "文 号", None),
        (1, "甲厂工会", "万州区", 2020, "渝工发〔2020〕12号", None),
        merged=["A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"],
    )
    reading, items = read(page)
    assert {column.column: column.field for column in reading.columns} == {
        "A": "serial", "B": "recipient", "C": "region", "D": "year", "E": "decision_no", "F": "note",
    }  # fmt: skip
    assert reasons(items) == {1: "title", 2: "header", 3: "header"}


def test_a_two_level_header_without_merged_ranges_is_read_from_its_blanks() -> None:
    page = sheet(
        ("序号", "单位信息", "", "表彰情况", ""),
        ("", "工会全称", "所在区县", "年度", "文号"),
        (1, "甲厂工会", "万州区", 2020, ""),
        name="模范职工之家",
    )
    (entry,) = entries(page)
    assert entry.values == {"serial": "1", "recipient": "甲厂工会", "region": "万州区", "year": "2020"}


def test_earlier_honours_under_a_group_are_not_this_lists_honours() -> None:
    page = sheet(
        ("序号", "单位名称", "曾获荣誉", None, None), (None, None, "年度", "级别", "荣誉称号"),
        (1, "甲厂工会", 2015, "市级", "先进职工之家"), merged=["A1:A2", "B1:B2", "C1:E1"], name="2020年模范职工之家",
    )  # fmt: skip
    (entry,) = entries(page)
    assert set(entry.values) == {"serial", "recipient"}
    assert (entry.context.kind, entry.context.year_from) == ("model_home", 2020)


def test_the_chairman_of_a_union_is_not_the_person_honoured() -> None:
    page = sheet(
        ("序号", "单位名称", "工会主席", None), (None, None, "姓名", "电话"), (1, "甲厂工会", "林汐", "13800000000"),
        merged=["A1:A2", "B1:B2", "C1:D1"], name="模范职工之家",
    )  # fmt: skip
    reading, items = read(page)
    (entry,) = (item for item in items if isinstance(item, Entry))
    assert entry.values["recipient"] == "甲厂工会"
    assert "person" not in entry.values
    assert [column.column for column in reading.dropped] == ["D"]


def test_header_cells_with_spaces_breaks_stars_and_units_are_known() -> None:
    page = sheet(
        ("序 号", "*单位名称\n（工会全称）", "所 在 区 县", "年 度：".rstrip("：")),
        (1, "甲厂工会", "万州区", "2020年度"),
        name="模范职工之家",
    )
    assert entries(page)[0].values == {
        "serial": "1",
        "recipient": "甲厂工会",
        "region": "万州区",
        "year": "2020年度",
    }


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
        ("2020年度重庆市模范职工之家名单（1个）",), ("序号", "单位名称", "区县"), (1, "甲厂工会", "万州区"), (),
        ("2020年度重庆市优秀工会工作者名单（1名）",), ("序号", "姓 名", "工作单位", "职务"), (1, "宋 辉", "乙厂", "工会主席"),
    )  # fmt: skip
    _, items = read(page)
    first, second = (item for item in items if isinstance(item, Entry))
    assert (first.context.kind, second.context.kind) == ("model_home", "outstanding_worker")
    assert second.values == {"serial": "1", "person": "宋 辉", "unit": "乙厂", "post": "工会主席"}
    assert [(d[1], d[2]) for d in declared(items)] == [(1, 1), (1, 1)]


def test_two_lists_side_by_side_give_two_entries_a_row() -> None:
    page = sheet(
        ("全国模范职工之家名单（3个）",),
        ("序号", "单位名称", "序号", "单位名称"),
        (1, "甲厂工会", 3, "丙厂工会"),
        (2, "乙厂工会", None, None),
    )
    _, items = read(page)
    found = [
        (item.row, item.values["recipient"], item.columns["recipient"])
        for item in items
        if isinstance(item, Entry)
    ]
    assert found == [(3, "甲厂工会", "B"), (3, "丙厂工会", "D"), (4, "乙厂工会", "B")]
    assert declared(items) == [(1, 3, 3, "model_home")]
    assert codes(items) == []


def test_side_by_side_numbered_along_the_row_has_no_gaps() -> None:
    page = sheet(
        ("序号", "单位名称", "序号", "单位名称"),
        (1, "甲厂工会", 2, "乙厂工会"),
        (3, "丙厂工会", 4, "丁厂工会"),
        name="模范职工之家",
    )
    assert codes(read(page)[1]) == []


def test_titles_as_columns_with_ticks_give_each_row_its_titles() -> None:
    page = sheet(
        ("2020年度重庆市获奖名单",), ("序号", "单位名称", "模范职工之家", "先进职工之家"), (1, "甲厂工会", "√", None), (2, "乙厂工会", "✓", "是"), (3, "丙厂工会", None, "1"),
        ("合计", None, 2, 2),
    )  # fmt: skip
    reading, items = read(page)
    assert reading.verdict == "list"
    assert [item.kinds for item in items if isinstance(item, Entry)] == [
        (("model_home", None, "C"),), (("model_home", None, "C"), ("advanced_home", None, "D")), (("advanced_home", None, "D"),),
    ]  # fmt: skip
    assert declared(items) == [(6, 2, 2, "model_home"), (6, 2, 2, "advanced_home")]


def test_titles_as_columns_with_names_below_are_lists_beside_each_other() -> None:
    page = sheet(
        ("区县", "模范职工之家", "模范职工小家"),
        ("万州区", "甲厂工会", "乙厂一车间工会小组"),
        ("涪陵区", "丙厂工会", None),
        name="2020年",
    )
    found = [(e.values["region"], e.values["recipient"], e.context.kind) for e in entries(page)]
    assert found == [
        ("万州区", "甲厂工会", "model_home"),
        ("万州区", "乙厂一车间工会小组", "model_small_home"),
        ("涪陵区", "丙厂工会", "model_home"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("2020年度表彰情况统计表",), ("区县", "模范职工之家", "模范职工小家", "合计"), ("万州区", 3, 5, 8), ("涪陵区", 1, 0, 1), ("合计", 4, 5, 9)),
        (("历年模范职工之家统计",), ("地区", "2018年", "2020年", "2024年"), ("万州区", 3, "—", "1500余"), ("涪陵区", 1, 2, 1)),
        (("单位：个",), ("单位", "模范职工之家", "优秀工会工作者"), ("万州区总工会", 12, 8), ("涪陵区总工会", 9, 7)),
        (("模范职工之家数量",), ("项目", "万州区", "涪陵区", "渝北区"), ("模范职工之家", 3, 4, 5), ("模范职工小家", 1, 2, 3)),
        (("称号", "数量"), ("模范职工之家", 12), ("模范职工小家", 20)),
    ],
)  # fmt: skip
def test_a_table_of_counts_is_recognised_and_no_row_of_it_is_an_entry(
    rows: tuple[tuple[CellValue, ...], ...],
) -> None:
    reading, items = read(sheet(*rows))
    assert reading.verdict == "counts"
    assert not [item for item in items if isinstance(item, Entry)]


def test_a_table_of_counts_can_be_handed_on_whole() -> None:
    page = sheet(("区县", "模范职工之家", "模范职工小家"), *((f"{n}区", n, n + 1) for n in range(2, 120)))
    reading = read_workbook_sheet(page, LAYOUTS, NO_OPTIONS)
    assert reading.verdict == "counts"
    assert reading.grid is not None
    assert [number for number, _ in reading.grid] == list(range(1, 120))


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("2020年度模范职工之家推荐汇总表", "荣誉称号"), ("拟推荐全国模范职工之家对象公示", "荣誉称号"), ("2020年度名单", "推荐称号"),
        ("全国模范职工之家申报表", "荣誉称号"),
    ],
)  # fmt: skip
def test_nominations_are_said_to_be_nominations_until_confirmed(title: str, header: str) -> None:
    page = (
        (title,),
        ("序号", "推荐单位", "单位名称", header),
        (1, "万州区总工会", "甲厂工会", "模范职工之家"),
    )
    reading, items = read(sheet(*page))
    assert reading.verdict == "nominations"
    assert codes(items) == ["nomination_list"]
    confirmed, items = read(sheet(*page), ListOptions(conferred=True))
    assert confirmed.verdict == "list"
    assert codes(items) == []
    entry = next(item for item in items if isinstance(item, Entry))
    assert (entry.values["body"], entry.values["kind"]) == ("万州区总工会", "模范职工之家")


def test_a_decided_list_with_a_recommending_body_is_no_nomination() -> None:
    page = sheet(
        ("2020年度模范职工之家表彰名单",),
        ("序号", "推荐单位", "单位名称", "推荐称号"),
        (1, "万州区总工会", "甲厂工会", "模范职工之家"),
    )
    assert read(page)[0].verdict == "list"


def test_a_registration_form_is_one_entry_turned_on_its_side() -> None:
    page = (
        ("模范职工之家登记表",), ("工会名称", "甲厂工会委员会", None, "单位类型", "企业"), ("职工数", 812, None, "会员数", 800),
        ("工会主席\n姓 名", "林汐", None, "手 机", "13800000000"), ("统一社会信用代码", "91500103709366554K"), ("市总工会意见",),
    )  # fmt: skip
    reading, items = read(sheet(*page))
    assert reading.verdict == "form"
    (entry,) = (item for item in items if isinstance(item, Entry))
    assert entry.values["recipient"] == "甲厂工会委员会"
    assert entry.values["uscc"] == "91500103709366554K"
    assert entry.columns["uscc"] == "B"
    assert not any("138" in str(cell) for cell in entry.cells)
    assert [p.code for p in entry.problems] == ["nomination_list"]


def test_hidden_sheets_and_rows_are_named_and_left_out_unless_asked_for() -> None:
    hidden = sheet(*PLAIN, hidden=True)
    reading, items = read(hidden)
    assert (reading.verdict, codes(items)) == ("hidden", ["hidden_sheet"])
    rows = sheet(*PLAIN, hidden_rows=frozenset({4}))
    _, items = read(rows)
    assert codes(items) == ["hidden_rows"]
    assert reasons(items)[4] == "hidden_row"
    assert len(entries(sheet(*PLAIN, hidden_rows=frozenset({4})), ListOptions(include_hidden=True))) == 3


def test_serial_gaps_and_repeats_are_told_and_restarts_are_fine() -> None:
    page = sheet(
        ("序号", "单位名称"),
        (1, "甲厂工会"),
        (2, "乙厂工会"),
        (4, "丙厂工会"),
        (4, "丁厂工会"),
        (5, "戊厂工会"),
        (1, "己厂工会"),
        name="模范职工之家",
    )
    found = [(p.code, p.row, p.column) for e in entries(page) for p in e.problems]
    assert found == [("serial_gap", 4, "A"), ("serial_repeat", 5, "A")]


def test_prefilled_serial_numbers_without_anything_are_no_data() -> None:
    page = sheet(
        ("序号", "单位名称", "区县"),
        (1, "甲厂工会", "万州区"),
        (2, None, None),
        (3, None, None),
        name="模范职工之家",
    )
    _, items = read(page)
    assert reasons(items)[3] == "only_serial"
    assert codes(items) == []


def test_a_row_without_a_name_is_an_entry_that_says_so() -> None:
    page = sheet(
        ("序号", "单位名称", "区县", "备注"),
        (1, "甲厂工会", "万州区", None),
        (2, None, "涪陵区", "待补"),
        name="模范职工之家",
    )
    second = entries(page)[1]
    assert [(p.code, p.row, p.column) for p in second.problems] == [("missing_name", 3, "B")]


def test_identity_and_telephone_columns_go_by_header_and_by_content() -> None:
    page = sheet(
        ("姓名", "工作单位", "身份证号", "附", "备注"),
        ("林汐", "甲厂", "510212197001011000", 13800000000.0, "电话13900000000"),
        ("宋辉", "乙厂", "510212197001011000", 13800000001.0, ""),
        name="优秀工会工作者",
    )
    reading, items = read(page)
    assert [column.column for column in reading.dropped] == ["C", "D", "E"]
    for item in items:
        assert not any(number in repr(item) for number in ("510212", "1380000", "1390000"))


def test_an_identity_number_as_a_damaged_spreadsheet_number_is_dropped_too() -> None:
    page = sheet(
        ("姓名", "代码"),
        ("林汐", 510212197001011000.0),
        ("宋辉", 510212198001011000.0),
        name="优秀工会工作者",
    )
    reading, items = read(page)
    assert [column.column for column in reading.dropped] == ["B"]
    assert "5102121" not in repr(items)


def test_a_damaged_credit_code_is_shown_as_damaged() -> None:
    page = sheet(
        ("单位名称", "统一社会信用代码"),
        ("甲厂工会", 1.0e17),
        ("乙厂工会", "9.15001E+17"),
        name="模范职工之家",
    )
    assert [[(p.code, p.column, p.value) for p in e.problems] for e in entries(page)] == [
        [("damaged_number", "B", "1E+17")], [("damaged_number", "B", "9.15001E+17")],
    ]  # fmt: skip


def test_an_error_cell_is_an_error_where_the_field_matters_and_a_warning_elsewhere() -> None:
    damaged = {
        (2, 1): DamagedCell(2, 1, "error_cell", "#REF!"),
        (2, 2): DamagedCell(2, 2, "error_cell", "#N/A"),
    }
    page = sheet(("单位名称", "区县", "备注"), ("甲厂工会", None, None), name="模范职工之家", damaged=damaged)
    (entry,) = entries(page)
    assert [(p.column, p.level) for p in entry.problems] == [("B", "error"), ("C", "warning")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("林 若 汐  沙宁省沙屿市分公司工会副主席", ("林 若 汐", "沙宁省沙屿市分公司", "工会副主席")),
        ("宋 辉 澄川机电有限公司工会主席", ("宋辉", "澄川机电有限公司", "工会主席")),
        ("欧阳澄（洛口县总工会主席）", ("欧阳澄", "洛口县总工会", "主席")),
        ("澄川装备公司党委书记、工会主席 林若汐", ("林若汐", "澄川装备公司", "党委书记、工会主席")),
    ],
)
def test_one_column_of_persons_with_unit_and_post(cell: str, expected: tuple[str, str, str]) -> None:
    (entry,) = entries(sheet(("序号", "姓名及单位职务"), (1, cell), name="优秀工会工作者"))
    assert (entry.values["person"], entry.values["unit"], entry.values["post"]) == expected


def test_units_and_persons_under_one_header_are_told_apart_by_the_title() -> None:
    page = sheet(
        ("序号", "单位名称", "姓名", "荣誉称号"),
        (1, "甲厂工会", None, "全国模范职工之家"),
        (2, "乙厂工会", "宋 辉", "全国优秀工会工作者"),
        (3, "丙厂工会", None, "优秀工会积极分子"),
        (4, "丁厂工会", "林汐", "模范职工之家"),
    )
    first, second, third, fourth = entries(page)
    assert (first.values["recipient"], "person" in first.values) == ("甲厂工会", False)
    assert (second.values["person"], second.values["unit"], "recipient" in second.values) == (
        "宋 辉",
        "乙厂工会",
        False,
    )
    assert [p.code for p in third.problems] == ["missing_name"]
    assert (fourth.values["recipient"], "person" in fourth.values) == ("丁厂工会", False)


def test_a_small_home_keeps_its_parent() -> None:
    for header in (("基层工会", "小家名称"), ("所属工会", "分会名称"), ("单位名称", "工会小组名称")):
        (entry,) = entries(sheet(("序号", *header), (1, "甲厂工会", "二车间工会小组"), name="模范职工小家"))
        assert (entry.values["parent"], entry.values["recipient"]) == ("甲厂工会", "二车间工会小组")


def test_numbers_printed_in_front_of_names_are_not_part_of_them() -> None:
    page = sheet(
        ("单位名称",), ("1、甲厂工会",), ("2.乙厂工会",), ("10086客户服务中心工会",), name="模范职工之家"
    )
    assert names(page) == ["甲厂工会", "乙厂工会", "10086客户服务中心工会"]


def test_two_names_in_one_cell_are_not_joined_silently() -> None:
    (entry,) = entries(
        sheet(("单位名称", "区县"), ("澄川机电公司工会\n白榆粮油公司工会", "万州区"), name="模范职工之家")
    )
    assert [p.code for p in entry.problems] == ["unread_row"]
    (wrapped,) = entries(
        sheet(("单位名称", "区县"), ("澄川机电有限公司\n工会委员会", "万州区"), name="模范职工之家")
    )
    assert wrapped.values["recipient"] == "澄川机电有限公司工会委员会" or wrapped.problems


def test_english_headers_are_read() -> None:
    page = sheet(
        ("No.", "Name of Union", "County", "Award", "Year"), (1, "甲厂工会", "万州区", "模范职工之家", 2020)
    )
    assert entries(page)[0].values == {
        "serial": "1",
        "recipient": "甲厂工会",
        "county": "万州区",
        "kind": "模范职工之家",
        "year": "2020",
    }


def test_a_sheet_without_a_header_says_what_was_looked_for_and_what_stood_there() -> None:
    reading, items = read(sheet(("会议通知",), ("请各单位于5月1日前报送材料。",)))
    assert reading.verdict == "nothing"
    assert "单位名称" in reading.looked_for
    assert reading.preview[0] == "会议通知"
    assert len(items) == 2


def test_the_officers_options_override_the_sheet() -> None:
    options = ListOptions(
        kind="advanced_home",
        year_from=2019,
        tier="county",
        issuer="万州区总工会",
        document_no="万工发〔2019〕1号",
    )
    (entry,) = entries(
        sheet(
            ("2020年度全国模范职工之家名单",),
            ("单位名称", "荣誉称号", "年度"),
            ("甲厂工会", "模范职工小家", 2018),
        ),
        options,
    )
    assert (entry.context.kind, entry.context.year_from, entry.context.tier_printed) == (
        "advanced_home",
        2019,
        "county",
    )
    assert entry.values == {"recipient": "甲厂工会"}


def test_two_layouts_that_claim_one_sheet_are_both_named() -> None:
    general = LAYOUTS[0]
    rules = {"recognise": {"title": ["模范职工之家"]}}
    two = [read_layout({"name": name, **rules}, general) for name in ("district", "industry")]
    with pytest.raises(FileRefused) as refusal:
        read_workbook_sheet(sheet(*PLAIN), [general, *two], NO_OPTIONS)
    assert refusal.value.code == "layouts_conflict"
    assert refusal.value.params["layouts"] == "district, industry"
    assert read_workbook_sheet(sheet(*PLAIN), [general, two[0]], NO_OPTIONS).layout.name == "district"
    assert (
        read_workbook_sheet(sheet(*PLAIN), [general, *two], ListOptions(layout="industry")).layout.name
        == "industry"
    )


def test_a_declared_layout_adds_spellings_and_constants() -> None:
    layout = read_layout(
        {
            "name": "postal",
            "recognise": {"headers_all": ["网点"]},
            "headers": {"recipient": ["网点"]},
            "constants": {"kind": "model_small_home", "system": "邮政", "year": 2024},
        },
        LAYOUTS[0],
    )
    reading = read_workbook_sheet(
        sheet(("序号", "网点"), (1, "盘龙邮政支局")), [*LAYOUTS, layout], NO_OPTIONS
    )
    (entry,) = (item for item in reading.items() if isinstance(item, Entry))
    assert (reading.layout.name, entry.values["recipient"]) == ("postal", "盘龙邮政支局")
    assert (entry.context.kind, entry.context.system, entry.context.year_to) == (
        "model_small_home",
        "邮政",
        2024,
    )


@pytest.mark.parametrize(
    "table",
    [
        {"name": "x"}, {"name": "x", "recognise": {}}, {"name": "x", "recognise": {"sheet": "("}},
        {"name": "x", "recognise": {"title": ["a"]}, "headers": {"nonsense": ["a"]}},
        {"name": "x", "recognise": {"title": ["a"]}, "constants": {"kind": "教工之家"}},
        {"name": "x", "recognise": {"title": ["a"]}, "constants": {"year": "someday"}},
        {"name": "x", "recognise": {"title": "a"}}, {"name": "x", "colour": {}}, {"recognise": {"title": ["a"]}},
    ],
)  # fmt: skip
def test_a_layout_that_says_something_unknown_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(RegistryError) as refusal:
        read_layout(table, LAYOUTS[0])
    assert refusal.value.code == "layout_invalid"


def test_no_general_layout_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RegistryError) as refusal:
        load_layouts([tmp_path])
    assert refusal.value.code == "layouts_missing"


def test_no_spelling_stands_under_two_roles() -> None:
    import tomllib

    text = (Path(__file__).parent.parent / "imports" / "layouts" / "general.toml").read_text(encoding="utf-8")
    counted = Counter(
        spelling for spellings in tomllib.loads(text)["headers"].values() for spelling in spellings
    )
    assert [spelling for spelling, times in counted.items() if times > 1] == []
