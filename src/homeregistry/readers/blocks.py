"""Rows on their way from the reading process: settled cell values, packed a block at a time.

`marshal` is twice as fast as pickle here but knows no dates, so dates travel beside the block and are
put back in place. Both ends are the same program and version, which is all `marshal` asks for.

Cells are settled here, once for all formats: empty text is None, integral floats are integers, and
numbers that a spreadsheet program has already cut to fifteen digits are kept as they are and reported
as damaged, since turning them into integers would make them look sound.
"""

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from homeregistry.grid import CellValue, DamagedCell, Row

BLOCK_ROWS: Final = 1000
EXACT: Final = 1e15
"""Spreadsheet programs keep fifteen digits; an integer from here on has lost some."""

_SCIENTIFIC: Final = re.compile(r"\s*[+-]?\d(?:\.\d+)?E\+?\d{2,3}\s*", re.IGNORECASE)

_APART: Final = object()

RawRow = tuple[int, list[Any]]
Block = tuple[list[tuple[int, list[Any]]], list[tuple[Any, ...]], list[tuple[int, int, str, str]]]
"""Rows, dates to put back (row index, column, kind, numbers), damaged cells."""


def pack(rows: list[RawRow]) -> Block:
    """Settle the values of some rows and take the dates aside."""
    settled: list[tuple[int, list[Any]]] = []
    dates: list[tuple[Any, ...]] = []
    damaged: list[tuple[int, int, str, str]] = []
    for index, (number, values) in enumerate(rows):
        cells = [
            value if type(value) is str and value and "E+" not in value else _settled(value)
            for value in values
        ]
        if _APART in cells:
            for column, value in enumerate(values):
                if cells[column] is _APART:
                    cells[column] = _apart(value, (number, index, column), dates, damaged)
        settled.append((number, cells))
    return settled, dates, damaged


def _settled(value: Any) -> Any:
    """A plain value in its settled form, or `_APART` for what needs a second look."""
    kind = type(value)
    if kind is float:
        return int(value) if value.is_integer() and -EXACT < value < EXACT else _looked_at(value)
    if value is None or value == "":
        return None
    if kind is int or kind is bool:
        return value
    return _APART


def _looked_at(value: float) -> Any:
    whole = value.is_integer() or value != value or value in (math.inf, -math.inf)
    return _APART if whole else value


def _apart(
    value: Any,
    place: tuple[int, int, int],
    dates: list[tuple[Any, ...]],
    damaged: list[tuple[int, int, str, str]],
) -> Any:
    """A date (put back by the parent), a damaged number, or text that only looked like one."""
    number, index, column = place
    if isinstance(value, float):
        finite = math.isfinite(value)
        damaged.append((number, column, "damaged_number", _shown(value) if finite else str(value)))
        return value if finite else None
    if isinstance(value, str):
        if _SCIENTIFIC.fullmatch(value):
            damaged.append((number, column, "damaged_number", value))
        return value
    dates.append((index, column, *_numbers(value)))
    return None


def unpack(block: Block, damaged: dict[tuple[int, int], DamagedCell]) -> Iterator[Row]:
    """The rows of a block; what is damaged in it joins `damaged` before the first row comes out."""
    rows, dates, marks = block
    for index, column, kind, *numbers in dates:
        rows[index][1][column] = _date(kind, numbers)
    for row, column, code, raw in marks:
        damaged.setdefault((row, column), DamagedCell(row, column, code, raw))
    return iter(rows)


def blocks(rows: Iterable[RawRow]) -> Iterator[Block]:
    """Pack a stream of rows; the first blocks are small, so that the other end can begin."""
    batch: list[RawRow] = []
    size = 100
    for row in rows:
        batch.append(row)
        if len(batch) >= size:
            yield pack(batch)
            batch = []
            size = BLOCK_ROWS
    if batch:
        yield pack(batch)


def _shown(value: float) -> str:
    """A long number as the spreadsheet program shows it: 5.0010119900101E+17."""
    mantissa, _, exponent = f"{value:.14E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"


def _numbers(value: CellValue) -> tuple[Any, ...]:
    if isinstance(value, datetime):
        return ("datetime", *value.timetuple()[:6], value.microsecond)
    if isinstance(value, date):
        return ("date", value.year, value.month, value.day)
    if isinstance(value, time):
        return ("time", value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, timedelta):
        return ("timedelta", value.days, value.seconds, value.microseconds)
    return ("text", str(value))


def _date(kind: str, numbers: list[Any]) -> CellValue:
    if kind == "datetime":
        return datetime(*numbers)
    if kind == "date":
        return date(*numbers)
    if kind == "time":
        return time(*numbers)
    if kind == "timedelta":
        return timedelta(*numbers)
    return str(numbers[0])
