"""The page of open problems: rows that wait for a person and problems of the lists behind the records.

A list is behind the records when one of them came from it, or when it has a row kept for a person that may
belong to the years asked for. Problems of rows that a person has decided since are no longer open.
"""

import json
from collections.abc import Iterator, Set
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape
from homeregistry.exports.wordings import heading, signature
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.queries.filters import live
from homeregistry.words.labels import label
from homeregistry.words.places import sheet_text
from homeregistry.words.problems import problem_sentence
from homeregistry.years import read_year

Spot = tuple[int, str, int]
"""Batch, sheet and row."""


def problem_shape() -> PageShape:
    """One line for each problem that is open."""
    return PageShape(
        _("Open problems"),
        (
            Column(_("batch"), 7, "number"),
            Column(_("file"), 26, "wide"),
            Column(_("sheet"), 16, "wide"),
            Column(_("cell"), 8, "code"),
            Column(_("row is"), 10, "wide"),
            Column(_("severity"), 10, "wide"),
            Column(_("value"), 28, "wide"),
            Column(_("what is wrong"), 62, "wide"),
            Column(_("problem code"), 22, "code"),
        ),
    )


def write_problems(page: Page, connection: Connection, options: ExportOptions, behind: Set[int]) -> int:
    """The whole page; returns how many rows wait for a person. `behind` are batches with a record listed."""
    page.line("title", sentence("{heading}: open problems", {"heading": heading(options)}))
    page.head()
    waiting, decided = _kept_rows(connection, options)
    batches = set(behind) | {spot[0] for spot in waiting}
    for batch, name, problem in _problems(connection, options):
        spot = (batch, problem.sheet or "", problem.row or 0)
        if batch not in batches or spot in decided:
            continue
        outcome = str(label("outcome", waiting.get(spot, "")))
        page.line(
            "data", batch, name, sheet_text(problem.sheet or ""),
            f"{problem.column or ''}{problem.row or ''}", outcome,
            str(label("severity", problem.level)), problem.value, problem_sentence(problem), problem.code,
        )  # fmt: skip
    page.line(
        "note",
        sentence("Rows that wait for a person and are in no number: {count}.", {"count": len(waiting)}),
    )
    page.line("sign", signature())
    return len(waiting)


def _kept_rows(connection: Connection, options: ExportOptions) -> tuple[dict[Spot, str], set[Spot]]:
    """Rows that wait and may belong to the years asked for with their outcome, and rows decided by then."""
    revision = options.request.filters.revision
    rows = connection.execute(
        sa.text(
            "SELECT h.batch_id, h.sheet, h.row_no, h.outcome, h.payload, h.revision_to FROM held_row h "
            f"JOIN import_batch b ON b.id = h.batch_id WHERE {live(revision, 'b')} "
            "AND h.revision_from <= :revision ORDER BY h.id"
        ),
        {"revision": revision},
    )
    waiting, decided = {}, set()
    for batch, sheet, row, outcome, payload, end in rows:
        spot = (int(batch), str(sheet), int(row))
        if end is not None and int(end) <= int(revision or 0):
            decided.add(spot)
        elif _may_belong(json.loads(payload), options):
            waiting[spot] = str(outcome)
    return waiting, decided


def _may_belong(payload: dict[str, Any], options: ExportOptions) -> bool:
    """Whether a row kept for a person may be of the years asked for; one that does not say so may be."""
    filters = options.request.filters
    low, high = filters.year_from or 0, filters.year_to or 9999
    context = payload.get("context", {})
    first, last = context.get("year_from"), context.get("year_to")
    printed = payload.get("values", {}).get("year")
    if printed:
        read = read_year(str(printed))
        first, last = (read.first, read.last) if read is not None else (None, None)
    if first is None:
        return True
    return int(first) <= high and int(last or first) >= low


def _problems(connection: Connection, options: ExportOptions) -> Iterator[tuple[int, str, Problem]]:
    revision = options.request.filters.revision
    rows = connection.execute(
        sa.text(
            "SELECT p.batch_id, b.file_name, p.code, p.severity, p.sheet, p.row_no, p.cell_column, p.value, "
            "p.params FROM problem p JOIN import_batch b ON b.id = p.batch_id "
            f"WHERE {live(revision, 'p')} AND {live(revision, 'b')} ORDER BY p.batch_id, p.id"
        )
    )
    for row in rows:
        if row[2] in PROBLEMS:
            yield (
                int(row[0]), str(row[1]),
                Problem(row[2], row[4], row[5], row[6], row[7], json.loads(row[8]), row[3]),
            )  # fmt: skip
