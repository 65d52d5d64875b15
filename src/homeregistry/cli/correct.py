"""`correct` and `recipient`: a person puts right what is recorded, with a reason."""

from collections.abc import Sequence
from datetime import date

import click

from homeregistry.cli.output import emit, emit_json, format_option, say, tell
from homeregistry.cli.session import reason_from, recorded
from homeregistry.cli.wording import TranslatedCommand, TranslatedGroup
from homeregistry.errors import UsageMistake
from homeregistry.i18n import translate as _

_reason = click.option("--reason", required=True, metavar="TEXT", help="Why.")


def settings_from(pairs: Sequence[str]) -> dict[str, str]:
    """`FIELD=VALUE` pairs by field. Raises UsageMistake."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageMistake("bad_setting", "“{value}” is not FIELD=VALUE.", value=pair)
        found[name.strip()] = value.strip()
    return found


@click.command(
    cls=TranslatedCommand,
    help="Correct one recognition, with a reason. Fields: kind, stars, tier, system, year, region, body, "
    "conferred_by, decision_no, decision_date, recipient. What the source printed stays as it is.",
)
@click.argument("recognition", type=click.IntRange(min=1))
@click.option(
    "--set", "pairs", multiple=True, required=True, metavar="FIELD=VALUE", help="What it should say."
)
@_reason
@format_option
@click.pass_context
def correct(ctx: click.Context, recognition: int, pairs: tuple[str, ...], reason: str, format_: str) -> None:
    """Close the old row and write the corrected one."""
    from homeregistry.correcting import correct_recognition

    said = settings_from(pairs)
    with recorded(ctx, "correct", reason_from(reason)) as ledger:
        done = correct_recognition(ledger, recognition, said, date.today())
    spoken = _ if format_ == "table" else str
    rows = [[spoken(name), before, after] for name, (before, after) in done.changes.items()]
    if format_ == "table":
        tell("Recognition {was} is corrected; its number is now {now}.", was=done.was, now=done.now)
    emit(format_, done.to_json(), ("field", "was", "now"), rows)


@click.group(cls=TranslatedGroup, help="Merge two recipients, or split one, with a reason.")
def recipient() -> None:
    """The topic."""


@recipient.command("merge", help="Two recipients are one: everything of the first goes to the second.")
@click.argument("number", type=click.IntRange(min=1), metavar="RECIPIENT")
@click.option(
    "--into", type=click.IntRange(min=1), required=True, metavar="RECIPIENT", help="The one that stays."
)
@_reason
@format_option
@click.pass_context
def merge(ctx: click.Context, number: int, into: int, reason: str, format_: str) -> None:
    """Merge two records of one unit or person."""
    from homeregistry.correcting import merge_recipients

    with recorded(ctx, "recipient merge", reason_from(reason)) as ledger:
        done = merge_recipients(ledger, number, into)
    if format_ == "json":
        emit_json(done.to_json())
    elif format_ == "csv":
        emit("csv", None, ("was", "recognition"), [(one.was, one.now) for one in done.moved])
    else:
        tell("Recipient {number} is now one with {into}; recognitions moved: {count}.", number=number,
             into=into, count=len(done.moved))  # fmt: skip
        if done.doubled:
            say("Titles that both held are kept once: {count} (closed: {listed}).", count=len(done.doubled),
                listed=", ".join(map(str, done.doubled)))  # fmt: skip


@recipient.command("split", help="One recipient is two: some recognitions go to a new one.")
@click.argument("number", type=click.IntRange(min=1), metavar="RECIPIENT")
@click.option("--recognitions", required=True, metavar="IDS", help="Their numbers, separated by commas.")
@click.option(
    "--name", metavar="NAME", help="The new one's name; as printed at its first recognition by default."
)
@_reason
@format_option
@click.pass_context
def split(
    ctx: click.Context, number: int, recognitions: str, name: str | None, reason: str, format_: str
) -> None:
    """Split one recipient."""
    from homeregistry.correcting import split_recipient
    from homeregistry.numerals import whole_number

    parts = [whole_number(part.strip()) for part in recognitions.split(",") if part.strip()]
    listed = [part for part in parts if part is not None]
    if len(listed) < len(parts):
        raise UsageMistake(
            "bad_numbers", "“{value}” is not a list of numbers like 3,7,9.", value=recognitions
        )
    with recorded(ctx, "recipient split", reason_from(reason)) as ledger:
        done = split_recipient(ledger, number, listed, name)
    if format_ == "json":
        emit_json(done.to_json())
    elif format_ == "csv":
        emit("csv", None, ("was", "recognition"), [(one.was, one.now) for one in done.moved])
    else:
        tell("Recognitions moved to the new recipient {new} ({name}): {count}.", count=len(done.moved),
             new=done.new, name=done.name)  # fmt: skip
