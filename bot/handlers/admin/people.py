"""The list of people, page by page; somebody in particular is found by the search."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import page_of
from bot.handlers.screens import turn_into
from bot.render.admin.menu import PAGE
from bot.render.admin.people import people_message
from bot.runtime import Runtime
from qualify.services.authorization import actor_of
from qualify.services.people import directory
from qualify.storage.people import Who


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of everybody: the one that begins with the person whose id the button carries, or the first. Raises
    Forbidden."""
    page = await runtime.run(directory.page, actor_of(who), page_of(pressed), most=PAGE)
    await turn_into(runtime, who, query, people_message(page, who.language))


SCREENS = {"people": listed}
