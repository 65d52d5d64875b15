"""`count`: numbers that say exactly what they count."""

from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.filtering import filter_options, request_from
from homeregistry.cli.output import emit, format_option, say
from homeregistry.cli.session import opened
from homeregistry.cli.wording import TranslatedCommand
from homeregistry.i18n import translate as _

if TYPE_CHECKING:
    from homeregistry.queries import Counting, CountRequest

_SHOWN = 8
"""Declared figures told below a table; JSON has them all, and so have `report list` and `reconcile`."""


@click.command(
    cls=TranslatedCommand,
    help="Count recognitions by district, year, kind, tier and more; declared figures stand beside.",
)
@click.option("--by", metavar="DIMS", help="Dimensions, separated by commas: year, region, province, "
              "prefecture, county, body, kind, tier, system, status.")  # fmt: skip
@filter_options
@format_option
@click.option("--total", "total_row", type=click.Choice(("first", "last", "none")), default="last",
              show_default=True, help="Where the total row stands in the table.")  # fmt: skip
@click.option("--percent", is_flag=True, help="A column with each row's share of the total.")
@click.pass_context
def count(
    ctx: click.Context, /, by: str | None, format_: str, total_row: str, percent: bool, **options: Any
) -> None:
    """Count, and print what was counted on which map."""
    from homeregistry.queries import count_recognitions
    from homeregistry.reconciling import bearing_figures

    request = request_from(by, **options)
    with opened(ctx) as connection:
        found = count_recognitions(connection, request)
        declared = bearing_figures(connection, request)
    payload = {
        "columns": found.columns,
        "rows": [list(row) for row in found.rows],
        "total": found.total,
        "undecided": found.undecided,
        "unplaced": found.unplaced,
        "between": [{"regions": names, "count": number} for names, number in found.between],
        "boundaries": options["boundaries"],
        "measure": request.measure,
        "year_basis": request.filters.year_basis,
        "declared": declared,
    }
    if format_ == "table":
        headers, rows = table_of(found, total_row, percent)
        emit("table", None, headers, rows)
        _explain(found, request, options["boundaries"], declared)
    else:
        emit(format_, payload, found.columns, found.rows)


def table_of(found: "Counting", total_row: str, percent: bool) -> tuple[list[str], list[list[Any]]]:
    """The table people read: kinds and tiers in words, a total row, shares on request."""
    from homeregistry.words.labels import label

    rows = [
        [label(column, value) for column, value in zip(found.columns, row, strict=True)] for row in found.rows
    ]
    extra: list[list[Any]] = []
    width = len(found.columns)
    if width > 1:
        if found.undecided:
            extra.append([_("undecided"), *[None] * (width - 2), found.undecided])
        if found.unplaced:
            extra.append([_("unplaced"), *[None] * (width - 2), found.unplaced])
    else:
        rows = []
    total = [[_("Total"), *[None] * (width - 2), found.total]] if width > 1 else [[found.total]]
    body = rows + extra
    if total_row == "first" or width == 1:
        body = total + body
    elif total_row == "last":
        body = body + total
    headers = list(found.columns)
    if percent and found.total:
        headers.append("%")
        body = [[*row, round(100 * row[-1] / found.total, 1)] for row in body]
    return headers, body


def _explain(
    found: "Counting", request: "CountRequest", boundaries: str, declared: list[dict[str, Any]]
) -> None:
    """What was counted, on which map, and the declared figures that bear on it."""
    if request.measure == "awards":
        say("Recognitions ever conferred, on the map: {boundaries}.", boundaries=_(boundaries))
    else:
        say("Recipients whose title was in force on {day}, on the map: {boundaries}.",
            day=request.filters.as_of, boundaries=_(boundaries))  # fmt: skip
    for names, number in found.between:
        say("Undecided between {regions}: {count}", regions=names, count=number)
    for figure in declared[:_SHOWN]:
        say("Declared {stated} ({scope}, {quote}): {recorded} recorded. Figure {figure}.", **figure)
    if len(declared) > _SHOWN:
        say("… and {count} more", count=len(declared) - _SHOWN)
