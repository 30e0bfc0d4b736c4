"""Where a review stands, as the chat shows it after every intention. Reads only what the step in hand depends on."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Relation, Role, may
from qualify.dialogue import News, Plan, Position, Screen, Situation, StepKind, answers_of, plan, view
from qualify.errors import NotFound, QualifyError
from qualify.scoring import Answers, Result
from qualify.services.assessments.facts import NO_FACTS, KnownFacts, known_for
from qualify.services.context import Context
from qualify.services.reviews.scored import told_at_once
from qualify.storage import assessments, reviews
from qualify.storage.reviews import ReviewRow
from qualify.workflow import AssessmentState

NO_NEWS = News()
ABOUT_FACTS = (StepKind.SCORE, StepKind.CASES, StepKind.SUMMARY)


class Reference(NamedTuple):
    """What a button carries: the review, and the step and revision of the screen it belongs to."""

    review_id: int
    step: int
    revision: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A review after an intention; `refusal` says why nothing changed.

    Once it is submitted or closed `screen` is None, and `state` says how far its assessment is. `evidence` counts the
    notes and files of the element in hand, or of the review where none is; `known` are the facts that lists and the
    other assessors gave, where the step in hand is about facts. `news` is what the answer just taken leads to.
    `tells` is the result that the employee is told at once when the review is handed in: at the end of the last one of
    an assessment that nobody signs. `asks` whether to hand in what has a warning.
    """

    row: ReviewRow
    plan: Plan
    screen: Screen | None
    refusal: QualifyError | None = None
    noted: bool = False
    evidence: int = 0
    known: KnownFacts = NO_FACTS
    news: News = NO_NEWS
    state: AssessmentState | None = None
    tells: Result | None = None
    asks: bool = False


class StepInHand(NamedTuple):
    """Where a review stands: all that its next step depends on, and `known`, the facts among that."""

    here: Situation
    known: KnownFacts


def mine(connection: Connection, telegram_id: int, review_id: int) -> ReviewRow:
    """The review, if the account's person is its assessor and may rate. Raises NotFound for everybody else."""
    row = reviews.of_account(connection, review_id, telegram_id)
    if row is None or not _may_answer(row):
        raise NotFound("error-review-unknown")
    return row


def _may_answer(row: ReviewRow) -> bool:
    """What the access table says of the person whose review it is. The row knows whether they still have the role in
    which it was given to them, so that a press needs no further look."""
    if not row.may_rate:
        return False
    if row.is_own:
        return may(Permission.SELF_ASSESS, (Role.EMPLOYEE,), Relation.SUBJECT)
    return may(Permission.RATE, (Role.ASSESSOR,), Relation.ASSESSOR)


def in_hand(connection: Connection, telegram_id: int) -> ReviewRow | None:
    """The open review that typed text and files go to."""
    row = reviews.in_hand(connection, telegram_id)
    return row if row is not None and row.is_open and _may_answer(row) else None


def plan_of(context: Context, row: ReviewRow) -> Plan:
    """The walk of the review's standard, as it was when the review was opened. Raises NotFound when that is gone."""
    return plan(context.standard(row.standard, row.version, row.structure), row.level)


def turn_of(
    context: Context,
    connection: Connection,
    row: ReviewRow,
    *,
    refusal: QualifyError | None = None,
    noted: bool = False,
    news: News = NO_NEWS,
    before: StepInHand | None = None,
) -> Turn:
    """What the chat shows of the review now; `before` is where it stood at the beginning of this transaction."""
    if not row.is_open:
        assessment = assessments.get(connection, row.assessment_id)
        assert assessment is not None
        return Turn(row, plan_of(context, row), None, refusal, state=AssessmentState(assessment.state))
    here, known = step_in_hand(context, connection, row, before)
    screen = view(here)
    weighs = row.has_evidence or noted
    return Turn(
        row,
        here.plan,
        screen,
        refusal,
        noted,
        reviews.count_evidence(connection, row.id, here.step.element) if weighs else 0,
        known,
        news,
        tells=told_at_once(context, connection, row) if screen.complete else None,
    )


def step_in_hand(
    context: Context, connection: Connection, row: ReviewRow, before: StepInHand | None = None
) -> StepInHand:
    """Where the review stands. What it was `before` in the same transaction has its plan, and the facts that others
    gave: these are read once, and only where a step is about facts."""
    walk, position = plan_of(context, row) if before is None else before.here.plan, row.position
    if walk.steps[position.current].kind not in ABOUT_FACTS:
        known = NO_FACTS
    elif before is not None and before.here.step.kind in ABOUT_FACTS:
        known = before.known
    else:
        known = known_for(context, connection, row)
    answers, applied = _answers(connection, row, walk, position), row.application_date
    here = Situation(walk, position, answers, context.today(), applied, known.known, known.cases)
    return StepInHand(here, known)


def _answers(connection: Connection, row: ReviewRow, walk: Plan, position: Position) -> Answers:
    """No more than the step in hand depends on. A criterion needs the marks of its element, and a rating that was not
    given yet has no reason: the row has all that, or none was given yet, unless the review has just come here from
    elsewhere, or by another version of the standard something was."""
    here = walk.steps[position.current]
    if here.kind is StepKind.SUMMARY:
        return answers_of(reviews.entries(connection, row.id))
    if row.answers is not None and row.element == here.element:
        is_unrated = here.kind is StepKind.RATING and not row.answers.ratings
        if here.kind is StepKind.CRITERION or is_unrated:
            return row.answers
    elif here.kind is StepKind.CRITERION and not row.was_converted:
        steps = (each for each in walk.of_element(here.element) if each.is_on_the_way)
        if not any(position.has(each.index) for each in steps):
            return Answers()
    return answers_of(reviews.entries(connection, row.id, here.element))


def is_current(row: ReviewRow, reference: Reference) -> bool:
    """Whether the button belongs to the screen that the review shows now."""
    if not row.is_open:
        return False
    position = row.position
    return (position.current, position.revision) == (reference.step, reference.revision)
