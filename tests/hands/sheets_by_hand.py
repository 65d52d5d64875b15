"""Sheets made by hand for the tests of the layouts, and short ways to ask what was read."""

from collections.abc import Iterable, Sequence

from homeregistry.grid import CellValue, MergedRange, Sheet
from homeregistry.layouts import SheetReading, load_layouts, read_workbook_sheet
from homeregistry.problems import Problem
from homeregistry.records import DeclaredCount, Entry, ListItem, ListOptions, NotData
from places import LAYOUT_FOLDER

LAYOUTS = load_layouts([LAYOUT_FOLDER])
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
