"""Closed years: a year that was reported is closed; what changes in it afterwards needs a reason.

Closing is itself a fact with a revision. The commands that write ask `closed_years` and refuse, or record
the reason in their audit entry.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import RegistryError
from homeregistry.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ClosedYear:
    """A closed year: who closed it, when (ISO 8601, UTC), at which revision, with what remark."""

    id: int
    year: int
    actor: str
    at: str
    revision: int
    reason: str | None

    def to_json(self) -> dict[str, Any]:
        """As `year list --format json` prints it."""
        return {
            "year": self.year, "closed_by": self.actor, "closed_at": self.at, "revision": self.revision,
            "reason": self.reason,
        }  # fmt: skip


def closed_years(connection: Connection) -> dict[int, ClosedYear]:
    """The years that are closed now, the earliest first."""
    found = connection.exec_driver_sql(
        "SELECT id, year, actor, at, revision_from, reason FROM closed_year "
        "WHERE revision_to IS NULL ORDER BY year"
    )
    return {int(row[1]): ClosedYear(*row) for row in found}


def changes_since(connection: Connection, closed: ClosedYear) -> int:
    """How many recognitions of a closed year came in or left since it was closed."""
    found = connection.execute(
        sa.text(
            "SELECT count(*) FROM recognition WHERE year_from <= :year AND year_to >= :year "
            "AND (revision_from > :revision OR revision_to > :revision)"
        ),
        {"year": closed.year, "revision": closed.revision},
    ).scalar()
    return int(found or 0)


def close_year(ledger: Ledger, year: int) -> None:
    """Close a year. Raises RegistryError when it is closed already."""
    known = closed_years(ledger.connection).get(year)
    if known is not None:
        raise RegistryError(
            "already_closed", "The year {year} was closed by {actor} at {at}.",
            year=year, actor=known.actor, at=known.at,
        )  # fmt: skip
    number = ledger.new_id("closed_year")
    ledger.insert("closed_year", [(number, year, ledger.deed.actor, ledger.deed.reason, ledger.at)])
    ledger.subject["year"] = year


def reopen_year(ledger: Ledger, year: int) -> None:
    """Open a closed year again; the audit entry keeps the reason. Raises RegistryError when it is open."""
    known = closed_years(ledger.connection).get(year)
    if known is None:
        raise RegistryError("not_closed", "The year {year} is not closed.", year=year)
    ledger.close("closed_year", [known.id])
    ledger.subject["year"] = year
