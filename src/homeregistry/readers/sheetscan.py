"""The pre-scan of one .xlsx sheet part: what calamine does not tell, and what would break it.

It finds hidden rows and columns, merged ranges, error cells, formulas that were never calculated, the
rectangle around the filled cells and the numbers of the filled rows, by byte searches in the unpacked
part: a full XML parse in Python would cost several times what reading the sheet costs.

The part's `<dimension>` is never looked at: it lies.
"""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from homeregistry.grid import MergedRange, column_index
from homeregistry.readers import limits
from homeregistry.readers.refusals import refuse

_TAIL_BYTES: Final = 64 * limits.MEBIBYTE
_ROOT: Final = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?worksheet[\s>]")
_ROW_NUMBER: Final = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_HIDDEN: Final = re.compile(rb"""\shidden\s*=\s*["'](?:1|true|on)["']|\sht\s*=\s*["']0(?:\.0*)?["']""")
_COLUMN: Final = re.compile(rb"""<(?:[\w.-]+:)?col\s([^<>]*)>""")
_COLUMN_HIDDEN: Final = re.compile(
    rb"""\bhidden\s*=\s*["'](?:1|true|on)["']|\bwidth\s*=\s*["']0(?:\.0*)?["']"""
)
_MIN: Final = re.compile(rb"""\bmin\s*=\s*["'](\d+)["']""")
_MAX: Final = re.compile(rb"""\bmax\s*=\s*["'](\d+)["']""")
_MERGE: Final = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["']\$?([A-Za-z]+)\$?(\d+)(?::\$?([A-Za-z]+)\$?(\d+))?["']"""
)
_ERROR_CELL: Final = re.compile(rb"""<(?:[\w.-]+:)?c\b([^<>]*\st\s*=\s*["']e["'][^<>]*)(?<!/)>""")
_ERROR_BYTES: Final = 40_000
"""How far behind an error cell's opening its formula and value may reach."""
_FORMULA_CELL: Final = re.compile(
    rb"""<(?:[\w.-]+:)?c\b([^<>]*[^<>/])>\s*<(?:[\w.-]+:)?f\b(?:[^<>]*/>|[^<>]*>([^<]*)</(?:[\w.-]+:)?f>)"""
    rb"""\s*(<(?:[\w.-]+:)?v\s*/>|<(?:[\w.-]+:)?v\s*>\s*</(?:[\w.-]+:)?v>)?\s*</(?:[\w.-]+:)?c>"""
)
_VALUE: Final = re.compile(rb"<(?:[\w.-]+:)?v[^<>]*>([^<]*)<")
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]+)\$?(\d+)["']""")
_STRING_RESULT: Final = re.compile(rb"""\st\s*=\s*["']str["']""")
_FAR_FAST: Final = re.compile(rb'<c r="([A-Z]{2,4})\d+"[^<>/]*>')
_FAR: Final = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Za-z]{2,})\d+["'][^<>/]*>""")


