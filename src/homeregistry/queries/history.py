"""One recipient's whole history: names, titles, events, each with its source and printed words."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound, UsageMistake
from homeregistry.last_days import last_possible
from homeregistry.numerals import whole_number
from homeregistry.queries.belonging import belonging_of
from homeregistry.queries.filters import Filters
from homeregistry.queries.listing import recognitions
from homeregistry.queries.requests import CountRequest
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.source_blocks import unpack_rows
from homeregistry.text import key


def recipient_id(connection: Connection, text: str) -> int:
    """The recipient an id or a whole name means. Raises NotFound, or UsageMistake for several."""
    number = whole_number(text)
    if number is not None:
        return number
    rows = list(
        connection.execute(
            sa.text(
                "SELECT DISTINCT p.id FROM recipient p "
                "LEFT JOIN recipient_name n ON n.recipient_id = p.id AND n.revision_to IS NULL "
                "WHERE p.revision_to IS NULL AND (p.name = :name OR p.key = :key OR n.name = :name) "
                "ORDER BY p.id"
            ),
            {"name": text, "key": key(text)},
        )
    )
    if not rows:
        raise NotFound(
            "unknown_recipient", "No recipient “{value}”; search: homeregistry find {value}", value=text
        )
    ids = [int(row[0]) for row in rows]
    if len(ids) > 1:
        belonging = belonging_of(connection, ids)
        raise UsageMistake(
            "ambiguous_recipient", "“{value}” is the name of several recipients ({listed}); give the number.",
            value=text, listed=", ".join(" ".join((str(one), *belonging[one].names)) for one in ids),
        )  # fmt: skip
    return ids[0]


def no_recipient(number: int) -> NotFound:
    """The error to raise where no recipient has this number."""
    return NotFound(
        "unknown_recipient", "There is no recipient {value}; search by name: homeregistry find NAME",
        value=number,
    )  # fmt: skip


def recipient_history(connection: Connection, number: int) -> dict[str, Any]:
    """Names, titles with sources and printed rows, and events of one recipient. Raises NotFound."""
    row = connection.execute(
        sa.text(
            "SELECT id, type, name, parent_name, uscc, union_code, region_id, ownership, revision_to "
            "FROM recipient WHERE id = :id"
        ),
        {"id": number},
    ).first()
    if row is None:
        raise no_recipient(number)
    region = gazetteer().by_id(int(row[6])) if row[6] is not None else None
    held = list(recognitions(connection, CountRequest(Filters(recipients=frozenset({number})))))
    also = _other_sources(connection, [one["id"] for one in held])
    for one in held:
        one["source"]["cells"] = printed_row(connection, one["batch"], one["source"])
        one["also_in"] = also.get(one["id"], [])
    events = _events(connection, number, [one["id"] for one in held])
    names = _names(connection, number)
    return {
        "recipient": row[0], "type": row[1], "name": _in_force(names, row[2]), "recorded_as": row[2],
        "parent": row[3], "units": list(belonging_of(connection, [number])[number].units),
        "uscc": row[4], "union_code": row[5],
        "region_code": region.code if region else None,
        "region": gazetteer().path(region) if region else None, "ownership": row[7],
        "state": "live" if row[8] is None else "closed",
        "names": names, "recognitions": held, "events": events,
    }  # fmt: skip


def printed_row(connection: Connection, batch: int, source: dict[str, Any]) -> list[Any]:
    """The cells of a source row as printed (personal columns dropped); empty where none is kept."""
    blocks = connection.execute(
        sa.text(
            "SELECT content FROM source_block WHERE batch_id = :batch AND sheet = :sheet "
            "AND first_row <= :row AND last_row >= :row ORDER BY id"
        ),
        {"batch": batch, "sheet": source["sheet"], "row": source["row"]},
    )
    for (content,) in blocks:
        for number, _outcome, cells in unpack_rows(bytes(content)):
            if number == source["row"]:
                return list(cells)
    return []


def _other_sources(connection: Connection, held: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Other lists that state the recognitions: file, sheet, row and printed words by recognition."""
    found: dict[int, list[dict[str, Any]]] = {}
    if not held:
        return found
    rows = connection.exec_driver_sql(
        "SELECT s.recognition_id, i.file_name, s.sheet, s.row_no, s.batch_id, s.name_printed "
        "FROM recognition_source s JOIN import_batch i ON i.id = s.batch_id "
        f"WHERE s.recognition_id IN ({', '.join(str(one) for one in held)}) AND s.revision_to IS NULL "
        "ORDER BY s.id"
    )
    for row in rows:
        place = {"file": row[1], "sheet": row[2], "row": row[3], "batch": row[4], "name": row[5]}
        found.setdefault(int(row[0]), []).append(place)
    return found


def _names(connection: Connection, number: int) -> list[dict[str, Any]]:
    rows = connection.execute(
        sa.text(
            "SELECT name, cause, valid_from FROM recipient_name "
            "WHERE recipient_id = :id AND revision_to IS NULL ORDER BY id"
        ),
        {"id": number},
    )
    return [{"name": row[0], "cause": row[1], "valid_from": row[2]} for row in rows]


def _in_force(names: list[dict[str, Any]], recorded: str) -> str:
    """The name of the latest renaming, else the one that was recorded first."""
    renamed = [one for one in names if one["cause"] == "renamed"]
    latest = max(renamed, key=lambda one: last_possible(str(one["valid_from"] or "")), default=None)
    return recorded if latest is None else str(latest["name"])


def _events(connection: Connection, number: int, held: list[int]) -> list[dict[str, Any]]:
    """Every event that touches the recipient, withdrawn ones too, by date."""
    found = [
        {
            "event": row[0], "on": "recipient", "recipient": row[1], "type": row[2], "date": row[3],
            "name": row[4], "other": row[5], "basis": row[6], "note": row[7], "actor": row[8],
            "withdrawn": row[9] is not None,
        }
        for row in connection.execute(
            sa.text(
                "SELECT id, recipient_id, type, date, name, other_id, basis, note, actor, revision_to "
                "FROM recipient_event WHERE recipient_id = :id OR other_id = :id ORDER BY id"
            ),
            {"id": number},
        )
    ]  # fmt: skip
    if held:
        listed = ", ".join(str(one) for one in held)
        rows = connection.exec_driver_sql(
            "SELECT id, type, date, recognition_id, basis, note, actor, revision_to FROM recognition_event "
            f"WHERE recognition_id IN ({listed}) ORDER BY id"
        )
        found += [
            {
                "event": row[0], "on": "recognition", "type": row[1], "date": row[2], "recognition": row[3],
                "basis": row[4], "note": row[5], "actor": row[6], "withdrawn": row[7] is not None,
            }
            for row in rows
        ]  # fmt: skip
    return sorted(found, key=lambda one: (str(one["date"]), int(one["event"])))
