"""How much of what was declared is recorded, by region and round: the table behind the picture.

A cell is never a sum: it is one declared figure. Where several figures fall into one cell the least
covered one stands, so that a picture never looks better than its worst part.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from homeregistry.charts.svg import Cell, Table
from homeregistry.reconciling.findings import Finding
from homeregistry.vocabulary import MEASURES

FULL = 100


def coverage_table(
    findings: Sequence[Finding], row_of: Callable[[Mapping[str, Any]], str],
    column_of: Callable[[Mapping[str, Any]], str],
) -> Table:  # fmt: skip
    """Rows by place, title and tier, columns by period; cells are percent, printed as 1/35.

    `row_of` and `column_of` give the labels of a figure's JSON, in the language spoken.
    """
    cells: dict[tuple[str, str], tuple[int, str]] = {}
    rows: dict[str, tuple[str, str]] = {}
    columns: dict[str, tuple[int, int]] = {}
    for finding in findings:
        said = finding.declared
        whole = said["low"] if said["low"] is not None else said["high"]
        if finding.comparison != "declared_recorded" or finding.recorded is None or not whole:
            continue
        if not MEASURES[said["measure"]].awarded or said["year_to"] is None:
            continue
        row, column = row_of(said), column_of(said)
        rows.setdefault(row, (str(said["region_code"] or ""), row))
        columns.setdefault(column, (int(said["year_to"]), said["year_from"] or 0))
        share = min(FULL, FULL * finding.recorded // int(whole)) or int(finding.recorded > 0)
        here = cells.get((row, column))
        if here is None or share < here[0]:
            stated = whole if said["qualifier"] == "exact" else said["stated"]
            cells[row, column] = (share, f"{finding.recorded}/{stated}")
    ordered = sorted(rows, key=lambda name: rows[name])
    periods = sorted(columns, key=lambda name: columns[name])
    body = [[_cell(cells.get((row, one))) for one in periods] for row in ordered]
    return Table(ordered, periods, body, FULL)


def _cell(found: tuple[int, str] | None) -> Cell:
    if found is None:
        return Cell(None, "not_reported")
    return Cell(found[0], "counted", found[1])
