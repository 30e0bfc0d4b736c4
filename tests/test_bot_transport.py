"""The bot's HTTP: what Telegram gets, what its refusals become, and that no error ever carries the token."""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Bot
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.render.message import Message
from bot.telegram_api import MOST_DOWNLOADED, TelegramApi, seconds_of
from bot.transport import (
    LONGEST_PAUSE,
    NO_CONNECTION,
    SHORTEST_PAUSE,
    USER_AGENT,
    AiohttpRequest,
    Call,
    NeverSent,
    may_have_arrived,
    result_of,
)

pytest_plugins = ["tests.http_fixtures"]
TOKEN = "123456:very-secret-token"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Answer], Awaitable[str]]]:
    """A Bot API that gives one answer to everything; the address with the token in it."""
    servers: list[TestServer] = []

    async def start(answer: Answer) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        servers.append(TestServer(app))
        await servers[-1].start_server()
        return f"{servers[-1].make_url('/bot')}{TOKEN}"

    yield start
    for server in servers:
        await server.close()


def ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def without_token(error: BaseException) -> bool:
    """Whether everything that could be printed of the error is free of the token."""
    printed = "".join(traceback.format_exception(error)) + repr(error) + str(error)
    return "very-secret" not in printed


async def test_a_call_is_plain_json_over_one_connection(request_: AiohttpRequest, serve: Any) -> None:
    seen: list[tuple[str, str, Any]] = []
    ports = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport
        ports.add(request.transport.get_extra_info("peername"))
        seen.append((request.path, request.headers["User-Agent"], await request.json()))
        return ok({"message_id": 7})

    url = await serve(answer)
    for _ in range(2):
        sent = await request_.call(f"{url}/sendMessage", Call({"chat_id": 1, "text": "你好", "protect_content": True}))
        assert sent == {"message_id": 7}
    wanted = {"chat_id": 1, "text": "你好", "protect_content": True}
    assert seen == [(f"/bot{TOKEN}/sendMessage", USER_AGENT, wanted)] * 2
    assert len(ports) == 1


