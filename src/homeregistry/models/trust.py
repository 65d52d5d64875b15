"""Trust: the audit chain, exports that left, people, closed years, acknowledged findings."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from homeregistry.models.columns import (
    code_key,
    identity,
    indexed_text,
    lives,
    number,
    one_of,
    optional_number,
    optional_text,
    text,
)


class AuditEntry(SQLModel, table=True):
    """One write: who, when, what, why, digests of what it closed and wrote, chained by hash.

    `id` is the registry revision that the write made.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (sa.UniqueConstraint("previous_hash"), sa.UniqueConstraint("hash"))
    id: int = identity()
    at: str = text()
    actor: str = text()
    action: str = text()
    reason: str | None = optional_text()
    subject: str = text()
    digest_closed: str = text()
    digest_written: str = text()
    previous_hash: str = text()
    hash: str = text()


class ExportLog(SQLModel, table=True):
    """An export that left. Outside the chain, so that exporting does not change what is exported."""

    __tablename__ = "export_log"
    id: int = identity()
    at: str = text()
    actor: str = text()
    what: str = text()
    options: str = text()
    revision: int = number()
    head: str = text()
    content_sha256: str = text()
    file_name: str = text()


class RegistryUser(SQLModel, table=True):
    """A person who works with the registry."""

    __tablename__ = "registry_user"
    name: str = code_key()
    display_name: str = text()
    created_at: str = text()


class ClosedYear(SQLModel, table=True):
    """A closed year; reopening closes the row."""

    __tablename__ = "closed_year"
    __table_args__ = lives()
    id: int = identity()
    year: int = number()
    actor: str = text()
    reason: str | None = optional_text()
    at: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class FindingNote(SQLModel, table=True):
    """A finding of `reconcile` acknowledged by a named person, with a reason; it stays visible."""

    __tablename__ = "finding_note"
    __table_args__ = (one_of("state", ("acknowledged",)), *lives())
    id: int = identity()
    finding_key: str = indexed_text()
    state: str = text()
    actor: str = text()
    reason: str = text()
    at: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()
