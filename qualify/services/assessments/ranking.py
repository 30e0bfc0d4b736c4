"""The ranking of a level's candidates by their knowledge composite: whole, or a page of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.scoring import ranks
from qualify.services.assessments import candidate_standings
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.storage import candidates
from qualify.storage.candidates import TOP, CandidateStanding, RankedGroup, RankPlace


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

    Somebody who applied twice counts with the last application; ties share a rank. The scores are those of the
    examinations' lists that fit the application. Raises Forbidden, NotFound for an unknown standard. (Service
    manager standard, part two: knowledge, 大比武.)
    """
    standard = context.standards.get(standard_id)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_RANKING)
        applied = candidates.between(connection, standard.id, level, since, until)
        missing = candidate_standings.gaps(context, connection) if any(each.gap is None for each in applied) else {}
    last = {each.person_id: each for each in applied}
    placed = [each._replace(gap=missing.get(each.assessment_id, each.gap)) for each in last.values()]
    best_first = sorted(placed, key=lambda each: each.place)
    ranked = ranks([candidate_standings.composite_of(each.gap) for each in best_first])
    return [_ranked(rank, each) for rank, each in zip(ranked, best_first, strict=True)]


def _ranked(rank: int | None, each: CandidateStanding) -> Ranked:
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
    """One page of the ranking of those who applied in a year: up to `most` of them from a place on. Raises what
    `ranking` does."""
    group = RankedGroup(context.standards.get(standard_id).id, level, year)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_RANKING)
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


def _ranks_on_page(connection: Connection, group: RankedGroup, shown: Sequence[CandidateStanding]) -> list[int | None]:
    """The rank of each line. The first one's counts all who are better, on whatever page; a line that differs from the
    one above has the rank of its own place, and a line with the same gap that of the one above."""
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
