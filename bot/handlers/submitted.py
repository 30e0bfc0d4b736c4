"""What an assessor has handed in, read again. A button carries `To.READ`, a word and numbers."""

from collections.abc import Mapping

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.screens import OnScreen, by_word, turn_into
from bot.render.submitted import element_message, list_message, summary_message
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.services.authorization import actor_of
from qualify.services.reviews import submitted
from qualify.services.reviews.submitted import SubmittedReview
from qualify.storage.people import Who

PAGE = 8


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the reviews that this person has handed in."""
    first_id = pressed.numbers[0] if pressed.numbers else 0
    page = await runtime.run(submitted.page, actor_of(who), first_id, most=PAGE)
    standards = {(each.id, each.version): each for each in runtime.context.standards.all()}
    await turn_into(runtime, who, query, list_message(page, standards, who.language))


async def _found(runtime: Runtime, who: Who, pressed: Command) -> SubmittedReview:
    if not pressed.numbers:
        raise Stale("error-stale")
    return await runtime.run(submitted.handed_in, actor_of(who), pressed.numbers[0])


async def review(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show the summary of a review. Raises Stale, or NotFound for one that isn't theirs or isn't handed in."""
    await turn_into(runtime, who, query, summary_message(await _found(runtime, who, pressed), who.language))


async def element(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show one element of a review with everything that was given. Raises Stale or NotFound."""
    found = await _found(runtime, who, pressed)
    if len(pressed.numbers) < 2 or pressed.numbers[1] >= len(found.screen.rows):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, element_message(found, pressed.numbers[1], who.language))


WORDS: Mapping[str, OnScreen] = {"list": listed, "review": review, "element": element}

read = by_word(WORDS)
"""Hands a press to the screen that its word names."""
