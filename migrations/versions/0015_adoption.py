"""From which day new assessments are made by which version of a standard."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("converts", sa.Boolean(), nullable=False),
        sa.Column("converted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_adoption_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_adoption"),
    )
    op.create_index("ix_adoption_standard", "adoption", ["standard", "id"])
    op.create_index(
        "ix_adoption_waiting",
        "adoption",
        ["since", "id"],
        sqlite_where=sa.text("converts = 1 AND converted_at IS NULL"),
        postgresql_where=sa.text("converts AND converted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("adoption")
