"""`import`: award lists, seen first, then committed; one file, one transaction."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli import tier_option
from homeregistry.cli.output import emit_json, say
from homeregistry.cli.password import password_in, password_option
from homeregistry.cli.series import error_json, exit_of, take_each
from homeregistry.cli.session import actor, location, writable_engine
from homeregistry.cli.wording import TranslatedCommand
from homeregistry.errors import FileRefused, RegistryError, UsageMistake
from homeregistry.i18n import sentence

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from homeregistry.bodies import BodyReading
    from homeregistry.importing import FileResult, ImportRequest
    from homeregistry.readers.opened import OpenedFile


@click.command(
    "import",
    cls=TranslatedCommand,
    help="Import award lists; see first what will happen with --dry-run. "
    "Files: .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .docx, .pdf, .txt, .html.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--partial", is_flag=True, help="Record the good rows, keep the others for review.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--sheet", help="Only this sheet.")
@click.option("--layout", help="Read with this layout.")
@click.option("--kind", help="The title, where the file does not say it.")
@click.option("--tier", metavar="TIER", help="The tier, where the file does not say it.")
@click.option("--system", help="The industry system of the title.")
@click.option("--year", help="The stated year, or years like 2017-2019.")
@click.option("--issuer", help="The region or body that conferred the titles.")
@click.option("--region", help="The region of rows that do not say theirs.")
@click.option("--document-no", help="The number of the decision.")
@click.option("--declared", type=click.IntRange(min=0), help="How many the list should hold.")
@click.option("--conferred", is_flag=True, help="This list of nominations was in fact conferred.")
@click.option("--include-hidden", is_flag=True, help="Read hidden sheets, rows and columns too.")
@password_option
@click.option(
    "--annotate", type=click.Path(path_type=Path), help="Write the workbook back with its problems marked."
)
@click.option("--reason", help="Why, for a closed year.")
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True,
              help="How to print the result.")  # fmt: skip
@click.pass_context
def import_command(ctx: click.Context, /, files: tuple[Path, ...], format_: str, **options: Any) -> int:
    """Import each file in a transaction of its own."""
    if options["annotate"] and len(files) > 1:
        raise UsageMistake("one_file", "--annotate takes one file at a time.")
    options["asks"] = not options["yes"] and format_ != "json"
    with _read_ahead(files[0], options) as first:
        return _import_all(ctx, files, format_, options, first)


def _import_all(
    ctx: click.Context,
    files: tuple[Path, ...],
    format_: str,
    options: dict[str, Any],
    first: "OpenedFile | None",
) -> int:
    request = _request(ctx, options)
    if options["annotate"]:
        from homeregistry.exports.annotated import require_annotatable

        require_annotatable(options["annotate"], files[0])
    ahead = {0: first}
    finished = ctx.obj.finished

    def take(path: Path) -> "FileResult":
        return _one(ctx, path, request, options, ahead.pop(0, None))

    for result in take_each(finished, files, take, _refused):
        if format_ == "table":
            from homeregistry.cli.import_report import print_result

            print_result(result, options["dry_run"])
    if format_ == "json":
        emit_json({"files": [result.to_json() for result in finished]})
    return exit_of(finished)


def _refused(path: Path, error: RegistryError) -> "FileResult":
    from homeregistry.importing import FileResult

    return FileResult(path.name or str(path), "", "refused", error=error_json(error))


@contextmanager
def _read_ahead(path: Path, options: dict[str, Any]) -> "Iterator[OpenedFile | None]":
    """The first file, already being read by its own process while this one loads what it needs.

    A file that is refused is None here; whoever opens it next is told why.
    """
    from homeregistry.readers import open_document

    try:
        opened = open_document(path, password=password_in(options["password_file"]))
    except FileRefused:
        yield None
        return
    with opened:
        opened.read_ahead()
        yield opened


def _request(ctx: click.Context, options: dict[str, Any]) -> "ImportRequest":
    from datetime import date

    from homeregistry.cli.filtering import kind_from, years_from
    from homeregistry.importing import ImportRequest
    from homeregistry.records import ListOptions
    from homeregistry.settings import all_layouts

    first, last = years_from(options["year"])
    issuer = _read_issuer(options["issuer"]) if options["issuer"] else None
    tier, _above = tier_option.tier_from(options["tier"], issuer, "--issuer")
    if options["region"]:
        _check_region(options["region"])
    said = ListOptions(
        sheet=options["sheet"], layout=options["layout"], kind=kind_from(options["kind"]),
        tier=tier, system=options["system"], year_from=first, year_to=last or first,
        issuer=options["issuer"],
        region=options["region"], document_no=options["document_no"], declared=options["declared"],
        conferred=options["conferred"], include_hidden=options["include_hidden"],
    )  # fmt: skip
    return ImportRequest(
        said, all_layouts(options["layout"]), date.today(), actor(ctx), options["partial"], options["reason"]
    )


def _read_issuer(text: str) -> "BodyReading":
    from datetime import date

    from homeregistry.resolving.issuers import is_known, read_issuer

    issuer = read_issuer(text, date.today().isoformat())
    if issuer.kind == "unlisted" and not is_known(text):
        say("“{issuer}” is not in the list of union bodies; it is kept as printed.", issuer=text)
    return issuer


def _check_region(text: str) -> None:
    from homeregistry.cli.filtering import region_from

    region_from(text, "as-awarded")


def _one(
    ctx: click.Context,
    path: Path,
    request: "ImportRequest",
    options: dict[str, Any],
    ahead: "OpenedFile | None",
) -> "FileResult":
    """One file to its end."""
    from homeregistry.readers import open_document

    with ahead or open_document(path, password=password_in(options["password_file"])) as opened:
        result = _run(ctx, opened, request, options)
        ctx.obj.finished.append(result)
        if options["annotate"]:
            _annotate(opened, result, options["annotate"])
        return result


def _annotate(opened: "OpenedFile", result: "FileResult", out: Path) -> None:
    """Give the workbook back; where that fails, what was committed stays committed, and is said so."""
    from homeregistry.exports.annotated import write_annotated

    try:
        write_annotated(opened, result, out)
    except RegistryError as error:
        result.not_annotated = error_json(error)
        say("{cause} That is about the annotated workbook; what is said of the list itself holds.",
            cause=result.not_annotated["message"])  # fmt: skip


def _run(
    ctx: click.Context, opened: "OpenedFile", request: "ImportRequest", options: dict[str, Any]
) -> "FileResult":
    if options["dry_run"]:
        return _preview(ctx, opened, request)
    engine = writable_engine(ctx)
    if options["asks"] and sys.stdin.isatty() and sys.stderr.isatty():
        from homeregistry.cli.import_report import print_result

        seen = _preview(ctx, opened, request)
        if seen.outcome != "previewed":
            return seen
        print_result(seen, True)
        if not click.confirm(sentence("Record this?", {}), err=True):
            raise click.Abort
        return _commit(engine, opened, request, seen.revision)
    return _commit(engine, opened, request, None)


def _preview(ctx: click.Context, opened: "OpenedFile", request: "ImportRequest") -> "FileResult":
    """The plan on the registry as it is, or on an empty one in memory where there is none."""
    from homeregistry.database import exists, memory_engine, open_engine, reading
    from homeregistry.importing import import_list
    from homeregistry.ledger import head
    from homeregistry.schema import current, require_current, upgrade

    place = location(ctx)
    engine = open_engine(place) if exists(place) else memory_engine()
    if exists(place):
        with reading(engine) as connection:
            fresh = current(connection) is None
            if not fresh:
                require_current(connection)
        if fresh:
            engine = memory_engine()
    if engine.url.database in (None, ""):
        upgrade(engine)
    with reading(engine) as connection:
        result = import_list(opened, request, connection, None)
        result.revision = head(connection)[0]
        return result


class _RolledBackError(Exception):
    """Rolls the transaction back; carries the result out."""

    def __init__(self, result: "FileResult") -> None:
        super().__init__()
        self.result = result


def _commit(
    engine: "Engine", opened: "OpenedFile", request: "ImportRequest", seen: int | None
) -> "FileResult":
    from homeregistry.importing import import_list
    from homeregistry.ledger import Deed, write

    try:
        with write(engine, Deed("import", request.actor, request.reason)) as ledger:
            if seen is not None and ledger.revision != seen + 1:
                raise RegistryError(
                    "registry_changed", "The registry changed since the preview; look again, then confirm."
                )
            result = import_list(opened, request, ledger.connection, ledger)
            if result.outcome == "refused":
                raise _RolledBackError(result)
            return result
    except _RolledBackError as refused:
        return refused.result
