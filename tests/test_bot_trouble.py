"""When something breaks: it is logged without the token, apologised for, and nothing that was stored is lost."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from telegram.error import TimedOut

from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.faults import FaultRule
from bot.sandbox.run import TOKEN
from qualify.errors import Busy
from qualify.services.people import joining
from qualify.services.reviews import answering
from qualify.texts import say
from tests.driver import ASSESSOR, EMPLOYEE, EMPLOYEE_DONE, STRANGER, Bot, until
from tests.phone import Phone, one_deed, walk

pytest_plugins = ["tests.bot_fixtures"]


BROKEN = [
    *("wait-short", "wait-long", "error", "gateway", "page", "broken", "no-result"),
    *("reset-before", "reset-after", "silence-before", "silence-after"),
]


@contextmanager
def away(bot: Bot, *methods: str) -> Iterator[None]:
    """Let all calls of these methods fail."""
    bot.sandbox.inject_faults(*(FaultRule(["error"], method) for method in methods))
    yield
    bot.sandbox.inject_faults()


def broken(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("a bug")


async def test_a_bug_behind_a_button_is_logged_and_apologised_for(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    with monkeypatch.context() as patch:
        patch.setattr(answering, "press", broken)
        await phone.press("✅ 达到")
    assert phone.toast == say("zh-CN", "chat-error")
    logged = bot.complained()
    assert f"update {bot.updates[-1].update_id} failed" in logged
    assert "ZeroDivisionError: a bug" in logged
    await phone.press("✅ 达到")
    assert "第 2 条" in phone.last


async def test_a_bug_behind_a_message_is_logged_and_apologised_for(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "owed", broken)
    await bot.phone(ASSESSOR).start()
    assert bot.phone(ASSESSOR).last.startswith("抱歉，出了点问题")
    assert "ZeroDivisionError: a bug" in bot.complained()


async def test_somebody_new_is_told_in_their_language_that_the_database_is_busy(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy("error-database-busy")

    monkeypatch.setattr(joining, "meet", busy)
    stranger = bot.phone(STRANGER)
    await stranger.start()
    assert stranger.last == say("en", "error-database-busy")


async def test_an_apology_that_cannot_be_sent_is_not_tried_for_ever(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "owed", broken)
    with away(bot, "sendMessage"):
        await bot.phone(ASSESSOR).start()
    assert "the apology could not be sent" in bot.complained()


async def test_an_answer_that_is_stored_but_cannot_be_shown_is_there_at_the_next_start(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    with away(bot, "editMessageText", "sendMessage"):
        await phone.press("✅ 达到")
    assert "第 1 条" in phone.last
    assert "an answer was not delivered: Internal Server Error" in bot.complained()
    await phone.start()
    assert "第 2 条" in phone.last


@pytest.mark.parametrize("press", ["✅ 达到", "⏸"])
async def test_a_screen_that_cannot_be_edited_for_half_a_minute_comes_as_a_new_message(
    bot: Bot, assessor: Phone, press: str
) -> None:
    before = assessor.messages()[-1]
    with away(bot, "editMessageText"):
        await assessor.press(press)
    assert assessor.messages()[-1]["message_id"] > before["message_id"]
    assert assessor.last != before["text"]


async def test_where_one_call_in_five_fails_hardly_anybody_is_left_without_an_answer(bot: Bot, assessor: Phone) -> None:
    employee, silent = bot.phone(EMPLOYEE_DONE), []
    bot.sandbox.inject_faults(FaultRule(BROKEN, share=0.2), seed=1)
    for number in range(34):
        looks = ("/help", "/settings") if number % 9 else ("/history", "/result")
        deeds = [(assessor, one_deed(assessor)), *((employee, employee.say(command)) for command in looks)]
        for phone, deed in deeds:
            before = phone.heard
            await deed
            silent.append(phone.heard == before)
    assert bot.sandbox.faults.hits.total() > 20
    assert sum(silent) <= 1, f"of {len(silent)} acts"
    bot.complained()


async def test_what_a_submission_owes_goes_out_although_its_answer_was_lost(bot: Bot, assessor: Phone) -> None:
    await walk(assessor, all_met=True)
    bot.app.runtime.listen()
    with away(bot, "editMessageText", "sendMessage"):
        bot.sandbox.press(ASSESSOR, *assessor.button("提交评审"))
        await bot.take()
    await until(lambda: assessor.charts)
    assert "an answer was not delivered: Internal Server Error" in bot.complained()


async def test_a_screen_that_shows_the_same_already_is_no_error(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.say("/settings")
    await phone.press("简体中文", "简体中文")
    assert bot.complaints == []


async def test_a_press_that_is_too_old_to_be_answered_still_counts(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    bot.sandbox.fail_next("answerCallbackQuery", ApiError(400, "Bad Request: query is too old and response timeout …"))
    await phone.press("✅ 达到")
    bot.sandbox.queries.clear()
    assert "第 2 条" in phone.last


async def test_the_log_never_has_the_token(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = bot.phone(ASSESSOR)
    for error in (ApiError(401, "Unauthorized"), ApiError(502, "Bad Gateway"), TimedOut()):
        bot.sandbox.fail_next("sendMessage", error)
        await phone.start()
    monkeypatch.setattr(answering, "owed", broken)
    await phone.start()
    assert "ZeroDivisionError" in bot.complained()
    assert "Unauthorized" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


async def test_a_pause_that_telegram_asks_for_is_kept_and_the_answer_comes(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    bot.sandbox.fail_next("sendMessage", too_many_requests(12))
    await phone.say("/help")
    assert "/reviews" in phone.last
