"""One assessor's review: opened, answered press by press, annotated, submitted.

Every function is one intention and one transaction; what it returns is what the chat shows afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from qualify.dialogue import (
    Act,
    Action,
    Given,
    Kind,
    Outcome,
    Plan,
    Position,
    Screen,
    Situation,
    answers_of,
    may_submit,
    plan,
    step,
    view,
)
from qualify.errors import InvalidInput, NotFound, QualifyError, Stale
from qualify.scoring import Answers
from qualify.services.completion import complete_if_last
from qualify.services.context import Context
from qualify.storage import assessments, people, reviews
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Evidence

MAX_NOTE = 2000


class Reference(NamedTuple):
    """What a button carries: the review, and the step and revision of the screen it belongs to."""

    review_id: int
    step: int
    revision: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A review after an intention. `screen` is None once it is submitted; `refusal` says why nothing changed.

    `evidence` counts the notes and files of the element in hand; `known_scores` come from an examination's list.
    """

    row: ReviewRow
    plan: Plan
    screen: Screen | None
    refusal: QualifyError | None = None
    noted: bool = False
    evidence: int = 0
    known_scores: tuple[str, ...] = ()


def owed(context: Context, person_id: int) -> list[ReviewRow]:
    """The open reviews of an assessor, by due date."""
    with context.database.reading() as connection:
        return reviews.open_of(connection, person_id)


def plan_of(context: Context, row: ReviewRow) -> Plan:
    """The walk of the review's standard, in the version that it was opened with."""
    return plan(context.standards.get(row.standard, row.version), row.level)


def open_review(context: Context, telegram_id: int, review_id: int) -> Turn:
    """Take the review in hand: typed text and files go to it from now on."""
    with context.database.transaction() as connection:
        row = _mine(connection, telegram_id, review_id)
        people.change_account(connection, telegram_id, review_id=review_id if row.is_open else None)
        return _turn(context, connection, row)


def lay_down(context: Context, telegram_id: int) -> ReviewRow | None:
    """Pause: no review is in hand any more. The one that was, if any; everything given stays."""
    with context.database.transaction() as connection:
        in_hand = _in_hand(connection, telegram_id)
        people.change_account(connection, telegram_id, review_id=None)
        return in_hand


def press(context: Context, telegram_id: int, reference: Reference, action: Action) -> Turn:
    """A button of a review's screen. A stale or doubled press changes nothing and shows where the review stands.

    Raises NotFound when the review is not this person's.
    """
    return _act(context, telegram_id, reference, lambda here: step(here, action))


def _act(context: Context, telegram_id: int, reference: Reference, rule: Callable[[Situation], Outcome]) -> Turn:
    try:
        with context.database.transaction() as connection:
            row = _mine(connection, telegram_id, reference.review_id)
            position = row.position
            if not row.is_open or (position.current, position.revision) != (reference.step, reference.revision):
                return _turn(context, connection, row, refusal=Stale("error-stale"))
            here = _situation(context, connection, row)
            try:
                outcome = rule(here)
            except QualifyError as refusal:
                return _turn(context, connection, row, refusal=refusal)
            return _given(context, connection, row, outcome)
    except IntegrityError:  # another process took this revision in the meantime
        return open_review(context, telegram_id, reference.review_id)


def _given(
    context: Context, connection: Connection, row: ReviewRow, outcome: Outcome, message_id: int | None = None
) -> Turn:
    reviews.append(connection, row, outcome.entries, outcome.position, at=context.now(), message_id=message_id)
    position = outcome.position
    moved = row._replace(revision=position.revision, frontier=position.frontier, cursor=position.cursor)
    return _turn(context, connection, moved)


def write(context: Context, telegram_id: int, text: str, message_id: int) -> Turn | None:
    """Typed text: the answer where the step asks for text, else a note on the element in hand.

    None when no review is in hand. A message that was taken already changes nothing.
    """
    with context.database.transaction() as connection:
        row = _in_hand(connection, telegram_id)
        if row is None:
            return None
        if reviews.has_taken(connection, row.id, message_id):
            return _turn(context, connection, row)
        here = _situation(context, connection, row)
        try:
            if not _is_answer(here, text):
                return _note(context, connection, row, Attachment("note", text), message_id)
            outcome = step(here, Action(Act.TEXT, text))
        except QualifyError as refusal:
            return _turn(context, connection, row, refusal=refusal)
        return _given(context, connection, row, outcome, message_id)


def _is_answer(here: Situation, text: str) -> bool:
    """A rating step takes a typed number; any other text there is a note."""
    if here.step.kind is Kind.RATING:
        return text.strip().replace(".", "", 1).isdecimal()
    return here.step.kind in (Kind.REASON, Kind.SCORE, Kind.CASES)


