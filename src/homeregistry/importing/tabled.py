"""A document with tables as one grid: its lines and its tables' rows in order, under the line's number.

The title of a table stands in a paragraph above it. Read as one sheet, that paragraph is a title row
like any other, and every row keeps the line of the document that it stands on.
"""

from collections.abc import Sequence
from dataclasses import replace

from homeregistry.grid import CellValue, MergedRange, Row, Sheet, TextDocument


def as_sheet(document: TextDocument) -> Sheet:
    """The document as a sheet without a name; lines outside tables are rows of one cell."""
    tables = [_rows(table) for table in document.tables]
    first_line: dict[int, int] = {}
    for number, table in document.table_of.items():
        first_line[table] = min(number, first_line.get(table, number))
    rows: list[Row] = []
    for line in document.lines():
        table_number = document.table_of.get(line.number)
        if table_number is None:
            if line.text.strip():
                rows.append((line.number, [line.text]))
            continue
        cells = tables[table_number].get(line.number - first_line[table_number] + 1)
        rows.append((line.number, cells if cells is not None else line.text.split("\t")))
    merged = [
        _shifted(area, first_line[place] - 1)
        for place, sheet in enumerate(document.tables)
        if place in first_line
        for area in sheet.merged
    ]
    return Sheet("", rows, merged)


def _rows(table: Sheet) -> dict[int, Sequence[CellValue]]:
    return dict(table.rows)


def _shifted(area: MergedRange, lines: int) -> MergedRange:
    return replace(area, first_row=area.first_row + lines, last_row=area.last_row + lines)
