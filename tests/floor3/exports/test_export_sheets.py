"""Cells are those that XlsxWriter writes, but for markup in a name."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from homeregistry.exports.sheets import PlainSheet

Cell = str | int | None

CELLS = st.lists(
    st.one_of(st.none(), st.integers(-(2**40), 2**40), st.text(max_size=12)), min_size=1, max_size=30
)


def written(cells: Sequence[Cell], kind: type[Worksheet]) -> bytes:
    place = io.BytesIO()
    book = xlsxwriter.Workbook(place, {"constant_memory": True})
    sheet, look = book.add_worksheet("s", kind), book.add_format({"bold": True})
    for column, cell in enumerate(cells):
        if cell is None or cell == "":
            sheet.write_blank(0, column, None, look)
        elif isinstance(cell, int):
            sheet.write_number(0, column, cell, look)
        else:
            sheet.write_string(0, column, cell, look)
    book.close()
    return place.getvalue()


def xml(cells: Sequence[Cell], kind: type[Worksheet]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(written(cells, kind))) as packed:
        return packed.read("xl/worksheets/sheet1.xml")


@given(CELLS)
@example([" a", "b\n", "_x0009_", "\x01", "&<>\"'", "=1+1", "\ufffe", "工会", "\u3000", 0, None])
def test_the_cells_are_those_of_the_library(cells: list[Cell]) -> None:
    plain = [cell for cell in cells if not (isinstance(cell, str) and _unwritable(cell))]
    assert xml(plain or [1], PlainSheet) == xml(plain or [1], Worksheet)


def _unwritable(text: str) -> bool:
    return text.startswith("<r>") or any("\ud800" <= character <= "\udfff" for character in text)


def test_trap_a_name_that_looks_like_markup_does_not_spoil_the_workbook() -> None:
    names = ["<r>甲&乙工会</r>", "<r><t>丙</t></r>"]
    book = openpyxl.load_workbook(io.BytesIO(written(names, PlainSheet)))
    assert [cell.value for cell in book["s"][1]] == names
