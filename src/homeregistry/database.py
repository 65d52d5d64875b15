"""Where the registry lives and how a transaction begins: engines, read snapshots, the one write lock.

Nothing here knows the tables. SQLite runs in WAL mode with `BEGIN` issued explicitly (pysqlite's own
habit would let a failing migration stay half applied, and a transaction that reads first and writes
later would fail at once); PostgreSQL takes one advisory lock for writers. Readers are never blocked.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.errors import DatabaseRefused, UsageMistake

SCHEMA_HEAD = "0003"
"""The Alembic revision this program works with; a test holds it against `migrations/`."""

WRITE_LOCK = 0x686F6D65
"""The PostgreSQL advisory lock every writer takes (the letters of “home”)."""

_BUSY_SECONDS = 60

_SENTENCES: Final = {
    "database_read_only": "{where} cannot be written; check its permissions.",
    "database_denied": "{where} does not allow this user to do that ({cause}); ask its administrator for the "
    "right. Nothing was written.",
    "database_unopened": "{where} cannot be opened; check the folder and its permissions.",
    "database_damaged": "{where} is not a registry database, or is damaged; restore a backup.",
    "database_busy": "Another import is writing to {where}; try again when it has finished.",
    "database_conflict": "The database {where} broke off because of another transaction; nothing was "
    "written. Run the command again.",
    "disk_full": "The disk of {where} is full; nothing was written.",
    "database_unreachable": "The database {where} cannot be reached ({cause}); nothing was written.",
    "database_error": "The database {where} refused the operation ({cause}); nothing was written.",
}

_BY_SQLITE: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_PERM: "database_read_only",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_CANTOPEN: "database_unopened",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_full",  # so it tells a full disk where its log cannot grow
}
"""Primary result codes."""

_BY_SQLSTATE: Final[Mapping[str, str]] = {
    "08": "database_unreachable",  # connection
    "28": "database_unreachable",  # authorization
    "3D": "database_unreachable",  # no such database
    "57P": "database_unreachable",  # the server goes down
    "25006": "database_read_only",
    "25P03": "database_unreachable",
    "40001": "database_conflict",  # serialisation; a replica catching up gives it too
    "40P01": "database_conflict",  # deadlock
    "42501": "database_denied",
    "53100": "disk_full",
    "53300": "database_unreachable",
    "55P03": "database_busy",
    "XX001": "database_damaged",
    "XX002": "database_damaged",
}
"""PostgreSQL's states, or the first characters of a class of them (appendix A of its manual)."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a registry is: a SQLite file (`path`) or a PostgreSQL database (`path` is None)."""

    url: sa.URL
    path: Path | None

    @property
    def shown(self) -> str:
        """What people read of it: a path, or the URL with its password masked."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


def locate(db: str | None) -> Location:
    """The location that `--db PATH|URL` names; without it, one file in the user's data folder."""
    if db is None:
        from platformdirs import user_data_path

        return _file(user_data_path("homeregistry") / "registry.sqlite3")
    if "://" not in db:
        return _file(Path(db))
    try:
        url = sa.make_url(db)
    except sa.exc.ArgumentError:
        raise UsageMistake("bad_database_url", "“{db}” is not a path or a database URL.", db=db) from None
    if url.get_backend_name() == "sqlite":
        if not url.database:
            raise UsageMistake("bad_database_url", "“{db}” is not a path or a database URL.", db=db)
        return _file(Path(url.database))
    if url.get_backend_name() != "postgresql":
        raise UsageMistake(
            "unknown_engine", "“{engine}” is not supported; use a SQLite file or postgresql://.",
            engine=url.get_backend_name(),
        )  # fmt: skip
    return Location(url.set(drivername="postgresql+psycopg"), None)


def _file(path: Path) -> Location:
    path = Path(os.path.abspath(path.expanduser()))
    return Location(sa.URL.create("sqlite", database=str(path)), path)


def open_engine(location: Location) -> Engine:
    """An engine with one connection at a time; nothing is opened or created yet."""
    if location.path is None:
        return sa.create_engine(location.url, poolclass=sa.NullPool, isolation_level="READ COMMITTED")
    return _sqlite_engine(sa.create_engine(location.url, poolclass=sa.NullPool))


