"""Adopting another version of a standard: whose outcome it would change, from when it is in force, and running
assessments that go over to it.

Results that were made stay what they are, whatever is adopted. To undo an adoption is to adopt the earlier version
again.
"""

import logging
from contextlib import closing
from datetime import date
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from qualify.access import Permission
from qualify.adoption import CarriedOver, Prospect, carry_over, differences, prospect, stands_the_same
from qualify.dialogue import Entry, EntryKind, answers_of, plan
from qualify.dialogue.converting import cases_are_done, position_by
from qualify.errors import InvalidInput, NotFound
from qualify.scoring import Result
from qualify.services.assessments.lifecycle import A_PART, PROGRAM, TIME_TO_REVISE, held
from qualify.services.authorization import Actor, UnitOfWork, acting, authorize
from qualify.services.context import Context, Elsewhere, fingerprint, once_more, reads
from qualify.services.standard_settings import in_force, with_settings
from qualify.standard import Standard, criteria_at
from qualify.storage import adoptions, assessments, notices, results, reviews
from qualify.storage.results import CurrentResult
from qualify.storage.tables import Adoption, Assessment, NoticeKind, Review
from qualify.workflow import OWED, AssessmentState, ReviewState

log = logging.getLogger(__name__)

AT_A_TIME = 200
"""How many results are in memory at once."""


class Affected(NamedTuple):
    """Somebody's current result, the version it was made by, and what the other one would make of it."""

    result: CurrentResult
    old: Standard
    prospect: Prospect


class DryRun(NamedTuple):
    """What adopting `new` would change. `looked_at` current results were made by another version, `left_out` of them by
    one that is gone; `affected` are those whose grade, items met or level would be another one, by name, and
    `unanswered` those to whom nothing changes until what is new is asked."""

    new: Standard
    looked_at: int
    left_out: int
    affected: tuple[Affected, ...]
    unanswered: int
    running: int


@reads
def dry_run(context: Context, actor: Actor, standard_id: str, version: int) -> DryRun:
    """Whose outcome adopting the version would change, and why. Nothing is stored. Raises Forbidden, and NotFound for
    an unknown version."""
    released = context.standards.get(standard_id, version)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        new = with_settings(context, connection, released, context.today())
        structure = fingerprint(new)
        looked_at = left_out = unanswered = 0
        affected: list[Affected] = []
        for result in results.current_by(connection, standard_id, context.today()):
            if result.structure == structure:
                continue
            looked_at += 1
            try:
                old = context.standard(standard_id, result.version, result.structure)
            except NotFound:
                left_out += 1
                continue
            if not _can_differ(old, new, result.level):
                continue
            figures = Result.model_validate_json(result.figures)
            if stands_the_same(old, new, figures):
                continue
            seen = prospect(old, new, figures)
            unanswered += bool(seen.to_answer) and not seen.changes
            if seen.changes:
                affected.append(Affected(result._replace(figures=""), old, seen))
        running = len(assessments.running_by(connection, standard_id, but=version))
    affected.sort(key=lambda each: (each.result.name, each.result.staff_no))
    return DryRun(new, looked_at, left_out, tuple(affected), unanswered, running)


def _can_differ(old: Standard, new: Standard, level: str) -> bool:
    """Whether any result of the level can be another one: most versions change little, so most results need no look."""
    if level not in {each.id for each in new.levels}:
        return True
    found = differences(old, new, level)
    return bool(found.elements or found.whole)


def dry_run_elsewhere(here: Elsewhere, actor: Actor, standard_id: str, version: int) -> DryRun:
    """`dry_run` in another process, on a connection of its own."""
    context = here.context()
    with closing(context.database):
        return dry_run(context, actor, standard_id, version)


