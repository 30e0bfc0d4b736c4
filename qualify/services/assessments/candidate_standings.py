"""Where a level's candidates stand: worked out when somebody applies or a list of scores comes.

What counts is what was taken by the application date, whenever its list came; a result that was frozen meanwhile makes
no difference.
"""

from collections import defaultdict
from contextlib import suppress
from decimal import Decimal

from sqlalchemy import Connection

from qualify.errors import NotFound
from qualify.scoring import composite
from qualify.services.assessments.facts import latest_fitting
from qualify.services.context import Context
from qualify.standard import Standard
from qualify.storage import candidates
from qualify.storage.candidates import Unplaced

BEST = 1000
UNRANKED = BEST + 1
"""The gap of a candidate who misses a score."""


def gap_of(score: Decimal | None) -> int:
    """How many tenths of a point a knowledge composite lacks to 100."""
    return UNRANKED if score is None else BEST - int(score * 10)


def composite_of(gap: int | None) -> Decimal | None:
    """The knowledge composite, of 100 with one decimal; None while a score is missing."""
    return None if gap is None or gap == UNRANKED else Decimal(BEST - gap).scaleb(-1)


def settle(context: Context, connection: Connection) -> None:
    """Work out where the candidates stand whose place isn't known yet, and store it."""
    candidates.place(connection, gaps(context, connection))


def gaps(context: Context, connection: Connection) -> dict[int, int]:
    """The gaps of those whose place isn't known, by assessment, from the scores of lists that fit the application.

    Candidates whose standard is gone wait until it is back.
    """
    unplaced = candidates.unplaced(connection)
    if not unplaced:
        return {}
    scores = defaultdict(list)
    for each in candidates.scores_of_unplaced(connection):
        scores[each.person_id, each.standard].append(each)
    found = {}
    for candidate in unplaced:
        standard = _standard(context, candidate)
        if standard is not None:
            subjects = [subject for exam in standard.exams for subject in exam.subjects]
            listed = scores[candidate.person_id, candidate.standard]
            fitting = latest_fitting(listed, candidate.level, candidate.applied, context.rules.score_months)
            known = {subject: each.score for subject, each in fitting.items()}
            found[candidate.assessment_id] = gap_of(composite(subjects, candidate.level, known) if subjects else None)
    return found


def _standard(context: Context, candidate: Unplaced) -> Standard | None:
    """The standard that the candidate applied by, with its settings, so that the place agrees with the result; where
    that is gone, the newest version."""
    with suppress(NotFound):
        return context.standard(candidate.standard, candidate.version, candidate.structure)
    with suppress(NotFound):
        return context.standards.get(candidate.standard)
    return None
