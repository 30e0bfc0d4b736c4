"""Faults that stay: who is told of them, how often, and of what."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import insert

from qualify.reminders import MORNING
from qualify.services.notices import faults, queue
from qualify.services.notices.faults import STAYS, pause_after
from qualify.storage import notices
from qualify.storage.faults import FaultCounts
from qualify.storage.tables import Inbox, Notice, NoticeKind
from tests.company import ZONE, Company

pytest_plugins = ["tests.company_fixtures"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tell(company: Company) -> None:
    with company.context.database.transaction() as connection:
        faults.tell(company.context, connection)


def owe(company: Company, reference: int) -> Notice:
    """A message to E1 that somebody is about to send."""
    with company.context.database.transaction() as connection:
        notices.owe(connection, company.id("E1"), NoticeKind.REVIEW, reference, company.clock.time)
    ((notice, _),) = queue.take_due(company.context)
    return notice


def told(company: Company) -> FaultCounts | None:
    """What the administrator is told now."""
    return faults.found(company.context, Notice(person_id=company.id("A1"), kind=NoticeKind.FAULT, reference=1))


@pytest.mark.parametrize(
    ("failures", "pause"), [(1, HOUR / 60), (2, HOUR / 30), (5, 16 * HOUR / 60), (10, 6 * HOUR), (9999, 6 * HOUR)]
)
def test_the_pause_after_a_fault_doubles_up_to_six_hours(failures: int, pause: timedelta) -> None:
    assert pause_after(failures) == pause


def test_administrators_are_told_once_a_day_and_of_what_came_later_the_next_morning(small_company: Company) -> None:
    company, today = small_company, small_company.context.today()
    tell(company)
    tell(company)
    assert company.owed() == [(NoticeKind.FAULT, "林雪", today.toordinal())]
    for _ in range(2):
        company.clock.time += HOUR
        tell(company)
        assert company.owed() == []
    company.clock.time = datetime.combine(today + DAY, MORNING, ZONE)
    assert company.owed() == [(NoticeKind.FAULT, "林雪", today.toordinal() + 1)]


def test_a_notice_counts_once_it_has_failed_often_and_until_it_is_sent(small_company: Company) -> None:
    company, notice = small_company, owe(small_company, 1)
    for failures in range(1, STAYS + 1):
        assert told(company) is None
        queue.fail(company.context, notice)
        company.clock.time += pause_after(failures)
        notice = next(each for each, _ in queue.take_due(company.context) if each.kind == NoticeKind.REVIEW)
    assert told(company) == FaultCounts(failing=1, refused=0, set_aside=0)
    queue.settle(company.context, notice, "sent")
    assert told(company) is None


def test_what_was_refused_or_set_aside_is_told_once(small_company: Company) -> None:
    company = small_company
    queue.settle(company.context, owe(company, 1), "refused")
    now = company.clock.time
    with company.context.database.transaction() as connection:
        for update_id, moment in ((1, now), (2, None), (3, now - 8 * DAY)):
            kept = {"bot_id": 1, "update_id": update_id, "content": "{}", "kept_at": now, "deaths": 2}
            connection.execute(insert(Inbox).values(**kept, set_aside_at=moment))
    assert told(company) == FaultCounts(failing=0, refused=1, set_aside=1)
    ((notice, _),) = queue.take_due(company.context)
    assert notice.kind == NoticeKind.FAULT
    queue.settle(company.context, notice, "sent")
    assert told(company) is None


def test_nobody_but_administrators_is_told(small_company: Company) -> None:
    company = small_company
    queue.settle(company.context, owe(company, 1), "refused")
    assert [name for _, name, _ in company.owed()] == ["林雪"]
    for_an_assessor = Notice(person_id=company.id("R1"), kind=NoticeKind.FAULT, reference=1)
    assert faults.found(company.context, for_an_assessor) is None
