"""Reminders: planned for the day from what is open now, sent as one digest a person, snoozed on request.

The policy is `qualify.reminders`; here it meets the open reviews and the people's settings. A day is the person's own,
wherever they are, and has one digest: one that was snoozed into another day is that day's, and planning that day adds
none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from qualify.access import Role
from qualify.reminders import (
    ESCALATED_AFTER,
    QUIET_HOURS,
    Habits,
    Snooze,
    days_anywhere,
    escalated_until,
    escalation_at,
    is_named,
    may_concern,
    reminder_at,
    snoozed_until,
)
from qualify.services.assessments.candidate_standings import settle
from qualify.services.authorization import Viewer
from qualify.services.context import Context, reads
from qualify.services.notices import signs
from qualify.storage import debts, notices, people
from qualify.storage.debts import Debt
from qualify.storage.notices import Owed
from qualify.storage.people import Who
from qualify.storage.tables import Notice, NoticeKind
from qualify.visibility import sees_names

DIGESTS = (NoticeKind.REMINDER, NoticeKind.OVERDUE, NoticeKind.FAULT)
AT_ONCE = timedelta(hours=1)
"""So long after the end of quiet hours news that is due at the same time is told in one message."""
LAST_DAY = date.max.toordinal()


def quiet_hours_of(who: Who) -> tuple[int, int]:
    """The hours from and until which the person is left alone: those chosen, or everybody's."""
    start, end = QUIET_HOURS
    return start if who.quiet_from is None else who.quiet_from, end if who.quiet_until is None else who.quiet_until


def habits_of(context: Context, who: Who) -> Habits:
    """When this person may be written to."""
    start, end = quiet_hours_of(who)
    return Habits(
        zone=ZoneInfo(who.timezone) if who.timezone else context.timezone,
        quiet_from=time(start),
        quiet_until=time(end),
        weekends=bool(who.weekends),
        is_working_day=context.is_working_day,
    )


def local_now(context: Context, who: Who) -> datetime:
    """Now, by the person's own clock."""
    return context.now().astimezone(habits_of(context, who).zone)


@reads
def named_today(context: Context, who: Who) -> Callable[[date], bool]:
    """Says of a due date whether the person's digest of today is about it; on a day off it comes because it was asked
    for, and the policy is that of any other day."""
    habits = habits_of(context, who)
    today = habits.day_of(context.now())
    if habits.is_off(today):
        habits = habits.on_any_day()
    return lambda due: is_named(due, today, habits)


def has_waited(context: Context, who: Who, notice: Notice) -> bool:
    """Whether this is news that the end of quiet hours has brought: what does within an hour of it comes together."""
    habits = habits_of(context, who)
    was_quiet = habits.is_quiet((notice.due_at - AT_ONCE).astimezone(habits.zone).time())
    return NoticeKind(notice.kind).is_news and was_quiet


def plan_today(context: Context) -> None:
    """Owe everybody their digest of today, by their own calendar. Only what is due on a day that the policy names is
    read, however much is open besides.

    Candidates whom no earlier release has ranked are given their place as well. Planning the same day again changes
    nothing; planned every hour, it meets every zone's morning.
    """
    now = context.now()
    with context.database.transaction() as connection:
        settle(context, connection)
        admins = people.accounts_of(connection, people.with_role(connection, Role.ADMIN))
        told_on = notices.last_days(connection, admins, NoticeKind.OVERDUE, LAST_DAY)
        told_all = min((told_on.get(person_id, date.min) for person_id in admins), default=date.max)
        owed = debts.due_on(connection, [day for day in debts.days(connection) if _concerns(context, day, told_all)])
        by_assessor: dict[int, list[Debt]] = defaultdict(list)
        for debt in owed:
            by_assessor[debt.assessor_id].append(debt)
        planned: list[Owed] = []
        for person_id, who in people.accounts_of(connection, by_assessor.keys() | admins.keys()).items():
            habits = habits_of(context, who)
            planned += _reminder(person_id, by_assessor[person_id], habits, now)
            if person_id in admins:
                planned += _escalation(person_id, owed, habits, now, told_on.get(person_id))
        to_admins = {person_id: habits_of(context, who) for person_id, who in admins.items()}
        notices.owe_all(connection, planned + signs.owed(context, connection, to_admins, LAST_DAY))


