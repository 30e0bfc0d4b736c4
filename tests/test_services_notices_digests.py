"""Reminders meet the open reviews: whose day it is, who was told already, what has ended meanwhile."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import text

from qualify.reminders import Snooze
from qualify.services import upkeep
from qualify.services.assessments import amendments, appeals, lifecycle, listing, overview, progress, results, sign_off
from qualify.services.authorization import Actor
from qualify.services.notices import digests as digests_service
from qualify.services.notices import queue
from qualify.services.people import joining, preferences
from qualify.storage.people import Who
from qualify.storage.tables import Audit, Notice, NoticeKind
from tests.company import ACCOUNTS, NEWCOMERS, OPERATOR, POINTS, SCALE, Company, meeting_before, refused, together

pytest_plugins = ["tests.company_fixtures"]

NEW_YORK, KIRITIMATI, PAGO_PAGO = "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"  # -5, +14 and -11


UTC_NINE = datetime(2026, 11, 27, 1, tzinfo=UTC)


def digests(company: Company, staff_no: str = "R1") -> list[tuple[str, str]]:
    """The days (of the notice) and moments (in UTC) of the digests that somebody is or was owed, in their order."""
    with company.context.database.reading() as connection:
        rows = connection.execute(
            text("SELECT reference, due_at FROM notice WHERE person_id = :person AND kind = 'reminder' ORDER BY id"),
            {"person": company.id(staff_no)},
        ).all()
    shown = [(datetime.fromordinal(reference), str(due_at)) for reference, due_at in rows]
    return [(f"{day:%m-%d}", due_at[5:16]) for day, due_at in shown]


def who(company: Company, staff_no: str) -> Who:
    found = joining.find(company.context, ACCOUNTS[staff_no])
    assert found is not None
    return found


def the_assessment(company: Company) -> int:
    (only,) = listing.listed(company.context, OPERATOR)
    return only.id


def lives_in(company: Company, staff_no: str, zone: str | None) -> None:
    preferences.set_timezone(company.context, ACCOUNTS[staff_no], zone)


def a_week_later(company: Company, days: int = 7) -> None:
    """The review of `opens` is due on Tuesday the first of December; this is a Sunday, nine in Shanghai."""
    company.clock.time = datetime(2026, 11, 22, 1, tzinfo=UTC) + timedelta(days=days)


def plan_for_days(company: Company, days: int) -> None:
    """Look every three hours: on either side of everybody's midnight, and in their morning."""
    for _ in range(days * 8):
        digests_service.plan_today(company.context)
        company.clock.time += timedelta(hours=3)


def test_a_digest_is_planned_for_the_morning_and_the_day_of_whoever_gets_it(company: Company) -> None:
    company.opens(SCALE, "4", assessors=("R1", "R2"))
    lives_in(company, "R2", NEW_YORK)
    a_week_later(company)
    plan_for_days(company, 4)
    assert digests(company, "R1")[:3] == [("11-30", "11-30 01:00"), ("12-01", "12-01 01:00"), ("12-02", "12-02 01:00")]
    assert digests(company, "R2")[:3] == [("11-30", "11-30 14:00"), ("12-01", "12-01 14:00"), ("12-02", "12-02 14:00")]


def test_wherever_somebody_lives_each_of_their_days_has_one_digest(small_company: Company) -> None:
    company = small_company
    lives = {"R1": None, "R2": KIRITIMATI, "R3": PAGO_PAGO, "A2": NEW_YORK}
    for staff_no in NEWCOMERS:
        company.hires(staff_no, f"评审员 {staff_no}", "评审员")
    company.opens(SCALE, "4", assessors=tuple(lives))
    for staff_no, zone in lives.items():
        lives_in(company, staff_no, zone)
        preferences.set_weekends(company.context, ACCOUNTS[staff_no], weekends=True)
    plan_for_days(company, 24)
    promised = ["11-28", "11-30", *[f"12-0{day}" for day in range(1, 9)], "12-15"]
    for staff_no in lives:
        assert [day for day, _ in digests(company, staff_no)] == promised, staff_no


def test_who_goes_east_in_the_night_has_no_second_digest_of_the_day(small_company: Company) -> None:
    company = small_company
    company.opens(SCALE, "4")
    lives_in(company, "R1", NEW_YORK)
    company.clock.time = datetime(
        2026, 11, 30, 13, 30, tzinfo=UTC
    )  # half past eight there, half past nine at night here
    digests_service.plan_today(company.context)
    lives_in(company, "R1", None)
    digests_service.plan_today(company.context)
    assert digests(company) == [("11-30", "11-30 14:00")]


