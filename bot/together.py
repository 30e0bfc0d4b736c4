"""Group commit: services that are called at the same moment share one commit, so that a burst waits for the disk once.

Nobody is answered before that commit. What one service raises undoes that service alone; when the commit itself
fails, all of them failed.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from qualify.storage import Database

MOST = 32  # about ten milliseconds of an event loop
T = TypeVar("T")


class Together:
    """Runs jobs in the event loop's thread; all that were handed in since the last turn of the loop run together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    async def run(self, job: Callable[[], T]) -> T:
        """The job's result, once it is on the disk; raises what the job raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._run_waiting)
        self._waiting.append((job, future))
        return await future

    def _run_waiting(self) -> None:
        batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._run_waiting)
        outcomes: list[tuple[Any, Exception | None]]
        try:
            with self._database.together():
                outcomes = [_outcome(job) for job, _ in batch]
        except Exception as error:
            outcomes = [(None, error)] * len(batch)
        for (_, future), (result, failure) in zip(batch, outcomes, strict=True):
            if future.cancelled():
                continue
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)


def _outcome(job: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return job(), None
    except Exception as error:
        return None, error
