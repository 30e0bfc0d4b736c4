"""The people whom somebody leads, or who belong to a department, and their newest published results."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from qualify.storage.rows import as_object, count_some
from qualify.storage.tables import Assessment, Person, StoredResult
from qualify.workflow import UNFINISHED


class Team(NamedTuple):
    """The active people led by this person, or else those of the department."""

    manager_id: int | None
    department: str = ""

    @property
    def members(self) -> tuple[Any, ...]:
        """The conditions on people."""
        if self.manager_id is not None:
            return col(Person.manager_id) == self.manager_id, col(Person.active)
        return col(Person.department) == self.department, col(Person.active)


def members(connection: Connection, team: Team, first_id: int | None, most: int, *, back: bool = False) -> list[Person]:
    """Up to `most` of the team by staff number, from this person on; or those before them, the last one first."""
    number = col(Person.staff_no)
    conditions = [*team.members, *_from(first_id, back=back)]
    statement = select(Person.__table__).where(*conditions)  # type: ignore[attr-defined]
    found = connection.execute(statement.order_by(number.desc() if back else number).limit(most))
    return [as_object(Person, row._mapping) for row in found]


def _from(first_id: int | None, *, back: bool) -> list[Any]:
    if first_id is None:
        return []
    known = Person.__table__.alias("known")  # type: ignore[attr-defined]
    first = func.coalesce(select(known.c.staff_no).where(known.c.id == first_id).scalar_subquery(), "")
    return [col(Person.staff_no) < first if back else col(Person.staff_no) >= first]


def count(connection: Connection, team: Team) -> int:
    """How many people the team has; of very many only `rows.MOST_COUNTED`."""
    return count_some(connection, *team.members)


def newest_results(connection: Connection, person_ids: Collection[int]) -> dict[int, StoredResult]:
    """Each person's newest published result, of those who have one."""
    return _newest(connection, col(StoredResult.subject_id).in_(person_ids))


def results_by_standard(
    connection: Connection, person_ids: Collection[int], standard: str, level: str
) -> dict[int, StoredResult]:
    """Each person's newest published result of this standard and level, of those who have one."""
    where = col(StoredResult.standard) == standard, col(StoredResult.level) == level
    return _newest(connection, col(StoredResult.subject_id).in_(person_ids), *where)


def _newest(connection: Connection, *conditions: Any) -> dict[int, StoredResult]:
    newest = select(func.max(col(StoredResult.id))).where(*conditions, _published).group_by(StoredResult.subject_id)  # type: ignore[arg-type]
    ids = list(connection.execute(newest).scalars())
    statement = select(StoredResult.__table__).where(col(StoredResult.id).in_(ids))  # type: ignore[attr-defined]
    return {row.subject_id: as_object(StoredResult, row._mapping) for row in connection.execute(statement)}


_published = col(StoredResult.published_at).is_not(None)


def pictures(connection: Connection, team: Team) -> list[tuple[str, str, int]]:
    """The standards and levels by which somebody in the team has a published result, and how many people have one."""
    statement = (
        select(
            col(StoredResult.standard),
            col(StoredResult.level),
            func.count(func.distinct(col(StoredResult.subject_id))),
        )
        .join(Person, col(Person.id) == col(StoredResult.subject_id))
        .where(*team.members, _published)
        .group_by(col(StoredResult.standard), col(StoredResult.level))
        .order_by(col(StoredResult.standard), col(StoredResult.level))
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def rated(connection: Connection, team: Team, standard: str, level: str, *, page: int, most: int) -> list[Person]:
    """A page (from 0) of those in the team who have a published result of this standard and level, by staff number;
    one more than `most`, if there are more."""
    has_one = (
        select(col(StoredResult.id))
        .where(
            col(StoredResult.subject_id) == col(Person.id),
            col(StoredResult.standard) == standard,
            col(StoredResult.level) == level,
            _published,
        )
        .exists()
    )
    statement = select(Person.__table__).where(*team.members, has_one)  # type: ignore[attr-defined]
    found = connection.execute(statement.order_by(col(Person.staff_no)).offset(page * most).limit(most + 1))
    return [as_object(Person, row._mapping) for row in found]


def under_way(connection: Connection, person_ids: Collection[int]) -> list[Assessment]:
    """The assessments about these people that aren't over yet, the first due first."""
    states = [state.value for state in UNFINISHED]
    wanted = col(Assessment.subject_id).in_(person_ids), col(Assessment.state).in_(states)
    statement = select(Assessment.__table__).where(*wanted)  # type: ignore[attr-defined]
    found = connection.execute(statement.order_by(col(Assessment.due_date), col(Assessment.id)))
    return [as_object(Assessment, row._mapping) for row in found]
