"""Notices owed. The rows are the schedule: due ones are claimed with one conditional statement, then sent."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, case, exists, func, literal, select, update
from sqlmodel import col

from qualify.storage.database import insert_or, made_due
from qualify.storage.names import called
from qualify.storage.rows import as_object
from qualify.storage.tables import Account, Notice, NoticeKind, Person
from qualify.storage.types import UtcDateTime


class Owed(NamedTuple):
    """One message to one person about `reference` (a result, a review, a day)."""

    person_id: int
    kind: NoticeKind
    reference: int
    due_at: datetime


def owe_all(connection: Connection, owed: Iterable[Owed]) -> None:
    """Owe every one of these messages; owing the same twice changes nothing.

    Always in the same order: two processes that add the same rows then wait for each other, never both at once.
    """
    rows = [each._asdict() | {"kind": each.kind.value, "look_at": each.due_at} for each in sorted(owed)]
    if rows:
        connection.execute(insert_or(connection, Notice).on_conflict_do_nothing(), rows)
        made_due(connection)


def owe(connection: Connection, person_id: int, kind: NoticeKind, reference: int, due_at: datetime) -> None:
    """Owe a person one message; owing the same twice changes nothing."""
    owe_all(connection, [Owed(person_id, kind, reference, due_at)])


def owe_again(connection: Connection, person_id: int, kind: NoticeKind, reference: int, due_at: datetime) -> None:
    """Owe the message although the same was sent before: what it tells of happened once more."""
    owed = insert_or(connection, Notice).values(
        person_id=person_id, kind=kind.value, reference=reference, due_at=due_at, look_at=due_at
    )
    unsent = {"sent_at": None, "claimed_until": None, "outcome": "", "unsure": 0, "faults": 0}
    anew = {"due_at": due_at, "look_at": due_at, **unsent}
    connection.execute(owed.on_conflict_do_update(index_elements=("person_id", "kind", "reference"), set_=anew))
    made_due(connection)


def take_due(connection: Connection, now: datetime, lease: timedelta, rest: timedelta, limit: int) -> list[Notice]:
    """Claim up to `limit` due notices, the longest due first, and those of one person that are due at once beside each
    other; nobody else gets them before the lease ends.

    Those whose people can't be written to come back without a claim: nobody looks at them for a while (`rest`), or
    until `wake` says that the person can be reached. So they are not in the way, however many there are.
    """
    due = (
        select(col(Notice.id))
        .where(col(Notice.look_at) <= now)
        .order_by(col(Notice.look_at), col(Notice.person_id), col(Notice.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")  # evaluated once: as a subquery PostgreSQL may run it again and claim more than the limit
    )
    is_reached = exists().where(
        col(Account.person_id) == col(Notice.person_id),
        col(Account.blocked_at).is_(None),
        col(Person.id) == col(Account.person_id),
        col(Person.active),
    )
    until, later = literal(now + lease, UtcDateTime()), literal(now + rest, UtcDateTime())
    claim = (
        update(Notice)
        .where(col(Notice.id).in_(select(due.c.id)))
        .values(claimed_until=case((is_reached, until)), look_at=case((is_reached, until), else_=later))
        .returning(*Notice.__table__.c)  # type: ignore[attr-defined]
    )
    claimed = [as_object(Notice, row._mapping) for row in connection.execute(claim)]
    return sorted(claimed, key=lambda notice: (notice.due_at, notice.id))


def wake(connection: Connection, person_id: int) -> None:
    """The person can be written to from now on: what is owed to them is looked at when it is due, or at once."""
    waiting = col(Notice.person_id) == person_id, col(Notice.look_at).is_not(None), col(Notice.claimed_until).is_(None)
    connection.execute(update(Notice).where(*waiting).values(look_at=col(Notice.due_at)))
    made_due(connection)


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
    """The notice is done with: it was sent, or never can be. One that was owed again since it was claimed is left
    alone: it tells of something newer than what was sent."""
    connection.execute(
        update(Notice)
        .where(col(Notice.id) == notice.id, col(Notice.due_at) == notice.due_at)
        .values(sent_at=at, claimed_until=None, look_at=None, outcome=outcome)
    )


def postpone(connection: Connection, notice: Notice, until: datetime, **counted: int) -> None:
    """Try again then; `counted` says how often it was `unsure` or met `faults` by now. A claim that somebody else holds
    by now is left alone."""
    connection.execute(
        update(Notice)
        .where(col(Notice.id) == notice.id, col(Notice.claimed_until) == notice.claimed_until)
        .values(claimed_until=None, due_at=until, look_at=until, **counted)
    )


def settled_for(connection: Connection, person_ids: Iterable[int], kind: NoticeKind, reference: int) -> set[int]:
    """Those of the people whose notice of this kind about `reference` is done with."""
    theirs = col(Notice.person_id).in_(set(person_ids)), col(Notice.kind) == kind.value
    done = select(col(Notice.person_id)).where(
        *theirs, col(Notice.reference) == reference, col(Notice.sent_at).is_not(None)
    )
    return set(connection.execute(done).scalars())


def last_sent(connection: Connection, person_id: int, kind: NoticeKind) -> datetime | None:
    """When the person was last sent a notice of this kind; None if never."""
    latest = select(func.max(col(Notice.sent_at))).where(
        col(Notice.person_id) == person_id, col(Notice.kind) == kind.value, col(Notice.outcome) == "sent"
    )
    return connection.execute(latest).scalar_one()


def last_days(connection: Connection, person_ids: Iterable[int], kind: NoticeKind, last: int) -> dict[int, date]:
    """The last day of which each of the people was owed a notice of this kind, whose references are days: numbers up to
    `last`. Those who never were are left out."""
    about_days = col(Notice.kind) == kind.value, col(Notice.reference) <= last
    latest = select(func.max(col(Notice.reference))).where(col(Notice.person_id) == col(Person.id), *about_days)
    newest = latest.correlate(Person).scalar_subquery()
    found = connection.execute(select(col(Person.id), newest).where(col(Person.id).in_(sorted(set(person_ids)))))
    return {person_id: date.fromordinal(day) for person_id, day in found if day is not None}


class ListedNotice(NamedTuple):
    """One line of the list of notices."""

    id: int
    staff_no: str
    name: str
    kind: str
    reference: int
    due_at: datetime
    sent_at: datetime | None
    outcome: str
    faults: int


def listed(connection: Connection, limit: int, *, owed_only: bool = False) -> list[ListedNotice]:
    """Up to `limit` notices with the people they are for, the newest due first; of those owed, the longest due
    first."""
    statement = select(
        col(Notice.id),
        col(Person.staff_no),
        called(),
        col(Notice.kind),
        col(Notice.reference),
        col(Notice.due_at),
        col(Notice.sent_at),
        col(Notice.outcome),
        col(Notice.faults),
    ).join(Person, col(Person.id) == col(Notice.person_id))
    if owed_only:
        statement = statement.where(col(Notice.sent_at).is_(None)).order_by(col(Notice.due_at), col(Notice.id))
    else:
        statement = statement.order_by(col(Notice.due_at).desc(), col(Notice.id).desc())
    return [ListedNotice._make(row) for row in connection.execute(statement.limit(limit))]
