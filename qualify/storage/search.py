"""Finding people by a part of their staff number, name or department, however many there are.

Every ending of these is a word in the table `person_search`: a part of a text is the beginning of one of its endings,
and what begins with something is found by an index on both databases, also by one or two Chinese characters.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from qualify.storage.rows import as_object
from qualify.storage.tables import Person, PersonSearch
from qualify.texts import visible

LONGEST_WORD = 24
"""Longer endings are cut: longer words are looked up by their beginning, and then compared in full."""
LAST = "\U0010ffff"
AT_ONCE = 500
FOUND_BY = ("staff_no", "name", "department")


def folded(text: str) -> str:
    """The text as it is compared: wide letters and digits are as good as narrow ones, capitals as small ones."""
    return unicodedata.normalize("NFKC", visible(text)).strip().casefold()


def index(connection: Connection, people: Mapping[int, Iterable[str]]) -> None:
    """Let these people, by id, be found by the texts and by nothing else; without texts, not at all."""
    ids = list(people)
    for start in range(0, len(ids), AT_ONCE):
        these = ids[start : start + AT_ONCE]
        connection.execute(delete(PersonSearch).where(col(PersonSearch.person_id).in_(these)))
    words = [{"word": word, "person_id": key} for key, texts in people.items() for word in _endings(texts)]
    if words:
        connection.execute(insert(PersonSearch), words)


def _endings(texts: Iterable[str]) -> list[str]:
    whole = [folded(text) for text in texts]
    return sorted({text[start : start + LONGEST_WORD] for text in whole for start in range(len(text))})


class Matching(NamedTuple):
    """The first of those who match, how many were found, and whether there may be more than that."""

    people: list[Person]
    total: int
    more: bool


def matching(connection: Connection, words: str, most: int, *, active: bool = False, limit: int) -> Matching:
    """Up to `most` of those who have `words` in one of the texts, by staff number. No more than `limit` endings are
    looked at. People who were erased are left out; so, with `active`, are those who left."""
    wanted = folded(words)
    beginning = wanted[:LONGEST_WORD]
    statement = (
        select(*Person.__table__.c)  # type: ignore[attr-defined]
        .join(PersonSearch, col(PersonSearch.person_id) == col(Person.id))
        .where(
            col(PersonSearch.word) >= beginning,
            col(PersonSearch.word) < beginning + LAST,
            *([col(Person.active)] if active else []),
        )
        .order_by(col(PersonSearch.word), col(PersonSearch.person_id))
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    found: Collection[Any] = {row.id: row for row in rows}.values()
    if len(wanted) > LONGEST_WORD:
        found = [row for row in found if any(wanted in folded(row._mapping[name]) for name in FOUND_BY)]
    first = sorted(found, key=lambda row: row.staff_no)[:most]
    return Matching([as_object(Person, row._mapping) for row in first], len(found), len(rows) == limit)


def texts_of(person: Person) -> list[str]:
    """What a person is found by."""
    return [getattr(person, name) for name in FOUND_BY]
