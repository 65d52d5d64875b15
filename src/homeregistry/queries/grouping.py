"""What SQL can group: records that a count need not tell apart, and those it must see one by one.

Groups are read from the tally where it knows all that is asked for, else from the rows. One by one are
holders, statuses, and records of divided regions, whose own words may name the township.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.queries.filters import DECISION_YEAR, STATISTICAL_YEAR, Filters, Where, tally_answers, where
from homeregistry.queries.placing import LEVEL_OF, Placer
from homeregistry.queries.requests import CountRequest
from homeregistry.queries.spans import Value
from homeregistry.queries.standing import standing
from homeregistry.tally import Numbers, Unpacking

_TIER = "CASE WHEN r.system = '' THEN r.tier ELSE r.tier || '+system' END"
"""A system's award never counts as territorial: its tier is shown apart."""


_YEARS = "r.year_from * 10000 + r.year_to"
_YEAR_COLUMNS = ("r.year_from", "r.year_to")
_NOWHERE = ("NULL", "0")


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


Line = tuple[int | None, Numbers, list[Value]]
"""One award in one region: its numbers in the order of time, and the values of the dimensions."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A SELECT whose rows are region, years, what SQL knows of the dimensions, and `more`.

    The years are one number, 20172019 for 2017 to 2019: it sorts as they do, and hundreds of thousands of
    rows come faster with one column less. `columns` says for each dimension of the request which column of
    a row holds it; None for those that Python fills in. Without a place and a year in the question the
    first two are empty. `tally` is the condition on the lines of the tally and `years` the years wanted of
    them; `tally` is None where only the rows can tell.
    """

    base: tuple[str, ...]
    dimensions: tuple[str, ...]
    columns: tuple[int | None, ...]
    joins: str
    condition: Where
    tally: Where | None = None
    years: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        """How many columns stand before `more`."""
        return len(self.base) + len(self.dimensions)

    def rows(self, connection: Connection, more: Sequence[str], tail: str = "") -> Iterable[tuple[Any, ...]]:
        """The driver's own tuples: wrapped rows would cost as much as the query."""
        columns = ", ".join([*self.base, *self.dimensions, *more])
        sql = f"SELECT {columns} FROM recognition r{self.joins} WHERE {self.condition.sql}{tail}"
        return tuples(connection, sql, self.condition)

    @property
    def by_lines(self) -> bool:
        """Whether lines of the tally, with their regions and years, are what is to be added up."""
        return self.tally is not None and (self.base != _NOWHERE or self.years is not None)

    def numbers(self, connection: Connection) -> Iterable[tuple[Any, ...]]:
        """The groups, each with how many records it holds as its last column; without a region: 0 or None."""
        if self.by_lines:
            return (
                (region, years, *values, number)
                for region, numbers, values in self.lines(connection)
                for years, number in numbers.items()
            )
        if self.tally is not None:
            columns = ", ".join([*self.base, *self.dimensions, "CAST(COALESCE(sum(r.number), 0) AS BIGINT)"])
            sql = f"SELECT {columns} FROM recognition_tally r WHERE {self.tally.sql}"
            return tuples(connection, sql + _grouped_by(self.dimensions), self.tally)
        keys = [key for one in self.base for key in (_YEAR_COLUMNS if one == _YEARS else (one,))]
        return self.rows(connection, ["count(*)"], _grouped_by([*keys, *self.dimensions]))

    def lines(self, connection: Connection) -> Iterator[Line]:
        """The lines of the tally that are asked for, without the years that are not."""
        assert self.tally is not None
        columns = ", ".join([self.base[0], "r.years", *self.dimensions])
        sql = f"SELECT {columns} FROM recognition_tally r WHERE {self.tally.sql}"
        unpack = Unpacking()
        for region, years, *values in tuples(connection, sql, self.tally):
            numbers = unpack(years)
            if self.years is not None:
                first, last = self.years
                numbers = {
                    one: number for one, number in numbers.items()
                    if one // 10_000 <= last and one % 10_000 >= first
                }  # fmt: skip
            if numbers:
                yield region or None, numbers, values

    def of_regions(
        self, connection: Connection, regions: Iterable[int], placer: Placer
    ) -> Iterator[tuple[Any, ...]]:
        """Records of some regions, each with the words that may name its township as its last column."""
        listed = ", ".join(str(region) for region in sorted(regions))
        for row in self.rows(connection, ("r.id", *WORDS), f" AND r.region_id IN ({listed})"):
            yield (*row[:-4], placer.words(row[-4], row[-3:]))

    def values(self, row: Sequence[Any]) -> tuple[Value, ...]:
        """What a row says of each dimension of the request."""
        return tuple(None if column is None else row[column] for column in self.columns)


