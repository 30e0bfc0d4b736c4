"""When somebody who owes reviews is reminded. Pure: `now` and the person's habits are arguments.

The policy, counted in days to the due date: 3 and 1 before, on the day, then daily up to 7 overdue, then weekly.
A reminder goes out in the morning of the person's own day; not in quiet hours and, unless wanted, not on weekends:
then it waits for the next moment that is fine, and what would fall together becomes one. Moments are UTC-aware; those
that come back are times that the person's clock really shows, also on the days on which it is put forward or back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

BEFORE = (3, 1, 0)
DAILY_UNTIL = 7
WEEK = 7
MORNING = time(9)
EVENING = time(18)
QUIET_HOURS = (22, 8)
"""When it is quiet for somebody who chose nothing else: from this hour until that one."""
ESCALATED_AFTER = 3
ONE_DAY = timedelta(days=1)
FURTHEST_WEST, FURTHEST_EAST = timedelta(hours=-12), timedelta(hours=14)
"""How far clocks are from UTC."""


def known_zone(name: str) -> ZoneInfo | None:
    """The time zone with this IANA name; None for a name that no zone has."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class Habits:
    """A person's zone and when to leave them alone. Quiet hours begin and end on the hour, may run past midnight, and
    with equal ends there are none."""

    zone: ZoneInfo
    quiet_from: time = time(QUIET_HOURS[0])
    quiet_until: time = time(QUIET_HOURS[1])
    weekends: bool = False

    def is_quiet(self, moment: time) -> bool:
        """Whether the person must not be disturbed at this time of day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until

    def on_any_day(self) -> "Habits":
        """The same, but weekends are as good as other days."""
        return replace(self, weekends=True)

    def day_of(self, moment: datetime) -> date:
        """The person's own day at this moment."""
        return moment.astimezone(self.zone).date()

    def morning(self, day: date) -> datetime:
        """When the day's digest goes out: in the morning, or at the first fine moment after it."""
        return self.next_fine(_at(day, MORNING, self.zone))

    def next_fine(self, moment: datetime) -> datetime:
        """The first moment from `moment` on that isn't quiet; from a weekend that is off, the morning after it."""
        local = moment.astimezone(self.zone)
        while (later := self._put_off(local)) is not None:
            local = later
        return local

    def _put_off(self, local: datetime) -> datetime | None:
        """The next moment to try; None when this one is fine."""
        day = local.date()
        if self.is_quiet(local.time()):
            ends_tomorrow = local.time() >= self.quiet_until
            return _at(day + ONE_DAY if ends_tomorrow else day, self.quiet_until, self.zone)
        if not self.weekends and local.weekday() >= 5:
            return _at(day + ONE_DAY, self.quiet_until if self.is_quiet(MORNING) else MORNING, self.zone)
        return None


class Snooze(StrEnum):
    """How long somebody wants to be left alone."""

    HOUR = "hour"
    EVENING = "evening"
    TOMORROW = "tomorrow"


def snoozes_at(moment: time) -> list[Snooze]:
    """The choices to offer at this time of day: an evening that has begun is not one to wait for."""
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


def may_concern(due: date, now: datetime) -> bool:
    """Whether anybody, wherever they live, could be told today of something due on `due`. What it refuses needs no
    closer look: neither a digest nor an escalation of today is about it."""
    days: set[date] = set()
    for offset in (FURTHEST_WEST, timedelta(), FURTHEST_EAST):
        day = (now.astimezone(UTC) + offset).date()
        days.update(_with_weekend(day))
    return any(is_reminder_day(due, day) or _is_escalation_day(due, day) for day in days)


def _is_escalation_day(due: date, day: date) -> bool:
    return (day - due).days == ESCALATED_AFTER


def _morning_if(
    dues: Iterable[date], rule: Callable[[date, date], bool], habits: Habits, now: datetime
) -> datetime | None:
    """This morning, if the rule asks for today. What fell on a weekend that is off is caught up on Monday."""
    today = habits.day_of(now)
    if not habits.weekends and today.weekday() >= 5:
        return None
    days = _caught_up(today, habits)
    if not any(rule(due, day) for due in dues for day in days):
        return None
    return habits.morning(today)


def _caught_up(today: date, habits: Habits) -> tuple[date, ...]:
    """Today, and on a Monday after a weekend off also Saturday and Sunday."""
    return (today,) if habits.weekends else _with_weekend(today)


def _with_weekend(day: date) -> tuple[date, ...]:
    return (day,) if day.weekday() != 0 else (day, day - ONE_DAY, day - 2 * ONE_DAY)


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
    """The moment of the day; an hour that the clock leaves out that day comes when it has been put forward."""
    return datetime.combine(day, moment, zone).astimezone(UTC).astimezone(zone)
