"""Restoring a backup: one transaction, nothing overwritten silently, the exports that left not forgotten."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.backups.archive import ArchiveReader, Manifest
from homeregistry.backups.loading import load_archive
from homeregistry.backups.writing import write_backup
from homeregistry.database import SCHEMA_HEAD, Location, exists, marks, open_engine, reading, rebuilding
from homeregistry.errors import DatabaseRefused
from homeregistry.reference import load_reference
from homeregistry.schema import copy_sqlite, current, migrate
from homeregistry.witness import forget

_LOG = ("id", "at", "actor", "what", "options", "revision", "head", "content_sha256", "file_name")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the registry that stood there before is kept (None: there was none)."""

    manifest: Manifest
    kept: Path | None


def restore_backup(location: Location, path: Path, *, force: bool = False) -> Restored:
    """Put a backup in the place of whatever registry is there.

    A registry that holds anything is replaced only with `force`, and kept beside: the SQLite file as it
    was, of PostgreSQL a backup beside the one restored. Exports that left the replaced registry stay in
    the log, so that `verify` tells when they are newer than what was restored. Raises FileRefused or
    DatabaseRefused, and has then changed nothing.
    """
    with ArchiveReader(path) as archive:
        fresh = not exists(location)
        if location.path is not None:
            location.path.parent.mkdir(parents=True, exist_ok=True)
        engine = open_engine(location)
        moved = _move_damaged(engine, location, force=force) if not fresh else None
        try:
            with rebuilding(engine) as connection:
                kept = _make_room(connection, engine, location, path, force=force)
                logged, origin = _log_of(connection), _origin(connection)
                load_archive(connection, archive)
                same = origin is not None and origin == _origin(connection)
                if same:
                    _carry_log(connection, logged)
                if archive.manifest.schema != SCHEMA_HEAD:
                    migrate(connection, SCHEMA_HEAD)
                else:
                    load_reference(connection)
        except BaseException:
            if fresh or moved:
                _remove(location)
            if moved and location.path is not None:
                _rename_sqlite(moved, location.path)
            raise
        if not same:
            forget(location)
        return Restored(archive.manifest, moved or kept)


def _move_damaged(engine: Engine, location: Location, *, force: bool) -> Path | None:
    """A SQLite file that cannot be read any more is moved aside; nothing in it could be replaced in place."""
    try:
        with reading(engine) as connection:
            current(connection)
    except DatabaseRefused as error:
        if error.code != "database_damaged" or location.path is None:
            raise
        if not force:
            raise _occupied(location) from error
        aside = _free_name(location.path)
        _rename_sqlite(location.path, aside)
        return aside
    return None


def _rename_sqlite(path: Path, to: Path) -> None:
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(to.with_name(to.name + ending))


def _make_room(
    connection: Connection, engine: Engine, location: Location, path: Path, *, force: bool
) -> Path | None:
    """Refuse to overwrite, or keep what stands there; under the write lock, so that nothing slips in."""
    if current(connection) is None:
        if sa.inspect(connection).get_table_names():
            raise DatabaseRefused(
                "not_a_registry", "{where} holds the tables of another program; nothing was restored.",
                where=location.shown,
            )  # fmt: skip
        return None
    if not _holds_anything(connection):
        return None
    if not force:
        raise _occupied(location)
    if location.path is not None:
        kept = _free_name(location.path)
        copy_sqlite(location.path, kept)
    else:
        kept = _free_name(path)
        write_backup(engine, kept, quick=True)
    return kept


def _holds_anything(connection: Connection) -> bool:
    """Whether anything was ever written; an initialised registry holds only the packaged tables."""
    return any(
        connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first() is not None
        for table in ("audit_entry", "export_log", "recognition", "declared_figure", "registry_user")
    )


def _occupied(location: Location) -> DatabaseRefused:
    return DatabaseRefused(
        "registry_not_empty",
        "{where} holds a registry; nothing was restored. To replace it (a copy is kept), give --force.",
        where=location.shown,
    )


def _free_name(path: Path) -> Path:
    number = 1
    while True:
        found = path.with_name(f"{path.name}.before-restore-{number}")
        if not found.exists():
            return found
        number += 1


def _remove(location: Location) -> None:
    """Take away the file that this restore began: there was no registry before, there is none now."""
    if location.path is not None:
        for ending in ("", "-wal", "-shm"):
            location.path.with_name(location.path.name + ending).unlink(missing_ok=True)


def _origin(connection: Connection) -> str | None:
    """The hash of the first audit entry: what two states of one registry share."""
    if current(connection) is None:
        return None
    found = connection.exec_driver_sql("SELECT hash FROM audit_entry ORDER BY id LIMIT 1").scalar()
    return str(found) if found is not None else None


def _log_of(connection: Connection) -> list[tuple[Any, ...]]:
    if current(connection) is None:
        return []
    statement = f"SELECT {', '.join(_LOG)} FROM export_log ORDER BY id"
    return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _carry_log(connection: Connection, logged: list[tuple[Any, ...]]) -> None:
    """Exports that left the replaced registry and are not in the restored one's log."""
    known = {row[1:] for row in _log_of(connection)}
    top = int(connection.exec_driver_sql("SELECT max(id) FROM export_log").scalar() or 0)
    places = marks(connection, len(_LOG))
    for number, row in enumerate((row for row in logged if row[1:] not in known), start=top + 1):
        connection.exec_driver_sql(
            f"INSERT INTO export_log ({', '.join(_LOG)}) VALUES ({places})", (number, *row[1:])
        )
