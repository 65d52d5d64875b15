"""An opened report as figures: prose by its grammar, tables of counts cell by cell, nothing twice.

Reading touches no database: `extract` prints what comes out here, `import` writes it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from homeregistry.count_tables import is_count_table, read_count_table
from homeregistry.count_tables.resolving import figures_of
from homeregistry.errors import FileRefused
from homeregistry.figures import Figure, extract
from homeregistry.grid import Row, Sheet, TextDocument
from homeregistry.layouts import read_workbook_sheet
from homeregistry.personal import without_personal
from homeregistry.problems import Problem
from homeregistry.readers.opened import OpenedFile
from homeregistry.records import ListOptions
from homeregistry.reporting.options import ReportOptions
from homeregistry.settings import all_layouts

_HEAD: Final = 60
"""So many rows decide whether a sheet is a table of counts."""

_ASKING: Final = frozenset({"sum_differs", "picture_pages"})
"""What a person should look at though it is no error."""


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A figure with its cell, where it stands in a table; its `part_of` counts within the whole report."""

    figure: Figure
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    label: str | None = None

    def to_json(self) -> dict[str, object]:
        """The figure's own JSON; for a cell with its address and the headings it stands under."""
        found = self.figure.to_json()
        if self.row is not None:
            found |= {"sheet": self.sheet, "row": self.row, "column": self.column, "label": self.label}
        return found


@dataclass(slots=True)
class ReportReading:
    """What a report says. `sheets` says of each sheet or table what it was taken for.

    `personal` counts identity and telephone numbers met on the way: where there are any, the file itself
    may not be kept, and `lines` (sheet, number, text without them) is all that stays of it.
    """

    figures: list[ReportFigure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    personal: int = 0
    lines: list[tuple[str, int, tuple[str, ...]]] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        """The figures alone, in the order of the report."""
        return {"figures": [one.to_json() for one in self.figures]}

    @property
    def waits(self) -> bool:
        """Whether something of it waits for a person."""
        return wait_for_a_person(self.problems)

    def keep_line(self, sheet: str, number: int, cells: Sequence[object]) -> None:
        """One line of the source, cleaned of personal numbers."""
        cleaned = []
        for cell in cells:
            text, taken = without_personal("" if cell is None else str(cell))
            self.personal += taken
            cleaned.append(text)
        if any(cleaned):
            self.lines.append((sheet, number, tuple(cleaned)))


def wait_for_a_person(problems: Iterable[Problem]) -> bool:
    """Whether a person should look: something was not settled, or a printed sum differs."""
    return any(one.level == "error" or one.code in _ASKING for one in problems)


def read_report(opened: OpenedFile, options: ReportOptions) -> ReportReading:
    """All declared figures of a file: every table of counts and, in documents, the prose around them.

    Raises FileRefused where the file cannot be read, or is a workbook without any table of counts.
    """
    reading = ReportReading()
    if opened.kind == "grid":
        _read_sheets(opened, options, reading)
    else:
        _read_document(opened.text(), options, reading)
    reading.problems.extend(opened.remarks)
    return reading


def _read_sheets(opened: OpenedFile, options: ReportOptions, reading: ReportReading) -> None:
    speaks = opened.form.name not in ("csv", "html")
    for sheet in opened.sheets():
        _take_sheet(sheet, options, speaks, reading)
    if "counts" not in reading.sheets.values():
        raise _without_counts(opened, reading)


def _read_document(document: TextDocument, options: ReportOptions, reading: ReportReading) -> None:
    for line in document.lines():
        reading.keep_line("", line.number, (line.text,))
    counted = {
        place
        for place, sheet in enumerate(document.tables)
        if _take_sheet(sheet, options, False, reading) == "counts"
    }
    found = extract(_prose(document, counted), options.for_prose())
    offset = len(reading.figures)
    reading.figures.extend(ReportFigure(_moved(figure, offset)) for figure in found.figures)
    reading.problems.extend(found.problems)


def _prose(document: TextDocument, counted: set[int]) -> str:
    """The text with the lines of counted tables blanked: offsets stay, and no cell is read twice."""
    if not counted:
        return document.text
    lines = document.text.split("\n")
    for number, place in document.table_of.items():
        if place in counted and 0 < number <= len(lines):
            lines[number - 1] = " " * len(lines[number - 1])
    return "\n".join(lines)


def _take_sheet(sheet: Sheet, options: ReportOptions, speaks: bool, reading: ReportReading) -> str:
    """One sheet to its verdict: `counts`, `hidden`, or in one word why it is no table of counts."""
    rows = list(_watched(sheet, reading))
    if sheet.hidden and not options.include_hidden:
        reading.problems.append(Problem("hidden_sheet", sheet.name))
        verdict = "hidden"
    else:
        verdict = _verdict(sheet, rows)
        if verdict != "counts" and rows:
            reading.problems.append(Problem("no_counts_on_sheet", sheet.name, value=sheet.name))
    reading.sheets[sheet.name] = verdict
    if verdict == "counts":
        context = options.for_tables(speaks)
        table = read_count_table(replace(sheet, rows=rows), context)
        figures, problems = figures_of(table, context)
        offset = len(reading.figures)
        reading.figures.extend(
            ReportFigure(_moved(one.figure, offset), one.sheet, one.row, one.column, one.label)
            for one in figures
        )
        reading.problems.extend([*table.problems, *problems])
    return verdict


def _verdict(sheet: Sheet, rows: Sequence[Row]) -> str:
    """`counts`, or in one word why it is none: what an import takes for a list is no table of counts."""
    decided = is_count_table(rows[:_HEAD], sheet.merged)
    if not decided.is_counts:
        return decided.reason
    head = replace(sheet, rows=rows[:_HEAD], hidden=False)
    return read_workbook_sheet(head, all_layouts(), ListOptions()).verdict


def _watched(sheet: Sheet, reading: ReportReading) -> Iterator[Row]:
    """The rows as they come, each looked through for personal numbers."""
    rows: Iterable[Row] = sheet
    for number, values in rows:
        reading.keep_line(sheet.name, number, values)
        yield number, values


def _moved(figure: Figure, offset: int) -> Figure:
    return figure if figure.part_of is None else replace(figure, part_of=figure.part_of + offset)


def _without_counts(opened: OpenedFile, reading: ReportReading) -> FileRefused:
    if reading.sheets and set(reading.sheets.values()) == {"hidden"}:
        return FileRefused(
            "only_hidden_sheets", "{file} has only hidden sheets; show them, or give --include-hidden.",
            file=opened.name,
        )  # fmt: skip
    return FileRefused(
        "no_counts",
        "{file}: no table of counts was found; a list of awards is read with: homeregistry import",
        file=opened.name,
    )
