"""Appeals in the chat: who objects to what, answered or reviewed again."""

import pytest

from qualify.services.assessments import appeals, results, sign_off
from qualify.services.authorization import Actor
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, POINTS
from tests.driver import ASSESSOR, EMPLOYEE, EMPLOYEE_A, EMPLOYEE_DONE, Bot
from tests.hr import assessment, hr_at, reviewed
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]

DONE = 4
"""The made-up company's one published assessment: Sun Yue's."""
WORDS = "案例扣分算错了，去年十一月还有一篇。"


def appealed(bot: Bot, assessment_id: int = DONE, words: str = WORDS) -> int:
    """The employee has appealed; the assessment."""
    subject = assessment(bot, assessment_id).subject_id
    result_id = results.of_assessment(bot.context, OPERATOR, assessment_id).id
    appeals.appeal(bot.context, Actor(subject), result_id, words)
    return assessment_id


async def appeal_of(bot: Bot, words: str = WORDS) -> Phone:
    """The administrator's phone with the case that was appealed."""
    appealed(bot, words=words)
    return await hr_at(bot, "申诉", "1 孙悦")


async def test_without_appeals_it_says_so(bot: Bot) -> None:
    phone = await hr_at(bot, "申诉")
    assert phone.last == "没有申诉。"


async def test_an_appeal_is_listed_and_counted(bot: Bot) -> None:
    appealed(bot)
    phone = await hr_at(bot)
    assert phone.offers("⚖️ 申诉 (1)")
    await phone.press("申诉")
    assert phone.last == f"⚖️ 申诉（1 份待答复）\n\n1. ❗ 11-22 孙悦：{WORDS}"
    assert phone.labels == ["1 孙悦", "🔍 筛选", "‹ 返回"]


async def test_the_case_has_the_whole_text_and_what_can_be_done(bot: Bot) -> None:
    words = "扣" * 1000
    appealed(bot, words=words)
    phone = await hr_at(bot, "申诉")
    assert len(phone.last) < 120, "the list is short"
    await phone.press("1 孙悦")
    assert f"状态：申诉中\n\n⚖️ 2026-11-22 申诉：{words}\n" in phone.last
    assert phone.labels == ["📊 结果图", "💬 答复申诉", "🔄 重新评审", "‹ 返回"]
    await phone.press("返回")
    assert phone.last.startswith("⚖️ 申诉")


async def test_an_appeal_is_answered(bot: Bot) -> None:
    phone = await appeal_of(bot)
    await phone.press("答复申诉")
    assert phone.last.endswith("请写下答复，员工会看到。结果不变。")
    await phone.say("去年十一月的一篇不在 18 个月之内。")
    assert "状态：申诉已答复" in phone.last
    assert "答复：去年十一月的一篇不在 18 个月之内。" in phone.last
    await phone.press("返回")
    assert phone.last == "⚖️ 申诉（0 份待答复）\n\n1. ✅ 11-22 孙悦 · 已答复"


async def test_the_employee_is_told_the_answer(bot: Bot) -> None:
    employee = bot.phone(EMPLOYEE_DONE)
    await employee.start()
    before = len(employee.messages())
    phone = await appeal_of(bot)
    await phone.press("答复申诉")
    await phone.say("结果不变。")
    assert len(employee.messages()) == before + 1


async def test_an_answer_that_is_too_long_can_be_typed_again(bot: Bot) -> None:
    phone = await appeal_of(bot)
    await phone.press("答复申诉")
    await phone.say("答" * 1001)
    assert phone.last == "请用文字写明答复，不超过 1000 个字。"
    await phone.say("结果不变。")
    assert "状态：申诉已答复" in phone.last


async def test_answered_by_somebody_else_meanwhile_it_says_so(bot: Bot) -> None:
    phone = await appeal_of(bot)
    await phone.press("答复申诉")
    appeals.answer(bot.context, OPERATOR, DONE, "别的管理员的答复")
    await phone.say("结果不变。")
    assert phone.messages()[-2]["text"] == "这份评估现在是“申诉已答复”，不能答复申诉。"
    assert "答复：别的管理员的答复" in phone.last
    await phone.say("结果不变。")
    assert phone.last.startswith("🔍 ")


async def test_a_question_pressed_twice_is_asked_once(bot: Bot) -> None:
    phone = await appeal_of(bot)
    before = len(phone.messages())
    await phone.press_twice("答复申诉")
    assert len(phone.messages()) == before
    await phone.say("结果不变。")
    assert "状态：申诉已答复" in phone.last


async def test_an_appeal_is_followed_and_everything_reviewed_again(bot: Bot) -> None:
    phone = await appeal_of(bot)
    await phone.press("重新评审")
    assert phone.last.endswith("请写明为什么重新评审，员工和评审员都会看到。")
    await phone.say("重" * 1001)
    assert phone.last == "请用文字写明退回的原因，不超过 1000 个字。"
    await phone.say("案例重新核对")
    assert "状态：已退回" in phone.last
    assert "↩️ 退回：案例重新核对" in phone.last
    assert not phone.offers("撤销"), "a result of it was published"
    await phone.press("返回")
    await phone.say("/admin")
    await phone.press("申诉")
    assert phone.last.endswith("1. ✅ 11-22 孙悦 · 重新评审")


async def test_what_was_published_is_not_withdrawn_even_by_a_forged_press(bot: Bot) -> None:
    phone = await appeal_of(bot)
    appeals.reopen(bot.context, OPERATOR, DONE, "案例重新核对")
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{DONE}.1:case-withdraw")
    assert phone.toast == "这次评估已有发布过的结果，不能撤销。"
    assert "状态：已退回" in phone.last


async def test_open_appeals_come_before_answered_ones(bot: Bot) -> None:
    later = reviewed(bot, "Q005", standard=POINTS)
    sign_off.sign_off(bot.context, OPERATOR, later)
    sign_off.publish(bot.context, OPERATOR, later)
    appealed(bot)
    appealed(bot, later)
    appeals.answer(bot.context, OPERATOR, later, "结果不变。")
    phone = await hr_at(bot, "申诉")
    assert [line.split("：")[0] for line in phone.last.splitlines()[2:]] == [
        "1. ❗ 11-22 孙悦",
        "2. ✅ 11-22 赵磊 · 已答复",
    ]


@pytest.mark.parametrize("word", ["reply", "reopen"])
@pytest.mark.parametrize("user_id", [ASSESSOR, EMPLOYEE, EMPLOYEE_A, EMPLOYEE_DONE])
async def test_nobody_else_answers(bot: Bot, user_id: int, word: str) -> None:
    appealed(bot)
    phone = bot.phone(user_id)
    await phone.start()
    for data in ("a:appeals", f"a{DONE}:case-{word}"):
        await phone.press_data(phone.messages()[-1]["message_id"], data)
        assert phone.toast == "你没有权限做这件事。如果需要，请联系管理员。"
    await phone.say("结果不变。")
    assert assessment(bot, DONE).state == AssessmentState.APPEALED


@pytest.mark.parametrize("word", ["reply", "reopen", "sign", "publish", "return"])
async def test_without_an_appeal_there_is_nothing_to_answer(bot: Bot, word: str) -> None:
    phone = await hr_at(bot)
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{DONE}:case-{word}")
    assert phone.toast.startswith("这份评估现在是“已发布”，不能")
    assert "状态：已发布" in phone.last
