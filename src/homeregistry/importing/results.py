"""What an import came to: row counts that add up, columns, declared counts, problems; as JSON too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeregistry.problems import Problem
from homeregistry.records import ColumnUse, DeclaredCount, DroppedColumn, Entry
from homeregistry.vocabulary import OUTCOMES, Outcome
from homeregistry.words.problems import problem_json

_ASKING: Final = frozenset(
    {"declared_differs", "hidden_sheet", "hidden_rows", "hidden_columns", "picture_pages"}
)
"""Warnings that ask a person: a total that differs, something left out that may belong to the list."""


@dataclass(slots=True)
class RowCounts:
    """Rows by outcome; the four outcomes add up to `read`. `recognitions` counts titles recorded."""

    recorded: int = 0
    already_recorded: int = 0
    held: int = 0
    refused: int = 0
    not_data: int = 0
    recognitions: int = 0

    @property
    def read(self) -> int:
        """Data rows read."""
        return self.recorded + self.already_recorded + self.held + self.refused

    def add(self, outcome: Outcome) -> None:
        """Count one data row."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def add_recorded(self, count: int) -> None:
        """Count data rows that were recorded with one recognition each."""
        self.recorded += count
        self.recognitions += count

    def to_json(self) -> dict[str, int]:
        """The `rows` object of the contract, with `recognitions`."""
        return {
            "read": self.read,
            **{outcome: getattr(self, outcome) for outcome in OUTCOMES},
            "not_data": self.not_data,
            "recognitions": self.recognitions,
        }


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that was refused or held, with its problems: what is given back to the person who can mend it."""

    entry: Entry
    outcome: Outcome
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class FileResult:
    """One file's import; `outcome` is committed, previewed, refused or already_imported."""

    file: str
    sha256: str
    outcome: str = "refused"
    batch: int | None = None
    rows: RowCounts = field(default_factory=RowCounts)
    columns: list[ColumnUse] = field(default_factory=list)
    declared: list[DeclaredCount] = field(default_factory=list)
    dropped: list[DroppedColumn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kept: list[KeptRow] = field(default_factory=list)
    layouts: dict[str, str] = field(default_factory=dict)
    error: Mapping[str, str] | None = None
    not_annotated: Mapping[str, str] | None = None
    revision: int = 0
    _told: tuple[object, set[object]] = field(default_factory=lambda: (None, set()))

    def tell(self, problems: Iterable[Problem]) -> None:
        """Add problems; what is the same of several names on one row is told once."""
        for problem in problems:
            where = (problem.sheet, problem.row)
            if self._told[0] != where:
                self._told = (where, set())
            mark = (problem.code, problem.column, problem.value)
            if problem.row is None or mark not in self._told[1]:
                self._told[1].add(mark)
                self.problems.append(problem)

    @property
    def waits(self) -> bool:
        """Whether something waits for a person: rows held or kept back, totals that differ, no annotation."""
        return bool(
            self.rows.held
            or self.rows.refused
            or self.not_annotated
            or any(problem.code in _ASKING for problem in self.problems)
        )

    def to_json(self) -> dict[str, Any]:
        """The contract's object for one file."""
        found: dict[str, Any] = {
            "file": self.file,
            "sha256": self.sha256,
            "outcome": self.outcome,
            "batch": self.batch,
            "rows": self.rows.to_json(),
            "layouts": self.layouts,
            "columns": [
                {"sheet": c.sheet, "column": c.column, "header": c.header, "field": c.field}
                for c in self.columns
            ],
            "declared": [declared_json(d) for d in self.declared],
            "dropped": [{"sheet": d.sheet, "column": d.column, "header": d.header} for d in self.dropped],
            "problems": [problem_json(problem) for problem in self.problems],
        }
        if self.not_annotated:
            found["not_annotated"] = dict(self.not_annotated)
        if self.error:
            found["error"] = dict(self.error)
        return found


def declared_json(declared: DeclaredCount) -> dict[str, Any]:
    """A declared count beside what stands under it."""
    return {
        "sheet": declared.sheet, "row": declared.row, "stated": declared.stated,
        "declared": declared.declared, "listed": declared.listed, "kind": declared.kind,
        "scope": declared.scope,
    }  # fmt: skip
