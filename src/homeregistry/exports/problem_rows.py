"""A workbook of the problem rows alone, for files that cannot be given back marked.

Each row says by itself what the headings of its list said above it, under headings that are read back
without a question: mended here and imported, it is the same list.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from homeregistry.exports.headers import HEADERS, stated_values
from homeregistry.exports.problem_list import COLOURS, headings, listed, reasons, summary
from homeregistry.i18n import translate as _
from homeregistry.importing.results import FileResult, KeptRow
from homeregistry.importing.sheets import PROBLEM_SHEET
from homeregistry.kinds import kinds
from homeregistry.records import Entry
from homeregistry.targets import DraftFile
from homeregistry.words.places import sheet_text

_WIDE: Final = frozenset({"recipient", "person", "parent", "unit", "body", "conferred_by"})


def write_problem_rows(result: FileResult, path: Path, folder: Path) -> None:
    """Write the list of problems and the refused and held rows, marked, to `path`."""
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "tmpdir": str(folder),
    }  # fmt: skip
    with DraftFile(path) as place:
        book = xlsxwriter.Workbook(place, options)
        try:
            first = book.add_worksheet(PROBLEM_SHEET)
            rows = book.add_worksheet(_("Problem rows"))
            _write_rows(book, rows, result.kept)
            _write_list(book, first, result)
        finally:
            book.close()


def _write_rows(book: Any, sheet: Any, kept: Sequence[KeptRow]) -> None:
    said = [_named(row.entry, stated_values(row.entry)) for row in kept]
    used = [name for name in HEADERS if any(name in values for values in said)]
    head = book.add_format({"bold": True, "bg_color": "#E4ECF4", "border": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    marks = {
        outcome: book.add_format(
            {"bg_color": f"#{colour}", "num_format": "@", "text_wrap": True, "valign": "top"}
        )
        for outcome, colour in COLOURS.items()
    }
    for column, name in enumerate(used):
        sheet.set_column(column, column, 34 if name in _WIDE else 16)
        sheet.write_string(0, column, HEADERS[name], head)
    sheet.set_column(len(used), len(used), 24)
    sheet.write_string(0, len(used), _ORIGIN, head)
    sheet.freeze_panes(1, 0)
    for number, (row, values) in enumerate(zip(kept, said, strict=True), start=1):
        notes = _notes(row, values, used)
        for column, name in enumerate(used):
            look = marks[row.outcome] if column in notes else text
            value = values.get(name)
            if value:
                sheet.write_string(number, column, value, look)
            else:
                sheet.write_blank(number, column, None, look)
        sheet.write_string(number, len(used), f"{sheet_text(row.entry.sheet)} {row.entry.row}".strip(), text)
        for column, texts in notes.items():
            options = {"author": "homeregistry", "x_scale": 2, "y_scale": 1}
            sheet.write_comment(number, column, "\n".join(texts), options)


def _named(entry: Entry, values: dict[str, str]) -> dict[str, str]:
    """The values of a row with a cell for its name: one that was not understood holds its words."""
    if not values.keys().isdisjoint(("recipient", "person")):
        return values
    kind = kinds().get(entry.context.kind or "")
    words = [str(cell) for cell in entry.cells if cell]
    name = "person" if kind is not None and kind.recipient_type == "person" else "recipient"
    return {**values, name: words[0] if len(words) == 1 else ""}


_ORIGIN: Final = "原位置 original place"


def _notes(row: KeptRow, values: dict[str, str], used: Sequence[str]) -> dict[int, list[str]]:
    """What is to be said at which column: a problem's own where it has one, else the name's."""
    fields = {letters: name for name, letters in row.entry.columns.items()}
    name = next((one for one in ("recipient", "person") if one in values and one in used), used[0])
    found: dict[int, list[str]] = {}
    for letters, texts in reasons(row).items():
        field = fields.get(letters, name) if letters else name
        column = used.index(field) if field in used else used.index(name)
        found.setdefault(column, []).extend(texts)
    return found


def _write_list(book: Any, sheet: Any, result: FileResult) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E4ECF4"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((20, 9, 12, 10, 30, 90)):
        sheet.set_column(column, column, width)
    for row, line in enumerate(summary(result)):
        sheet.write_string(row, 0, line, title if row == 0 else None)
    for column, heading in enumerate(headings()):
        sheet.write_string(4, column, heading, head)
    for row, one in enumerate(listed(result), start=5):
        for column, value in enumerate(
            (sheet_text(one.sheet), one.cell, one.outcome, one.severity, one.value, one.text)
        ):
            if value:
                sheet.write_string(row, column, value, text)
    sheet.freeze_panes(5, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.activate()
