"""The reminder policy as a table of examples, and what holds for any time and zone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualify.reminders import (
    Habits,
    Snooze,
    escalated_until,
    escalation_at,
    is_reminder_day,
    may_concern,
    quarter_of,
    reminder_at,
    signs_at,
    snoozed_until,
    snoozes_at,
)
from qualify.working_days import Workdays, is_working_day_in_china

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
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


def test_what_would_come_on_a_weekend_before_the_due_date_comes_on_the_friday() -> None:
    due_on_tuesday = date(2026, 12, 15)  # three days before is Saturday the 12th
    assert reminder_at([due_on_tuesday], OFFICE, at(date(2026, 12, 12), 7)) is None
    assert reminder_at([due_on_tuesday], OFFICE, at(date(2026, 12, 11), 7)) == at(date(2026, 12, 11), 9)


def test_what_is_late_waits_for_the_monday() -> None:
    late_since_a_saturday = date(2026, 11, 28)
    assert days_of([late_since_a_saturday], OFFICE, date(2026, 12, 7), 14) == ["12-07", "12-14"]


def days_of(dues: list[date], habits: Habits, first: date, days: int) -> list[str]:
    """The days with a digest, among so many from the first."""
    looked_at = [first + timedelta(days=count) for count in range(days)]
    return [f"{day:%m-%d}" for day in looked_at if reminder_at(dues, habits, at(day, 7)) is not None]


IN_CHINA = Habits(SHANGHAI, is_working_day=Workdays.CHINA.is_working_day)


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        ("09-28", ["09-24", "09-28", "09-29", "09-30", "10-08", "10-12"]),  # 中秋: 25 to 27 September are off
        ("09-29", ["09-24", "09-28", "09-29", "09-30", "10-08", "10-13"]),
        ("09-30", ["09-24", "09-29", "09-30", "10-08", "10-14"]),  # three days before is Sunday the 27th
        ("10-01", ["09-28", "09-30", "10-08"]),
        ("10-02", ["09-29", "09-30", "10-08", "10-09"]),
        ("10-03", ["09-30", "10-08", "10-09", "10-10"]),  # Saturday the 10th makes up for the holiday
        ("10-04", ["09-30", "10-08", "10-09", "10-10", "10-12"]),
        ("10-05", ["09-30", "10-08", "10-09", "10-10", "10-12"]),
        ("10-06", ["09-30", "10-08", "10-09", "10-10", "10-12", "10-13"]),
        ("10-07", ["09-30", "10-08", "10-09", "10-10", "10-12", "10-13", "10-14"]),
        ("10-08", ["09-30", "10-08", "10-09", "10-10", "10-12", "10-13", "10-14"]),
        ("10-09", ["09-30", "10-08", "10-09", "10-10", "10-12", "10-13", "10-14"]),
        ("10-10", ["09-30", "10-09", "10-10", "10-12", "10-13", "10-14"]),
        ("10-11", ["10-08", "10-10", "10-12", "10-13", "10-14"]),
    ],
)
def test_around_the_national_holiday_nobody_is_reminded_too_late(due: str, reminded: list[str]) -> None:
    day = date.fromisoformat(f"2026-{due}")
    assert days_of([day], IN_CHINA, date(2026, 9, 22), 23) == reminded


def test_who_wants_to_be_reminded_on_days_off_is() -> None:
    always = Habits(SHANGHAI, weekends=True, is_working_day=Workdays.CHINA.is_working_day)
    assert days_of([date(2026, 10, 3)], always, date(2026, 9, 28), 7) == ["09-30", "10-02", "10-03", "10-04"]


def test_a_year_the_calendar_does_not_know_has_weekends() -> None:
    assert not is_working_day_in_china(date(2026, 10, 1))
    assert is_working_day_in_china(date(2026, 10, 10)), "a Saturday that makes up for it"
    assert is_working_day_in_china(date(2090, 10, 2)), "a Monday"
    assert not is_working_day_in_china(date(2090, 10, 1)), "a Sunday"


def test_a_night_before_the_holiday_waits_for_the_morning_after_it() -> None:
    assert IN_CHINA.next_fine(at(date(2026, 9, 30), 23)) == at(date(2026, 10, 8), 9)


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


def test_who_sleeps_by_day_is_reminded_after_the_weekend_as_soon_as_monday_allows() -> None:
    by_night = Habits(SHANGHAI, quiet_from=time(9), quiet_until=time(3))
    saturday, monday = DUE + timedelta(days=2), DUE + timedelta(days=4)
    assert by_night.next_fine(at(saturday, 12)) == at(monday, 3)
    assert by_night.next_fine(at(monday, 3)) == at(monday, 3)


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


def escalations(habits: Habits, days: Iterable[int], told_on: date | None) -> list[int]:
    """On which of the days after the due date an administrator is told of it, each of them planned after the other."""
    found = []
    for day in (DUE + timedelta(days=count) for count in days):
        if escalation_at([DUE], habits, at(day, 7), told_on) is not None:
            found.append((day - DUE).days)
            told_on = day
    return found


@pytest.mark.parametrize("told_on", [None, DUE, DUE + timedelta(days=2)])
def test_administrators_hear_once_of_what_is_three_days_overdue(told_on: date | None) -> None:
    # three days after the Thursday is a Sunday: told on Monday, the fourth
    assert escalations(OFFICE, range(12), told_on) == [4]
    assert escalations(ALWAYS, range(12), told_on) == [3]


@pytest.mark.parametrize("back", [5, 8, 40])
def test_what_was_three_days_overdue_in_an_outage_is_caught_up_once(back: int) -> None:
    assert escalations(ALWAYS, range(back, 60), DUE) == [back]
    assert escalations(ALWAYS, range(back, 60), DUE + timedelta(days=3)) == [], "told before the outage"


def test_an_administrators_message_is_about_what_is_three_days_overdue_on_its_day() -> None:
    assert escalated_until(DUE + timedelta(days=3)) == DUE


def test_an_administrator_who_works_on_weekends_hears_on_the_sunday() -> None:
    sunday = DUE + timedelta(days=3)
    assert escalation_at([DUE], ALWAYS, at(sunday, 7)) == at(sunday, 9)


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


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert NO_QUIET.next_fine(at(DUE, 0)) == at(DUE, 0)


def test_a_weekend_is_the_persons_own() -> None:
    friday = date(2026, 12, 11)
    friday_evening_in_new_york = datetime(2026, 12, 11, 18, tzinfo=NEW_YORK)
    assert OFFICE.next_fine(friday_evening_in_new_york) == at(date(2026, 12, 14), 9), "a Saturday in Shanghai"
    assert Habits(NEW_YORK).next_fine(friday_evening_in_new_york) == friday_evening_in_new_york
    assert reminder_at([friday], Habits(NEW_YORK), at(friday, 23)) == datetime(2026, 12, 11, 9, tzinfo=NEW_YORK)
    assert reminder_at([friday], OFFICE, datetime(2026, 12, 11, 20, tzinfo=NEW_YORK)) is None, "Saturday by now"


# ——— the days on which clocks are put forward and back; all are Sundays


@pytest.mark.parametrize(
    ("zone", "day", "hour_in_utc"),
    [
        *[(BERLIN, date(2026, 3, 28), 8), (BERLIN, date(2026, 3, 29), 7)],
        *[(BERLIN, date(2026, 10, 24), 7), (BERLIN, date(2026, 10, 25), 8)],
        *[(NEW_YORK, date(2026, 3, 7), 14), (NEW_YORK, date(2026, 3, 8), 13)],
        *[(NEW_YORK, date(2026, 10, 31), 13), (NEW_YORK, date(2026, 11, 1), 14)],
    ],
)
def test_nine_in_the_morning_is_nine_on_the_clock_when_it_was_changed_in_the_night(
    zone: ZoneInfo, day: date, hour_in_utc: int
) -> None:
    habit = Habits(zone, weekends=True)
    nine = datetime(day.year, day.month, day.day, hour_in_utc, tzinfo=UTC)
    for hours in range(8):  # midnight is eight, nine or ten hours before
        assert reminder_at([day], habit, nine - timedelta(hours=hours)) == nine
    before = nine - timedelta(hours=20)
    assert snoozed_until(Snooze.TOMORROW, habit, before) == nine
    assert habit.next_fine(nine - timedelta(hours=4)) == nine - timedelta(hours=1), "quiet until eight"


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        (BERLIN, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (BERLIN, datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (NEW_YORK, datetime(2026, 3, 8, 7, tzinfo=UTC)),
        (NEW_YORK, datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ],
)
def test_an_hours_snooze_is_an_hour_when_the_clock_is_changed_within_it(zone: ZoneInfo, change: datetime) -> None:
    now = change - timedelta(minutes=30)
    awake = Habits(zone, time(0), time(0), weekends=True)
    assert snoozed_until(Snooze.HOUR, awake, now) - now == timedelta(hours=1)


def test_quiet_hours_that_end_in_the_hour_that_is_left_out_end_after_it() -> None:
    fine = Habits(BERLIN, time(22), time(2), weekends=True).next_fine(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
    assert f"{fine:%H:%M}" == "03:00"
    assert fine == datetime(2026, 3, 29, 1, tzinfo=UTC)


# ——— what holds for any time, zone and habits

CHANGES = (
    *[datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)],  # Berlin
    *[datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)],  # New York
    *[datetime(2026, 4, 23, 22, tzinfo=UTC), datetime(2026, 10, 29, 21, tzinfo=UTC)],  # Cairo, at midnight
)
anywhere = st.integers(0, 7 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
near_a_change = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-36 * 60, 36 * 60),
)
moments = anywhere | near_a_change
hours = st.integers(0, 23).map(time)
habits = st.builds(
    Habits,
    zone=st.sampled_from(
        [
            *[SHANGHAI, BERLIN, NEW_YORK, ZoneInfo("Asia/Kolkata"), ZoneInfo("Africa/Cairo")],
            *[ZoneInfo("Pacific/Apia"), ZoneInfo("Pacific/Pago_Pago")],  # a day apart
        ]
    ),
    quiet_from=hours,
    quiet_until=hours,
    weekends=st.booleans(),
)
overdue_by = st.lists(st.integers(-40, 40), min_size=1, max_size=4)


def dues(now: datetime, days: list[int]) -> list[date]:
    return [now.date() - timedelta(days=each) for each in days]


def leaves_alone(habit: Habits, moment: datetime) -> bool:
    """Whether the person isn't to be disturbed then; said once more, for the tests alone."""
    local = moment.astimezone(UTC).astimezone(habit.zone)
    start, end, hour = habit.quiet_from.hour, habit.quiet_until.hour, local.hour
    quiet = start <= hour < end if start <= end else not end <= hour < start
    return quiet or (not habit.weekends and local.isoweekday() > 5)


