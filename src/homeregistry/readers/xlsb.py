"""The pre-scan of an .xlsb: the directory and the sheet parts of a workbook written in binary records.

calamine knows neither the hidden rows nor the merged ranges of this format. Record layouts: [MS-XLSB],
section 2.4.
"""

import struct
from collections.abc import Iterator
from typing import Final

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.biff import ERRORS
from homeregistry.readers.container import Container
from homeregistry.readers.packageparts import SheetPart, main_part, relations
from homeregistry.readers.refusals import refuse
from homeregistry.readers.sheetscan import SheetScan

_ROW: Final = 0
_ERRORS: Final = (3, 11)
_CERTAIN: Final = (2, 5)
_CELLS: Final = range(2, 12)
_COLUMN: Final = 60
_SHEET: Final = 156
_MERGE: Final = 176


def sheet_parts_xlsb(container: Container) -> list[SheetPart]:
    """The sheets in workbook order: BrtBundleSh records of workbook.bin."""
    part = main_part(container, "xl/workbook.bin")
    targets = relations(container, part)
    found = []
    for kind, body in _records(container.read(part)):
        if kind != _SHEET or len(body) < 12:
            continue
        state = struct.unpack_from("<L", body)[0]
        identity, offset = _string(body, 8)
        name, _ = _string(body, offset)
        target = targets.get(identity)
        if target is None or target not in container:
            raise refuse("missing_part", part=name)
        found.append(SheetPart(name, target, state != 0))
        if len(found) > limits.SHEETS:
            raise refuse("sheets", count=len(found), limit=limits.SHEETS)
    return found


def scan_xlsb(data: bytes, sheet: str) -> SheetScan:
    """Walk a sheet part. Raises FileRefused for places outside any sheet."""
    found = SheetScan(last_column=0)
    filled: set[int] = set()
    row = 0
    for kind, body in _records(data):
        if kind == _ROW and len(body) >= 12:
            row = struct.unpack_from("<L", body)[0] + 1
            if row > limits.GRID_ROWS:
                raise refuse("row_beyond", sheet=sheet, place=row)
            if body[11] & 0x10:
                found.hidden_rows.add(row)
        elif kind in _CELLS and len(body) >= 8:
            column = struct.unpack_from("<L", body)[0]
            if column >= limits.GRID_COLUMNS:
                raise refuse("row_beyond", sheet=sheet, place=f"{row}:{column + 1}")
            found.filled_cells += 1
            found.last_column = max(found.last_column, column)
            found.last_row = max(found.last_row, row)
            if kind in _ERRORS and len(body) > 8:
                raw = ERRORS.get(body[8], "#ERROR!")
                found.damaged[row, column] = ("error_cell", raw)
            elif kind in _CERTAIN:
                filled.add(row)
        elif kind == _COLUMN and len(body) >= 18:
            first, last = struct.unpack_from("<LL", body)
            if body[16] & 1:
                found.hidden_columns.update(range(first, min(last + 1, limits.GRID_COLUMNS)))
        elif kind == _MERGE and len(body) >= 16:
            top, bottom, left, right = struct.unpack_from("<4L", body)
            found.merged.append(MergedRange(top + 1, left, bottom + 1, right))
            if len(found.merged) > limits.MERGES:
                raise refuse("merges", sheet=sheet, limit=limits.MERGES)
    found.filled_rows.extend(sorted(filled))
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Records: kind and length are numbers of seven bits a byte, the kind in at most two bytes."""
    offset, end = 0, len(data)
    while offset < end:
        kind = data[offset]
        offset += 1
        if kind & 0x80 and offset < end:
            kind = (kind & 0x7F) | (data[offset] & 0x7F) << 7
            offset += 1
        length = shift = 0
        while offset < end:
            byte = data[offset]
            offset += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift >= 28:
                break
        if offset + length > end:
            raise refuse("truncated")
        yield kind, data[offset : offset + length]
        offset += length


def _string(body: bytes, offset: int) -> tuple[str, int]:
    """A wide string: its length in characters, then UTF-16; and where it ends."""
    if offset + 4 > len(body):
        raise refuse("truncated")
    count = struct.unpack_from("<L", body, offset)[0]
    if count == 0xFFFFFFFF:
        return "", offset + 4
    end = offset + 4 + count * 2
    if end > len(body):
        raise refuse("truncated")
    return body[offset + 4 : end].decode("utf-16-le", "replace"), end
