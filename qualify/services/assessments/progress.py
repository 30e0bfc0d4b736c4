"""Who owes what, what waits for an administrator, and the ranking of the knowledge composite."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Action
from qualify.dialogue import plan
from qualify.scoring import ranks
from qualify.services.assessments import candidate_standings
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.services.notices.digests import minute_of
from qualify.standard import Standard
from qualify.storage import assessments, candidates, debts, notices, people, reviews
from qualify.storage.assessments import FIRST, DuePlace
from qualify.storage.candidates import TOP, RankedGroup, RankPlace, Standing
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
    """Some of those who owe reviews, the totals of all, and where the pages begin: this one, the one before and the one
    after, if there are any."""

    people: list[PersonOwing]
    totals: OwedTotals
    first: DuePlace
    before: DuePlace | None
    after: DuePlace | None


@reads
def page(context: Context, actor: Actor, first: DuePlace = FIRST, *, most: int, reviews_each: int) -> ProgressPage:
    """Up to `most` people who owe reviews, from a place on, who owes the most urgent one first, each with up to
    `reviews_each` of them. The last page where nobody is left from there on. Raises Forbidden.

    Reviews whose standard is gone are counted, since they wait until it is back, and not listed.
    """
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)
        found = debts.debtors(connection, since=first, most=most + 1)
        earlier = debts.debtors(connection, before=found[0].place if found else first, most=most)
        if not found:
            found = earlier[::-1]
            earlier = debts.debtors(connection, before=found[0].place, most=most) if found else []
        ids = [each.person_id for each in found[:most]]
        persons, counts = people.by_ids(connection, ids), debts.count_of(connection, ids)
        chosen = debts.most_urgent(connection, ids, reviews_each)
        listed = _owing(context, connection, reviews.rows_of(connection, chosen))
        totals = debts.totals(connection, context.today())
    return ProgressPage(
        [PersonOwing(persons[key], [one for one in listed if one.assessor.id == key], counts[key]) for key in ids],
        totals,
        found[0].place if earlier else FIRST,
        earlier[-1].place if earlier else None,
        found[most].place if len(found) > most else None,
    )


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


class Ranked(NamedTuple):
    """One candidate of a ranking; `composite` is of 100, one decimal, None while a score is missing."""

    rank: int | None
    staff_no: str
    name: str
    assessment_id: int
    applied: date
    composite: Decimal | None


@reads
def ranking(  # noqa: PLR0917  # each says what it is
    context: Context, actor: Actor, standard_id: str, level: str, since: date, until: date
) -> list[Ranked]:
    """The knowledge composite of the level's candidates who applied from `since` to `until`, both in, best first.

    Who applied twice counts with the last application; ties share a rank. The scores are those of the result where
    there is one, else of the examinations' lists. Raises Forbidden, NotFound for an unknown standard. (Service manager
    standard, part two: knowledge, 大比武.)
    """
    standard = context.standards.get(standard_id)
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_RANKING)
        applied = candidates.between(connection, standard.id, level, since, until)
        missing = candidate_standings.gaps(context, connection) if any(each.gap is None for each in applied) else {}
    last = {each.person_id: each for each in applied}
    placed = [each._replace(gap=missing.get(each.assessment_id, each.gap)) for each in last.values()]
    best_first = sorted(placed, key=lambda each: each.place)
    ranked = ranks([candidate_standings.composite_of(each.gap) for each in best_first])
    return [_ranked(rank, each) for rank, each in zip(ranked, best_first, strict=True)]


def _ranked(rank: int | None, each: Standing) -> Ranked:
    score = candidate_standings.composite_of(each.gap)
    return Ranked(rank, each.staff_no, each.name, each.assessment_id, each.applied, score)


class RankingPage(NamedTuple):
    """Some of a ranking, and where the pages before and after begin, where there are any."""

    ranked: list[Ranked]
    before: RankPlace | None
    after: RankPlace | None


@reads
def ranking_page(  # noqa: PLR0917
    context: Context, actor: Actor, standard_id: str, level: str, year: int, first: RankPlace = TOP, *, most: int
) -> RankingPage:
    """The same of those who applied in a year, up to `most` of them from a place on. Raises what `ranking` does."""
    group = RankedGroup(context.standards.get(standard_id).id, level, year)
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_RANKING)
        found = candidates.page(connection, group, first, most + 1)
        earlier = candidates.before(connection, group, found[0].place if found else first, most)
        if not found:  # they are fewer than when the button was made: the last page there is
            found = earlier[::-1]
            earlier = candidates.before(connection, group, found[0].place, most) if found else []
        shown, beyond = found[:most], found[most:]
        ranks = _ranks_on_page(connection, group, shown)
    return RankingPage(
        [_ranked(rank, each) for rank, each in zip(ranks, shown, strict=True)],
        earlier[-1].place if earlier else None,
        beyond[0].place if beyond else None,
    )


def _ranks_on_page(connection: Connection, group: RankedGroup, shown: Sequence[Standing]) -> list[int | None]:
    """The first one's rank counts all who are better, on whatever page; who differs from the one above has the rank of
    the own place, everybody else that of the one above."""
    if not shown or shown[0].gap == candidate_standings.UNRANKED:
        return [None] * len(shown)
    better = candidates.better(connection, group, shown[0].place.gap)
    ahead = better + candidates.equals_before(connection, group, shown[0].place)
    rank, found = 1 + better, list[int | None]()
    for place, each in enumerate(shown):
        if place and each.gap != shown[place - 1].gap:
            rank = 1 + ahead + place
        found.append(None if each.gap == candidate_standings.UNRANKED else rank)
    return found


@reads
def waiting(
    context: Context, actor: Actor, states: Iterable[AssessmentState] = AssessmentState
) -> dict[AssessmentState, int]:
    """How many assessments stand in each of the states, without those about the actor."""
    chosen = list(states)
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)
        return dict.fromkeys(chosen, 0) | assessments.count(connection, chosen, but=actor.person_id)
