"""Workbooks read with calamine, after the pre-scan of their container: runs in the reading process.

calamine is fast and sparing, but lays a sheet out as one rectangle, leaves out error cells, hidden
rows and uncalculated formulas, and stops the process when memory runs out: the scan decides first
whether a sheet may be handed to it, and its row numbers are compared with the rows that came back.
"""

import io
from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.blocks import RawRow
from homeregistry.readers.cellwise import CellReader
from homeregistry.readers.container import Container
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.packageparts import SheetPart, sheet_parts
from homeregistry.readers.refusals import refuse
from homeregistry.readers.sheethead import SheetHead, row_frames
from homeregistry.readers.sheetscan import SheetScan, scan


def open_calamine(data: bytes) -> Any:
    """calamine's workbook over bytes. Raises FileRefused for what it cannot open."""
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError:
        raise refuse("password_needed") from None
    except python_calamine.CalamineError:
        raise refuse("damaged") from None


def calamine_sheet(workbook: Any, index: int, name: str) -> Any:
    """One sheet laid out, by its place: two readers may unescape its name differently.

    Raises FileRefused when it cannot be parsed.
    """
    import python_calamine

    try:
        return workbook.get_sheet_by_index(index)
    except python_calamine.CalamineError:
        raise refuse("part", part=name) from None


def filled_rows(sheet: Any, keep: set[int]) -> Iterator[RawRow]:
    """The non-empty rows of a calamine sheet with the sheet's own numbers, and the rows of `keep`.

    `iter_rows` begins at the first row of the sheet but at the first filled column, so the columns
    before it are put back; empty cells arrive as empty text.
    """
    number = 0
    before = [""] * sheet.start[1] if sheet.start else []
    for values in sheet.iter_rows():
        number += 1
        if values.count("") == len(values) and number not in keep:
            continue
        yield number, before + values if before else values
    for missing in sorted(row for row in keep if row > number):
        yield missing, []


def xlsx_frames(job: Job) -> Iterator[Frame]:
    """An .xlsx or .xlsm as frames, sheet by sheet."""
    data = job.data
    container = Container(data)
    container.check_prologues()
    parts, modules = sheet_parts(container)
    reader = CellReader(container)
    workbook: Any = None
    for index, part in enumerate(parts):
        found = scan(container.chunks(part.part), part.name)
        rows, columns = found.rectangle
        sparse = rows * columns > max(limits.SPARSE_CELLS, found.filled_cells * 4)
        if not found.plain:
            gathered = reader.sheet(part.name, part.part)
            gathered.head.hidden = part.hidden
            yield from gathered.frames()
            continue
        yield _head(part.name, part.hidden, found).frame()
        if not found.filled_rows and not found.damaged:
            continue
        if sparse or modules:
            yield from row_frames(reader.sheet(part.name, part.part).rows)
            continue
        if rows * columns > limits.DENSE_CELLS:
            raise refuse("cells", sheet=part.name, rows=rows, columns=columns)
        if workbook is None:
            workbook = _matching(open_calamine(data), len(parts))
        sheet = calamine_sheet(workbook, index, part.name)
        yield from row_frames(_counted(sheet, part, found, reader))


def xls_frames(job: Job) -> Iterator[Frame]:
    """An .xls as frames, sheet by sheet."""
    data = job.data
    from homeregistry.readers.biff import scan_xls

    scanned = scan_xls(data)
    if scanned.encrypted:
        from homeregistry.readers.decrypt import decrypted

        _, data = decrypted(data, job.password)
        scanned = scan_xls(data)
        if scanned.encrypted:
            raise refuse("encryption")
    rectangles = [found.rectangle for found in scanned.sheets if found.filled_cells]
    if sum(rows * columns for rows, columns in rectangles) > limits.DENSE_CELLS:
        rows, columns = max(rectangles, key=lambda size: size[0] * size[1])
        raise refuse("cells", sheet="", rows=rows, columns=columns)
    # calamine lays out every sheet of this format at once
    workbook = _matching(open_calamine(data), len(scanned.sheets))
    for index, found in enumerate(scanned.sheets):
        head = _head(workbook.sheet_names[index], scanned.hidden[index], found)
        yield from _binary_sheet(workbook, index, head, found)


