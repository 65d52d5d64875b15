"""`init`, `status` and `db`: the database itself, where it is and whether the program fits it."""

from typing import TYPE_CHECKING, Any, Final

import click

from homeregistry.cli.output import emit, emit_json, format_option, say, tell
from homeregistry.cli.session import location, opened
from homeregistry.cli.wording import TranslatedCommand, TranslatedGroup
from homeregistry.errors import EXIT_DONE, EXIT_WAITING
from homeregistry.i18n import translate as _
from homeregistry.words.labels import heading
from homeregistry.words.times import time_words

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_LIVE: Final = {
    "recognitions": "recognition",
    "recipients": "recipient",
    "figures": "declared_figure",
    "held_rows": "held_row",
    "batches": "import_batch",
}
"""What `status` counts: live rows of these tables."""


@click.command(cls=TranslatedCommand, help="Create or upgrade the database, load regions and kinds.")
@format_option
@click.pass_context
def init(ctx: click.Context, format_: str) -> None:
    """Create or upgrade; doing it twice changes nothing."""
    _upgrade(ctx, format_)


def _upgrade(ctx: click.Context, format_: str) -> None:
    from homeregistry.database import SCHEMA_HEAD, exists, open_engine, reading
    from homeregistry.schema import current, refuse_newer, upgrade

    place = location(ctx)
    engine = open_engine(place)
    before = None
    if place.path is not None:
        place.path.parent.mkdir(parents=True, exist_ok=True)
    if exists(place):
        with reading(engine) as connection:
            before = current(connection)
            refuse_newer(before)
    backup = upgrade(engine, place)
    made = before is None
    if format_ == "table":
        message = "Initialised {where}, schema {schema}." if made else "{where} is ready, schema {schema}."
        tell(message, where=place.shown, schema=SCHEMA_HEAD)
        if backup:
            say("The database as it was before is kept in {file}.", file=str(backup))
        return
    payload = {
        "database": place.shown, "created": made, "schema": SCHEMA_HEAD, "schema_before": before,
        "backup": str(backup) if backup else None,
    }  # fmt: skip
    emit(format_, payload, tuple(payload), [tuple(payload.values())])


@click.command(
    cls=TranslatedCommand, help="Where the database is, its schema, counts, last batch, packaged tables."
)
@format_option
@click.pass_context
def status(ctx: click.Context, format_: str) -> None:
    """Print what stands; a place that was never initialised is said plainly and is no error."""
    from homeregistry.database import SCHEMA_HEAD, exists, open_engine, reading
    from homeregistry.reference import packaged_digest
    from homeregistry.schema import current

    place = location(ctx)
    found: dict[str, Any] = {"database": place.shown, "initialised": False}
    if exists(place):
        with reading(open_engine(place)) as connection:
            schema = current(connection)
            if schema is not None:
                found |= {"initialised": True, "schema": schema, "schema_needed": SCHEMA_HEAD}
                if schema == SCHEMA_HEAD:
                    found |= _standing(connection)
    found["reference_digest"] = packaged_digest()
    if format_ == "json":
        emit_json(found)
        return
    last = found.pop("last_batch", None)
    rows = [*found.items(), *((f"last_batch_{name}", value) for name, value in (last or {}).items())]
    if format_ == "table":
        rows = [(heading(name), _spoken(name, value)) for name, value in rows]
    emit(format_, found, ("item", "value"), [(name, _shown(value)) for name, value in rows])
    if not found["initialised"]:
        say("There is no registry here yet; run: homeregistry init")


def _spoken(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _(_shown(value))
    if name == "last_batch_at":
        return time_words(str(value))
    return _(str(value)) if name == "last_batch_purpose" else value


def _shown(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _standing(connection: "Connection") -> dict[str, Any]:
    from homeregistry.ledger import head

    revision, mark = head(connection)
    found: dict[str, Any] = {"revision": revision, "audit_head": mark}
    for name, table in _LIVE.items():
        statement = f"SELECT count(*) FROM {table} WHERE revision_to IS NULL"
        found[name] = int(connection.exec_driver_sql(statement).scalar() or 0)
    last = connection.exec_driver_sql(
        "SELECT id, file_name, purpose, actor, at FROM import_batch "
        "WHERE revision_to IS NULL ORDER BY id DESC LIMIT 1"
    ).first()
    names = ("id", "file", "purpose", "actor", "at")
    found["last_batch"] = dict(zip(names, last, strict=True)) if last else None
    return found


@click.group(cls=TranslatedGroup, help="Upgrade and check the database schema.")
def db() -> None:
    """The topic."""


@db.command("upgrade", help="Bring the database to the schema of this program; a copy is kept before.")
@format_option
@click.pass_context
def db_upgrade(ctx: click.Context, format_: str) -> None:
    """Upgrade the schema and load the packaged tables again."""
    _upgrade(ctx, format_)


@db.command("current", help="The schema revision of the database, and the one this program needs.")
@format_option
@click.pass_context
def db_current(ctx: click.Context, format_: str) -> None:
    """Print both revisions."""
    from homeregistry.database import SCHEMA_HEAD, exists, open_engine, reading
    from homeregistry.schema import current, never_initialised

    place = location(ctx)
    if not exists(place):
        raise never_initialised()
    with reading(open_engine(place)) as connection:
        found = current(connection)
    payload = {"schema": found, "needed": SCHEMA_HEAD}
    emit(format_, payload, tuple(payload), [tuple(payload.values())])


@db.command("check", help="Whether the tables are those of this program; exit 3 when they differ.")
@format_option
@click.pass_context
def db_check(ctx: click.Context, format_: str) -> int:
    """Compare the tables with the models."""
    from homeregistry.schema import drift

    with opened(ctx) as connection:
        found = drift(connection)
    if format_ == "table" and not found:
        tell("The tables are those of this program.")
    else:
        emit(format_, {"ok": not found, "differences": found}, ("difference",), [(one,) for one in found])
    return EXIT_WAITING if found else EXIT_DONE


@db.command("index", help="Index the names now, instead of after the first search that finds many new ones.")
@click.option("--rebuild", is_flag=True, help="From the beginning, and the tally that counts are read from.")
@format_option
@click.pass_context
def db_index(ctx: click.Context, rebuild: bool, format_: str) -> None:
    """Let the index of names catch up."""
    from homeregistry.cli.session import writable_engine
    from homeregistry.database import writing
    from homeregistry.queries.name_index import catch_up, forget_index
    from homeregistry.tally import rebuild_tally

    engine = writable_engine(ctx)
    if rebuild:
        with writing(engine) as connection:
            forget_index(connection)
            rebuild_tally(connection)
    parts = catch_up(engine, everything=True)
    if format_ == "table":
        tell("The names are indexed ({parts} new parts).", parts=parts)
    else:
        emit(format_, {"parts": parts}, ("parts",), [(parts,)])
