"""`review`: rows and possible duplicates that wait for a person, decided one by one or in a workbook."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.correct import settings_from
from homeregistry.cli.output import emit, format_option, say, tell
from homeregistry.cli.review_sides import emit_sides, print_sides
from homeregistry.cli.session import opened, reason_from, recorded
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.errors import EXIT_DONE, EXIT_WAITING, RegistryError, UsageMistake
from homeregistry.i18n import LANGUAGES, speaking
from homeregistry.i18n import translate as _
from homeregistry.vocabulary import TIERS
from homeregistry.words.errors import error_words
from homeregistry.words.labels import heading, kind_label, label
from homeregistry.words.places import place_text
from homeregistry.words.problems import kept_words, problem_words
from homeregistry.words.times import time_words

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from homeregistry.ledger import Ledger
    from homeregistry.problems import Problem
    from homeregistry.reviewing import Resolution, Resolved, Waiting
    from homeregistry.reviewing.resolving import StillWaitingError
    from homeregistry.reviewing.workbook import Spoken
    from homeregistry.words.problems import Asked

_LISTED = ("id", "outcome", "name", "source", "why")


@click.group(cls=TranslatedGroup, help="Rows and possible duplicates that wait for a person.")
def review() -> None:
    """The topic."""


@review.command("list", help="What waits for a person.")
@click.option("--batch", type=click.IntRange(min=1), metavar="BATCH", help="Only this batch.")
@format_option
@click.pass_context
def list_command(ctx: click.Context, batch: int | None, format_: str) -> int:
    """List the rows that wait; exit 3 where there are any."""
    from homeregistry.reviewing import list_waiting

    with opened(ctx) as connection:
        found = list_waiting(connection, batch)
    payload = [{**row.to_json(), "message": _why(row)} for row in found]
    if format_ == "table":
        rows = [[row.id, label("outcome", row.outcome), row.name, _source(row), _why(row)] for row in found]
    else:
        rows = [
            [row.id, row.outcome, row.name, _source(row), " ".join(_codes(row.problems) or [row.code])]
            for row in found
        ]
    emit(format_, {"rows": payload}, _LISTED, rows)
    if format_ == "table":
        say("Rows that wait: {count}.", count=len(found))
        if found:
            say("Look at one: homeregistry review show {id}; decide it: homeregistry review resolve {id} …; "
                "many at once: homeregistry review export OUT.xlsx", id=found[0].id)  # fmt: skip
    return EXIT_WAITING if found else EXIT_DONE


def _why(row: "Waiting", asked: "Asked" = "review") -> str:
    """Why a row waits, in a sentence a problem."""
    return _sentences(row.problems, asked) or problem_words(row.code)


def _sentences(problems: "Iterable[Problem]", asked: "Asked" = "review") -> str:
    from homeregistry.words.problems import problem_sentence

    return " ".join(dict.fromkeys(problem_sentence(problem, asked) for problem in problems))


def _codes(problems: "Iterable[Problem]") -> list[str]:
    return list(dict.fromkeys(problem.code for problem in problems))


def _source(row: "Waiting") -> str:
    return place_text(row.file, row.entry.sheet, row.entry.row)


@review.command("show", help="Both sides of a row that waits, with reasons and its printed row.")
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@format_option
@click.pass_context
def show(ctx: click.Context, number: int, format_: str) -> None:
    """Show one row that waits."""
    from homeregistry.reviewing import show_waiting
    from homeregistry.reviewing.waiting import waiting_row

    with opened(ctx) as connection:
        found = show_waiting(connection, number, date.today())
        row = waiting_row(connection, number)
    found["message"] = _why(row)
    if format_ == "table":
        tell("{name} ({source}): {why}", name=row.name, source=_source(row), why=found["message"])
        print_sides(found)
    else:
        emit_sides(format_, found)


@review.command("resolve", help="Decide about a row that waits; with --place, about a recognition.")
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.option("--same-as", type=click.IntRange(min=1), metavar="RECIPIENT", help="It is this recipient's.")
@click.option("--different", is_flag=True, help="It is none of those it is held for.")
@click.option("--unsure", is_flag=True, help="Not to be said yet; it goes on waiting.")
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Complete or correct a value: kind, tier, year, region, recipient and other fields.",
)
@click.option("--dismiss", is_flag=True, help="Nothing to record.")
@click.option("--place", metavar="REGION", help="Where the recognition ID of a divided region stands.")
@click.option("--on", "day", metavar="DATE", default="today", help="The map that --place speaks of.")
@click.option("--reason", metavar="TEXT", help="Why; needed for a closed year.")
@format_option
@click.pass_context
def resolve_command(ctx: click.Context, /, number: int, format_: str, **said: Any) -> int:
    """Carry out one decision."""
    if said["place"]:
        return _place(ctx, number, format_, said)
    from homeregistry.reviewing import resolve
    from homeregistry.reviewing.resolving import StillWaitingError

    answer = _answer(said)
    try:
        with recorded(ctx, "review resolve", said["reason"]) as ledger:
            done = resolve(ledger, number, answer, date.today())
    except StillWaitingError as error:
        raise _still_waiting(error) from None
    if format_ == "table":
        tell(_OUTCOMES[done.outcome], id=done.row, listed=", ".join(map(str, done.recognitions)))
    else:
        emit(format_, done.to_json(), ("id", "decision", "outcome"), [(done.row, done.choice, done.outcome)])
    return EXIT_WAITING if done.outcome == "held" else EXIT_DONE


def _still_waiting(error: "StillWaitingError") -> RegistryError:
    """The refusal with the sentences of its problems instead of their codes."""
    return RegistryError(
        error.code, "The row {id} ({place}) cannot be recorded yet. {reason}",
        id=error.row.id, place=_source(error.row), reason=_sentences(error.errors),
    )  # fmt: skip


_OUTCOMES = {
    "recorded": "The row {id} is recorded as recognition {listed}.",
    "already_recorded": "The row {id} was on record already; it waits no more.",
    "held": "The row {id} goes on waiting; the answer is remembered.",
    "dismissed": "The row {id} is set aside; nothing was recorded.",
}


def _answer(said: dict[str, Any]) -> "Resolution":
    from homeregistry.reviewing import Resolution

    settings = settings_from(said["pairs"])
    choices = {
        "same": said["same_as"] is not None, "different": said["different"], "unsure": said["unsure"],
        "dismissed": said["dismiss"],
    }  # fmt: skip
    chosen = [name for name, given in choices.items() if given]
    if len(chosen) > 1:
        raise UsageMistake("one_decision", "Give one decision, not {count}.", count=len(chosen))
    if not chosen and not settings:
        raise UsageMistake(
            "no_decision", "Give a decision: --same-as, --different, --unsure, --set, --dismiss or --place."
        )
    return Resolution(chosen[0] if chosen else "completed", said["same_as"], settings)  # type: ignore[arg-type]


def _place(ctx: click.Context, number: int, format_: str, said: dict[str, Any]) -> int:
    from homeregistry.cli.days import day_from
    from homeregistry.reviewing import place_record

    if said["pairs"] or said["same_as"] or said["different"] or said["unsure"] or said["dismiss"]:
        raise UsageMistake("one_decision", "Give one decision, not {count}.", count=2)
    day = day_from(said["day"])
    with recorded(ctx, "review place", said["reason"]) as ledger:
        done = place_record(ledger, number, said["place"], day)
    if format_ == "table":
        tell("The recognition {recognition} stands in {region}.", **done)
    else:
        emit(format_, done, tuple(done), [tuple(done.values())])
    return EXIT_DONE


@review.command("undecided", help="Recognitions of divided regions that nobody has placed on a map.")
@click.option("--on", "day", metavar="DATE", default="today", show_default=True, help="Whose map.")
@format_option
@click.pass_context
def undecided(ctx: click.Context, day: str, format_: str) -> int:
    """List what stands between regions; exit 3 where there is any."""
    from homeregistry.cli.days import day_from
    from homeregistry.reviewing import undecided_records

    when = day_from(day)
    with opened(ctx) as connection:
        found = [one.to_json() for one in undecided_records(connection, when)]
    headers = ("recognition", "name", "region", "year", "between")
    emit(
        format_,
        {"recognitions": found, "on": when.isoformat()},
        headers,
        [list(one.values()) for one in found],
    )
    return EXIT_WAITING if found else EXIT_DONE


@review.command("decisions", help="What people decided.")
@click.option("--all", "everything", is_flag=True, help="Those taken back too.")
@format_option
@click.pass_context
def decisions(ctx: click.Context, everything: bool, format_: str) -> None:
    """List the decisions."""
    from homeregistry.reviewing import list_decisions

    with opened(ctx) as connection:
        found = list_decisions(connection, everything=everything)
    headers = ("decision_id", "decision", "about", "id", "recognition", "source", "actor", "reason", "at")
    spoken = format_ == "table"
    rows = [
        [
            one["decision_id"], _decided(one) if spoken else one["decision"],
            " / ".join(one["pair"] or ()) or one["detail"].get("region") or one["name"], one["id"],
            one["recognition"],
            place_text(one["file"] or "", one["sheet"], one["row"]) if spoken else one["file"],
            one["actor"], one["reason"], time_words(one["at"]) if spoken else one["at"],
        ]
        for one in found
    ]  # fmt: skip
    emit(format_, {"decisions": found}, headers, rows)


def _decided(one: dict[str, Any]) -> object:
    """A decision in words; a row that was recorded with no value set anew was not completed."""
    recorded_as_it_was = one["decision"] == "completed" and not one["detail"].get("settings")
    return _("recorded") if recorded_as_it_was else label("decision", one["decision"])


@review.command("take-back", help="Take a decision back: what it recorded leaves, the row waits again.")
@click.argument("number", type=click.IntRange(min=1), metavar="DECISION")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@format_option
@click.pass_context
def take_back_command(ctx: click.Context, number: int, reason: str, format_: str) -> None:
    """Take one decision back."""
    from homeregistry.reviewing import take_back

    with recorded(ctx, "review take-back", reason_from(reason)) as ledger:
        done = take_back(ledger, number)
    if format_ != "table":
        rows = [(one, done["id"]) for one in done["decisions"]]
        emit(format_, done, ("decision", "id"), rows)
        return
    tell("The decision {number} is taken back.", number=number)
    if done["id"] is not None:
        tell("Its row waits again as {id}.", id=done["id"])
    for kept in done["kept"]:
        say("Recognition {id} stays: {reason}.", id=kept["id"], reason=kept_words(kept["reason"]))


@review.command("export", help="What waits as a workbook, to decide many rows at once.")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--batch", type=click.IntRange(min=1), metavar="BATCH", help="Only this batch.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_context
def export(ctx: click.Context, out: Path, batch: int | None, force: bool) -> None:
    """Write the workbook."""
    from homeregistry.reviewing import list_waiting
    from homeregistry.reviewing.workbook import Line, write_workbook
    from homeregistry.targets import require_free

    require_free(out, force, lambda _path: False)
    with opened(ctx) as connection:
        found = list_waiting(connection, batch)
        names = _names(connection, found)
    lines = [Line(row, _why(row, "workbook"), names.get(row.other or 0)) for row in found]
    count = write_workbook(out, lines, _spoken())
    tell("{path}: rows to decide: {count}.", path=out, count=count)


def _names(connection: "Connection", rows: "list[Waiting]") -> dict[int, str]:
    ids = sorted({row.other for row in rows if row.other is not None})
    if not ids:
        return {}
    found = connection.exec_driver_sql(
        f"SELECT id, name FROM recipient WHERE id IN ({', '.join(map(str, ids))})"
    )
    return {int(row[0]): str(row[1]) for row in found}


@review.command("import", help="Carry out the decisions of a workbook, all or none.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reason", metavar="TEXT", help="Why, where a row gives no reason of its own.")
@format_option
@click.pass_context
def import_command(ctx: click.Context, file: Path, reason: str | None, format_: str) -> int:
    """One transaction for the whole workbook."""
    from homeregistry.reviewing import list_waiting
    from homeregistry.reviewing.workbook import read_workbook

    with opened(ctx) as connection:
        waiting = {row.id: row for row in list_waiting(connection)}
    answers = read_workbook(file, waiting, _spoken_anywhere())
    done: list[Resolved] = []
    with recorded(ctx, "review import", reason) as ledger:
        for answer in answers:
            done.append(_carry_out(ledger, answer))
        ledger.subject["file"] = file.name
    headers = ("id", "decision", "outcome", "recognitions")
    rows = [[one.row, one.choice, one.outcome, len(one.recognitions)] for one in done]
    if format_ == "table":
        rows = [
            [row, label("decision", choice), label("outcome", outcome), count]
            for row, choice, outcome, count in rows
        ]
        tell("Decisions carried out: {count}; rows that go on waiting: {left}.", count=len(done),
             left=len(waiting) - sum(one.outcome != "held" for one in done))  # fmt: skip
    if rows or format_ != "table":
        emit(format_, {"decisions": [one.to_json() for one in done]}, headers, rows)
    return EXIT_WAITING if any(one.outcome == "held" for one in done) else EXIT_DONE


def _carry_out(ledger: "Ledger", answer: Any) -> "Resolved":
    from homeregistry.reviewing import resolve
    from homeregistry.reviewing.resolving import StillWaitingError

    try:
        return resolve(ledger, answer.held_row, answer.resolution, date.today())
    except RegistryError as error:
        why = _still_waiting(error) if isinstance(error, StillWaitingError) else error
        raise RegistryError(
            error.code, "Nothing was recorded. Row {place} of the workbook: {reason}", place=answer.place,
            reason=error_words(why),
        ) from None  # fmt: skip


def _spoken() -> "Spoken":
    """The words of a review workbook in the language spoken now."""
    from homeregistry.kinds import kinds
    from homeregistry.reviewing.workbook import Spoken
    from homeregistry.vocabulary import CHOICES

    answers: dict[str, dict[str, str]] = {
        "decision": {code: _(code) for code in CHOICES},
        "set:kind": {code: kind_label(code) for code in kinds()},
        "set:tier": {code: str(label("tier", code)) for code in TIERS},
    }
    return Spoken(heading, answers)


def _spoken_anywhere() -> "list[Spoken]":
    """The words of every language: a colleague may have answered in another one."""
    found = []
    for code in LANGUAGES:
        with speaking(code):
            found.append(_spoken())
    return found
