"""The recognitions behind a number: the same filters, every record with its place, bodies and source."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.queries.counting import cell_of
from homeregistry.queries.filters import where
from homeregistry.queries.grouping import WORDS, Group, grouped, tuples, within
from homeregistry.queries.placing import Placer
from homeregistry.queries.requests import CountRequest
from homeregistry.queries.settled import placer_of
from homeregistry.queries.spans import Spans, State, Value, place_of
from homeregistry.queries.standing import Standing, standing
from homeregistry.regions.gazetteer import gazetteer

_COLUMNS = (
    "r.id, r.year_from, r.year_to, r.kind, r.tier, r.system, r.name_printed, r.recipient_id, p.type, "
    "p.parent_name, r.region_id, b.name, c.name, w.decision_no, r.sheet, r.row_no, i.file_name, "
    "r.region_printed, r.detail, w.stars, w.decision_date, r.batch_id"
)
_FROM = (
    "FROM recognition r JOIN award_round w ON w.id = r.round_id JOIN recipient p ON p.id = r.recipient_id "
    "JOIN union_body c ON c.id = w.conferring_body_id JOIN import_batch i ON i.id = r.batch_id "
    "LEFT JOIN union_body b ON b.id = r.body_id"
)

_CHUNK: Final = 500
"""So many records of a page are read by one statement."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of recognitions and how many there are in all."""

    total: int
    recognitions: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {"total": self.total, "recognitions": self.recognitions}


def list_recognitions(
    connection: Connection, request: CountRequest, limit: int | None = None, offset: int = 0
) -> Listed:
    """Recognitions that a count of the same request counts as placed (or as unplaced: without region)."""
    if limit is None:
        found = list(recognitions(connection, request))
        return Listed(len(found), found[offset:])
    flags = _standing(connection, request)
    total, page = _page(connection, request, flags, range(offset, offset + limit))
    listed = []
    for start in range(0, len(page), _CHUNK):
        among = page[start : start + _CHUNK]
        listed += [_json(row, revoked) for row, revoked in _rows(connection, request, flags, among)]
    return Listed(total, listed)


def _page(
    connection: Connection, request: CountRequest, flags: Standing, wanted: range
) -> tuple[int, list[int]]:
    """How many recognitions there are, and the ids of those at the places wanted; builds no record.

    SQL knows both where neither a region nor holders are asked for.
    """
    placer = placer_of(connection, request)
    if request.region is None and request.measure == "awards":
        everyone = grouped(replace(request, by=()), placer)
        total = sum(int(row[-1]) for row in everyone.numbers(connection))
        return total, [row[0] for row in _keys(connection, request, placer, ("r.id",), wanted)]
    total, page = 0, list[int]()
    for number in _standing_there(connection, request, placer, flags):
        if total in wanted:
            page.append(number)
        total += 1
    return total, page


def _standing_there(
    connection: Connection, request: CountRequest, placer: Placer, flags: Standing
) -> Iterator[int]:
    """Ids of what `recognitions` gives, in order; a region is placed once for all years that are alike."""
    asked = replace(request, by=())
    spans = Spans(asked, placer)
    words = ("NULL",) if request.boundaries == "as-awarded" else WORDS
    columns = ("r.id", "r.recipient_id", "r.region_id", "r.year_to", *words)
    for number, recipient, region, year, *printed in _keys(connection, request, placer, columns):
        if _holds_nothing(request, flags, number, recipient):
            continue
        if request.region is not None:
            state = spans.at(region, year).state
            if state == "open":  # Its own words may place it.
                state = place_of(region, year, asked, placer, placer.words(number, printed))[1]
            if state != "placed":
                continue
        yield number


def _keys(
    connection: Connection,
    request: CountRequest,
    placer: Placer,
    columns: Sequence[str],
    wanted: range | None = None,
) -> Iterable[tuple[Any, ...]]:
    """Some columns of the rows of a request, in order; those of its region and a few more, see `Placer`."""
    condition = where(request.filters)
    if request.region is not None:
        within(condition, placer.may_stand_in(request.region))
    joins = " JOIN award_round w ON w.id = r.round_id" if condition.needs_round else ""
    part = "" if wanted is None else f" LIMIT {len(wanted)} OFFSET {wanted.start}"
    sql = (
        f"SELECT {', '.join(columns)} FROM recognition r{joins} WHERE {condition.sql} "
        f"ORDER BY {_order(connection)}{part}"
    )
    return tuples(connection, sql, condition)


