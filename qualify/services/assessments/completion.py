"""What happens when the last review of an assessment is in: it is scored and frozen, and waits for a signature."""

from datetime import datetime

from sqlalchemy import Connection

from qualify.dialogue import answers_of
from qualify.scoring import Answers, Result, Review, score
from qualify.services.assessments.candidate_standings import gap_of
from qualify.services.assessments.lifecycle import counts, held, move, tell_admins
from qualify.services.assessments.sign_off import publish_unsigned
from qualify.services.context import Context
from qualify.storage import assessments, candidates, results, reviews
from qualify.storage.tables import Assessment, NoticeKind, StoredResult
from qualify.workflow import AssessmentState, Event, ReviewState, follow


def begun(connection: Connection, assessment_id: int) -> None:
    """Somebody has given a first answer: an open assessment is in progress."""
    after = follow(AssessmentState.OPEN, Event.BEGIN)
    assessments.move(connection, assessment_id, AssessmentState.OPEN, after)


def complete_if_last(context: Context, connection: Connection, assessment_id: int) -> int | None:
    """Score the assessment if all its assessors' reviews are in; the result's id. Two last submissions at once score
    once. The administrators are asked to sign, or where that was waived the result is published."""
    file = held(connection, assessment_id)
    assessment = file.assessment
    assigned = [(review, name) for review, name in file.reviews if counts(review)]
    if any(review.state != ReviewState.SUBMITTED for review, _ in assigned):
        return None
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    given = [
        Review(answers=_answers(connection, review.id, assessment), weight=review.weight, assessor=name)
        for review, name in assigned
    ]
    result = score(standard, assessment.level, given, assessment.application_date)
    earlier = results.newest_of(connection, assessment_id)
    result_id = results.add(connection, _frozen(assessment, result, context.now(), earlier.id if earlier else None))
    candidates.place(connection, {assessment_id: gap_of(result.composite)})
    completed = move(connection, assessment, Event.COMPLETE)
    if completed.sign_off:
        tell_admins(context, connection, NoticeKind.TO_SIGN, result_id, but=assessment.subject_id)
    else:
        publish_unsigned(context, connection, file._replace(assessment=completed), result_id)
    return result_id


def _answers(connection: Connection, review_id: int, assessment: Assessment) -> Answers:
    """What the assessor gave, and the scores of examinations they were not asked about."""
    given = answers_of(reviews.entries(connection, review_id))
    listed = assessments.exam_scores(
        connection, assessment.subject_id, assessment.standard, assessment.application_date
    )
    return given.model_copy(update={"scores": listed | given.scores})


def _frozen(assessment: Assessment, result: Result, at: datetime, replaces_id: int | None) -> StoredResult:
    return StoredResult(
        assessment_id=assessment.id,
        subject_id=assessment.subject_id,
        standard=assessment.standard,
        version=assessment.version,
        structure=assessment.structure,
        level=assessment.level,
        figures=result.model_dump_json(),
        replaces_id=replaces_id,
        at=at,
    )
