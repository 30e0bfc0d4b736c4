"""The webhook's port: whoever hangs there is sent away in time, and keeps nobody out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from bot.door import OUT_OF_RESOURCES, AcceptErrors, Door, Limits, of_requests, open_door

SOON = 0.05
PATIENT = Limits(connections=10, header_seconds=60, body_seconds=60, idle_seconds=60)
UNFINISHED = b"POST / HTTP/1.1\r\nHost: h\r\nContent-"
WHOLE = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Streams]]


@asynccontextmanager
async def port(limits: Limits, gate: asyncio.Event | None = None) -> AsyncIterator[tuple[Door, Connect]]:
    """A port within these limits, whose requests are answered once the gate is open; and a way to connect to it."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        if gate is not None:
            await gate.wait()
        return web.Response(text="done")

    app, number = web.Application(), unused_port()
    app.router.add_post("/", answer)
    async with AsyncExitStack() as stack:
        door = await stack.enter_async_context(open_door(app, "127.0.0.1", number, limits))

        async def connect() -> Streams:
            reader, writer = await asyncio.open_connection("127.0.0.1", number)
            stack.callback(writer.close)
            return reader, writer

        yield door, connect


async def ask(connection: Streams) -> bytes:
    """Send a request and read the first line of the answer."""
    reader, writer = connection
    writer.write(WHOLE)
    return await reader.readline()


async def in_hand(door: Door, requests: int) -> None:
    """Wait until so many requests are in hand."""
    while door.served < requests:
        await asyncio.sleep(0)


async def ended(connection: Streams) -> bool:
    """Whether the other side ends the connection, whatever it says before."""
    try:
        await asyncio.wait_for(connection[0].read(), 10)
    except ConnectionResetError:
        return True
    return connection[0].at_eof()


async def test_hanging_connections_keep_nobody_out() -> None:
    async with port(PATIENT) as (door, connect):
        hanging = [await connect() for _ in range(30)]
        for _, writer in hanging:
            writer.write(UNFINISHED)
        assert b" 200 " in await ask(await connect())
        assert door.visitors <= PATIENT.connections
        assert await ended(hanging[0]), "the oldest goes first"


async def test_a_request_in_hand_and_a_connection_that_had_one_stay_while_strangers_come_and_go() -> None:
    gate = asyncio.Event()
    gate.set()
    async with port(PATIENT, gate) as (door, connect):
        known, busy = await connect(), await connect()
        assert b" 200 " in await ask(known)
        await known[0].readuntil(b"done")
        gate.clear()
        asking = asyncio.create_task(ask(busy))
        await in_hand(door, 1)
        for _ in range(30):
            await connect()
        gate.set()
        assert b" 200 " in await asking
        assert b" 200 " in await ask(known)


async def test_connections_between_two_requests_make_room_for_a_newcomer_but_not_those_with_a_request_in_hand() -> None:
    gate = asyncio.Event()
    gate.set()
    async with port(replace(PATIENT, connections=2), gate) as (door, connect):
        busy, idle = await connect(), await connect()
        assert b" 200 " in await ask(busy)
        assert b" 200 " in await ask(idle)
        gate.clear()
        busy[1].write(WHOLE)
        await in_hand(door, 1)
        asking = asyncio.create_task(ask(await connect()))
        assert await ended(idle)
        gate.set()
        assert b" 200 " in await asking
        assert (await busy[0].readuntil(b"done")).count(b"done") == 1


async def test_where_every_connection_has_a_request_in_hand_the_newcomer_goes() -> None:
    gate = asyncio.Event()
    async with port(replace(PATIENT, connections=1), gate) as (door, connect):
        busy = await connect()
        busy[1].write(WHOLE)
        await in_hand(door, 1)
        assert await ended(await connect())
        gate.set()
        assert b" 200 " in await busy[0].readline()


@pytest.mark.parametrize(
    ("limits", "sent"),
    [
        (replace(PATIENT, header_seconds=SOON), b""),
        (replace(PATIENT, header_seconds=SOON), UNFINISHED),
        (replace(PATIENT, body_seconds=SOON), WHOLE[:-1]),
        (replace(PATIENT, idle_seconds=SOON), WHOLE),
    ],
    ids=["nothing", "half of the headers", "half of the body", "nothing after a request"],
)
async def test_what_does_not_come_in_time_ends_the_connection_without_a_word_in_the_log(
    limits: Limits, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with port(limits) as (door, connect):
        connection = await connect()
        connection[1].write(sent)
        assert await ended(connection)
        assert door.visitors == 0
    assert caplog.text == ""


async def test_headers_that_trickle_in_have_no_more_time_than_others() -> None:
    async with port(replace(PATIENT, header_seconds=SOON)) as (_, connect):
        reader, writer = await connect()
        assert b" 200 " in await ask((reader, writer))
        await reader.readuntil(b"done")
        ending = asyncio.create_task(ended((reader, writer)))
        writer.write(b"POST / HTTP/1.1\r\n")
        for _ in range(100):  # more of them aiohttp itself refuses
            writer.write(b"A: b\r\n")
            if (await asyncio.wait([ending], timeout=SOON / 5))[0]:
                break
        assert ending.done()


def test_that_no_connection_can_be_accepted_is_said_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = 1000.0
    errors, loop = AcceptErrors(lambda: now), asyncio.new_event_loop()
    for _ in range(500):
        errors(loop, {"message": OUT_OF_RESOURCES, "exception": OSError(24, "Too many open files")})
    now += 60
    errors(loop, {"message": OUT_OF_RESOURCES, "exception": OSError(24, "Too many open files")})
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        "[Errno 24] Too many open files (1 times)",
        "[Errno 24] Too many open files (500 times)",
    ]
    errors(loop, {"message": "something else"})
    loop.close()
    assert caplog.records[-1].getMessage() == "something else"
    assert caplog.records[-1].levelno == logging.ERROR


async def test_what_is_no_http_is_a_line_a_minute_and_other_faults_are_told_as_ever(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with port(PATIENT) as (_, connect):
        for odd in (
            b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: h\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
            b"POST / HTTP/1.1\r\nHost: h\r\nSecret: " + 10_000 * b"a" + b"\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        ):
            reader, writer = await connect()
            writer.write(odd)
            await reader.read()
        (said,) = caplog.records
        assert said.getMessage().startswith("what came is no HTTP: ")
        assert said.exc_info is None
        of_requests.error("something else")
    assert caplog.messages[1:] == ["something else"]
