"""Whatever a sheet holds, every row that it yields is accounted for once, and nothing personal stays."""

from collections import defaultdict

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from homeregistry.grid import CellValue, MergedRange, Sheet
from homeregistry.layouts import read_workbook_sheet, stream
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.records import (
    ColumnUse,
    DeclaredCount,
    DroppedColumn,
    Entry,
    ListItem,
    ListOptions,
    NotData,
)
from homeregistry.vocabulary import FIELDS
from sheets_by_hand import LAYOUTS

WORDS = st.sampled_from(
    [
        "序号",
        "单位名称",
        "姓名",
        "所属区县",
        "荣誉称号",
        "年度",
        "备注",
        "身份证号",
        "推荐单位",
        "模范职工之家",
        "优秀工会工作者",
        "一、模范职工之家（2个）",
        "（一）万州区",
        "2020年度重庆市模范职工之家名单(3个)",
        "合计",
        "小计",
        "合计：3个",
        "填表人：林汐",
        "注：无",
        "单位：个",
        "甲厂工会委员会",
        "乙厂二车间工会小组",
        "宋 辉",
        "万州区",
        "√",
        "1500余",
        "2017—2019年度",
        "总工发〔2018〕29号",
        "第1页",
        "a\x00b",
        "二\u200b厂",
        "联系电话：13800000000",
        "13800000000",
        "510212197001011000",
        "林汐（13900000000）",
        "1.0E+17",
        "",
        " ",
        "：",
        "(",
        "·",
    ]
)
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    WORDS,
    st.integers(0, 30),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=6),
    st.booleans(),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=25)
HEADER = ["序号", "所属区县", "单位名称", "荣誉称号", "备注"]


def _sheet(
    rows: list[list[CellValue]], headed: bool, merged: list[MergedRange], hidden: frozenset[int]
) -> Sheet:
    table = [list(HEADER), *rows] if headed else rows
    numbered = [(n, row) for n, row in enumerate(table, 1) if any(cell not in (None, "") for cell in row)]
    return Sheet("名单", iter(numbered), merged, hidden_rows=hidden)


AREAS = st.lists(
    st.builds(
        lambda row, column, down, right: MergedRange(row, column, row + down, column + right),
        st.integers(1, 12),
        st.integers(0, 5),
        st.integers(0, 8),
        st.integers(0, 5),
    ),
    max_size=4,
)


@example(
    [[None], [None, None, "（一）万州区"], [None, None, "序号"]], True, [MergedRange(1, 2, 3, 4)], frozenset()
)
@settings(deadline=None, max_examples=250)
@given(ROWS, st.booleans(), AREAS, st.frozensets(st.integers(1, 12), max_size=3))
def test_every_row_is_either_data_or_named_as_something_else(
    rows: list[list[CellValue]], headed: bool, merged: list[MergedRange], hidden: frozenset[int]
) -> None:
    numbers = [number for number, _ in _sheet(rows, headed, merged, hidden)]
    reading = read_workbook_sheet(_sheet(rows, headed, merged, hidden), LAYOUTS, ListOptions())
    items = list(reading.items())
    ends: dict[int, set[type]] = defaultdict(set)
    places: dict[int, list[str | None]] = defaultdict(list)
    for item in items:
        if isinstance(item, Entry | NotData):
            ends[item.row].add(type(item))
        if isinstance(item, NotData):
            assert item.reason
            places[item.row].append(None)
        if isinstance(item, Entry):
            name = item.columns.get("recipient"), item.columns.get("person")
            said = item.context.tier_printed, item.context.year_from
            places[item.row].append(f"{name}{item.kinds}{said}")
            assert set(item.values) <= FIELDS.keys()
            assert all(item.values.values())
    assert sorted(ends) == numbers
    assert all(len(kinds) == 1 for kinds in ends.values())
    assert all(len(set(where)) == len(where) for where in places.values()), (
        "a row is told twice only side by side"
    )
    _nothing_personal(items)
    for problem in _problems(items):
        assert problem.code in PROBLEMS
    assert all(item.listed >= 0 for item in items if isinstance(item, DeclaredCount))


@st.composite
def _mostly_plain(draw: st.DrawFn) -> list[list[CellValue]]:
    """A list whose rows are plain but for a cell here and there."""
    rows: list[list[CellValue]] = []
    for number in range(1, draw(st.integers(2, 30))):
        row: list[CellValue] = [number, "万州区", f"长江{number}厂工会", "模范职工之家", None]
        if draw(st.integers(0, 4)) == 0:
            row[draw(st.integers(0, 4))] = draw(CELLS)
        rows.append(row)
    return rows


