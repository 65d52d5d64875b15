"""What lists state about themselves, held against the names that stand under the heading."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.comparing.with_records import Verdict
from homeregistry.queries import CountRequest
from homeregistry.queries.filters import live, where
from homeregistry.queries.placing import Placer

Reason = Literal["listed_above", "listed_below", "listed_equal"]


@dataclass(frozen=True, slots=True)
class ListHeading:
    """A declared count of a list with how many names were listed under it."""

    id: int
    batch: int
    file: str
    sha256: str
    sheet: str
    row: int
    stated: str
    declared: int
    listed: int
    kind: str | None
    scope: str | None

    @property
    def verdict(self) -> tuple[Verdict, Reason]:
        """A heading is an exact figure: more names than it says contradict it."""
        if self.listed > self.declared:
            return "contradiction", "listed_above"
        return ("short", "listed_below") if self.listed < self.declared else ("agrees", "listed_equal")

    def to_json(self) -> dict[str, Any]:
        """The heading in the shape of a declared figure."""
        return {
            "list_check": self.id, "stated": self.stated, "low": self.declared, "high": self.declared,
            "qualifier": "exact", "scope": self.scope, "kind": self.kind,
            "kinds": [self.kind] if self.kind else [], "quote": self.stated, "sheet": self.sheet,
            "row": self.row, "file": self.file, "batch": self.batch,
        }  # fmt: skip


def list_headings(connection: Connection, request: CountRequest) -> Iterator[ListHeading]:
    """The headings of live lists; with filters, of lists that hold a recognition asked for."""
    rows = connection.execute(
        sa.text(
            "SELECT c.id, c.batch_id, b.file_name, d.sha256, c.sheet, c.row_no, c.stated, c.declared, "
            "c.listed, c.kind, c.scope FROM list_check c JOIN import_batch b ON b.id = c.batch_id "
            f"JOIN source_document d ON d.id = b.document_id WHERE {live(request.filters.revision, 'c')} "
            "ORDER BY c.id"
        )
    ).all()
    wanted = _batches(connection, request) if rows and request != CountRequest() else None
    kind = request.filters.kind
    for row in rows:
        heading = ListHeading(*row)
        if wanted is not None and heading.batch not in wanted:
            continue
        if kind is None or heading.kind in (None, kind):
            yield heading


def _batches(connection: Connection, request: CountRequest) -> set[int]:
    """Batches with a recognition that the filters ask for."""
    condition = where(request.filters)
    join = " JOIN award_round w ON w.id = r.round_id" if condition.needs_round else ""
    rows = connection.execute(
        sa.text(
            f"SELECT DISTINCT r.batch_id, r.region_id, r.year_to FROM recognition r{join} "
            f"WHERE {condition.sql}"
        ),
        condition.values,
    )
    if request.region is None:
        return {int(row[0]) for row in rows}
    placer = Placer(request.boundaries)
    return {
        int(batch)
        for batch, region, year in rows
        if region is not None and placer.stands_in(request.region, int(region), int(year)) is not None
    }
