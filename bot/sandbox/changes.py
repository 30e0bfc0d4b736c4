"""Waiting for something new in the sandbox, for every request that is held open."""

import asyncio
from collections.abc import Callable


class Changes:
    """Wakes whoever waits, whenever the sandbox changes; `close` lets all of them go at once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.closed = False  # once True, the server is stopping and nothing waits

    def wake(self) -> None:
        """Something changed: all who wait look again. To be called in the event loop's thread."""
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """Nobody waits any more: the server stops."""
        self.closed = True
        self.wake()

    async def until(self, ready: Callable[[], object], timeout: float) -> bool:
        """Wait until `ready()`, at most `timeout` seconds; whether it is ready."""
        try:
            async with asyncio.timeout(timeout):
                while not (ready() or self.closed):
                    await self._event.wait()
        except TimeoutError:
            return False
        return not self.closed
