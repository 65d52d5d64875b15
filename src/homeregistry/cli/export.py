"""`export tally`, `export records`, `verify-export`: files for auditors, and checking them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.days import day_from
from homeregistry.cli.filtering import filter_options, request_from, revision_option
from homeregistry.cli.output import emit, format_option, say, tell
from homeregistry.cli.session import actor, location, opened
from homeregistry.cli.wording import TranslatedCommand, TranslatedGroup
from homeregistry.errors import EXIT_DONE, EXIT_WAITING, DatabaseRefused, UsageMistake
from homeregistry.i18n import LANGUAGES, sentence, use_language

if TYPE_CHECKING:
    from homeregistry.exports.manifest import Manifest
    from homeregistry.exports.options import ExportOptions, Stand
    from homeregistry.exports.verification import Verdict

_ROWS = ("province", "prefecture", "county", "region", "body", "system")


@click.group(cls=TranslatedGroup, help="Tallies and records for auditors, reproducible to the byte.")
def export() -> None:
    """The topic."""


_SHARED = (
    revision_option,
    click.option("--as-stood", metavar="DATE", help="The registry as it stood at the end of a day (UTC)."),
    click.option("--with-findings", is_flag=True, help="Write it though checks fail; the cover says which."),
    click.option("--force", is_flag=True, help="Replace a file that is there."),
    click.option("--lang", type=click.Choice(LANGUAGES), help="The language of the file."),
)  # fmt: skip


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_SHARED):
        command = option(command)
    return filter_options(command)


@export.command(
    "tally",
    help="A workbook for auditors: cover, tally by district, title and tier, years, records, declared "
    "figures, open problems. OUT ends in .xlsx or .csv.",
)
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--by", type=click.Choice(_ROWS), help="What a line stands for; one level below the region asked for."
)
@click.option("--total", type=click.Choice(("first", "last")), default="last", show_default=True,
              help="Where the total stands.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("xlsx", "csv")), help="The format, as the name ends.")
@_shared
@click.pass_context
def tally(ctx: click.Context, /, out: Path, form: str | None, **options: Any) -> int:
    """Write a tally."""
    return _export(ctx, "tally", out, form, options)


@export.command(
    "records", help="Every recognition the filters ask for, one line each. OUT ends in .xlsx, .csv or .jsonl."
)
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("xlsx", "csv", "jsonl")), help="The format, as the name ends."
)
@_shared
@click.pass_context
def records(ctx: click.Context, /, out: Path, form: str | None, **options: Any) -> int:
    """Write records."""
    return _export(ctx, "records", out, form, options)


def _export(ctx: click.Context, what: str, out: Path, wanted: str | None, options: dict[str, Any]) -> int:
    from homeregistry.exports import EXPORTS, export_file
    from homeregistry.exports.books import form_of
    from homeregistry.exports.reading import is_export
    from homeregistry.targets import require_free

    if options["lang"]:
        use_language(options["lang"])
    form = form_of(out.name, EXPORTS[what].forms, wanted)
    asked, said = _stand_options(options)
    require_free(out, options["force"], is_export)
    with opened(ctx) as connection:
        stand, request = _question(connection, asked, said, ctx.obj.lang, options)
        made = export_file(
            connection, what, request, stand, (out, form), lambda manifest: _listed(ctx, manifest, out)
        )
    _leave_witness(ctx)
    for failing in made.failing:
        say("Check failed: {text}", text=failing.text)
    tell(
        "{file}: revision {revision}, records: {records}, SHA-256 {digest}",
        file=out, records=made.records, revision=stand.revision, digest=made.manifest.content_sha256,
    )  # fmt: skip
    return EXIT_WAITING if made.failing else EXIT_DONE


def _stand_options(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The options about the registry's standing apart from those about the question."""
    names = ("as_of_revision", "as_stood")
    if all(options[name] is not None for name in names):
        raise UsageMistake("one_standing", "--as-of-revision and --as-stood exclude each other.")
    layout = {"with_findings", "force", "lang", "by", "total", *names}
    question = {name: value for name, value in options.items() if name not in layout}
    return {name: options[name] for name in names}, question


