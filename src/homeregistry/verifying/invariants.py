"""What must hold between rows whoever wrote them: links, uniqueness, repeated values, packaged tables."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.kinds import kinds
from homeregistry.reference import REFERENCE, packaged_bodies, packaged_rows
from homeregistry.verifying.findings import MOST, Finding

LINKS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("union_body", "region_id", "region", "id"),
    ("region_change", "from_id", "region", "id"),
    ("region_change", "to_id", "region", "id"),
    ("source_content", "document_id", "source_document", "id"),
    ("import_batch", "document_id", "source_document", "id"),
    ("batch_result", "batch_id", "import_batch", "id"),
    ("source_block", "batch_id", "import_batch", "id"),
    ("problem", "batch_id", "import_batch", "id"),
    ("held_row", "batch_id", "import_batch", "id"),
    ("held_row", "other_recipient_id", "recipient", "id"),
    ("list_check", "batch_id", "import_batch", "id"),
    ("award_round", "kind", "award_kind", "code"),
    ("award_round", "conferring_body_id", "union_body", "id"),
    ("recipient", "parent_id", "recipient", "id"),
    ("recipient", "region_id", "region", "id"),
    ("recipient", "batch_id", "import_batch", "id"),
    ("recipient_name", "recipient_id", "recipient", "id"),
    ("recipient_event", "recipient_id", "recipient", "id"),
    ("recipient_event", "other_id", "recipient", "id"),
    ("recognition", "round_id", "award_round", "id"),
    ("recognition", "recipient_id", "recipient", "id"),
    ("recognition", "region_id", "region", "id"),
    ("recognition", "body_id", "union_body", "id"),
    ("recognition", "batch_id", "import_batch", "id"),
    ("recognition_source", "recognition_id", "recognition", "id"),
    ("recognition_source", "batch_id", "import_batch", "id"),
    ("recognition_event", "recognition_id", "recognition", "id"),
    ("declared_figure", "batch_id", "import_batch", "id"),
    ("declared_figure", "region_id", "region", "id"),
    ("review_decision", "held_row_id", "held_row", "id"),
    ("review_decision", "recognition_id", "recognition", "id"),
)
"""(table, column, target table, target column): foreign keys of the models, and links that have none."""

LIVE_LINKS: Final[tuple[tuple[str, str, str], ...]] = (
    ("recognition", "recipient_id", "recipient"),
    ("recognition_source", "recognition_id", "recognition"),
    ("recognition_source", "batch_id", "import_batch"),
    ("recognition_event", "recognition_id", "recognition"),
    ("recipient_event", "recipient_id", "recipient"),
    ("recipient_event", "other_id", "recipient"),
    ("recipient_name", "recipient_id", "recipient"),
    ("review_decision", "recognition_id", "recognition"),
    ("held_row", "batch_id", "import_batch"),
    ("declared_figure", "batch_id", "import_batch"),
)
"""(table, column, target table): what counts now rests on what counts now. A recognition may outlive its
batch, and a row that waits the recipient it was held against."""

UNIQUE: Final[tuple[tuple[str, str, bool], ...]] = (
    ("audit_entry", "previous_hash", False),
    ("audit_entry", "hash", False),
    ("region", "code, valid_from", False),
    ("union_body", "code, name", False),
    ("source_document", "sha256", False),
    ("source_content", "document_id", False),
    (
        "award_round",
        "kind, stars, tier, system, conferring_body_id, year_from, year_to, decision_no, decision_date",
        False,
    ),
    ("name_part", "source, first_id", False),
    ("import_batch", "fingerprint", True),
    ("recognition", "recipient_id, round_id", True),
    ("closed_year", "year", True),
)
"""(table, columns, whether among live rows only): what no two rows may share."""


def check_file(connection: Connection) -> list[Finding]:
    """SQLite's own check of its pages and indexes; a page lost there would miscount without a word."""
    if not is_sqlite(connection):
        return []
    said = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})").scalars()
    return [Finding("database_damaged", "-", {"detail": text}) for text in said if text != "ok"]


def check_links(connection: Connection) -> Iterator[Finding]:
    """Every link leads to a row."""
    for table, column, target, key in LINKS:
        broken = connection.exec_driver_sql(
            f"SELECT a.id FROM {table} a LEFT JOIN {target} b ON b.{key} = a.{column} "
            f"WHERE a.{column} IS NOT NULL AND b.{key} IS NULL ORDER BY 1 LIMIT {MOST}"
        ).scalars()
        for row in broken:
            yield Finding("orphan", f"{table} {row}", {"column": column, "target": target})


def check_live_links(connection: Connection) -> Iterator[Finding]:
    """What is live rests on live rows: a title's further lists, events and names do not outlive it.

    The link of a correction is history: it goes on leading from a number to the next when that one left.
    """
    for table, column, target in LIVE_LINKS:
        also = "AND a.decision = 'place'" if table == "review_decision" else ""
        broken = connection.exec_driver_sql(
            f"SELECT a.id FROM {table} a JOIN {target} b ON b.id = a.{column} "
            f"WHERE a.revision_to IS NULL AND b.revision_to IS NOT NULL {also} ORDER BY 1 LIMIT {MOST}"
        ).scalars()
        for row in broken:
            yield Finding("left_behind", f"{table} {row}", {"column": column, "target": target})


def check_unique(connection: Connection) -> Iterator[Finding]:
    """What must be unique is, also where the index that sees to it was lost."""
    for table, columns, live in UNIQUE:
        condition = "WHERE revision_to IS NULL" if live else ""
        found = connection.exec_driver_sql(
            f"SELECT {columns} FROM {table} {condition} GROUP BY {columns} "
            f"HAVING count(*) > 1 ORDER BY {columns} LIMIT {MOST}"
        )
        for row in found:
            where = ", ".join(f"{n} {v}" for n, v in zip(columns.split(", "), row, strict=True))
            yield Finding("doubled", where, {"table": table})


def check_rounds(connection: Connection) -> Iterator[Finding]:
    """A recognition repeats what its round says (counts are read from the repetition)."""
    found = connection.exec_driver_sql(
        "SELECT r.id FROM recognition r JOIN award_round a ON a.id = r.round_id "
        "WHERE r.kind <> a.kind OR r.tier <> a.tier OR r.system <> a.system "
        f"OR r.year_from <> a.year_from OR r.year_to <> a.year_to ORDER BY r.id LIMIT {MOST}"
    ).scalars()
    for number in found:
        yield Finding("round_differs", f"recognition {number}")


def check_reference(connection: Connection) -> Iterator[Finding]:
    """The tables that came packaged are as packaged: a moved region would move counts."""
    for table, rows in packaged_rows().items():
        found = connection.exec_driver_sql(f"SELECT {REFERENCE[table]} FROM {table}")
        if {tuple(row) for row in found} != set(rows):
            yield Finding("reference_differs", table, {"table": table})
    found = connection.exec_driver_sql("SELECT code, title, recipient_type, verb FROM award_kind")
    if not {(k.code, k.title, k.recipient_type, k.verb) for k in kinds().values()} <= {
        tuple(r) for r in found
    }:
        yield Finding("reference_differs", "award_kind", {"table": "award_kind"})
    found = connection.exec_driver_sql(
        "SELECT code, name, kind, region_id, parent_code, valid_from, valid_to FROM union_body "
        "WHERE revision_from = 0"
    )
    packaged = {(*mark, *row) for mark, row in packaged_bodies().items()}
    if not {tuple(row) for row in found} <= packaged:
        yield Finding("reference_differs", "union_body", {"table": "union_body"})
