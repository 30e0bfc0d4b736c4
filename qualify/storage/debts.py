"""What is owed, as reminders see it: narrow rows, one for each open review."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, exists, func, select, tuple_
from sqlmodel import col

from qualify.storage.assessments import DuePlace
from qualify.storage.columns import fixed
from qualify.storage.names import called
from qualify.storage.reviews import may_rate
from qualify.storage.rows import MOST_COUNTED, count_some
from qualify.storage.tables import Assessment, Notice, NoticeKind, Person, Review
from qualify.workflow import Part, ReviewState


class Debt(NamedTuple):
    """An open review: who owes it, about whom, until when, and when they were last told that it is theirs to do."""

    assessor_id: int
    assessor: str
    subject_id: int
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
        called(_assessor),
        _subject.c.id,
        called(_subject),
        col(Review.part),
        col(Review.due_date),
        func.coalesce(_told_at, col(Assessment.opened_at)),
    )
    .join(Assessment, col(Assessment.id) == col(Review.assessment_id))
    .join(_subject, _subject.c.id == col(Assessment.subject_id))
    .join(_assessor, _assessor.c.id == col(Review.assessor_id))
    .where(_is_open, may_rate(_assessor), _subject.c.active | col(Assessment.kept_on))
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
    """The people who owe a review whose due date has passed."""
    statement = select(col(Review.assessor_id)).where(_is_open, col(Review.due_date) < today)
    return set(connection.execute(statement).scalars())


class Debtor(NamedTuple):
    """Somebody who owes reviews, and when the most urgent of them is due: that is the place among all who owe some."""

    place: DuePlace
    person_id: int


def debtors(
    connection: Connection, *, since: DuePlace | None = None, before: DuePlace | None = None, most: int
) -> list[Debtor]:
    """Up to `most` people who owe something, from a place on, the one with the most urgent review first; or those
    before a place, the last one first. Open reviews are read in their order, and no further than needed."""
    earlier = Review.__table__.alias("earlier")  # type: ignore[attr-defined]
    order = col(Review.due_date), col(Review.id)
    is_more_urgent = exists().where(
        earlier.c.assessor_id == col(Review.assessor_id),
        earlier.c.state == fixed(ReviewState.OPEN),
        tuple_(earlier.c.due_date, earlier.c.id) < tuple_(*order),
    )
    statement = select(*order, col(Review.assessor_id)).where(_is_open, ~is_more_urgent).limit(most)
    if since is not None:
        statement = statement.where(tuple_(*order) >= since.literal())
    if before is not None:
        statement = statement.where(tuple_(*order) < before.literal())
    ordered = statement.order_by(*(order if before is None else (column.desc() for column in order)))
    rows: Sequence[Any] = connection.execute(ordered).all()
    return [Debtor(DuePlace(row[0], row[1]), row[2]) for row in rows]


class OwedTotals(NamedTuple):
    """How many reviews are owed, how many of them are late, and by how many people; no more than `MOST_COUNTED`."""

    reviews: int
    late_reviews: int
    late_people: int


def totals(connection: Connection, today: date) -> OwedTotals:
    """The totals of all open reviews."""
    is_late = _is_open, col(Review.due_date) < today
    order = col(Review.due_date), col(Review.id)
    late = select(col(Review.assessor_id)).where(*is_late).order_by(*order).limit(MOST_COUNTED).subquery()
    counted = select(func.count(), func.count(late.c.assessor_id.distinct())).select_from(late)
    late_reviews, late_people = connection.execute(counted).one()
    return OwedTotals(count_some(connection, _is_open), late_reviews, late_people)


def count_of(connection: Connection, person_ids: Iterable[int]) -> dict[int, int]:
    """How many open reviews each of these people has."""
    theirs = _is_open, col(Review.assessor_id).in_(list(person_ids))
    counted = select(col(Review.assessor_id), func.count()).where(*theirs).group_by(col(Review.assessor_id))
    return {row[0]: row[1] for row in connection.execute(counted)}


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
