"""Notes and files that were kept: listed to their assessor, opened, taken back, and changed by edits of their messages.

A button carries `To.KEPT`, a word and numbers. Who may open what, only the services decide.
"""

import logging
from collections.abc import Mapping

from telegram import CallbackQuery, Message
from telegram.error import TelegramError

from bot.buttons import Command
from bot.handlers import review
from bot.handlers.screens import OnScreen, by_word, turn_into
from bot.in_hand import update_in_hand
from bot.render.evidence import (
    file_messages,
    is_file,
    kept_message,
    note_message,
    reworded_message,
    take_back_message,
)
from bot.render.menus import plain_message
from bot.render.message import Message as Screen
from bot.runtime import Runtime
from bot.transport import was_refused
from qualify.errors import InvalidInput, Stale
from qualify.services.authorization import actor_of
from qualify.services.reviews import evidence
from qualify.services.reviews.evidence import OpenedEvidence
from qualify.storage.people import Who

log = logging.getLogger(__name__)


def _number(pressed: Command, place: int = 0) -> int:
    """The number at this place, 0 for the last where there is none. Raises Stale for a button without any."""
    if not pressed.numbers:
        raise Stale("error-stale")
    return pressed.numbers[place] if place < len(pressed.numbers) else 0


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show what is kept on the element in hand in the place of the review. Raises Stale or NotFound."""
    await _show_list(runtime, who, query, _number(pressed), _number(pressed, 1))


async def _show_list(runtime: Runtime, who: Who, query: CallbackQuery, review_id: int, page: int = 0) -> None:
    found = await runtime.run(evidence.kept, who.telegram_id, review_id)
    standard = runtime.context.standard(found.row.standard, found.row.version, found.row.structure)
    await turn_into(runtime, who, query, kept_message(found, standard, page, who.language))


async def back(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Show the review again in the place of the list. Raises Stale or NotFound."""
    await review.show_again(runtime, query, _number(pressed))


async def open_(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send the file again, or the note whole. Raises Stale, or NotFound for what isn't there or isn't for them."""
    found = await runtime.run(evidence.opened, actor_of(who), _number(pressed))
    page = _number(pressed, 1)
    await runtime.api.answer_and_edit(query.id, None, _send(runtime, who, found, page))


async def _send(runtime: Runtime, who: Who, found: OpenedEvidence, page: int) -> None:
    own = found.review.assessor_id == who.person_id
    if not is_file(found.evidence):
        await runtime.api.send(who.telegram_id, note_message(found, page, who.language, own=own))
        return
    below, after = file_messages(found, page, who.language, own=own)
    await send_file(runtime, who, found.evidence.kind, found.evidence.file_id, below)
    if after is not None:
        await runtime.api.send(who.telegram_id, after)


async def send_file(runtime: Runtime, who: Who, kind: str, file_id: str, below: Screen) -> None:
    """Send a file again that somebody sent, with these words and buttons; where that isn't possible, a sentence says
    so."""
    try:
        await runtime.api.send_again(who.telegram_id, kind, file_id, below)
    except TelegramError as error:
        log.info("update %s: a file was not sent again: %s", update_in_hand(), error)
        key = "evidence-gone" if was_refused(error) else "chat-file-unsent"
        await runtime.api.send(who.telegram_id, plain_message(key, who.language))


async def ask_to_take_back(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Say what taking it back means and ask for a yes. Raises Stale, or NotFound."""
    found = await runtime.run(evidence.opened, actor_of(who), _number(pressed))
    if found.review.assessor_id != who.person_id:
        raise Stale("error-stale")
    if not found.review.is_open:
        raise InvalidInput("error-evidence-closed")
    await turn_into(runtime, who, query, take_back_message(found, who.language))


async def take_back(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Take it back and show what is left. Raises Stale, NotFound, or InvalidInput once the review is handed in."""
    review_id = await runtime.run(evidence.take_back, who.telegram_id, _number(pressed))
    await _show_list(runtime, who, query, review_id)


WORDS: Mapping[str, OnScreen] = {
    "list": listed,
    "back": back,
    "open": open_,
    "take": ask_to_take_back,
    "taken": take_back,
}

kept = by_word(WORDS)
"""Hands a press to the screen that its word names."""


async def edited(runtime: Runtime, who: Who, message: Message) -> None:
    """Let what the message brought say what it says now. A message that brought no note changes nothing, and the answer
    says so where its words were changed; Telegram also tells of changes that nobody sees."""
    attachment = review.attachment_of(message)
    changed = None if attachment is None else await runtime.run(evidence.reword, who.telegram_id, attachment)
    if changed is not None and changed.changed:
        turn = await runtime.run(evidence.kept, who.telegram_id, changed.review_id)
        standard = runtime.context.standard(turn.row.standard, turn.row.version, turn.row.structure)
        await runtime.api.send(who.telegram_id, reworded_message(standard, changed.element, who.language))
    elif changed is None and message.text:
        await runtime.api.send(who.telegram_id, plain_message("evidence-edit-none", who.language))
