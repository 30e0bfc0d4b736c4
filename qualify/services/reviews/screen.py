"""Where a review stands, as the chat shows it after every intention. Reads only what the step in hand depends on."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Relation, Role, may
from qualify.dialogue import News, Plan, Screen, Situation, StepKind, answers_of, plan, view
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
) -> Turn:
    """What the chat shows of the review now."""
    if not row.is_open:
        assessment = assessments.get(connection, row.assessment_id)
        assert assessment is not None
        return Turn(row, plan_of(context, row), None, refusal, state=AssessmentState(assessment.state))
    known = _known(context, connection, row)
    here = _situation(context, connection, row, known)
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


def situation(context: Context, connection: Connection, row: ReviewRow) -> Situation:
    """All that the next step depends on."""
    return _situation(context, connection, row, _known(context, connection, row))


def _situation(context: Context, connection: Connection, row: ReviewRow, known: KnownFacts) -> Situation:
    walk = plan_of(context, row)
    answers, applied = _answers(connection, row, walk), row.application_date
    return Situation(walk, row.position, answers, context.today(), applied, known.known, known.cases)


def _known(context: Context, connection: Connection, row: ReviewRow) -> KnownFacts:
    """The facts that others gave, where the step in hand is about facts."""
    kind = plan_of(context, row).steps[row.position.current].kind
    return known_for(context, connection, row) if kind in ABOUT_FACTS else NO_FACTS


def _answers(connection: Connection, row: ReviewRow, walk: Plan) -> Answers:
    """No more than the step in hand depends on. A criterion needs the marks of its element: the row has them, or none
    were given yet, unless the review has just come here from elsewhere."""
    here = walk.steps[row.position.current]
    if here.kind is StepKind.SUMMARY:
        return answers_of(reviews.entries(connection, row.id))
    if here.kind is StepKind.CRITERION:
        if row.element == here.element and row.marks is not None:
            return Answers(marks=row.marks)
        if not any(row.position.has(each.index) for each in walk.way if each.element == here.element):
            return Answers()
    return answers_of(reviews.entries(connection, row.id, here.element))


def is_current(row: ReviewRow, reference: Reference) -> bool:
    """Whether the button belongs to the screen that the review shows now."""
    return row.is_open and (row.position.current, row.position.revision) == (reference.step, reference.revision)
