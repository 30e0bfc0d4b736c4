"""A list of people or scores that an administrator sends: tried and shown first, taken in once that is confirmed.

What was sent is kept with the account as the question `file <message id> <file id> <name>`: anything else the person
does takes it back, and an older file's button finds another one there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from telegram import CallbackQuery, Message
from telegram.error import BadRequest, TelegramError

from bot.buttons import Command
from bot.handlers.admin.standards import send_problems
from bot.handlers.screens import go_on, replace, turn_into
from bot.render.admin.files import (
    all_changes,
    changed_message,
    done_message,
    dropped_message,
    faults_message,
    tried_message,
)
from bot.render.admin.standards import preview_message, problems_message, taken_message
from bot.render.message import Message as Screen
from bot.runtime import Runtime
from bot.transport import TOO_BIG
from qualify.access import Permission, Role
from qualify.errors import InvalidInput, InvalidStandard, Stale
from qualify.imports import MOST_MEGABYTES, check_size
from qualify.imports.standards import read_sent
from qualify.reporting import standard_changes
from qualify.services import authorization, typed_answers
from qualify.services.authorization import actor_of, answering
from qualify.services.imports import received as received_service
from qualify.services.imports.preview import ListChanged
from qualify.services.imports.tables import Cells, InvalidTable
from qualify.services.people import directory
from qualify.services.standards import drafts
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.texts import one_line, say

PENDING = "file"
MOST_SECONDS = 30  # to read it; a list of thousands takes two


class Waiting(NamedTuple):
    """A file that waits for a yes: the message that brought it, Telegram's id for it, and its name."""

    message_id: int
    file_id: str
    name: str

    @property
    def question(self) -> str:
        """The question as the account keeps it."""
        return f"{PENDING} {self.message_id} {self.file_id} {self.name}"


def is_for_import(who: Who, message: Message) -> bool:
    """Whether a message carries a table to take in: an administrator's file that is no evidence for a review."""
    return message.document is not None and who.review_id is None and Role.ADMIN in who.roles


async def received(runtime: Runtime, who: Who, message: Message) -> None:
    """Let the file wait for a yes, and say what it would change as soon as that is known. Raises Stale while something
    else is under way for this person, InvalidInput for a file that is too big."""
    assert message.document is not None
    runtime.jobs.refuse_second(who.telegram_id)
    check_size(message.document.file_size or 0)
    name = one_line(message.document.file_name or PENDING)
    waiting = Waiting(message.message_id, message.document.file_id, name)
    await runtime.run(typed_answers.ask, who.telegram_id, waiting.question)
    go_on(runtime, who, _tried(runtime, who, waiting))


async def _tried(runtime: Runtime, who: Who, waiting: Waiting) -> None:
    """Try the file and say what it would change. It waits no longer when it can't be taken in or changes nothing."""
    waits_on = False
    try:
        found = await _fetched(runtime, waiting)
        if isinstance(found, Standard):
            tried = await runtime.run(standard_changes.try_draft, actor_of(who), found, who.language)
            waits_on, message = True, preview_message(tried, waiting.message_id, who.language)
        else:
            waits_on, message = await _tried_list(runtime, who, waiting, found)
    except InvalidTable as refusal:
        message = faults_message(refusal, who.language)
    except InvalidStandard as refusal:
        message = problems_message(refusal, who.language)
        await send_problems(runtime, who, refusal)
    finally:
        if not waits_on:
            await runtime.run(typed_answers.settle, who.telegram_id, waiting.question)
    await runtime.api.send(who.telegram_id, message)


async def _tried_list(runtime: Runtime, who: Who, waiting: Waiting, file: Cells) -> tuple[bool, Screen]:
    """Whether a list of people or scores would change anything, and what. All of it follows as a file where a message
    has no room. Raises InvalidTable."""
    tried = await runtime.run(received_service.try_out, actor_of(who), file)
    message = tried_message(tried, waiting.name, waiting.message_id, who.language)
    if content := all_changes(tried, who.language):
        name = f"{say(who.language, 'preview-file')}.txt"
        await runtime.api.send_document(who.telegram_id, (name, content, "text/plain"))
    return not tried.changes_nothing, message


