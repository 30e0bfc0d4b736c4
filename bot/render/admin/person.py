"""One person on the administrator's screens: the card, the invitation, the roles, and erasure.

`page` is the id of the person that begins the page of the list from which the card was opened; every button takes it
along, and the way back leads there.
"""

from collections.abc import Sequence
from datetime import date

from bot.render.admin.menu import admin, back
from bot.render.admin.people import standing
from bot.render.menus import plain_message
from bot.render.message import Button, Message, Rows, bold, copying, esc, in_rows, short
from qualify.access import Role
from qualify.services.people.directory import Card
from qualify.services.people.keeping import CHANGED
from qualify.standard import Catalogue
from qualify.storage.tables import CAREER, Assessment, Person
from qualify.texts import say

WORD = 30  # characters of a name, a department, …


def card_message(card: Card, standards: Catalogue, page: int, language: str, *, own: bool) -> Message:
    """Everything about one person. The administrator's `own` card has no button that would shut them out."""
    lines = [*_facts(card.person, language), "", *_standing(card, language)]
    if card.newest:
        lines += ["", esc(say(language, "person-newest"))]
        lines += [esc(_assessment(each, standards, language)) for each in card.newest]
    return Message("\n".join(lines), _rows(card, page, language, own=own))


def _facts(person: Person, language: str) -> list[str]:
    """Name and staff number, then what else is known."""
    words = [short(fact, WORD) for fact in (person.department, person.position, person.level) if fact]
    heading = f"{bold(short(person.name, WORD))} · {esc(short(person.staff_no, WORD))}"
    career = [
        say(language, f"person-career-{name}".replace("_", "-"), value=short(fact_words(value, language), WORD))
        for name in CAREER
        if (value := getattr(person, name))
    ]
    return list(filter(None, [heading, esc(" · ".join(words)), esc(" · ".join(career))]))


