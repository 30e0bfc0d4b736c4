"""A review in the chat: somebody presses labels and reads what comes back, from /start to the chart."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.driver import (
    ASSESSOR,
    EMPLOYEE,
    EMPLOYEE_A,
    Bot,
    bot_on,
    company,
    given_so_far,
    new_sandbox,
    open_company,
    zhou_at_work,
)
from tests.phone import Phone, buttons, one_deed, review, walk

pytest_plugins = ["tests.bot_fixtures"]


# ——— whole reviews


@pytest.mark.parametrize(
    ("which", "whose", "how", "deeds"),
    [
        ("3级", EMPLOYEE, {"one_by_one": True}, 93),
        ("3级", EMPLOYEE, {"all_met": True}, 35),
        ("四级", EMPLOYEE_A, {}, 148),
        ("四级", EMPLOYEE_A, {"all_met": True}, 44),
    ],
    ids=["B singly", "B all met", "A singly", "A all met"],
)
async def test_a_review_leads_from_start_to_the_chart(
    bot: Bot, which: str, whose: int, how: dict[str, bool], deeds: int
) -> None:
    assessor, employee = bot.phone(ASSESSOR), bot.phone(whose)
    await employee.start()
    await review(assessor, which, **how)
    assert assessor.deeds == deeds
    assert [len(phone.charts) for phone in (assessor, employee)] == [1, 1]
    assert "的评估已完成。" in assessor.last
    assert "你的评估结果出来了。" in employee.last
    assert "✅ 评审已提交，谢谢！" in assessor.screen


async def test_a_review_runs_on_either_database(database_url: str) -> None:
    sandbox = new_sandbox()
    context = open_company(database_url, sandbox)
    async with bot_on(context, sandbox) as bot:
        await bot.phone(EMPLOYEE).start()
        await review(bot.phone(ASSESSOR), "3级", all_met=True)
        assert [len(bot.phone(user_id).charts) for user_id in (ASSESSOR, EMPLOYEE)] == [1, 1]
    context.database.close()


async def test_whatever_is_answered_is_what_the_result_says(bot: Bot) -> None:
    await bot.phone(EMPLOYEE_A).start()
    await review(bot.phone(ASSESSOR), "四级", mark="◐ 部分")
    assert "不授予四级\n❗ 关键条件未满足：有一次以上重大服务销售项目的经验" in bot.phone(EMPLOYEE_A).last
    await review(bot.phone(ASSESSOR), "3级", mark="❌ 未达到", score="50")
    await bot.phone(EMPLOYEE).say("/result")
    assert "0/18 达标" in bot.phone(EMPLOYEE).last


async def test_a_review_goes_on_after_a_restart_at_every_step(tmp_path: Path) -> None:
    async with company(tmp_path) as bot:
        await bot.phone(ASSESSOR).start()
        await bot.phone(ASSESSOR).press("3级")
    while not bot.phone(ASSESSOR).offers("提交评审"):
        async with bot_on(bot.context, bot.sandbox) as bot:
            await one_deed(bot.phone(ASSESSOR))
    async with bot_on(bot.context, bot.sandbox) as bot:
        await bot.phone(ASSESSOR).press("提交评审")
        assert "18/18 达标" in bot.phone(ASSESSOR).last


async def test_the_message_stays_the_same_while_one_presses(bot: Bot, assessor: Phone) -> None:
    living = assessor.messages()[-1]["message_id"]
    await walk(assessor, all_met=True, score="-")
    assert len([message for message in assessor.messages() if len(buttons(message)) > 10]) == 1
    assert len(bot.sandbox.sent("sendMessage")) == 2 + 4, "the greeting, the review, and anew below each typed line"
    assert assessor.messages()[-1]["message_id"] > living


async def test_the_progress_grows_with_every_element(assessor: Phone) -> None:
    assert "░░░░░░░░░░░░ 0% · 要素 1/18" in assessor.last
    await assessor.press("全部达到", "★")
    assert "░░░░░░░░░░░░ 5% · 要素 2/18" in assessor.last
    await walk(assessor, all_met=True)
    assert "▓▓▓▓▓▓▓▓▓▓▓▓ 100%" in assessor.last


# ——— going back, jumping, changing


async def test_a_step_back_changes_an_answer_and_the_suggestion_follows(assessor: Phone) -> None:
    await assessor.press("全部达到")
    assert "建议评分：5 达标" in assessor.last
    await assessor.press("上一步")
    assert "第 4 条，共 4 条" in assessor.last
    assert "• ✅ 达到" in assessor.labels
    await assessor.press("❌ 未达到")
    assert "建议评分：3 大部分达标" in assessor.last
    await assessor.press("★")
    assert "要素 2/18" in assessor.last


async def test_the_overview_jumps_back_and_returns_to_where_one_was(assessor: Phone) -> None:
    await assessor.press("全部达到", "★", "全部达到", "★", "总览")
    assert "目前的评分：" in assessor.last
    assert not assessor.offers("提交评审")
    await assessor.press("1", "◐ 部分", "回到未答处")
    assert "要素 3/18" in assessor.last
    await assessor.press("总览")
    assert "要素 1 的回答改过" in assessor.last


async def test_from_the_summary_one_jumps_to_an_element_and_confirms_it_again(assessor: Phone) -> None:
    await walk(assessor, all_met=True)
    await assessor.press("3", "❌ 未达到", "回到未答处")
    assert "要素 3 的回答改过" in assessor.last
    assert not assessor.offers("提交评审")
    await assessor.press("3")
    while not assessor.offers("★"):
        await assessor.press("下一步")
    await assessor.press("★")
    assert "3. 沟通倾听能力  " in assessor.last
    await assessor.press("提交评审")
    assert "17/18 达标" in assessor.last


async def test_a_rating_of_ones_own_asks_why_and_keeps_the_reason(bot: Bot, assessor: Phone) -> None:
    await assessor.press("全部达到", "4 基本达标")
    assert "你评了 4 基本达标，建议是 5 达标。请用一句话说明原因。" in assessor.last
    await assessor.say("最近一季业绩起伏大")
    assert "要素 2/18" in assessor.last
    await walk(assessor, all_met=True)
    await assessor.press("提交评审", "每个数字")
    assert "最近一季业绩起伏大" not in assessor.last, "the first page is the sum"
    await assessor.press("下一页")
    assert "评审员改为 4 分，原因：最近一季业绩起伏大" in assessor.last


async def test_nothing_observed_gives_no_suggestion_and_wants_a_reason(assessor: Phone) -> None:
    for _ in range(4):
        await assessor.press("未观察到")
    assert "没有建议分" in assessor.last
    await assessor.press("3 大部分达标")
    assert "请用一句话说明依据。" in assessor.last


async def test_the_next_level_is_offered_and_lifts_the_suggestion(assessor: Phone) -> None:
    await assessor.press("全部达到", "看看高一级")
    assert "高一级 · 第 1 条" in assessor.last
    await assessor.press("全部达到")
    assert "建议评分：6 超标" in assessor.last
    await assessor.press("★")
    assert "要素 2/18" in assessor.last


async def test_one_press_says_that_nothing_of_an_element_was_observed(assessor: Phone) -> None:
    await assessor.press("整个要素未观察到")
    assert "没有建议分" in assessor.last
    await assessor.press("3 大部分达标")
    await assessor.say("新到岗，还没有机会看到")
    assert "要素 2/18" in assessor.last


async def test_the_overview_leads_ahead_and_the_walk_comes_back_to_what_is_open(assessor: Phone) -> None:
    await assessor.press("✅ 达到", "总览", "18", "全部达到", "★")
    assert "要素 1/18" in assessor.last, "nothing is open after the last element"
    assert "✅ 1. 有上进心" in assessor.last
    await walk(assessor, all_met=True)
    assert "18. 客户关系能力  5 达标" in assessor.last


async def test_a_rating_alone_is_corrected_in_three_presses_and_a_reason(assessor: Phone) -> None:
    await walk(assessor, all_met=True)
    await assessor.press("3", "改评分", "4 基本达标")
    await assessor.say("最近一季少了")
    assert "3. 沟通倾听能力  4 基本达标" in assessor.last
    assert assessor.offers("提交评审")


# ——— pausing and coming back


async def test_a_pause_keeps_everything_and_one_button_goes_on(assessor: Phone) -> None:
    await assessor.press("全部达到", "★", "⏸ 暂停")
    assert "⏸ 已暂停，完成了 5%。填过的都已保存。" in assessor.last
    await assessor.say("你好")
    assert "我没看懂" in assessor.last, "nothing is in hand any more"
    await assessor.press("继续评审")
    assert "要素 2/18" in assessor.last


async def test_cancel_lays_the_review_down_and_reviews_takes_it_up(bot: Bot, assessor: Phone) -> None:
    await assessor.press("✅ 达到")
    await assessor.say("/cancel")
    assert "已暂停" in assessor.last
    await assessor.say("/cancel")
    assert "已暂停" not in assessor.last
    await assessor.say("/reviews")
    await assessor.press("3级")
    assert "第 2 条，共 4 条" in assessor.last
    assert given_so_far(bot) == [("achievement.3.1", "met")]


async def test_start_shows_the_review_in_hand_again_as_the_only_one(assessor: Phone) -> None:
    await assessor.press("✅ 达到")
    await assessor.start()
    assert "第 2 条，共 4 条" in assessor.last
    assert assessor.screen.count("[✅ 达到]") == 1


@pytest.mark.parametrize(
    ("later", "deed", "said"),
    [
        (timedelta(minutes=9), {"text": "/start"}, "评审已提交"),
        (timedelta(minutes=10), {"text": "/start"}, "你好，周明！"),
        (timedelta(minutes=10), {"dice": {"emoji": "🎲", "value": 6}}, "我没看懂"),
    ],
)
async def test_that_a_review_was_submitted_is_said_again_only_shortly_after(
    bot: Bot, assessor: Phone, later: timedelta, deed: dict[str, Any], said: str
) -> None:
    await walk(assessor, all_met=True)
    await assessor.press("✅ 提交")
    assert "评审已提交" in assessor.screen
    bot.sandbox.clock.advance(later)
    bot.sandbox._send(ASSESSOR, None, deed)
    await bot.settle()
    assert said in assessor.last


async def test_two_reviews_are_taken_in_turns(assessor: Phone) -> None:
    await assessor.press("✅ 达到")
    await assessor.say("/reviews")
    await assessor.press("四级")
    assert "赵磊" in assessor.last
    await assessor.say("/reviews")
    await assessor.press("3级")
    assert "陈晨" in assessor.last
    assert "第 2 条，共 4 条" in assessor.last


async def test_the_last_of_a_result_that_nobody_signs_shows_what_will_be_told_at_once(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    await walk(phone, all_met=True)
    told, result = phone.last.splitlines()[-2:]
    assert told == "📣 这是最后一份，不需要签署：提交后陈晨就会收到结果，不能收回。结果是："
    assert "提交评审，发布结果" in "".join(phone.labels)
    await phone.press("提交评审")
    await bot.phone(EMPLOYEE).start()
    await bot.phone(EMPLOYEE).say("/result")
    assert result in bot.phone(EMPLOYEE).last