@reads
def running(context: Context, actor: Actor, standard_id: str, version: int) -> int:
    """How many assessments by another version of the standard are running. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        return len(assessments.running_by(connection, standard_id, but=version))


@once_more
def adopt(
    context: Context, actor: Actor, standard_id: str, version: int, since: date, *, converts: bool = False
) -> int:
    """Make new assessments by the version from the day on; returns the adoption's id. Running ones finish by theirs, or
    go over on that day where it `converts`: what was given is kept, and assessors are told what is still to answer.

    Raises Forbidden, NotFound for an unknown version, and InvalidInput for a day that has passed, or a version that is
    in force on it anyway.
    """
    context.standards.get(standard_id, version)
    with acting(context, actor) as work:
        work.authorize(Permission.KEEP_STANDARDS)
        if since < context.today():
            raise InvalidInput("error-adopt-past", date=since.isoformat())
        before = in_force(context, work.connection, standard_id, since).version
        if before == version:
            raise InvalidInput("error-adopt-same", version=str(version), date=since.isoformat())
        adoption = Adoption(
            standard=standard_id,
            version=version,
            since=since,
            converts=converts,
            person_id=actor.person_id,
            at=context.now(),
        )
        adoption.id = adoptions.add(work.connection, adoption)
        after = {"standard": standard_id, "version": version, "since": since, "converts": converts}
        work.keep("adopt", "standard", adoption.id, before={"version": before}, after=after)
        _convert_due(work)
    return adoption.id


@once_more
def convert_due(context: Context) -> int:
    """Let running assessments go over to the versions whose day has come, up to `A_PART` of one standard; returns how
    many were looked at. One that meets a fault of ours stays with its own version and holds up none of the others; a
    version that is gone is waited for. Two processes at once do it once."""
    with acting(context, PROGRAM) as work:
        return _convert_due(work)


def _convert_due(work: UnitOfWork) -> int:
    connection, today, now = work.connection, work.context.today(), work.context.now()
    for adoption in adoptions.to_convert(connection, today):
        standard, version, after = adoption.standard, adoption.version, adoption.converted_until
        stands = adoptions.version_on(connection, standard, today) == version  # nothing else was adopted since
        part = assessments.running_by(connection, standard, but=version, after=after, most=A_PART) if stands else []
        is_last = len(part) < A_PART
        try:
            new = in_force(work.context, connection, standard)
        except NotFound:
            continue
        if not adoptions.mark_converted(connection, adoption, max(part, default=after), now if is_last else None):
            continue
        for assessment_id in part:
            _try_to_convert(work, assessment_id, new)
        if part:
            return len(part)
    return 0


def _try_to_convert(work: UnitOfWork, assessment_id: int, new: Standard) -> None:
    try:
        with work.context.database.transaction():  # what it began goes with it
            _convert(work, assessment_id, new)
    except DBAPIError:  # a lock, or a press at the same moment: the part is done again
        raise
    except Exception:
        log.exception("assessment %s can't go over to version %s", assessment_id, new.version)


def _convert(work: UnitOfWork, assessment_id: int, new: Standard) -> bool:
    """Let a running assessment go over, unless its last review has just come in, the version doesn't have its level, or
    its own is gone."""
    file = held(work.connection, assessment_id)
    assessment = file.assessment
    if AssessmentState(assessment.state) not in OWED:
        return False
    try:
        old = work.context.standard(assessment.standard, assessment.version, assessment.structure)
    except NotFound:
        return False
    if assessment.level not in {level.id for level in new.levels}:
        return False
    structure = fingerprint(new)
    assessments.change(work.connection, assessment_id, version=new.version, structure=structure)
    left = {
        review.id: _go_over(work, assessment, review, old, new)
        for review, _ in file.reviews
        if review.state != ReviewState.WITHDRAWN
    }
    before, after = {"version": old.version}, {"version": new.version, "to_answer": left}
    work.keep("convert", "assessment", assessment_id, before=before, after=after)
    return True


def _go_over(work: UnitOfWork, assessment: Assessment, review: Review, old: Standard, new: Standard) -> int:
    """How many steps of the review are still to answer besides what was. One that was submitted is opened again where
    there are any, and its assessor has a week at least."""
    row = reviews.get(work.connection, review.id)
    assert row is not None
    if row.revision is None:
        return 0
    given = list(reviews.entries(work.connection, review.id))
    carried = carry_over(old, new, assessment.level, answers_of(given))
    before, after = (plan(standard, assessment.level) for standard in (old, new))
    cases_done = cases_are_done(before, row.position)
    position = position_by(after, carried, row.position.revision + 1, cases_are_done=cases_done)
    entry = Entry(EntryKind.CONVERTED, "", "", str(new.version))
    reviews.append(work.connection, row, [entry], position, at=work.context.now(), update_id=None)
    left = _new_in(carried, old, assessment.level)
    if review.state == ReviewState.SUBMITTED and position.frontier != after.summary.index:
        reviews.change(work.connection, review.id, state=ReviewState.OPEN, submitted_at=None)
        due = max(assessment.due_date, work.context.today() + TIME_TO_REVISE)
        assessments.change(work.connection, assessment.id, due_date=due)
    if left:
        notices.owe_again(work.connection, review.assessor_id, NoticeKind.CONVERTED, review.id, work.context.now())
    return left


def _new_in(carried: CarriedOver, old: Standard, level: str) -> int:
    """How much the version asks that its predecessor didn't, and how many ratings again."""
    asked = {each.id for element in old.elements_at(level) for each in criteria_at(element, level)}
    return sum(criterion not in asked for criterion in carried.to_answer) + len(carried.to_rate)
