"""The list of people on the administrator's screens, and who was found."""

from collections.abc import Sequence

from bot.render.admin.menu import admin, back, brief, counted, turns
from bot.render.message import Message, Rows, bold, esc
from qualify.services.people.directory import PeoplePage
from qualify.storage.tables import Person
from qualify.texts import say


def people_message(page: PeoplePage, language: str) -> Message:
    """A page of people with a button for each, and one that invites everybody who hasn't joined."""
    count = say(language, "people-count", count=counted(page.total))
    before, after = (None if start is None else (start,) for start in (page.before, page.after))
    find = [admin(say(language, "people-find"), "find"), admin(say(language, "people-add"), "people-add")]
    first = page.people[0].id if page.people and page.before is not None else 0
    rows = [*person_rows(page.people, first, language), *turns(language, "people", before, after)]
    templates = [admin(say(language, f"file-template-{kind}"), f"template-{kind}") for kind in ("people", "scores")]
    rows += [*invite_row(page.not_joined, language), templates, [*find, back(language)]]
    return Message(f"{bold(say(language, 'admin-menu-people'))}\n{esc(count)}", rows)


def invite_row(not_joined: int, language: str) -> Rows:
    """The button that invites everybody who hasn't joined; no row when all have."""
    return [[admin(say(language, "people-invite", count=counted(not_joined)), "people-invite")]] if not_joined else []


def count_words(count: int, *, more: bool) -> str:
    """How many people match; `more` says that there are more than were counted."""
    return f"{count}+" if more else str(count)


def adding_question(language: str) -> Message:
    """Asks for somebody new, in one line."""
    return Message(esc(say(language, "people-add-ask")), [[back(language, "people", 0)]])


def person_rows(people: Sequence[Person], page: int, language: str) -> Rows:
    """A button to the card of each, which leads back to that page of the list."""
    return [[admin(_entry(person, language), "person", person.id, page)] for person in people]


def _entry(person: Person, language: str) -> str:
    words = [brief(person.name), brief(person.staff_no)]
    if not person.active or not person.joined:
        words.append(standing(person.active, person.joined, language))
    return " · ".join(words)


def standing(active: bool, joined: bool, language: str) -> str:
    """Whether somebody has left, has joined or hasn't yet, in words."""
    return say(language, "cli-person-left" if not active else "cli-person-joined" if joined else "cli-person-away")
