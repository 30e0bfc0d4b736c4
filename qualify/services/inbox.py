"""Updates that were acknowledged before they were handled: kept until they are, whatever happens to a process.

A process claims what it handles for a short while, and again and again. What a dead process had in hand another one, or
its next start, handles; after two deaths an update is set aside, since it may be their cause.
"""

from collections.abc import Collection
from datetime import timedelta

from qualify.access import Permission
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads, repeatable
from qualify.services.notices import faults
from qualify.storage import inbox
from qualify.storage.inbox import KeptUpdate
from qualify.storage.tables import Inbox

CLAIM = timedelta(seconds=15)
"""How long a claim holds; a process at work claims what it has in hand every few seconds."""
LONGEST_CLAIM = timedelta(minutes=5)
"""Further ahead no process claims anything, though their clocks may differ a little."""
MOST_DEATHS = 2
MOST = 100


@repeatable
def keep(context: Context, bot_id: int, waiting: Collection[KeptUpdate]) -> None:
    """Keep these updates for the process that has them in hand; those kept already stay as they are."""
    now = context.now()
    with context.database.transaction() as connection:
        inbox.keep(connection, bot_id, waiting, now, now + CLAIM)


@repeatable
def claim(context: Context, bot_id: int, in_hand: Collection[int], *, alone: bool = False) -> list[Inbox]:
    """Claim up to `MOST` kept updates that no process has in hand, oldest first, besides those `in_hand` here. Where
    this process is `alone`, whatever another one had claimed is left from its death."""
    now = context.now()
    with context.database.transaction() as connection:
        since = None if alone else now
        return inbox.claim(connection, bot_id, since, now + CLAIM, longest=LONGEST_CLAIM, but=in_hand, limit=MOST)


@repeatable
def renew(context: Context, bot_id: int, in_hand: Collection[int]) -> None:
    """Go on claiming what this process has in hand."""
    with context.database.transaction() as connection:
        inbox.renew(connection, bot_id, in_hand, context.now() + CLAIM)


@repeatable
def release(context: Context, bot_id: int, in_hand: Collection[int]) -> None:
    """Leave these to another process or a later start: this one stops."""
    with context.database.transaction() as connection:
        inbox.release(connection, bot_id, in_hand)


@repeatable
def handled(context: Context, bot_id: int, update_ids: Collection[int]) -> None:
    """These were handled to their end: they are kept no longer."""
    with context.database.transaction() as connection:
        inbox.handled(connection, bot_id, update_ids)


@repeatable
def set_aside(context: Context, bot_id: int, update_id: int) -> None:
    """Set an update aside that was in hand at too many deaths; the administrators are told."""
    with context.database.transaction() as connection:
        inbox.set_aside(connection, bot_id, update_id, context.now())
        faults.tell(context, connection)


@reads
def listed(context: Context, actor: Actor) -> list[Inbox]:
    """What waits to be handled or was set aside, oldest first. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.SEE_PROGRESS)
        return inbox.everything(connection)
