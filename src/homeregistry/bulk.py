"""Rows in and out by the fastest road of each driver: `executemany` and plain cursors on SQLite, COPY and
server-side cursors on PostgreSQL. Plain tuples; nothing holds a whole table in memory.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.tables import FACTS

_CHUNK: Final = 2000
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
        marks = ", ".join("?" * given)
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks}, {int(revision)}{rest})"
        connection.exec_driver_sql(statement, list(rows))
        return
    tail: tuple[Any, ...] = (revision, None) if rest else (revision,)
    _copy(connection, f"COPY {table} ({names}) FROM STDIN", [row + tail for row in rows])


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
        cursor.close()