def tuples(connection: Connection, sql: str, condition: Where) -> Iterable[tuple[Any, ...]]:
    found: Any = connection.execute(sa.text(sql), condition.values)
    rows: Iterable[tuple[Any, ...]] = found.cursor
    return rows


WORDS = ("r.name_printed", "r.region_printed", "r.detail")
"""What a record says of its place in its own words."""


def groups(connection: Connection, request: CountRequest, placer: Placer) -> Iterator[Group]:
    """The groups of a count, with revoked titles and gone recipients taken out of holders."""
    query = grouped(request, placer)
    if request.measure == "holders" or "status" in request.by:
        yield from _singles(connection, query, request, placer)
        return
    divided: set[int] = set()
    for row in query.numbers(connection):
        region, (first, last) = row[0] or None, divmod(int(row[1]), 10_000)
        if region is not None and placer.open(int(region), last):
            divided.add(int(region))
        else:
            yield Group(region, first, last, query.values(row), int(row[-1]))
    if divided:
        for row in query.of_regions(connection, divided, placer):
            first, last = divmod(int(row[1]), 10_000)
            if placer.open(row[0], last):
                yield Group(int(row[0]), first, last, query.values(row), 1, None, row[-1])


def _singles(
    connection: Connection, query: Grouped, request: CountRequest, placer: Placer
) -> Iterator[Group]:
    """Record by record, for what depends on a record's own events."""
    flags = standing(connection, request.filters.as_of, request.filters.revision)
    holders = request.measure == "holders"
    status = request.by.index("status") if "status" in request.by else None
    words = ("NULL",) if placer.boundaries == "as-awarded" else WORDS
    here = query.width
    for row in query.rows(connection, ["r.recipient_id", "r.id", *words]):
        recipient, revoked = row[here], row[here + 1] in flags.revoked
        if holders and (revoked or recipient in flags.gone):
            continue
        values = query.values(row)
        if status is not None:
            state = "revoked" if revoked else "in_force"
            values = (*values[:status], state, *values[status + 1 :])
        text = placer.words(row[here + 1], row[here + 2 :])
        first, last = divmod(int(row[1]), 10_000)
        yield Group(row[0], first, last, values, 1, recipient if holders else None, text)


def grouped(request: CountRequest, placer: Placer) -> Grouped:
    """The SELECT of a request: one SQL expression per dimension that SQL knows, and the joins."""
    filters, by = request.filters, request.by
    condition = where(filters)
    regions = placer.may_stand_in(request.region) if request.region is not None else None
    if regions is not None:
        within(condition, regions)
    placed = request.region is not None or any(dimension in LEVEL_OF for dimension in by)
    base = ("r.region_id" if placed else "NULL", _YEARS if placed or "year" in by else "0")
    needs_round, joins = condition.needs_round, ""
    found: list[str] = []
    columns: list[int | None] = []
    for dimension in by:
        expression = _expression(dimension, filters)
        columns.append(None if expression is None else len(base) + len(found))
        if expression is not None:
            found.append(expression)
        needs_round |= expression in (DECISION_YEAR, STATISTICAL_YEAR)
        if dimension == "body":
            joins = " LEFT JOIN union_body b ON b.id = r.body_id"
    if needs_round:
        joins += " JOIN award_round w ON w.id = r.round_id"
    tally = None
    if not joins and tally_answers(filters):
        tally = where(filters, tallied=True)
        if regions is not None:
            within(tally, regions)
    return Grouped(base, tuple(found), tuple(columns), joins, condition, tally, filters.years)


def _grouped_by(columns: Iterable[str]) -> str:
    names = [name for name in dict.fromkeys(columns) if name not in _NOWHERE]
    return f" GROUP BY {', '.join(names)}" if names else ""


def _expression(dimension: str, filters: Filters) -> str | None:
    if dimension == "year" and filters.year_basis != "stated":
        return DECISION_YEAR if filters.year_basis == "decision" else STATISTICAL_YEAR
    known = {"tier": _TIER, "kind": "r.kind", "system": "r.system", "body": "b.name"}
    return known.get(dimension)


def within(condition: Where, regions: Sequence[int]) -> None:
    """Only these region rows. Ids begin with the code: a province is one stretch of the covering index."""
    if not regions:
        condition.add("r.region_id IS NULL AND r.region_id IS NOT NULL")
        return
    condition.add(f"r.region_id BETWEEN {min(regions)} AND {max(regions)}")
    # With a sign, so that SQLite reads the stretch in order instead of seeking every id of the list.
    condition.add(f"+r.region_id IN ({', '.join(map(str, sorted(regions)))})")
