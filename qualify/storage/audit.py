"""The audit log: rows are added and read, never changed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from qualify.storage.database import new_id
from qualify.storage.names import called
from qualify.storage.rows import as_object, store
from qualify.storage.tables import Audit, Person

Values = Mapping[str, object]
"""The columns of a line."""


def add(connection: Connection, line: Values) -> int:
    """Store one line; returns its id."""
    return new_id(store(connection, Audit, line))


def add_all(connection: Connection, lines: Sequence[Values]) -> None:
    """Store many lines at once, in this order."""
    if lines:
        connection.execute(insert(Audit), lines)


def newest(connection: Connection, limit: int, before_id: int | None = None) -> list[tuple[Audit, str]]:
    """Up to `limit` lines older than `before_id`, the newest first, each with the name of who did it ("" = nobody in
    the company: the command line)."""
    statement = (
        select(*Audit.__table__.c, called().label("name"))  # type: ignore[attr-defined]
        .outerjoin(Person, col(Person.id) == col(Audit.person_id))
        .order_by(col(Audit.id).desc())
        .limit(limit)
    )
    if before_id is not None:
        statement = statement.where(col(Audit.id) < before_id)
    found = []
    for row in connection.execute(statement):
        values = dict(row._mapping)
        name = values.pop("name")
        found.append((as_object(Audit, values), name or ""))
    return found


def has(connection: Connection, action: str, record: str) -> bool:
    """Whether this was ever done to such a record."""
    done = select(col(Audit.id)).where(col(Audit.record) == record, col(Audit.action) == action)
    return connection.execute(done.limit(1)).first() is not None
