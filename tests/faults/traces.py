"""What a try has left, in the tables and in the chats, so that it can be compared with another one."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, select
from sqlmodel import SQLModel

from bot.sandbox.core import Sandbox
from qualify.services import Context
from qualify.storage.tables import Account, Effect, Inbox, Notice
from qualify.storage.types import UtcDateTime
from tests.phone import buttons, plain

UNSEEN = {Effect.__tablename__, Inbox.__tablename__}  # of the bot itself, not of people
VARYING = {"message_id", "digest_id", "file_id", "update_id", "asked", "unsure", "faults", "token_hash"}
NUMBERS = {"id", "reference", "record_id"}
MOMENTS = re.compile(r"(\d{4}-)?\d\d-\d\d[T ]\d\d:\d\d[\d:.+]*|(?<=reference=)\d{7,}")
NUMBERED = re.compile(rf"{MOMENTS.pattern}|\d+")
Row = tuple[str, ...]
_NOTICE, _ACCOUNT, _INBOX = (table.__table__ for table in (Notice, Account, Inbox))  # type: ignore[attr-defined]


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
        kept = connection.execute(select(_INBOX.c.update_id)).all()
        owed = select(_NOTICE.c.id).where(
            _NOTICE.c.sent_at.is_(None), (_NOTICE.c.look_at <= now) | (_NOTICE.c.claimed_until > now)
        )
        return [*kept, *connection.execute(owed).all()]


def unrecorded(context: Context) -> Counter[int]:
    """How many notices each account is owed today as far as the tables know."""
    today = context.now() + timedelta(hours=12)
    return _notices(context, _NOTICE.c.sent_at.is_(None), _NOTICE.c.due_at <= today)


def in_doubt(context: Context) -> Counter[int]:
    """How many notices of each account may have arrived at a first attempt: the machine was too slow for its answer."""
    return _notices(context, _NOTICE.c.unsure > 0)


def _notices(context: Context, *which: ColumnElement[bool]) -> Counter[int]:
    asked = select(_ACCOUNT.c.telegram_id).join(_NOTICE, _NOTICE.c.person_id == _ACCOUNT.c.person_id)
    with context.database.reading() as connection:
        return Counter(connection.execute(asked.where(*which)).scalars())


class Message(NamedTuple):
    """What somebody sees of a message of the bot."""

    what: str
    labels: tuple[str, ...]


def seen(message: dict[str, Any]) -> Message:
    """Words, or what a file is called, and the buttons."""
    kind = next((kind for kind in ("photo", "document") if kind in message), "")
    name = message.get("document", {}).get("file_name", "")
    words = plain(message.get("text") or message.get("caption") or "")
    return Message(
        MOMENTS.sub("…", f"{kind}{name}{words}"), tuple(MOMENTS.sub("…", button["text"]) for button in buttons(message))
    )


def shown_to(sandbox: Sandbox, user_id: int) -> list[Message]:
    """The bot's messages in a chat, the oldest first."""
    return [seen(message) for message in sandbox.chats[user_id].messages.values() if message["from"]["is_bot"]]


def toasts(sandbox: Sandbox, user_id: int) -> list[str]:
    """What presses popped up."""
    return [answer.text for answer in sandbox.chats[user_id].answers if answer.text]