def _reminder(person_id: int, owed: Iterable[Debt], habits: Habits, now: datetime) -> list[Owed]:
    """The person's digest of today, if there is one. What they were told of today needs no reminder yet."""
    today = habits.day_of(now)
    dues = [debt.due for debt in owed if habits.day_of(debt.told_at) != today]
    return _digest(person_id, NoticeKind.REMINDER, habits, reminder_at(dues, habits, now))


def _escalation(
    person_id: int, owed: Iterable[Debt], habits: Habits, now: datetime, told_on: date | None
) -> list[Owed]:
    """What an administrator hears today of what is overdue, if anything that they weren't told of by `told_on`."""
    at = escalation_at([debt.due for debt in owed], habits, now, told_on)
    return _digest(person_id, NoticeKind.OVERDUE, habits, at)


def _concerns(context: Context, due: date, told_all: date) -> bool:
    """Whether a digest of today may be about what is due on that day, wherever somebody lives: one that reminds of it,
    or the one to administrators, who have all been told by `told_all` of what was overdue then."""
    now = context.now()
    told_until = date.min if told_all == date.min else escalated_until(told_all)
    is_news = told_until < due <= escalated_until(days_anywhere(now)[-1])
    return is_news or may_concern(due, now, context.is_working_day)


def _digest(person_id: int, kind: NoticeKind, habits: Habits, at: datetime | None) -> list[Owed]:
    """One digest of a kind a day: the day is the notice's reference."""
    return [] if at is None else [Owed(person_id, kind, _day(habits, at), at)]


def _day(habits: Habits, moment: datetime) -> int:
    """The person's own day of a moment, as a number."""
    return habits.day_of(moment).toordinal()


def minute_of(moment: datetime) -> int:
    """The reference of a digest that is one more on its day: its minute, far above any day's number, so the two never
    meet."""
    return int(moment.timestamp()) // 60


def waiting(context: Context, who: Who, notice: Notice) -> timedelta:
    """How long the notice must still wait because the person may not be disturbed now; zero when it needn't."""
    now = context.now()
    return fine_at(context, who, notice, now) - now


def fine_at(context: Context, who: Who, notice: Notice, now: datetime) -> datetime:
    """The first moment from `now` on at which the person may get the notice.

    News waits for the end of quiet hours, whatever the day. On its own day a digest does so as well: it comes on a day
    off because it was snoozed into it, or tells of faults. One that is late keeps days off, as everything else does.
    For somebody who has travelled west its day may not have begun yet.
    """
    habits = habits_of(context, who)
    today, on_any_day = _day(habits, now), habits.on_any_day()
    if NoticeKind(notice.kind).is_news:
        return on_any_day.next_fine(now)
    if notice.kind not in DIGESTS or notice.reference < today:
        return habits.next_fine(now)
    if today < notice.reference <= LAST_DAY:
        return on_any_day.morning(date.fromordinal(notice.reference))
    return on_any_day.next_fine(now)


@reads
def is_outdated(context: Context, who: Who, notice: Notice) -> bool:
    """Whether a later digest takes this one's place: after days of silence one message is enough.

    A digest of an earlier day gives way to this morning's even before that one is due.
    """
    now, habits = context.now(), habits_of(context, who)
    is_late = notice.reference < _day(habits, now)
    by = max(now, habits.morning(habits.day_of(now))) if is_late else now
    with context.database.reading() as connection:
        return notices.is_outdated(connection, notice, by)


@reads
def overdue(context: Context, who: Who) -> list[Debt]:
    """What has been overdue for at least 3 days, the oldest first; for an administrator, nothing for anybody else."""
    if Role.ADMIN not in who.roles:
        return []
    today = habits_of(context, who).day_of(context.now())
    with context.database.reading() as connection:
        found = debts.due_until(connection, today - timedelta(days=ESCALATED_AFTER))
    viewer, hide_assessors = Viewer(who.person_id, who.roles), context.rules.hide_assessors
    return [
        debt
        for debt in found
        if debt.is_own or sees_names(viewer.roles, viewer.relation(debt.subject_id), hide_assessors=hide_assessors)
    ]


def snooze(context: Context, who: Who, choice: Snooze) -> datetime:
    """Owe the person another digest later; returns when it comes, by their own clock.

    On another day it takes the place of that day's digest; today it is one more, since today's was the one snoozed.
    """
    assert who.person_id is not None
    now, habits = context.now(), habits_of(context, who)
    until = snoozed_until(choice, habits, now)
    reference = _day(habits, until)
    if reference == _day(habits, now):
        reference = minute_of(until)
    with context.database.transaction() as connection:
        notices.owe(connection, who.person_id, NoticeKind.REMINDER, reference, until)
    return until
