"""Many decisions at once: the rows that wait as a workbook with drop-downs, and its answers read back.

The first row holds the field codes and is hidden; the words people read come from the caller. A row without a
decision and with unchanged values is left waiting.
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from homeregistry.errors import FileRefused
from homeregistry.numerals import whole_number
from homeregistry.reviewing.choices import Resolution
from homeregistry.reviewing.waiting import Waiting
from homeregistry.targets import DraftFile, drafting
from homeregistry.text import clean
from homeregistry.vocabulary import CHOICES

EDITABLE: Final = (
    "recipient", "person", "unit", "parent", "region", "kind", "tier", "system", "year", "conferred_by",
    "decision_no",
)  # fmt: skip
"""Values of a row that can be set in the workbook; further ones with `review resolve --set`."""

_SHOWN: Final = ("id", "file", "sheet", "row", "why", "other", "other_name")
_ANSWERED: Final = ("decision", "same_as", "reason")
_COLUMNS: Final = (*_SHOWN, *_ANSWERED, *(f"set:{name}" for name in EDITABLE))
_WIDTHS: Final = {"file": 24, "why": 60, "other_name": 36, "reason": 24, "set:recipient": 36, "decision": 14}
_FIRST: Final = 3
"""The first row of data, counted from 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the workbook: what waits, why in words, and the recipient it may be."""

    row: Waiting
    why: str
    other_name: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One row that was answered, with its place in the workbook."""

    place: int
    held_row: int
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people read in one language: a heading for a code, the answers of a drop-down by code."""

    heading: Callable[[str], str]
    answers: Mapping[str, Mapping[str, str]]
    """Column (`decision`, `set:kind`, `set:tier`) to code to words."""


def write_workbook(path: Path, lines: Sequence[Line], spoken: Spoken) -> int:
    """Write the rows that wait; returns how many. Raises FileRefused where it cannot be written."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with drafting(path) as draft:
        with DraftFile(draft.path) as place:
            book = xlsxwriter.Workbook(place, {**options, "tmpdir": str(draft.folder)})
            _write(book, lines, spoken)
            book.close()
        draft.publish()
    return len(lines)


def _write(book: Any, lines: Sequence[Line], spoken: Spoken) -> None:
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet(spoken.heading("review")[:31])
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "valign": "top"})
    told = book.add_format({"font_color": "#555555", "text_wrap": True, "valign": "top"})
    asked = book.add_format({"bg_color": "#FFFBE6", "text_wrap": True, "valign": "top"})
    for place, code in enumerate(_COLUMNS):
        sheet.write_string(0, place, code)
        sheet.write_string(1, place, spoken.heading(code.removeprefix("set:")), head)
        sheet.set_column(place, place, _WIDTHS.get(code, 12))
    sheet.set_row(0, None, None, {"hidden": True})
    for number, line in enumerate(lines, start=_FIRST - 1):
        for place, code in enumerate(_COLUMNS):
            value = _cell(code, line)
            form = told if code in _SHOWN else asked
            if isinstance(value, int):
                sheet.write_number(number, place, value, form)
            elif value:
                sheet.write_string(number, place, value, form)
            else:
                sheet.write_blank(number, place, None, form)
    _offer_answers(book, sheet, spoken, max(_FIRST, len(lines) + _FIRST) - 1)
    sheet.freeze_panes(2, 1)


def _offer_answers(book: Any, sheet: Any, spoken: Spoken, last: int) -> None:
    """Drop-downs. Their words stand on a hidden sheet: written into the rule, 255 characters are the most."""
    lists = book.add_worksheet("lists")
    lists.hide()
    for number, (code, words) in enumerate(spoken.answers.items()):
        for row, word in enumerate(words.values()):
            lists.write_string(row, number, word)
        letter = "ABC"[number]
        source = f"=lists!${letter}$1:${letter}${len(words)}"
        place = _COLUMNS.index(code)
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(_FIRST - 1, place, last, place, rule)


def _cell(code: str, line: Line) -> object:
    row = line.row
    if code.startswith("set:"):
        return row.entry.values.get(code.removeprefix("set:"))
    shown: dict[str, object] = {
        "id": row.id, "file": row.file, "sheet": row.entry.sheet, "row": row.entry.row, "why": line.why,
        "other": row.other, "other_name": line.other_name,
    }  # fmt: skip
    return shown.get(code)


def read_workbook(path: Path, waiting: Mapping[int, Waiting], languages: Sequence[Spoken]) -> list[Answer]:
    """The answers of a workbook, in its order. `languages` are those its drop-downs may be in.

    Raises FileRefused for a file that is not one of ours, or an answer that cannot be read.
    """
    table = _table(path)
    decisions = _codes(languages, "decision") | {code: code for code in CHOICES}
    answers: list[Answer] = []
    for place, cells in table:
        number = _number(cells.get("id"))
        if number is None:
            continue
        settings = _settings(cells, waiting.get(number), languages)
        said = cells.get("decision", "")
        same = _number(cells.get("same_as"))
        if said and said not in decisions:
            raise FileRefused(
                "unknown_answer",
                "Row {row} of the workbook: “{value}” is not a decision; choose from {known}.",
                row=place, value=said, known="、".join(decisions),
            )  # fmt: skip
        choice = decisions.get(said) or ("completed" if settings else None)
        if choice is None:
            continue
        if choice == "same" and same is None:
            same = waiting[number].other if number in waiting else None
        if choice == "same" and same is None:
            raise FileRefused(
                "no_recipient_in_row",
                "Row {row} of the workbook: say whose it is, with the number of the recipient.",
                row=place,
            )
        recipient = same if choice == "same" else None
        resolution = Resolution(choice, recipient, settings, cells.get("reason") or None)  # type: ignore[arg-type]
        answers.append(Answer(place, number, resolution))
    return answers


def _table(path: Path) -> list[tuple[int, dict[str, str]]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (
        OSError,
        ValueError,
        KeyError,
        zipfile.BadZipFile,
        InvalidFileException,
    ):
        raise FileRefused("not_a_review", "{file} is not a review workbook.", file=path.name) from None
    sheet = book.worksheets[0]
    names = [str(cell.value or "") for cell in sheet[1]]
    if "id" not in names or "decision" not in names:
        raise FileRefused(
            "not_a_review", "{file} is not a review workbook; write one with: homeregistry review export",
            file=path.name,
        )  # fmt: skip
    found: list[tuple[int, dict[str, str]]] = []
    for place, row in enumerate(sheet.iter_rows(min_row=_FIRST, values_only=True), start=_FIRST):
        found.append((place, {name: _text(value) for name, value in zip(names, row, strict=False) if name}))
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))


def _number(text: str | None) -> int | None:
    return whole_number(text) if text else None


def _settings(cells: Mapping[str, str], row: Waiting | None, languages: Sequence[Spoken]) -> dict[str, str]:
    """The values that differ from those the row came with; an answer of a drop-down by its code."""
    if row is None:
        return {}
    changed = {
        name: cells[f"set:{name}"]
        for name in EDITABLE
        if f"set:{name}" in cells and cells[f"set:{name}"] != clean(row.entry.values.get(name, ""))
    }
    return {name: _codes(languages, f"set:{name}").get(value, value) for name, value in changed.items()}


def _codes(languages: Sequence[Spoken], column: str) -> dict[str, str]:
    """The words of a drop-down in every language, by what they stand for."""
    return {words: code for spoken in languages for code, words in spoken.answers.get(column, {}).items()}
