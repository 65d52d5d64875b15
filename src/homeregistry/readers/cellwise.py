"""A sheet of an .xlsx read cell by cell: slower than calamine, but the space between cells is free.

For a sheet with one stray cell at XFD1048576, for parts written so that byte searches cannot be
trusted (comments, UTF-16), and as the second opinion where two counts of rows differ. openpyxl would
do, but refuses whole workbooks over a style it does not know.
Format: ECMA-376, part 1, chapter 18.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from homeregistry.grid import MergedRange, column_index
from homeregistry.readers import limits
from homeregistry.readers.container import Container, local
from homeregistry.readers.packageparts import main_part, relations
from homeregistry.readers.refusals import refuse
from homeregistry.readers.xmlrows import GatheredSheet, walk

_PLACE: Final = re.compile(r"\$?([A-Za-z]{1,7})\$?(\d{1,12})")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_BUILT_IN_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_ELAPSED: Final = 46


class CellReader:
    """Reads single sheets of one package; shared strings and styles are read when first needed."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._book = main_part(container, "xl/workbook.xml")
        self._strings: list[str] | None = None
        self._formats: list[str] | None = None
        root = container.xml(self._book)
        self.epoch_1904 = any(
            local(element.tag) == "workbookPr" and element.get("date1904") in ("1", "true")
            for element in root
        )

    def sheet(self, name: str, part: str) -> GatheredSheet:
        """One whole sheet: its filled rows, its error cells and uncalculated formulas."""
        handler = _SheetPart(name, self)
        for gathered in walk(self._container.chunks(part), handler, part):
            return gathered
        return GatheredSheet(name)

    def string(self, index: int) -> str | None:
        """A shared string, or None where there is none of this number."""
        if self._strings is None:
            handler = _Strings()
            part = self._related("/sharedStrings")
            if part is not None:
                for _ in walk(self._container.chunks(part), handler, part):
                    pass
            self._strings = handler.strings
        return self._strings[index] if 0 <= index < len(self._strings) else None

    def date_format(self, style: int) -> str:
        """`date`, `elapsed` or an empty text for a cell style."""
        if self._formats is None:
            part = self._related("/styles")
            self._formats = [] if part is None else _date_formats(self._container, part)
        return self._formats[style] if 0 <= style < len(self._formats) else ""

    def _related(self, kind: str) -> str | None:
        return next(
            (p for p in relations(self._container, self._book, kind).values() if p in self._container),
            None,
        )


class _Strings:
    """Walks the shared strings; phonetic readings are left out."""

    def __init__(self) -> None:
        self.finished: list[GatheredSheet] = []
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._open = False
        self._phonetic = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic += 1
        self._open = name == "t" and not self._phonetic

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(" ")[2]
        if name == "si":
            self.strings.append(_unescaped("".join(self._pieces)))
        elif name == "rPh":
            self._phonetic -= 1
        self._open = False

    def text(self, data: str) -> None:
        """Character data."""
        if self._open:
            self._pieces.append(data)


