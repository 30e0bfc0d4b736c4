"""kill -9 of the real program: at every commit and every call of every deed, and at moments drawn by lot.

Each try has a new database, made from the same copy, and a new sandbox. A deed is done, the program dies in the middle
of it and is started again, some minutes later by its own clock, so that the leases of the dead one have ended. Then the
tables must hold what they hold after a try in which nobody died, and everybody must have seen what they see then.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import cast

from bot.sandbox.core import Sandbox
from bot.sandbox.server import running
from qualify.services import Context
from qualify.services.notices import queue
from qualify.storage.schema import migrate
from tests.driver import NOON, Bot
from tests.faults.ground import GROUNDS, Ground, Unavailable, ground_of
from tests.faults.mortal import Life
from tests.faults.program import Program, lives
from tests.faults.scenes import ACCOUNTS, SCENES, STRANGER, Place, Scene, cell_of, found
from tests.faults.table import Row
from tests.faults.traces import Message, rows_of, shown_to, toasts, unrecorded, unsettled
from tests.permissions import Cell
from tests.phone import Phone
from tests.program import TOKEN

SECTION = "kills"
SETTLE_SECONDS = 30.0
LOOK_SECONDS = 0.01
ARRIVE_SECONDS = 0.03  # for what a killed program had sent
LATER = timedelta(minutes=11)  # by then leases have ended, and what is in doubt is sent once more
SEED = 20261126


@dataclass
class Try:
    """What a try has left: rows, everybody's messages, words that popped up for who acted, presses without an answer.
    Where it `died`, how long it took, who may have news twice, and what the program logged."""

    rows: Counter[tuple[str, ...]]
    shown: dict[int, Counter[Message]]
    popped_up: list[str]
    unanswered: int
    is_stuck: bool
    seconds: float
    log: str
    died: str = ""
    twice: Counter[int] = field(default_factory=Counter)


class Stage:
    """One database and one program; tries come one after the other."""

    def __init__(self, ground: Ground, program: Program, folder: Path) -> None:
        self._ground = ground
        self._program = program
        self._folder = folder
        self._moment, self._begun = NOON, time.monotonic()

    def _now(self) -> datetime:
        """By the program's clock."""
        return self._moment + timedelta(seconds=time.monotonic() - self._begun)

    def prepare(self, scene: Scene) -> Cell:
        """Make the database that each try of the scene begins with."""
        self._ground.restore("")
        context = self._ground.context(lambda: NOON)
        migrate(context.database)
        found(context)
        cell = cell_of(context, Phone(Sandbox(TOKEN), _at_once, scene.user_id), scene)
        scene.prepared(cell)
        for notice, _ in queue.take_due(context):
            queue.settle(context, notice, "sent")
        context.database.close()
        self._ground.keep(_file_name(scene))
        return cell

    async def attempt(self, scene: Scene, cell: Cell, *, die_at: int = 0, strike: float | None = None) -> Try:
        """Play the scene once; the program dies at this point of the deed, or so many seconds after its beginning."""
        self._ground.restore(_file_name(scene))
        life = self._life(die_at)
        sandbox = crowd()
        async with running(sandbox) as address:
            context = self._ground.context(self._now)
            try:
                return await self._played(scene, cell, life, address, sandbox, context, strike)
            finally:
                await self._program.kill()
                context.database.close()

    def _life(self, die_at: int) -> Life:
        life = Life({}, "", str(self._folder), die_at)
        for file in (life.armed, life.died, life.log):
            file.unlink(missing_ok=True)
        return life

    async def _played(
        self,
        scene: Scene,
        cell: Cell,
        life: Life,
        address: str,
        sandbox: Sandbox,
        context: Context,
        strike: float | None,
    ) -> Try:
        life = replace(life, settings=settings_of(self._ground, address))
        stands = True

        async def settle() -> None:
            nonlocal stands
            if not life.armed.exists():
                stands &= await self._settled(sandbox, context)

        phone = Phone(sandbox, settle, scene.user_id)
        cell = cell._replace(phone=phone, bot=cast(Bot, Place(context)))
        await self._live(life, NOON)
        deed = await scene.begun(cell)
        assert stands, f"{scene.name}: nothing comes of what leads up to it\n{life.log.read_text()}"
        before = {user_id: len(shown_to(sandbox, user_id)) for user_id in sandbox.users}
        life.armed.touch()
        begun = time.monotonic()
        await deed(cell)
        if strike is not None:
            await asyncio.sleep(strike)
            await self._program.kill()
        settled = await self._settled(sandbox, context)
        died, twice = "", Counter[int]()
        if not self._program.is_alive:
            died = life.died.read_text() if life.died.exists() else f"{strike or 0:.4f} s after it began"
            await asyncio.sleep(ARRIVE_SECONDS)
            owed = unrecorded(context)
            twice = Counter({to: min(owed[to], len(shown_to(sandbox, to)) - before[to]) for to in sandbox.users})
            await self._live(replace(life, die_at=0), NOON + LATER)
            settled = await self._settled(sandbox, context)
        assert died or scene.done(cell), f"{scene.name}: it isn't done at all\n{phone.screen}\n{life.log.read_text()}"
        return Try(
            rows_of(context, exact=context.database.is_embedded),
            {user_id: Counter(shown_to(sandbox, user_id)) for user_id in sandbox.users},
            toasts(sandbox, scene.user_id),
            len(sandbox.queries),
            not settled,
            time.monotonic() - begun,
            life.log.read_text(),
            died,
            twice,
        )

    async def _live(self, life: Life, moment: datetime) -> None:
        self._moment, self._begun = moment, time.monotonic()
        await self._program.live(replace(life, moment=moment.isoformat()))

    async def _settled(self, sandbox: Sandbox, context: Context) -> bool:
        """Wait until nothing is in hand any more, or the program is dead; whether it came to that."""
        give_up = time.monotonic() + SETTLE_SECONDS
        while self._program.is_alive and time.monotonic() < give_up:
            if not len(sandbox.updates) and not unsettled(context):
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return False


