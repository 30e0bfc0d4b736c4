"""When somebody who owes reviews is reminded. Pure: `now` and the person's habits are arguments.

The policy, counted in days to the due date: 3 and 1 before, on the day, then daily up to 7 overdue, then weekly.
A reminder goes out in the morning of the person's own day; not in quiet hours and, unless wanted, not on weekends:
then it waits for the next moment that is fine, and what would fall together becomes one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

BEFORE = (3, 1, 0)
DAILY_UNTIL = 7
WEEK = 7
MORNING = time(9)
EVENING = time(18)
ESCALATED_AFTER = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Habits:
    """A person's zone and when to leave them alone; quiet hours may run past midnight, equal ends mean none."""

    zone: ZoneInfo
    quiet_from: time = time(22)
    quiet_until: time = time(8)
    weekends: bool = False

    def is_quiet(self, moment: time) -> bool:
        """Whether the person is not to be disturbed at this time of day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until

    def on_any_day(self) -> "Habits":
        """The same, but weekends are as good as other days."""
        return replace(self, weekends=True)

    def next_fine(self, moment: datetime) -> datetime:
        """The first moment from `moment` on (UTC-aware) that is neither quiet nor on a weekend that is off."""
        local = moment.astimezone(self.zone)
        if self.is_quiet(local.time()):
            later = local.time() >= self.quiet_until
            local = _at(local.date() + (ONE_DAY if later else timedelta()), self.quiet_until, self.zone)
        while not self.weekends and local.weekday() >= 5:
            start = self.quiet_until if self.is_quiet(MORNING) else MORNING
            local = _at(local.date() + ONE_DAY, start, self.zone)
        return local


class Snooze(StrEnum):
    """How long somebody wants to be left alone."""

    HOUR = "hour"
    EVENING = "evening"
    TOMORROW = "tomorrow"


def snoozes_at(moment: time) -> list[Snooze]:
    """What can be offered at this time of day: an evening that has begun is none to wait for."""
    return [choice for choice in Snooze if choice is not Snooze.EVENING or moment < EVENING]


def is_reminder_day(due: date, day: date) -> bool:
    """Whether the policy reminds on `day` of something due on `due`."""
    overdue = (day - due).days
    if overdue <= 0:
        return -overdue in BEFORE
    return overdue <= DAILY_UNTIL or overdue % WEEK == 0


def reminder_at(dues: Iterable[date], habits: Habits, now: datetime) -> datetime | None:
    """When today's digest is due for somebody who owes reviews due on `dues`; None when today needs none."""
    return _morning_if(dues, is_reminder_day, habits, now)


def escalation_at(dues: Iterable[date], habits: Habits, now: datetime) -> datetime | None:
    """When an administrator is told today about what has been overdue for 3 days; None when nothing has."""
    return _morning_if(dues, _is_escalation_day, habits, now)


def _is_escalation_day(due: date, day: date) -> bool:
    return (day - due).days == ESCALATED_AFTER


def _morning_if(
    dues: Iterable[date], rule: Callable[[date, date], bool], habits: Habits, now: datetime
) -> datetime | None:
    """This morning, if the rule asks for today. What fell on a weekend that is off is caught up on Monday."""
    today = now.astimezone(habits.zone).date()
    if not habits.weekends and today.weekday() >= 5:
        return None
    days = _caught_up(today, habits)
    if not any(rule(due, day) for due in dues for day in days):
        return None
    return habits.next_fine(_at(today, MORNING, habits.zone))


def _caught_up(today: date, habits: Habits) -> tuple[date, ...]:
    """Today, and on a Monday after a weekend off also Saturday and Sunday."""
    if habits.weekends or today.weekday() != 0:
        return (today,)
    return (today, today - ONE_DAY, today - 2 * ONE_DAY)


def snoozed_until(choice: Snooze, habits: Habits, now: datetime) -> datetime:
    """When a snoozed digest comes back; quiet hours hold, the weekend doesn't: the person asked for it."""
    local = now.astimezone(habits.zone)
    match choice:
        case Snooze.HOUR:
            wanted = now + timedelta(hours=1)
        case Snooze.EVENING:
            evening = _at(local.date(), EVENING, habits.zone)
            wanted = evening if evening > local else _at(local.date() + ONE_DAY, EVENING, habits.zone)
        case Snooze.TOMORROW:
            wanted = _at(local.date() + ONE_DAY, MORNING, habits.zone)
    return habits.on_any_day().next_fine(wanted)


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone)
