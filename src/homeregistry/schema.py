"""The schema's care: is it there, is it ours, bring it up, take it back, and load the reference tables.

Migrations live in `migrations/` of a checkout and in `homeregistry/migrations` of a wheel. They run in one
transaction that the runner owns, with foreign keys off on SQLite (a batch migration of a parent table
would otherwise delete its child rows), checked before the commit, under the write lock, after a backup.
"""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.database import SCHEMA_HEAD, Location, reading, rebuilding
from homeregistry.errors import DatabaseRefused
from homeregistry.reference import load_reference

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
        if "alembic_version" not in str(error.orig):
            raise
        raise never_initialised() from None
    if found == SCHEMA_HEAD:
        return
    if found is None:
        raise never_initialised()
    if str(found) < SCHEMA_HEAD:
        raise DatabaseRefused(
            "schema_older",
            "The database has schema {found}, this program needs {head}; run: homeregistry db upgrade",
            found=found, head=SCHEMA_HEAD,
        )  # fmt: skip
    raise DatabaseRefused(
        "schema_newer",
        "The database has schema {found}, this program knows only {head}; install the newer homeregistry.",
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
    _migrate(engine, to, down=False)
    return backup


def downgrade(engine: Engine, to: str) -> None:
    """Take the schema back to revision `to` (`base` for nothing at all)."""
    _migrate(engine, to, down=True)


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


def _migrate(engine: Engine, to: str, *, down: bool) -> None:
    with rebuilding(engine) as connection:
        migrate(connection, to, down=down)


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