class Attachment(NamedTuple):
    """Something to keep on the element in hand; `file_id` as Telegram names the file, empty for text."""

    kind: str
    text: str = ""
    file_id: str = ""


def attach(context: Context, telegram_id: int, attachment: Attachment, message_id: int) -> Turn | None:
    """Keep a photo, document, voice or forwarded message as evidence. None when no review is in hand."""
    with context.database.transaction() as connection:
        row = _in_hand(connection, telegram_id)
        if row is None:
            return None
        if reviews.has_taken(connection, row.id, message_id):
            return _turn(context, connection, row, noted=True)
        try:
            return _note(context, connection, row, attachment, message_id)
        except QualifyError as refusal:
            return _turn(context, connection, row, refusal=refusal)


def _note(context: Context, connection: Connection, row: ReviewRow, attachment: Attachment, message_id: int) -> Turn:
    if len(attachment.text) > MAX_NOTE:
        raise InvalidInput("error-note-long", maximum=str(MAX_NOTE))
    element = plan_of(context, row).steps[row.position.current].element
    evidence = Evidence(
        review_id=row.id,
        element=element,
        kind=attachment.kind,
        text=attachment.text,
        file_id=attachment.file_id,
        message_id=message_id,
        at=context.now(),
    )
    reviews.add_evidence(connection, evidence)
    return _turn(context, connection, row, noted=True)


def submit(context: Context, telegram_id: int, reference: Reference) -> Turn:
    """Hand the review in. The last one of an assessment scores it, and everybody concerned is owed the result."""
    with context.database.transaction() as connection:
        row = _mine(connection, telegram_id, reference.review_id)
        if not row.is_open or row.position.revision != reference.revision:
            return _turn(context, connection, row, refusal=Stale("error-stale"))
        if not may_submit(_situation(context, connection, row)):
            return _turn(context, connection, row, refusal=Stale("error-incomplete"))
        reviews.submit(connection, row.id, context.now())
        people.change_account(connection, telegram_id, review_id=None)
        complete_if_last(context, connection, row.assessment_id)
        return _turn(context, connection, _mine(connection, telegram_id, row.id))


def shown_in(context: Context, review_id: int, message_id: int) -> None:
    """Remember which message shows the review."""
    with context.database.transaction() as connection:
        reviews.set_message(connection, review_id, message_id)


def _mine(connection: Connection, telegram_id: int, review_id: int) -> ReviewRow:
    row = reviews.of_account(connection, review_id, telegram_id)
    if row is None or not row.active:
        raise NotFound("error-review-unknown")
    return row


def _in_hand(connection: Connection, telegram_id: int) -> ReviewRow | None:
    account = people.who(connection, telegram_id)
    if account is None or account.review_id is None or not account.is_known:
        return None
    row = reviews.of_account(connection, account.review_id, telegram_id)
    return row if row is not None and row.is_open else None


def _turn(
    context: Context,
    connection: Connection,
    row: ReviewRow,
    *,
    refusal: QualifyError | None = None,
    noted: bool = False,
) -> Turn:
    if not row.is_open:
        return Turn(row, plan_of(context, row), None, refusal)
    here = _situation(context, connection, row)
    screen, kind = view(here), here.step.kind
    weighs = kind in (Kind.RATING, Kind.REASON) or noted
    return Turn(
        row,
        here.plan,
        screen,
        refusal,
        noted,
        reviews.count_evidence(connection, row.id, here.step.element) if weighs else 0,
        _known_scores(context, connection, row, screen) if kind is Kind.SCORE else (),
    )


def _situation(context: Context, connection: Connection, row: ReviewRow) -> Situation:
    walk = plan_of(context, row)
    return Situation(walk, row.position, _answers(connection, row, walk), context.today())


def _answers(connection: Connection, row: ReviewRow, walk: Plan) -> Answers:
    """No more than the step in hand depends on: nothing for a criterion that is asked for the first time."""
    position: Position = row.position
    here = walk.steps[position.current]
    if here.kind is Kind.SUMMARY:
        return answers_of(reviews.entries(connection, row.id))
    if here.kind is Kind.CRITERION and position.cursor is None:
        return Answers()
    given = reviews.entries(connection, row.id, here.element)
    return answers_of(entry for entry in given if entry.given is not Given.GOTO)


def _known_scores(context: Context, connection: Connection, row: ReviewRow, screen: Screen) -> tuple[str, ...]:
    """The scores an examination's list has for the subjects still asked, all of them or nothing."""
    listed = assessments.exam_scores(connection, row.subject_id, row.standard, context.today())
    found = [listed[subject.id] for subject in screen.subjects if subject.id in listed]
    return tuple(f"{score:f}" for score in found) if len(found) == len(screen.subjects) else ()
