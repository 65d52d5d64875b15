"""Tables that a page sets by white space alone: columns are the stretches that no row writes across.

A sheet printed without its grid lines has no rulings to find a table by. Read as lines, the cells of
a row run together into one name. Numbered rows that leave the same stretches free are a grid; names set
in columns without numbers stay lines, with a tab between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from homeregistry.readers.documenttext import Table

_SPACE: Final = 0.25
_CELL: Final = 0.8
_COLUMN: Final = 1.5
"""Gaps between two characters, in heights of the type: a space, perhaps another cell, surely one."""

_STRIP: Final = 0.1
"""White space down a table is at least so wide; characters of one word touch."""

_FAR: Final = 1e9
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that is no space, with its edges in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page from left to right; `top` and `size` (the height of its type) in points."""

    page: int
    top: float
    size: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The words with single spaces, and a tab where surely another cell begins."""
        return self._joined(self.glyphs)

    @property
    def is_row(self) -> bool:
        """Whether the line may be several cells."""
        return self.cells(_CELL) > 1

    def cells(self, gap: float) -> int:
        """How many pieces gaps of so many heights cut the line into."""
        return 1 + sum(
            after.left - before.right >= gap * self.size for before, after in pairwise(self.glyphs)
        )

    @property
    def first(self) -> str:
        """The words before the first gap that may part cells."""
        end = next(
            (
                place
                for place, (before, after) in enumerate(pairwise(self.glyphs), start=1)
                if after.left - before.right >= _CELL * self.size
            ),
            len(self.glyphs),
        )
        return "".join(glyph.text for glyph in self.glyphs[:end])

    def between(self, left: float, right: float) -> str | None:
        """The words whose middle lies between two edges."""
        inside = [glyph for glyph in self.glyphs if left <= (glyph.left + glyph.right) / 2 < right]
        return self._joined(inside).replace("\t", " ") or None

    def _joined(self, glyphs: Sequence[Glyph]) -> str:
        pieces = [glyph.text for glyph in glyphs[:1]]
        for before, after in pairwise(glyphs):
            gap = (after.left - before.right) / self.size
            pieces.append("\t" if gap >= _COLUMN else " " if gap >= _SPACE else "")
            pieces.append(after.text)
        return "".join(pieces)


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
    """Lines in a row that may be a table, and the stretches that none of its rows writes on."""

    lines: list[TextLine] = field(default_factory=list)
    rows: int = 0
    free: list[_Free] = field(default_factory=list)

    @property
    def stretches(self) -> list[tuple[float, float]]:
        """What lies between the free stretches, from the left edge to the right."""
        middles = [(free.left + free.right) / 2 for free in self.free if free.widest >= _COLUMN]
        return list(pairwise([-_FAR, *middles, _FAR]))

    def columns(self) -> list[tuple[float, float]]:
        """The stretches, two that no row fills both of taken as one: 序号 to the left of its numbers."""
        rows = [line for line in self.lines if line.is_row]
        columns: list[tuple[float, float]] = []
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
        return head is not None and head.first == line.first and head.text != line.text

    def is_table(self, columns: Sequence[tuple[float, float]]) -> bool:
        """Whether its rows have columns enough and are numbered in the first."""
        if self.rows < _FEWEST_ROWS or len(columns) < _FEWEST_COLUMNS:
            return False
        first = [line.between(*columns[0]) or "" for line in self.lines if line.is_row]
        numbers = [int(text) for text in first if text.isascii() and text.isdecimal() and len(text) < 6]
        rising = sum(after - before == 1 for before, after in pairwise(numbers))
        return bool(numbers) and len(numbers) * 2 >= self.rows - 1 and rising * 2 >= len(numbers) - 1


def line_of(found: dict[str, Any], page: int) -> TextLine | None:
    """A line as pdfplumber gives it with its characters; None where it holds nothing but spaces."""
    glyphs = sorted(
        (Glyph(char["text"], char["x0"], char["x1"]) for char in found["chars"] if char["text"].strip()),
        key=lambda glyph: glyph.left,
    )
    if not glyphs:
        return None
    size = max(float(found["bottom"]) - float(found["top"]), 1.0)
    return TextLine(page, float(found["top"]), size, tuple(glyphs))


def pieces_of(lines: Iterable[TextLine]) -> Iterator[tuple[TextLine, str | Table]]:
    """The lines of a document, those that are rows of a table gathered page by page; each piece with
    the line that it begins with.
    """
    for block in _blocks(lines):
        columns = block.columns()
        if not block.is_table(columns):
            yield from ((line, line.text) for line in block.lines)
            continue
        for page in sorted({line.page for line in block.lines}):
            own = [line for line in block.lines if line.page == page]
            yield own[0], _table(own, columns)


def _blocks(lines: Iterable[TextLine]) -> Iterator[_Block]:
    """Runs of lines from one row to the last that leaves as many columns as the rows before it."""
    block = _Block()
    for line in lines:
        if not line.is_row:
            block.lines.append(line)
            continue
        widened = _Block([*block.lines, line] if block.rows else [line], block.rows + 1, _shared(block, line))
        if not block.rows:
            yield from _ended(block)
        elif block.begins_anew(line) or len(widened.stretches) < max(
            len(block.stretches), line.cells(_COLUMN), _FEWEST_COLUMNS
        ):
            yield from _ended(block)
            widened = _Block([line], 1, _free(line))
        block.lines, block.rows, block.free = widened.lines, widened.rows, widened.free
    yield from _ended(block)


def _ended(block: _Block) -> Iterator[_Block]:
    """A block up to its last row, and the single lines behind it as blocks of their own."""
    end = max((place for place, line in enumerate(block.lines, start=1) if line.is_row), default=0)
    if end:
        yield _Block(block.lines[:end], block.rows, block.free)
    for line in block.lines[end:]:
        yield _Block([line])


def _free(line: TextLine) -> list[_Free]:
    """The gaps of a line; before its beginning and behind its end everything is free."""
    gaps = [
        _Free(before.right, after.left, (after.left - before.right) / line.size)
        for before, after in pairwise(line.glyphs)
        if after.left - before.right >= _STRIP * line.size
    ]
    return [_Free(-_FAR, line.glyphs[0].left, 0.0), *gaps, _Free(line.glyphs[-1].right, _FAR, 0.0)]


def _shared(block: _Block, line: TextLine) -> list[_Free]:
    """What is free in the rows so far and in this one."""
    if not block.rows:
        return _free(line)
    return [
        _Free(max(one.left, other.left), min(one.right, other.right), max(one.widest, other.widest))
        for one in block.free
        for other in _free(line)
        if min(one.right, other.right) - max(one.left, other.left) >= _STRIP * line.size
    ]


def _table(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]]) -> Table:
    """The rows of a table; a line of one piece is a row of one cell, as a heading among the rows is."""
    rows: list[list[str | None]] = []
    for line in lines:
        if line.is_row:
            rows.append([line.between(left, right) for left, right in columns])
        else:
            rows.append([line.text, *([None] * (len(columns) - 1))])
    return Table(rows)
