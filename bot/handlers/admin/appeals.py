"""The list of appeals."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.parts import id_of
from bot.handlers.screens import turn_into
from bot.render.admin.appeals import appeals_message
from bot.render.admin.menu import PAGE
from qualify.services import appeals
from qualify.services.actors import actor_of
from qualify.services.appeals import START, AppealStart
from qualify.storage.people import Who


async def show(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """All appeals that this administrator may answer."""
    start = START
    if len(pressed.numbers) > 1:
        start = AppealStart(bool(pressed.numbers[0]), id_of(pressed.numbers[1]))
    page = await desk.run(appeals.page, actor_of(who), start, most=PAGE)
    await turn_into(desk, who, query, appeals_message(page, desk.context.timezone, who.language))
