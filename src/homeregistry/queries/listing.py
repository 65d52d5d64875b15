"""The recognitions behind a number: the same filters, every record with its place, bodies and source."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.queries.counting import cell_of
from homeregistry.queries.filters import where
from homeregistry.queries.grouping import Group, Value
from homeregistry.queries.placing import Placer
from homeregistry.queries.requests import CountRequest
from homeregistry.queries.settled import placer_of
from homeregistry.queries.spans import State, place_of
from homeregistry.queries.standing import standing
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
    found = list(recognitions(connection, request))
    end = None if limit is None else offset + limit
    return Listed(len(found), found[offset:end])


def recognitions(connection: Connection, request: CountRequest) -> Iterator[dict[str, Any]]:
    """All of them, ordered by year, kind, tier, region and source, the same on both engines."""
    placer = placer_of(connection, request)
    for row, revoked in _rows(connection, request):
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
    for row, revoked in _rows(connection, request):
        record = _json(row, revoked)
        text = placer.words(row[0], (row[6], row[17], row[18]))
        values: tuple[Value, ...] = (record.get(dimension) if dimension in ("body", "system") else None,)
        group = Group(row[10], int(row[1]), int(row[2]), values, 1, None, text)
        cell, state, between = cell_of(group, asked, placer)
        if state != "outside":
            yield Counted(record, cell, state, between)


def _rows(connection: Connection, request: CountRequest) -> Iterator[tuple[Sequence[Any], bool]]:
    """The rows of the filters, whatever their place, each with whether it is revoked."""
    condition = where(request.filters)
    flags = standing(connection, request.filters.as_of, request.filters.revision)
    # By bytes, and what has no region last: the engines' own habits would give two orders.
    by_bytes = "" if is_sqlite(connection) else ' COLLATE "C"'
    codes = ", ".join(f"r.{name}{by_bytes}" for name in ("kind", "tier", "system"))
    sql = (
        f"SELECT {_COLUMNS} {_FROM} WHERE {condition.sql} ORDER BY r.year_from, r.year_to, {codes}, "
        "CASE WHEN r.region_id IS NULL THEN 1 ELSE 0 END, r.region_id, r.id"
    )
    for row in connection.execute(sa.text(sql), condition.values):
        if request.measure == "holders" and (row[0] in flags.revoked or row[7] in flags.gone):
            continue
        yield row, row[0] in flags.revoked


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


def everything(request: CountRequest) -> CountRequest:
    """The same question without a place: for what stands outside every region."""
    return replace(request, region=None)
