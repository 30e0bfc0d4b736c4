"""Notices owed. The rows are the schedule: due ones are claimed with one conditional statement, then sent."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from qualify.storage.tables import Account, Notice, NoticeKind


def owe(connection: Connection, person_id: int, kind: NoticeKind, reference: int, due_at: datetime) -> None:
    """Owe a person one message about `reference` (a result, a review); owing the same twice changes nothing."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        make(Notice)
        .values(person_id=person_id, kind=kind.value, reference=reference, due_at=due_at, outcome="")
        .on_conflict_do_nothing()
    )


def take_due(connection: Connection, now: datetime, lease: timedelta, limit: int = 100) -> list[Notice]:
    """Claim up to `limit` due notices whose people can be written to; nobody else gets them before the lease ends."""
    due = (
        select(col(Notice.id))
        .join(Account, col(Account.person_id) == col(Notice.person_id))
        .where(
            col(Notice.sent_at).is_(None),
            col(Notice.due_at) <= now,
            or_(col(Notice.claimed_until).is_(None), col(Notice.claimed_until) <= now),
            col(Account.blocked_at).is_(None),
        )
        .order_by(col(Notice.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notice)
    )
    claimed = connection.execute(
        update(Notice).where(col(Notice.id).in_(due)).values(claimed_until=now + lease).returning(*Notice.__table__.c)  # type: ignore[attr-defined]
    )
    return [Notice(**row._mapping) for row in claimed]


def settle(connection: Connection, notice_id: int, at: datetime, outcome: str) -> None:
    """The notice needs no more sending: it was sent, or never can be."""
    connection.execute(
        update(Notice).where(col(Notice.id) == notice_id).values(sent_at=at, claimed_until=None, outcome=outcome)
    )


def postpone(connection: Connection, notice_id: int, until: datetime) -> None:
    """Nothing was delivered: try again then."""
    connection.execute(update(Notice).where(col(Notice.id) == notice_id).values(claimed_until=None, due_at=until))
