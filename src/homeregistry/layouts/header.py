"""Finding the header: in any of the first rows, of one to three levels, with merged group cells.

A sheet's merged ranges say how deep a header is and how wide a group cell reaches. Formats without
merged ranges leave blanks instead, and the words of the next row decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from homeregistry.grid import MergedRange
from homeregistry.layouts.cells import as_integer
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.headcells import LONGEST_HEADER, Column, read_header
from homeregistry.layouts.lines import is_total_alone
from homeregistry.text import squeeze

DEEPEST: Final = 3
WIDEST: Final = 256
"""No list has so many columns; to ask of each of 16,384 cells what it means takes minutes."""

TextRow = tuple[int, list[str]]
"""A row's number on the sheet and its cells as text."""


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header: the place of its first row among the given rows, its depth and its columns."""

    place: int
    depth: int
    columns: tuple[Column, ...]


class LowRanges:
    """The merged ranges no higher than a header, by row: a sheet may hold a hundred thousand."""

    def __init__(self, merged: Iterable[MergedRange]) -> None:
        self._by_row: dict[int, list[MergedRange]] = {}
        for area in merged:
            if area.last_row - area.first_row < DEEPEST:
                self._by_row.setdefault(area.first_row, []).append(area)

    def near(self, row: int) -> list[MergedRange]:
        """The ranges that touch this row or the next few, at most a header's depth away."""
        return [
            area
            for first in range(row - DEEPEST + 1, row + DEEPEST + 1)
            for area in self._by_row.get(first, ())
            if area.last_row >= row
        ]


def find_header(rows: Sequence[TextRow], merged: LowRanges, layout: Layout) -> FoundHeader | None:
    """The first header in the rows, or None."""
    for place in range(len(rows)):
        found = header_at(rows, place, merged, layout)
        if found:
            return found
    return None


def header_at(rows: Sequence[TextRow], place: int, merged: LowRanges, layout: Layout) -> FoundHeader | None:
    """The header that begins at this place, the deepest reading first."""
    number, texts = rows[place]
    filled = [text for text in texts if text]
    if not filled or len(filled) > WIDEST or any(len(squeeze(text)) > LONGEST_HEADER for text in filled):
        return None
    if len(filled) == 1:
        columns = read_header([texts], layout)
        return FoundHeader(place, 1, columns) if columns else None
    if is_total_alone(texts, layout):
        return None  # 合计 5家 above 序号 单位名称 is no group cell over them
    near = merged.near(number)
    for depth in _depths(rows, place, near, layout):
        levels = [texts for _, texts in rows[place : place + depth]]
        numbers = [number for number, _ in rows[place : place + depth]]
        columns = read_header(_spread(levels, numbers, near), layout)
        if columns:
            return FoundHeader(place, depth, columns)
    return None


def _depths(rows: Sequence[TextRow], place: int, merged: Sequence[MergedRange], layout: Layout) -> list[int]:
    number, texts = rows[place]
    below = [
        area.last_row - number + 1
        for area in merged
        if area.first_row == number and number < area.last_row < number + DEEPEST
    ]
    depths = []
    if below:
        last = number + max(below) - 1
        depths.append(sum(number <= other <= last for other, _ in rows[place : place + DEEPEST]))
    elif sum(map(bool, texts)) > 1 and not any(":" in text or "：" in text for text in texts):
        depth = 1
        while depth < DEEPEST and place + depth < len(rows) and _is_sub_header(rows, place, depth, layout):
            depth += 1
        if depth > 1:
            depths.append(depth)
    return [*(depth for depth in depths if depth > 1), 1]


def _is_sub_header(rows: Sequence[TextRow], place: int, depth: int, layout: Layout) -> bool:
    """Whether the row `depth` below is a further level: known words where the group row is blank."""
    top, texts = rows[place][1], rows[place + depth][1]
    filled = [(index, squeeze(text)) for index, text in enumerate(texts) if text]
    if not filled or rows[place + depth][0] != rows[place][0] + depth:
        return False
    if any(len(text) > 20 or as_integer(text) is not None for _, text in filled):
        return False
    known = sum(layout.role_of(text) is not None for _, text in filled)
    titled = 0
    if not known:
        single = read_header([[text for _, text in filled], [""] * len(filled)], layout)
        titled = len(single) if single else 0
    under_blank = any(index >= len(top) or not top[index] for index, _ in filled)
    repeated = any(index < len(top) and squeeze(top[index]) == text for index, text in filled)
    same_columns = [index for index, _ in filled] == [index for index, text in enumerate(top) if text]
    return (known + titled) / len(filled) >= 0.5 and not repeated and (under_blank or same_columns)


def _spread(
    levels: Sequence[Sequence[str]], numbers: Sequence[int], merged: Sequence[MergedRange]
) -> list[list[str]]:
    """The header rows with each group cell repeated over the columns that it heads."""
    width = max(map(len, levels))
    spread = [[*row, *([""] * (width - len(row)))] for row in levels]
    for place, number in enumerate(numbers):
        for area in merged:
            if area.first_row <= number <= area.last_row and area.first_column < width:
                text = spread[max(numbers.index(area.first_row), 0) if area.first_row in numbers else place][
                    area.first_column
                ]
                for column in range(area.first_column, min(area.last_column, width - 1) + 1):
                    spread[place][column] = spread[place][column] or text
    if len(spread) > 1 and not any(area.last_column > area.first_column for area in merged):
        for place in range(len(spread) - 1):
            for column in range(1, width):
                blank = not spread[place][column] and any(row[column] for row in spread[place + 1 :])
                if blank and any(row[column - 1] for row in spread[place + 1 :]):
                    spread[place][column] = spread[place][column - 1]
    return spread
