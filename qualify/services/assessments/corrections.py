"""An assessment whose facts change after its reviews are in is scored again; nothing that was stored is rewritten.

Before publication the new result waits for a signature, also where the old one was signed. A published result is
corrected at once by a new one, and whoever was told of the old one is told; but where something has to be decided first
(a conflict, likely twins, a grade that somebody had signed otherwise) the new result waits for a signature, and the old
one stands until then. While an appeal waits for its answer, what has to be decided waits as well.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from qualify.errors import Busy
from qualify.scoring import Result
from qualify.services.assessments import facts
from qualify.services.assessments.lifecycle import A_PART, Held, held, move, move_and_keep, tell_admins
from qualify.services.assessments.sign_off import publish_unsigned, release
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context
from qualify.services.notices import faults
from qualify.services.reviews.scored import scored
from qualify.storage import assessments, rescorings, results
from qualify.storage.database import made_due
from qualify.storage.rescorings import WaitingAssessment
from qualify.storage.tables import Assessment, ExamScore, NoticeKind, StoredResult
from qualify.workflow import CURRENT, OWED, UNFINISHED, AssessmentState, Event

log = logging.getLogger(__name__)


def freeze(connection: Connection, assessment: Assessment, result: Result, at: datetime) -> int:
    """Store the result; it names the assessment's newest one, if there is one, as what it replaces. Returns its id."""
    earlier = results.newest_of(connection, assessment.id)
    made = StoredResult(
        assessment_id=assessment.id,
        subject_id=assessment.subject_id,
        standard=assessment.standard,
        version=assessment.version,
        structure=assessment.structure,
        level=assessment.level,
        figures=result.model_dump_json(),
        replaces_id=earlier.id if earlier else None,
        at=at,
    )
    return results.add(connection, made)


def complete(context: Context, connection: Connection, file: Held, result: Result) -> int:
    """Freeze the result of an assessment whose last review came in; returns its id. The administrators are asked to
    sign, or to settle what has to be; where the signature was waived and nothing has to be, it is published."""
    result_id = freeze(connection, file.assessment, result, context.now())
    completed = file._replace(assessment=move(connection, file.assessment, Event.COMPLETE))
    _sign_or_publish(context, connection, completed, result_id, result)
    return result_id


def _sign_or_publish(context: Context, connection: Connection, file: Held, result_id: int, result: Result) -> None:
    """What becomes of a result that waits for a signature: it is asked for, unless it was waived and nothing has to be
    settled."""
    assessment = file.assessment
    if assessment.sign_off or facts.unsettled(result):
        tell_admins(context, connection, NoticeKind.TO_SIGN, result_id, but=(assessment.subject_id,))
    else:
        publish_unsigned(context, connection, file, result_id)


def rescore(work: UnitOfWork, file: Held) -> int | None:
    """Score again an assessment whose facts have changed; returns the new result's id, None where its figures are those
    of the newest result or where something has to be decided that waits for the answer to an appeal."""
    context, connection, assessment = work.context, work.connection, file.assessment
    before = results.newest_of(connection, assessment.id)
    if before is None:
        return None
    result = scored(context, connection, file)
    if _said(result) == _said(Result.model_validate_json(before.figures)):
        return None
    state = AssessmentState(assessment.state)
    decides = state in CURRENT and _has_to_be_decided(connection, before, result)
    if decides and state is AssessmentState.APPEALED:
        return None
    result_id = freeze(connection, assessment, result, context.now())
    event = Event.CORRECT if state in CURRENT and not decides else Event.RESCORE
    moved = move_and_keep(work, assessment, event, result=result_id, replaces=before.id)
    file = file._replace(assessment=moved)
    if event is Event.CORRECT:
        release(context, connection, file, result_id, valid_until=before.valid_until)
    else:
        _sign_or_publish(context, connection, file, result_id, result)
    return result_id


def _has_to_be_decided(connection: Connection, before: StoredResult, result: Result) -> bool:
    """Whether a human is needed before the result replaces a published one."""
    signature = results.signature_of(connection, before.id)
    return facts.unsettled(result) > 0 or (signature is not None and signature.grade is not None)


def _said(result: Result) -> tuple[object, ...]:
    """What two results must have alike to be the same for people."""
    elements = [(each.rating, [(one.rating, one.mean_score) for one in each.reviews]) for each in result.elements]
    figures = result.total, result.grade, result.granted, result.composite, result.scores
    return (*figures, elements, result.conflicts, result.twins)


