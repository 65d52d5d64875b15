"""The road of most rows: those that can be nothing but data, and need no washing.

A plain row has a name, a serial number or several filled cells, and no word of a total, header or footer;
its text is clean, and nothing in it looks like a personal number. Many such rows under one heading are read
together, by columns: that takes a quarter of the time. Whatever is not plain is left to a closer look.
"""

from collections.abc import Sequence
from typing import Final
from unicodedata import is_normalized

from homeregistry.grid import CellValue, Row
from homeregistry.layouts.block import OpenBlock
from homeregistry.layouts.cells import printed
from homeregistry.layouts.entries import StripReader
from homeregistry.layouts.lines import SUSPECT, is_surely_a_unit
from homeregistry.layouts.outline import Outline
from homeregistry.layouts.washing import Washer
from homeregistry.personal import PERSONAL_HINT
from homeregistry.records import Entries, Entry

_looks_personal: Final = PERSONAL_HINT.search


class PlainRoad:
    """Reads plain rows under the present block and heading; made anew when either changes.

    Nothing is remembered of rows that it gives up.
    """

    def __init__(self, block: OpenBlock, washer: Washer, outline: Outline, hidden: frozenset[int]) -> None:
        self._reader = _only_reader(block, outline)
        self._watched, self._fillers = block.watched, block.fillers
        self._width, self._blanked = washer.width, washer.blanked
        self._stops = hidden | washer.damaged_rows
        self._outline = outline
        if self._reader is not None:
            strip = self._reader.strip
            self._name_at = strip.recipient if strip.person < 0 else strip.person
            self._beside = strip.recipient
            self._serial_at = strip.serial
            # A credit code looks like a long number on every row; it is all digits only if damaged.
            self._code_at = {name: index for index, name in strip.fields}.get("uscc", -1)

    def row(self, row: Row) -> Entry | None:
        """The entry of a row, or None where it must be looked at closely."""
        reader = self._reader
        if reader is None:
            return None
        number, cells = row
        texts = [cell if cell.__class__ is str else "" if cell is None else printed(cell) for cell in cells]
        if len(texts) < self._width:
            texts += [""] * (self._width - len(texts))
        for index in self._blanked:
            texts[index] = ""
        joined, name, code_at = "|".join(texts), texts[self._name_at], self._code_at
        if (
            not _is_clean(joined, joined if code_at < 0 else joined.replace(texts[code_at], ""))
            or not (name or (self._beside >= 0 and texts[self._beside]))
            or number in self._stops
            or not self._watched.isdisjoint(texts)
            or "、" in name
            or "；" in name
            or (code_at >= 0 and texts[code_at].isdecimal())
        ):
            return None
        if self._serial_at >= 0:
            if not texts[self._serial_at].isdecimal():
                return None
        else:
            first = next(filter(None, texts))
            doubtful = first[0] in SUSPECT or texts.count("") >= len(texts) - 1
            if doubtful and not (first is name and is_surely_a_unit(first)):
                return None
        kept = tuple(texts)
        for filler in self._fillers:
            texts[filler.index] = filler.fill(number, texts[filler.index])
        self._outline.listed += 1
        return reader.read(number, texts, kept, ())

    def rows(self, rows: Sequence[Row]) -> Entries | None:
        """Consecutive rows together, or None where one of them is not plain, or is read by its own rules
        (persons, ticks, a column that is filled down, a list without serial numbers)."""
        reader = self._reader
        if reader is None or self._fillers or self._serial_at < 0 or self._name_at < 0:
            return None
        numbers = [number for number, _ in rows]
        widths = {len(cells) for _, cells in rows}
        if len(widths) > 1 or not self._stops.isdisjoint(numbers):
            return None
        columns = [_texts(column) for column in zip(*(cells for _, cells in rows), strict=True)]
        blank = ("",) * len(rows)
        columns += [blank] * (self._width - len(columns))
        for index in self._blanked:
            columns[index] = blank
        joined = ["|".join(column) for column in columns]
        code_at, names = self._code_at, columns[self._name_at]
        hinted = joined if code_at < 0 else joined[:code_at] + joined[code_at + 1 :]
        if (
            not _is_clean("|".join(joined), "|".join(hinted))
            or not all(names)
            or "、" in joined[self._name_at]
            or "；" in joined[self._name_at]
            or not all(map(self._watched.isdisjoint, columns))
            or (code_at >= 0 and any(map(str.isdecimal, columns[code_at])))
        ):
            return None
        found = reader.read_all(numbers, columns, list(zip(*columns, strict=True)))
        if found is not None:
            self._outline.listed += len(rows)
        return found


def _only_reader(block: OpenBlock, outline: Outline) -> StripReader | None:
    """The reader of a block with one list of names, where its rows are awards."""
    if len(block.readers) != 1 or outline.not_awarded:
        return None
    strip = block.readers[0].strip
    return block.readers[0] if max(strip.recipient, strip.person) >= 0 else None


def _texts(column: Sequence[CellValue]) -> Sequence[str]:
    """The cells of a column as text; most columns are text already."""
    if set(map(type, column)) == {str}:
        return column  # type: ignore[return-value]
    return [cell if cell.__class__ is str else "" if cell is None else printed(cell) for cell in column]


def _is_clean(joined: str, hinted: str) -> bool:
    """Whether cells, joined by bars, need no washing; personal numbers are looked for in `hinted`."""
    return (
        joined.isprintable()
        and _looks_personal(hinted) is None
        and " |" not in joined
        and "| " not in joined
        and not joined.startswith(" ")
        and not joined.endswith(" ")
        and "E+" not in joined
        and is_normalized("NFC", joined)
    )
