"""The export: everything that administrators may see, as one XLSX file."""

import asyncio

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.screens import hand_over
from qualify.exports import workbook
from qualify.services import exporting
from qualify.services.actors import actor_of
from qualify.storage.people import Who
from qualify.texts import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def send(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Gather the rows where services run, and make the file of them beside the event loop: that takes longest."""
    sheets = await desk.run(exporting.sheets, actor_of(who), who.language)
    await desk.api.answer(query.id, say(who.language, "export-begun"))
    content = await asyncio.to_thread(workbook, sheets)
    file = (f"qualify-{desk.context.today().isoformat()}.xlsx", content, XLSX)
    await hand_over(desk, who, file)


SCREENS = {"export": send}
