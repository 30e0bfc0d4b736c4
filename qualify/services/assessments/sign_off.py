"""A human signs a result or returns its reviews; a signed result is published. Where the signature was waived, the last
submission publishes it."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.dialogue import answers_of
from qualify.errors import InvalidInput, Stale
from qualify.reminders import MORNING
from qualify.scoring import Result, ReviewInput, plain, score
from qualify.services.assessments.facts import unsettled
from qualify.services.assessments.lifecycle import (
    Held,
    checked_text,
    close,
    give_back,
    move,
    move_and_keep,
    permitted,
    return_reviews,
)
from qualify.services.authorization import Actor, UnitOfWork, acting, authorize
from qualify.services.context import Context, reads
from qualify.services.notices import faults
from qualify.standard import Standard
from qualify.storage import assessments, notices, people, rescorings, results, reviews
from qualify.storage.tables import NoticeKind, Signature
from qualify.workflow import OWED, AssessmentState, Event, ReviewState

NOT_GRANTED = "none"
EXPIRY_DAYS = {NoticeKind.EXPIRES_SOON: 60, NoticeKind.EXPIRES_NOW: 7}


def sign_off(
    context: Context,
    actor: Actor,
    assessment_id: int,
    grade: str | None = None,
    reason: str = "",
    *,
    seen: int | None = None,
) -> int:
    """Sign the result of a reviewed assessment; returns the result's id. `seen` is the result that the signer looked
    at. Nothing is signed before everything is settled.

    `grade` confirms the computed one by default; another one of the standard, or "none" (the level is not granted),
    needs a reason, and both then stand in the result. Raises NotFound, Forbidden, Stale when a newer result came since,
    or is about to, or InvalidInput for a state that waits for no signature, conflicts or likely twins that aren't
    settled, an unknown grade, or a missing reason.
    """
    with acting(context, actor) as work:
        assessment = permitted(work, Permission.SIGN_OFF, assessment_id).assessment
        _refuse_outdated(work.connection, assessment_id)
        stored = results.newest_of(work.connection, assessment_id)
        if stored is None:
            raise InvalidInput("error-life", state=assessment.state, event=Event.SIGN_OFF.value)
        if seen not in (None, stored.id):
            raise Stale("error-stale")
        standard = context.standard(stored.standard, stored.version, stored.structure)
        result = Result.model_validate_json(stored.figures)
        refuse_unsettled(result)
        computed = result.grade
        signed, why = _differing(standard, computed, grade, reason)
        move_and_keep(
            work,
            assessment,
            Event.SIGN_OFF,
            result=stored.id,
            computed=computed,
            grade=computed if signed is None else signed or NOT_GRANTED,
            reason=why,
        )
        _sign(work, stored.id, signed, why)
        return stored.id


def refuse_unsettled(result: Result) -> None:
    """Raises InvalidInput while a conflict or likely twins wait to be settled."""
    if count := unsettled(result):
        raise InvalidInput("error-unsettled", count=str(count))


def _differing(standard: Standard, computed: str | None, grade: str | None, reason: str) -> tuple[str | None, str]:
    """The grade to store where it differs from the computed one ("" = not granted), and why. None when it doesn't."""
    if grade is None:
        return None, ""
    known = [band.id for band in standard.grades.bands] if standard.grades else []
    if not known:
        raise InvalidInput("error-grade-none-here")
    if grade not in (*known, NOT_GRANTED):
        raise InvalidInput("error-grade-unknown", given=grade, grades=", ".join((*known, NOT_GRANTED)))
    wanted = "" if grade == NOT_GRANTED else grade
    if wanted == (computed or ""):
        return None, ""
    return wanted, checked_text(reason, "error-grade-reason")


def _sign(work: UnitOfWork, result_id: int, grade: str | None, reason: str) -> None:
    signer, now = work.actor.person_id, work.context.now()
    signature = Signature(result_id=result_id, person_id=signer, at=now, grade=grade, reason=reason)
    results.sign(work.connection, signature)


def own_ratings(context: Context, connection: Connection, file: Held) -> dict[str, Decimal]:
    """The ratings of the submitted self-assessment by element; none where none was given."""
    assessment, own = file.assessment, file.own
    if own is None or own.state != ReviewState.SUBMITTED:
        return {}
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    answers = answers_of(reviews.entries(connection, own.id))
    scored = score(standard, assessment.level, [ReviewInput(answers=answers)], assessment.application_date)
    return {each.id: each.rating for each in scored.elements if each.rating is not None}


