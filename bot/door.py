"""The port that a webhook listens on, where anybody may knock: how many connections it holds, and for how long.

A connection that never finishes its headers, or waits without saying anything, is closed in time. When as many are
there as may be, a newcomer takes the place of the oldest that has no request in hand, so that a thousand hanging ones
keep nobody out.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import StreamReader, web
from aiohttp.http import HttpProcessingError
from aiohttp.typedefs import Handler

log = logging.getLogger(__name__)
of_requests = log.getChild("requests")
"""What the server logs of single requests."""

OUT_OF_RESOURCES = "socket.accept() out of system resource"  # as asyncio says it, again and again
ONCE_IN_SECONDS = 60.0
LINGERING_SECONDS = 1.0  # for the rest of a request that was refused before its body was read


@dataclass(frozen=True)
class Limits:
    """What the port allows: connections at once, and seconds for a request's headers, for its body, and between two
    requests."""

    connections: int = 200
    header_seconds: float = 10.0
    body_seconds: float = 10.0
    idle_seconds: float = 75.0


class Door:
    """Makes the protocol of each connection, and knows which of them have a request in hand."""

    def __init__(self, server: Callable[[], asyncio.Protocol], limits: Limits) -> None:
        self.limits = limits
        self._server = server
        self._visitors: dict[asyncio.BaseTransport, _Visitor] = {}  # the oldest first

    def __call__(self) -> asyncio.Protocol:
        """The protocol of a new connection."""
        return _Visitor(self, self._server())

    @property
    def visitors(self) -> int:
        """How many connections there are."""
        return len(self._visitors)

    @property
    def served(self) -> int:
        """How many of them have a request in hand."""
        return sum(each.is_served for each in self._visitors.values())

    def enter(self, transport: asyncio.Transport, visitor: "_Visitor") -> None:
        """Let a connection in; where that is one too many, somebody goes."""
        self._visitors[transport] = visitor
        if len(self._visitors) > self.limits.connections:
            self._send_away()

    def leave(self, transport: asyncio.BaseTransport) -> None:
        """Forget a connection that has ended."""
        self._visitors.pop(transport, None)

    def visitor(self, transport: asyncio.BaseTransport | None) -> "_Visitor | None":
        """Whose connection it is; None once it has ended."""
        return None if transport is None else self._visitors.get(transport)

    def _send_away(self) -> None:
        """Close the oldest connection that never sent a request, else the oldest between two requests, else the newest:
        a request in hand is never cut off."""
        *earlier, newest = self._visitors.values()
        free = [each for each in earlier if not each.is_served]
        strangers = (each for each in free if not each.was_served)
        next(strangers, free[0] if free else newest).end()


class _Visitor(asyncio.Protocol):
    """One connection: passes everything on to the server's protocol, and keeps the time."""

    def __init__(self, door: Door, inner: asyncio.Protocol) -> None:
        self._door = door
        self._inner = inner
        self._timer: asyncio.TimerHandle | None = None
        self._is_idle = False
        self.is_served = False
        self.was_served = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Headers are due within their time from now on."""
        self._transport = cast(asyncio.Transport, transport)
        self._inner.connection_made(transport)
        self._expect(self._door.limits.header_seconds)
        self._door.enter(self._transport, self)

    def data_received(self, data: bytes) -> None:
        """What ends a pause has to become a request in time."""
        if self._is_idle:
            self._expect(self._door.limits.header_seconds)
        self._inner.data_received(data)

    @property
    def is_here(self) -> bool:
        """Whether the connection still stands."""
        return not self._transport.is_closing()

    def begin(self, body: StreamReader) -> None:
        """A request is in hand: its headers are complete, and its body has to be so in time."""
        self.is_served = self.was_served = True
        self._expect(None)
        if not body.is_eof():
            self._timer = asyncio.get_running_loop().call_later(self._door.limits.body_seconds, self._end_without, body)

    def _end_without(self, body: StreamReader) -> None:
        if not body.is_eof():
            self.end()

    def finish(self) -> None:
        """The request was answered; another may follow."""
        self.is_served = False
        if self.is_here:
            self._expect(self._door.limits.idle_seconds, idle=True)

    def end(self) -> None:
        """Close the connection at once."""
        self._door.leave(self._transport)
        self._transport.abort()

    def _expect(self, seconds: float | None, *, idle: bool = False) -> None:
        """Something has to come within so many seconds, or the connection ends; None = whenever it comes."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else asyncio.get_running_loop().call_later(seconds, self.end)
        self._is_idle = idle

    def connection_lost(self, error: Exception | None) -> None:
        """The connection has ended, whoever ended it."""
        self._expect(None)
        self._door.leave(self._transport)
        self._inner.connection_lost(error)

    def eof_received(self) -> bool | None:
        """Passed on."""
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        """Passed on."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Passed on."""
        self._inner.resume_writing()


@asynccontextmanager
async def open_door(app: web.Application, host: str, port: int, limits: Limits) -> AsyncIterator[Door]:
    """Serve the application at this address within the limits; requests in hand at the end are finished."""

    @web.middleware
    async def watched(request: web.Request, handler: Handler) -> web.StreamResponse:
        visitor = door.visitor(request.transport)
        if visitor is None:
            return await handler(request)
        visitor.begin(request.content)
        try:
            return await handler(request)
        except ConnectionError:
            if visitor.is_here:
                raise
            return web.Response(status=408)  # that nobody hears
        finally:
            visitor.finish()

    app.middlewares.append(watched)
    runner = web.AppRunner(app, access_log=None, logger=of_requests, lingering_time=LINGERING_SECONDS)
    await runner.setup()
    assert runner.server is not None
    door = Door(cast(Callable[[], asyncio.Protocol], runner.server), limits)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(AcceptErrors(loop.time))
    bad_requests = BadRequests(loop.time)
    of_requests.addFilter(bad_requests)
    try:
        listening = await loop.create_server(door, host, port)
        try:
            yield door
        finally:
            listening.close()
    finally:
        of_requests.removeFilter(bad_requests)
        loop.set_exception_handler(None)
        await runner.cleanup()


class Seldom:
    """Counts what anybody can make happen, so that it is said once a minute and fills no log."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._silent_until = float("-inf")
        self._unsaid = 0

    def happened(self) -> int:
        """Once more. Returns how often by now when it is to be said, else 0."""
        self._unsaid += 1
        if self._time() < self._silent_until:
            return 0
        times, self._unsaid, self._silent_until = self._unsaid, 0, self._time() + ONCE_IN_SECONDS
        return times


class AcceptErrors:
    """The event loop's error handler: that no connection can be accepted is said once a minute, with how often it
    happened; anything else is said as always."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._seldom = Seldom(time)

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log what went wrong."""
        if context.get("message") != OUT_OF_RESOURCES:
            loop.default_exception_handler(context)
        elif times := self._seldom.happened():
            log.error("no connection can be accepted: %s (%d times)", context.get("exception"), times)


class BadRequests(logging.Filter):
    """What comes that is no HTTP, from whomever, is one line a minute in the log, with how often it came: a traceback
    each fills a disk. It never repeats what came."""

    def __init__(self, time: Callable[[], float]) -> None:
        super().__init__()
        self._seldom = Seldom(time)

    def filter(self, record: logging.LogRecord) -> bool:
        """Leave a bad request out; anything else is said as always."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, (HttpProcessingError, web.RequestPayloadError)):
            return True
        if times := self._seldom.happened():
            log.warning("what came is no HTTP: %s (%d times)", type(error).__name__, times)
        return False
