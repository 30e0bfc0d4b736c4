"""Standards in use in the chat: the picture of a level, what is noticed, and the message once a quarter."""

from datetime import timedelta

from qualify.access import Role
from qualify.services.people import roles
from tests.company import OPERATOR, SCALE
from tests.driver import ADMIN, ASSESSOR, Bot
from tests.many_results import publish_many, results_of, ten_of
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


async def test_a_level_comes_as_a_picture_and_what_is_noticed_with_what_speaks_for_and_against(
    bot: Bot, admin: Phone
) -> None:
    ten_of(bot.context)
    await admin.press("标准统计")
    assert admin.labels[0] == "客户经理能力素质模型 v2 · 4级（初级）", "the latest versions come first"
    await admin.press("客户经理能力素质模型 v2 · 4级")
    assert admin.toast == "正在统计，图马上发给你。"
    (chart,) = admin.charts
    assert chart["caption"] == "客户经理能力素质模型 · 4级（初级） · v2 · 10 份结果"
    told = admin.last
    assert "几乎人人达标\n· 100%（72%–100%，10 份）成就导向\n· 100%（72%–100%，10 份）抗挫能力" in told
    assert "支持：要求可能偏低，或已成常规。" in told
    assert "反对：底线要求本来就该人人做到。 有的样本还小" in told
    assert "常常观察不到" in told, "no examination was taken"
    await admin.press("返回")
    assert "看哪个标准、哪个级别的统计？" in admin.last


async def test_with_too_few_results_the_number_is_said_and_nothing_else(bot: Bot, admin: Phone) -> None:
    publish_many(bot.context, results_of(bot.context.standards.get(SCALE), "2", 1, 9))
    await admin.press("标准统计", "客户经理能力素质模型 v2 · 2级")
    assert admin.charts == []
    assert admin.last == "客户经理能力素质模型（v2）2级（高级）：已发布的结果有 9 份，满 10 份才统计。"


async def test_all_versions_can_be_turned_to_and_a_level_that_is_none_is_stale(bot: Bot, admin: Phone) -> None:
    await admin.press("标准统计", "下一")
    assert any(" v1 · " in label for label in admin.labels)
    for data in ("a:statistics-make", "a1.0:statistics-make"):
        await admin.press_data(admin.messages()[-1]["message_id"], data)
        assert admin.toast.startswith("这一屏已经过期")


async def test_administrators_hear_of_signs_once_and_see_the_picture_from_there(bot: Bot) -> None:
    ten_of(bot.context)
    admin, assessor = bot.phone(ADMIN), bot.phone(ASSESSOR)
    for phone in (admin, assessor):
        await phone.start()
    bot.sandbox.clock.advance(timedelta(days=1))
    await bot.settle()
    assert "📈 标准可能需要调整" in admin.screen
    assert "📅 2026-12-01 是每年复核标准的日子。" in admin.screen
    assert "标准可能需要调整" not in assessor.screen
    await admin.press("客户经理能力素质模型 v2 · 4级")
    assert len(admin.charts) == 1
    bot.sandbox.clock.advance(timedelta(days=20))
    await bot.settle()
    assert admin.screen.count("📈 标准可能需要调整") == 1


async def test_who_is_no_administrator_any_more_by_then_hears_nothing(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q002", [Role.ADMIN])
    ten_of(bot.context)
    phone = bot.phone(ASSESSOR)
    await phone.start()
    roles.set_roles(bot.context, OPERATOR, "Q002", [Role.ASSESSOR])
    bot.sandbox.clock.advance(timedelta(days=1))
    await bot.settle()
    assert "标准可能需要调整" not in phone.screen
