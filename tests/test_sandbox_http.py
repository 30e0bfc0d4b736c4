"""The sandbox over HTTP: for python-telegram-bot, for a webhook, for the chat page and a real browser."""

import asyncio
import re
from collections.abc import AsyncIterator
from socket import SO_LINGER, SOL_SOCKET
from struct import pack
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web
from playwright.async_api import async_playwright
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.sandbox import ApiError, Sandbox, webhook
from bot.sandbox.faults import FaultRule
from bot.sandbox.flood import FloodControl
from bot.sandbox.page_routes import PAGE
from tests.test_sandbox import LI, TOKEN, WANG, picture

pytest_plugins = ["tests.http_fixtures"]
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("达到", callback_data="met", style="success")]])


@pytest.fixture
def sandbox() -> Sandbox:
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot", bot_name="任职资格助手")
    sandbox.add_user(LI, "李明", note="员工")
    sandbox.add_user(WANG, "王芳", note="评估人")
    return sandbox


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        yield bot


async def ask(http: ClientSession, method: str, token: str = TOKEN, **params: Any) -> tuple[int, Any]:
    async with http.post(f"/bot{token}/{method}", json=params) as response:
        body = await response.json()
        return response.status, body.get("result", body.get("description"))


async def test_a_program_that_is_killed_while_it_asks_leaves_no_trace(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    writer.write(f'{head}Content-Length: 99\r\n\r\n{{"chat_id": '.encode())
    await writer.drain()
    async with ClientSession(url) as http:  # the sandbox has seen the first by now
        await ask(http, "getMe")
        writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
        writer.close()
        await ask(http, "getMe")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_python_telegram_bot_finds_a_bot_api(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.start(LI)
    message = await bot.send_message(LI, "<b>第 1 题</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    sandbox.press(LI, message.message_id, "达到")
    start, press = await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
    assert start.message
    assert start.message.parse_entities(["bot_command"])
    assert press.callback_query
    await press.callback_query.answer("已记录")
    await press.callback_query.edit_message_text("第 2 题", reply_markup=KEYBOARD)
    await bot.edit_message_media(InputMediaPhoto(picture(), caption="图"), LI, message.message_id)
    await bot.send_photo(LI, picture(), caption="<i>结果</i>", parse_mode="HTML", protect_content=True)
    await bot.send_document(LI, b"a,b", filename="结果.csv")
    await bot.set_my_commands([("start", "开始")], language_code="zh")
    assert await bot.get_updates(offset=press.update_id + 1) == ()
    assert sandbox.transcript(LI).splitlines() == [
        "李明: /start",
        "bot: 🖼 40×30",
        "  图",
        "bot: 🖼 40×30",
        "  结果",
        "bot: 📄 结果.csv",
        "~ 已记录",
    ]


async def test_python_telegram_bot_meets_telegrams_errors(sandbox: Sandbox, bot: Bot) -> None:
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(LI, "x")
    sandbox.start(LI)
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.send_message(LI, "a < b", parse_mode="HTML")
    sandbox.flood = FloodControl(30)
    await bot.send_message(LI, "x")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(LI, "x")
    assert caught.value._retry_after.total_seconds() == 1


async def test_a_file_travels_from_a_person_to_the_bot(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.send_document(LI, "证明.pdf", b"%PDF")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF"


async def test_a_poll_waits_for_news_and_gives_way_to_a_later_one(sandbox: Sandbox, http: ClientSession) -> None:
    waiting = asyncio.create_task(ask(http, "getUpdates", timeout=20))
    while not sandbox.requests:
        await asyncio.sleep(0)
    later = asyncio.create_task(ask(http, "getUpdates", timeout=20))
    code, words = await waiting
    assert (code, words.partition(";")[0]) == (409, "Conflict: terminated by other getUpdates request")
    sandbox.start(LI)
    _, (update,) = await later
    assert update["message"]["text"] == "/start"


async def test_a_webhook_ends_the_waiting_poll(sandbox: Sandbox, http: ClientSession) -> None:
    waiting = asyncio.create_task(ask(http, "getUpdates", timeout=20))
    while not sandbox.requests:
        await asyncio.sleep(0)
    await ask(http, "setWebhook", url="http://127.0.0.1:9/")
    code, words = await waiting
    assert (code, words.partition(" while")[0]) == (409, "Conflict: can't use getUpdates method")


async def test_requests_may_come_as_query_form_or_json(sandbox: Sandbox, http: ClientSession) -> None:
    sandbox.start(LI)
    async with http.get(f"/bot{TOKEN}/sendMessage", params={"chat_id": "1", "text": "5"}) as response:
        assert (await response.json())["result"]["text"] == "5"
    async with http.post(f"/bot{TOKEN}/sendMessage", data={"chat_id": "1", "text": "6"}) as response:
        assert (await response.json())["result"]["text"] == "6"
    async with http.post(
        f"/bot{TOKEN}/sendMessage", data="{", headers={"Content-Type": "application/json"}
    ) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse JSON object"
    async with http.post(f"/bot{TOKEN}/sendMessage", json=[1]) as response:
        assert response.status == 400
    assert await ask(http, "sendPoll") == (404, "Not Found: the sandbox does not implement sendPoll")
    assert await ask(http, "getMe", "2:OTHER") == (401, "Unauthorized")
    async with http.get("/file/bot2:OTHER/photos/file_1.png") as response:
        assert response.status == 404


async def test_a_webhook_gets_the_updates_again_until_it_accepts(
    sandbox: Sandbox, http: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "RETRY_SECONDS", 0)
    received: list[tuple[str, Any]] = []
    accepted = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        received.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], await request.json()))
        if len(received) == 1:
            return web.Response(status=500)
        accepted.set()
        return web.json_response({"method": "sendMessage", "chat_id": LI, "text": "在回复里"})

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await ask(http, "setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3")
        sandbox.start(LI)
        async with asyncio.timeout(10):
            await accepted.wait()
            while len(sandbox.updates):
                await asyncio.sleep(0.01)
    finally:
        await runner.cleanup()
    assert [secret for secret, _ in received] == ["s3", "s3"]
    assert received[0] == received[1]
    assert "bot: 在回复里" in sandbox.transcript(LI)


async def do(http: ClientSession, name: str, **body: Any) -> tuple[int, Any]:
    async with http.post(f"/api/{name}", json=body) as response:
        return response.status, (await response.json()).get("result")


async def test_the_page_does_what_people_do(sandbox: Sandbox, http: ClientSession) -> None:
    await do(http, "start", user=LI, payload="invite_1")
    sandbox.call(TOKEN, "sendMessage", {"chat_id": LI, "text": "题", "reply_markup": KEYBOARD.to_dict()})
    async with http.get("/api/state", params={"user": LI}) as response:
        state = await response.json()
    assert [message["text"] for message in state["chat"]["messages"]] == ["/start invite_1", "题"]
    assert [user["unread"] for user in state["users"]] == [1, 0]
    _, query = await do(http, "press", user=LI, message_id=2, data="met")
    sandbox.call(TOKEN, "answerCallbackQuery", {"callback_query_id": query, "text": "好"})
    async with http.get("/api/state", params={"user": LI, "since": state["version"], "wait": 1, "read": 1}) as response:
        news = await response.json()
    assert (news["chat"]["messages"], news["chat"]["answers"][0]["text"]) == ([], "好")
    assert [user["unread"] for user in news["users"]] == [0, 0]
    assert await do(http, "forward", user=LI, message_id=99) == (409, None)
    await do(http, "block", user=LI)
    assert (await do(http, "say", user=LI, text="x"))[0] == 409
    await do(http, "unblock", user=LI)
    before = sandbox.clock.now()
    await do(http, "clock", seconds=86400)
    assert (sandbox.clock.now() - before).days == 1
    await do(http, "clock", reset=True)
    assert not sandbox.clock.moved


async def test_one_more_phone_is_at_hand_for_somebody_who_was_invited(sandbox: Sandbox, http: ClientSession) -> None:
    known = set(sandbox.users)
    _, new = await do(http, "phone", language="en")
    assert (set(sandbox.users) - known, sandbox.users[new].first_name) == ({new}, f"Phone {new % 1000}")
    await do(http, "start", user=new, payload="token")
    assert "/start token" in sandbox.transcript(new)


@pytest.mark.parametrize(("kind", "content"), [("photo", picture()), ("document", b"<script>"), ("voice", b"OggS")])
async def test_uploads_arrive_and_only_pictures_and_sound_open_in_the_page(
    sandbox: Sandbox, http: ClientSession, kind: str, content: bytes
) -> None:
    form = FormData({"user": str(LI), "kind": kind, "caption": ""}, quote_fields=False)
    types = {"photo": "image/png", "document": "text/html", "voice": "audio/ogg"}
    form.add_field("file", content, filename="文件.x", content_type=types[kind])
    async with http.post("/api/upload", data=form) as response:
        stored = (await response.json())["result"][kind]
    async with http.get(f"/api/file/{(stored[-1] if kind == 'photo' else stored)['file_id']}") as response:
        assert await response.read() == content
        assert response.content_type == {**types, "photo": "image/jpeg", "document": "application/octet-stream"}[kind]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=lambda headers: next(iter(headers.items())),
)
async def test_other_sites_pages_are_refused(http: ClientSession, headers: dict[str, str]) -> None:
    async with http.get("/api/state", headers=headers) as response:
        assert response.status == 403


