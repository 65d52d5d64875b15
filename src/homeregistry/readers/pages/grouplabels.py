"""Places that stand once beside several numbered rows, as merged cells of a table without rulings do.

At the top of its group such a label is like any cell whose repetitions were left out. In the middle of
its group it says where the rows above it are as well; which rows those are follows from the middle. Where
the page allows both, or neither, the rows concerned are doubtful.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from homeregistry.headings.places import is_body, is_place
from homeregistry.readers.pages.glyphs import Edges, TextLine
from homeregistry.readers.pages.gridrows import GridRow, grid_rows
from homeregistry.text import squeeze

_LEVEL: Final = 0.5
"""A label and what it stands level with are at most so many heights of the type apart."""

_Owners = list[TextLine | None]
"""The label of each row; None where the label above goes on."""


def labelled_rows(lines: Sequence[TextLine], columns: Sequence[Edges], serial: int | None) -> list[GridRow]:
    """The rows of a table with the labels of groups handed to the rows they stand beside."""
    place = _label_column(lines, columns, serial)
    if place is None or serial is None:
        return grid_rows(lines, columns, serial)
    labels = [label for line in lines if (label := _label(line, columns, place))]
    own = {(label.page, label.top) for label in labels}
    rest = (_without(line, columns[place]) if (line.page, line.top) in own else line for line in lines)
    rows = grid_rows([line for line in rest if line], columns, serial)
    above = False
    for numbered in _stretches(rows, serial):
        beside = [label for label in labels if _is_beside(label, numbered)]
        _hand_out(numbered, beside, place, above=above)
        above = above or bool(beside)
    return rows


def _label_column(lines: Sequence[TextLine], columns: Sequence[Edges], serial: int | None) -> int | None:
    """A column of places, no more of them than there are numbered rows."""
    if serial is None:
        return None
    numbers = sum((line.between(*columns[serial]) or "").isdecimal() for line in lines)
    for place in range(min(serial + 2, len(columns))):
        words = [squeeze(text) for line in lines if (text := line.between(*columns[place]))]
        labels = [word for word in words if is_place(word) or is_body(word)]
        if place != serial and 0 < len(labels) <= numbers and len(words) - len(labels) <= 1:
            return place
    return None


def _label(line: TextLine, columns: Sequence[Edges], place: int) -> TextLine | None:
    part = line.part(*columns[place])
    word = squeeze(part.text) if part else ""
    return part if is_place(word) or is_body(word) else None


def _without(line: TextLine, edges: Edges) -> TextLine | None:
    """The line without what stands in one column; None where nothing is left."""
    glyphs = tuple(
        glyph for glyph in line.glyphs if not edges[0] <= (glyph.left + glyph.right) / 2 < edges[1]
    )
    return replace(line, glyphs=glyphs) if glyphs else None


def _stretches(rows: Sequence[GridRow], serial: int) -> Iterator[list[GridRow]]:
    """Numbered rows that follow one another on a page."""
    for (_, numbered), stretch in groupby(rows, lambda row: (row.page, row.is_numbered(serial))):
        if numbered:
            yield list(stretch)


def _is_beside(label: TextLine, rows: Sequence[GridRow]) -> bool:
    slack = label.size
    return label.page == rows[0].page and _first(rows[0]) - slack <= label.middle <= _last(rows[-1]) + slack


def _hand_out(rows: Sequence[GridRow], labels: Sequence[TextLine], place: int, *, above: bool) -> None:
    """Gives each row its label; `above` says that the label of an earlier page may go on."""
    if not labels:
        return
    heads, middles = _from_the_head(rows, labels, above=above), _around_the_middle(rows, labels)
    if heads is None and middles is None:
        heads = [min(labels, key=lambda label: abs(label.middle - _first(row))) for row in rows]
        for row in rows:
            row.doubtful = True
    owners = middles if heads is None else heads
    if heads is not None and middles is not None:
        said: TextLine | None = None
        for row, head, middle in zip(rows, heads, middles, strict=True):
            said = head or said
            row.doubtful = row.doubtful or said is not middle
    for row, owner in zip(rows, owners or (), strict=True):
        if owner is not None:
            row.cells[place] = [owner]


def _from_the_head(rows: Sequence[GridRow], labels: Sequence[TextLine], *, above: bool) -> _Owners | None:
    """The labels where each stands level with a row, which begins its group."""
    owners: _Owners = [None] * len(rows)
    for label in labels:
        level = [number for number, row in enumerate(rows) if _is_level(label, row)]
        if len(level) != 1:
            return None
        owners[level[0]] = label
    return owners if owners[0] is not None or above else None


def _around_the_middle(rows: Sequence[GridRow], labels: Sequence[TextLine]) -> _Owners | None:
    """The labels where each stands in the middle of a group of rows and no row is left over."""
    owners: _Owners = []
    for label in labels:
        begin = len(owners)
        ends = (
            number
            for number in range(begin, len(rows))
            if abs((_first(rows[begin]) + _last(rows[number])) / 2 - label.middle) <= _LEVEL * label.size
        )
        end = next(ends, None)
        if end is None:
            return None
        owners.extend([label] * (end + 1 - begin))
    return owners if len(owners) == len(rows) else None


def _is_level(label: TextLine, row: GridRow) -> bool:
    """Whether the label stands on a line of the row."""
    return any(abs(line.middle - label.middle) <= _LEVEL * label.size for line in row.lines)


def _first(row: GridRow) -> float:
    return min(line.middle for line in row.lines)


def _last(row: GridRow) -> float:
    return max(line.middle for line in row.lines)
