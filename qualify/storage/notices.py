"""Notices owed. The rows are the schedule: due ones are claimed with one conditional statement, then sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, or_, select, update
from sqlmodel import col

from qualify.storage.database import insert_or, made_due
from qualify.storage.tables import Account, Notice, NoticeKind, Person


class Owed(NamedTuple):
    """One message to one person about `reference` (a result, a review, a day)."""

    person_id: int
    kind: NoticeKind
    reference: int
    due_at: datetime


def owe_all(connection: Connection, owed: Iterable[Owed]) -> None:
    """Owe every one of these messages; owing the same twice changes nothing.

    In one order, whoever plans them: two processes that add the same rows then wait for each other, never both at once.
    """
    rows = [each._asdict() | {"kind": each.kind.value} for each in sorted(owed)]
    if rows:
        connection.execute(insert_or(connection, Notice).on_conflict_do_nothing(), rows)
        made_due(connection)


def owe(connection: Connection, person_id: int, kind: NoticeKind, reference: int, due_at: datetime) -> None:
    """Owe a person one message; owing the same twice changes nothing."""
    owe_all(connection, [Owed(person_id, kind, reference, due_at)])


def owe_again(connection: Connection, person_id: int, kind: NoticeKind, reference: int, due_at: datetime) -> None:
    """Owe it although the same was sent before: what it tells of happened once more."""
    owed = insert_or(connection, Notice).values(
        person_id=person_id, kind=kind.value, reference=reference, due_at=due_at
    )
    anew = {"due_at": due_at, "sent_at": None, "claimed_until": None, "outcome": ""}
    connection.execute(owed.on_conflict_do_update(index_elements=("person_id", "kind", "reference"), set_=anew))
    made_due(connection)


def take_due(connection: Connection, now: datetime, lease: timedelta, limit: int) -> list[Notice]:
    """Claim up to `limit` due notices whose people can be written to, the longest due first.

    Nobody else gets them before the lease ends.
    """
    due = (
        select(col(Notice.id))
        .join(Person, col(Person.id) == col(Notice.person_id))
        .join(Account, col(Account.person_id) == col(Notice.person_id))
        .where(
            col(Notice.sent_at).is_(None),
            col(Notice.due_at) <= now,
            or_(col(Notice.claimed_until).is_(None), col(Notice.claimed_until) <= now),
            col(Person.active),
            col(Account.blocked_at).is_(None),
        )
        .order_by(col(Notice.due_at), col(Notice.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notice)
        .cte("due")  # evaluated once: as a subquery PostgreSQL may run it again and claim more than the limit
    )
    claim = (
        update(Notice)
        .where(col(Notice.id).in_(select(due.c.id)))
        .values(claimed_until=now + lease)
        .returning(*Notice.__table__.c)  # type: ignore[attr-defined]
    )
    claimed = [Notice(**row._mapping) for row in connection.execute(claim)]
    return sorted(claimed, key=lambda notice: (notice.due_at, notice.id))


def is_outdated(connection: Connection, notice: Notice, now: datetime) -> bool:
    """Whether the person was owed another notice of this kind since, which is or was due by now."""
    later = select(col(Notice.id)).where(
        col(Notice.person_id) == notice.person_id,
        col(Notice.kind) == notice.kind,
        col(Notice.id) > notice.id,
        col(Notice.due_at) <= now,
    )
    return connection.execute(later.limit(1)).first() is not None


def settle(connection: Connection, notice: Notice, at: datetime, outcome: str) -> None:
    """The notice needs no more sending: it was sent, or never can be. One that was owed again since it was claimed is
    left alone: it tells of something newer than what was sent."""
    connection.execute(
        update(Notice)
        .where(col(Notice.id) == notice.id, col(Notice.due_at) == notice.due_at)
        .values(sent_at=at, claimed_until=None, outcome=outcome)
    )


def postpone(connection: Connection, notice: Notice, until: datetime) -> None:
    """Nothing was delivered: try again then. A claim that somebody else holds by now is left alone."""
    connection.execute(
        update(Notice)
        .where(col(Notice.id) == notice.id, col(Notice.claimed_until) == notice.claimed_until)
        .values(claimed_until=None, due_at=until)
    )


class Listed(NamedTuple):
    """One line of the list of notices."""

    id: int
    staff_no: str
    name: str
    kind: str
    reference: int
    due_at: datetime
    sent_at: datetime | None
    outcome: str


def listed(connection: Connection, limit: int, *, owed_only: bool = False) -> list[Listed]:
    """Up to `limit` notices with whom they are for, the newest due first; of those owed, the longest due first."""
    statement = select(
        col(Notice.id),
        col(Person.staff_no),
        col(Person.name),
        col(Notice.kind),
        col(Notice.reference),
        col(Notice.due_at),
        col(Notice.sent_at),
        col(Notice.outcome),
    ).join(Person, col(Person.id) == col(Notice.person_id))
    if owed_only:
        statement = statement.where(col(Notice.sent_at).is_(None)).order_by(col(Notice.due_at), col(Notice.id))
    else:
        statement = statement.order_by(col(Notice.due_at).desc(), col(Notice.id).desc())
    return [Listed._make(row) for row in connection.execute(statement.limit(limit))]
