"""Adopting a version in the chat: whom it would change, from when, with running reviews going over."""

from qualify.services.standards import drafts, release
from qualify.standard import Standard
from tests.company import OPERATOR, SCALE
from tests.deeds import actor, publishes
from tests.driver import ADMIN, Bot
from tests.hr import opened
from tests.phone import Phone
from tests.test_adoption import edited

pytest_plugins = ["tests.bot_fixtures"]


def released(bot: Bot) -> Standard:
    """Version 3 of the client manager model, which asks nothing of 书面表达 at 3级 but its first criterion."""
    second = bot.context.standards.get(SCALE, 2)

    def shorter(document: object) -> None:
        elements = [each for module in document["modules"] for each in module["elements"]]  # type: ignore[index]
        written = next(each for each in elements if each["id"] == "writing")["levels"]["3"]
        written["criteria"] = written["criteria"][:1]

    third = edited(second, shorter)
    drafts.take_in(bot.context, OPERATOR, third)
    release.release(bot.context, actor(bot, ADMIN), SCALE, 3)
    release.learn(bot.context)
    return third


async def test_a_version_is_tried_and_adopted_with_running_reviews_going_over(bot: Bot, admin: Phone) -> None:
    publishes(bot)
    running = opened(bot, "Q005", SCALE, "3", ["Q002"])
    released(bot)
    await admin.press("标准", "第 3 版", "换用这一版")
    assert admin.last.startswith("换用客户经理能力素质模型 第 3 版：试算")
    await admin.press("从 2026-12-01 起采用")
    assert admin.last.startswith("从 2026-12-01 起，新开的评估用客户经理能力素质模型 第 3 版。")
    await admin.press("进行中的也转过去")
    assert admin.last.startswith("✅ 从 2026-12-01 起")
    await admin.press("返回")
    assert admin.offers("第 3 版 · 2026-12-01 起")
    assert running