def test_who_goes_west_gets_the_digest_of_a_day_when_it_is_that_day_there(small_company: Company) -> None:
    company = small_company
    company.opens(SCALE, "4")
    company.clock.time = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)  # after midnight in Shanghai: the first of December
    digests_service.plan_today(company.context)
    lives_in(company, "R1", NEW_YORK)
    company.clock.time = datetime(2026, 12, 1, 1, tzinfo=UTC)
    (due,) = [notice for notice, _ in queue.take_due(company.context) if notice.kind == NoticeKind.REMINDER]
    assert digests_service.waiting(company.context, who(company, "R1"), due) == timedelta(hours=13)


def test_a_snooze_is_said_in_the_time_of_the_place_where_one_lives(small_company: Company) -> None:
    lives_in(small_company, "R1", NEW_YORK)
    small_company.clock.time = datetime(2026, 11, 30, 14, tzinfo=UTC)
    person = who(small_company, "R1")
    promised = [digests_service.snooze(small_company.context, person, choice) for choice in Snooze]
    assert [f"{until:%m-%d %H:%M}" for until in promised] == ["11-30 10:00", "11-30 18:00", "12-01 09:00"]


def test_a_zone_that_does_not_exist_is_refused_and_nothing_changes(small_company: Company) -> None:
    lives_in(small_company, "R1", NEW_YORK)
    for name in ("Mars/Olympus", "", "../etc/passwd", "Asia"):
        with refused("error-choice"):
            lives_in(small_company, "R1", name)
    assert who(small_company, "R1").timezone == NEW_YORK
    lives_in(small_company, "R1", None)
    assert who(small_company, "R1").timezone is None


def test_who_got_a_review_back_is_reminded_before_its_new_day(company: Company) -> None:
    (review_id,) = company.opens(SCALE, "4", sign_off=True)
    company.finishes("R1", review_id)
    a_week_later(company, 9)
    sign_off.return_to(company.context, OPERATOR, the_assessment(company), "再看看")
    digests_service.plan_today(company.context)
    assert digests(company) == [], "it was due today, and has a week again"
    for _ in range(6):
        company.clock.time += timedelta(days=1)
        digests_service.plan_today(company.context)
    before = [("12-04", "12-04 01:00"), ("12-07", "12-07 01:00")]
    assert digests(company) == before, "the Friday for three days before, the Monday for one"


def test_who_was_given_a_review_today_is_not_reminded_of_it_today(company: Company) -> None:
    company.opens(SCALE, "4")
    a_week_later(company, 9)
    amendments.reassign(company.context, OPERATOR, the_assessment(company), "R1", "R2")
    digests_service.plan_today(company.context)
    assert (digests(company, "R1"), digests(company, "R2")) == ([], [])


def test_a_digest_of_yesterday_gives_way_to_this_mornings(small_company: Company) -> None:
    company = small_company
    company.opens(SCALE, "4")
    a_week_later(company, 9)
    digests_service.plan_today(company.context)
    company.clock.time = datetime(2026, 12, 2, 0, tzinfo=UTC)  # eight in the morning: quiet hours are over
    digests_service.plan_today(company.context)
    (yesterdays,) = [notice for notice, _ in queue.take_due(company.context) if notice.kind == NoticeKind.REMINDER]
    assert digests_service.is_outdated(company.context, who(company, "R1"), yesterdays)


def test_a_digest_that_is_late_keeps_the_weekend_that_is_off(small_company: Company) -> None:
    small_company.opens(SCALE, "4")
    a_week_later(small_company, days=5)  # a Friday
    friday, account = who(small_company, "R1"), ACCOUNTS["R1"]
    number = small_company.context.today().toordinal()
    digest = Notice(person_id=small_company.id("R1"), kind=NoticeKind.REMINDER, reference=number, due_at=UTC_NINE)
    assert digests_service.waiting(small_company.context, friday, digest) == timedelta(0)
    small_company.clock.time += timedelta(days=1)  # the bot was down; on Saturday it is back
    assert digests_service.waiting(small_company.context, friday, digest) == timedelta(days=2), "until Monday, nine"
    preferences.set_weekends(small_company.context, account, weekends=True)
    assert digests_service.waiting(small_company.context, who(small_company, "R1"), digest) == timedelta(0)


