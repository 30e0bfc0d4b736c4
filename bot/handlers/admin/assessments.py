"""The list of assessments that are not over."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import standards_of, start_of
from bot.handlers.screens import turn_into
from bot.render.admin.assessments import list_message
from bot.render.admin.menu import PAGE
from bot.runtime import Runtime
from qualify.services.assessments import listing
from qualify.services.authorization import actor_of
from qualify.storage.people import Who
from qualify.workflow import UNFINISHED, AssessmentState

NOT_OVER = UNFINISHED | {AssessmentState.APPEALED}


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The list, by due date."""
    page = await runtime.run(listing.page, actor_of(who), (NOT_OVER,), start_of(pressed), most=PAGE)
    await turn_into(
        runtime, who, query, list_message(page, standards_of(runtime), runtime.context.today(), who.language)
    )
