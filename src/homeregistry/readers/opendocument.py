"""Workbooks in OpenDocument form (.ods), read here: calamine knows neither their hidden rows and
columns, their merged ranges nor their error cells.

Format: OASIS OpenDocument 1.3, part 3, chapters 9 (tables) and 19 (attributes).
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from homeregistry.readers.container import Container
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.refusals import refuse
from homeregistry.readers.xmlrows import GatheredSheet, walk

_DURATION: Final = re.compile(r"(-)?P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_SKIPPED: Final = frozenset(
    ("annotation", "shapes", "tracked-changes", "ruby-text", "frame", "custom-shape", "dde-links")
)
_OFF: Final = ("collapse", "filter")


def ods_frames(job: Job) -> Iterator[Frame]:
    """An .ods as frames, sheet by sheet."""
    container = Container(job.data)
    if "meta-inf/manifest.xml" in container:
        manifest = container.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise refuse("encryption")
    for sheet in walk(container.chunks("content.xml"), _Content(), "content.xml"):
        yield from sheet.frames()


class _Content:
    """Walks content.xml."""

    def __init__(self) -> None:
        self.finished: list[GatheredSheet] = []
        self._sheet: GatheredSheet | None = None
        self._tables = 0
        self._skip = 0
        self._styles_off: set[str] = set()
        self._style = ""
        self._row: tuple[int, bool] = (1, False)
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._paragraphs = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        if self._skip or name in _SKIPPED:
            self._skip += 1
            return
        if name in ("table-cell", "covered-table-cell"):
            self._cell = {_local(key): value for key, value in attributes.items()}
            if _error(attributes):
                self._cell["error"] = "1"
            self._text, self._paragraphs = [], 0
        elif self._cell is not None:
            self._inside(name, attributes)
        elif name == "table":
            self._tables += 1
            if self._tables == 1:
                plain = {_local(key): value for key, value in attributes.items()}
                self._sheet = GatheredSheet(plain.get("name", ""))
                self._sheet.head.hidden = plain.get("style-name") in self._styles_off
                self._column = 0
        elif name == "table-row":
            plain = {_local(key): value for key, value in attributes.items()}
            hidden = plain.get("visibility") in _OFF
            self._row = (_count(plain.get("number-rows-repeated")), hidden)
        elif name == "table-column" and self._sheet is not None:
            plain = {_local(key): value for key, value in attributes.items()}
            repeat = _count(plain.get("number-columns-repeated"))
            if plain.get("visibility") in _OFF:
                end = min(self._column + repeat, 16_384)
                self._sheet.head.hidden_columns.update(range(self._column, end))
            self._column += repeat
        elif name == "style":
            self._style = next((v for k, v in attributes.items() if _local(k) == "name"), "")
        elif name == "table-properties":
            shown = next((v for k, v in attributes.items() if _local(k) == "display"), "true")
            if shown == "false":
                self._styles_off.add(self._style)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
            return
        name = _local(tag)
        if name in ("table-cell", "covered-table-cell"):
            if self._sheet is not None and self._cell is not None and self._tables == 1:
                self._put(self._sheet, self._cell)
            self._cell = None
        elif name == "table-row" and self._sheet is not None and self._tables == 1:
            self._sheet.end_row(*self._row)
        elif name == "table":
            self._tables -= 1
            if self._tables == 0 and self._sheet is not None:
                self.finished.append(self._sheet)
                self._sheet = None

    def text(self, data: str) -> None:
        """Character data: only what stands in a cell's paragraphs counts."""
        if self._cell is not None and not self._skip and self._paragraphs:
            self._text.append(data)

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("p", "h"):
            if self._paragraphs:
                self._text.append("\n")
            self._paragraphs += 1
        elif name == "s":
            count = next((v for k, v in attributes.items() if _local(k) == "c"), "1")
            self._text.append(" " * min(_count(count), 1000))
        elif name == "tab":
            self._text.append("\t")
        elif name == "line-break":
            self._text.append("\n")

    def _put(self, sheet: GatheredSheet, cell: dict[str, str]) -> None:
        text = "".join(self._text)
        value: Any = _value(cell, text)
        if "error" in cell:
            sheet.mark("error_cell", text or "#ERROR!")
            value = None
        elif value is None and cell.get("formula") and "value-type" not in cell:
            sheet.mark("formula_without_value", cell["formula"])
        rows = _count(cell.get("number-rows-spanned"))
        columns = _count(cell.get("number-columns-spanned"))
        if rows > 1 or columns > 1:
            sheet.merge(rows, columns)
        sheet.put(value, _count(cell.get("number-columns-repeated")))


def _value(cell: dict[str, str], text: str) -> Any:
    kind = cell.get("value-type")
    try:
        if kind in ("float", "percentage", "currency"):
            return float(cell["value"])
        if kind == "boolean":
            return cell["boolean-value"] == "true"
        if kind == "date":
            stated = cell["date-value"]
            return datetime.fromisoformat(stated) if "T" in stated else date.fromisoformat(stated)
        if kind == "time" and (match := _DURATION.fullmatch(cell["time-value"])):
            sign, days, hours, minutes, seconds = match.groups()
            length = timedelta(
                days=int(days or 0),
                hours=int(hours or 0),
                minutes=int(minutes or 0),
                seconds=int(seconds or 0),
            )
            return -length if sign else length
    except (KeyError, ValueError, OverflowError):
        return text or None
    if kind == "string" and "string-value" in cell and not text:
        return cell["string-value"] or None
    return text or None


def _error(attributes: dict[str, str]) -> bool:
    return any(_local(key) == "value-type" and value == "error" for key, value in attributes.items())


def _count(stated: str | None) -> int:
    """A repetition or span; nonsense counts as one."""
    return max(1, int(stated)) if stated and stated.isascii() and stated.isdigit() else 1


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]
