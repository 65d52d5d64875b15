"""Tables that a page sets by white space alone: columns are the stretches that no row writes across.

A sheet printed without its grid lines has no rulings to find a table by. Read as lines, the cells of
a row run together into one name. Rows that leave the same stretches free are a grid where they are
numbered or stand under a header; names set in columns without either stay lines, with a tab between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from homeregistry.headings.places import is_place
from homeregistry.readers.documenttext import Table
from homeregistry.readers.pages.glyphs import CELL, COLUMN, FAR, STRIP, Edges, TextLine
from homeregistry.readers.pages.gridrows import FARTHEST, GridRow
from homeregistry.readers.pages.grouplabels import labelled_rows
from homeregistry.readers.pages.openings import Opening, opening_of
from homeregistry.readers.pages.paragraphs import Passage, in_one_column

_FEWEST_COLUMNS: Final = 3
_FEWEST_OPENED: Final = 2
"""So few columns are enough below a header, or where one names places."""

_FEWEST_PLACES: Final = 3
_FEWEST_ROWS: Final = 2
_WRITING_ACROSS: Final = 2
_SERIAL_AMONG: Final = 2
"""The serial number stands in one of so many first columns."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A table on its page; the numbers of rows about which doubts remain (from 1)."""

    page: int
    table: Table
    doubtful: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Free:
    """A stretch that no row writes on; `widest` is the widest gap a row has there, in heights of type.

    The space inside the names of two characters runs down a whole list of them and parts no columns.
    """

    left: float
    right: float
    widest: float


@dataclass(slots=True)
class _Block:
    """Lines in a row that may be a table, and the stretches that none of its rows writes on.

    `cells` is the most that surely stand on one line; the lines from `end` on stand below the last row.
    """

    lines: list[TextLine] = field(default_factory=list)
    rows: int = 0
    free: list[_Free] = field(default_factory=list)
    opening: Opening | None = None
    cells: int = 1
    end: int = 0

    @property
    def fewest(self) -> int:
        """How many columns make a table."""
        return _FEWEST_OPENED if self.opening else _FEWEST_COLUMNS

    @property
    def stretch_count(self) -> int:
        """How many stretches there are."""
        return 1 + sum(free.widest >= COLUMN for free in self.free)

    @property
    def stretches(self) -> list[Edges]:
        """What lies between the free stretches, from the left edge to the right."""
        edges = [self._edge(free) for free in self.free if free.widest >= COLUMN and self._parts(free)]
        return list(pairwise([-FAR, *edges, FAR]))

    def _parts(self, free: _Free) -> bool:
        """Whether a stretch parts columns: one no wider than the space beside a number, which several
        wrapped lines write across, does not.
        """
        across = [
            line
            for line in self.lines
            if not line.is_row
            and line.left < free.left
            and line.right > free.right
            and not _shares(line, free)
        ]
        return len(across) < _WRITING_ACROSS or free.right - free.left >= CELL * across[0].size

    def _edge(self, free: _Free) -> float:
        """Where two columns part: in the middle of what the other lines leave free of the stretch as well.

        A wrapped cell reaches further than any that stands on a line with others, and cells may run
        together. A line that covers the stretch is a heading across the columns.
        """
        left, right = free.left, free.right
        for line in self.lines:
            if line.is_row or line.left >= right or line.right <= left:
                continue
            shared = [(max(left, gap.left), min(right, gap.right)) for gap in _free(line)]
            widest = max(shared, key=lambda edges: edges[1] - edges[0])
            if widest[1] - widest[0] >= STRIP * line.size:
                left, right = widest
        return (left + right) / 2

    def columns(self) -> list[Edges]:
        """The stretches, two that no row fills both of taken as one: 序号 to the left of its numbers."""
        rows = [line for line in self.lines if line.is_row]
        columns: list[Edges] = []
        for left, right in self.stretches:
            apart = not columns or any(
                line.between(*columns[-1]) and line.between(left, right) for line in rows
            )
            if apart:
                columns.append((left, right))
            else:
                columns[-1] = (columns[-1][0], right)
        return columns

    def begins_anew(self, line: TextLine) -> bool:
        """Whether a line heads another table: it begins as this one's head does and goes on otherwise."""
        head = next((row for row in self.lines if row.is_row), None)
        return head is not None and head.pieces()[0] == line.pieces()[0] and head.text != line.text

    def is_table(self, columns: Sequence[Edges]) -> bool:
        """Whether its rows have columns enough and stand under a header or are numbered."""
        if self.rows < _FEWEST_ROWS or len(columns) < self.fewest:
            return False
        return self.opening == "header" or self.serial(columns) is not None

    def has_places(self, columns: Sequence[Edges]) -> bool:
        """Whether a column names nothing but places: then its rows are told by what stands in them."""
        if self.opening != "place" or len(columns) < _FEWEST_OPENED:
            return False
        cells = [[text for line in self.lines if (text := line.between(*edges))] for edges in columns]
        return any(len(texts) >= _FEWEST_PLACES and all(map(is_place, texts)) for texts in cells)

    def serial(self, columns: Sequence[Edges]) -> int | None:
        """The column of serial numbers, if there is one."""
        return next((place for place in range(_SERIAL_AMONG) if self._is_serial(columns[place])), None)

    def _is_serial(self, column: Edges) -> bool:
        words = [line.between(*column) or "" for line in self.lines]
        numbers = [int(text) for text in words if text.isascii() and text.isdecimal() and len(text) < 6]
        rising = sum(after - before == 1 for before, after in pairwise(numbers))
        return bool(numbers) and len(numbers) * 3 >= self.rows - 1 and rising * 2 >= len(numbers) - 1


