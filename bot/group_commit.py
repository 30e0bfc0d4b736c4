"""Group commit: one thread writes, and the jobs handed to it at the same moment share one commit, so that a burst waits
for the disk once. The event loop never touches the database.

Nobody is answered before that commit. An error of one job undoes that job alone; when the commit itself fails, all of
its jobs fail. While another program holds the write lock the thread keeps trying, and jobs that have waited too long
fail with Busy: they weren't begun.
"""

import asyncio
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from qualify.errors import Busy
from qualify.storage import Database
from qualify.storage.database import BUSY_SECONDS

MOST = 32  # about ten milliseconds of work
A_TURN = 4  # are told in one turn of the event loop
LOOK_SECONDS = 1.0
"""How long one attempt to get the write lock lasts: a job may be told this much late that it waited too long."""
T = TypeVar("T")


class Job(NamedTuple):
    """A call that writes, since when it waits (monotonic seconds), and the future that gets its outcome."""

    call: Callable[[], Any]
    since: float
    future: asyncio.Future[Any]


class GroupCommit:
    """The writer's thread. It starts with the first job and ends with `close`."""

    def __init__(self, database: Database, patience: float = BUSY_SECONDS, look: float = LOOK_SECONDS) -> None:
        self._database = database
        self._patience = patience
        self._look = min(look, patience)
        self._arriving: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], T]) -> T:
        """The call's result, once it is on the disk; raises what the call raised, or Busy."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
            self._thread.start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._arriving.put(Job(call, time.monotonic(), future))
        return await future

    def close(self) -> None:
        """Let the thread finish what was handed in, and end."""
        if self._thread is not None:
            self._arriving.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        waiting: deque[Job] = deque()
        goes_on = True
        while goes_on or waiting:
            goes_on &= self._collect(waiting, block=goes_on and not waiting)
            batch = [waiting.popleft() for _ in range(min(MOST, len(waiting)))]
            if not batch:
                continue
            try:
                outcomes = self._together(batch)
            except Busy as busy:
                late = [job for job in batch if time.monotonic() - job.since >= self._patience]
                waiting.extendleft(reversed([job for job in batch if job not in late]))
                batch, outcomes = late, [(None, busy)] * len(late)
            _deliver(batch, outcomes)

    def _collect(self, waiting: deque[Job], *, block: bool) -> bool:
        """Take in the jobs that have arrived. Returns whether more may come."""
        try:
            while (job := self._arriving.get(block)) is not None:
                waiting.append(job)
                block = False
        except queue.Empty:
            return True
        return False

    def _together(self, batch: list[Job]) -> list[tuple[Any, BaseException | None]]:
        """Run the jobs and commit them at once; the outcome of each. Raises Busy when the write lock isn't free: none
        was begun."""
        try:
            with self._database.together(self._look):
                return [_outcome(job.call) for job in batch]
        except Busy:
            raise
        except Exception as error:
            return [(None, error)] * len(batch)


def _outcome(call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return call(), None
    except Exception as error:
        return None, error


def _deliver(batch: list[Job], outcomes: list[tuple[Any, BaseException | None]]) -> None:
    """Pass the outcomes on in the event loop's thread, some in each of its turns: each lets its handler go on."""
    left = deque(zip(batch, outcomes, strict=True))

    def deliver() -> None:
        for _ in range(min(A_TURN, len(left))):
            job, (result, failure) = left.popleft()
            if job.future.cancelled():
                continue
            if failure is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(failure)
        if left:
            loop.call_soon(deliver)

    if batch:
        loop = batch[0].future.get_loop()
        if not loop.is_closed():
            loop.call_soon_threadsafe(deliver)
