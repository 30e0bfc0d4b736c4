"""The administrators' search: whatever they type with no review in hand is looked for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import chosen, newest_standards, number, page_of
from bot.handlers.departments import department_of
from bot.handlers.screens import OnScreen, turn_into
from bot.render.admin import finding as render
from bot.render.admin.menu import PAGE, STATES, on_page
from bot.render.message import Message
from bot.runtime import Runtime
from qualify.reporting.seeking import understood
from qualify.services import finding
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import actor_of
from qualify.services.finding import Sought
from qualify.services.people import directory
from qualify.services.reviews import answering
from qualify.standard import Standard
from qualify.storage.people import Who


async def typed(runtime: Runtime, who: Who, text: str) -> None:
    """Look for what was typed. Raises Forbidden."""
    sought = understood(text, newest_standards(runtime))
    mark = await runtime.run(finding.look_for, actor_of(who), who.telegram_id, sought)
    await runtime.api.send(who.telegram_id, await _found(runtime, who, mark))


async def find(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin anew: everything, or what stands in the state whose place the button carries, the newest first, and what
    can narrow it. A review in hand is paused, so that what is typed next is looked for. Raises Forbidden."""
    sought = Sought(state=chosen(STATES, pressed.numbers[0])) if pressed.numbers else Sought()
    mark = await runtime.run(finding.look_for, actor_of(who), who.telegram_id, sought)
    if who.review_id is not None:
        await runtime.run(answering.pause, who.telegram_id)
    await _show(runtime, who, query, mark)


async def page(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of what the search finds. Raises Forbidden, or Stale for a button of an earlier search, as every
    handler here."""
    await _show(runtime, who, query, number(pressed, 0), page_of(pressed, 1))


async def last(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Show again what was looked for last, the way back from an assessment."""
    await turn_into(runtime, who, query, await _found(runtime, who, None))


async def _show(runtime: Runtime, who: Who, query: CallbackQuery, mark: int, first_id: int = 0) -> None:
    await turn_into(runtime, who, query, await _found(runtime, who, mark, first_id))


async def _found(runtime: Runtime, who: Who, mark: int | None, first_id: int = 0) -> Message:
    found = await runtime.run(finding.found, actor_of(who), who.telegram_id, mark, first_id, most=PAGE)
    return render.found_message(found, _named(runtime), who.language)


def _named(runtime: Runtime) -> dict[str, Standard]:
    return {each.id: each for each in newest_standards(runtime)}


async def people(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of all people that were found."""
    found = await runtime.run(finding.found, actor_of(who), who.telegram_id, number(pressed, 0), most=1)
    shown = render.people_message(found, _named(runtime), page_of(pressed, 1), who.language, size=PAGE)
    await turn_into(runtime, who, query, shown)


async def _sought(runtime: Runtime, who: Who, pressed: Command) -> Sought:
    return await runtime.run(finding.current, actor_of(who), who.telegram_id, number(pressed, 0))


async def _narrow(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command, **part: Any) -> None:
    """Look for the same with another part; a press that is delivered again finds another search, and says so."""
    sought = await _sought(runtime, who, pressed)
    given = actor_of(who), who.telegram_id, sought.mark
    await _show(runtime, who, query, await runtime.run(finding.look_again, *given, narrowed=replace(sought, **part)))


async def state(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the state; look only for it when the button carries its place, for all with 0."""
    if len(pressed.numbers) > 1:
        place = pressed.numbers[1]
        await _narrow(runtime, who, query, pressed, state=chosen((None, *STATES), place))
        return
    await turn_into(runtime, who, query, render.states_message(await _sought(runtime, who, pressed), who.language))


async def standard(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the standard; look only for it when the button carries its place, for all with 0."""
    known = newest_standards(runtime)
    if len(pressed.numbers) > 1:
        ids = ("", *(each.id for each in known))
        await _narrow(runtime, who, query, pressed, standard=chosen(ids, pressed.numbers[1]))
        return
    sought = await _sought(runtime, who, pressed)
    await turn_into(runtime, who, query, render.standards_message(sought, known, who.language))


async def department(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of departments; look only for one when the button carries 1 and its mark, for all with 0."""
    if page_of(pressed, 1) == 1:
        mark = number(pressed, 2)
        await _narrow(runtime, who, query, pressed, department=await department_of(runtime, who, mark) if mark else "")
        return
    names = await runtime.run(directory.departments, actor_of(who))
    sought, page = await _sought(runtime, who, pressed), page_of(pressed, 2)
    marked = [(name, mark_of(name)) for name in names[on_page(names, page)]]
    message = render.departments_message(sought, marked, page, len(names), who.language)
    await turn_into(runtime, who, query, message)


async def about(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of all assessments about the person whose id the button carries."""
    given = number(pressed, 0), page_of(pressed, 1)
    person, found = await runtime.run(finding.about, actor_of(who), *given, most=PAGE)
    await turn_into(runtime, who, query, render.about_message(person, found, who.language))


SCREENS: Mapping[str, OnScreen] = {
    "find": find,
    "find-page": page,
    "find-last": last,
    "find-people": people,
    "find-state": state,
    "find-standard": standard,
    "find-department": department,
    "person-cases": about,
}
