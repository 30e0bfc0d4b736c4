"""Odd updates by the ten thousand: valid ones as the published Bot API has them, and what people do, in one of five
something wrong. In one process, without a network; the heavy part of jobs runs in threads and charts aren't drawn."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from bot.runtime import Artist
from bot.workers import Workers
from tests.company import hasty
from tests.deeds import both_hand_in, publishes
from tests.driver import Bot, company
from tests.faults.drawn import Json, pool
from tests.faults.people_drawn import Crowd
from tests.faults.table import Row
from tests.faults.watching import Access, Refusals, Unhandled, answered, common
from tests.phone import picture
from tests.published import faults

SECTION = "fuzz"
UPDATES = 100_000
A_ROUND = 2_500  # updates until the company begins anew
AT_ONCE = 9  # people at most
POOL = 400
REDELIVERED = 0.05
CHECKED = 10  # of so many batches the requests of one are held against the published schema as well
SEED = 20261126
OF_A_LINK = {"audit", "invite"}
"""Of a link only the hash is kept, so that whoever asks for one again gets another one, and the first ends."""
_STATE = (
    *("entry", "evidence", "audit", "notice", "appeal", "signature", "result", "assessment", "exam_score", "invite"),
    *("person", "person_role", "candidate", "settlement"),
)


@dataclass
class Tally:
    """What came of some updates; every line says what went wrong and in which round."""

    tries: int = 0
    unreadable: int = 0
    links: int = 0
    unhandled: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add another's."""
        self.tries += other.tries
        self.unreadable += other.unreadable
        self.links += other.links
        for name in ("unhandled", "silent", "invalid", "beyond", "doubled"):
            getattr(self, name).extend(getattr(other, name))


