"""XML workbooks of Excel 2003 (SpreadsheetML), which web systems still export under the name .xls.

Format: Microsoft's "XML Spreadsheet Reference" (2001), elements Worksheet, Table, Row, Cell, Data.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from homeregistry.readers import limits
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.refusals import refuse
from homeregistry.readers.xmlrows import GatheredSheet, walk

_PIECE: Final = 1024 * 1024


def sheetxml_frames(job: Job) -> Iterator[Frame]:
    """An XML workbook as frames, sheet by sheet."""
    data = job.data
    pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
    for sheet in walk(pieces, _Workbook(), "workbook"):
        yield from sheet.frames()


class _Workbook:
    """Walks the one XML file."""

    def __init__(self) -> None:
        self.finished: list[GatheredSheet] = []
        self._sheet: GatheredSheet | None = None
        self._row: tuple[int, bool] = (1, False)
        self._column = 0
        self._cell: dict[str, str] = {}
        self._type: str | None = None
        self._data: list[str] | None = None
        self._visible: list[str] | None = None
        self._comment = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self._sheet = GatheredSheet(plain.get("Name", ""))
            self._column = 0
        sheet = self._sheet
        if sheet is None:
            return
        if name == "Comment":
            self._comment += 1
        elif name == "Column":
            self._column = _count(plain.get("Index"), self._column + 1) - 1
            span = _count(plain.get("Span"), 0) + 1
            if plain.get("Hidden") == "1":
                end = min(self._column + span, limits.GRID_COLUMNS)
                sheet.head.hidden_columns.update(range(self._column, end))
            self._column += span
        elif name == "Row":
            number = _count(plain.get("Index"), sheet.row + 1)
            if number <= sheet.row:
                raise refuse("row_beyond", sheet=sheet.head.name, place=number)
            sheet.row = number - 1
            self._row = (1 + _count(plain.get("Span"), 0), plain.get("Hidden") == "1")
        elif name == "Cell":
            sheet.column = max(_count(plain.get("Index"), sheet.column + 1) - 1, sheet.column)
            self._cell, self._type = plain, None
            self._data = None
        elif name == "Data" and not self._comment:
            self._type, self._data = plain.get("Type", "String"), []
        elif name == "Visible":
            self._visible = []

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(" ")[2]
        sheet = self._sheet
        if sheet is None:
            return
        if name == "Comment":
            self._comment -= 1
        elif name == "Cell":
            self._put(sheet)
            self._data = None
        elif name == "Row":
            sheet.end_row(*self._row)
        elif name == "Visible" and self._visible is not None:
            sheet.head.hidden = "Hidden" in "".join(self._visible)
            self._visible = None
        elif name == "Worksheet":
            self.finished.append(sheet)
            self._sheet = None

    def text(self, data: str) -> None:
        """Character data."""
        if self._visible is not None:
            self._visible.append(data)
        elif self._data is not None and not self._comment:
            self._data.append(data)

    def _put(self, sheet: GatheredSheet) -> None:
        across, down = _count(self._cell.get("MergeAcross"), 0), _count(self._cell.get("MergeDown"), 0)
        if across or down:
            sheet.merge(down + 1, across + 1)
        text = "".join(self._data or ())
        if self._type == "Error":
            sheet.mark("error_cell", text or "#ERROR!")
        elif self._type is None and "Formula" in self._cell:
            sheet.mark("formula_without_value", self._cell["Formula"])
        sheet.put(_value(self._type, text), 1)
        sheet.column += across


def _value(kind: str | None, text: str) -> Any:
    if not text or kind == "Error":
        return None
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text == "1"
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            midnight = not (moment.hour or moment.minute or moment.second or moment.microsecond)
            return moment.date() if midnight else moment
    except ValueError:
        return text
    return text


def _count(stated: str | None, otherwise: int) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() else otherwise
