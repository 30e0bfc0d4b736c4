"""Lists of assessments, page by page: each is read from the place where it begins, however much stands around it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.services.people import directory
from qualify.storage import assessments, finding, search
from qualify.storage.assessments import FIRST, LAST, DuePlace, ListedAssessment
from qualify.storage.finding import Narrowed
from qualify.storage.rows import MOST_COUNTED
from qualify.workflow import AssessmentState

Parts = Sequence[Collection[AssessmentState]]
"""Lists that stand one after the other: the states of each."""


class ListStart(NamedTuple):
    """Where a page begins: in which of the lists that stand one after the other, and at what place in it."""

    part: int
    place: DuePlace


START = ListStart(0, FIRST)


class AssessmentPage(NamedTuple):
    """Some assessments, how many there are in each state, and where the pages before and after begin, if any."""

    lines: list[ListedAssessment]
    counts: dict[AssessmentState, int]
    before: ListStart | None
    after: ListStart | None


@reads
def page(
    context: Context,
    actor: Actor,
    parts: Parts,
    first: ListStart = START,
    *,
    most: int,
    but_own: bool = False,
) -> AssessmentPage:
    """Up to `most` assessments from `first` on: those in the states of the first part by due date, then those of the
    second, and so on; with `but_own` without those about the actor. The last page where nothing is left from there on.

    Read in order from there, and no further than the page goes, however long the lists are. Raises Forbidden.
    """
    but = actor.person_id if but_own else None
    states = [state for states_of_part in parts for state in states_of_part]
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PROGRESS)
        found = _from(connection, parts, first, most + 1, but)
        earlier = _before(connection, parts, found[0] if found else first, most, but)
        if not found:
            found = earlier[::-1]
            earlier = _before(connection, parts, found[0], most, but) if found else []
        lines = assessments.listed_of(connection, [turn.place.id for turn in found[:most]])
        counts = dict.fromkeys(states, 0) | assessments.count(connection, states, but=but)
    return AssessmentPage(
        [lines[turn.place.id] for turn in found[:most]],
        counts,
        earlier[-1] if earlier else None,
        found[most] if len(found) > most else None,
    )


def _from(connection: Connection, parts: Parts, first: ListStart, most: int, but: int | None) -> list[ListStart]:
    """Up to `most` places from `first` on."""
    found: list[ListStart] = []
    for part in range(first.part, len(parts)):
        since = first.place if part == first.part else None
        places = assessments.places(connection, parts[part], since=since, but=but, most=most - len(found))
        found += [ListStart(part, place) for place in places]
        if len(found) == most:
            break
    return found


def _before(connection: Connection, parts: Parts, first: ListStart, most: int, but: int | None) -> list[ListStart]:
    """Up to `most` places before `first`, the last one first."""
    found: list[ListStart] = []
    for part in range(min(first.part, len(parts) - 1), -1, -1):
        before = first.place if part == first.part else LAST
        places = assessments.places(connection, parts[part], before=before, but=but, most=most - len(found))
        found += [ListStart(part, place) for place in places]
        if len(found) == most:
            break
    return found


class Wanted(NamedTuple):
    """What a list is narrowed to: `words` in the name, staff number or department, a staff number, a department, the id
    of a standard; "" for all."""

    words: str = ""
    subject: str = ""
    department: str = ""
    standard: str = ""


EVERYTHING = Wanted()


@reads
def listed(
    context: Context,
    actor: Actor,
    states: Iterable[AssessmentState] | None = None,
    wanted: Wanted = EVERYTHING,
) -> list[ListedAssessment]:
    """All assessments, or those in one of the states and as wanted, by due date. Raises Forbidden, or NotFound for a
    standard or somebody unknown."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PROGRESS)
        if wanted.standard:
            context.standards.get(wanted.standard)
        narrowed = Narrowed("", wanted.standard, wanted.department, _about(connection, wanted))
        return assessments.listed(connection, states, finding.conditions(connection, narrowed))


def _about(connection: Connection, wanted: Wanted) -> set[int] | None:
    """The people whom the wanted assessments are about; None for everybody."""
    about = [{directory.known(connection, wanted.subject).id}] if wanted.subject else []
    if wanted.words.strip():
        matching = search.matching(connection, wanted.words, MOST_COUNTED, limit=MOST_COUNTED)
        about.append({person.id for person in matching.people})
    return set.intersection(*about) if about else None
