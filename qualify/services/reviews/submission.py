"""Handing a review in; the last one of an assessment scores and freezes its result, which waits for a signature."""

from datetime import datetime

from sqlalchemy import Connection

from qualify.dialogue import StepKind, may_submit
from qualify.errors import Stale
from qualify.scoring import Result
from qualify.services.assessments.candidate_standings import gap_of
from qualify.services.assessments.lifecycle import found, held, move, tell_admins
from qualify.services.assessments.sign_off import publish_unsigned
from qualify.services.context import Context, once_more, reads, shown_again_by
from qualify.services.reviews.scored import scored
from qualify.services.reviews.screen import Reference, Turn, is_current, mine, situation, turn_of
from qualify.storage import candidates, results, reviews
from qualify.storage.tables import Assessment, NoticeKind, StoredResult
from qualify.workflow import Event, Part, ReviewState


@reads
def handed_in(context: Context, telegram_id: int, reference: Reference) -> Turn:
    """The review that a button of its summary belongs to, as it stands. Raises NotFound when it is not this
    person's."""
    with context.database.reading() as connection:
        return turn_of(context, connection, mine(connection, telegram_id, reference.review_id))


@shown_again_by(handed_in)
@once_more
def submit(context: Context, telegram_id: int, reference: Reference) -> Turn:
    """Hand the review in. The last of the assessors' reviews scores the assessment.

    Raises NotFound when the review is not this person's.
    """
    with context.database.transaction() as connection:
        found(connection, mine(connection, telegram_id, reference.review_id).assessment_id)
        row = mine(connection, telegram_id, reference.review_id)  # as it stands once nobody else can change it
        if not is_current(row, reference):
            return turn_of(context, connection, row, refusal=Stale("error-stale"))
        here = situation(context, connection, row)
        if here.step.kind is not StepKind.SUMMARY:
            return turn_of(context, connection, row, refusal=Stale("error-not-here"))
        if not may_submit(here):
            return turn_of(context, connection, row, refusal=Stale("error-incomplete"))
        reviews.submit(connection, row, context.now())
        if row.part != Part.SELF:
            complete_if_last(context, connection, row.assessment_id)
        return turn_of(context, connection, mine(connection, telegram_id, row.id))


def complete_if_last(context: Context, connection: Connection, assessment_id: int) -> int | None:
    """Score the assessment if all its assessors' reviews are in; returns the result's id, or None while one is missing.
    Two last submissions at once score once. The administrators are asked to sign, or where that was waived the result
    is published."""
    file = held(connection, assessment_id)
    assessment = file.assessment
    if any(review.state != ReviewState.SUBMITTED for review in file.counted):
        return None
    result = scored(context, connection, file)
    earlier = results.newest_of(connection, assessment_id)
    result_id = results.add(connection, _frozen(assessment, result, context.now(), earlier.id if earlier else None))
    candidates.place(connection, {assessment_id: gap_of(result.composite)})
    completed = move(connection, assessment, Event.COMPLETE)
    if completed.sign_off:
        tell_admins(context, connection, NoticeKind.TO_SIGN, result_id, but=assessment.subject_id)
    else:
        publish_unsigned(context, connection, file._replace(assessment=completed), result_id)
    return result_id


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
