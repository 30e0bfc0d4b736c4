"""A list of people or scores that an administrator sends: tried first and shown, taken in once that was confirmed.

What was sent is kept with the account as the question `file <message id> <file id> <name>`: whatever else the person
does takes it back, and an older file's button finds another one there.
"""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from telegram import CallbackQuery, Document, Message
from telegram.error import BadRequest, TelegramError

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.screens import turn_into
from bot.render.admin.files import done_message, dropped_message, faults_message, tried_message
from qualify.access import Action, Role
from qualify.errors import InvalidInput, Stale
from qualify.services import actors, directory, incoming, questions
from qualify.services.actors import actor_of, answering
from qualify.services.tabular import InvalidTable, Sent
from qualify.storage.people import Who
from qualify.texts import one_line

PENDING = "file"
MOST_MEGABYTES = 20
TOO_BIG = "file is too big"


class Waiting(NamedTuple):
    """A file that waits to be taken in."""

    message_id: int
    file_id: str
    name: str

    @property
    def question(self) -> str:
        """As the account keeps it."""
        return f"{PENDING} {self.message_id} {self.file_id} {self.name}"


def is_for_import(who: Who, message: Message) -> bool:
    """Whether a message carries a table to take in: an administrator's file that is no evidence for a review."""
    return message.document is not None and who.review_id is None and Role.ADMIN in who.roles


async def received(desk: Desk, who: Who, message: Message) -> None:
    """Try the file and say what it would change."""
    assert message.document is not None
    _check_size(message.document)
    name = one_line(message.document.file_name or PENDING)
    waiting = Waiting(message.message_id, message.document.file_id, name)
    try:
        file = await _fetched(desk, waiting)
        tried = await desk.run(incoming.take_in, actor_of(who), file, dry_run=True)
    except InvalidTable as refusal:
        await desk.api.send(who.telegram_id, faults_message(refusal, who.language))
        return
    if not tried.changes_nothing:
        await desk.run(questions.ask, who.telegram_id, waiting.question)
    await desk.api.send(who.telegram_id, tried_message(tried, name, message.message_id, who.language))


def _check_size(document: Document) -> None:
    if (document.file_size or 0) > MOST_MEGABYTES << 20:
        raise InvalidInput("error-file-big", most=str(MOST_MEGABYTES))


async def _fetched(desk: Desk, waiting: Waiting) -> Sent:
    """The file, parsed beside the event loop. Raises InvalidInput when it can't be had or read."""
    try:
        file = Sent(waiting.name, await desk.api.download(waiting.file_id))
    except TelegramError as error:
        if isinstance(error, BadRequest) and TOO_BIG in error.message.lower():
            raise InvalidInput("error-file-big", most=str(MOST_MEGABYTES)) from error
        raise InvalidInput("error-file-unreachable") from error
    await asyncio.to_thread(lambda: file.cells)
    return file


async def apply(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Take the file in: fetched and checked once more, all of it or nothing."""
    await desk.run(actors.check, actor_of(who), Action.CHANGE_PEOPLE)
    file = await _fetched(desk, _waiting(who, pressed))
    try:
        taken = await desk.run(incoming.take_in, answering(who), file)
    except InvalidTable as refusal:
        await desk.run(questions.take_back, who.telegram_id)
        await turn_into(desk, who, query, faults_message(refusal, who.language))
        return
    away = await desk.run(directory.count_away, actor_of(who))
    await turn_into(desk, who, query, done_message(taken, away, who.language))


def _waiting(who: Who, pressed: Command) -> Waiting:
    """The file that waits, if it is the one of the button. Raises Stale."""
    kind, *words = who.asked.split(maxsplit=3) or [""]
    if kind != PENDING or pressed.numbers != (int(words[0]),):
        raise Stale("error-file-gone")
    return Waiting(int(words[0]), words[1], words[2])


async def drop(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Leave the file alone; the press itself has taken it back."""
    await desk.run(actors.check, actor_of(who), Action.CHANGE_PEOPLE)
    _waiting(who, pressed)
    await turn_into(desk, who, query, dropped_message(who.language))


async def typed(desk: Desk, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Words while a file waits. Raises InvalidInput that says how to go on; the file waits further."""
    raise InvalidInput("error-file-waiting")


SCREENS = {"file-apply": apply, "file-drop": drop}
ANSWERS = {PENDING: typed}