def pieces_of(items: Iterable[TextLine | Passage | Placed]) -> Iterator[Passage | Placed]:
    """The lines of a document as passages, those that are rows of a table gathered page by page."""
    for page, stretch in groupby(_pieces(items), lambda piece: isinstance(piece, TextLine) and piece.page):
        if page is False:
            yield from (piece for piece in stretch if not isinstance(piece, TextLine))
        else:
            yield from in_one_column([piece for piece in stretch if isinstance(piece, TextLine)])


def _pieces(items: Iterable[TextLine | Passage | Placed]) -> Iterator[TextLine | Passage | Placed]:
    """The items with the tables among their lines found."""
    for is_line, stretch in groupby(items, lambda item: isinstance(item, TextLine)):
        if is_line:
            for block in _blocks(item for item in stretch if isinstance(item, TextLine)):
                yield from _read(block)
        else:
            yield from stretch


def _read(block: _Block) -> Iterator[TextLine | Passage | Placed]:
    """A block as tables, or as the lines it is made of."""
    columns = block.columns() if block.rows else []
    is_table = block.is_table(columns)
    if not is_table and not block.has_places(columns):
        yield from block.lines
        return
    serial = block.serial(columns)
    rows = labelled_rows(block.lines, columns, serial)
    below = {id(line) for line in block.lines[block.end :]}
    tail = []
    while rows and all(id(line) in below for line in rows[-1].lines) and not rows[-1].is_numbered(serial):
        tail.append(rows.pop())
    if is_table:
        for page, own in groupby(rows, lambda row: row.page):
            yield _placed(page, list(own), len(columns))
    else:
        yield from (_as_line(row, len(columns)) for row in rows)
    for row in reversed(tail):
        yield from (Passage(line.page, line.text, row.doubtful) for line in row.lines)


def _placed(page: int, rows: Sequence[GridRow], columns: int) -> Placed:
    doubtful = frozenset(number for number, row in enumerate(rows, start=1) if row.doubtful)
    return Placed(page, Table([row.texts(columns) for row in rows]), doubtful)


def _as_line(row: GridRow, columns: int) -> Passage:
    """A row without a header to say what its cells are: a line with tabs."""
    return Passage(row.page, "\t".join(text for text in row.texts(columns) if text), row.doubtful)


def _blocks(lines: Iterable[TextLine]) -> Iterator[_Block]:
    """Runs of lines from one row to the last that leaves as many columns as the rows before it."""
    block = _Block()
    for line in lines:
        if not line.is_row:
            block.lines.append(line)
            continue
        if not block.rows:
            yield from _ended(block)
            block = _begun(line)
            continue
        widened = _Block([], block.rows + 1, _shared(block, line))
        sure = max(block.cells, len(line.pieces(COLUMN)))
        if block.begins_anew(line) or widened.stretch_count < max(sure, block.fewest):
            yield from _ended(block)
            block = _begun(line)
            continue
        block.lines.append(line)
        block.rows, block.free, block.cells = widened.rows, widened.free, sure
    yield from _ended(block)


def _begun(line: TextLine) -> _Block:
    return _Block([line], 1, _free(line), opening_of(line), cells=len(line.pieces(COLUMN)))


def _ended(block: _Block) -> Iterator[_Block]:
    """A block up to its last row and the lines right below that may end its cells; the single lines
    behind them as blocks of their own.
    """
    end = max((place for place, line in enumerate(block.lines, start=1) if line.is_row), default=0)
    last = end
    while end and last < len(block.lines) and _follows(block.lines[last - 1], block.lines[last]):
        last += 1
    if end:
        yield _Block(block.lines[:last], block.rows, block.free, block.opening, block.cells, end)
    for line in block.lines[last:]:
        yield _Block([line])


def _follows(before: TextLine, line: TextLine) -> bool:
    return line.page == before.page and line.top - before.top <= FARTHEST * before.size


def _free(line: TextLine) -> list[_Free]:
    """The gaps of a line; before its beginning and behind its end everything is free."""
    gaps = [
        _Free(before.right, after.left, (after.left - before.right) / line.size)
        for before, after in pairwise(line.glyphs)
        if after.left - before.right >= STRIP * line.size
    ]
    return [_Free(-FAR, line.glyphs[0].left, 0.0), *gaps, _Free(line.glyphs[-1].right, FAR, 0.0)]


def _shares(line: TextLine, free: _Free) -> bool:
    """Whether the line leaves some of a stretch free."""
    return any(
        min(gap.right, free.right) - max(gap.left, free.left) >= STRIP * line.size for gap in _free(line)
    )


def _shared(block: _Block, line: TextLine) -> list[_Free]:
    """What is free in the rows so far and in this one."""
    return [
        _Free(max(one.left, other.left), min(one.right, other.right), max(one.widest, other.widest))
        for one in block.free
        for other in _free(line)
        if min(one.right, other.right) - max(one.left, other.left) >= STRIP * line.size
    ]
