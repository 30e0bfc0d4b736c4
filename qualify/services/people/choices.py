"""What an administrator can choose from when assessments are opened or reassigned: departments and assessors."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from qualify.access import Action, Role
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.storage import directory, people
from qualify.storage.tables import Person


@reads
def departments(context: Context, actor: Actor) -> list[str]:
    """Every department by name."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        return people.departments(connection)


@reads
def counted(context: Context, actor: Actor, departments: Sequence[str]) -> list[tuple[str, int]]:
    """These departments, each with how many active people it has."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        found = people.count_in(connection, departments)
    return [(name, found.get(name, 0)) for name in departments]


class AssessorPage(NamedTuple):
    """Some assessors. A page is named by the person it begins with: `before` and `after` are those of the pages around
    it, 0 the very first."""

    people: list[Person]
    before: int | None
    after: int | None


@reads
def assessors(
    context: Context, actor: Actor, first_id: int = 0, *, but: Collection[int] = (), most: int
) -> AssessorPage:
    """Up to `most` of the active assessors by staff number, beginning with the person `first_id`, or with the first one
    for 0; without those in `but`. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        found = directory.with_role(connection, Role.ASSESSOR, first_id or None, most + 1, but=but)
        earlier = []
        if first_id and found:
            earlier = directory.with_role(connection, Role.ASSESSOR, found[0].id, most, back=True, but=but)
    before = None if not earlier else earlier[-1].id if len(earlier) == most else 0
    return AssessorPage(found[:most], before, found[most].id if len(found) > most else None)
