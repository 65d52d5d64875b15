"""The page of the years: how many recognitions of each kind each year, and the picture made from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from homeregistry.exports.checks import Failing, equal
from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape, Value
from homeregistry.exports.wordings import heading, signature, unit_line
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.kinds import kinds
from homeregistry.queries import count_recognitions
from homeregistry.words.labels import kind_label


@dataclass(frozen=True, slots=True)
class Series:
    """Years (or rounds of several years) by kinds; `undecided` stand outside every year of a region."""

    kinds: tuple[str, ...]
    years: tuple[str | None, ...]
    numbers: dict[tuple[str | None, str], int]
    undecided: int
    whole: bool
    """Whether the series covers just the years of the tally, and not those before them too."""


def read_series(connection: Connection, options: ExportOptions) -> Series:
    """The numbers of the years asked for; of one single year, those of all years up to it."""
    request = options.request
    filters = request.filters
    single = filters.year_from is not None and filters.year_from == filters.year_to
    if single:
        request = replace(request, filters=replace(filters, year_from=None))
    found = count_recognitions(connection, replace(request, by=("year", "kind")))
    numbers = {(None if row[0] is None else str(row[0]), str(row[1])): int(str(row[2])) for row in found.rows}
    stated = {year for year, _kind in numbers}
    rank = list(kinds())
    listed = sorted(
        {kind for _year, kind in numbers}, key=lambda k: rank.index(k) if k in rank else len(rank)
    )
    years = _with_gaps(stated, filters.year_from if not single else None, filters.year_to)
    return Series(tuple(listed), years, numbers, found.undecided, not single)


def _with_gaps(stated: set[str | None], first: int | None, last: int | None) -> tuple[str | None, ...]:
    """Every year from the first to the last: a year without any is a zero, not a gap."""
    rounds = [year for year in stated if year is not None]
    covered = {year for text in rounds for year in range(int(text[:4]), int(text[-4:]) + 1)}
    low = first if first is not None else min(covered, default=last)
    high = last if last is not None else max(covered, default=first)
    if low is not None and high is not None:
        rounds += [str(year) for year in range(low, high + 1) if year not in covered]
    return (*sorted(rounds), *([None] if None in stated else []))


def series_shape(series: Series) -> PageShape:
    """The year, one column for each kind, the total."""
    columns = [Column(kind_label(kind), 15, "number") for kind in series.kinds]
    return PageShape(
        _("By year"), (Column(_("year"), 12, "code"), *columns, Column(_("Total"), 12, "number"))
    )


def write_series(page: Page, series: Series, options: ExportOptions) -> None:
    """The whole page."""
    page.line("title", sentence("{heading}: by year", {"heading": heading(options)}))
    page.line("unit", unit_line(options))
    page.head()
    totals = [0] * len(series.kinds)
    for year in series.years:
        numbers = [series.numbers.get((year, kind), 0) for kind in series.kinds]
        page.line("data", year if year is not None else _("not stated"), *numbers, sum(numbers))
        totals = [one + two for one, two in zip(totals, numbers, strict=True)]
    cells: list[Value] = [_("Total"), *totals, sum(totals)]
    if options.request.measure == "awards":
        page.line("sum", *cells)
    if not series.whole:
        page.line("note", _("All years up to the year of the tally, under the same filters otherwise."))
    if series.undecided:
        page.line(
            "note",
            sentence(
                "Undecided between districts and in no year here: {count}.",
                {"count": series.undecided},
            ),
        )
    page.line("note", _("A round of several years stands once, under its years."))
    page.line("sign", signature())


def check_series(series: Series, options: ExportOptions, total: int) -> Iterator[Failing]:
    """The years asked for make the tally's total."""
    filters = options.request.filters
    if options.request.measure != "awards" or series.undecided:
        return
    low, high = filters.year_from or 0, filters.year_to or 9999
    made = sum(
        number
        for (year, _kind), number in series.numbers.items()
        if series.whole or (year is not None and int(year[:4]) <= high and int(year[-4:]) >= low)
    )
    yield from equal("series_differs", "The years make {one}, the tally {two}.", made, total)
