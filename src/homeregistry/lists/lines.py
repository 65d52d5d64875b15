"""The lines of a document as the list reader wants them: cleaned, gaps as tabs, wrapped ones joined.

A list must read the same whatever the page did to it: NBSP and full-width spaces, page numbers, and
names that a page broke in two. Every line keeps the row it came from, so that each name can be shown
in its source.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.grid import TextDocument
from homeregistry.headings.places import is_body, is_place
from homeregistry.kinds import fold_title, title_pattern
from homeregistry.lists.persons import UNIT_END, ends_in_post
from homeregistry.personal import without_personal
from homeregistry.text import clean, without_pictographs

_GAP = re.compile(r"[ \u3000\xa0\u2000-\u200a\u202f\t]{2,}|\t")
_SPACE = re.compile(r"[\u3000\xa0\u2000-\u200a\u202f]")
_OPENED: Final = "(（〔[［【“「『《"
_CLOSED: Final = ")）〕]］】”」』》"
_TERMINAL: Final = "。；;：:！？!?、"
_STARTS_ANEW = re.compile(
    r"^(?:附件|附[:：]|第[一二三四五六七八九十]+[章条节部]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,4}\s*[、.．)）]|[-—－]{1,2}|注[:：])"
)
_PLACED = re.compile(
    r"^(?P<place>[\u3400-\u9fff、]{2,24})\s*(?P<count>[(（【〔\[][^()（）]{0,4}[0-9０-９一二三四五六七八九十]+[个家名人][^()（）]{0,4}[)）】〕\]])?\s*[:：]"
)
_ENDS_NAME = re.compile(rf"(?:{UNIT_END}|[)）\d])$")
_PROSE = re.compile(r"[，,。；]|荣获|授予|命名|评为|表彰")
_COMPLETE = re.compile(
    r"(?:决定|通知|通报|公告|公示|名单|名册|一览表|汇总表|称号)[)）]?(?:[(（][^()（）]{1,24}[)）])?$"
)
"""A line that ends so is a whole heading, however long: what follows is not its rest."""
_NUMBER_LINE = re.compile(
    r"[\u3400-\u9fff]{1,12}\s*[〔【\[(（［]\s*[12]\d{3}\s*[〕】\])）］]\s*第?\s*\d+\s*号?"
)
_AWAITS_TITLE = re.compile(r"(?:获|评为|授予|命名为|认定为|确认为|表彰|公布|年度?|的|[“\"、，和及])$")
_LONGEST_TIER: Final = 8
_FULL_LINE: Final = 25
_LONGEST_JOIN: Final = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line or several joined ones. `starts` gives the offset at which each row begins.

    `text` has single spaces; a gap of a tab or several spaces is one tab.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    dropped: int = 0

    @property
    def row(self) -> int:
        """The row of the first character."""
        return self.starts[0][1]

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row that went into the line."""
        return tuple(row for _, row in self.starts)

    def row_at(self, offset: int) -> int:
        """The row in which the character at this offset stands."""
        return self.starts[bisect_right(self.starts, (offset, 1 << 60)) - 1][1]

    def part(self, start: int) -> "Line":
        """The line from this offset on, each character still in its row."""
        later = tuple((at - start, row) for at, row in self.starts if at > start)
        return Line(self.text[start:], ((0, self.row_at(start)), *later))


def read_lines(document: TextDocument) -> list[Line]:
    """The non-blank lines, wrapped ones joined; identity and phone numbers are taken out."""
    lines: list[Line] = []
    adjacent = False
    for source in document.lines():
        text = _normal(source.text)
        if not text:
            adjacent = False
            continue
        text, dropped = without_personal(text)
        line = Line(text or "-", ((0, source.number),), dropped)
        if lines and _belongs(lines[-1], line.text, adjacent):
            lines[-1] = _join(lines[-1], line)
        else:
            lines.append(line)
        adjacent = True
    return lines


def _normal(text: str) -> str:
    """Gaps as tabs, every other space as one plain space, controls out."""
    gapped = _GAP.sub("\t", without_pictographs(text.replace("\r", "")))
    parts = [clean(_SPACE.sub(" ", part)) for part in gapped.split("\t")]
    return "\t".join(part for part in parts if part)


def _belongs(line: Line, following: str, adjacent: bool) -> bool:
    """Whether `following` continues the line: the page wrapped it, or a bracket is still open."""
    if adjacent and _flows_on(line, following):
        return True
    return len(line.rows) <= 3 and len(following) < 40 and _is_open(line.text)


def _is_open(text: str) -> bool:
    """A bracket that the line opens near its end and does not close."""
    tail = text[-30:]
    return any(
        tail.count(opened) > tail.count(closed) and text.count(opened) > text.count(closed)
        for opened, closed in zip(_OPENED, _CLOSED, strict=True)
    )


def _is_title(text: str) -> bool:
    """Whether the line is nothing but a title with its tier (全国模范职工之家), which heads names."""
    folded = fold_title(text)
    match = title_pattern().search(folded)
    return match is not None and match.start() <= _LONGEST_TIER and match.end() == len(folded)


def _is_placed(text: str) -> bool:
    """Whether the line begins with the place or body whose names it holds (江油市（3家）：甲厂工会)."""
    match = _PLACED.match(text)
    if match is None:
        return False
    return bool(match["count"]) or all(is_place(one) or is_body(one) for one in match["place"].split("、"))


def _flows_on(line: Line, following: str) -> bool:
    """Whether the page broke the line before `following`; a line that could be whole stays so."""
    text = line.text
    if len(line.rows) >= _LONGEST_JOIN or text[-1] in _TERMINAL or _STARTS_ANEW.match(following):
        return False
    if _is_placed(following) or (_is_title(following) and not _AWAITS_TITLE.search(text)):
        return False
    last = text[max((start for start, _ in line.starts)) :]
    if len(last) < _FULL_LINE or _COMPLETE.search(text) or _NUMBER_LINE.fullmatch(following):
        return False
    if _PROSE.search(text):
        return "\t" not in text
    if "、" in text and "、" in following:
        return not _ENDS_NAME.search(text)
    return _is_broken_name(text, following)


def _is_broken_name(text: str, following: str) -> bool:
    """Whether a page broke one long name in two: the first part ends as no name or post does."""
    if "\t" in text or re.search(r"\s", following) or len(following) > _FULL_LINE:
        return False
    return bool(_ENDS_NAME.search(following)) and not (_ENDS_NAME.search(text) or ends_in_post(text))


def _join(line: Line, following: Line) -> Line:
    shift = len(line.text)
    starts = tuple((start + shift, row) for start, row in following.starts)
    return replace(
        line,
        text=line.text + following.text,
        starts=line.starts + starts,
        dropped=line.dropped + following.dropped,
    )
