"""Copies the packaged reference tables (regions, changes, bodies, kinds, titles) into the database.

The packaged files are the source: pure code reads them directly, the database holds a copy so that SQL
can join it. Loading twice changes nothing; bodies that came in with lists stay.
"""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.bodies import bodies
from homeregistry.database import marks
from homeregistry.kinds import kinds, title_spellings
from homeregistry.packaged import content
from homeregistry.regions.gazetteer import gazetteer

REFERENCE = {
    "region": "id, code, name, level, parent_code, valid_from, valid_to",
    "region_change": "id, from_id, to_id, date, extent, towns, basis",
    "award_title": "spelling, kinds, stars",
}
_BODY = "kind, region_id, parent_code, valid_from, valid_to"
_PACKAGED = ("regions.csv", "region_changes.csv", "union_bodies.csv", "kinds.csv", "titles.csv")


def packaged_digest() -> str:
    """The digest of the packaged tables: what `status` shows and `verify` compares."""
    digest = hashlib.sha256()
    for name in _PACKAGED:
        digest.update(content(name))
    return digest.hexdigest()


def packaged_rows() -> dict[str, list[tuple[object, ...]]]:
    """The rows of the packaged region tables as the database holds them (an empty cell is NULL)."""
    place = gazetteer()
    return {
        "region": [
            (r.id, r.code, r.name, r.level, r.parent_code or None, r.valid_from, r.valid_to or None)
            for r in place
        ],
        "region_change": [
            (number, c.from_id, c.to_id, c.date, c.extent, " ".join(c.towns) or None, c.basis)
            for number, c in enumerate(place.changes, start=1)
        ],
        "award_title": [
            (spelling, " ".join(read.kinds), read.stars) for spelling, read in title_spellings().items()
        ],
    }


def load_reference(connection: Connection) -> None:
    """Replace regions, changes and titles; add or refresh kinds and packaged bodies. Needs the head."""
    rows = packaged_rows()
    for table, names in REFERENCE.items():
        connection.exec_driver_sql(f"DELETE FROM {table}")
        _insert(connection, table, names, rows[table])
    _upsert_kinds(connection)
    _load_bodies(connection)


def packaged_bodies() -> dict[tuple[str, str], tuple[object, ...]]:
    """(code, name) to (kind, region id, parent code, first, last) of the bodies a registry starts with.

    A code may have stood for several bodies over time (万盛区 and 綦江区), a name for one body over
    several rows of the gazetteer: the latest row is kept, valid since the first.
    """
    found: dict[tuple[str, str], tuple[object, ...]] = {}
    for b in bodies():
        first = found[b.code, b.name][3] if (b.code, b.name) in found else b.valid_from or None
        found[b.code, b.name] = (b.kind, b.region_id, None, first, b.valid_to or None)
    return found


def _load_bodies(connection: Connection) -> None:
    stored = connection.exec_driver_sql(f"SELECT revision_from, code, name, {_BODY} FROM union_body")
    rows = {(row[1], row[2]): tuple(row) for row in stored}
    top = int(connection.exec_driver_sql("SELECT max(id) FROM union_body").scalar() or 0)
    packaged = packaged_bodies()
    fresh = [(*mark, *row) for mark, row in packaged.items() if mark not in rows]
    _insert(
        connection, "union_body", f"id, code, name, {_BODY}, revision_from",
        [(top + n, *row, 0) for n, row in enumerate(fresh, start=1)],
    )  # fmt: skip
    names = _BODY.split(", ")
    refresh = sa.text(
        f"UPDATE union_body SET {', '.join(f'{n} = :{n}' for n in names)} WHERE code = :code AND name = :name"
    )
    for (code, name), row in packaged.items():
        known = rows.get((code, name))
        if known and known[0] == 0 and known[3:] != row:
            connection.execute(refresh, {**dict(zip(names, row, strict=True)), "code": code, "name": name})


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


def _insert(connection: Connection, table: str, names: str, rows: list[tuple[object, ...]]) -> None:
    if not rows:
        return
    places = marks(connection, len(rows[0]))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
