"""`export tally`: an auditor's workbook of one question, from the cover down to every record's source."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from homeregistry.exports.books import Book
from homeregistry.exports.checks import Failing
from homeregistry.exports.closing_page import closing_shape, read_closed, write_closed
from homeregistry.exports.cover import CoverText, Pair, cover_shape, write_cover
from homeregistry.exports.declared_page import declared_shape, write_declared
from homeregistry.exports.made import Made
from homeregistry.exports.options import ExportOptions, Stand
from homeregistry.exports.pages import Page
from homeregistry.exports.problem_page import problem_shape, write_problems
from homeregistry.exports.record_page import begin_records, end_records, record_shape, write_record
from homeregistry.exports.series_page import check_series, read_series, series_shape, write_series
from homeregistry.exports.tally_page import in_order, tally_shape, write_tally
from homeregistry.exports.tallying import Tally, Title
from homeregistry.exports.wordings import heading
from homeregistry.i18n import translate as _
from homeregistry.queries import count_recognitions
from homeregistry.queries.listing import counted_recognitions

FORMS = ("xlsx", "csv")


def write_tally_export(
    connection: Connection, options: ExportOptions, stand: Stand, book: Book, failing: Sequence[Failing]
) -> Made:
    """Fill a book with a tally; `failing` are checks of the registry itself that failed."""
    request = options.request
    titles = _titles(connection, options)
    cover = book.page(cover_shape())
    tally_page = book.page(tally_shape(options, titles))
    series = read_series(connection, options)
    series_page = book.page(series_shape(series))
    write_series(series_page, series, options)
    if series.years and series.kinds:
        book.chart(_("Chart"), series_page, range(1, len(series.kinds) + 1), heading(options))
    records = book.page(record_shape())
    tally, behind = _write_records(records, connection, options)
    write_tally(tally_page, tally, titles, options)
    declared = book.page(declared_shape())
    findings = write_declared(declared, connection, options)
    problems = book.page(problem_shape())
    waiting = write_problems(problems, connection, options, behind)
    closings = book.page(closing_shape())
    closed = read_closed(connection, options)
    write_closed(closings, closed, options)
    found = [
        *failing,
        *tally.check(connection, request, options.rows),
        *check_series(series, options, tally.total),
    ]
    counts: list[Pair] = [
        (_("Total of the tally"), tally.total),
        (_("of these undecided between districts"), tally.states["undecided"]),
        (_("of these without a district"), tally.states["unplaced"]),
        (
            _("Declared figures that differ"),
            sum(one.verdict in ("contradiction", "over", "short") for one in findings),
        ),
        (_("Rows that wait for a person"), waiting),
    ]
    pages = [tally_page, series_page, records, declared, problems, closings]
    what = _("What the registry holds by name, by district, title and tier, with the records behind every "
             "number, the figures that reports declare beside them, and what is still open.")  # fmt: skip
    write_cover(
        cover, CoverText(heading(options), what, counts), options, stand, pages,
        (_compared(tally), found, closed),
    )  # fmt: skip
    return Made((cover, *pages), tally.records, tuple(found))


def _compared(tally: Tally) -> list[Pair]:
    """The numbers that had to be one; for holders lines and columns need not make the total."""
    pairs: list[Pair] = [
        (_("Records listed"), tally.records),
        (_("Counted by the database itself"), tally.total),
    ]
    if tally.holders:
        return pairs
    lines, columns = tally.sums()
    return [(_("Sum of the lines"), lines), (_("Sum of the columns"), columns), *pairs]


def _titles(connection: Connection, options: ExportOptions) -> list[Title]:
    """The columns: every kind and tier that any line has, undecided and unplaced ones too."""
    request = replace(options.request, by=("kind", "tier"), region=None)
    found = count_recognitions(connection, request)
    titles = {(str(row[0]), str(row[1])) for row in found.rows}
    if options.request.region is None:
        return in_order(titles)
    tally = Tally(False)
    for counted in counted_recognitions(connection, options.request, options.rows):
        tally.add(counted)
    return in_order(tally.titles())


def _write_records(page: Page, connection: Connection, options: ExportOptions) -> tuple[Tally, set[int]]:
    """The records and, as they pass, their numbers and the batches that they came from."""
    tally, behind = Tally(options.request.measure == "holders"), set[int]()
    begin_records(page, options)
    for counted in counted_recognitions(connection, options.request, options.rows):
        tally.add(counted)
        behind.add(int(counted.recognition["batch"]))
        write_record(page, tally.records, counted, options.rows)
    end_records(page, tally.records)
    return tally, behind
