"""One assessor's review: opened, answered press by press, annotated.

Every function is one intention and one transaction; what it returns is what the chat shows afterwards. Two
processes that act on one review at the same moment take turns: a revision is taken once.
"""

from typing import NamedTuple

from sqlalchemy import Connection

from qualify.dialogue import Action, Outcome, meant, news_of, rated, step
from qualify.errors import InvalidInput, QualifyError, Stale
from qualify.services.assessments.lifecycle import begun, found
from qualify.services.context import Context, once_more, reads, repeatable, shown_again_by
from qualify.services.reviews.screen import (
    Reference,
    StepInHand,
    Turn,
    in_hand,
    is_current,
    mine,
    plan_of,
    step_in_hand,
    turn_of,
)
from qualify.storage import inbox, people, reviews
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Evidence

MAX_NOTE = 2000


@reads
def owed(context: Context, person_id: int) -> list[ReviewRow]:
    """The open reviews of an assessor, by due date; those whose standard is gone wait until it is back."""
    with context.database.reading() as connection:
        rows = reviews.open_of(connection, person_id)
    return [row for row in rows if context.has_standard(row.standard, row.version, row.structure)]


@reads
def shown(context: Context, telegram_id: int, review_id: int) -> Turn:
    """Where the review stands. Raises NotFound when it isn't this person's to rate."""
    with context.database.reading() as connection:
        return turn_of(context, connection, mine(connection, telegram_id, review_id))


@reads
def shown_in_hand(context: Context, telegram_id: int, *_: object, noted: bool = False) -> Turn | None:
    """Where the review in hand stands, and that a note was `noted`; None when there is none."""
    with context.database.reading() as connection:
        row = in_hand(connection, telegram_id)
        return turn_of(context, connection, row, noted=noted) if row is not None else None


@shown_again_by(shown)
def open_review(context: Context, telegram_id: int, review_id: int) -> Turn:
    """Take the review in hand: typed text and files go to it from now on. Raises NotFound when it isn't this person's
    to rate."""
    with context.database.transaction() as connection:
        row = mine(connection, telegram_id, review_id)
        people.change_account(connection, telegram_id, review_id=review_id if row.is_open else None, asked="")
        return turn_of(context, connection, row)


def pause(context: Context, telegram_id: int) -> ReviewRow | None:
    """Pause: no review is in hand any more, and everything given stays. Returns the one that was in hand, if any."""
    with context.database.transaction() as connection:
        paused = in_hand(connection, telegram_id)
        people.change_account(connection, telegram_id, review_id=None)
        return paused


@repeatable
@once_more
def press(context: Context, telegram_id: int, reference: Reference, action: Action) -> Turn:
    """Take the press of a button on a review's screen; it also takes the review in hand.

    A stale press changes nothing of the review and shows where it stands; one that is delivered again changes nothing
    at all. Raises NotFound when the review is not this person's.
    """
    with context.database.transaction() as connection:
        row = mine(connection, telegram_id, reference.review_id)
        if not is_current(row, reference) and _was_taken(context, connection, reference):
            return turn_of(context, connection, row)
        if row.is_open and not row.is_in_hand:
            if not _takes_in_hand(context, connection):
                return turn_of(context, connection, row)
            people.change_account(connection, telegram_id, review_id=row.id, asked="")
        if not is_current(row, reference):
            return turn_of(context, connection, row, refusal=Stale("error-stale"))
        before = step_in_hand(context, connection, row)
        try:
            outcome = step(before.here, action)
        except QualifyError as refusal:
            return turn_of(context, connection, row, refusal=refusal, before=before)
        return _given(context, connection, row, before, outcome)


def _was_taken(context: Context, connection: Connection, reference: Reference) -> bool:
    """Whether this very press gave what the review has at the press's place: its revision is the record of it."""
    if context.delivery is None:
        return False
    taken_by = reviews.taken_by(connection, reference.review_id, reference.revision + 1)
    return taken_by == context.delivery.update_id


def _takes_in_hand(context: Context, connection: Connection) -> bool:
    """Whether a press may take a review in hand: one that did so before and is delivered again may not, for the person
    may have turned to something else since."""
    return context.delivery is None or inbox.begin_step(connection, context.delivery, "taken in hand", context.now())


def _given(context: Context, connection: Connection, row: ReviewRow, before: StepInHand, outcome: Outcome) -> Turn:
    if row.revision is None and found(connection, row.assessment_id).structure != row.structure:
        # it goes over to another version at this moment: only an answer leaves a revision that two can't take
        converted = reviews.get(connection, row.id)
        assert converted is not None
        return turn_of(context, connection, converted, refusal=Stale("error-stale"))
    update_id = context.delivery.update_id if context.delivery else None
    reviews.append(connection, row, outcome.entries, outcome.position, at=context.now(), update_id=update_id)
    if row.revision is None:
        begun(connection, row.assessment_id)
    moved = row.moved(outcome.position, before.here.step.element, rated(before.here.answers, outcome.entries))
    return turn_of(context, connection, moved, news=news_of(before.here, outcome), before=before)


@shown_again_by(shown_in_hand)
@once_more
def write(context: Context, telegram_id: int, text: str, message_id: int | None = None) -> Turn | None:
    """Take typed text: the answer where it is one, else a note on the element in hand. None when no review is in hand.
    `message_id` is the message of the chat."""
    with context.database.transaction() as connection:
        row = in_hand(connection, telegram_id)
        if row is None:
            return None
        before = step_in_hand(context, connection, row)
        try:
            action = meant(before.here, text)
            if action is None:
                return _note(context, connection, row, Attachment("note", text, message_id=message_id))
            outcome = step(before.here, action)
        except QualifyError as refusal:
            return turn_of(context, connection, row, refusal=refusal, before=before)
        return _given(context, connection, row, before, outcome)


class Attachment(NamedTuple):
    """Something to keep on the element in hand; `file_id` as Telegram names the file, empty for text. `message_id` is
    the message of the chat that brings it."""

    kind: str
    text: str = ""
    file_id: str = ""
    file_name: str = ""
    message_id: int | None = None


@shown_again_by(shown_in_hand)
@once_more
def attach(context: Context, telegram_id: int, attachment: Attachment) -> Turn | None:
    """Keep a photo, document, voice or forwarded message as evidence. None when no review is in hand."""
    with context.database.transaction() as connection:
        row = in_hand(connection, telegram_id)
        if row is None:
            return None
        try:
            return _note(context, connection, row, attachment)
        except QualifyError as refusal:
            return turn_of(context, connection, row, refusal=refusal)


def refuse_long(text: str) -> None:
    """Raises InvalidInput for a note that is longer than is kept."""
    if len(text) > MAX_NOTE:
        raise InvalidInput("error-note-long", maximum=str(MAX_NOTE))


def _note(context: Context, connection: Connection, row: ReviewRow, attachment: Attachment) -> Turn:
    refuse_long(attachment.text)
    evidence = Evidence(
        review_id=row.id,
        element=plan_of(context, row).steps[row.position.current].element,
        kind=attachment.kind,
        text=attachment.text,
        file_id=attachment.file_id,
        file_name=attachment.file_name,
        at=context.now(),
        bot_id=context.delivery.bot_id if context.delivery else None,
        message_id=attachment.message_id,
    )
    reviews.add_evidence(connection, evidence)
    return turn_of(context, connection, row, noted=True)


@repeatable
def shown_in(context: Context, review_id: int, message_id: int) -> None:
    """Remember which message shows the review."""
    with context.database.transaction() as connection:
        reviews.set_message(connection, review_id, message_id)
