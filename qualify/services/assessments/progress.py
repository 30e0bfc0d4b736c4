"""Who owes which reviews, reminding them of these, and how many assessments wait in each state."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.dialogue import plan
from qualify.services.authorization import Actor, Viewer, authorize
from qualify.services.context import Context, reads
from qualify.services.notices.digests import minute_of
from qualify.standard import Standard
from qualify.storage import assessments, debts, names, notices, people, reviews
from qualify.storage.assessments import FIRST, DuePlace
from qualify.storage.debts import OwedTotals
from qualify.storage.notices import Owed
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import NoticeKind, Person
from qualify.visibility import sees_names
from qualify.workflow import AssessmentState


class Owing(NamedTuple):
    """One review that is owed: by whom, about whom, until when, and how far it is (0…100 %)."""

    row: ReviewRow
    assessor: Person
    standard: Standard
    percent: int
    joined: bool


@reads
def owed(context: Context, actor: Actor) -> list[Owing]:
    """Every open review by due date; those whose standard is gone are left out. Raises Forbidden."""
    with context.database.reading() as connection:
        viewer = authorize(connection, actor, Permission.SEE_PROGRESS)
        return _owing(context, connection, viewer, reviews.open_rows(connection))


def _owing(context: Context, connection: Connection, viewer: Viewer, rows: Sequence[ReviewRow]) -> list[Owing]:
    """The rows with whom they name, without those that would name somebody whom the viewer isn't to know."""
    persons = _by_ids(connection, [row.assessor_id for row in rows])
    hide_assessors = context.rules.hide_assessors
    found = []
    for row in rows:
        is_named = row.is_own or sees_names(
            viewer.roles, viewer.relation(row.subject_id), hide_assessors=hide_assessors
        )
        if not is_named or not context.has_standard(row.standard, row.version, row.structure):
            continue
        standard = context.standards.get(row.standard, row.version)
        percent = plan(standard, row.level).progress(row.position)
        assessor = persons[row.assessor_id]
        found.append(Owing(row, assessor, standard, percent, assessor.joined))
    return found


def _by_ids(connection: Connection, person_ids: Iterable[int]) -> dict[int, Person]:
    """These people by their ids, named as they are told apart."""
    found = people.by_ids(connection, person_ids)
    return {person.id: person for person in names.told_apart(connection, [*found.values()])}


class PersonOwing(NamedTuple):
    """Somebody who owes reviews: `reviews` says how many, `owed` has the most urgent of them."""

    assessor: Person
    owed: list[Owing]
    reviews: int


class ProgressPage(NamedTuple):
    """Some of those who owe reviews, the totals of all, and where the pages begin: this one, the one before and the one
    after, if there are any."""

    people: list[PersonOwing]
    totals: OwedTotals
    first: DuePlace
    before: DuePlace | None
    after: DuePlace | None


@reads
def page(context: Context, actor: Actor, first: DuePlace = FIRST, *, most: int, reviews_each: int) -> ProgressPage:
    """Up to `most` people who owe reviews, from a place on, the person with the most urgent review first, each with up
    to `reviews_each` of them. The last page where nobody is left from there on. Raises Forbidden.

    Reviews whose standard is gone are counted, since they wait until it is back, and not listed.
    """
    with context.database.reading() as connection:
        viewer = authorize(connection, actor, Permission.SEE_PROGRESS)
        found = debts.debtors(connection, since=first, most=most + 1)
        earlier = debts.debtors(connection, before=found[0].place if found else first, most=most)
        if not found:
            found = earlier[::-1]
            earlier = debts.debtors(connection, before=found[0].place, most=most) if found else []
        ids = [each.person_id for each in found[:most]]
        persons, counts = _by_ids(connection, ids), debts.count_of(connection, ids)
        chosen = debts.most_urgent(connection, ids, reviews_each)
        listed = _owing(context, connection, viewer, reviews.rows_of(connection, chosen))
        totals = debts.totals(connection, context.today())
    return ProgressPage(
        [PersonOwing(persons[key], [one for one in listed if one.assessor.id == key], counts[key]) for key in ids],
        totals,
        found[0].place if earlier else FIRST,
        earlier[-1].place if earlier else None,
        found[most].place if len(found) > most else None,
    )


def remind(context: Context, actor: Actor, person_ids: Iterable[int]) -> int:
    """Owe a digest now to everybody named who owes a review and has joined; returns how many. Twice within a minute is
    once. Raises Forbidden."""
    with context.database.transaction() as connection:
        authorize(connection, actor, Permission.REMIND)
        return _remind(context, connection, person_ids)


def remind_late(context: Context, actor: Actor) -> int:
    """Owe a digest now, as `remind` does, to everybody who has a review overdue; returns how many. Raises Forbidden."""
    with context.database.transaction() as connection:
        authorize(connection, actor, Permission.REMIND)
        return _remind(context, connection, debts.late(connection, context.today()))


def _remind(context: Context, connection: Connection, person_ids: Iterable[int]) -> int:
    now = context.now()
    told = people.accounts_of(connection, debts.owing(connection, person_ids))
    notices.owe_all(connection, [Owed(person_id, NoticeKind.REMINDER, minute_of(now), now) for person_id in told])
    return len(told)


@reads
def waiting(
    context: Context, actor: Actor, states: Iterable[AssessmentState] = AssessmentState
) -> dict[AssessmentState, int]:
    """How many assessments stand in each of the states, without those about the actor. Raises Forbidden."""
    chosen = list(states)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PROGRESS)
        return dict.fromkeys(chosen, 0) | assessments.count(connection, chosen, but=actor.person_id)
