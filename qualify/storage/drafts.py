"""What somebody is filling in, as text: one draft of each kind an account."""

from sqlalchemy import ColumnElement, Connection, delete, select
from sqlmodel import col

from qualify.storage.database import insert_or
from qualify.storage.tables import Draft, DraftKind


def get(connection: Connection, telegram_id: int, kind: DraftKind, *, lock: bool = False) -> str | None:
    """The draft, if there is one; `lock` keeps other writers out until the transaction ends."""
    statement = select(col(Draft.content)).where(*_of(telegram_id, kind))
    return connection.execute(statement.with_for_update() if lock else statement).scalar()


def save(connection: Connection, telegram_id: int, kind: DraftKind, content: str) -> None:
    """Store the draft in the place of the one before."""
    given = insert_or(connection, Draft).values(telegram_id=telegram_id, kind=kind.value, content=content)
    anew = {"content": given.excluded.content}
    connection.execute(given.on_conflict_do_update(index_elements=("telegram_id", "kind"), set_=anew))


def take(connection: Connection, telegram_id: int, kind: DraftKind) -> str | None:
    """Delete the draft and return what it said; of several who take it at once, exactly one gets it."""
    taken = delete(Draft).where(*_of(telegram_id, kind)).returning(col(Draft.content))
    return connection.execute(taken).scalar()


def _of(telegram_id: int, kind: DraftKind) -> tuple[ColumnElement[bool], ...]:
    return col(Draft.telegram_id) == telegram_id, col(Draft.kind) == kind.value
