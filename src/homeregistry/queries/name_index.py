"""The index of names behind `find`: which recipients' names hold which two characters in a row.

Imports do not pay for it. Rows above its marks are read one by one by every search, so answers are always
complete; when too many stand above, whoever may write lets it catch up, a part a transaction. Rows never
change, so a part never does: closed rows are taken out by the search, not here.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.bulk import load_rows, stream_rows
from homeregistry.database import writing
from homeregistry.queries.grams import grams_of, pack

PART: Final = 1 << 16
"""Rows of one part."""

MUCH: Final = 100_000
"""So many rows above the marks make searches slow."""

_LITTLE: Final = 10_000
"""A table with fewer rows above its mark is left as it is."""

SOURCES: Final[dict[str, str]] = {
    "recipient": "SELECT id, name, key FROM recipient WHERE id BETWEEN {first} AND {last} ORDER BY id",
    "recipient_name": (
        "SELECT recipient_id, name, key FROM recipient_name WHERE id BETWEEN {first} AND {last} "
        "ORDER BY recipient_id, id"
    ),
    "recognition": (
        "SELECT r.recipient_id, r.name_printed, '' FROM recognition r "
        "JOIN recipient p ON p.id = r.recipient_id "
        "WHERE r.id BETWEEN {first} AND {last} AND r.name_printed <> p.name ORDER BY r.recipient_id, r.id"
    ),
}
"""Table to its names in a range of ids: recipient, name, normal name; printed names that say nothing new
are left out."""


def marks(connection: Connection) -> dict[str, int]:
    """Table to the highest id whose name is indexed."""
    found = dict.fromkeys(SOURCES, 0)
    for source, last in connection.exec_driver_sql(
        "SELECT source, max(last_id) FROM name_part GROUP BY source"
    ):
        found[str(source)] = int(last)
    return found


def backlog(connection: Connection) -> dict[str, int]:
    """Table to how many of its rows stand above the mark."""
    done = marks(connection)
    return {source: max(0, _top(connection, source) - mark) for source, mark in done.items()}


def falls_behind(connection: Connection) -> bool:
    """Whether the index should catch up."""
    return sum(backlog(connection).values()) > MUCH


def catch_up(engine: Engine, *, everything: bool = False) -> int:
    """Index what stands above the marks, a part a transaction; returns how many parts were made.

    Tables with little to do are left alone, unless `everything` is asked for.
    """
    made = 0
    while True:
        with writing(engine) as connection:
            if not add_part(connection, 1 if everything else _LITTLE):
                return made
        made += 1


def add_part(connection: Connection, least: int = 1) -> bool:
    """Index one part of the first table that has at least so many rows above its mark."""
    done = marks(connection)
    source = next((one for one, waiting in backlog(connection).items() if waiting >= least), None)
    if source is None:
        return False
    first = done[source] + 1
    last = min(_top(connection, source), first + PART - 1)
    number = int(connection.exec_driver_sql("SELECT max(id) FROM name_part").scalar() or 0) + 1
    load_rows(
        connection, "name_part", ("id", "source", "first_id", "last_id"), [(number, source, first, last)]
    )
    rows = [(gram, number, ids) for gram, ids in part_content(connection, source, first, last)]
    load_rows(connection, "name_gram", ("gram", "part_id", "ids"), rows)
    return True


def forget_index(connection: Connection) -> None:
    """Empty the index; searches read every row until it has caught up."""
    connection.exec_driver_sql("DELETE FROM name_gram")
    connection.exec_driver_sql("DELETE FROM name_part")


def part_content(connection: Connection, source: str, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """What the index holds of a range of rows: gram and packed recipients, grams ascending."""
    found: dict[int, list[int]] = {}
    statement = SOURCES[source].format(first=int(first), last=int(last))
    for recipient, rows in groupby(_rows(connection, statement), key=lambda row: int(row[0])):
        grams: set[int] = set()
        for _recipient, name, key in rows:
            grams |= grams_of(str(name))
            grams |= grams_of(str(key))
        for gram in grams:
            listed = found.get(gram)
            if listed is None:
                found[gram] = [recipient]
            else:
                listed.append(recipient)
    for gram in sorted(found):
        yield gram, pack(found[gram])


def packed_of(connection: Connection, condition: str, **values: int) -> list[bytes]:
    """The packed sets of the grams that a condition on `gram` names."""
    statement = sa.text(f"SELECT ids FROM name_gram WHERE {condition}")
    return [bytes(row[0]) for row in connection.execute(statement, values)]


def _rows(connection: Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    for chunk in stream_rows(connection, statement):
        yield from chunk


def _top(connection: Connection, source: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT max(id) FROM {source}").scalar() or 0)
