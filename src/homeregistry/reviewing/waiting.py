"""Rows that wait for a person, with the words they came with and why they wait."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound, RegistryError
from homeregistry.kinds import kinds
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.records import Entry, HeadingContext, ListOptions
from homeregistry.text import clean

_PLACES: Final = ("province", "prefecture", "county", "region")

_OVERRIDDEN: Final[dict[str, dict[str, Any]]] = {
    "kind": {"kind": None}, "tier": {"tier": None}, "system": {"system": None},
    "year": {"year_from": None, "year_to": None}, "conferred_by": {"issuer": None},
    "decision_no": {"document_no": None},
}  # fmt: skip
"""Options of the import that a value set by a person goes before."""

OF_LAYOUT: Final = frozenset(
    {"unread_row", "error_cell", "formula_without_value", "deictic_name", "unread_cell", "nomination_list",
     "unknown_title", "doubtful_row"}
)  # fmt: skip
"""Errors that only the sheet showed: reading the kept values again would not find them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits: where it came from, its entry as read, the import's options, what was wrong."""

    id: int
    batch: int
    file: str
    outcome: str
    code: str
    other: int | None
    entry: Entry
    options: ListOptions
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The name it came with, if any."""
        return self.entry.values.get("recipient") or self.entry.values.get("person") or ""

    def to_json(self) -> dict[str, Any]:
        """As `review list` prints it; sentences are added at the edge."""
        return {
            "id": self.id, "batch": self.batch, "file": self.file, "sheet": self.entry.sheet,
            "row": self.entry.row, "outcome": self.outcome, "code": self.code, "name": self.name,
            "other": self.other,
        }  # fmt: skip

    def changed(self, settings: Mapping[str, str]) -> "Waiting":
        """The row with values that a person set; they go before the import's options."""
        values = dict(self.entry.values)
        options = self.options
        for name, words in settings.items():
            if name == "region":
                for part in _PLACES:
                    values.pop(part, None)
            values.pop(name, None)
            if clean(words):
                values[name] = kinds()[words].title if name == "kind" and words in kinds() else clean(words)
            options = replace(options, **_OVERRIDDEN.get(name, {}))
        entry = Entry(
            self.entry.sheet, self.entry.row, values, self.entry.context, self.entry.columns,
            self.entry.cells, () if "kind" in settings else self.entry.kinds, self._unanswered(settings),
        )  # fmt: skip
        return replace(self, entry=entry, options=options)

    def _unanswered(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """What was wrong with the cells themselves and is not set anew."""
        field_of = {column: name for name, column in self.entry.columns.items()}
        answered = set(settings) | (set(_PLACES) if set(settings) & set(_PLACES) else set())
        named = bool({"recipient", "person"} & set(settings))
        return tuple(
            problem
            for problem in self.problems
            if problem.code in OF_LAYOUT
            and not (named if problem.column is None else field_of.get(problem.column) in answered)
            and not (problem.code == "unknown_title" and "kind" in settings)
        )


_SELECT: Final = (
    "SELECT h.id, h.batch_id, b.file_name, h.outcome, h.code, h.other_recipient_id, h.payload, b.options, "
    "h.sheet, h.row_no FROM held_row h JOIN import_batch b ON b.id = h.batch_id WHERE h.revision_to IS NULL"
)


def list_waiting(connection: Connection, batch: int | None = None) -> list[Waiting]:
    """The rows that wait, in the order they came in."""
    condition = "" if batch is None else f" AND h.batch_id = {int(batch)}"
    rows = connection.exec_driver_sql(f"{_SELECT}{condition} ORDER BY h.id").all()
    return _read(connection, rows)


def waiting_row(connection: Connection, number: int) -> Waiting:
    """One row that waits. Raises NotFound, or RegistryError where it was decided."""
    rows = connection.exec_driver_sql(f"{_SELECT} AND h.id = {int(number)}").all()
    if rows:
        return _read(connection, rows)[0]
    decided = connection.execute(
        sa.text(
            "SELECT h.id, d.decision, d.actor, d.at FROM held_row h LEFT JOIN review_decision d "
            "ON d.held_row_id = h.id AND d.revision_to IS NULL WHERE h.id = :id ORDER BY d.id DESC"
        ),
        {"id": number},
    ).first()
    if decided is None:
        raise NotFound(
            "unknown_row", "Nothing waits under {value}; see: homeregistry review list", value=number
        )
    if decided[1] is None:
        raise RegistryError("row_gone", "The row {value} was taken back with its batch.", value=number)
    raise RegistryError(
        "already_decided",
        "The row {value} was decided by {actor} at {at}; see: homeregistry review decisions",
        value=number, actor=decided[2], at=decided[3],
    )  # fmt: skip


def _read(connection: Connection, rows: Sequence[Sequence[Any]]) -> list[Waiting]:
    problems = _problems(connection, {int(row[1]) for row in rows})
    return [
        Waiting(
            int(row[0]), int(row[1]), str(row[2]), str(row[3]), str(row[4]), row[5],
            entry_from(json.loads(row[6]), row[8], row[9]), options_from(json.loads(row[7])),
            tuple(problems.get((int(row[1]), str(row[8]), int(row[9])), ())),
        )
        for row in rows
    ]  # fmt: skip


def _problems(connection: Connection, batches: set[int]) -> dict[tuple[int, str, int], list[Problem]]:
    found: dict[tuple[int, str, int], list[Problem]] = {}
    if not batches:
        return found
    rows = connection.exec_driver_sql(
        "SELECT batch_id, sheet, row_no, code, cell_column, value, params FROM problem "
        f"WHERE batch_id IN ({', '.join(map(str, sorted(batches)))}) AND row_no IS NOT NULL "
        "AND severity = 'error' ORDER BY id"
    )
    for batch, sheet, row, code, column, value, params in rows:
        if code in PROBLEMS:
            problem = Problem(code, sheet, row, column, value, json.loads(params))
            found.setdefault((int(batch), str(sheet or ""), int(row)), []).append(problem)
    return found


def entry_from(payload: Mapping[str, Any], sheet: str, row: int) -> Entry:
    """The entry that was kept (`importing.evidence.entry_json`)."""
    known = {one.name for one in fields(HeadingContext)}
    context = {name: value for name, value in payload.get("context", {}).items() if name in known}
    ticks = tuple((str(k[0]), k[1], str(k[2])) for k in payload.get("kinds", ()))
    return Entry(
        str(payload.get("sheet", sheet)), int(payload.get("row", row)), dict(payload.get("values", {})),
        HeadingContext(**context), dict(payload.get("columns", {})), (), ticks,
    )  # fmt: skip


def options_from(said: Mapping[str, Any]) -> ListOptions:
    """The options a batch was imported with."""
    known = {one.name for one in fields(ListOptions)}
    return ListOptions(**{name: value for name, value in said.items() if name in known})
