"""Reading a standard: /standard, while rating, from a result. A button carries `To.STANDARD`, a word and a place."""

from collections.abc import Mapping
from functools import partial

from telegram import CallbackQuery, Update

from bot.buttons import Command
from bot.handlers.screens import OnScreen, by_word, turn_into
from bot.render.standard import (
    SECTIONS,
    OpenStandard,
    Place,
    choice_message,
    element_message,
    learn_message,
    level_message,
    section_message,
)
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.services import reading
from qualify.services.assessments import results
from qualify.services.authorization import actor_of
from qualify.storage.people import Who


async def choose(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/standard: ask for a standard and a level, the person's own first."""
    found = await runtime.run(reading.choices, _person(who))
    await runtime.api.send(who.telegram_id, choice_message(found, 0, who.language))


def _person(who: Who) -> int:
    person_id = actor_of(who).person_id
    assert person_id is not None
    return person_id


async def choose_again(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """A page of the same list. Raises Stale for one that isn't there."""
    found = await runtime.run(reading.choices, _person(who))
    first = pressed.numbers[0] if pressed.numbers else 0
    if len(pressed.numbers) > 1 or first >= len(found):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, choice_message(found, first, who.language))


async def level(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """A level at a glance. Raises Stale."""
    await turn_into(runtime, who, query, level_message(await _read(runtime, pressed), who.language))


async def element(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """An element at a level. Raises Stale."""
    await turn_into(runtime, who, query, element_message(await _read(runtime, pressed), who.language))


async def section(word: str, runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """What there is to read besides the elements. Raises Stale."""
    await turn_into(runtime, who, query, section_message(await _read(runtime, pressed), word, who.language))


async def learn(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """What the elements of a result ask for. Raises Stale, or NotFound for anybody who may not see the result."""
    read = await _read(runtime, pressed)
    shown = await runtime.run(results.seen_by, _person(who), read.place.result)
    if (shown.standard, shown.result.level) != (read.standard, read.level.id):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, learn_message(shown, read, who.language))


async def _read(runtime: Runtime, pressed: Command) -> OpenStandard:
    """What a button leads to. Raises Stale for a place that no standard has."""
    if len(pressed.numbers) != len(Place._fields):
        raise Stale("error-stale")
    place = Place(*pressed.numbers)
    chosen = await runtime.run(reading.marked, place.standard, place.level)
    if place.element >= len(chosen.standard.all_elements()):
        raise Stale("error-stale")
    return OpenStandard(place, chosen)


SCREENS: Mapping[str, OnScreen] = {
    "": choose_again,
    "level": level,
    "element": element,
    "learn": learn,
    **{word: partial(section, word) for word in SECTIONS},
}

screen = by_word(SCREENS)
"""Hands a press to the screen that its word names."""
