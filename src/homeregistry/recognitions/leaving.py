"""How a recognition leaves, in one room: another takes its place, or its list is gone.

What is said of a recognition is not its own: later lists that found it recorded state it too, events stand
on the title, a person may have said where it stands. A row closed without them loses titles that a live
list states, and nobody would notice. So nothing but this module closes a recognition.
"""

import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from homeregistry.bulk import select_in
from homeregistry.deciding import Decided, Decision, decide
from homeregistry.events.record import events_on, new_event_id, write_events
from homeregistry.ledger import Ledger
from homeregistry.recognitions.rows import COLUMNS, Row, recognitions_of_ids

_STATED: Final = ("batch_id", "sheet", "row_no", "name_printed", "region_printed")
"""Where a list states a recognition, and in which words: columns of a recognition and of a further source."""

Statement = tuple[Any, ...]
"""Values of `_STATED`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """A recognition or figure that stays although what brought it in was taken back, and why."""

    id: int
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As the commands print it."""
        return {"id": self.id, "reason": self.reason}


def replace(ledger: Ledger, following: Mapping[int, int], new: Sequence[Row] = ()) -> None:
    """Close recognitions, each followed by another one: by number, from the old to the one that counts now.

    Those that are not recorded yet are given as `new`, ids ascending. The list that brought the old one in
    states the one that follows as well, unless it was taken back.
    """
    old = recognitions_of_ids(ledger.connection, following)
    batches = sorted({row["batch_id"] for row in old})
    live = {
        int(row[0])
        for row in select_in(
            ledger.connection, "SELECT id FROM import_batch", "id", batches, "AND revision_to IS NULL"
        )
    }
    said = _take_sources(ledger, following)
    for row in old:
        if row["batch_id"] in live:
            said.setdefault(row["id"], []).insert(0, _stated(row))
    _close(ledger, following, following, new, said)


def leave(ledger: Ledger, numbers: Iterable[int]) -> list[Kept]:
    """Close recognitions that what brought them in does not state any more.

    One that other live lists state too stands again under the next of them, as if only those lists had
    come in; it is named. The caller has seen to it that no event rests on the others.
    """
    leaving = set(numbers)
    said = _take_sources(ledger, leaving)
    following: dict[int, int] = {}
    new: list[Row] = []
    for row in recognitions_of_ids(ledger.connection, said):
        number = following[row["id"]] = ledger.new_id("recognition")
        new.append({**row, **dict(zip(_STATED, said[row["id"]][0], strict=True)), "id": number})
    _close(ledger, leaving, following, new, said)
    return [Kept(row["id"], f"also_in_batch:{row['batch_id']}") for row in new]


def _close(
    ledger: Ledger, leaving: Collection[int], following: Mapping[int, int], new: Sequence[Row],
    said: Mapping[int, Sequence[Statement]],
) -> None:  # fmt: skip
    placed = _take_placements(ledger, leaving, following)
    ledger.close("recognition", leaving)
    ledger.insert("recognition", [tuple(row[name] for name in COLUMNS) for row in new])
    known = set(following.values()) - {row["id"] for row in new}
    now = {row["id"]: row for row in (*new, *recognitions_of_ids(ledger.connection, known))}
    sources = [
        (ledger.new_id("recognition_source"), following[number], *one)
        for number, listed in said.items()
        for one in listed
        if one != _stated(now[following[number]])
    ]
    ledger.insert("recognition_source", sources)
    events = events_on(ledger.connection, "recognition", following)
    ledger.close("recognition_event", [event.id for event in events])
    moved = [
        dataclasses.replace(event, id=new_event_id(ledger), subject=following[event.subject])
        for event in events
    ]
    write_events(ledger, moved)
    decide(
        ledger,
        [
            dataclasses.replace(one, recognition=number)
            for number, region, one in placed
            if now[number]["region_id"] == region
        ],
    )


def _stated(row: Row) -> Statement:
    """What the list that a recognition was recorded from says of it."""
    return tuple(row[name] for name in _STATED)


def _take_sources(ledger: Ledger, numbers: Iterable[int]) -> dict[int, list[Statement]]:
    """What further lists say of recognitions, by number, the earliest first; the rows that say it close."""
    head = f"SELECT id, recognition_id, {', '.join(_STATED)} FROM recognition_source"
    live = "AND revision_to IS NULL ORDER BY id"
    rows = list(select_in(ledger.connection, head, "recognition_id", sorted(numbers), live))
    ledger.close("recognition_source", [row[0] for row in rows])
    said: dict[int, list[Statement]] = {}
    for row in rows:
        said.setdefault(int(row[1]), []).append(tuple(row[2:]))
    return said


def _take_placements(
    ledger: Ledger, leaving: Collection[int], following: Mapping[int, int]
) -> list[tuple[int, int | None, Decision]]:
    """Where persons said that recognitions stand (there are few, or none); the rows that say it close.

    Given back for those that follow and have no such word of their own: their number, the region that the
    word was about, and the word.
    """
    found = ledger.connection.exec_driver_sql(
        "SELECT d.id, d.recognition_id, r.region_id, d.detail, d.actor, d.reason, d.at "
        "FROM review_decision d JOIN recognition r ON r.id = d.recognition_id "
        "WHERE d.decision = 'place' AND d.revision_to IS NULL ORDER BY d.id"
    ).all()
    settled = {int(row[1]) for row in found}
    gone = [row for row in found if int(row[1]) in leaving]
    ledger.close("review_decision", [row[0] for row in gone])
    return [
        (number, row[2], Decision("place", detail=json.loads(row[3]), by=Decided(row[4], row[5], row[6])))
        for row in gone
        if (number := following.get(int(row[1]))) is not None and number not in settled
    ]
