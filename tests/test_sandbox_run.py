"""`make run` again: the phones of those who have joined are there, nobody gets somebody else's, and no number comes a
second time."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.run import (
    NEWCOMER,
    TOKEN,
    add_phones,
    announce_invitation,
    make_sandbox,
    numbers_after,
    until_day,
)
from qualify.services.imports import people_list
from qualify.services.people import joining, roles
from tests.company import OPERATOR
from tests.driver import new_sandbox, open_company, sqlite_url


def test_after_a_restart_the_phones_of_those_who_have_joined_are_there(tmp_path: Path) -> None:
    sandbox = new_sandbox()
    context = open_company(sqlite_url(tmp_path), sandbox)
    friend = sandbox.add_phone("手机")
    for user_id, staff_no in ((NEWCOMER, "Q008"), (friend, "N001")):
        table = tmp_path / "people.csv"
        table.write_text("工号,姓名,角色\nN001,周八,员工 评审员\n", encoding="utf-8")
        people_list.import_people(context, OPERATOR, table)
        joining.meet(context, user_id, "zh-hans")
        joining.accept(context, user_id, joining.invite(context, OPERATOR, staff_no))
    again = new_sandbox()
    add_phones(again, context, "zh-CN")
    assert (again.users[friend].first_name, again.users[friend].note) == ("周八", "评审员")
    assert (again.users[NEWCOMER].first_name, again.users[NEWCOMER].note) == ("马超", "员工")
    assert again.add_phone("手机") not in {friend, NEWCOMER}
    context.database.close()


@pytest.mark.parametrize(
    ("now", "then"),
    [("07:59", "08:00"), ("08:00", "08:00"), ("21:59", "21:59"), ("22:00", "08:00"), ("00:30", "08:00")],
)
def test_it_begins_by_day(now: str, then: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    moment = datetime.combine(date(2026, 11, 28), time.fromisoformat(now), zone)  # a Saturday
    clock = Clock(moment, until_day(moment, zone))
    running = Clock(ahead=until_day(moment, zone)).now() - datetime.now(UTC)
    assert f"{moment + until_day(moment, zone):%H:%M}" == then
    assert clock.now() == moment, "one that stands still stays"
    assert abs(running - until_day(moment, zone)) < timedelta(seconds=5)


def test_a_restart_numbers_nothing_as_before() -> None:
    begun = datetime(2026, 11, 22, 4, tzinfo=UTC)
    seen: set[int | str] = set()
    for start in (begun, begun + timedelta(seconds=1), begun + timedelta(days=400)):
        sandbox = make_sandbox("zh-CN", numbers_after(start))
        sandbox.start(NEWCOMER)
        presses = [sandbox.press(NEWCOMER, None, "x", forged=True).query_id for _ in range(20)]
        messages = [sandbox.say(NEWCOMER, "一")["message_id"] for _ in range(20)]
        updates = [-update["update_id"] for update in sandbox.call(TOKEN, "getUpdates")]
        numbers = {*presses, *messages, *updates}
        assert not seen & numbers
        assert max(messages) < 2**31
        seen |= numbers


def test_who_was_let_go_is_not_invited_when_it_starts(tmp_path: Path) -> None:
    context = open_company(sqlite_url(tmp_path), new_sandbox())
    said: list[str] = []
    announce_invitation(context, "http://127.0.0.1:8080", "zh-CN", said.append)
    roles.set_active(context, OPERATOR, "Q008", active=False)
    announce_invitation(context, "http://127.0.0.1:8080", "zh-CN", said.append)
    assert len(said) == 1
    assert "马超" in said[0]
    context.database.close()
