"""A file as a grid: what every reader yields and every layout reads, with the sheet's own addresses.

Row numbers are the sheet's own (1 is the first row), columns are letters; both come from the reader
and are never recomputed. Readers stream: `Sheet.rows` may be read once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[int, Sequence[CellValue]]
"""A row: its number on the sheet (from 1) and its values from column A on (short rows allowed)."""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged rectangle, inclusive, rows from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class DamagedCell:
    """A cell whose value cannot be trusted; `code` is a problem code, `raw` what the file holds."""

    row: int
    column: int
    code: str
    raw: str


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook (a .csv is one sheet named after the file).

    `rows` is a one-pass iterable of non-empty rows in order. `hidden_rows` and `damaged` hold what the
    container's pre-scan found; formats that cannot tell leave them empty.
    """

    name: str
    rows: Iterable[Row]
    merged: Sequence[MergedRange] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    damaged: Mapping[tuple[int, int], DamagedCell] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a document without a grid: its number (from 1, as in the document's plain text)."""

    number: int
    text: str
    style: str | None = None


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document read as text: `text` is what spans and offsets refer to, `tables` its grids.

    `page_of` maps a line number to a page where the format has pages; `table_of` maps the number of a
    line that repeats a table's row to the table's place in `tables`, so that no row is read twice.
    `doubtful` are the numbers of lines whose words may not belong together: the page does not tell.
    """

    name: str
    text: str
    tables: Sequence[Sheet] = ()
    page_of: Mapping[int, int] = field(default_factory=dict)
    table_of: Mapping[int, int] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()

    def lines(self) -> Iterator[TextLine]:
        """The text line by line, numbered from 1."""
        for number, line in enumerate(self.text.split("\n"), start=1):
            yield TextLine(number, line)


def column_letter(index: int) -> str:
    """Column 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
