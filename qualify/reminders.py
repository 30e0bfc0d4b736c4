"""When somebody who owes reviews is reminded. Pure: `now` and the person's habits are arguments.

The policy, counted in days to the due date: 3 and 1 before, on the day, then daily up to 7 overdue, then weekly.
A reminder goes out in the morning of the person's own day; not in quiet hours and, unless wanted, not on days off. One
that comes before it is too late is then brought forward to the last working day before, one about what is late waits
for the next, and what would fall together becomes one. Which days are working days is the company's to say, and an
argument too. Moments are UTC-aware; those that come back are times that the person's clock really shows, also on the
days on which it is put forward or back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
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
LONGEST_BREAK = 31
"""So many days in a row are looked at for a working day; no company closes for longer."""
FURTHEST_WEST, FURTHEST_EAST = timedelta(hours=-12), timedelta(hours=14)
"""How far clocks are from UTC."""


def known_zone(name: str) -> ZoneInfo | None:
    """The time zone with this IANA name; None for a name that no zone has."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


WorkingDays = Callable[[date], bool]
"""Says of a day whether the company works on it."""


def is_weekday(day: date) -> bool:
    """Whether the day is one from Monday to Friday."""
    return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Habits:
    """A person's zone and when to leave them alone. Quiet hours begin and end on the hour, may run past midnight, and
    with equal ends there are none. `weekends` makes every day as good as a working day."""

    zone: ZoneInfo
    quiet_from: time = time(QUIET_HOURS[0])
    quiet_until: time = time(QUIET_HOURS[1])
    weekends: bool = False
    is_working_day: WorkingDays = is_weekday

    def is_off(self, day: date) -> bool:
        """Whether the person is left alone on this day."""
        return not self.weekends and not self.is_working_day(day)

    def is_quiet(self, moment: time) -> bool:
        """Whether the person must not be disturbed at this time of day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until

    def on_any_day(self) -> "Habits":
        """The same, but days off are as good as others."""
        return replace(self, weekends=True)

    def day_of(self, moment: datetime) -> date:
        """The person's own day at this moment."""
        return moment.astimezone(self.zone).date()

    def morning(self, day: date) -> datetime:
        """When the day's digest goes out: in the morning, or at the first fine moment after it."""
        return self.next_fine(_at(day, MORNING, self.zone))

    def next_fine(self, moment: datetime) -> datetime:
        """The first moment from `moment` on that isn't quiet; from days that are off, the morning after them."""
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
        if self.is_off(day):
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
    """Whether the policy names `day` for something due on `due`, were every day a working day."""
    return _is_day_before(due, day) or _is_day_late(due, day)


def _is_day_before(due: date, day: date) -> bool:
    return (due - day).days in BEFORE


def _is_day_late(due: date, day: date) -> bool:
    overdue = (day - due).days
    return 0 < overdue <= DAILY_UNTIL or (overdue > 0 and overdue % WEEK == 0)


def is_named(due: date, today: date, habits: Habits) -> bool:
    """Whether today's digest is about something due on `due`, by the policy and the person's days off."""
    if habits.is_off(today):
        return False
    brought_forward, caught_up = _days_off_around(today, habits.is_off)
    return any(_is_day_before(due, day) for day in (today, *brought_forward)) or any(
        _is_day_late(due, day) for day in (today, *caught_up)
    )


def reminder_at(dues: Iterable[date], habits: Habits, now: datetime) -> datetime | None:
    """When today's digest is due for somebody who owes reviews due on `dues`; None when today needs none."""
    today = habits.day_of(now)
    return habits.morning(today) if any(is_named(due, today, habits) for due in dues) else None


def escalation_at(dues: Iterable[date], habits: Habits, now: datetime, told_on: date | None = None) -> datetime | None:
    """When an administrator is told today about what has been overdue for 3 days; None when nothing has that they
    weren't told of. `told_on` is the day of the last such message: what a longer silence left out is caught up."""
    today = habits.day_of(now)
    if habits.is_off(today):
        return None
    told_until = date.min if told_on is None else escalated_until(told_on)
    return habits.morning(today) if any(told_until < due <= escalated_until(today) for due in dues) else None


def escalated_until(day: date) -> date:
    """The last due date that an administrator's message of `day` is about."""
    return day - timedelta(days=ESCALATED_AFTER)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter of a year that the day lies in."""
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, following - ONE_DAY


def signs_at(habits: Habits, now: datetime, told_on: date | None) -> datetime | None:
    """When an administrator is told today that standards may have to be adjusted: once a quarter, on its first working
    day; None on days off, and where they were told (on the day `told_on`, the last time) in this quarter."""
    today = habits.day_of(now)
    if habits.is_off(today) or (told_on is not None and told_on >= quarter_of(today)[0]):
        return None
    return habits.morning(today)


def may_concern(due: date, now: datetime, is_working_day: WorkingDays = is_weekday) -> bool:
    """Whether anybody, wherever they live, could be reminded today of something due on `due`. What it refuses needs no
    closer look: no digest of today is about it."""
    for day in days_anywhere(now):
        brought_forward, caught_up = _days_off_around(day, lambda each: not is_working_day(each))
        if any(is_reminder_day(due, each) for each in (day, *brought_forward, *caught_up)):
            return True
    return False


def days_anywhere(now: datetime) -> list[date]:
    """The days that it is now for somebody, the earliest first."""
    offsets = FURTHEST_WEST, timedelta(), FURTHEST_EAST
    return sorted({(now.astimezone(UTC) + offset).date() for offset in offsets})


def _days_off_around(day: date, is_off: WorkingDays) -> tuple[list[date], list[date]]:
    """The days off that follow on the day without a break, and those that end right before it."""
    following, preceding = (
        list(takewhile(is_off, (day + step * count * ONE_DAY for count in range(1, LONGEST_BREAK)))) for step in (1, -1)
    )
    return following, preceding


def snoozed_until(choice: Snooze, habits: Habits, now: datetime) -> datetime:
    """When a snoozed digest comes back; quiet hours hold, days off don't: the person asked for it."""
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
