"""Counts over any dimensions, on any map, of awards or of holders.

SQL groups what its covering index holds; Python places the groups on the map and adds them up. Recorded =
placed + undecided + unplaced, always: undecided is counted between named regions, unplaced has no
region at all.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from sqlalchemy.engine import Connection

from homeregistry.kinds import kinds
from homeregistry.queries.grouping import Group, Value, grouped, groups
from homeregistry.queries.placing import LEVEL_OF, Placed, Placer, Undecided
from homeregistry.queries.requests import CountRequest
from homeregistry.queries.settled import placer_of
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.vocabulary import TIERS

State = Literal["placed", "undecided", "unplaced", "outside"]


@dataclass(slots=True)
class Counting:
    """The answer: `rows` are dimension values and a number; region-like ones give code and name."""

    columns: list[str]
    rows: list[tuple[Value, ...]]
    total: int = 0
    undecided: int = 0
    unplaced: int = 0
    between: list[tuple[str, int]] = field(default_factory=list)
    """Undecided ones by the names they lie between."""


Rest = tuple[Any, ...]
"""What tells records of one place apart: last year, first year, values of the other dimensions."""


@dataclass(slots=True)
class _Sheet:
    """What is added up, cell by cell: first by place, then by the rest.

    A dict is found once for a region row and year, so that adding a group costs one look-up.
    """

    request: CountRequest
    placer: Placer
    placed: dict[tuple[Value, ...], dict[Rest, Any]] = field(default_factory=dict)
    undecided: dict[str, dict[Rest, Any]] = field(default_factory=dict)
    unplaced: dict[Rest, Any] = field(default_factory=dict)
    outside: dict[Rest, Any] = field(default_factory=dict)
    """Not asked for: kept apart so that adding needs no question, and never shown."""

    @property
    def upper(self) -> bool:
        """Whether anything above the county is asked for."""
        return not {"province", "prefecture"}.isdisjoint(self.request.by)

    def at(self, region_id: int | None, year_to: int, text: str = "") -> dict[Rest, Any]:
        """Where records of a region row are added up; what is not asked for, `outside`."""
        place, state, names = place_of(region_id, year_to, self.request, self.placer, text)
        if state == "outside":
            return self.outside
        if state == "unplaced":
            return self.unplaced
        if state == "undecided":
            return self.undecided.setdefault(names, {})
        return self.placed.setdefault(place, {})


def count_recognitions(connection: Connection, request: CountRequest) -> Counting:
    """Count; rows come in the order of the map and of time, the same on both engines."""
    sheet = _Sheet(request, placer_of(connection, request))
    if request.measure == "holders" or "status" in request.by:
        everyone = _add_singles(connection, sheet)
    else:
        _add_groups(connection, sheet)
        everyone = None
    rows = _rows(sheet)
    undecided = sorted((names, _sum(rest)) for names, rest in sheet.undecided.items())
    found = Counting(
        [name for dimension in request.by for name in _columns(dimension)] + ["count"], rows,
        undecided=sum(number for _, number in undecided), unplaced=_sum(sheet.unplaced), between=undecided,
    )  # fmt: skip
    if everyone is not None:
        found.total = len(everyone)
    else:
        placed = sum(map(_sum, sheet.placed.values()))
        found.total = placed + found.undecided + found.unplaced
    if not request.by and everyone is not None:
        found.rows = [(found.total,)]
    return found


def _add_groups(connection: Connection, sheet: _Sheet) -> None:
    """Hundreds of thousands of groups pass here, so a region is placed once for all years that are alike."""
    query = grouped(sheet.request, sheet.placer)
    start = _rest_start(sheet.request)
    divided: set[int] = set()
    known: dict[int | None, _Spans] = {}
    for region_id, run in groupby(query.numbers(connection), itemgetter(0)):
        spans = known.get(region_id)
        if spans is None:
            spans = known[region_id] = _Spans(sheet, region_id, divided)
        cell, since, until = _NOWHERE
        for row in run:
            year = row[1]
            if not since <= year < until:
                cell, since, until = spans.at(year)
            rest = row[start:-1]
            cell[rest] = cell.get(rest, 0) + row[-1]
    if not divided:
        return
    for row in query.of_regions(connection, divided, sheet.placer):
        if sheet.placer.open(row[0], row[1]):
            cell = sheet.at(row[0], row[1], row[-1])
            rest = row[start:-1]
            cell[rest] = cell.get(rest, 0) + 1


Span = tuple[dict[Rest, Any], int, int]
"""Where records are added up from a year on until another (exclusive)."""

_NOWHERE: Span = ({}, 0, 0)


class _Spans:
    """Where the records of one region row are added up, year by year; alike years share one answer."""

    def __init__(self, sheet: _Sheet, region_id: int | None, divided: set[int]) -> None:
        self._sheet, self._region, self._divided = sheet, region_id, divided
        self._turns = sheet.placer.turns(region_id, sheet.upper) if region_id is not None else []
        self._known: dict[int, Span] = {}

    def at(self, year: int) -> Span:
        """The span of years that a year lies in."""
        place = bisect_right(self._turns, year)
        if place not in self._known:
            edges = [0, *self._turns, 10_000]
            self._known[place] = (self._find(year), edges[place], edges[place + 1])
        return self._known[place]

    def _find(self, year: int) -> dict[Rest, Any]:
        if self._region is not None and self._sheet.placer.open(self._region, year):
            self._divided.add(self._region)
            return {}  # Its records are read one by one.
        return self._sheet.at(self._region, year)


def _add_singles(connection: Connection, sheet: _Sheet) -> set[int] | None:
    """Record by record: sets of holders, or numbers; returns all holders, None for awards."""
    request, everyone = sheet.request, set[int]()
    holders = request.measure == "holders"
    stated = _rest_start(request) == 1
    apart = {*LEVEL_OF, "year"} if stated else set(LEVEL_OF)
    others = [place for place, dimension in enumerate(request.by) if dimension not in apart]
    for group in groups(connection, request, sheet.placer):
        cell = sheet.at(group.region_id, group.year_to, group.text)
        if cell is sheet.outside:
            continue
        values = tuple(
            group.values[place] for place in others if not (stated and request.by[place] == "year")
        )
        rest = (group.year_to, group.year_from, *values) if stated else values
        if holders:
            cell.setdefault(rest, set()).add(group.recipient)
            everyone.add(group.recipient or 0)
        else:
            cell[rest] = cell.get(rest, 0) + 1
    if not holders:
        return None
    for cell in (*sheet.placed.values(), *sheet.undecided.values(), sheet.unplaced):
        cell.update({rest: len(found) for rest, found in cell.items()})
    return everyone


def _rest_start(request: CountRequest) -> int:
    """Where the rest begins in a row of `grouped`: with the years where they are counted by, else after."""
    return 1 if "year" in request.by and request.filters.year_basis == "stated" else 3


def _sum(cell: dict[Rest, Any]) -> int:
    return sum(cell.values())


def _rows(sheet: _Sheet) -> list[tuple[Value, ...]]:
    """The cells as rows, in order: places by their codes, then the other dimensions by their own order."""
    by = sheet.request.by
    if not by:
        return [(sum(map(_sum, sheet.placed.values())),)]
    others = [dimension for dimension in by if dimension not in LEVEL_OF]
    shown = {
        rest: _shown(rest, others, _rest_start(sheet.request) == 1)
        for rest in set().union(*sheet.placed.values())
    }
    keys = [_keys_of(dimension) for dimension in others]
    ordered = sorted(shown, key=lambda rest: [key(v) for key, v in zip(keys, shown[rest], strict=True)])
    place_of_rest = {rest: number for number, rest in enumerate(ordered)}
    rows: list[tuple[Value, ...]] = []
    for place in sorted(sheet.placed, key=lambda place: tuple(map(str, place))):
        cell = sheet.placed[place]
        rows += [(*place, *shown[rest], cell[rest]) for rest in sorted(cell, key=place_of_rest.__getitem__)]
    return rows if _places_first(by) else _interleaved(rows, by)


def _places_first(by: Sequence[str]) -> bool:
    kinds_of = [dimension in LEVEL_OF for dimension in by]
    return kinds_of == sorted(kinds_of, reverse=True)


def _shown(rest: Rest, others: Sequence[str], stated: bool) -> tuple[Value, ...]:
    """The values of the other dimensions as they are shown."""
    values = iter(rest[2:] if stated else rest)
    return tuple(
        year_shown(rest[1], rest[0]) if stated and dimension == "year" else _present(next(values))
        for dimension in others
    )


def _present(value: Value) -> Value:
    return value if value != "" else None


def _interleaved(rows: list[tuple[Value, ...]], by: Sequence[str]) -> list[tuple[Value, ...]]:
    """Rows whose places stand first, brought to the order of the question, columns and lines."""
    sources: list[str] = [name for d in by if d in LEVEL_OF for name in _columns(d)]
    sources += [dimension for dimension in by if dimension not in LEVEL_OF]
    pick = itemgetter(*(sources.index(name) for d in by for name in _columns(d)), len(sources))
    turned = [pick(row) for row in rows]
    columns = [dimension for dimension in by for _ in _columns(dimension)]
    ranks: list[dict[Value, int]] = []
    for place, dimension in enumerate(columns):
        values = sorted({row[place] for row in turned}, key=_keys_of(dimension))
        ranks.append({value: number for number, value in enumerate(values)})
    turned.sort(key=lambda row: [rank[value] for rank, value in zip(ranks, row, strict=False)])
    return turned


def _columns(dimension: str) -> list[str]:
    return [f"{dimension}_code", dimension] if dimension in LEVEL_OF else [dimension]


def place_of(
    region_id: int | None, year_to: int, request: CountRequest, placer: Placer, text: str = ""
) -> tuple[tuple[Value, ...], State, str]:
    """The region-like columns of a record's cell, how it counts, between which regions it is undecided."""
    region_like = [dimension for dimension in request.by if dimension in LEVEL_OF]
    if region_id is None:
        if request.region is not None:
            return (), "outside", ""
        return (), "unplaced" if region_like else "placed", ""
    if request.region is not None:
        outcome = placer.at(region_id, year_to, "region", text)
        if isinstance(outcome, Undecided) and any(
            placer.inside(Placed(one), request.region) for one in outcome.candidates
        ):
            if not all(placer.inside(Placed(one), request.region) for one in outcome.candidates):
                return (), "undecided", _names(outcome)
        elif not placer.inside(outcome, request.region):
            return (), "outside", ""
    place: list[Value] = []
    for dimension in region_like:
        outcome = placer.at(region_id, year_to, dimension, text)
        if isinstance(outcome, Undecided):
            return (), "undecided", _names(outcome)
        if not isinstance(outcome, Placed):
            return (), "unplaced", ""
        place += [outcome.region.code, outcome.region.name]
    return tuple(place), "placed", ""


