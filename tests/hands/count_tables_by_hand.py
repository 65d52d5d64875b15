"""Tables of counts made by hand, and short ways to ask what was read."""

from collections.abc import Sequence

from homeregistry.count_tables import CountCell, CountContext, CountTable, read_count_table
from homeregistry.grid import CellValue, MergedRange, Sheet

Rows = Sequence[Sequence[CellValue]]


def sheet_of(rows: Rows, merged: Sequence[MergedRange] = (), name: str = "Sheet1") -> Sheet:
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(v not in (None, "") for v in row)]
    return Sheet(name, filled, merged)


def read(rows: Rows, merged: Sequence[MergedRange] = (), context: CountContext | None = None) -> CountTable:
    return read_count_table(sheet_of(rows, merged), context)


def at(table: CountTable, address: str) -> CountCell:
    return next(cell for cell in table.cells if f"{cell.column}{cell.row}" == address)


def addresses(table: CountTable) -> set[str]:
    return {f"{cell.column}{cell.row}" for cell in table.cells}


def problems(table: CountTable) -> list[tuple[str, str]]:
    return [(problem.code, f"{problem.column}{problem.row}") for problem in table.problems]
