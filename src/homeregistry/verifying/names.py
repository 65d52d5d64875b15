"""The index of names against the names: a part that was altered would hide recipients from every search."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from homeregistry.queries.name_index import part_content
from homeregistry.verifying.findings import Finding


def check_names(connection: Connection) -> Iterator[Finding]:
    """Each part is made anew and compared; parts of a table follow each other without a gap."""
    ends: dict[str, int] = {}
    parts = connection.exec_driver_sql(
        "SELECT id, source, first_id, last_id FROM name_part ORDER BY source, first_id"
    ).all()
    for number, source, first, last in parts:
        if first != ends.get(source, 0) + 1 or not _fits(connection, number, source, first, last):
            yield Finding("name_index_differs", f"{source} {first}-{last}")
        ends[source] = last
    yield from _strays(connection)


def _fits(connection: Connection, number: int, source: str, first: int, last: int) -> bool:
    statement = f"SELECT gram, ids FROM name_gram WHERE part_id = {int(number)}"
    stored = {int(gram): bytes(ids) for gram, ids in connection.exec_driver_sql(statement)}
    return stored == dict(part_content(connection, source, first, last))


def _strays(connection: Connection) -> Iterator[Finding]:
    found = connection.exec_driver_sql(
        "SELECT DISTINCT g.part_id FROM name_gram g LEFT JOIN name_part p ON p.id = g.part_id "
        "WHERE p.id IS NULL ORDER BY 1"
    ).scalars()
    for number in found:
        yield Finding("name_index_differs", f"part {number}")