def test_only_administrators_hear_of_what_is_overdue_and_a_self_assessment_is_called_one(company: Company) -> None:
    company.opens(SCALE, "4", self_assessment=True)
    a_week_later(company, 12)
    assert digests_service.overdue(company.context, who(company, "R1")) == []
    told = digests_service.overdue(company.context, who(company, "A1"))
    assert [(debt.assessor, debt.is_own) for debt in told] == [("周明", False), ("陈晨", True)]


def escalated(company: Company, staff_no: str = "A1") -> list[str]:
    """The days on which an administrator was told of what is overdue."""
    with company.context.database.reading() as connection:
        query = "SELECT reference FROM notice WHERE person_id = :person AND kind = 'overdue' ORDER BY reference"
        found = connection.execute(text(query), {"person": company.id(staff_no)}).scalars()
        return [f"{datetime.fromordinal(day):%m-%d}" for day in found]


@pytest.mark.parametrize("outage", [0, 1, 9, 200])
def test_three_days_overdue_is_told_once_after_however_long_an_outage(small_company: Company, outage: int) -> None:
    company = small_company
    company.opens(SCALE, "4")  # due on 12-01, three days overdue on Friday 12-04
    a_week_later(company, 12 + outage)
    digests_service.plan_today(company.context)
    first = escalated(company)
    assert len(first) == (company.clock.time.weekday() < 5)
    plan_for_days(company, 10)
    assert len(escalated(company)) == 1


def test_after_an_outage_administrators_hear_again_only_of_what_came_in_it(company: Company) -> None:
    company.opens(SCALE, "4")
    a_week_later(company, 12)
    digests_service.plan_today(company.context)
    company.opens(POINTS, "3")  # due nine days later, on Sunday 12-13
    a_week_later(company, 40)
    plan_for_days(company, 3)
    assert escalated(company) == ["12-04", "01-01"]


def test_reminding_now_reaches_only_who_owes_something(company: Company) -> None:
    company.opens(SCALE, "4")
    ids = [company.id(staff_no) for staff_no in ("R1", "R2", "E1")]
    assert progress.remind(company.context, OPERATOR, ids) == 1


def published(company: Company) -> None:
    (review_id,) = company.opens(POINTS, "3")
    company.finishes("R1", review_id)
    company.clock.time += timedelta(days=800)


def test_the_upkeep_ends_what_is_valid_no_more(company: Company) -> None:
    published(company)
    upkeep.finish(company.context)
    assert overview.view(company.context, OPERATOR, the_assessment(company)).assessment.state == "expired"
    upkeep.finish(company.context)
    assert [line.action for line in audited(company)].count("expire") == 1


def test_a_result_of_a_second_round_lasts_as_long_as_it_says(company: Company) -> None:
    (review_id,) = company.opens(POINTS, "3")
    company.finishes("R1", review_id)
    first_until = results.latest(company.context, company.id("E1")).stored.valid_until
    assert first_until is not None
    appeals.appeal(company.context, Actor(company.id("E1")), newest(company), "请再看一遍")
    appeals.reopen(company.context, OPERATOR, the_assessment(company), "同意")
    company.clock.time += timedelta(days=10)
    company.finishes("R1", review_id)
    company.clock.time = datetime.combine(first_until, time(4), UTC) + timedelta(days=1)
    assert lifecycle.expire(company.context) == 0
    company.clock.time += timedelta(days=10)
    assert lifecycle.expire(company.context) == 1


def newest(company: Company) -> int:
    return results.latest(company.context, company.id("E1")).id


def test_two_processes_end_it_once(company: Company) -> None:
    published(company)
    with meeting_before(company.context, "SELECT assessment.id, assessment.standard"):
        ended = together(*[
            lambda context=context: lifecycle.expire(context) for context in (company.context, company.context)
        ])  # fmt: skip
    assert sorted(ended) == [0, 1]
    assert [line.action for line in audited(company)].count("expire") == 1


def audited(company: Company) -> list[Audit]:
    with company.context.database.reading() as connection:
        return [Audit(**row._mapping) for row in connection.execute(Audit.__table__.select())]  # type: ignore[attr-defined]


def test_notices_of_the_end_are_owed_when_the_result_is_published(company: Company) -> None:
    published(company)
    with company.context.database.reading() as connection:
        rows = connection.execute(text("SELECT kind, due_at FROM notice WHERE kind LIKE 'expires%' ORDER BY due_at"))
        owed = [(kind, str(due_at)[:13]) for kind, due_at in rows]
    assert owed == [("expires_soon", "2028-09-23 01"), ("expires_now", "2028-11-15 01")]
    assert company.count(Notice) == 5
