"""Counts over any dimensions, on any map, of awards or of holders.

SQL groups what its covering index holds; Python places the groups on the map and adds them up. Recorded =
placed + undecided + unplaced, always: undecided is counted between named regions, unplaced has no
region at all.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy.engine import Connection

from homeregistry.kinds import kinds
from homeregistry.queries.grouping import Group, Value, groups
from homeregistry.queries.placing import LEVEL_OF, Placed, Placer, Undecided
from homeregistry.queries.requests import CountRequest
from homeregistry.regions import gazetteer
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


@dataclass(slots=True)
class _Sums:
    """Numbers of awards, or sets of holders, under one interface."""

    holders: bool
    numbers: Counter[tuple[Value, ...]] = field(default_factory=Counter)
    sets: dict[tuple[Value, ...], set[int]] = field(default_factory=dict)

    def add(self, cell: tuple[Value, ...], group: Group) -> None:
        if self.holders and group.recipient is not None:
            self.sets.setdefault(cell, set()).add(group.recipient)
        else:
            self.numbers[cell] += group.number

    def all(self) -> dict[tuple[Value, ...], int]:
        return {cell: len(found) for cell, found in self.sets.items()} if self.holders else dict(self.numbers)


def count_recognitions(connection: Connection, request: CountRequest) -> Counting:
    """Count; rows come in the order of the map and of time, the same on both engines."""
    placer = Placer(request.boundaries)
    sums, open_sums = _Sums(request.measure == "holders"), Counter[str]()
    everyone: set[int] = set()
    total = undecided = unplaced = 0
    for group in groups(connection, request, placer):
        cell, state, names = cell_of(group, request, placer)
        if state == "outside":
            continue
        total += group.number
        if group.recipient is not None:
            everyone.add(group.recipient)
        if state == "placed":
            sums.add(cell, group)
        elif state == "undecided":
            undecided += group.number
            open_sums[names] += group.number
        else:
            unplaced += group.number
    if request.measure == "holders":
        total = len(everyone)
    columns = [name for dimension in request.by for name in _columns(dimension)] + ["count"]
    cells = sums.all()
    rows = [(*cell, cells[cell]) for cell in sorted(cells, key=_order(request.by))]
    if not request.by:
        rows = [(total - undecided - unplaced,)] if request.measure == "awards" else [(total,)]
    return Counting(columns, rows, total, undecided, unplaced, sorted(open_sums.items()))


def _columns(dimension: str) -> list[str]:
    return [f"{dimension}_code", dimension] if dimension in LEVEL_OF else [dimension]


def cell_of(group: Group, request: CountRequest, placer: Placer) -> tuple[tuple[Value, ...], State, str]:
    """Where a group (or one record, as a group of one) is counted; undecided ones: between which regions."""
    region_like = [dimension for dimension in request.by if dimension in LEVEL_OF]
    if group.region_id is None and (request.region is not None or region_like):
        return (), "outside" if request.region is not None else "unplaced", ""
    if request.region is not None:
        outcome = placer.at(int(group.region_id or 0), group.year_to, "region", group.text)
        if isinstance(outcome, Undecided) and any(
            placer.inside(Placed(one), request.region) for one in outcome.candidates
        ):
            if not all(placer.inside(Placed(one), request.region) for one in outcome.candidates):
                return (), "undecided", _names(outcome)
        elif not placer.inside(outcome, request.region):
            return (), "outside", ""
    cell: list[Value] = []
    for place, dimension in enumerate(request.by):
        if dimension in LEVEL_OF:
            outcome = placer.at(int(group.region_id or 0), group.year_to, dimension, group.text)
            if isinstance(outcome, Undecided):
                return (), "undecided", _names(outcome)
            if not isinstance(outcome, Placed):
                return (), "unplaced", ""
            cell += [outcome.region.code, outcome.region.name]
        elif dimension == "year" and request.filters.year_basis == "stated":
            cell.append(_year(group))
        else:
            value = group.values[place]
            cell.append(value if value != "" else None)
    return tuple(cell), "placed", ""


def _names(outcome: Undecided) -> str:
    return "、".join(gazetteer().path(one) for one in outcome.candidates)


def _year(group: Group) -> Value:
    return group.year_from if group.year_from == group.year_to else f"{group.year_from}-{group.year_to}"


def _order(by: Sequence[str]) -> Callable[[tuple[Value, ...]], tuple[tuple[bool, int, str], ...]]:
    """Codes by the map, years by time, kinds and tiers by rank; what is missing comes last."""
    ranks: dict[str, dict[Value, int]] = {
        "kind": {code: n for n, code in enumerate(kinds())},
        "tier": {tier: n * 2 for n, tier in enumerate(TIERS)}
        | {f"{tier}+system": n * 2 + 1 for n, tier in enumerate(TIERS)},
    }
    columns = [dimension for dimension in by for _ in _columns(dimension)]

    def order(cell: tuple[Value, ...]) -> tuple[tuple[bool, int, str], ...]:
        keys = []
        for dimension, value in zip(columns, cell, strict=True):
            if dimension in ranks:
                keys.append((value is None, ranks[dimension].get(value, 99), str(value)))
            elif dimension == "year":
                keys.append((value is None, int(str(value)[:4]) if value is not None else 0, str(value)))
            else:
                keys.append((value is None, 0, str(value)))
        return tuple(keys)

    return order
