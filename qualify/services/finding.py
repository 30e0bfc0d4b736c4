"""One search for administrators: people and assessments, the finished ones too, by a part of a name, a staff number or
a department, narrowed to a state, a standard, a department.

What is looked for is kept with the account, for it doesn't fit into the buttons that turn the pages; these carry its
mark, so that those of an earlier search are known.
"""

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import NotFound, Stale
from qualify.services.assessments.overview import Overview, read
from qualify.services.authorization import Actor, Viewer, authorize
from qualify.services.context import Context, reads
from qualify.storage import finding, people, search
from qualify.storage.columns import LARGEST_ID
from qualify.storage.finding import Narrowed
from qualify.storage.tables import Person
from qualify.workflow import AssessmentState

MOST_PEOPLE = 50
"""How many matches are looked at; among more than that, people are found by typing more of the name."""
MAX_WORDS = 60


@dataclass(frozen=True)
class Sought:
    """What is looked for: `words` in somebody's name, staff number or department; the id of a standard; a whole
    department; a state. "" and None ask for everything."""

    words: str = ""
    standard: str = ""
    department: str = ""
    state: AssessmentState | None = None

    @property
    def mark(self) -> int:
        """A number that tells it from most others, for buttons."""
        return zlib.crc32(_kept(self).encode()) & LARGEST_ID

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it."""
        return self == Sought()


def _kept(sought: Sought) -> str:
    return json.dumps(asdict(sought), ensure_ascii=False)


def _read(kept: str) -> Sought:
    if not kept:
        return Sought()
    values = json.loads(kept)
    return Sought(**values | {"state": AssessmentState(values["state"]) if values["state"] else None})


class AssessmentsFound(NamedTuple):
    """Some assessments, the newest first. A page is named by the assessment it begins with: `before` and `after` are
    those of the pages around it, 0 the very first."""

    views: list[Overview]
    before: int | None
    after: int | None


class Found(NamedTuple):
    """What a search finds: people with the words in their name, staff number or department (`more` says that there may
    be more than these), and assessments."""

    sought: Sought
    people: list[Person]
    more: bool
    assessments: AssessmentsFound


def look_for(context: Context, actor: Actor, telegram_id: int, sought: Sought) -> int:
    """Keep what the account looks for, a department's whole name among the words as the department; returns its mark.
    Raises Forbidden."""
    with context.database.transaction() as connection:
        _authorize(connection, actor)
        understood = _with_department(connection, sought)
        finding.remember(connection, telegram_id, _kept(understood))
        return understood.mark


def _with_department(connection: Connection, sought: Sought) -> Sought:
    words = sought.words[:MAX_WORDS].split()
    named = [word for word in words if finding.is_department(connection, word)]
    if sought.department or len(named) != 1:
        return replace(sought, words=" ".join(words))
    rest = [word for word in words if word not in named]
    return replace(sought, words=" ".join(rest), department=named[0])


def look_again(context: Context, actor: Actor, telegram_id: int, mark: int, *, narrowed: Sought) -> int:
    """Look for something else in the place of what has this mark; returns the new mark. Raises Forbidden, or Stale for
    the mark of an earlier search."""
    with context.database.transaction() as connection:
        _authorize(connection, actor)
        _current(connection, telegram_id, mark)
        finding.remember(connection, telegram_id, _kept(narrowed))
        return narrowed.mark


@reads
def current(context: Context, actor: Actor, telegram_id: int, mark: int | None = None) -> Sought:
    """What the account looks for now. Raises Forbidden, or Stale for the mark of an earlier search."""
    with context.database.reading() as connection:
        _authorize(connection, actor)
        return _current(connection, telegram_id, mark)


def _current(connection: Connection, telegram_id: int, mark: int | None) -> Sought:
    sought = _read(finding.sought(connection, telegram_id))
    if mark is not None and mark != sought.mark:
        raise Stale("error-search-over")
    return sought


@reads
def found(
    context: Context, actor: Actor, telegram_id: int, mark: int | None = None, first_id: int = 0, *, most: int
) -> Found:
    """What the account's search finds: people, and up to `most` assessments beginning with that numbered `first_id`, or
    with the newest for 0. Raises Forbidden, or Stale for the mark of an earlier search."""
    with context.database.reading() as connection:
        viewer = _authorize(connection, actor)
        sought = _current(connection, telegram_id, mark)
        matching, more = _people(connection, sought.words)
        ids = None if not sought.words else [person.id for person in matching]
        narrowed = Narrowed(sought.state or "", sought.standard, sought.department, ids)
        assessments = _page(context, connection, viewer, narrowed, first_id, most=most)
    inside = [each for each in matching if sought.department in ("", each.department)]
    return Found(sought, inside, more, assessments)


def _people(connection: Connection, words: str) -> tuple[list[Person], bool]:
    if not words:
        return [], False
    matching = search.matching(connection, words, MOST_PEOPLE, limit=MOST_PEOPLE)
    return matching.people, matching.more


@reads
def about(
    context: Context, actor: Actor, person_id: int, first_id: int = 0, *, most: int
) -> tuple[Person, AssessmentsFound]:
    """Somebody, and up to `most` of the assessments about them, of all years. Raises Forbidden, or NotFound for
    somebody unknown or erased."""
    with context.database.reading() as connection:
        viewer = _authorize(connection, actor)
        person = people.by_ids(connection, [person_id]).get(person_id)
        if person is None or person.erased_at is not None:
            raise NotFound("error-person-gone")
        return person, _page(context, connection, viewer, Narrowed(subject_ids=[person_id]), first_id, most=most)


def _page(
    context: Context, connection: Connection, viewer: Viewer, narrowed: Narrowed, first_id: int, *, most: int
) -> AssessmentsFound:
    if narrowed.subject_ids is not None and not narrowed.subject_ids:
        return AssessmentsFound([], None, None)
    ids = finding.numbers(connection, narrowed, until=first_id or None, most=most + 1)
    earlier: Sequence[int] = []
    if first_id and ids:
        earlier = finding.numbers(connection, narrowed, after=ids[0], most=most)
    before = None if not earlier else earlier[-1] if len(earlier) == most else 0
    views = _views(context, connection, viewer, ids[:most])
    return AssessmentsFound(views, before, ids[most] if len(ids) > most else None)


def _views(context: Context, connection: Connection, viewer: Viewer, ids: Collection[int]) -> list[Overview]:
    seen = read(context, connection, viewer, ids, compared=False)
    return [seen[each] for each in ids if each in seen]


def _authorize(connection: Connection, actor: Actor) -> Viewer:
    """Who looks, if they may see everybody and how far every assessment is. Raises Forbidden."""
    viewer = authorize(connection, actor, Permission.SEE_PEOPLE)
    viewer.require(Permission.SEE_PROGRESS)
    return viewer
