"""Rewriting recognitions: the new row takes the place of the old one, and a decision links the two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.deciding import Decision, decide
from homeregistry.errors import RegistryError
from homeregistry.ledger import Ledger
from homeregistry.recognitions.leaving import replace
from homeregistry.recognitions.rows import Row, live_recognitions
from homeregistry.renumbered import not_live


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


def live_recognition(connection: Connection, number: int) -> Row:
    """One live recognition. Raises NotFound; one that was corrected names its new number."""
    found = live_recognitions(connection, f"id = {int(number)}")
    if found:
        return found[0]
    raise not_live(connection, number)


def rewrite(ledger: Ledger, changes: Iterable[Change]) -> list[Rewritten]:
    """Rewrite recognitions. Raises RegistryError where a recipient would hold one title of a round twice."""
    listed = list(changes)
    _require_single(ledger.connection, listed)
    done, rows = [], []
    for change in listed:
        number = ledger.new_id("recognition")
        rows.append({**change.row, **change.values, "id": number})
        done.append(Rewritten(change.row["id"], number, change.words))
    replace(ledger, {one.was: one.now for one in done}, rows)
    decide(ledger, [_link(one) for one in done])
    return done


def _link(done: Rewritten) -> Decision:
    said = {"was": done.was, "changes": {name: list(words) for name, words in done.changes.items()}}
    return Decision("corrected", recognition=done.now, detail=said)


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
