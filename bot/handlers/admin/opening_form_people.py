"""The form's people: whom the assessment is about and who rates, found by a typed name or chosen from lists."""

from collections.abc import Mapping, Sequence

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import number, page_of
from bot.handlers.admin.opening_form import fill, fill_below, form_of, on_form
from bot.handlers.departments import department_of
from bot.handlers.screens import OnScreen, ask, turn_into
from bot.render.admin import opening_form_choices as render
from bot.render.admin.menu import PAGE, on_page
from bot.render.menus import MOST
from bot.runtime import Runtime
from qualify.errors import NotFound, Stale
from qualify.services import typed_answers
from qualify.services.assessments import opening_form
from qualify.services.assessments.opening_draft import Filled, mark_of
from qualify.services.assessments.opening_form import Members
from qualify.services.authorization import actor_of
from qualify.services.people import directory
from qualify.services.people import directory as directory_service
from qualify.storage.people import Who


@on_form
async def whom(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask whether the form is about one person or a whole department."""
    await turn_into(runtime, who, query, render.whom_message(who.language))


@on_form
async def find(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask for a name or staff number to look for."""
    await ask(runtime, who, query, "new-find", render.find_message(who.language))


async def found(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Look for the typed words: fill in the only match, or offer several. Raises NotFound when nobody matches."""
    matching = await runtime.run(directory.find, actor_of(who), text, most=MOST, active=True)
    if not matching.total:
        raise NotFound("error-nobody-found", given=text)
    if matching.total > 1:
        await runtime.run(typed_answers.take_back, who.telegram_id)
        await runtime.api.send(who.telegram_id, render.found_message(matching, who.language))
    else:
        await fill_below(runtime, who, opening_form.set_subject, matching.people[0].id)


@on_form
async def person(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Fill in the person who was chosen from several."""
    await fill(runtime, who, query, opening_form.set_subject, number(pressed, 0))


@on_form
async def departments(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of departments to choose from."""
    names, page = await runtime.run(directory_service.departments, actor_of(who)), page_of(pressed)
    counted = await runtime.run(directory_service.counted, actor_of(who), names[on_page(names, page)])
    marked = [(name, count, mark_of(name)) for name, count in counted]
    await turn_into(runtime, who, query, render.departments_message(marked, page, len(names), who.language))


@on_form
async def department(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Fill in the department."""
    name = await department_of(runtime, who, number(pressed, 0))
    await fill(runtime, who, query, opening_form.set_department, name)


@on_form
async def members(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the department's people, each with a switch, and switches for positions and levels."""
    await _show_members(runtime, who, query, page_of(pressed))


@on_form
async def leave_out(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Leave out, or let in again, the person, the position or the level that the button stands for."""
    kind, of, out, page = (number(pressed, place) for place in range(4))
    found = await _members(runtime, who, page)
    values: dict[int, str] = (
        {person.id: person.staff_no for person in found.people}
        if kind == render.PERSON
        else {mark_of(value): value for value, _ in (found.positions, found.levels)[kind - 1]}
    )
    if of not in values:
        raise Stale("error-stale")
    field = render.LEFT_OUT[kind]
    await runtime.run(opening_form.leave_out, actor_of(who), who.telegram_id, field, values[of], out=bool(out))
    await _show_members(runtime, who, query, page)


async def _members(runtime: Runtime, who: Who, page: int) -> Members:
    return await runtime.run(opening_form.members, actor_of(who), who.telegram_id, page * PAGE, PAGE)


async def _show_members(runtime: Runtime, who: Who, query: CallbackQuery, page: int) -> None:
    found = await _members(runtime, who, page)
    await turn_into(runtime, who, query, render.members_message(found, page, who.language))


@on_form
async def assessors(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of people who can rate."""
    await _show_assessors(runtime, who, query, await form_of(runtime, who), page_of(pressed))


@on_form
async def assessor(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Let the person rate with the weight that the button carries, or not at all for 0."""
    chosen = number(pressed, 0), number(pressed, 1)
    filled = await runtime.run(opening_form.set_assessor, actor_of(who), who.telegram_id, *chosen)
    await _show_assessors(runtime, who, query, filled, page_of(pressed, 2))


@on_form
async def lead(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Make the person the lead of those who rate."""
    filled = await runtime.run(opening_form.set_lead, actor_of(who), who.telegram_id, number(pressed, 0))
    await _show_assessors(runtime, who, query, filled, page_of(pressed, 1))


async def _show_assessors(runtime: Runtime, who: Who, query: CallbackQuery, filled: Filled, page: int) -> None:
    about = [*filled.subjects, *filled.unfinished] if filled.form.subject else []
    subject = [person.id for person in about]
    offered = await runtime.run(directory_service.assessors, actor_of(who), page, but=subject, most=PAGE)
    await turn_into(runtime, who, query, render.assessors_message(filled, offered, who.language))


SCREENS: Mapping[str, OnScreen] = {
    "new-whom": whom,
    "new-find": find,
    "new-person": person,
    "new-departments": departments,
    "new-department": department,
    "new-members": members,
    "new-without": leave_out,
    "new-assessors": assessors,
    "new-assessor": assessor,
    "new-lead": lead,
}
ANSWERS = {"new-find": found}