@example(Habits(SHANGHAI, time(1), time(0)), datetime(2026, 12, 11, 4, tzinfo=UTC))
@given(habits, moments)
def test_the_next_fine_moment_is_fine_and_never_earlier(habit: Habits, moment: datetime) -> None:
    fine = habit.next_fine(moment)
    assert fine >= moment
    assert not leaves_alone(habit, fine)
    assert habit.next_fine(fine) == fine
    assert leaves_alone(habit, moment) or fine.astimezone(UTC) == moment


@given(habits, moments, st.integers(0, 5 * 24 * 60))
def test_who_waits_longer_is_not_served_earlier(habit: Habits, moment: datetime, minutes: int) -> None:
    later = moment + timedelta(minutes=minutes)
    any_day = habit.on_any_day()  # a weekend that is off ends with Monday's morning, Monday itself with its quiet hours
    assert any_day.next_fine(moment) <= any_day.next_fine(later)
    for choice in Snooze:
        assert snoozed_until(choice, habit, moment) <= snoozed_until(choice, habit, later)


@given(habits, moments, overdue_by)
def test_no_digest_is_planned_for_quiet_hours_or_for_a_weekend_that_is_off(
    habit: Habits, now: datetime, days: list[int]
) -> None:
    for plan in (reminder_at, escalation_at):
        planned = plan(dues(now, days), habit, now)
        assert planned is None or not leaves_alone(habit, planned)


