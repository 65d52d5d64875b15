"""The lines of a column put together to paragraphs: which of them the column's edge has broken in two.

A line that stopped with room to spare ended on purpose. One that filled its column may have been broken
or may just be so long: serial numbers and indents tell, else the way in which the other entries end.
Where nothing tells, both lines stay as they are and the doubt is handed on.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from homeregistry.headings.places import PLACE
from homeregistry.lists.entries import take_serial
from homeregistry.lists.persons import is_person_name
from homeregistry.readers.pages.glyphs import COLUMN, TextLine, joined, wraps
from homeregistry.readers.pages.passagekinds import (
    is_complete,
    is_heading,
    is_remainder,
    is_tail,
    kind_of,
    names_recipients,
)
from homeregistry.text import squeeze

_INDENT: Final = 0.4
"""Left edges so many heights apart are two indents."""

_SHORT: Final = 1.0
"""A line that has room for so many more heights of type is not quite full."""

_SIZES: Final = 0.1
"""Type that differs by such a share of its size is other type."""

_FEWEST_LINES: Final = 4
_FEWEST_TORN: Final = 2
"""A single column has so many lines and breaks so many names (one where indents tell), or is none."""

_SAME: Final = 3
"""From so many entries that end alike, the others are expected to."""

_MOST: Final = 0.8
"""The share of entries from which on their way to end or to begin is the list's own."""

