"""One person: invite them, change their roles, shut them out or let them in, export or erase what is known.

A button carries the person's id first, and may carry last the page of the list from which the card was opened.
"""

import json
from collections.abc import Sequence

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers import commands
from bot.handlers.admin.arguments import chosen, page_of
from bot.handlers.screens import ask, hand_over, turn_into
from bot.render.admin.person import (
    card_message,
    edit_message,
    erased_message,
    erasure_message,
    field_question,
    giving_up_message,
    invitation_message,
    no_more_message,
    number_message,
    number_question,
    roles_message,
)
from bot.runtime import Runtime
from qualify.access import Permission, Role
from qualify.errors import Stale
from qualify.services import authorization, typed_answers
from qualify.services.authorization import actor_of, answering
from qualify.services.people import directory, joining, keeping, privacy, renumbering
from qualify.services.people import roles as roles_service
from qualify.services.people.directory import Card
from qualify.storage.people import Who
from qualify.storage.tables import Person

ROLES = tuple(Role)
NUMBER, FIELD = "person-number", "person-field"


async def card(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show everything about the person. Raises Forbidden, or NotFound for somebody unknown or erased, as every handler
    here."""
    await _show(runtime, who, query, await _card(runtime, who, pressed), page_of(pressed, 1))


async def _card(runtime: Runtime, who: Who, pressed: Command, numbers: int = 1) -> Card:
    """The card of the person whose id the button carries first. Raises Stale unless the button carries that many
    numbers, or one more for the page."""
    if len(pressed.numbers) not in (numbers, numbers + 1):
        raise Stale("error-stale")
    return await runtime.run(directory.card, actor_of(who), pressed.numbers[0])


async def _show(runtime: Runtime, who: Who, query: CallbackQuery, shown: Card, page: int) -> None:
    own = shown.person.id == who.person_id
    message = card_message(shown, runtime.context.standards, page, who.language, own=own)
    await turn_into(runtime, who, query, message)


async def invite(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Make a new invitation link and show it; earlier links of the person end. Raises InvalidInput for somebody who has
    joined."""
    person = (await _card(runtime, who, pressed)).person
    await _show_link(runtime, who, query, pressed, person, moves=False)


async def move(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Make a link that brings the person to another account, and show it. Raises InvalidInput for somebody who hasn't
    joined."""
    person = (await _card(runtime, who, pressed)).person
    await _show_link(runtime, who, query, pressed, person, moves=True)


async def _show_link(
    runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command, person: Person, *, moves: bool
) -> None:
    token = await runtime.run(joining.invite, actor_of(who), person.staff_no, moves=moves)
    link, days = joining.invitation_link(runtime.api.bot.username, token), joining.INVITE_VALID.days
    message = invitation_message(person, link, days, page_of(pressed, 1), who.language, moves=moves)
    await turn_into(runtime, who, query, message)


async def roles(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show which roles the person has, each with a button that gives or takes it."""
    shown = await _card(runtime, who, pressed)
    await turn_into(runtime, who, query, roles_message(shown, page_of(pressed, 1), who.language))


async def set_role(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Give a role or take it: the button carries the role's number and 1 or 0. Administrators who would lose their own
    role are asked first."""
    before = await _card(runtime, who, pressed, numbers=3)
    if pressed.numbers[1] >= len(ROLES):
        raise Stale("error-stale")
    role = {ROLES[pressed.numbers[1]]}
    given = before.roles | role if _is_wanted(pressed, 2) else before.roles - role
    if given and before.person.id == who.person_id and Role.ADMIN not in given:
        await turn_into(runtime, who, query, giving_up_message(before.person, page_of(pressed, 3), who.language))
        return
    await runtime.run(roles_service.set_roles, actor_of(who), before.person.staff_no, given)
    after = await _card(runtime, who, pressed, numbers=3)
    await turn_into(runtime, who, query, roles_message(after, page_of(pressed, 3), who.language))
    await _fit_menu(runtime, after)


async def give_up(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Take the administrator's role from the person who presses. Raises Stale for somebody else's card."""
    own = await _card(runtime, who, pressed)
    if own.person.id != who.person_id:
        raise Stale("error-stale")
    given = own.roles - {Role.ADMIN}
    await runtime.run(roles_service.set_roles, actor_of(who), own.person.staff_no, given)
    await turn_into(runtime, who, query, no_more_message(own.person, who.language))
    await commands.fit(runtime, who._replace(roles=given))


def _is_wanted(pressed: Command, place: int) -> bool:
    """Whether the button's number at this place is 1. Raises Stale for any but 0 and 1."""
    if pressed.numbers[place] > 1:
        raise Stale("error-stale")
    return pressed.numbers[place] == 1


async def _fit_menu(runtime: Runtime, shown: Card) -> None:
    if shown.account is not None:
        await commands.fit(runtime, shown.account)


async def set_active(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Shut the person out or let them in again: the button carries 0 or 1."""
    before = await _card(runtime, who, pressed, numbers=2)
    await runtime.run(roles_service.set_active, actor_of(who), before.person.staff_no, active=_is_wanted(pressed, 1))
    after = await _card(runtime, who, pressed, numbers=2)
    await _show(runtime, who, query, after, page_of(pressed, 2))
    await _fit_menu(runtime, after)


async def number(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for another staff number."""
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    person, page = (await _card(runtime, who, pressed)).person, page_of(pressed, 1)
    await ask(runtime, who, query, f"{NUMBER} {person.id} {page}", number_question(person, page, who.language))


async def number_typed(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Show the number so far and the typed one, which waits for the button. Raises InvalidInput that says why it can't
    be theirs; another can be typed."""
    person_id, page = int(arguments[0]), int(arguments[1])
    person = (await runtime.run(directory.card, actor_of(who), person_id)).person
    checked = await runtime.run(renumbering.check_number, actor_of(who), person.staff_no, text)
    await runtime.run(typed_answers.ask, who.telegram_id, f"{NUMBER} {person_id} {page} {checked.new}")
    await runtime.api.send(who.telegram_id, number_message(person, checked.new, page, who.language))


async def set_number(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Give the person the number that waits. Raises Stale when none waits or another person's."""
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    kind, *words = who.asked.split(maxsplit=3) or [""]
    if kind != NUMBER or len(words) < 3 or pressed.numbers[:1] != (int(words[0]),):
        raise Stale("error-stale")
    person = (await _card(runtime, who, pressed)).person
    await runtime.run(renumbering.renumber, answering(who), person.staff_no, words[2])
    await _show(runtime, who, query, await _card(runtime, who, pressed), page_of(pressed, 1))


async def edit(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask what of the person is changed."""
    person = (await _card(runtime, who, pressed)).person
    await turn_into(runtime, who, query, edit_message(person, page_of(pressed, 1), who.language))


async def field(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for another word in the field whose place the button carries."""
    await runtime.run(authorization.check, actor_of(who), Permission.CHANGE_PEOPLE)
    card, page = await _card(runtime, who, pressed, numbers=2), page_of(pressed, 2)
    name = chosen(keeping.CHANGED, pressed.numbers[1])
    question = field_question(card, name, page, who.language)
    await ask(runtime, who, query, f"{FIELD} {card.person.id} {name} {page}", question)


async def field_typed(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Change the field to the typed word and show the card. Raises InvalidInput where it can't be empty."""
    person_id, name, page = int(arguments[0]), arguments[1], int(arguments[2])
    person = (await runtime.run(directory.card, actor_of(who), person_id)).person
    await runtime.run(keeping.change, answering(who), person.staff_no, {name: text})
    shown, own = await runtime.run(directory.card, actor_of(who), person_id), person_id == who.person_id
    message = card_message(shown, runtime.context.standards, page, who.language, own=own)
    await runtime.api.send(who.telegram_id, message)


async def export(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send everything that is kept about the person, as a JSON document to hand to them."""
    person = (await _card(runtime, who, pressed)).person
    kept = await runtime.run(privacy.export_person, actor_of(who), person.staff_no)
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode()
    file = (f"person-{person.id}.json", content, "application/json")
    await runtime.api.answer_and_edit(query.id, None, hand_over(runtime, who, file))


async def ask_to_erase(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Say what would be erased and what stays, and ask for a yes."""
    person = (await _card(runtime, who, pressed)).person
    await turn_into(runtime, who, query, erasure_message(person, page_of(pressed, 1), who.language))


async def erase(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Erase what is known about the person, for good."""
    before = await _card(runtime, who, pressed)
    await runtime.run(privacy.erase_person, actor_of(who), before.person.staff_no)
    await turn_into(runtime, who, query, erased_message(before.person, page_of(pressed, 1), who.language))
    if before.account is not None:
        await commands.fit(runtime, before.account._replace(active=False))


SCREENS = {
    "person": card,
    "person-invite": invite,
    "person-move": move,
    "person-roles": roles,
    "person-role": set_role,
    "person-give-up": give_up,
    NUMBER: number,
    "person-edit": edit,
    FIELD: field,
    "person-number-do": set_number,
    "person-active": set_active,
    "person-export": export,
    "person-erase": ask_to_erase,
    "person-erase-yes": erase,
}
ANSWERS = {NUMBER: number_typed, FIELD: field_typed}
