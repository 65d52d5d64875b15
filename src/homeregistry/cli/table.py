"""A table aligned for Chinese on a terminal: the `simple` table of tabulate, to the character.

A Chinese character is two columns wide. The library itself is not imported here: with its widths it takes
four times as long to load as `region lookup` takes to answer. A test holds the two against each other.
"""

from collections.abc import Sequence
from unicodedata import category, east_asian_width

_PADDING = 2
"""How much wider than its header a column is at least."""


def simple_table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Lines under headers and a rule; `right` says which columns stand to the right."""
    cells = [[_lines(cell) for cell in row] for row in rows]
    wide = [
        max([columns(header) + _PADDING, *(columns(line) for row in cells for line in row[place])])
        for place, header in enumerate(headers)
    ]
    body = [
        [cell[number] if number < len(cell) else "" for cell in row]
        for row in cells
        for number in range(max(map(len, row), default=1))
    ]
    rule = "  ".join("-" * width for width in wide)
    lines = [_line(line, wide, right) for line in body]
    return "\n".join([_line(headers, wide, right), rule, *lines])


def columns(text: str) -> int:
    """Terminal columns that a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _lines(cell: str) -> list[str]:
    return cell.strip().splitlines() or [""]


def _line(texts: Sequence[str], wide: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        " " * (width - columns(text)) + text if to_right else text + " " * (width - columns(text))
        for text, width, to_right in zip(texts, wide, right, strict=True)
    )
    return "  ".join(padded).rstrip()
