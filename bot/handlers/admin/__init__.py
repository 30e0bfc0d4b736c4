"""What administrators do in the chat: /admin and the screens behind it.

A screen's button carries `To.ADMIN`, its numbers, and the screen's word; `SCREENS` says which handler draws it. Whether
somebody may see or do it, only the services decide.
"""

from collections.abc import Mapping

from telegram import CallbackQuery, Update

from bot.buttons import Command
from bot.handlers.admin import (
    adopting,
    case,
    decisions,
    files,
    finding,
    lists,
    opening_form,
    opening_form_people,
    people,
    person,
    progress,
    ranking,
    settling,
    standards,
    statistics,
    team,
    trial,
    workbooks,
)
from bot.handlers.screens import OnAnswer, OnScreen, by_word, turn_into
from bot.render.admin.menu import COUNTED, menu_message
from bot.runtime import Runtime
from qualify.services.assessments.progress import waiting as count_waiting
from qualify.services.authorization import actor_of
from qualify.services.reviews import answering
from qualify.storage.people import Who


async def command(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/admin: show the menu with the numbers of what waits. A review in hand is paused, so that what is sent next isn't
    taken as its evidence. Raises Forbidden for anybody who isn't an administrator."""
    waiting = await runtime.run(count_waiting, actor_of(who), COUNTED)
    if who.review_id is not None:
        await runtime.run(answering.pause, who.telegram_id)  # what is sent from here on isn't evidence
    await runtime.api.send(who.telegram_id, menu_message(waiting, who.language))


async def menu(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Show the menu again, in the place of another screen."""
    waiting = await runtime.run(count_waiting, actor_of(who), COUNTED)
    await turn_into(runtime, who, query, menu_message(waiting, who.language))


SCREENS: Mapping[str, OnScreen] = {
    "menu": menu,
    "ranking": ranking.show,
    "team": team.departments,
    **opening_form.SCREENS,
    **opening_form_people.SCREENS,
    **case.SCREENS,
    **decisions.SCREENS,
    **settling.SCREENS,
    **finding.SCREENS,
    **lists.SCREENS,
    **progress.SCREENS,
    **people.SCREENS,
    **person.SCREENS,
    **files.SCREENS,
    **statistics.SCREENS,
    **adopting.SCREENS,
    **workbooks.SCREENS,
    **standards.SCREENS,
    **trial.SCREENS,
}
ANSWERS: Mapping[str, OnAnswer] = {
    **opening_form.ANSWERS,
    **opening_form_people.ANSWERS,
    **case.ANSWERS,
    **decisions.ANSWERS,
    **people.ANSWERS,
    **person.ANSWERS,
    **files.ANSWERS,
    **trial.ANSWERS,
}

screen = by_word(SCREENS)
"""Hands a press to the screen that its word names."""
