"""Carrying out what a person decided about a row: recorded by the importer's own rules, or set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from homeregistry.closed_years import closed_years, is_reason
from homeregistry.deciding import Decided, Decision, decide
from homeregistry.errors import RegistryError
from homeregistry.events.units import live_unit
from homeregistry.importing.known import Known, KnownRecipient
from homeregistry.importing.planning import PlannedRow, Planner, PlanRules
from homeregistry.importing.rounds import RoundBook
from homeregistry.importing.sink import Preview
from homeregistry.importing.who import NOBODY, Found
from homeregistry.ledger import Ledger
from homeregistry.problems import Problem
from homeregistry.recipients.identity import pair_key
from homeregistry.resolving.candidates import CandidateReader, CandidateReading
from homeregistry.reviewing.choices import Resolution
from homeregistry.reviewing.waiting import Waiting, waiting_row

_MOST_PAIRS: Final = 50


class StillWaitingError(RegistryError):
    """The row cannot be recorded as decided; its problems say why."""

    def __init__(self, row: Waiting, problems: Sequence[Problem]) -> None:
        super().__init__("still_waiting", "The row {id} cannot be recorded yet.", id=row.id)
        self.row = row
        self.errors = tuple(problem for problem in problems if problem.level == "error")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a decision came to: its numbers, the recognitions recorded, whether the row still waits."""

    row: int
    choice: str
    outcome: str
    decisions: tuple[int, ...]
    recognitions: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As `review resolve` prints it."""
        return {
            "id": self.row, "decision": self.choice, "outcome": self.outcome,
            "decisions": list(self.decisions), "recognitions": list(self.recognitions),
        }  # fmt: skip


@dataclass(slots=True)
class _Noted:
    """The ledger, noting which ids are written: a decision says what it recorded, to be undone by."""

    ledger: Ledger
    written: dict[str, list[int]] = field(default_factory=dict)

    def new_id(self, table: str) -> int:
        return self.ledger.new_id(table)

    def new_ids(self, table: str, count: int) -> Sequence[int]:
        return self.ledger.new_ids(table, count)

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self.ledger.insert(table, rows)
        self.written.setdefault(table, []).extend(int(row[0]) for row in rows)


@dataclass(frozen=True, slots=True)
class _Case:
    """The row at hand, the write it is decided in, and why."""

    ledger: Ledger
    row: Waiting
    reason: str | None

    def rules(self, decided: Found | None = None) -> PlanRules:
        """The importer's rules: a closed year asks for a reason here as well."""
        closed = frozenset(closed_years(self.ledger.connection))
        return PlanRules(self.row.batch, closed, is_reason(self.reason), decided)


def resolve(ledger: Ledger, number: int, answer: Resolution, today: date) -> Resolved:
    """Carry out one answer.

    Raises NotFound or RegistryError where nothing waits there, StillWaitingError where the row would be
    refused or held again.
    """
    row = waiting_row(ledger.connection, number).changed(answer.settings)
    case = _Case(ledger, row, answer.reason or ledger.deed.reason)
    decisions: list[int] = []
    if answer.choice == "dismissed":
        ledger.close("held_row", [row.id])
        decisions.append(_decide(case, "dismissed", None, {}))
        return _done(case, answer, "dismissed", decisions)
    reading = CandidateReader(row.options, today).read(row.entry)
    if answer.choice == "unsure":
        pairs = _pairs(_probe(case, reading))
        if not pairs:
            raise RegistryError(
                "no_pair",
                "The row {id} is not held for a likely double; there is no pair to decide.",
                id=row.id,
            )
        decisions += [_decide(case, "unsure", pair, {}) for pair in pairs]
        return _done(case, answer, "held", decisions)
    decided: Found | None = None
    spellings: list[int] = []
    if answer.choice == "same":
        other = _known(ledger, int(answer.recipient or 0))
        _require_kind(row, reading, other)
        decided = Found(other)
        names = {one.key: one.name for one in reading.candidates if one.key != other.key}
        likely = _pairs(_probe(case, reading))
        decisions += [
            _decide(case, "same", pair_key(key, other.key), {"recipient": other.id}) for key in names
        ]
        unlike = {key: name for key, name in names.items() if pair_key(key, other.key) not in likely}
        spellings = _add_spellings(ledger, other, unlike)
    if answer.choice == "different":
        decisions += _tell_apart(case, reading)
        decided = NOBODY if _is_ambiguous(_probe(case, reading)) else None
    planned, noted = _plan(case, reading, decided)
    if planned.outcome in ("refused", "held"):
        raise StillWaitingError(row, planned.problems)
    ledger.close("held_row", [row.id])
    recorded: dict[str, Any] = {
        "outcome": planned.outcome, "settings": dict(answer.settings),
        "recognitions": noted.written.get("recognition", []),
        "recipients": noted.written.get("recipient", []), "names": spellings,
    }  # fmt: skip
    decisions.append(_decide(case, "completed", None, recorded))
    ledger.settle(case.reason)
    return _done(case, answer, planned.outcome, decisions, recorded["recognitions"])


