"""People change: a link that brings another account to somebody who has joined, namesakes found by an index,
and what was decided about an assessment whose subject has left."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invite", sa.Column("moves", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("assessment", sa.Column("kept_on", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        *("ix_person_name", "person", ["name", "active"]),
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )


def downgrade() -> None:
    op.drop_index("ix_person_name", "person")
    op.drop_column("assessment", "kept_on")
    op.drop_column("invite", "moves")
