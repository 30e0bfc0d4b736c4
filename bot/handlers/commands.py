"""The command menus: everybody's, in each language, and those with /team for who leads people and /admin for
administrators."""

import asyncio
import logging

from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.runtime import Runtime
from bot.telegram_api import ANSWER_SECONDS
from qualify.access import Role
from qualify.services.assessments import team
from qualify.services.people import directory
from qualify.storage.people import Who
from qualify.texts import DEFAULT_LANGUAGE, LANGUAGES, say

log = logging.getLogger(__name__)

EVERYBODY = ("start", "reviews", "result", "history", "standard", "settings", "language", "privacy", "help", "cancel")


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


def commands_of(*, admin: bool, manager: bool) -> tuple[str, ...]:
    """The commands of somebody who is an administrator, or leads people."""
    place = EVERYBODY.index("history") + 1
    names = (*EVERYBODY[:place], "team", *EVERYBODY[place:]) if manager else EVERYBODY
    return (*names, "admin") if admin else names


async def fit(runtime: Runtime, who: Who) -> None:
    """Give this chat a menu with what its person may besides everybody's commands, or take it away. A failure is only
    logged: who can't see the right menu can still type /admin, and is refused without the role."""
    bot, scope = runtime.api.bot, BotCommandScopeChat(who.telegram_id)
    leads = who.is_known and await runtime.run(team.is_manager, who.person_id or 0)
    names = commands_of(admin=who.is_known and Role.ADMIN in who.roles, manager=leads)
    try:
        if names != EVERYBODY:
            menu = [BotCommand(name, say(who.language, f"command-{name}")) for name in names]
            await bot.set_my_commands(menu, scope=scope, read_timeout=ANSWER_SECONDS)
        else:
            await bot.delete_my_commands(scope=scope, read_timeout=ANSWER_SECONDS)
    except TelegramError as error:
        log.info("the menu of one chat stays as it was: %s", error)


def _menu(names: tuple[str, ...], language: str) -> list[BotCommand]:
    return [BotCommand(name, say(language, f"command-{name}")) for name in names]
