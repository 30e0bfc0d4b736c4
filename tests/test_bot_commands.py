"""The menus of commands: everybody's, the administrators' and the managers' own; help and privacy."""

import pytest

from bot.handlers.commands import EVERYBODY, commands_of
from bot.sandbox.account import commands_for
from bot.sandbox.errors import ApiError, bad_request
from qualify.access import Role
from qualify.services.people import joining, line_managers, roles
from tests.company import OPERATOR
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, NEWCOMER, STRANGER, Bot, bot_on, zhou_at_work
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


def menu(bot: Bot, user_id: int) -> tuple[str, ...]:
    return tuple(each["command"] for each in commands_for(bot.sandbox, user_id))


def words(bot: Bot, user_id: int) -> str:
    return "、".join(each["description"] for each in commands_for(bot.sandbox, user_id))


def is_admins(bot: Bot, user_id: int) -> bool:
    return menu(bot, user_id)[-1] == "admin"


LEADING = commands_of(leads=True)
RATING = commands_of(rates=True)
BOTH = commands_of(rates=True, leads=True)


def test_the_menus_of_each_role() -> None:
    assert EVERYBODY == ("start", "result", "history", "standard", "settings", "language", "privacy", "help", "cancel")
    everything = commands_of(rates=True, leads=True, admin=True)
    assert [name for name in everything if name not in EVERYBODY] == ["reviews", "team", "admin"]
    assert [set(menu) - set(EVERYBODY) for menu in (RATING, LEADING)] == [{"reviews"}, {"team"}]


async def test_only_administrators_have_admin_in_their_menu(bot: Bot) -> None:
    assert is_admins(bot, ADMIN)
    for user_id in (EMPLOYEE, NEWCOMER, STRANGER):
        assert menu(bot, user_id) == EVERYBODY
    assert menu(bot, ASSESSOR) == BOTH
    assert words(bot, ADMIN).endswith("帮助、取消或暂停、管理")


async def test_who_leads_people_has_team_in_the_menu_from_the_next_start_on(bot: Bot) -> None:
    line_managers.set_manager(bot.context, OPERATOR, "Q001", "Q004")
    await bot.phone(EMPLOYEE).start()
    assert menu(bot, EMPLOYEE) == LEADING


async def test_the_greeting_leads_only_them_to_it(bot: Bot) -> None:
    for user_id, led in ((ADMIN, True), (ASSESSOR, False)):
        phone = bot.phone(user_id)
        await phone.start()
        assert ("/admin" in phone.last) is led


async def test_an_administrators_menu_speaks_the_chosen_language(bot: Bot, admin: Phone) -> None:
    await admin.say("/settings")
    await admin.press("English")
    assert words(bot, ADMIN).startswith("Start、")
    async with bot_on(bot.context, bot.sandbox) as later:
        assert words(later, ADMIN).startswith("Start、")


async def test_the_menu_follows_the_role(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "周明", "角色", "管理员")
    assert is_admins(bot, ASSESSOR)
    await admin.press("管理员")
    assert menu(bot, ASSESSOR) == BOTH
    await admin.press("评审员")
    assert menu(bot, ASSESSOR) == LEADING


async def test_and_goes_with_the_administrator(bot: Bot, admin: Phone) -> None:
    await bot.phone(NEWCOMER).start(joining.invite(bot.context, OPERATOR, "Q008"))
    await admin.press("人员", "马超", "角色", "管理员", "返回", "停用")
    assert menu(bot, NEWCOMER) == EVERYBODY
    await admin.press("恢复")
    assert is_admins(bot, NEWCOMER)
    await admin.press("抹去", "确定")
    assert menu(bot, NEWCOMER) == EVERYBODY


async def test_who_gives_the_own_role_away_loses_the_menu(bot: Bot, admin: Phone) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    await admin.press("人员", "林雪", "角色", "管理员", "去掉我的")
    assert menu(bot, ADMIN) == EVERYBODY


async def test_who_became_an_administrator_elsewhere_has_the_menu_from_the_next_start_on(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.ASSESSOR, Role.ADMIN})
    assert menu(bot, ASSESSOR) == BOTH
    await bot.phone(ASSESSOR).start()
    assert is_admins(bot, ASSESSOR)


async def test_an_invited_administrator_has_the_menu_at_once(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q008", {Role.ADMIN})
    await bot.phone(NEWCOMER).start(joining.invite(bot.context, OPERATOR, "Q008"))
    assert is_admins(bot, NEWCOMER)


@pytest.mark.parametrize("error", [bad_request("chat not found"), ApiError(502, "Bad Gateway")])
async def test_a_menu_that_telegram_will_not_take_disturbs_nothing(bot: Bot, admin: Phone, error: ApiError) -> None:
    bot.sandbox.fail_next("setMyCommands", error)
    await admin.press("人员", "周明", "角色", "管理员")
    assert admin.offers("✅ 管理员")
    bot.sandbox.fail_next("deleteMyCommands", error)
    await admin.press("管理员")
    assert admin.offers("▫️ 管理员")
    bot.sandbox.fail_next("setMyCommands", error)
    await admin.start()
    assert "你好，林雪！" in admin.screen


async def test_admin_pauses_the_review_in_hand_and_only_for_administrators(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    await phone.say("/admin")
    assert "你没有权限" in phone.last
    await phone.say("这是备注")
    assert "已记下" in phone.last, "the review is still in hand"
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.ASSESSOR, Role.ADMIN})
    await phone.say("/admin")
    await phone.say("这是备注")
    assert phone.last.startswith("🔍 这是备注\n")


async def test_help_explains_to_each_what_they_have_a_use_for(bot: Bot, admin: Phone) -> None:
    for user_id, explained in ((ADMIN, "/admin 管理菜单"), (ASSESSOR, "/reviews 你的待办评审"), (ASSESSOR, "/team ")):
        await bot.phone(user_id).say("/help")
        assert explained in bot.phone(user_id).last
    await bot.phone(EMPLOYEE).say("/help")
    assert "/privacy" in bot.phone(EMPLOYEE).last
    for word in ("/reviews", "/team", "/admin", "评审时"):
        assert word not in bot.phone(EMPLOYEE).last


async def test_everybody_may_read_what_is_kept_also_before_joining(bot: Bot) -> None:
    for user_id in (ADMIN, ASSESSOR, EMPLOYEE, NEWCOMER):
        await bot.phone(user_id).say("/privacy")
        for part in ("我保存什么", "谁能看到", "请联系管理员"):
            assert part in bot.phone(user_id).last
    await bot.phone(STRANGER).say("/privacy")
    assert "ask an administrator" in bot.phone(STRANGER).last
