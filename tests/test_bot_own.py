"""A self-assessment in the chat, what a submitted review waits for, and reviews that were given back or closed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.services.assessments import amendments, results, sign_off
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.people import preferences, roles
from tests.company import OPERATOR, all_met, looked_up
from tests.deeds import REVIEWS, SIGNED, actor, both_hand_in, hands_in, signs
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot, company
from tests.phone import Phone, read_to_the_end, walk

THANKS = "✅ 评审已提交，谢谢！"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with company(tmp_path) as bot:
        for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE):
            await bot.phone(user_id).start()
        yield bot


class Assessed:
    """An assessment of Chen Chen by Wu Qian, with a self-assessment."""

    def __init__(self, bot: Bot, standard: str = "client-manager", level: str = "4") -> None:
        due = bot.context.today() + timedelta(days=3)
        opening = Opening(standard, level, "Q004", (("Q003", Decimal(1)),), due, self_assessment=True)
        self.id = openings.open_assessment(bot.context, OPERATOR, opening)
        _, _, assigned = looked_up(bot.context, self.id)
        (self.review, self.own) = (review.id for review, _ in assigned)


def modest(screen: Screen) -> Action:
    """Everything partly met, every suggestion confirmed."""
    return Action(Act.MARK, "partly") if screen.step.kind is StepKind.CRITERION else all_met(screen)


# ——— the dialogue


async def test_an_employee_walks_the_same_dialogue_and_it_is_called_a_self_assessment(bot: Bot) -> None:
    Assessed(bot)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    await phone.press("▶️ 开始")
    assert phone.last.splitlines()[0] == "自评 · 客户经理能力素质模型 · 4级（初级）"
    assert phone.labels[:4] == ["✅ 达到", "◐ 部分", "❌ 未达到", "➖ 没遇到过"]
    await phone.press("没遇到过")
    while phone.offers("没遇到过"):
        await phone.press("没遇到过")
    assert "没遇到过 " in phone.last
    assert "各条都没遇到过，没有建议分。请直接给自己评分，并说明原因。" in phone.last
    await phone.press("4 基本达标")
    assert "你评了 4 基本达标，没有建议分可对照。请用一句话说明依据。" in phone.last
    await phone.say("去年没有这样的项目")
    await phone.press("⏸ 暂停", "▶️ 继续自评")
    await walk(phone, all_met=True)
    assert phone.offers("✅ 提交自评")
    await phone.press("✅ 提交自评")
    assert phone.last.endswith("✅ 自评已提交，谢谢！它会显示在结果旁边，不计入分数。")
    await phone.say("/reviews")
    assert phone.last == "现在没有等你完成的评审。"


async def test_in_english_too(bot: Bot) -> None:
    preferences.set_language(bot.context, EMPLOYEE, "en")
    Assessed(bot)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    await phone.say("/reviews")
    assert phone.labels == ["Self-assessment · Level 4 (junior) · due 11-25", "📁 Submitted"]
    await phone.press("Self-assessment")
    assert "➖ Has not come up" in phone.labels


async def test_it_is_shown_beside_the_result_and_not_counted(bot: Bot) -> None:
    assessed = Assessed(bot)
    hands_in(bot, EMPLOYEE, assessed.own, modest)
    hands_in(bot, SECOND_ASSESSOR, assessed.review)
    signs(bot, assessed.id)
    await bot.settle()
    for user_id in (EMPLOYEE, SECOND_ASSESSOR):
        phone = bot.phone(user_id)
        assert "18/18 达标" in phone.last
        assert phone.last.splitlines()[-1] == "自评只列在旁边作对照（图上的空心方块），不计入分数。"
        pages = await read_to_the_end(phone)
        assert "自评只列在旁边作对照" in pages[0]
        assert "成就导向：5 分 · 达标，标准 5 分\n自评：2 分\n" in pages[1]
    drawn = results.latest(bot.context, actor(bot).person_id or 0)
    assert drawn.own["achievement"] == 2


async def test_without_one_nothing_is_said_of_it(bot: Bot) -> None:
    hands_in(bot, ASSESSOR, 1)
    await bot.settle()
    await read_to_the_end(bot.phone(EMPLOYEE))
    assert "自评" not in bot.phone(EMPLOYEE).screen


async def test_one_that_comes_after_the_signature_still_stands_beside_the_result(bot: Bot) -> None:
    assessed = Assessed(bot)
    hands_in(bot, SECOND_ASSESSOR, assessed.review)
    sign_off.sign_off(bot.context, actor(bot, ADMIN), assessed.id)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    await phone.press("▶️ 开始")
    await walk(phone, all_met=True)
    await phone.press("✅ 提交自评")
    assert phone.last.endswith("✅ 自评已提交，谢谢！它会显示在结果旁边，不计入分数。")
    sign_off.publish(bot.context, actor(bot, ADMIN), assessed.id)
    await bot.settle()
    assert "自评" in phone.last


async def test_between_signature_and_publication_an_assessor_hears_that_it_is_signed(bot: Bot) -> None:
    both_hand_in(bot)
    sign_off.sign_off(bot.context, actor(bot, ADMIN), SIGNED)
    phone = bot.phone(ASSESSOR)
    await phone.press("2级")
    assert phone.last.endswith("结果已经签署，发布后会发到这里。")


async def test_one_that_is_not_finished_when_the_result_is_published_is_closed_kindly(bot: Bot) -> None:
    assessed = Assessed(bot)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    await phone.press("▶️ 开始", "✅ 达到")
    old = phone.button("✅ 达到")
    hands_in(bot, SECOND_ASSESSOR, assessed.review)
    signs(bot, assessed.id)
    await bot.settle()
    head = "自评 · 客户经理能力素质模型 · 4级（初级）"
    closed = f"{head}\n\n结果已经发布，这份自评不用再做了。填过的都在，谢谢你花的时间！"
    await phone.press_data(*old)
    assert phone.toast == ""
    assert [message.get("text") for message in phone.messages()].count(closed) == 1
    await phone.press_data(phone.messages()[0]["message_id"], f"o{assessed.own}")
    assert phone.last == closed
    await phone.say("一句备注")
    assert phone.last.startswith("我没看懂。")
    assert "自评只列在旁边" not in phone.screen


# ——— what comes next


async def test_who_submits_hears_what_the_result_still_waits_for(bot: Bot) -> None:
    for user_id, waits in (
        (ASSESSOR, "还在等其他评审员，结果发布后会发到这里。"),
        (SECOND_ASSESSOR, "评审都齐了，等管理员签署，结果发布后会发到这里。"),
    ):
        phone = bot.phone(user_id)
        await phone.press("2级")
        await walk(phone, all_met=True)
        await phone.press("提交评审")
        assert THANKS + waits in phone.screen
        assert phone.charts == []


async def test_where_nobody_signs_the_result_comes_at_once(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.press("3级")
    await walk(phone, all_met=True)
    await phone.press("提交评审")
    assert THANKS + "结果已经发布，会发到这里。" in phone.screen
    assert len(phone.charts) == 1


async def test_a_submitted_review_looked_at_again_says_how_far_things_are(bot: Bot) -> None:
    both_hand_in(bot)
    phone = bot.phone(ASSESSOR)
    await phone.press("2级")
    assert phone.last.endswith("评审都齐了，等管理员签署，结果发布后会发到这里。")
    signs(bot)
    await phone.press_data(phone.messages()[0]["message_id"], f"o{REVIEWS[ASSESSOR]}")
    assert "结果已经发布，会发到这里。" in phone.screen


# ——— given back, or owed no more


async def test_a_returned_review_opens_at_its_summary_and_says_why_until_it_is_in_again(bot: Bot) -> None:
    both_hand_in(bot)
    reason = "第 3 项请看 <证据> & 重评" + "，再细一些" * 50
    sign_off.return_to(bot.context, actor(bot, ADMIN), SIGNED, reason, (REVIEWS[ASSESSOR],))
    await bot.settle()
    phone = bot.phone(ASSESSOR)
    await phone.say("/reviews")
    assert phone.labels[-2:] == ["陈晨 · 2级（高级） · 12-13 截止 · ↩️ 退回", "📁 已提交"]
    await phone.press("↩️ 退回")
    assert phone.last.splitlines()[:2] == ["陈晨 · 客户经理能力素质模型 · 2级（高级）", f"↩️ 退回：{reason}"]
    assert "都评完了，请再看一遍：" in phone.last
    await phone.press("3")
    assert phone.last.splitlines()[1] == f"↩️ 退回：{reason[:99]}…"
    await phone.press("◐ 部分", "回到未答处", "3")
    await walk(phone)
    await phone.press("提交评审")
    assert "退回" not in phone.last
    sign_off.return_to(bot.context, actor(bot, ADMIN), SIGNED, "还有一处", (REVIEWS[ASSESSOR],))
    await bot.settle()
    await phone.press("继续评审")
    assert "↩️ 退回：还有一处" in phone.last


async def test_a_review_that_was_given_to_somebody_else_says_so(bot: Bot) -> None:
    phone = bot.phone(SECOND_ASSESSOR)
    await phone.press("2级")
    old = phone.button("✅ 达到")
    roles.set_roles(bot.context, OPERATOR, "Q007", [Role.EMPLOYEE, Role.ASSESSOR])
    amendments.reassign(bot.context, OPERATOR, SIGNED, "Q003", "Q007")
    await phone.press_data(*old)
    assert "这份评审已经交给别人，不用再做了。" in phone.screen


@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
async def test_a_withdrawn_assessment_says_so_to_everybody_who_rates(bot: Bot, own: bool) -> None:
    assessed = Assessed(bot)
    phone: Phone = bot.phone(EMPLOYEE if own else SECOND_ASSESSOR)
    await bot.settle()
    await phone.press("▶️ 开始")
    old = phone.button("✅ 达到")
    amendments.withdraw(bot.context, OPERATOR, assessed.id)
    await phone.press_data(*old)
    assert "这次评估已经撤销，不用再做了。" in phone.screen
