"""What goes on after an update was handled: downloads, lists, workbooks. It holds up nobody, not even its own person.

One thing at a time for each person. When the bot stops, what is under way is waited for, as updates are.
"""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar
from typing import Any

from bot.workers import Workers
from qualify.errors import Stale

FINISH_SECONDS = 25.0
STOP_SECONDS = 5.0  # for a word to whoever is kept waiting

UPDATE: ContextVar[int] = ContextVar("UPDATE", default=0)
"""The id of the update in hand; a job keeps that of the update which began it."""


class Jobs:
    """The jobs under way by person (their Telegram id), and the processes that do the heavy part."""

    def __init__(self) -> None:
        self.workers = Workers()
        self._running: dict[int, asyncio.Task[None]] = {}

    def is_busy(self, person: int) -> bool:
        """Whether something is under way for the person."""
        return person in self._running

    def refuse_second(self, person: int) -> None:
        """Raises Stale, which says so, while something is under way."""
        if self.is_busy(person):
            raise Stale("error-job-under-way")

    def begin(self, person: int, work: Coroutine[Any, Any, None]) -> None:
        """Let the work go on by itself; it deals with its own errors. Nothing else is under way for the person."""
        assert not self.is_busy(person)
        task = asyncio.create_task(work)
        self._running[person] = task
        task.add_done_callback(lambda _: self._running.pop(person))

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def finish(self) -> None:
        """Wait for what is under way, but not for ever; the rest is cancelled and may say so."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running.values(), timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=STOP_SECONDS)
