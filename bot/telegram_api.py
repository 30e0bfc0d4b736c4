"""The Bot API as handlers use it: plain JSON in, no reply objects out, Telegram's harmless refusals understood."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Any, TypeVar
from urllib.parse import quote

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.render.message import Message
from bot.transport import UNREADABLE, AiohttpRequest, Call, may_have_arrived, was_refused
from qualify.imports import MOST_MEGABYTES

log = logging.getLogger(__name__)

T = TypeVar("T")
File = tuple[str, bytes, str]
"""Name, content, type."""
Files = dict[str, File]
NOT_MODIFIED = "message is not modified"
MAX_TOAST = 200
ANSWER_SECONDS = 5.0  # for Telegram to answer a call
UPLOAD_SECONDS = 30.0  # at most, for a large file
UPLOAD_RATE = 100_000  # bytes a second, of a slow line
DOWNLOAD_SECONDS = 60.0  # for the largest file
MOST_DOWNLOADED = MOST_MEGABYTES << 20  # bytes, as Telegram itself has it; a server of one's own gives more
PATIENCE = 30.0  # seconds that a person's answer is tried
FIRST_PAUSE = 0.5  # seconds; each next one is twice as long
UNSURE_AGAIN = 2  # see `Tries`
SENT_AGAIN = {
    "photo": ("sendPhoto", "photo"),
    "document": ("sendDocument", "document"),
    "audio": ("sendAudio", "audio"),
    "video": ("sendVideo", "video"),
    "voice": ("sendVoice", "voice"),
    "video_note": ("sendVideoNote", "video_note"),
}
"""How each kind of file is sent: the method, and the parameter for the file."""
TOO_OLD = "query is too old"
GONE = ("message to edit not found", "message can't be edited", "there is no ")  # text, or caption, in it


@dataclass
class Tries:
    """The tries of one call that a person waits for, which may take `patience` seconds in all.

    A `repeatable` call does the same however often it is made: an edit, a deletion, the answer to a press. A message
    that may have arrived already is sent again only `UNSURE_AGAIN` times. Seen twice it harms nobody, while one that
    never comes leaves a person waiting: where one call in five fails, 1 message in 125 is lost. A token that is refused
    while updates come is a fault of Telegram's, which passes.
    """

    repeatable: bool
    patience: float
    spent: float = 0.0
    failed: int = 0
    unsure: int = 0

    def pause_after(self, error: TelegramError, took: float) -> float | None:
        """How many seconds to wait before the next try, after one that took `took` seconds and failed; None when there
        is to be none."""
        self.failed += 1
        self.unsure += may_have_arrived(error)
        pause = seconds_of(error) if isinstance(error, RetryAfter) else FIRST_PAUSE * 2 ** (self.failed - 1)
        self.spent += took + pause
        over = self.spent >= self.patience or (self.unsure > UNSURE_AGAIN and not self.repeatable)
        return None if over or (was_refused(error) and not isinstance(error, InvalidToken)) else pause


class TelegramApi:
    """Calls that matter for speed go straight to the transport; errors are python-telegram-bot's.

    A call that fails is made again for up to `patience` seconds (see `Tries`): those that calls take by `clock`, and
    those that `sleep` is asked to wait.
    """

    def __init__(
        self,
        bot: Bot,
        request: AiohttpRequest,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self.bot = bot
        self._request = request
        self._sleep = sleep
        self._clock = clock
        self._patience = patience

    @cached_property
    def once(self) -> "TelegramApi":
        """The same without a second try, for notices: what was not delivered is theirs to decide."""
        return TelegramApi(self.bot, self._request, self._sleep, self._clock, patience=0)

    async def _call(
        self, method: str, files: Files | None = None, *, repeatable: bool, reads: bool = True, **parameters: Any
    ) -> Any:
        """The result of one API call, where somebody `reads` it; None values are left out. Raises TelegramError."""
        given = {name: value for name, value in parameters.items() if value is not None}
        url, call = f"{self.bot.base_url}/{method}", Call(given, files or {}, reads)
        size = sum(len(content) for _, content, _ in call.files.values())
        seconds = min(ANSWER_SECONDS + size / UPLOAD_RATE, UPLOAD_SECONDS)
        return await self._try(method, lambda: self._request.call(url, call, seconds), repeatable=repeatable)

    async def _try(self, what: str, attempt: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
        """What the first attempt that succeeds returns. Raises the TelegramError of the last one."""
        tries = Tries(repeatable, self._patience)
        while True:
            begun = self._clock()
            try:
                return await attempt()
            except TelegramError as error:
                pause = tries.pause_after(error, self._clock() - begun)
                if pause is None:
                    raise
                log.info("%s failed: %s; again in %.1f s", what, error, pause)
            await self._sleep(pause)

    async def send(self, chat_id: int, message: Message) -> int:
        """Send a message. Returns its id."""
        sent = await self._call(
            "sendMessage",
            repeatable=False,
            chat_id=chat_id,
            protect_content=message.protected or None,
            **_content(message),
        )
        return _part_of(sent, "message_id", int)

    async def send_photo(self, chat_id: int, png: bytes, caption: Message) -> None:
        """Send a result's chart; protected, for it is about a person."""
        await self._call(
            "sendPhoto",
            {"photo": ("result.png", png, "image/png")},
            repeatable=False,
            chat_id=chat_id,
            caption=caption.html,
            parse_mode="HTML",
            reply_markup=caption.markup,
            protect_content=caption.protected or None,
        )

    async def send_document(self, chat_id: int, file: File, caption: str | None = None) -> None:
        """Send a file that is meant to be saved; the caption is plain text."""
        await self._call("sendDocument", {"document": file}, repeatable=False, chat_id=chat_id, caption=caption)

    async def send_again(self, chat_id: int, kind: str, file_id: str, caption: Message) -> None:
        """Send a file that somebody sent before, of one of the kinds in `SENT_AGAIN`; protected, if the caption is. A
        video note has no caption."""
        method, field = SENT_AGAIN[kind]
        given: dict[str, Any] = {field: file_id, "reply_markup": caption.markup}
        if kind != "video_note":
            given |= {"caption": caption.html, "parse_mode": "HTML"}
        await self._call(
            method,
            repeatable=False,
            chat_id=chat_id,
            protect_content=caption.protected or None,
            **given,
        )

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody sent, at most 20 MB. Raises TelegramError."""
        found = await self._call("getFile", repeatable=True, file_id=file_id)
        url = f"{self.bot.base_file_url}/{quote(_part_of(found, 'file_path', str))}"
        download = partial(self._request.download, url, DOWNLOAD_SECONDS, MOST_DOWNLOADED)
        return await self._try("download", download, repeatable=True)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> bool:
        """Edit a message in place; False when it can't be edited (any more) and must be sent anew."""
        return await self._edit("editMessageText", chat_id=chat_id, message_id=message_id, **_content(message))

    async def edit_caption(self, chat_id: int, message_id: int, message: Message) -> bool:
        """Edit what stands under a picture, and its buttons; False when that isn't possible any more."""
        content = {"caption": message.html, "parse_mode": "HTML", "reply_markup": message.markup}
        return await self._edit("editMessageCaption", chat_id=chat_id, message_id=message_id, **content)

    async def _edit(self, method: str, **parameters: Any) -> bool:
        try:
            await self._call(method, repeatable=True, reads=False, **parameters)
        except TelegramError as error:
            words = error.message.lower()
            if NOT_MODIFIED in words:
                return True
            if was_refused(error) and not any(gone in words for gone in GONE):
                raise
            log.info("%s failed: %s; it is sent anew", method, error)
            return False
        return True

    async def answer(self, query_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a button press; one that can't be answered in time is no error."""
        given: dict[str, Any] = {"text": text and text[:MAX_TOAST], "show_alert": alert or None}
        try:
            await self._call("answerCallbackQuery", repeatable=True, reads=False, callback_query_id=query_id, **given)
        except TelegramError as error:
            if was_refused(error) and TOO_OLD not in error.message.lower():
                raise
            log.info("a press was not answered: %s", error)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Delete a message; False when that isn't possible (any more)."""
        try:
            await self._call("deleteMessage", repeatable=True, reads=False, chat_id=chat_id, message_id=message_id)
        except TelegramError as error:
            log.info("a message was not deleted: %s", error)
            return False
        return True

    async def answer_and_edit(self, query_id: str, toast: str | None, edit: Coroutine[Any, Any, T]) -> T:
        """Answer a press and edit at the same time, so that the spinner stops as the screen changes. Returns what
        `edit` does."""
        answer = asyncio.create_task(self.answer(query_id, toast))
        try:
            edited = await edit
        except BaseException:
            await asyncio.gather(answer, return_exceptions=True)  # of both failures the edit's counts
            raise
        await answer
        return edited


def _part_of(result: Any, name: str, kind: type[T]) -> T:
    """This part of a result. Raises NetworkError where it isn't there: what was asked for may have been done."""
    part = result.get(name) if isinstance(result, dict) else None
    if isinstance(part, kind):
        return part
    raise NetworkError(UNREADABLE)


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.html, "parse_mode": "HTML", "reply_markup": message.markup}


def seconds_of(error: RetryAfter) -> float:
    """How many seconds Telegram asks to wait."""
    given = error.retry_after
    return given.total_seconds() if isinstance(given, timedelta) else float(given)
