"""Where something stands, as people write it: file, sheet, cell."""


def place_text(file: str, sheet: str | None, row: int | None, column: str | None = None) -> str:
    """`list.xlsx Sheet1 C12`; the one sheet of a .csv bears the file's name and is not said twice."""
    named_after = sheet == file or (file.endswith(".csv") and sheet == file.removesuffix(".csv"))
    cell = f"{column or ''}{row or ''}"
    return " ".join(part for part in (file, "" if named_after else sheet, cell) if part)
