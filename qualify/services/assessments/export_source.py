"""The export of everything that an administrator may see, or of a part of it: asked for, and read some assessments at a
time."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.dialogue import EntryKind
from qualify.services.assessments import candidate_standings
from qualify.services.assessments.overview import Overview, ResultView, read
from qualify.services.authorization import Actor, acting, viewer_of
from qualify.services.context import Context
from qualify.storage import assessments, candidates
from qualify.storage.assessments import EVERYTHING, Scope

AT_A_TIME = 100
"""How many assessments are read together: with all answers of their reviews, some tens of thousands of rows."""


class Standing(NamedTuple):
    """Where a candidate stands in the ranking: the knowledge composite (0…100, one decimal), the rank, and among how
    many."""

    composite: Decimal | None
    rank: int
    ranked: int


def begin(context: Context, actor: Actor, scope: Scope = EVERYTHING) -> None:
    """Keep in the audit log that somebody asks for the export, and of what. Raises Forbidden, and NotFound for a
    standard that isn't there."""
    if scope.standard is not None:
        context.standards.get(scope.standard)
    with acting(context, actor) as work:
        work.authorize(Permission.EXPORT)
        candidate_standings.settle(context, work.connection)
        asked = {name: str(value) for name, value in scope._asdict().items() if value is not None}
        work.keep("export", "company", after=asked)


def overviews(
    context: Context,
    connection: Connection,
    reader: Actor,
    scope: Scope = EVERYTHING,
    *,
    entries: Collection[EntryKind] = (),
    newest_first: bool = False,
) -> Iterator[Overview]:
    """Every assessment of the scope by number, as the reader sees it, whose permission `begin` has checked; with
    what was given of the kinds of `entries`."""
    viewer = viewer_of(connection, reader)
    for part in assessments.in_parts(connection, AT_A_TIME, scope, newest_first=newest_first):
        found = read(context, connection, viewer, part, entries=entries, compared=False)
        yield from (found[key] for key in part)


def newest_results(
    context: Context, connection: Connection, reader: Actor, scope: Scope = EVERYTHING
) -> Iterator[tuple[Overview, ResultView, Standing | None]]:
    """For each person and standard the newest result that the reader sees, the newest assessment first, and where the
    person stands in the ranking."""
    seen, viewer = set[tuple[int, str]](), viewer_of(connection, reader)
    for part in assessments.in_parts(connection, AT_A_TIME, scope, newest_first=True):
        found = read(context, connection, viewer, part, compared=False)
        ranks = candidates.ranks_of(connection, part, candidate_standings.BEST)
        for key in part:
            view, of = found[key], (found[key].subject.id, found[key].assessment.standard)
            if view.results and of not in seen:
                seen.add(of)
                yield view, view.results[-1], _standing(ranks.get(key))


def _standing(place: tuple[int, int, int] | None) -> Standing | None:
    if place is None:
        return None
    gap, rank, ranked = place
    return Standing(candidate_standings.composite_of(gap), rank, ranked)
