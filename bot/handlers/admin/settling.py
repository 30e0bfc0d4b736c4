"""What whoever signs settles first: which of several scores stands, whether two cases are one."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import number
from bot.handlers.admin.case import before, on_case, redraw
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.settling import matter_message
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.services.assessments import settling
from qualify.services.assessments.overview import NextStep
from qualify.services.authorization import actor_of
from qualify.storage.people import Who


@on_case
async def settle(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask about one matter, by the result that was looked at and its place; settle it when the button carries the
    choice."""
    if len(pressed.numbers) > 3:
        assessment_id, seen, place, choice = pressed.numbers[:4]
        await runtime.run(settling.settle, actor_of(who), assessment_id, place, choice, seen=seen)
        await redraw(runtime, who, query, pressed)
        return
    view = await before(runtime, who, pressed, NextStep.SETTLE)
    if view.result is None or view.result.id != number(pressed, 1) or number(pressed, 2) >= len(view.matters):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, matter_message(view, number(pressed, 2), who.language))


@on_case
async def settle_by(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Settle every open score as one source has it, by the result that was looked at."""
    assessment_id, seen, source = number(pressed, 0), number(pressed, 1), number(pressed, 2)
    await runtime.run(settling.settle_by, actor_of(who), assessment_id, source, seen=seen)
    await redraw(runtime, who, query, pressed)


SCREENS: Mapping[str, OnScreen] = {"case-settle": settle, "case-settle-by": settle_by}
