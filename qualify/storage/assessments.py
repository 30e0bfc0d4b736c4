"""Assessments, who rates in them, and exam scores."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, insert, select, update
from sqlmodel import col

from qualify.life import UNFINISHED, AssessmentState, Part, ReviewState
from qualify.storage.database import insert_or, new_id
from qualify.storage.tables import Assessment, ExamScore, Person, Review

SCORE_KEY = ("person_id", "standard", "subject", "taken_on")


def add(connection: Connection, assessment: Assessment) -> int:
    """Store a new assessment; its id."""
    added = connection.execute(insert(Assessment).values(**assessment.model_dump(exclude={"id"})))
    return new_id(added)


def add_review(connection: Connection, review: Review) -> int:
    """Assign an assessor, or the employee themselves; the review's id."""
    return new_id(connection.execute(insert(Review).values(**review.model_dump(exclude={"id"}))))


def get(connection: Connection, assessment_id: int, *, lock: bool = False) -> Assessment | None:
    """The assessment; `lock` keeps other writers away until the transaction ends."""
    statement = select(Assessment.__table__).where(col(Assessment.id) == assessment_id)  # type: ignore[attr-defined]
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return None if row is None else Assessment(**row._mapping)


def in_parts(connection: Connection, most: int) -> Iterator[list[int]]:
    """The numbers of all assessments in their order, at most so many at a time."""
    last = 0
    ids = select(col(Assessment.id)).order_by(col(Assessment.id)).limit(most)
    while part := list(connection.execute(ids.where(col(Assessment.id) > last)).scalars()):
        last = part[-1]
        yield part


def with_subjects(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, tuple[Assessment, Person]]:
    """The assessments with whom they are about, by id."""
    persons = Person.__table__.c  # type: ignore[attr-defined]
    statement = (
        select(*Assessment.__table__.c, *(column.label(f"person_{column.name}") for column in persons))  # type: ignore[attr-defined]
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .where(col(Assessment.id).in_(set(assessment_ids)))
    )
    return {
        assessment.id: (assessment, person) for assessment, person in map(_with_person, connection.execute(statement))
    }


def _with_person(row: Any) -> tuple[Assessment, Person]:
    values = dict(row._mapping)
    columns = Person.__table__.c  # type: ignore[attr-defined]
    person = {column.name: values.pop(f"person_{column.name}") for column in columns}
    return Assessment(**values), Person(**person)


def change(connection: Connection, assessment_id: int, **values: object) -> None:
    """Change the assessment's state or its due date."""
    connection.execute(update(Assessment).where(col(Assessment.id) == assessment_id).values(**values))


def move(connection: Connection, assessment_id: int, before: AssessmentState, after: AssessmentState) -> bool:
    """Change the state if it still is `before`; whether it was."""
    found = col(Assessment.id) == assessment_id, col(Assessment.state) == before.value
    return connection.execute(update(Assessment).where(*found).values(state=after.value)).rowcount == 1


def unfinished_of(connection: Connection, subject_ids: Iterable[int], standard: str) -> set[int]:
    """Those of the people who have an assessment by this standard that isn't finished."""
    statement = select(col(Assessment.subject_id)).where(
        col(Assessment.subject_id).in_(set(subject_ids)),
        col(Assessment.standard) == standard,
        col(Assessment.state).in_([state.value for state in UNFINISHED]),
    )
    return set(connection.execute(statement).scalars())


class Listed(NamedTuple):
    """One line of the list of assessments."""

    id: int
    standard: str
    version: int
    level: str
    subject_id: int
    subject: str
    staff_no: str
    due_date: date
    state: str
    reviews: int
    submitted: int


COUNTED = and_(
    col(Review.assessment_id) == col(Assessment.id),
    col(Review.state) != ReviewState.WITHDRAWN,
    col(Review.part) != Part.SELF,
)


def listed(connection: Connection, states: Iterable[AssessmentState] | None = None) -> list[Listed]:
    """All assessments (in one of the states) by due date, with how many of their assessors' reviews are in."""
    statement = (
        select(
            col(Assessment.id),
            col(Assessment.standard),
            col(Assessment.version),
            col(Assessment.level),
            col(Assessment.subject_id),
            col(Person.name),
            col(Person.staff_no),
            col(Assessment.due_date),
            col(Assessment.state),
            func.count(col(Review.id)),
            func.count(col(Review.submitted_at)),
        )
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .outerjoin(Review, COUNTED)
        .group_by(col(Assessment.id), col(Person.name), col(Person.staff_no))
        .order_by(col(Assessment.due_date), col(Assessment.id))
    )
    if states is not None:
        statement = statement.where(col(Assessment.state).in_([state.value for state in states]))
    return [Listed._make(row) for row in connection.execute(statement)]


def candidates(
    connection: Connection, standard: str, level: str, since: date, until: date
) -> list[tuple[Assessment, Person]]:
    """Who applied for a level from `since` to `until`, both in, the earliest first, without what was withdrawn."""
    persons = Person.__table__.c  # type: ignore[attr-defined]
    statement = (
        select(*Assessment.__table__.c, *(column.label(f"person_{column.name}") for column in persons))  # type: ignore[attr-defined]
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .where(
            col(Assessment.standard) == standard,
            col(Assessment.level) == level,
            col(Assessment.application_date).between(since, until),
            col(Assessment.state) != AssessmentState.WITHDRAWN,
        )
        .order_by(col(Assessment.application_date), col(Assessment.id))
    )
    return [_with_person(row) for row in connection.execute(statement)]


def save_exam_scores(connection: Connection, scores: Iterable[ExamScore]) -> None:
    """Store scores; a second list of the same day corrects the first."""
    for score in scores:
        given = insert_or(connection, ExamScore).values(**score.model_dump(exclude={"id"}))
        connection.execute(given.on_conflict_do_update(index_elements=SCORE_KEY, set_={"score": given.excluded.score}))


def replaced_by(connection: Connection, score: ExamScore) -> Decimal | None:
    """What the list of that day said before about the same person and subject."""
    same = [col(getattr(ExamScore, name)) == getattr(score, name) for name in SCORE_KEY]
    return connection.execute(select(col(ExamScore.score)).where(*same)).scalar()


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
