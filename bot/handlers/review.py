"""The walk of a review in the chat: presses, typed text, files, pause, submit."""

import asyncio
from datetime import timedelta

from telegram import CallbackQuery, Message, Update

from bot.buttons import Command, Press
from bot.render.menus import Owed, plain_message
from bot.render.message import Message as Screen
from bot.render.message import esc
from bot.render.outlook import ANYWAY, BACK
from bot.render.review import paused_message, refusal_words, review_message
from bot.runtime import Runtime
from bot.updates import FILES
from qualify.errors import Stale
from qualify.services.reviews import answering, submission
from qualify.services.reviews.answering import Attachment
from qualify.services.reviews.screen import Reference, Turn
from qualify.storage.people import Who
from qualify.texts import DEFAULT_LANGUAGE, say
from qualify.workflow import ReviewState

TOLD_AGAIN = timedelta(minutes=10)
"""How long after a review was submitted /start says so once more: Telegram may have failed to."""


async def press(runtime: Runtime, query: CallbackQuery, pressed: Press) -> None:
    """Store what was pressed in the walk, then show where the review stands. Raises NotFound for somebody else's
    review."""
    turn = await runtime.run(answering.press, query.from_user.id, pressed.reference, pressed.action)
    await _answer(runtime, query, turn)


async def submit(runtime: Runtime, query: CallbackQuery, pressed: Command) -> None:
    """Hand the review in and show what comes next; what has a warning is asked about once. Raises Stale for a button
    without a place in the review, NotFound for somebody else's review."""
    if len(pressed.numbers) != len(Reference._fields):
        raise Stale("error-stale")
    reference = Reference(*pressed.numbers)
    if pressed.word == BACK:
        turn = await runtime.run(submission.handed_in, query.from_user.id, reference, anyway=True)
    else:
        turn = await runtime.run(submission.submit, query.from_user.id, reference, anyway=pressed.word == ANYWAY)
    await _answer(runtime, query, turn)


async def show_again(runtime: Runtime, query: CallbackQuery, review_id: int) -> None:
    """Show where the review stands in the message that was pressed. Raises NotFound for somebody else's review."""
    await _answer(runtime, query, await runtime.run(answering.shown, query.from_user.id, review_id))


async def _answer(runtime: Runtime, query: CallbackQuery, turn: Turn) -> None:
    """Show a toast and the review together; the toast says why nothing changed, unless the screen itself does."""
    language, closed = turn.row.language or DEFAULT_LANGUAGE, turn.row.state == ReviewState.WITHDRAWN
    toast = refusal_words(turn, language) if turn.refusal and not closed else None
    assert query.message is not None
    await runtime.api.answer_and_edit(
        query.id, toast, _show(runtime, query.from_user.id, query.message.message_id, turn)
    )


async def _show(runtime: Runtime, chat_id: int, message_id: int, turn: Turn) -> None:
    """Show the review in the message that was pressed; in a new one where that can't be edited."""
    owed = await still_owed(runtime, turn.row.assessor_id) if turn.row.state == ReviewState.SUBMITTED else []
    message = review_message(turn, turn.row.language or DEFAULT_LANGUAGE, owed)
    if not await runtime.api.edit(chat_id, message_id, message):
        message_id = await runtime.api.send(chat_id, message)
    if message_id != turn.row.message_id:
        await _lives_in(runtime, chat_id, message_id, turn)


async def still_owed(runtime: Runtime, person_id: int) -> Owed:
    """The reviews that this person owes, the first due first, each with its standard."""
    rows = await runtime.run(answering.owed, person_id)
    return [(row, runtime.context.standards.get(row.standard, row.version)) for row in rows]


async def _show_below(runtime: Runtime, chat_id: int, turn: Turn) -> None:
    """Show the review as the newest message."""
    message_id = await runtime.api.send(chat_id, review_message(turn, turn.row.language or DEFAULT_LANGUAGE))
    await _lives_in(runtime, chat_id, message_id, turn)


async def _lives_in(runtime: Runtime, chat_id: int, message_id: int, turn: Turn) -> None:
    """Remember that this message shows the review now, and delete the earlier one: a review has one living message."""
    await runtime.run(answering.shown_in, turn.row.id, message_id)
    if turn.row.message_id is not None:
        await runtime.api.delete(chat_id, turn.row.message_id)


