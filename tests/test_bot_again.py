"""Delivered again, an update has no second effect wherever its person stands by now, and is answered as before."""

import pytest
from telegram import Update

from bot.handlers.dispatch import _take_back, _words
from bot.in_hand import InHand
from qualify.errors import InvalidInput
from qualify.services import typed_answers
from qualify.services.assessments import appeals
from qualify.services.people import joining
from qualify.storage.inbox import Delivery
from qualify.texts import say
from tests.company import OPERATOR
from tests.driver import ASSESSOR, EMPLOYEE_DONE, Bot, evidence
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]

APPEAL = "第二位评审员没有看到我的总结材料。"


@pytest.fixture
async def employee(bot: Bot) -> Phone:
    """Sun Yue, who has a published result and is asked for the text of an appeal."""
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.start()
    await phone.say("/result")
    await phone.press("申诉")
    return phone


async def again(bot: Bot, update: Update) -> None:
    """Deliver one update once more."""
    await bot.app.handle(update)
    await bot.settle()


def asked(bot: Bot, user_id: int) -> str:
    who = joining.find(bot.context, user_id)
    assert who is not None
    return who.asked


async def test_a_text_that_answered_is_answered_again_and_is_nothing_else(bot: Bot, employee: Phone) -> None:
    await employee.say(APPEAL)
    await employee.press("提交申诉")
    told, update = employee.last, bot.updates[-1]
    await employee.say("/help")
    before = len(employee.messages())
    await again(bot, update)
    assert told == say("zh-CN", "employee-appealed")
    assert len(employee.messages()) == before
    assert [each.appeal.text for each in appeals.listed(bot.context, OPERATOR)] == [APPEAL]


async def test_a_text_for_a_draft_is_in_it_once_however_often_it_comes(bot: Bot, employee: Phone) -> None:
    await employee.say(APPEAL)
    update = bot.updates[-1]
    await employee.say("/help")
    await again(bot, update)
    assert employee.last.count(APPEAL) == 1
    await employee.press("提交申诉")
    await again(bot, update)
    assert [each.appeal.text for each in appeals.listed(bot.context, OPERATOR)] == [APPEAL]


async def test_a_refused_text_is_refused_again_though_another_one_was_taken_since(bot: Bot, employee: Phone) -> None:
    await employee.say("长" * 2001)
    refused, update = employee.last, bot.updates[-1]
    await employee.say(APPEAL)
    await again(bot, update)
    assert employee.last == refused


async def test_a_reason_typed_for_a_case_is_no_note_in_the_review_in_hand_since(bot: Bot) -> None:
    """The kind of fault that returned a case: a text that had done its deed landed where its person had gone to."""
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    await phone.say("谈得很好")
    note = bot.updates[-1]
    typed_answers.ask(bot.context, ASSESSOR, "case-return 1")
    await again(bot, note)
    assert [each.text for each in evidence(bot)] == ["谈得很好"]
    assert asked(bot, ASSESSOR) == "case-return 1", "it isn't taken for the reason either"


async def test_a_command_takes_back_the_question_of_its_time_and_no_later_one(bot: Bot, employee: Phone) -> None:
    await employee.say("/help")
    helped = bot.updates[-1]
    await employee.say("/result")
    await employee.press("申诉")
    question = asked(bot, EMPLOYEE_DONE)
    await again(bot, helped)
    assert asked(bot, EMPLOYEE_DONE) == question
    assert question.startswith("appeal")


async def test_a_button_that_asked_does_not_ask_again_once_it_was_answered(bot: Bot, employee: Phone) -> None:
    button = bot.updates[-1]
    await employee.say(APPEAL)
    await employee.press("提交申诉")
    await again(bot, button)
    assert asked(bot, EMPLOYEE_DONE) == ""


def test_what_was_done_before_is_no_refusal_unless_it_was_refused_then_too() -> None:
    done = InHand(Delivery(1, 2, 3), is_done=True)
    refusal = InvalidInput("error-not-here")
    assert _words(done, refusal, "zh-CN") == say("zh-CN", "error-done-before")
    assert _words(InHand(Delivery(1, 2, 3)), refusal, "zh-CN") == say("zh-CN", "error-not-here")
    refusal.is_repeated = True
    assert _words(done, refusal, "zh-CN") == say("zh-CN", "error-not-here")


async def test_a_command_takes_back_the_question_that_it_met_and_no_later_one(bot: Bot, employee: Phone) -> None:
    met = joining.find(bot.context, employee.user_id)
    assert met is not None
    typed_answers.ask(bot.context, employee.user_id, "later")  # another process was faster with what came afterwards
    await _take_back(bot.app.runtime, met)
    assert asked(bot, employee.user_id) == "later"
    await employee.say("/help")
    assert not asked(bot, employee.user_id)
