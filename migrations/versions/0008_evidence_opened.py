"""Evidence can be opened, edited and taken back: a file keeps its name, a note the message it came with. And everything
is found again: assessments by state and standard in the order of their numbers, people by department, reviews by who
handed them in.

What was sent before this release has no message that an edit could find; it is opened like everything else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


INDEXES = {
    "ix_assessment_state_id": ("assessment", ["state", "id"]),
    "ix_assessment_standard_id": ("assessment", ["standard", "id"]),
    "ix_assessment_standard_state_id": ("assessment", ["standard", "state", "id"]),
    "ix_person_department": ("person", ["department"]),
    "ix_evidence_message_id": ("evidence", ["message_id", "bot_id"]),
}
SUBMITTED = "ix_review_submitted_by"


def upgrade() -> None:
    columns = (
        sa.Column("file_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("earlier", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
    )
    for column in columns:
        op.add_column("evidence", column)
    op.add_column("account", sa.Column("sought", sa.Text(), server_default=sa.text("''"), nullable=False))
    for name, (table, indexed) in INDEXES.items():
        op.create_index(name, table, indexed)
    submitted = sa.text("state = 'submitted'")
    op.create_index(
        *(SUBMITTED, "review", ["assessor_id", "id", "state"]), sqlite_where=submitted, postgresql_where=submitted
    )


def downgrade() -> None:
    # The release before knows nothing that was taken back: it would show it again.
    op.execute("UPDATE evidence SET text = '', file_id = '' WHERE taken_back_at IS NOT NULL")
    op.drop_index(SUBMITTED, "review")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_column("account", "sought")
    for column in ("taken_back_at", "earlier", "message_id", "bot_id", "file_name"):
        op.drop_column("evidence", column)
