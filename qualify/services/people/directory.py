"""Looking people up, for administrators: a page of the list, somebody by a part of what is known, one person's card."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound

from qualify.access import Permission, Role
from qualify.errors import NotFound
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.storage import directory, finding, names, people, search
from qualify.storage.people import Who
from qualify.storage.search import Matching
from qualify.storage.tables import Assessment, Person

NEWEST = 3
"""How many assessments a card names."""
MOST_MATCHES = 100
"""How many matches are counted; among more than that, people are found by typing more of the name."""


class PeoplePage(NamedTuple):
    """Some of the people, how many there are and how many of them haven't joined. A page is named by the person it
    begins with: `before` and `after` are those of the pages around it, 0 the very first."""

    people: list[Person]
    total: int
    not_joined: int
    before: int | None
    after: int | None


class Card(NamedTuple):
    """What an administrator sees of one person; `account` is None for one who hasn't joined, `owed` counts open
    reviews, `assessed` all assessments about them."""

    person: Person
    roles: frozenset[Role]
    account: Who | None
    owed: int
    newest: list[Assessment]
    assessed: int
    manager: Person | None


@reads
def page(context: Context, actor: Actor, first_id: int = 0, *, most: int) -> PeoplePage:
    """Up to `most` people by staff number, those who left among them, beginning with the person `first_id`, or with the
    first one for 0. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
        found = directory.page(connection, first_id or None, most + 1)
        earlier = directory.before(connection, found[0].id, most) if first_id and found else []
        total, not_joined = directory.count(connection), people.count_not_joined(connection)
    before = None if not earlier else earlier[-1].id if len(earlier) == most else 0
    return PeoplePage(found[:most], total, not_joined, before, found[most].id if len(found) > most else None)


@reads
def find(context: Context, actor: Actor, words: str, *, most: int, active: bool = False) -> Matching:
    """Up to `most` people by staff number whose staff number, name or department contains `words`. People who left are
    among them unless `active`. Of very many only some are looked at. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
        return search.matching(connection, words, most, active=active, limit=MOST_MATCHES)


@reads
def count_not_joined(context: Context, actor: Actor) -> int:
    """How many active people haven't joined. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
        return people.count_not_joined(connection)


@reads
def card(context: Context, actor: Actor, person_id: int) -> Card:
    """Everything about one person; assessments whose standard is gone are left out.

    Raises Forbidden, or NotFound for somebody unknown or erased.
    """
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
        try:
            person = people.by_id(connection, person_id)
        except NoResultFound:
            raise NotFound("error-person-gone") from None
        if person.erased_at is not None:
            raise NotFound("error-person-gone")
        newest = directory.newest_assessments(connection, person_id, NEWEST)
        return Card(
            person,
            people.roles_of(connection, person_id),
            people.accounts_of(connection, [person_id]).get(person_id),
            directory.count_owed(connection, person_id),
            [each for each in newest if context.has_standard(each.standard, each.version, each.structure)],
            finding.count_of(connection, person_id),
            None if person.manager_id is None else people.by_id(connection, person.manager_id),
        )


@reads
def administrators(context: Context) -> list[Who]:
    """The accounts of the active administrators who have joined."""
    with context.database.reading() as connection:
        admins = people.with_role(connection, Role.ADMIN)
        return list(people.accounts_of(connection, admins).values())


@reads
def joined(context: Context) -> list[Who]:
    """The accounts of everybody who has joined, for the sandbox, which knows no other phones after a restart."""
    with context.database.reading() as connection:
        return people.all_accounts(connection)


def person(connection: Connection, staff_no: str, *, active: bool = True) -> Person:
    """The person with this staff number, who hasn't left unless `active` is False. Raises NotFound."""
    found = people.by_staff_no(connection, staff_no)
    if found is None or (active and not found.active):
        raise NotFound("error-person-unknown", staff_no=staff_no)
    return found


@reads
def listed(context: Context, actor: Actor) -> list[tuple[Person, frozenset[Role], bool]]:
    """Everybody who wasn't erased, with roles and whether they have joined. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
        return [each for each in people.all_people(connection) if each[0].erased_at is None]


def known(connection: Connection, staff_no: str) -> Person:
    """The person with this staff number, who may have left but wasn't erased. Raises NotFound."""
    person = people.by_staff_no(connection, staff_no)
    if person is None or person.erased_at is not None:
        raise NotFound("error-staff-no-unknown", staff_no=staff_no)
    return person


@reads
def departments(context: Context, actor: Actor) -> list[str]:
    """The names of all departments with active people, in order. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
        return people.departments(connection)


@reads
def counted(context: Context, actor: Actor, departments: Sequence[str]) -> list[tuple[str, int]]:
    """These departments, each with how many active people it has. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PEOPLE)
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
        authorize(connection, actor, Permission.SEE_PEOPLE)
        found = directory.with_role(connection, Role.ASSESSOR, first_id or None, most + 1, but=but)
        earlier = []
        if first_id and found:
            earlier = directory.with_role(connection, Role.ASSESSOR, found[0].id, most, back=True, but=but)
        shown = names.told_apart(connection, found[:most])
    before = None if not earlier else earlier[-1].id if len(earlier) == most else 0
    return AssessorPage(shown, before, found[most].id if len(found) > most else None)
