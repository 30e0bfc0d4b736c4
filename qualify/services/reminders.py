"""Reminders: planned for the day from what is open now, sent as one digest a person, snoozed on request.

The policy is `qualify.reminders`; here it meets the open reviews and the people's settings.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from qualify.reminders import ESCALATED_AFTER, Habits, Snooze, escalation_at, reminder_at, snoozed_until
from qualify.services.context import Context
from qualify.storage import notices, people, reviews
from qualify.storage.people import Who
from qualify.storage.reviews import Debt
from qualify.storage.tables import NoticeKind, Role

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
    """Owe everybody their digest of today; planning the same day again changes nothing."""
    with context.database.transaction() as connection:
        debts = reviews.debts(connection)
        dues: dict[int, list[date]] = defaultdict(list)
        for debt in debts:
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
        day = at.astimezone(context.timezone).date()
        notices.owe(connection, person_id, kind, day.toordinal(), at)


def waiting(context: Context, who: Who) -> timedelta:
    """How long a digest must still wait because the person is not to be disturbed now; zero when it needn't."""
    now = context.now()
    return habits_of(context, who).next_fine(now) - now


def overdue(context: Context) -> list[Debt]:
    """What has been overdue for at least 3 days, the oldest first."""
    today = context.today()
    with context.database.reading() as connection:
        return [debt for debt in reviews.debts(connection) if (today - debt.due).days >= ESCALATED_AFTER]


def snooze(context: Context, who: Who, choice: Snooze) -> datetime:
    """Owe the person another digest later; when it comes, in the company's time zone."""
    assert who.person_id is not None
    until = snoozed_until(choice, habits_of(context, who), context.now())
    minutes = int(until.timestamp()) // 60  # far above any day's number, so the two never meet
    with context.database.transaction() as connection:
        notices.owe(connection, who.person_id, NoticeKind.REMINDER, minutes, until)
    return until.astimezone(context.timezone)
