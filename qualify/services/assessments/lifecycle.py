"""What every step in the life of an assessment needs: to find it, to ask who may, to move it by the table, to keep it
in the audit log."""

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.dialogue import has_words
from qualify.errors import InvalidInput, NotFound
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context
from qualify.storage import assessments, notices, people, results, reviews
from qualify.storage.tables import Assessment, NoticeKind, Review
from qualify.texts import visible
from qualify.workflow import CURRENT, TABLE, AssessmentState, Event, Part, ReviewState, follow

MAX_TEXT = 1000
TIME_TO_REVISE = timedelta(days=7)


def found(connection: Connection, assessment_id: int, *, lock: bool = True) -> Assessment:
    """The assessment, locked against other writers until the transaction ends unless `lock` is False. Raises
    NotFound."""
    assessment = assessments.get(connection, assessment_id, lock=lock)
    if assessment is None:
        raise NotFound("error-assessment-unknown", id=str(assessment_id))
    return assessment


class Held(NamedTuple):
    """An assessment that something is done to, with all its reviews and the names of their assessors, read once."""

    assessment: Assessment
    reviews: list[tuple[Review, str]]

    @property
    def counted(self) -> list[Review]:
        """The reviews that the result is made of: the assessors' that were not taken back."""
        return [review for review, _ in self.reviews if counts(review)]

    @property
    def own(self) -> Review | None:
        """The self-assessment, if one was asked for and not taken back."""
        alive = (review for review, _ in self.reviews if review.state != ReviewState.WITHDRAWN)
        return next((review for review in alive if review.part == Part.SELF), None)


def counts(review: Review) -> bool:
    """Whether it counts in the result: an assessor's review that was not taken back."""
    return review.part != Part.SELF and review.state != ReviewState.WITHDRAWN


def held(connection: Connection, assessment_id: int, *, lock: bool = True) -> Held:
    """The assessment with its reviews, locked like `found` does. Raises NotFound."""
    assessment = found(connection, assessment_id, lock=lock)
    return Held(assessment, reviews.of_assessment(connection, assessment_id))


def permitted(work: UnitOfWork, action: Permission, assessment_id: int, *, lock: bool = True) -> Held:
    """The assessment, for somebody who may do `action` to it. Raises NotFound or Forbidden."""
    file = held(work.connection, assessment_id, lock=lock)
    assessors = [review.assessor_id for review in file.counted]
    work.authorize(action, work.viewer.relation(file.assessment.subject_id, assessors))
    return file


def move(connection: Connection, assessment: Assessment, event: Event) -> Assessment:
    """Move the assessment as the event does; returns it as it is then. Raises InvalidInput where its state allows no
    such event."""
    before = AssessmentState(assessment.state)
    after = follow(before, event)
    assessments.change(connection, assessment.id, state=after.value)
    return assessment.model_copy(update={"state": after.value})


def move_and_keep(work: UnitOfWork, assessment: Assessment, event: Event, **details: object) -> Assessment:
    """Move the assessment as `move` does, and add the event to the audit log with its details."""
    moved = move(work.connection, assessment, event)
    before, after = {"state": assessment.state}, {"state": moved.state, **details}
    work.keep(event.value, "assessment", assessment.id, before=before, after=after)
    return moved


def return_reviews(work: UnitOfWork, file: Held, event: Event, reason: str, review_ids: tuple[int, ...]) -> list[int]:
    """Open submitted reviews again, all or those named, each with the reason; returns their ids. The assessors are
    told, and have a week at least.

    Raises InvalidInput for a review that isn't one of the assessment's submitted ones, or a state that allows no such
    event.
    """
    chosen, details = _open_again(work, file, reason, review_ids or tuple(review.id for review in file.counted))
    move_and_keep(work, file.assessment, event, **details)
    return chosen


def give_back(work: UnitOfWork, file: Held, reason: str, review_ids: tuple[int, ...]) -> list[int]:
    """Open submitted reviews again while others are still owed, all of them or those named: the assessment stays as far
    as it is. Returns their ids.

    Raises InvalidInput for a review that isn't one of the assessment's or isn't submitted, and where none is.
    """
    state = AssessmentState(file.assessment.state)
    submitted = [review.id for review in file.counted if review.state == ReviewState.SUBMITTED]
    if not submitted:
        follow(state, Event.RETURN)
    chosen, details = _open_again(work, file, reason, review_ids or tuple(submitted))
    if not set(chosen) <= set(submitted):
        raise InvalidInput("error-review-not-in")
    work.keep(Event.RETURN.value, "assessment", file.assessment.id, before={"state": state}, after=details)
    return chosen


def _open_again(
    work: UnitOfWork, file: Held, reason: str, chosen: tuple[int, ...]
) -> tuple[list[int], dict[str, object]]:
    """The reviews opened again, and what the audit log keeps of it."""
    assessment, assigned = file.assessment, {review.id: review for review in file.counted}
    if not set(chosen) <= assigned.keys():
        raise InvalidInput("error-review-not-here")
    now, due = work.context.now(), max(assessment.due_date, work.context.today() + TIME_TO_REVISE)
    for review_id in chosen:
        reviews.change(work.connection, review_id, state=ReviewState.OPEN, submitted_at=None, returned=reason)
        notices.owe_again(work.connection, assigned[review_id].assessor_id, NoticeKind.RETURNED, review_id, now)
    assessments.change(work.connection, assessment.id, due_date=due)
    return list(chosen), {"reason": reason, "reviews": list(chosen), "due": due}


def tell_admins(
    context: Context, connection: Connection, kind: NoticeKind, reference: int, *, but: Collection[int | None]
) -> None:
    """Owe every administrator a message, except the person it is about, and who has done it."""
    for person_id in people.with_role(connection, Role.ADMIN):
        if person_id not in but:
            notices.owe(connection, person_id, kind, reference, context.now())


def checked_text(text: str, key: str, maximum: int = MAX_TEXT) -> str:
    """What somebody typed, without what can't be seen and the white space around it. Raises InvalidInput(key) for no
    words, or too many."""
    words = visible(text).strip()
    if not has_words(words) or len(words) > maximum:
        raise InvalidInput(key, maximum=str(maximum))
    return words


def close(connection: Connection, assigned: list[Review]) -> None:
    """End those of the reviews that are still open: nobody owes them any more, and what was given in them stays."""
    for review in assigned:
        if review.state == ReviewState.OPEN:
            reviews.change(connection, review.id, state=ReviewState.WITHDRAWN)


A_PART = 25
"""How many assessments are changed in one transaction by what time brings along: whoever presses gets in between."""
PROGRAM = Actor(None, "qualify")
"""Who does what nobody asks for."""


def expire(context: Context) -> int:
    """End results that are no longer valid on the company's today, up to `A_PART`; returns how many. Two processes at
    once end each of them once."""
    with acting(context, PROGRAM) as work:
        ended, states = 0, CURRENT - {AssessmentState.APPEALED}
        for assessment_id in results.expired(work.connection, context.today(), states, A_PART):
            assessment = found(work.connection, assessment_id)
            if (AssessmentState(assessment.state), Event.EXPIRE) in TABLE:
                move_and_keep(work, assessment, Event.EXPIRE)
                results.mark_expired(work.connection, assessment_id)
                ended += 1
        return ended


def begun(connection: Connection, assessment_id: int) -> None:
    """Move an open assessment to "in progress", because somebody has given a first answer; any other stays as it is."""
    after = follow(AssessmentState.OPEN, Event.BEGIN)
    assessments.move(connection, assessment_id, AssessmentState.OPEN, after)