@dataclass(slots=True)
class SheetScan:
    """What the scan found; rows from 1, columns from 0."""

    filled_rows: "array[int]" = field(default_factory=lambda: array("L"))
    filled_cells: int = 0
    last_column: int = 25
    """The last filled column, or 25 where no filled cell lies beyond Z."""
    last_row: int = 0
    """The last filled row, where it is not the last of `filled_rows`."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[MergedRange] = field(default_factory=list)
    damaged: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    plain: bool = True
    """False when the part is written so that byte searches cannot be trusted (comments, CDATA,
    UTF-16, cells without addresses that hold errors): such a sheet is read cell by cell."""

    @property
    def rectangle(self) -> tuple[int, int]:
        """Rows and columns of the rectangle that calamine would at most lay out."""
        return self.bottom, self.last_column + 1

    @property
    def bottom(self) -> int:
        """The last filled row, 0 for an empty sheet."""
        return max(self.last_row, max(self.filled_rows, default=0))


def scan(chunks: Iterable[bytes], sheet: str) -> SheetScan:
    """Scan a sheet part that arrives in pieces.

    Raises FileRefused when a place lies outside any sheet or a row is larger than the limits.
    """
    found = SheetScan()
    stream = iter(chunks)
    prologue, carry = _prologue(stream)
    if prologue is None:
        found.plain = carry == b""
        return found
    prefix = b""
    if (root := _ROOT.search(prologue)) and root.group(1):
        prefix = root.group(1) + b":"
    _scan_columns(prologue, found)
    walker = _RowWalker(found, prefix, sheet)
    closing = b"</" + prefix + b"sheetData"
    tail = bytearray()
    ended = False
    while True:
        if not ended:
            at = carry.find(closing)
            if at >= 0:
                walker.feed(carry[:at], last=True)
                tail += carry[at:]
                ended = True
            else:
                carry = walker.feed(carry, last=False)
                if len(carry) > limits.ROW_BYTES:
                    raise refuse("row_size", sheet=sheet, limit=limits.ROW_BYTES // limits.MEBIBYTE)
        chunk = next(stream, None)
        if chunk is None:
            if not ended:
                walker.feed(carry, last=True)
            break
        if ended:
            tail += chunk
            if len(tail) > _TAIL_BYTES:
                del tail[: len(tail) // 2]
        else:
            carry += chunk
    _scan_merges(bytes(tail), found, sheet)
    return found


def _may_hide(data: bytes) -> bool:
    """Whether any row may be hidden. One byte is looked for first, here and below: that costs nothing, and
    most lists have none."""
    return b"h" in data and (b"hidden" in data or b'ht="0' in data or b"ht='0" in data)


class _RowWalker:
    """Walks `<row>` by `<row>` through the sheet data, whole rows at a time."""

    def __init__(self, found: SheetScan, prefix: bytes, sheet: str) -> None:
        self._found = found
        self._tag = b"<" + prefix + b"row"
        self._value = b"<" + prefix + b"v"
        self._inline = b"<" + prefix + b"is"
        self._formula = b"<" + prefix + b"f"
        self._cell = b"<" + prefix + b"c "
        self._cell_fast = b'<c r="'
        self._numbered = re.compile(re.escape(self._tag) + rb' r="(\d{1,10})"')
        self._sheet = sheet
        self._number = 0

    def feed(self, data: bytes, *, last: bool) -> bytes:
        """Take in all complete rows of `data`; the incomplete rest comes back."""
        rest = b""
        if not last:
            cut = data.rfind(self._tag)
            if cut < 0:
                return data
            data, rest = data[:cut], data[cut:]
        self._rows(data)
        self._cells(data)
        return rest

    def _rows(self, data: bytes) -> None:
        pieces = data.split(self._tag)
        del pieces[0]
        numbers = self._numbered.findall(data)
        if len(numbers) != len(pieces) or _may_hide(data):
            self._rows_one_by_one(pieces)
        elif numbers:
            self._number = int(numbers[-1])
            value, inline = self._value, self._inline
            filled = [
                int(number)
                for number, piece in zip(numbers, pieces, strict=True)
                if value in piece or inline in piece
            ]
            if filled:
                self._check(min(filled))
                self._check(max(filled))
                self._found.filled_rows.extend(filled)

    def _check(self, number: int) -> None:
        if not 0 < number <= limits.GRID_ROWS:
            raise refuse("row_beyond", sheet=self._sheet, place=number)

    def _rows_one_by_one(self, pieces: list[bytes]) -> None:
        """Rows that may be hidden, or that leave their number out."""
        found = self._found
        number = self._number
        for piece in pieces:
            head = piece[: piece.find(b">") + 1]
            match = _ROW_NUMBER.search(head)
            digits = match.group(1) if match else b""
            if digits.isdigit() and len(digits) < 12:
                number = int(digits)
            elif digits:
                raise refuse("row_beyond", sheet=self._sheet, place=_shown(digits))
            else:
                number += 1
            self._check(number)
            filled = self._value in piece or self._inline in piece
            if filled:
                found.filled_rows.append(number)
            if (filled or self._formula in piece) and _HIDDEN.search(head):
                found.hidden_rows.add(number)
        self._number = number

    def _cells(self, data: bytes) -> None:
        found = self._found
        found.filled_cells += data.count(self._value + b">") + data.count(self._inline + b">")
        if data.count(self._cell) == data.count(self._cell_fast):
            far = _FAR_FAST.findall(data)
        else:
            far = _FAR.findall(data)
        if far:
            widest = max(set(far), key=lambda letters: (len(letters), letters)).decode()
            index = column_index(widest)
            if index >= limits.GRID_COLUMNS:
                raise refuse("row_beyond", sheet=self._sheet, place=widest)
            found.last_column = max(found.last_column, index)
        if b'"e"' in data or (b"'" in data and b"'e'" in data):
            for match in _ERROR_CELL.finditer(data):
                end = data.find(b"</" + self._cell[1:-1] + b">", match.end())
                reach = min(end if end >= 0 else len(data), match.end() + _ERROR_BYTES)
                value = _VALUE.search(data, match.end(), reach + 1)
                raw = value.group(1) if value else b"#ERROR!"
                self._mark(match.group(1), "error_cell", raw)
        if b"f" in data and self._formula in data:
            for attributes, formula, empty in _FORMULA_CELL.findall(data):
                if empty and _STRING_RESULT.search(attributes):
                    continue  # calculated, and its result is empty text
                self._mark(attributes, "formula_without_value", b"=" + formula)
        if b"!" in data and b"<!" in data:
            found.plain = False

    def _mark(self, attributes: bytes, code: str, raw: bytes) -> None:
        place = _PLACE.search(attributes)
        if place is None:
            self._found.plain = False
            return
        row, column = int(place.group(2)), column_index(place.group(1).decode())
        self._found.damaged[row, column] = (code, _shown(raw))


def _prologue(stream: Iterable[bytes]) -> tuple[bytes | None, bytes]:
    """Everything before the sheet data, and what follows; None when there is no sheet data."""
    collected = b""
    for chunk in stream:
        collected += chunk
        for opening in (b"<sheetData", b":sheetData"):
            at = collected.find(opening)
            if at >= 0:
                return collected[:at], collected[at:]
        if len(collected) > limits.ROW_BYTES:
            return None, collected
    wide = collected[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in collected[:64]
    return None, collected if wide else b""


def _scan_columns(prologue: bytes, found: SheetScan) -> None:
    for attributes in _COLUMN.findall(prologue):
        if not _COLUMN_HIDDEN.search(attributes):
            continue
        first, last = _MIN.search(attributes), _MAX.search(attributes)
        if first and last:
            end = min(int(last.group(1)), limits.GRID_COLUMNS)
            found.hidden_columns.update(range(int(first.group(1)) - 1, end))


def _scan_merges(tail: bytes, found: SheetScan, sheet: str) -> None:
    for count, match in enumerate(_MERGE.finditer(tail), start=1):
        if count > limits.MERGES:
            raise refuse("merges", sheet=sheet, limit=limits.MERGES)
        left, top, right, bottom = match.groups()
        found.merged.append(
            MergedRange(
                int(top),
                column_index(left.decode()),
                int(bottom or top),
                column_index((right or left).decode()),
            )
        )


def _shown(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text[:200]
