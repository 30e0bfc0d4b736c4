"""Workbooks made to order in a process of their own: the export, and invitation links for everybody who hasn't
joined."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.screens import go_on, hand_over
from bot.runtime import Runtime
from qualify.exports import Sheet, workbook
from qualify.reporting import company_export, import_templates, sheets
from qualify.services.assessments import export_source
from qualify.services.authorization import actor_of
from qualify.services.people import joining
from qualify.storage.people import Who
from qualify.texts import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SECONDS_EXPORTING = 1800  # enough for a hundred thousand assessments; what takes longer hangs
MOST_SECONDS_INVITING = 120


async def send_export(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Begin to make the export and say so; the workbook follows. Raises Forbidden, Stale while something is under
    way."""
    runtime.jobs.refuse_second(who.telegram_id)
    await runtime.run(export_source.begin, actor_of(who))
    go_on(runtime, who, _made_export(runtime, who))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _made_export(runtime: Runtime, who: Who) -> None:
    """Make the workbook in a process of its own, which reads the database itself, and send it."""
    here = runtime.context.elsewhere()
    content = await runtime.jobs.workers.run(
        MOST_SECONDS_EXPORTING, company_export.made_elsewhere, here, actor_of(who), who.language
    )
    await hand_over(runtime, who, (f"qualify-{runtime.context.today().isoformat()}.xlsx", content, XLSX))


async def send_invitations(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Make new links for everybody who hasn't joined; earlier ones end. The workbook follows. Raises Forbidden,
    InvalidInput when everybody has joined, Stale while something is under way."""
    runtime.jobs.refuse_second(who.telegram_id)
    until = (runtime.context.now() + joining.INVITE_VALID).astimezone(runtime.context.timezone)
    invited = await runtime.run(joining.invite_everybody, actor_of(who))
    sheet = sheets.invitations(invited, runtime.api.bot.username, who.language)
    words = say(who.language, "people-invited", count=str(len(invited)), until=f"{until:%Y-%m-%d %H:%M}")
    go_on(runtime, who, _made_invitations(runtime, who, sheet, words))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _made_invitations(runtime: Runtime, who: Who, sheet: Sheet, words: str) -> None:
    content = await runtime.jobs.workers.run(MOST_SECONDS_INVITING, workbook, [sheet])
    file = (f"invitations-{runtime.context.today().isoformat()}.xlsx", content, XLSX)
    await hand_over(runtime, who, file, words)


async def send_people_template(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Send a workbook to fill in with people. Raises Forbidden."""
    content = await runtime.run(import_templates.people_template, actor_of(who), who.language)
    await _hand_out(runtime, who, query, "template-people", content)


async def send_scores_template(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Send a workbook to fill in with scores. Raises Forbidden."""
    content = await runtime.run(import_templates.scores_template, actor_of(who), who.language)
    await _hand_out(runtime, who, query, "template-scores", content)


async def _hand_out(runtime: Runtime, who: Who, query: CallbackQuery, name: str, content: bytes) -> None:
    await runtime.api.answer(query.id)
    file = (f"{say(who.language, name)}.xlsx", content, XLSX)
    await hand_over(runtime, who, file, say(who.language, "file-template-sent"))


SCREENS = {
    "export": send_export,
    "people-invite": send_invitations,
    "template-people": send_people_template,
    "template-scores": send_scores_template,
}
