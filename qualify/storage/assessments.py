"""Assessments, exam scores and frozen results."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update
from sqlmodel import col

from qualify.storage.database import insert_or, new_id
from qualify.storage.tables import Assessment, AssessmentState, ExamScore, Person, Review, ReviewState, StoredResult


def add(connection: Connection, assessment: Assessment) -> int:
    """Store a new assessment; its id."""
    added = connection.execute(insert(Assessment).values(**assessment.model_dump(exclude={"id"})))
    return new_id(added)


def add_review(connection: Connection, assessment_id: int, assessor_id: int, weight: Decimal) -> int:
    """Assign an assessor; the review's id."""
    added = connection.execute(
        insert(Review).values(
            assessment_id=assessment_id, assessor_id=assessor_id, weight=weight, state=ReviewState.OPEN
        )
    )
    return new_id(added)


def get(connection: Connection, assessment_id: int, *, lock: bool = False) -> Assessment | None:
    """The assessment; `lock` keeps other writers away until the transaction ends."""
    statement = select(Assessment.__table__).where(col(Assessment.id) == assessment_id)  # type: ignore[attr-defined]
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return None if row is None else Assessment(**row._mapping)


def complete(connection: Connection, assessment_id: int) -> None:
    """All reviews are in."""
    connection.execute(
        update(Assessment).where(col(Assessment.id) == assessment_id).values(state=AssessmentState.COMPLETED)
    )


class Listed(NamedTuple):
    """One line of the list of assessments."""

    id: int
    standard: str
    version: int
    level: str
    subject: str
    staff_no: str
    due_date: date
    state: str
    reviews: int
    submitted: int


def listed(connection: Connection) -> list[Listed]:
    """All assessments by due date, with how many of their reviews are in."""
    statement = (
        select(
            col(Assessment.id),
            col(Assessment.standard),
            col(Assessment.version),
            col(Assessment.level),
            col(Person.name),
            col(Person.staff_no),
            col(Assessment.due_date),
            col(Assessment.state),
            func.count(col(Review.id)),
            func.count(col(Review.submitted_at)),
        )
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .outerjoin(Review, col(Review.assessment_id) == col(Assessment.id))
        .group_by(col(Assessment.id), col(Person.name), col(Person.staff_no))
        .order_by(col(Assessment.due_date), col(Assessment.id))
    )
    return [Listed._make(row) for row in connection.execute(statement)]


def save_exam_scores(connection: Connection, scores: Iterable[ExamScore]) -> None:
    """Store scores; a second list of the same day corrects the first."""
    for score in scores:
        given = insert_or(connection, ExamScore).values(**score.model_dump(exclude={"id"}))
        key = ("person_id", "standard", "subject", "taken_on")
        connection.execute(given.on_conflict_do_update(index_elements=key, set_={"score": given.excluded.score}))


def exam_scores(connection: Connection, person_id: int, standard: str, until: date) -> dict[str, Decimal]:
    """The person's latest score in each subject, taken on or before `until`."""
    rows = connection.execute(
        select(col(ExamScore.subject), col(ExamScore.score))
        .where(
            col(ExamScore.person_id) == person_id,
            col(ExamScore.standard) == standard,
            col(ExamScore.taken_on) <= until,
        )
        .order_by(col(ExamScore.taken_on))
    )
    return {row.subject: row.score for row in rows}


def add_result(connection: Connection, result: StoredResult) -> int:
    """Freeze a result; its id."""
    added = connection.execute(insert(StoredResult).values(**result.model_dump(exclude={"id"})))
    return new_id(added)


def result(connection: Connection, result_id: int) -> StoredResult | None:
    """One result."""
    return _result(connection, col(StoredResult.id) == result_id)


def latest_result(connection: Connection, subject_id: int) -> StoredResult | None:
    """The person's newest result."""
    return _result(connection, col(StoredResult.subject_id) == subject_id)


def result_of(connection: Connection, assessment_id: int) -> StoredResult | None:
    """The newest result of an assessment."""
    return _result(connection, col(StoredResult.assessment_id) == assessment_id)


def _result(connection: Connection, condition: object) -> StoredResult | None:
    statement = select(StoredResult.__table__).where(condition).order_by(col(StoredResult.id).desc())  # type: ignore
    row = connection.execute(statement.limit(1)).first()
    return None if row is None else StoredResult(**row._mapping)


class PastResult(NamedTuple):
    """One line of a person's history."""

    id: int
    standard: str
    version: int
    level: str
    at: datetime


def history(connection: Connection, subject_id: int, limit: int = 50) -> list[PastResult]:
    """The person's results, newest first, as narrow rows."""
    statement = (
        select(
            col(StoredResult.id),
            col(StoredResult.standard),
            col(StoredResult.version),
            col(StoredResult.level),
            col(StoredResult.at),
        )
        .where(col(StoredResult.subject_id) == subject_id)
        .order_by(col(StoredResult.id).desc())
        .limit(limit)
    )
    return [PastResult._make(row) for row in connection.execute(statement)]
