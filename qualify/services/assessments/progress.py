"""Who owes what, what waits for an administrator, and the ranking of the knowledge composite."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Action
from qualify.dialogue import plan
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.services.notices.digests import minute_of
from qualify.standard import Standard
from qualify.storage import assessments, debts, notices, people, reviews
from qualify.storage.debts import OwedTotals
from qualify.storage.notices import Owed
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import NoticeKind, Person
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
    """Every open review by due date; those whose standard is gone are left out."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)
        return _owing(context, connection, reviews.open_rows(connection))


def _owing(context: Context, connection: Connection, rows: Sequence[ReviewRow]) -> list[Owing]:
    persons = people.by_ids(connection, [row.assessor_id for row in rows])
    found = []
    for row in rows:
        if not context.has_standard(row.standard, row.version, row.structure):
            continue
        standard = context.standards.get(row.standard, row.version)
        percent = plan(standard, row.level).progress(row.position.frontier)
        assessor = persons[row.assessor_id]
        found.append(Owing(row, assessor, standard, percent, assessor.joined))
    return found


class PersonOwing(NamedTuple):
    """Somebody who owes so many `reviews`; `owed` are the most urgent of them."""

    assessor: Person
    owed: list[Owing]
    reviews: int


class ProgressPage(NamedTuple):
    """Some of those who owe reviews, the page's number, and the totals of all pages."""

    people: list[PersonOwing]
    number: int
    totals: OwedTotals


@reads
def page(context: Context, actor: Actor, number: int = 0, *, most: int, reviews_each: int) -> ProgressPage:
    """A page of up to `most` people who owe reviews, who owes the most urgent one first, each with up to `reviews_each`
    of them; the last page for a number that is too high. Raises Forbidden.

    Reviews whose standard is gone are counted, since they wait until it is back, and not listed.
    """
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)
        today = context.today()
        owing, totals = debts.debtors(connection, today, number * most, most)
        if not owing and number:
            _, totals = debts.debtors(connection, today, 0, 1)
            number = max(0, totals.people - 1) // most
            owing, totals = debts.debtors(connection, today, number * most, most)
        ids = [each.person_id for each in owing]
        persons = people.by_ids(connection, ids)
        chosen = debts.most_urgent(connection, ids, reviews_each)
        listed = _owing(context, connection, reviews.rows_of(connection, chosen))
    found = [
        PersonOwing(persons[each.person_id], [one for one in listed if one.assessor.id == each.person_id], each.reviews)
        for each in owing
    ]
    return ProgressPage(found, number, totals)


def remind(context: Context, actor: Actor, person_ids: Iterable[int]) -> int:
    """Owe a digest now to everybody named who owes a review and has joined; how many. Twice within a minute is once."""
    with context.database.transaction() as connection:
        authorize(connection, actor, Action.REMIND)
        return _remind(context, connection, person_ids)


def remind_late(context: Context, actor: Actor) -> int:
    """The same for everybody who has a review overdue."""
    with context.database.transaction() as connection:
        authorize(connection, actor, Action.REMIND)
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
    """How many assessments stand in each of the states, without those about the actor."""
    chosen = list(states)
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)
        return dict.fromkeys(chosen, 0) | assessments.count(connection, chosen, but=actor.person_id)
