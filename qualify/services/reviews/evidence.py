"""Notes and files after they were kept: opened again, reworded by an edit of their message, taken back."""

import json
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.errors import InvalidInput, NotFound
from qualify.services.assessments.overview import Overview, ReviewOverview, read
from qualify.services.authorization import Actor, UnitOfWork, viewer_of
from qualify.services.context import Context, once_more, reads, repeatable
from qualify.services.reviews.answering import Attachment, refuse_long
from qualify.services.reviews.screen import mine, plan_of
from qualify.storage import reviews
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Evidence
from qualify.workflow import ReviewState


class OpenedEvidence(NamedTuple):
    """A note or a file, the review that it is in, and the assessment, as somebody who may open it sees them."""

    evidence: Evidence
    review: ReviewOverview
    view: Overview


@reads
def opened(context: Context, actor: Actor, evidence_id: int) -> OpenedEvidence:
    """The note or file, for whoever may read it. Raises NotFound for everybody else, and for what was taken back."""
    with context.database.reading() as connection:
        found = _seen(context, connection, actor, evidence_id)
    if found is None:
        raise NotFound("error-evidence-unknown")
    if found.evidence.was_taken_back:
        raise NotFound("error-evidence-taken-back")
    return found


def _seen(context: Context, connection: Connection, actor: Actor, evidence_id: int) -> OpenedEvidence | None:
    kept = reviews.evidence(connection, evidence_id)
    row = None if kept is None else reviews.get(connection, kept.review_id)
    viewer = viewer_of(connection, actor)
    if row is None or not viewer.roles:
        return None
    view = read(context, connection, viewer, [row.assessment_id], notes=True)[row.assessment_id]
    for review in view.reviews:
        for each in review.notes or ():
            if each.id == evidence_id:
                return OpenedEvidence(each, review, view)
    return None


class KeptHere(NamedTuple):
    """What is kept in a review: on the `element` in hand, or in the whole review where none is ("")."""

    row: ReviewRow
    element: str
    evidence: list[Evidence]


@reads
def kept(context: Context, telegram_id: int, review_id: int) -> KeptHere:
    """The notes and files on the element in hand, for the assessor. Raises NotFound when it isn't this person's
    review."""
    with context.database.reading() as connection:
        row = mine(connection, telegram_id, review_id)
        element = plan_of(context, row).steps[row.position.current].element if row.is_open else ""
        found = reviews.evidence_of(connection, review_id)
    standing = [each for each in found if not each.was_taken_back]
    return KeptHere(row, element, [each for each in standing if not element or each.element == element])


@repeatable
@once_more
def take_back(context: Context, telegram_id: int, evidence_id: int) -> int:
    """Take a note or a file back: from now on nobody reads more than that it was there. Returns its review.

    Raises NotFound when it isn't in a review of this person's, InvalidInput once the review is handed in.
    """
    with context.database.transaction() as connection:
        found = reviews.evidence(connection, evidence_id)
        if found is None:
            raise NotFound("error-evidence-unknown")
        row = mine(connection, telegram_id, found.review_id)
        _require_open(connection, row)
        found = reviews.evidence(connection, evidence_id, lock=True)
        if found is not None and not found.was_taken_back:
            reviews.change_evidence(connection, evidence_id, taken_back_at=context.now())
            work = UnitOfWork(context, connection, Actor(row.assessor_id))
            work.keep("take_back", "assessment", row.assessment_id, after={"evidence": evidence_id, "kind": found.kind})
        return row.id


def _require_open(connection: Connection, row: ReviewRow) -> None:
    """Raises InvalidInput unless the review is open, and keeps it from being handed in meanwhile."""
    if reviews.lock_state(connection, row.id) is not ReviewState.OPEN:
        raise InvalidInput("error-evidence-closed")


class Rewording(NamedTuple):
    """What an edited message changed: something on this element ("" = the review as a whole); `changed` unless it says
    what it said before."""

    review_id: int
    element: str
    changed: bool


@once_more
def reword(context: Context, telegram_id: int, edited: Attachment) -> Rewording | None:
    """Give a note or a file the words, or the file, that its message has now; what stood there before is kept as well.
    None for a message that brought no note.

    Raises NotFound when it isn't in a review of this person's, InvalidInput for a text that is too long, once the
    review is handed in, and for what was taken back.
    """
    with context.database.transaction() as connection:
        found = _brought_by(context, connection, edited)
        if found is None:
            return None
        row = mine(connection, telegram_id, found.review_id)
        kind = edited.kind if edited.file_id else found.kind
        now, before = (kind, edited.text, edited.file_id), (found.kind, found.text, found.file_id)
        if now == before:
            return Rewording(row.id, found.element, changed=False)
        if found.was_taken_back:
            raise InvalidInput("error-evidence-taken-back")
        _require_open(connection, row)
        refuse_long(edited.text)
        earlier = [*json.loads(found.earlier), _wording(found, context)]
        reviews.change_evidence(
            *(connection, found.id),
            kind=kind,
            text=edited.text,
            file_id=edited.file_id,
            file_name=edited.file_name,
            earlier=json.dumps(earlier, ensure_ascii=False),
        )
        return Rewording(row.id, found.element, changed=True)


def _brought_by(context: Context, connection: Connection, edited: Attachment) -> Evidence | None:
    if context.delivery is None or edited.message_id is None:
        return None
    return reviews.evidence_from(connection, context.delivery.bot_id, edited.message_id)


def _wording(found: Evidence, context: Context) -> dict[str, str]:
    """What is kept of a wording when another takes its place."""
    said = {"kind": found.kind, "text": found.text, "file_id": found.file_id, "file_name": found.file_name}
    return {**said, "until": context.now().isoformat()}
