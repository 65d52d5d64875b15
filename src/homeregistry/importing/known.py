"""What the registry already knows of a chunk of candidates: recipients, recognitions, decisions.

Keys are looked up in SQL a chunk at a time, so that an import costs what the file costs, whatever the
registry holds. What the file itself brought in is remembered here too: a preview writes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from homeregistry.bulk import select_in
from homeregistry.last_days import last_possible


# A tuple: a file may bring in half a million, and all are kept in mind until it ends.
class KnownRecipient(NamedTuple):
    """A live recipient as matching sees it."""

    id: int
    type: str
    key: str
    name: str
    uscc: str | None
    union_code: str | None
    region_id: int | None


_AGE: Final = attrgetter("id")
_RECIPIENT = "SELECT id, type, key, name, uscc, union_code, region_id FROM recipient"


@dataclass(slots=True)
class Known:
    """Lookups for one import: what other batches brought in by SQL, what this one did from memory.

    The own batch is left out of every query, so that a preview finds what the import will find.
    """

    connection: Connection
    batch_id: int
    _fresh_registry: bool = False
    _new: dict[str, KnownRecipient | list[KnownRecipient]] = field(default_factory=dict)
    """What the file brought in under a key or `#CODE`: nearly always one, and no list around it."""
    _decisions: dict[str, str] | None = None
    _revoked: frozenset[str] | None = None

    def __post_init__(self) -> None:
        found = self.connection.exec_driver_sql("SELECT max(id) FROM recipient").scalar()
        self._fresh_registry = found is None

    @property
    def _others(self) -> str:
        return f"AND revision_to IS NULL AND batch_id <> {int(self.batch_id)}"

    def recipients(self, keys: Iterable[str], codes: Iterable[str]) -> dict[str, list[KnownRecipient]]:
        """Live recipients of the registry by key and by credit or union code (marked `#CODE`), by age."""
        found: dict[str, list[KnownRecipient]] = {}
        if self._fresh_registry:
            return found
        wanted = set(keys)
        for row in select_in(self.connection, _RECIPIENT, "key", wanted, self._others):
            _add(found, str(row[2]), KnownRecipient(*row))
        other = (
            "SELECT n.key, r.id, r.type, r.key, r.name, r.uscc, r.union_code, r.region_id "
            "FROM recipient_name n JOIN recipient r ON r.id = n.recipient_id"
        )
        tail = "AND n.revision_to IS NULL AND r.revision_to IS NULL"
        for row in select_in(self.connection, other, "n.key", wanted, tail):
            _add(found, str(row[0]), KnownRecipient(*row[1:]))
        marks = set(codes)
        for column in ("uscc", "union_code"):
            for row in select_in(self.connection, _RECIPIENT, column, marks, self._others):
                recipient = KnownRecipient(*row)
                code = recipient.uscc if column == "uscc" else recipient.union_code
                _add(found, f"#{code}", recipient)
        for listed in found.values():
            listed.sort(key=_AGE)
        return found

    def neighbours(self, blocks: Iterable[str]) -> dict[str, list[KnownRecipient]]:
        """Live recipients of the registry that share a block key."""
        if self._fresh_registry:
            return {}
        found: dict[str, list[KnownRecipient]] = {}
        wanted = set(blocks)
        for column in ("block", "block_tail"):
            head = _RECIPIENT.replace("SELECT ", f"SELECT {column}, ")
            for row in select_in(self.connection, head, column, wanted, self._others):
                _add(found, str(row[0]), KnownRecipient(*row[1:]))
        return found

    def of_file(self, mark: str) -> Sequence[KnownRecipient]:
        """The recipients that this file brought in under a key or `#CODE`."""
        found = self._new.get(mark)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)

    def remember(self, recipient: KnownRecipient) -> None:
        """A recipient that this file brought in."""
        self._remember(recipient.key, recipient)
        if recipient.uscc:
            self._remember(f"#{recipient.uscc}", recipient)
        if recipient.union_code:
            self._remember(f"#{recipient.union_code}", recipient)

    def remember_all(self, recipients: Iterable[KnownRecipient]) -> None:
        """Recipients that this file brought in; it had none of their keys and codes before."""
        listed = list(recipients)
        self._new.update((one.key, one) for one in listed)
        self._new.update((f"#{one.uscc}", one) for one in listed if one.uscc)
        self._new.update((f"#{one.union_code}", one) for one in listed if one.union_code)

    def has_any(self, keys: Iterable[str], codes: Iterable[str]) -> bool:
        """Whether this file brought in a recipient under any of the keys or codes."""
        new = self._new.keys()
        return not new.isdisjoint(keys) or not new.isdisjoint([f"#{code}" for code in codes])

    def _remember(self, mark: str, recipient: KnownRecipient) -> None:
        first = self._new.setdefault(mark, recipient)
        if isinstance(first, list):
            first.append(recipient)
        elif first is not recipient:
            self._new[mark] = [first, recipient]

    def recorded(self, recipients: Iterable[int]) -> dict[int, dict[int, int]]:
        """For recipients of the registry: round to the live recognition they hold in it."""
        if self._fresh_registry:
            return {}
        found: dict[int, dict[int, int]] = {}
        head = "SELECT recipient_id, round_id, id FROM recognition"
        for row in select_in(self.connection, head, "recipient_id", set(recipients), self._others):
            found.setdefault(int(row[0]), {})[int(row[1])] = int(row[2])
        return found

    def decision(self, pair: str) -> str | None:
        """What a person decided about a pair of names: same, different, unsure, or nothing."""
        return self._decided().get(pair)

    def unites_names(self) -> bool:
        """Whether a person ever decided that two names are one recipient."""
        return "same" in self._decided().values()

    def _decided(self) -> dict[str, str]:
        if self._decisions is None:
            self._decisions = {
                str(row[0]): str(row[1])
                for row in self.connection.exec_driver_sql(
                    "SELECT pair_key, decision FROM review_decision "
                    "WHERE pair_key IS NOT NULL AND revision_to IS NULL ORDER BY id"
                )
            }
        return self._decisions

    def is_revoked(self, decision_no: str) -> bool:
        """Whether titles of this decision are revoked now (a decision can be revoked by its number)."""
        if not decision_no:
            return False
        if self._revoked is None:
            rows = self.connection.exec_driver_sql(
                "SELECT w.decision_no, e.recognition_id, e.type, e.date, e.id FROM recognition_event e "
                "JOIN recognition r ON r.id = e.recognition_id JOIN award_round w ON w.id = r.round_id "
                "WHERE e.revision_to IS NULL AND e.type IN ('revoked', 'restored') AND w.decision_no <> ''"
            )
            last = {
                (str(row[0]), int(row[1])): str(row[2])
                for row in sorted(rows, key=lambda row: (last_possible(str(row[3])), int(row[4])))
            }
            self._revoked = frozenset(number for (number, _one), kind in last.items() if kind == "revoked")
        return decision_no in self._revoked


def oldest_by_key(recipients: Iterable[KnownRecipient]) -> dict[str, KnownRecipient]:
    """One recipient a key: of namesakes the oldest, in whatever order an engine gave them."""
    found: dict[str, KnownRecipient] = {}
    for one in sorted(recipients, key=_AGE):
        found.setdefault(one.key, one)
    return found


def _add(found: dict[str, list[KnownRecipient]], mark: str, recipient: KnownRecipient) -> None:
    listed = found.setdefault(mark, [])
    if all(one.id != recipient.id for one in listed):
        listed.append(recipient)
