"""Reminders in the chat: exactly what the policy's table promises, once, as one digest, and never at night."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from telegram.error import TimedOut

from bot.render.reminder import due_words
from bot.sandbox.errors import bad_request
from qualify.access import Role
from qualify.services.assessments import amendments
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.people import roles
from tests.company import OPERATOR
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot, company

NIGHT, MORNING = 23, 9
LOOKS = (0, 7, 8, MORNING, 15, NIGHT)
"""Hours of a day at which the bot is looked at; what comes between two of them is there at the second."""


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with company(tmp_path) as bot:
        for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE):
            await bot.phone(user_id).start()
        yield bot


async def at(bot: Bot, hour: int, days: int = 0) -> None:
    """Move the clock to this hour of the company's day, `days` from now."""
    local = bot.context.now().astimezone(bot.context.timezone)
    wanted = local.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    bot.sandbox.clock.advance(wanted - local)
    await bot.settle()


def reminders(bot: Bot, user_id: int) -> int:
    return sum(sent["chat_id"] == user_id and "⏰" in sent["text"] for sent in bot.sandbox.sent("sendMessage"))


async def days_reminded(bot: Bot, user_id: int, days: int) -> list[str]:
    """The dates on which somebody was reminded, looking again and again for this many days."""
    found = []
    for _ in range(days):
        before = reminders(bot, user_id)
        for hour in LOOKS:
            await at(bot, hour, days=int(hour == 0))
        if reminders(bot, user_id) > before:
            assert reminders(bot, user_id) == before + 1, "one digest a day"
            found.append(f"{bot.context.today():%m-%d %a}")
    return found


async def test_every_reminder_of_a_months_reviews_comes_on_the_promised_day(bot: Bot) -> None:
    assert f"{bot.context.today():%m-%d %a}" == "11-22 Sun"  # due on Sun 11-29, Wed 12-02 and Sun 12-13
    assert await days_reminded(bot, ASSESSOR, 31) == [
        "11-26 Thu",  # 3 days before the first
        "11-27 Fri",  # what would come on the weekend: the first's last two days, 3 days before the second
        "11-30 Mon",  # the first is late
        *[
            "12-01 Tue",
            "12-02 Wed",
            "12-03 Thu",
            "12-04 Fri",
            "12-07 Mon",
            "12-08 Tue",
            "12-09 Wed",
        ],  # a week, daily
        *["12-10 Thu", "12-11 Fri"],  # 3 days before the third, and what would come on its weekend
        *["12-14 Mon", "12-15 Tue", "12-16 Wed", "12-17 Thu", "12-18 Fri", "12-21 Mon"],  # again
        "12-23 Wed",  # three weeks after the second
    ]


async def test_a_digest_names_every_review_with_its_progress_and_takes_it_up_again(bot: Bot) -> None:
    await at(bot, MORNING, days=4)
    digest = bot.phone(ASSESSOR).last
    assert "3 份评审" in digest
    assert "陈晨 · 完成 0% · 还有 3 天" in digest
    await bot.phone(ASSESSOR).press("陈晨 · 3级")
    assert "要素 1/18" in bot.phone(ASSESSOR).last


@pytest.mark.parametrize(
    ("days", "words"),
    [(2, "2 days left"), (1, "due tomorrow"), (0, "due today"), (-1, "overdue by 1 day"), (-3, "overdue by 3 days")],
)
def test_how_far_away_a_due_date_is_in_english(days: int, words: str) -> None:
    today = date(2026, 11, 22)
    assert due_words(today + timedelta(days=days), today, "en") == words


async def test_nobody_is_reminded_at_night(bot: Bot) -> None:
    await at(bot, NIGHT, days=3)
    await at(bot, 7, days=1)
    assert reminders(bot, ASSESSOR) == 0
    await at(bot, MORNING)
    assert reminders(bot, ASSESSOR) == 1


async def test_a_bot_that_was_down_in_the_morning_reminds_when_it_is_back_but_not_in_quiet_hours(bot: Bot) -> None:
    await at(bot, NIGHT, days=4)
    assert reminders(bot, ASSESSOR) == 0
    await at(bot, MORNING, days=1)
    assert reminders(bot, ASSESSOR) == 1


async def test_who_owes_nothing_is_not_reminded(bot: Bot) -> None:
    await days_reminded(bot, ASSESSOR, 8)
    assert reminders(bot, EMPLOYEE) == 0


Stop = Callable[[Bot], None]


def submitted(bot: Bot) -> None:
    with bot.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE review SET state = 'submitted' WHERE id = 3")


STOPS: dict[str, Stop] = {
    "withdrawn": lambda bot: amendments.withdraw(bot.context, OPERATOR, 3),
    "reassigned": lambda bot: amendments.reassign(bot.context, OPERATOR, 3, "Q003", "Q002"),
    "submitted": submitted,
    "blocked": lambda bot: bot.sandbox.block(SECOND_ASSESSOR),
    "deactivated": lambda bot: roles.set_active(bot.context, OPERATOR, "Q003", active=False),
}


