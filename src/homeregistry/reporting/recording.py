"""A report into the registry: its figures as facts of their own, its file as evidence. One file, one batch.

The same file with the same options is recognised by its fingerprint and changes nothing. Nothing here
turns a figure into recognitions.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.digests import canonical
from homeregistry.errors import FileRefused
from homeregistry.importing.kept import (
    keep_batch,
    keep_block,
    keep_bytes,
    keep_problems,
    keep_result,
    live_batch,
)
from homeregistry.ledger import Ledger
from homeregistry.personal import without_personal
from homeregistry.readers.opened import OpenedFile
from homeregistry.reconciling.figures import figures_of_batch
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.reporting.options import ReportOptions
from homeregistry.reporting.reading import ReportFigure, ReportReading, read_report
from homeregistry.reporting.results import ReportResult
from homeregistry.source_blocks import BLOCK


def import_report(opened: OpenedFile, options: ReportOptions, ledger: Ledger) -> ReportResult:
    """Record every figure of an opened report; the caller owns the transaction.

    Raises FileRefused when the report states no figure at all; nothing is written then.
    """
    result = ReportResult(opened.name, opened.sha256)
    fingerprint = fingerprint_of(opened.sha256, options)
    earlier = live_batch(ledger.connection, fingerprint)
    if earlier is not None:
        result.outcome, result.batch = "already_imported", earlier
        result.figures = _stored(ledger.connection, earlier)
        return result
    reading = read_report(opened, options)
    if not reading.figures:
        raise FileRefused(
            "no_figures",
            "{file}: no declared figure was found; a list of awards is read with: homeregistry import",
            file=opened.name,
        )
    by = (ledger.deed.actor, ledger.at)
    batch = keep_batch(ledger.connection, ledger, opened, "report", options.to_json(), fingerprint, by)
    _write_figures(ledger, batch, reading.figures, options)
    keep_problems(ledger, batch, reading.problems, lambda text: without_personal(text)[0])
    counts = {"figures": len(reading.figures), "personal": reading.personal}
    keep_result(ledger, batch, counts, reading.sheets)
    if reading.personal:
        _keep_lines(ledger, batch, reading)
    else:
        keep_bytes(ledger.connection, ledger, opened)
    ledger.subject.update({"batch": batch, "file_sha256": opened.sha256, "figures": len(reading.figures)})
    result.outcome, result.batch = "committed", batch
    result.problems, result.sheets, result.personal = reading.problems, reading.sheets, reading.personal
    result.figures = _stored(ledger.connection, batch)
    return result


def fingerprint_of(sha256: str, options: ReportOptions) -> str:
    """What makes two imports of a report the same: the content and what the officer said about it."""
    return hashlib.sha256(f"{sha256}\nreport\n{canonical(options.to_json())}".encode()).hexdigest()


def _stored(connection: Connection, batch: int) -> list[dict[str, Any]]:
    return [figure.to_json() for figure in figures_of_batch(connection, batch)]


def _write_figures(
    ledger: Ledger, batch: int, figures: Sequence[ReportFigure], options: ReportOptions
) -> None:
    """One row for each figure; a part points to the id of the figure that contains it."""
    ids = [ledger.new_id("declared_figure") for _ in figures]
    rows = []
    for number, one in zip(ids, figures, strict=True):
        f = one.figure
        region = region_row(f.region_code, f.year_to, options.day)
        rows.append(
            (
                number, batch, f.scope, region, f.region_code, f.kind,
                " ".join(f.kinds), f.stars, f.tier, int(f.or_above), f.system, f.measure, f.low, f.high,
                f.stated, f.qualifier, f.year_from, f.year_to, int(f.implied),
                None if f.part_of is None else ids[f.part_of], f.decision_no, " ".join(f.flags),
                without_personal(f.quote)[0], f.start, f.end, one.sheet, one.row, one.column,
            )
        )  # fmt: skip
    ledger.insert("declared_figure", rows)


def region_row(code: str | None, year: int | None, day: date | None) -> int | None:
    """The region row that a code means to a figure: on the last day of its year, else of the report.

    A code alone is no key: 500110 was 万盛区 and is 綦江区.
    """
    if code is None:
        return None
    table = gazetteer()
    when = date(year, 12, 31) if year else day
    rows = table.of_code(code)
    found = table.at(code, when) if when else None
    if found is None and year:
        found = next((row for row in rows if row.existed(f"{year}-01-01", f"{year}-12-31")), None)
    if found is None and rows:
        found = rows[-1]
    return found.id if found else None


def _keep_lines(ledger: Ledger, batch: int, reading: ReportReading) -> None:
    """The lines without personal numbers, in place of a file that may not be kept."""
    for sheet, lines in groupby(reading.lines, key=lambda line: line[0]):
        listed = [(number, "report", cells) for _, number, cells in lines]
        for start in range(0, len(listed), BLOCK):
            keep_block(ledger, batch, sheet, listed[start : start + BLOCK])
