"""Updates that wait to be handled, and what those that were handled did."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update
from sqlmodel import col

from qualify.storage.database import insert_or
from qualify.storage.rows import rows
from qualify.storage.tables import Account, Effect, Inbox

DONE = '{"raised": {"kind": "Stale", "key": "error-done-before", "values": {}}}'
"""The outcome of a step of which nothing else is kept."""


class Delivery(NamedTuple):
    """An update of the chat, however often it is delivered, and the account it comes from."""

    bot_id: int
    update_id: int
    user_id: int


class KeptUpdate(NamedTuple):
    """An update as it waits in the inbox: whose it is, and its JSON."""

    update_id: int
    user_id: int | None
    content: str


def begin_step(connection: Connection, delivery: Delivery, step: str, at: datetime) -> bool:
    """Note that this step of handling the update is done, with what the account's texts went to before it; False when
    it was done before. While another process is doing the same, waits for its end."""
    of_account = col(Account.telegram_id) == delivery.user_id
    values = {
        "bot_id": delivery.bot_id,
        "update_id": delivery.update_id,
        "step": step,
        "asked": func.coalesce(select(col(Account.asked)).where(of_account).scalar_subquery(), ""),
        "review_id": select(col(Account.review_id)).where(of_account).scalar_subquery(),
        "at": at,
    }
    begun = insert_or(connection, Effect).values(values).on_conflict_do_nothing().returning(col(Effect.step))
    return connection.execute(begun).first() is not None


def end_step(connection: Connection, delivery: Delivery, step: str, outcome: str) -> None:
    """Keep what came of the step (JSON), from which the answer can be made again."""
    connection.execute(update(Effect).where(*_of(delivery), col(Effect.step) == step).values(outcome=outcome))


def outcome_of(connection: Connection, delivery: Delivery, step: str) -> str:
    """What came of a step that was done before."""
    return connection.execute(select(col(Effect.outcome)).where(*_of(delivery), col(Effect.step) == step)).scalar_one()


def effects_of(connection: Connection, delivery: Delivery) -> list[Effect]:
    """The steps that were done for this update."""
    return rows(connection, Effect, *_of(delivery))


def _of(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    return (col(Effect.bot_id) == delivery.bot_id, col(Effect.update_id) == delivery.update_id)


def keep(connection: Connection, bot_id: int, waiting: Iterable[KeptUpdate], now: datetime, until: datetime) -> None:
    """Keep these updates, claimed by who keeps them; those that are kept already stay as they are."""
    rows_of = [{"bot_id": bot_id, **each._asdict(), "kept_at": now, "claimed_until": until} for each in waiting]
    connection.execute(insert_or(connection, Inbox).on_conflict_do_nothing(), rows_of)


def claim(
    connection: Connection,
    bot_id: int,
    now: datetime | None,
    until: datetime,
    *,
    longest: timedelta,
    but: Collection[int],
    limit: int,
) -> list[Inbox]:
    """Claim up to `limit` updates, oldest first, whose claim has ended by `now`, or whatever another process claims
    (None); `but` are those in hand here. A claim that goes on for more than `longest` comes from a clock that has been
    put back since. One that was claimed when its process died has one death more, and is claimed
    by itself: nothing else may be in hand should it kill again."""
    free = [col(Inbox.bot_id) == bot_id, col(Inbox.set_aside_at).is_(None), col(Inbox.update_id).not_in(but)]
    if now is not None:
        claimed_until = func.coalesce(col(Inbox.claimed_until), now)
        free.append(or_(claimed_until <= now, claimed_until > now + longest))
    oldest = select(col(Inbox.update_id)).where(*free).order_by(col(Inbox.update_id)).limit(limit)
    ids = list(connection.execute(oldest.with_for_update(skip_locked=True)).scalars())
    found = rows(connection, Inbox, col(Inbox.bot_id) == bot_id, col(Inbox.update_id).in_(ids))
    for each in found:
        each.deaths += each.claimed_until is not None
    claimed = list(takewhile(lambda each: not each.deaths, found)) or found[:1]
    for each in claimed:
        _change(connection, bot_id, [each.update_id], claimed_until=until, deaths=each.deaths)
    return claimed


def renew(connection: Connection, bot_id: int, update_ids: Collection[int], until: datetime) -> None:
    """Go on claiming these updates."""
    _change(connection, bot_id, update_ids, claimed_until=until)


def release(connection: Connection, bot_id: int, update_ids: Collection[int]) -> None:
    """Claim these updates no longer: somebody else, or a later start, handles them."""
    _change(connection, bot_id, update_ids, claimed_until=None)


def set_aside(connection: Connection, bot_id: int, update_id: int, at: datetime) -> None:
    """Nobody handles this update any more; an administrator may look at it."""
    _change(connection, bot_id, [update_id], set_aside_at=at, claimed_until=None)


def _change(connection: Connection, bot_id: int, update_ids: Collection[int], **values: object) -> None:
    chosen = col(Inbox.bot_id) == bot_id, col(Inbox.update_id).in_(update_ids)
    connection.execute(update(Inbox).where(*chosen).values(**values))


def handled(connection: Connection, bot_id: int, update_ids: Collection[int]) -> None:
    """These updates have been handled: they wait no longer."""
    connection.execute(delete(Inbox).where(col(Inbox.bot_id) == bot_id, col(Inbox.update_id).in_(update_ids)))


def set_aside_since(connection: Connection, earliest: datetime) -> list[Inbox]:
    """The updates that were set aside since, of all bots, oldest first."""
    return rows(connection, Inbox, col(Inbox.set_aside_at) >= earliest)


def everything(connection: Connection) -> list[Inbox]:
    """All that is kept, oldest first."""
    return rows(connection, Inbox)


def forget(connection: Connection, before: datetime) -> None:
    """Forget what updates did before that: Telegram delivers none again after a day."""
    connection.execute(delete(Effect).where(col(Effect.at) < before))
