"""Rewriting recognitions: close the old row, write the new one, carry its events over, link the two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.digests import canonical
from homeregistry.errors import NotFound, RegistryError
from homeregistry.events.record import events_of, new_event_id, write_events
from homeregistry.ledger import Ledger
from homeregistry.tables import FACTS

_COLUMNS: Final = FACTS["recognition"][: FACTS["recognition"].index("revision_from")]

Row = dict[str, Any]
"""A recognition by column name."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A recognition under its new number, and what changed: field to (before, after) as people read it."""

    was: int
    now: int
    changes: Mapping[str, tuple[object, object]]

    def to_json(self) -> dict[str, Any]:
        """As the commands print it."""
        changes = {name: list(values) for name, values in self.changes.items()}
        return {"was": self.was, "recognition": self.now, "changes": changes}


@dataclass(frozen=True, slots=True)
class Change:
    """One row with its new values by column, and the change in words."""

    row: Row
    values: Mapping[str, Any]
    words: Mapping[str, tuple[object, object]]


def live_recognitions(connection: Connection, condition: str) -> list[Row]:
    """Live recognitions under a condition (numbers only, no text from outside), by id."""
    found = connection.exec_driver_sql(
        f"SELECT {', '.join(_COLUMNS)} FROM recognition WHERE {condition} AND revision_to IS NULL ORDER BY id"
    )
    return [dict(zip(_COLUMNS, row, strict=True)) for row in found]


def live_recognition(connection: Connection, number: int) -> Row:
    """One live recognition. Raises NotFound; one that was corrected names its new number."""
    found = live_recognitions(connection, f"id = {int(number)}")
    if found:
        return found[0]
    now = successor(connection, number)
    if now is not None:
        raise NotFound(
            "recognition_corrected", "The recognition {value} was corrected; it is now {now}.",
            value=number, now=now,
        )  # fmt: skip
    raise NotFound(
        "unknown_recognition", "There is no recognition {value}; see: homeregistry list", value=number
    )


def successor(connection: Connection, number: int) -> int | None:
    """The live recognition that a corrected one became, over any number of corrections."""
    import json

    links = connection.exec_driver_sql(
        "SELECT recognition_id, detail FROM review_decision WHERE decision = 'corrected' ORDER BY id"
    )
    following = {int(json.loads(row[1])["was"]): int(row[0]) for row in links}
    found: int | None = None
    while number in following:
        found = number = following[number]
    return found


def rewrite(ledger: Ledger, changes: Iterable[Change]) -> list[Rewritten]:
    """Rewrite recognitions. Raises RegistryError where a recipient would hold one title of a round twice."""
    listed = list(changes)
    _require_single(ledger.connection, listed)
    ledger.close("recognition", [change.row["id"] for change in listed])
    done, rows, links = [], [], []
    for change in listed:
        number = ledger.new_id("recognition")
        new = {**change.row, **change.values, "id": number}
        rows.append(tuple(new[name] for name in _COLUMNS))
        done.append(Rewritten(change.row["id"], number, change.words))
        links.append(_link(ledger, done[-1]))
    ledger.insert("recognition", rows)
    for one in done:
        _carry(ledger, one)
    ledger.insert("review_decision", sorted([*links, *_placements(ledger, done)]))
    return done


def _require_single(connection: Connection, changes: Sequence[Change]) -> None:
    leaving = {change.row["id"] for change in changes}
    taken: set[tuple[int, int]] = set()
    for change in changes:
        new = {**change.row, **change.values}
        holds = live_recognitions(
            connection, f"recipient_id = {int(new['recipient_id'])} AND round_id = {int(new['round_id'])}"
        )
        other = next((one["id"] for one in holds if one["id"] not in leaving), None)
        if other is not None or (new["recipient_id"], new["round_id"]) in taken:
            raise RegistryError(
                "already_recorded",
                "The recipient {recipient} holds this title of this round already (recognition {other}).",
                recipient=new["recipient_id"], other=other if other is not None else change.row["id"],
            )  # fmt: skip
        taken.add((new["recipient_id"], new["round_id"]))


def _link(ledger: Ledger, done: Rewritten) -> tuple[Any, ...]:
    detail = canonical({"was": done.was, "changes": {name: list(v) for name, v in done.changes.items()}})
    return (
        ledger.new_id("review_decision"), None, None, done.now, "corrected", detail, ledger.deed.actor,
        ledger.deed.reason, ledger.at,
    )  # fmt: skip


def _carry(ledger: Ledger, done: Rewritten) -> None:
    """Events stay on the title: those of the old row are closed and written again for the new one."""
    events = events_of(ledger.connection, "recognition", done.was)
    ledger.close("recognition_event", [event.id for event in events])
    write_events(ledger, [replace(event, id=new_event_id(ledger), subject=done.now) for event in events])


def _placements(ledger: Ledger, done: Sequence[Rewritten]) -> list[tuple[Any, ...]]:
    """A person's decision on the place goes along, unless the place itself was corrected."""
    now = {one.was: one for one in done}
    found = ledger.connection.exec_driver_sql(
        "SELECT id, recognition_id, detail, actor, reason, at FROM review_decision "
        "WHERE decision = 'place' AND revision_to IS NULL "
        f"AND recognition_id IN ({', '.join(str(one) for one in now) or 'NULL'})"
    ).all()
    ledger.close("review_decision", [int(row[0]) for row in found])
    return [
        (ledger.new_id("review_decision"), None, None, now[int(row[1])].now, "place", *row[2:])
        for row in found
        if "region" not in now[int(row[1])].changes
    ]
