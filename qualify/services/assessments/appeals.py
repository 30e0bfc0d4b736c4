"""What the employee says to a published result: acknowledged, or appealed once within some days of its delivery; and
the answer. What a list corrects after the answer is a new result, which may be appealed like the first."""

from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound
from qualify.services.assessments.corrections import rescore
from qualify.services.assessments.lifecycle import checked_text, move_and_keep, permitted, return_reviews, tell_admins
from qualify.services.authorization import Actor, UnitOfWork, acting, authorize
from qualify.services.context import Context, once_more, only_checks, reads
from qualify.storage import notices, people, results
from qualify.storage.columns import LARGEST_ID
from qualify.storage.tables import Appeal, Assessment, NoticeKind, StoredResult
from qualify.workflow import AssessmentState, Event, follow


class Appealed(NamedTuple):
    """An appeal with the result it is about and the employee's name."""

    appeal: Appeal
    result: StoredResult
    subject: str


def acknowledge(context: Context, actor: Actor, result_id: int) -> None:
    """The employee has taken note of the result. Raises NotFound, Forbidden, or InvalidInput: acknowledged before,
    replaced by a newer result, or a state that allows none."""
    with acting(context, actor) as work:
        stored = _published(work.connection, result_id)
        assessment = permitted(work, Permission.ACKNOWLEDGE, stored.assessment_id).assessment
        if assessment.state == AssessmentState.ACKNOWLEDGED:
            raise InvalidInput("error-acknowledged")
        move_and_keep(work, assessment, Event.ACKNOWLEDGE, result=result_id)


@once_more
def appeal(context: Context, actor: Actor, result_id: int, text: str) -> int:
    """The employee objects, with a text; returns the appeal's id. The administrators are told.

    Raises NotFound, Forbidden, or InvalidInput: no text, too late, appealed before, or a state that allows none.
    """
    words = checked_text(text, "error-appeal-text")
    with acting(context, actor) as work:
        return hand_in(work, may_appeal(work, result_id), result_id, words)


def hand_in(work: UnitOfWork, assessment: Assessment, result_id: int, words: str, *, proofs: int = 0) -> int:
    """Store the appeal of whoever `may_appeal`; returns its id. The administrators are told."""
    context = work.context
    move_and_keep(work, assessment, Event.APPEAL, result=result_id)
    made = Appeal(assessment_id=assessment.id, result_id=result_id, text=words, at=context.now(), proofs=proofs)
    appeal_id = results.add_appeal(work.connection, made)
    tell_admins(context, work.connection, NoticeKind.APPEAL, appeal_id, but=(assessment.subject_id,))
    return appeal_id


@only_checks
def check_appeal(context: Context, actor: Actor, result_id: int) -> None:
    """Raises what `appeal` would, before anybody types a text."""
    with context.database.reading() as connection:
        assessment = may_appeal(UnitOfWork(context, connection, actor), result_id, lock=False)
        follow(AssessmentState(assessment.state), Event.APPEAL)


def may_appeal(work: UnitOfWork, result_id: int, *, lock: bool = True) -> Assessment:
    """The assessment, if the actor is its subject, no appeal closes the result and they are in time. What its state
    allows is for the table to say. Raises NotFound, Forbidden or InvalidInput otherwise."""
    stored = _published(work.connection, result_id)
    assessment = permitted(work, Permission.APPEAL, stored.assessment_id, lock=lock).assessment
    before = results.appeal_of(work.connection, stored.assessment_id)
    if before is not None and before.closes(result_id):
        raise InvalidInput("error-appeal-once")
    if stored.appeal_until is None or work.context.now() > stored.appeal_until:
        raise InvalidInput("error-appeal-late", days=str(work.context.rules.appeal_days))
    return assessment


def _published(connection: Connection, result_id: int) -> StoredResult:
    """A published result that no later one of the same assessment has replaced."""
    stored = results.get(connection, result_id)
    if stored is None or stored.published_at is None:
        raise NotFound("error-result-unknown")
    if results.is_replaced(stored, results.newest_of(connection, stored.assessment_id)):
        raise InvalidInput("error-result-replaced")
    return stored


def answer(context: Context, actor: Actor, assessment_id: int, text: str) -> None:
    """Answer the appeal; the result stands, and the employee is told why.

    Raises NotFound, Forbidden, or InvalidInput: no text, or no appeal that waits.
    """
    words = checked_text(text, "error-answer-text")
    with acting(context, actor) as work:
        file = permitted(work, Permission.ANSWER_APPEAL, assessment_id)
        answered = move_and_keep(work, file.assessment, Event.ANSWER, answer=words)
        settle(work, assessment_id, words, reopened=False)
        rescore(work, file._replace(assessment=answered))  # what a list said meanwhile has waited for the answer


