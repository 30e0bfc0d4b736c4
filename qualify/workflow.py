"""The life of an assessment: its states, and what leads from one to the next, as one literal table. Pure.

Reviews are owed while it is open, in progress or returned. When all are in, the result is computed and waits for a
human's signature; an employee sees nothing of it before it is published. A published result may be appealed once,
within some days of its delivery, unless an appeal led to it; it is valid for some months. What whoever signs settles,
or a list of scores that comes late, changes the figures: before publication they wait for a signature (again),
afterwards they correct the published ones at once, or wait for a human where something has to be decided first. An
event that the table doesn't have for a state changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from qualify.errors import InvalidInput


class AssessmentState(StrEnum):
    """Where an assessment stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    SIGNED_OFF = "signed_off"
    PUBLISHED = "published"
    ACKNOWLEDGED = "acknowledged"
    APPEALED = "appealed"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ReviewState(StrEnum):
    """A review is open, even when nothing was answered yet, until it is submitted; returned, it is open again."""

    OPEN = "open"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """What a review is in its assessment. A self-assessment is shown beside the result and never counted."""

    LEAD = "lead"
    MEMBER = "member"
    SELF = "self"


class Event(StrEnum):
    """What happens to an assessment."""

    BEGIN = "begin"
    COMPLETE = "complete"
    RETURN = "return"
    SIGN_OFF = "sign_off"
    PUBLISH = "publish"
    ACKNOWLEDGE = "acknowledge"
    APPEAL = "appeal"
    ANSWER = "answer"
    REOPEN = "reopen"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    RESCORE = "rescore"
    CORRECT = "correct"


S, E = AssessmentState, Event
TABLE: Mapping[tuple[AssessmentState, Event], AssessmentState] = {
    (S.OPEN, E.BEGIN): S.IN_PROGRESS,
    (S.IN_PROGRESS, E.COMPLETE): S.REVIEWED,
    (S.RETURNED, E.COMPLETE): S.REVIEWED,
    (S.REVIEWED, E.RETURN): S.RETURNED,
    (S.REVIEWED, E.SIGN_OFF): S.SIGNED_OFF,
    (S.SIGNED_OFF, E.RETURN): S.RETURNED,
    (S.SIGNED_OFF, E.PUBLISH): S.PUBLISHED,
    (S.PUBLISHED, E.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.PUBLISHED, E.APPEAL): S.APPEALED,
    (S.APPEALED, E.ANSWER): S.ANSWERED,
    (S.APPEALED, E.REOPEN): S.RETURNED,
    (S.ANSWERED, E.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.PUBLISHED, E.EXPIRE): S.EXPIRED,
    (S.ACKNOWLEDGED, E.EXPIRE): S.EXPIRED,
    (S.ANSWERED, E.EXPIRE): S.EXPIRED,
    (S.OPEN, E.WITHDRAW): S.WITHDRAWN,
    (S.IN_PROGRESS, E.WITHDRAW): S.WITHDRAWN,
    (S.RETURNED, E.WITHDRAW): S.WITHDRAWN,
    (S.REVIEWED, E.WITHDRAW): S.WITHDRAWN,
    (S.SIGNED_OFF, E.WITHDRAW): S.WITHDRAWN,
    (S.REVIEWED, E.SETTLE): S.REVIEWED,
    (S.REVIEWED, E.RESCORE): S.REVIEWED,
    (S.SIGNED_OFF, E.RESCORE): S.REVIEWED,
    (S.PUBLISHED, E.RESCORE): S.REVIEWED,
    (S.ACKNOWLEDGED, E.RESCORE): S.REVIEWED,
    (S.ANSWERED, E.RESCORE): S.REVIEWED,
    (S.PUBLISHED, E.CORRECT): S.PUBLISHED,
    (S.ACKNOWLEDGED, E.CORRECT): S.PUBLISHED,
    (S.APPEALED, E.CORRECT): S.APPEALED,
    (S.ANSWERED, E.CORRECT): S.PUBLISHED,
}
OWED = frozenset({S.OPEN, S.IN_PROGRESS, S.RETURNED})
"""Reviews are still owed: the due date and the assessors can be changed."""
UNFINISHED = OWED | {S.REVIEWED, S.SIGNED_OFF}
"""A further assessment by the same standard would be a second one at once."""
CURRENT = frozenset({S.PUBLISHED, S.ACKNOWLEDGED, S.APPEALED, S.ANSWERED})
"""A published result stands and is valid."""


DELIVERY = timedelta(days=1)
"""So long after publication a result counts as delivered, if it isn't before."""


@dataclass(frozen=True)
class Rules:
    """What an organisation may set about the life of a result; the defaults are the design's. `score_months` is how old
    an examination's score may be on the application date; None for however old."""

    appeal_days: int = 7
    validity_months: int = 24
    hide_assessors: bool = False
    score_months: int | None = None

    def appeal_until(self, published: datetime) -> datetime:
        """The last moment at which the employee may appeal a result that isn't known to have reached them: the days
        begin a day after publication. With no days there is no such day either."""
        return self.appeal_until_if_delivered(published + DELIVERY if self.appeal_days else published)

    def appeal_until_if_delivered(self, delivered: datetime) -> datetime:
        """The last moment at which the employee may appeal a result that reached them then, unless `appeal_until` is
        earlier."""
        return delivered + timedelta(days=self.appeal_days)

    def appeal_surely_until(self, published: datetime, until: datetime, now: datetime) -> datetime:
        """What can be promised now of `until`, the last moment to appeal as it stands: on the day after publication the
        result may still be delivered, and its days begin then."""
        return min(until, self.appeal_until_if_delivered(now)) if now < published + DELIVERY else until

    def valid_until(self, published: date) -> date:
        """The last day on which the result is valid."""
        return published + relativedelta(months=self.validity_months)


def follow(state: AssessmentState, event: Event) -> AssessmentState:
    """The state that the event leads to. Raises InvalidInput where the table has no such event."""
    if (state, event) not in TABLE:
        raise InvalidInput("error-life", state=state.value, event=event.value)
    return TABLE[state, event]


def require_owed(state: AssessmentState) -> None:
    """Raises InvalidInput once the reviews of the assessment are in, or it is over."""
    if state not in OWED:
        raise InvalidInput("error-life-not-owed", state=state.value)
