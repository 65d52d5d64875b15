"""Events on units and persons: renamed, merged into another, closed. Their titles stay on record.

A renamed unit is still one holder, under both names; a merged or closed one holds nothing from that day on.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound, RegistryError, UsageMistake
from homeregistry.events.occasion import Occasion
from homeregistry.events.record import Happened, events_of, new_event_id, write_events
from homeregistry.last_days import last_possible
from homeregistry.ledger import Ledger
from homeregistry.queries.history import no_recipient
from homeregistry.recipients.names import recipient_key
from homeregistry.text import clean


@dataclass(frozen=True, slots=True)
class Unit:
    """A live recipient: id, type, name as first recorded, key."""

    id: int
    type: str
    name: str
    key: str


def live_unit(connection: Connection, number: int) -> Unit:
    """The recipient of an id. Raises NotFound where there is none, or it was merged or taken back."""
    row = connection.execute(
        sa.text("SELECT id, type, name, key, revision_to FROM recipient WHERE id = :id"), {"id": number}
    ).first()
    if row is None:
        raise no_recipient(number)
    if row[4] is not None:
        raise NotFound(
            "recipient_gone",
            "The recipient {value} ({name}) was taken back or merged into another; "
            "search: homeregistry find {name}",
            value=number, name=row[2],
        )  # fmt: skip
    return Unit(int(row[0]), str(row[1]), str(row[2]), str(row[3]))


def rename_unit(ledger: Ledger, recipient: int, name: str, occasion: Occasion) -> Happened:
    """Record a new name; it finds the recipient from now on, in imports and searches."""
    unit = live_unit(ledger.connection, recipient)
    new = clean(name)
    if not new:
        raise UsageMistake("empty_name", "Give the new name.")
    events = events_of(ledger.connection, "recipient", recipient)
    _require_there(unit, events, occasion)
    if new == name_on(unit, events, occasion.last_day):
        raise RegistryError(
            "already_named", "The recipient {number} bears the name “{name}” already.",
            number=recipient, name=new,
        )  # fmt: skip
    event = _happened(ledger, unit, "renamed", occasion, name=new)
    write_events(ledger, [event])
    row = (
        ledger.new_id("recipient_name"), recipient, new, key_of(unit, new), "renamed", str(occasion.date),
    )  # fmt: skip
    ledger.insert("recipient_name", [row])
    return event


def merge_unit(ledger: Ledger, recipient: int, into: int, occasion: Occasion) -> Happened:
    """Record that a unit was merged into another. Two records of one unit are `recipient merge`, not this."""
    unit, other = live_unit(ledger.connection, recipient), live_unit(ledger.connection, into)
    if unit.id == other.id:
        raise UsageMistake("merged_into_itself", "A unit cannot be merged into itself.")
    if (unit.type == "person") != (other.type == "person"):
        raise UsageMistake("not_of_a_kind", "A person and a unit cannot be merged.")
    _require_there(unit, events_of(ledger.connection, "recipient", unit.id), occasion)
    _require_lasting(unit, events_of(ledger.connection, "recipient", unit.id))
    _require_there(other, events_of(ledger.connection, "recipient", other.id), occasion)
    event = _happened(ledger, unit, "merged", occasion, other=other.id)
    write_events(ledger, [event])
    return event


def close_unit(ledger: Ledger, recipient: int, occasion: Occasion) -> Happened:
    """Record that a unit was closed."""
    unit = live_unit(ledger.connection, recipient)
    events = events_of(ledger.connection, "recipient", recipient)
    _require_there(unit, events, occasion)
    _require_lasting(unit, events)
    event = _happened(ledger, unit, "closed", occasion)
    write_events(ledger, [event])
    return event


def _happened(
    ledger: Ledger, unit: Unit, kind: str, occasion: Occasion, *, name: str | None = None,
    other: int | None = None,
) -> Happened:  # fmt: skip
    event = Happened(
        new_event_id(ledger), "recipient", unit.id, kind, str(occasion.date), occasion.basis, occasion.note,
        ledger.deed.actor, ledger.at, False, name, other,
    )  # fmt: skip
    said = {
        "recipient": unit.id,
        "other": other,
        "date": event.date,
        "basis": event.basis,
        "events": [event.id],
    }
    ledger.subject.update({mark: value for mark, value in said.items() if value is not None})
    return event


def gone(events: list[Happened]) -> Happened | None:
    """The event by which a recipient ceased to be, if any."""
    return next((one for one in events if one.type in ("merged", "closed")), None)


def _require_there(unit: Unit, events: list[Happened], occasion: Occasion) -> None:
    """Refuse what happens to a unit after its end."""
    end = gone(events)
    if end is not None and last_possible(end.date) <= occasion.last_day:
        raise _ended(unit, end)


def _require_lasting(unit: Unit, events: list[Happened]) -> None:
    """Refuse a second end, whenever it is dated."""
    end = gone(events)
    if end is not None:
        raise _ended(unit, end)


def _ended(unit: Unit, end: Happened) -> RegistryError:
    if end.type == "merged":
        return RegistryError(
            "already_merged", "The recipient {number} was merged into {other} on {date} (event {event}).",
            number=unit.id, other=end.other, date=end.date, event=end.id,
        )  # fmt: skip
    return RegistryError(
        "already_closed", "The recipient {number} was closed on {date} (event {event}).",
        number=unit.id, date=end.date, event=end.id,
    )  # fmt: skip


def name_on(unit: Unit, events: list[Happened], day: str) -> str:
    """The name a recipient bore on a day (ISO): its last new name by then, else its first one."""
    renamed = sorted(
        (last_possible(one.date), one.id, one.name or "") for one in events if one.type == "renamed"
    )
    names = [name for when, _id, name in renamed if when <= day]
    return names[-1] if names else unit.name


def key_of(unit: Unit, name: str) -> str:
    """The comparison key of another name of a recipient; a person stays in the unit the key names."""
    if unit.type == "person":
        _own, gap, rest = unit.key.partition(" ")
        return recipient_key(name, "person") + gap + rest
    return recipient_key(name, "sub_unit" if unit.type == "sub_unit" else "organisation")
