"""What an assessor has handed in, read again: a list, and each review with all that was given. Nothing changes."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.dialogue import EntryKind, Position, Screen, Situation, answers_of, plan, view
from qualify.errors import NotFound
from qualify.scoring import Answers
from qualify.services.assessments.overview import Overview, ReviewOverview, read
from qualify.services.authorization import Actor, Viewer, viewer_of
from qualify.services.context import Context, reads
from qualify.storage import reviews
from qualify.storage.reviews import ReviewRow
from qualify.workflow import ReviewState


class SubmittedPage(NamedTuple):
    """Some reviews, those given last first. A page is named by the review it begins with: `before` and `after` are
    those of the pages around it, 0 the very first."""

    rows: list[ReviewRow]
    before: int | None
    after: int | None


@reads
def page(context: Context, actor: Actor, first_id: int = 0, *, most: int) -> SubmittedPage:
    """Up to `most` of the reviews that this person has handed in. Those whose standard is gone are left out."""
    with context.database.reading() as connection:
        viewer = viewer_of(connection, actor)
        if viewer.person_id is None or not viewer.roles:
            return SubmittedPage([], None, None)
        ids = reviews.submitted_by(connection, viewer.person_id, until=first_id or None, most=most + 1)
        earlier: list[int] = []
        if first_id and ids:
            earlier = reviews.submitted_by(connection, viewer.person_id, after=ids[0], most=most)
        found = {row.id: row for row in reviews.rows_of(connection, ids[:most])}
    rows = [found[each] for each in ids[:most]]
    known = [row for row in rows if context.has_standard(row.standard, row.version, row.structure)]
    before = None if not earlier else earlier[-1] if len(earlier) == most else 0
    return SubmittedPage(known, before, ids[most] if len(ids) > most else None)


class SubmittedReview(NamedTuple):
    """A review as its assessor handed it in on a day (the company's): `screen` is its summary, `answers` what was
    given, and the notes and files are in `review`."""

    view: Overview
    review: ReviewOverview
    screen: Screen
    answers: Answers
    day: date | None


@reads
def handed_in(context: Context, actor: Actor, review_id: int) -> SubmittedReview:
    """The review, for its own assessor. Raises NotFound for anybody else, and for one that isn't handed in."""
    with context.database.reading() as connection:
        viewer = viewer_of(connection, actor)
        found = _theirs(context, connection, viewer, review_id)
    if found is None:
        raise NotFound("error-review-unknown")
    view_, review = found
    walk = plan(view_.standard, view_.assessment.level)
    answers = answers_of(review.entries or ())
    end = Situation(walk, Position(walk.summary.index), answers, context.today())
    at = review.submitted_at
    day = None if at is None else at.astimezone(context.timezone).date()
    return SubmittedReview(view_, review, view(end), answers, day)


def _theirs(
    context: Context, connection: Connection, viewer: Viewer, review_id: int
) -> tuple[Overview, ReviewOverview] | None:
    row = reviews.get(connection, review_id)
    if row is None or not viewer.roles or row.assessor_id != viewer.person_id or row.state != ReviewState.SUBMITTED:
        return None
    found = read(context, connection, viewer, [row.assessment_id], notes=True, entries=tuple(EntryKind), compared=False)
    seen = found[row.assessment_id]
    return next(((seen, review) for review in seen.reviews if review.id == review_id), None)
