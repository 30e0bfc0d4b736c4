"""Careful steps: the digest that a new one takes the place of is known by its message, and what one person is owed at
the same moment is found together; an appeal is drafted from words and files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXTS = ("text", "file_id", "file_name")


def upgrade() -> None:
    _look_at("look_at", "person_id", "id")
    op.add_column("account", sa.Column("digest_id", sa.BigInteger(), nullable=True))

    op.add_column("appeal", sa.Column("proofs", sa.Integer(), nullable=False, server_default="0"))
    words = [sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False) for name in TEXTS]
    op.create_table(
        "appeal_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *words,
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name="fk_appeal_proof_result_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal_proof"),
    )
    op.create_index("ix_appeal_proof_result_id", "appeal_proof", ["result_id"])


def downgrade() -> None:
    op.drop_table("appeal_proof")
    op.drop_column("appeal", "proofs")
    op.drop_column("account", "digest_id")
    _look_at("look_at", "id")


def _look_at(*columns: str) -> None:
    """Make the index of what a sender looks at anew, with these columns."""
    op.drop_index("ix_notice_look_at", "notice")
    owed = sa.text("look_at IS NOT NULL")
    op.create_index("ix_notice_look_at", "notice", list(columns), sqlite_where=owed, postgresql_where=owed)
