"""A sentence with all that was found in it, and a figure before its quote is cut."""

from dataclasses import dataclass, replace

from homeregistry.figures.conferring import Conferral, ReportContext
from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Number, Ordinal
from homeregistry.figures.pairing import Pair
from homeregistry.figures.periods import Years
from homeregistry.figures.scopes import Scope
from homeregistry.figures.territory import Territory
from homeregistry.regions.gazetteer import Region
from homeregistry.vocabulary import Measure, Qualifier


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence with everything found in it, and what earlier text leaves in force."""

    text: str
    given: ReportContext
    territory: Territory
    near: tuple[Region, ...]
    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    ordinals: tuple[Ordinal, ...]
    pairs: tuple[Pair, ...]
    scopes: tuple[Scope, ...]
    scope_before: Scope | None = None
    years_before: Years | None = None
    conferral_before: Conferral | None = None
    measure_above: Measure | None = None
    """What the heading of the list that the line stands in counts."""
    honours: bool = False
    """Whether the sentence is a line under a heading such as 主要荣誉."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure in view positions, before its quote is cut from the source."""

    kinds: tuple[str, ...]
    conferral: Conferral
    measure: Measure
    verb: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    start: int
    end: int
    stated: tuple[int, int]
    scope: str | None = None
    region_code: str | None = None
    body: str | None = None
    years: Years = (None, None)
    implied: bool = False
    part_of: int | None = None
    stars: int | None = None
    flags: tuple[str, ...] = ()

    def moved(self, offset: int, earlier: int) -> "Draft":
        """The draft in positions of the whole view; `part_of` counts from the first draft of all."""
        return replace(
            self,
            start=self.start + offset,
            end=self.end + offset,
            stated=(self.stated[0] + offset, self.stated[1] + offset),
            part_of=None if self.part_of is None else self.part_of + earlier,
        )