async def test_files_keep_their_chinese_names(request_: AiohttpRequest, serve: Any) -> None:
    seen: list[tuple[str, bytes, str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        file = next(value for value in form.values() if isinstance(value, web.FileField))
        seen.append((file.filename, file.file.read(), str(form["caption"]), str(form["chat_id"])))
        return ok({"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}})

    url = await serve(answer)
    markup = {"inline_keyboard": [[{"text": "看", "callback_data": "e1"}]]}
    await request_.call(
        f"{url}/sendPhoto",
        Call(
            {"chat_id": 1, "caption": "陈晨 & <李>", "reply_markup": markup},
            {"photo": ("结果 “图”.png", b"PNG", "image/png")},
        ),
    )
    bot = Bot(TOKEN, base_url=url.removesuffix(TOKEN), request=request_, get_updates_request=request_)
    await bot.send_document(1, b"a,b", caption="成绩", filename="成绩表（十一月）.csv")
    assert seen == [
        ("结果 “图”.png", b"PNG", "陈晨 & <李>", "1"),
        ("成绩表（十一月）.csv", b"a,b", "成绩", "1"),
    ]


@pytest.mark.filterwarnings("error")  # aiohttp warns where much goes out in one turn of the event loop
async def test_a_large_file_goes_out_piece_by_piece_and_whole(request_: AiohttpRequest, serve: Any) -> None:
    sizes: list[int] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        part = await anext(aiter(await request.multipart()))
        size = 0
        while chunk := await part.read_chunk():
            size += len(chunk)
        sizes.append(size)
        return web.json_response({"ok": True, "result": True})

    address = await serve(answer)
    call = Call({}, {"document": ("a.xlsx", bytes(3 << 20), "application/octet-stream")})
    for _ in range(2):  # the same call once more, as after a pause that Telegram asked for
        assert await request_.call(f"{address}/sendDocument", call) is True
    assert sizes == [3 << 20] * 2


async def test_python_telegram_bots_own_requests_go_through(request_: AiohttpRequest, serve: Any) -> None:
    forms: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        forms.append(dict(await request.post()))
        return ok(True)

    url = await serve(answer)
    bot = Bot(TOKEN, base_url=url.removesuffix(TOKEN), request=request_, get_updates_request=request_)
    await bot.delete_webhook(drop_pending_updates=False)
    await bot.set_my_commands([("start", "开始")], language_code="zh")
    assert forms[0] in ({}, {"drop_pending_updates": "false"})
    assert json.loads(forms[1]["commands"]) == [{"command": "start", "description": "开始"}]


async def test_python_telegram_bots_own_requests_have_their_whole_result(request_: AiohttpRequest, serve: Any) -> None:
    async def answer(_: web.Request) -> web.Response:
        return ok([{"command": "start", "description": "开始"}])

    url = await serve(answer)
    bot = Bot(TOKEN, base_url=url.removesuffix(TOKEN), request=request_, get_updates_request=request_)
    assert [each.description for each in await bot.get_my_commands()] == ["开始"]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"description": "Bad Request: chat not found"}, BadRequest),
        (401, {"description": "Unauthorized"}, InvalidToken),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden),
        (404, {"description": "Not Found"}, InvalidToken),
        (409, {"description": "Conflict: terminated by other getUpdates request"}, Conflict),
        (413, {"description": "Request Entity Too Large"}, BadRequest),
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 5}}, RetryAfter),
        (429, {"description": "Too Many Requests"}, RetryAfter),
    ],
)
async def test_refusals_become_the_errors_that_handlers_know_and_nothing_was_done(
    request_: AiohttpRequest, serve: Any, status: int, body: dict[str, Any], kind: type[TelegramError]
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": status, **body}, status=status)

    with pytest.raises(TelegramError) as caught:
        await request_.call(f"{await serve(answer)}/sendMessage", Call({}))
    assert type(caught.value) is kind
    assert not may_have_arrived(caught.value)
    assert without_token(caught.value)


async def test_told_to_wait_but_not_how_long_it_is_a_second(request_: AiohttpRequest, serve: Any) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "description": "Too Many Requests"}, status=429)

    with pytest.raises(RetryAfter) as caught:
        await request_.call(f"{await serve(answer)}/sendMessage", Call({}))
    assert seconds_of(caught.value) == 1


@pytest.mark.parametrize(
    ("parameters", "seconds"),
    [
        ('{"retry_after":17}', 17),
        ('{"retry_after":1000000000000}', LONGEST_PAUSE),
        ('{"retry_after":-5}', 0),
        ('{"retry_after":1e999}', SHORTEST_PAUSE),
        ('{"retry_after":"soon"}', SHORTEST_PAUSE),
        ('{"retry_after":null}', SHORTEST_PAUSE),
        ("[1]", SHORTEST_PAUSE),
        ("null", SHORTEST_PAUSE),
    ],
)
def test_however_odd_the_pause_is_that_is_asked_for_there_is_one(parameters: str, seconds: int) -> None:
    with pytest.raises(RetryAfter) as caught:
        result_of(429, f'{{"ok":false,"parameters":{parameters}}}'.encode())
    assert seconds_of(caught.value) == seconds


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "<html>the proxy is down</html>"),
        (500, '{"ok": false, "error_code": 500, "description": "Internal Server Error"}'),
        (502, '{"ok": false, "error_code": 502, "description": "Bad Gateway"}'),
        (300, '{"ok": true, "result": 7}'),
        (504, "[]"),
        (403, "<html>not from this network</html>"),
        (200, "<html>please log in to the guest network</html>"),
        (200, '{"ok": true, "resu'),
        (200, '{"message_id": 7}'),
        (200, '{"ok": true}'),
        (200, '{"ok": false}'),
        (200, '{"ok": "false", "result": 7}'),
        (200, "7"),
        (200, 100_000 * "["),
        (200, '{"ok":true,"result":' + 100_000 * "[" + 100_000 * "]" + "}"),
    ],
)
async def test_an_answer_that_does_not_say_no_as_telegram_does_leaves_it_open_what_was_done(
    request_: AiohttpRequest, serve: Any, status: int, body: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, status=status)

    with pytest.raises(TelegramError) as caught:
        await request_.call(f"{await serve(answer)}/sendMessage", Call({}))
    assert may_have_arrived(caught.value)
    assert without_token(caught.value)


