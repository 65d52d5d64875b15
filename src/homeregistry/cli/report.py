"""`report`: declared figures out of reports and tables of counts; extracted, imported, listed, withdrawn."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.filtering import filter_options, request_from
from homeregistry.cli.output import emit, emit_json, format_option, say, table_text, tell
from homeregistry.cli.password import password_in, password_option
from homeregistry.cli.series import error_json, exit_of, take_each
from homeregistry.cli.session import actor, opened, reason_from, recorded, writable_engine
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.errors import EXIT_DONE, EXIT_WAITING, FileRefused, RegistryError, UsageMistake
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.words.figures import (
    measure_words,
    period_words,
    place_words,
    tier_words,
    title_words,
)
from homeregistry.words.places import cell_text
from homeregistry.words.problems import problem_words

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from homeregistry.ledger import Deed
    from homeregistry.problems import Problem
    from homeregistry.readers.opened import OpenedFile
    from homeregistry.reporting import ReportOptions, ReportResult

_issuer = click.option("--issuer", metavar="REGION_OR_BODY",
                       help="Who issued the report: it settles 我市, 全区, 市级 and the like.")  # fmt: skip
_as_of = click.option("--as-of", metavar="DATE", help="The day on which the report stood.")
_hidden = click.option("--include-hidden", is_flag=True, help="Read hidden sheets, rows and columns too.")
_json_or_table = click.option("--format", "format_", type=click.Choice(("table", "json")), default="table",
                              show_default=True, help="How to print the result.")  # fmt: skip
_HEADERS = ("figure", "scope", "title", "measure", "stated", "place", "quote")


@click.group(cls=TranslatedGroup, help="Declared figures from reports and tables of counts.")
def report() -> None:
    """The topic."""


@report.command("extract", help="Read a report's figures and print them; touches no database. - is stdin.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@_issuer
@_as_of
@_hidden
@password_option
@format_option
def extract_command(
    file: Path, issuer: str | None, as_of: str | None, include_hidden: bool,
    password_file: Path | None, format_: str,
) -> int:  # fmt: skip
    """Pure: the same file and options print the same figures, and exit as their import would."""
    from homeregistry.reporting import read_report
    from homeregistry.words.problems import problem_json

    with _document(file, password_file) as source:
        reading = read_report(source, _options(issuer, as_of, include_hidden))
    figures = [one.to_json() for one in reading.figures]
    code = EXIT_WAITING if reading.waits else EXIT_DONE
    if format_ == "json":
        emit_json({"figures": figures, "problems": [problem_json(one, "report") for one in reading.problems]})
        return code
    numbered = [{"figure": number, **one} for number, one in enumerate(figures, start=1)]
    if format_ == "csv":
        emit("csv", None, *_flat(numbered))
    else:
        click.echo(table_text([_(name) for name in _HEADERS], [_row(one, "") for one in numbered]))
    _print_problems(reading.problems)
    return code


@report.command("import", help="Record the figures of reports; a report is never turned into recognitions.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_issuer
@_as_of
@_hidden
@password_option
@click.option("--reason", metavar="TEXT", help="Why; needed where a closed year changes.")
@_json_or_table
@click.pass_context
def import_command(
    ctx: click.Context, /, files: tuple[Path, ...], issuer: str | None, as_of: str | None,
    format_: str, **others: Any,
) -> int:  # fmt: skip
    """Import each report in a transaction of its own."""
    from homeregistry.ledger import Deed

    options = _options(issuer, as_of, others["include_hidden"])
    engine, deed = writable_engine(ctx), Deed("report import", actor(ctx), others["reason"])
    finished = ctx.obj.finished

    def take(path: Path) -> "ReportResult":
        result = _import_one(engine, deed, path, options, others["password_file"])
        finished.append(result)
        return result

    for result in take_each(finished, files, take, _refused):
        if format_ == "table":
            _print_result(result)
    if format_ == "json":
        emit_json({"files": [result.to_json() for result in finished]})
    return exit_of(finished)


def _refused(path: Path, error: RegistryError, digest: str = "") -> "ReportResult":
    from homeregistry.reporting import ReportResult

    return ReportResult(path.name or str(path), digest, error=error_json(error))


@report.command("list", help="The declared figures that stand, with their sources.")
@filter_options
@click.option("--withdrawn", is_flag=True, help="Those taken back too, with the reason.")
@format_option
@click.pass_context
def list_command(ctx: click.Context, /, withdrawn: bool, format_: str, **options: Any) -> None:
    """List figures; equal source keys are several sources of one figure."""
    from homeregistry.queries import known
    from homeregistry.reporting import list_figures

    request = request_from(None, **options)
    with opened(ctx) as connection:
        figures = list_figures(connection, known(connection, request), withdrawn)
    if format_ == "csv":
        emit("csv", None, *_flat(figures))
    elif format_ == "json":
        emit_json({"figures": figures, "total": len(figures)})
    else:
        _print_list(figures)


def _print_list(figures: list[dict[str, Any]]) -> None:
    """Figures for the eye: a source key where two share it, a state where one was taken back."""
    shared = Counter(one["source_key"] for one in figures)
    headers = [_(name) for name in _HEADERS]
    rows = [_row(one, one["file"]) for one in figures]
    if any(count > 1 for count in shared.values()):
        headers.append(_("source"))
        for row, one in zip(rows, figures, strict=True):
            row.append(one["source_key"] if shared[one["source_key"]] > 1 else "")
    if any(one["withdrawn"] for one in figures):
        headers.append(_("state"))
        for row, one in zip(rows, figures, strict=True):
            row.append(_state(one) if one["withdrawn"] else "")
    click.echo(table_text(headers, rows))


@report.command("withdraw", help="Take figures back, with a reason; they stay visible as withdrawn.")
@click.argument("figures", nargs=-1, required=True, type=click.IntRange(min=1))
@click.option("--reason", required=True, metavar="TEXT", help="Why they are taken back.")
@click.option("--by", metavar="NAME", help="Who does it; the actor of --as by default.")
@_json_or_table
@click.pass_context
def withdraw_command(
    ctx: click.Context, figures: tuple[int, ...], reason: str, by: str | None, format_: str
) -> None:
    """Close figures; nothing is deleted."""
    from homeregistry.reporting import withdraw_figures

    reason = reason_from(reason)
    with recorded(ctx, "report withdraw", reason, by=by) as ledger:
        taken = withdraw_figures(ledger, figures)
    if format_ == "json":
        emit_json({"withdrawn": taken, "reason": reason})
    else:
        tell("Withdrawn: {figures}.", figures=", ".join(map(str, taken)))


def _options(issuer: str | None, as_of: str | None, include_hidden: bool) -> "ReportOptions":
    from datetime import date

    from homeregistry.reporting import ReportOptions, issuer_from
    from homeregistry.years import read_date

    day = read_date(date.today() if as_of == "today" else as_of)
    if as_of is not None and (day is None or day.year < 1949):
        raise UsageMistake(
            "bad_date", "“{value}” is not a date; write it like 2020-12-31.", value=as_of
        )  # fmt: skip
    options = ReportOptions(issuer, day, include_hidden)
    meant = issuer_from(issuer, options.day)
    if getattr(meant, "kind", None) == "unlisted":
        say("“{issuer}” is not in the list of union bodies; it is kept as printed.", issuer=issuer)
    return options


def _document(path: Path, password_file: Path | None) -> "OpenedFile":
    """The file, or the text on standard input, undecoded until its encoding is known."""
    from homeregistry.readers import open_document, read_text

    if str(path) != "-":
        return open_document(path, password=password_in(password_file))
    from homeregistry.readers.encoding import decode

    stream = getattr(sys.stdin, "buffer", None)
    return read_text(decode(stream.read()) if stream is not None else sys.stdin.read())


def _import_one(
    engine: "Engine", deed: "Deed", path: Path, options: "ReportOptions", password_file: Path | None
) -> "ReportResult":
    """One report to its end; a refusal is a result of its own, so that the others go on."""
    from homeregistry.closed_years import ClosedYearsError
    from homeregistry.ledger import write
    from homeregistry.reporting import import_report

    digest = ""
    try:
        with _document(path, password_file) as source:
            digest = source.sha256
            with write(engine, deed) as ledger:
                return import_report(source, options, ledger)
    except (FileRefused, ClosedYearsError) as error:
        return _refused(path, error, digest)


def _print_result(result: "ReportResult") -> None:
    if result.error:
        say("{file}: refused; nothing was written.", file=result.file)
        click.echo(result.error["message"], err=True)
        return
    if result.outcome == "already_imported":
        tell("{file}: already imported as batch {batch}; nothing changes.", file=result.file,
             batch=result.batch)  # fmt: skip
        return
    tell("{file}: batch {batch}; figures: {count}.", file=result.file, batch=result.batch,
         count=len(result.figures))  # fmt: skip
    click.echo(table_text([_(name) for name in _HEADERS], [_row(one, "") for one in result.figures]))
    if result.personal:
        tell("Personal numbers were found: {count}; the file itself is not kept.", count=result.personal)
    _print_problems(result.problems)


def _print_problems(problems: "list[Problem]") -> None:
    from homeregistry.words.problems import problem_sentence

    for problem in problems:
        place = cell_text(problem.sheet, problem.row, problem.column)
        said = {"name": place or problem_words(problem.code), "value": problem_sentence(problem, "report")}
        say("{name}: {value}", **said)


def _row(figure: dict[str, Any], file: str) -> list[Any]:
    """One line of the table that people read."""
    quote = str(figure["quote"]).replace("\n", " ")
    return [
        figure["figure"], figure["scope"],
        " ".join(filter(None, (tier_words(figure), title_words(figure)))),
        " ".join(filter(None, (measure_words(figure), period_words(figure)))),
        figure["stated"], f"{file} {place_words(figure)}".strip(),
        quote if len(quote) <= 40 else quote[:39] + "…",
    ]  # fmt: skip


def _state(figure: dict[str, Any]) -> str:
    taken = figure["withdrawn"]
    return sentence("withdrawn by {actor}: {reason}", {"actor": taken["actor"], "reason": taken["reason"]})


def _flat(figures: list[dict[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Every field of the figures as CSV columns."""
    names = [name for name in (figures[0] if figures else {"figure": 0}) if name != "withdrawn"]
    listed = ("kinds", "flags")
    return names, [[" ".join(one[n]) if n in listed else one[n] for n in names] for one in figures]
