"""Where the records of a region row stand, span of years by span of years, for one shape of question.

Between two turns of its history all years of a region are placed alike. A count asks once for every region
and span, not for every group; what the packaged table says never changes, so the next count asks nothing.
"""

from bisect import bisect_right
from typing import Final, Literal, NamedTuple

from homeregistry.queries.placing import LEVEL_OF, Placed, Placer, Undecided
from homeregistry.queries.requests import CountRequest
from homeregistry.regions.gazetteer import gazetteer

State = Literal["placed", "undecided", "unplaced", "outside", "open"]
"""How records count; `open` ones must be read one by one, their own words may place them."""

Value = str | int | None
"""What a column of a count may hold."""

EVER: Final = 10_000
"""After every year."""


class Span(NamedTuple):
    """Years `since` to `until` (exclusive): the region-like columns of their cell, how they count, and
    between which regions they are undecided.
    """

    since: int
    until: int
    place: tuple[str, ...]
    state: State
    between: str


def place_of(
    region_id: int | None, year_to: int, request: CountRequest, placer: Placer, text: str = ""
) -> tuple[tuple[str, ...], State, str]:
    """The region-like columns of a record's cell, how it counts, between which regions it is undecided."""
    region_like = [dimension for dimension in request.by if dimension in LEVEL_OF]
    if region_id is None:
        if request.region is not None:
            return (), "outside", ""
        return (), "unplaced" if region_like else "placed", ""
    if request.region is not None:
        there = placer.stands_in(request.region, region_id, year_to, text)
        if there is None:
            return (), "outside", ""
        if isinstance(there, Undecided):
            return (), "undecided", _names(there)
    place: list[str] = []
    for dimension in region_like:
        outcome = placer.at(region_id, year_to, dimension, text)
        if isinstance(outcome, Undecided):
            return (), "undecided", _names(outcome)
        if not isinstance(outcome, Placed):
            return (), "unplaced", ""
        place += [outcome.region.code, outcome.region.name]
    return tuple(place), "placed", ""


def _names(outcome: Undecided) -> str:
    return "、".join(gazetteer().path(one) for one in outcome.candidates)


class Spans:
    """The spans of every region row, for one shape of question on one map."""

    def __init__(self, request: CountRequest, placer: Placer) -> None:
        self._request, self._placer = request, placer
        shape = tuple(dimension for dimension in request.by if dimension in LEVEL_OF)
        wanted = request.region
        self._upper = not {"province", "prefecture"}.isdisjoint(shape) or (
            wanted is not None and wanted.level != "county"
        )
        self._known = placer.spans_of((shape, wanted.id if wanted else None))

    def at(self, region_id: int | None, year: int) -> Span:
        """The span of years that a year lies in."""
        if region_id is None:
            return Span(0, EVER, *place_of(None, year, self._request, self._placer))
        turns = self._placer.turns(region_id, self._upper)
        number = bisect_right(turns, year)
        mark = (region_id, number)
        found = self._known.get(mark)
        if found is None:
            found = self._find(region_id, year, turns, number)
            if found.state != "open":  # What people decided may be decided otherwise tomorrow.
                self._known[mark] = found
        return found

    def _find(self, region_id: int, year: int, turns: list[int], number: int) -> Span:
        edges = [0, *turns, EVER]
        since, until = edges[number], edges[number + 1]
        if self._placer.open(region_id, year):
            return Span(since, until, (), "open", "")
        return Span(since, until, *place_of(region_id, year, self._request, self._placer))
