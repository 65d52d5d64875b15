"""${message}

Revision: ${up_revision}
Revises: ${down_revision | comma,n}

Rules: every constraint is named; text is sa.Text; a data step has a test with rows in place; a batch
migration of a parent table runs with foreign keys off (the runner does this) and never drops rows.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