class _SheetPart:
    """Walks a worksheet part."""

    def __init__(self, name: str, reader: CellReader) -> None:
        self.finished: list[GatheredSheet] = []
        self._sheet = GatheredSheet(name)
        self._reader = reader
        self._cell: dict[str, str] | None = None
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._inline: list[str] = []
        self._open = ""
        self._phonetic = 0
        self._hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        sheet = self._sheet
        if name == "row":
            number = int(attributes.get("r") or sheet.row + 1)
            if number <= sheet.row:
                raise refuse("row_twice", sheet=sheet.head.name, row=number)
            if number > limits.GRID_ROWS:
                raise refuse("row_beyond", sheet=sheet.head.name, place=number)
            sheet.row = number - 1
            self._hidden = attributes.get("hidden") in ("1", "true")
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            end = min(int(attributes.get("max", "0")), limits.GRID_COLUMNS)
            sheet.head.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, end))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "c":
            self._cell, self._value, self._formula, self._inline = attributes, None, None, []
            place = _PLACE.fullmatch(attributes.get("r", ""))
            if place is not None:
                sheet.column = column_index(place.group(1))
        elif self._cell is not None:
            if name == "rPh":
                self._phonetic += 1
            elif name == "v":
                self._value = []
            elif name == "f":
                self._formula = []
            self._open = "" if self._phonetic else name

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(" ")[2]
        self._open = ""
        if name == "c" and self._cell is not None:
            self._put(self._cell)
            self._cell = None
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "row":
            self._sheet.end_row(1, self._hidden)
        elif name == "worksheet":
            self.finished.append(self._sheet)
            self._sheet = GatheredSheet("")

    def text(self, data: str) -> None:
        """Character data."""
        if self._open == "v" and self._value is not None:
            self._value.append(data)
        elif self._open == "f" and self._formula is not None:
            self._formula.append(data)
        elif self._open == "t":
            self._inline.append(data)

    def _merge(self, reference: str) -> None:
        corners = [_PLACE.fullmatch(corner) for corner in reference.split(":")]
        first, last = corners[0], corners[-1]
        if first is None or last is None:
            return
        if len(self._sheet.head.merged) >= limits.MERGES:
            raise refuse("merges", sheet=self._sheet.head.name, limit=limits.MERGES)
        left, right = column_index(first.group(1)), column_index(last.group(1))
        self._sheet.head.merged.append(MergedRange(int(first.group(2)), left, int(last.group(2)), right))

    def _put(self, cell: dict[str, str]) -> None:
        kind = cell.get("t", "n")
        raw = "".join(self._value) if self._value is not None else ""
        value: Any = None
        if kind == "e":
            self._sheet.mark("error_cell", raw or "#ERROR!")
        elif kind == "inlineStr":
            value = _unescaped("".join(self._inline)) or None
        elif raw:
            value = self._typed(kind, raw, cell.get("s", "0"))
        elif self._formula is not None and not (kind == "str" and self._value is not None):
            self._sheet.mark("formula_without_value", "=" + "".join(self._formula))
        self._sheet.put(value, 1)

    def _typed(self, kind: str, raw: str, style: str) -> Any:
        if kind == "s":
            return self._reader.string(int(raw)) or None
        if kind == "b":
            return raw.strip() in ("1", "true")
        if kind == "d":
            return _moment(datetime.fromisoformat(raw))
        if kind == "str":
            return _unescaped(raw)
        try:
            number = float(raw)
        except ValueError:
            return raw
        form = self._reader.date_format(int(style)) if style.isdigit() else ""
        return _dated(number, form, self._reader.epoch_1904) if form else number


def _dated(serial: float, form: str, epoch_1904: bool) -> Any:
    """A serial number of days as the date or time it is shown as; the number where it is none."""
    try:
        if form == "elapsed":
            return timedelta(days=serial)
        if 0 <= serial < 1:
            seconds = round(serial * 86_400)
            return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
        if epoch_1904:
            start = datetime(1904, 1, 1)
        else:  # 1900 counts a 29 February that never was
            start = datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
        return _moment(start + timedelta(seconds=round(serial * 86_400)))
    except (OverflowError, ValueError):
        return serial


def _moment(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time() else moment


def _date_formats(container: Container, part: str) -> list[str]:
    """What each cell style shows: `date`, `elapsed` or an empty text."""
    custom: dict[int, str] = {}
    formats: list[str] = []
    for group in container.xml(part):
        name = local(group.tag)
        for entry in group:
            number = entry.get("numFmtId", "")
            if not number.isdigit():
                formats.extend([""] if name == "cellXfs" else [])
            elif name == "numFmts":
                custom[int(number)] = entry.get("formatCode", "")
            elif name == "cellXfs":
                formats.append(_shows(int(number), custom))
    return formats


def _shows(number: int, custom: dict[int, str]) -> str:
    code = custom.get(number)
    if code is None:
        return "elapsed" if number == _ELAPSED else "date" if number in _BUILT_IN_DATES else ""
    plain = _LITERAL.sub("", code.split(";")[0]).lower()
    if re.search(r"\[[hms]+\]", plain):
        return "elapsed"
    return "date" if re.search(r"[dmyhs年月日]", plain.replace("general", "")) else ""


def _unescaped(text: str) -> str:
    """`_x000D_` and its like as the characters they stand for; lone surrogates stay written out."""
    if "_x" not in text:
        return text

    def char(match: re.Match[str]) -> str:
        code = int(match.group(1), 16)
        return match.group() if 0xD800 <= code <= 0xDFFF else chr(code)

    return _ESCAPE.sub(char, text)
