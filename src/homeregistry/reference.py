"""Copies the packaged reference tables (regions, changes, bodies, kinds, titles) into the database.

The packaged files are the source: pure code reads them directly, the database holds a copy so that SQL
can join it. Loading twice changes nothing; bodies that came in with lists stay.
"""

import hashlib
from importlib.resources import files

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.bodies import listed_bodies
from homeregistry.database import is_sqlite
from homeregistry.kinds import kinds, title_spellings
from homeregistry.regions import gazetteer

_PACKAGED = ("regions.csv", "region_changes.csv", "union_bodies.csv", "kinds.csv", "titles.csv")


def packaged_digest() -> str:
    """The digest of the packaged tables: what `status` shows and `verify` compares."""
    digest = hashlib.sha256()
    for name in _PACKAGED:
        digest.update((files("homeregistry") / "data" / name).read_bytes())
    return digest.hexdigest()


def load_reference(connection: Connection) -> None:
    """Replace regions, changes, kinds and titles; add and refresh listed bodies. Needs the head schema."""
    place = gazetteer()
    _replace(
        connection, "region", "id, code, name, level, parent_code, valid_from, valid_to",
        [(r.id, r.code, r.name, r.level, r.parent_code, r.valid_from, r.valid_to) for r in place.regions],
    )  # fmt: skip
    _replace(
        connection, "region_change", "id, from_id, to_id, date, extent, towns, basis",
        [
            (number, c.from_id, c.to_id, c.date, c.extent, " ".join(c.towns) or None, c.basis)
            for number, c in enumerate(place.changes, start=1)
        ],
    )  # fmt: skip
    _upsert_kinds(connection)
    _replace(
        connection, "award_title", "spelling, kinds, stars",
        [(spelling, " ".join(read.kinds), read.stars) for spelling, read in title_spellings().items()],
    )  # fmt: skip
    _add_bodies(connection)


def _add_bodies(connection: Connection) -> None:
    known = set(connection.exec_driver_sql("SELECT code FROM union_body").scalars())
    top = int(connection.exec_driver_sql("SELECT max(id) FROM union_body").scalar() or 0)
    fresh = [body for body in listed_bodies() if body.code not in known]
    _insert(
        connection, "union_body",
        "id, code, name, kind, region_id, parent_code, valid_from, valid_to, revision_from",
        [
            (top + n, b.code, b.name, b.kind, b.region_id, b.parent_code, b.valid_from, b.valid_to, 0)
            for n, b in enumerate(fresh, start=1)
        ],
    )  # fmt: skip


def _upsert_kinds(connection: Connection) -> None:
    statement = sa.text(
        "INSERT INTO award_kind (code, title, title_en, recipient_type, verb, position) "
        "VALUES (:code, :title, :title_en, :type, :verb, :position) ON CONFLICT (code) DO UPDATE SET "
        "title = excluded.title, title_en = excluded.title_en, recipient_type = excluded.recipient_type, "
        "verb = excluded.verb, position = excluded.position"
    )
    for position, kind in enumerate(kinds().values()):
        connection.execute(
            statement,
            {
                "code": kind.code, "title": kind.title, "title_en": kind.title_en,
                "type": kind.recipient_type, "verb": kind.verb, "position": position,
            },
        )  # fmt: skip


def _replace(connection: Connection, table: str, names: str, rows: list[tuple[object, ...]]) -> None:
    connection.exec_driver_sql(f"DELETE FROM {table}")
    _insert(connection, table, names, rows)


def _insert(connection: Connection, table: str, names: str, rows: list[tuple[object, ...]]) -> None:
    if not rows:
        return
    mark = "?" if is_sqlite(connection) else "%s"
    marks = ", ".join([mark] * len(rows[0]))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