def return_to(
    context: Context, actor: Actor, assessment_id: int, reason: str, review_ids: tuple[int, ...] = ()
) -> list[int]:
    """Return reviews to their assessors, all of them or those named, with a reason; returns the reviews' ids. While
    others are still owed, those that are in.

    Raises NotFound, Forbidden, or InvalidInput: no reason, a review that isn't here, or nothing to return.
    """
    why = checked_text(reason, "error-return-reason")
    with acting(context, actor) as work:
        file = permitted(work, Permission.RETURN, assessment_id)
        if AssessmentState(file.assessment.state) in OWED:
            return give_back(work, file, why, review_ids)
        return return_reviews(work, file, Event.RETURN, why, review_ids)


def publish(context: Context, actor: Actor, assessment_id: int) -> int:
    """Show the signed result to the employee; returns the result's id. Raises NotFound, Forbidden, InvalidInput, or
    Stale where a newer result is about to come."""
    with acting(context, actor) as work:
        file = permitted(work, Permission.PUBLISH, assessment_id)
        _refuse_outdated(work.connection, assessment_id)
        return _publish(work, file)


def _is_outdated(connection: Connection, assessment_id: int) -> bool:
    """Whether the assessment is about to be scored again after a list. Where that fails again and again, nobody waits
    for it any more."""
    return rescorings.is_waiting(connection, assessment_id, faults.STAYS)


def _refuse_outdated(connection: Connection, assessment_id: int) -> None:
    if _is_outdated(connection, assessment_id):
        raise Stale("error-rescoring")


def publish_signed(context: Context, actor: Actor, limit: int = 20) -> int:
    """Publish up to `limit` of the signed results, except those about the actor; returns how many. Raises Forbidden."""
    with acting(context, actor) as work:
        work.authorize(Permission.PUBLISH)
        signed = assessments.places(work.connection, (AssessmentState.SIGNED_OFF,), but=actor.person_id, most=limit)
        locked = [permitted(work, Permission.PUBLISH, number) for number in sorted(place.id for place in signed)]
        still = [
            file
            for file in locked
            if file.assessment.state == AssessmentState.SIGNED_OFF
            and not _is_outdated(work.connection, file.assessment.id)
        ]
        for file in still:
            _publish(work, file)
        return len(still)


@reads
def signed_unheard(context: Context, actor: Actor, *, most: int) -> list[str]:
    """The names of up to `most` people with a signed result who haven't joined, so that nobody can tell them of it.
    Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.PUBLISH)
        return assessments.unheard(connection, AssessmentState.SIGNED_OFF, but=actor.person_id, most=most)


def _publish(work: UnitOfWork, file: Held) -> int:
    stored = results.newest_of(work.connection, file.assessment.id)
    move_and_keep(work, file.assessment, Event.PUBLISH, result=stored and stored.id)
    assert stored is not None, "what is signed has a result"
    release(work.context, work.connection, file, stored.id)
    return stored.id


def publish_unsigned(context: Context, connection: Connection, file: Held, result_id: int) -> None:
    """Publish the result without a human's signature, which was waived when the assessment was opened."""
    move(connection, move(connection, file.assessment, Event.SIGN_OFF), Event.PUBLISH)
    release(context, connection, file, result_id)


def release(
    context: Context, connection: Connection, file: Held, result_id: int, *, valid_until: date | None = None
) -> None:
    """Freeze the self-assessment as it is now beside the result, and publish. The employee, the assessors and the
    employee's manager are told; the employee is told again some time before the result expires. Its validity begins
    now, unless `valid_until` says that it corrects a published one's."""
    now, assessment = context.now(), file.assessment
    own = {element: plain(rating) for element, rating in own_ratings(context, connection, file).items()}
    results.keep_own(connection, result_id, json.dumps(own))
    valid_until = valid_until or context.rules.valid_until(context.today())
    results.publish(connection, result_id, now, context.rules.appeal_until(now), valid_until)
    assessors = {review.assessor_id for review in file.counted}
    for person_id in {assessment.subject_id} | assessors:
        notices.owe(connection, person_id, NoticeKind.RESULT, result_id, now)
    manager_id = people.by_id(connection, assessment.subject_id).manager_id
    if manager_id is not None and manager_id not in assessors:
        notices.owe(connection, manager_id, NoticeKind.TEAM_RESULT, result_id, now)
    for kind, days in EXPIRY_DAYS.items():
        told = datetime.combine(valid_until - timedelta(days=days), MORNING, context.timezone)
        if told > now:
            notices.owe(connection, assessment.subject_id, kind, result_id, told)
    close(connection, [file.own] if file.own else [])
