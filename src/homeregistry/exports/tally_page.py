"""The page of the tally itself: districts down, titles and tiers across, totals at both edges."""

from collections.abc import Sequence

from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape, Value
from homeregistry.exports.tallying import Place, Tally, Title
from homeregistry.exports.wordings import heading, signature, unit_line
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.kinds import kinds
from homeregistry.queries.placing import LEVEL_OF
from homeregistry.vocabulary import TIERS
from homeregistry.words.labels import kind_label, label

_WIDE = 16
"""Columns of numbers that can still be read on the width of one A4 sheet."""


def in_order(titles: set[Title]) -> list[Title]:
    """Columns by kind as the kinds table has them, then by tier, an industry's behind the territorial one."""
    ranks = {code: place for place, code in enumerate(kinds())}

    def order(title: Title) -> tuple[int, str, int, str]:
        tier, plus, _rest = title[1].partition("+")
        return ranks.get(title[0], 99), title[0], TIERS.index(tier) if tier in TIERS else 99, plus

    return sorted(titles, key=order)


def tally_shape(options: ExportOptions, titles: Sequence[Title]) -> PageShape:
    """The columns: code and name of the district (or one name), the titles, the total."""
    rows = options.rows
    first = (
        (Column(_("code"), 9, "code"), Column(_(rows), 24)) if rows in LEVEL_OF else (Column(_(rows), 34),)
    )
    numbers = tuple(Column(str(label("tier", tier)), 10, "number") for _kind, tier in titles)
    wide = -(-max(len(titles), 1) // _WIDE)
    return PageShape(_("Tally"), (*first, *numbers, Column(_("Total"), 10, "number")), sheets_wide=wide)


def write_tally(page: Page, tally: Tally, titles: Sequence[Title], options: ExportOptions) -> None:
    """The whole page, from its title to the lines for the signatures."""
    coded = options.rows in LEVEL_OF
    page.line("title", heading(options))
    page.line("unit", unit_line(options))
    page.line("group", *([None] * (2 if coded else 1)), *_groups(titles), None)
    page.head()
    total = [tally.column(title) for title in titles]
    sums: list[Value] = [*([None] if coded else []), _("Total"), *total, tally.total]
    if options.total == "first":
        page.line("sum", *sums)
    for state in ("placed", "undecided", "unplaced"):
        for place in tally.places(state):
            numbers = [tally.cell(place, title) for title in titles]
            page.line(
                "data" if state == "placed" else "open", *_names(place, coded), *numbers, tally.line(place)
            )
    if options.total == "last":
        page.line("sum", *sums)
    for note in _notes(tally, coded):
        page.line("note", note)
    page.line("sign", signature())


def _groups(titles: Sequence[Title]) -> list[Value]:
    """A kind above its first tier; the cells behind it belong to it."""
    cells: list[Value] = []
    before = None
    for kind, _tier in titles:
        cells.append(None if kind == before else kind_label(kind))
        before = kind
    return cells


def _names(place: Place, coded: bool) -> list[Value]:
    state, cell = place
    if state == "placed" and coded:
        return list(cell)
    if state == "placed":
        return [cell[0] if cell[0] is not None else _("not stated")]
    words = (
        sentence("undecided between {regions}", {"regions": cell[0]})
        if state == "undecided"
        else _("no district stated")
    )
    return [*([None] if coded else []), words]


def _notes(tally: Tally, coded: bool) -> list[str]:
    notes = [
        _("Only recognitions recorded by name are counted; figures that reports declare are never added.")
    ]
    if tally.states["undecided"]:
        notes.append(
            _("Undecided: a division of districts leaves open where these stand; they are in the total.")
        )
    if tally.states["unplaced"] and coded:
        notes.append(_("No district stated: the source does not say where these are; they are in the total."))
    if tally.holders:
        notes.append(
            _("Recipients count once in each cell and each total, so cells may make more than their total.")
        )
    return notes
