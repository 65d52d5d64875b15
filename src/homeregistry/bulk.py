"""Rows in and out by the fastest road of each driver: statements of many rows and plain cursors on SQLite,
COPY and server-side cursors on PostgreSQL. Plain tuples; nothing holds a whole table in memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain, count
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite, marks
from homeregistry.tables import FACTS

_CHUNK: Final = 2000
_VALUES: Final = 400
_TOGETHER: Final = 20
"""Rows of one statement on SQLite: a fifth faster than `executemany`. More gain nothing, take memory, and
might pass the 999 values that every build of SQLite takes."""
_cursors = count(1)


@cache
def _shape(table: str) -> tuple[str, int, str]:
    """The column list, how many values a caller gives, and the literals behind them."""
    columns = FACTS[table]
    given = columns.index("revision_from")
    return ", ".join(columns), given, ", NULL" if columns[-1] == "revision_to" else ""


def insert_rows(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]], revision: int) -> None:
    """Insert rows (values up to `revision_from`, in the order of `tables.FACTS`) at a revision."""
    names, given, rest = _shape(table)
    if is_sqlite(connection):
        one = f"({', '.join('?' * given)}, {int(revision)}{rest})"
        _insert_together(connection, f"INSERT INTO {table} ({names}) VALUES ", one, rows)
        return
    tail: tuple[Any, ...] = (revision, None) if rest else (revision,)
    _copy(connection, f"COPY {table} ({names}) FROM STDIN", [row + tail for row in rows])


def _insert_together(connection: Connection, head: str, one: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into SQLite, many with each statement; `one` holds the places of one row's values."""
    full = len(rows) // _TOGETHER * _TOGETHER
    statement = head + ", ".join([one] * _TOGETHER)
    if full:
        parts = [
            tuple(chain.from_iterable(rows[start : start + _TOGETHER])) for start in range(0, full, _TOGETHER)
        ]
        connection.exec_driver_sql(statement, parts)
    if full < len(rows):
        connection.exec_driver_sql(head + one, list(rows[full:]))


@contextmanager
def indexes_at_the_end(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Write many rows into empty SQLite tables, then make their indexes: sorting keys once costs half of
    putting each into its place. Nothing may be looked up in these tables meanwhile.

    Where a table holds rows all keep their indexes: making them anew would cost what the registry costs.
    After an exception the indexes are missing, and the transaction must be rolled back.
    """
    made = _indexes(connection, tables) if is_sqlite(connection) and _are_empty(connection, tables) else []
    for name, _statement in made:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _name, statement in made:
        connection.exec_driver_sql(statement)


def _are_empty(connection: Connection, tables: Sequence[str]) -> bool:
    return all(connection.exec_driver_sql(f"SELECT 1 FROM {one} LIMIT 1").first() is None for one in tables)


def _indexes(connection: Connection, tables: Sequence[str]) -> list[tuple[str, str]]:
    """The names and statements of the indexes that a statement made."""
    marks = ", ".join("?" * len(tables))
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master "
        f"WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
        tuple(tables),
    )
    return [(str(name), str(statement)) for name, statement in rows]


def load_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert whole rows as they are, revision columns included: for restoring a backup."""
    names = ", ".join(columns)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(columns))
        cursor = connection.connection.cursor()
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        cursor.close()
    else:
        _copy(connection, f"COPY {table} ({names}) FROM STDIN", rows)


def _copy(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def stream_rows(
    connection: Connection, statement: str, size: int = _CHUNK
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query in chunks of `size`; the query takes no parameters."""
    raw: Any = connection.connection
    cursor = raw.cursor() if is_sqlite(connection) else raw.cursor(name=f"stream_{next(_cursors)}")
    try:
        cursor.execute(statement)
        while chunk := cursor.fetchmany(size):
            yield chunk
    finally:
        with suppress(sqlite3.ProgrammingError):  # a stream that an error left behind outlives its connection
            cursor.close()


def select_in(
    connection: Connection, head: str, column: str, values: Iterable[object], tail: str = ""
) -> Iterator[Sequence[Any]]:
    """Rows of `head WHERE column IN (values) tail`, a few hundred values a query."""
    wanted = list(values)
    for start in range(0, len(wanted), _VALUES):
        part = wanted[start : start + _VALUES]
        places = marks(connection, len(part))
        yield from connection.exec_driver_sql(f"{head} WHERE {column} IN ({places}) {tail}", tuple(part))