def _question(
    connection: Any, asked: dict[str, Any], said: dict[str, Any], language: str, options: dict[str, Any]
) -> "tuple[Stand, ExportOptions]":
    """The registry's standing and the whole question, resolved to days.

    Today's map is named by the day since which it is in force, so that the same file leaves tomorrow.
    """
    from dataclasses import replace
    from datetime import date

    from homeregistry.exports.options import ExportOptions, fitting_rows, stand_of
    from homeregistry.queries import known
    from homeregistry.regions.gazetteer import gazetteer

    day = day_from(asked["as_stood"]) if asked["as_stood"] else None
    stand = stand_of(connection, asked["as_of_revision"], day)
    if said["measure"] == "holders" and not said["as_of"]:
        said = {**said, "as_of": stand.day.isoformat()}  # the same file on whatever day it is made
    if said["boundaries"] == "today":
        said = {**said, "boundaries": gazetteer().map_since(date.today()).isoformat()}
    request = known(connection, request_from(None, **said))
    request = replace(request, filters=replace(request.filters, revision=stand.revision))
    rows = options.get("by") or fitting_rows(request.region)
    return stand, ExportOptions(
        request, options["lang"] or language, rows, options.get("total") or "last", options["with_findings"]
    )


def _listed(ctx: click.Context, manifest: "Manifest", out: Path) -> None:
    """List the export in the registry; one that can only be read is exported from all the same."""
    from homeregistry.database import open_engine
    from homeregistry.exports.log import log_export

    try:
        log_export(open_engine(location(ctx)), manifest, out.name, actor(ctx))
    except DatabaseRefused as error:
        if error.code not in ("database_read_only", "database_denied"):
            raise
        say("The registry can only be read; the export is not in its log.")


def _leave_witness(ctx: click.Context) -> None:
    from homeregistry.ledger import head
    from homeregistry.witness import remember

    with opened(ctx) as connection:
        revision, mark = head(connection)
    remember(location(ctx), revision, mark)


@click.command(
    cls=TranslatedCommand,
    help="Check an export against itself and against the registry.\n\n"
    "Exit 3 when a cell, a sheet or the manifest was altered.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--alone", is_flag=True, help="Check the file against itself only.")
@format_option
@click.pass_context
def verify_export(ctx: click.Context, file: Path, alone: bool, format_: str) -> int:
    """Check, print, and exit 3 when something does not fit."""
    from homeregistry.database import exists
    from homeregistry.exports.verification import verify_against_registry, verify_file

    verdict = verify_file(file)
    if not alone and exists(location(ctx)):
        with opened(ctx) as connection:
            verify_against_registry(verdict, connection)
    _print(verdict, format_)
    return EXIT_DONE if verdict.ok else EXIT_WAITING


def _print(verdict: "Verdict", format_: str) -> None:
    if format_ != "table":
        rows = [(one.code, sentence(one.message, one.params)) for one in verdict.findings]
        emit(format_, verdict.to_json(), ("code", "message"), rows)
        return
    for one in verdict.findings:
        click.echo(sentence(one.message, one.params))
    if not verdict.ok:
        tell("{file}: do not rely on it; findings: {count}.", file=verdict.path, count=len(verdict.findings))
        return
    if verdict.against == "self":
        tell(
            "{file}: every cell is as it was written (revision {revision}); the registry was not asked.",
            file=verdict.path, revision=verdict.manifest.revision,
        )  # fmt: skip
        return
    for one in verdict.notes:
        say(one.message, **one.params)
    tell("{file}: matches as of revision {revision}.", file=verdict.path, revision=verdict.manifest.revision)
    _print_since(verdict)


_SINCE = {
    "revoked": "Recognitions revoked since (revision {now}): {count} ({names})",
    "restored": "Recognitions restored since (revision {now}): {count} ({names})",
    "added": "Recognitions that came in since (revision {now}): {count} ({names})",
    "removed": "Recognitions taken back or corrected since (revision {now}): {count} ({names})",
}
_NAMED = 10


def _print_since(verdict: "Verdict") -> None:
    since = verdict.since
    if since is None:
        return
    for kind, names in since.kinds():
        listed = "、".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        tell(_SINCE[kind], count=len(names), now=since.revision, names=listed)
    if not any(since.kinds()):
        tell("Nothing that it lists has changed since (revision {now}).", now=since.revision)
