"""Invitations for everybody who hasn't joined, as one XLSX file of links."""

import asyncio

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.export import XLSX
from bot.handlers.screens import hand_over
from qualify.exports import workbook
from qualify.services import invitations, people
from qualify.services.actors import actor_of
from qualify.storage.people import Who
from qualify.texts import say


async def send(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """New links for all; the ones before end. The file is made beside the event loop."""
    until = (desk.context.now() + people.INVITE_VALID).astimezone(desk.context.timezone)
    invited = await desk.run(people.invite_everybody, actor_of(who))
    await desk.api.answer(query.id, say(who.language, "export-begun"))
    sheet = invitations.sheet(invited, desk.api.bot.username, who.language)
    content = await asyncio.to_thread(workbook, [sheet])
    words = say(who.language, "people-invited", count=str(len(invited)), until=f"{until:%Y-%m-%d %H:%M}")
    file = (f"invitations-{desk.context.today().isoformat()}.xlsx", content, XLSX)
    await hand_over(desk, who, file, words)


SCREENS = {"people-invite": send}
