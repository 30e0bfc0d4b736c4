"""The list of appeals."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.parts import page_of
from bot.handlers.screens import turn_into
from bot.render.admin.appeals import appeals_message
from qualify.services import appeals
from qualify.services.actors import actor_of
from qualify.storage.people import Who


async def show(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """All appeals that this administrator may answer."""
    listed = await desk.run(appeals.listed, actor_of(who))
    await turn_into(desk, who, query, appeals_message(listed, desk.context.timezone, page_of(pressed), who.language))