class InThreads(Workers):
    """The heavy part of jobs without a process of its own, which takes a second to start."""

    async def run(self, _: float, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """What the function returns."""
        return await asyncio.to_thread(function, *args, **kwargs)


class Sketches(Artist):
    """Charts that take no time."""

    def __init__(self) -> None:
        self._picture = picture()

    async def draw(self, *_: Any) -> bytes:
        """Always the same small picture."""
        return self._picture

    paint = draw

    def close(self) -> None:
        """Nothing to end."""


class Fuzz:
    """One company under odd updates."""

    def __init__(self, bot: Bot, updates: list[Json], number: int) -> None:
        self._bot = bot
        self._choices = Random(number)
        self._crowd = Crowd(bot.sandbox, updates, self._choices)
        self._number = number
        self._refusals = Refusals(bot.sandbox)
        self.tally = Tally()
        self.unhandled = Unhandled()
        bot.app.runtime.jobs.workers = InThreads()
        object.__setattr__(bot.app.runtime, "artist", Sketches())
        with bot.context.database.reading() as connection:
            self._access = Access(connection)

    async def run(self, count: int) -> None:
        """Send so many updates, a few people's at a time, and look after each time."""
        await self._bot.app.notifier.send_due()
        self._bot.sandbox.requests.clear()
        batches = 0
        while self.tally.tries < count:
            await self._batch(published=batches % CHECKED == 0)
            batches += 1
        await self._bot.app.notifier.send_due()
        self._look("the notices", [], published=True)

    async def _batch(self, *, published: bool) -> None:
        batch = self._crowd.batch(AT_ONCE)
        self.tally.tries += len(batch)
        await self._handle(batch)
        updates, requests = list(self._bot.updates), list(self._bot.sandbox.requests)
        raws = {raw["update_id"]: raw for raw in batch if isinstance(raw.get("update_id"), int)}
        for update in updates:
            if not answered(update, requests):
                self.tally.silent.append(self._line(raws[update.update_id], "no answer"))
        senders = [update.effective_user.id for update in updates if update.effective_user is not None]
        self._look(batch, senders, published=published)
        for update in updates:
            if self._choices.random() < REDELIVERED:
                await self._again(raws[update.update_id], senders)

    async def _handle(self, batch: list[Json]) -> None:
        intake = self._bot.app.intake
        for raw in batch:
            self.tally.unreadable += intake.begin(raw) is None
        while intake.in_hand:
            await intake.idle(20)

    async def _again(self, raw: Json, senders: list[int]) -> None:
        """The same once more: nothing may change."""
        before = self._state()
        await self._handle([raw])
        changed = {each[0] for each in set(before) ^ set(self._state())}
        if changed == OF_A_LINK:
            self.tally.links += 1
        elif changed:
            self.tally.doubled.append(self._line(raw, f"again changed {sorted(changed)}"))
        self._look([raw], senders, published=False)

    def _look(self, what: object, senders: list[int], *, published: bool) -> None:
        requests = list(self._bot.sandbox.requests)
        self._bot.sandbox.requests.clear()
        self._bot.sandbox.queries.clear()
        self._bot.updates.clear()
        tally = self.tally
        with self._bot.context.database.reading() as connection:
            beyond = self._access.check(connection, senders, requests)
        tally.beyond += [self._line(what, line) for line in beyond]
        tally.unhandled += [self._line(what, line) for line in self.unhandled.taken()]
        tally.invalid += [self._line(what, line) for line in self._refusals.taken()]
        if published:
            tally.invalid += [self._line(what, line) for line in faults(requests)]
        self._bot.complaints.clear()

    def _line(self, what: object, line: str) -> str:
        return f"round {self._number}, update {self.tally.tries}: {what!r:.1500}\n{line}"

    def _state(self) -> list[tuple[Any, ...]]:
        """What must not change when something is delivered again."""
        counts = " UNION ALL ".join(f"SELECT '{table}', count(*), NULL, NULL FROM {table}" for table in _STATE)
        accounts = "SELECT 'account', telegram_id, asked, review_id FROM account"
        drafts = "SELECT 'draft', telegram_id, content, NULL FROM draft"
        with self._bot.context.database.reading() as connection:
            return [tuple(row) for row in connection.execute(text(f"{counts} UNION ALL {accounts} UNION ALL {drafts}"))]


async def fuzzed(folder: Path, updates: list[Json], number: int, count: int) -> Tally:
    """What comes of so many updates to a new company."""
    async with company(folder) as bot:
        hasty(bot.context.database)
        (both_hand_in, publishes, lambda _: None)[number % 3](bot)
        fuzz = Fuzz(bot, updates, number)
        logging.getLogger().addHandler(fuzz.unhandled)
        try:
            await fuzz.run(count)
        finally:
            logging.getLogger().removeHandler(fuzz.unhandled)
    return fuzz.tally


def rounds(number: int, count: int) -> Tally:
    """So many updates, in rounds that each begin with a new company."""
    logging.getLogger().addHandler(logging.NullHandler())
    updates, tally = pool(POOL, SEED + number), Tally()
    while tally.tries < count:
        with TemporaryDirectory(prefix="qualify-fuzz-") as folder:
            tally.add(asyncio.run(fuzzed(Path(folder), updates, 1000 * number + tally.tries // A_ROUND, A_ROUND)))
    return tally


def main(folder: Path, count: int = UPDATES) -> Iterator[Row]:
    """A process for each core."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as processes:
        tally = Tally()
        for part in processes.map(partial(rounds, count=-(-count // cores)), range(cores)):
            tally.add(part)
    yield row(tally)


def row(tally: Tally) -> Row:
    """The tally as a line of the table."""
    made = Row(SECTION, "updates drawn from the published schema, forged and mutated", tally.tries)
    made.doubled, made.silent = len(tally.doubled), len(tally.silent)
    made.wrong = len(tally.unhandled) + len(tally.invalid) + len(tally.beyond)
    made.note = f"{tally.unreadable} refused at the edge; {tally.links} links made anew when they were asked for again"
    for name in ("unhandled", "silent", "invalid", "beyond", "doubled"):
        made.told += [f"{name}: {line}" for line in common(getattr(tally, name))]
    return made
