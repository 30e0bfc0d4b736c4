"""What a try has left, in the tables and in the chats, so that it can be compared with another one."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from bot.sandbox.core import Sandbox
from qualify.services import Context
from qualify.storage.tables import Effect, Inbox, Notice
from qualify.storage.types import UtcDateTime
from tests.phone import buttons

UNSEEN = {Effect.__tablename__, Inbox.__tablename__}  # of the bot itself, not of people
VARYING = {"message_id", "update_id", "asked"}
NUMBERS = {"id", "reference", "record_id"}
MOMENTS = re.compile(r"(\d{4}-)?\d\d-\d\d[T ]\d\d:\d\d[\d:.+]*")
NUMBERED = re.compile(rf"{MOMENTS.pattern}|\d+")
Row = tuple[str, ...]


def rows_of(context: Context, *, exact: bool = True) -> Counter[Row]:
    """Everything that is stored, without moments and the numbers of messages and updates. Where a number that a broken
    transaction had taken is not given again, as by PostgreSQL, no numbers of rows, unless it is to be `exact`."""
    found: Counter[Row] = Counter()
    with context.database.reading() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in UNSEEN:
                found.update((table.name, *row) for row in _values(connection, table, exact))
    return found


def _values(connection: Connection, table: Table, exact: bool) -> Iterable[Row]:
    kept = [
        column
        for column in table.columns
        if not (column.name in VARYING or isinstance(column.type, UtcDateTime))
        and (exact or not (column.name in NUMBERS or column.foreign_keys))
    ]
    hidden = MOMENTS if exact else NUMBERED
    for row in connection.execute(select(*kept)) if kept else ():
        yield tuple(hidden.sub("…", f"{column.name}={value}") for column, value in zip(kept, row, strict=True))


def unsettled(context: Context) -> list[Any]:
    """What the bot has still in hand: kept updates, and notices that are due or claimed."""
    now = context.now()
    with context.database.reading() as connection:
        kept = connection.execute(select(Inbox.__table__.c.update_id)).all()  # type: ignore[attr-defined]
        notice = Notice.__table__  # type: ignore[attr-defined]
        owed = select(notice.c.id).where(
            notice.c.sent_at.is_(None),
            (notice.c.look_at <= now) | (notice.c.claimed_until > now),
        )
        return [*kept, *connection.execute(owed).all()]


def unrecorded(context: Context) -> Counter[int]:
    """How many notices each account is owed as far as the tables know."""
    with context.database.reading() as connection:
        asked = "SELECT telegram_id FROM notice JOIN account USING (person_id) WHERE sent_at IS NULL"
        return Counter(connection.exec_driver_sql(asked).scalars())


class Message(NamedTuple):
    """What somebody sees of a message of the bot."""

    what: str
    labels: tuple[str, ...]


def seen(message: dict[str, Any]) -> Message:
    """Words, or what a file is called, and the buttons."""
    kind = next((kind for kind in ("photo", "document") if kind in message), "")
    name = message.get("document", {}).get("file_name", "")
    words = message.get("text") or message.get("caption") or ""
    return Message(MOMENTS.sub("…", f"{kind}{name}{words}"), tuple(button["text"] for button in buttons(message)))


def shown_to(sandbox: Sandbox, user_id: int) -> list[Message]:
    """The bot's messages in a chat, the oldest first."""
    return [seen(message) for message in sandbox.chats[user_id].messages.values() if message["from"]["is_bot"]]


def toasts(sandbox: Sandbox, user_id: int) -> list[str]:
    """What presses popped up."""
    return [answer.text for answer in sandbox.chats[user_id].answers if answer.text]
