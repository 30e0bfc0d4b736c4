"""What every handler needs, in one place: the services' context, the Bot API, the drawing thread.

No database call runs on the event loop. A service that only reads runs in one of the reading threads and waits for
nobody. One that writes runs in the writer's thread (SQLite), or in one of several (PostgreSQL).
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar, cast

from bot.group_commit import GroupCommit
from bot.in_hand import IN_HAND
from bot.jobs import Jobs
from bot.telegram_api import TelegramApi
from qualify import charts
from qualify.errors import Unavailable
from qualify.reporting import charting
from qualify.services import Context, deliveries
from qualify.services.assessments.overview import ResultView
from qualify.services.context import is_check, is_repeatable, only_reads
from qualify.storage import Database
from qualify.storage.database import BUSY_SECONDS

log = logging.getLogger(__name__)

READERS, WRITERS = 4, 16
PAUSE_SECONDS = 0.25  # until a server that doesn't answer is asked again

P = ParamSpec("P")
T = TypeVar("T")


class Artist:
    """One thread that draws charts, so that drawing shares neither the event loop nor the fonts' caches."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts", initializer=charts.warm_up)

    async def draw(self, shown: ResultView, language: str, theme: str) -> bytes:
        """The result's chart as PNG."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, charting.draw, shown, language, theme)

    async def paint(self, chart: charts.Chart, language: str, theme: str) -> bytes:
        """Any other chart as PNG."""
        job = partial(charts.draw, chart, theme=theme, language=language)
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    async def warm_up(self) -> None:
        """Start the thread, so that the first chart doesn't wait for its fonts."""
        await asyncio.get_running_loop().run_in_executor(self._thread, int)

    def close(self) -> None:
        """Let the thread finish its work and end."""
        self._thread.shutdown(wait=True, cancel_futures=True)


class DatabaseThreads:
    """The threads that services run in, for one database."""

    def __init__(self, database: Database, patience: float = BUSY_SECONDS) -> None:
        self._patience = patience
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._group = GroupCommit(database) if database.is_embedded else None
        self._writers = None if database.is_embedded else ThreadPoolExecutor(WRITERS, thread_name_prefix="writer")

    async def run(self, job: Callable[[], T], *, reads: bool) -> T:
        """The job's result, once what it wrote is on the disk. Raises what the job raises.

        A server that doesn't answer is asked again for a while: what a job does, it does once.
        """
        if not reads and self._group is not None:
            return await self._group.run(job)
        loop = asyncio.get_running_loop()
        give_up = loop.time() + self._patience
        while True:
            try:
                return await loop.run_in_executor(self._readers if reads else self._writers, job)
            except Unavailable as error:
                log.warning("the database can't be used: %s", error.__cause__ or error)
                if self._group is not None or loop.time() > give_up:
                    raise
            await asyncio.sleep(PAUSE_SECONDS)

    def close(self) -> None:
        """Let the threads finish their work and end."""
        if self._group is not None:
            self._group.close()
        for pool in filter(None, (self._readers, self._writers)):
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class Runtime:
    """What a handler works with. `kick` is set when a notice became due, so that it doesn't wait for the next tick."""

    context: Context
    api: TelegramApi
    artist: Artist
    kick: asyncio.Event = field(default_factory=asyncio.Event)
    jobs: Jobs = field(default_factory=Jobs)
    threads: DatabaseThreads = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "threads", DatabaseThreads(self.context.database))

    async def run(self, service: Callable[Concatenate[Context, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service without holding up the event loop; one marked as reading never waits for one that writes. For
        the update in hand a service does something once, however often the update is delivered.

        Raises what the service raises.
        """
        context, in_hand = self.context, IN_HAND.get()
        if in_hand is not None:
            if in_hand.is_done and is_check(service):
                return cast(T, None)  # whether it can be done is not the question any more
            context = replace(context, delivery=in_hand.delivery)
        reads = only_reads(service)
        if in_hand is None or reads or is_repeatable(service):
            job = partial(service, context, *args, **kwargs)
        else:
            job = partial(deliveries.once, in_hand.step(service), service, context, *args, **kwargs)
        return await self.threads.run(job, reads=reads)

    def listen(self) -> Callable[[], None]:
        """Let `kick` be set by every transaction that makes a notice due, until the returned function is called. To be
        called on the event loop."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self.kick.set)

        listeners = self.context.database.due_listeners
        listeners.append(wake)
        return lambda: listeners.remove(wake) if wake in listeners else None

    def close(self) -> None:
        """Let the threads finish their work and end."""
        self.threads.close()
