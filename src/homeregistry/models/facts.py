"""Facts: recipients, rounds, recognitions, events, declared figures. Nothing is updated or deleted.

A fact is live while `revision_to` is empty. Rounds carry empty text and 0 for `none`, so that their
identity is one unique key on both engines.
"""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from homeregistry.models.columns import (
    identity,
    indexed_reference,
    indexed_text,
    lives,
    number,
    one_of,
    optional_number,
    optional_text,
    reference,
    text,
)
from homeregistry.vocabulary import (
    MEASURES,
    NAME_CAUSES,
    QUALIFIERS,
    RECIPIENT_TYPES,
    TIERS,
    TITLE_EVENTS,
    UNIT_EVENTS,
)

_LIVE = sa.text("revision_to IS NULL")
_CLOSED = sa.text("revision_to IS NOT NULL")


class Recipient(SQLModel, table=True):
    """An organisation, sub-unit or person. `key` is the normal name; `block` and `block_tail` find
    near-duplicates.
    """

    __tablename__ = "recipient"
    __table_args__ = (one_of("type", RECIPIENT_TYPES), *lives())
    id: int = identity()
    type: str = text()
    name: str = text()
    key: str = indexed_text()
    block: str = indexed_text()
    block_tail: str | None = Field(default=None, sa_type=sa.Text, nullable=True, index=True)
    parent_id: int | None = optional_number()
    parent_name: str | None = optional_text()
    uscc: str | None = Field(default=None, sa_type=sa.Text, nullable=True)
    union_code: str | None = Field(default=None, sa_type=sa.Text, nullable=True)
    region_id: int | None = optional_number()
    ownership: str | None = optional_text()
    batch_id: int = reference("import_batch.id")
    revision_from: int = number()
    revision_to: int | None = optional_number()


sa.Index(
    "ix_recipient_uscc",
    Recipient.__table__.c.uscc,  # type: ignore[attr-defined]
    sqlite_where=sa.text("uscc IS NOT NULL"),
    postgresql_where=sa.text("uscc IS NOT NULL"),
)
sa.Index(
    "ix_recipient_union_code",
    Recipient.__table__.c.union_code,  # type: ignore[attr-defined]
    sqlite_where=sa.text("union_code IS NOT NULL"),
    postgresql_where=sa.text("union_code IS NOT NULL"),
)


sa.Index(
    "ix_recipient_closed",
    Recipient.__table__.c.id,  # type: ignore[attr-defined]
    sqlite_where=_CLOSED,
    postgresql_where=_CLOSED,
)


