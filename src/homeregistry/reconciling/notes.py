"""Findings acknowledged by a named person, with a reason: they stay findings, and say who looked at them."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.ledger import Ledger
from homeregistry.queries.filters import live


@dataclass(frozen=True, slots=True)
class Note:
    """Who acknowledged a finding, when and why."""

    id: int
    actor: str
    reason: str
    at: str

    def to_json(self) -> dict[str, Any]:
        """The `acknowledged` object of a finding."""
        return {"actor": self.actor, "reason": self.reason, "at": self.at}


def notes(connection: Connection, revision: int | None = None) -> dict[str, Note]:
    """The notes that stand, or stood at a revision, by finding key."""
    rows = connection.execute(
        sa.text(
            "SELECT n.finding_key, n.id, n.actor, n.reason, n.at FROM finding_note n "
            f"WHERE {live(revision, 'n')} AND n.state = 'acknowledged' ORDER BY n.id"
        )
    )
    return {str(row[0]): Note(int(row[1]), row[2], row[3], row[4]) for row in rows}


def write_note(ledger: Ledger, key: str, reason: str) -> Note:
    """Acknowledge a finding in the name of the deed's actor; an earlier note on it is closed."""
    earlier = notes(ledger.connection).get(key)
    if earlier is not None:
        ledger.close("finding_note", [earlier.id])
    note = Note(ledger.new_id("finding_note"), ledger.deed.actor, reason, ledger.at)
    ledger.insert("finding_note", [(note.id, key, "acknowledged", note.actor, reason, note.at)])
    ledger.subject.update({"finding": key})
    return note
