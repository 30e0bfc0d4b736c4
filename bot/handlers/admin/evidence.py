"""What assessors noted and attached, for the administrator who is about to decide."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import number, page_of
from bot.handlers.admin.case import view_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin.evidence import evidence_message
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.storage.people import Who


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """A page of it. Raises Stale when there is nothing that this administrator may read (any more)."""
    view = await view_of(runtime, who, number(pressed, 0))
    if not any(review.notes for review in view.reviews):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, evidence_message(view, page_of(pressed, 1), who.language))


SCREENS: Mapping[str, OnScreen] = {"case-evidence": show}
