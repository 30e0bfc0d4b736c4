"""Invitations as they are passed on: the link of a token, and the links of many people as one sheet."""

from collections.abc import Sequence

from qualify.exports import Sheet
from qualify.services.exporting import titled
from qualify.storage.tables import Person

HEADINGS = ("staff-no", "name", "department", "link")


def link(username: str, token: str) -> str:
    """What opens the bot of this username and hands it the token."""
    return f"https://t.me/{username}?start={token}"


def sheet(invited: Sequence[tuple[Person, str]], username: str, language: str) -> Sheet:
    """Each of the invited people with their own link."""
    rows = [(person.staff_no, person.name, person.department, link(username, token)) for person, token in invited]
    return titled(language, "invitations", HEADINGS, rows)
