"""What every handler needs, in one place: the services' context, the Bot API, the drawing thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from bot.telegram_api import TelegramApi
from bot.together import Together
from qualify import charts
from qualify.reporting import charting
from qualify.services import Context
from qualify.services.results import Shown

P = ParamSpec("P")
T = TypeVar("T")


class Artist:
    """One thread that draws, so that neither the event loop nor the fonts' caches are shared with anything else."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts", initializer=charts.warm_up)

    async def draw(self, shown: Shown, language: str, theme: str) -> bytes:
        """The result's chart as PNG."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, charting.draw, shown, language, theme)

    async def warm_up(self) -> None:
        """Start the thread, so that the first chart doesn't wait for its fonts."""
        await asyncio.get_running_loop().run_in_executor(self._thread, int)

    def close(self) -> None:
        """Let the thread finish and end."""
        self._thread.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class Desk:
    """Where handlers work. `kick` is set when a notice became due, so that it doesn't wait for the next tick."""

    context: Context
    api: TelegramApi
    artist: Artist
    kick: asyncio.Event = field(default_factory=asyncio.Event)
    together: Together = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "together", Together(self.context.database))

    async def run(self, service: Callable[Concatenate[Context, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service: in the loop for SQLite, where it is short, in a thread for PostgreSQL."""
        job = partial(service, self.context, *args, **kwargs)
        if self.context.database.is_embedded:
            return await self.together.run(job)
        return await asyncio.to_thread(job)
