"""Results in the chat: the chart and its caption, the explanation page by page, the history, and whose they are."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update
from sqlmodel import col

from bot.buttons import Command, To, decode
from bot.sandbox.errors import Impossible
from bot.sandbox.html import units
from qualify.services.assessments import appeals
from qualify.services.assessments import results as result_services
from qualify.storage import results
from qualify.storage.tables import Person
from tests.company import all_met
from tests.deeds import SIGNED, Choose, actor, both_hand_in, hands_in, partly_met, publishes, signs
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, EMPLOYEE_DONE, SECOND_ASSESSOR, STRANGER, Bot
from tests.hr import opened, reviews_of
from tests.phone import read_to_the_end, review

pytest_plugins = ["tests.bot_fixtures"]

UNKNOWN = "没有找到这份结果。发送 /history 查看你的结果。"


def drawn(bot: Bot, message: dict[str, Any]) -> bytes:
    """The picture of a message, as it was sent."""
    return bot.sandbox.files.get(message["photo"][-1]["file_id"]).content


def colour_of_the_ground(png: bytes) -> int:
    """How bright the corner is, 0–255."""
    grey = Image.open(BytesIO(png)).convert("L").getpixel((2, 2))
    assert isinstance(grey, int)
    return grey


async def test_the_latest_result_comes_as_a_protected_chart(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    (chart,) = phone.charts
    assert chart["photo"][-1]["width"] == 1024
    assert phone.last.startswith("2026-11-22 的评估结果\n孙悦 · 服务经理任职资格标准 · 三级\n总分 ")
    assert bot.sandbox.sent("sendPhoto")[-1]["protect_content"] is True
    with pytest.raises(Impossible, match="protected"):
        bot.sandbox.forward(EMPLOYEE_DONE, chart["message_id"])


async def test_nobody_without_a_result_gets_one(bot: Bot) -> None:
    for command in ("/result", "/history"):
        await bot.phone(EMPLOYEE).say(command)
        assert bot.phone(EMPLOYEE).last == "你还没有评估结果。结果一发布，我会马上发给你。"


async def test_the_history_leads_back_to_every_result(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    await review(bot.phone(ASSESSOR), "3级", all_met=True)
    await review(bot.phone(ASSESSOR), "2级", all_met=True)
    await review(bot.phone(SECOND_ASSESSOR), "2级", all_met=True)
    signs(bot)
    await bot.settle()
    await phone.say("/history")
    assert phone.labels == [f"2026-11-22 · 客户经理能力素质模型 · {level}" for level in ("2级（高级）", "3级（中级）")]
    await phone.press("3级")
    assert "3级（中级）" in phone.last
    assert len(phone.charts) == 3


def works(bot: Bot, level: str, choose: Choose = all_met) -> None:
    """One more published result of Chen Chen by the client managers' model."""
    assessment_id = opened(bot, "Q004", "client-manager", level, ["Q002"], sign_off=False)
    hands_in(bot, ASSESSOR, reviews_of(bot, assessment_id)[0], choose)


