"""Sheets with their words from the catalogue."""

from collections.abc import Iterable, Sequence

from qualify.exports import Cell, Sheet
from qualify.services.people.joining import invitation_link
from qualify.storage.tables import Person
from qualify.texts import say

INVITATIONS = ("staff-no", "name", "department", "link")


def titled(language: str, name: str, headings: Iterable[str], table: Iterable[tuple[Cell, ...]]) -> Sheet:
    """A sheet with its name and headings in words."""
    titles = tuple(say(language, f"export-heading-{heading}") for heading in headings)
    return Sheet(say(language, f"export-sheet-{name}"), titles, table)


def invitations(invited: Sequence[tuple[Person, str]], username: str, language: str) -> Sheet:
    """Each of the invited people with their own link."""
    rows = [
        (person.staff_no, person.name, person.department, invitation_link(username, token)) for person, token in invited
    ]
    return titled(language, "invitations", INVITATIONS, rows)
