"""Lists that administrators turn the pages of: assessments, what waits for a signature, appeals, settings, the log."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import standards_of, start_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.appeals import appeals_message
from bot.render.admin.assessments import list_message
from bot.render.admin.audit import PAGE as AUDIT_PAGE
from bot.render.admin.audit import audit_message
from bot.render.admin.menu import PAGE
from bot.render.admin.sign import HEADINGS, MOST_NAMED, publish_message, queue_message
from bot.render.admin.standard_settings import settings_message
from bot.runtime import Runtime
from qualify.services import audit_log, standard_settings
from qualify.services.assessments import appeals, listing, progress, sign_off
from qualify.services.assessments.appeals import START as FIRST_APPEAL
from qualify.services.assessments.appeals import AppealStart
from qualify.services.assessments.listing import START, ListStart
from qualify.services.authorization import actor_of
from qualify.storage.people import Who
from qualify.texts import say
from qualify.workflow import UNFINISHED, AssessmentState

NOT_OVER = UNFINISHED | {AssessmentState.APPEALED}


async def show_assessments(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the assessments that aren't over, the first due first. Raises Forbidden."""
    page = await runtime.run(listing.page, actor_of(who), (NOT_OVER,), start_of(pressed), most=PAGE)
    await turn_into(
        runtime, who, query, list_message(page, standards_of(runtime), runtime.context.today(), who.language)
    )


async def show_appeals(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the appeals that this administrator may answer. Raises Forbidden."""
    start = FIRST_APPEAL
    if len(pressed.numbers) > 1:
        start = AppealStart(bool(pressed.numbers[0]), pressed.numbers[1])
    page = await runtime.run(appeals.page, actor_of(who), start, most=PAGE)
    await turn_into(runtime, who, query, appeals_message(page, runtime.context.timezone, who.language))


PARTS = [(state,) for state in HEADINGS]


async def show_queue(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of what waits for a signature and then of what is signed, without assessments of this
    administrator."""
    await _show_queue(runtime, who, query, start_of(pressed))


async def _show_queue(
    runtime: Runtime, who: Who, query: CallbackQuery, start: ListStart, toast: str | None = None
) -> None:
    queue = await runtime.run(listing.page, actor_of(who), PARTS, start, most=PAGE, but_own=True)
    await turn_into(runtime, who, query, queue_message(queue, standards_of(runtime), who.language), toast)


async def publish(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask whether all signed results are published; with a yes publish them, some at a time so that nobody else's press
    waits."""
    if not pressed.numbers:
        signed = await runtime.run(progress.waiting, actor_of(who), (AssessmentState.SIGNED_OFF,))
        unheard = await runtime.run(sign_off.signed_unheard, actor_of(who), most=MOST_NAMED + 1)
        message = publish_message(signed[AssessmentState.SIGNED_OFF], unheard, who.language)
        await turn_into(runtime, who, query, message)
        return
    count = 0
    while published := await runtime.run(sign_off.publish_signed, actor_of(who)):
        count += published
    key = "admin-sign-published" if count else "admin-sign-published-none"
    await _show_queue(runtime, who, query, START, say(who.language, key, count=str(count)))


async def show_audit_log(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show the newest lines, or those older than the line whose id the button carries. Raises Forbidden."""
    before = pressed.numbers[0] if pressed.numbers else None
    page = await runtime.run(audit_log.page, actor_of(who), before, most=AUDIT_PAGE)
    standards, zone = runtime.context.standards, runtime.context.timezone
    message = audit_message(page, standards, zone, who.language, newest=before is None)
    await turn_into(runtime, who, query, message)


async def show_settings(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the standards with what is set beside them. Raises Forbidden."""
    found = await runtime.run(standard_settings.overview, actor_of(who))
    page = pressed.numbers[0] if pressed.numbers else 0
    await turn_into(runtime, who, query, settings_message(found, page, who.language))


SCREENS: Mapping[str, OnScreen] = {
    "assess": show_assessments,
    "sign": show_queue,
    "sign-publish": publish,
    "appeals": show_appeals,
    "audit": show_audit_log,
    "std-settings": show_settings,
}