def reopen(
    context: Context, actor: Actor, assessment_id: int, reason: str, review_ids: tuple[int, ...] = ()
) -> list[int]:
    """Follow the appeal: return the reviews, all or those named, to their assessors with the reason; returns their ids.

    The published result stays until a new one is published. Raises NotFound, Forbidden or InvalidInput.
    """
    why = checked_text(reason, "error-return-reason")
    with acting(context, actor) as work:
        file = permitted(work, Permission.ANSWER_APPEAL, assessment_id)
        returned = return_reviews(work, file, Event.REOPEN, why, review_ids)
        settle(work, assessment_id, why, reopened=True)
        return returned


def settle(work: UnitOfWork, assessment_id: int, words: str, *, reopened: bool) -> None:
    """Store what came of the appeal, and owe the employee the news; the state was moved before."""
    made = results.appeal_of(work.connection, assessment_id)
    assert made is not None, "what is appealed has an appeal"
    now, by = work.context.now(), work.actor.person_id
    results.answer_appeal(work.connection, made.id, answer=words, answered_by_id=by, answered_at=now, reopened=reopened)
    stored = results.get(work.connection, made.result_id)
    assert stored is not None
    notices.owe(work.connection, stored.subject_id, NoticeKind.APPEAL_ANSWER, made.id, now)


@reads
def listed(context: Context, actor: Actor) -> list[Appealed]:
    """All appeals that the actor may answer, the newest first. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.ANSWER_APPEAL)
        return [Appealed._make(each) for each in results.appeals(connection, but=actor.person_id)]


class AppealStart(NamedTuple):
    """Where a page of appeals begins: among those that wait or those that were answered, and at which one."""

    is_waiting: bool
    appeal_id: int


START = AppealStart(True, LARGEST_ID)


class AppealPage(NamedTuple):
    """Some appeals, how many of all wait for an answer, and where the pages before and after begin, if any."""

    lines: list[Appealed]
    waiting: int
    before: AppealStart | None
    after: AppealStart | None


@reads
def page(context: Context, actor: Actor, first: AppealStart = START, *, most: int) -> AppealPage:
    """Up to `most` appeals that the actor may answer, from `first` on: those that wait for an answer, then those that
    were answered, each the newest first. The last page where nothing is left from there on. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.ANSWER_APPEAL)
        found = _from(connection, actor, first, most + 1)
        earlier = _before(connection, actor, _turn(found[0]) if found else first, most)
        if not found:
            found = earlier[::-1]
            earlier = _before(connection, actor, _turn(found[0]), most) if found else []
        waiting = results.count_waiting(connection, but=actor.person_id)
    after = _turn(found[most]) if len(found) > most else None
    return AppealPage(found[:most], waiting, _turn(earlier[-1]) if earlier else None, after)


def _turn(each: Appealed) -> AppealStart:
    return AppealStart(each.appeal.answered_at is None, each.appeal.id)


def _from(connection: Connection, actor: Actor, first: AppealStart, most: int) -> list[Appealed]:
    """Up to `most` appeals from `first` on."""
    found: list[Appealed] = []
    for waiting in (True, False) if first.is_waiting else (False,):
        until = first.appeal_id if waiting == first.is_waiting else LARGEST_ID
        rest = most - len(found)
        more = results.appeals(connection, waiting=waiting, until=until, but=actor.person_id, most=rest)
        found += [Appealed._make(each) for each in more]
    return found


def _before(connection: Connection, actor: Actor, first: AppealStart, most: int) -> list[Appealed]:
    """Up to `most` appeals before `first`, the last one first."""
    found: list[Appealed] = []
    for waiting in (True,) if first.is_waiting else (False, True):
        after = first.appeal_id if waiting == first.is_waiting else 0
        rest = most - len(found)
        more = results.appeals(connection, waiting=waiting, after=after, but=actor.person_id, most=rest)
        found += [Appealed._make(each) for each in more]
    return found


def _appealed(connection: Connection, made: Appeal) -> Appealed:
    stored = results.get(connection, made.result_id)
    assert stored is not None
    return Appealed(made, stored, people.by_id(connection, stored.subject_id).name)


@reads
def show(context: Context, appeal_id: int) -> Appealed:
    """One appeal, without asking who looks: for messages that are addressed already. Raises NotFound."""
    with context.database.reading() as connection:
        made = results.appeal(connection, appeal_id)
        if made is None:
            raise NotFound("error-appeal-unknown")
        return _appealed(connection, made)
