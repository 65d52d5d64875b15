"""The lines of a table without rulings put together to its rows: cells that run over several lines.

Each row has one line on which a certain column stands, its serial number or another that never wraps;
the lines around it belong to it as its cells are set at the top, in the middle or at the bottom. The
setting that leaves no line over is the right one; of several the one whose cells read as whole names. A
line is taken for the rest of a cell only where the line before it had no room left; a row about which that
stays open, or which another setting makes otherwise, is marked as doubtful.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from homeregistry.headings.places import is_place
from homeregistry.lists.furniture import furniture
from homeregistry.readers.pages.glyphs import FAR, Edges, TextLine, joined, wraps
from homeregistry.readers.pages.passagekinds import is_complete, is_heading, is_remainder, is_tail, kind_of
from homeregistry.text import squeeze

FARTHEST: Final = 2.2
"""The lines of a cell follow one another within so many heights of the type."""

_LEVEL: Final = 0.35
"""Lines so few heights apart stand on the same height."""

_NARROW: Final = 6.0
"""A column narrower than so many heights holds words of one length: a full line there says nothing."""

_APART: Final = ("title", "scope", "prose")
"""What stands among the rows and is part of none."""


@dataclass(slots=True)
class GridRow:
    """A row of a table: the lines it was put together from, and the place of each line's words by column.

    `across` is a line that no column holds (a heading among the rows, a page number).
    """

    lines: list[TextLine]
    cells: dict[int, list[TextLine]] = field(default_factory=dict)
    across: bool = False
    doubtful: bool = False

    @property
    def page(self) -> int:
        """The page that the row begins on."""
        return self.lines[0].page

    def is_numbered(self, serial: int | None) -> bool:
        """Whether a number stands in the column of numbers, if there is one, and something beside it."""
        numbers = self.cells.get(serial, ()) if serial is not None else ()
        return len(self.cells) > 1 and any(part.text.isdecimal() for part in numbers)

    def texts(self, columns: int) -> list[str | None]:
        """The words of each column; those of a line across all stand in the first."""
        if self.across:
            return [self.lines[0].text, *([None] * (columns - 1))]
        return [_words(self.cells.get(column, ())) for column in range(columns)]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line with its words by column; none where it stands across the columns."""

    line: TextLine
    cells: Mapping[int, TextLine]


@dataclass(slots=True)
class _Grouping:
    """One way to put the lines together, and how many lines and joints it cannot explain."""

    rows: list[GridRow] = field(default_factory=list)
    unexplained: int = 0

    @property
    def broken(self) -> int:
        """How many cells begin or end as no name does."""
        cells = (parts for row in self.rows if not row.across for parts in row.cells.values())
        return sum(is_remainder(parts[0].text) or not is_complete(_words(parts) or "") for parts in cells)


def grid_rows(lines: Sequence[TextLine], columns: Sequence[Edges], serial: int | None) -> list[GridRow]:
    """The rows of a table, whose lines may run over several pages; `serial` is the column of numbers."""
    laid = [_laid(line, columns, serial) for line in lines]
    reading = _Rows(laid, len(columns), serial)
    anchors = [serial] if serial is not None else list(range(len(columns)))
    tried = [
        reading.weighed(way(anchor))
        for anchor in anchors
        for way in (reading.set_at_the_top, reading.set_in_the_middle, reading.set_at_the_bottom)
        if serial is not None or reading.is_frequent(anchor)
    ]
    weights = [(found.unexplained, found.broken, len(found.rows)) for found in tried]
    unexplained, broken, _ = best = min(weights)
    rows = tried[weights.index(best)].rows
    for found, weight in zip(tried, weights, strict=True):
        # Where no way explains all lines, one that leaves a single line more may be the right one too.
        if weight[0] <= unexplained + bool(unexplained) and weight[1] <= broken:
            _doubt_differing(rows, found.rows)
    reading.doubt_tails(rows)
    if serial is None:
        _doubt_lone_places(rows, columns[0])
    return rows


def _laid(line: TextLine, columns: Sequence[Edges], serial: int | None) -> _Laid:
    """The words of a line by column. A page number, and a heading in the first column or across, has none."""
    if any(line.crosses(right) for _, right in columns[:-1]):
        return _Laid(line, {})
    cells = {place: part for place, edges in enumerate(columns) if (part := line.part(*edges))}
    if furniture(line.text) == "page" and (serial not in cells or not line.text.isdecimal()):
        return _Laid(line, {})
    if len(cells) == 1 and 0 in cells and len(line.glyphs) > 1 and is_heading(line.text):
        return _Laid(line, {})
    return _Laid(line, cells)


