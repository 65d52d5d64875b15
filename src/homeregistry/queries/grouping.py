"""What SQL can group: records that a count need not tell apart, and those it must see one by one.

One by one are holders, statuses, and records of divided regions, whose own words may name the township.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.queries.filters import DECISION_YEAR, STATISTICAL_YEAR, Where, where
from homeregistry.queries.placing import LEVEL_OF, Placer
from homeregistry.queries.requests import CountRequest
from homeregistry.queries.standing import Standing, standing

Value = str | int | None

_TIER = "CASE WHEN r.system = '' THEN r.tier ELSE r.tier || '+system' END"
"""A system's award never counts as territorial: its tier is shown apart."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that SQL could not tell apart, with their number or their recipients."""

    region_id: int | None
    year_from: int
    year_to: int
    values: tuple[Value, ...]
    number: int
    recipient: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Query:
    """The pieces of the SELECT: place and years first, then one expression per dimension."""

    base: tuple[str, ...]
    dimensions: tuple[str, ...]
    joins: str
    condition: Where

    def rows(self, connection: Connection, more: Sequence[str], tail: str = "") -> Iterable[Sequence[Any]]:
        columns = ", ".join([*self.base, *self.dimensions, *more])
        sql = f"SELECT {columns} FROM recognition r{self.joins} WHERE {self.condition.sql}{tail}"
        return connection.execute(sa.text(sql), self.condition.values)

    @property
    def keys(self) -> str:
        """The GROUP BY clause: every expression that is a column."""
        names = [name for name in dict.fromkeys([*self.base, *self.dimensions]) if name not in ("NULL", "0")]
        return f" GROUP BY {', '.join(names)}" if names else ""


def groups(connection: Connection, request: CountRequest, placer: Placer) -> Iterator[Group]:
    """The groups of a count, with revoked titles and gone recipients taken out of holders."""
    query = _query(request)
    width = len(query.dimensions)
    if request.measure == "holders" or "status" in request.by:
        flags = standing(connection, request.filters.as_of, request.filters.revision)
        for row in query.rows(connection, ["r.recipient_id", "r.id"]):
            yield from _single(row, width, request, flags)
        return
    divided: set[int] = set()
    for row in query.rows(connection, ["count(*)"], query.keys):
        region, first, last = row[0], int(row[1]), int(row[2])
        if region is not None and placer.open(int(region), last):
            divided.add(int(region))
        else:
            yield Group(region, first, last, tuple(row[3 : 3 + width]), int(row[-1]))
    if divided:
        yield from _one_by_one(connection, query, divided)


def _one_by_one(connection: Connection, query: _Query, places: Iterable[int]) -> Iterator[Group]:
    """Records of divided regions, each with the words that may name its township."""
    listed = ", ".join(str(place) for place in sorted(places))
    words = ["r.name_printed", "r.region_printed", "r.detail"]
    for row in query.rows(connection, words, f" AND r.region_id IN ({listed})"):
        text = " ".join(str(part) for part in row[-3:] if part)
        yield Group(int(row[0]), int(row[1]), int(row[2]), tuple(row[3:-3]), 1, None, text)


def _single(row: Sequence[Any], width: int, request: CountRequest, flags: Standing) -> Iterator[Group]:
    values, recipient = tuple(row[3 : 3 + width]), int(row[-2])
    revoked = int(row[-1]) in flags.revoked
    holders = request.measure == "holders"
    if holders and (revoked or recipient in flags.gone):
        return
    if "status" in request.by:
        place = request.by.index("status")
        values = (*values[:place], "revoked" if revoked else "in_force", *values[place + 1 :])
    yield Group(row[0], int(row[1]), int(row[2]), values, 1, recipient if holders else None)


def _query(request: CountRequest) -> _Query:
    """One SQL expression per dimension (NULL for those that Python fills in), and the joins."""
    filters, by = request.filters, request.by
    condition = where(filters)
    needs_round, joins, found = condition.needs_round, "", []
    for dimension in by:
        if dimension == "year" and filters.year_basis != "stated":
            needs_round = True
            found.append(DECISION_YEAR if filters.year_basis == "decision" else STATISTICAL_YEAR)
        elif dimension == "tier":
            found.append(_TIER)
        elif dimension in ("kind", "system"):
            found.append(f"r.{dimension}")
        elif dimension == "body":
            joins += " LEFT JOIN union_body b ON b.id = r.body_id"
            found.append("b.name")
        else:
            found.append("NULL")
    if needs_round:
        joins += " JOIN award_round w ON w.id = r.round_id"
    placed = request.region is not None or any(dimension in LEVEL_OF for dimension in by)
    base = ("r.region_id" if placed else "NULL", "r.year_from", "r.year_to")
    if not placed and "year" not in by:
        base = ("NULL", "0", "0")
    return _Query(base, tuple(found), joins, condition)
