"""Which parts of an opened file are lists, and the items of each: sheets by layout, texts by grammar.

Sheets that are no lists (tables of counts, hidden sheets, forms) are named, never silently passed over.
The reader of texts is loaded when there is a text: most files are sheets and should not wait for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from homeregistry.errors import FileRefused, UsageMistake
from homeregistry.grid import Row, Sheet
from homeregistry.importing.request import ImportRequest
from homeregistry.importing.results import FileResult
from homeregistry.importing.tabled import (
    as_lines,
    as_sheet,
    beside_tables,
    delimiter_of,
    on_sheet,
    reads_better_as_lines,
    with_doubts,
    without_counts,
)
from homeregistry.layouts import read_workbook_sheet
from homeregistry.problems import Problem
from homeregistry.readers.opened import OpenedFile
from homeregistry.records import Entries, ListItem, NotData, one_by_one

PROBLEM_SHEET: Final = "导入问题 Import problems"
"""The sheet that `--annotate` puts first into an officer's workbook: read back, it is none of her lists."""


HELP_SHEET: Final = "填写说明 Help"
LIST_SHEET: Final = "字典 Lists"
"""Sheets of a blank workbook made by `template`, beside the one to fill in."""

OWN_SHEETS: Final = frozenset({PROBLEM_SHEET, HELP_SHEET, LIST_SHEET})

EXAMPLE: Final = "示例"
"""What stands in the first cell of a row that only shows how to fill in a template."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The items of one sheet or text, in its order."""

    sheet: str
    items: Iterable[ListItem | Entries]


def readings_of(opened: OpenedFile, request: ImportRequest, result: FileResult) -> Iterator[Reading]:
    """The lists of a file one after the other; what was understood of each goes to the result.

    Raises FileRefused `no_header` when nothing in the file is a list.
    """
    if opened.kind == "text":
        yield from _from_text(opened, request, result)
    else:
        yield from _from_sheets(opened, opened.sheets(), request, result)


def _from_sheets(
    opened: OpenedFile, sheets: Iterable[Sheet], request: ImportRequest, result: FileResult
) -> Iterator[Reading]:
    wanted, seen, lists = request.options.sheet, [], 0
    for sheet in sheets:
        if sheet.name in OWN_SHEETS:
            continue
        examples: list[NotData] = []
        sheet.rows = _without_examples(sheet.name, sheet.rows, examples)
        seen.append(sheet.name)
        if wanted is not None and sheet.name != wanted:
            continue
        reading = read_workbook_sheet(sheet, request.layouts, request.options)
        result.layouts[sheet.name] = reading.layout.name if reading.verdict == "list" else reading.verdict
        untitled = as_lines(reading.grid) if reading.verdict == "nothing" and reading.grid else None
        if untitled is not None:
            from homeregistry.lists.reading import read_list

            found = read_list(untitled.document, request.options, reading.base)
            if found.verdict in ("list", "nominations") and untitled.bears_out(found.found):
                lists += 1
                result.layouts[sheet.name] = found.verdict
                yield Reading(sheet.name, on_sheet(sheet.name, found.items()))
                continue
        if reading.verdict in ("nothing", "counts", "form"):
            code = {"nothing": "no_list_on_sheet", "counts": "table_of_counts", "form": "registration_form"}
            result.problems.append(Problem(code[reading.verdict], sheet.name, value=sheet.name))
            continue
        lists += reading.verdict != "hidden"
        yield Reading(sheet.name, _with_examples(reading.in_bulk(), examples))
        result.columns.extend(reading.columns)
        result.dropped.extend(reading.dropped)
    if wanted is not None and wanted not in seen:
        raise UsageMistake(
            "unknown_sheet", "{file} has no sheet “{sheet}”; it has: {known}.",
            file=opened.name, sheet=wanted, known="、".join(seen),
        )  # fmt: skip
    if not lists:
        _refuse_without_list(opened, result.problems)


def _without_examples(name: str, rows: Iterable[Row], examples: list[NotData]) -> Iterator[Row]:
    """The rows of a sheet without those that only show how to fill it in; they are named as no data."""
    for number, cells in rows:
        if cells and cells[0] == EXAMPLE:
            text = " ".join(str(cell) for cell in cells if cell is not None)
            examples.append(NotData(name, number, "example", text))
        else:
            yield number, cells


def _with_examples(
    items: Iterable[ListItem | Entries], examples: list[NotData]
) -> Iterator[ListItem | Entries]:
    """The items with the example rows in their places."""
    for together in items:
        apart = isinstance(together, Entries) and examples and examples[0].row < together.rows[-1]
        for item in one_by_one([together]) if apart else (together,):
            while examples and item.row is not None and examples[0].row < item.row:
                yield examples.pop(0)
            yield item
    yield from examples


def _refuse_without_list(opened: OpenedFile, problems: Sequence[Problem]) -> None:
    codes = {problem.code for problem in problems}
    if "table_of_counts" in codes:
        raise FileRefused(
            "table_of_counts",
            "{file} is a table of counts, not a list of awards; run: homeregistry report import",
            file=opened.name,
        )
    if "registration_form" in codes:
        raise FileRefused(
            "registration_form", "{file} is a registration form of one unit, not a list of awards.",
            file=opened.name,
        )  # fmt: skip
    if codes == {"hidden_sheet"}:
        raise FileRefused(
            "only_hidden_sheets", "{file} has only hidden sheets; show them, or give --include-hidden.",
            file=opened.name,
        )  # fmt: skip
    raise FileRefused(
        "no_header",
        "{file}: no header row was found on any sheet; a list needs a row with a heading such as "
        "单位名称 or 姓名 above its names.",
        file=opened.name,
    )


def _from_text(opened: OpenedFile, request: ImportRequest, result: FileResult) -> Iterator[Reading]:
    document = opened.text()
    if document.tables or (delimiter_of(document) and not reads_better_as_lines(document, request)):
        beside = beside_tables(document, request.options)
        reading = read_workbook_sheet(as_sheet(document, beside), request.layouts, request.options)
        if reading.verdict in ("list", "nominations"):
            result.layouts[""] = reading.layout.name if reading.verdict == "list" else reading.verdict
            items = chain(beside.items, without_counts(reading.items(), beside))
            yield Reading("", with_doubts(items, document))
            result.columns.extend(reading.columns)
            result.dropped.extend(reading.dropped)
            return
    from homeregistry.lists.reading import read_list

    found = read_list(document, request.options)
    result.layouts[""] = found.verdict
    if found.verdict == "picture":
        raise FileRefused(
            "picture_only", "{file} holds only pictures of text; ask for the list as text, or type it in.",
            file=opened.name,
        )  # fmt: skip
    if found.verdict in ("nothing", "prose"):
        pictures = next((remark for remark in opened.remarks if remark.code == "picture_pages"), None)
        if pictures is not None:
            raise FileRefused(
                "picture_only",
                "{file}: no list of awards was found in its text, and these pages hold only pictures: {pages}"
                "; ask for the list as text, or type it in.",
                file=opened.name, pages=pictures.params["pages"],
            )  # fmt: skip
        raise FileRefused(
            "no_list",
            "{file}: no list of awards was found in the text; for figures run: homeregistry report import",
            file=opened.name,
        )  # fmt: skip
    yield Reading("", with_doubts(found.items(), document))
