"""The headings that govern the line being read, as a stack, and what each has counted.

A list has levels that documents mark by ordinals (附件1, 一、, (一)) or not at all. What decides is
whether names already stood under a heading: one without names governs the next, one with names ends.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.headings.heading import Heading
from homeregistry.headings.places import is_body, is_place, lies_in
from homeregistry.problems import Problem
from homeregistry.records import HeadingContext
from homeregistry.years import YearSpan

_RANKS: Final = (
    (re.compile(r"^[【\[(（]?附(?:件|表|录)?\s*[0-9０-９一二三四五六七八九十]*"), 1),
    (re.compile(r"^第?[一二三四五六七八九十]{1,3}(?:、|\.|．|部分)"), 3),
    (re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]"), 4),
    (re.compile(r"^[0-9０-９]{1,3}\s*[、.．]"), 5),
    (re.compile(r"^[(（][0-9０-９]{1,3}[)）]|^[①-⑳]"), 6),
)
_DOCUMENT = re.compile(r"(?:决定|通知|通报|公告|意见|公报)[)）]?$")
PLAIN: Final = 2
SECTION: Final = 3
YEAR: Final = 7
"""A year with its count and nothing else stands below every title and section."""


@dataclass(slots=True)
class Frame:
    """One governing heading; `direct` counts names under it, `total` those of its sections too.

    An `inline` one shares its line with its names (义乌市(2个):A、B), so that the next place ends it.
    A `parted` one is a place or group that other places part (太原市: 清徐县, 迎泽区).
    An `announced` count (授予甲厂工会等2个单位…) counts the names of its kind, whatever parts they stand in.
    """

    heading: Heading
    row: int
    rank: int
    declared: int | None = None
    stated: str | None = None
    declared_row: int | None = None
    inline: bool = False
    announced: bool = False
    parted: bool = False
    direct: int = 0
    total: int = 0
    serial: int | None = None

    @property
    def is_scope(self) -> bool:
        """Whether it is a place, body or group and names no title."""
        return self.heading.scope is not None

    def gathers(self, heading: Heading) -> bool:
        """Whether it is the title of a whole list (2022年度表彰名单) of which this title is one part."""
        own = self.heading
        general = own.is_list_title and not (own.kinds or own.other_title or own.scope)
        return general and not self.direct and heading.years in (None, own.years)

    def holds(self, scope: str, rank: int) -> bool:
        """Whether a place or body below it is a part: 太原市 holds 清徐县, 一、地区推荐 all until 二、."""
        own = self.heading.scope
        if own is None or self.direct or self.declared == 0:
            return False
        grouping = self.rank > PLAIN and not is_place(own) and not is_body(own)
        return lies_in(scope, own) or (grouping and (rank == PLAIN or rank > self.rank))


def rank_of(text: str, heading: Heading) -> int:
    """How high a heading stands: 0 the document's own title, 1 an annex, 2 plain, 3 and on 一、."""
    for pattern, rank in _RANKS:
        if pattern.match(text):
            return rank
    return 0 if _DOCUMENT.search(text) or len(heading.kinds) > 2 else PLAIN