@given(habits, moments, st.sampled_from(Snooze))
def test_a_snooze_ends_later_and_not_in_quiet_hours(habit: Habits, now: datetime, choice: Snooze) -> None:
    until = snoozed_until(choice, habit, now)
    assert until > now
    assert not leaves_alone(habit.on_any_day(), until)


@given(habits, moments, overdue_by)
def test_however_often_it_is_planned_a_day_of_the_persons_own_has_one_digest(
    habit: Habits, start: datetime, days: list[int]
) -> None:
    owed = dues(start, days)
    planned = [reminder_at(owed, habit, start + timedelta(hours=hour)) for hour in range(10 * 24)]
    found = [moment.astimezone(UTC) for moment in planned if moment is not None]
    assert found == sorted(found), "later planning never means earlier"
    assert len({habit.day_of(moment) for moment in found}) == len(set(found))


@given(
    st.integers(-12, 40),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "America/New_York", "Etc/GMT+12")),
    st.booleans(),
    st.sampled_from(Workdays),
)
def test_what_concerns_nobody_today_is_in_no_digest_wherever_somebody_lives(
    overdue: int, now: datetime, zone: str, weekends: bool, workdays: Workdays
) -> None:
    habits = Habits(ZoneInfo(zone), weekends=weekends, is_working_day=workdays.is_working_day)
    due = now.date() - timedelta(days=overdue)
    assert may_concern(due, now, workdays.is_working_day) or reminder_at([due], habits, now) is None


