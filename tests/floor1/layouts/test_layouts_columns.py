"""Headers and columns: levels, groups, lists side by side, ticks, persons, personal numbers."""

import pytest

from homeregistry.grid import DamagedCell
from homeregistry.records import Entry
from sheets_by_hand import PLAIN, codes, declared, entries, names, read, reasons, sheet


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
        "A": "serial",
        "B": "recipient",
        "C": "region",
        "D": "year",
        "E": "decision_no",
        "F": "note",
    }
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
        ("序号", "单位名称", "曾获荣誉", None, None),
        (None, None, "年度", "级别", "荣誉称号"),
        (1, "甲厂工会", 2015, "市级", "先进职工之家"),
        merged=["A1:A2", "B1:B2", "C1:E1"],
        name="2020年模范职工之家",
    )
    (entry,) = entries(page)
    assert set(entry.values) == {"serial", "recipient"}
    assert (entry.context.kind, entry.context.year_from) == ("model_home", 2020)


def test_the_chairman_of_a_union_is_not_the_person_honoured() -> None:
    page = sheet(
        ("序号", "单位名称", "工会主席", None),
        (None, None, "姓名", "电话"),
        (1, "甲厂工会", "林汐", "13800000000"),
        merged=["A1:A2", "B1:B2", "C1:D1"],
        name="模范职工之家",
    )
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
        ("2020年度重庆市获奖名单",),
        ("序号", "单位名称", "模范职工之家", "先进职工之家"),
        (1, "甲厂工会", "√", None),
        (2, "乙厂工会", "✓", "是"),
        (3, "丙厂工会", None, "1"),
        ("合计", None, 2, 2),
    )
    reading, items = read(page)
    assert reading.verdict == "list"
    assert [item.kinds for item in items if isinstance(item, Entry)] == [
        (("model_home", None, "C"),),
        (("model_home", None, "C"), ("advanced_home", None, "D")),
        (("advanced_home", None, "D"),),
    ]
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
        [("damaged_number", "B", "1E+17")],
        [("damaged_number", "B", "9.15001E+17")],
    ]


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


def test_a_number_in_a_footer_is_not_blamed_on_the_column_above_it() -> None:
    page = sheet(*PLAIN, ("填表人：林汐", None, "联系电话：13800000000"))
    reading, _ = read(page)
    assert [(column.column, column.header) for column in reading.dropped] == [("C", "")]


def test_tick_columns_of_two_tiers_are_two_awards_of_one_row() -> None:
    page = sheet(
        ("2020年度重庆市获奖名单",),
        ("序号", "单位名称", "模范职工之家", None, "先进职工之家", None),
        (None, None, "市级", "区级", "市级", "区级"),
        (1, "甲厂工会", "√", None, None, "√"),
        (2, "乙厂工会", None, "√", None, None),
        merged=["A2:A3", "B2:B3", "C2:D2", "E2:F2"],
    )
    found = [
        (entry.row, entry.context.tier_printed, [kind for kind, _, _ in entry.kinds])
        for entry in entries(page)
    ]
    assert found == [(4, "市级", ["model_home"]), (4, "区级", ["advanced_home"]), (5, "区级", ["model_home"])]
    assert codes(read(page)[1]) == []
