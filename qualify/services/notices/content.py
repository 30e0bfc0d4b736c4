"""What a notice tells of, as things stand when its time has come.

Every function returns None when that no longer holds, or the person may no longer see it: then nothing is sent.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from qualify.access import Permission
from qualify.dialogue import plan
from qualify.errors import Forbidden, NotFound
from qualify.services.assessments import appeals, overview, results
from qualify.services.assessments.appeals import Appealed
from qualify.services.assessments.overview import Overview, ResultView
from qualify.services.assessments.sign_off import EXPIRY_DAYS
from qualify.services.authorization import Actor, viewer_of
from qualify.services.context import Context, reads
from qualify.services.notices.digests import local_now
from qualify.services.standards import drafts
from qualify.services.standards.drafts import StandardEntry
from qualify.storage import results as stored
from qualify.storage import reviews
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Notice, NoticeKind, StandardState
from qualify.workflow import AssessmentState, ReviewState

P = ParamSpec("P")
T = TypeVar("T")


def _if_seen(tells: Callable[P, T | None]) -> Callable[P, T | None]:
    """Makes the function return None where it raises NotFound or Forbidden: what is gone, or may not be seen, is no
    news."""

    @wraps(tells)
    def told(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return tells(*args, **kwargs)
        except (NotFound, Forbidden):
            return None

    return told


@reads
def given(context: Context, notice: Notice) -> set[int]:
    """The reviews of one batch that the person was given, owed or not."""
    with context.database.reading() as connection:
        return reviews.opened_with(connection, notice.reference, notice.person_id)


@reads
def returned(context: Context, notice: Notice) -> ReviewRow | None:
    """A review that was returned and waits for its assessor."""
    row = _review(context, notice.reference)
    return row if row is not None and row.is_open and row.returned else None


@reads
def converted(context: Context, notice: Notice) -> tuple[ReviewRow, int] | None:
    """A review that went on by another version and waits for its assessor, and how many steps are open in it."""
    row = _review(context, notice.reference)
    if row is None or not row.is_open:
        return None
    standard = context.standard(row.standard, row.version, row.structure)
    left = len(plan(standard, row.level).open(row.position))
    return (row, left) if left else None


@reads
def withdrawn(context: Context, notice: Notice) -> ReviewRow | None:
    """A review that is not owed any more."""
    row = _review(context, notice.reference)
    return row if row is not None and row.state == ReviewState.WITHDRAWN else None


def _review(context: Context, review_id: int) -> ReviewRow | None:
    with context.database.reading() as connection:
        row = reviews.get(connection, review_id)
    return row if row is not None and context.has_standard(row.standard, row.version, row.structure) else None


@reads
@_if_seen
def published(context: Context, notice: Notice) -> ResultView | None:
    """A published result that no later one of the same assessment has replaced."""
    shown = results.seen_by(context, notice.person_id, notice.reference)
    return None if shown.is_replaced else shown


@reads
@_if_seen
def team_result(context: Context, notice: Notice, who: Who) -> ResultView | None:
    """A published result of somebody whom the person leads, if they want to be told."""
    return published(context, notice) if who.team_news else None


@reads
@_if_seen
def to_sign(context: Context, notice: Notice) -> Overview | None:
    """An assessment whose newest result is this one and waits for a signature that the person may give."""
    with context.database.reading() as connection:
        result = stored.get(connection, notice.reference)
    if result is None:
        return None
    found = overview.view(context, Actor(notice.person_id), result.assessment_id)
    waits = found.state is AssessmentState.REVIEWED
    return found if waits and found.result is not None and found.result.id == result.id else None


@reads
@_if_seen
def standard_to_sign(context: Context, notice: Notice) -> StandardEntry | None:
    """A standard whose release waits for a signature that the person may give."""
    found = _standard(context, notice)
    return found if found is not None and found.may_sign else None


@reads
@_if_seen
def standard_released(context: Context, notice: Notice) -> StandardEntry | None:
    """A standard whose release the person asked for, and somebody has signed."""
    found = _standard(context, notice)
    return found if found is not None and found.state is StandardState.RELEASED else None


def _standard(context: Context, notice: Notice) -> StandardEntry | None:
    entries = drafts.listing(context, Actor(notice.person_id))
    return next((each for each in entries if each.id == notice.reference), None)


@reads
@_if_seen
def subject_left(context: Context, notice: Notice) -> Overview | None:
    """An assessment whose subject has left, while nobody has said what becomes of it."""
    found = overview.view(context, Actor(notice.person_id), notice.reference)
    return found if found.waits_for_word else None


@reads
@_if_seen
def appealed(context: Context, notice: Notice) -> Appealed | None:
    """An appeal that waits for an answer which the person may give."""
    found = appeals.show(context, notice.reference)
    if found.appeal.answered_at is not None:
        return None
    actor, subject_id = Actor(notice.person_id), found.result.subject_id
    with context.database.reading() as connection:
        viewer = viewer_of(connection, actor)
    return found if viewer.may(Permission.ANSWER_APPEAL, viewer.relation(subject_id)) else None


@reads
@_if_seen
def appeal_settled(context: Context, notice: Notice) -> Appealed | None:
    """An appeal that was answered, or led to a new review that hasn't led to a new result yet."""
    found = appeals.show(context, notice.reference)
    with context.database.reading() as connection:
        is_over = found.appeal.reopened and stored.is_superseded(connection, found.result)
    return None if found.appeal.answered_at is None or is_over else found


@reads
@_if_seen
def expiring(context: Context, notice: Notice, who: Who) -> tuple[ResultView, int] | None:
    """A result that stands and is still valid, and for how many days to come by the person's own calendar.

    What is told in good time isn't any more once the last notice is due.
    """
    shown = results.seen_by(context, notice.person_id, notice.reference)
    with context.database.reading() as connection:
        if shown.valid_until is None or stored.is_superseded(connection, shown.stored):
            return None
    days = (shown.valid_until - local_now(context, who).date()).days
    least = 0 if notice.kind == NoticeKind.EXPIRES_NOW else EXPIRY_DAYS[NoticeKind.EXPIRES_NOW] + 1
    return (shown, days) if days >= least else None