async def test_the_page_speaks_both_languages_and_loads_nothing_from_elsewhere(http: ClientSession) -> None:
    async with http.get("/api/words?language=zh-CN") as chinese, http.get("/api/words?language=en") as english:
        zh, en = (await chinese.json())["words"], (await english.json())["words"]
    assert zh.keys() == en.keys()
    assert (zh["start"], en["start"]) == ("开始", "Start")
    page = "".join(file.read_text(encoding="utf-8") for file in PAGE.glob("*.*s")) + (PAGE / "index.html").read_text()
    named = set(re.findall(r'(?:word\(|data-(?:word|label|placeholder)=)"([a-z-]+)"', page))
    assert named - zh.keys() == set()
    assert {word for word in zh.keys() - named if f'"{word}"' not in page} == {
        "attach-photo",
        "attach-document",
        "attach-voice",
        "attach-video",
    }
    async with http.get("/") as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


async def test_an_arranged_fault_reaches_the_bot(sandbox: Sandbox, http: ClientSession) -> None:
    sandbox.fail_next("getMe", ApiError(502, "Bad Gateway"))
    assert await ask(http, "getMe") == (502, "Bad Gateway")


@pytest.mark.browser
async def test_a_person_starts_presses_and_writes_in_a_browser(sandbox: Sandbox, url: str, chromium_path: str) -> None:
    problems: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        await page.goto(f"{url}/?user={LI}&start=invite_1")
        await page.get_by_test_id("start").click()
        await page.get_by_test_id("message").get_by_text("invite_1").wait_for()
        at = {"chat_id": LI, "message_id": 2}
        keyboard = KEYBOARD.to_dict()
        sandbox.call(TOKEN, "sendMessage", {"chat_id": LI, "text": "第 1 题", "reply_markup": keyboard})
        await page.get_by_test_id("button").click()
        await page.locator("[data-testid=button][aria-busy]").wait_for()
        query = sandbox.call(TOKEN, "getUpdates")[-1]["callback_query"]
        sandbox.call(TOKEN, "answerCallbackQuery", {"callback_query_id": query["id"], "text": "已记录"})
        sandbox.call(TOKEN, "editMessageText", {**at, "text": "第 2 题", "reply_markup": keyboard})
        await page.get_by_test_id("toast").get_by_text("已记录").wait_for()
        await page.locator("[data-testid=button]:not([aria-busy])").wait_for()
        await page.get_by_test_id("message").last.get_by_text("第 2 题").wait_for()
        await page.get_by_test_id("input").fill("他主持过三次回访")
        await page.get_by_test_id("send").click()
        await page.get_by_test_id("message").get_by_text("他主持过三次回访").wait_for()
        await page.get_by_test_id("people-open").click()
        await page.get_by_test_id("faults").locator("summary").click()
        await page.get_by_text("已执行，连接中断").click()
        await page.get_by_test_id("faults-method").select_option("sendPhoto")
        await page.get_by_test_id("faults-often").select_option("next-five")
        await page.get_by_test_id("faults-begin").click()
        await page.get_by_test_id("faults-on").get_by_text("故障中 · 0").wait_for()
        rules = sandbox.faults.rules
        await page.get_by_test_id("faults-end").click()
        await page.get_by_test_id("faults-on").wait_for(state="hidden")
        await page.get_by_test_id(f"user-{WANG}").click()
        await page.get_by_test_id("start").wait_for()
        await browser.close()
    assert sandbox.transcript(LI).splitlines()[-2:] == ["李明: 他主持过三次回访", "~ 已记录"]
    assert (rules, sandbox.faults.rules) == ((FaultRule(["reset-after"], "sendPhoto", times=5),), ())
    assert problems == []
