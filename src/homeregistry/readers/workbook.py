"""Workbooks read with calamine, after the pre-scan of their container: runs in the reading process.

calamine is fast and sparing, but lays a sheet out as one rectangle, leaves out error cells, hidden
rows and uncalculated formulas, and stops the process when memory runs out: the scan decides first
whether a sheet may be handed to it, and its row numbers are compared with the rows that came back.
"""

import io
from collections.abc import Iterator
from typing import Any

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.blocks import RawRow
from homeregistry.readers.container import Container
from homeregistry.readers.frames import Frame
from homeregistry.readers.packageparts import sheet_parts
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


def calamine_sheet(workbook: Any, name: str) -> Any:
    """One sheet laid out. Raises FileRefused when it cannot be parsed."""
    import python_calamine

    try:
        return workbook.get_sheet_by_name(name)
    except python_calamine.CalamineError:
        raise refuse("part", part=name) from None


def filled_rows(sheet: Any, keep: set[int]) -> Iterator[RawRow]:
    """The non-empty rows of a calamine sheet with the sheet's own numbers, and the rows of `keep`.

    `iter_rows` begins at the first row and column of the sheet, whatever lies there; empty cells
    arrive as empty text.
    """
    number = 0
    for values in sheet.iter_rows():
        number += 1
        if values.count("") == len(values) and number not in keep:
            continue
        yield number, values
    for missing in sorted(row for row in keep if row > number):
        yield missing, []


def xlsx_frames(data: bytes) -> Iterator[Frame]:
    """An .xlsx or .xlsm as frames, sheet by sheet."""
    container = Container(data)
    container.check_prologues()
    parts = sheet_parts(container)
    workbook: Any = None
    for part in parts:
        if part.part is None:
            continue
        found = scan(container.chunks(part.part), part.name)
        yield _head(part.name, part.hidden, found).frame()
        if not found.filled_rows and not found.damaged and found.plain:
            continue
        rows, columns = found.rectangle
        sparse = rows * columns > max(limits.SPARSE_CELLS, found.filled_cells * 4)
        if sparse or not found.plain:
            yield from _cell_by_cell(data, part.name)
            continue
        if rows * columns > limits.DENSE_CELLS:
            raise refuse("cells", sheet=part.name, rows=rows, columns=columns)
        if workbook is None:
            workbook = open_calamine(data)
        yield from row_frames(_counted(data, part.name, workbook, found))


def _head(name: str, hidden: bool, found: SheetScan) -> SheetHead:
    """The head of a sheet: merges and hidden columns cut to the filled rectangle.

    A merge over a whole sheet or a hidden column to the edge of the grid says nothing about the
    list beyond its last cell, and whoever walks over it would walk seventeen thousand million cells.
    """
    last = max(found.filled_rows, default=0)
    merged = [
        MergedRange(m.first_row, m.first_column, min(m.last_row, last), min(m.last_column, found.last_column))
        for m in found.merged
        if m.first_row <= last and m.first_column <= found.last_column
    ]
    hidden_columns = {column for column in found.hidden_columns if column <= found.last_column}
    return SheetHead(name, hidden, merged, found.hidden_rows, hidden_columns, found.damaged)


def _counted(data: bytes, name: str, workbook: Any, found: SheetScan) -> Iterator[RawRow]:
    """calamine's rows of a sheet, compared at the end with the rows that the scan saw filled.

    A filled row that did not arrive may hold nothing but empty text: openpyxl, a second and slower
    reader, is asked before the file is refused.
    """
    keep = {row for row, _ in found.damaged}
    expected = set(found.filled_rows)
    read = 0
    surplus = None
    for row in filled_rows(calamine_sheet(workbook, name), keep):
        yield row
        read += 1
        if row[0] in expected:
            expected.discard(row[0])
        elif row[0] not in keep and surplus is None:
            surplus = row[0]
    if surplus is None and not expected:
        return
    from homeregistry.readers.sparse import filled_row_numbers

    lost = expected.intersection(filled_row_numbers(data, name)) if expected else set()
    if lost or surplus is not None:
        raise refuse(
            "rows_differ",
            sheet=name,
            expected=len(set(found.filled_rows)),
            read=read,
            row=min(lost) if lost else surplus,
        )


def _cell_by_cell(data: bytes, name: str) -> Iterator[Frame]:
    from homeregistry.readers.sparse import sparse_rows

    return row_frames(sparse_rows(data, name))
