"""`count`: numbers that say exactly what they count."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.filtering import filter_options, request_from, require_revision, revision_option
from homeregistry.cli.output import emit, format_option, say, table_text, tell
from homeregistry.cli.session import opened
from homeregistry.cli.wording import TranslatedCommand
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _

if TYPE_CHECKING:
    from homeregistry.queries import Counting, CountRequest

_SHOWN = 10
"""Declared figures told below a table; JSON has them all, and so have `report list` and `reconcile`."""

_DECLARED = ("scope", "title", "tier", "measure", "period", "declared", "recorded", "figure")

_STATED = ("year", "body")
"""Dimensions that a source may leave out; a system may be none, and then the cell is empty."""


@click.command(
    cls=TranslatedCommand,
    help="Count recognitions by district, year, kind, tier and more; declared figures stand beside.",
)
@click.option("--by", metavar="DIMS", help="Dimensions, separated by commas: year, region, province, "
              "prefecture, county, body, kind, tier, system, status.")  # fmt: skip
@filter_options
@revision_option
@format_option
@click.option("--total", "total_row", type=click.Choice(("first", "last", "none")), default="last",
              show_default=True, help="Where the total row stands in the table.")  # fmt: skip
@click.option("--percent", is_flag=True, help="A column with each row's share of the total.")
@click.option("--bars", is_flag=True, help="Draw bars (one dimension) or shades (two) in the terminal.")
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.svg",
              help="Write the picture as SVG: bars of one dimension, a heat table of two.")  # fmt: skip
@click.pass_context
def count(ctx: click.Context, /, by: str | None, format_: str, **options: Any) -> None:
    """Count, and print what was counted on which map."""
    from homeregistry.queries import count_recognitions, known
    from homeregistry.reconciling import bearing_figures

    request = request_from(by, **options)
    if options["bars"] or options["chart"]:
        from homeregistry.cli.count_picture import require_drawable, terminal_picture, write_chart

        require_drawable(request)
    with opened(ctx) as connection:
        require_revision(connection, request)
        request = known(connection, request)
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
        headers, rows = table_of(found, options["total_row"], options["percent"])
        emit("table", None, headers, rows)
        if options["bars"]:
            click.echo("\n" + terminal_picture(found, request))
        _show_declared(declared, request)
        _explain(found, request, options["boundaries"])
    else:
        emit(format_, payload, found.columns, found.rows)
    if options["chart"]:
        write_chart(options["chart"], found, request)
        say("Written: {path}", path=options["chart"])


def table_of(found: "Counting", total_row: str, percent: bool) -> tuple[list[str], list[list[Any]]]:
    """The table people read: kinds and tiers in words, a total row, shares on request."""
    from homeregistry.words.labels import label

    rows = [
        [
            _("not stated") if value is None and column in _STATED else label(column, value)
            for column, value in zip(found.columns, row, strict=True)
        ]
        for row in found.rows
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


def _show_declared(declared: list[dict[str, Any]], request: "CountRequest") -> None:
    """The declared figures that bear on the count, those of the same scope first."""
    if not declared:
        return
    from homeregistry.reconciling.commands import reconcile_command
    from homeregistry.words.figures import measure_words, period_words, tier_words, title_words

    rows = [
        [
            figure["scope"], title_words(figure), tier_words(figure), measure_words(figure),
            period_words(figure), figure["stated"], figure["recorded"], figure["figure"],
        ]
        for figure in declared[:_SHOWN]
    ]  # fmt: skip
    click.echo("\n" + _("Declared figures that bear on it, never part of the count"))
    click.echo(table_text([_(name) for name in _DECLARED], rows))
    if len(declared) > _SHOWN:
        tell("… and {count} more; all of them: {command}", count=len(declared) - _SHOWN,
             command=reconcile_command(request))  # fmt: skip


def _map_words(boundaries: str) -> str:
    """On whose map the places are."""
    if boundaries == "as-awarded":
        return _("districts as on the day of each award")
    if boundaries == "today":
        return _("districts as of today")
    return sentence("districts as on {day}", {"day": boundaries})


def _explain(found: "Counting", request: "CountRequest", boundaries: str) -> None:
    """What was counted, and on which map."""
    said = {"map": _map_words(boundaries), "day": request.filters.as_of}
    if request.measure == "holders":
        say("Recipients whose title was in force on {day}; {map}.", **said)
    elif request.filters.as_of is not None:
        say("Recognitions conferred by {day}; {map}.", **said)
    else:
        say("Recognitions ever conferred; {map}.", **said)
    for names, number in found.between:
        say("Undecided between {regions}: {count}", regions=names, count=number)
    if found.total:
        from homeregistry.reconciling.commands import list_command

        say("The records behind it: {command}", command=list_command(request))
