"""Two recipients that are one, and one that is two: their recognitions are rewritten, their names kept.

This corrects the registry. A merger of two units that both existed is an event (`events.merge_unit`).
Merging is undone by splitting off again what came over, and splitting by merging.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.correcting.rewriting import Change, Rewritten, rewrite
from homeregistry.deciding import Decision, decide
from homeregistry.errors import NotFound, RegistryError, UsageMistake
from homeregistry.events.record import events_of, new_event_id, write_events
from homeregistry.events.units import Unit, gone, key_of, live_unit
from homeregistry.ledger import Ledger
from homeregistry.recipients.identity import pair_key
from homeregistry.recipients.similarity import block_keys, person_block_keys
from homeregistry.recognitions.leaving import replace as take_place
from homeregistry.recognitions.rows import Row, live_recognitions
from homeregistry.tables import FACTS
from homeregistry.text import clean


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging came to: recognitions moved, and those closed because the other holds the same title."""

    recipient: int
    into: int
    moved: tuple[Rewritten, ...]
    doubled: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """As `recipient merge` prints it."""
        return {
            "recipient": self.recipient, "into": self.into, "moved": [one.to_json() for one in self.moved],
            "doubled": list(self.doubled),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """What splitting came to: the new recipient and the recognitions that went to it."""

    recipient: int
    new: int
    name: str
    moved: tuple[Rewritten, ...]

    def to_json(self) -> dict[str, Any]:
        """As `recipient split` prints it."""
        return {
            "recipient": self.recipient, "new": self.new, "name": self.name,
            "moved": [one.to_json() for one in self.moved],
        }  # fmt: skip


def merge_recipients(ledger: Ledger, recipient: int, into: int) -> Merged:
    """Take two recipients for one: everything of the first goes to the second, the first is closed.

    Raises RegistryError where one of them has ended by an event, or a doubled title carries events.
    """
    one, other = live_unit(ledger.connection, recipient), live_unit(ledger.connection, into)
    if one.id == other.id:
        raise UsageMistake("merged_into_itself", "A recipient cannot be merged into itself.")
    if (one.type == "person") != (other.type == "person"):
        raise UsageMistake("not_of_a_kind", "A person and a unit cannot be merged.")
    for unit in (one, other):
        end = gone(events_of(ledger.connection, "recipient", unit.id))
        if end is not None:
            raise RegistryError(
                "has_ended",
                "The recipient {number} has an event that ends it ({event}); withdraw that first.",
                number=unit.id, event=end.id,
            )  # fmt: skip
    held = {
        row["round_id"]: row["id"]
        for row in live_recognitions(ledger.connection, f"recipient_id = {other.id}")
    }
    mine = live_recognitions(ledger.connection, f"recipient_id = {one.id}")
    doubled = {row["id"]: held[row["round_id"]] for row in mine if row["round_id"] in held}
    _require_without_events(ledger.connection, doubled)
    take_place(ledger, doubled)
    moved = rewrite(
        ledger,
        [
            Change(row, {"recipient_id": other.id}, {"recipient": (one.id, other.id)})
            for row in mine
            if row["round_id"] not in held
        ],
    )
    _move_names(ledger, one, other)
    _move_events(ledger, one, other)
    ledger.close("recipient", [one.id])
    ledger.subject.update(
        {"recipient": one.id, "into": other.id, "moved": len(moved), "doubled": list(doubled)}
    )
    return Merged(one.id, other.id, tuple(moved), tuple(doubled))


def _require_without_events(connection: Connection, recognitions: Iterable[int]) -> None:
    for number in recognitions:
        events = events_of(connection, "recognition", number)
        if events:
            raise RegistryError(
                "doubled_with_events",
                "Both hold the title of the recognition {number}, which carries the event {event}; "
                "withdraw that first.",
                number=number, event=events[0].id,
            )  # fmt: skip


def _move_names(ledger: Ledger, one: Unit, other: Unit) -> None:
    rows = ledger.connection.execute(
        sa.text(
            "SELECT id, name, key, cause, valid_from FROM recipient_name "
            "WHERE recipient_id = :id AND revision_to IS NULL ORDER BY id"
        ),
        {"id": one.id},
    ).all()
    ledger.close("recipient_name", [int(row[0]) for row in rows])
    names = [(one.name, one.key, "merged", None), *(tuple(row[1:]) for row in rows)]
    ledger.insert("recipient_name", [(ledger.new_id("recipient_name"), other.id, *name) for name in names])


def _move_events(ledger: Ledger, one: Unit, other: Unit) -> None:
    """Its own events, and those that name it as the unit others were merged into."""
    own = events_of(ledger.connection, "recipient", one.id)
    naming = ledger.connection.execute(
        sa.text("SELECT recipient_id, id FROM recipient_event WHERE other_id = :id AND revision_to IS NULL"),
        {"id": one.id},
    ).all()
    theirs = [
        event
        for subject, number in naming
        for event in events_of(ledger.connection, "recipient", int(subject))
        if event.id == number
    ]
    ledger.close("recipient_event", [event.id for event in (*own, *theirs)])
    moved = [replace(event, id=new_event_id(ledger), subject=other.id) for event in own]
    moved += [replace(event, id=new_event_id(ledger), other=other.id) for event in theirs]
    write_events(ledger, moved)


def split_recipient(
    ledger: Ledger, recipient: int, recognitions: Sequence[int], name: str | None = None
) -> Split:
    """Take one recipient for two: some of its recognitions go to a new one.

    `name` is the new one's, else the name as printed at its first recognition. Raises NotFound for a
    recognition that is not the recipient's, RegistryError where all would go.
    """
    unit = live_unit(ledger.connection, recipient)
    held = {row["id"]: row for row in live_recognitions(ledger.connection, f"recipient_id = {unit.id}")}
    wanted = sorted(set(recognitions))
    for number in wanted:
        if number not in held:
            raise NotFound(
                "not_its_recognition", "The recipient {recipient} does not hold the recognition {number}.",
                recipient=unit.id, number=number,
            )  # fmt: skip
    if not wanted or len(wanted) == len(held):
        raise RegistryError(
            "nothing_to_split",
            "Name some of the recognitions of the recipient {number}, not all of them ({count}).",
            count=len(held), number=unit.id,
        )  # fmt: skip
    rows = [held[number] for number in wanted]
    new = _new_recipient(ledger, unit, clean(name or rows[0]["name_printed"]), rows)
    moved = rewrite(
        ledger, [Change(row, {"recipient_id": new.id}, {"recipient": (unit.id, new.id)}) for row in rows]
    )
    _leave_names(ledger, unit, new)
    if new.key != unit.key:
        _remember_different(ledger, unit, new)
    ledger.subject.update({"recipient": unit.id, "new": new.id, "moved": len(moved)})
    return Split(unit.id, new.id, new.name, tuple(moved))


def _new_recipient(ledger: Ledger, unit: Unit, name: str, rows: Sequence[Row]) -> Unit:
    key = key_of(unit, name)
    blocks = (person_block_keys if unit.type == "person" else block_keys)(key)
    columns = FACTS["recipient"][: FACTS["recipient"].index("revision_from")]
    found = ledger.connection.execute(
        sa.text(f"SELECT {', '.join(columns)} FROM recipient WHERE id = :id"), {"id": unit.id}
    ).one()
    old = dict(zip(columns, found, strict=True))
    regions = {row["region_id"] for row in rows}
    number = ledger.new_id("recipient")
    # The codes stay with the one they were entered for: they would make the two one again.
    values = {
        **old, "id": number, "name": name, "key": key, "block": blocks[0] if blocks else "",
        "block_tail": blocks[1] if len(blocks) > 1 else None, "uscc": None, "union_code": None,
        "region_id": regions.pop() if len(regions) == 1 else old["region_id"],
        "batch_id": rows[0]["batch_id"],
    }  # fmt: skip
    ledger.insert("recipient", [tuple(values[column] for column in columns)])
    return Unit(number, unit.type, name, key)


def _leave_names(ledger: Ledger, unit: Unit, new: Unit) -> None:
    """Names that came over by an earlier merging and are the new recipient's leave the old one."""
    ids = ledger.connection.execute(
        sa.text(
            "SELECT id FROM recipient_name WHERE recipient_id = :id AND key = :key AND cause = 'merged' "
            "AND revision_to IS NULL"
        ),
        {"id": unit.id, "key": new.key},
    ).scalars()
    ledger.close("recipient_name", [int(one) for one in ids])


def _remember_different(ledger: Ledger, unit: Unit, new: Unit) -> None:
    """So that the next file is not asked about the two again."""
    decide(ledger, [Decision("different", pair=pair_key(unit.key, new.key))])
