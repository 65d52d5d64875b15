"""A tally of the live recognitions, for counts

Revision: 0002
Revises: 0001

Rules: every constraint is named; text is sa.Text; a data step has a test with rows in place; a batch
migration of a parent table runs with foreign keys off (the runner does this) and never drops rows.
"""

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recognition_tally",
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tier", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("system", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("region_id", ID, autoincrement=False, nullable=False),
        sa.Column("year_from", ID, autoincrement=False, nullable=False),
        sa.Column("year_to", ID, autoincrement=False, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "tier", "system", "region_id", "year_from", "year_to", name=op.f("pk_recognition_tally")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO recognition_tally (kind, tier, system, region_id, year_from, year_to, number) "
        "SELECT kind, tier, system, COALESCE(region_id, 0), year_from, year_to, count(*) FROM recognition "
        "WHERE revision_to IS NULL GROUP BY kind, tier, system, region_id, year_from, year_to"
    )


def downgrade() -> None:
    op.drop_table("recognition_tally")
