"""What waits for a signature, and publishing all that is signed at once."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import standards_of, start_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.menu import PAGE
from bot.render.admin.sign import HEADINGS, publish_message, queue_message
from bot.runtime import Runtime
from qualify.services.assessments import listing, progress, sign_off
from qualify.services.assessments.listing import START, ListStart
from qualify.services.authorization import actor_of
from qualify.storage.people import Who
from qualify.texts import say
from qualify.workflow import AssessmentState

PARTS = [(state,) for state in HEADINGS]


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The queue, without what is about this administrator."""
    await _show(runtime, who, query, start_of(pressed))


async def _show(runtime: Runtime, who: Who, query: CallbackQuery, start: ListStart, toast: str | None = None) -> None:
    queue = await runtime.run(listing.page, actor_of(who), PARTS, start, most=PAGE, but_own=True)
    await turn_into(runtime, who, query, queue_message(queue, standards_of(runtime), who.language), toast)


async def publish(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Really? Then all that is signed is published, some at a time so that nobody else's press waits for it."""
    if not pressed.numbers:
        signed = await runtime.run(progress.waiting, actor_of(who), (AssessmentState.SIGNED_OFF,))
        await turn_into(runtime, who, query, publish_message(signed[AssessmentState.SIGNED_OFF], who.language))
        return
    count = 0
    while published := await runtime.run(sign_off.publish_signed, actor_of(who)):
        count += published
    key = "admin-sign-published" if count else "admin-sign-published-none"
    await _show(runtime, who, query, START, say(who.language, key, count=str(count)))


SCREENS: Mapping[str, OnScreen] = {"sign": show, "sign-publish": publish}