@settings(deadline=None, max_examples=250)
@given(_mostly_plain(), AREAS, st.frozensets(st.integers(1, 12), max_size=1), st.integers(2, 6))
def test_rows_read_together_are_what_they_are_one_by_one(
    rows: list[list[CellValue]], merged: list[MergedRange], hidden: frozenset[int], together: int
) -> None:
    def read(number: int) -> tuple[list[ListItem], list[ColumnUse], list[DroppedColumn]]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stream, "TOGETHER", number)
            reading = read_workbook_sheet(_sheet(rows, True, merged, hidden), LAYOUTS, ListOptions())
            return list(reading.items()), reading.columns, reading.dropped

    assert repr(read(together)) == repr(read(10**9))


def _problems(items: list[ListItem]) -> list[Problem]:
    alone = [item for item in items if isinstance(item, Problem)]
    return alone + [problem for item in items if isinstance(item, Entry) for problem in item.problems]


def _nothing_personal(items: list[ListItem]) -> None:
    said = repr(items)
    for number in ("13800000000", "13900000000", "510212197001011000"):
        assert number not in said


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["万州区", "涪陵区", "渝北区"]), min_size=1, max_size=40))
def test_merged_districts_reach_exactly_as_far_as_they_are_merged(districts: list[str]) -> None:
    rows: list[list[CellValue]] = [["序号", "所属区县", "单位名称"]]
    merged = []
    for index, district in enumerate(districts):
        number = index + 2
        if index and districts[index - 1] == district:
            rows.append([index + 1, None, f"第{index}厂工会"])
            merged[-1] = MergedRange(merged[-1].first_row, 1, number, 1)
        else:
            rows.append([index + 1, district, f"第{index}厂工会"])
            merged.append(MergedRange(number, 1, number, 1))
    sheet = Sheet("模范职工之家", list(enumerate(rows, 1)), merged)
    items = read_workbook_sheet(sheet, LAYOUTS, ListOptions()).items()
    assert [item.values["region"] for item in items if isinstance(item, Entry)] == districts


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.integers(0, 3))
def test_sections_subtotals_and_the_total_add_up_to_the_entries(sizes: list[int], wrong: int) -> None:
    rows: list[list[CellValue]] = [["序号", "单位名称", "区县"]]
    serial = 0
    for place, size in enumerate(sizes):
        rows.append(
            [
                f"第{place + 1}批、模范职工之家（{size}个）"
                if place == 0
                else f"{'一二三四五六'[place]}、先进职工之家（{size}个）"
            ]
        )
        for _ in range(size):
            serial += 1
            rows.append([serial, f"第{serial}厂工会", "万州区"])
    rows.append(["合计", serial + wrong, None])
    sheet = Sheet("Sheet1", list(enumerate(rows, 1)))
    items = list(read_workbook_sheet(sheet, LAYOUTS, ListOptions()).items())
    total = [item for item in items if isinstance(item, DeclaredCount) and item.stated.startswith("合计")]
    if serial or wrong:
        assert [(item.declared, item.listed) for item in total] == [(serial + wrong, serial)]
    sections = [item for item in items if isinstance(item, DeclaredCount) and item not in total]
    assert sorted(item.listed for item in sections) == sorted(sizes)
    assert all(item.declared == item.listed for item in sections)


def test_rows_are_read_as_they_come_and_never_gathered() -> None:
    taken = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal taken
        yield 1, ["序号", "单位名称"]
        for number in range(2, 100_000):
            taken += 1
            yield number, [number - 1, f"第{number}厂工会"]

    items = read_workbook_sheet(Sheet("模范职工之家", rows()), LAYOUTS, ListOptions()).items()
    for _ in range(100):
        next(items)
    assert taken < 250


def test_a_header_on_every_second_row_does_not_deepen_the_reading() -> None:
    rows: list[tuple[int, list[CellValue]]] = []
    for number in range(1, 4001, 2):
        header = ["序号", "单位名称", "区县"] if number % 4 == 1 else ["序号", "姓名", "工作单位"]
        rows += [(number, list(header)), (number + 1, [1, "甲厂工会", "万州区"])]
    items = list(read_workbook_sheet(Sheet("名单", iter(rows)), LAYOUTS, ListOptions()).items())
    assert sum(isinstance(item, Entry) for item in items) == 2000
