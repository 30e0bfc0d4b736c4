"""What goes on after its update was handled: one thing at a time for each person, and it never ends in silence."""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

import pytest

from bot import intake, jobs
from bot.handlers.screens import go_on
from bot.jobs import Jobs
from bot.runtime import Runtime
from bot.sandbox.errors import ApiError, bad_request
from bot.workers import Workers
from qualify.errors import InvalidInput
from qualify.services import inbox
from qualify.services.people import joining
from qualify.storage.people import Who
from qualify.texts import say
from tests.company import OPERATOR, refused
from tests.driver import ADMIN, ASSESSOR, Beside, Bot, company
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


def held_up(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Work beside the bot stands still until the event is set; its update is kept without ado."""
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    gate, run = asyncio.Event(), Beside.run

    async def waiting(self: Beside, *args: Any, **kwargs: Any) -> Any:
        await gate.wait()
        return await run(self, *args, **kwargs)

    monkeypatch.setattr(Beside, "run", waiting)
    return gate


async def presses(bot: Bot, phone: Phone, label: str) -> None:
    """Press and let the bot take it, but don't wait for what goes on."""
    message_id, data = phone.button(label)
    bot.sandbox.press(phone.user_id, message_id, data)
    while await bot.poller.poll(0):
        pass


async def who_is(runtime: Runtime, user_id: int) -> Who:
    who = await runtime.run(joining.find, user_id)
    assert who is not None
    return who


async def test_the_processes_do_all_that_the_bot_hands_over(bot: Bot, admin: Phone) -> None:
    bot.app.runtime.jobs.workers = Workers()
    await admin.press("导出", "📦 导出")
    assert admin.messages()[-1]["document"]["file_name"] == "qualify-2026-11-22.xlsx"
    await admin.press("返回", "人员", "邀请未加入的人")
    assert admin.messages()[-1]["document"]["file_name"] == "invitations-2026-11-22.xlsx"
    await admin.send_document("名单.csv", "工号,姓名\nN1,许诺\n".encode())
    assert "新增：许诺" in admin.last


async def test_while_a_workbook_is_made_its_person_and_everybody_else_go_on(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = held_up(monkeypatch)
    await admin.press("导出")
    await presses(bot, admin, "📦 导出")
    assert admin.toast == "正在生成，马上发给你。"
    while len(bot.sandbox.updates):  # the press is acknowledged as soon as it is kept
        await bot.poller.poll(0)
    assessor = bot.phone(ASSESSOR)
    bot.sandbox.start(ASSESSOR)
    bot.sandbox.say(ADMIN, "/help")
    await bot.poller.poll(0)
    assert "周明" in assessor.last
    assert "document" not in admin.messages()[-1]
    assert len(inbox.listed(bot.context, OPERATOR)) == 1, "what began it is kept until it is done"
    gate.set()
    await bot.settle()
    await bot.app.intake.finish()
    assert inbox.listed(bot.context, OPERATOR) == []
    assert "document" in admin.messages()[-1]


async def test_a_second_thing_is_refused_while_the_first_is_under_way(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = held_up(monkeypatch)
    await admin.press("导出")
    await presses(bot, admin, "📦 导出")
    await presses(bot, admin, "📦 导出")
    assert admin.toast == "上一件还在进行，好了马上告诉你。这一件没有收，到时请再来一次。"
    gate.set()
    await bot.settle()
    assert len(bot.sandbox.sent("sendDocument")) == 1
    await admin.press("📦 导出")
    assert len(bot.sandbox.sent("sendDocument")) == 2


async def test_what_breaks_in_a_process_is_logged_with_its_update_and_apologised_for(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dying(self: Beside, seconds: float, *_: Any) -> Any:
        return await Workers().run(seconds, os._exit, 1)

    monkeypatch.setattr(Beside, "run", dying)
    await admin.press("导出", "📦 导出")
    assert admin.last == say("zh-CN", "chat-error")
    logged = bot.complained()
    assert f"update {bot.updates[-1].update_id} failed" in logged
    assert "the process died: 1" in logged


async def test_work_that_hangs_is_ended_and_apologised_for(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hanging(self: Beside, *_: Any) -> Any:
        return await Workers().run(0.05, time.sleep, 60)

    monkeypatch.setattr(Beside, "run", hanging)
    await admin.press("导出", "📦 导出")
    assert "抱歉，出了点问题" in admin.last
    assert "TimeoutError" in bot.complained()


async def test_a_refusal_on_the_way_is_said_by_message(bot: Bot, admin: Phone) -> None:
    async def work() -> None:
        raise InvalidInput("error-file-unreachable")

    runtime = bot.app.runtime
    go_on(runtime, await who_is(runtime, ADMIN), work())
    await bot.settle()
    assert admin.last == "没能取到这个文件。请稍后再试，或再发一次。"


async def test_where_telegram_refuses_even_the_apology_it_is_logged(bot: Bot, admin: Phone) -> None:
    async def work() -> None:
        raise ZeroDivisionError

    runtime = bot.app.runtime
    bot.sandbox.fail_next("sendMessage", ApiError(502, "Bad Gateway"), times=3)
    go_on(runtime, await who_is(runtime, ADMIN), work())
    await bot.settle()
    assert "how it ended could not be said: Bad Gateway" in bot.complained()


async def test_what_telegram_refuses_is_logged(bot: Bot, admin: Phone) -> None:
    runtime = bot.app.runtime
    bot.sandbox.fail_next("sendDocument", bad_request("no"))
    who = await who_is(runtime, ADMIN)
    go_on(runtime, who, runtime.api.send_document(ADMIN, ("a.csv", b"x", "text/csv")))
    await bot.settle()
    assert "an answer was not delivered: No" in bot.complained()


async def test_a_stop_waits_for_what_is_under_way(bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = held_up(monkeypatch)
    await admin.press("导出")
    await presses(bot, admin, "📦 导出")
    stopping = asyncio.create_task(bot.app.runtime.jobs.finish())
    await asyncio.sleep(0)
    assert not stopping.done()
    gate.set()
    await stopping
    assert "document" in admin.messages()[-1]


async def test_a_stop_does_not_wait_for_ever_and_says_so(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FINISH_SECONDS", 0)
    held_up(monkeypatch)
    await admin.press("导出")
    await presses(bot, admin, "📦 导出")
    await bot.app.runtime.jobs.finish()
    assert admin.last == say("zh-CN", "chat-job-stopped")
    assert "the bot stopped before it was done" in bot.complained()
    assert not bot.app.runtime.jobs.is_busy(ADMIN)


async def test_the_bot_waits_when_it_stops(tmp_path: Path) -> None:
    async with company(tmp_path) as bot:
        admin = bot.phone(ADMIN)
        await admin.start()
        await admin.say("/admin")
        await admin.press("导出")
        await presses(bot, admin, "📦 导出")
    assert "document" in admin.messages()[-1]


async def test_nobody_begins_two_things() -> None:
    mine = Jobs()
    mine.begin(1, asyncio.sleep(0))
    with refused("error-job-under-way"):
        mine.refuse_second(1)
    mine.refuse_second(2)
    await mine.idle()
    mine.refuse_second(1)
