"""Which declared figures bear on a count, each beside what is recorded of its own subject.

A figure bears on a question when both speak of the same thing or one of them contains the other:
- region: the same, one above it or one below it (a question without a region contains every place);
- kind: the question's kind is among the figure's; without a kind, every figure;
- tier: their tiers meet; a figure that names none is wider than any;
- system: the same; a question for a tier without a system asks for territorial titles alone;
- years: a round overlaps the years asked for; whatever has accumulated up to a year contains them, or
  they contain it.
The recorded number beside a figure is the count on the figure's own subject, period and map: it is
never added to anything.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy.engine import Connection

from homeregistry.comparing.declared import Declared
from homeregistry.comparing.with_records import source_groups
from homeregistry.queries import CountRequest
from homeregistry.reconciling.figures import live_figures
from homeregistry.reconciling.recorded import Recorded, region_of
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.table import Region
from homeregistry.vocabulary import MEASURES

Relation = Literal["same", "wider", "within"]
_ORDER: dict[Relation, int] = {"same": 0, "wider": 1, "within": 2}


def bearing_figures(connection: Connection, request: CountRequest) -> list[dict[str, Any]]:
    """The live figures that bear on a count, those of its own region first, then wider, then nested ones.

    Several sources of one figure make one line (`sources` says how many, `figures` which).
    """
    figures = [one for one in live_figures(connection, request.filters.revision) if bears(one, request)]
    if not figures:
        return []
    recorded = Recorded(connection, request.filters.revision)
    lines = []
    for group in source_groups(figures):
        figure = group[0]
        relation = relation_to(figure, request.region)
        line = {**figure.to_json(), "recorded": recorded.held(figure).recorded}
        line |= {"relation": relation, "sources": len(group), "figures": [one.id for one in group]}
        lines.append((_ORDER[relation] if relation else 9, figure.id, line))
    return [line for _, _, line in sorted(lines, key=lambda one: one[:2])]


def bears(figure: Declared, request: CountRequest) -> bool:
    """Whether a figure and a question speak of the same thing, or one contains the other."""
    filters = request.filters
    if filters.kind is not None and filters.kind not in figure.kinds:
        return False
    if filters.tier is not None and figure.tier is not None and not set(filters.tiers) & set(figure.tiers):
        return False
    if filters.system is not None:
        if (figure.system or "") != filters.system:
            return False
    elif filters.tier is not None and figure.system is not None:
        return False
    if not _Years.of(figure).nested(_asked(request), overlapping=not MEASURES[figure.measure].accumulates):
        return False
    return relation_to(figure, request.region) is not None


def relation_to(figure: Declared, region: Region | None) -> Relation | None:
    """How a figure's place lies to the region asked for; None where neither contains the other."""
    if region is None:
        return "same" if figure.nationwide else "within"
    if figure.nationwide:
        return "wider"
    own = region_of(figure)
    if own is None:
        return None
    if own.code == region.code:
        return "same"
    if region.code in _above(own):
        return "within"
    return "wider" if own.code in _above(region) else None


def _above(region: Region) -> set[str]:
    return {*region.chain, *(upper.code for upper in gazetteer().ancestors(region))} - {region.code}


@dataclass(frozen=True, slots=True)
class _Years:
    """A period of whole years, both ends included; what is not stated is open."""

    first: int
    last: int

    @classmethod
    def of(cls, figure: Declared) -> "_Years":
        first = figure.year_from
        if first is None and figure.year_to is not None and not MEASURES[figure.measure].accumulates:
            first = figure.year_to
        return cls(first or 0, figure.year_to or 9999)

    def nested(self, other: "_Years", overlapping: bool) -> bool:
        """Whether one contains the other; overlapping is enough for rounds."""
        if overlapping:
            return self.first <= other.last and other.first <= self.last
        inside = other.first <= self.first and self.last <= other.last
        return inside or (self.first <= other.first and other.last <= self.last)


def _asked(request: CountRequest) -> _Years:
    filters = request.filters
    last = filters.year_to if filters.year_to is not None else 9999
    day: date | None = filters.as_of
    return _Years(filters.year_from or 0, min(last, day.year) if day else last)
