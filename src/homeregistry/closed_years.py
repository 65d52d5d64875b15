"""Closed years, and the one rule about them: what changes a closed year needs a reason.

The ledger asks here before it seals a write, so that no command can forget to. The same table of what
touches a year tells `year list` and the tally what changed in it since it was closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.errors import RegistryError
from homeregistry.vocabulary import MEASURES

_ACCUMULATES: Final = ", ".join(f"'{code}'" for code, one in MEASURES.items() if one.accumulates)

TOUCHING: Final[dict[str, tuple[str, str, str]]] = {
    "recognition": ("recognition t", "t.year_from", "t.year_to"),
    "recognition_event": (
        "recognition_event t JOIN recognition r ON r.id = t.recognition_id", "r.year_from", "r.year_to",
    ),
    "recipient_event": (
        "recipient_event t JOIN recognition r ON r.recipient_id = t.recipient_id "
        "AND t.type IN ('merged', 'closed')",
        "r.year_from", "r.year_to",
    ),
    "review_decision": (
        "review_decision t JOIN recognition r ON r.id = t.recognition_id", "r.year_from", "r.year_to",
    ),
    "declared_figure": (
        "declared_figure t",
        f"CASE WHEN t.measure IN ({_ACCUMULATES}) THEN coalesce(t.year_to, t.year_from) "
        "ELSE coalesce(t.year_from, t.year_to) END",
        "coalesce(t.year_to, t.year_from)",
    ),
}  # fmt: skip
"""Table to its rows `t` and the first and last year that they belong to. A new name of a unit changes no
year: lists show names as printed. What is cumulative to a year belongs to that year alone."""

_MOST = 500


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


class ClosedYearsError(RegistryError):
    """A write would change closed years and says no reason."""

    def __init__(self, years: Iterable[int]) -> None:
        listed = ", ".join(str(year) for year in sorted(years))
        super().__init__(
            "closed_year", "Closed years would change: {years}. Give --reason. Nothing was written.",
            years=listed,
        )  # fmt: skip


def closed_years(connection: Connection) -> dict[int, ClosedYear]:
    """The years that are closed now, the earliest first."""
    found = connection.exec_driver_sql(
        "SELECT id, year, actor, at, revision_from, reason FROM closed_year "
        "WHERE revision_to IS NULL ORDER BY year"
    )
    return {int(row[1]): ClosedYear(*row) for row in found}


def is_reason(text: str | None) -> bool:
    """Whether a reason says anything."""
    return bool(text and text.strip())


@dataclass(slots=True)
class Touched:
    """Rows of one table that a write brought in (from an id on: ids only grow) or closed."""

    first: int | None = None
    closed: set[int] = field(default_factory=set)

    def conditions(self) -> Iterable[str]:
        """Conditions on `t.id`, none of them longer than a statement may be."""
        if self.first is not None:
            yield f"t.id >= {self.first}"
        ids = sorted(self.closed)
        for start in range(0, len(ids), _MOST):
            yield f"t.id IN ({', '.join(map(str, ids[start : start + _MOST]))})"


def years_touched(connection: Connection, among: Iterable[int], touched: dict[str, Touched]) -> set[int]:
    """Those of `among` to which rows of a write belong."""
    wanted, found = set(among), set[int]()
    for table, rows in touched.items():
        source, low, high = TOUCHING[table]
        for condition in rows.conditions():
            spans = connection.exec_driver_sql(
                f"SELECT DISTINCT {low}, {high} FROM {source} WHERE {condition}"
            )
            for first, last in spans:
                if first is not None:
                    found |= {year for year in wanted if first <= year <= last}
    return found
