"""A document being put together from paragraphs and tables, for the formats without a grid.

Lines and tables keep the document's order. A table's rows also stand in the text, one line each with
tabs between the cells, so that a page and its quotes can be shown whole; `table_of` tells which lines
those are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.frames import Frame
from homeregistry.readers.refusals import refuse
from homeregistry.readers.sheethead import SheetHead, row_frames


@dataclass(slots=True)
class Table:
    """A table of text cells; None is an empty cell or one covered by a merged range."""

    rows: list[list[str | None]] = field(default_factory=list)
    merged: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)


class DocumentText:
    """Collects lines and tables; `frames` sends them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._size = 0
        self._pages: dict[int, int] = {}
        self._tables: list[tuple[str, Table]] = []
        self._table_of: dict[int, int] = {}
        self._doubtful: list[int] = []

    @property
    def empty(self) -> bool:
        """Whether nothing but white space was collected."""
        return not any(line.strip() for line in self._lines)

    def add(self, text: str, page: int | None = None, *, doubtful: bool = False) -> None:
        """A paragraph; line breaks inside it make several lines. `doubtful` says that its words may not
        belong together, or may go on elsewhere.
        """
        for line in text.split("\n"):
            self._size += len(line) + 1
            if self._size > limits.TEXT_CHARACTERS:
                raise refuse("text_size", limit=limits.TEXT_CHARACTERS)
            self._lines.append(line)
            if page is not None:
                self._pages[len(self._lines)] = page
            if doubtful:
                self._doubtful.append(len(self._lines))

    def add_table(
        self, table: Table, page: int | None = None, doubtful: frozenset[int] = frozenset()
    ) -> None:
        """A table, as a sheet and as lines of text; `doubtful` are the numbers of rows (from 1)."""
        number = len(self._tables) + 1
        name = f"表{number}" if page is None else f"表{number} (p. {page})"
        self._tables.append((name, table))
        for row, cells in enumerate(table.rows, start=1):
            line = "\t".join(" ".join((cell or "").split("\n")) for cell in cells)
            self.add(line.rstrip("\t"), page, doubtful=row in doubtful)
            self._table_of[len(self._lines)] = number - 1

    def frames(self) -> Iterator[Frame]:
        """The whole document."""
        yield ("text", "\n".join(self._lines), self._pages, self._table_of, self._doubtful)
        for name, table in self._tables:
            head = SheetHead(name, merged=table.merged, hidden_rows=table.hidden_rows)
            yield head.frame()
            numbered = enumerate(table.rows, start=1)
            filled = ((number, list(cells)) for number, cells in numbered if any(cells))
            yield from row_frames(filled)