def _plan(case: _Case, reading: CandidateReading, decided: Found | None) -> tuple[PlannedRow, _Noted]:
    """The importer's own plan for the one row, against everything recorded, its own file included."""
    connection, noted = case.ledger.connection, _Noted(case.ledger)
    known = Known(connection, 0)
    planner = Planner(known, RoundBook(connection, noted), noted, case.rules(decided))
    return planner.plan([reading], [case.row.entry])[0], noted


def _tell_apart(case: _Case, reading: CandidateReading) -> list[int]:
    """The row is none of those it is held for: each pair is decided until nothing likely is left."""
    decisions: list[int] = []
    for _turn in range(_MOST_PAIRS):
        pairs = _pairs(_probe(case, reading))
        if not pairs:
            break
        decisions += [_decide(case, "different", pair, {}) for pair in pairs]
    return decisions


def _probe(case: _Case, reading: CandidateReading) -> PlannedRow:
    """The plan without writing: what would still hold the row."""
    connection = case.ledger.connection
    known, preview = Known(connection, 0), Preview(connection)
    planner = Planner(known, RoundBook(connection, preview), preview, case.rules())
    return planner.plan([reading], [case.row.entry])[0]


def _add_spellings(ledger: Ledger, other: KnownRecipient, names: Mapping[str, str]) -> list[int]:
    """Names that nothing likens to the recipient's own are kept as its spellings: they find it again."""
    rows = [
        (ledger.new_id("recipient_name"), other.id, name, key, "spelling", None)
        for key, name in names.items()
    ]
    ledger.insert("recipient_name", rows)
    return [int(row[0]) for row in rows]


def _pairs(planned: PlannedRow) -> list[str]:
    found = (p.params.get("pair") for p in planned.problems if p.code == "possible_duplicate")
    return list(dict.fromkeys(str(pair) for pair in found if pair))


def _is_ambiguous(planned: PlannedRow) -> bool:
    return any(problem.code == "ambiguous_recipient" for problem in planned.problems)


def _known(ledger: Ledger, number: int) -> KnownRecipient:
    unit = live_unit(ledger.connection, number)
    found = ledger.connection.execute(
        sa.text("SELECT id, type, key, name, uscc, union_code, region_id FROM recipient WHERE id = :id"),
        {"id": unit.id},
    ).one()
    return KnownRecipient(*found)


def _require_kind(row: Waiting, reading: CandidateReading, other: KnownRecipient) -> None:
    if any((one.type == "person") != (other.type == "person") for one in reading.candidates):
        raise RegistryError(
            "not_of_a_kind",
            "The row {id} and the recipient {recipient} are not of one kind: one is a person.",
            id=row.id, recipient=other.id,
        )  # fmt: skip


def _decide(case: _Case, decision: str, pair: str | None, detail: dict[str, Any]) -> int:
    """Write one decision about the row, for the row's own reason."""
    ledger = case.ledger
    by = Decided(ledger.deed.actor, case.reason, ledger.at)
    (number,) = decide(ledger, [Decision(decision, pair, case.row.id, detail=detail, by=by)])
    return number


def _done(
    case: _Case, answer: Resolution, outcome: str, decisions: Sequence[int],
    recognitions: Sequence[int] = (),
) -> Resolved:  # fmt: skip
    rows = case.ledger.subject.setdefault("rows", [])
    rows.append({"row": case.row.id, "decision": answer.choice, "outcome": outcome})
    return Resolved(case.row.id, answer.choice, outcome, tuple(decisions), tuple(recognitions))