def memory_engine() -> Engine:
    """A SQLite registry in memory, for a preview where there is no database yet."""
    return _sqlite_engine(
        sa.create_engine("sqlite://", poolclass=sa.StaticPool, connect_args={"check_same_thread": False})
    )


def _sqlite_engine(engine: Engine) -> Engine:
    @sa.event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -65536")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        how = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")

    return engine


def is_sqlite(connection: Connection | Engine) -> bool:
    """Whether this is SQLite (else PostgreSQL)."""
    return connection.dialect.name == "sqlite"


def marks(connection: Connection, number: int = 1) -> str:
    """The places of so many values in a statement that goes to the driver as written: `?, ?` or `%s, %s`."""
    return ", ".join(["?" if is_sqlite(connection) else "%s"] * number)


def exists(location: Location) -> bool:
    """Whether there is a database at all; a PostgreSQL database is taken to exist."""
    return location.path is None or location.path.is_file()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent snapshot to read from; never blocks a writer and is never blocked by one."""
    with _translated(engine):
        level = {} if is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}
        with engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the one write lock from its start; commits at the end, or rolls back."""
    with _translated(engine), engine.connect() as plain, _locked(plain) as connection:
        yield connection


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A `writing` for migrations and restores: links between tables are checked at its end, not row by row.

    SQLite would otherwise delete the child rows of a table that a migration drops and makes anew.
    """
    with _translated(engine), engine.connect() as plain:
        if is_sqlite(plain):
            _raw(plain).execute("PRAGMA foreign_keys = OFF")
        with _locked(plain) as connection:
            yield connection
            _require_links(connection)
        if is_sqlite(plain):
            _raw(plain).execute("PRAGMA foreign_keys = ON")


@contextmanager
def _locked(plain: Connection) -> Iterator[Connection]:
    connection = plain.execution_options(begin="IMMEDIATE")
    if is_sqlite(connection):
        _write_ahead(connection)
    with connection.begin() as transaction:
        if not is_sqlite(connection):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        yield connection
        _commit(transaction)


def _commit(transaction: sa.RootTransaction) -> None:
    """Commit; where the connection is lost on the way, nobody can say yet whether it was done."""
    try:
        transaction.commit()
    except sa.exc.DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseRefused(
                "commit_unknown",
                "The connection was lost while the write was being finished; "
                "see with: homeregistry status, whether it was done.",
            ) from error
        raise


def _require_links(connection: Connection) -> None:
    if is_sqlite(connection):
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise DatabaseRefused(
                "links_broken", "Links of the table {table} would be broken; nothing was changed.",
                table=broken[0],
            )  # fmt: skip


def _write_ahead(connection: Connection) -> None:
    """WAL, so that readers go on while a writer works; the mode stays with the file."""
    _raw(connection).execute("PRAGMA journal_mode = WAL")


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """One place that turns the drivers' errors into sentences, whether SQLAlchemy wrapped them or not."""
    where = str(engine.url.database if is_sqlite(engine) else engine.url.render_as_string())
    driver: Any = engine.dialect.loaded_dbapi
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _refusal(error.orig or error, where, driver) from error
    except driver.Error as error:
        raise _refusal(error, where, driver) from error


def table_is_missing(error: BaseException) -> bool:
    """Whether a driver's error says that there is no such table (and not that it may not be read)."""
    if getattr(error, "sqlite_errorcode", None) is not None:
        return "no such table" in str(error)  # a plain SQLITE_ERROR; SQLite always speaks English
    return getattr(error, "sqlstate", None) == "42P01"


def _refusal(error: BaseException, where: str, driver: Any) -> DatabaseRefused:
    """The sentence of a driver's error, by its code: a server's words are in the server's own language."""
    number, state = getattr(error, "sqlite_errorcode", None), getattr(error, "sqlstate", None)
    if number is not None:
        code = _BY_SQLITE.get(number & 0xFF, "database_error")
    elif state:
        known = (_BY_SQLSTATE[part] for part in (state, state[:3], state[:2]) if part in _BY_SQLSTATE)
        code = next(known, "database_error")
    else:
        lost = isinstance(error, driver.OperationalError)  # no server was there to give a state
        code = "database_unreachable" if lost else "database_error"
    cause = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return DatabaseRefused(code, _SENTENCES[code], where=where, cause=cause)
