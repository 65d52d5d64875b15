"""Which id the next row of a table gets: ids grow with revisions and are never used twice."""

from collections.abc import Iterator
from itertools import count, islice

from sqlalchemy.engine import Connection


class Ids(dict[str, Iterator[int]]):
    """Table to its next ids: `next(ids["recipient"])`. A table is asked for its last one once.

    A mapping and no method: a list of half a million rows takes an id for each, and a call costs more than
    the number does.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, table: str) -> Iterator[int]:
        top = self._connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar()
        self[table] = count(int(top or 0) + 1)
        return self[table]

    def several(self, table: str, number: int) -> list[int]:
        """The next ids of a table, so many."""
        return list(islice(self[table], number))
