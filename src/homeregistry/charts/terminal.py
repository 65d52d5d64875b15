"""The same pictures in plain text for a terminal: bars and a heat table, aligned for Chinese.

A Chinese character is two columns wide, so padding counts columns, not characters. Shades are
drawn with block characters and the number beside them; the states read as in `svg`.
"""

from collections.abc import Sequence
from typing import Final

from homeregistry.charts.svg import Cell, Table
from homeregistry.widths import columns

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_SHADES: Final = " ░▒▓█"


def terminal_bars(rows: Sequence[tuple[str, Cell]], width: int = 80) -> str:
    """One line a row: label, bar to scale, number; no line is wider than `width` unless a label is."""
    labels = max((columns(label) for label, _ in rows), default=0)
    numbers = max((columns(cell.text) for _, cell in rows), default=0)
    room = max(8, width - labels - numbers - 3)
    most = max((_value(cell) for _, cell in rows), default=0) or 1
    lines = [f"{_pad(label, labels)} │{_bar(cell, most, room)} {cell.text}".rstrip() for label, cell in rows]
    return "\n".join(lines)


def terminal_heat(table: Table) -> str:
    """A table with a shade before each number; — is not reported, ? behind a number undecided."""
    labels = max(map(columns, table.rows), default=0)
    texts = [[_shaded(cell, _most(table)) for cell in row] for row in table.cells]
    wide = [
        max([columns(name), *(columns(row[index]) for row in texts)])
        for index, name in enumerate(table.columns)
    ]
    lines = [_row("", labels, list(table.columns), wide)]
    lines += [_row(label, labels, row, wide) for label, row in zip(table.rows, texts, strict=True)]
    return "\n".join(lines)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _row(label: str, labels: int, texts: list[str], wide: list[int]) -> str:
    cells = (" " * (room - columns(text)) + text for text, room in zip(texts, wide, strict=True))
    return "  ".join([_pad(label, labels), *cells]).rstrip()


def _bar(cell: Cell, most: int, room: int) -> str:
    eighths = _value(cell) * room * 8 // most
    if _value(cell) and not eighths:
        eighths = 1
    full, rest = divmod(eighths, 8)
    block = "▒" if cell.state == "undecided" else "█"
    return block * full + (_EIGHTHS[rest] if rest else "")


def _shaded(cell: Cell, most: int) -> str:
    value = _value(cell)
    if cell.state == "undecided" or not value:
        return cell.text
    return f"{_SHADES[1 + (value - 1) * 4 // most]} {cell.text}"


def _most(table: Table) -> int:
    return table.full or max((_value(cell) for row in table.cells for cell in row), default=0)


def _value(cell: Cell) -> int:
    return 0 if cell.state == "not_reported" or cell.value is None else cell.value
