"""An account may fill in one form of each kind: a standard that is tried no longer takes an opening form's place."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

IS_TRIAL = "content LIKE '{\"trial\":%'"


def upgrade() -> None:
    op.execute(f"DELETE FROM draft WHERE {IS_TRIAL}")  # whoever tries a standard begins anew; a form stays
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("kind", sa.String(), server_default=sa.text("'opening'"), nullable=False))
        draft.drop_constraint("pk_draft", type_="primary")
        draft.create_primary_key("pk_draft", ["telegram_id", "kind"])


def downgrade() -> None:
    op.execute("DELETE FROM draft WHERE kind <> 'opening'")
    with op.batch_alter_table("draft") as draft:
        draft.drop_constraint("pk_draft", type_="primary")
        draft.create_primary_key("pk_draft", ["telegram_id"])
        draft.drop_column("kind")
