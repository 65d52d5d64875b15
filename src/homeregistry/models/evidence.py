"""Evidence: the files that came in, what was read in them row by row, and what waits for a person."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from homeregistry.models.columns import (
    identity,
    indexed_reference,
    lives,
    number,
    one_of,
    optional_number,
    optional_reference,
    optional_text,
    reference,
    text,
)
from homeregistry.vocabulary import DECISIONS, PURPOSES, SEVERITIES, WAITING


class SourceDocument(SQLModel, table=True):
    """A file by the digest of its content, whatever names it came under."""

    __tablename__ = "source_document"
    __table_args__ = (sa.UniqueConstraint("sha256"), *lives())
    id: int = identity()
    sha256: str = text()
    name: str = text()
    size: int = number()
    media_type: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class SourceContent(SQLModel, table=True):
    """A file's own bytes, compressed with zlib; there is none where personal data was dropped."""

    __tablename__ = "source_content"
    __table_args__ = (sa.UniqueConstraint("document_id"), *lives())
    id: int = identity()
    document_id: int = reference("source_document.id")
    content: bytes = Field(sa_type=sa.LargeBinary)
    revision_from: int = number()
    revision_to: int | None = optional_number()


class ImportBatch(SQLModel, table=True):
    """One import of one document with its options; taken back when `revision_to` is set.

    `fingerprint` is the digest of file, sheets and options: among live batches it is unique.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        one_of("purpose", PURPOSES),
        *lives(),
        sa.Index(
            "uq_import_batch_fingerprint_live",
            "fingerprint",
            unique=True,
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        ),
    )
    id: int = identity()
    document_id: int = reference("source_document.id")
    purpose: str = text()
    file_name: str = text()
    options: str = text()
    fingerprint: str = text()
    actor: str = text()
    at: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class BatchResult(SQLModel, table=True):
    """What reading a batch came to, known at its end: JSON of row counts, columns as understood, layouts."""

    __tablename__ = "batch_result"
    __table_args__ = lives()
    id: int = identity()
    batch_id: int = indexed_reference("import_batch.id")
    counts: str = text()
    columns: str = text()
    dropped: str = text()
    layouts: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class SourceBlock(SQLModel, table=True):
    """Consecutive source rows of one sheet, compressed JSON: [[row, outcome, [cells…]], …]."""

    __tablename__ = "source_block"
    __table_args__ = (*lives(), sa.Index("ix_source_block_place", "batch_id", "sheet", "first_row"))
    id: int = identity()
    batch_id: int = reference("import_batch.id")
    sheet: str = text()
    first_row: int = number()
    last_row: int = number()
    row_count: int = number()
    content: bytes = Field(sa_type=sa.LargeBinary)
    revision_from: int = number()
    revision_to: int | None = optional_number()


class Problem(SQLModel, table=True):
    """A problem found in a source row when it came in."""

    __tablename__ = "problem"
    __table_args__ = (one_of("severity", SEVERITIES), *lives())
    id: int = identity()
    batch_id: int = indexed_reference("import_batch.id")
    code: str = text()
    severity: str = text()
    sheet: str | None = optional_text()
    row_no: int | None = optional_number()
    cell_column: str | None = optional_text()
    value: str | None = optional_text()
    params: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class HeldRow(SQLModel, table=True):
    """A row that waits for a person; `payload` is the entry as read (JSON).

    When it is decided, the row is closed (`revision_to`) and a `review_decision` says how.
    """

    __tablename__ = "held_row"
    __table_args__ = (*lives(), one_of("outcome", WAITING))
    id: int = identity()
    batch_id: int = indexed_reference("import_batch.id")
    sheet: str = text()
    row_no: int = number()
    outcome: str = text()
    code: str = text()
    payload: str = text()
    other_recipient_id: int | None = optional_number()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class ReviewDecision(SQLModel, table=True):
    """What a person decided: about a pair of names, a held row or a recognition; closed when taken back.

    `corrected` links a rewritten recognition to the one it replaces (`detail`: was, and what changed).
    """

    __tablename__ = "review_decision"
    __table_args__ = (
        one_of("decision", DECISIONS),
        *lives(),
    )
    id: int = identity()
    pair_key: str | None = Field(default=None, sa_type=sa.Text, nullable=True, index=True)
    held_row_id: int | None = optional_reference("held_row.id")
    recognition_id: int | None = optional_number()
    decision: str = text()
    detail: str = text()
    actor: str = text()
    reason: str | None = optional_text()
    at: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class ListCheck(SQLModel, table=True):
    """A total that a list states about itself, and how many entries stand under it: both are kept."""

    __tablename__ = "list_check"
    __table_args__ = lives()
    id: int = identity()
    batch_id: int = indexed_reference("import_batch.id")
    sheet: str = text()
    row_no: int = number()
    stated: str = text()
    declared: int = number()
    listed: int = number()
    kind: str | None = optional_text()
    scope: str | None = optional_text()
    revision_from: int = number()
    revision_to: int | None = optional_number()
