"""The real program, killed with SIGKILL ten times while it tells a thousand people: nobody is left out.

A notice is recorded as sent after it was sent. Whom a kill hits between the two hears of it once more when the
claim's lease has ended; the test knows who that was, and nobody else may hear it twice.
"""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlmodel import col

from bot.notifier import MOST_CLAIMED
from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from qualify.services import Context
from qualify.storage.tables import Account, Notice
from tests.bench.company import assign, found
from tests.driver import sqlite_url
from tests.program import TOKEN, program

CROWD = range(10_001, 11_001)
KILLS = 10
SEED = 20261124
NOTICES_PER_SECOND = 200


def a_crowd(context: Context) -> Sandbox:
    """A thousand assessors, each with the bot in their phones and owed one message about a new review."""
    assign(context, CROWD, levels=("3",))
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot", check_schema=False)
    for user_id in CROWD:
        sandbox.add_user(user_id, str(user_id))
        sandbox.chats[user_id].started = True
    return sandbox


def owed(context: Context) -> set[int]:
    """Who is still owed a message as far as the database knows."""
    unsettled = select(Account.telegram_id).join(Notice, col(Notice.person_id) == col(Account.person_id))
    with context.database.reading() as connection:
        return set(connection.execute(unsettled.where(col(Notice.sent_at).is_(None))).scalars())


def let_leases_end(context: Context) -> int:
    """A killed bot's claims last for two minutes. That is the rule; here the time just passes at once."""
    claimed = update(Notice).where(col(Notice.sent_at).is_(None), col(Notice.claimed_until).is_not(None))
    with context.database.transaction() as connection:
        ended = context.now() - timedelta(seconds=1)
        return connection.execute(claimed.values(claimed_until=ended, look_at=col(Notice.due_at))).rowcount


def received(sandbox: Sandbox) -> Counter[int]:
    """How many messages each person has got."""
    return Counter({user_id: len(sandbox.chats[user_id].messages) for user_id in CROWD})


async def test_a_broadcast_to_a_thousand_people_survives_ten_kills(tmp_path: Path) -> None:
    context = found(sqlite_url(tmp_path))
    sandbox = a_crowd(context)
    choices = random.Random(SEED)
    changes = Changes()
    sandbox.listeners.append(changes.wake)
    hit: Counter[int] = Counter()
    claimed: list[int] = []

    async def heard_of(more: int) -> None:
        """Wait until so many more messages are out, and those whom the last kill hit have their second one."""
        goal = received(sandbox).total() + more
        assert await changes.until(lambda: received(sandbox).total() >= goal, 30), bot.log()
        assert await changes.until(lambda: not owed(context) & hit.keys(), 30), bot.log()

    async def strike() -> None:
        """Kill the bot while it claims, sends or records; start it again, and see whom that hit."""
        await asyncio.sleep(choices.uniform(0, 0.012))  # where in its work the bot is hit is the point
        await bot.kill()
        unrecorded = owed(context)
        claimed.append(let_leases_end(context))
        sandbox.requests.clear()
        await bot.start()
        assert await changes.until(lambda: sandbox.sent("setMyCommands"), 30), bot.log()
        told = received(sandbox)  # whatever the killed bot had sent has arrived by now
        hit.update(user_id for user_id in unrecorded if told[user_id])

    async with program(tmp_path, sandbox, NOTICES_PER_SECOND=str(NOTICES_PER_SECOND)) as bot:
        for _ in range(KILLS):
            await heard_of(choices.randint(40, 90))
            await strike()
        assert await changes.until(lambda: received(sandbox).total() == len(CROWD) + hit.total(), 30), bot.log()
        assert bot.starts == KILLS + 1
        assert await bot.stop() == 0
    assert ("Traceback" in bot.log(), TOKEN in bot.log()) == (False, False), bot.log()
    assert owed(context) == set()
    assert received(sandbox) == {user_id: 1 + hit[user_id] for user_id in CROWD}, "twice only whom a kill hit"
    assert max(received(sandbox).values()) <= 2
    assert max(claimed) <= MOST_CLAIMED
    assert hit.total() <= sum(claimed), "nobody but whom a killed bot had claimed"
    found_out = f"{KILLS} kills, {sum(claimed)} notices claimed then: {hit.total()} of {len(CROWD)} people told twice"
    print(found_out)  # noqa: T201, a figure to report
    context.database.close()
