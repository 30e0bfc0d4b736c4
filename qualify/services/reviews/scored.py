"""The result that an assessment's reviews make, when all are in and before the last one is."""

from sqlalchemy import Connection

from qualify.scoring import Result, score
from qualify.services.assessments import facts
from qualify.services.assessments.lifecycle import Held, held
from qualify.services.context import Context
from qualify.storage.reviews import ReviewRow
from qualify.workflow import ReviewState


def scored(context: Context, connection: Connection, file: Held) -> Result:
    """The result of what was given in the reviews that count and of the assessment's facts, as they stand now."""
    assessment = file.assessment
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    given = facts.given_in(connection, file)
    inputs = facts.inputs_of(file, given)
    known = facts.known_of(context, connection, assessment, given.values())
    return score(standard, assessment.level, inputs, assessment.application_date, known)


def told_at_once(context: Context, connection: Connection, row: ReviewRow) -> Result | None:
    """The result that handing in this complete review publishes, because it is the last, nobody signs, and no fact
    waits to be settled; None where it doesn't."""
    if row.is_own:
        return None
    file = held(connection, row.assessment_id, lock=False)
    others = [review for review in file.counted if review.id != row.id]
    if file.assessment.sign_off or any(review.state != ReviewState.SUBMITTED for review in others):
        return None
    result = scored(context, connection, file)
    return None if facts.unsettled(result) else result
