"""Updates of one user in order, those of different users side by side, and a limit to how many presses may wait."""

import asyncio
from collections.abc import Awaitable, Callable

MAX_WAITING = 20


class PerUser:
    """Runs jobs one at a time for each key, those of different keys side by side."""

    def __init__(self) -> None:
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    async def run(self, key: int, job: Callable[[], Awaitable[None]], *, patient: bool = False) -> bool:
        """Run `job` after the earlier ones of `key`; False, and not run, when too many wait already.

        A `patient` job waits however many there are: a button can be pressed again, a message must not be lost.
        """
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        if waiting >= MAX_WAITING and not patient:
            return False
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock:
                await job()
        finally:
            self._leave(key)
        return True

    def _leave(self, key: int) -> None:
        lock, waiting = self._locks[key]
        if waiting == 1:
            del self._locks[key]
        else:
            self._locks[key] = (lock, waiting - 1)
