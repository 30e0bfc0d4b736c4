"""kill -9 of the real program: at every commit and every call of every deed, and at moments drawn by lot.

Each try has a new database, made from the same copy, and a new sandbox. A deed is done, the program dies in the middle
of it and is started again, some minutes later by its own clock, so that the leases of the dead one have ended. Then the
tables must hold what they hold after a try in which nobody died, and everybody must have seen what they see then.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bot.sandbox.core import Sandbox
from bot.sandbox.server import running
from qualify.services import Context
from tests.driver import NOON
from tests.faults.ground import GROUNDS, Ground, Unavailable, ground_of
from tests.faults.mortal import Life
from tests.faults.program import Program, lives
from tests.faults.scenes import SCENES, Scene
from tests.faults.table import Row
from tests.faults.traces import in_doubt, shown_to, unrecorded, unsettled
from tests.faults.tries import LOOK_SECONDS, PUBLIC, Try, crowd, free_port, judge, moved, prepare
from tests.permissions import Cell
from tests.phone import Phone
from tests.program import TOKEN

SECTION = "kills"
SETTLE_SECONDS = 120.0  # whatever the machine does besides
ARRIVE_SECONDS = 0.03  # for what a killed program had sent
LATER = timedelta(minutes=11)  # by then leases have ended, and what is in doubt is sent once more
MOST_LIVES = 4  # where the machine is so slow that a call is given up, news goes out in a later one
SEED = 20261126
MOMENTS = {"SQLite": 1, "PostgreSQL": 2}  # of each deed
STRIDE, FIRST_POINTS = 2, {"SQLite": 1, "PostgreSQL": 2}
"""Every point is tried: the odd ones on one kind of database, the even ones on the other."""
LANES = 2  # for each kind of database: while one program starts, another one works


Play = Callable[["Stage", Scene], Awaitable[None]]


class Stage:
    """One database and one program; tries come one after the other."""

    def __init__(self, ground: Ground, program: Program, folder: Path) -> None:
        self.ground = ground
        self._port = free_port()
        self._program = program
        self._folder = folder
        self._moment, self._begun = NOON, time.monotonic()

    def _now(self) -> datetime:
        """By the program's clock."""
        return self._moment + timedelta(seconds=time.monotonic() - self._begun)

    async def attempt(
        self, scene: Scene, cell: Cell, *, die_at: int = 0, strike: float | None = None, webhook: bool = False
    ) -> Try:
        """Play the scene once; the program dies at this point of the deed, or so many seconds after its beginning."""
        self.ground.restore(scene.file)
        port = self._port if webhook else 0
        sandbox = crowd(webhook_port=port)
        async with running(sandbox) as address:
            life = self._life(address, die_at, port)
            context = self.ground.context(self._now)
            try:
                return await self._played(scene, cell, life, sandbox, context, strike=strike)
            finally:
                await self._program.kill()
                context.database.close()

    def _life(self, address: str, die_at: int, port: int) -> Life:
        settings = settings_of(self.ground, address)
        if port:
            settings |= {"WEBHOOK_URL": PUBLIC, "WEBHOOK_LISTEN": "127.0.0.1", "WEBHOOK_PORT": str(port)}
        life = Life(settings, "", str(self._folder), die_at)
        for file in (life.armed, life.died, life.log):
            file.unlink(missing_ok=True)
        return life

    async def _played(
        self,
        scene: Scene,
        cell: Cell,
        life: Life,
        sandbox: Sandbox,
        context: Context,
        *,
        strike: float | None,
    ) -> Try:
        stands = True

        async def settle() -> None:
            nonlocal stands
            if not life.armed.exists():
                stands &= await self._settled(sandbox, context)

        phone = Phone(sandbox, settle, scene.user_id)
        cell = moved(cell, context, phone)
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
            for again in range(1, MOST_LIVES):
                await self._live(replace(life, die_at=0), NOON + again * LATER)
                settled = await self._settled(sandbox, context)
                await self._program.kill()
                if not unrecorded(context):
                    break
        done = died or (settled and scene.done(cell))
        assert done, f"{scene.name}: it isn't done at all\n{phone.screen}\n{life.log.read_text()}"
        return Try.left(
            cell,
            sandbox,
            is_stuck=not settled,
            seconds=time.monotonic() - begun,
            log=life.log.read_text(),
            broken=died and f"killed {died}",
            twice=twice + in_doubt(context),
        )

    async def _live(self, life: Life, moment: datetime) -> None:
        self._moment, self._begun = moment, time.monotonic()
        await self._program.live(replace(life, moment=moment.isoformat()))

    async def _settled(self, sandbox: Sandbox, context: Context) -> bool:
        """Wait until nothing is in hand any more, or the program is dead; whether it came to that. Looked at twice:
        between an update that was taken and its commit nothing seems to be in hand."""
        give_up, quiet = time.monotonic() + SETTLE_SECONDS, 0
        while self._program.is_alive and time.monotonic() < give_up:
            quiet = 0 if len(sandbox.updates) or unsettled(context) else quiet + 1
            if quiet == 2:
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return False


