"""`reconcile`: what reports declare, held against the records and against each other."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.filtering import filter_options, request_from
from homeregistry.cli.output import emit, emit_json, format_option, say, table_text, tell
from homeregistry.cli.session import opened, reason_from, recorded
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.errors import RegistryError
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.words.places import sheet_text

if TYPE_CHECKING:
    from homeregistry.charts.svg import Table
    from homeregistry.reconciling import Finding

_HEADERS = ("verdict", "scope", "title", "measure", "declared", "held against", "source", "key")


@click.group(
    cls=TranslatedGroup, invoke_without_command=True,
    help="Hold declared figures against the records and against each other; finds, never mends.",
)  # fmt: skip
@filter_options
@click.option("--all", "everything", is_flag=True, help="In the table, findings that agree too.")
@click.option("--chart", type=click.Path(path_type=Path), metavar="OUT.svg",
              help="Write the coverage by region and round as a picture.")  # fmt: skip
@click.option("--sources", is_flag=True, help="Both sources of every finding, not of contradictions only.")
@click.option("--heat", is_flag=True, help="Print the coverage by region and round as a picture.")
@format_option
@click.pass_context
def reconcile(ctx: click.Context, /, chart: Path | None, format_: str, **options: Any) -> None:
    """All findings that the filters ask for."""
    if ctx.invoked_subcommand is not None:
        return
    from homeregistry.queries import known
    from homeregistry.reconciling import reconcile as hold_against

    request = request_from(None, **options)
    with opened(ctx) as connection:
        findings = hold_against(connection, known(connection, request))
    if chart is not None:
        _write_chart(findings, chart)
    if format_ == "json":
        emit_json({"findings": [finding.to_json() for finding in findings]})
    elif format_ == "csv":
        headers, rows = _flat(findings)
        emit("csv", None, headers, rows)
    else:
        _print(findings, options["everything"], options["sources"])
        if options["heat"]:
            _print_heat(findings)
        _print_numbers(findings)
        _print_what_is_left_out(findings, options["everything"], options["sources"])


@reconcile.command("ack", help="Acknowledge a finding, with a reason; it stays visible.")
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="Why it may stand.")
@click.option("--by", metavar="NAME", help="Who acknowledges; the actor of --as by default.")
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True,
              help="How to print the result.")  # fmt: skip
@click.pass_context
def ack(ctx: click.Context, key: str, reason: str, by: str | None, format_: str) -> None:
    """Note that a named person has seen a finding and why it may stand."""
    from homeregistry.reconciling import acknowledge

    with recorded(ctx, "reconcile ack", reason_from(reason), by=by) as ledger:
        finding, note = acknowledge(ledger, key)
    if format_ == "json":
        emit_json({"key": key, "verdict": finding.verdict, "acknowledged": note.to_json()})
    else:
        tell("Finding {key} acknowledged by {actor}.", key=key, actor=note.actor)


def _print(findings: "list[Finding]", everything: bool, sources: bool) -> None:
    """One table, then in a sentence each what it cannot say, with where to look on both sides."""
    from homeregistry.words.findings import VERDICT_WORDS, finding_line, finding_sentence

    shown = [one for one in findings if everything or one.verdict != "agrees"]
    click.echo(table_text([_(name) for name in _HEADERS], [finding_line(one) for one in shown]))
    for finding in shown:
        if not sources and finding.verdict in ("short", "agrees"):
            continue
        click.echo()
        verdict = f"{finding.key} {_(VERDICT_WORDS[finding.verdict])}"
        tell("{name}: {value}", name=verdict, value=finding_sentence(finding))
        for line in _sources(finding):
            click.echo(f"    {line}")


def _print_heat(findings: "list[Finding]") -> None:
    from homeregistry.charts.terminal import terminal_heat

    table = _coverage(findings)
    click.echo()
    click.echo(terminal_heat(table) if table.rows else _("No figure can be shown as coverage."))


def _print_numbers(findings: "list[Finding]") -> None:
    from homeregistry.words.findings import VERDICT_WORDS

    numbers = Counter(str(finding.verdict) for finding in findings)
    say("Findings: {count} ({listed}).", count=len(findings), listed="; ".join(
        f"{_(VERDICT_WORDS[verdict])} {numbers[verdict]}" for verdict in VERDICT_WORDS if numbers[verdict]
    ) or "0")  # fmt: skip


def _print_what_is_left_out(findings: "list[Finding]", everything: bool, sources: bool) -> None:
    """What the table does not show, and the option that shows it."""
    verdicts = {finding.verdict for finding in findings}
    if "agrees" in verdicts and not everything:
        say("Findings that agree are not in the table; to see them: --all")
    if "short" in verdicts and not sources:
        say("What stands behind each finding, with the commands that show it: --sources")


def _sources(finding: "Finding") -> list[str]:
    """Both sides of a finding, each as something to open."""
    lines = []
    for source in finding.sources:
        if source["type"] == "records":
            lines += list(source["commands"])
        elif source["type"] == "figure":
            place = (
                f"{source['sheet']} {source['column'] or ''}{source['row']}"
                if source["row"] is not None
                else f"[{source['start']}:{source['end']}]"
            )
            params = {**source, "place": place, "quote": str(source["quote"]).replace("\n", " ")}
            lines.append(sentence("figure {figure}: {file} {place} “{quote}”", params))
        else:
            lines.append(
                sentence(
                    "list: {file} {sheet}, row {row} “{quote}”",
                    {**source, "sheet": sheet_text(source["sheet"] or "")},
                )
            )
    return lines


def _coverage(findings: "list[Finding]") -> "Table":
    from homeregistry.reconciling.coverage import coverage_table
    from homeregistry.words.findings import column_label, row_label

    return coverage_table(findings, row_label, column_label)


def _write_chart(findings: "list[Finding]", path: Path) -> None:
    from homeregistry.charts.svg import Words, heat_table

    words = Words(
        title=_("Recorded of declared, by region and round"),
        description=_("Each cell shows how many of the awards that a report declares are recorded."),
        note=_("Shades show percent recorded."),
        zero=_("none recorded"),
        not_reported=_("nothing declared"),
        undecided=_("undecided"),
    )
    try:
        path.write_text(heat_table(_coverage(findings), words), encoding="utf-8", newline="\n")
    except OSError as error:
        raise RegistryError(
            "not_written", "{path} cannot be written: {reason}", path=path, reason=error.strerror
        ) from None
    say("Written: {path}", path=path)


def _flat(findings: "list[Finding]") -> tuple[list[str], list[list[Any]]]:
    """One CSV line a finding, codes in English."""
    headers = [
        "key", "verdict", "comparison", "reason", "figure", "scope", "region_code", "kind", "tier", "measure",
        "year_from", "year_to", "stated", "low", "high", "recorded", "other", "coverage", "file",
        "acknowledged_by", "acknowledged_reason",
    ]  # fmt: skip
    rows = []
    for finding in findings:
        said, found = finding.declared, finding.to_json()
        kinds = " ".join(said["kinds"])
        rows.append(
            [
                finding.key, finding.verdict, finding.comparison, finding.reason, said.get("figure"),
                said["scope"], said.get("region_code"), kinds, said.get("tier"), said.get("measure"),
                said.get("year_from"), said.get("year_to"), said["stated"], said["low"], said["high"],
                finding.recorded, finding.other["stated"] if finding.other else None, found["coverage"],
                said["file"], finding.acknowledged.actor if finding.acknowledged else None,
                finding.acknowledged.reason if finding.acknowledged else None,
            ]
        )  # fmt: skip
    return headers, rows
