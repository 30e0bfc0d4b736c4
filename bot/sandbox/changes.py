"""Waiting for something new in the sandbox, for every request that is held open."""

import asyncio
from collections.abc import Callable


class Changes:
    """Wakes all who wait whenever the sandbox changes; `close` lets them go for good."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.closed = False  # once True, the server is stopping and nothing waits

    def wake(self) -> None:
        """Let all who wait look again, since something changed. To be called in the event loop's thread."""
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """Let everybody go, since the server stops: nobody waits from now on."""
        self.closed = True
        self.wake()

    async def until(self, ready: Callable[[], object], timeout: float) -> bool:
        """Wait until `ready()`, at most `timeout` seconds. Returns whether it is ready."""
        try:
            async with asyncio.timeout(timeout):
                while not (ready() or self.closed):
                    await self._event.wait()
        except TimeoutError:
            return False
        return not self.closed
