"""An export as pages of typed cells, apart from the format they are written in.

A page is written line by line and never held in memory; while it is written its rows are counted and
its digest grows. What the digest covers is exactly what a reader of the file sees: the cells, row by row.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from homeregistry.errors import RegistryError

Value = str | int | None
"""A cell: numbers are numbers, everything else (codes, years like 2017-2019, dates) is text."""

Role = Literal[
    "title", "note", "unit", "group", "head", "data", "open", "sum", "part", "pair", "sign", "blank"
]
"""What a line is, for its looks: `group` is a heading over headings (an empty cell belongs to the one on its
left), `open` counts what is undecided, `part` heads a part of a cover."""

Kind = Literal["text", "code", "number", "wide"]

SHEET_ROWS: Final = 1_048_576
"""Rows of one sheet of a workbook; a longer page is refused, never cut."""

CELL_CHARACTERS: Final = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in Latin characters, what its cells hold."""

    heading: str
    width: int
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class PageShape:
    """How a page is laid out: its name (at most 31 characters), columns, paper."""

    name: str
    columns: tuple[Column, ...]
    landscape: bool = True
    sheets_wide: int = 1
    filtered: bool = False
    widths: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "widths", tuple(column.width for column in self.columns))


Put = Callable[[int, Role, Sequence[Value]], None]


@dataclass(slots=True)
class Page:
    """A page being written. `lines` counts every line, `records` those of data."""

    shape: PageShape
    put: Put
    limit: int | None
    lines: int = 0
    records: int = 0
    head_lines: list[int] = field(default_factory=list)
    digest: "PageDigest" = field(default_factory=lambda: PageDigest())

    def line(self, role: Role, *cells: Value) -> None:
        """Write one line. Raises RegistryError where the format cannot hold it whole."""
        clean = [_clean(cell) for cell in cells]
        if self.limit is not None:
            self._check(clean)
        self.put(self.lines, role, clean)
        self.digest.add(clean)
        if role in ("group", "head"):
            self.head_lines.append(self.lines)
        self.lines += 1
        self.records += role == "data"

    def head(self) -> None:
        """The line of column headings."""
        self.line("head", *(column.heading for column in self.shape.columns))

    def _check(self, cells: Sequence[Value]) -> None:
        if self.limit is not None and self.lines >= self.limit:
            raise too_many_rows(self.lines + 1)
        if max((len(cell) for cell in cells if cell.__class__ is str), default=0) > CELL_CHARACTERS:
            raise RegistryError(
                "cell_too_long",
                "A text of more than {limit} characters does not fit into a cell of a workbook; "
                "write .csv or .jsonl instead. Nothing was written.",
                limit=CELL_CHARACTERS,
            )


def too_many_rows(rows: int) -> RegistryError:
    """The refusal of a page that is longer than a sheet."""
    return RegistryError(
        "too_many_rows",
        "{rows} rows do not fit on a sheet of a workbook, which holds {limit}; write .csv or .jsonl "
        "instead, or choose fewer with --year or --region. Nothing was written.",
        rows=rows,
        limit=SHEET_ROWS,
    )


class PageDigest:
    """SHA-256 over the rows of a page as JSON arrays, a line feed behind each.

    Empty cells at the end of a row and empty rows at the end of a page are left out, so that a
    program that opens and saves the file without changing a cell does not change the digest.
    """

    __slots__ = ("_blank", "_hash")

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._blank = 0

    def add(self, cells: Sequence[object]) -> None:
        """Take in the next row."""
        row = trimmed(cells)
        if not row:
            self._blank += 1
            return
        if self._blank:
            self._hash.update(b"[]\n" * self._blank)
            self._blank = 0
        self._hash.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def hexdigest(self) -> str:
        """The digest of all rows so far."""
        return self._hash.hexdigest()


def trimmed(cells: Sequence[object]) -> list[object]:
    """A row without the empty cells at its end; an empty text is an empty cell."""
    row = [None if cell == "" else cell for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def _clean(cell: Value) -> Value:
    """Text as every format can hold it: one kind of line end, no control characters."""
    if not isinstance(cell, str):
        return cell
    if cell.isprintable():
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff"))