def settings_of(ground: Ground, address: str) -> dict[str, str]:
    """The program's environment."""
    return {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": ground.url,
        "TELEGRAM_BASE_URL": f"{address}/bot",
        "TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
        "NOTICES_PER_SECOND": "1000",
    }


async def at_every_point(stage: Stage, scene: Scene, row: Row, first: int = 1, stride: int = 1) -> tuple[Cell, Try]:
    """Play the scene once as it is, and then dying at each of its points from the first on, or only at each so many.
    Gives what it began with, and the try in which nobody died."""
    cell = prepare(stage.ground, scene)
    whole = await stage.attempt(scene, cell)
    for point in count(first, stride):
        tried = await stage.attempt(scene, cell, die_at=point)
        if not tried.broken:
            break
        judge(row, scene, whole, tried)
    return cell, whole


async def lane(name: str, folder: Path, scenes: Iterator[Scene], play: Play) -> None:
    """A database and a program of its own, for one scene after the other as long as there are any."""
    folder.mkdir(parents=True)
    async with lives() as program:
        with ground_of(name, folder) as ground:
            stage = Stage(ground, program, folder)
            for scene in scenes:
                await play(stage, scene)


async def side_by_side(name: str, folder: Path, scenes: Sequence[Scene], play: Play) -> None:
    """Play all scenes in some lanes."""
    left = iter(scenes)
    await asyncio.gather(*(lane(name, folder / str(number), left, play) for number in range(LANES)))


async def on(name: str, folder: Path, scenes: Sequence[Scene], kills: int, stride: int = 1) -> list[Row]:
    """Both rows of one kind of database: the points of these scenes, or every so many beginning with the database's
    own, and so many moments of each."""
    which, first = "every" if stride == 1 else "every second", FIRST_POINTS[name] if stride > 1 else 1
    points = Row(SECTION, f"{name}: {which} commit and call of {len(scenes)} deeds")
    moments = Row(SECTION, f"{name}: moments of them drawn by lot, by webhook")
    chance = random.Random(SEED)

    async def play(stage: Stage, scene: Scene) -> None:
        cell, whole = await at_every_point(stage, scene, points, first, stride)
        for _ in range(kills):
            struck = await stage.attempt(scene, cell, strike=chance.uniform(0, whole.seconds), webhook=True)
            judge(moments, scene, whole, struck)

    try:
        await side_by_side(name, folder, scenes, play)
    except Unavailable as reason:
        return [replace(points, skipped=str(reason))]
    return [points, moments]


def main(folder: Path) -> Iterator[Row]:
    """The section: both kinds of databases side by side."""

    async def both() -> list[list[Row]]:
        return await asyncio.gather(*(on(name, folder / name, SCENES, MOMENTS[name], STRIDE) for name in GROUNDS))

    for rows in asyncio.run(both()):
        yield from rows
