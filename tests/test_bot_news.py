"""News in the chat: told at once to whom it concerns, with a way on, and not at all when it holds no more."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.notices import SENDERS
from qualify.access import Role
from qualify.services.assessments import amendments, appeals, sign_off
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.people import preferences, roles
from qualify.storage.tables import NoticeKind
from tests.company import OPERATOR, looked_up
from tests.deeds import REVIEWS, SIGNED, actor, both_hand_in, hands_in, not_met, publishes
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, EMPLOYEE_DONE, SECOND_ASSESSOR, Bot, company
from tests.phone import buttons


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with company(tmp_path) as bot:
        for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE, EMPLOYEE_DONE):
            await bot.phone(user_id).start()
        yield bot


def told(bot: Bot, words: str) -> list[int]:
    """Who has a message with these words."""
    return [user_id for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE) if words in bot.phone(user_id).screen]


def test_there_are_words_for_every_kind_of_notice() -> None:
    assert set(SENDERS) == set(NoticeKind)


# ——— a signature is asked for


async def test_administrators_hear_of_a_result_that_waits_for_a_signature(bot: Bot) -> None:
    both_hand_in(bot)
    await bot.settle()
    admin = bot.phone(ADMIN)
    assert admin.last.splitlines() == ["✍️ 陈晨的评估结果等待签署", "客户经理能力素质模型 · 2级（高级）", "18/18 达标"]
    assert [button["callback_data"] for button in buttons(admin.messages()[-1])] == ["a5:case"]
    assert told(bot, "等待签署") == [ADMIN]


async def test_they_hear_on_how_many_elements_the_assessors_lie_far_apart(bot: Bot) -> None:
    both_hand_in(bot, not_met)
    await bot.settle()
    assert bot.phone(ADMIN).last.splitlines()[2:] == ["4/18 达标", "⚠️ 14 个要素上评审员的评分相差较大"]


async def test_a_result_in_points_is_told_with_its_total(bot: Bot) -> None:
    opening = Opening("service-manager", "3", "Q007", (("Q002", Decimal(1)),), bot.context.today() + timedelta(days=9))
    assessment_id = openings.open_assessment(bot.context, OPERATOR, opening)
    _, _, ((review, _),) = looked_up(bot.context, assessment_id)
    hands_in(bot, ASSESSOR, review.id)
    await bot.settle()
    assert bot.phone(ADMIN).last.splitlines()[1:] == ["服务经理任职资格标准 · 三级", "总分 100 分", "级内等：职业等"]


async def test_what_was_signed_meanwhile_waits_for_nobody(bot: Bot) -> None:
    both_hand_in(bot)
    sign_off.sign_off(bot.context, OPERATOR, SIGNED)
    await bot.settle()
    assert told(bot, "等待签署") == []


async def test_who_is_no_administrator_any_more_is_not_asked(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q003", [Role.ADMIN, Role.ASSESSOR])
    both_hand_in(bot)
    roles.set_roles(bot.context, OPERATOR, "Q003", [Role.ASSESSOR])
    await bot.settle()
    assert told(bot, "等待签署") == [ADMIN]


async def test_nobody_is_asked_to_sign_their_own_result(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q004", [Role.EMPLOYEE, Role.ADMIN])
    both_hand_in(bot)
    await bot.settle()
    assert told(bot, "等待签署") == [ADMIN]


# ——— a review comes back, or isn't owed any more


async def test_a_returned_review_says_why_and_goes_on_where_it_stands(bot: Bot) -> None:
    both_hand_in(bot)
    sign_off.return_to(bot.context, OPERATOR, SIGNED, "第 3 项请看 <证据> & 重评", (REVIEWS[ASSESSOR],))
    await bot.settle()
    phone = bot.phone(ASSESSOR)
    assert phone.last.splitlines() == [
        "↩️ 你对陈晨的评审被退回，请修改后再提交",
        *["客户经理能力素质模型 · 2级（高级）", "", "第 3 项请看 <证据> & 重评", ""],
        "截止 2026-12-13（还有 21 天）",
    ]
    assert told(bot, "退回") == [ASSESSOR]
    await phone.press("继续评审")
    assert "都评完了，请再看一遍" in phone.last
    await phone.press("提交评审")
    assert told(bot, "等待签署") == [ADMIN]


async def test_returned_once_more_it_is_told_once_more(bot: Bot) -> None:
    both_hand_in(bot)
    for reason in ("第一次", "第二次"):
        sign_off.return_to(bot.context, OPERATOR, SIGNED, reason, (REVIEWS[ASSESSOR],))
        await bot.settle()
        assert reason in bot.phone(ASSESSOR).last
        hands_in(bot, ASSESSOR, REVIEWS[ASSESSOR])
        await bot.settle()
    assert bot.phone(ADMIN).screen.count("等待签署") == 2


async def test_a_returned_review_that_is_in_again_is_not_told(bot: Bot) -> None:
    both_hand_in(bot)
    sign_off.return_to(bot.context, OPERATOR, SIGNED, "请重评", (REVIEWS[ASSESSOR],))
    hands_in(bot, ASSESSOR, REVIEWS[ASSESSOR])
    await bot.settle()
    assert told(bot, "退回") == []


async def test_who_owes_a_review_hears_that_it_was_withdrawn(bot: Bot) -> None:
    hands_in(bot, ASSESSOR, REVIEWS[ASSESSOR])
    amendments.withdraw(bot.context, OPERATOR, SIGNED)
    await bot.settle()
    assert bot.phone(SECOND_ASSESSOR).last == ("你对陈晨的评审已撤销，不用再做了：客户经理能力素质模型 · 2级（高级）")
    assert told(bot, "已撤销") == [SECOND_ASSESSOR]


async def test_a_review_that_was_given_back_to_its_assessor_was_not_withdrawn(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q007", [Role.EMPLOYEE, Role.ASSESSOR])
    amendments.reassign(bot.context, OPERATOR, SIGNED, "Q003", "Q007")
    amendments.reassign(bot.context, OPERATOR, SIGNED, "Q007", "Q003")
    await bot.settle()
    assert told(bot, "已撤销") == []


async def test_news_of_a_review_whose_standard_is_gone_waits_for_nobody(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    amendments.withdraw(bot.context, OPERATOR, SIGNED)
    monkeypatch.setattr(type(bot.context), "has_standard", lambda *_: False)
    await bot.settle()
    assert told(bot, "已撤销") == []


# ——— appeals


async def test_administrators_hear_an_appeal_in_the_employees_own_words(bot: Bot) -> None:
    words = "<b>第 5 项</b> & 证据没有看 " + "𠮷" * 950
    appeals.appeal(bot.context, actor(bot), publishes(bot), words)
    await bot.settle()
    admin = bot.phone(ADMIN)
    assert admin.last.splitlines()[:2] == ["⚖️ 陈晨对评估结果提出申诉", "客户经理能力素质模型 · 2级（高级）"]
    assert words in admin.last
    assert [button["callback_data"] for button in buttons(admin.messages()[-1])] == ["a5:case"]
    assert told(bot, "提出申诉") == [ADMIN]


async def test_an_appeal_that_was_answered_meanwhile_waits_for_nobody(bot: Bot) -> None:
    appeals.appeal(bot.context, actor(bot), publishes(bot), "请再看一遍")
    appeals.answer(bot.context, OPERATOR, SIGNED, "看过了，维持原结果。")
    await bot.settle()
    assert told(bot, "提出申诉") == []


async def test_who_may_not_answer_an_appeal_any_more_does_not_hear_it(bot: Bot) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q003", [Role.ADMIN, Role.ASSESSOR])
    appeals.appeal(bot.context, actor(bot), publishes(bot), "请再看一遍")
    roles.set_roles(bot.context, OPERATOR, "Q003", [Role.ASSESSOR])
    await bot.settle()
    assert told(bot, "提出申诉") == [ADMIN]


async def test_the_employee_hears_the_answer_and_sees_the_result_from_there(bot: Bot) -> None:
    appeals.appeal(bot.context, actor(bot), publishes(bot), "请再看一遍")
    await bot.settle()
    appeals.answer(bot.context, OPERATOR, SIGNED, "看过了，维持原结果。")
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    assert phone.last.splitlines()[0] == "⚖️ 你的申诉有了答复，结果不变"
    assert phone.last.endswith("\n\n看过了，维持原结果。")
    before = len(phone.charts)
    await phone.press("查看结果")
    assert len(phone.charts) == before + 1


async def test_the_employee_hears_that_it_is_reviewed_again(bot: Bot) -> None:
    appeals.appeal(bot.context, actor(bot), publishes(bot), "请再看一遍")
    await bot.settle()
    appeals.reopen(bot.context, OPERATOR, SIGNED, "同意，请两位重评。")
    await bot.settle()
    assert bot.phone(EMPLOYEE).last.splitlines()[0] == "⚖️ 你的申诉有了答复，将重新评审"
    assert bot.phone(EMPLOYEE).labels == []
    assert told(bot, "退回") == [ASSESSOR, SECOND_ASSESSOR]


async def test_after_a_new_result_nobody_hears_of_the_old_one_or_that_there_will_be_a_new_one(bot: Bot) -> None:
    appeals.appeal(bot.context, actor(bot), publishes(bot), "请再看一遍")
    appeals.reopen(bot.context, OPERATOR, SIGNED, "同意，请两位重评。")
    publishes(bot)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    assert "重新评审" not in phone.screen
    assert len(phone.charts) == 1


# ——— the end of a result


async def on(bot: Bot, day: str, hour: int = 9) -> None:
    """Go to this hour of a day in the company's zone."""
    local = bot.context.now().astimezone(bot.context.timezone)
    there = local.fromisoformat(day).replace(hour=hour, tzinfo=bot.context.timezone)
    bot.sandbox.clock.advance(there - local)
    await bot.settle()


