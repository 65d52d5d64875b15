"""Where something stands, as people write it: file, sheet, cell."""

from homeregistry.i18n import sentence


def cell_text(sheet: str | None, row: int | None, column: str | None = None) -> str:
    """`Sheet1 C12`, `Sheet1 row 12`, or `line 12` of a text; empty where none of them is known."""
    if row is None:
        spot = column or ""
    elif column:
        spot = f"{column}{row}"
    else:
        spot = sentence("row {row}" if sheet else "line {row}", {"row": row})
    return " ".join(part for part in (sheet, spot) if part)


def place_text(file: str, sheet: str | None, row: int | None, column: str | None = None) -> str:
    """`list.xlsx Sheet1 C12`; the one sheet of a .csv bears the file's name and is not said twice."""
    named_after = sheet == file or (file.endswith(".csv") and sheet == file.removesuffix(".csv"))
    cell = cell_text(sheet, row, column)
    if named_after and sheet:
        cell = cell.removeprefix(sheet).lstrip()
    return f"{file} {cell}".strip()
