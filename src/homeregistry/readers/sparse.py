"""Sheets read cell by cell with openpyxl: slower, but it never lays out the rectangle between cells.

For a sheet with one stray cell at XFD1048576, for parts written so that byte searches cannot be
trusted, and as the second opinion when two counts of rows differ.
"""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from homeregistry.readers import limits
from homeregistry.readers.blocks import RawRow
from homeregistry.readers.refusals import refuse

_ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!")
)


def sparse_rows(data: bytes, name: str) -> Iterator[RawRow]:
    """The non-empty rows of one sheet with their numbers; error cells are None.

    `<dimension>` is reset first: where it lies, openpyxl's read-only mode silently stops at it.
    """
    previous = 0
    for number, values in _rows(data, name):
        if number <= previous or number > limits.GRID_ROWS:
            raise refuse("row_beyond", sheet=name, place=number)
        previous = number
        if any(value is not None and value != "" for value in values):
            yield number, _trimmed(values)


def filled_row_numbers(data: bytes, name: str) -> Iterator[int]:
    """The numbers of the rows that hold at least one value."""
    return (number for number, _ in sparse_rows(data, name))


def _rows(data: bytes, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import openpyxl

        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet: Any = book[name]
            sheet.reset_dimensions()
            yield from enumerate(sheet.iter_rows(values_only=True), start=1)
        except (MemoryError, GeneratorExit):
            raise
        except Exception:
            raise refuse("damaged") from None


def _trimmed(values: tuple[Any, ...]) -> list[Any]:
    cells = [None if value in _ERRORS else value for value in values]
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells
