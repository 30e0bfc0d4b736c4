"""Who owes reviews, and a reminder now to one person or to everybody who is late."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import number, place_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.progress import PEOPLE, REVIEWS, progress_message, reminded_words
from bot.runtime import Runtime
from qualify.services.assessments import progress
from qualify.services.authorization import actor_of
from qualify.storage.assessments import DuePlace
from qualify.storage.people import Who


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the people who owe a review. Raises Forbidden."""
    await _show(runtime, who, query, place_of(pressed))


async def _show(runtime: Runtime, who: Who, query: CallbackQuery, place: DuePlace, toast: str | None = None) -> None:
    page = await runtime.run(progress.page, actor_of(who), place, most=PEOPLE, reviews_each=REVIEWS)
    await turn_into(runtime, who, query, progress_message(page, runtime.context.today(), who.language), toast)


async def remind(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Owe a reminder now to the person whose id the button carries. Raises Forbidden."""
    count = await runtime.run(progress.remind, actor_of(who), [number(pressed, 0)])
    await _show(runtime, who, query, place_of(pressed, 1), reminded_words(count, who.language))


async def remind_overdue(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Owe a reminder now to everybody who has an overdue review. Raises Forbidden."""
    count = await runtime.run(progress.remind_late, actor_of(who))
    await _show(runtime, who, query, place_of(pressed), reminded_words(count, who.language))


SCREENS: Mapping[str, OnScreen] = {"progress": show, "remind": remind, "remind-overdue": remind_overdue}
