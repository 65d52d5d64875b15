"""`year`: close, reopen and list closed years."""

import click

from homeregistry.cli.output import emit, emit_json, format_option, tell
from homeregistry.cli.session import opened, recorded
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.stated_years import FIRST_YEAR, LAST_YEAR
from homeregistry.words.times import time_words

_year = click.argument("year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="YEAR")
_by = click.option("--by", metavar="NAME", help="Who does it; the actor of --as by default.")


@click.group(cls=TranslatedGroup, help="Close, reopen and list closed years.")
def year() -> None:
    """The topic."""


@year.command("close", help="Close a year: from here on it changes only with a reason.")
@_year
@_by
@click.option("--reason", metavar="TEXT", help="A remark to go with it.")
@format_option
@click.pass_context
def close(ctx: click.Context, year: int, by: str | None, reason: str | None, format_: str) -> None:
    """Close one year."""
    from homeregistry.closing import close_year

    with recorded(ctx, "year close", reason, by=by) as ledger:
        close_year(ledger, year)
    _done(format_, year, "closed", "The year {year} is closed.")


@year.command("reopen", help="Open a closed year again.")
@_year
@_by
@click.option("--reason", metavar="TEXT", required=True, help="Why it is opened again.")
@format_option
@click.pass_context
def reopen(ctx: click.Context, year: int, by: str | None, reason: str, format_: str) -> None:
    """Reopen one year."""
    from homeregistry.closing import reopen_year

    with recorded(ctx, "year reopen", reason, by=by) as ledger:
        reopen_year(ledger, year)
    _done(format_, year, "open", "The year {year} is open again.")


def _done(format_: str, year: int, state: str, message: str) -> None:
    if format_ == "table":
        tell(message, year=year)
    elif format_ == "json":
        emit_json({"year": year, "state": state})
    else:
        emit(format_, None, ("year", "state"), [(year, state)])


@year.command("list", help="The closed years, and how much changed in them since.")
@format_option
@click.pass_context
def list_years(ctx: click.Context, format_: str) -> None:
    """List the closed years."""
    from homeregistry.closed_years import closed_years
    from homeregistry.closing import changes_since

    with opened(ctx) as connection:
        found = [(one, changes_since(connection, one)) for one in closed_years(connection).values()]
    shown = time_words if format_ == "table" else str
    emit(
        format_,
        {"years": [{**one.to_json(), "changed_since": changed} for one, changed in found]},
        ("year", "closed_by", "closed_at", "changed_since", "reason"),
        [(one.year, one.actor, shown(one.at), changed, one.reason) for one, changed in found],
    )
