"""A sheet gathered from streamed XML, for the two formats whose XML is read here directly.

Both state rows and cells with repetitions, so a few bytes can mean a thousand million cells: empty
repetitions cost nothing here, and filled ones are counted against the limits before they are laid out.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from xml.parsers import expat

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.blocks import RawRow
from homeregistry.readers.frames import Frame
from homeregistry.readers.refusals import refuse
from homeregistry.readers.sheethead import SheetHead, row_frames

SEPARATOR = " "


class Handler(Protocol):
    """What walks through the XML; `finished` holds the sheets that are complete."""

    finished: list["GatheredSheet"]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; names are `namespace name`, joined by SEPARATOR."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Character data."""


class GatheredSheet:
    """One sheet being read: the place reached, its head and its rows."""

    def __init__(self, name: str) -> None:
        self.head = SheetHead(name)
        self.rows: list[RawRow] = []
        self.row = 0
        """Rows passed; the current row is the next one."""
        self.cells: list[Any] = []
        self.column = 0
        self._laid_out = 0
        self._marked = False

    def put(self, value: Any, repeat: int) -> None:
        """Take in a cell and its repetitions; empty ones only move on."""
        if value is not None:
            end = self.column + repeat
            if end > limits.GRID_COLUMNS:
                raise refuse("row_beyond", sheet=self.head.name, place=f"{self.row + 1}:{end}")
            self.cells.extend([None] * (self.column - len(self.cells)))
            self.cells.extend([value] * repeat)
        self.column += repeat

    def merge(self, rows: int, columns: int) -> None:
        """The cell about to be put spans so many rows and columns."""
        if len(self.head.merged) >= limits.MERGES:
            raise refuse("merges", sheet=self.head.name, limit=limits.MERGES)
        top, left = self.row + 1, self.column
        self.head.merged.append(MergedRange(top, left, top + rows - 1, left + columns - 1))

    def mark(self, code: str, raw: str) -> None:
        """The cell about to be put cannot be trusted."""
        self.head.damaged[self.row + 1, self.column] = (code, raw[:200])
        self._marked = True

    def end_row(self, repeat: int, hidden: bool) -> None:
        """The row is complete; it stands `repeat` times."""
        if self.cells or self._marked:
            last = self.row + repeat
            self._laid_out += repeat * max(len(self.cells), 1)
            if last > limits.GRID_ROWS:
                raise refuse("row_beyond", sheet=self.head.name, place=last)
            if self._laid_out > limits.DENSE_CELLS:
                raise refuse("cells", sheet=self.head.name, rows=last, columns=len(self.cells))
            for number in range(self.row + 1, last + 1):
                self.rows.append((number, self.cells))
                if hidden:
                    self.head.hidden_rows.add(number)
        self.row += repeat
        self.cells = []
        self.column = 0
        self._marked = False

    def frames(self) -> Iterator[Frame]:
        """The sheet as frames, its merges and hidden columns cut to what is filled."""
        bottom = self.rows[-1][0] if self.rows else 0
        right = max((len(cells) for _, cells in self.rows), default=0)
        self.head.merged = [
            MergedRange(m.first_row, m.first_column, min(m.last_row, bottom), min(m.last_column, right))
            for m in self.head.merged
            if m.first_row <= bottom and m.first_column < right
        ]
        self.head.hidden_columns = {c for c in self.head.hidden_columns if c < right}
        yield self.head.frame()
        yield from row_frames(self.rows)


def walk(chunks: Iterable[bytes], handler: Handler, part: str) -> Iterator[GatheredSheet]:
    """Parse XML in pieces; sheets come out as they are completed.

    Raises FileRefused for broken XML and for declarations of a document type or entities.
    """
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text

    def declared(*_: object) -> None:
        raise refuse("doctype", part=part)

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield from _taken(handler)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise refuse("part", part=part) from None
    yield from _taken(handler)


def _taken(handler: Handler) -> list[GatheredSheet]:
    taken = handler.finished[:]
    del handler.finished[:]
    if len(taken) > limits.SHEETS:
        raise refuse("sheets", count=len(taken), limit=limits.SHEETS)
    return taken
