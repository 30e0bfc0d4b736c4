"""Handing a review in; the last one of an assessment scores and freezes its result, which waits for a signature."""

from dataclasses import replace

from sqlalchemy import Connection

from qualify.dialogue import Situation, StepKind, may_submit, outlook
from qualify.errors import Stale
from qualify.services.assessments import corrections
from qualify.services.assessments.lifecycle import found, held
from qualify.services.context import Context, once_more, reads, shown_again_by
from qualify.services.reviews.scored import scored
from qualify.services.reviews.screen import Reference, Turn, is_current, mine, step_in_hand, turn_of
from qualify.storage import reviews
from qualify.storage.reviews import ReviewRow
from qualify.workflow import Part, ReviewState


@reads
def handed_in(context: Context, telegram_id: int, reference: Reference, *, anyway: bool = False) -> Turn:
    """The review that a button of its summary belongs to, as it stands; what `submit` asks is asked again. Raises
    NotFound when it is not this person's."""
    with context.database.reading() as connection:
        row = mine(connection, telegram_id, reference.review_id)
        stands = step_in_hand(context, connection, row) if row.is_open else None
        asks = not anyway and stands is not None and is_current(row, reference) and _warns(stands.here, row)
        return replace(turn_of(context, connection, row, before=stands), asks=asks)


@shown_again_by(handed_in)
@once_more
def submit(context: Context, telegram_id: int, reference: Reference, *, anyway: bool = False) -> Turn:
    """Hand the review in; where its outlook warns of something, only `anyway`: else it `asks`. The last of the
    assessors' reviews scores the assessment.

    Raises NotFound when the review is not this person's.
    """
    with context.database.transaction() as connection:
        found(connection, mine(connection, telegram_id, reference.review_id).assessment_id)
        row = mine(connection, telegram_id, reference.review_id)  # as it stands once nobody else can change it
        if not is_current(row, reference):
            return turn_of(context, connection, row, refusal=Stale("error-stale"))
        stands = step_in_hand(context, connection, row)
        if stands.here.step.kind is not StepKind.SUMMARY:
            return turn_of(context, connection, row, refusal=Stale("error-not-here"), before=stands)
        if not may_submit(stands.here):
            return turn_of(context, connection, row, refusal=Stale("error-incomplete"), before=stands)
        if not anyway and _warns(stands.here, row):
            return replace(turn_of(context, connection, row, before=stands), asks=True)
        reviews.submit(connection, row, context.now())
        if row.part != Part.SELF:
            complete_if_last(context, connection, row.assessment_id)
        return turn_of(context, connection, mine(connection, telegram_id, row.id))


def _warns(here: Situation, row: ReviewRow) -> bool:
    """Whether something keeps the level from being granted, or doesn't count; in a self-assessment nothing does."""
    found = outlook(here) if may_submit(here) and row.part != Part.SELF else None
    return found is not None and found.warns


def complete_if_last(context: Context, connection: Connection, assessment_id: int) -> int | None:
    """Score the assessment if all its assessors' reviews are in; returns the result's id, or None while one is missing.
    Two last submissions at once score once. The administrators are asked to sign, or where that was waived and nothing
    has to be settled the result is published."""
    file = held(connection, assessment_id)
    if any(review.state != ReviewState.SUBMITTED for review in file.counted):
        return None
    return corrections.complete(context, connection, file, scored(context, connection, file))
