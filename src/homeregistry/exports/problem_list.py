"""The lines of the first sheet of an annotated workbook: every problem, where it is, what to do.

Personal numbers are never repeated here, wherever they stood in the officer's own file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.importing.results import FileResult, KeptRow
from homeregistry.personal import without_personal
from homeregistry.problems import Problem
from homeregistry.words.labels import label
from homeregistry.words.problems import problem_sentence

COLOURS: Final = {"refused": "F8CBAD", "held": "FFE699"}
"""Fill of the cells of refused and of held rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One problem as it is listed: `cell` is an address like C5, empty where the problem has no row."""

    sheet: str
    cell: str
    outcome: str
    severity: str
    value: str
    text: str


def headings() -> tuple[str, ...]:
    """The headings of the list."""
    return (_("sheet"), _("cell"), _("row is"), _("severity"), _("value"), _("what is wrong"))


def listed(result: FileResult) -> Iterator[Line]:
    """Every problem of a file in the order in which it was met."""
    outcomes = {(row.entry.sheet, row.entry.row): row.outcome for row in result.kept}
    dropped = {(column.sheet, column.column) for column in result.dropped}
    for problem in result.problems:
        outcome = outcomes.get((problem.sheet or "", problem.row or 0))
        yield Line(
            problem.sheet or "",
            f"{problem.column or 'A'}{problem.row}" if problem.row else "",
            str(label("outcome", outcome or "")),
            str(label("severity", problem.level)),
            "" if (problem.sheet, problem.column) in dropped else _masked(problem.value or ""),
            _masked(problem_sentence(problem)),
        )


def summary(result: FileResult) -> tuple[str, ...]:
    """What stands above the list: whose problems these are, numbers that add up, what to do."""
    rows = result.rows
    return (
        sentence("{file}: problems of this list", {"file": result.file}),
        sentence(
            "{read} data rows: {recorded} fit to be recorded, {already} already recorded, {held} held, "
            "{refused} refused."
            if result.outcome == "refused"
            else "{read} data rows: {recorded} recorded, {already} already recorded, {held} held, "
            "{refused} refused.",
            {
                "read": rows.read, "recorded": rows.recorded, "already": rows.already_recorded,
                "held": rows.held, "refused": rows.refused,
            },
        ),
        _("Coloured cells are to be mended: red ones refuse their row, yellow ones hold it for a decision. "
          "Mend them, save, and import the file again; this sheet is not read."),
    )  # fmt: skip


def reasons(row: KeptRow) -> dict[str | None, list[str]]:
    """The sentences of what keeps a row back, by column; those without a column under None."""
    found: dict[str | None, list[str]] = {}
    for problem in deciding(row):
        found.setdefault(problem.column, []).append(_masked(problem_sentence(problem)))
    return found


def deciding(row: KeptRow) -> tuple[Problem, ...]:
    """The problems that keep a row back; where none says so by itself, all of them."""
    errors = tuple(problem for problem in row.problems if problem.level == "error")
    return errors or row.problems


def _masked(text: str) -> str:
    return without_personal(text)[0]
