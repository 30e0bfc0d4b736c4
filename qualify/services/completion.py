"""What happens when the last review of an assessment is in: it is scored, frozen, and people are owed the result."""

from datetime import datetime

from sqlalchemy import Connection

from qualify.dialogue import answers_of
from qualify.scoring import Answers, Result, Review, score
from qualify.services.context import Context
from qualify.storage import assessments, notices, reviews
from qualify.storage.tables import Assessment, NoticeKind, ReviewState, StoredResult


def complete_if_last(context: Context, connection: Connection, assessment_id: int) -> int | None:
    """Score the assessment if all its reviews are in; the result's id. Two last submissions at once score once."""
    assessment = assessments.get(connection, assessment_id, lock=True)
    assert assessment is not None
    assigned = reviews.of_assessment(connection, assessment_id)
    if any(review.state != ReviewState.SUBMITTED for review, _ in assigned):
        return None
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    given = [
        Review(answers=_answers(connection, review.id, assessment), weight=review.weight, assessor=name)
        for review, name in assigned
    ]
    result = score(standard, assessment.level, given, assessment.application_date)
    result_id = assessments.add_result(connection, _frozen(assessment, result, context.now()))
    assessments.complete(connection, assessment_id)
    for person_id in {assessment.subject_id, *(review.assessor_id for review, _ in assigned)}:
        notices.owe(connection, person_id, NoticeKind.RESULT, result_id, context.now())
    return result_id


def _answers(connection: Connection, review_id: int, assessment: Assessment) -> Answers:
    """What the assessor gave, and the scores of examinations they were not asked about."""
    given = answers_of(reviews.entries(connection, review_id))
    listed = assessments.exam_scores(
        connection, assessment.subject_id, assessment.standard, assessment.application_date
    )
    return given.model_copy(update={"scores": listed | given.scores})


def _frozen(assessment: Assessment, result: Result, at: datetime) -> StoredResult:
    return StoredResult(
        assessment_id=assessment.id,
        subject_id=assessment.subject_id,
        standard=assessment.standard,
        version=assessment.version,
        structure=assessment.structure,
        level=assessment.level,
        figures=result.model_dump_json(),
        at=at,
    )
