"""/team: a manager's people, one of them, their picture; the same for administrators by department; and the news."""

import pytest

from bot.buttons import To, command
from qualify.services.people import line_managers, preferences
from tests.company import OPERATOR
from tests.deeds import hands_in
from tests.driver import ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import opened, reviews_of
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


async def at_work(bot: Bot, user_id: int) -> Phone:
    phone = bot.phone(user_id)
    await phone.start()
    return phone


async def test_a_manager_sees_where_everybody_stands_and_leads_to_their_results(bot: Bot) -> None:
    phone = await at_work(bot, SECOND_ASSESSOR)
    await phone.say("/team")
    lines = phone.last.splitlines()
    assert lines[0] == "👥 我的团队（2 人）"
    assert lines[2] == "赵磊 · 还没有结果 · 进行中 1"
    assert lines[3].startswith("孙悦 · 三级 · ")
    assert lines[3].endswith("至 2028-11-22")
    assert phone.labels[:2] == ["赵磊", "孙悦"]
    await phone.press("孙悦")
    assert phone.last.splitlines()[:2] == ["孙悦 · Q006", "技术支援部 · 服务经理"]
    await phone.press("2026-11-22")
    assert "孙悦" in phone.charts[-1]["caption"]
    await phone.press("每个数字")
    assert "结果说明" in phone.last


async def test_namesakes_carry_their_numbers(bot: Bot) -> None:
    with bot.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE person SET name = '孙悦' WHERE staff_no = 'Q005'")
    phone = await at_work(bot, SECOND_ASSESSOR)
    await phone.say("/team")
    assert phone.labels[:2] == ["孙悦 Q005", "孙悦 Q006"]
    assert phone.last.splitlines()[2].startswith("孙悦 Q005 · ")


async def test_what_is_under_way_is_counted_and_nobody_is_named(bot: Bot) -> None:
    phone = await at_work(bot, SECOND_ASSESSOR)
    await phone.say("/team")
    await phone.press("赵磊")
    assert "还没有已发布的结果。" in phone.last
    assert "进行中\n服务经理任职资格标准 · 四级 · 未开始 0/1 · 2026-12-02 截止" in phone.last
    assert "周明" not in phone.last
    await phone.press("返回名单")
    assert "我的团队" in phone.last


async def test_the_picture_comes_as_a_photo_that_leads_back(bot: Bot) -> None:
    phone = await at_work(bot, SECOND_ASSESSOR)
    await phone.say("/team")
    charts = len(phone.charts)
    await phone.press("🗺")
    assert len(phone.charts) == charts + 1
    assert phone.charts[-1]["caption"] == "服务经理任职资格标准 · 三级"
    await phone.press("返回名单")
    assert "我的团队" in phone.last


async def test_administrators_choose_a_department_first(bot: Bot, admin: Phone) -> None:
    await admin.press("团队图", "技术支援部")
    assert admin.last.startswith("👥 技术支援部（3 人）")
    await admin.press("🗺")
    assert admin.charts[-1]["caption"] == "服务经理任职资格标准 · 三级"
    await admin.press("返回名单", "选择部门", "人力资源部")
    assert admin.last.startswith("👥 人力资源部（1 人）")


@pytest.mark.parametrize("word", ["", "one", "picture"])
async def test_who_leads_nobody_finds_nobody_whatever_they_press(bot: Bot, word: str) -> None:
    phone = await at_work(bot, EMPLOYEE)
    await phone.say("/team")
    assert phone.last == "现在没有向你汇报的人。"
    numbers = {"": (123, 0), "one": (5, 0, 0), "picture": (0, 0, 0)}[word]
    await phone.press_data(phone.messages()[-1]["message_id"], command(To.TEAM, *numbers, word=word))
    assert phone.last == "现在没有向你汇报的人。"
    assert phone.toast


async def test_only_who_leads_people_has_the_command_in_the_menu_and_the_switch_in_the_settings(bot: Bot) -> None:
    leading, other = await at_work(bot, SECOND_ASSESSOR), await at_work(bot, EMPLOYEE)
    for phone, leads in ((leading, True), (other, False)):
        await phone.say("/settings")
        assert phone.offers("团队出结果时告诉我") == leads
    line_managers.set_manager(bot.context, OPERATOR, "Q001", "Q004")
    await other.say("/settings")
    assert other.offers("团队出结果时告诉我")


async def published(bot: Bot) -> None:
    """A result about 赵磊, rated by 周明, whose manager is 吴倩."""
    assessment_id = opened(bot, "Q005", "client-manager", "4", ["Q002"], sign_off=False)
    hands_in(bot, ASSESSOR, reviews_of(bot, assessment_id)[0])
    await bot.settle()


async def test_a_manager_is_told_of_a_result_and_led_to_the_team(bot: Bot) -> None:
    phone = await at_work(bot, SECOND_ASSESSOR)
    await published(bot)
    assert phone.charts[-1]["caption"].startswith("赵磊的评估已完成。")
    await phone.press("我的团队")
    assert "赵磊 · 4级（初级） · " in phone.last


async def test_a_manager_who_does_not_want_it_is_told_nothing(bot: Bot) -> None:
    phone = await at_work(bot, SECOND_ASSESSOR)
    await phone.say("/settings")
    await phone.press("不用告诉我")
    assert phone.offers("• 不用告诉我")
    charts = len(phone.charts)
    await published(bot)
    assert len(phone.charts) == charts


async def test_who_leads_them_no_more_when_it_would_be_told_is_not_told(bot: Bot) -> None:
    phone = await at_work(bot, SECOND_ASSESSOR)
    preferences.set_team_news(bot.context, SECOND_ASSESSOR, told=True)
    assessment_id = opened(bot, "Q005", "client-manager", "4", ["Q002"], sign_off=False)
    charts = len(phone.charts)
    hands_in(bot, ASSESSOR, reviews_of(bot, assessment_id)[0])
    line_managers.set_manager(bot.context, OPERATOR, "Q005", "Q002")
    await bot.settle()
    assert len(phone.charts) == charts
