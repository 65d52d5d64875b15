"""Counts over any dimensions, on any map, of awards or of holders.

SQL groups what its covering index holds; Python places the groups on the map and adds them up. Recorded =
placed + undecided + unplaced, always: undecided is counted between named regions, unplaced has no
region at all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.kinds import kinds
from homeregistry.queries.grouping import Group, Line, grouped, groups
from homeregistry.queries.placing import LEVEL_OF, Placer
from homeregistry.queries.requests import CountRequest
from homeregistry.queries.settled import placer_of
from homeregistry.queries.spans import EVER, Span, Spans, State, Value, place_of
from homeregistry.stated_years import years_value
from homeregistry.tally import Numbers
from homeregistry.vocabulary import TIERS


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


Rest = Any
"""What tells records of one place apart: the years as one number (20172019), values of the other dimensions;
a tuple where it is several of them, for a tuple for each of a hundred thousand groups is what a count costs.
"""


@dataclass(slots=True)
class _Sheet:
    """What is added up, cell by cell: first by place, then by the rest.

    A dict is found once for a region row and year, so that adding a group costs one look-up.
    """

    request: CountRequest
    placer: Placer
    placed: dict[tuple[str, ...], dict[Rest, Any]] = field(default_factory=dict)
    undecided: dict[str, dict[Rest, Any]] = field(default_factory=dict)
    unplaced: dict[Rest, Any] = field(default_factory=dict)
    outside: dict[Rest, Any] = field(default_factory=dict)
    """Not asked for: kept apart so that adding needs no question, and never shown."""

    def at(self, region_id: int | None, year_to: int, text: str = "") -> dict[Rest, Any]:
        """Where records of a region row are added up; what is not asked for, `outside`."""
        return self.cell(*place_of(region_id, year_to, self.request, self.placer, text))

    def cell(self, place: tuple[str, ...], state: State, names: str) -> dict[Rest, Any]:
        """Where what is counted so is added up."""
        if state == "placed":
            found = self.placed.get(place)
            if found is None:
                found = self.placed[place] = {}
            return found
        if state == "undecided":
            return self.undecided.setdefault(names, {})
        return self.unplaced if state == "unplaced" else self.outside


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
    """Groups as SQL has them; records of divided regions one by one, their words may say where they stand."""
    query, rest_of = grouped(sheet.request, sheet.placer), _rest_of(sheet.request)
    if query.by_lines:
        divided = _add_lines(sheet, query.lines(connection))
    else:
        divided = _add_rows(sheet, query.numbers(connection))
    if not divided:
        return
    for row in query.of_regions(connection, divided, sheet.placer):
        if sheet.placer.open(row[0], row[1] % 10_000):
            cell = sheet.at(row[0], row[1] % 10_000, row[-1])
            rest = rest_of(row)
            cell[rest] = cell.get(rest, 0) + 1


def _add_lines(sheet: _Sheet, lines: Iterable[Line]) -> set[int]:
    """Add lines of the tally. Returns the regions whose records must be read one by one."""
    spans, stated = Spans(sheet.request, sheet.placer), _stated(sheet.request)
    divided = set[int]()
    for region, numbers, values in lines:
        for span, piece in _pieces(spans, region, numbers):
            if span.state == "open":
                divided.add(region or 0)
            _add(sheet.cell(span.place, span.state, span.between), _told(piece, values, stated))
    return divided


def _pieces(spans: Spans, region: int | None, numbers: Numbers) -> Iterable[tuple[Span, Numbers]]:
    """A line by the spans of its region; most regions stand in one place in all years of their lines."""
    span = spans.at(region, next(iter(numbers)) // 10_000)
    if span.until == EVER or max(years % 10_000 for years in numbers) < span.until:
        return ((span, numbers),)
    pieces: list[tuple[Span, Numbers]] = []
    for years, number in numbers.items():
        year = years % 10_000
        if not pieces or not span.since <= year < span.until:
            span = spans.at(region, year)
            pieces.append((span, {}))
        pieces[-1][1][years] = number
    return pieces


def _told(numbers: Numbers, values: list[Value], stated: bool) -> dict[Rest, int]:
    """What a line adds, by what `_rest_of` says of a row."""
    if stated:
        return {(years, *values): number for years, number in numbers.items()} if values else numbers
    return {values[0] if len(values) == 1 else tuple(values) or None: sum(numbers.values())}


def _add(cell: dict[Rest, Any], numbers: dict[Rest, int]) -> None:
    if not cell:
        cell.update(numbers)
        return
    for rest, number in numbers.items():
        cell[rest] = cell.get(rest, 0) + number


def _add_rows(sheet: _Sheet, rows: Iterable[tuple[Any, ...]]) -> set[int]:
    """Add groups as rows. Returns the regions whose records must be read one by one."""
    rest_of, spans = _rest_of(sheet.request), Spans(sheet.request, sheet.placer)
    divided = set[int]()
    for row in rows:
        place, state, names = spans.at(row[0] or None, row[1] % 10_000)[2:]
        if state == "open":
            divided.add(row[0])
        _add(sheet.cell(place, state, names), {rest_of(row): row[-1]})
    return divided


def _add_singles(connection: Connection, sheet: _Sheet) -> set[int] | None:
    """Record by record: sets of holders, or numbers; returns all holders, None for awards."""
    request, everyone = sheet.request, set[int]()
    holders = request.measure == "holders"
    rest_of, others = _rest_of(request), [request.by.index(dimension) for dimension in _others(request)]
    for group in groups(connection, request, sheet.placer):
        cell = sheet.at(group.region_id, group.year_to, group.text)
        if cell is sheet.outside:
            continue
        years = group.year_from * 10_000 + group.year_to
        rest = rest_of((group.region_id, years, *(group.values[place] for place in others)))
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


def _stated(request: CountRequest) -> bool:
    """Whether the stated years are counted by."""
    return "year" in request.by and request.filters.year_basis == "stated"


def _others(request: CountRequest) -> list[str]:
    """The dimensions that are neither places nor stated years: the columns of `grouped` behind those."""
    apart = {*LEVEL_OF, "year"} if _stated(request) else {*LEVEL_OF}
    return [dimension for dimension in request.by if dimension not in apart]


def _rest_of(request: CountRequest) -> Callable[[tuple[Any, ...]], Rest]:
    """What a row of `grouped` says beside its place."""
    columns = [*([1] if _stated(request) else ()), *range(2, 2 + len(_others(request)))]
    return itemgetter(*columns) if columns else lambda row: None


def _sum(cell: dict[Rest, Any]) -> int:
    return sum(cell.values())


def _rows(sheet: _Sheet) -> list[tuple[Value, ...]]:
    """The cells as rows, in order: places by their codes, then the other dimensions by their own order."""
    by = sheet.request.by
    if not by:
        return [(sum(map(_sum, sheet.placed.values())),)]
    others = [dimension for dimension in by if dimension not in LEVEL_OF]
    shown = {rest: _shown(rest, sheet.request) for rest in set().union(*sheet.placed.values())}
    keys = [_keys_of(dimension) for dimension in others]
    ordered = sorted(shown, key=lambda rest: [key(v) for key, v in zip(keys, shown[rest], strict=True)])
    rank = {rest: number for number, rest in enumerate(ordered)}.__getitem__
    columns = [{rest: shown[rest][n] for rest in shown}.__getitem__ for n in range(len(others))]
    # Column by column, all places in one go: a hundred thousand rows are a hundred thousand steps of C.
    places = sorted(sheet.placed)
    cells = [sheet.placed[place] for place in places]
    rests = [sorted(cell, key=rank) for cell in cells]
    sizes, flat = [len(one) for one in rests], list(chain.from_iterable(rests))
    stated = (chain.from_iterable(map(repeat, part, sizes)) for part in zip(*places, strict=True))
    numbers = chain.from_iterable(map(map, (cell.__getitem__ for cell in cells), rests))
    rows: list[tuple[Value, ...]] = list(
        zip(*stated, *(map(column, flat) for column in columns), numbers, strict=True)
    )
    return rows if _places_first(by) else _interleaved(rows, by)


def _places_first(by: Sequence[str]) -> bool:
    kinds_of = [dimension in LEVEL_OF for dimension in by]
    return kinds_of == sorted(kinds_of, reverse=True)


def _shown(rest: Rest, request: CountRequest) -> tuple[Value, ...]:
    """The values of the dimensions that are no places as they are shown."""
    stated, others = _stated(request), _others(request)
    values = list(rest) if len(others) + stated > 1 else [rest]
    years = values.pop(0) if stated else 0
    known = dict(zip(others, map(_present, values), strict=False))
    if stated:
        known["year"] = years_value(*divmod(years, 10_000))
    return tuple(known[dimension] for dimension in request.by if dimension not in LEVEL_OF)


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
            cell.append(years_value(group.year_from, group.year_to))
        else:
            cell.append(_present(group.values[number]))
    return tuple(cell), "placed", ""


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
