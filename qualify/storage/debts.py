"""What is owed, as reminders see it: narrow rows, one for each open review."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from qualify.life import Part, ReviewState
from qualify.storage.reviews import may_rate
from qualify.storage.tables import Assessment, Notice, NoticeKind, Person, Review


class Debt(NamedTuple):
    """An open review: who owes it, about whom, until when, and when they were last told that it is theirs to do."""

    assessor_id: int
    assessor: str
    subject: str
    part: str
    due: date
    told_at: datetime

    @property
    def is_own(self) -> bool:
        """Whether it is a self-assessment."""
        return self.part == Part.SELF


_subject = Person.__table__.alias("subject")  # type: ignore[attr-defined]
_assessor = Person.__table__.alias("assessor")  # type: ignore[attr-defined]
_told_at = (
    select(func.max(col(Notice.due_at)))
    .where(
        col(Notice.person_id) == col(Review.assessor_id),
        col(Notice.kind).in_([NoticeKind.REVIEW.value, NoticeKind.RETURNED.value]),
        col(Notice.reference) == col(Review.id),
    )
    .correlate(Review)
    .scalar_subquery()
)
_all_open = (
    select(
        col(Review.assessor_id),
        _assessor.c.name,
        _subject.c.name,
        col(Review.part),
        col(Assessment.due_date),
        func.coalesce(_told_at, col(Assessment.opened_at)),
    )
    .join(Assessment, col(Assessment.id) == col(Review.assessment_id))
    .join(_subject, _subject.c.id == col(Assessment.subject_id))
    .join(_assessor, _assessor.c.id == col(Review.assessor_id))
    .where(col(Review.state) == ReviewState.OPEN, may_rate(_assessor))
    .order_by(col(Assessment.due_date), col(Review.id))
)


def all_open(connection: Connection) -> list[Debt]:
    """Every open review of somebody who may rate, by due date."""
    return [Debt._make(row) for row in connection.execute(_all_open)]
