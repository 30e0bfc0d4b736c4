"""Around the review: the life of an assessment, signatures, appeals, self-assessments, the audit log, drafts.

What was completed before had reached the employee at once: those results are published, with no appeal left.

The way back loses what the older release knows nothing of: signatures, appeals, the log, self-assessments, reviews that
were withdrawn. There every result is its employee's at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PUBLISH = {
    "sqlite": "UPDATE result SET published_at = at, appeal_until = at,"  # the 29th of February has no 29th to go to
    " valid_until = min(date(at, '+24 months'), date(at, 'start of month', '+25 months', '-1 day'))",
    "postgresql": "UPDATE result SET published_at = at, appeal_until = at,"
    " valid_until = (at AT TIME ZONE 'UTC' + interval '24 months')::date",
}
# The log refuses to be rewritten, whoever asks.
REFUSE = {
    "sqlite": (
        "CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_never_rewritten BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    ),
}
UNKNOWN = "(SELECT id FROM review WHERE part = 'self' OR state = 'withdrawn')"
FORGET = (
    f"UPDATE account SET review_id = NULL WHERE review_id IN {UNKNOWN}",
    f"DELETE FROM entry WHERE review_id IN {UNKNOWN}",
    f"DELETE FROM evidence WHERE review_id IN {UNKNOWN}",
    f"DELETE FROM notice WHERE kind = 'review' AND reference IN {UNKNOWN}",
    "DELETE FROM notice WHERE kind NOT IN ('result', 'review', 'reminder', 'overdue')",
    f"DELETE FROM review WHERE id IN {UNKNOWN}",
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _add_columns()
    op.execute("UPDATE assessment SET state = 'published' WHERE state = 'completed'")
    op.execute(  # withdrawn, before the way back that made it completed
        "UPDATE assessment SET state = 'withdrawn' WHERE state = 'published' AND NOT EXISTS"
        " (SELECT 1 FROM result WHERE result.assessment_id = assessment.id)"
    )
    op.execute(
        "UPDATE assessment SET state = 'in_progress' WHERE state = 'open' AND EXISTS (SELECT 1 FROM entry"
        " JOIN review ON review.id = entry.review_id WHERE review.assessment_id = assessment.id)"
    )
    op.execute(
        "UPDATE review SET part = 'member' WHERE id > (SELECT min(first.id) FROM review AS first"
        " WHERE first.assessment_id = review.assessment_id)"
    )
    op.execute("UPDATE assessment SET sign_off = false")
    op.execute(PUBLISH[dialect])
    _create_tables()
    for statement in REFUSE[dialect]:
        op.execute(statement)


def _add_columns() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("erased_at", moment, nullable=True))
    op.add_column("account", sa.Column("timezone", sa.String(), nullable=True))
    op.add_column("account", sa.Column("asked", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("assessment", sa.Column("sign_off", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("review", sa.Column("part", sa.String(), nullable=False, server_default="lead"))
    op.add_column("review", sa.Column("returned", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("result", sa.Column("own", sa.Text(), nullable=False, server_default=sa.text("'{}'")))
    op.add_column("result", sa.Column("published_at", moment, nullable=True))
    op.add_column("result", sa.Column("appeal_until", moment, nullable=True))
    op.add_column("result", sa.Column("valid_until", sa.Date(), nullable=True))


def _create_tables() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "signature",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name="fk_signature_result_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_signature_person_id"),
        sa.PrimaryKeyConstraint("result_id", name="pk_signature"),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_appeal_assessment_id"),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name="fk_appeal_result_id"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name="fk_appeal_answered_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
        sa.UniqueConstraint("assessment_id", name="uq_appeal_assessment_id"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("after", sa.Text(), nullable=False, server_default=sa.text("'{}'")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_audit_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_record", "audit", ["record", "record_id"])
    op.create_table(
        "draft",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["telegram_id"], ["account.telegram_id"], name="fk_draft_telegram_id"),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_draft"),
    )


def downgrade() -> None:
    op.drop_table("draft")
    op.drop_index("ix_audit_record", "audit")
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only()")
    op.drop_table("appeal")
    op.drop_table("signature")
    for statement in FORGET:
        op.execute(statement)
    op.execute("UPDATE assessment SET state = 'open' WHERE state IN ('in_progress', 'returned')")
    op.execute("UPDATE assessment SET state = 'completed' WHERE state <> 'open'")
    for table, columns in (
        ("result", ("valid_until", "appeal_until", "published_at", "own")),
        ("review", ("returned", "part")),
        ("assessment", ("sign_off",)),
        ("account", ("asked", "timezone")),
        ("person", ("erased_at",)),
    ):
        for column in columns:
            op.drop_column(table, column)