@pytest.mark.parametrize("body", ['{"ok":true,"result":{"message_id":7}}', ' { "ok" : true , "resu'])
async def test_where_nobody_reads_the_result_it_is_enough_that_it_was_done(
    request_: AiohttpRequest, serve: Any, body: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body)

    assert await request_.call(f"{await serve(answer)}/editMessageText", Call({}, reads=False)) is True


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, '{"ok":false,"result":true}'),
        (200, '{"ok":true}'),
        (502, '{"ok":true,"result":true}'),
        (200, '<p>{"ok":true,</p>'),
    ],
)
async def test_also_where_nobody_reads_the_result_nothing_else_counts_as_done(
    request_: AiohttpRequest, serve: Any, status: int, body: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, status=status)

    with pytest.raises(NetworkError):
        await request_.call(f"{await serve(answer)}/editMessageText", Call({}, reads=False))


async def test_a_page_that_shows_the_address_brings_no_token_into_an_error(
    request_: AiohttpRequest, serve: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=f"<html>{request.path} can't be reached</html>", status=504)

    url = await serve(answer)
    bot = Bot(TOKEN, base_url=url.removesuffix(TOKEN), request=request_, get_updates_request=request_)
    for call in (request_.call(f"{url}/sendMessage", Call({})), bot.delete_webhook(), request_.download(url, 5, 99)):
        with pytest.raises(NetworkError) as caught:
            await call
        assert without_token(caught.value)
    assert "very-secret" not in caplog.text


async def test_silence_is_a_timeout(request_: AiohttpRequest, serve: Any) -> None:
    enough = asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        await enough.wait()
        return ok(True)

    url = await serve(answer)
    with pytest.raises(TimedOut) as caught:
        await request_.call(f"{url}/getUpdates", Call({}), 0.05)
    enough.set()
    assert may_have_arrived(caught.value)
    assert without_token(caught.value)


async def test_a_connection_that_breaks_after_the_request_may_have_delivered_it(
    request_: AiohttpRequest, serve: Any
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return web.Response()

    with pytest.raises(NetworkError) as caught:
        await request_.call(f"{await serve(answer)}/sendMessage", Call({}))
    assert may_have_arrived(caught.value)
    assert without_token(caught.value)


async def test_a_body_that_breaks_off_is_a_network_error(request_: AiohttpRequest, serve: Any) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'{"ok": tr')
        assert request.transport
        request.transport.close()
        return response

    with pytest.raises(NetworkError) as caught:
        await request_.call(f"{await serve(answer)}/sendMessage", Call({}))
    assert may_have_arrived(caught.value)
    assert without_token(caught.value)


async def test_a_connection_that_is_refused_means_that_nothing_was_sent(request_: AiohttpRequest) -> None:
    with pytest.raises(NeverSent) as caught:
        await request_.call(f"http://127.0.0.1:{unused_port()}/bot{TOKEN}/sendMessage", Call({}))
    assert not may_have_arrived(caught.value)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{unused_port}/bot", "http://", "no address ", "ftp://127.0.0.1/bot"]
)
async def test_an_address_that_leads_nowhere_is_a_network_error(request_: AiohttpRequest, address: str) -> None:
    with pytest.raises(NetworkError) as caught:
        await request_.call(f"{address.format(unused_port=unused_port())}{TOKEN}/getMe", Call({}))
    assert without_token(caught.value)


async def test_calls_go_through_the_proxy(serve: Any) -> None:
    seen = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(str(request.url.host))
        return ok(True)

    proxy = (await serve(answer)).partition("/bot")[0]
    request = AiohttpRequest(proxy=proxy)
    await request.initialize()
    assert await request.call(f"http://api.telegram.invalid/bot{TOKEN}/getMe", Call({})) is True
    await request.shutdown()
    assert seen == ["api.telegram.invalid"]


