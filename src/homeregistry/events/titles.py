"""Events on titles: revoked, restored, re-examined; one recognition, or a whole decision by its number.

A revocation takes the titles that are recorded when it is entered. A list of the same decision that comes
in later is recorded as its source states it, with the warning `revoked_decision`; revoking by number once
more then takes the new ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.documents import read_document_number
from homeregistry.errors import NotFound, RegistryError
from homeregistry.events.occasion import Occasion
from homeregistry.events.record import Happened, events_of, new_event_id, write_events
from homeregistry.last_days import last_possible
from homeregistry.ledger import Ledger
from homeregistry.renumbered import not_live
from homeregistry.text import clean
from homeregistry.vocabulary import TitleEvent

TURNS: Final = ("revoked", "restored")


@dataclass(frozen=True, slots=True)
class TitleEvents:
    """What was recorded, and the recognitions of the decision left alone with the refusal's code."""

    events: tuple[Happened, ...]
    skipped: tuple[tuple[int, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the event commands print it."""
        return {
            "count": len(self.events),
            "events": [event.to_json() for event in self.events],
            "skipped": [{"recognition": number, "reason": code} for number, code in self.skipped],
        }


def on_recognition(ledger: Ledger, kind: TitleEvent, recognition: int, occasion: Occasion) -> TitleEvents:
    """Record an event on one recognition. Raises NotFound, or RegistryError where it is in that state."""
    row = _recognition(ledger.connection, recognition)
    event = _event(ledger, kind, row, occasion)
    _write(ledger, [event], {"recognition": recognition})
    return TitleEvents((event,))


def on_decision(ledger: Ledger, kind: TitleEvent, number: str, occasion: Occasion) -> TitleEvents:
    """Record an event on every recognition of a decision, found by the number's normal form.

    Those in that state already are left alone and reported. Raises NotFound for an unknown number, and
    the first one's RegistryError where nothing is left to record.
    """
    rows = _of_decision(ledger.connection, number)
    events: list[Happened] = []
    skipped: list[tuple[int, str]] = []
    refusal: RegistryError | None = None
    for row in rows:
        try:
            events.append(_event(ledger, kind, row, occasion))
        except RegistryError as error:
            refusal = refusal or error
            skipped.append((int(row[0]), error.code))
    if not events and refusal is not None:
        raise refusal
    _write(ledger, events, {"document_no": number, "recognitions": len(events)})
    return TitleEvents(tuple(events), tuple(skipped))


def _write(ledger: Ledger, events: Sequence[Happened], subject: dict[str, Any]) -> None:
    write_events(ledger, events)
    ledger.subject.update(
        {**subject, "date": events[0].date, "basis": events[0].basis, "events": [e.id for e in events]}
    )


_COLUMNS: Final = (
    "SELECT r.id, w.decision_date, r.year_from FROM recognition r JOIN award_round w ON w.id = r.round_id"
)


def _recognition(connection: Connection, number: int) -> Sequence[Any]:
    row = connection.execute(
        sa.text(f"{_COLUMNS} WHERE r.id = :id AND r.revision_to IS NULL"), {"id": number}
    ).first()
    if row is None:
        raise not_live(connection, number)
    return row


def _of_decision(connection: Connection, number: str) -> Sequence[Sequence[Any]]:
    printed = clean(number)
    known = read_document_number(printed)
    rows = connection.execute(
        sa.text(
            f"{_COLUMNS} WHERE r.revision_to IS NULL "
            "AND (w.decision_no = :normal OR w.decision_no = :printed) ORDER BY r.id"
        ),
        {"normal": known.normal if known else printed, "printed": printed},
    ).all()
    if not rows:
        raise NotFound(
            "unknown_decision",
            "No recognition of the decision “{value}” is recorded; how its number was printed: "
            "homeregistry show RECIPIENT",
            value=number,
        )
    return rows


def _event(ledger: Ledger, kind: TitleEvent, row: Sequence[Any], occasion: Occasion) -> Happened:
    number = int(row[0])
    _require_after_award(row, occasion)
    require_state(kind, number, events_of(ledger.connection, "recognition", number), occasion)
    return Happened(
        new_event_id(ledger), "recognition", number, kind, str(occasion.date), occasion.basis, occasion.note,
        ledger.deed.actor, ledger.at,
    )  # fmt: skip


def _require_after_award(row: Sequence[Any], occasion: Occasion) -> None:
    awarded = str(row[1]) or str(row[2])
    if occasion.last_day < awarded:
        raise RegistryError(
            "before_award", "The recognition {number} dates from {awarded}; {date} lies before it.",
            number=row[0], awarded=awarded, date=occasion.date,
        )  # fmt: skip


def require_state(kind: TitleEvent, number: int, events: Sequence[Happened], occasion: Occasion) -> None:
    """Refuse an event on a title that is in that state already, on its day or from a later event on."""
    turns = sorted((last_possible(one.date), one.id, one) for one in events if one.type in TURNS)
    before = [one for day, _id, one in turns if day <= occasion.last_day]
    after = [one for day, _id, one in turns if day > occasion.last_day]
    revoked = before[-1] if before and before[-1].type == "revoked" else None
    if kind == "rechecked":
        _require_recheck(number, events, revoked, occasion)
        return
    if kind == "revoked" and revoked is not None:
        raise RegistryError(
            "already_revoked", "The recognition {number} has been revoked since {date} ({basis}).",
            number=number, date=revoked.date, basis=revoked.basis,
        )  # fmt: skip
    if kind == "restored" and revoked is None:
        raise RegistryError(
            "not_revoked", "The recognition {number} is not revoked on {date}; there is nothing to restore.",
            number=number, date=occasion.date,
        )  # fmt: skip
    if after and after[0].type == kind:
        raise RegistryError(
            "event_follows", "The event {event} says the same of the recognition {number} for {date}; "
            "withdraw that one first.",
            number=number, event=after[0].id, date=after[0].date,
        )  # fmt: skip


def _require_recheck(
    number: int, events: Sequence[Happened], revoked: Happened | None, occasion: Occasion
) -> None:
    if revoked is not None:
        raise RegistryError(
            "already_revoked", "The recognition {number} has been revoked since {date} ({basis}).",
            number=number, date=revoked.date, basis=revoked.basis,
        )  # fmt: skip
    for one in events:
        if one.type == "rechecked" and one.date == str(occasion.date):
            raise RegistryError(
                "already_rechecked", "The re-examination of the recognition {number} on {date} is recorded.",
                number=number, date=one.date,
            )  # fmt: skip
