"""python-telegram-bot's HTTP over aiohttp: its own transport is two thirds of what a press costs (see `make bench`)."""

import io
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

USER_AGENT = "qualify-bot"
LIMIT = 256
CONNECT_SECONDS = 3.0
TOO_BIG = "file is too big"
UNREADABLE = "the reply can't be read"
SHORTEST_PAUSE, LONGEST_PAUSE = 1, 3600  # seconds
NO_CONNECTION = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


class NeverSent(NetworkError):
    """There was no connection over which the request could have left."""


REFUSED = (RetryAfter, BadRequest, Forbidden, InvalidToken, Conflict, ChatMigrated)
"""Telegram understood the request and didn't do what it asks for."""


def may_have_arrived(error: TelegramError) -> bool:
    """Whether what the failed call asked for may have been done all the same: a message may stand in the chat.

    That is so whenever the request left and no answer in Telegram's own form says no: silence, a connection that broke,
    a 5xx, a page of a proxy whatever its status.
    """
    return not isinstance(error, (*REFUSED, NeverSent))


def was_refused(error: TelegramError) -> bool:
    """Whether the same call would be refused again, however often it is made."""
    return isinstance(error, REFUSED) and not isinstance(error, RetryAfter)


_ERRORS: dict[int, type[TelegramError]] = {401: InvalidToken, 403: Forbidden, 404: InvalidToken, 409: Conflict}
"""By status, as python-telegram-bot has them; any other 4xx is a BadRequest."""


DONE = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\s*,')
"""How a reply begins that says that something was done."""


def result_of(status: int, body: bytes) -> Any:
    """The result in a reply of the Bot API. Raises the error that it tells of, NetworkError when it is no such reply.

    No error repeats what can't be read: a proxy's page may show the address, and so the token.
    """
    try:
        reply = json.loads(body)
        succeeded, description = reply["ok"], str(reply.get("description", status))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NetworkError(f"{UNREADABLE} ({status})") from None
    if status < 300 and succeeded is True and "result" in reply:
        return reply["result"]
    if not 400 <= status < 500:
        raise NetworkError(description if status >= 500 else f"{UNREADABLE} ({status})")
    if status == 429:
        raise RetryAfter(_pause_in(reply))
    raise _ERRORS.get(status, BadRequest)(description)


def _pause_in(reply: dict[str, Any]) -> int:
    """How many seconds a reply asks to wait: a moment where it doesn't say, and of a very long pause a part, after
    which Telegram is asked again."""
    parameters = reply.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return min(max(seconds, 0), LONGEST_PAUSE) if isinstance(seconds, int) else SHORTEST_PAUSE


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters of one API call as plain JSON values, and files by parameter: (name, content, type). Where
    nobody `reads` its result, which for an edit is the whole message, that it was done is enough."""

    parameters: dict[str, Any]
    files: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)
    reads: bool = True

    @property
    def json_parameters(self) -> dict[str, str]:
        """Each parameter as a form field."""
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.parameters.items()}

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes, str]]:
        """The files, as python-telegram-bot names them."""
        return self.files


class AiohttpRequest(BaseRequest):
    """One aiohttp session for all calls; proxies as aiohttp takes them. Timeouts are in seconds."""

    def __init__(self, *, proxy: str | None = None, read_timeout: float = 20.0) -> None:
        self._proxy = proxy
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The time to wait for a reply unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=LIMIT, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": USER_AGENT}, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def call(self, url: str, call: Call, read_timeout: Any = BaseRequest.DEFAULT_NONE) -> Any:
        """Make one API call and return its plain result. Raises python-telegram-bot's errors, or NeverSent."""
        return await self.post(url, call, read_timeout)

    async def post(  # type: ignore[misc, override]  # final there, but puts what can't be read into its error
        self,
        url: str,
        request_data: RequestData | Call | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        **_: Any,
    ) -> Any:
        """The same for python-telegram-bot's own methods."""
        status, body = await self.do_request(
            url=url, method="POST", request_data=request_data, read_timeout=read_timeout
        )
        is_unread = isinstance(request_data, Call) and not request_data.reads
        return True if is_unread and status == 200 and DONE.match(body) else result_of(status, body)

    async def download(self, url: str, read_timeout: float, most: int) -> bytes:
        """The content at the address, of at most so many bytes whatever was announced. Raises python-telegram-bot's
        errors, or NeverSent."""
        status, body = await self.do_request(url=url, method="GET", read_timeout=read_timeout, most=most)
        if status >= 400:
            result_of(status, body)
        return body

    async def do_request(  # noqa: PLR0917  # the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | Call | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        most: int | None = None,
    ) -> tuple[int, bytes]:
        """Send one request; its status and body, which may have `most` bytes. Errors carry no URL, for the URL carries
        the token."""
        if self._session is None:
            raise NeverSent("the transport is not initialized")
        timeout = _timeout(
            self._seconds(read_timeout, self._read_timeout), self._seconds(connect_timeout, CONNECT_SECONDS)
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await (response.read() if most is None else _at_most(response.content, most))
        except BadRequest:
            raise
        except NO_CONNECTION as error:
            raise NeverSent(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError):
            raise TimedOut from None
        except Exception as error:  # its words may hold the address, and so the token
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def _seconds(given: Any, default: float) -> float | None:
        return default if given is BaseRequest.DEFAULT_NONE else given


async def _at_most(stream: aiohttp.StreamReader, most: int) -> bytes:
    """What comes, piece by piece. Raises BadRequest, as Telegram refuses it, where that is more."""
    body = bytearray()
    async for piece in stream.iter_any():
        body += piece
        if len(body) > most:
            raise BadRequest(TOO_BIG)
    return bytes(body)


@lru_cache(maxsize=64)
def _timeout(total: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, connect=connect)


def _body(data: RequestData | Call | None) -> aiohttp.FormData | aiohttp.Payload | dict[str, str] | None:
    if data is None:
        return None
    if isinstance(data, Call) and not data.files:
        return aiohttp.JsonPayload(data.parameters)
    if not data.multipart_data:
        return data.json_parameters
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, content_type) in data.multipart_data.items():
        # A stream is sent piece by piece, bytes would be in one turn of the loop.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=content_type)
    return form
