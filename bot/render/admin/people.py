"""People on the administrator's screens: the list, and who was found."""

from bot.render.admin.menu import admin, back, brief, pages
from bot.render.menus import MOST
from bot.render.message import Message, Rows, bold, esc, short
from qualify.services.directory import Page
from qualify.storage.tables import Person
from qualify.texts import say

WORDS = 30  # of what was looked for


def people_message(found: Page, page: int, away: int, language: str) -> Message:
    """One page of everybody, a button for each, and one that invites all the `away`, who haven't joined."""
    count = say(language, "people-count", count=str(found.total))
    turns = pages(language, "people", page, found.total)
    find = [admin(say(language, "people-find"), "people-find")]
    rows = [*_rows(found, page, language), *turns, *invite_row(away, language), [*find, back(language)]]
    return Message(f"{bold(say(language, 'admin-menu-people'))}\n{esc(count)}", rows)


def invite_row(away: int, language: str) -> Rows:
    """The button that invites everybody who hasn't joined; none where all have."""
    return [[admin(say(language, "people-invite", count=str(away)), "people-invite")]] if away else []


def found_message(found: Page, words: str, language: str) -> Message:
    """Who matches the words that were typed."""
    key = "people-found" if found.total else "people-none"
    lines = [say(language, key, words=short(words, WORDS), count=str(found.total))]
    if found.total > MOST:
        lines.append(say(language, "people-more", count=str(found.total - MOST)))
    again = admin(say(language, "people-find"), "people-find")
    return Message(esc("\n".join(lines)), [*_rows(found, 0, language), [again, back(language, "people", 0)]])


def question(language: str) -> Message:
    """Asks for the words to look for."""
    return Message(esc(say(language, "people-ask")), [[back(language, "people", 0)]])


def _rows(found: Page, page: int, language: str) -> Rows:
    return [[admin(_entry(person, joined, language), "person", person.id, page)] for person, joined in found.people]


def _entry(person: Person, joined: bool, language: str) -> str:
    words = [brief(person.name), brief(person.staff_no)]
    if not person.active or not joined:
        words.append(standing(person.active, joined, language))
    return " · ".join(words)


def standing(active: bool, joined: bool, language: str) -> str:
    """Whether somebody works here, and has joined."""
    return say(language, "cli-person-left" if not active else "cli-person-joined" if joined else "cli-person-away")
