"""Invitations for everybody who hasn't joined, as one XLSX file of links."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.export import XLSX
from bot.handlers.screens import go_on, hand_over
from bot.runtime import Runtime
from qualify.exports import Sheet, workbook
from qualify.reporting import sheets
from qualify.services.authorization import actor_of
from qualify.services.people import joining
from qualify.storage.people import Who
from qualify.texts import say

MOST_SECONDS = 120


async def send(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """New links for all; the ones before end. The file follows."""
    runtime.jobs.refuse_second(who.telegram_id)
    until = (runtime.context.now() + joining.INVITE_VALID).astimezone(runtime.context.timezone)
    invited = await runtime.run(joining.invite_everybody, actor_of(who))
    sheet = sheets.invitations(invited, runtime.api.bot.username, who.language)
    words = say(who.language, "people-invited", count=str(len(invited)), until=f"{until:%Y-%m-%d %H:%M}")
    go_on(runtime, who, _made(runtime, who, sheet, words))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _made(runtime: Runtime, who: Who, sheet: Sheet, words: str) -> None:
    content = await runtime.jobs.workers.run(MOST_SECONDS, workbook, [sheet])
    file = (f"invitations-{runtime.context.today().isoformat()}.xlsx", content, XLSX)
    await hand_over(runtime, who, file, words)


SCREENS = {"people-invite": send}