@pytest.mark.parametrize("why", STOPS)
async def test_who_owes_nothing_any_more_or_is_gone_hears_nothing_from_that_moment_on(bot: Bot, why: str) -> None:
    amendments.withdraw(bot.context, OPERATOR, 5)  # what is left is a review of He Jing, due on Wednesday
    await at(bot, 8, days=2)
    assert planned(bot) == 1, "the digest of the morning is owed already"
    STOPS[why](bot)
    before = heard(bot)
    await at(bot, MORNING)
    assert reminders(bot, SECOND_ASSESSOR) == 0
    for _ in range(4):
        await at(bot, MORNING, days=1)
    assert reminders(bot, SECOND_ASSESSOR) == 0
    assert heard(bot) - before == (why in {"withdrawn", "reassigned"}), "but for the news itself"


async def test_otherwise_that_digest_comes(bot: Bot) -> None:
    amendments.withdraw(bot.context, OPERATOR, 5)
    await at(bot, 8, days=2)
    await at(bot, MORNING)
    assert reminders(bot, SECOND_ASSESSOR) == 1


def planned(bot: Bot) -> int:
    """How many digests are owed to Wu Qian."""
    with bot.context.database.reading() as connection:
        owed = "SELECT count(*) FROM notice WHERE kind = 'reminder' AND sent_at IS NULL AND person_id = 3"
        return int(connection.exec_driver_sql(owed).scalar_one())


def heard(bot: Bot) -> int:
    """How many messages the bot has tried to send to Wu Qian."""
    return sum(sent["chat_id"] == SECOND_ASSESSOR for sent in bot.sandbox.sent("sendMessage"))


async def test_a_snoozed_digest_comes_back_when_it_was_promised(bot: Bot) -> None:
    await at(bot, MORNING, days=4)
    phone = bot.phone(ASSESSOR)
    await phone.press("1 小时后提醒")
    assert phone.toast == "好的，11-26 10:00 再提醒你。"
    bot.sandbox.clock.advance(timedelta(minutes=59))
    await bot.settle()
    assert reminders(bot, ASSESSOR) == 1
    bot.sandbox.clock.advance(timedelta(minutes=1))
    await bot.settle()
    assert reminders(bot, ASSESSOR) == 2


async def test_a_new_digest_takes_the_place_of_the_old_one(bot: Bot) -> None:
    await at(bot, MORNING, days=4)
    phone = bot.phone(ASSESSOR)
    assert phone.screen.count("⏰") == 1
    await at(bot, MORNING, days=1)
    assert (phone.screen.count("⏰"), reminders(bot, ASSESSOR)) == (1, 2)


async def test_a_digest_too_old_to_be_deleted_becomes_a_line(bot: Bot) -> None:
    await at(bot, MORNING, days=4)
    bot.sandbox.fail_next("deleteMessage", bad_request("message can't be deleted for everyone"), times=2)
    await at(bot, MORNING, days=1)
    phone = bot.phone(ASSESSOR)
    assert phone.screen.count("⏰") == 1
    assert "这条提醒已由新的一条代替。" in phone.screen


async def test_a_digest_names_what_is_due_and_sums_up_the_rest(bot: Bot) -> None:
    await at(bot, 10)
    for days, subject in ((7, "Q006"), (30, "Q006"), (28, "Q007")):
        due = bot.context.today() + timedelta(days=days)
        opening = Opening("service-manager", "3", subject, (("Q003", Decimal(1)),), due, sign_off=True)
        openings.open_assessment(bot.context, OPERATOR, opening)
    amendments.extend(bot.context, OPERATOR, 3, bot.context.today() + timedelta(days=7))
    await at(bot, MORNING, days=4)
    phone = bot.phone(SECOND_ASSESSOR)
    assert "另有" in phone.last
    assert "还有 3 天" in phone.last
    assert phone.labels[-3:] == ["1 小时后提醒", "今晚提醒", "明天提醒"]
    assert "12-2" not in "".join(phone.labels), "no button for what is due in a month"


async def test_a_digest_snoozed_from_a_friday_to_tomorrow_comes_on_the_saturday(bot: Bot) -> None:
    await at(bot, MORNING, days=4)
    await at(bot, MORNING, days=1)
    phone = bot.phone(ASSESSOR)
    await phone.press("明天提醒")
    assert phone.toast == "好的，11-28 09:00 再提醒你。"
    before = reminders(bot, ASSESSOR)
    await at(bot, MORNING, days=1)
    assert f"{bot.context.today():%a}" == "Sat"
    assert reminders(bot, ASSESSOR) == before + 1


