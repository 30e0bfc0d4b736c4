"""Reviews that were handed in, in the chat: the next one is one press away, and one's own are read again."""

import pytest

from bot.buttons import To, command
from qualify.services.people import preferences
from tests.deeds import REVIEWS, hands_in, partly_met
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import STALE
from tests.phone import Phone, walk

pytest_plugins = ["tests.bot_fixtures"]

REVIEW = REVIEWS[ASSESSOR]
UNKNOWN = "没有找到这份评审。发送 /reviews 查看你的评审。"


async def test_after_handing_in_the_next_one_due_is_one_press_away(bot: Bot, assessor: Phone) -> None:
    await assessor.start()
    await assessor.press("2级")
    await walk(assessor, all_met=True)
    await assessor.press_twice("✅ 提交")
    assert "评审已提交" in assessor.last
    assert assessor.labels[0].startswith("▶️ 下一份：")
    await assessor.press("下一份")
    assert "第 1 条" in assessor.last
    assert bot.complaints == []


async def test_what_was_handed_in_is_read_again_element_by_element_with_its_evidence(bot: Bot, assessor: Phone) -> None:
    await assessor.start()
    await assessor.press("2级")
    await assessor.say("主持过三次回访")
    await assessor.send_photo("现场")
    hands_in(bot, ASSESSOR, REVIEW, partly_met)
    await assessor.say("/reviews")
    await assessor.press("📁 已提交", "陈晨 · 2级")
    assert assessor.last.startswith("陈晨 · 客户经理能力素质模型 · 2级（高级）\n✅ 2026-11-22 提交，只能看，不能改。\n")
    assert "1. 成就导向  2 差距明显" in assessor.last
    await assessor.press("1")
    assert "◐ " in assessor.last
    assert "评分：2 差距明显" in assessor.last
    assert assessor.last.endswith("1. 📝 备注：主持过三次回访\n2. 🖼 照片：现场")
    await assessor.press("2 🖼")
    assert "photo" in assessor.messages()[-1]
    await assessor.press("返回")
    assert assessor.last.startswith("陈晨 · 客户经理能力素质模型 · 2级（高级）\n✅")
    await assessor.press("1", "› 2", "‹ 1", "☰ 总览", "📁 已提交")
    assert assessor.last.startswith("📁 你提交过的评审")


async def test_straight_after_handing_in_it_can_be_read(bot: Bot, assessor: Phone) -> None:
    preferences.set_language(bot.context, ASSESSOR, "en")
    hands_in(bot, ASSESSOR, REVIEW)
    await assessor.press_data(assessor.messages()[-1]["message_id"], command(To.OPEN, REVIEW))
    await assessor.press("Read what I submitted")
    assert "to read, not to change" in assessor.last


async def test_who_handed_nothing_in_reads_that(bot: Bot) -> None:
    await (phone := bot.phone(EMPLOYEE)).start()
    await phone.say("/reviews")
    await phone.press("已提交")
    assert phone.last == "你还没有提交过评审。"


@pytest.mark.parametrize("user_id", [EMPLOYEE, SECOND_ASSESSOR, ADMIN])
async def test_whatever_a_button_carries_nobody_else_reads_it(bot: Bot, user_id: int) -> None:
    hands_in(bot, ASSESSOR, 1)
    await (phone := bot.phone(user_id)).start()
    before = len(phone.messages())
    for word in ("review", "element", "nothing"):
        for numbers in ((), (1,), (1, 0), (1, 99), (99, 1)):
            await phone.press_data(phone.messages()[-1]["message_id"], command(To.READ, *numbers, word=word))
            assert phone.toast in {STALE, UNKNOWN}
    assert len(phone.messages()) == before


async def test_an_element_that_isnt_there_is_stale(bot: Bot, assessor: Phone) -> None:
    hands_in(bot, ASSESSOR, 1)
    for numbers in ((1, 99), (1,)):
        await assessor.press_data(assessor.messages()[-1]["message_id"], command(To.READ, *numbers, word="element"))
        assert assessor.toast == STALE
