"""From an update to its handler: who writes, whether they may, and what is said when something is refused or breaks."""

import logging
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.buttons import Command, Press, To, decode
from bot.handlers import admin, answers, appeal, evidence, result, review, settings, standard, start, submitted, team
from bot.handlers.admin import files, finding, trial
from bot.handlers.screens import OnScreen
from bot.in_hand import IN_HAND, InHand
from bot.render.menus import plain_message
from bot.render.message import Message as Screen
from bot.render.message import esc
from bot.runtime import Runtime
from qualify.access import Role
from qualify.errors import Busy, InvalidInput, QualifyError, Stale
from qualify.services import deliveries, typed_answers
from qualify.services.deliveries import Received
from qualify.services.people import joining
from qualify.storage.inbox import Delivery
from qualify.storage.people import Who
from qualify.texts import DEFAULT_LANGUAGE, nearest_language, say

log = logging.getLogger(__name__)

OnCommand = Callable[[Runtime, Who, Update], Awaitable[None]]
OnReviewButton = Callable[[Runtime, CallbackQuery, Command], Awaitable[None]]

COMMANDS: dict[str, OnCommand] = {
    "reviews": start.owed,
    "result": result.latest,
    "history": result.history,
    "standard": standard.choose,
    "team": team.own,
    "settings": settings.settings,
    "language": settings.settings,
    "privacy": start.privacy,
    "help": start.help_,
    "cancel": review.cancel,
    "admin": admin.command,
}
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
REVIEW_BUTTONS: dict[To, OnReviewButton] = {
    To.OPEN: review.take_up,
    To.PAUSE: review.pause,
    To.SUBMIT: review.submit,
    To.HINT: review.hint,
}
BUTTONS: dict[To, OnScreen] = {
    To.KEPT: evidence.kept,
    To.READ: submitted.read,
    To.RESULT: result.again,
    To.EXPLAIN: result.explain,
    To.LANGUAGE: settings.set_language,
    To.THEME: settings.set_theme,
    To.QUIET: settings.set_quiet_hours,
    To.WEEKENDS: settings.set_weekends,
    To.SNOOZE: settings.snooze,
    To.ZONE: settings.zone,
    To.ADMIN: admin.screen,
    To.ACKNOWLEDGE: appeal.acknowledge,
    To.APPEAL: appeal.appeal,
    To.TEAM: team.screen,
    To.STANDARD: standard.screen,
}
LOOKING = (To.RESULT, To.EXPLAIN, To.KEPT, To.READ, To.STANDARD)
"""Buttons that only look something up: the question that waits stays."""
ANSWERING = ("file-apply", "file-back", "person-number-do")
"""Words of buttons that answer what was asked: what they do settles the question."""


async def dispatch(runtime: Runtime, update: Update) -> None:
    """Handle one update of somebody to its end; delivered again, it does nothing again and is answered again. A refusal
    becomes a sentence; a bug is logged with the update's id."""
    assert update.effective_user is not None
    in_hand = InHand(Delivery(runtime.api.bot.id, update.update_id, update.effective_user.id))
    before = IN_HAND.set(in_hand)
    try:
        if update.callback_query is not None:
            await _pressed(runtime, in_hand, update.callback_query)
        elif update.my_chat_member is not None:
            await _membership(runtime, update.my_chat_member)
        elif update.message is not None and update.message.chat.type == ChatType.PRIVATE:
            await _written(runtime, in_hand, update, update.message)
        elif update.edited_message is not None and update.edited_message.chat.type == ChatType.PRIVATE:
            await _edited(runtime, in_hand, update.edited_message)
    except TelegramError as error:
        log.warning("update %s: an answer was not delivered: %s", update.update_id, error)
    except Exception:
        log.exception("update %s failed", update.update_id)
        await _apologise(runtime, update)
    finally:
        IN_HAND.reset(before)


async def _apologise(runtime: Runtime, update: Update) -> None:
    user = update.effective_user
    if user is None:
        return
    language = await _language_of(runtime, user)
    try:
        if update.callback_query is not None:
            await runtime.api.answer(update.callback_query.id, say(language, "chat-error"), alert=True)
        else:
            await runtime.api.send(user.id, plain_message("chat-error", language))
    except TelegramError:
        log.warning("update %s: the apology could not be sent", update.update_id)


async def _language_of(runtime: Runtime, user: User) -> str:
    """The language that the person chose; Telegram's own when it can't be read."""
    try:
        who = await runtime.run(joining.find, user.id)
    except Exception:
        who = None
    return who.language if who else nearest_language(user.language_code)


async def _meet(runtime: Runtime, in_hand: InHand, user: User) -> Received:
    """The account that writes or presses, as it stood when the update was first handled; one that is new, or had
    blocked the bot, is stored first."""
    received = await runtime.run(deliveries.receive)
    in_hand.is_done = received.is_done
    if received.who is not None and not received.who.blocked:
        return received
    met = await runtime.run(joining.meet, user.id, user.language_code)
    return received._replace(who=received.who._replace(blocked=False) if received.who else met)


