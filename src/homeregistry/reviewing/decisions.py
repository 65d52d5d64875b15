"""What people decided, and taking it back: the pair is forgotten, what was recorded leaves, the row waits."""

import json
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound, RegistryError
from homeregistry.ledger import Ledger
from homeregistry.recognitions.holders import close_unheard_of
from homeregistry.recognitions.leaving import Kept, leave
from homeregistry.recognitions.rows import live_recognitions
from homeregistry.tables import FACTS

_HELD: Final = FACTS["held_row"][: FACTS["held_row"].index("revision_from")]


def list_decisions(connection: Connection, *, everything: bool = False) -> list[dict[str, Any]]:
    """Decisions by number; those taken back only with `everything`. Corrections are not among them."""
    live = "" if everything else " AND d.revision_to IS NULL"
    rows = connection.exec_driver_sql(
        "SELECT d.id, d.decision, d.pair_key, d.held_row_id, d.recognition_id, d.detail, d.actor, d.reason, "
        "d.at, d.revision_to, h.batch_id, h.sheet, h.row_no, b.file_name, h.payload FROM review_decision d "
        "LEFT JOIN held_row h ON h.id = d.held_row_id LEFT JOIN import_batch b ON b.id = h.batch_id "
        f"WHERE d.decision <> 'corrected'{live} ORDER BY d.id"
    )
    return [
        {
            "decision_id": row[0], "decision": row[1], "pair": row[2].split("\n") if row[2] else None,
            "id": row[3], "recognition": row[4], "detail": json.loads(row[5] or "{}"), "actor": row[6],
            "reason": row[7], "at": row[8], "taken_back": row[9] is not None, "batch": row[10],
            "sheet": row[11], "row": row[12], "file": row[13], "name": _name(row[14]),
        }
        for row in rows
    ]  # fmt: skip


def _name(payload: str | None) -> str | None:
    """The name a row came with; None for a decision that is about no row."""
    values: dict[str, str] = json.loads(payload or "{}").get("values", {})
    return values.get("recipient") or values.get("person")


def take_back(ledger: Ledger, number: int) -> dict[str, Any]:
    """Take one decision back, with the others about the same row.

    What it recorded is closed and the row waits again. Raises NotFound, or RegistryError where it was taken
    back before or somebody has built on it since.
    """
    row = ledger.connection.execute(
        sa.text("SELECT decision, held_row_id, revision_to FROM review_decision WHERE id = :id"),
        {"id": number},
    ).first()
    if row is None or row[0] == "corrected":
        raise NotFound(
            "unknown_decision", "There is no decision {number}; see: homeregistry review decisions",
            number=number,
        )  # fmt: skip
    if row[2] is not None:
        raise RegistryError(
            "already_taken_back", "The decision {number} was taken back before.", number=number
        )
    together = _together(ledger.connection, number, row[1])
    recognitions: list[int] = []
    kept: list[Kept] = []
    waiting: int | None = None
    for one, decision, detail in together:
        if decision in ("completed", "dismissed"):
            closed, carried = _unrecord(ledger, json.loads(detail or "{}"))
            recognitions += closed
            kept += carried
            waiting = _wait_again(ledger, int(row[1]))
        ledger.close("review_decision", [one])
    ledger.subject.update(
        {"decisions": [one for one, _d, _t in together], "recognitions": recognitions, "row": waiting}
    )
    return {
        "decisions": [one for one, _d, _t in together], "recognitions": recognitions, "id": waiting,
        "kept": [one.to_json() for one in kept],
    }  # fmt: skip


def _together(connection: Connection, number: int, held_row: int | None) -> list[tuple[int, str, str]]:
    condition = f"id = {int(number)}" if held_row is None else f"held_row_id = {int(held_row)}"
    rows = connection.exec_driver_sql(
        f"SELECT id, decision, detail FROM review_decision WHERE {condition} "
        "AND revision_to IS NULL ORDER BY id"
    )
    return [(int(row[0]), str(row[1]), str(row[2])) for row in rows]


def _unrecord(ledger: Ledger, detail: dict[str, Any]) -> tuple[list[int], list[Kept]]:
    """Close the recognitions a decision recorded, and the recipients that only they knew. A later list that
    states one of them keeps it."""
    wanted = [int(one) for one in detail.get("recognitions", ())]
    for number in wanted:
        if not live_recognitions(ledger.connection, f"id = {number}"):
            raise RegistryError(
                "built_on",
                "The recognition {number} was corrected or taken back since; nothing was changed.",
                number=number,
            )  # fmt: skip
        event = ledger.connection.execute(
            sa.text("SELECT id FROM recognition_event WHERE recognition_id = :id AND revision_to IS NULL"),
            {"id": number},
        ).scalar()
        if event is not None:
            raise RegistryError(
                "has_event", "The recognition {number} carries the event {event}; withdraw that first.",
                number=number, event=event,
            )  # fmt: skip
    kept = leave(ledger, wanted)
    ledger.close("recipient_name", [int(one) for one in detail.get("names", ())])
    recipients = ", ".join(str(int(one)) for one in detail.get("recipients", ()))
    close_unheard_of(ledger, f"p.id IN ({recipients or 'NULL'})")
    return wanted, kept


def _wait_again(ledger: Ledger, held_row: int) -> int:
    """A decided row waits again, under a new number. Raises RegistryError where its batch is gone."""
    found = ledger.connection.execute(
        sa.text(
            f"SELECT {', '.join('h.' + name for name in _HELD)}, b.revision_to FROM held_row h "
            "JOIN import_batch b ON b.id = h.batch_id WHERE h.id = :id"
        ),
        {"id": held_row},
    ).one()
    if found[-1] is not None:
        raise RegistryError("row_gone", "The row {value} was taken back with its batch.", value=held_row)
    number = ledger.new_id("held_row")
    ledger.insert("held_row", [(number, *found[1:-1])])
    return number