def crowd() -> Sandbox:
    """Everybody's phones; those who have joined know the bot."""
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot")
    for user_id in (*ACCOUNTS, STRANGER):
        sandbox.add_user(user_id, str(user_id))
        sandbox.chats[user_id].started = user_id != STRANGER
    return sandbox


def settings_of(ground: Ground, address: str) -> dict[str, str]:
    """The program's environment."""
    return {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": ground.url,
        "TELEGRAM_BASE_URL": f"{address}/bot",
        "TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
        "NOTICES_PER_SECOND": "1000",
    }


def judge(row: Row, scene: Scene, whole: Try, tried: Try) -> None:
    """Add to the row what the try lost or did twice, compared with one in which nobody died."""
    row.tries += 1
    told: list[str] = []
    if lost := whole.rows - tried.rows:
        row.lost += 1
        told.append(f"not stored: {sorted(lost)}")
    if more := tried.rows - whole.rows:
        row.doubled += 1
        told.append(f"stored besides: {sorted(more)}")
    for user_id, usual in whole.shown.items():
        missing, besides = usual - tried.shown[user_id], tried.shown[user_id] - usual
        if user_id == scene.user_id:
            if missing or tried.unanswered or tried.is_stuck:
                row.silent += 1
                told.append(f"{tried.unanswered} unanswered, {tried.popped_up}, not shown: {[*missing]}")
        elif missing:
            row.lost += 1
            told.append(f"news not sent to {user_id}: {[*missing]}")
        if user_id != scene.user_id and besides.total() > tried.twice[user_id]:
            row.doubled += 1
            told.append(f"news sent besides to {user_id}: {[*besides]}")
    if "Traceback" in tried.log or TOKEN in tried.log:
        row.wrong += 1
        told.append(tried.log)
    row.told += [f"{scene.name}, killed {tried.died}: {line}" for line in told]


async def at_every_point(stage: Stage, scene: Scene, row: Row) -> None:
    """Play the scene once as it is, and then dying at each of its points."""
    cell = stage.prepare(scene)
    whole = await stage.attempt(scene, cell)
    for point in count(1):
        tried = await stage.attempt(scene, cell, die_at=point)
        if not tried.died:
            break
        judge(row, scene, whole, tried)


async def _at_once() -> None:
    """Nothing to wait for."""


def _file_name(scene: Scene) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in scene.name)
