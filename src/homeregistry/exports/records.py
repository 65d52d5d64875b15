"""`export records`: every recognition that the filters ask for, a workbook for people, plain for programs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.exports.books import Book
from homeregistry.exports.checks import Failing, equal
from homeregistry.exports.cover import CoverText, cover_shape, write_cover
from homeregistry.exports.made import Made
from homeregistry.exports.options import ExportOptions, Stand
from homeregistry.exports.pages import Column, PageShape
from homeregistry.exports.record_page import begin_records, end_records, record_shape, write_record
from homeregistry.exports.wordings import heading
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.queries import count_recognitions
from homeregistry.queries.listing import Counted, counted_recognitions

FORMS = ("xlsx", "csv", "jsonl")

FIELDS: Final = (
    "id", "year_from", "year_to", "kind", "stars", "tier", "system", "name", "recipient", "recipient_type",
    "parent", "unit", "post", "region_code", "region", "region_printed", "body", "conferred_by",
    "decision_no", "decision_date", "status", "batch",
)  # fmt: skip
"""Columns of the .csv: the names of `list --format json`, followed by file, sheet and row of the source."""


def write_records_export(
    connection: Connection,
    options: ExportOptions,
    stand: Stand,
    book: Book,
    failing: Sequence[Failing],
    form: str,
) -> Made:
    """Fill a book with the records of the options."""
    records = counted_recognitions(connection, options.request, "region")
    if form == "xlsx":
        return _workbook(connection, options, stand, book, failing, records)
    page = book.page(
        PageShape(_("Records"), tuple(Column(name, 10) for name in (*FIELDS, "file", "sheet", "row")))
    )
    if form == "csv":
        page.head()
    number = 0
    for number, counted in enumerate(records, start=1):  # noqa: B007
        record = counted.recognition
        if form == "csv":
            page.line("data", *(record[name] for name in FIELDS), *record["source"].values())
        else:
            page.line("data", json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    found = [*failing, *_check(connection, options, number)]
    return Made((page,), number, tuple(found))


def _workbook(
    connection: Connection, options: ExportOptions, stand: Stand, book: Book, failing: Sequence[Failing],
    records: Iterator[Counted],
) -> Made:  # fmt: skip
    cover, page = book.page(cover_shape()), book.page(record_shape())
    begin_records(page, options)
    number = 0
    for number, counted in enumerate(records, start=1):
        write_record(page, number, counted, None)
    end_records(page, number)
    found = [*failing, *_check(connection, options, number)]
    what = _("Every recognition that the registry holds for what was asked, one line each, with its source.")
    title = sentence("{heading}: the records", {"heading": heading(options)})
    text = CoverText(title, what, [(_("Recognitions listed"), number)])
    write_cover(cover, text, options, stand, [page], ([], found, ()))
    return Made((cover, page), number, tuple(found))


def _check(connection: Connection, options: ExportOptions, listed: int) -> list[Failing]:
    """As many records as the database counts; holders are counted as recipients and compared in the tally."""
    if options.request.measure == "holders":
        return []
    found: Any = count_recognitions(connection, options.request)
    return equal(
        "total_differs", "The database counts {one}, the records listed make {two}.", found.total, listed
    )