async def _fetched(runtime: Runtime, waiting: Waiting) -> Cells | Standard:
    """The file, read in a process of its own. Raises InvalidInput when it can't be had or read, InvalidStandard for the
    workbook of a standard with faults."""
    try:
        content = await runtime.api.download(waiting.file_id)
    except TelegramError as error:
        if isinstance(error, BadRequest) and TOO_BIG in error.message.lower():
            raise InvalidInput("error-file-big", most=str(MOST_MEGABYTES)) from error
        raise InvalidInput("error-file-unreachable") from error
    reading = runtime.jobs.workers.run(MOST_SECONDS, read_sent, waiting.name, content, received_service.MOST_ROWS)
    try:
        found = await reading
    except TimeoutError:
        raise InvalidInput("error-file-slow", file=waiting.name, seconds=str(MOST_SECONDS)) from None
    return found if isinstance(found, Standard) else Cells(waiting.name, found)


async def apply(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin to take the file in and say so. It goes on waiting until that is done, so that a crash on the way loses
    nothing. Raises Stale when another file waits or none, Forbidden."""
    runtime.jobs.refuse_second(who.telegram_id)
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    waiting = _waiting(who, pressed)
    assert query.message is not None
    go_on(runtime, who, _taken_in(runtime, who, waiting, query.message.message_id, pressed.numbers[1:]))
    await runtime.api.answer(query.id, say(who.language, "file-begun"))


async def _taken_in(runtime: Runtime, who: Who, waiting: Waiting, message_id: int, agreed: tuple[int, ...]) -> None:
    """Take the file in: fetched and checked once more, all of it or nothing. `message_id` is the screen's; `agreed` is
    the fingerprint of what it says, and whether those who are away come back. What changed since is shown anew."""
    file = await _fetched(runtime, waiting)
    if isinstance(file, Standard):
        await runtime.run(drafts.take_in, answering(who), file)
        await replace(runtime, who, message_id, taken_message(file, who.language))
        return
    expected, bring_back = (*agreed, 0, 0)[:2] if agreed else (None, 0)
    try:
        taken = await runtime.run(received_service.take_in, answering(who), file, expected, bring_back=bool(bring_back))
    except ListChanged as refusal:
        await replace(runtime, who, message_id, changed_message(refusal, who.language))
        await _tried(runtime, who, waiting)
        return
    except Stale:
        raise Stale("error-file-gone") from None
    except InvalidTable as refusal:
        await runtime.run(typed_answers.settle, who.telegram_id, waiting.question)
        await replace(runtime, who, message_id, faults_message(refusal, who.language))
        return
    not_joined = await runtime.run(directory.count_not_joined, actor_of(who))
    await replace(runtime, who, message_id, done_message(taken, not_joined, who.language))


def _waiting(who: Who, pressed: Command) -> Waiting:
    """The file that waits. Raises Stale when it isn't the one that the button belongs to."""
    kind, *words = who.asked.split(maxsplit=3) or [""]
    if kind != PENDING or pressed.numbers[:1] != (int(words[0]),):
        raise Stale("error-file-gone")
    return Waiting(int(words[0]), words[1], words[2])


async def drop(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Say that the file is left alone; the press itself has taken it back. Raises Stale when another file waits or
    none, Forbidden."""
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    _waiting(who, pressed)
    await turn_into(runtime, who, query, dropped_message(who.language))


async def typed(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Refuse a text typed while a file waits, which goes on waiting. Raises InvalidInput that says how to go on, Stale
    while the file is being worked on."""
    runtime.jobs.refuse_second(who.telegram_id)
    raise InvalidInput("error-file-waiting")


SCREENS = {"file-apply": apply, "file-drop": drop}
ANSWERS = {PENDING: typed}
