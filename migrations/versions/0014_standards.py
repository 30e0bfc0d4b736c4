"""Standards from workbooks: drafts and released versions in the database."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standard_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("structure", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name="fk_standard_version_changed_by"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_standard_version_asked_by"),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name="fk_standard_version_signed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_standard_version"),
        sa.UniqueConstraint("standard", "version", name="uq_standard_version_standard_version"),
    )


def downgrade() -> None:
    op.drop_table("standard_version")
