"""Jobs that go on after their update was handled: downloads, lists, workbooks. They hold up nobody, not even the person
who started them.

Each person has at most one job. When the bot stops, it waits for jobs as it does for updates.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.in_hand import update_in_hand
from bot.workers import Workers
from qualify.errors import Stale

FINISH_SECONDS = 25.0
STOP_SECONDS = 5.0  # for a word to the people who are kept waiting


class Interrupted(Exception):
    """A job didn't come to its end: its update has to be handled again."""


class Jobs:
    """The jobs under way by person (their Telegram id), and the processes that do the heavy part of them."""

    def __init__(self) -> None:
        self.workers = Workers()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._of_update: dict[int, asyncio.Task[None]] = {}

    def is_busy(self, person: int) -> bool:
        """Whether a job of this person is under way."""
        return person in self._running

    def refuse_second(self, person: int) -> None:
        """Raises Stale, with a text that says so, while a job of this person is under way."""
        if self.is_busy(person):
            raise Stale("error-job-under-way")

    def begin(self, person: int, work: Coroutine[Any, Any, None]) -> None:
        """Run the work as the person's job, beside everything else. It handles its own errors; no other job may be
        under way for this person."""
        assert not self.is_busy(person)
        task = asyncio.create_task(work)
        update_id = update_in_hand()
        self._running[person] = self._of_update[update_id] = task

        def ended(_: asyncio.Task[None]) -> None:
            del self._running[person]
            self._of_update.pop(update_id, None)

        task.add_done_callback(ended)

    async def end_of(self, update_id: int) -> None:
        """Wait for the job that the update began, if it did. Raises Interrupted when the bot stops before."""
        if (task := self._of_update.get(update_id)) is None:
            return
        await asyncio.wait([task])
        if task.cancelled():
            raise Interrupted

    async def idle(self) -> None:
        """Wait until no job is under way."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def finish(self) -> None:
        """Wait up to `FINISH_SECONDS` for the jobs under way; cancel the rest, which have `STOP_SECONDS` to tell their
        people."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running.values(), timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=STOP_SECONDS)
