"""How each element and criterion did over the published results of a scope, and what is noticed of them.

Reading 5,000 results of three assessors each takes 6 s (80 elements and criteria) to 10 s (143) and 95 MB, however many
there are (2026-11-27, a shared core of an Intel Xeon). So it is done on demand, in a process of its own where a chat
waits, and nothing of it is stored.
"""

from contextlib import closing
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.scoring import Result
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, Elsewhere, reads
from qualify.standard import Standard
from qualify.statistics import Gathering, LevelStatistics, Sign, signs
from qualify.storage import assessments, results
from qualify.storage.assessments import Scope

AT_A_TIME = 200
"""How many assessments' figures are in memory at once: 20 KB each."""


class Findings(NamedTuple):
    """The statistics of one level of one version, and the signs in them."""

    standard: Standard
    statistics: LevelStatistics
    signs: tuple[Sign, ...]


@reads
def find(context: Context, actor: Actor, scope: Scope) -> list[Findings]:
    """What was found of each version and level that anybody has a published result of, the latest version of a standard
    first, its levels low to high.

    Replaced results don't count, nor those of people who were erased, nor those whose standard is gone. Where an
    organisation has changed its targets, each result is measured by those it was made with. Raises Forbidden, and
    NotFound for a standard or version that isn't there.
    """
    if scope.standard is not None:
        context.standards.get(scope.standard, scope.version)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_STATISTICS)
        return gather(context, connection, scope)


def find_elsewhere(here: Elsewhere, actor: Actor, scope: Scope) -> list[Findings]:
    """`find` in another process, on a connection of its own."""
    context = here.context()
    with closing(context.database):
        return find(context, actor, scope)


def gather(context: Context, connection: Connection, scope: Scope) -> list[Findings]:
    """`find` for somebody whose permission was checked."""
    gathered: dict[tuple[str, int, str], Gathering] = {}
    known: dict[tuple[str, int, str], bool] = {}
    for part in assessments.in_parts(connection, AT_A_TIME, scope):
        for standard, version, structure, level, figures in results.published_figures(connection, part):
            made_by, of = (standard, version, structure), (standard, version, level)
            if made_by not in known:
                known[made_by] = context.has_standard(*made_by)
            if known[made_by]:
                if of not in gathered:
                    gathered[of] = Gathering(context.standards.get(standard, version), level)
                gathered[of].add(Result.model_validate_json(figures))
    return sorted((_findings(context, each.statistics()) for each in gathered.values()), key=_place)


def _findings(context: Context, found: LevelStatistics) -> Findings:
    standard = context.standards.get(found.standard, found.version)
    return Findings(standard, found, signs(standard, found, context.sign_rules))


def _place(found: Findings) -> tuple[str, int, int]:
    levels = [level.id for level in found.standard.levels]
    return found.standard.id, -found.standard.version, levels.index(found.statistics.level)
