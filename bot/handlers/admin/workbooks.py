"""Workbooks made to order in a process of their own: the export, and invitation links for everybody who hasn't
joined."""

from datetime import date

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import chosen, newest_standards, page_of
from bot.handlers.departments import department_of
from bot.handlers.screens import XLSX, go_on, hand_over, turn_into
from bot.render.admin.export import YEARS, ExportChoice, NamedChoice, departments_message, export_message
from bot.render.admin.menu import on_page
from bot.runtime import Runtime
from qualify.access import Permission
from qualify.exports import Sheet, workbook
from qualify.reporting import company_export, import_templates, sheets
from qualify.services import authorization
from qualify.services.assessments import export_source
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import actor_of
from qualify.services.people import directory, joining
from qualify.storage.assessments import Scope
from qualify.storage.people import Who
from qualify.texts import say

MOST_SECONDS_EXPORTING = 1800  # enough for a hundred thousand assessments; what takes longer hangs
MOST_SECONDS_INVITING = 120


async def choose(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask what the export is to hold. Raises Forbidden."""
    await runtime.run(authorization.check, actor_of(who), Permission.EXPORT)
    wanted = _wanted(pressed)
    scope, named = await _scope(runtime, who, wanted)
    year = str(scope.since.year) if scope.since else None
    words = NamedChoice(named, year, scope.department)
    await turn_into(runtime, who, query, export_message(wanted, words, len(newest_standards(runtime)), who.language))


async def choose_department(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the department. Raises Forbidden."""
    names, page = await runtime.run(directory.departments, actor_of(who)), page_of(pressed, 3)
    shown = [(name, mark_of(name)) for name in names[on_page(names, page)]]
    message = departments_message(shown, page, len(names), _wanted(pressed), who.language)
    await turn_into(runtime, who, query, message)


def _wanted(pressed: Command) -> ExportChoice:
    return ExportChoice(*pressed.numbers[:3])


async def _scope(runtime: Runtime, who: Who, wanted: ExportChoice) -> tuple[Scope, str | None]:
    """What was chosen, and the standard's name. Raises Stale for what isn't offered any more."""
    standard = chosen(newest_standards(runtime), wanted.standard - 1) if wanted.standard else None
    department = await department_of(runtime, who, wanted.department) if wanted.department else None
    year = runtime.context.today().year + 1 - wanted.year
    since, until = (date(year, 1, 1), date(year, 12, 31)) if 0 < wanted.year <= YEARS else (None, None)
    scope = Scope(department, standard.id if standard else None, since, until)
    return scope, standard.name.in_language(who.language) if standard else None


async def send_export(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin to make the export and say so; the workbook follows. Raises Forbidden, Stale while something is under
    way."""
    runtime.jobs.refuse_second(who.telegram_id)
    scope, _ = await _scope(runtime, who, _wanted(pressed))
    await runtime.run(export_source.begin, actor_of(who), scope)
    go_on(runtime, who, _made_export(runtime, who, scope))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _made_export(runtime: Runtime, who: Who, scope: Scope) -> None:
    """Make the workbook in a process of its own, which reads the database itself, and send it."""
    here = runtime.context.elsewhere()
    content = await runtime.jobs.workers.run(
        MOST_SECONDS_EXPORTING, company_export.made_elsewhere, here, actor_of(who), who.language, scope
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
    "export": choose,
    "export-where": choose_department,
    "export-make": send_export,
    "people-invite": send_invitations,
    "template-people": send_people_template,
    "template-scores": send_scores_template,
}
