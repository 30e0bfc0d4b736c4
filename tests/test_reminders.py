"""The reminder policy as a table of examples, and what holds for any time and zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualify.reminders import Habits, Snooze, escalation_at, is_reminder_day, reminder_at, snoozed_until, snoozes_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = date(2026, 12, 10)  # a Thursday
OFFICE = Habits(SHANGHAI)
ALWAYS = Habits(SHANGHAI, weekends=True)
NO_QUIET = Habits(SHANGHAI, time(0), time(0), weekends=True)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("days", "reminded"),
    [
        *[(-4, False), (-3, True), (-2, False), (-1, True), (0, True)],
        *[(overdue, True) for overdue in range(1, 8)],
        *[(8, False), (13, False), (14, True), (15, False), (20, False), (21, True), (22, False), (28, True)],
    ],
)
def test_reminds_three_and_one_day_before_on_the_day_daily_for_a_week_then_weekly(days: int, reminded: bool) -> None:
    assert is_reminder_day(DUE, DUE + timedelta(days=days)) is reminded


def test_a_reminder_goes_out_at_nine_in_the_persons_own_morning() -> None:
    assert reminder_at([DUE], OFFICE, at(DUE, 0, 5)) == at(DUE, 9)


def test_each_zone_has_its_own_morning() -> None:
    tokyo = Habits(ZoneInfo("Asia/Tokyo"))
    assert reminder_at([DUE], tokyo, at(DUE, 0, 5)) == at(DUE, 8)


def test_nothing_is_planned_on_a_day_the_policy_skips() -> None:
    assert reminder_at([DUE], OFFICE, at(DUE - timedelta(days=2), 7)) is None


def test_several_reviews_make_one_digest() -> None:
    assert reminder_at([DUE, DUE + timedelta(days=3), DUE], OFFICE, at(DUE, 1)) == at(DUE, 9)


def test_the_weekend_is_off_and_monday_catches_up_what_fell_on_it() -> None:
    due_on_monday_week = date(2026, 12, 15)  # three days before is Saturday the 12th
    assert reminder_at([due_on_monday_week], OFFICE, at(date(2026, 12, 12), 7)) is None
    assert reminder_at([due_on_monday_week], OFFICE, at(date(2026, 12, 14), 7)) == at(date(2026, 12, 14), 9)


def test_a_monday_with_nothing_before_it_stays_quiet() -> None:
    assert reminder_at([date(2026, 12, 24)], OFFICE, at(date(2026, 12, 14), 7)) is None


def test_who_works_on_weekends_is_reminded_on_weekends() -> None:
    saturday = date(2026, 12, 12)
    assert reminder_at([saturday], ALWAYS, at(saturday, 7)) == at(saturday, 9)


def test_quiet_hours_past_nine_push_the_reminder_to_their_end() -> None:
    late_riser = Habits(SHANGHAI, time(22), time(10, 30))
    assert reminder_at([DUE], late_riser, at(DUE, 1)) == at(DUE, 10, 30)


@pytest.mark.parametrize(
    ("moment", "fine"),
    [
        (at(DUE, 21, 59), at(DUE, 21, 59)),
        (at(DUE, 22), at(DUE + timedelta(days=1), 8)),
        (at(DUE, 23, 30), at(DUE + timedelta(days=1), 8)),
        (at(DUE, 3), at(DUE, 8)),
        (at(DUE, 8), at(DUE, 8)),
    ],
)
def test_quiet_hours_run_from_ten_to_eight(moment: datetime, fine: datetime) -> None:
    assert OFFICE.next_fine(moment) == fine


def test_a_friday_night_waits_for_monday_morning() -> None:
    assert OFFICE.next_fine(at(date(2026, 12, 11), 23)) == at(date(2026, 12, 14), 9)


def test_quiet_hours_within_one_day_are_kept_too() -> None:
    siesta = Habits(SHANGHAI, time(13), time(15), weekends=True)
    assert siesta.next_fine(at(DUE, 14)) == at(DUE, 15)
    assert siesta.next_fine(at(DUE, 23)) == at(DUE, 23)


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        (Snooze.HOUR, at(DUE, 9), at(DUE, 10)),
        (Snooze.HOUR, at(DUE, 21, 30), at(DUE + timedelta(days=1), 8)),
        (Snooze.EVENING, at(DUE, 9), at(DUE, 18)),
        (Snooze.EVENING, at(DUE, 19), at(DUE + timedelta(days=1), 18)),
        (Snooze.TOMORROW, at(DUE, 9), at(DUE + timedelta(days=1), 9)),
        (Snooze.TOMORROW, at(date(2026, 12, 11), 9), at(date(2026, 12, 12), 9)),
    ],
)
def test_a_snooze_is_kept_even_on_a_weekend_but_not_into_quiet_hours(
    choice: Snooze, now: datetime, until: datetime
) -> None:
    assert snoozed_until(choice, OFFICE, now) == until


@pytest.mark.parametrize(("days", "told"), [(0, False), (2, False), (4, True), (3, False), (5, False)])
def test_administrators_hear_once_of_what_is_three_days_overdue(days: int, told: bool) -> None:
    day = DUE + timedelta(days=days)  # three days after the Thursday is a Sunday: told on Monday, the fourth
    assert (escalation_at([DUE], OFFICE, at(day, 7)) is not None) is told


def test_an_administrator_who_works_on_weekends_hears_on_the_sunday() -> None:
    sunday = DUE + timedelta(days=3)
    assert escalation_at([DUE], ALWAYS, at(sunday, 7)) == at(sunday, 9)


moments = st.integers(0, 7 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
hours = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
habits = st.builds(
    Habits,
    zone=st.sampled_from([SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")]),
    quiet_from=hours,
    quiet_until=hours,
    weekends=st.booleans(),
)


@pytest.mark.parametrize(
    ("hour", "offered"),
    [
        (9, [Snooze.HOUR, Snooze.EVENING, Snooze.TOMORROW]),
        (17, [Snooze.HOUR, Snooze.EVENING, Snooze.TOMORROW]),
        (18, [Snooze.HOUR, Snooze.TOMORROW]),
        (23, [Snooze.HOUR, Snooze.TOMORROW]),
    ],
)
def test_an_evening_that_has_begun_is_not_offered(hour: int, offered: list[Snooze]) -> None:
    assert snoozes_at(time(hour)) == offered


@example(Habits(SHANGHAI, time(0, 1), time(0)), datetime(2026, 12, 11, 4, tzinfo=UTC))
@given(habits, moments)
def test_the_next_fine_moment_is_fine_and_never_earlier(habit: Habits, moment: datetime) -> None:
    fine = habit.next_fine(moment)
    assert fine >= moment
    local = fine.astimezone(habit.zone)
    assert habit.weekends or local.weekday() < 5
    assert not habit.is_quiet(local.time())


@given(habits, moments, st.integers(-40, 40))
def test_a_reminder_is_never_planned_for_another_persons_night_or_weekend(
    habit: Habits, now: datetime, days: int
) -> None:
    planned = reminder_at([now.date() + timedelta(days=days)], habit, now)
    if planned is not None:
        assert habit.next_fine(planned) == planned


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert NO_QUIET.next_fine(at(DUE, 0)) == at(DUE, 0)
