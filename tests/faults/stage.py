"""One deed at a time in this process, on a database that is made anew for each, while something is wrong with it."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from bot import intake, runtime
from bot.group_commit import GroupCommit
from bot.runtime import DatabaseThreads
from bot.sandbox.core import Sandbox
from qualify.services import Context
from qualify.texts import say
from tests.driver import NOON, TOKEN, Bot, bot_on
from tests.faults.fuzz import InThreads, Sketches
from tests.faults.ground import Ground
from tests.faults.scenes import Scene
from tests.faults.table import Row
from tests.faults.traces import Message, rows_of, shown_to, toasts
from tests.faults.tries import crowd, moved, prepare
from tests.faults.watching import Unhandled
from tests.permissions import Cell
from tests.phone import Phone

NOT_STORED = {
    say(language, key) for language in ("zh-CN", "en") for key in ("error-database-busy", "error-database-unavailable")
}
PATIENCE = 0.6
"""Seconds instead of the 30 that the bot waits for a database; everything else is as short in proportion."""
Trouble = Callable[[Context], AbstractContextManager[Any]]
"""What is wrong while the deed is done."""


@dataclass
class Outcome:
    """What a deed has left: rows, everybody's messages, what was said to who acted, whether they were told that nothing
    was stored, whether they heard anything, and errors that nobody handled."""

    rows: Counter[tuple[str, ...]]
    shown: dict[int, Counter[Message]]
    said: list[str]
    is_refused: bool
    is_heard: bool
    unhandled: list[str]


class Stage:
    """Plays scenes on one ground."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def prepare(self, scene: Scene) -> Cell:
        """Make the database that each try of the scene begins with."""
        return prepare(self._ground, scene)

    async def attempt(self, scene: Scene, cell: Cell, trouble: Trouble = lambda _: nullcontext()) -> Outcome:
        """Play the scene once, with this trouble during the deed. Who is told that nothing was stored does it again
        when the trouble is over, as they are asked to."""
        self._ground.restore(scene.file)
        context, beside = self._ground.context(lambda: NOON), self._ground.context(lambda: NOON)
        try:
            async with hurried(context) as (bot, unhandled):
                phone = Phone(bot.sandbox, bot.take, scene.user_id)
                played = moved(cell, beside, phone)  # who looks for the button to press has no trouble
                deed = await scene.begun(played)
                heard, before = phone.heard, said_to(bot.sandbox, scene.user_id)
                with trouble(context):
                    await deed(played)
                    is_heard = phone.heard > heard and not bot.sandbox.queries
                said = [*(said_to(bot.sandbox, scene.user_id) - before)]
                bot.sandbox.queries.clear()
                beside.database.close()
                if is_refused := not NOT_STORED.isdisjoint(said):
                    await deed(played)
                await bot.settle()
                return Outcome(
                    rows_of(context, exact=context.database.is_embedded),
                    {user_id: Counter(shown_to(bot.sandbox, user_id)) for user_id in bot.sandbox.users},
                    said,
                    is_refused,
                    is_heard,
                    unhandled.taken(),
                )
        finally:
            beside.database.close()
            context.database.close()


def said_to(sandbox: Sandbox, user_id: int) -> Counter[str]:
    """All words that somebody saw, popped up or in messages."""
    return Counter([*toasts(sandbox, user_id), *(message.what for message in shown_to(sandbox, user_id))])


@asynccontextmanager
async def hurried(context: Context, sandbox: Sandbox | None = None) -> AsyncIterator[tuple[Bot, Unhandled]]:
    """The running bot, whose patience is short, and what it does not handle."""
    unhandled = Unhandled()
    usual = intake.PATIENCE_SECONDS, runtime.PAUSE_SECONDS
    intake.PATIENCE_SECONDS, runtime.PAUSE_SECONDS = PATIENCE / 60, PATIENCE / 120
    logging.getLogger().addHandler(unhandled)
    try:
        async with bot_on(context, sandbox or known(crowd())) as bot:
            object.__setattr__(bot.app.runtime, "threads", hasty_threads(context))
            object.__setattr__(bot.app.runtime, "artist", Sketches())
            bot.app.runtime.jobs.workers = InThreads()
            yield bot, unhandled
            bot.complaints.clear()
            bot.sandbox.queries.clear()
    finally:
        logging.getLogger().removeHandler(unhandled)
        intake.PATIENCE_SECONDS, runtime.PAUSE_SECONDS = usual


def known(sandbox: Sandbox) -> Sandbox:
    """The same for the bot of the tests."""
    sandbox.token = TOKEN
    return sandbox


def hasty_threads(context: Context) -> DatabaseThreads:
    """The bot's threads with little patience."""
    threads = DatabaseThreads(context.database, PATIENCE)
    if context.database.is_embedded:
        threads._group = GroupCommit(context.database, PATIENCE, PATIENCE / 10)
    return threads


def judge(row: Row, scene: Scene, whole: Outcome, tried: Outcome, where: str = "") -> None:
    """Add to the row what the try lost, did twice, or left unanswered, compared with one without trouble."""
    row.tries += 1
    told = []
    lost, more = whole.rows - tried.rows, Counter() if scene.made_anew else tried.rows - whole.rows
    row.lost += bool(lost)
    row.doubled += bool(more)
    if lost or more:
        told.append(f"not stored {sorted(lost)}, besides {sorted(more)}, said {tried.said}")
    if not tried.is_heard:
        row.silent += 1
        told.append(f"no answer; said {tried.said}")
    if tried.unhandled:
        row.wrong += 1
        told += [" … ".join([*line.splitlines()[:1], *line.splitlines()[-1:]]) for line in tried.unhandled]
    row.told += [f"{scene.name}{where}: {line}" for line in told]
