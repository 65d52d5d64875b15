"""`list`, `show`, `find`: the records behind a number, one recipient's history, names."""

import json
from typing import Any

import click

from homeregistry.cli.filtering import filter_options, request_from, require_revision, revision_option
from homeregistry.cli.output import emit, emit_json, format_option, say, tell
from homeregistry.cli.session import location, opened
from homeregistry.cli.wording import TranslatedCommand
from homeregistry.i18n import translate as _
from homeregistry.stated_years import years_said, years_value
from homeregistry.words.labels import label
from homeregistry.words.names import full_name
from homeregistry.words.places import place_text

_LISTED = ("id", "year", "kind", "tier", "system", "name", "region", "conferred_by", "status", "source")


@click.command(
    "list", cls=TranslatedCommand, help="The recognitions behind a number: the same filters as count."
)
@filter_options
@revision_option
@click.option("--recipient", type=int, help="Only this recipient.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first ones.")
@format_option
@click.pass_context
def list_command(
    ctx: click.Context, /, recipient: int | None, limit: int | None, offset: int, format_: str, **options: Any
) -> None:
    """List, and say how many there are in all."""
    from homeregistry.queries import known, list_recognitions

    request = request_from(recipient=recipient, **options)
    with opened(ctx) as connection:
        require_revision(connection, request)
        found = list_recognitions(connection, known(connection, request), limit, offset)
    rows = [
        [
            one["id"],
            years_value(one["year_from"], one["year_to"]),
            *(one[name] if format_ == "csv" else _said(name, one) for name in _LISTED[2:9]),
            _place(one["source"], in_words=format_ == "table"),
        ]
        for one in found.recognitions
    ]
    emit(format_, found.to_json(), _LISTED, rows)
    if format_ == "table":
        say("Recognitions shown: {shown} of {total}.", shown=len(rows), total=found.total)


def _said(name: str, one: dict[str, Any]) -> object:
    """A cell of the table; a person stands with unit and post, a small home with the unit it belongs to."""
    if name == "name":
        return full_name(one["name"], (one["parent"], one["unit"], one["post"]))
    return label(name, one[name])


@click.command(cls=TranslatedCommand, help="One recipient's whole history: names, titles, events, sources.")
@click.argument("recipient")
@format_option
@click.pass_context
def show(ctx: click.Context, recipient: str, format_: str) -> None:
    """Everything the registry knows of one recipient (an id, or a name that only one bears)."""
    from homeregistry.queries.history import recipient_history, recipient_id

    with opened(ctx) as connection:
        found = recipient_history(connection, recipient_id(connection, recipient))
    if format_ == "json":
        emit_json(found)
        return
    if format_ == "table":
        tell("{name}: recipient {number}, {type}", name=found["name"], number=found["recipient"],
             type=" · ".join(str(part) for part in _about(found) if part))  # fmt: skip
        if found["recorded_as"] != found["name"]:
            tell("  {cause}: {name}", cause=_("recorded as"), name=found["recorded_as"])
        for name in found["names"]:
            tell("  {cause}: {name}", cause=_(name["cause"]), name=name["name"])
    rows = _timeline(found, in_words=format_ == "table")
    emit(format_, found, ("when", "what", "number", "words", "source"), rows)


def _about(found: dict[str, Any]) -> tuple[object, ...]:
    return label("recipient_type", found["type"]), found["parent"], *found["units"], found["region"]


def _timeline(found: dict[str, Any], *, in_words: bool) -> list[list[Any]]:
    """Titles, further lists that state them and events in the order of time; codes unless in words."""
    rows: list[list[Any]] = []
    for one in found["recognitions"]:
        years = years_said(one["year_from"], one["year_to"])
        said = [
            label(name, one[name]) if in_words else one[name]
            for name in ("kind", "tier", "system", "conferred_by", "decision_no")
        ]
        words = " · ".join(str(part) for part in said if part)
        rows.append([years, "recognition", one["id"], words, _printed(one, in_words=in_words)])
        rows += [
            [years, "also in", one["id"], other["name"], _place(other, in_words=in_words)]
            for other in one["also_in"]
        ]
    for event in found["events"]:
        what = event["type"] + (" (withdrawn)" if event["withdrawn"] else "")
        about = event.get("recognition") or event.get("other")
        rows.append([str(event["date"]), what, about, event.get("name") or "", str(event["basis"])])
    rows.sort(key=lambda row: str(row[0]))
    return [[row[0], _(row[1]), *row[2:]] for row in rows] if in_words else rows


def _place(source: dict[str, Any], *, in_words: bool) -> str:
    """Where a record stands: in the words of the language spoken, or the same for every script."""
    if in_words:
        return place_text(source["file"], source["sheet"], source["row"])
    return " ".join(str(source[part]) for part in ("file", "sheet", "row") if source[part])


def _printed(one: dict[str, Any], *, in_words: bool) -> str:
    """The place of a recognition's row with the row as printed."""
    cells = one["source"]["cells"] or [one["name"]]
    words = " | ".join(str(cell) for cell in cells) if in_words else json.dumps(cells, ensure_ascii=False)
    return f"{_place(one['source'], in_words=in_words)} {words}"


@click.command(cls=TranslatedCommand, help="Search in names as printed and normal; two characters suffice.")
@click.argument("text")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@format_option
@click.pass_context
def find(ctx: click.Context, text: str, limit: int, format_: str) -> None:
    """Recipients whose name holds the text."""
    from homeregistry.queries.finding import find_recipients
    from homeregistry.queries.name_index import falls_behind

    with opened(ctx) as connection:
        found = find_recipients(connection, text, limit)
        behind = falls_behind(connection)
    rows = [_found(one, in_words=format_ == "table") for one in found["matches"]]
    if format_ != "table":
        headers = ("recipient", "name", "recipient_type", "parent", "units", "region", "titles", "matched")
        emit(format_, found, headers, rows)
    else:
        emit("table", found, ("recipient", "name", "recipient_type", "region", "titles", "matched"), rows)
        say("Recipients shown: {shown} of {total}.", shown=len(rows), total=found["total"])
    if behind:
        _index_names(ctx)


def _found(one: dict[str, Any], *, in_words: bool) -> list[Any]:
    """A line of `find`: in words where it belongs stands behind the name, else in columns of its own."""
    matched = one["matched"] if one["matched"] != one["name"] else None
    if in_words:
        name = full_name(one["name"], (one["parent"], *one["units"]))
        kind = label("recipient_type", one["type"])
        return [one["recipient"], name, kind, one["region"], one["titles"], matched]
    belongs = one["parent"], " ".join(one["units"])
    return [one["recipient"], one["name"], one["type"], *belongs, one["region"], one["titles"], matched]


def _index_names(ctx: click.Context) -> None:
    """Let the index of names catch up after a large import; who may not write searches a little slower."""
    from homeregistry.database import open_engine
    from homeregistry.errors import DatabaseRefused
    from homeregistry.queries.name_index import catch_up

    say("Many names came in; they are being indexed once, so that searches are fast.")
    try:
        catch_up(open_engine(location(ctx)))
    except DatabaseRefused:
        say("The index of names could not be written; searches stay complete, only slower.")
