"""Tables of tabulate, no wider than the page: the widest columns give way, their cells broken into lines."""

from collections.abc import Sequence
from typing import Final

import tabulate

from homeregistry.widths import columns, longest_piece, wrapped

tabulate.MIN_PADDING = 0
"""The page's columns are for what stands in the cells, not for blanks beside headers."""

_GAP: Final = 2
"""Spaces between two columns."""

_HANGING: Final = 2
"""Columns of a closing mark, which `wrapped` never lets begin a line."""

_SHORT: Final = 10
"""A text of so many columns is not broken: 内蒙古, 总工会, 万州区."""

_READABLE: Final = (20, 12)
"""Widths that a text column keeps as long as others can give way."""


def page_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int
) -> str:
    """Lines under headers and a rule; `right` says which columns stand to the right.

    Where the table would be wider than `width`, cells are broken into lines. Numbers, words and headers stay
    whole: where they alone are wider, so is the table.
    """
    cells = [[cell.strip().splitlines() or [""] for cell in row] for row in rows]
    wide = _widths(headers, cells)
    if _total(wide) > width:
        wide = _narrowed(wide, _least(headers, rows, right), width)
        cells = [[_broken(cell, room) for cell, room in zip(row, wide, strict=True)] for row in cells]
    text = tabulate.tabulate(
        [["\n".join(cell) for cell in row] for row in cells],
        headers=headers,
        disable_numparse=True,  # 1e5 is a code, not 100000
        colalign=["right" if one else "left" for one in right] if rows else None,
    )
    return "\n".join(line.rstrip() for line in text.splitlines())


def _widths(headers: Sequence[str], cells: Sequence[Sequence[list[str]]]) -> list[int]:
    return [
        max([columns(header), *(columns(line) for row in cells for line in row[place])])
        for place, header in enumerate(headers)
    ]


def _least(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[int]:
    """How narrow each column may become: its header, its numbers, its longest word, a short name whole."""
    return [
        max(
            columns(header),
            0,
            *(columns(row[place]) if right[place] else _whole(row[place]) for row in rows),
        )
        for place, header in enumerate(headers)
    ]


def _whole(text: str) -> int:
    return max(longest_piece(text), min(columns(text), _SHORT))


def _narrowed(wide: list[int], least: list[int], width: int) -> list[int]:
    """The widest columns made narrower, column by column; none below a readable width while another can."""
    for readable in (*_READABLE, 0):
        while _total(wide) > width:
            free = [place for place, now in enumerate(wide) if now > max(least[place], readable)]
            if not free:
                break
            wide[max(free, key=wide.__getitem__)] -= 1
    return wide


def _total(wide: Sequence[int]) -> int:
    return sum(wide) + _GAP * (len(wide) - 1)


def _broken(lines: list[str], width: int) -> list[str]:
    """The lines of a cell broken to a width; a closing mark that would hang over gets its room inside it."""
    broken = [part for line in lines for part in wrapped(line, width)] or [""]
    if max(map(columns, broken)) <= width:
        return broken
    return [part for line in lines for part in wrapped(line, width - _HANGING)]
