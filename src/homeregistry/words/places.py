"""Where something stands, as people write it: file, sheet or page, cell."""

import re
from typing import Final

from homeregistry.i18n import sentence

_PAGE: Final = re.compile(r"p\. (?P<number>[0-9]+)")
_TABLE_ON_PAGE: Final = re.compile(r"(?P<table>表[0-9]+) \(p\. (?P<number>[0-9]+)\)")


def sheet_text(sheet: str) -> str:
    """The sheet a row stands on; where it is a page (`p. 3`) or a table of one, as people call it."""
    page = _PAGE.fullmatch(sheet)
    if page:
        return sentence("p. {number}", {"number": page["number"]})
    table = _TABLE_ON_PAGE.fullmatch(sheet)
    if table:
        return sentence("{table} (p. {number})", table.groupdict())
    return sheet


def cell_text(sheet: str | None, row: int | None, column: str | None = None) -> str:
    """`Sheet1 C12`, `Sheet1 row 12`, or `line 12` of a text; empty where none of them is known."""
    if row is None:
        spot = column or ""
    elif column:
        spot = f"{column}{row}"
    else:
        spot = sentence("row {row}" if sheet else "line {row}", {"row": row})
    return " ".join(part for part in (sheet_text(sheet or ""), spot) if part)


def place_text(file: str, sheet: str | None, row: int | None, column: str | None = None) -> str:
    """`list.xlsx Sheet1 C12`; the one sheet of a .csv bears the file's name and is not said twice."""
    named_after = sheet == file or (file.endswith(".csv") and sheet == file.removesuffix(".csv"))
    cell = cell_text(sheet, row, column)
    if named_after and sheet:
        cell = cell.removeprefix(sheet_text(sheet)).lstrip()
    return f"{file} {cell}".strip()
