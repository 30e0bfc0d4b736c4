"""The command menus: everybody's, in each language, and in the chat of who has a use for more a menu of their own:
/reviews for who rates, /team for who leads people, /admin for administrators.

Only the chats of administrators and of who leads people are seen to when the bot starts; any other when its person
writes /start, is given another role in the chat or chooses a language.
"""

import asyncio
import logging

from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.runtime import Runtime
from bot.telegram_api import ANSWER_SECONDS
from qualify.access import Role
from qualify.services.assessments import team
from qualify.services.people import directory
from qualify.services.reviews import answering
from qualify.storage.people import Who
from qualify.texts import DEFAULT_LANGUAGE, LANGUAGES, say

log = logging.getLogger(__name__)

COMMANDS = (
    *("start", "reviews", "result", "history", "team", "standard"),
    *("settings", "language", "privacy", "help", "cancel", "admin"),
)
"""Every command, in the order of the menus."""


def commands_of(*, rates: bool = False, leads: bool = False, admin: bool = False) -> tuple[str, ...]:
    """The commands of somebody who rates, leads people, or is an administrator."""
    needed = {"reviews": rates, "team": leads, "admin": admin}
    return tuple(name for name in COMMANDS if needed.get(name, True))


EVERYBODY = commands_of()


async def introduce(runtime: Runtime) -> None:
    """Tell Telegram the commands and the description in each language. Telegram limits how often: when it refuses, the
    earlier ones stay."""
    bot = runtime.api.bot
    try:
        for language in LANGUAGES:
            code = None if language == DEFAULT_LANGUAGE else language.split("-")[0]
            scope = BotCommandScopeAllPrivateChats()
            await bot.set_my_commands(_menu(EVERYBODY, language), scope=scope, language_code=code)
            await bot.set_my_description(say(language, "chat-description"), language_code=code)
    except TelegramError as error:
        log.warning("the commands stay as they were: %s", error)
    leading = {*await runtime.run(directory.administrators), *await runtime.run(team.managers)}
    await asyncio.gather(*(fit(runtime, who) for who in leading))


async def menu_of(runtime: Runtime, who: Who) -> tuple[str, ...]:
    """The commands that this person has a use for: those who owe a self-assessment rate as well."""
    if not who.is_known:
        return EVERYBODY
    person_id = who.person_id or 0
    rates = Role.ASSESSOR in who.roles or bool(await runtime.run(answering.owed, person_id))
    leads = await runtime.run(team.is_manager, person_id)
    return commands_of(rates=rates, leads=leads, admin=Role.ADMIN in who.roles)


async def fit(runtime: Runtime, who: Who) -> None:
    """Give this chat the menu that fits its person, or take theirs away where everybody's does. A failure is only
    logged: who can't see the right menu can still type /admin, and is refused without the role."""
    bot, scope = runtime.api.bot, BotCommandScopeChat(who.telegram_id)
    names = await menu_of(runtime, who)
    try:
        if names != EVERYBODY:
            await bot.set_my_commands(_menu(names, who.language), scope=scope, read_timeout=ANSWER_SECONDS)
        else:
            await bot.delete_my_commands(scope=scope, read_timeout=ANSWER_SECONDS)
    except TelegramError as error:
        log.info("the menu of one chat stays as it was: %s", error)


def _menu(names: tuple[str, ...], language: str) -> list[BotCommand]:
    return [BotCommand(name, say(language, f"command-{name}")) for name in names]
