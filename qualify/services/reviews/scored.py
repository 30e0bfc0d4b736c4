"""The result that an assessment's reviews make, when all are in and before the last one is."""

from sqlalchemy import Connection

from qualify.dialogue import answers_of
from qualify.scoring import Answers, Result, ReviewInput, score
from qualify.services.assessments.lifecycle import Held, counts, held
from qualify.services.context import Context
from qualify.storage import assessments, reviews
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Assessment
from qualify.workflow import ReviewState


def scored(context: Context, connection: Connection, file: Held) -> Result:
    """The result of what was given in the reviews that count, as it stands now."""
    assessment = file.assessment
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    given = [
        ReviewInput(answers=_answers(connection, review.id, assessment), weight=review.weight, assessor=name)
        for review, name in file.reviews
        if counts(review)
    ]
    return score(standard, assessment.level, given, assessment.application_date)


def told_at_once(context: Context, connection: Connection, row: ReviewRow) -> Result | None:
    """The result that handing in this complete review publishes, because it is the last and nobody signs; None where it
    doesn't."""
    if row.is_own:
        return None
    file = held(connection, row.assessment_id, lock=False)
    others = [review for review in file.counted if review.id != row.id]
    if file.assessment.sign_off or any(review.state != ReviewState.SUBMITTED for review in others):
        return None
    return scored(context, connection, file)


def _answers(connection: Connection, review_id: int, assessment: Assessment) -> Answers:
    """What the assessor gave, and the scores of examinations they were not asked about."""
    given = answers_of(reviews.entries(connection, review_id))
    listed = assessments.exam_scores(
        connection, assessment.subject_id, assessment.standard, assessment.application_date
    )
    return given.model_copy(update={"scores": listed | given.scores})