def concerned_by(connection: Connection, scores: Iterable[ExamScore], *, lock: bool = True) -> list[Assessment]:
    """The assessments to which these scores of lists may make a difference, locked until the transaction ends: a last
    review that comes in meanwhile is scored after the list."""
    listed = list(scores)
    people, standards = {each.person_id for each in listed}, {each.standard for each in listed}
    return assessments.concerned(connection, people, standards, lock=lock)


def published_among(
    context: Context, concerned: Iterable[Assessment], before: Iterable[ExamScore], after: Iterable[ExamScore]
) -> int:
    """How many of the assessments have a published result to which lists that now say `after`, the earliest day first,
    say something else."""
    changed = _changed(context, concerned, before, after)
    return sum(AssessmentState(each.state) in CURRENT for each in changed)


def _changed(
    context: Context, concerned: Iterable[Assessment], before: Iterable[ExamScore], after: Iterable[ExamScore]
) -> list[Assessment]:
    said_before, said_after = _by_person(before), _by_person(after)
    return [
        each
        for each in concerned
        if AssessmentState(each.state) not in OWED
        and _fitting(context, said_before, each) != _fitting(context, said_after, each)
    ]


def follow_lists(work: UnitOfWork, concerned: Sequence[Assessment], before: Iterable[ExamScore], line: int) -> None:
    """Score again those of the assessments for which lists now say something else than with the scores `before`; more
    than `A_PART` wait for `catch_up`, for they take seconds. `line` of the audit log tells of the list.

    Those whose reviews are still owed are scored when they are in; those whose standard is gone stay as they are.
    """
    context, connection = work.context, work.connection
    now = assessments.exam_scores(connection, {each.subject_id for each in concerned})
    changed = [each.id for each in _changed(context, concerned, before, now)]
    if len(changed) > A_PART:
        rescorings.add(connection, changed, line, context.now())
        made_due(connection)
        return
    for assessment_id in changed:
        _follow(work, held(connection, assessment_id, lock=False))


def _follow(work: UnitOfWork, file: Held) -> None:
    """Score the assessment again, unless its reviews are owed, it is over, or its standard is gone."""
    assessment = file.assessment
    is_made = AssessmentState(assessment.state) in (UNFINISHED | CURRENT) - OWED
    if is_made and work.context.has_standard(assessment.standard, assessment.version, assessment.structure):
        rescore(work, file)


def catch_up(context: Context) -> int:
    """Score again assessments that wait for it after a list, up to `A_PART`, each in a transaction of its own and in
    the name of whose list it was; returns how many. One that meets a fault of ours holds up none of the others: it is
    tried again, ever more rarely, and administrators are told when that stays. Two processes at once do each once."""
    with context.database.reading() as connection:
        part = rescorings.waiting(connection, context.now(), A_PART)
    for each in part:
        try:
            _catch_up_with(context, each)
        except (Busy, OperationalError):  # what a database can't do now; the second within a transaction
            raise
        except Exception:
            log.exception("assessment %s can't be scored again", each.assessment_id)
            with context.database.transaction() as connection:
                _fail(context, connection, each)
    return len(part)


def _fail(context: Context, connection: Connection, waiting: WaitingAssessment) -> None:
    failures = waiting.failed + 1
    rescorings.fail(connection, waiting.assessment_id, context.now() + faults.pause_after(failures))
    if failures >= faults.STAYS:
        faults.tell(context, connection)


def _catch_up_with(context: Context, waiting: WaitingAssessment) -> None:
    with acting(context, Actor(waiting.person_id, waiting.operator)) as work:
        file = held(work.connection, waiting.assessment_id)  # locked first, as a list does before it lets it wait
        if rescorings.settle(work.connection, waiting.assessment_id):
            _follow(work, file)


Listed = Mapping[tuple[int, str], list[ExamScore]]


def _by_person(scores: Iterable[ExamScore]) -> Listed:
    """The scores by person and standard."""
    found: dict[tuple[int, str], list[ExamScore]] = defaultdict(list)
    for each in scores:
        found[each.person_id, each.standard].append(each)
    return found


def _fitting(context: Context, listed: Listed, assessment: Assessment) -> dict[str, object]:
    theirs = listed.get((assessment.subject_id, assessment.standard), [])
    fitting = facts.latest_fitting(theirs, assessment.level, assessment.application_date, context.rules.score_months)
    return {subject: each.score for subject, each in fitting.items()}
