"""The time zone in the settings, and reminders by the clock of wherever somebody lives."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.render.zones import BY_WORD, ZONES
from qualify.reminders import known_zone
from qualify.services.people import joining, preferences
from qualify.texts import LANGUAGES, say
from tests.driver import ASSESSOR, Bot, company
from tests.phone import Phone

NEW_YORK = ZoneInfo("America/New_York")  # 13 hours behind in November


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with company(tmp_path) as bot:
        await bot.phone(ASSESSOR).start()
        yield bot


async def lives_in(bot: Bot, city: str) -> Phone:
    phone = bot.phone(ASSESSOR)
    await phone.say("/settings")
    await phone.press("时区", city)
    return phone


def reminders(bot: Bot) -> int:
    return sum(sent["chat_id"] == ASSESSOR and "⏰" in sent["text"] for sent in bot.sandbox.sent("sendMessage"))


async def hours_reminded(bot: Bot, zone: ZoneInfo, days: int) -> list[str]:
    """The person's own day and hour of every digest, looking every hour for this many days."""
    found = []
    for _ in range(days * 24):
        before = reminders(bot)
        bot.sandbox.clock.advance(timedelta(hours=1))
        await bot.settle()
        if reminders(bot) > before:
            assert reminders(bot) == before + 1, "one at a time"
            found.append(f"{bot.context.now().astimezone(zone):%m-%d %a %H}")
    return found


async def test_the_companys_zone_is_the_first_and_marked_and_every_zone_shows_its_time(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.say("/settings")
    assert "🕘 时区：北京（公司）" in phone.labels
    await phone.press("时区")
    assert phone.labels[:3] == ["• 北京（公司） · 12:00", "东京 · 13:00", "新加坡 · 12:00"]
    assert "纽约 · 23:00" in phone.labels
    assert len(phone.labels) == len(ZONES)


async def test_a_zone_is_chosen_and_given_up_again(bot: Bot) -> None:
    phone = await lives_in(bot, "纽约")
    assert "🕘 时区：纽约" in phone.labels
    await phone.press("时区")
    assert [label for label in phone.labels if label.startswith("• ")] == ["• 纽约 · 23:00"]
    await phone.press("北京")
    assert "🕘 时区：北京（公司）" in phone.labels
    who = joining.find(bot.context, ASSESSOR)
    assert who is not None
    assert who.timezone is None, "and goes with the company, should that move"


async def test_the_list_speaks_english(bot: Bot) -> None:
    preferences.set_language(bot.context, ASSESSOR, "en")
    phone = bot.phone(ASSESSOR)
    await phone.say("/settings")
    await phone.press("Time zone: Beijing (company)", "São Paulo")
    assert "🕘 Time zone: São Paulo" in phone.labels


@pytest.mark.parametrize("data", ["h:mars", "h1", "h1:berlin", "h:Berlin", "h:", "h:UTC"])
async def test_a_forged_zone_changes_nothing(bot: Bot, data: str) -> None:
    phone = await lives_in(bot, "柏林")
    await phone.press_data(phone.messages()[-1]["message_id"], data)
    assert phone.toast == "这一屏已经过期，请看最新的一屏。"
    assert "🕘 时区：柏林" in phone.labels


def test_every_zone_exists_and_has_a_word_and_a_name_of_its_own() -> None:
    assert all(known_zone(zone) for zone in ZONES)
    assert list(BY_WORD.values()) == list(ZONES)
    for language in LANGUAGES:
        named = {say(language, "zone-city", city=word, name="") for word in BY_WORD}
        assert len(named - {""}) == len(ZONES)


@pytest.mark.parametrize(
    ("city", "zone"),
    [("纽约", NEW_YORK), ("悉尼", ZoneInfo("Australia/Sydney")), ("洛杉矶", ZoneInfo("America/Los_Angeles"))],
)
async def test_reminders_come_in_ones_own_morning_and_the_weekend_is_ones_own(
    bot: Bot, city: str, zone: ZoneInfo
) -> None:
    await lives_in(bot, city)
    assert await hours_reminded(bot, zone, 14) == [
        *["11-26 Thu 09", "11-27 Fri 09"],
        *["11-30 Mon 09", "12-01 Tue 09", "12-02 Wed 09", "12-03 Thu 09", "12-04 Fri 09"],
    ]


async def test_how_far_a_due_date_is_away_goes_by_ones_own_day(bot: Bot) -> None:
    phone = await lives_in(bot, "纽约")
    bot.sandbox.clock.advance(timedelta(days=4, hours=10))
    await bot.settle()
    assert "陈晨 · 完成 0% · 还有 3 天" in phone.last
    await phone.press("今晚提醒")
    assert phone.toast == "好的，11-26 18:00 再提醒你。"
    bot.sandbox.clock.advance(timedelta(hours=9))
    await bot.settle()
    assert f"{bot.context.today():%m-%d}" == "11-27", "in the company it is tomorrow by now"
    assert "陈晨 · 完成 0% · 还有 3 天" in phone.last
    assert phone.labels[-2:] == ["1 小时后提醒", "明天提醒"], "the evening has begun"


async def test_who_travels_gets_no_digest_twice_and_none_at_night(bot: Bot) -> None:
    await lives_in(bot, "悉尼")
    await hours_reminded(bot, ZoneInfo("Australia/Sydney"), 4)
    assert reminders(bot) == 1
    await lives_in(bot, "洛杉矶")
    here = ZoneInfo("America/Los_Angeles")
    assert await hours_reminded(bot, here, 6) == ["11-27 Fri 09", "11-30 Mon 09", "12-01 Tue 09"]
