"""The list of assessments that are not over."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.parts import page_of, standards_of
from bot.handlers.screens import turn_into
from bot.render.admin.assess import list_message
from qualify.life import UNFINISHED, AssessmentState
from qualify.services import assessments
from qualify.services.actors import actor_of
from qualify.storage.people import Who

NOT_OVER = UNFINISHED | {AssessmentState.APPEALED}


async def show(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The list, by due date."""
    listed = await desk.run(assessments.listed, actor_of(who), NOT_OVER)
    today = desk.context.today()
    message = list_message(listed, standards_of(desk), page_of(pressed), today, who.language)
    await turn_into(desk, who, query, message)