async def _pressed(runtime: Runtime, in_hand: InHand, query: CallbackQuery) -> None:
    try:
        if query.data is None or query.message is None:
            raise Stale("error-stale")
        pressed = decode(query.data)
        if trial.is_of_trial(pressed):
            await _tried(runtime, in_hand, query, pressed)
        elif isinstance(pressed, Press):
            await review.press(runtime, query, pressed)
        elif pressed.to in REVIEW_BUTTONS:
            await REVIEW_BUTTONS[pressed.to](runtime, query, pressed)
        else:
            who = (await _meet(runtime, in_hand, query.from_user)).who
            if who is None or not who.is_known:
                raise Stale("error-stale")
            if pressed.to not in LOOKING and pressed.word not in ANSWERING:
                await _take_back(runtime, who)
            await BUTTONS[pressed.to](runtime, who, query, pressed)
    except QualifyError as refusal:
        language = await _language_of(runtime, query.from_user)
        await runtime.api.answer(query.id, _words(in_hand, refusal, language), alert=True)


async def _tried(runtime: Runtime, in_hand: InHand, query: CallbackQuery, pressed: Press | Command) -> None:
    """A press in the walk of a draft that is tried. Raises Stale for a stranger."""
    who = (await _meet(runtime, in_hand, query.from_user)).who
    if who is None or not who.is_known:
        raise Stale("error-stale")
    if isinstance(pressed, Press):
        await trial.press(runtime, who, query, pressed)
    else:
        await trial.COMMANDS[pressed.to](runtime, who, query, pressed)


def _words(in_hand: InHand, refusal: QualifyError, language: str) -> str:
    """Why something is refused. What was done before can't be done again: that is no refusal."""
    if in_hand.is_done and not refusal.is_repeated:
        return say(language, "error-done-before")
    return say(language, refusal.key, **refusal.values)


async def _written(runtime: Runtime, in_hand: InHand, update: Update, message: Message) -> None:
    user = message.from_user
    if user is None:
        return
    try:
        received = await _meet(runtime, in_hand, user)
    except Busy as refusal:
        words = _words(in_hand, refusal, await _language_of(runtime, user))
        await runtime.api.send(user.id, Screen(esc(words), []))
        return
    who = received.who
    assert who is not None
    try:
        if received.refusal is not None:
            raise received.refusal
        await _handle(runtime, update, message, who)
    except QualifyError as refusal:
        if who.asked and not isinstance(refusal, Busy):
            await runtime.run(deliveries.refuse, refusal)
        await runtime.api.send(who.telegram_id, Screen(esc(_words(in_hand, refusal, who.language)), []))


async def _handle(runtime: Runtime, update: Update, message: Message, who: Who) -> None:
    command = _command(message)
    if command is not None:
        await _take_back(runtime, who)
    if command == "start":
        await start.start(runtime, who, update)
    elif not who.is_known:
        await (start.privacy(runtime, who, update) if command == "privacy" else start.stranger(runtime, who))
    elif command in COMMANDS:
        await COMMANDS[command](runtime, who, update)
    elif message.text is not None and message.forward_origin is None and command is None:
        await _typed(runtime, who, message, message.text)
    elif command is not None:
        await start.help_(runtime, who, update)
    elif appeal.is_drafting(who):
        await appeal.take_file(runtime, who, message)
    elif files.is_for_import(who, message):
        await files.received(runtime, who, message)
    elif who.asked:
        raise InvalidInput("error-answer-in-words")
    else:
        await review.evidence(runtime, who, message)


async def _typed(runtime: Runtime, who: Who, message: Message, text: str) -> None:
    """A text is the answer to what was asked, or goes to the review in hand; else administrators look for it."""
    if who.asked:
        await answers.take(runtime, who, text)
    elif who.review_id is None and Role.ADMIN in who.roles:
        await finding.typed(runtime, who, text)
    else:
        await review.text(runtime, who, message)


async def _edited(runtime: Runtime, in_hand: InHand, message: Message) -> None:
    """A message was changed: what it brought changes with it, and nothing else."""
    if message.from_user is None:
        return
    who = (await _meet(runtime, in_hand, message.from_user)).who
    if who is None or not who.is_known:
        return
    try:
        await evidence.edited(runtime, who, message)
    except QualifyError as refusal:
        await runtime.api.send(who.telegram_id, Screen(esc(_words(in_hand, refusal, who.language)), []))


async def _take_back(runtime: Runtime, who: Who) -> None:
    """Take back the question that waits: it waits for the very next message only, and somebody who does something else
    has changed their mind. While a job is under way the question is the job's own to settle."""
    if trial.goes_on(who):
        await trial.leave(runtime, who)
    elif who.asked and not runtime.jobs.is_busy(who.telegram_id):
        await runtime.run(typed_answers.settle, who.telegram_id, who.asked)


def _command(message: Message) -> str | None:
    """The command without its slash and the bot's name; None for anything else."""
    if not message.text or not message.text.startswith("/") or message.forward_origin is not None:
        return None
    return message.text.split(maxsplit=1)[0][1:].split("@")[0].lower()


async def _membership(runtime: Runtime, change: ChatMemberUpdated) -> None:
    """Note that a person blocked the bot or came back; tell a group that adds the bot, once, where it works."""
    status = change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        await runtime.run(joining.set_blocked, change.chat.id, blocked=status == ChatMember.BANNED)
    elif change.chat.type in GROUPS and status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR) and _was_out(change):
        await runtime.api.send(change.chat.id, plain_message("chat-group", DEFAULT_LANGUAGE))


def _was_out(change: ChatMemberUpdated) -> bool:
    return change.old_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
