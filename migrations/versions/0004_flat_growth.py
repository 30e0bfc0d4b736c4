"""Flat growth: what lists, counts, searches, rankings and the clock need is kept where an index finds it.

A batch becomes a row, and the notice of one names it: before, it named one of the batch's reviews, and what belonged
together was told by equal moments. The ranking of assessments without a result is left to be worked out from the lists
of scores: only a standard knows how (gap NULL).
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LONGEST_WORD = 24
YEAR = {
    "sqlite": "CAST(strftime('%Y', {of}.application_date) AS INTEGER)",
    "postgresql": "CAST(extract(year FROM {of}.application_date) AS INTEGER)",
}
COMPOSITE = {
    "sqlite": "json_extract(figures, '$.composite')",
    "postgresql": "CAST(CAST(figures AS json) ->> 'composite' AS numeric)",
}
BATCHES = """
SELECT DISTINCT assessment.opened_at, assessment.standard, assessment.level FROM notice
JOIN review ON review.id = notice.reference JOIN assessment ON assessment.id = review.assessment_id
WHERE notice.kind = 'reviews'
"""
# Two steps over negative numbers: a notice may get the number that another one of the same person still has.
RENAME = "UPDATE notice SET reference = -({new}) WHERE kind = 'reviews'"
POSITIVE = "UPDATE notice SET reference = -reference WHERE kind = 'reviews' AND reference < 0"
ITS_BATCH = (
    "SELECT batch_id FROM assessment JOIN review ON review.assessment_id = assessment.id"
    " WHERE review.id = notice.reference"
)
ITS_FIRST_REVIEW = (
    "SELECT min(review.id) FROM review JOIN assessment ON assessment.id = review.assessment_id"
    " WHERE assessment.batch_id = notice.reference AND review.assessor_id = notice.person_id"
)
INDEXES = (
    ("ix_person_department_staff_no", "person", ["department", "staff_no"], "active = 1", "active"),
    ("ix_person_here", "person", ["staff_no", "erased_at"], "erased_at IS NULL", None),
    (
        *("ix_person_away", "person", ["department", "staff_no", "active", "joined"]),
        *("active = 1 AND joined = 0", "active AND NOT joined"),
    ),
    ("ix_person_search_person_id", "person_search", ["person_id"], None, None),
    ("ix_person_role_role_person_id", "person_role", ["role", "person_id"], None, None),
    ("ix_assessment_state_due_date_id", "assessment", ["state", "due_date", "id"], None, None),
    ("ix_assessment_batch_id", "assessment", ["batch_id"], None, None),
    (
        *("ix_candidate_place", "candidate"),
        ["standard", "level", "year", "gap", "application_date", "assessment_id", "is_last"],
        *("is_last = 1", "is_last"),
    ),
    ("ix_candidate_person_id", "candidate", ["person_id"], None, None),
    ("ix_candidate_unknown", "candidate", ["assessment_id"], "gap IS NULL", None),
    ("ix_review_owed_by", "review", ["assessor_id", "due_date", "id", "state"], "state = 'open'", None),
    ("ix_review_owed", "review", ["due_date", "id", "assessor_id", "state"], "state = 'open'", None),
    ("ix_result_valid_until", "result", ["valid_until", "assessment_id"], "expired = 0", "NOT expired"),
    ("ix_appeal_waiting", "appeal", ["id"], "answered_at IS NULL", None),
    ("ix_audit_person_id", "audit", ["person_id"], None, None),
    ("ix_notice_look_at", "notice", ["look_at", "id"], "look_at IS NOT NULL", None),
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _create_tables()
    _add_columns()
    _number_batches()
    op.execute(RENAME.format(new=ITS_BATCH))
    op.execute(POSITIVE)
    op.execute("UPDATE person SET joined = EXISTS (SELECT 1 FROM account WHERE account.person_id = person.id)")
    op.execute("UPDATE review SET due_date = (SELECT due_date FROM assessment WHERE id = review.assessment_id)")
    op.execute(
        "UPDATE result SET expired = true WHERE assessment_id IN (SELECT id FROM assessment WHERE state = 'expired')"
    )
    op.execute("UPDATE notice SET look_at = coalesce(claimed_until, due_at) WHERE sent_at IS NULL")
    op.execute(_candidates(dialect))
    _find_by_words()
    op.drop_index("ix_notice_due", "notice")
    for name, table, columns, condition, on_postgresql in INDEXES:
        where = {"sqlite_where": condition, "postgresql_where": on_postgresql or condition} if condition else {}
        op.create_index(name, table, columns, **{key: sa.text(value) for key, value in where.items()})


def _create_tables() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_table(
        "candidate",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("application_date", sa.Date(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=True),
        sa.Column("is_last", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_candidate_assessment_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_candidate_person_id"),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_candidate"),
    )
    op.create_table(
        "person_search",
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_search_person_id"),
        sa.PrimaryKeyConstraint("word", "person_id", name="pk_person_search"),
        sqlite_with_rowid=False,
    )


def _add_columns() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("joined", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("review", sa.Column("due_date", sa.Date(), nullable=True))
    op.add_column("result", sa.Column("expired", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("notice", sa.Column("look_at", moment, nullable=True))
    named = "CONSTRAINT fk_assessment_batch_id REFERENCES batch(id)"  # Alembic adds none to a table of SQLite
    op.execute(f"ALTER TABLE assessment ADD COLUMN batch_id INTEGER {named}")


def _number_batches() -> None:
    """One row for each batch that somebody was or is to be told of, and its number in its assessments."""
    connection = op.get_bind()
    batch = sa.table("batch", sa.column("id", sa.Integer), sa.column("opened_at", sa.DateTime(timezone=True)))
    assessment = sa.table(
        "assessment",
        sa.column("batch_id", sa.Integer),
        sa.column("opened_at", sa.DateTime(timezone=True)),
        sa.column("standard", sa.String),
        sa.column("level", sa.String),
    )
    found = sa.text(BATCHES).columns(sa.column("opened_at", sa.DateTime(timezone=True)), assessment.c.standard)
    for number, (opened_at, standard, level) in enumerate(connection.execute(found).all(), start=1):
        connection.execute(sa.insert(batch).values(id=number, opened_at=opened_at))
        alike = (assessment.c.opened_at == opened_at, assessment.c.standard == standard, assessment.c.level == level)
        connection.execute(sa.update(assessment).where(*alike).values(batch_id=number))
    if connection.dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('batch', 'id'), (SELECT max(id) FROM batch))")


def _candidates(dialect: str) -> str:
    """Everybody's assessments that weren't withdrawn, with the composite of the newest result where there is one."""
    year, later = YEAR[dialect].format(of="assessment"), YEAR[dialect].format(of="later")
    composite = COMPOSITE[dialect]
    return f"""
    INSERT INTO candidate (assessment_id, person_id, standard, level, year, application_date, gap, is_last)
    SELECT assessment.id, subject_id, standard, level, {year}, application_date,
        (SELECT coalesce(1000 - CAST(round({composite} * 10) AS INTEGER), 1001)
            FROM result WHERE assessment_id = assessment.id ORDER BY result.id DESC LIMIT 1),
        NOT EXISTS (SELECT 1 FROM assessment AS later WHERE later.subject_id = assessment.subject_id
            AND later.standard = assessment.standard AND later.level = assessment.level
            AND {later} = {year} AND later.state <> 'withdrawn'
            AND (later.application_date, later.id) > (assessment.application_date, assessment.id))
    FROM assessment WHERE state <> 'withdrawn'
    """


def _find_by_words() -> None:
    """Every ending of everybody's staff number, name and department."""
    connection = op.get_bind()
    people = connection.execute(
        sa.text("SELECT id, staff_no, name, department FROM person WHERE erased_at IS NULL ORDER BY id")
    ).all()
    words = [
        {"word": word, "person_id": person_id}
        for person_id, *texts in people
        for word in sorted({text[start:][:LONGEST_WORD] for text in map(_folded, texts) for start in range(len(text))})
    ]
    if words:
        connection.execute(sa.text("INSERT INTO person_search (word, person_id) VALUES (:word, :person_id)"), words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def downgrade() -> None:
    for name, table, *_ in reversed(INDEXES):
        op.drop_index(name, table)
    op.create_index("ix_notice_due", "notice", ["sent_at", "due_at"])
    op.execute(RENAME.format(new=ITS_FIRST_REVIEW))
    op.execute(POSITIVE)
    for table, column in (
        ("assessment", "batch_id"),
        ("notice", "look_at"),
        ("result", "expired"),
        ("review", "due_date"),
        ("person", "joined"),
    ):
        op.drop_column(table, column)
    for table in ("person_search", "candidate", "batch"):
        op.drop_table(table)
