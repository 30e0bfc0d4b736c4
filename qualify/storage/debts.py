"""What is owed, as reminders see it: narrow rows, one for each open review."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, case, func, select
from sqlmodel import col

from qualify.storage.columns import fixed
from qualify.storage.reviews import may_rate
from qualify.storage.tables import Assessment, Notice, NoticeKind, Person, Review
from qualify.workflow import Part, ReviewState


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
_is_open = col(Review.state) == fixed(ReviewState.OPEN)
_owed = (
    select(
        col(Review.assessor_id),
        _assessor.c.name,
        _subject.c.name,
        col(Review.part),
        col(Review.due_date),
        func.coalesce(_told_at, col(Assessment.opened_at)),
    )
    .join(Assessment, col(Assessment.id) == col(Review.assessment_id))
    .join(_subject, _subject.c.id == col(Assessment.subject_id))
    .join(_assessor, _assessor.c.id == col(Review.assessor_id))
    .where(_is_open, may_rate(_assessor))
    .order_by(col(Review.due_date), col(Review.id))
)


def days(connection: Connection) -> list[date]:
    """The days on which open reviews are due. Jumps from day to day, however many are due on each."""
    first = select(func.min(col(Review.due_date)).label("day")).where(_is_open)
    found = first.cte("days", recursive=True)
    following = select(func.min(col(Review.due_date))).where(_is_open, col(Review.due_date) > found.c.day)
    found = found.union_all(select(following.correlate(found).scalar_subquery()).where(found.c.day.is_not(None)))
    return list(connection.execute(select(found.c.day).where(found.c.day.is_not(None))).scalars())


def due_on(connection: Connection, days: Iterable[date]) -> list[Debt]:
    """Every open review of somebody who may rate that is due on one of these days, by due date."""
    statement = _owed.where(col(Review.due_date).in_(sorted(days)))
    return [Debt._make(row) for row in connection.execute(statement)]


def due_until(connection: Connection, day: date) -> list[Debt]:
    """Every open review of somebody who may rate that is due on this day or before, by due date."""
    return [Debt._make(row) for row in connection.execute(_owed.where(col(Review.due_date) <= day))]


def owing(connection: Connection, person_ids: Iterable[int]) -> set[int]:
    """Those of the people who owe a review that they may do."""
    theirs = (_is_open, col(Review.assessor_id).in_(sorted(set(person_ids))), may_rate(_assessor))
    statement = select(col(Review.assessor_id)).join(_assessor, _assessor.c.id == col(Review.assessor_id))
    return set(connection.execute(statement.where(*theirs)).scalars())


def late(connection: Connection, today: date) -> set[int]:
    """Who owes a review whose due date has passed."""
    statement = select(col(Review.assessor_id)).where(_is_open, col(Review.due_date) < today)
    return set(connection.execute(statement).scalars())


class Debtor(NamedTuple):
    """Somebody who owes reviews: how many, and how many of them are late."""

    person_id: int
    reviews: int
    late: int


class OwedTotals(NamedTuple):
    """How many people owe how many reviews, and how many of each are late."""

    people: int
    reviews: int
    late_people: int
    late_reviews: int


def debtors(connection: Connection, today: date, first: int, most: int) -> tuple[list[Debtor], OwedTotals]:
    """Up to `most` of those who owe something, from the one numbered `first` on, who owes the most urgent review first;
    and the totals of all, nothing where `first` is too high. Reads an index of what is open and nothing else."""
    is_late = case((col(Review.due_date) < today, 1), else_=0)
    grouped = (
        select(
            col(Review.assessor_id).label("person_id"),
            func.count().label("reviews"),
            func.sum(is_late).label("late"),
            func.min(col(Review.due_date)).label("due"),
        )
        .where(_is_open)
        .group_by(col(Review.assessor_id))
        .cte("debtor")
    )
    columns = grouped.c
    totals = (
        func.count().over(),
        func.sum(columns.reviews).over(),
        func.sum(case((columns.late > 0, 1), else_=0)).over(),
        func.sum(columns.late).over(),
    )
    shown: Select[Any] = select(columns.person_id, columns.reviews, columns.late, *totals)
    ordered = shown.order_by(columns.due, columns.person_id)
    rows = connection.execute(ordered.offset(first).limit(most)).all()
    return [Debtor._make(row[:3]) for row in rows], OwedTotals._make(map(int, rows[0][3:]) if rows else (0, 0, 0, 0))


def most_urgent(connection: Connection, person_ids: Iterable[int], most: int) -> list[int]:
    """Up to `most` open reviews of each of these people, by due date."""
    numbered = (
        select(
            col(Review.id),
            col(Review.due_date),
            func.row_number()
            .over(partition_by=col(Review.assessor_id), order_by=(col(Review.due_date), col(Review.id)))
            .label("number"),
        )
        .where(_is_open, col(Review.assessor_id).in_(list(person_ids)))
        .subquery()
    )
    first = select(numbered.c.id).where(numbered.c.number <= most).order_by(numbered.c.due_date, numbered.c.id)
    return list(connection.execute(first).scalars())