async def test_the_history_says_figures_and_changes_and_draws_a_trend_from_three_results_on(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    for level, choose in (("4", partly_met), ("4", all_met)):
        works(bot, level, choose)
        await bot.settle()
        bot.sandbox.clock.advance(timedelta(days=40))
    await phone.say("/history")
    assert phone.last.splitlines() == [
        "你的历次结果：",
        "",
        "2027-01-01 · 客户经理能力素质模型 · 4级（初级）",
        "18/18 达标 · +14 项（比 2026-11-22）",
        "",
        "2026-11-22 · 客户经理能力素质模型 · 4级（初级）",
        "4/18 达标",
    ]
    works(bot, "3")
    await bot.settle()
    await phone.say("/history")
    assert phone.charts[-1]["caption"] == "客户经理能力素质模型：历次结果的走势"
    assert bot.sandbox.sent("sendPhoto")[-1]["protect_content"] is True


async def test_the_history_says_what_replaced_what(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    publishes(bot)
    appeals.appeal(bot.context, actor(bot), results_of(bot)[0], "请再看一下")
    appeals.reopen(bot.context, actor(bot, ADMIN), SIGNED, "请补看材料")
    both_hand_in(bot, partly_met)
    signs(bot)
    await bot.settle()
    await phone.say("/history")
    newest, oldest = phone.last.split("\n\n")[1:]
    assert newest.endswith("取代了 2026-11-22 的结果")
    assert oldest.endswith("已被新的结果取代")


def results_of(bot: Bot) -> list[int]:
    """Chen Chen's results, the newest first."""
    person_id = actor(bot).person_id
    assert person_id is not None
    return [each.id for each in result_services.history(bot.context, person_id)]


async def test_of_a_long_history_the_newest_thirty_are_shown(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    with bot.context.database.transaction() as connection:
        stored = results.get(connection, 1)
        assert stored is not None
        newest = [results.add(connection, stored) for _ in range(31)][-1]
    await phone.say("/history")
    assert phone.last.startswith("你的历次结果：\n这里是最近的 30 份。\n\n2026-11-22 · ")
    assert phone.last.count("已被新的结果取代") == 29
    assert len(phone.labels) == 30
    _, data = phone.button(phone.labels[0])
    assert decode(data) == Command(To.RESULT, (newest,))


async def test_news_is_told_as_news_and_an_old_result_by_its_day(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    await review(bot.phone(ASSESSOR), "3级", all_met=True)
    assert phone.last.startswith("你的评估结果出来了。\n陈晨")
    assert bot.phone(ASSESSOR).last.startswith("陈晨的评估已完成。\n陈晨")
    await phone.say("/result")
    assert phone.last.startswith("2026-11-22 的评估结果\n陈晨")


async def test_the_explanation_turns_its_pages_in_place(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    pages = await read_to_the_end(phone)
    assert all(f"（{number}/{len(pages)}）" in page for number, page in enumerate(pages, start=1))
    assert len(phone.messages()) == 3, "the command, the chart, and one message that turns"
    await phone.press("上一页")
    assert phone.last == pages[-2]
    await phone.press_data(*phone.button("每个数字"))
    assert phone.last == pages[0]
    with pytest.raises(Impossible, match="protected"):
        bot.sandbox.forward(EMPLOYEE_DONE, phone.messages()[-1]["message_id"])


async def test_a_page_that_was_deleted_is_sent_anew(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    await phone.press("每个数字")
    number, data = phone.button("下一页")
    bot.sandbox.press(EMPLOYEE_DONE, number, data)
    bot.sandbox.remove(bot.sandbox.chats[EMPLOYEE_DONE], number)
    await bot.settle()
    assert "（2/" in phone.last


@pytest.mark.parametrize("page", ["zz", "0", "1.2.3", ""])
async def test_a_page_that_does_not_exist_shows_one_that_does(bot: Bot, page: str) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    (chart,) = phone.charts
    await phone.press_data(chart["message_id"], f"e1.{page}".rstrip("."))
    assert "孙悦 · 结果说明（" in phone.last


@pytest.mark.parametrize(
    "name", ["陈" * 200, "<&>" * 60, "Wolfeschlegelsteinhausenbergerdorff " * 30], ids=["汉", "<", "W"]
)
async def test_texts_stay_within_telegrams_limits_whatever_the_name(bot: Bot, name: str) -> None:
    with bot.context.database.transaction() as connection:
        connection.execute(update(Person).where(col(Person.staff_no).in_(["Q002", "Q004"])).values(name=name))
    employee, assessor = bot.phone(EMPLOYEE), bot.phone(ASSESSOR)
    await employee.start()
    await review(assessor, "3级", mark="❌ 未达到", score="40")
    assert units(employee.last) <= 1024
    pages = await read_to_the_end(employee)
    assert max(map(units, pages)) <= 4096
    assert "成就导向" in pages[1]


async def test_very_long_reasons_are_paged_not_cut(bot: Bot) -> None:
    await bot.phone(EMPLOYEE).start()
    reasons: list[str] = []
    for phone in (bot.phone(ASSESSOR), bot.phone(SECOND_ASSESSOR)):
        await phone.start()
        await phone.press("2级")
        while not phone.offers("提交评审"):
            if phone.offers("全部达到"):
                await phone.press("全部达到")
            elif phone.offers("✅ 达到"):
                await phone.press("✅ 达到")
            elif phone.offers("4 基本达标"):
                await phone.press("4 基本达标")
                reasons.append(f"{len(reasons)}{'&因' * 498}")
                await phone.say(reasons[-1])
            else:
                await phone.press("这一科没考")
        await phone.press("提交评审")
    signs(bot)
    await bot.settle()
    pages = await read_to_the_end(bot.phone(EMPLOYEE))
    assert max(map(units, pages)) <= 4096
    assert [reason for reason in reasons if not any(reason in page for page in pages)] == []


async def test_only_the_subject_its_assessors_and_the_administrator_see_a_result(bot: Bot) -> None:
    await bot.phone(EMPLOYEE_DONE).say("/result")
    for user_id in (SECOND_ASSESSOR, ADMIN):
        phone = bot.phone(user_id)
        await phone.start()
        await phone.press_data(phone.messages()[-1]["message_id"], "c1")
        assert phone.last.startswith("2026-11-22 的评估结果\n孙悦")
    for user_id in (ASSESSOR, EMPLOYEE, STRANGER):
        phone = bot.phone(user_id)
        await phone.start()
        before = phone.screen
        for data in ("c1", "e1.0", "e1.1", "c999", "c", "e"):
            await phone.press_data(phone.messages()[-1]["message_id"], data)
            assert phone.toast
        assert phone.screen.startswith(before)
        assert "孙悦" not in phone.screen
        assert phone.charts == []


async def test_a_refused_result_says_so(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    await phone.press_data(phone.messages()[-1]["message_id"], "c1")
    assert phone.toast == UNKNOWN


async def test_the_chart_follows_theme_and_language(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    await phone.say("/settings")
    await phone.press("深色")
    await phone.say("/result")
    await phone.say("/settings")
    await phone.press("English")
    await phone.say("/result")
    light, dark, english = (drawn(bot, chart) for chart in phone.charts)
    assert (colour_of_the_ground(light) > 200, colour_of_the_ground(dark) < 60) == (True, True)
    assert colour_of_the_ground(english) == colour_of_the_ground(dark)
    assert len({light, dark, english}) == 3
    assert phone.last.startswith("The result of 2026-11-22\n孙悦 · ")
    assert "Service" in phone.last
    await phone.press("number")
    typed = re.sub(r"孙悦|一次通宵割接的复盘|技字", "", phone.last)
    assert not re.findall("[一-鿿]+", typed), "no Chinese left but what people typed and a name of the source"


async def test_the_same_result_drawn_twice_is_the_same_picture(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    await phone.say("/result")
    first, second = (drawn(bot, chart) for chart in phone.charts)
    assert first == second
