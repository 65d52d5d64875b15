"""Recognitions by column name, as commands that change them read and write them."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.bulk import select_in
from homeregistry.tables import FACTS

COLUMNS: Final = FACTS["recognition"][: FACTS["recognition"].index("revision_from")]
"""What of a recognition a write gives, in the order of its table."""

Row = dict[str, Any]
"""A recognition by column name."""

_SELECT: Final = f"SELECT {', '.join(COLUMNS)} FROM recognition"


def live_recognitions(connection: Connection, condition: str) -> list[Row]:
    """Live recognitions under a condition (numbers only, no text from outside), by id."""
    found = connection.exec_driver_sql(f"{_SELECT} WHERE {condition} AND revision_to IS NULL ORDER BY id")
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def recognitions_of_ids(connection: Connection, ids: Iterable[int]) -> list[Row]:
    """Recognitions of these ids, live or closed, by id."""
    found = select_in(connection, _SELECT, "id", sorted(ids), "ORDER BY id")
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]
