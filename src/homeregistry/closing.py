"""Closing a year and opening it again; the rule about closed years stands in `closed_years`."""

from datetime import date

from sqlalchemy.engine import Connection

from homeregistry.closed_years import TOUCHING, ClosedYear, closed_years
from homeregistry.errors import RegistryError, UsageMistake
from homeregistry.ledger import Ledger


def changes_since(connection: Connection, closed: ClosedYear) -> int:
    """How many facts of a closed year came in or left since it was closed."""
    return sum(
        _count(connection, table, closed, revision)
        for table in TOUCHING
        for revision in ("t.revision_from", "t.revision_to")
    )


def _count(connection: Connection, table: str, closed: ClosedYear, revision: str) -> int:
    source, low, high = TOUCHING[table]
    found = connection.exec_driver_sql(
        f"SELECT count(DISTINCT t.id) FROM {source} WHERE {revision} > {closed.revision} "
        f"AND {low} <= {closed.year} AND {high} >= {closed.year}"
    ).scalar()
    return int(found or 0)


def close_year(ledger: Ledger, year: int) -> None:
    """Close a year. Raises UsageMistake for one that has not ended, RegistryError for a closed one."""
    if year >= date.today().year:
        raise UsageMistake(
            "year_not_ended", "The year {year} has not ended; close it when its decisions are in.", year=year
        )
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
