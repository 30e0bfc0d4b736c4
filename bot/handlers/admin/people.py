"""The list of people: page by page, or those who match what was typed."""

from collections.abc import Sequence

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import page_of
from bot.handlers.screens import ask, turn_into
from bot.render.admin.menu import PAGE
from bot.render.admin.people import adding_question, found_message, people_message, question
from bot.render.admin.person import card_message
from bot.render.menus import MOST
from bot.runtime import Runtime
from qualify.access import Permission
from qualify.services import authorization, typed_answers
from qualify.services.authorization import actor_of, answering
from qualify.services.people import directory, keeping
from qualify.storage.people import Who

FIND, ADD = "people-find", "people-add"


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of everybody: the one that begins with the person whose id the button carries, or the first. Raises
    Forbidden."""
    page = await runtime.run(directory.page, actor_of(who), page_of(pressed), most=PAGE)
    await turn_into(runtime, who, query, people_message(page, who.language))


async def find(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask for the words to look for. Raises Forbidden."""
    await runtime.run(authorization.check, actor_of(who), Permission.SEE_PEOPLE)
    await ask(runtime, who, query, FIND, question(who.language))


async def found(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Show who matches the typed words. Raises Forbidden."""
    matching = await runtime.run(directory.find, actor_of(who), text.strip(), most=MOST)
    await runtime.run(typed_answers.take_back, who.telegram_id)
    await runtime.api.send(who.telegram_id, found_message(matching, text, who.language))


async def add(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask for somebody new. Raises Forbidden."""
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    await ask(runtime, who, query, ADD, adding_question(who.language))


async def added(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Add the typed person and show their card. Raises Forbidden, or InvalidInput that says what is wrong with it."""
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    person_id = await runtime.run(keeping.add, answering(who), *keeping.read_line(text))
    card = await runtime.run(directory.card, actor_of(who), person_id)
    standards = runtime.context.standards
    await runtime.api.send(who.telegram_id, card_message(card, standards, 0, who.language, own=False))


SCREENS = {"people": listed, FIND: find, ADD: add}
ANSWERS = {FIND: found, ADD: added}
