"""The text as the grammar reads it: folded, without quotation marks and breaks, each character traced.

Reports print 全国模范“职工之家”, １５００ 余个 and lines broken by a page; the grammar sees
全国模范职工之家 and 1500余个. Each character of the view knows where it stands in the source, so that
quotes stay exact.
"""

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass

from homeregistry.text import key

_QUOTES = frozenset("\"'<>`")
_LINE = re.compile(r"[^\n]*\n?")
_BULLET = re.compile(
    r"\s*(?:[-*•·●■◆▪○>☆★]|[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳]|第[一二三四五六七八九十]+[章节条部]|[\u3400-\u9fff]{2,8}[:：])"
)
_COUNTED = re.compile(r"[\u3400-\u9fff]{2,14}[(（]\d+[个家名人][)）]")
_DATED = re.compile(r"\s*(?:[1１][9９]|[2２][0０])\d\d\s*[年./]")
_STOP = "。！？；：!?;:"
_SOFT_WIDTH = 18
"""A shorter line without a full stop is a line of its own (a heading, an item), not a wrapped one."""


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what the grammar reads; `starts[i]` is the source offset of its character i."""

    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of view characters start to end (end excluded; not empty)."""
        return self.starts[start], self.starts[end - 1] + 1

    def place(self, offset: int) -> int:
        """The first view position at or after a source offset."""
        return bisect_left(self.starts, offset)


def view(source: str) -> View:
    """Folds a source text; single line breaks inside a wrapped sentence disappear, others stay."""
    chars: list[str] = []
    starts: list[int] = []
    soft = _soft_breaks(source)
    for at, char in enumerate(source):
        if char == "\n":
            if at not in soft and chars and chars[-1] != "\n":
                chars.append("\n")
                starts.append(at)
            continue
        if char == "，":
            chars.append("," if _wide_thousands(source, at) else "，")
            starts.append(at)
            continue
        folded = key(char)
        if not folded:
            if char.isspace() and _keeps_space(source, at):
                chars.append(" ")
                starts.append(at)
            continue
        for part in folded:
            if part not in _QUOTES:
                chars.append(part)
                starts.append(at)
    return View("".join(chars), tuple(starts))


def _keeps_space(source: str, at: int) -> bool:
    """A space between two figures separates them (columns), or their thousands: it must stay."""
    before, after = source[max(0, at - 9) : at].rstrip()[-1:], source[at : at + 9].lstrip()[:1]
    first = at == 0 or not source[at - 1].isspace()
    return first and before.isdecimal() and after.isdecimal()


def _wide_thousands(source: str, at: int) -> bool:
    """１，２３４ typed full-width throughout; 12，345 is two numbers of a list."""
    before, after = source[at - 1 : at], source[at + 1 : at + 4]
    wide = "０１２３４５６７８９"
    return before != "" and before in wide and len(after) == 3 and all(char in wide for char in after)


def _soft_breaks(source: str) -> frozenset[int]:
    """Offsets of single line breaks that only wrap a sentence (pages printed or copied from PDF)."""
    soft: set[int] = set()
    lines = [match for match in _LINE.finditer(source) if match.group()]
    for current, following in itertools.pairwise(lines):
        text, after = current.group().strip(), following.group()
        if len(text) < _SOFT_WIDTH or text[-1] in _STOP or not after.strip():
            continue
        if _COUNTED.fullmatch(after.strip()):
            continue  # a heading, and below it 淮北市(3个)
        if _DATED.match(text) and _DATED.match(after):
            continue  # 2008年…\n2012年…: a list of years
        if _BULLET.match(after) or after[0] in "\u3000\t " or len(after.strip()) < 2:
            continue
        soft.add(current.end() - 1)
    return frozenset(soft)
