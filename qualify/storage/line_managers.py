"""Who leads whom: everybody has at most one manager, another person, and nobody is above themselves."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from qualify.storage import search
from qualify.storage.rows import batches
from qualify.storage.tables import Person, PersonSearch

_Manager = aliased(Person)


def above(connection: Connection, staff_numbers: Collection[str]) -> dict[str, str]:
    """The manager's staff number, or "", of each of these people who are known; by staff number."""
    statement: Any = select(col(Person.staff_no), col(_Manager.staff_no).label("manager")).outerjoin(
        _Manager, col(_Manager.id) == col(Person.manager_id)
    )
    return {
        row.staff_no: row.manager or ""
        for some in batches(staff_numbers)
        for row in connection.execute(statement.where(col(Person.staff_no).in_(some), col(Person.erased_at).is_(None)))
    }


def called(connection: Connection, names: Collection[str]) -> dict[str, set[str]]:
    """The staff numbers of those who bear each name, by name; found by the index of words."""
    words = {search.folded(name)[: search.LONGEST_WORD] for name in names}
    statement = (
        select(col(Person.name), col(Person.staff_no))
        .join(PersonSearch, col(PersonSearch.person_id) == col(Person.id))
        .where(col(Person.erased_at).is_(None))
    )
    found: dict[str, set[str]] = {}
    for some in batches(words):
        for name, staff_no in connection.execute(statement.where(col(PersonSearch.word).in_(some))):
            if name in names:
                found.setdefault(name, set()).add(staff_no)
    return found


def set_managers(connection: Connection, managers: dict[int, str]) -> None:
    """Give each person the manager with this staff number, or none for ""."""
    manager_id = select(col(_Manager.id)).where(col(_Manager.staff_no) == bindparam("manager")).scalar_subquery()
    change = update(Person).where(col(Person.id) == bindparam("person")).values(manager_id=manager_id)
    if managers:
        rows = [{"person": key, "manager": staff_no} for key, staff_no in managers.items()]
        connection.execute(change, rows)


def has_reports(connection: Connection, manager_id: int) -> bool:
    """Whether the person leads anybody who is here."""
    theirs = select(col(Person.id)).where(col(Person.manager_id) == manager_id, col(Person.active))
    return connection.execute(theirs.limit(1)).first() is not None


def managers(connection: Connection) -> list[int]:
    """Everybody who leads somebody who is here."""
    leading = select(col(Person.manager_id)).where(col(Person.manager_id).is_not(None), col(Person.active))
    return [each for each in connection.execute(leading.distinct()).scalars() if each is not None]
