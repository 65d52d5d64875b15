"""Batches: what came in, and taking one back whole.

Undo closes every fact a batch brought in, and says what it could not take back because a person or a
later batch has built on it since. Evidence and audit entries stay; the fingerprint is free again.
"""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound, RegistryError
from homeregistry.ledger import Ledger
from homeregistry.problems import Problem
from homeregistry.recognitions.holders import close_unheard_of
from homeregistry.recognitions.leaving import Kept, leave


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a batch back came to."""

    batch: int
    reversed: int
    kept: tuple[Kept, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        kept = [one.to_json() for one in self.kept]
        return {"batch": self.batch, "reversed": self.reversed, "kept": kept}


def list_batches(connection: Connection) -> list[dict[str, Any]]:
    """All batches, the newest first."""
    rows = connection.exec_driver_sql(
        "SELECT b.id, b.purpose, b.file_name, b.actor, b.at, b.revision_to, r.counts "
        "FROM import_batch b LEFT JOIN batch_result r ON r.batch_id = b.id ORDER BY b.id DESC"
    )
    return [
        {
            "batch": row[0], "purpose": row[1], "file": row[2], "actor": row[3], "at": row[4],
            "state": "committed" if row[5] is None else "undone",
            **(json.loads(row[6]) if row[6] else {}),
        }
        for row in rows
    ]  # fmt: skip


def show_batch(connection: Connection, batch: int) -> dict[str, Any]:
    """One batch with its options, columns as understood and its `problems`. Raises NotFound."""
    row = connection.execute(
        sa.text(
            "SELECT b.id, b.purpose, b.file_name, b.options, b.actor, b.at, b.revision_from, b.revision_to, "
            "d.sha256, r.counts, r.columns, r.dropped, r.layouts FROM import_batch b "
            "JOIN source_document d ON d.id = b.document_id "
            "LEFT JOIN batch_result r ON r.batch_id = b.id WHERE b.id = :id"
        ),
        {"id": batch},
    ).first()
    if row is None:
        raise _no_batch(batch)
    problems = connection.execute(
        sa.text(
            "SELECT code, severity, sheet, row_no, cell_column, value, params FROM problem "
            "WHERE batch_id = :id ORDER BY id"
        ),
        {"id": batch},
    )
    return {
        "batch": row[0], "purpose": row[1], "file": row[2], "options": json.loads(row[3]), "actor": row[4],
        "at": row[5], "state": "committed" if row[7] is None else "undone", "revision": row[6],
        "undone_at_revision": row[7], "sha256": row[8],
        **(json.loads(row[9]) if row[9] else {}),
        "columns": json.loads(row[10]) if row[10] else [],
        "dropped": json.loads(row[11]) if row[11] else [],
        "layouts": json.loads(row[12]) if row[12] else {},
        "problems": [
            Problem(p[0], p[2], p[3], p[4], p[5], json.loads(p[6] or "{}"), p[1])
            for p in problems
        ],
    }  # fmt: skip


def undo_batch(ledger: Ledger, batch: int) -> Undone:
    """Close what a batch brought in. Raises NotFound, or RegistryError when it was undone before."""
    connection = ledger.connection
    row = connection.execute(
        sa.text("SELECT revision_to, file_name FROM import_batch WHERE id = :id"), {"id": batch}
    ).first()
    if row is None:
        raise _no_batch(batch)
    if row[0] is not None:
        raise RegistryError("already_undone", "Batch {batch} was taken back before.", batch=batch)
    kept = _built_on(connection, batch)
    taken = {
        int(one)
        for one in connection.execute(
            sa.text("SELECT id FROM recognition WHERE batch_id = :id AND revision_to IS NULL"), {"id": batch}
        ).scalars()
    } - {one.id for one in kept}
    ledger.close_batch("recognition_source", batch)
    carried = leave(ledger, taken)
    figures = ledger.close_batch("declared_figure", batch)
    # What only this batch knew leaves with it, and what only it and batches taken back before knew.
    taken_back = "SELECT id FROM import_batch WHERE revision_to IS NOT NULL"
    close_unheard_of(ledger, f"p.batch_id = {int(batch)} OR p.batch_id IN ({taken_back})")
    for table in ("held_row", "list_check"):
        ledger.close_batch(table, batch)
    ledger.close("import_batch", [batch])
    ledger.subject.update(
        {"batch": batch, "file": row[1], "reversed": len(taken) + figures, "kept": len(kept)}
    )
    return Undone(batch, len(taken) + figures, (*kept, *carried))


def _built_on(connection: Connection, batch: int) -> list[Kept]:
    """Recognitions of the batch that carry an event, or that a person has corrected since."""
    rows = connection.execute(
        sa.text(
            "SELECT r.id, 'event:' || e.type FROM recognition r "
            "JOIN recognition_event e ON e.recognition_id = r.id AND e.revision_to IS NULL "
            "WHERE r.batch_id = :id AND r.revision_to IS NULL "
            "UNION SELECT r.id, 'corrected' FROM recognition r "
            "JOIN review_decision d ON d.recognition_id = r.id AND d.revision_to IS NULL "
            "WHERE d.decision = 'corrected' AND r.batch_id = :id AND r.revision_to IS NULL"
        ),
        {"id": batch},
    )
    found: dict[int, str] = {}
    for number, reason in sorted((int(row[0]), str(row[1])) for row in rows):
        found.setdefault(number, reason)
    return [Kept(number, reason) for number, reason in found.items()]


def _no_batch(batch: int) -> NotFound:
    return NotFound("unknown_batch", "There is no batch {batch}; see: homeregistry batch list", batch=batch)
