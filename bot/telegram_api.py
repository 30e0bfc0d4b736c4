"""The Bot API as handlers use it: plain JSON in, no reply objects out, Telegram's harmless refusals understood."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar, cast

from telegram import Bot
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.render.message import Message
from bot.transport import AiohttpRequest, Call

T = TypeVar("T")
File = tuple[str, bytes, str]
"""Name, content, type."""
Files = dict[str, File]
NOT_MODIFIED = "message is not modified"
MAX_TOAST = 200
DOWNLOAD_TIME = 60.0  # seconds for the largest file
SHORT_PAUSE = 5.0  # seconds a person may be kept waiting for an answer
TOO_OLD = "query is too old"
GONE = ("message to edit not found", "message can't be edited", "there is no ")  # text, or caption, in it


class TelegramApi:
    """Calls that matter for speed go straight to the transport; errors are python-telegram-bot's."""

    def __init__(
        self, bot: Bot, request: AiohttpRequest, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self.bot = bot
        self._request = request
        self._sleep = sleep

    async def call(self, method: str, files: Files | None = None, **parameters: Any) -> Any:
        """One API call; None values are left out. A short pause that Telegram asks for is kept.

        Raises TelegramError.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        url, call = f"{self.bot.base_url}/{method}", Call(given, files or {})
        try:
            return await self._request.call(url, call)
        except RetryAfter as error:
            if seconds_of(error) > SHORT_PAUSE:
                raise
            await self._sleep(seconds_of(error))
            return await self._request.call(url, call)

    async def send(self, chat_id: int, message: Message, *, silent: bool = False) -> int:
        """Send a message. Returns its id; a `silent` one makes no sound."""
        sent = await self.call(
            "sendMessage",
            chat_id=chat_id,
            protect_content=message.protected or None,
            disable_notification=silent or None,
            **_content(message),
        )
        return int(sent["message_id"])

    async def send_photo(self, chat_id: int, png: bytes, caption: Message, *, silent: bool = False) -> None:
        """Send a result's chart; protected, for it is about a person. A `silent` one makes no sound."""
        await self.call(
            "sendPhoto",
            {"photo": ("result.png", png, "image/png")},
            chat_id=chat_id,
            caption=caption.text,
            parse_mode="HTML",
            reply_markup=caption.markup,
            protect_content=caption.protected or None,
            disable_notification=silent or None,
        )

    async def send_document(self, chat_id: int, file: File, caption: str | None = None) -> None:
        """Send a file that is meant to be saved; the caption is plain text."""
        await self.call("sendDocument", {"document": file}, chat_id=chat_id, caption=caption)

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody sent, at most 20 MB. Raises TelegramError."""
        found = await self.bot.get_file(file_id)
        return bytes(await found.download_as_bytearray(read_timeout=DOWNLOAD_TIME))

    async def edit(self, chat_id: int, message_id: int, message: Message) -> bool:
        """Edit a message in place; False when it can't be edited any more and must be sent anew."""
        return await self._edit("editMessageText", chat_id=chat_id, message_id=message_id, **_content(message))

    async def edit_caption(self, chat_id: int, message_id: int, message: Message) -> bool:
        """Edit what stands under a picture, and its buttons; False when that isn't possible any more."""
        content = {"caption": message.text, "parse_mode": "HTML", "reply_markup": message.markup}
        return await self._edit("editMessageCaption", chat_id=chat_id, message_id=message_id, **content)

    async def _edit(self, method: str, **parameters: Any) -> bool:
        try:
            await self.call(method, **parameters)
        except BadRequest as error:
            if NOT_MODIFIED in error.message.lower():
                return True
            if any(words in error.message.lower() for words in GONE):
                return False
            raise
        return True

    async def answer(self, query_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a button press; one that is too old to be answered is no error."""
        try:
            shown = text and text[:MAX_TOAST]
            await self.call("answerCallbackQuery", callback_query_id=query_id, text=shown, show_alert=alert or None)
        except BadRequest as error:
            if TOO_OLD not in error.message.lower():
                raise

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message if that is still possible."""
        try:
            await self.call("deleteMessage", chat_id=chat_id, message_id=message_id)
        except TelegramError:
            return

    async def answer_and_edit(self, query_id: str, toast: str | None, edit: Coroutine[Any, Any, T]) -> T:
        """Answer a press and edit at the same time, so that the spinner stops as the screen changes. Returns what
        `edit` does."""
        answered, edited = await asyncio.gather(self.answer(query_id, toast), edit, return_exceptions=True)
        for outcome in (edited, answered):
            if isinstance(outcome, BaseException):
                raise outcome
        return cast(T, edited)


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, "parse_mode": "HTML", "reply_markup": message.markup}


def seconds_of(error: RetryAfter) -> float:
    """How many seconds Telegram asks to wait."""
    given = error.retry_after
    return given.total_seconds() if isinstance(given, timedelta) else float(given)
