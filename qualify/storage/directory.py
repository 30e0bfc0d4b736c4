"""Looking people up: a page of the list, somebody by a part of what is known, and what one of them has to do with."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, func, select
from sqlmodel import col

from qualify.access import Role
from qualify.storage.columns import fixed
from qualify.storage.names import called
from qualify.storage.rows import as_object, count_some
from qualify.storage.tables import Assessment, Person, PersonRole, Review
from qualify.workflow import ReviewState


def page(connection: Connection, first_id: int | None, most: int) -> list[Person]:
    """Up to `most` people by staff number, from this one on, or from the first. People who were erased are left out."""
    since = [] if first_id is None else [col(Person.staff_no) >= _staff_no(first_id)]
    statement = select(Person.__table__).where(_here, *since)  # type: ignore[attr-defined]
    return _people(connection, statement.order_by(col(Person.staff_no)).limit(most))


def before(connection: Connection, first_id: int, most: int) -> list[Person]:
    """Up to `most` people before this one, the last one first."""
    statement = select(Person.__table__).where(_here, col(Person.staff_no) < _staff_no(first_id))  # type: ignore[attr-defined]
    return _people(connection, statement.order_by(col(Person.staff_no).desc()).limit(most))


def count(connection: Connection) -> int:
    """How many people there are; of very many only `rows.MOST_COUNTED`."""
    return count_some(connection, _here)


def with_role(
    connection: Connection, role: Role, first_id: int | None, most: int, *, back: bool = False, but: Iterable[int] = ()
) -> list[Person]:
    """Up to `most` of the active people with the role by staff number, from this one on; or those before this one, the
    last one first. Without those in `but`."""
    number = col(Person.staff_no)
    has_role = exists().where(col(PersonRole.person_id) == col(Person.id), col(PersonRole.role) == role.value)
    conditions: list[Any] = [_here, col(Person.active), has_role, col(Person.id).not_in(list(but))]
    if first_id is not None:
        conditions.append(number < _staff_no(first_id) if back else number >= _staff_no(first_id))
    statement = select(Person.__table__).where(*conditions)  # type: ignore[attr-defined]
    return _people(connection, statement.order_by(number.desc() if back else number).limit(most))


_here = col(Person.erased_at).is_(None)


def _staff_no(person_id: int) -> Any:
    """The staff number, before all others for somebody unknown or erased."""
    known = Person.__table__.alias("known")  # type: ignore[attr-defined]
    found = select(known.c.staff_no).where(known.c.id == person_id, known.c.erased_at.is_(None))
    return func.coalesce(found.scalar_subquery(), "")


def _people(connection: Connection, statement: Select[Any]) -> list[Person]:
    return [as_object(Person, row._mapping) for row in connection.execute(statement)]


def count_owed(connection: Connection, person_id: int) -> int:
    """How many reviews the person owes."""
    owed = col(Review.assessor_id) == person_id, col(Review.state) == fixed(ReviewState.OPEN)
    return connection.execute(select(func.count(col(Review.id))).where(*owed)).scalar_one()


def newest_assessments(connection: Connection, subject_id: int, most: int) -> list[Assessment]:
    """The person's assessments, the newest first."""
    statement = select(Assessment.__table__).where(col(Assessment.subject_id) == subject_id)  # type: ignore[attr-defined]
    rows = connection.execute(statement.order_by(col(Assessment.id).desc()).limit(most))
    return [as_object(Assessment, row._mapping) for row in rows]


class AssessedPerson(NamedTuple):
    """The person whom an assessment is about."""

    id: int
    name: str


def subjects(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, AssessedPerson]:
    """The assessments' subjects, by assessment."""
    statement = (
        select(col(Assessment.id), col(Assessment.subject_id), called().label("name"))
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .where(col(Assessment.id).in_(set(assessment_ids)))
    )
    return {row.id: AssessedPerson(row.subject_id, row.name) for row in connection.execute(statement)}
