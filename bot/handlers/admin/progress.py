"""Who owes what, and a reminder now to one of them or to all who are late."""

from collections.abc import Iterable, Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.parts import number, page_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.progress import overdue, progress_message, reminded_words
from qualify.services import progress
from qualify.services.actors import actor_of
from qualify.storage.people import Who


async def show(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Everybody who owes a review."""
    await _show(desk, who, query, page_of(pressed))


async def _show(desk: Desk, who: Who, query: CallbackQuery, page: int, toast: str | None = None) -> None:
    owed = await desk.run(progress.owed, actor_of(who))
    await turn_into(desk, who, query, progress_message(owed, page, desk.context.today(), who.language), toast)


async def remind(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """One person."""
    await _remind(desk, who, query, [number(pressed, 0)], page_of(pressed, 1))


async def remind_overdue(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """All who are late."""
    owed = await desk.run(progress.owed, actor_of(who))
    late = {each.assessor.id for each in overdue(owed, desk.context.today())}
    await _remind(desk, who, query, late, page_of(pressed))


async def _remind(desk: Desk, who: Who, query: CallbackQuery, people: Iterable[int], page: int) -> None:
    count = await desk.run(progress.remind, actor_of(who), people)
    await _show(desk, who, query, page, reminded_words(count, who.language))


SCREENS: Mapping[str, OnScreen] = {"progress": show, "remind": remind, "remind-overdue": remind_overdue}
