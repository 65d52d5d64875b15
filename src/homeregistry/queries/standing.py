"""Which recognitions are in force on a day: revoked ones out, restored ones in, by dated events.

A date that is only a month or a year counts from its last day on: before that the event is not certain.
Merged and closed recipients hold nothing from that day on; a renamed one is still one holder.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.last_days import last_possible
from homeregistry.queries.filters import live


@dataclass(frozen=True, slots=True)
class Standing:
    """Recognitions not in force on the day, and recipients that had gone by then."""

    revoked: frozenset[int]
    gone: frozenset[int]


def standing(connection: Connection, day: date | None, revision: int | None = None) -> Standing:
    """What events say on a day (None: every event counts, whatever its date)."""
    limit = day.isoformat() if day else "9999-12-31"
    state: dict[int, str] = {}
    events = connection.execute(
        sa.text(
            "SELECT e.recognition_id, e.type, e.date, e.id FROM recognition_event e "
            f"WHERE e.type IN ('revoked', 'restored') AND {live(revision, 'e')}"
        )
    )
    dated = [
        (last_possible(str(when)), int(event), int(number), str(kind)) for number, kind, when, event in events
    ]
    for when, _event, number, kind in sorted(dated):
        if when <= limit:
            state[number] = kind
    gone = connection.execute(
        sa.text(
            "SELECT e.recipient_id, e.date FROM recipient_event e "
            f"WHERE e.type IN ('merged', 'closed') AND {live(revision, 'e')}"
        )
    )
    return Standing(
        frozenset(number for number, kind in state.items() if kind == "revoked"),
        frozenset(int(number) for number, when in gone if last_possible(str(when)) <= limit),
    )
