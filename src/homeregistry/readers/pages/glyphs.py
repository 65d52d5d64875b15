"""The characters of a page's lines with their places: what tables and columns of text are told by.

All lengths are points. Gaps are compared in heights of the type, since a page of small type sets
everything nearer together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

SPACE: Final = 0.25
CELL: Final = 0.8
COLUMN: Final = 1.5
"""Gaps between two characters, in heights of the type: a space, perhaps another cell, surely one."""

STRIP: Final = 0.1
"""White space down a table is at least so wide; characters of one word touch."""

FAR: Final = 1e9

Edges = tuple[float, float]
"""Where a stretch of a page begins and ends, from the left."""

_SLACK: Final = 0.25
"""By how many heights a full line may fall short of the widest: spaces beside digits and Latin words."""

_OPENING: Final = "(（〔[［【“「『《"
_CLOSING: Final = ")）〕]］】”」』》、，,。；;：:！？!?"


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
        pieces = [glyph.text for glyph in self.glyphs[:1]]
        for before, after in pairwise(self.glyphs):
            gap = (after.left - before.right) / self.size
            pieces.append("\t" if gap >= COLUMN else " " if gap >= SPACE else "")
            pieces.append(after.text)
        return "".join(pieces)

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the last character ends."""
        return self.glyphs[-1].right

    @property
    def middle(self) -> float:
        """How far down the page the middle of its height lies."""
        return self.top + self.size / 2

    @property
    def is_row(self) -> bool:
        """Whether the line may be several cells."""
        return len(self.pieces()) > 1

    def pieces(self, gap: float = CELL) -> list[str]:
        """The words between gaps of so many heights, without spaces; as they are, between those that may part
        cells.
        """
        found = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            if after.left - before.right >= gap * self.size:
                found.append("")
            found[-1] += after.text
        return found

    def part(self, left: float, right: float) -> "TextLine | None":
        """The characters whose middle lies between two edges, or None where there is none."""
        inside = tuple(glyph for glyph in self.glyphs if left <= (glyph.left + glyph.right) / 2 < right)
        return replace(self, glyphs=inside) if inside else None

    def between(self, left: float, right: float) -> str | None:
        """The words whose middle lies between two edges."""
        part = self.part(left, right)
        return part.text.replace("\t", " ") if part else None

    def crosses(self, edge: float) -> bool:
        """Whether the line writes on across an upright edge: a character, or two that touch, stand on it."""
        before = max((glyph.right for glyph in self.glyphs if glyph.left < edge), default=-FAR)
        after = min((glyph.left for glyph in self.glyphs if glyph.left >= edge), default=FAR)
        return before > edge or after - before < STRIP * self.size


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


def wraps(before: TextLine, after: TextLine, room: float) -> bool:
    """Whether the first word of `after` had no room left behind `before`, so that a line had to end there.

    `room` is how far to the right of where `before` ends a line of this column can still reach. A line
    that stopped with room to spare was ended on purpose.
    """
    return _first_word(after.glyphs) > room - _SLACK * before.size


def joined(before: str, after: str) -> str:
    """Two lines of one cell or paragraph as one; a broken line stands for a space between Latin words."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before}{' ' if latin else ''}{after}"


def _first_word(glyphs: Sequence[Glyph]) -> float:
    """How wide the first piece is that no line may break: an ideograph with its marks, or a Latin word."""
    end = 1
    while end < len(glyphs):
        last, following = glyphs[end - 1].text, glyphs[end].text
        latin = last.isascii() and last.isalnum() and following.isascii() and following.isalnum()
        if not (latin or last in _OPENING or following in _CLOSING):
            break
        end += 1
    return glyphs[end - 1].right - glyphs[0].left
