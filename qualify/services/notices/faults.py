"""FaultCounts that stay: administrators are told, once a day at most, of what waits for somebody to look at it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.reminders import MORNING, ONE_DAY
from qualify.services.authorization import Actor, viewer_of
from qualify.services.context import Context, reads
from qualify.storage import faults, notices, people
from qualify.storage.faults import FaultCounts
from qualify.storage.notices import Owed
from qualify.storage.tables import Notice, NoticeKind

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
STAYS = 5
"""What has failed so often won't get through by itself."""
FURTHEST_BACK = timedelta(days=7)


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: twice as long each time, up to six hours."""
    doubled = 1 << min(failures - 1, 10)
    return min(doubled * FIRST_PAUSE, LONGEST_PAUSE)


def tell(context: Context, connection: Connection) -> None:
    """Owe every administrator a message of what failed: today's, or tomorrow's where today's went out already. Owing it
    again changes nothing, so there is one a day at most."""
    today, tomorrow = context.today().toordinal(), context.today() + ONE_DAY
    admins = people.with_role(connection, Role.ADMIN)
    told = notices.settled_for(connection, admins, NoticeKind.FAULT, today)
    at_once = today, context.now()
    later = tomorrow.toordinal(), datetime.combine(tomorrow, MORNING, context.timezone)
    notices.owe_all(
        connection, [Owed(each, NoticeKind.FAULT, *(later if each in told else at_once)) for each in admins]
    )


@reads
def found(context: Context, notice: Notice) -> FaultCounts | None:
    """What an administrator is told: what still fails, and what happened since they were last told, or in the last
    days. None when there is nothing, and for anybody else."""
    now = context.now()
    with context.database.reading() as connection:
        if not viewer_of(connection, Actor(notice.person_id)).may(Permission.SEE_PROGRESS):
            return None
        since = notices.last_sent(connection, notice.person_id, NoticeKind.FAULT) or now - FURTHEST_BACK
        counted = faults.count(connection, STAYS, now + LONGEST_PAUSE, since)
    return counted if any(counted) else None
