"""Messages owed: claimed, sent by the caller, and settled."""

from datetime import datetime, timedelta

from qualify.access import Permission
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.services.notices import faults
from qualify.storage import notices, people, results
from qualify.storage.notices import ListedNotice
from qualify.storage.people import Who
from qualify.storage.tables import Notice, NoticeKind

LEASE = timedelta(minutes=2)
REST, APART = timedelta(days=1), timedelta(seconds=20)
"""How long nobody looks at what is owed to somebody who can't be written to, unless that changes earlier; and how far
apart people found one after the other come up again, so that they never come all at once."""
UNSURE_PAUSE = timedelta(minutes=10)
MOST_UNSURE = 2
"""How often news goes out at most that may have arrived each time."""
MOST_LOOKS = 20
"""So few that nobody waits for the database longer than for a press."""


def take_due(context: Context, limit: int = 100) -> list[tuple[Notice, Who]]:
    """Claim what is due now, longest due first, with the account each one goes to. Nobody who can't be written to is
    among them. An empty list says that nothing is left, or that after very many of such people it is time to look again
    a little later."""
    for look in range(MOST_LOOKS):
        with context.database.transaction() as connection:
            looked_at = notices.take_due(connection, context.now(), LEASE, REST + look * APART, limit)
            claimed = [notice for notice in looked_at if notice.claimed_until is not None]
            accounts = people.accounts_of(connection, [notice.person_id for notice in claimed])
        if claimed or len(looked_at) < limit:
            return [(notice, accounts[notice.person_id]) for notice in claimed]
    return []


def settle(context: Context, notice: Notice, outcome: str) -> None:
    """The notice was sent, or never will be; `outcome` says which. What was owed again since it was claimed stays
    owed.

    With a result that has reached its employee the days to appeal begin. Of what was "refused" administrators are told.
    """
    now = context.now()
    with context.database.transaction() as connection:
        notices.settle(connection, notice, now, outcome)
        if outcome == "refused":
            faults.tell(context, connection)
        elif outcome == "sent" and notice.kind == NoticeKind.RESULT:
            until = context.rules.appeal_until_if_delivered(now)
            results.delivered(connection, notice.reference, notice.person_id, until)


def delivered(context: Context, notice: Notice, telegram_id: int, message_id: int | None) -> int | None:
    """The notice was sent in this chat, as this message if it has left one. Returns the message whose place it takes:
    a digest of reviews stands there once."""
    settle(context, notice, "sent")
    if message_id is None or notice.kind != NoticeKind.REMINDER:
        return None
    with context.database.transaction() as connection:
        return people.show_digest(connection, telegram_id, message_id)


def postpone(context: Context, notice: Notice, delay: timedelta) -> None:
    """The notice was certainly not delivered: it is due again after `delay`."""
    put_off(context, notice, context.now() + delay)


def put_off(context: Context, notice: Notice, until: datetime) -> None:
    """The notice was not sent: it is due again then."""
    with context.database.transaction() as connection:
        notices.postpone(connection, notice, until)


def doubt(context: Context, notice: Notice) -> None:
    """The notice may have been delivered. News is due once more after a while; the second time, and with what the day
    brings at once, it is left at that."""
    unsure = notice.unsure + 1
    if not NoticeKind(notice.kind).is_news or unsure >= MOST_UNSURE:
        settle(context, notice, "unsure")
        return
    with context.database.transaction() as connection:
        notices.postpone(connection, notice, context.now() + UNSURE_PAUSE, unsure=unsure)


def fail(context: Context, notice: Notice) -> None:
    """A fault of ours kept the notice from being made or sent: it is due again after a pause. When the fault stays,
    administrators are told."""
    failures = notice.faults + 1
    with context.database.transaction() as connection:
        notices.postpone(connection, notice, context.now() + faults.pause_after(failures), faults=failures)
        if failures >= faults.STAYS:
            faults.tell(context, connection)


@reads
def listed(context: Context, actor: Actor, *, owed_only: bool = False, limit: int = 50) -> list[ListedNotice]:
    """Up to `limit` notices, the newest due first, or only those not sent yet. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PROGRESS)
        return notices.listed(connection, limit, owed_only=owed_only)