async def take_up(runtime: Runtime, query: CallbackQuery, pressed: Command) -> None:
    """Open a review or go on with it, as the newest message. Raises Stale or NotFound."""
    turn = await runtime.run(answering.open_review, query.from_user.id, _review_id(pressed))
    await asyncio.gather(runtime.api.answer(query.id), _show_below(runtime, query.from_user.id, turn))


async def show_in_hand(runtime: Runtime, who: Who, review_id: int) -> bool:
    """Show the review in hand as the newest message, for somebody who comes back; False, and nothing shown, for one
    that was submitted long since."""
    turn = await runtime.run(answering.open_review, who.telegram_id, review_id)
    submitted = turn.row.submitted_at
    if submitted is not None and runtime.context.now() - submitted >= TOLD_AGAIN:
        return False
    await _show_below(runtime, who.telegram_id, turn)
    return True


async def pause(runtime: Runtime, query: CallbackQuery, pressed: Command) -> None:
    """Pause the review; its message says so and keeps a way back. Raises Stale or NotFound."""
    turn = await runtime.run(answering.open_review, query.from_user.id, _review_id(pressed))
    if turn.screen is None:
        await _answer(runtime, query, turn)
        return
    await runtime.run(answering.pause, query.from_user.id)
    assert query.message is not None
    message = paused_message(turn.row, turn.plan, turn.row.language or DEFAULT_LANGUAGE)
    edit = runtime.api.edit(query.from_user.id, query.message.message_id, message)
    if not await runtime.api.answer_and_edit(query.id, None, edit):
        await runtime.api.send(query.from_user.id, message)


async def hint(runtime: Runtime, query: CallbackQuery, pressed: Command) -> None:
    """Say how to leave a note or a file: the buttons do nothing else, for plain messages do it. Raises Stale or
    NotFound."""
    turn = await runtime.run(answering.open_review, query.from_user.id, _review_id(pressed))
    if turn.screen is None:
        await _answer(runtime, query, turn)
        return
    key = "chat-hint-note" if pressed.word == "note" else "chat-hint-evidence"
    await runtime.api.answer(query.id, say(turn.row.language or DEFAULT_LANGUAGE, key), alert=True)


def _review_id(pressed: Command) -> int:
    if not pressed.numbers:
        raise Stale("error-stale")
    return pressed.numbers[0]


async def text(runtime: Runtime, who: Who, message: Message) -> None:
    """Take typed text as the answer or as a note; say so when no review is in hand, so that no message meets
    silence."""
    turn = await runtime.run(answering.write, who.telegram_id, message.text or "", message.message_id)
    await _after_message(runtime, who, turn)


async def evidence(runtime: Runtime, who: Who, message: Message) -> None:
    """Keep a photo, file, voice or forwarded message as evidence; for one that has nothing to keep, ask the question
    again."""
    attachment = attachment_of(message)
    if attachment is not None:
        turn = await runtime.run(answering.attach, who.telegram_id, attachment)
        await _after_message(runtime, who, turn)
    elif who.review_id is None or not await show_in_hand(runtime, who, who.review_id):
        await _after_message(runtime, who, None)


async def _after_message(runtime: Runtime, who: Who, turn: Turn | None) -> None:
    if turn is None:
        await runtime.api.send(who.telegram_id, plain_message("chat-nothing-in-hand", who.language))
        return
    if turn.refusal is not None:
        await runtime.api.send(who.telegram_id, Screen(esc(refusal_words(turn, who.language)), []))
    await _show_below(runtime, who.telegram_id, turn)


def attachment_of(message: Message) -> Attachment | None:
    """What the message carries; None for a sticker, a location and anything else that has neither a file nor words."""
    words, number = message.caption or message.text or "", message.message_id
    if message.photo:
        return Attachment("photo", words, message.photo[-1].file_id, message_id=number)
    for kind in FILES:
        if file := getattr(message, kind):
            return Attachment(kind, words, file.file_id, getattr(file, "file_name", None) or "", number)
    return Attachment("forward", words, message_id=number) if words else None


async def cancel(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/cancel: pause the review in hand; a question that was asked has been taken back by now."""
    paused = await runtime.run(answering.pause, who.telegram_id)
    key = "chat-cancelled" if paused else "employee-taken-back" if who.asked else "chat-nothing-to-cancel"
    await runtime.api.send(who.telegram_id, plain_message(key, who.language))