async def test_it_opens_again_after_it_was_closed(request_: AiohttpRequest, serve: Any) -> None:
    async def answer(_: web.Request) -> web.Response:
        return ok(True)

    await request_.shutdown()
    await request_.shutdown()
    await request_.initialize()
    await request_.initialize()
    assert await request_.call(f"{await serve(answer)}/getMe", Call({})) is True


async def test_nothing_is_sent_before_it_was_opened() -> None:
    with pytest.raises(NetworkError, match="not initialized"):
        await AiohttpRequest().call(f"http://127.0.0.1/bot{TOKEN}/getMe", Call({}))


async def test_a_proxy_that_refuses_means_that_nothing_was_sent() -> None:
    async def refuse(request: web.Request) -> web.Response:
        return web.Response(status=502)

    proxy = TestServer(web.Application(middlewares=[]))
    proxy.app.router.add_route("*", "/{path:.*}", refuse)
    await proxy.start_server()
    request = AiohttpRequest(proxy=str(proxy.make_url("/")), read_timeout=5)
    await request.initialize()
    with pytest.raises(NetworkError) as caught:
        await request.call(f"https://127.0.0.1:1/bot{TOKEN}/sendMessage", Call({}))
    assert type(caught.value) is NeverSent
    assert without_token(caught.value)
    await request.shutdown()
    await proxy.close()


def test_a_connection_that_takes_too_long_means_that_nothing_was_sent() -> None:
    assert issubclass(aiohttp.ConnectionTimeoutError, TimeoutError)
    assert aiohttp.ConnectionTimeoutError in NO_CONNECTION


# ——— files that people sent


async def test_a_file_is_downloaded_from_the_address_that_telegram_names(request_: AiohttpRequest, serve: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/getFile"):
            return ok({"file_id": "f", "file_unique_id": "u", "file_path": "documents/名 单.csv"})
        assert request.path == f"/file/bot{TOKEN}/documents/名 单.csv"
        return web.Response(body="工号,姓名".encode())

    assert await api(request_, await serve(answer)).download("f") == "工号,姓名".encode()


@pytest.mark.parametrize("status", [400, 404])
async def test_a_file_that_is_gone_is_an_error_without_the_token(
    request_: AiohttpRequest, serve: Any, status: int
) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/getFile"):
            return ok({"file_id": "f", "file_unique_id": "u", "file_path": "documents/a.csv"})
        return web.json_response({"ok": False, "error_code": status, "description": "Not Found"}, status=status)

    with pytest.raises(TelegramError) as error:
        await api(request_, await serve(answer)).once.download("f")
    assert without_token(error.value)


async def test_no_more_is_downloaded_than_may_be_however_long_a_file_is(request_: AiohttpRequest, serve: Any) -> None:
    sent = []

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/getFile"):
            return ok({"file_id": "f", "file_unique_id": "u", "file_path": "documents/a.csv", "file_size": 1})
        endless = web.StreamResponse()
        await endless.prepare(request)
        while len(sent) < 2 * MOST_DOWNLOADED >> 20:
            await endless.write(bytes(1 << 20))
            sent.append(1)
        return endless

    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await api(request_, await serve(answer)).download("f")
    assert len(sent) < 2 * MOST_DOWNLOADED >> 20


@pytest.mark.parametrize("result", [True, [], {}, {"message_id": "7", "file_path": None}])
async def test_a_result_without_what_is_read_of_it_leaves_it_open_what_was_done(
    request_: AiohttpRequest, serve: Any, result: object
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return ok(result)

    telegram = api(request_, await serve(answer)).once
    for call in (telegram.send(1, Message("你好", [])), telegram.download("f")):
        with pytest.raises(TelegramError) as error:
            await call
        assert may_have_arrived(error.value)


def api(request: AiohttpRequest, url: str) -> TelegramApi:
    """The Bot API at this address, which has the token in it."""
    base = url.removesuffix(TOKEN)
    bot = Bot(TOKEN, base_url=base, base_file_url=base.replace("/bot", "/file/bot"), request=request)
    return TelegramApi(bot, request)
