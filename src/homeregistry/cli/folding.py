"""Wide tables folded to the width of a terminal: the widest texts take several lines, numbers never.

A finding or a figure has more to say than a line holds. Columns give way one by one, the widest
first; a word of letters and digits (a key, a file name, 1500) is never torn.
"""

import re
import shutil
import sys
from collections.abc import Sequence
from typing import Final

from homeregistry.cli.table import columns

WIDTH: Final = 100
"""What a table is folded to where the output is no terminal, or a narrower one."""
_NARROWEST: Final = 8
_GAP: Final = 2
_PIECES: Final = re.compile(r"[!-~]+|\s|.", re.DOTALL)


def page_width() -> int:
    """The columns there are: the terminal's, at least 100; 100 in files, so that they do not vary."""
    return max(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns) if sys.stdout.isatty() else WIDTH


def folded(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """The rows with line breaks in their widest cells, so that the table takes `width` columns.

    A table whose headers and longest words alone are wider stays wider: nothing is cut off.
    """
    cells = [list(row) for row in rows]
    wide = [max([columns(header) + _GAP, *_widths(cells, at)]) for at, header in enumerate(headers)]
    least = [
        max([columns(header) + _GAP, _NARROWEST, *(_longest_piece(row[at]) for row in cells)])
        for at, header in enumerate(headers)
    ]
    while sum(wide) + _GAP * (len(wide) - 1) > width:
        widest = max(
            (at for at in range(len(wide)) if wide[at] > least[at]), key=lambda at: wide[at], default=None
        )
        if widest is None:
            break
        wide[widest] -= 1
    return [["\n".join(_wrapped(cell, wide[at])) for at, cell in enumerate(row)] for row in cells]


def _widths(rows: Sequence[Sequence[str]], at: int) -> list[int]:
    return [columns(line) for row in rows for line in row[at].splitlines()]


def _longest_piece(text: str) -> int:
    return max((columns(piece) for piece in _PIECES.findall(text)), default=0)


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces and between characters."""
    lines = []
    for part in text.splitlines() or [""]:
        line = ""
        for piece in _PIECES.findall(part):
            if line and columns(line) + columns(piece) > width:
                kept, _, tail = line.rpartition(" ")
                if not kept or columns(tail) + columns(piece) > width:
                    kept, tail = line, ""
                lines.append(kept.rstrip())
                line = tail
            line += piece if line or not piece.isspace() else ""
        lines.append(line.rstrip())
    return lines
