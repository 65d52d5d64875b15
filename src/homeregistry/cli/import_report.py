"""What an import says to a person: numbers that add up, columns as understood, the problems."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from homeregistry.cli.output import table_text, tell
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.vocabulary import SEVERITIES
from homeregistry.words.labels import heading, kind_label, label
from homeregistry.words.places import cell_text, sheet_text
from homeregistry.words.problems import problem_sentence, problem_words

if TYPE_CHECKING:
    from homeregistry.importing import FileResult
    from homeregistry.problems import Problem
    from homeregistry.words.problems import Asked

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
        "Data rows read: {read}. Fit to be recorded: {recorded} (recognitions: {recognitions}); already "
        "recorded: {already}; held for a person: {held}; refused: {refused}. Other rows (titles, headers, "
        "totals, notes): {not_data}."
        if result.outcome == "refused"
        else "Data rows read: {read}. Recorded: {recorded} (recognitions: {recognitions}); already recorded: "
        "{already}; held for a person: {held}; refused: {refused}. Other rows (titles, headers, totals, "
        "notes): {not_data}.",
        read=rows.read, recorded=rows.recorded, recognitions=rows.recognitions,
        already=rows.already_recorded, held=rows.held, refused=rows.refused, not_data=rows.not_data,
    )  # fmt: skip
    if dry_run and result.columns:
        body = [[sheet_text(c.sheet), c.column, c.header, heading(c.field)] for c in result.columns]
        click.echo(table_text([_("sheet"), _("column"), _("header"), _("understood as")], body))
    for dropped in result.dropped:
        tell("Personal data in column {column} ({header}) was dropped; it is kept nowhere.",
             column=dropped.column, header=dropped.header)  # fmt: skip
    for total in result.declared:
        said = {"stated": total.stated, "declared": total.declared, "listed": total.listed}
        if total.kind:
            kind = kind_label(total.kind)
            tell("{stated}: {declared} declared, {listed} listed ({kind}).", **said, kind=kind)
        else:
            tell("{stated}: {declared} declared, {listed} listed.", **said)
    print_problems(result.problems)
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


def print_problems(problems: "Iterable[Problem]", asked: "Asked" = "list") -> None:
    """Those of a kind together, errors first, each kind with its first addresses."""
    groups: dict[tuple[int, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[SEVERITIES.index(problem.level), problem.code].append(problem)
    for (level, code), listed in sorted(groups.items()):
        severity = label("severity", SEVERITIES[level])
        about = {"severity": severity, "problem": problem_words(code), "count": len(listed)}
        click.echo(sentence("{severity}: {problem} × {count}", about), err=True)
        for problem in listed[:_SHOWN]:
            said = {"name": address(problem), "value": problem_sentence(problem, asked)}
            click.echo("  " + sentence("{name}: {value}", said), err=True)
        if len(listed) > _SHOWN:
            click.echo("  " + sentence("… and {count} more", {"count": len(listed) - _SHOWN}), err=True)


def address(problem: "Problem") -> str:
    """Sheet and cell of a problem as people write it."""
    return cell_text(problem.sheet, problem.row, problem.column) or _("file")


def _next(result: "FileResult", dry_run: bool) -> None:
    """What to do now."""
    if result.outcome == "refused":
        listed = bool(result.columns) or any(
            problem.sheet or problem.code == "nomination_list" for problem in result.problems
        )
        if not listed and not (result.rows.recorded or result.rows.already_recorded or result.rows.held):
            tell("If the file states numbers and lists no names, it is a report: homeregistry report import "
                 "{file}", file=result.file)  # fmt: skip
        if result.rows.read and not (result.rows.recorded or result.rows.already_recorded):
            tell("Correct the rows named above and import the file again; --annotate OUT.xlsx marks them in "
                 "your own workbook. No row is fit to be recorded, so none would be kept "
                 "for review.")  # fmt: skip
            return
        tell(
            "Correct the rows named above and import the file again; --annotate OUT.xlsx marks them in "
            "your own workbook, --partial records the good rows and keeps the others for review."
        )
    elif not dry_run and (result.rows.held or result.rows.refused):
        tell("Rows that wait: homeregistry review list")
    elif not dry_run and any(problem.code == "declared_differs" for problem in result.problems):
        tell("Everything listed is recorded. Compare the totals with the original; where rows are "
             "missing: homeregistry batch undo {batch}, then import the complete list.",
             batch=result.batch)  # fmt: skip
