"""Looking people up, for administrators: a page of the list, somebody by a part of what is known, one person's card."""

import unicodedata
from typing import NamedTuple

from sqlalchemy.exc import NoResultFound

from qualify.access import Action, Role
from qualify.errors import NotFound
from qualify.services.actors import Actor, authorize
from qualify.services.context import Context, reads
from qualify.storage import directory, people
from qualify.storage.people import Who
from qualify.storage.tables import Assessment, Person

NEWEST = 3
"""How many assessments a card names."""


class Page(NamedTuple):
    """Some of the people who match, each with whether they have joined, and how many match."""

    people: list[tuple[Person, bool]]
    total: int


class Card(NamedTuple):
    """What an administrator sees of one person; `account` is None for one who hasn't joined."""

    person: Person
    roles: frozenset[Role]
    account: Who | None
    owed: int
    newest: list[Assessment]


@reads
def page(context: Context, actor: Actor, words: str = "", *, first: int = 0, most: int, active: bool = False) -> Page:
    """Up to `most` people by staff number whose staff number, name or department contains `words`; all without words.
    Whoever left is among them unless `active`.

    Raises Forbidden.
    """
    wanted = unicodedata.normalize("NFKC", words).strip()  # wide letters and digits are as good as narrow ones
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        found = directory.matching(connection, wanted, max(first, 0), most, active=active)
        return Page(found, directory.count(connection, wanted, active=active))


@reads
def count_away(context: Context, actor: Actor) -> int:
    """How many active people haven't joined. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        return people.count_away(connection)


@reads
def card(context: Context, actor: Actor, person_id: int) -> Card:
    """Everything about one person; assessments whose standard is gone are left out.

    Raises Forbidden, or NotFound for somebody unknown or erased.
    """
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
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
        )


@reads
def administrators(context: Context) -> list[Who]:
    """The accounts of the active administrators who have joined."""
    with context.database.reading() as connection:
        admins = people.with_role(connection, Role.ADMIN)
        return list(people.accounts_of(connection, admins).values())


@reads
def joined(context: Context) -> list[Who]:
    """Everybody's accounts, for the sandbox, which knows no others' phones after a restart."""
    with context.database.reading() as connection:
        return people.all_accounts(connection)
