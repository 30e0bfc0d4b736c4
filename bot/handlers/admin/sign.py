"""What waits for a signature, and publishing all that is signed at once."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.parts import page_of, standards_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.sign import HEADINGS, publish_message, queue_message
from qualify.services import assessments, signing
from qualify.services.actors import actor_of
from qualify.storage.assessments import Listed
from qualify.storage.people import Who
from qualify.texts import say


async def show(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The queue, without what is about this administrator."""
    await _show(desk, who, query, page_of(pressed))


async def _show(desk: Desk, who: Who, query: CallbackQuery, page: int, toast: str | None = None) -> None:
    waiting = await _waiting(desk, who)
    await turn_into(desk, who, query, queue_message(waiting, standards_of(desk), page, who.language), toast)


async def _waiting(desk: Desk, who: Who) -> list[Listed]:
    listed = await desk.run(assessments.listed, actor_of(who), HEADINGS)
    return [each for each in listed if each.subject_id != who.person_id]


async def publish(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Really? Then all that is signed is published, some at a time so that nobody else's press waits for it."""
    if not pressed.numbers:
        await turn_into(desk, who, query, publish_message(await _waiting(desk, who), who.language))
        return
    count = 0
    while published := await desk.run(signing.publish_signed, actor_of(who)):
        count += published
    key = "admin-sign-published" if count else "admin-sign-published-none"
    await _show(desk, who, query, 0, say(who.language, key, count=str(count)))


SCREENS: Mapping[str, OnScreen] = {"sign": show, "sign-publish": publish}