_NAME_AT_END = re.compile(r"(?:^|\s)(\S\s\S{1,2}|\S{2,4})$")
_PLACE_FIRST = re.compile(PLACE)
_UNION_END = re.compile(r"(?:工会(?:委员会|工作委员会|联合会)?|分会|小组|小家)[)）]?$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line or several joined ones; `doubtful` where nobody can tell whether it goes on in the next."""

    page: int
    text: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line of a column; `indent` and `end` are counted from the column's left edge."""

    line: TextLine
    column: int
    indent: float
    end: float


def paragraphs(columns: Sequence[Sequence[TextLine]]) -> list[list[Passage]]:
    """The lines of equally wide columns as passages, each in the column that it begins in."""
    laid: list[_Laid] = []
    for number, lines in enumerate(columns):
        left = min(line.left for line in lines)
        laid.extend(_Laid(line, number, line.left - left, line.right - left) for line in lines)
    reading = _Reading(laid)
    read: list[list[Passage]] = [[] for _ in columns]
    for column, passage in reading.passages():
        read[column].append(passage)
    return read


def in_one_column(lines: Sequence[TextLine]) -> Iterator[Passage]:
    """The lines of a page that stand in one column as passages: names that it has wrapped are put together.

    Where the lines show no edge that has broken a name they stay as they are.
    """
    for _, stretch in groupby(lines, _is_text_between()):
        own = list(stretch)
        read = _wrapped_names(own)
        yield from read or (_passage(line) for line in own)


def _wrapped_names(lines: Sequence[TextLine]) -> list[Passage] | None:
    """The names of a column whose edge has surely broken some of them; None where it is no such column."""
    if len(lines) < _FEWEST_LINES:
        return None
    left = min(line.left for line in lines)
    reading = _Reading([_Laid(line, 0, line.left - left, line.right - left) for line in lines])
    if reading.torn < (1 if reading.is_indented else _FEWEST_TORN):
        return None
    read = [passage for _, passage in reading.passages()]
    return read if names_recipients(passage.text for passage in read) else None


class _Reading:
    """The lines in their order, and what they share: how entries begin, how they end."""

    def __init__(self, laid: Sequence[_Laid]) -> None:
        self._laid = laid
        self._width = max(one.end for one in laid)
        self._headings = [is_heading(one.line.text) for one in laid]
        serials = [serial for one in laid if (serial := take_serial(one.line.text)[0]) is not None]
        rising = sum(after - before == 1 for before, after in pairwise(serials))
        self._numbered = len(serials) > 2 and rising * 2 >= len(serials) - 1
        self._hanging = self._indent_tells(continued=True)
        self._first_indented = not self._hanging and self._indent_tells(continued=False)
        ended = [
            place for place in range(len(laid) - 1) if not self._headings[place] and not self._filled(place)
        ]
        whole = [text for place in ended if not is_remainder(text := laid[place].line.text)]
        self._in_unions = _most(map(_is_union, whole))
        self._in_nothing_else = all(map(_is_union, whole))
        self._in_names = _most(map(_ends_in_name, whole))
        self._starts = _common([laid[place + 1].line.text[:2] for place in ended])
        self.torn = sum(self._is_torn(place) for place in range(len(laid) - 1))

    @property
    def is_indented(self) -> bool:
        """Whether indents tell where entries begin."""
        return self._hanging or self._first_indented

    def passages(self) -> Iterator[tuple[int, Passage]]:
        """The passages, each with the number of its column."""
        column, passage = self._laid[0].column, _passage(self._laid[0].line)
        for place, one in enumerate(self._laid[1:], start=1):
            goes_on = self._goes_on(place, passage.text)
            if goes_on:
                passage = replace(passage, text=joined(passage.text, one.line.text))
                continue
            doubtful = goes_on is None
            yield column, replace(passage, doubtful=passage.doubtful or doubtful)
            column, passage = one.column, replace(_passage(one.line), doubtful=doubtful)
        yield column, passage

    def _goes_on(self, place: int, text: str) -> bool | None:
        """Whether the line at this place continues the passage before it; None where nobody can tell."""
        one = self._laid[place]
        if self._numbered and take_serial(one.line.text)[0] is not None:
            return False
        if not self._filled(place - 1):
            return None if self._stops_short(place - 1) else False
        if self.is_indented and not self._headings[place]:
            return _indented(one) == self._hanging
        if self._numbered and take_serial(text)[0] is not None and not self._headings[place]:
            return True
        return self._reads_on(text, one.line.text, self._headings[place])

    def _reads_on(self, text: str, following: str, heads: bool) -> bool | None:
        """What the words say: a broken name ends as none does, or goes on with what can be no name."""
        if text.endswith(("、", "，", ",")) or is_tail(following):
            return True
        if is_remainder(following):
            return None if is_complete(text) else True
        if heads or is_heading(text) or not self.torn:
            return False
        if self._in_names:
            return not _ends_in_name(text)
        if not is_complete(text):
            return True
        if self._in_unions and not _is_union(text):
            return True if self._in_nothing_else and not _PLACE_FIRST.match(following) else None
        if self._in_unions and (_is_union(following) or not is_complete(following)):
            return False
        return False if following[:2] in self._starts else None

    def _filled(self, place: int, to_spare: float = 0.0) -> bool:
        """Whether the line at this place left no room for what the next line begins with, or not so much
        more.
        """
        one, following = self._laid[place], self._laid[place + 1]
        return wraps(one.line, following.line, self._width - one.end - to_spare)

    def _stops_short(self, place: int) -> bool:
        """Whether the line ends a little before the edge and yet as no name does: broken by hand, perhaps."""
        if not self.torn or self.is_indented:
            return False
        near = self._filled(place, _SHORT * self._laid[place].line.size)
        return (
            near
            and not (self._headings[place] or self._headings[place + 1])
            and not is_complete(self._laid[place].line.text)
        )

    def _indent_tells(self, *, continued: bool) -> bool:
        """Whether every line that is indented (`continued`), or every one that is not, follows a filled
        line: then those are the ones that go on.
        """
        going_on = starting = 0
        for place, one in enumerate(self._laid):
            if _indented(one) != continued:
                starting += not self._headings[place]
            elif not self._headings[place] and place:
                if not self._filled(place - 1):
                    return False
                going_on += 1
        return going_on > 0 and starting > 1

    def _is_torn(self, place: int) -> bool:
        """Whether the line at this place surely goes on in the next."""
        if not self._filled(place) or self._headings[place] or self._headings[place + 1]:
            return False
        return not is_complete(self._laid[place].line.text)


def _most(answers: Iterable[bool]) -> bool:
    """Whether nearly all entries answer yes, and there are entries enough."""
    given = list(answers)
    return len(given) >= _SAME and sum(given) >= _MOST * len(given)


def _ends_in_name(text: str) -> bool:
    """Whether a gap and a personal name end the text: 某公司工会主席 宋 辉."""
    match = _NAME_AT_END.search(text)
    return match is not None and is_person_name(match[1])


def _common(starts: Sequence[str]) -> frozenset[str]:
    """The beginnings that many entries share: the province's name before all of its units."""
    counts = Counter(starts)
    return frozenset(start for start, count in counts.items() if count >= _SAME and count * 4 >= len(starts))


def _is_union(text: str) -> bool:
    return _UNION_END.search(squeeze(text)) is not None


def _is_text_between() -> Callable[[TextLine], int]:
    """Numbers the stretches of lines between titles, running text and changes of the type's size."""
    number, size = 0, 0.0

    def stretch(line: TextLine) -> int:
        nonlocal number, size
        apart = len(line.pieces(COLUMN)) > 1 or kind_of(line.text) in ("title", "prose")
        if apart or abs(line.size - size) > _SIZES * line.size:
            number, size = number + 1, 0.0 if apart else line.size
        return number

    return stretch


def _indented(one: _Laid) -> bool:
    return one.indent > _INDENT * one.line.size


def _passage(line: TextLine) -> Passage:
    return Passage(line.page, line.text)