async def test_a_digest_snoozed_into_a_reminder_day_is_that_days_digest(bot: Bot) -> None:
    await at(bot, MORNING, days=8)
    assert await days_reminded(bot, ASSESSOR, 1) == ["12-01 Tue"]
    await bot.phone(ASSESSOR).press("明天提醒")
    assert await days_reminded(bot, ASSESSOR, 1) == ["12-02 Wed"], "and once, though the 2nd has a digest anyway"


async def test_a_snooze_within_the_day_is_one_more_digest_of_the_day(bot: Bot) -> None:
    await at(bot, MORNING, days=4)
    await bot.phone(ASSESSOR).press("今晚提醒")
    await at(bot, 17)
    assert reminders(bot, ASSESSOR) == 1
    await at(bot, 18)
    assert reminders(bot, ASSESSOR) == 2
    assert bot.phone(ASSESSOR).labels[-2:] == ["1 小时后提醒", "明天提醒"], "this evening has begun"


async def test_a_review_opened_on_a_reminder_day_is_announced_and_not_reminded_of_on_that_day(bot: Bot) -> None:
    await at(bot, 15, days=2)
    due = bot.context.today() + timedelta(days=3)
    opening = Opening("client-manager", "4", "Q007", (("Q002", Decimal(1)),), due)
    openings.open_assessment(bot.context, OPERATOR, opening)
    for hour in (15, 16, 17):
        await at(bot, hour)
    assert bot.phone(ASSESSOR).screen.count("你有一份新的评审：何静") == 1
    assert reminders(bot, ASSESSOR) == 0
    assert await days_reminded(bot, ASSESSOR, 3) == ["11-26 Thu", "11-27 Fri"]


async def test_quiet_hours_and_weekends_are_everybodys_own_choice(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.say("/settings")
    await phone.press("周末也提醒")
    await phone.press("随时提醒")
    assert "• 周末也提醒" in phone.screen
    assert "• 随时提醒" in phone.screen
    await at(bot, MORNING, days=6)
    assert f"{bot.context.today():%a}" == "Sat"
    assert reminders(bot, ASSESSOR) == 1, "a day before Sunday the 29th"


async def test_a_digest_that_quiet_hours_held_up_is_not_followed_by_another_an_hour_later(bot: Bot) -> None:
    await at(bot, NIGHT, days=8)
    assert reminders(bot, ASSESSOR) == 0, "the bot was down all Monday"
    assert await days_reminded(bot, ASSESSOR, 1) == ["12-01 Tue"]


async def test_who_is_no_administrator_any_more_hears_of_nothing_overdue(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q003", [Role.ADMIN, Role.ASSESSOR])
    await at(bot, 7, days=8)
    roles.set_roles(bot.context, OPERATOR, "Q003", [Role.ASSESSOR])
    await at(bot, MORNING)
    assert "逾期 3 天以上" in bot.phone(ADMIN).screen
    assert "逾期 3 天以上" not in bot.phone(SECOND_ASSESSOR).screen


async def test_administrators_hear_once_of_what_is_three_days_overdue(bot: Bot) -> None:
    admin = bot.phone(ADMIN)
    for _ in range(12):
        await at(bot, MORNING, days=1)
        if "逾期 3 天以上" in admin.screen:
            break
    assert f"{bot.context.today():%m-%d}" == "11-30"
    assert "吴倩评何静 · 已逾期 5 天" in admin.last
    assert admin.screen.count("逾期 3 天以上") == 1


async def test_a_digest_that_may_have_been_delivered_is_not_sent_again(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", TimedOut(), delivered=True)
    await at(bot, MORNING, days=4)
    await at(bot, 12)
    assert reminders(bot, ASSESSOR) + reminders(bot, SECOND_ASSESSOR) <= 2
    assert reminders(bot, ASSESSOR) == 1


@pytest.mark.parametrize("data", ["q", "q5", "qzz.zz", "q1.2", "qm.8.1", "z:never", "w", "w9", "w1.1"])
async def test_a_forged_setting_changes_nothing(bot: Bot, data: str) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.say("/settings")
    await phone.press("周末也提醒")
    before = phone.labels
    await phone.press_data(phone.messages()[-1]["message_id"], data)
    assert phone.labels == before
    assert phone.toast == "这一屏已经过期，请看最新的一屏。"
    await phone.say("/settings")
    assert phone.labels == before


async def test_after_days_of_silence_one_digest_is_enough(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    bot.sandbox.block(ASSESSOR)
    for _ in range(15):
        await at(bot, MORNING, days=1)
    bot.sandbox.unblock(ASSESSOR)
    await phone.start()
    assert reminders(bot, ASSESSOR) == 1
    await at(bot, MORNING, days=1)
    assert reminders(bot, ASSESSOR) == 2, "and the next day's comes as ever"
