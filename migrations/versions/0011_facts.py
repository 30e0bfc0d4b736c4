"""Facts of an assessment: what an applicant brings, which paper a score is from, what a signer settled. A review keeps
which steps were answered ahead of its frontier.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("hired_on", sa.Date(), nullable=True))
    op.add_column("person", _words("appraisals", "[]"))
    op.add_column("assessment", _words("exception"))
    op.add_column("entry", _words("ahead"))
    op.add_column("exam_score", sa.Column("level", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _words("subject"),
        _words("value"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_settlement_assessment_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_settlement_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_settlement"),
    )
    op.create_index("ix_settlement_assessment_id", "settlement", ["assessment_id", "id"])


def downgrade() -> None:
    op.drop_table("settlement")
    op.drop_column("exam_score", "level")
    op.drop_column("entry", "ahead")
    op.drop_column("assessment", "exception")
    op.drop_column("person", "appraisals")
    op.drop_column("person", "hired_on")


def _words(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=sa.text(f"'{default}'"), nullable=False)