def test_on_a_monday_what_fell_on_the_weekend_still_concerns_somebody() -> None:
    now, due = at(date(2026, 12, 14), 7), date(2026, 11, 28)  # two weeks before the Saturday
    assert reminder_at([due], OFFICE, now) is not None
    assert may_concern(due, now)
    assert not may_concern(due, now + timedelta(days=2))


def test_on_a_thursday_most_of_what_is_open_concerns_nobody() -> None:
    now = at(DUE, 12)
    concerned = [days for days in range(-30, 31) if may_concern(DUE + timedelta(days=days), now)]
    assert concerned == [-29, -28, -22, -21, -15, -14, *range(-8, 4)]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("01-01", "01-01", "03-31"),
        ("05-15", "04-01", "06-30"),
        ("09-30", "07-01", "09-30"),
        ("12-31", "10-01", "12-31"),
    ],
)
def test_a_year_has_four_quarters(day: str, first: str, last: str) -> None:
    found = quarter_of(date.fromisoformat(f"2026-{day}"))
    assert [f"{each:%m-%d}" for each in found] == [first, last]


def test_administrators_are_told_of_signs_on_the_first_working_day_of_a_quarter_and_once() -> None:
    saturday, monday = date(2028, 1, 1), date(2028, 1, 3)
    last_quarter = date(2027, 12, 31)
    assert signs_at(OFFICE, at(saturday, 7), last_quarter) is None
    assert signs_at(OFFICE, at(monday, 7), last_quarter) == at(monday, 9)
    assert signs_at(OFFICE, at(monday, 7), None) == at(monday, 9)
    assert signs_at(OFFICE, at(date(2028, 3, 31), 7), monday) is None
