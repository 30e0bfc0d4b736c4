"""python-telegram-bot's HTTP over aiohttp: its own transport is two thirds of what a press costs (see `make bench`)."""

import io
import json
from dataclasses import dataclass, field
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
UNREADABLE = "the reply can't be read"
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


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters of one API call as plain JSON values, and files by parameter: (name, content, type)."""

    parameters: dict[str, Any]
    files: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)

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
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": USER_AGENT})

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def call(self, url: str, call: Call, read_timeout: Any = BaseRequest.DEFAULT_NONE) -> Any:
        """Make one API call and return its plain result. Raises python-telegram-bot's errors, or NeverSent."""
        try:
            return await self.post(url, call, read_timeout)  # type: ignore[arg-type]  # only `do_request` looks inside
        except KeyError:  # a refusal that calls itself a success
            raise TelegramError(UNREADABLE) from None
        except TelegramError as error:
            if error.__cause__ is None:
                raise
            status, _, _ = error.message.partition(".")  # what follows is the body, a proxy's page
            raise NetworkError(status) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The reply, in the form that all of Telegram's have. Raises TelegramError for anything else."""
        try:
            reply = json.loads(payload)
        except ValueError:
            reply = None
        if isinstance(reply, dict) and (reply.get("ok") is False or (reply.get("ok") is True and "result" in reply)):
            return reply
        raise TelegramError(UNREADABLE)

    async def do_request(  # noqa: PLR0917  # the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | Call | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one request; its status and body. Errors carry no URL, for the URL carries the token."""
        if self._session is None:
            raise NeverSent("the transport is not initialized")
        timeout = aiohttp.ClientTimeout(
            total=self._seconds(read_timeout, self._read_timeout),
            connect=self._seconds(connect_timeout, 10.0),
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except NO_CONNECTION as error:
            raise NeverSent(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError):
            raise TimedOut from None
        except Exception as error:  # its words may hold the address, and so the token
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def _seconds(given: Any, default: float) -> float | None:
        return default if given is BaseRequest.DEFAULT_NONE else given


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