def xlsb_frames(job: Job) -> Iterator[Frame]:
    """An .xlsb as frames, sheet by sheet."""
    data = job.data
    from homeregistry.readers.xlsb import scan_xlsb, sheet_parts_xlsb

    container = Container(data)
    container.check_prologues()
    parts = sheet_parts_xlsb(container)
    workbook = _matching(open_calamine(data), len(parts))
    for index, part in enumerate(parts):
        found = scan_xlsb(container.read(part.part, limits.UNPACKED_BYTES), part.name)
        yield from _binary_sheet(workbook, index, _head(part.name, part.hidden, found), found)


def _matching(workbook: Any, count: int) -> Any:
    """calamine's workbook, if it sees as many sheets as the scan did."""
    if len(workbook.sheet_names) != count:
        raise refuse("damaged")
    return workbook


def _binary_sheet(workbook: Any, index: int, head: SheetHead, found: SheetScan) -> Iterator[Frame]:
    """A sheet of a binary format: here the scan's `filled_rows` are those that hold a number.

    Text may be empty, a number never is: a row with a number must arrive.
    """
    yield head.frame()
    rows, columns = found.rectangle
    if not found.filled_cells:
        return
    if rows * columns > limits.DENSE_CELLS:
        raise refuse("cells", sheet=head.name, rows=rows, columns=columns)
    sheet = calamine_sheet(workbook, index, head.name)
    yield from row_frames(_with_certain(sheet, head.name, found))


def _with_certain(sheet: Any, name: str, found: SheetScan) -> Iterator[RawRow]:
    certain = set(found.filled_rows)
    expected, read = len(certain), 0
    for row in filled_rows(sheet, {row for row, _ in found.damaged}):
        yield row
        read += 1
        certain.discard(row[0])
    if certain:
        raise refuse("rows_differ", sheet=name, expected=expected, read=read, row=min(certain))


def _head(name: str, hidden: bool, found: SheetScan) -> SheetHead:
    """The head of a sheet: merges and hidden columns cut to the filled rectangle.

    A merge over a whole sheet or a hidden column to the edge of the grid says nothing about the
    list beyond its last cell, and whoever walks over it would walk seventeen thousand million cells.
    """
    last = found.bottom
    merged = [
        MergedRange(m.first_row, m.first_column, min(m.last_row, last), min(m.last_column, found.last_column))
        for m in found.merged
        if m.first_row <= last and m.first_column <= found.last_column
    ]
    hidden_columns = {column for column in found.hidden_columns if column <= found.last_column}
    hidden_rows = {row for row in found.hidden_rows if row <= last}
    return SheetHead(name, hidden, merged, hidden_rows, hidden_columns, found.damaged)


def _counted(sheet: Any, part: SheetPart, found: SheetScan, reader: CellReader) -> Iterator[RawRow]:
    """calamine's rows of a sheet, compared at the end with the rows that the scan saw filled.

    A filled row that did not arrive may hold nothing but empty text: the second and slower reader is
    asked before the file is refused.
    """
    keep = {row for row, _ in found.damaged}
    arrived = array("L")
    for row in filled_rows(sheet, keep):
        yield row
        arrived.append(row[0])
    if arrived == found.filled_rows:
        return
    expected, read = set(found.filled_rows), set(arrived)
    if len(expected) < len(found.filled_rows):
        ordered = sorted(found.filled_rows)
        twice = next(row for row, after in pairwise(ordered) if row == after)
        raise refuse("row_twice", sheet=part.name, row=twice)
    surplus = read - expected - keep
    lost = expected - read
    if lost:
        lost.intersection_update(row for row, _ in reader.sheet(part.name, part.part).rows)
    if lost or surplus:
        raise refuse(
            "rows_differ",
            sheet=part.name,
            expected=len(expected),
            read=len(read),
            row=min(lost | surplus),
        )