class _Rows:
    """The lines of one table and the ways to put them together."""

    def __init__(self, laid: Sequence[_Laid], columns: int, serial: int | None) -> None:
        self._laid = laid
        self._columns = columns
        self._numbered = serial is not None
        self._gapless = serial is not None and _is_gapless(laid, serial)
        parts = [[one.cells[place] for one in laid if place in one.cells] for place in range(columns)]
        self._right = [max((part.right for part in cells), default=FAR) for cells in parts]
        self._width = [max(map(_width, cells), default=FAR) for cells in parts]
        self._head = next((one.line.text for one in laid if len(one.cells) > 1), None)

    def is_frequent(self, column: int) -> bool:
        """Whether the column can tell rows apart: at least a quarter as many lines stand in it as in any."""
        counts = [sum(place in one.cells for one in self._laid) for place in range(self._columns)]
        return counts[column] * 4 >= max(counts)

    def set_at_the_top(self, anchor: int) -> _Grouping:
        """The first line of a row holds the anchor; those below it continue its cells. A header said again
        on the next page ends no row.
        """
        found = _Grouping()
        open_row: GridRow | None = None
        for one in self._laid:
            if not one.cells:
                self._stand_alone(found, one)
                if furniture(one.line.text) != "page":
                    open_row = None
            elif anchor in one.cells:
                row = _row(one)
                found.rows.append(row)
                if open_row is None or one.line.text != self._head:
                    open_row = row
            elif open_row is not None and self._continues(open_row, one):
                _add(open_row, one)
            else:
                self._stand_apart(found, one, open_row)
                if not self._numbered:
                    open_row = found.rows[-1]
        return found

    def set_at_the_bottom(self, anchor: int) -> _Grouping:
        """The last line of a row holds the anchor; those above it begin its cells. A page number and a header
        said again part no row.
        """
        found = _Grouping()
        waiting: list[_Laid] = []
        for one in self._laid:
            if not one.cells:
                if furniture(one.line.text) != "page":
                    self._leave(found, waiting)
                self._stand_alone(found, one)
                continue
            if waiting and one.line.text == self._head:
                found.rows.append(_row(one))
                continue
            waiting.append(one)
            if anchor in one.cells:
                self._close(found, waiting)
        self._leave(found, waiting)
        return found

    def set_in_the_middle(self, anchor: int) -> _Grouping:
        """The anchor stands in the middle of its row: as far below it as above there are lines of it. Where
        two pages share a row nobody knows its middle.
        """
        found = _Grouping()
        waiting: list[_Laid] = []
        end: float | None = None
        page, torn = 0, False
        for one in self._laid:
            low = one.line.middle - _LEVEL * one.line.size
            past = one.line.page != page or not one.cells or anchor in one.cells
            if end is not None and (past or low > end):
                self._close(found, waiting, end)
                found.rows[-1].doubtful = found.rows[-1].doubtful or torn
                end, torn = None, False
            if one.line.page != page:
                torn = bool(waiting)
            if not one.cells or (waiting and one.line.page != page):
                self._leave(found, waiting)
            page = one.line.page
            if not one.cells:
                self._stand_alone(found, one)
                continue
            waiting.append(one)
            if anchor in one.cells:
                end = 2 * one.line.middle - waiting[0].line.middle
        if end is not None:
            self._close(found, waiting, end)
            found.rows[-1].doubtful = found.rows[-1].doubtful or torn
        self._leave(found, waiting)
        return found

    def _close(self, found: _Grouping, waiting: list[_Laid], end: float | None = None) -> None:
        """The waiting lines are a row; how many of its joints nothing explains is counted."""
        row = _row(waiting[0])
        for one in waiting[1:]:
            if not self._continues(row, one, beside=True):
                found.unexplained += 1
                row.doubtful = True
            _add(row, one)
        if end is not None and abs(waiting[-1].line.middle - end) > _LEVEL * waiting[-1].line.size:
            found.unexplained += 1
            row.doubtful = True
        found.rows.append(row)
        waiting.clear()

    def _stand_apart(self, found: _Grouping, one: _Laid, above: GridRow | None) -> None:
        """A line that neither begins a row nor surely continues the one above: a heading among the rows,
        a row without a number, or the rest of a cell that somebody broke by hand.
        """
        row = _row(one)
        found.unexplained += 1
        found.rows.append(row)
        if above is None or kind_of(one.line.text) in _APART:
            return
        if self._numbered and len(one.cells) + 1 >= len(above.cells) > 2:
            return
        if not self._numbered and not any(
            _is_torn(above.cells.get(place, ()), part) for place, part in one.cells.items()
        ):
            return
        if one.line.page == above.page and one.line.top - above.lines[-1].top <= FARTHEST * one.line.size:
            row.doubtful = above.doubtful = True

    def _leave(self, found: _Grouping, waiting: list[_Laid]) -> None:
        """The waiting lines belong to no row."""
        for one in waiting:
            self._stand_apart(found, one, found.rows[-1] if found.rows else None)
        waiting.clear()

    @staticmethod
    def _stand_alone(found: _Grouping, one: _Laid) -> None:
        found.rows.append(GridRow([one.line], across=True))

    def weighed(self, found: _Grouping) -> _Grouping:
        """The same rows; without numbers, one that leaves cells empty and may as well be the rest of a torn
        name is explained by nothing.
        """
        for above, row in () if self._numbered else pairwise(found.rows):
            if row.across or above.across or len(row.cells) >= len(above.cells):
                continue
            first = {place: parts[0] for place, parts in row.cells.items()}
            if self._continues(above, _Laid(row.lines[0], first)) and any(
                _is_torn(above.cells[place], part) for place, part in first.items()
            ):
                found.unexplained += 1
                row.doubtful = above.doubtful = True
        return found

    def doubt_tails(self, rows: Sequence[GridRow]) -> None:
        """A cell that begins as no name does has lost its beginning, on the page before perhaps."""
        for row in rows:
            first = [parts[0] for place, parts in row.cells.items() if self._is_wide(place, parts[0])]
            row.doubtful = row.doubtful or any(is_tail(part.text) for part in first)

    def _is_wide(self, place: int, line: TextLine) -> bool:
        return self._width[place] >= _NARROW * line.size

    def _continues(self, row: GridRow, one: _Laid, *, beside: bool = False) -> bool:
        """Whether each cell of the line is the rest of a cell of the row; `beside` allows cells that
        begin here.
        """
        continued = [place for place in one.cells if place in row.cells]
        if not beside and len(continued) < len(one.cells):
            return False
        for place in continued:
            before, after = row.cells[place][-1], one.cells[place]
            room = max(self._right[place] - before.right, 0.0)
            room = min(room, max(self._width[place] - _width(before), 0.0))
            near = before.page != after.page or after.top - before.top <= FARTHEST * before.size
            if not near or not wraps(before, after, room):
                return False
        others = len({*row.cells, *one.cells}) - len(continued) - self._numbered
        return not continued or others > 0 or self._fills_on(row, one, continued)

    def _fills_on(self, row: GridRow, one: _Laid, continued: Sequence[int]) -> bool:
        """Whether the line goes on with a name though it fills every column again, as a row without a
        number does: the name has not ended, or no number is missing.
        """
        wide = [place for place in continued if self._is_wide(place, one.line)]
        return bool(wide) and (
            self._gapless or any(_is_torn(row.cells[place], one.cells[place]) for place in wide)
        )


