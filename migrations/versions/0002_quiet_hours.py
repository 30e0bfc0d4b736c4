"""When an account wants to be left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("quiet_from", sa.Integer(), nullable=True))
    op.add_column("account", sa.Column("quiet_until", sa.Integer(), nullable=True))
    op.add_column("account", sa.Column("weekends", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "weekends")
    op.drop_column("account", "quiet_until")
    op.drop_column("account", "quiet_from")
