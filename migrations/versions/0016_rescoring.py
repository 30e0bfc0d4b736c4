"""What waits to be scored again after a list, and how far the conversion of running assessments is."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rescoring",
        sa.Column("assessment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_rescoring_assessment_id"),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name="fk_rescoring_audit_id"),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_rescoring"),
    )
    op.create_index("ix_rescoring_due_at", "rescoring", ["due_at", "assessment_id"])
    with op.batch_alter_table("adoption") as table:
        table.add_column(sa.Column("converted_until", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("adoption") as table:
        table.drop_column("converted_until")
    op.drop_table("rescoring")
