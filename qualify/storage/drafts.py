"""What somebody is filling in, as text: one draft an account."""

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from qualify.storage.database import insert_or
from qualify.storage.tables import Draft


def get(connection: Connection, telegram_id: int, *, lock: bool = False) -> str | None:
    """The draft, if there is one; `lock` keeps other writers out until the transaction ends."""
    statement = select(col(Draft.content)).where(col(Draft.telegram_id) == telegram_id)
    return connection.execute(statement.with_for_update() if lock else statement).scalar()


def save(connection: Connection, telegram_id: int, content: str) -> None:
    """Store the draft in the place of the one before."""
    given = insert_or(connection, Draft).values(telegram_id=telegram_id, content=content)
    anew = {"content": given.excluded.content}
    connection.execute(given.on_conflict_do_update(index_elements=("telegram_id",), set_=anew))


def take(connection: Connection, telegram_id: int) -> str | None:
    """Delete the draft and return what it said; of several who take it at once, exactly one gets it."""
    taken = delete(Draft).where(col(Draft.telegram_id) == telegram_id).returning(col(Draft.content))
    return connection.execute(taken).scalar()
