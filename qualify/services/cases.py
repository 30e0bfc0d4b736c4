"""One assessment as an administrator has it before them: everything about it, and what they can do with it now."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Action
from qualify.dialogue import plan
from qualify.errors import InvalidInput, NotFound, Stale
from qualify.life import AssessmentState, Event, ReviewState, follow, require_owed
from qualify.services import changes, progress, results
from qualify.services.actors import Actor, authorize, is_allowed
from qualify.services.context import Context, reads
from qualify.services.lives import found
from qualify.services.progress import Case
from qualify.services.results import Shown
from qualify.services.signing import own_ratings
from qualify.standard import Standard
from qualify.storage import people, reviews
from qualify.storage.tables import Assessment, Evidence


class Step(StrEnum):
    """What an administrator can do with an assessment, the most urgent first."""

    SIGN = "sign"
    PUBLISH = "publish"
    REPLY = "reply"
    REOPEN = "reopen"
    RETURN = "return"
    REMIND = "remind"
    EXTEND = "extend"
    REASSIGN = "reassign"
    WITHDRAW = "withdraw"


STEPS: Mapping[Step, tuple[Action, Event | None]] = {
    Step.SIGN: (Action.SIGN_OFF, Event.SIGN_OFF),
    Step.PUBLISH: (Action.PUBLISH, Event.PUBLISH),
    Step.REPLY: (Action.ANSWER_APPEAL, Event.ANSWER),
    Step.REOPEN: (Action.ANSWER_APPEAL, Event.REOPEN),
    Step.RETURN: (Action.RETURN, Event.RETURN),
    Step.REMIND: (Action.REMIND, None),
    Step.EXTEND: (Action.CHANGE, None),
    Step.REASSIGN: (Action.CHANGE, None),
    Step.WITHDRAW: (Action.CHANGE, Event.WITHDRAW),
}
"""What each needs: the permission, and the event that the state must allow; None = reviews must still be owed."""


class View(NamedTuple):
    """An assessment with its standard, what may be shown of its result, and the steps that can be taken.

    `percents` says how far each open review is (0…100), `own` are the ratings of a self-assessment that is in.
    `evidence` holds the notes and files of each review that may be read, without the withdrawn ones. `is_own` is true
    for the subject, who sees nothing that isn't published.
    """

    case: Case
    standard: Standard
    shown: Shown | None
    percents: dict[int, int]
    own: dict[str, Decimal]
    evidence: dict[int, list[Evidence]]
    appealed_on: date | None
    steps: frozenset[Step]
    is_own: bool

    @property
    def id(self) -> int:
        """The assessment's number."""
        return self.case.assessment.id


@reads
def view(context: Context, actor: Actor, assessment_id: int) -> View:
    """Raises NotFound, or Forbidden for who isn't an administrator."""
    case = progress.case(context, actor, assessment_id)
    assessment, appeal = case.assessment, case.appeal
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    shown, evidence = _shown(context, actor, assessment_id), _evidence(context, actor, case)
    with context.database.reading() as connection:
        return View(
            case=case,
            standard=standard,
            shown=shown,
            percents=_percents(connection, standard, case),
            own=_own(context, connection, case),
            evidence=evidence,
            appealed_on=None if appeal is None else appeal.at.astimezone(context.timezone).date(),
            steps=_possible(connection, actor, assessment),
            is_own=assessment.subject_id == actor.person_id,
        )


@reads
def check(context: Context, actor: Actor, assessment_id: int, step: Step) -> None:
    """Raises NotFound, Forbidden or InvalidInput unless the actor can take the step now."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PROGRESS)  # who may see nothing learns of nothing
        _check(connection, actor, found(connection, assessment_id, lock=False), step)


def hand_over(context: Context, actor: Actor, assessment_id: int, review_id: int, person_id: int) -> int:
    """Give this review to that person; the new review's id. Raises what `changes.reassign` does, and InvalidInput for a
    review of another assessment, Stale for nobody."""
    with context.database.reading() as connection:
        row = reviews.get(connection, review_id)
        if row is None or row.assessment_id != assessment_id:
            raise InvalidInput("error-review-not-here")
        known = people.by_ids(connection, [row.assessor_id, person_id])
    if person_id not in known:
        raise Stale("error-stale")
    return changes.reassign(context, actor, assessment_id, known[row.assessor_id].staff_no, known[person_id].staff_no)


def _possible(connection: Connection, actor: Actor, assessment: Assessment) -> frozenset[Step]:
    """The steps that the state allows; then each permission that these need is asked for once."""
    fitting = {step: action for step, (action, _) in STEPS.items() if _fits(connection, assessment, step)}
    about = {"subject_id": assessment.subject_id, "assessment_id": assessment.id}
    allowed = {action for action in set(fitting.values()) if is_allowed(connection, actor, action, **about)}
    return frozenset(step for step, action in fitting.items() if action in allowed)


def _fits(connection: Connection, assessment: Assessment, step: Step) -> bool:
    try:
        _require(connection, assessment, step)
    except InvalidInput:
        return False
    return True


def _check(connection: Connection, actor: Actor, assessment: Assessment, step: Step) -> None:
    action, _ = STEPS[step]
    authorize(connection, actor, action, subject_id=assessment.subject_id, assessment_id=assessment.id)
    _require(connection, assessment, step)


def _require(connection: Connection, assessment: Assessment, step: Step) -> None:
    """Raises InvalidInput unless the assessment's state allows the step."""
    state, (_, event) = AssessmentState(assessment.state), STEPS[step]
    if event is None:
        require_owed(state)
    else:
        follow(state, event)
    if step is Step.WITHDRAW:
        changes.check_unpublished(connection, assessment.id)


def _shown(context: Context, actor: Actor, assessment_id: int) -> Shown | None:
    try:
        return results.of_assessment(context, actor, assessment_id)
    except NotFound:
        return None


def _evidence(context: Context, actor: Actor, case: Case) -> dict[int, list[Evidence]]:
    """Of the reviews that stand: what somebody noted who was replaced carries no weight here."""
    readable = progress.evidence(context, actor, case)
    standing = [review.id for review, _ in case.reviews if review.state != ReviewState.WITHDRAWN]
    return {review_id: readable[review_id] for review_id in standing if review_id in readable}


def _percents(connection: Connection, standard: Standard, case: Case) -> dict[int, int]:
    rows = [reviews.get(connection, review.id) for review, _ in case.reviews if review.state == ReviewState.OPEN]
    return {row.id: plan(standard, row.level).progress(row.position.frontier) for row in rows if row is not None}


def _own(context: Context, connection: Connection, case: Case) -> dict[str, Decimal]:
    """As it is now: it is frozen when the result is published, but can be looked at before."""
    if case.result is None:
        return {}
    ratings = json.loads(own_ratings(context, connection, case.assessment))
    return {element: Decimal(rating) for element, rating in ratings.items()}