class RecipientName(SQLModel, table=True):
    """Another name of a recipient: a spelling decided to be the same, or a new name after renaming."""

    __tablename__ = "recipient_name"
    __table_args__ = (
        one_of("cause", NAME_CAUSES),
        *lives(),
        sa.Index(
            "ix_recipient_name_closed",
            "recipient_id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
    )
    id: int = identity()
    recipient_id: int = indexed_reference("recipient.id")
    name: str = text()
    key: str = indexed_text()
    cause: str = text()
    valid_from: str | None = optional_text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class AwardRound(SQLModel, table=True):
    """A round: kind, tier, system, conferring body, stated years and decision together name an award."""

    __tablename__ = "award_round"
    __table_args__ = (
        one_of("tier", TIERS),
        sa.CheckConstraint("year_to >= year_from", name="years_in_order"),
        sa.UniqueConstraint(
            "kind", "stars", "tier", "system", "conferring_body_id",
            "year_from", "year_to", "decision_no", "decision_date",
            name="uq_award_round_identity",
        ),
    )  # fmt: skip
    id: int = identity()
    kind: str = Field(sa_type=sa.Text, foreign_key="award_kind.code")
    stars: int = number()
    tier: str = text()
    system: str = text()
    conferring_body_id: int = reference("union_body.id")
    year_from: int = number()
    year_to: int = number()
    ordinal: int = number()
    decision_no: str = indexed_text()
    decision_date: str = text()
    decision_printed: str = text()
    revision_from: int = number()


class Recognition(SQLModel, table=True):
    """One title conferred on one recipient in one round, with where it was read.

    `kind` to `year_to` repeat the round's, for the covering index that counts are read from; `verify`
    holds them against the round. `region_id` is the region as awarded, `body_id` who recommended.
    """

    __tablename__ = "recognition"
    __table_args__ = (
        *lives(),
        sa.Index(
            "uq_recognition_recipient_round_live",
            "recipient_id",
            "round_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        sa.Index(
            "ix_recognition_closed",
            "recipient_id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
        sa.Index(
            "ix_recognition_count",
            "kind", "tier", "system", "region_id", "year_from", "year_to",
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )  # fmt: skip
    id: int = identity()
    round_id: int = reference("award_round.id")
    recipient_id: int = reference("recipient.id")
    kind: str = text()
    tier: str = text()
    system: str = text()
    year_from: int = number()
    year_to: int = number()
    region_id: int | None = optional_number()
    body_id: int | None = optional_number()
    name_printed: str = text()
    region_printed: str | None = optional_text()
    detail: str | None = optional_text()
    batch_id: int = indexed_reference("import_batch.id")
    sheet: str = text()
    row_no: int = number()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class RecognitionSource(SQLModel, table=True):
    """Another list that states a recognition which was already recorded, with where it stands there.

    When the batch that brought the recognition in is taken back, the next source carries it.
    """

    __tablename__ = "recognition_source"
    __table_args__ = lives()
    id: int = identity()
    recognition_id: int = indexed_reference("recognition.id")
    batch_id: int = indexed_reference("import_batch.id")
    sheet: str = text()
    row_no: int = number()
    name_printed: str = text()
    region_printed: str | None = optional_text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class RecognitionEvent(SQLModel, table=True):
    """A dated event on one recognition, with its basis document; withdrawn ones are closed."""

    __tablename__ = "recognition_event"
    __table_args__ = (one_of("type", TITLE_EVENTS), *lives())
    id: int = identity()
    recognition_id: int = indexed_reference("recognition.id")
    type: str = text()
    date: str = text()
    basis: str = text()
    note: str | None = optional_text()
    actor: str = text()
    at: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class RecipientEvent(SQLModel, table=True):
    """A dated event on a recipient: renamed (to `name`), merged (into `other_id`), closed."""

    __tablename__ = "recipient_event"
    __table_args__ = (one_of("type", UNIT_EVENTS), *lives())
    id: int = identity()
    recipient_id: int = indexed_reference("recipient.id")
    type: str = text()
    date: str = text()
    name: str | None = optional_text()
    other_id: int | None = optional_number()
    basis: str = text()
    note: str | None = optional_text()
    actor: str = text()
    at: str = text()
    revision_from: int = number()
    revision_to: int | None = optional_number()


class DeclaredFigure(SQLModel, table=True):
    """A count that a report states: never turned into recognitions, never added to them."""

    __tablename__ = "declared_figure"
    __table_args__ = (
        one_of("measure", tuple(MEASURES)),
        one_of("qualifier", QUALIFIERS),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="bounds_in_order"),
        *lives(),
    )
    id: int = identity()
    batch_id: int = indexed_reference("import_batch.id")
    scope: str | None = optional_text()
    region_id: int | None = optional_number()
    region_code: str | None = optional_text()
    kind: str | None = optional_text()
    kinds: str | None = optional_text()
    stars: int | None = optional_number()
    tier: str | None = optional_text()
    or_above: int = number()
    system: str | None = optional_text()
    measure: str = text()
    low: int | None = optional_number()
    high: int | None = optional_number()
    stated: str = text()
    qualifier: str = text()
    year_from: int | None = optional_number()
    year_to: int | None = optional_number()
    implied: int = number()
    part_of: int | None = optional_number()
    decision_no: str | None = optional_text()
    flags: str = text()
    quote: str = text()
    span_start: int | None = optional_number()
    span_end: int | None = optional_number()
    sheet: str | None = optional_text()
    row_no: int | None = optional_number()
    cell_column: str | None = optional_text()
    revision_from: int = number()
    revision_to: int | None = optional_number()
