"""Reminders: planned for the day from what is open now, sent as one digest a person, snoozed on request.

The policy is `qualify.reminders`; here it meets the open reviews and the people's settings. A day has one digest:
one that was snoozed into another day is that day's, and planning that day adds none.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from qualify.access import Role
from qualify.reminders import ESCALATED_AFTER, Habits, Snooze, escalation_at, reminder_at, snoozed_until
from qualify.services.context import Context
from qualify.storage import notices, people, reviews
from qualify.storage.people import Who
from qualify.storage.reviews import Debt
from qualify.storage.tables import Notice, NoticeKind

QUIET_FROM, QUIET_UNTIL = 22, 8


def habits_of(context: Context, who: Who) -> Habits:
    """When this person may be written to."""
    return Habits(
        zone=context.timezone,
        quiet_from=time(QUIET_FROM if who.quiet_from is None else who.quiet_from),
        quiet_until=time(QUIET_UNTIL if who.quiet_until is None else who.quiet_until),
        weekends=bool(who.weekends),
    )


def plan_today(context: Context) -> None:
    """Owe everybody their digest of today; planning the same day again changes nothing.

    A review opened today asks for none: its assessor has just been told.
    """
    today = context.today()
    with context.database.transaction() as connection:
        debts = reviews.debts(connection)
        dues: dict[int, list[date]] = defaultdict(list)
        for debt in debts:
            if debt.opened_at.astimezone(context.timezone).date() != today:
                dues[debt.assessor_id].append(debt.due)
        admins = people.with_role(connection, Role.ADMIN)
        accounts = people.accounts_of(connection, [*dues, *admins])
        for person_id, owed in dues.items():
            if person_id in accounts:
                habits = habits_of(context, accounts[person_id])
                _owe(context, connection, person_id, NoticeKind.REMINDER, reminder_at(owed, habits, context.now()))
        for person_id in admins:
            if person_id in accounts:
                habits = habits_of(context, accounts[person_id])
                told = escalation_at([debt.due for debt in debts], habits, context.now())
                _owe(context, connection, person_id, NoticeKind.OVERDUE, told)


def _owe(context: Context, connection: Connection, person_id: int, kind: NoticeKind, at: datetime | None) -> None:
    """One digest of a kind a day: the day is the notice's reference."""
    if at is not None:
        notices.owe(connection, person_id, kind, _day(context, at), at)


def _day(context: Context, moment: datetime) -> int:
    """The company's day of a moment, as a number."""
    return moment.astimezone(context.timezone).date().toordinal()


def is_quiet(context: Context, who: Who) -> bool:
    """Whether these are the person's quiet hours."""
    habits = habits_of(context, who)
    return habits.is_quiet(context.now().astimezone(habits.zone).time())


def waiting(context: Context, who: Who, reference: int) -> timedelta:
    """How long a digest must still wait because the person is not to be disturbed now; zero when it needn't.

    On its own day it waits for the end of quiet hours only: it comes on a weekend that is off because it was snoozed
    into it. One that is late keeps the weekend as well.
    """
    now = context.now()
    habits = habits_of(context, who)
    return (habits.on_any_day() if reference >= _day(context, now) else habits).next_fine(now) - now


def is_outdated(context: Context, notice: Notice) -> bool:
    """Whether a later digest takes this one's place: after days of silence one message is enough."""
    with context.database.reading() as connection:
        return notices.is_outdated(connection, notice, context.now())


def overdue(context: Context) -> list[Debt]:
    """What has been overdue for at least 3 days, the oldest first."""
    today = context.today()
    with context.database.reading() as connection:
        return [debt for debt in reviews.debts(connection) if (today - debt.due).days >= ESCALATED_AFTER]


def snooze(context: Context, who: Who, choice: Snooze) -> datetime:
    """Owe the person another digest later; when it comes, in the company's time zone.

    On another day it takes the place of that day's digest; today it is one more, since today's was the one snoozed.
    """
    assert who.person_id is not None
    until = snoozed_until(choice, habits_of(context, who), context.now())
    reference = _day(context, until)
    if reference == _day(context, context.now()):
        reference = int(until.timestamp()) // 60  # far above any day's number, so the two never meet
    with context.database.transaction() as connection:
        notices.owe(connection, who.person_id, NoticeKind.REMINDER, reference, until)
    return until.astimezone(context.timezone)
