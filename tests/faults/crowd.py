"""Several processes of the real program behind one address: whatever somebody does comes to any of them, at the same
moment to two where they press twice. One is killed on the way, and started again."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from itertools import cycle
from pathlib import Path
from random import Random
from socket import socket

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.sandbox.bot_routes import BotRoutes
from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from bot.sandbox.schema import Json
from bot.webhook import SECRET_HEADER
from qualify.dialogue import plan
from tests.bench.company import STANDARD, assign, found, tell_nobody
from tests.faults.ground import Ground, Unavailable, ground_of
from tests.faults.program import ROOT
from tests.faults.table import Row
from tests.faults.walkers import LOOK_SECONDS, Walker, judge
from tests.program import TOKEN

SECTION = "processes"
PEOPLE = 12
ANSWERS = 40  # of each
TWICE = 0.2  # of the presses
FIRST = 30_001
SECRET = "one-address"
START_SECONDS = 60.0
RETRY_SECONDS = 0.2
SHAPES = (("PostgreSQL", 2), ("PostgreSQL", 3), ("SQLite", 2))
"""Databases, and how many processes share them."""


class Member:
    """One of the processes."""

    def __init__(self, folder: Path, number: int, settings: dict[str, str]) -> None:
        with closing(socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = folder / f"process-{number}.log"
        self._folder = folder
        self._environment = os.environ | settings | {"WEBHOOK_PORT": str(self.port)}
        self._process: Process | None = None

    async def start(self) -> None:
        """Start it; it is not ready yet."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def end(self, *, kill: bool = False) -> None:
        """SIGKILL, or SIGTERM and its end."""
        assert self._process is not None
        if self._process.returncode is None:
            (self._process.kill if kill else self._process.terminate)()
        async with asyncio.timeout(40):
            await self._process.wait()


class Front:
    """The one address: takes each update to the next of the processes, and to another until one has taken it."""

    def __init__(self, sandbox: Sandbox, members: list[Member]) -> None:
        self._sandbox = sandbox
        self._next = cycle(members)
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled."""
        waiting = self._sandbox.updates
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            while True:
                for update in waiting.take():
                    waiting.take(offset=update["update_id"] + 1)
                    task = asyncio.create_task(self._deliver(session, update))
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)
                await asyncio.sleep(LOOK_SECONDS / 2)

    async def _deliver(self, session: ClientSession, update: Json) -> None:
        while True:
            address = f"http://127.0.0.1:{next(self._next).port}/hook"
            try:
                async with session.post(address, json=update, headers={SECRET_HEADER: SECRET}) as response:
                    if response.ok:
                        return
            except (ClientError, TimeoutError):
                pass
            await asyncio.sleep(RETRY_SECONDS)


@asynccontextmanager
async def bot_api(sandbox: Sandbox) -> AsyncIterator[str]:
    """The sandbox's Bot API without its own deliveries; gives the address."""
    changes = Changes()
    sandbox.listeners.append(changes.wake)
    app = web.Application()
    app.add_routes(BotRoutes(sandbox, changes).routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        changes.close()
        await runner.cleanup()


def main(folder: Path, people: int = PEOPLE, answers: int = ANSWERS) -> Iterator[Row]:
    """Each shape in turn."""
    for name, processes in SHAPES:
        row = Row(SECTION, f"{processes} processes on one {name}, one of them killed")
        place = folder / f"{name}-{processes}"
        place.mkdir()
        try:
            with ground_of(name, place) as ground:
                asyncio.run(_tried(row, ground, place, processes=processes, people=people, answers=answers))
        except Unavailable as reason:
            row.skipped = str(reason)
        yield row


async def _tried(row: Row, ground: Ground, folder: Path, *, processes: int, people: int, answers: int) -> None:
    context = found(ground.url)
    assign(context, range(FIRST, FIRST + people), levels=("3",))
    tell_nobody(context)
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot")
    for user_id in range(FIRST, FIRST + people):
        sandbox.add_user(user_id, str(user_id))
    walk = plan(context.standards.get(STANDARD), "3")
    walkers = [Walker(sandbox, FIRST + n, n + 1, walk, Random(n), twice=TWICE) for n in range(people)]
    try:
        async with bot_api(sandbox) as address:
            members = [Member(folder, number, _settings(ground, address)) for number in range(processes)]
            await _walked(sandbox, members, walkers, people * answers, answers)
        judge(row, context, walkers)
    finally:
        context.database.close()
    logs = "".join(member.log.read_text(encoding="utf-8") for member in members)
    row.wrong += logs.count("Traceback") + logs.count(TOKEN)
    row.told += [line for line in logs.splitlines() if "ERROR" in line or "Error" in line][:5]
    row.note = f"{people} people, the longest wait {max(walker.waited for walker in walkers):.1f} s"


async def _walked(sandbox: Sandbox, members: list[Member], walkers: list[Walker], whole: int, answers: int) -> None:
    """Walk; the first process is killed when a third is answered, and started again at two thirds."""
    fronting = asyncio.create_task(Front(sandbox, members).run())
    try:
        for member in members:
            await member.start()
        async with asyncio.timeout(START_SECONDS):
            while len(sandbox.sent("setWebhook")) < len(members):
                await asyncio.sleep(LOOK_SECONDS)
        await asyncio.gather(*(walker.begin() for walker in walkers))
        walking = asyncio.gather(*(walker.walk(answers) for walker in walkers))
        await _until(walkers, whole / 3, walking)
        await members[0].end(kill=True)
        await _until(walkers, whole * 2 / 3, walking)
        await members[0].start()
        await walking
    finally:
        for member in members:
            await member.end()
        fronting.cancel()


async def _until(walkers: list[Walker], answers: float, walking: "asyncio.Future[list[None]]") -> None:
    while sum(len(walker.given) for walker in walkers) < answers and not walking.done():
        await asyncio.sleep(LOOK_SECONDS)


def _settings(ground: Ground, address: str) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": ground.url,
        "TELEGRAM_BASE_URL": f"{address}/bot",
        "TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
        "WEBHOOK_URL": "https://one-address.example/hook",
        "WEBHOOK_LISTEN": "127.0.0.1",
        "WEBHOOK_SECRET": SECRET,
    }
