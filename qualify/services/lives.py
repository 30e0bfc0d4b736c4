"""Moving an assessment along its life: found, permitted, moved by the table, written into the audit log."""

from datetime import timedelta

from sqlalchemy import Connection

from qualify.access import Action, Role
from qualify.dialogue import has_words
from qualify.errors import InvalidInput, NotFound
from qualify.life import AssessmentState, Event, ReviewState, follow
from qualify.services.actors import Deed
from qualify.services.context import Context
from qualify.storage import assessments, notices, people, reviews
from qualify.storage.tables import Assessment, NoticeKind, Review

MAX_TEXT = 1000
TIME_TO_REVISE = timedelta(days=7)


def found(connection: Connection, assessment_id: int, *, lock: bool = True) -> Assessment:
    """The assessment, kept away from other writers until the transaction ends. Raises NotFound."""
    assessment = assessments.get(connection, assessment_id, lock=lock)
    if assessment is None:
        raise NotFound("error-assessment-unknown", id=str(assessment_id))
    return assessment


def permitted(deed: Deed, action: Action, assessment_id: int, *, lock: bool = True) -> Assessment:
    """The assessment, for somebody who may do `action` to it. Raises NotFound or Forbidden."""
    assessment = found(deed.connection, assessment_id, lock=lock)
    deed.authorize(action, subject_id=assessment.subject_id, assessment_id=assessment_id)
    return assessment


def move(connection: Connection, assessment: Assessment, event: Event) -> Assessment:
    """Let the event happen. Raises InvalidInput where the table has none such for the assessment's state."""
    before = AssessmentState(assessment.state)
    after = follow(before, event)
    assessments.change(connection, assessment.id, state=after.value)
    return assessment.model_copy(update={"state": after.value})


def move_and_keep(deed: Deed, assessment: Assessment, event: Event, **details: object) -> Assessment:
    """Let the event happen, and add it to the audit log with its details."""
    moved = move(deed.connection, assessment, event)
    before, after = {"state": assessment.state}, {"state": moved.state, **details}
    deed.keep(event.value, "assessment", assessment.id, before=before, after=after)
    return moved


def give_back(deed: Deed, assessment: Assessment, event: Event, reason: str, review_ids: tuple[int, ...]) -> list[int]:
    """Open submitted reviews again, all or those named, each with the reason; their ids. The assessors are told, and
    have a week at least.

    Raises InvalidInput for a review that isn't one of the assessment's submitted ones, or a state that allows no such
    event.
    """
    assigned = {review.id: review for review, _ in reviews.counted(deed.connection, assessment.id)}
    chosen = review_ids or tuple(assigned)
    if not set(chosen) <= assigned.keys():
        raise InvalidInput("error-review-not-here")
    now, due = deed.context.now(), max(assessment.due_date, deed.context.today() + TIME_TO_REVISE)
    for review_id in chosen:
        reviews.change(deed.connection, review_id, state=ReviewState.OPEN, submitted_at=None, returned=reason)
        notices.owe_again(deed.connection, assigned[review_id].assessor_id, NoticeKind.RETURNED, review_id, now)
    assessments.change(deed.connection, assessment.id, due_date=due)
    move_and_keep(deed, assessment, event, reason=reason, reviews=list(chosen), due=due)
    return list(chosen)


def tell_admins(
    context: Context, connection: Connection, kind: NoticeKind, reference: int, *, but: int | None = None
) -> None:
    """Owe every administrator a message, except the person it is about."""
    for person_id in people.with_role(connection, Role.ADMIN):
        if person_id != but:
            notices.owe(connection, person_id, kind, reference, context.now())


def checked_text(text: str, key: str, maximum: int = MAX_TEXT) -> str:
    """What somebody typed, without the white space around it. Raises InvalidInput(key) for no words, or too many."""
    words = text.strip()
    if not has_words(words) or len(words) > maximum:
        raise InvalidInput(key, maximum=str(maximum))
    return words


def close(connection: Connection, assigned: list[Review]) -> None:
    """Reviews that are still open are owed no more; what was given in them stays."""
    for review in assigned:
        if review.state == ReviewState.OPEN:
            reviews.change(connection, review.id, state=ReviewState.WITHDRAWN)
