"""What the registry already knows of a chunk of candidates: bodies, rounds, recipients, recognitions.

Keys are looked up in SQL a chunk at a time, so that an import costs what the file costs, whatever the
registry holds. What the file itself brought in is remembered here too: a preview writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.awards import Award
from homeregistry.bodies import BodyReading
from homeregistry.importing.sink import Sink

_CHUNK = 400


@dataclass(slots=True)
class KnownRecipient:
    """A live recipient as matching sees it."""

    id: int
    type: str
    key: str
    name: str
    uscc: str | None
    union_code: str | None
    region_id: int | None


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A round's id and its decision number; empty where none was stated."""

    id: int
    decision_no: str


def select_in(
    connection: Connection, head: str, column: str, values: Iterable[object], tail: str = ""
) -> Iterator[Sequence[Any]]:
    """Rows of `head WHERE column IN (values) tail`, a few hundred values a query."""
    wanted = list(values)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ", ".join([mark] * len(part))
        yield from connection.exec_driver_sql(f"{head} WHERE {column} IN ({marks}) {tail}", tuple(part))


_RECIPIENT = "SELECT id, type, key, name, uscc, union_code, region_id FROM recipient"


@dataclass(slots=True)
class Known:
    """Lookups for one import. `fresh_registry` spares the queries that cannot find anything."""

    connection: Connection
    sink: Sink
    fresh_registry: bool = False
    _bodies: dict[tuple[str, str], int] = field(default_factory=dict)
    _rounds: dict[tuple[object, ...], list[KnownRound]] = field(default_factory=dict)
    _new: dict[str, list[KnownRecipient]] = field(default_factory=dict)
    _decisions: dict[str, str] | None = None

    def __post_init__(self) -> None:
        found = self.connection.exec_driver_sql("SELECT max(id) FROM recipient").scalar()
        self.fresh_registry = found is None

    def body_id(self, body: BodyReading) -> int:
        """The id of a body; one that no table lists is added as printed."""
        found = self._bodies.get((body.code, body.name))
        if found is None:
            head = "SELECT id, name FROM union_body"
            rows = [
                row for row in select_in(self.connection, head, "code", [body.code]) if row[1] == body.name
            ]
            if rows:
                found = int(rows[0][0])
            else:
                found = self.sink.new_id("union_body")
                row = (found, body.code, body.name, body.kind, body.region_id, None, None, None)
                self.sink.insert("union_body", [row])
            self._bodies[body.code, body.name] = found
        return found

    def round_for(self, award: Award) -> int:
        """The round of an award: the known one with its decision number, else a new one.

        A list that states no number belongs to the one known round of that award, where there is one.
        """
        body = self.body_id(award.conferred_by)
        rounds = self._rounds_of(award, body)
        for known in rounds:
            if known.decision_no == award.decision_no:
                return known.id
        if not award.decision_no and len(rounds) == 1:
            return rounds[0].id
        number = self.sink.new_id("award_round")
        self.sink.insert(
            "award_round",
            [
                (
                    number, award.kind, award.stars, award.tier, award.system, body,
                    award.year_from, award.year_to, 0, award.decision_no, award.decision_date,
                    award.decision_printed,
                )
            ],
        )  # fmt: skip
        rounds.append(KnownRound(number, award.decision_no))
        return number

    def same_award_rounds(self, award: Award) -> list[int]:
        """Rounds in which the same title counts as the same: same award, decision equal or unstated."""
        rounds = self._rounds_of(award, self.body_id(award.conferred_by))
        return [
            known.id
            for known in rounds
            if not known.decision_no or not award.decision_no or known.decision_no == award.decision_no
        ]

    def _rounds_of(self, award: Award, body: int) -> list[KnownRound]:
        mark = (award.kind, award.stars, award.tier, award.system, body, award.year_from, award.year_to)
        if mark not in self._rounds:
            sign = "?" if self.connection.dialect.name == "sqlite" else "%s"
            names = ("kind", "stars", "tier", "system", "conferring_body_id", "year_from", "year_to")
            where = " AND ".join(f"{name} = {sign}" for name in names)
            self._rounds[mark] = [
                KnownRound(int(row[0]), str(row[1]))
                for row in self.connection.exec_driver_sql(
                    f"SELECT id, decision_no FROM award_round WHERE {where} ORDER BY id", mark
                )
            ]
        return self._rounds[mark]

    def recipients(self, keys: Iterable[str], codes: Iterable[str]) -> dict[str, list[KnownRecipient]]:
        """Live recipients by key and by credit or union code (marked `#CODE`), those of this file too."""
        wanted = set(keys)
        found: dict[str, list[KnownRecipient]] = {
            key: list(self._new[key]) for key in wanted if key in self._new
        }
        if self.fresh_registry:
            return found
        live = "AND revision_to IS NULL"
        for row in select_in(self.connection, _RECIPIENT, "key", wanted, live):
            _add(found, str(row[2]), KnownRecipient(*row))
        other = (
            "SELECT n.key, r.id, r.type, r.key, r.name, r.uscc, r.union_code, r.region_id "
            "FROM recipient_name n JOIN recipient r ON r.id = n.recipient_id"
        )
        tail = "AND n.revision_to IS NULL AND r.revision_to IS NULL"
        for row in select_in(self.connection, other, "n.key", wanted, tail):
            _add(found, str(row[0]), KnownRecipient(*row[1:]))
        marks = [code for code in codes if code]
        for column in ("uscc", "union_code"):
            for row in select_in(self.connection, _RECIPIENT, column, marks, live):
                recipient = KnownRecipient(*row)
                code = recipient.uscc if column == "uscc" else recipient.union_code
                _add(found, f"#{code}", recipient)
        return found

    def neighbours(self, blocks: Iterable[str]) -> dict[str, list[KnownRecipient]]:
        """Live recipients of the registry that share a block key."""
        if self.fresh_registry:
            return {}
        found: dict[str, list[KnownRecipient]] = {}
        wanted = set(blocks)
        for column in ("block", "block_tail"):
            head = _RECIPIENT.replace("SELECT ", f"SELECT {column}, ")
            for row in select_in(self.connection, head, column, wanted, "AND revision_to IS NULL"):
                _add(found, str(row[0]), KnownRecipient(*row[1:]))
        return found

    def remember(self, recipient: KnownRecipient, codes: Sequence[str | None]) -> None:
        """A recipient that this file brought in."""
        _add(self._new, recipient.key, recipient)
        for code in codes:
            if code:
                _add(self._new, f"#{code}", recipient)

    def recorded(self, recipients: Iterable[int]) -> dict[int, list[int]]:
        """Rounds in which recipients of the registry hold a live recognition."""
        if self.fresh_registry:
            return {}
        found: dict[int, list[int]] = {}
        head = "SELECT recipient_id, round_id FROM recognition"
        for row in select_in(
            self.connection, head, "recipient_id", set(recipients), "AND revision_to IS NULL"
        ):
            found.setdefault(int(row[0]), []).append(int(row[1]))
        return found

    def decision(self, pair: str) -> str | None:
        """What a person decided about a pair of names: same, different, unsure, or nothing."""
        if self._decisions is None:
            self._decisions = {
                str(row[0]): str(row[1])
                for row in self.connection.exec_driver_sql(
                    "SELECT pair_key, decision FROM review_decision "
                    "WHERE pair_key IS NOT NULL AND revision_to IS NULL ORDER BY id"
                )
            }
        return self._decisions.get(pair)

    def closed_years(self) -> set[int]:
        """Years that are closed now."""
        rows = self.connection.exec_driver_sql("SELECT year FROM closed_year WHERE revision_to IS NULL")
        return {int(row[0]) for row in rows}


def _add(found: dict[str, list[KnownRecipient]], mark: str, recipient: KnownRecipient) -> None:
    listed = found.setdefault(mark, [])
    if all(one.id != recipient.id for one in listed):
        listed.append(recipient)
