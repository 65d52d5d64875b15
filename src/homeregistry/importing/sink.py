"""Where a plan's rows go: the ledger when it is for real, nowhere when it is a preview.

Both give out ids; a preview's are as good as real ones until it ends.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy.engine import Connection

from homeregistry.ids import Ids


class Sink(Protocol):
    """What planning needs of a ledger."""

    def new_id(self, table: str) -> int:
        """The next id of a table."""

    def new_ids(self, table: str, count: int) -> Sequence[int]:
        """The next ids of a table."""

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take rows in the order of `tables.FACTS` without revision columns."""


class Preview:
    """A sink that keeps nothing."""

    def __init__(self, connection: Connection) -> None:
        self._ids = Ids(connection)

    def new_id(self, table: str) -> int:
        """The id a row would get now."""
        return next(self._ids[table])

    def new_ids(self, table: str, count: int) -> Sequence[int]:
        """The ids that so many rows would get now."""
        return self._ids.several(table, count)

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Let the rows go."""
