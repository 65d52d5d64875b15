"""`batch`: what came in, one batch in full, and taking one back whole."""

from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.import_report import print_problems
from homeregistry.cli.output import emit, emit_json, format_option, say, tell
from homeregistry.cli.session import opened, recorded
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.errors import EXIT_DONE, EXIT_WAITING
from homeregistry.i18n import translate as _
from homeregistry.words.labels import heading, label
from homeregistry.words.places import sheet_text
from homeregistry.words.problems import Asked, kept_words, problem_json
from homeregistry.words.times import time_words

if TYPE_CHECKING:
    from homeregistry.problems import Problem


@click.group(cls=TranslatedGroup, help="What came in; take one batch back whole.")
def batch() -> None:
    """Batches of imports."""


@batch.command("list", help="All batches, the newest first.")
@format_option
@click.pass_context
def list_(ctx: click.Context, format_: str) -> None:
    """One line per batch with its numbers."""
    from homeregistry.importing import list_batches

    with opened(ctx) as connection:
        found = list_batches(connection)
    spoken = _ if format_ == "table" else str
    rows = [
        [
            one["batch"],
            spoken(one["purpose"]),
            one["file"],
            spoken(one["state"]),
            *_numbers(one),
            one["actor"],
            time_words(one["at"]) if format_ == "table" else one["at"],
        ]
        for one in found
    ]
    headers = ("batch", "purpose", "file", "state", "read", "recorded", "waiting", "figures", "actor", "at")
    emit(format_, {"batches": found}, headers, rows)


def _numbers(one: dict[str, Any]) -> list[int | None]:
    """Rows read, recorded and waiting of a list; figures of a report."""
    rows = one.get("rows")
    figures = one.get("figures")
    if rows is None:
        return [None, None, None, figures]
    return [rows["read"], rows["recorded"], rows["held"] + rows["refused"], figures]


@batch.command(help="One batch: its file, options, columns as understood, counts and problems.")
@click.argument("number", type=int)
@format_option
@click.pass_context
def show(ctx: click.Context, number: int, format_: str) -> None:
    """Everything kept of one batch."""
    from homeregistry.importing import show_batch

    with opened(ctx) as connection:
        found = show_batch(connection, number)
    problems: list[Problem] = found["problems"]
    asked: Asked = "report" if found["purpose"] == "report" else "list"
    found["problems"] = [problem_json(problem, asked) for problem in problems]
    if format_ == "json":
        emit_json(found)
        return
    if format_ == "table":
        _show(found)
        print_problems(problems, asked)
        return
    names = ("severity", "code", "sheet", "row", "column", "value")
    emit(format_, None, names, [[one[name] for name in names] for one in found["problems"]])


_COUNTS = ("read", "recorded", "recognitions", "already_recorded", "held", "refused", "not_data")


def _show(found: dict[str, Any]) -> None:
    """One batch in words: what it is, its counts in the order in which they add up, its columns."""
    items = [(name, found[name]) for name in ("batch", "file", "sha256", "actor")]
    items += [("at", time_words(found["at"])), ("revision", found["revision"])]
    items += [(name, _(found[name])) for name in ("purpose", "state")]
    items += [
        (name, label(name, value)) for name, value in found["options"].items() if value not in (None, False)
    ]
    counts = found.get("rows") or {}
    items += [(name, counts[name]) for name in _COUNTS if name in counts]
    for name, value in items:
        tell("{name}: {value}", name=heading(name), value=_("yes") if value is True else value)
    rows = [
        [sheet_text(one["sheet"]), one["column"], one["header"], heading(one["field"])]
        for one in found["columns"]
    ]
    if rows:
        click.echo()
        emit("table", None, ("sheet", "column", "header", "understood as"), rows)


@batch.command(help="Take one batch back whole; evidence and audit entries stay.")
@click.argument("number", type=int)
@click.option("--reason", metavar="TEXT", help="Why; needed where a closed year changes.")
@format_option
@click.pass_context
def undo(ctx: click.Context, number: int, reason: str | None, format_: str) -> int:
    """Close what the batch brought in; say what could not be taken back, and why."""
    from homeregistry.importing import undo_batch

    with recorded(ctx, "undo", reason) as ledger:
        found = undo_batch(ledger, number)
    if format_ == "table":
        tell(
            "Batch {batch} was taken back; recognitions and figures closed: {count}.",
            batch=found.batch,
            count=found.reversed,
        )
        for kept in found.kept:
            say("Recognition {id} stays: {reason}.", id=kept.id, reason=kept_words(kept.reason))
    else:
        emit(format_, found.to_json(), ("id", "reason"), [[kept.id, kept.reason] for kept in found.kept])
    return EXIT_WAITING if found.kept else EXIT_DONE
