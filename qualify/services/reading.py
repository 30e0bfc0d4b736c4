"""Which standards somebody may read. A standard has nothing personal: whoever has joined reads all of them, in the
version in force or, coming from an assessment, in the one that it was opened with.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.errors import NotFound, Stale
from qualify.services import standard_settings
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.context import Context, reads
from qualify.standard import Level, Standard
from qualify.storage import assessments, people
from qualify.storage.tables import Person
from qualify.texts import LANGUAGES


class LevelChoice(NamedTuple):
    """A level of a standard, to be read; `is_own` is the reader's, `is_in_force` says that new assessments are made by
    this version."""

    standard: Standard
    level: Level
    is_own: bool = False
    is_in_force: bool = True


@lru_cache(maxsize=256)  # every screen of a review carries it
def mark(standard: Standard) -> int:
    """The number by which a button names this version of the standard, with the settings that are laid over it."""
    own = f"#{standard.settings.number}" if standard.settings else ""
    return mark_of(f"{standard.id}@{standard.version}{own}")


@reads
def marked(context: Context, number: int, place: int) -> LevelChoice:
    """The version of a standard that a button names, with its level at this place. Raises Stale where there is none any
    more."""
    for standard in chain(context.standards.all(), _with_settings(context)):
        if mark(standard) == number and place < len(standard.levels):
            with context.database.reading() as connection:
                is_in_force = _is_in_force(context, connection, standard)
            return LevelChoice(standard, standard.levels[place], is_in_force=is_in_force)
    raise Stale("error-stale")


def _with_settings(context: Context) -> Iterator[Standard]:
    """Every version with each of its settings: read only where no version as released is meant."""
    with context.database.reading() as connection:
        yield from standard_settings.adjusted(context, connection)


def _is_in_force(context: Context, connection: Connection, standard: Standard) -> bool:
    return standard_settings.in_force(context, connection, standard.id).version == standard.version


@reads
def choices(context: Context, person_id: int) -> list[LevelChoice]:
    """Every level of every standard in force with the settings in force, low to high, the person's own before all
    others, and the standard of their position before other standards.

    Their own is the level of their newest assessment, open or published, in the version of that assessment; without one
    the level that the list of people gives them.
    """
    with context.database.reading() as connection:
        person = people.by_id(connection, person_id)
        assessed = _assessed(context, connection, person_id)
        ids = dict.fromkeys(standard.id for standard in context.standards.all())
        current = [standard_settings.in_force(context, connection, each) for each in ids]
    current.sort(key=lambda standard: not _is_of_position(standard, person))
    every = [LevelChoice(standard, level) for standard in current for level in standard.levels]
    own = [assessed] if assessed else _listed(every, person)
    return own + [each for each in every if each._replace(is_own=True) not in own]


def _assessed(context: Context, connection: Connection, person_id: int) -> LevelChoice | None:
    """The level of the person's newest assessment, where its standard is still there."""
    newest = assessments.newest_about(connection, person_id)
    if newest is None:
        return None
    try:
        standard = context.standard(newest.standard, newest.version, newest.structure)
    except NotFound:
        return None
    is_in_force = _is_in_force(context, connection, standard)
    return LevelChoice(standard, standard.level(newest.level), is_own=True, is_in_force=is_in_force)


def _listed(offered: list[LevelChoice], person: Person) -> list[LevelChoice]:
    """The level that the list of people gives the person, in the standard of their position, or in every standard that
    has such a level."""
    named = [each._replace(is_own=True) for each in offered if _is_called(each.level, person.level)]
    return [each for each in named if _is_of_position(each.standard, person)] or named


def _is_called(level: Level, word: str) -> bool:
    """Whether somebody may call the level so: by its id, its name or a part of it ("3", "3级（中级）", "中级")."""
    names = [level.name.in_language(language).casefold() for language in LANGUAGES]
    parts = (part.strip() for name in names for part in re.split(r"[（）()]", name))
    return bool(word) and word.strip().casefold() in {level.id, *names, *parts}


def _is_of_position(standard: Standard, person: Person) -> bool:
    """Whether the standard is named after the person's position."""
    position = person.position.strip().casefold()
    return bool(position) and any(position in standard.name.in_language(each).casefold() for each in LANGUAGES)
