"""Another staff number for somebody. Everything else points to the person's id: their history stays with them."""

from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput
from qualify.services.authorization import Actor, UnitOfWork, acting, authorize
from qualify.services.context import Context, reads
from qualify.services.people.directory import known
from qualify.storage import people
from qualify.storage.personal import ERASED
from qualify.storage.tables import Person
from qualify.texts import staff_number


class Renumbering(NamedTuple):
    """Somebody as they are known so far, and the staff number that they get."""

    person: Person
    new: str


def renumber(context: Context, actor: Actor, old: str, new: str) -> None:
    """Give the person with the staff number `old` the number `new`. Raises Forbidden, NotFound for an unknown number,
    or InvalidInput that says why the new one can't be theirs."""
    with acting(context, actor) as work:
        people.lock_admins(work.connection)  # two at once could each find the number free, or somebody by their old one
        work.authorize(Permission.CHANGE_PEOPLE)
        renumber_within(work, old, new)


@reads
def check_number(context: Context, actor: Actor, old: str, new: str) -> Renumbering:
    """What `renumber` would do; raises what it raises."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.CHANGE_PEOPLE)
        return _checked(connection, old, new)


def renumber_within(work: UnitOfWork, old: str, new: str) -> Person:
    """The same inside another intention, a list of people for example, which has asked whether the actor may; returns
    the person with their new number. Raises NotFound and InvalidInput."""
    person, new = _checked(work.connection, old, new)
    people.renumber(work.connection, person, new)
    work.keep("renumber", "person", person.id, before={"staff_no": person.staff_no}, after={"staff_no": new})
    return person.model_copy(update={"staff_no": new})


def _checked(connection: Connection, old: str, new: str) -> Renumbering:
    person, new = known(connection, old.strip()), read_number(new)
    if new == person.staff_no:
        raise InvalidInput("error-staff-no-same", name=person.name, staff_no=new)
    holder = people.by_staff_no(connection, new)
    if holder is not None:
        raise InvalidInput("error-staff-no-taken", name=holder.name, staff_no=new)
    return Renumbering(person, new)


def read_number(text: str) -> str:
    """A staff number that somebody may have, as it is kept. Raises InvalidInput for an empty one and for one that is
    kept for people who were erased."""
    number = staff_number(text)
    if not number:
        raise InvalidInput("error-staff-no-empty")
    if number.casefold().startswith(ERASED):
        raise InvalidInput("error-staff-no-reserved", given=ERASED)
    return number
