"""Writing a backup: one snapshot, streamed, tried out by restoring it, and only then under its name."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry import __version__
from homeregistry.backups.archive import ArchiveReader, ArchiveWriter, Manifest, encode_rows, is_backup
from homeregistry.backups.loading import load_archive, tables_at
from homeregistry.bulk import stream_rows
from homeregistry.database import locate, open_engine, reading, rebuilding
from homeregistry.errors import FileRefused
from homeregistry.ledger import head, utc_now
from homeregistry.schema import current, never_initialised
from homeregistry.targets import refusing


def write_backup(engine: Engine, out: Path, *, quick: bool = False) -> Manifest:
    """Write the whole registry to `out`; returns its manifest.

    The snapshot is consistent whatever is written meanwhile. Before it gets its name the file is restored
    into a scratch database and compared row by row; `quick` only reads it back. An existing file is
    replaced only if it is a backup. Raises FileRefused where the file cannot be written.
    """
    if out.exists() and not is_backup(out):
        raise FileRefused(
            "would_overwrite", "{file} exists and is not a backup; choose another name.", file=str(out)
        )
    partial = out.with_name(f"{out.name}.partial")
    with refusing(out):
        try:
            with reading(engine) as connection:
                manifest = _write(connection, partial)
            _try_out(partial, out.with_name(f"{out.name}.trying"), quick=quick)
            _to_disk(partial)
            partial.replace(out)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
    return manifest


def _write(connection: Connection, path: Path) -> Manifest:
    schema = current(connection)
    if schema is None:
        raise never_initialised()
    revision, mark = head(connection)
    with ArchiveWriter(path) as archive:
        for table, columns, statement in table_statements(connection, schema):
            size = 4 if table == "source_content" else 2000
            archive.add(table, columns, stream_rows(connection, statement, size))
        manifest = Manifest(schema, revision, mark, __version__, utc_now(), tuple(archive.parts))
        archive.finish(manifest)
    return manifest


def table_statements(connection: Connection, schema: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every table of the database but the schema's own: name, columns, a query of its rows in key order."""
    for table in tables_at(connection, schema).sorted_tables:
        if table.name == "alembic_version":
            continue
        columns = tuple(column.name for column in table.columns)
        keys = ", ".join(_in_code_order(connection, column) for column in table.primary_key.columns)
        yield table.name, columns, f"SELECT {', '.join(columns)} FROM {table.name} ORDER BY {keys}"


def _in_code_order(connection: Connection, column: "sa.Column[Any]") -> str:
    """A text key in the order of its code points: collations differ between engines."""
    if column.type.python_type is not str:
        return str(column.name)
    collation = '"C"' if connection.dialect.name == "postgresql" else "BINARY"
    return f"{column.name} COLLATE {collation}"


def _try_out(path: Path, scratch: Path, *, quick: bool) -> None:
    with ArchiveReader(path) as archive:
        if quick:
            for part in archive.manifest.tables:
                for _rows in archive.chunks(part):
                    pass
            return
        _clear(scratch)
        try:
            with rebuilding(open_engine(locate(str(scratch)))) as connection:
                load_archive(connection, archive)
                _compare(connection, archive)
        finally:
            _clear(scratch)


def _clear(scratch: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        scratch.with_name(scratch.name + ending).unlink(missing_ok=True)


def _compare(connection: Connection, archive: ArchiveReader) -> None:
    """The rows as restored give the digests of the manifest."""
    made = table_statements(connection, archive.manifest.schema)
    statements = {table: statement for table, _columns, statement in made}
    for part in archive.manifest.tables:
        digest = hashlib.sha256()
        for chunk in stream_rows(connection, statements[part.name], 500):
            digest.update(encode_rows(chunk))
        if digest.hexdigest() != part.sha256:
            raise archive.damaged(part.name)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