def recognitions(connection: Connection, request: CountRequest) -> Iterator[dict[str, Any]]:
    """All of them, ordered by year, kind, tier, region and source, the same on both engines."""
    placer = placer_of(connection, request)
    for row, revoked in _rows(connection, request, _standing(connection, request)):
        if request.region is None or _inside(row, request, placer):
            yield _json(row, revoked)


@dataclass(frozen=True, slots=True)
class Counted:
    """A recognition with the cell of a count that it stands in; undecided ones lie `between` regions."""

    recognition: dict[str, Any]
    cell: tuple[Value, ...]
    state: State
    between: str


def counted_recognitions(connection: Connection, request: CountRequest, dimension: str) -> Iterator[Counted]:
    """Every recognition that a count of the request by one dimension counts, in the order of `recognitions`.

    Those undecided at the edge of the region asked for are among them, as they are in its total. The
    dimension is region-like, `body` or `system`.
    """
    placer, asked = placer_of(connection, request), replace(request, by=(dimension,))
    for row, revoked in _rows(connection, request, _standing(connection, request)):
        record = _json(row, revoked)
        text = placer.words(row[0], (row[6], row[17], row[18]))
        values: tuple[Value, ...] = (record.get(dimension) if dimension in ("body", "system") else None,)
        group = Group(row[10], int(row[1]), int(row[2]), values, 1, None, text)
        cell, state, between = cell_of(group, asked, placer)
        if state != "outside":
            yield Counted(record, cell, state, between)


def _rows(
    connection: Connection, request: CountRequest, flags: Standing, among: Sequence[int] | None = None
) -> Iterator[tuple[Sequence[Any], bool]]:
    """The rows of the filters wherever they stand, or those `among` ids; each with whether it is revoked."""
    condition = where(request.filters)
    if among is not None:
        condition.add(f"r.id IN ({', '.join(map(str, among))})")
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {condition.sql} ORDER BY {_order(connection)}"
    for row in connection.execute(sa.text(sql), condition.values):
        if not _holds_nothing(request, flags, row[0], row[7]):
            yield row, row[0] in flags.revoked


def _order(connection: Connection) -> str:
    """The order of every list, by bytes and what has no region last: the engines' habits would give two."""
    by_bytes = "" if is_sqlite(connection) else ' COLLATE "C"'
    codes = ", ".join(f"r.{name}{by_bytes}" for name in ("kind", "tier", "system"))
    placed = "CASE WHEN r.region_id IS NULL THEN 1 ELSE 0 END, r.region_id"
    return f"r.year_from, r.year_to, {codes}, {placed}, r.id"


def _standing(connection: Connection, request: CountRequest) -> Standing:
    return standing(connection, request.filters.as_of, request.filters.revision)


def _holds_nothing(request: CountRequest, flags: Standing, recognition: int, recipient: int) -> bool:
    """Whether holders are asked for, and this title is revoked or its recipient gone."""
    return request.measure == "holders" and (recognition in flags.revoked or recipient in flags.gone)


def _inside(row: Sequence[Any], request: CountRequest, placer: Placer) -> bool:
    if row[10] is None or request.region is None:
        return False
    text = placer.words(row[0], (row[6], row[17], row[18]))
    return place_of(int(row[10]), int(row[2]), replace(request, by=()), placer, text)[1] == "placed"


def _json(row: Sequence[Any], revoked: bool) -> dict[str, Any]:
    region = gazetteer().by_id(int(row[10])) if row[10] is not None else None
    detail = json.loads(row[18]) if row[18] else {}
    return {
        "id": row[0], "year_from": row[1], "year_to": row[2], "kind": row[3], "tier": row[4],
        "system": row[5] or None, "stars": row[19] or None, "name": row[6], "recipient": row[7],
        "recipient_type": row[8], "parent": detail.get("parent") or row[9],
        "unit": detail.get("unit"), "post": detail.get("post"),
        "region_code": region.code if region else None, "region": region.name if region else None,
        "region_printed": row[17], "body": row[11], "conferred_by": row[12],
        "decision_no": row[13] or None, "decision_date": row[20] or None,
        "status": "revoked" if revoked else "in_force", "batch": row[21],
        "source": {"file": row[16], "sheet": row[14], "row": row[15]},
    }  # fmt: skip
