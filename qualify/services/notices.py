"""Messages owed: claimed, sent by whoever can send, and settled."""

from datetime import timedelta

from sqlalchemy import Connection

from qualify.services.context import Context
from qualify.storage import notices, people
from qualify.storage.people import Who
from qualify.storage.tables import Notice

LEASE = timedelta(minutes=2)


def take_due(context: Context, limit: int = 100) -> list[tuple[Notice, Who]]:
    """Claim what is due now, with the account each one goes to."""
    with context.database.transaction() as connection:
        claimed = notices.take_due(connection, context.now(), LEASE, limit)
        return [(notice, who) for notice in claimed if (who := _addressee(connection, notice)) is not None]


def _addressee(connection: Connection, notice: Notice) -> Who | None:
    account = people.account_of(connection, notice.person_id)
    return None if account is None else people.who(connection, account.telegram_id)


def settle(context: Context, notice: Notice, outcome: str) -> None:
    """Sent, or never to be sent; `outcome` says which."""
    with context.database.transaction() as connection:
        notices.settle(connection, notice.id or 0, context.now(), outcome)


def postpone(context: Context, notice: Notice, delay: timedelta) -> None:
    """Certainly not delivered: due again after `delay`."""
    with context.database.transaction() as connection:
        notices.postpone(connection, notice.id or 0, context.now() + delay)
