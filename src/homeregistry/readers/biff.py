"""The pre-scan of an .xls: its records walked for what calamine leaves out.

Hidden rows and columns, error cells, merged ranges and the filled rows of each sheet, and whether the
workbook is encrypted. Record layouts: [MS-XLS], sections 2.4 and 2.5.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.refusals import refuse
from homeregistry.readers.sheetscan import SheetScan

_BOF: Final = (0x0809, 0x0409, 0x0209, 0x0009)
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_FORMULA: Final = (0x0006, 0x0206, 0x0406)
_NUMBERS: Final = (0x0203, 0x027E, 0x00BD)
_TEXTS: Final = (0x00FD, 0x0204, 0x00D6)
_BOOLERR: Final = 0x0205
_ROW: Final = 0x0208
_COLINFO: Final = 0x007D
_MERGECELLS: Final = 0x00E5
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Error values as they are stored in .xls and .xlsb."""


@dataclass(slots=True)
class BiffScan:
    """What the walk found: sheets in workbook order with the rows that surely hold a value."""

    encrypted: bool
    sheets: list[SheetScan]
    hidden: list[bool]


def scan_xls(data: bytes) -> BiffScan:
    """Walk an .xls. Raises FileRefused when its container or its records are broken."""
    stream = _workbook_stream(data)
    hidden: list[bool] = []
    offsets: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            return BiffScan(True, [], [])
        if kind == _BOUNDSHEET and len(body) >= 6:
            offsets.append(struct.unpack_from("<L", body)[0])
            hidden.append(body[4] & 0x03 != 0)
            if len(offsets) > limits.SHEETS:
                raise refuse("sheets", count=len(offsets), limit=limits.SHEETS)
        elif kind == _EOF:
            break
    return BiffScan(False, [_scan_sheet(stream, offset) for offset in offsets], hidden)


def _workbook_stream(data: bytes) -> bytes:
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in ("Workbook", "Book"):
                if container.exists(name):
                    found: bytes = container.openstream(name).read()
                    return found
    except MemoryError:
        raise
    except Exception:
        raise refuse("damaged") from None
    raise refuse("missing_part", part="Workbook")


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Records from an offset on: their kind and their body."""
    end = len(stream)
    while offset + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, offset)
        if offset + 4 + length > end:
            raise refuse("truncated")
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _scan_sheet(stream: bytes, offset: int) -> SheetScan:
    found = SheetScan(last_column=0)
    filled: set[int] = set()
    hidden: set[int] = set()
    depth = 0
    for kind, body in _records(stream, offset):
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        if depth != 1 or len(body) < 6:
            continue
        if kind == _MERGECELLS:
            _merges(body, found)
            continue
        if kind == _COLINFO and len(body) >= 10:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1 and first <= last:
                found.hidden_columns.update(range(first, min(last, 255) + 1))
            continue
        row, column = struct.unpack_from("<HH", body)
        if kind == _ROW:
            if len(body) >= 14 and body[12] & 0x20:
                hidden.add(row + 1)
            continue
        if kind in _NUMBERS:
            filled.add(row + 1)
            if kind == 0x00BD:
                column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0])
        elif kind == _BOOLERR and len(body) >= 8:
            if body[7]:
                _mark(found, row + 1, column, body[6])
        elif kind in _FORMULA and len(body) >= 14:
            if body[12:14] == b"\xff\xff" and body[6] == 2:
                _mark(found, row + 1, column, body[8])
        elif kind not in _TEXTS:
            continue
        found.filled_cells += 1
        found.last_column = max(found.last_column, column)
        found.last_row = max(found.last_row, row + 1)
    found.filled_rows.extend(sorted(filled))
    found.hidden_rows = hidden
    return found


def _mark(found: SheetScan, row: int, column: int, code: int) -> None:
    found.damaged[row, column] = ("error_cell", ERRORS.get(code, "#ERROR!"))


def _merges(body: bytes, found: SheetScan) -> None:
    count = struct.unpack_from("<H", body)[0]
    for index in range(min(count, (len(body) - 2) // 8)):
        top, bottom, left, right = struct.unpack_from("<4H", body, 2 + index * 8)
        found.merged.append(MergedRange(top + 1, left, bottom + 1, right))
