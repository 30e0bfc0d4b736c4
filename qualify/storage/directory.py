"""Looking people up: a page of the list, somebody by a part of what is known, and what one of them has to do with."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select
from sqlmodel import col

from qualify.life import ReviewState
from qualify.storage.tables import Account, Assessment, Person, Review


def matching(
    connection: Connection, words: str, first: int, most: int, *, active: bool = False
) -> list[tuple[Person, bool]]:
    """Up to `most` people whose staff number, name or department contains `words`, from the one numbered `first` on, by
    staff number; with whether they have joined. Whoever was erased is nobody any more; who left counts unless `active`.
    """
    joined = col(Account.telegram_id).is_not(None).label("joined")
    statement = (
        select(*Person.__table__.c, joined)  # type: ignore[attr-defined]
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .where(*_matches(words, active=active))
        .order_by(col(Person.staff_no))
        .offset(first)
        .limit(most)
    )
    return [(_person(row), bool(row.joined)) for row in connection.execute(statement)]


def count(connection: Connection, words: str, *, active: bool = False) -> int:
    """How many people match."""
    matching = _matches(words, active=active)
    return connection.execute(select(func.count(col(Person.id))).where(*matching)).scalar_one()


def _matches(words: str, *, active: bool) -> list[Any]:
    conditions: list[Any] = [col(Person.erased_at).is_(None)]
    if active:
        conditions.append(col(Person.active))
    if words:
        columns = (col(Person.staff_no), col(Person.name), col(Person.department))
        conditions.append(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    return conditions


def _person(row: Any) -> Person:
    return Person(**{name: value for name, value in row._mapping.items() if name != "joined"})


def count_owed(connection: Connection, person_id: int) -> int:
    """How many reviews the person owes."""
    owed = col(Review.assessor_id) == person_id, col(Review.state) == ReviewState.OPEN
    return connection.execute(select(func.count(col(Review.id))).where(*owed)).scalar_one()


def newest_assessments(connection: Connection, subject_id: int, most: int) -> list[Assessment]:
    """The person's assessments, the newest first."""
    statement = select(Assessment.__table__).where(col(Assessment.subject_id) == subject_id)  # type: ignore[attr-defined]
    rows = connection.execute(statement.order_by(col(Assessment.id).desc()).limit(most))
    return [Assessment(**row._mapping) for row in rows]


class Subject(NamedTuple):
    """Whom an assessment is about."""

    id: int
    name: str


def subjects(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, Subject]:
    """The assessments' subjects, by assessment."""
    statement = (
        select(col(Assessment.id), col(Assessment.subject_id), col(Person.name))
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .where(col(Assessment.id).in_(set(assessment_ids)))
    )
    return {row.id: Subject(row.subject_id, row.name) for row in connection.execute(statement)}
