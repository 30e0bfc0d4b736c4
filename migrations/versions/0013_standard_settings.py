"""An organisation's own settings beside the released standards."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standard_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("structure", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_standard_settings_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_standard_settings"),
        sa.UniqueConstraint("standard", "version", "number", name="uq_standard_settings_standard_version_number"),
        sa.UniqueConstraint("structure", name="uq_standard_settings_structure"),
    )
    op.create_index("ix_standard_settings_begun", "standard_settings", ["standard", "version", "valid_from", "number"])


def downgrade() -> None:
    """What was opened with settings can't be read by the release before: finish it first."""
    op.drop_table("standard_settings")
