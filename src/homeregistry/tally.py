"""How many live recognitions there are, cell by cell, kept by every write in the same transaction.

A count of five million rows is a count of their cells: reading those is several times faster than grouping
the rows, and an import changes few of them. The cells are derived; `verify` holds them against the rows, and
`db index --rebuild` makes them anew.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.tables import FACTS

CELL: Final = ("kind", "tier", "system", "region_id", "year_from", "year_to")
"""What one number of the tally is about, in the order of its key."""

_COLUMNS: Final = ", ".join(CELL)
_OF_ROW: Final = itemgetter(*(FACTS["recognition"].index(name) for name in CELL))

ROWS: Final = (
    f"SELECT {_COLUMNS.replace('region_id', 'COALESCE(region_id, 0) AS region_id')}, count(*) AS number "
    f"FROM recognition WHERE revision_to IS NULL GROUP BY {_COLUMNS}"
)
"""What the tally must be, made from the rows."""

Cell = tuple[Any, ...]


class TallyChange:
    """What one write adds to the tally and takes from it."""

    __slots__ = ("_came", "_left")

    def __init__(self) -> None:
        self._came: Counter[Cell] = Counter()
        self._left: Counter[Cell] = Counter()

    def came(self, rows: Iterable[Sequence[Any]]) -> None:
        """Recognitions that come in, in the order of `tables.FACTS`."""
        self._came.update(map(_OF_ROW, rows))

    def leave(self, connection: Connection, condition: str) -> None:
        """Recognitions that are about to be closed: those of a condition."""
        found = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM recognition {condition}")
        self._left.update(map(tuple, found))

    def keep(self, connection: Connection) -> None:
        """Change the tally; called once, at the end of the write."""
        here = " AND ".join(f"{name} = ?" for name in CELL)
        _each(
            connection,
            f"INSERT INTO recognition_tally ({_COLUMNS}, number) VALUES (?, ?, ?, ?, ?, ?, ?) "
            f"ON CONFLICT ({_COLUMNS}) DO UPDATE SET number = recognition_tally.number + excluded.number",
            [(*cell, number) for cell, number in _in_order(self._came)],
        )
        left = _in_order(self._left)
        _each(
            connection,
            f"UPDATE recognition_tally SET number = number - ? WHERE {here}",
            [(number, *cell) for cell, number in left],
        )
        _each(
            connection,
            f"DELETE FROM recognition_tally WHERE {here} AND number = 0",
            [cell for cell, _number in left],
        )


def rebuild_tally(connection: Connection) -> None:
    """Make the tally anew from the rows."""
    connection.exec_driver_sql("DELETE FROM recognition_tally")
    connection.exec_driver_sql(f"INSERT INTO recognition_tally ({_COLUMNS}, number) {ROWS}")


def _in_order(cells: Counter[Cell]) -> list[tuple[Cell, int]]:
    """In the order of the key, as the engine writes it fastest; a place that is missing is 0."""
    return sorted(((*cell[:3], cell[3] or 0, *cell[4:]), number) for cell, number in cells.items())


def _each(connection: Connection, statement: str, values: list[Cell]) -> None:
    if values:
        marked = statement if is_sqlite(connection) else statement.replace("?", "%s")
        connection.exec_driver_sql(marked, values)