async def test_a_result_that_will_expire_is_told_of_sixty_and_seven_days_before(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await on(bot, "2028-09-24", 20)
    assert "到期" not in phone.screen, "the sixtieth day is a Saturday"
    await on(bot, "2028-09-25", 8)
    assert "到期" not in phone.screen
    await on(bot, "2028-09-25")
    assert phone.last.splitlines() == [
        "⏳ 你的评估结果还有 58 天到期",
        "服务经理任职资格标准 · 三级",
        "有效期至 2028-11-22。需要重新评估，请联系 HR。",
    ]
    await on(bot, "2028-11-15", 8)
    assert phone.screen.count("到期") == 1
    await on(bot, "2028-11-15")
    assert phone.last.splitlines()[0] == "⏳ 你的评估结果还有 7 天到期"
    await phone.press("查看结果")
    assert len(phone.charts) == 1


async def test_who_comes_back_late_hears_only_the_nearer_end(bot: Bot) -> None:
    await on(bot, "2028-11-22")
    screen = bot.phone(EMPLOYEE_DONE).screen
    assert screen.count("到期") == 1
    assert "今天到期" in screen


async def test_what_has_expired_already_is_not_told(bot: Bot) -> None:
    await on(bot, "2028-11-23")
    assert "到期" not in bot.phone(EMPLOYEE_DONE).screen


async def test_a_result_that_a_newer_one_has_superseded_ends_without_a_word(bot: Bot) -> None:
    await on(bot, "2027-11-22")
    opening = Opening("service-manager", "4", "Q006", (("Q002", Decimal(1)),), bot.context.today(), sign_off=False)
    assessment_id = openings.open_assessment(bot.context, OPERATOR, opening)
    _, _, ((review, _),) = looked_up(bot.context, assessment_id)
    hands_in(bot, ASSESSOR, review.id)
    for day in ("2028-09-25", "2028-11-15"):
        await on(bot, day)
    assert "到期" not in bot.phone(EMPLOYEE_DONE).screen


# ——— a self-assessment


def asks_for_own(bot: Bot) -> int:
    """An assessment of Chen Chen with a self-assessment, due in three days; its id."""
    due = bot.context.today() + timedelta(days=3)
    opening = Opening("client-manager", "4", "Q004", (("Q003", Decimal(1)),), due, self_assessment=True)
    return openings.open_assessment(bot.context, OPERATOR, opening)


async def test_the_employee_is_asked_for_a_self_assessment_and_begins_it_from_there(bot: Bot) -> None:
    asks_for_own(bot)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    assert phone.last.startswith("请为自己做一次自评：客户经理能力素质模型，4级（初级），请在 2026-11-25 前完成。")
    await phone.press("▶️ 开始")
    assert "要素 1/" in phone.last


async def test_a_self_assessment_is_called_one_in_digests_and_lists(bot: Bot) -> None:
    asks_for_own(bot)
    await on(bot, "2026-11-24")
    phone = bot.phone(EMPLOYEE)
    assert "自评 · 完成 0% · 明天截止" in phone.last
    assert phone.labels[0] == "自评 · 4级（初级） · 11-25 截止"
    await phone.say("/reviews")
    assert phone.labels == ["自评 · 4级（初级） · 11-25 截止", "📁 已提交"]
    await on(bot, "2026-11-30")
    overdue = bot.phone(ADMIN).last
    assert "陈晨的自评 · 已逾期 5 天" in overdue
    assert "吴倩评陈晨 · 已逾期 5 天" in overdue


async def test_a_self_assessment_that_was_withdrawn_is_told_as_one(bot: Bot) -> None:
    amendments.withdraw(bot.context, OPERATOR, asks_for_own(bot))
    await bot.settle()
    assert bot.phone(EMPLOYEE).last == "你的自评已撤销，不用再做了：客户经理能力素质模型 · 4级（初级）"
    assert "自评：" not in bot.phone(EMPLOYEE).screen, "nor was it asked for any more"


async def test_all_news_can_be_read_in_english(bot: Bot) -> None:
    for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE):
        preferences.set_language(bot.context, user_id, "en")
    asks_for_own(bot)
    await bot.settle()
    both_hand_in(bot, not_met)
    await bot.settle()
    sign_off.sign_off(bot.context, OPERATOR, SIGNED)
    appeals.appeal(bot.context, actor(bot), sign_off.publish(bot.context, OPERATOR, SIGNED), "Please look again")
    await bot.settle()
    appeals.reopen(bot.context, OPERATOR, SIGNED, "All right")
    await bot.settle()
    assert told(bot, "Please assess yourself") == [EMPLOYEE]
    assert "The assessors' ratings differ widely on 14 elements" in bot.phone(ADMIN).screen
    assert "陈晨 has appealed against a result" in bot.phone(ADMIN).last
    assert "there will be a new review" in bot.phone(EMPLOYEE).last
    assert "Due 2026-12-13 (21 days left)" in bot.phone(ASSESSOR).last
