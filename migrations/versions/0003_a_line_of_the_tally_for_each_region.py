"""A line of the tally for each award and region, with its years

Revision: 0003
Revises: 0002

Rules: every constraint is named; text is sa.Text; a data step has a test with rows in place; a batch
migration of a parent table runs with foreign keys off (the runner does this) and never drops rows.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AT_ONCE = 5_000


def upgrade() -> None:
    op.drop_table("recognition_tally")
    lines = op.create_table(
        "recognition_tally",
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tier", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("system", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("region_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("years", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "tier", "system", "region_id", name=op.f("pk_recognition_tally")),
        sqlite_with_rowid=False,
    )
    made = made_from_rows()
    while some := list(islice(made, AT_ONCE)):
        op.bulk_insert(lines, some)


def made_from_rows() -> Iterator[dict[str, Any]]:
    cells = op.get_bind().execute(
        sa.text(
            "SELECT kind, tier, system, region_id, year_from, year_to, count(*) FROM recognition "
            "WHERE revision_to IS NULL GROUP BY kind, tier, system, region_id, year_from, year_to "
            "ORDER BY kind, tier, system, region_id, year_from, year_to"
        ),
        execution_options={"yield_per": AT_ONCE},
    )
    for (kind, tier, system, region), found in groupby(cells, lambda cell: tuple(cell[:4])):
        numbers = [(f"{first}" if first == last else f"{first}-{last}", n) for *_, first, last, n in found]
        yield {
            "kind": kind, "tier": tier, "system": system, "region_id": region or 0,
            "number": sum(n for _years, n in numbers),
            "years": " ".join(f"{years}:{n}" for years, n in numbers),
        }  # fmt: skip


def downgrade() -> None:
    op.drop_table("recognition_tally")
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
