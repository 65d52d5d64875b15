"""Taking a wrong event back: its row is closed, its history stays; what follows from it goes with it."""

import sqlalchemy as sa

from homeregistry.errors import NotFound, RegistryError
from homeregistry.events.record import TABLES, Happened, On, events_of
from homeregistry.events.titles import TURNS
from homeregistry.last_days import last_possible
from homeregistry.ledger import Ledger


def withdraw_event(ledger: Ledger, number: int) -> Happened:
    """Withdraw one event. Raises NotFound, or RegistryError where it was withdrawn or others rest on it."""
    event = _event(ledger, number)
    if event.on == "recognition":
        _require_order_left(ledger, event)
    ledger.close(TABLES[event.on], [number])
    if event.type == "renamed":
        names = ledger.connection.execute(
            sa.text(
                "SELECT id FROM recipient_name WHERE recipient_id = :recipient AND name = :name "
                "AND cause = 'renamed' AND valid_from = :date AND revision_to IS NULL"
            ),
            {"recipient": event.subject, "name": event.name, "date": event.date},
        ).scalars()
        ledger.close("recipient_name", [int(one) for one in names])
    ledger.subject.update({"event": number, event.on: event.subject, "type": event.type})
    return event


def _event(ledger: Ledger, number: int) -> Happened:
    on: On
    for on in ("recognition", "recipient"):
        row = ledger.connection.execute(
            sa.text(f"SELECT {on}_id, revision_to FROM {TABLES[on]} WHERE id = :id"), {"id": number}
        ).first()
        if row is None:
            continue
        if row[1] is not None:
            raise RegistryError(
                "already_withdrawn", "The event {number} was withdrawn before.", number=number
            )
        return next(one for one in events_of(ledger.connection, on, int(row[0])) if one.id == number)
    raise NotFound("unknown_event", "There is no event {number}; see: homeregistry event list", number=number)


def _require_order_left(ledger: Ledger, event: Happened) -> None:
    """Revoked and restored take turns: a middle one cannot go while the next still answers it."""
    events = events_of(ledger.connection, "recognition", event.subject)
    turns = sorted(
        (last_possible(one.date), one.id, one) for one in events if one.type in TURNS and one.id != event.id
    )
    expected = "revoked"
    for _day, _id, one in turns:
        if one.type != expected:
            raise RegistryError(
                "event_rests_on_it",
                "The event {other} ({type}, {date}) rests on this one; withdraw it first.",
                other=one.id, type=one.type, date=one.date,
            )  # fmt: skip
        expected = "restored" if expected == "revoked" else "revoked"
