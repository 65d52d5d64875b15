"""Both sides of a row that waits: its own words and source, and the recipients it may be, with reasons."""

from datetime import date
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.importing.known import Known, oldest_by_key
from homeregistry.queries.belonging import belonging_of
from homeregistry.queries.history import printed_row
from homeregistry.recipients.identity import pair_key
from homeregistry.recipients.similarity import Likeness, similar, similar_persons
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.resolving.candidates import Candidate, CandidateReader
from homeregistry.reviewing.waiting import waiting_row

Beside = Literal["same_name", "code", "held"]
Reason = Likeness | Beside
"""Why a recipient stands on the other side: like by name, of one name or code, or held for it at import."""
REASONS: tuple[str, ...] = (*get_args(Likeness), *get_args(Beside))


def show_waiting(connection: Connection, number: int, today: date) -> dict[str, Any]:
    """One row that waits, with the recipients it may be and what is known of them. Raises NotFound."""
    row = waiting_row(connection, number)
    reading = CandidateReader(row.options, today).read(row.changed({}).entry)
    source = {"file": row.file, "sheet": row.entry.sheet, "row": row.entry.row}
    others: dict[int, dict[str, Any]] = {}
    for candidate in reading.candidates:
        for other in _others(connection, candidate):
            others.setdefault(other["recipient"], other)
    if row.other is not None and row.other not in others:
        others[row.other] = _side(connection, row.other, "held", None)
    return {
        **row.to_json(), "source": {**source, "cells": printed_row(connection, row.batch, source)},
        "values": dict(row.entry.values), "read_as": [_read_as(one) for one in reading.candidates],
        "others": list(others.values()),
    }  # fmt: skip


def _read_as(candidate: Candidate) -> dict[str, Any]:
    award, region = candidate.award, candidate.place.region
    return {
        "name": candidate.name, "normal_name": candidate.key, "type": candidate.type,
        "parent": candidate.parent_name, "unit": candidate.entry.values.get("unit"), "kind": award.kind,
        "tier": award.tier, "system": award.system or None, "year_from": award.year_from,
        "year_to": award.year_to, "conferred_by": award.conferred_by.name,
        "decision_no": award.decision_no or None, "region": gazetteer().path(region) if region else None,
    }  # fmt: skip


def _others(connection: Connection, candidate: Candidate) -> list[dict[str, Any]]:
    """Recipients of the same normal name or code, then those whose name is like it, the likest first."""
    known = Known(connection, 0)
    codes = [code for code in (candidate.uscc, candidate.union_code) if code]
    found: dict[int, dict[str, Any]] = {}
    for mark, listed in known.recipients([candidate.key], codes).items():
        for one in listed:
            reason: Reason = "code" if mark.startswith("#") else "same_name"
            found.setdefault(one.id, _side(connection, one.id, reason, None))
    around = oldest_by_key(one for listed in known.neighbours(candidate.blocks).values() for one in listed)
    alike = similar_persons if candidate.type == "person" else similar
    for near in alike(candidate.key, around):
        other = around[near.name]
        decision = known.decision(pair_key(candidate.key, other.key))
        found.setdefault(
            other.id, {**_side(connection, other.id, near.reason, near.score), "decision": decision}
        )
    return list(found.values())


def _side(connection: Connection, number: int, reason: Reason, score: float | None) -> dict[str, Any]:
    row = connection.execute(
        sa.text(
            "SELECT p.name, p.type, p.region_id, p.uscc, p.union_code, p.parent_name, p.revision_to "
            "FROM recipient p WHERE p.id = :id"
        ),
        {"id": number},
    ).one()
    titles = connection.execute(
        sa.text(
            "SELECT r.id, r.kind, r.tier, r.year_from, r.year_to, r.name_printed, b.file_name, r.sheet, "
            "r.row_no FROM recognition r JOIN import_batch b ON b.id = r.batch_id "
            "WHERE r.recipient_id = :id AND r.revision_to IS NULL ORDER BY r.year_from, r.id"
        ),
        {"id": number},
    )
    region = gazetteer().by_id(int(row[2])) if row[2] is not None else None
    return {
        "recipient": number, "name": row[0], "type": row[1], "parent": row[5],
        "units": list(belonging_of(connection, [number])[number].units), "uscc": row[3],
        "union_code": row[4], "region": gazetteer().path(region) if region else None, "reason": reason,
        "score": round(score, 1) if score is not None else None, "decision": None,
        "recognitions": [
            {
                "id": t[0], "kind": t[1], "tier": t[2], "year_from": t[3], "year_to": t[4], "name": t[5],
                "source": {"file": t[6], "sheet": t[7], "row": t[8]},
            }
            for t in titles
        ],
    }  # fmt: skip
