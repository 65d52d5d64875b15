"""`event`: what happened to titles and units, each with its date, its basis document and its actor."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.output import emit, format_option, say, tell
from homeregistry.cli.session import opened, recorded
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.errors import UsageMistake
from homeregistry.i18n import translate as _

if TYPE_CHECKING:
    from homeregistry.events import Happened, Occasion
    from homeregistry.vocabulary import TitleEvent

_HEADERS = ("event", "on", "number", "type", "date", "name", "other", "basis", "note", "actor", "withdrawn")

_OCCASION = (
    click.option("--date", "day", required=True, metavar="DATE", help="When: 2024-07-15, 2024-07 or 2024."),
    click.option("--basis", required=True, metavar="DOCUMENT", help="The document it rests on."),
    click.option("--note", metavar="TEXT", help="A remark."),
    click.option("--reason", metavar="TEXT", help="Why; needed where a closed year changes."),
)


def _occasion_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OCCASION):
        command = option(command)
    return command


def _occasion(day: str, basis: str, note: str | None) -> "Occasion":
    from homeregistry.events import read_occasion

    return read_occasion(day, basis, note, date.today())


@click.group(cls=TranslatedGroup, help="Dated events: revoke, restore, recheck, rename, merge, close.")
def event() -> None:
    """The topic."""


def _title_command(name: str, kind: "TitleEvent", help_: str, done: str) -> None:
    @event.command(name, help=help_)
    @click.argument("recognition", type=click.IntRange(min=1), required=False)
    @click.option("--document-no", metavar="N", help="All recognitions of the decision with this number.")
    @_occasion_options
    @format_option
    @click.pass_context
    def command(
        ctx: click.Context, /, recognition: int | None, document_no: str | None, format_: str, **said: Any
    ) -> None:
        from homeregistry.events import on_decision, on_recognition

        if (recognition is None) == (document_no is None):
            raise UsageMistake("one_target", "Give a recognition's number, or --document-no, not both.")
        reason = said.pop("reason")
        occasion = _occasion(**said)
        with recorded(ctx, f"event {name}", reason, _why(occasion)) as ledger:
            if recognition is not None:
                found = on_recognition(ledger, kind, recognition, occasion)
            else:
                found = on_decision(ledger, kind, str(document_no), occasion)
        if format_ != "table":
            emit(format_, found.to_json(), _HEADERS, [_row(one) for one in found.events])
            return
        tell(done, count=len(found.events), date=occasion.date, basis=occasion.basis)
        if found.skipped:
            say("Left alone, since they are in that state already: {count}.", count=len(found.skipped))

    command.__doc__ = f"Record `{kind}` on one recognition or a whole decision."


_title_command(
    "revoke", "revoked", "Revoke a recognition, or a whole decision by its number.",
    "Recognitions revoked from {date} on ({basis}): {count}.",
)  # fmt: skip
_title_command(
    "restore", "restored", "Restore what was revoked.",
    "Recognitions restored from {date} on ({basis}): {count}.",
)  # fmt: skip
_title_command(
    "recheck", "rechecked", "Record a re-examination that was passed: the title is kept.",
    "Re-examinations passed, dated {date} ({basis}): {count}.",
)  # fmt: skip


@event.command("rename", help="A unit or person bears a new name; it is still one holder.")
@click.argument("recipient", type=click.IntRange(min=1))
@click.argument("name")
@_occasion_options
@format_option
@click.pass_context
def rename(ctx: click.Context, /, recipient: int, name: str, format_: str, **said: Any) -> None:
    """Record a new name."""
    from homeregistry.events import rename_unit

    reason = said.pop("reason")
    occasion = _occasion(**said)
    with recorded(ctx, "event rename", reason, _why(occasion)) as ledger:
        done = rename_unit(ledger, recipient, name, occasion)
    _print(format_, done, "Recipient {subject} is named “{name}” from {date} on.")


@event.command("merge", help="A unit was merged into another one and holds nothing from that day on.")
@click.argument("recipient", type=click.IntRange(min=1))
@click.option(
    "--into", type=click.IntRange(min=1), required=True, metavar="RECIPIENT", help="Into which unit."
)
@_occasion_options
@format_option
@click.pass_context
def merge(ctx: click.Context, /, recipient: int, into: int, format_: str, **said: Any) -> None:
    """Record a merger of two units that both existed."""
    from homeregistry.events import merge_unit

    reason = said.pop("reason")
    occasion = _occasion(**said)
    with recorded(ctx, "event merge", reason, _why(occasion)) as ledger:
        done = merge_unit(ledger, recipient, into, occasion)
    _print(format_, done, "Recipient {subject} was merged into {other} ({date}).")


@event.command("close", help="A unit was closed and holds nothing from that day on.")
@click.argument("recipient", type=click.IntRange(min=1))
@_occasion_options
@format_option
@click.pass_context
def close(ctx: click.Context, /, recipient: int, format_: str, **said: Any) -> None:
    """Record that a unit was closed."""
    from homeregistry.events import close_unit

    reason = said.pop("reason")
    occasion = _occasion(**said)
    with recorded(ctx, "event close", reason, _why(occasion)) as ledger:
        done = close_unit(ledger, recipient, occasion)
    _print(format_, done, "Recipient {subject} was closed ({date}).")


@event.command("withdraw", help="Take a wrong event back; it stays on record as withdrawn.")
@click.argument("number", type=click.IntRange(min=1), metavar="EVENT")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is withdrawn.")
@format_option
@click.pass_context
def withdraw(ctx: click.Context, /, number: int, reason: str, format_: str) -> None:
    """Withdraw one event."""
    from dataclasses import replace

    from homeregistry.events import withdraw_event

    if not reason.strip():
        raise UsageMistake("empty_reason", "Give a reason.")
    with recorded(ctx, "event withdraw", reason) as ledger:
        done = withdraw_event(ledger, number)
    _print(format_, replace(done, withdrawn=True), "The event {id} ({type}, {date}) is withdrawn.")


@event.command("list", help="The events on record.")
@click.option("--all", "everything", is_flag=True, help="Withdrawn ones too.")
@format_option
@click.pass_context
def list_command(ctx: click.Context, /, everything: bool, format_: str) -> None:
    """List the events by date."""
    from homeregistry.events import list_events

    with opened(ctx) as connection:
        found = list_events(connection, everything=everything)
    rows = [_row(one) for one in found]
    if format_ == "table":
        rows = [[*row[:1], _(str(row[1])), row[2], _(str(row[3])), *row[4:-1], _("yes") if row[-1] else ""]
                for row in rows]  # fmt: skip
    emit(format_, {"events": [one.to_json() for one in found]}, _HEADERS, rows)


def _why(occasion: "Occasion") -> str:
    """What stands in the audit entry where no reason is given: the basis document, a remark behind it."""
    return f"{occasion.basis}; {occasion.note}" if occasion.note else occasion.basis


def _row(one: "Happened") -> list[Any]:
    return [
        one.id, one.on, one.subject, one.type, one.date, one.name, one.other, one.basis, one.note, one.actor,
        one.withdrawn,
    ]  # fmt: skip


def _print(format_: str, done: "Happened", message: str) -> None:
    if format_ == "table":
        from dataclasses import asdict

        tell(message, **asdict(done))
    else:
        emit(format_, done.to_json(), _HEADERS, [_row(done)])