def cell_of(group: Group, request: CountRequest, placer: Placer) -> tuple[tuple[Value, ...], State, str]:
    """Where a group (or one record, as a group of one) is counted; undecided ones: between which regions."""
    place, state, names = place_of(group.region_id, group.year_to, request, placer, group.text)
    if state != "placed":
        return (), state, names
    places, cell = iter(place), list[Value]()
    for number, dimension in enumerate(request.by):
        if dimension in LEVEL_OF:
            cell += [next(places), next(places)]
        elif dimension == "year" and request.filters.year_basis == "stated":
            cell.append(year_shown(group.year_from, group.year_to))
        else:
            cell.append(_present(group.values[number]))
    return tuple(cell), "placed", ""


def _names(outcome: Undecided) -> str:
    return "、".join(gazetteer().path(one) for one in outcome.candidates)


def year_shown(first: int, last: int) -> Value:
    """A round's stated years as a row says them."""
    return first if first == last else f"{first}-{last}"


def _keys_of(dimension: str) -> Callable[[Value], tuple[bool, int, str]]:
    """How values of a dimension are ordered: codes by the map, years by time, kinds and tiers by rank.

    What is missing comes last.
    """
    ranks: dict[Value, int] = {}
    if dimension == "kind":
        ranks = {code: n for n, code in enumerate(kinds())}
    elif dimension == "tier":
        ranks = {tier: n * 2 for n, tier in enumerate(TIERS)}
        ranks |= {f"{tier}+system": n * 2 + 1 for n, tier in enumerate(TIERS)}

    def key(value: Value) -> tuple[bool, int, str]:
        if dimension == "year":
            return value is None, int(str(value)[:4]) if value is not None else 0, str(value)
        return value is None, ranks.get(value, 99), str(value)

    return key
