"""What earlier lines and sentences leave in force: titles, headings with their tier, scope, years.

A report says a thing once and leans on it for a page: a heading names the title of the lines below it, a
decision its tier, a list of honours that every line is one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from homeregistry.figures.conferring import Conferral, TierReader
from homeregistry.figures.measures import read_measure
from homeregistry.figures.mentions import Mention
from homeregistry.figures.periods import Years, read_period
from homeregistry.figures.scopes import Scope
from homeregistry.figures.setting import Draft, Setting
from homeregistry.figures.titles import Title
from homeregistry.regions.gazetteer import Region
from homeregistry.vocabulary import Measure

_WIDTH: Final = 60
"""A longer line is no heading."""
_HONOURS: Final = re.compile(
    r"(?:[一二三四五六七八九十\d]+[、.]|\([一二三四五六七八九十\d]+\))?[\u3400-\u9fff]{0,12}"
    r"(?:荣誉|获奖|奖项|表彰)(?:情况|一览表?|称号|记录|名录|墙|榜|展示|如下)*:?"
)
"""The heading of a list of honours, one a line."""
_ITEM: Final = re.compile(r"[^，,。;:]{2,16}:")
"""A line of a list that names its place first: 杭州市:模范职工之家8个,…"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names a title for those below it: the last title named, the tier and the measure said."""

    mention: Mention
    kinds: frozenset[str]
    conferral: Conferral | None
    measure: Measure


@dataclass
class Frame:
    """The state between two sentences. Places in earlier sentences mean nothing here: mentions that are
    kept stand at 0."""

    titles: list[Title] = field(default_factory=list)
    heading: Heading | None = None
    heading_scope: Scope | None = None
    years: Years | None = None
    scope: Scope | None = None
    paragraph: int = -1
    near: tuple[Region, ...] = ()
    honour: Mention | None = None
    """The title said last, which 此殊荣 takes up."""
    conferral: Conferral | None = None
    announced: Conferral | None = None
    counted: tuple[Mention, ...] = ()
    """The titles that the last sentence counted, which 分别 in the next takes up in order."""
    items: tuple[tuple[Mention, int], ...] = ()
    """The titles and counts of the lines just above, which 以上共 adds up."""
    honours: bool = False

    def enter(self, paragraph: int) -> None:
        """A new line ends the scope of the one before."""
        if paragraph != self.paragraph:
            self.paragraph, self.scope = paragraph, None

    def heading_of(self, text: str, mentions: Sequence[Mention]) -> Heading | None:
        """The heading that governs a line of its list; prose below a heading speaks for itself."""
        named = [m for m in mentions if m.known]
        listed = named and (named[0].start == 0 or _ITEM.match(text)) and "。" not in text
        if self.heading is None or not listed:
            return None
        return self.heading if set(named[0].title.kinds) <= self.heading.kinds else None

    def carry(self, setting: Setting, drafts: Sequence[Draft], alone: bool) -> None:
        """Take in what a sentence says; `alone` says that it is a line of its own."""
        known = [m for m in setting.mentions if m.known]
        tiers = TierReader(setting.given, setting.near, setting.text, setting.scopes)
        self._carry_counts(setting, drafts, alone)
        self.conferral = drafts[-1].conferral if drafts else self.conferral
        self.honours = _HONOURS.fullmatch(setting.text) is not None or (
            self.honours and bool(setting.mentions) and "。" not in setting.text
        )
        listed = bool(drafts) and setting.mentions[:1] != () and setting.mentions[0].start == 0
        self.announced = tiers.announced() or (self.announced if listed else None)
        if known:
            self.honour = _unplaced(known[-1])
        if full := [m.title for m in known if m.title.form in ("full", "short")]:
            self.titles = [replace(title, form="full") for title in full[-4:]]
        if setting.scopes:
            self.scope = setting.scopes[-1] if setting.scopes[-1].sort != "system" else self.scope
        if setting.near:
            self.near = setting.near
        if alone and len(setting.text) <= _WIDTH and not re.search(r"[，,;]", setting.text):
            self.years = read_period(setting.text, setting.given.as_of) or self.years
            if known:
                self.heading = _heading(setting, tiers, known)
            self.heading_scope = setting.scopes[0] if setting.scopes else self.heading_scope
        elif not drafts:
            self.heading = None if len(setting.text) > _WIDTH else self.heading

    def _carry_counts(self, setting: Setting, drafts: Sequence[Draft], alone: bool) -> None:
        own = [p for p in setting.pairs if p.shape in ("number_first", "title_first")]
        if own:
            self.counted = tuple(_unplaced(p.mentions[0]) for p in own)
        elif not setting.pairs:
            self.counted = ()
        if alone and len(own) == 1 == len(drafts):
            self.items = (*self.items, (_unplaced(own[0].mentions[0]), own[0].number.quantity.value))
        elif drafts or len(setting.text) > _WIDTH:
            self.items = ()


def _heading(setting: Setting, tiers: TierReader, known: Sequence[Mention]) -> Heading:
    lead = next((m.lead for m in known if not m.lead.empty), None)
    kinds = frozenset(kind for m in known for kind in m.title.kinds)
    measure, _verb = read_measure(setting.text, "", "", True)
    return Heading(_unplaced(known[-1]), kinds, tiers.lead(lead) if lead else None, measure)


def _unplaced(mention: Mention) -> Mention:
    return replace(mention, start=0, end=0)
