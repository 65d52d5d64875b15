"""A person's decision is written down: who decided what about which pair, row or recognition, and why.

Of decisions about one thing the last one counts: an earlier one about the same pair of names, or the same
recognition's place, is closed here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.digests import canonical
from homeregistry.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided, why, and when (ISO 8601, UTC)."""

    actor: str
    reason: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, about what, and what goes with it (`detail`); by the write at hand unless `by` says
    otherwise.
    """

    decision: str
    pair: str | None = None
    held_row: int | None = None
    recognition: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    by: Decided | None = None


def decide(ledger: Ledger, decisions: Iterable[Decision]) -> list[int]:
    """Write decisions, each in place of an earlier one about the same; returns their numbers in order."""
    own = Decided(ledger.deed.actor, ledger.deed.reason, ledger.at)
    rows: list[tuple[Any, ...]] = []
    for one in decisions:
        ledger.close("review_decision", _earlier(ledger.connection, one))
        by = one.by or own
        rows.append(
            (
                ledger.new_id("review_decision"), one.pair, one.held_row, one.recognition, one.decision,
                canonical(dict(one.detail)), by.actor, by.reason, by.at,
            )
        )  # fmt: skip
    ledger.insert("review_decision", rows)
    return [int(row[0]) for row in rows]


def _earlier(connection: Connection, one: Decision) -> list[int]:
    if one.pair is not None:
        condition = "pair_key = :about"
    elif one.decision == "place":
        condition = "recognition_id = :about AND decision = 'place'"
    else:
        return []
    found = connection.execute(
        sa.text(f"SELECT id FROM review_decision WHERE {condition} AND revision_to IS NULL"),
        {"about": one.pair if one.pair is not None else one.recognition},
    ).scalars()
    return [int(number) for number in found]