def fact_words(value: str | date | Sequence[str] | None, language: str) -> str:
    """What is known of a person in words; empty where nothing is."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return value.isoformat()
    return say(language, "explain-separator").join(value)


def _standing(card: Card, language: str) -> list[str]:
    separator = say(language, "explain-separator")
    roles = separator.join(say(language, f"cli-role-{role}") for role in Role if role in card.roles)
    blocked = card.account is not None and card.account.blocked
    joined = say(language, "person-blocked") if blocked else standing(True, card.account is not None, language)
    lines = [] if card.person.active else [say(language, "person-left")]
    if card.manager is not None:
        manager = f"{short(card.manager.name, WORD)} · {short(card.manager.staff_no, WORD)}"
        lines.append(say(language, "person-has-manager", manager=manager))
    lines += [
        say(language, "person-has-roles", roles=roles),
        say(language, "person-telegram", standing=joined),
        say(language, "person-owes", count=str(card.owed)),
    ]
    return [esc(line) for line in lines]


def _assessment(assessment: Assessment, standards: Catalogue, language: str) -> str:
    standard = standards.get(assessment.standard, assessment.version)
    words = standard.name.in_language(language), standard.level(assessment.level).name.in_language(language)
    return " · ".join([*words, say(language, "life-state", state=assessment.state)])


def _rows(card: Card, page: int, language: str, *, own: bool) -> Rows:
    rows: Rows = [[_entry(card, "roles", page, language), _entry(card, "number", page, language)]]
    rows.append([_entry(card, "edit", page, language)])
    if card.account is None and card.person.active:
        rows[0].insert(0, _entry(card, "invite", page, language))
    if card.account is not None and card.person.active:
        rows[1].append(_entry(card, "move", page, language))
    if not own:
        rows.append([_active_button(card.person, page, language)])
        rows.append([_entry(card, "export", page, language), _entry(card, "erase", page, language)])
    if card.assessed:
        rows.insert(0, [admin(say(language, "person-cases", count=str(card.assessed)), "person-cases", card.person.id)])
    return [*rows, [back(language, "people", page)]]


def _entry(card: Card, name: str, page: int, language: str) -> Button:
    return admin(say(language, f"person-{name}"), f"person-{name}", card.person.id, page)


def _active_button(person: Person, page: int, language: str) -> Button:
    """A button that carries whether the person is to be active, so that a doubled press counts once."""
    key = "person-shut-out" if person.active else "person-let-in"
    return admin(say(language, key), "person-active", person.id, int(not person.active), page)


def invitation_message(
    person: Person, link: str, days: int, page: int, language: str, *, moves: bool = False
) -> Message:
    """The link that lets the person in, or `moves` them to another account, to be passed on to them; `days` says how
    long it is valid."""
    name = short(person.name, WORD)
    lines = [say(language, "person-moving" if moves else "person-invitation", name=name, days=str(days)), "", link]
    copy = copying(say(language, "person-copy-link"), link)
    return Message(esc("\n".join(lines)), [[copy], [back(language, "person", person.id, page)]])


def roles_message(card: Card, page: int, language: str) -> Message:
    """Each role with whether the person has it; a press gives or takes it."""
    rows: Rows = [[_role(card, number, role, page, language)] for number, role in enumerate(Role)]
    text = esc(say(language, "person-roles-of", name=short(card.person.name, WORD)))
    return Message(text, [*rows, [back(language, "person", card.person.id, page)]])


def _role(card: Card, number: int, role: Role, page: int, language: str) -> Button:
    has = role in card.roles
    text = say(language, "person-role-on" if has else "person-role-off", role=say(language, f"cli-role-{role}"))
    return admin(text, "person-role", card.person.id, number, int(not has), page)


def number_question(person: Person, page: int, language: str) -> Message:
    """Asks for another staff number."""
    words = {"name": short(person.name, WORD), "old": short(person.staff_no, WORD)}
    return Message(esc(say(language, "person-number-ask", **words)), [[back(language, "person", person.id, page)]])


def number_message(person: Person, new: str, page: int, language: str) -> Message:
    """The number so far and the new one, with the button that changes it."""
    words = {"name": short(person.name, WORD), "old": short(person.staff_no, WORD), "new": short(new, WORD)}
    do = admin(say(language, "person-number-do", **words), "person-number-do", person.id, page, style="primary")
    text = esc(say(language, "person-number-confirm", **words))
    return Message(text, [[do], [back(language, "person", person.id, page)]])


def edit_message(person: Person, page: int, language: str) -> Message:
    """Asks what of the person is changed."""
    buttons = [
        admin(_field(field, language), "person-field", person.id, number, page) for number, field in enumerate(CHANGED)
    ]
    text = esc(say(language, "person-edit-what", name=short(person.name, WORD)))
    return Message(text, [*in_rows(buttons, 2), [back(language, "person", person.id, page)]])


def _field(field: str, language: str) -> str:
    return say(language, f"person-field-{field}".replace("_", "-"))


def field_question(card: Card, field: str, page: int, language: str) -> Message:
    """Asks for another word in this field; for another manager by number or name."""
    person, manager = card.person, card.manager.name if card.manager else ""
    now = short(manager if field == "manager" else fact_words(getattr(person, field), language), WORD)
    now = now or say(language, "person-field-nothing")
    named = _field(field, language)
    text = say(language, "person-field-ask", name=short(person.name, WORD), field=named, now=now)
    return Message(esc(text), [[back(language, "person-edit", person.id, page)]])


def giving_up_message(person: Person, page: int, language: str) -> Message:
    """Asks an administrator whether they really give up their own role."""
    give_up = admin(say(language, "person-admin-give-up"), "person-give-up", person.id, page, style="danger")
    rows = [[give_up], [back(language, "person-roles", person.id, page)]]
    return Message(esc(say(language, "person-admin-ask")), rows)


def erasure_message(person: Person, page: int, language: str) -> Message:
    """Says what is erased and what stays, with the button that erases."""
    name = short(person.name, WORD)
    parts = [
        bold(say(language, "person-erase-title", name=name)),
        esc(say(language, "person-erase-goes")),
        esc(say(language, "person-erase-stays")),
        esc(say(language, "person-erase-final")),
    ]
    erase = admin(say(language, "person-erase-do", name=name), "person-erase-yes", person.id, page, style="danger")
    return Message("\n\n".join(parts), [[erase], [back(language, "person", person.id, page)]])


def erased_message(person: Person, page: int, language: str) -> Message:
    """Says that what was known about the person is erased."""
    text = esc(say(language, "person-erased", name=short(person.name, WORD)))
    return Message(text, [[back(language, "people", page)]])


def no_more_message(person: Person, language: str) -> Message:
    """Says that somebody gave up their administrator's role; no buttons, since none would do anything for them now."""
    return plain_message("person-admin-no-more", language, name=short(person.name, WORD))
