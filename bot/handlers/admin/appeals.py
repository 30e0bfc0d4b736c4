"""The list of appeals."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import id_of
from bot.handlers.screens import turn_into
from bot.render.admin.appeals import appeals_message
from bot.render.admin.menu import PAGE
from bot.runtime import Runtime
from qualify.services.assessments import appeals
from qualify.services.assessments.appeals import START, AppealStart
from qualify.services.authorization import actor_of
from qualify.storage.people import Who


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """All appeals that this administrator may answer."""
    start = START
    if len(pressed.numbers) > 1:
        start = AppealStart(bool(pressed.numbers[0]), id_of(pressed.numbers[1]))
    page = await runtime.run(appeals.page, actor_of(who), start, most=PAGE)
    await turn_into(runtime, who, query, appeals_message(page, runtime.context.timezone, who.language))
