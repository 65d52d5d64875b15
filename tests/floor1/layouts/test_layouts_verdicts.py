"""What a sheet is, which layout claims it, and what is left out of it."""

from collections import Counter
from pathlib import Path

import pytest

from homeregistry.errors import FileRefused, RegistryError
from homeregistry.grid import CellValue
from homeregistry.layouts import load_layouts, read_layout, read_workbook_sheet
from homeregistry.records import Entry, ListOptions
from places import LAYOUT_FOLDER
from sheets_by_hand import LAYOUTS, NO_OPTIONS, PLAIN, codes, entries, read, reasons, sheet


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("2020年度表彰情况统计表",),
            ("区县", "模范职工之家", "模范职工小家", "合计"),
            ("万州区", 3, 5, 8),
            ("涪陵区", 1, 0, 1),
            ("合计", 4, 5, 9),
        ),
        (
            ("历年模范职工之家统计",),
            ("地区", "2018年", "2020年", "2024年"),
            ("万州区", 3, "—", "1500余"),
            ("涪陵区", 1, 2, 1),
        ),
        (
            ("单位：个",),
            ("单位", "模范职工之家", "优秀工会工作者"),
            ("万州区总工会", 12, 8),
            ("涪陵区总工会", 9, 7),
        ),
        (
            ("模范职工之家数量",),
            ("项目", "万州区", "涪陵区", "渝北区"),
            ("模范职工之家", 3, 4, 5),
            ("模范职工小家", 1, 2, 3),
        ),
        (("称号", "数量"), ("模范职工之家", 12), ("模范职工小家", 20)),
    ],
)
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
        ("2020年度模范职工之家推荐汇总表", "荣誉称号"),
        ("拟推荐全国模范职工之家对象公示", "荣誉称号"),
        ("2020年度名单", "推荐称号"),
        ("全国模范职工之家申报表", "荣誉称号"),
    ],
)
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
        ("模范职工之家登记表",),
        ("工会名称", "甲厂工会委员会", None, "单位类型", "企业"),
        ("职工数", 812, None, "会员数", 800),
        ("工会主席\n姓 名", "林汐", None, "手 机", "13800000000"),
        ("统一社会信用代码", "91500103709366554K"),
        ("市总工会意见",),
    )
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


def test_a_sheet_without_a_header_is_no_list_and_its_rows_are_named() -> None:
    reading, items = read(sheet(("会议通知",), ("请各单位于5月1日前报送材料。",)))
    assert reading.verdict == "nothing"
    assert reasons(items) == {1: "no_header", 2: "no_header"}


def test_the_officers_options_fill_what_the_sheet_leaves_out_and_nothing_else() -> None:
    options = ListOptions(
        kind="advanced_home",
        year_from=2019,
        tier="county",
        issuer="万州区总工会",
        document_no="万工发〔2019〕1号",
    )
    (silent,) = entries(sheet(("单位名称", "区县"), ("甲厂工会", "万州区")), options)
    assert (silent.context.kind, silent.context.year_from, silent.context.tier_printed) == (
        "advanced_home",
        2019,
        "county",
    )
    (printed,) = entries(
        sheet(
            ("2020年度全国模范职工之家名单",),
            ("单位名称", "荣誉称号", "年度"),
            ("甲厂工会", "模范职工小家", 2018),
        ),
        options,
    )
    assert (printed.context.kind, printed.context.year_from, printed.context.tier_printed) == (
        "model_home",
        2020,
        "全国",
    )
    assert printed.values == {"recipient": "甲厂工会", "kind": "模范职工小家", "year": "2018"}


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
        {"name": "x"},
        {"name": "x", "recognise": {}},
        {"name": "x", "recognise": {"sheet": "("}},
        {"name": "x", "recognise": {"title": ["a"]}, "headers": {"nonsense": ["a"]}},
        {"name": "x", "recognise": {"title": ["a"]}, "constants": {"kind": "教工之家"}},
        {"name": "x", "recognise": {"title": ["a"]}, "constants": {"year": "someday"}},
        {"name": "x", "recognise": {"title": "a"}},
        {"name": "x", "colour": {}},
        {"recognise": {"title": ["a"]}},
    ],
)
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

    text = (LAYOUT_FOLDER / "general.toml").read_text(encoding="utf-8")
    counted = Counter(
        spelling for spellings in tomllib.loads(text)["headers"].values() for spelling in spellings
    )
    assert [spelling for spelling, times in counted.items() if times > 1] == []


def test_hidden_columns_are_named_and_left_out_unless_asked_for() -> None:
    rows = (("序号", "单位名称", "区县"), (1, "甲厂工会", "万州区"))
    page = sheet(*rows, name="模范职工之家", hidden_columns=frozenset({2}))
    _, items = read(page)
    assert codes(items) == ["hidden_columns"]
    assert "万州区" not in repr([item for item in items if isinstance(item, Entry)])
    asked = entries(
        sheet(*rows, name="模范职工之家", hidden_columns=frozenset({2})), ListOptions(include_hidden=True)
    )
    assert asked[0].values["region"] == "万州区"


def test_a_header_that_names_nobody_is_neither_list_nor_table_of_counts() -> None:
    reading, items = read(sheet(("YEAR", "TOTAL"), (2011, 5), (2012, 7)))
    assert reading.verdict == "nothing"
    assert set(reasons(items).values()) == {"no_header"}