class Frames:
    """The stack of governing headings over a root context."""

    def __init__(self, root: HeadingContext) -> None:
        self.root = root
        self._stack: list[Frame] = []
        self.closed: list[Frame] = []

    @property
    def top(self) -> Frame | None:
        """The heading directly above, or None before the first."""
        return self._stack[-1] if self._stack else None

    @property
    def context(self) -> HeadingContext:
        """The context of the line being read."""
        return self._stack[-1].heading.context if self._stack else self.root

    @property
    def document_context(self) -> HeadingContext:
        """The context of the document's own title, under which its sentences are read."""
        first = self._stack[0] if self._stack else None
        context = first.heading.context if first and first.rank == 0 else self.root
        return replace(context, kind=None, stars=None)

    @property
    def noun(self) -> str | None:
        """The noun that a grade alone (一、模范) abbreviates here."""
        nouns = [frame.heading.noun for frame in self._stack if frame.heading.noun]
        return nouns[-1] if nouns else None

    @property
    def nomination(self) -> str | None:
        """The word that makes the names here candidates."""
        words = [frame.heading.nomination for frame in self._stack if frame.heading.nomination]
        return words[0] if words else None

    @property
    def not_awarded(self) -> str | None:
        """`recheck` or `revoked` where the names here received nothing."""
        found = [frame.heading.not_awarded for frame in self._stack if frame.heading.not_awarded]
        return found[-1] if found else None

    @property
    def other_title(self) -> str | None:
        """The unknown title the names here received."""
        for frame in reversed(self._stack):
            if frame.heading.kinds:
                return None
            if frame.heading.other_title:
                return frame.heading.other_title
        return None

    @property
    def doubts(self) -> tuple[str | None, str | None]:
        """The word of nomination and the unknown title that hold for the names here."""
        return self.nomination, self.other_title

    def covers(self, heading: Heading) -> bool:
        """Whether an open heading of several titles names this one among them, with no other year or tier.

        先进职工之家： below 2019年度某市先进职工之家、先进职工小家名单 is its part, with its year.
        """
        if not heading.kinds:
            return False
        tier = heading.context.tier_printed
        return any(frame.gathers(heading) for frame in self._stack) or any(
            len(frame.heading.kinds) > 1
            and set(heading.kinds) < set(frame.heading.kinds)
            and heading.years in (None, frame.heading.years)
            and tier in (None, frame.heading.context.tier_printed)
            for frame in self._stack
        )

    def parent_for(self, rank: int) -> HeadingContext:
        """Ends what a heading of this rank ends and gives the context it stands under."""
        if rank > PLAIN:
            level = [i for i, frame in enumerate(self._stack) if self._same_level(frame, rank)]
            if level:
                self._close(level[0])
        while self._stack and self._ends(self._stack[-1], rank):
            self.closed.append(self._stack.pop())
        return self.context

    def parent_for_scope(self, scope: str | None = None, rank: int = PLAIN) -> HeadingContext:
        """Ends the previous place or body, with the sections inside it, unless it holds the new one."""
        places = [index for index, frame in enumerate(self._stack) if frame.is_scope]
        holding = [index for index in places if scope and self._stack[index].holds(scope, rank)]
        if holding:
            self._stack[holding[-1]].parted = True
            self._close(holding[-1] + 1)
        elif places:
            self._close(places[0])
        return self.context

    def _close(self, first: int) -> None:
        self.closed.extend(reversed(self._stack[first:]))
        del self._stack[first:]

    def recommends_beside(self, body: str) -> bool:
        """Whether 市教育工会 among districts that head the names of a city's list heads names as they do.

        Below a place that is itself a 市 it may be that place's own union, which is a recipient.
        """
        top = self.top
        place = top.heading.scope if top is not None else None
        if place is None or not is_place(place) or not self._stack[-1].direct:
            return False
        level = body[0]
        tier = (self.context.tier_printed or "").removesuffix("级")
        return level in "省市区县州盟旗" and tier.endswith(level) and not place.endswith(level)

    def keep_to_line(self) -> None:
        """The heading just opened shares its line with its names."""
        if self._stack:
            self._stack[-1].inline = True

    def turn_to(self, place: str | None) -> None:
        """A place in front of names ends the one before it that stood so too."""
        if place and self._stack and self._stack[-1].inline:
            self.parent_for_scope()

    def push(self, heading: Heading, row: int, rank: int) -> None:
        """Puts a heading over the lines that follow."""
        frame = Frame(heading, row, rank)
        if heading.declared is not None:
            frame.declared, frame.stated = heading.declared, heading.stated
        else:
            _announce(frame, heading, row)
        self._stack.append(frame)

    def state(self, declared: int, stated: str, row: int) -> Frame | None:
        """Gives the heading above the count that stands on a line of its own (--35家--).

        Where it has one already the count is a second one (合计); the frame it speaks of comes back.
        """
        top = self.top
        if top is None:
            return None
        if top.declared is None and top.total == 0:
            top.declared, top.stated, top.declared_row = declared, stated, row
            return None
        return top if "小计" in stated else self._stack[0]

    def complete(self, heading: Heading, row: int) -> bool:
        """Adds what a lead says to the heading above that has no names yet and the same title; False if
        there is none."""
        top = self.top
        if top is None or top.total or not heading.kinds or not set(heading.kinds) <= set(top.heading.kinds):
            return False
        said, known = heading.context, top.heading.context
        if top.declared is None:
            _announce(top, heading, row)
        context = replace(
            _with_evidence(known, said),
            year_from=known.year_from or said.year_from,
            year_to=known.year_to or said.year_to,
            tier_printed=known.tier_printed or said.tier_printed,
            system=known.system or said.system,
        )
        top.heading = replace(
            top.heading,
            context=context,
            nomination=top.heading.nomination or heading.nomination,
            not_awarded=top.heading.not_awarded or heading.not_awarded,
        )
        return True

    def add_years(self, years: YearSpan) -> None:
        """A line that is nothing but (2020年度) dates the heading directly above it."""
        if self._stack:
            top = self._stack[-1]
            context = replace(top.heading.context, year_from=years.first, year_to=years.last)
            top.heading = replace(top.heading, context=context)

    def add_evidence(self, context: HeadingContext) -> None:
        """Adds issuer, number and date of the decision from a line of its own."""
        self.root = _with_evidence(self.root, context)
        for frame in self._stack:
            frame.heading = replace(frame.heading, context=_with_evidence(frame.heading.context, context))

    def begin_with(self, context: HeadingContext) -> None:
        """What the document's own title says holds for every heading that does not say better."""
        self.root = replace(
            _with_evidence(self.root, context),
            year_from=self.root.year_from or context.year_from,
            year_to=self.root.year_to or context.year_to,
        )

    def count_name(self, serial: int | None) -> Problem | None:
        """Counts one name under every heading above; a gap in the serial numbers is a problem."""
        kind = self.context.kind
        for frame in self._stack:
            if not frame.announced or frame.heading.context.kind == kind:
                frame.total += 1
        top = self.top
        if top is None:
            return None
        top.direct += 1
        before, top.serial = top.serial, serial if serial is not None else top.serial
        if serial is None or before is None or serial in (before + 1, 1):
            return None
        code = "serial_repeat" if serial == before else "serial_gap"
        return Problem(code, value=str(serial), params={"previous": before})

    def finish(self) -> list[Frame]:
        """All headings that stated a count, in the order of their rows."""
        frames = self.closed + self._stack
        held = (frame for frame in frames if frame.total or not frame.announced)
        return sorted((frame for frame in held if frame.declared is not None), key=_row)

    def _same_level(self, frame: Frame, rank: int) -> bool:
        return not frame.is_scope and frame.rank >= rank

    def _ends(self, frame: Frame, rank: int) -> bool:
        if frame.is_scope:
            return frame.direct > 0 or frame.parted or (frame.total == 0 and frame.declared is not None)
        if frame.rank > rank:
            return True
        if frame.rank < rank:
            return False
        stated = frame.declared is not None and not frame.announced
        return frame.total > 0 or stated or rank != PLAIN


def _with_evidence(context: HeadingContext, added: HeadingContext) -> HeadingContext:
    return replace(
        context,
        issuer_printed=context.issuer_printed or added.issuer_printed,
        decision_no=context.decision_no or added.decision_no,
        decision_date=context.decision_date or added.decision_date,
    )


def inside(given: HeadingContext, heading: Heading) -> Heading:
    """A place that lies in the place above it is said with it: of four 鼓楼区 the one in 福州市."""
    above, own = given.region_printed, heading.context.region_printed
    if not above or not own or not lies_in(own, above.rpartition(" ")[2]):
        return heading
    return replace(heading, context=replace(heading.context, region_printed=f"{above} {own}"))


def _announce(frame: Frame, heading: Heading, row: int) -> None:
    if heading.announced is not None:
        frame.declared, frame.stated = heading.announced.value, heading.announced.printed
        frame.declared_row, frame.announced = row, True


def _row(frame: Frame) -> int:
    return frame.declared_row or frame.row
