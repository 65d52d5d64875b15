"""Workbooks made by hand for the tests of the readers, and what is read of a file."""

import io
from datetime import date
from pathlib import Path

import xlwt

from homeregistry import readers


def rows_of(path: Path, password: str | None = None) -> list[list[tuple[int, list[object]]]]:
    """The rows of every sheet."""
    with readers.open_document(path, password=password) as opened:
        return [[(number, list(cells)) for number, cells in sheet] for sheet in opened.sheets()]


def old_workbook() -> bytes:
    """An .xls with a title, a gap, a hidden row and column, an error, a date and a hidden sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 3, "2020年名单")
    sheet.write(2, 1, "甲")
    sheet.write(2, 2, 2020)
    sheet.write(2, 3, date(2020, 5, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(3, 1, "藏")
    sheet.row(3).hidden = True
    sheet.col(2).hidden = True
    sheet.row(5).set_cell_error(1, "#REF!")
    hidden = book.add_sheet("旧")
    hidden.visibility = 1
    hidden.write(0, 0, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
