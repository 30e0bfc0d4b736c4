"""Showing a screen in the place of the one that was pressed, handing a file over, and asking for a typed answer."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import CallbackQuery
from telegram.error import TelegramError

from bot.buttons import Command
from bot.desk import Desk
from bot.render.menus import plain_message
from bot.render.message import Message
from bot.telegram_api import File
from qualify.services import questions
from qualify.storage.people import Who

log = logging.getLogger(__name__)

OnScreen = Callable[[Desk, Who, CallbackQuery, Command], Awaitable[None]]
"""What a button does that leads to a screen."""
OnAnswer = Callable[[Desk, Who, Sequence[str], str], Awaitable[None]]
"""What is done with a typed answer: the arguments of the question, and the text."""


async def turn_into(desk: Desk, who: Who, query: CallbackQuery, message: Message, toast: str | None = None) -> None:
    """The pressed message becomes this one; sent anew where it can't be edited (a picture, or too old)."""
    assert query.message is not None
    if getattr(query.message, "photo", ()):
        await desk.api.answer_and_edit(query.id, toast, desk.api.send(who.telegram_id, message))
        return
    edit = desk.api.edit(who.telegram_id, query.message.message_id, message)
    if not await desk.api.answer_and_edit(query.id, toast, edit):
        await desk.api.send(who.telegram_id, message)


async def hand_over(desk: Desk, who: Who, file: File, caption: str | None = None) -> None:
    """Send a file that somebody asked for; a sentence in its place where it doesn't get through.

    Raises TelegramError where the sentence doesn't either.
    """
    try:
        await desk.api.send_document(who.telegram_id, file, caption)
    except TelegramError as error:
        log.warning("a file for %s was not sent: %s", who.telegram_id, error)
        await desk.api.send(who.telegram_id, plain_message("chat-file-unsent", who.language))


async def ask(desk: Desk, who: Who, query: CallbackQuery, question: str, message: Message) -> None:
    """Ask for a text: the next message answers it (see `bot.handlers.answers`)."""
    await desk.run(questions.ask, who.telegram_id, question)
    await turn_into(desk, who, query, message)
