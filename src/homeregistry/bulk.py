"""Rows into a table by the fastest road of each driver: `executemany` on SQLite, COPY on PostgreSQL."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.tables import FACTS


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
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row + tail)
