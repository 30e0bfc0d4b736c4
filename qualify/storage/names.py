"""How somebody is called where one of several people is chosen or judged: a name that another active person bears as
well carries the department, or where they share that too the staff number. 张伟（政企客户部）.

Part of the statement that reads the name, so it costs by what is shown; frozen figures and the person's own screens
have the plain name.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, case, exists, select
from sqlmodel import col

from qualify.storage.columns import fixed
from qualify.storage.tables import Person

PERSON = Person.__table__  # type: ignore[attr-defined]


def called(person: Any = PERSON) -> Any:
    """The column for it, of `person`: the table of people, or an alias of it."""
    who = person.c
    other: Any = PERSON.alias()
    namesake = exists().where(other.c.name == who.name, other.c.active, other.c.id != who.id)
    colleague = namesake.where(other.c.department == who.department)
    aside = case((who.department == fixed(""), who.staff_no), (colleague, who.staff_no), else_=who.department)
    return case((namesake, who.name + fixed("（") + aside + fixed("）")), else_=who.name)


def told_apart(connection: Connection, people: Sequence[Person]) -> list[Person]:
    """The same people, named as they are called; for showing, never for storing."""
    statement = select(col(Person.id), called()).where(col(Person.id).in_([person.id for person in people]))
    names: dict[int, str] = {row[0]: row[1] for row in connection.execute(statement)} if people else {}
    return [person.model_copy(update={"name": names.get(person.id, person.name)}) for person in people]
