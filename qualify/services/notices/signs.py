"""Signs that it is time to adjust a standard: administrators are told of them once a quarter at most.

That they may have to be told is owed as any notice; what of is worked out when its time has come.
"""

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.reminders import Habits, quarter_of, signs_at
from qualify.services.assessments.item_statistics import Findings, gather
from qualify.services.authorization import Actor, viewer_of
from qualify.services.context import Context, Elsewhere, reads
from qualify.standard import Standard
from qualify.statistics import FEWEST
from qualify.storage import notices, results
from qualify.storage.assessments import Scope
from qualify.storage.notices import Owed
from qualify.storage.tables import Notice, NoticeKind


class StandardSigns(NamedTuple):
    """What speaks for a look at the latest version of a standard: its yearly day, where that lies in this quarter, and
    the levels at which something was noticed."""

    standard: Standard
    yearly: date | None
    levels: tuple[Findings, ...]


def owed(context: Context, connection: Connection, admins: Mapping[int, Habits], last_day: int) -> list[Owed]:
    """What is owed today to those of these administrators who weren't told in this quarter; nothing while there are too
    few results to say anything. References are days: numbers up to `last_day`."""
    now, told_on = context.now(), notices.last_days(connection, admins, NoticeKind.SIGNS, last_day)
    moments = {each: signs_at(habits, now, told_on.get(each)) for each, habits in admins.items()}
    planned = [
        Owed(each, NoticeKind.SIGNS, admins[each].day_of(at).toordinal(), at)
        for each, at in moments.items()
        if at is not None
    ]
    return planned if planned and results.has_valid(connection, context.today(), FEWEST) else []


@reads
def may_hear(context: Context, notice: Notice) -> bool:
    """Whether the person may still be told."""
    with context.database.reading() as connection:
        return viewer_of(connection, Actor(notice.person_id)).may(Permission.SEE_STATISTICS)


def find_elsewhere(here: Elsewhere) -> list[StandardSigns]:
    """`find` in another process, on a connection of its own: it reads every result of the latest versions."""
    context = here.context()
    with closing(context.database):
        return find(context)


def find(context: Context) -> list[StandardSigns]:
    """What whoever may hear of it is told of the latest version of each standard; nothing of a standard with fewer than
    `FEWEST` results at every level."""
    yearly = context.sign_rules.yearly_date(*quarter_of(context.today()))
    found = []
    with context.database.reading() as connection:
        for standard in {each.id: each for each in context.standards.all()}.values():
            levels = gather(context, connection, Scope(standard=standard.id, version=standard.version))
            if any(each.statistics.results >= FEWEST for each in levels):
                found.append(StandardSigns(standard, yearly, tuple(each for each in levels if each.signs)))
    return [each for each in found if each.yearly or each.levels]
