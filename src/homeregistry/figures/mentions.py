"""The mentions of a sentence that a number can belong to: titles with the words in front of them, and tiers
that stand alone (市级1个, 8个为市级) and borrow their title from the one before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.figures.lead import LEVEL, Lead, read_lead
from homeregistry.figures.titles import HOME_GRADE, Title, find_titles, grade_of, settle

_LEVEL_ALONE: Final = re.compile(
    rf"(?:{LEVEL}|(?:全国|省|市|县|区)(?=\d))(?:及?以上)?(?=(?:的|称号)*(?:(?:分别|[(:共各有达为则])*(?:近|约|超过?|逾|不少于|至少|不低于|达到)?[\d一二两三四五六七八九十]|[、,，;。)和]|$))"
)
_COORDINATE: Final = re.compile(
    r"(?:荣誉)?(?:称号)?[\d.,万千百余多约近个家名人位]*[、,，和与及/]*(?:[\d.万千百余多约近]+[个家名人位](?:单位|集体|小组)?)?"
)
_OPEN: Final = re.compile(r"(?:^|[、，,;:(\n]|其中|获评|荣获|获|含|包括)$")
_OTHER_COUNT: Final = re.compile(r"\d[余多]?[个家处所间座项户]")
"""A sentence that counts something of its own before its tiers (阵地140处,其中乡镇一级68处)."""
_TAIL: Final = re.compile(r"(?:荣誉)?称号")


@dataclass(frozen=True, slots=True)
class Mention:
    """A title in a sentence with its lead; `start` includes the lead, `end` a 称号 behind it.

    `elided` says that the title itself is borrowed from another mention (a tier alone).
    """

    start: int
    end: int
    title: Title
    lead: Lead
    elided: bool = False

    @property
    def known(self) -> bool:
        """Whether the mention names kinds of the table."""
        return bool(self.title.kinds)


def find_mentions(text: str, before: Sequence[Title] = ()) -> list[Mention]:
    """The mentions of one sentence; `before` are titles that earlier text leaves in force."""
    inherited = list(before)
    resolved = settle([*inherited, *find_titles(text)])[len(settle(inherited)) :]
    mentions: list[Mention] = []
    for title in resolved:
        floor = mentions[-1].end if mentions else 0
        lead = read_lead(text, title.start, floor)
        title = _regraded(text, title, lead, mentions)
        tail = _TAIL.match(text, title.end)
        mentions.append(Mention(lead.start, tail.end() if tail else title.end, title, lead))
    return _with_levels(text, mentions, inherited)


def _regraded(text: str, title: Title, lead: Lead, before: list[Mention]) -> Title:
    """职工小家 in one list with 模范职工之家 has its grade: 模范职工之家12个、职工小家15个."""
    if title.form != "bare" or not before:
        return title
    last, grade = before[-1], grade_of(before[-1].title)
    gap = text[last.end : lead.start]
    if len(last.title.kinds) > 1:
        gap = re.sub(r"[，,(]?(?:其中|包括|含):?", "、", gap)
    if grade is None or not _COORDINATE.fullmatch(gap):
        return title
    kind = HOME_GRADE[grade][title.printed.endswith("小家")]
    return replace(title, kinds=(kind,), form="short")


def _with_levels(text: str, mentions: list[Mention], inherited: Sequence[Title]) -> list[Mention]:
    """Adds tiers that stand alone, with the title that they lean on."""
    found = list(mentions)
    for match in _LEVEL_ALONE.finditer(text):
        if any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        if "级" not in match.group() and not _OPEN.search(text[: match.start()]):
            continue  # 本市2个, 全市186家: a scope, not a tier
        before = [m.title for m in mentions if m.end <= match.start()]
        after = [m for m in mentions if m.start >= match.end()]
        base = before[-1] if before else None
        if base is None and after and after[0].start - match.end() <= 40:
            base = after[0].title
        if base is None and inherited and not _OTHER_COUNT.search(text, 0, match.start()):
            base = inherited[-1]
        if base is None:
            continue
        lead = read_lead(
            text, match.end(), max((m.end for m in mentions if m.end <= match.start()), default=0)
        )
        title = replace(
            base, start=match.start(), end=match.end(), form="level", printed=match.group(), activity=False
        )
        found.append(Mention(min(lead.start, match.start()), match.end(), title, lead, True))
    return sorted(found, key=lambda mention: mention.start)
