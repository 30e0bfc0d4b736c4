"""Who owes what, what waits for an administrator, and the ranking of the knowledge composite."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Action
from qualify.dialogue import plan
from qualify.life import AssessmentState
from qualify.scoring import Result, composite, ranks
from qualify.services.actors import Actor, authorize
from qualify.services.context import Context, reads
from qualify.services.reminders import minute_of
from qualify.standard import Standard
from qualify.storage import assessments, debts, notices, people, results, reviews
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Assessment, NoticeKind, Person


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
        rows = reviews.open_rows(connection)
        accounts = people.accounts_of(connection, [row.assessor_id for row in rows])
        persons = people.by_ids(connection, [row.assessor_id for row in rows])
    found = []
    for row in rows:
        if not context.has_standard(row.standard, row.version, row.structure):
            continue
        standard = context.standards.get(row.standard, row.version)
        percent = plan(standard, row.level).progress(row.position.frontier)
        found.append(Owing(row, persons[row.assessor_id], standard, percent, row.assessor_id in accounts))
    return found


def remind(context: Context, actor: Actor, person_ids: Iterable[int]) -> int:
    """Owe a digest now to everybody named who owes a review and has joined; how many. Twice within a minute is once."""
    now = context.now()
    with context.database.transaction() as connection:
        authorize(connection, actor, Action.REMIND)
        owing = {debt.assessor_id for debt in debts.all_open(connection)} & set(person_ids)
        told = people.accounts_of(connection, owing)
        for person_id in told:
            notices.owe(connection, person_id, NoticeKind.REMINDER, minute_of(now), now)
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
        applied = assessments.candidates(connection, standard.id, level, since, until)
        candidates = list({person.id: (assessment, person) for assessment, person in applied}.values())
        scored = [_composite(connection, standard, each) for each, _ in candidates]
    rows = [
        Ranked(rank, person.staff_no, person.name, assessment.id, assessment.application_date, score)
        for rank, (assessment, person), score in zip(ranks(scored), candidates, scored, strict=True)
    ]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank, row.applied, row.staff_no))


def _composite(connection: Connection, standard: Standard, assessment: Assessment) -> Decimal | None:
    stored = results.newest_of(connection, assessment.id)
    if stored is not None:
        return Result.model_validate_json(stored.figures).composite
    subjects = [subject for exam in standard.exams for subject in exam.subjects]
    scores = assessments.exam_scores(connection, assessment.subject_id, standard.id, assessment.application_date)
    return composite(subjects, scores) if subjects else None


@reads
def waiting(context: Context, actor: Actor) -> dict[AssessmentState, int]:
    """How many assessments stand in each state, without those about the actor."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)
        listed = assessments.listed(connection)
    counts = dict.fromkeys(AssessmentState, 0)
    for each in listed:
        if each.subject_id != actor.person_id:
            counts[AssessmentState(each.state)] += 1
    return counts
