"""Changing an assessment whose reviews are still owed: a later due date, another assessor, or its end."""

from datetime import date

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput, Stale
from qualify.services.assessments.lifecycle import Held, close, move_and_keep, permitted
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context
from qualify.services.people.directory import person
from qualify.storage import assessments, candidates, notices, people, results, reviews
from qualify.storage.tables import NoticeKind, Person, Review
from qualify.workflow import AssessmentState, Event, ReviewState, require_owed


def extend(context: Context, actor: Actor, assessment_id: int, due: date) -> None:
    """Set another due date, today or later. Raises NotFound, Forbidden, or InvalidInput for a day that has passed or an
    assessment that owes no reviews any more."""
    with acting(context, actor) as work:
        assessment = permitted(work, Permission.CHANGE, assessment_id).assessment
        require_owed(AssessmentState(assessment.state))
        check_due(context, due)
        assessments.change(work.connection, assessment_id, due_date=due)
        work.keep("extend", "assessment", assessment_id, before={"due": assessment.due_date}, after={"due": due})


def check_due(context: Context, due: date) -> None:
    """Raises InvalidInput for a day that has passed."""
    if due < context.today():
        raise InvalidInput("error-due-past", date=due.isoformat())


def withdraw(context: Context, actor: Actor, assessment_id: int, reason: str = "") -> None:
    """End the assessment without a result: nobody owes anything any more, and the assessors of open reviews are told.

    Raises NotFound, Forbidden, or InvalidInput once something of it was published.
    """
    with acting(context, actor) as work:
        candidates.take_turns(work.connection)
        file = permitted(work, Permission.CHANGE, assessment_id)
        check_unpublished(work.connection, assessment_id)
        end(work, file, reason=reason.strip())


def keep_on(context: Context, actor: Actor, assessment_id: int) -> None:
    """Let the assessment go on although its subject has left. Raises NotFound, Forbidden, or InvalidInput once it owes
    no reviews any more."""
    with acting(context, actor) as work:
        assessment = permitted(work, Permission.CHANGE, assessment_id).assessment
        require_owed(AssessmentState(assessment.state))
        assessments.change(work.connection, assessment_id, kept_on=True)
        work.keep("keep-on", "assessment", assessment_id)


def check_unpublished(connection: Connection, assessment_id: int) -> None:
    """Raises InvalidInput once a result of the assessment was published."""
    refuse_published(published=results.was_published(connection, assessment_id))


def refuse_published(*, published: bool) -> None:
    """Raises InvalidInput once something of an assessment was published: it can't be withdrawn any more."""
    if published:
        raise InvalidInput("error-withdraw-published")


def end(work: UnitOfWork, file: Held, **details: object) -> None:
    """Withdraw the assessment, even if a result of it was published before. Raises InvalidInput where its state doesn't
    allow it."""
    move_and_keep(work, file.assessment, Event.WITHDRAW, **details)
    candidates.leave(work.connection, file.assessment)
    for review, _ in file.reviews:
        if review.state == ReviewState.OPEN:
            _release(work, review)


def _release(work: UnitOfWork, review: Review) -> None:
    """End the review, and owe its assessor the news."""
    close(work.connection, [review])
    notices.owe_again(work.connection, review.assessor_id, NoticeKind.WITHDRAWN, review.id, work.context.now())


def reassign(context: Context, actor: Actor, assessment_id: int, old: str, new: str) -> int:
    """Give an open review to another assessor, who begins anew with the same part and weight; returns the new review's
    id.

    Assessors by staff number. Raises NotFound or Forbidden, or InvalidInput: the old one doesn't owe a review here, the
    new one is the subject, rates here already, or hasn't the role.
    """
    with acting(context, actor) as work:
        file = permitted(work, Permission.CHANGE, assessment_id)
        require_owed(AssessmentState(file.assessment.state))
        connection = work.connection
        leaving, coming = person(connection, old, active=False), person(connection, new)
        review = _owed_by(file, leaving)
        _check_newcomer(connection, file, coming)
        _release(work, review)
        review_id = _assign(connection, file, coming, review)
        notices.owe_again(connection, coming.id, NoticeKind.REVIEW, review_id, context.now())
        before, after = {"assessor": old}, {"assessor": new, "review": review_id}
        work.keep("reassign", "assessment", assessment_id, before=before, after=after)
        return review_id


def hand_over(context: Context, actor: Actor, assessment_id: int, review_id: int, person_id: int) -> int:
    """Give this review to that person; returns the new review's id. Raises what `reassign` does, InvalidInput for a
    review of another assessment, and Stale when there is no such person."""
    with context.database.reading() as connection:
        row = reviews.get(connection, review_id)
        if row is None or row.assessment_id != assessment_id:
            raise InvalidInput("error-review-not-here")
        known = people.by_ids(connection, [row.assessor_id, person_id])
    if person_id not in known:
        raise Stale("error-stale")
    return reassign(context, actor, assessment_id, known[row.assessor_id].staff_no, known[person_id].staff_no)


def _owed_by(file: Held, assessor: Person) -> Review:
    for review in file.counted:
        if review.assessor_id == assessor.id and review.state == ReviewState.OPEN:
            return review
    raise InvalidInput("error-reassign-not-owed", name=assessor.name)


def _check_newcomer(connection: Connection, file: Held, coming: Person) -> None:
    if coming.id == file.assessment.subject_id:
        raise InvalidInput("error-own-assessor", name=coming.name)
    if any(review.assessor_id == coming.id for review in file.counted):
        raise InvalidInput("error-reassign-here-already", name=coming.name)
    if Role.ASSESSOR not in people.roles_of(connection, coming.id):
        raise InvalidInput("error-not-assessor", name=coming.name)


def _assign(connection: Connection, file: Held, coming: Person, old: Review) -> int:
    """A new review, or the one that was taken from this assessor before, with all that was given in it."""
    for review, _ in file.reviews:
        if review.assessor_id == coming.id:
            reviews.change(connection, review.id, state=ReviewState.OPEN, part=old.part, weight=old.weight)
            return review.id
    new = Review(assessment_id=file.assessment.id, assessor_id=coming.id, part=old.part, weight=old.weight)
    return assessments.add_review(connection, new)
