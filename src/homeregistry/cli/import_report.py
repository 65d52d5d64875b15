"""What an import says to a person: numbers that add up, columns as understood, problems by code."""

from collections import defaultdict
from typing import TYPE_CHECKING

import click

from homeregistry.cli.output import table_text, tell
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.importing.results import problem_sentence
from homeregistry.words.labels import kind_label, label

if TYPE_CHECKING:
    from homeregistry.importing import FileResult
    from homeregistry.problems import Problem

_SHOWN = 5
"""Problems shown of one code before the rest is only counted."""


def print_result(result: "FileResult", dry_run: bool) -> None:
    """The whole report of one file: data on stdout, problems on stderr."""
    _head(result, dry_run)
    if result.error:
        click.echo(result.error["message"], err=True)
        return
    if result.outcome == "already_imported":
        return
    rows = result.rows
    tell(
        "{read} data rows read: {recorded} recorded ({recognitions} recognitions), "
        "{already} already recorded, {held} held for a person, {refused} refused; "
        "{not_data} other rows (titles, headers, totals, notes).",
        read=rows.read, recorded=rows.recorded, recognitions=rows.recognitions,
        already=rows.already_recorded, held=rows.held, refused=rows.refused, not_data=rows.not_data,
    )  # fmt: skip
    if dry_run and result.columns:
        body = [[c.sheet, c.column, c.header, _(c.field)] for c in result.columns]
        click.echo(table_text([_("sheet"), _("column"), _("header"), _("understood as")], body))
    for dropped in result.dropped:
        tell("Personal data in column {column} ({header}) was dropped; it is kept nowhere.",
             column=dropped.column, header=dropped.header)  # fmt: skip
    for total in result.declared:
        kind = f" ({kind_label(total.kind)})" if total.kind else ""
        tell("{stated}: {declared} declared, {listed} listed{kind}.", stated=total.stated,
             declared=total.declared, listed=total.listed, kind=kind)  # fmt: skip
    _problems(result.problems)
    _next(result, dry_run)


def _head(result: "FileResult", dry_run: bool) -> None:
    if result.outcome == "already_imported":
        tell(
            "{file}: already imported as batch {batch}; nothing changes.",
            file=result.file,
            batch=result.batch,
        )
    elif result.outcome == "refused":
        tell("{file}: refused; nothing was written.", file=result.file)
    elif dry_run:
        tell("{file}: this would happen (nothing is written yet).", file=result.file)
    else:
        tell("{file}: committed as batch {batch}.", file=result.file, batch=result.batch)


def _problems(problems: list["Problem"]) -> None:
    """Grouped by code, errors first, each with its first addresses."""
    groups: dict[tuple[int, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[("error", "warning", "note").index(problem.level), problem.code].append(problem)
    for (level, code), listed in sorted(groups.items()):
        severity = label("severity", ("error", "warning", "note")[level])
        click.echo(f"{severity} {code} × {len(listed)}", err=True)
        for problem in listed[:_SHOWN]:
            click.echo(f"  {address(problem)}: {problem_sentence(problem)}", err=True)
        if len(listed) > _SHOWN:
            click.echo("  " + sentence("… and {count} more", {"count": len(listed) - _SHOWN}), err=True)


def address(problem: "Problem") -> str:
    """Sheet and cell of a problem as people write it."""
    cell = f"{problem.column or ''}{problem.row or ''}"
    parts = [part for part in (problem.sheet, cell) if part]
    return " ".join(parts) or _("file")


def _next(result: "FileResult", dry_run: bool) -> None:
    """What to do now."""
    if result.outcome == "refused":
        tell(
            "Correct the rows named above and import the file again; --annotate OUT.xlsx marks them in "
            "your own workbook, --partial records the good rows and keeps the others for review."
        )
    elif not dry_run and (result.rows.held or result.rows.refused):
        tell("Rows that wait: homeregistry review list")
