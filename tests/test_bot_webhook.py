"""Updates by webhook: only from Telegram, only what is one, and the 200 held back until it was handled."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer, unused_port
from telegram import Update

from bot import intake
from bot.app import App
from bot.config import BotSettings
from bot.intake import Intake
from bot.sandbox.run import TOKEN
from bot.webhook import SECRET_HEADER, make_app
from qualify.services import inbox
from tests.company import OPERATOR
from tests.driver import EMPLOYEE, Bot, InProcess

pytest_plugins = ["tests.bot_fixtures"]


SECRET = {SECRET_HEADER: "s3cret"}
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": EMPLOYEE, "type": "private"},
        "from": {"id": EMPLOYEE, "is_bot": False, "first_name": "陈晨"},
        "text": "/help",
    },
}


@pytest.fixture
async def hook(bot: Bot) -> AsyncIterator[tuple[TestClient[Any, Any], list[Update], asyncio.Event]]:
    """A webhook whose updates wait for the event."""
    taken: list[Update] = []
    gate = asyncio.Event()

    async def handle(update: Update) -> None:
        taken.append(update)
        await gate.wait()

    working = Intake(bot.app.runtime, handle)
    async with TestClient(TestServer(make_app(working, "/hook", "s3cret"))) as client:
        yield client, taken, gate
    gate.set()
    await working.finish()


async def test_only_telegram_knows_the_webhooks_secret(hook: Any) -> None:
    client, taken, _ = hook
    for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "s3cre"}, {SECRET_HEADER: "s3cret\u00e9"}):
        assert (await client.post("/hook", json=UPDATE, headers=headers)).status == 403
    assert (await client.post("/other", json=UPDATE, headers=SECRET)).status == 404
    assert taken == []


@pytest.mark.parametrize("body", ["", "{", "[]", "1", "null", '"x"', "{}", '{"update_id": 5, "message": {}}', "\xff"])
async def test_what_is_no_update_is_logged_and_passed_over_so_that_it_does_not_come_again(
    hook: Any, body: str, bot: Bot
) -> None:
    client, taken, _ = hook
    assert (await client.post("/hook", data=body.encode("latin-1"), headers=SECRET)).status == 200
    assert taken == []
    assert "an update" in bot.complained()


async def test_a_secret_of_any_bytes_is_only_wrong(hook: Any) -> None:
    client, taken, _ = hook
    host, port = client.server.host, client.server.port
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(
        b"POST /hook HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n" + SECRET_HEADER.encode() + b": \xff\r\n\r\n{}"
    )
    assert b" 403 " in await reader.readline()
    writer.close()
    assert taken == []


async def test_a_far_too_large_update_is_refused(hook: Any) -> None:
    client, taken, _ = hook
    assert (await client.post("/hook", data=b" " * 1_000_001, headers=SECRET)).status == 413
    assert taken == []


async def test_the_200_is_held_back_until_the_update_was_handled(hook: Any) -> None:
    client, taken, gate = hook
    posting = asyncio.create_task(client.post("/hook", json=UPDATE, headers=SECRET))
    while not taken:
        await asyncio.sleep(0)
    for _ in range(3):  # others are answered in the meantime
        assert (await client.post("/hook", json=UPDATE)).status == 403
    assert not posting.done()
    gate.set()
    assert (await posting).status == 200
    assert taken[0].message.text == "/help"


async def test_the_200_waits_no_longer_once_the_update_is_kept(
    hook: Any, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0.001)
    client, _, gate = hook
    assert (await client.post("/hook", json=UPDATE, headers=SECRET)).status == 200
    assert not gate.is_set()
    assert [each.update_id for each in inbox.listed(bot.context, OPERATOR)] == [5]


async def test_the_bot_at_work_behind_a_webhook(bot: Bot) -> None:
    await bot.phone(EMPLOYEE).start()
    port = unused_port()
    settings = BotSettings(
        bot_token=TOKEN,
        webhook_url="https://bot.example.org/telegram",
        webhook_listen="127.0.0.1",
        webhook_port=port,
        _env_file=None,
    )
    app = App(settings, bot.context, InProcess(bot.sandbox))
    await app.bot.initialize()
    serving = asyncio.create_task(app.serve())
    while not bot.sandbox.updates.webhook and not serving.done():
        await asyncio.sleep(0)
    registered = bot.sandbox.updates.webhook
    assert registered == {"url": settings.webhook_url, "secret_token": settings.webhook_secret_token()}
    async with ClientSession() as http:
        headers = {SECRET_HEADER: registered["secret_token"]}
        reply = await http.post(f"http://127.0.0.1:{port}/telegram", json=UPDATE, headers=headers)
        assert reply.status == 200
    assert "我能做这些" in bot.phone(EMPLOYEE).last
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    bot.sandbox.call(TOKEN, "deleteWebhook")
