"""Careful steps: the digest that a new one takes the place of is known by its message, and what one person is owed at
the same moment is found together."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _look_at("look_at", "person_id", "id")
    op.add_column("account", sa.Column("digest_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "digest_id")
    _look_at("look_at", "id")


def _look_at(*columns: str) -> None:
    """Make the index of what a sender looks at anew, with these columns."""
    op.drop_index("ix_notice_look_at", "notice")
    owed = sa.text("look_at IS NOT NULL")
    op.create_index("ix_notice_look_at", "notice", list(columns), sqlite_where=owed, postgresql_where=owed)
