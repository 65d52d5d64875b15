"""Blank cells that repeat the cell above: merged ones by the sheet's word, others by the look of it.

Only text is filled down, never a count or a serial number. Where the sheet does not say that cells
are merged, only a column in front of the name is filled, and only if its sample shows the habit: a
first value, blanks below, and never the same value twice in a row. One missing district in a full
column stays missing, and so does a blank document number behind the name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from homeregistry.grid import MergedRange
from homeregistry.layouts.columns import Strip

_HABIT: Final = 0.2


@dataclass(slots=True)
class Filler:
    """Fills one column; asked for every row in order, hidden ones included, twice where in doubt."""

    index: int
    ranges: Sequence[tuple[int, int]] = ()
    """Merged rows of the column (first, last), in order; empty where blanks below a value fill."""
    _next: int = 0
    _text: str = ""
    _row: int = 0

    def fill(self, row: int, text: str) -> str:
        """The text of the cell, or of the cell above that it repeats."""
        if text:
            self._text, self._row = text, row
            return text
        if not self.ranges:
            if row > self._row + 1:
                self._text = ""
            self._row = row
            return self._text
        while self._next < len(self.ranges) and self.ranges[self._next][1] < row:
            self._next += 1
        if self._next < len(self.ranges):
            first, _ = self.ranges[self._next]
            if first <= row and self._row >= first:
                return self._text
        return ""

    def stop(self) -> None:
        """A heading or total stands between: nothing above it is repeated below."""
        if not self.ranges:
            self._text = ""


@dataclass(frozen=True, slots=True)
class MergedColumns:
    """The merged ranges of a sheet that reach over more than one row, by column, in order."""

    by_column: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, merged: Iterable[MergedRange]) -> "MergedColumns":
        """Sorts the ranges once; a range is found under its first column only."""
        by_column: dict[int, list[tuple[int, int]]] = {}
        for area in merged:
            if area.last_row > area.first_row:
                by_column.setdefault(area.first_column, []).append((area.first_row, area.last_row))
        for ranges in by_column.values():
            ranges.sort()
        return cls(by_column)

    def below(self, column: int, row: int) -> list[tuple[int, int]]:
        """The ranges of a column that begin at this row or below."""
        return [area for area in self.by_column.get(column, ()) if area[0] >= row]


def fillers(
    strips: Sequence[Strip],
    merged: MergedColumns,
    first_row: int,
    sample: Sequence[Sequence[str]],
    fill_down: frozenset[str],
) -> list[Filler]:
    """The fillers of a block whose data begin at `first_row`."""
    used: dict[int, str] = {}
    for strip in strips:
        used.update(dict(strip.fields))
        used.update((index, "name") for index in (strip.recipient, strip.person, strip.unit) if index >= 0)
    found = []
    for index in sorted(used):
        ranges = merged.below(index, first_row)
        if ranges:
            found.append(Filler(index, ranges))
    if found or any(ranges[-1][0] >= first_row for ranges in merged.by_column.values()):
        return found
    names = frozenset(index for strip in strips for index in strip.names)
    return [
        Filler(index)
        for index in sorted(used)
        if index < min(names, default=0) and used[index] in fill_down and _has_habit(sample, index, names)
    ]


def _has_habit(sample: Sequence[Sequence[str]], index: int, names: frozenset[int]) -> bool:
    cells = [
        row[index] if index < len(row) else ""
        for row in sample
        if any(name < len(row) and row[name] and not row[name].isdecimal() for name in names)
    ]
    if len(cells) < 2 or not cells[0]:
        return False
    if any(above and above == cell for above, cell in pairwise(cells)):
        return False
    return cells.count("") / len(cells) >= _HABIT
