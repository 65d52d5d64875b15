"""Events as stored and listed: one numbering over both tables, so that one number names one event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy.engine import Connection

from homeregistry.bulk import select_in
from homeregistry.ledger import Ledger

On = Literal["recognition", "recipient"]

TABLES: Final[dict[On, str]] = {"recognition": "recognition_event", "recipient": "recipient_event"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: on a recognition or a recipient (`subject` is its id); `name`, `other` of unit events."""

    id: int
    on: On
    subject: int
    type: str
    date: str
    basis: str
    note: str | None
    actor: str
    at: str
    withdrawn: bool = False
    name: str | None = None
    other: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As `event list --format json` prints it."""
        return {
            "event": self.id, "on": self.on, self.on: self.subject, "type": self.type, "date": self.date,
            "name": self.name, "other": self.other, "basis": self.basis, "note": self.note,
            "actor": self.actor, "at": self.at, "withdrawn": self.withdrawn,
        }  # fmt: skip


def new_event_id(ledger: Ledger) -> int:
    """The next number of an event; both tables count on together, so no number is used in both."""
    return max(ledger.new_id(table) for table in TABLES.values())


def write_events(ledger: Ledger, events: Iterable[Happened]) -> None:
    """Write events; their numbers come from `new_event_id` and ascend."""
    titles, units = [], []
    for one in events:
        if one.on == "recognition":
            titles.append((one.id, one.subject, one.type, one.date, one.basis, one.note, one.actor, one.at))
        else:
            units.append(
                (
                    one.id, one.subject, one.type, one.date, one.name, one.other, one.basis, one.note,
                    one.actor, one.at,
                )
            )  # fmt: skip
    ledger.insert("recognition_event", titles)
    ledger.insert("recipient_event", units)


def list_events(connection: Connection, *, everything: bool = False) -> list[Happened]:
    """All events by date, then number; withdrawn ones only with `everything`."""
    live = "" if everything else " WHERE revision_to IS NULL"
    found = [
        _read("recognition", row) for row in connection.exec_driver_sql(f"{_selected('recognition')}{live}")
    ]
    found += [
        _read("recipient", row) for row in connection.exec_driver_sql(f"{_selected('recipient')}{live}")
    ]
    return sorted(found, key=lambda one: (one.date, one.id))


def events_of(connection: Connection, on: On, subject: int) -> list[Happened]:
    """The live events of one recognition or recipient, by number."""
    return events_on(connection, on, (subject,))


def events_on(connection: Connection, on: On, subjects: Iterable[int]) -> list[Happened]:
    """The live events of several recognitions or recipients, by number."""
    rows = select_in(connection, _selected(on), f"{on}_id", sorted(subjects), "AND revision_to IS NULL")
    return sorted((_read(on, row) for row in rows), key=lambda event: event.id)


def _selected(on: On) -> str:
    more = "name, other_id" if on == "recipient" else "NULL, NULL"
    return f"SELECT id, {on}_id, type, date, basis, note, actor, at, revision_to, {more} FROM {TABLES[on]}"


def _read(on: On, row: Sequence[Any]) -> Happened:
    number, subject, kind, day, basis, note, actor, at, closed, name, other = row
    return Happened(number, on, subject, kind, day, basis, note, actor, at, closed is not None, name, other)
