"""What an export is a picture of: the filters, resolved to the day and the revision, and how it is laid out.

The options stand in the manifest as JSON, from which the same export can be made again to check it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound
from homeregistry.ledger import GENESIS, head
from homeregistry.queries import CountRequest, Filters
from homeregistry.queries.placing import Boundaries
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.regions.table import is_municipality
from homeregistry.stated_years import FIRST_YEAR

ROWS = ("province", "prefecture", "county", "region", "body", "system")
"""What a line of a tally may stand for."""


@dataclass(frozen=True, slots=True)
class Stand:
    """The registry at a revision: its head digest and when it was written (ISO 8601, UTC; empty at 0)."""

    revision: int
    head: str
    at: str

    @property
    def day(self) -> date:
        """The day of the revision: `now` for an export that must be the same on every day."""
        return date.fromisoformat(self.at[:10]) if self.at else date(FIRST_YEAR, 1, 1)


def stand_of(connection: Connection, revision: int | None = None, day: date | None = None) -> Stand:
    """How the registry stands, or stood at a revision or at the end of a day (UTC).

    Raises NotFound for a revision that is not there.
    """
    if revision is None and day is not None:
        found = connection.execute(
            sa.text("SELECT max(id) FROM audit_entry WHERE at <= :end"),
            {"end": f"{day.isoformat()}T23:59:59Z"},
        ).scalar()
        revision = int(found or 0)
    if revision is None:
        revision = head(connection)[0]
    row = connection.execute(
        sa.text("SELECT hash, at FROM audit_entry WHERE id = :id"), {"id": revision}
    ).first()
    if row is not None:
        return Stand(revision, str(row[0]), str(row[1]))
    if revision != 0:
        raise NotFound(
            "unknown_revision", "The registry has no revision {value}; it stands at {now}.",
            value=revision, now=head(connection)[0],
        )  # fmt: skip
    return Stand(0, GENESIS, "")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """`request.filters.revision` is always set. `rows` is what a line of a tally stands for."""

    request: CountRequest
    language: str
    rows: str = "province"
    total: Literal["first", "last"] = "last"
    with_findings: bool = False

    def to_json(self) -> dict[str, Any]:
        """Only what was asked for; dates as ISO text, the region by the id of its row."""
        filters = self.request.filters
        said: dict[str, Any] = {
            "kind": filters.kind, "tier": filters.tier, "or_above": filters.or_above,
            "system": filters.system, "year_from": filters.year_from, "year_to": filters.year_to,
            "body": filters.body, "as_of": filters.as_of.isoformat() if filters.as_of else None,
            "year_basis": filters.year_basis,
            "recipients": sorted(filters.recipients) if filters.recipients is not None else None,
            "region": self.request.region.id if self.request.region else None,
            "boundaries": boundaries_text(self.request.boundaries), "measure": self.request.measure,
            "language": self.language, "rows": self.rows, "total": self.total,
            "with_findings": self.with_findings,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value not in (None, False)}


def options_from_json(said: Mapping[str, Any], revision: int) -> ExportOptions:
    """The options of a manifest. Raises ValueError, KeyError or TypeError for what is none."""
    recipients = said.get("recipients")
    filters = Filters(
        kind=said.get("kind"), tier=said.get("tier"), or_above=bool(said.get("or_above")),
        system=said.get("system"), year_from=said.get("year_from"), year_to=said.get("year_to"),
        body=said.get("body"), as_of=date.fromisoformat(said["as_of"]) if said.get("as_of") else None,
        year_basis=said["year_basis"], revision=revision,
        recipients=frozenset(map(int, recipients)) if recipients is not None else None,
    )  # fmt: skip
    region = gazetteer().by_id(int(said["region"])) if said.get("region") else None
    text = said["boundaries"]
    boundaries: Boundaries = "as-awarded" if text == "as-awarded" else date.fromisoformat(text)
    return ExportOptions(
        CountRequest(filters, (), region, boundaries, said["measure"]), said["language"], said["rows"],
        said["total"], bool(said.get("with_findings")),
    )  # fmt: skip


def boundaries_text(boundaries: Boundaries) -> str:
    """The map as text: `as-awarded` or the day."""
    return boundaries if isinstance(boundaries, str) else boundaries.isoformat()


def fitting_rows(region: Region | None) -> str:
    """What the lines of a tally stand for where nobody says it: one level below the region asked for."""
    if region is None:
        return "province"
    if region.level == "province":
        return "county" if is_municipality(region) else "prefecture"
    return "county"
