"""Taking the rows of a backup into a database, inside a transaction that somebody else owns."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.backups.archive import ArchiveReader
from homeregistry.bulk import load_rows
from homeregistry.database import SCHEMA_HEAD
from homeregistry.errors import FileRefused
from homeregistry.schema import current, migrate


def load_archive(connection: Connection, archive: ArchiveReader) -> None:
    """Replace every row of the database by those of the backup, at the backup's own schema revision.

    Raises FileRefused when the backup is damaged or newer than the program; the transaction is then to be
    rolled back by its owner.
    """
    schema = archive.manifest.schema
    if schema > SCHEMA_HEAD:
        raise FileRefused(
            "backup_newer", "The backup was made by a newer homeregistry ({program}); install that one.",
            program=archive.manifest.program,
        )  # fmt: skip
    found = current(connection)
    if found != schema:
        if found is not None:
            migrate(connection, "base", down=True)
        migrate(connection, schema)
    tables = tables_at(connection, schema)
    _require_tables(tables, archive)
    for table in reversed(tables.sorted_tables):
        if table.name != "alembic_version":
            connection.exec_driver_sql(f"DELETE FROM {table.name}")
    parts = {part.name: part for part in archive.manifest.tables}
    for table in tables.sorted_tables:
        if table.name in parts:
            for rows in archive.chunks(parts[table.name]):
                load_rows(connection, table.name, parts[table.name].columns, rows)


def tables_at(connection: Connection, schema: str) -> sa.MetaData:
    """The tables of a schema revision: the models' at the head, else what the database says of itself."""
    if schema == SCHEMA_HEAD:
        from homeregistry.models import metadata

        return metadata
    found = sa.MetaData()
    found.reflect(connection)
    return found


def _require_tables(tables: sa.MetaData, archive: ArchiveReader) -> None:
    """The backup names exactly the tables and columns of its schema: nothing else reaches a statement."""
    there = {
        name: {c.name for c in t.columns} for name, t in tables.tables.items() if name != "alembic_version"
    }
    named = {part.name: set(part.columns) for part in archive.manifest.tables}
    for name in there.keys() | named.keys():
        if there.get(name) != named.get(name):
            raise archive.damaged(name)
