"""The first tables of the registry

Revision: 0001
Revises: nothing

Rules: every constraint is named; text is sa.Text; a data step has a test with rows in place; a batch
migration of a parent table runs with foreign keys off (the runner does this) and never drops rows.
"""

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("digest_closed", sa.Text(), nullable=False),
        sa.Column("digest_written", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_audit_entry_previous_hash")),
    )
    op.create_table(
        "award_kind",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("recipient_type", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.CheckConstraint(
            "recipient_type = 'organisation' OR recipient_type = 'sub_unit' OR recipient_type = 'person'",
            name=op.f("ck_award_kind_recipient_type_known"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_award_kind")),
    )
    op.create_table(
        "award_title",
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("stars", ID, nullable=True),
        sa.PrimaryKeyConstraint("spelling", name=op.f("pk_award_title")),
    )
    op.create_table(
        "closed_year",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_closed_year_revision_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_year")),
    )
    op.create_table(
        "export_log",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_log")),
    )
    op.create_table(
        "finding_note",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("finding_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "state = 'acknowledged'",
            name=op.f("ck_finding_note_state_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_finding_note_revision_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_note")),
    )
    with op.batch_alter_table("finding_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_note_finding_key"), ["finding_key"], unique=False)

    op.create_table(
        "name_part",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_id", ID, nullable=False),
        sa.Column("last_id", ID, nullable=False),
        sa.CheckConstraint(
            "source = 'recipient' OR source = 'recipient_name' OR source = 'recognition'",
            name=op.f("ck_name_part_source_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_part")),
        sa.UniqueConstraint("source", "first_id", name=op.f("uq_name_part_source_first_id")),
    )
    op.create_table(
        "name_gram",
        sa.Column("gram", ID, autoincrement=False, nullable=False),
        sa.Column("part_id", ID, autoincrement=False, nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["name_part.id"], name=op.f("fk_name_gram_part_id_name_part")),
        sa.PrimaryKeyConstraint("gram", "part_id", name=op.f("pk_name_gram")),
    )
    op.create_table(
        "region",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "level = 'province' OR level = 'prefecture' OR level = 'county'",
            name=op.f("ck_region_level_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_region_code_valid_from")),
    )
    op.create_table(
        "region_change",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("from_id", ID, nullable=True),
        sa.Column("to_id", ID, nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("extent", sa.Text(), nullable=False),
        sa.Column("towns", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "extent = 'whole' OR extent = 'part' OR extent = 'renamed'",
            name=op.f("ck_region_change_extent_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_change")),
    )
    op.create_table(
        "registry_user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_registry_user")),
    )
    op.create_table(
        "source_document",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_source_document_revision_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_source_document_sha256")),
    )
    op.create_table(
        "union_body",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("revision_from", ID, nullable=False),
        sa.CheckConstraint(
            "kind = 'federation' OR kind = 'industry' OR kind = 'zone' OR kind = 'direct' OR "
            "kind = 'unlisted'",
            name=op.f("ck_union_body_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union_body")),
        sa.UniqueConstraint("code", "name", name=op.f("uq_union_body_code_name")),
    )
    op.create_table(
        "award_round",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stars", ID, nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("conferring_body_id", ID, nullable=False),
        sa.Column("year_from", ID, nullable=False),
        sa.Column("year_to", ID, nullable=False),
        sa.Column("ordinal", ID, nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Text(), nullable=False),
        sa.Column("decision_printed", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.CheckConstraint(
            "tier = 'national' OR tier = 'provincial' OR tier = 'prefecture' OR tier = 'county' OR "
            "tier = 'township' OR tier = 'unit'",
            name=op.f("ck_award_round_tier_known"),
        ),
        sa.CheckConstraint("year_to >= year_from", name=op.f("ck_award_round_years_in_order")),
        sa.ForeignKeyConstraint(
            ["conferring_body_id"],
            ["union_body.id"],
            name=op.f("fk_award_round_conferring_body_id_union_body"),
        ),
        sa.ForeignKeyConstraint(["kind"], ["award_kind.code"], name=op.f("fk_award_round_kind_award_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_round")),
        sa.UniqueConstraint(
            "kind",
            "stars",
            "tier",
            "system",
            "conferring_body_id",
            "year_from",
            "year_to",
            "decision_no",
            "decision_date",
            name="uq_award_round_identity",
        ),
    )
    with op.batch_alter_table("award_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_round_decision_no"), ["decision_no"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "purpose = 'list' OR purpose = 'report' OR purpose = 'entry'",
            name=op.f("ck_import_batch_purpose_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_import_batch_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["source_document.id"], name=op.f("fk_import_batch_document_id_source_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            "uq_import_batch_fingerprint_live",
            ["fingerprint"],
            unique=True,
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        )

    op.create_table(
        "source_content",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_source_content_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["source_document.id"],
            name=op.f("fk_source_content_document_id_source_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_content")),
        sa.UniqueConstraint("document_id", name=op.f("uq_source_content_document_id")),
    )
    op.create_table(
        "batch_result",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.Column("layouts", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_batch_result_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_batch_result_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_result")),
    )
    with op.batch_alter_table("batch_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_result_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "declared_figure",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("kinds", sa.Text(), nullable=True),
        sa.Column("stars", ID, nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("or_above", ID, nullable=False),
        sa.Column("system", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("low", ID, nullable=True),
        sa.Column("high", ID, nullable=True),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("year_from", ID, nullable=True),
        sa.Column("year_to", ID, nullable=True),
        sa.Column("implied", ID, nullable=False),
        sa.Column("part_of", ID, nullable=True),
        sa.Column("decision_no", sa.Text(), nullable=True),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("span_start", ID, nullable=True),
        sa.Column("span_end", ID, nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row_no", ID, nullable=True),
        sa.Column("cell_column", sa.Text(), nullable=True),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "measure = 'in_round' OR measure = 'cumulative' OR measure = 'stock' OR "
            "measure = 'plan' OR measure = 'quota' OR measure = 'recheck' OR measure = 'built' OR "
            "measure = 'revoked'",
            name=op.f("ck_declared_figure_measure_known"),
        ),
        sa.CheckConstraint(
            "qualifier = 'exact' OR qualifier = 'more_than' OR qualifier = 'fewer_than' OR "
            "qualifier = 'about' OR qualifier = 'at_least' OR qualifier = 'at_most' OR "
            "qualifier = 'range'",
            name=op.f("ck_declared_figure_qualifier_known"),
        ),
        sa.CheckConstraint(
            "low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_declared_figure_bounds_in_order")
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_declared_figure_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_declared_figure_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_figure")),
    )
    with op.batch_alter_table("declared_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declared_figure_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "held_row",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", ID, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("other_recipient_id", ID, nullable=True),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "outcome = 'held' OR outcome = 'refused'",
            name=op.f("ck_held_row_outcome_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_held_row_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_held_row_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_row")),
    )
    with op.batch_alter_table("held_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_row_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "list_check",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", ID, nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("declared", ID, nullable=False),
        sa.Column("listed", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_list_check_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_list_check_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_check")),
    )
    with op.batch_alter_table("list_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_check_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "problem",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row_no", ID, nullable=True),
        sa.Column("cell_column", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "severity = 'error' OR severity = 'warning' OR severity = 'note'",
            name=op.f("ck_problem_severity_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_problem_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_problem_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "recipient",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("block_tail", sa.Text(), nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("parent_name", sa.Text(), nullable=True),
        sa.Column("uscc", sa.Text(), nullable=True),
        sa.Column("union_code", sa.Text(), nullable=True),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("ownership", sa.Text(), nullable=True),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "type = 'organisation' OR type = 'sub_unit' OR type = 'person'",
            name=op.f("ck_recipient_type_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_recipient_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_recipient_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_block"), ["block"], unique=False)
        batch_op.create_index(batch_op.f("ix_recipient_block_tail"), ["block_tail"], unique=False)
        batch_op.create_index(
            "ix_recipient_closed",
            ["id"],
            unique=False,
            sqlite_where=sa.text("revision_to IS NOT NULL"),
            postgresql_where=sa.text("revision_to IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_recipient_key"), ["key"], unique=False)
        batch_op.create_index(
            "ix_recipient_union_code",
            ["union_code"],
            unique=False,
            sqlite_where=sa.text("union_code IS NOT NULL"),
            postgresql_where=sa.text("union_code IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_recipient_uscc",
            ["uscc"],
            unique=False,
            sqlite_where=sa.text("uscc IS NOT NULL"),
            postgresql_where=sa.text("uscc IS NOT NULL"),
        )

    op.create_table(
        "source_block",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("first_row", ID, nullable=False),
        sa.Column("last_row", ID, nullable=False),
        sa.Column("row_count", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_source_block_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_source_block_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_block")),
    )
    with op.batch_alter_table("source_block", schema=None) as batch_op:
        batch_op.create_index("ix_source_block_place", ["batch_id", "sheet", "first_row"], unique=False)

    op.create_table(
        "recipient_event",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "type = 'renamed' OR type = 'merged' OR type = 'closed'",
            name=op.f("ck_recipient_event_type_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_recipient_event_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name=op.f("fk_recipient_event_recipient_id_recipient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_event")),
    )
    with op.batch_alter_table("recipient_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_event_recipient_id"), ["recipient_id"], unique=False)

    op.create_table(
        "recipient_name",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "cause = 'spelling' OR cause = 'renamed' OR cause = 'merged'",
            name=op.f("ck_recipient_name_cause_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_recipient_name_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name=op.f("fk_recipient_name_recipient_id_recipient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_name")),
    )
    with op.batch_alter_table("recipient_name", schema=None) as batch_op:
        batch_op.create_index(
            "ix_recipient_name_closed",
            ["recipient_id"],
            unique=False,
            sqlite_where=sa.text("revision_to IS NOT NULL"),
            postgresql_where=sa.text("revision_to IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_recipient_name_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_recipient_name_recipient_id"), ["recipient_id"], unique=False)

    op.create_table(
        "recognition",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("year_from", ID, nullable=False),
        sa.Column("year_to", ID, nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("body_id", ID, nullable=True),
        sa.Column("name_printed", sa.Text(), nullable=False),
        sa.Column("region_printed", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", ID, nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from", name=op.f("ck_recognition_revision_order")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_recognition_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name=op.f("fk_recognition_recipient_id_recipient")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["award_round.id"], name=op.f("fk_recognition_round_id_award_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
    )
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            "ix_recognition_closed",
            ["recipient_id"],
            unique=False,
            sqlite_where=sa.text("revision_to IS NOT NULL"),
            postgresql_where=sa.text("revision_to IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_recognition_count",
            ["kind", "tier", "system", "region_id", "year_from", "year_to"],
            unique=False,
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        )
        batch_op.create_index(
            "uq_recognition_recipient_round_live",
            ["recipient_id", "round_id"],
            unique=True,
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        )

    op.create_table(
        "review_decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("pair_key", sa.Text(), nullable=True),
        sa.Column("held_row_id", ID, nullable=True),
        sa.Column("recognition_id", ID, nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "decision = 'same' OR decision = 'different' OR decision = 'unsure' OR "
            "decision = 'completed' OR decision = 'dismissed' OR decision = 'place' OR "
            "decision = 'corrected'",
            name=op.f("ck_review_decision_decision_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_review_decision_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["held_row_id"], ["held_row.id"], name=op.f("fk_review_decision_held_row_id_held_row")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
    )
    with op.batch_alter_table("review_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_decision_pair_key"), ["pair_key"], unique=False)

    op.create_table(
        "recognition_source",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recognition_id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", ID, nullable=False),
        sa.Column("name_printed", sa.Text(), nullable=False),
        sa.Column("region_printed", sa.Text(), nullable=True),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_recognition_source_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_recognition_source_batch_id_import_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id"],
            ["recognition.id"],
            name=op.f("fk_recognition_source_recognition_id_recognition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_source")),
    )
    with op.batch_alter_table("recognition_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_source_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recognition_source_recognition_id"), ["recognition_id"], unique=False
        )
    op.create_table(
        "recognition_event",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recognition_id", ID, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision_from", ID, nullable=False),
        sa.Column("revision_to", ID, nullable=True),
        sa.CheckConstraint(
            "type = 'revoked' OR type = 'restored' OR type = 'rechecked'",
            name=op.f("ck_recognition_event_type_known"),
        ),
        sa.CheckConstraint(
            "revision_to IS NULL OR revision_to > revision_from",
            name=op.f("ck_recognition_event_revision_order"),
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id"],
            ["recognition.id"],
            name=op.f("fk_recognition_event_recognition_id_recognition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_event")),
    )
    with op.batch_alter_table("recognition_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recognition_event_recognition_id"), ["recognition_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("recognition_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognition_event_recognition_id"))

    op.drop_table("recognition_event")
    with op.batch_alter_table("recognition_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognition_source_recognition_id"))
        batch_op.drop_index(batch_op.f("ix_recognition_source_batch_id"))

    op.drop_table("recognition_source")
    with op.batch_alter_table("review_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_decision_pair_key"))

    op.drop_table("review_decision")
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_recognition_recipient_round_live",
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        )
        batch_op.drop_index(
            "ix_recognition_count",
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        )
        batch_op.drop_index(
            "ix_recognition_closed",
            sqlite_where=sa.text("revision_to IS NOT NULL"),
            postgresql_where=sa.text("revision_to IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_recognition_batch_id"))

    op.drop_table("recognition")
    with op.batch_alter_table("recipient_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recipient_name_recipient_id"))
        batch_op.drop_index(batch_op.f("ix_recipient_name_key"))
        batch_op.drop_index(
            "ix_recipient_name_closed",
            sqlite_where=sa.text("revision_to IS NOT NULL"),
            postgresql_where=sa.text("revision_to IS NOT NULL"),
        )

    op.drop_table("recipient_name")
    with op.batch_alter_table("recipient_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recipient_event_recipient_id"))

    op.drop_table("recipient_event")
    with op.batch_alter_table("source_block", schema=None) as batch_op:
        batch_op.drop_index("ix_source_block_place")

    op.drop_table("source_block")
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_recipient_uscc",
            sqlite_where=sa.text("uscc IS NOT NULL"),
            postgresql_where=sa.text("uscc IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_recipient_union_code",
            sqlite_where=sa.text("union_code IS NOT NULL"),
            postgresql_where=sa.text("union_code IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_recipient_key"))
        batch_op.drop_index(
            "ix_recipient_closed",
            sqlite_where=sa.text("revision_to IS NOT NULL"),
            postgresql_where=sa.text("revision_to IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_recipient_block_tail"))
        batch_op.drop_index(batch_op.f("ix_recipient_block"))

    op.drop_table("recipient")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_batch_id"))

    op.drop_table("problem")
    with op.batch_alter_table("list_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_check_batch_id"))

    op.drop_table("list_check")
    with op.batch_alter_table("held_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_row_batch_id"))

    op.drop_table("held_row")
    with op.batch_alter_table("declared_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declared_figure_batch_id"))

    op.drop_table("declared_figure")
    with op.batch_alter_table("batch_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_result_batch_id"))

    op.drop_table("batch_result")
    op.drop_table("source_content")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_import_batch_fingerprint_live",
            sqlite_where=sa.text("revision_to IS NULL"),
            postgresql_where=sa.text("revision_to IS NULL"),
        )

    op.drop_table("import_batch")
    with op.batch_alter_table("award_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_round_decision_no"))

    op.drop_table("award_round")
    op.drop_table("union_body")
    op.drop_table("source_document")
    op.drop_table("registry_user")
    op.drop_table("region_change")
    op.drop_table("region")
    op.drop_table("name_gram")
    op.drop_table("name_part")
    with op.batch_alter_table("finding_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_note_finding_key"))

    op.drop_table("finding_note")
    op.drop_table("export_log")
    op.drop_table("closed_year")
    op.drop_table("award_title")
    op.drop_table("award_kind")
    op.drop_table("audit_entry")
