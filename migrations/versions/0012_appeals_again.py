"""Each published result may be appealed by itself; before, an assessment could be appealed once whatever became of it.

The way back keeps the last appeal of each assessment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OF_ASSESSMENT, OF_RESULT = "uq_appeal_assessment_id", "uq_appeal_result_id"
WAITING = "ix_appeal_waiting"


def upgrade() -> None:
    op.drop_index(WAITING, "appeal")
    with op.batch_alter_table("appeal") as appeal:
        appeal.drop_constraint(OF_ASSESSMENT, type_="unique")
        appeal.create_unique_constraint(OF_RESULT, ["result_id"])
    op.create_index("ix_appeal_assessment_id", "appeal", ["assessment_id"])
    _index_waiting()


def downgrade() -> None:
    op.execute("DELETE FROM appeal WHERE id NOT IN (SELECT max(id) FROM appeal GROUP BY assessment_id)")
    op.drop_index(WAITING, "appeal")
    op.drop_index("ix_appeal_assessment_id", "appeal")
    with op.batch_alter_table("appeal") as appeal:
        appeal.drop_constraint(OF_RESULT, type_="unique")
        appeal.create_unique_constraint(OF_ASSESSMENT, ["assessment_id"])
    _index_waiting()


def _index_waiting() -> None:
    waits = sa.text("answered_at IS NULL")
    op.create_index(WAITING, "appeal", ["id"], sqlite_where=waits, postgresql_where=waits)
