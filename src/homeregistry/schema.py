"""The schema's care: is it there, is it ours, bring it up, take it back, and load the reference tables.

Migrations live in `migrations/` of a checkout and in `homeregistry/migrations` of a wheel. They run in one
transaction that the runner owns, with foreign keys off on SQLite (a batch migration of a parent table
would otherwise delete its child rows), checked before the commit, under the write lock, after a backup.
"""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.database import SCHEMA_HEAD, Location, reading, rebuilding, table_is_missing
from homeregistry.errors import DatabaseRefused
from homeregistry.reference import load_reference
from homeregistry.witness import forget

if TYPE_CHECKING:
    from alembic.config import Config


def migrations_folder() -> Path:
    """Where the migrations are: in the checkout, else beside the installed package."""
    package = Path(str(files("homeregistry")))
    for folder in (package.parent.parent / "migrations", package / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseRefused(
        "no_migrations", "The program was installed without its migrations; install it again."
    )


def current(connection: Connection) -> str | None:
    """The schema revision of the database, or None where it was never initialised."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found) if found is not None else None


def require_current(connection: Connection) -> None:
    """Refuse a database that was never initialised, or whose schema is older or newer than the program."""
    try:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except sa.exc.DatabaseError as error:
        if error.orig is None or not table_is_missing(error.orig):
            raise
        raise never_initialised() from None
    if found == SCHEMA_HEAD:
        return
    if found is None:
        raise never_initialised()
    refuse_newer(str(found))
    raise DatabaseRefused(
        "schema_older",
        "The database has schema {found}, this program needs {head}; run: homeregistry db upgrade",
        found=found, head=SCHEMA_HEAD,
    )  # fmt: skip


def refuse_newer(found: str | None) -> None:
    """Refuse a schema revision that this program does not know yet."""
    if found is not None and found > SCHEMA_HEAD:
        raise DatabaseRefused(
            "schema_newer",
            "The database has schema {found}, this program knows only {head}; "
            "install the newer homeregistry.",
            found=found, head=SCHEMA_HEAD,
        )  # fmt: skip


def never_initialised() -> DatabaseRefused:
    """The refusal for a database that does not exist yet."""
    return DatabaseRefused("not_initialised", "There is no registry here yet; run: homeregistry init")


def upgrade(engine: Engine, location: Location | None = None, to: str = SCHEMA_HEAD) -> Path | None:
    """Create the schema or bring it to revision `to`, and load the reference tables.

    An existing SQLite database is copied beside itself first; returns that backup's path, or None.
    """
    backup = _backup(engine, location, to)
    with rebuilding(engine) as connection:
        fresh = current(connection) is None
        migrate(connection, to)
    if fresh and location is not None:
        forget(location)
    return backup


def downgrade(engine: Engine, to: str) -> None:
    """Take the schema back to revision `to` (`base` for nothing at all)."""
    with rebuilding(engine) as connection:
        migrate(connection, to, down=True)


def _backup(engine: Engine, location: Location | None, to: str) -> Path | None:
    if location is None or location.path is None or not location.path.is_file():
        return None
    with reading(engine) as connection:
        found = current(connection)
    if found is None or found == to:
        return None
    target = location.path.with_name(f"{location.path.name}.before-{to}")
    copy_sqlite(location.path, target)
    return target


def copy_sqlite(path: Path, target: Path) -> None:
    """A consistent copy of a SQLite file that others may be writing to; under its name it is whole."""
    partial = target.with_name(f"{target.name}.partial")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
    partial.replace(target)


def migrate(connection: Connection, to: str, *, down: bool = False) -> None:
    """Bring the schema to a revision inside a `database.rebuilding` block; load the tables at the head."""
    from alembic import command

    config = _config(connection)
    if down:
        command.downgrade(config, to)
    elif current(connection) != to:
        command.upgrade(config, to)
    if current(connection) == SCHEMA_HEAD:
        load_reference(connection)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def drift(connection: Connection) -> list[str]:
    """How the tables differ from the models, one line each: tables, columns, indexes, links and checks."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from homeregistry.models import metadata

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [_difference(one) for one in compare_metadata(context, metadata)]
    inspector = sa.inspect(connection)
    for table in metadata.sorted_tables:
        if not inspector.has_table(table.name):
            continue
        there = {check["name"] for check in inspector.get_check_constraints(table.name)}
        for constraint in table.constraints:
            if isinstance(constraint, sa.CheckConstraint) and constraint.name not in there:
                found.append(f"missing check {table.name}.{constraint.name}")
    return sorted(found)


def _difference(change: Any) -> str:
    """One change that alembic would make, as a line: `add_index recognition.ix_…`."""
    if isinstance(change, list):
        return "; ".join(_difference(one) for one in change)
    names = [
        getattr(part, "name", part) for part in change[1:] if isinstance(getattr(part, "name", part), str)
    ]
    return " ".join([str(change[0]), ".".join(names)])