def _is_torn(before: Sequence[TextLine], after: TextLine) -> bool:
    """Whether the words say that a cell goes on: its name has not ended, or what follows is none."""
    return is_remainder(after.text) or not is_complete(_words(before) or "")


def _is_gapless(laid: Sequence[_Laid], serial: int) -> bool:
    """Whether the numbers of the rows follow one another without a gap."""
    words = [one.cells[serial].text for one in laid if serial in one.cells]
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal()]
    return len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers))


def _doubt_differing(rows: Sequence[GridRow], others: Sequence[GridRow]) -> None:
    """Another way to put the lines together explains them as well: only rows that both make are certain."""
    made = {tuple(map(id, row.lines)) for row in others}
    for row in rows:
        row.doubtful = row.doubtful or tuple(map(id, row.lines)) not in made


def _doubt_lone_places(rows: Sequence[GridRow], first: Edges) -> None:
    """A place on a line of its own, in a column that names places beside rows too, may stand in the middle of
    a merged cell: then it speaks of rows above it as well.
    """
    lone = [
        row
        for row in rows
        if row.across and is_place(squeeze(row.lines[0].text)) and not row.lines[0].crosses(first[1])
    ]
    beside = [row for row in rows if not row.across and is_place(squeeze(_words(row.cells.get(0, ())) or ""))]
    if lone and beside:
        for row in rows:
            row.doubtful = row.doubtful or not row.across


def _row(one: _Laid) -> GridRow:
    return GridRow([one.line], {place: [part] for place, part in one.cells.items()})


def _add(row: GridRow, one: _Laid) -> None:
    row.lines.append(one.line)
    for place, part in one.cells.items():
        row.cells.setdefault(place, []).append(part)


def _words(parts: Sequence[TextLine]) -> str | None:
    """The lines of a cell as one."""
    words = ""
    for part in parts:
        words = joined(words, part.text.replace("\t", " "))
    return words or None


def _width(line: TextLine) -> float:
    return line.right - line.left
