"""What an administrator can choose from when assessments are opened or reassigned: departments and assessors."""

from qualify.access import Action, Role
from qualify.services.actors import Actor, authorize
from qualify.services.context import Context, reads
from qualify.storage import people
from qualify.storage.tables import Person


@reads
def departments(context: Context, actor: Actor) -> list[tuple[str, int]]:
    """Every department by name, with how many active people it has."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        return people.departments(connection)


@reads
def assessors(context: Context, actor: Actor) -> list[Person]:
    """The active people with the assessor role, by staff number."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        found = people.by_ids(connection, people.with_role(connection, Role.ASSESSOR)).values()
        return sorted(found, key=lambda person: person.staff_no)
