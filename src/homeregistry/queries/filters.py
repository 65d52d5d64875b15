"""Which recognitions a question is about: one value, one SQL condition, used by every query.

SQL is written once for both engines; values are bound. `r` is recognition, `w` its round.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.bodies import read_body
from homeregistry.errors import UsageMistake
from homeregistry.industries import INDUSTRY
from homeregistry.last_days import LAST_DAYS
from homeregistry.vocabulary import Tier, tiers_covered

YearBasis = Literal["stated", "decision", "statistical"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to ask for; None asks for all. The region is part of `CountRequest`, it needs a map.

    A tier without a system asks for territorial awards only: a system's award never counts as
    territorial. `as_of` takes what was conferred by that day; `revision` asks the registry as it
    stood.
    """

    kind: str | None = None
    tier: str | None = None
    or_above: bool = False
    system: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    body: str | None = None
    as_of: date | None = None
    year_basis: YearBasis = "stated"
    revision: int | None = None
    recipients: frozenset[int] | None = None

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers asked for; all of them where none is named."""
        return tiers_covered(self.tier, self.or_above)

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year asked for; None asks for all."""
        if self.year_from is None and self.year_to is None:
            return None
        low = self.year_from if self.year_from is not None else 0
        return low, self.year_to if self.year_to is not None else 9999


DECISION_YEAR = (
    "CASE WHEN w.decision_date = '' THEN NULL ELSE CAST(substr(w.decision_date, 1, 4) AS INTEGER) END"
)
STATISTICAL_YEAR = (
    "CASE WHEN length(w.decision_date) < 7 THEN NULL "
    "WHEN CAST(substr(w.decision_date, 6, 2) AS INTEGER) >= 10 "
    "THEN CAST(substr(w.decision_date, 1, 4) AS INTEGER) + 1 "
    "ELSE CAST(substr(w.decision_date, 1, 4) AS INTEGER) END"
)
"""The federation's year runs from 1 October to 30 September; a date without a month has none."""

_BY_PRECISION = " ".join(
    f"WHEN length(w.decision_date) = {length} THEN w.decision_date || '{rest}'"
    for length, rest in LAST_DAYS.items()
)
CONFERRED_BY = (
    f"CASE WHEN w.decision_date = '' THEN CAST(r.year_to AS TEXT) || '{LAST_DAYS[4]}' {_BY_PRECISION} "
    "ELSE w.decision_date END"
)
"""The day by which a title was conferred for certain: `last_days.last_possible` of its decision, in SQL."""


@dataclass(slots=True)
class Where:
    """A condition and its bound values; `needs_round` when it speaks of the round's columns."""

    parts: list[str]
    values: dict[str, Any]
    needs_round: bool = False

    @property
    def sql(self) -> str:
        """The condition; true where nothing is asked."""
        return " AND ".join(self.parts) or "1 = 1"

    def add(self, part: str, **values: Any) -> None:
        """One more condition that must hold."""
        self.parts.append(part)
        self.values.update(values)


def live(revision: int | None, alias: str = "r") -> str:
    """Rows that are live now, or that were at a revision."""
    if revision is None:
        return f"{alias}.revision_to IS NULL"
    at = int(revision)
    return f"{alias}.revision_from <= {at} AND ({alias}.revision_to IS NULL OR {alias}.revision_to > {at})"


def where(filters: Filters, *, tallied: bool = False) -> Where:
    """The SQL condition of the filters (regions are applied where they are placed).

    `tallied` makes it one on the lines of the tally, which hold live rows only and all years of a region;
    ask `tally_answers` first.
    """
    found = Where([] if tallied else [live(filters.revision)], {})
    if filters.kind:
        found.add("r.kind = :kind", kind=filters.kind)
    if filters.tier:
        names = {f"tier{n}": tier for n, tier in enumerate(filters.tiers)}
        listed = ", ".join(f":{name}" for name in names)
        # One tier by `=`: behind an IN, even of one, SQLite sorts what the index has in order.
        found.add(f"r.tier IN ({listed})" if len(names) > 1 else f"r.tier = {listed}", **names)
    if filters.system is not None:
        found.add("r.system = :system", system=filters.system)
    elif filters.tier:
        found.add("r.system = ''")
    if not tallied:
        _years(found, filters)
    if filters.body:
        found.add(
            "r.body_id IN (SELECT id FROM union_body WHERE code = :body OR name = :body)", body=filters.body
        )
    if filters.as_of:
        found.needs_round = True
        found.add(
            f"{CONFERRED_BY} <= :as_of",
            as_of=filters.as_of.isoformat(),
        )
    if filters.recipients is not None:
        found.add(f"r.recipient_id IN ({_numbers(filters.recipients)})")
    return found


def tally_answers(filters: Filters) -> bool:
    """Whether the filters speak of nothing but what the tally knows of a recognition, and of today."""
    return (
        filters.revision is None
        and filters.as_of is None
        and filters.body is None
        and filters.recipients is None
        and (filters.year_basis == "stated" or filters.years is None)
    )


def _years(found: Where, filters: Filters) -> None:
    if filters.years is None:
        return
    low, high = filters.years
    if filters.year_basis == "stated":
        found.add("r.year_from <= :last AND r.year_to >= :first", first=low, last=high)
        return
    found.needs_round = True
    year = DECISION_YEAR if filters.year_basis == "decision" else STATISTICAL_YEAR
    found.add(f"{year} BETWEEN :first AND :last", first=low, last=high)


def _numbers(values: Iterable[int]) -> str:
    return ", ".join(str(int(value)) for value in sorted(values)) or "NULL"


def known_body(connection: Connection, text: str) -> str:
    """The body that was meant, by code or name as recorded, else by any of its known names.

    Raises UsageMistake for one that is neither recorded nor known.
    """
    recorded = sa.text("SELECT 1 FROM union_body WHERE code = :body OR name = :body LIMIT 1")
    if connection.execute(recorded, {"body": text}).first() is not None:
        return text
    reading = read_body(text, None)
    if reading.kind != "unlisted":
        return reading.code
    similar = sa.text("SELECT name FROM union_body WHERE name LIKE :part ORDER BY code LIMIT 5")
    near = "、".join(connection.execute(similar, {"part": f"%{text}%"}).scalars()) if text.strip() else ""
    raise UsageMistake(
        "unknown_body", "“{value}” is not a known union body{near}; write its full name.",
        value=text, near=near,
    )  # fmt: skip


def known_system(connection: Connection, text: str) -> str:
    """A system that is recorded, or an industry. Raises UsageMistake for one that is neither."""
    rounds = connection.exec_driver_sql("SELECT DISTINCT system FROM award_round WHERE system <> ''")
    recorded = sorted(str(one) for one in rounds.scalars())
    if text in recorded or re.fullmatch(INDUSTRY, text) or text.endswith("机关"):
        return text
    raise UsageMistake(
        "unknown_system", "“{value}” is not a known system; recorded are: {listed}.",
        value=text, listed="、".join(recorded) or "-",
    )  # fmt: skip
