"""How wide a text is on a terminal, and lines broken by that width: a Chinese character takes two columns.

No library is imported here: the usual one takes four times as long to load as `region lookup` takes to
answer. A test holds the widths against it.
"""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import category, east_asian_width

_PIECES: Final = re.compile(r"[!-~\u00a0]+|\s+|.")
_NEVER_FIRST: Final = frozenset("，。；：！？、）》”…")
_NEVER_LAST: Final = frozenset("（《“")


def columns(text: str) -> int:
    """Terminal columns that a text takes; marks that join the character before and controls take none."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_width, text))


def _width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def longest_piece(text: str) -> int:
    """Columns of the longest part that `wrapped` never breaks: a Latin word, a number, an address."""
    return max((columns(piece) for piece in _PIECES.findall(text)), default=0)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, two more where a mark may not begin the next line.

    Latin words stay whole, and what a no-break space joins; Chinese breaks anywhere but before a closing
    and after an opening mark.
    """
    line = ""
    for piece in _PIECES.findall(text):
        fits = columns(line) + columns(piece.rstrip()) <= width
        if fits or not line.strip() or piece in _NEVER_FIRST:
            line += piece
            continue
        kept = line.rstrip()
        moved = kept[-1] if kept[-1:] in _NEVER_LAST else ""
        yield kept.removesuffix(moved)
        line = moved + piece.lstrip()
    if line.strip():
        yield line.rstrip()
