"""Nothing lost: what an update did is stored with what it did, and what waits to be handled is kept.

What a message gave was known by its number, which begins anew with every bot; now it is known by its update. Evidence
is still read by its review: the index that the lost constraint was comes back by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ONCE = "uq_evidence_review_id_message_id"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "inbox",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", moment, nullable=False),
        sa.Column("claimed_until", moment, nullable=True),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("set_aside_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name="pk_inbox"),
    )
    op.create_table(
        "effect",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("asked", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default=sa.text("'null'"), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", "step", name="pk_effect"),
    )
    op.create_index("ix_effect_at", "effect", ["at"])
    for column in ("unsure", "faults"):
        op.add_column("notice", sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    refused = sa.text("outcome = 'refused'")
    op.create_index(
        *("ix_notice_refused", "notice", ["sent_at", "outcome"]),
        sqlite_where=refused,
        postgresql_where=refused,
    )
    op.drop_index("ix_entry_person_id_message_id", "entry")
    op.drop_column("entry", "message_id")
    op.add_column("entry", sa.Column("update_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("evidence") as evidence:
        evidence.drop_constraint(ONCE, type_="unique")
        evidence.drop_column("message_id")
    op.create_index("ix_evidence_review_id", "evidence", ["review_id"])


def downgrade() -> None:
    op.drop_index("ix_evidence_review_id", "evidence")
    op.add_column("evidence", sa.Column("message_id", sa.BigInteger(), nullable=True))
    op.execute("UPDATE evidence SET message_id = -id")  # no message has such a number
    with op.batch_alter_table("evidence") as evidence:
        evidence.alter_column("message_id", existing_type=sa.BigInteger(), nullable=False)
        evidence.create_unique_constraint(ONCE, ["review_id", "message_id"])
    op.drop_column("entry", "update_id")
    op.add_column("entry", sa.Column("message_id", sa.BigInteger(), nullable=True))
    where = sa.text("message_id IS NOT NULL")
    op.create_index(
        *("ix_entry_person_id_message_id", "entry", ["person_id", "message_id"]),
        sqlite_where=where,
        postgresql_where=where,
    )
    op.drop_index("ix_notice_refused", "notice")
    for column in ("faults", "unsure"):
        op.drop_column("notice", column)
    op.drop_index("ix_effect_at", "effect")
    op.drop_table("effect")
    op.drop_table("inbox")
