"""What handlers of screens share: show one in the place of another, send a file, ask for a typed answer, start a
job."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

from telegram import CallbackQuery
from telegram import Message as Pressed
from telegram.error import TelegramError

from bot.buttons import Command
from bot.in_hand import update_in_hand
from bot.render.menus import plain_message
from bot.render.message import BUNDLE, Message
from bot.runtime import Runtime
from bot.telegram_api import File
from qualify.errors import QualifyError, Stale
from qualify.services import typed_answers
from qualify.storage.people import Who

log = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The kind of file that a workbook is."""

OnScreen = Callable[[Runtime, Who, CallbackQuery, Command], Awaitable[None]]
"""The handler of a button that leads to a screen."""
OnAnswer = Callable[[Runtime, Who, Sequence[str], str], Awaitable[None]]
"""The handler of a typed answer; it gets the arguments of the question, and the text."""


def by_word(screens: Mapping[str, OnScreen]) -> OnScreen:
    """The handler that hands a press to the screen that its word names; it raises Stale for a word that no screen
    has."""

    async def screen(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
        if pressed.word not in screens:
            raise Stale("error-stale")
        await screens[pressed.word](runtime, who, query, pressed)

    return screen


async def turn_into(
    runtime: Runtime, who: Who, query: CallbackQuery, message: Message, toast: str | None = None
) -> None:
    """Put this message in the place of the pressed one; send it anew where that can't be edited (a picture, or too
    old), or tells of other things too."""
    assert query.message is not None
    if isinstance(query.message, Pressed) and (query.message.text or "").startswith(BUNDLE):
        await runtime.api.answer_and_edit(query.id, toast, runtime.api.send(who.telegram_id, message))
        return
    edit = runtime.api.edit(who.telegram_id, query.message.message_id, message)
    if not await runtime.api.answer_and_edit(query.id, toast, edit):
        await runtime.api.send(who.telegram_id, message)


async def replace(runtime: Runtime, who: Who, message_id: int, message: Message) -> None:
    """Put this message in the place of another whose press was answered already; send it anew where that can't be
    edited."""
    if not await runtime.api.edit(who.telegram_id, message_id, message):
        await runtime.api.send(who.telegram_id, message)


def go_on(runtime: Runtime, who: Who, work: Coroutine[Any, Any, None]) -> None:
    """Let the work go on beside later updates. When it fails, the person is told by message."""
    runtime.jobs.begin(who.telegram_id, _to_its_end(runtime, who, work))


async def _to_its_end(runtime: Runtime, who: Who, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except QualifyError as refusal:
        await _tell(runtime, who, refusal.key, refusal.values)
    except TelegramError as error:
        log.warning("update %s: an answer was not delivered: %s", update_in_hand(), error)
    except asyncio.CancelledError:
        log.warning("update %s: the bot stopped before it was done", update_in_hand())
        await _tell(runtime, who, "chat-job-stopped", {})
        raise
    except Exception:
        log.exception("update %s failed", update_in_hand())
        await _tell(runtime, who, "chat-error", {})


async def _tell(runtime: Runtime, who: Who, key: str, values: dict[str, object]) -> None:
    try:
        await runtime.api.send(who.telegram_id, plain_message(key, who.language, **values))
    except TelegramError as error:
        log.warning("update %s: how it ended could not be said: %s", update_in_hand(), error)


async def hand_over(runtime: Runtime, who: Who, file: File, caption: str | None = None) -> None:
    """Send a file that somebody asked for; when Telegram refuses it, a sentence says so.

    Raises TelegramError when the sentence is refused as well.
    """
    try:
        await runtime.api.send_document(who.telegram_id, file, caption)
    except TelegramError as error:
        log.warning("a file for %s was not sent: %s", who.telegram_id, error)
        await runtime.api.send(who.telegram_id, plain_message("chat-file-unsent", who.language))


async def ask(runtime: Runtime, who: Who, query: CallbackQuery, question: str, message: Message) -> None:
    """Ask for a text: the next message answers `question` (see `bot.handlers.answers`)."""
    await runtime.run(typed_answers.ask, who.telegram_id, question)
    await turn_into(runtime, who, query, message)
