"""Whether anything holds the bot's event loop up: the silence table. `python -m tests.bench.bench_silence [FINISHED]`.

The real program runs in a process of its own with a ticker on its loop; what it is told to do, and the Telegram that it
talks to, are here. The longest gap of the 5 ms ticker is told for everything that ever held the loop up, and whether
other people's presses wait while one update takes long. Two companies: one of 2,000 finished assessments, by two
assessors each, and one of 60,000. SQLite, for whose sake nothing runs on the loop. Two or three minutes, on Linux.
"""

import asyncio
import os
import re
import statistics
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from aiohttp import web

from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from bot.sandbox.server import HOST, running
from qualify.access import Role
from qualify.storage import people
from tests.bench.company import assign, finish, found, tell_nobody
from tests.bench.filling import NOW, grow
from tests.bench.measuring import FOLDER, say
from tests.bench.phones import WANTED
from tests.bench.processes import ROOT
from tests.company import ACCOUNTS, Company
from tests.phone import buttons

T = TypeVar("T")
BOUND_MS = 50.0
EXPORTED, WORKBOOK_SECONDS, WORKBOOK_MEGABYTES = 2000, 20.0, 250.0
RATIO, MORE_MS = 1.5, 50.0  # of other people's presses beside a slow update: as without it
TOKEN = "7:silence"
ADMIN = 9_001
CROWD = range(10_001, 10_201)
LOCKED, DOWNLOAD, LOOK = 12.0, 6.0, 6.0  # seconds
PATIENCE = 120.0
LIST = "工号,姓名,部门,角色\n" + "".join(f"N{number},新人{number},政企部,评审员\n" for number in range(1000))


class Gap(NamedTuple):
    """The time between two ticks in ms, and for how many of them the loop itself worked."""

    ms: float
    worked: float


@dataclass
class Bot:
    """A bot at work, and the phones of the people who talk to it."""

    sandbox: Sandbox
    changes: Changes
    process: Process | None
    slow: float = 0.0
    """How many seconds a download of a file has to wait."""

    async def longest_gap(self) -> Gap:
        """The longest gap since this was last asked."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"?\n")
        return Gap(*map(float, (await self.process.stdout.readline()).split()))

    async def until(self, ready: Callable[[], object]) -> None:
        """Wait until `ready()`. Raises SystemExit when the bot doesn't bring that about in time."""
        if not await self.changes.until(ready, PATIENCE):
            raise SystemExit(f"the bot didn't answer within {PATIENCE:g} s; its log is in {FOLDER}")

    def newest(self, user_id: int) -> dict[str, Any]:
        """The newest message in the person's chat."""
        return next(reversed(self.sandbox.chats[user_id].messages.values()))

    async def says(self, user_id: int, text: str) -> None:
        """Let the person type something, and wait for the bot's answer."""
        sent = self.sandbox.say(user_id, text)
        await self.until(lambda: self.newest(user_id)["message_id"] > sent["message_id"])

    def version(self, user_id: int) -> int:
        """A number that grows with every change on the person's screen."""
        return max(self.sandbox.chats[user_id].versions.values(), default=0)

    def press(self, user_id: int, label: str) -> "Pressed":
        """Press the first button whose label contains `label`, looking from the newest message back. Raises SystemExit
        when there is none."""
        for message in reversed(self.sandbox.chats[user_id].messages.values()):
            for button in buttons(message):
                if label in button["text"]:
                    answer = self.sandbox.press(user_id, message["message_id"], button["callback_data"])
                    return Pressed(self, user_id, self.version(user_id), answer.query_id, time.monotonic())
        raise SystemExit(f"no button {label!r} in:\n{self.sandbox.transcript(user_id)[-500:]}")


@dataclass
class Pressed:
    """A press that was made, and what was on the screen before it."""

    bot: Bot
    user_id: int
    seen: int
    query_id: str
    at: float

    @property
    def is_answered(self) -> bool:
        """Whether the spinner has stopped and the screen has changed."""
        return self.query_id not in self.bot.sandbox.queries and self.bot.version(self.user_id) > self.seen

    async def answered(self) -> float:
        """Wait until the press is answered. Returns how many ms that took."""
        await self.bot.until(lambda: self.is_answered)
        return 1000 * (time.monotonic() - self.at)


def main(large: int = 60_000) -> bool:
    """Measure and report. Returns whether all bounds are met."""
    return asyncio.run(_main(large))


async def _main(large: int) -> bool:
    say(f"silence: the longest gap of a 5 ms ticker on the bot's event loop, at most {BOUND_MS:g} ms")
    say(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    async with _bot(_small, "silence.sqlite3") as bot:
        met = await _of_the_small(bot)
    async with _bot(lambda url: _large(url, large), "silence-large.sqlite3", ACCOUNTS["A1"]) as bot:
        return await _of_the_large(bot, large) & met


def _row(what: str, gap: Gap, besides: str = "") -> bool:
    met = gap.ms <= BOUND_MS
    say(f"{'PASS' if met else 'FAIL'}  {what:48}{gap.ms:8.1f} ms, in which it worked {gap.worked:5.1f}   {besides}")
    return met


def _bound(what: str, value: float, most: float, unit: str) -> bool:
    say(f"{'PASS' if value <= most else 'FAIL'}  {what:48}{value:8.1f} {unit}   at most {most:g}")
    return value <= most


# ——— what happens


async def _of_the_small(bot: Bot) -> bool:
    for user_id in CROWD:
        await bot.says(user_id, "/reviews")
        await bot.press(user_id, "员工").answered()
    await bot.longest_gap()
    met = True
    for happens in (_nothing, _burst, _chart, _import, _locked, _export):
        met &= await happens(bot)
    return met & await _others(bot)


async def _of_the_large(bot: Bot, size: int) -> bool:
    admin = ACCOUNTS["A1"]
    await bot.says(admin, "/admin")
    met = True
    screens = (
        ("/admin's menu", ("返回",)),
        ("the list of assessments", ("评估",)),
        ("the ranking", ("知识排名", "三级")),
    )
    for what, labels in screens:
        if what == "/admin's menu":
            await bot.press(admin, "人员").answered()
        await bot.longest_gap()
        took = [await bot.press(admin, label).answered() for label in labels]
        met &= _row(f"{what} at {size} assessments", await bot.longest_gap(), f"answered in {took[-1]:.0f} ms")
        if what != "/admin's menu":
            await bot.says(admin, "/admin")
    return met


async def _nothing(bot: Bot) -> bool:
    await asyncio.sleep(2)
    return _row("nothing", await bot.longest_gap())


async def _burst(bot: Bot) -> bool:
    pressed = [bot.press(user_id, "✅ 达到") for user_id in CROWD]
    took = [await each.answered() for each in pressed]
    return _row(f"a burst of {len(CROWD)} presses", await bot.longest_gap(), f"the last answered in {max(took):.0f} ms")


async def _chart(bot: Bot) -> bool:
    await bot.says(ADMIN, "/result")
    if "photo" not in bot.newest(ADMIN):
        raise SystemExit(f"no chart: {bot.newest(ADMIN)}")
    return _row("a chart", await bot.longest_gap())


async def _import(bot: Bot) -> bool:
    begun = time.monotonic()
    bot.sandbox.send_document(ADMIN, "list.csv", LIST.encode())
    await bot.until(lambda: "新增 1000" in bot.newest(ADMIN).get("text", ""))
    bot.press(ADMIN, "导入 1000")
    await bot.until(lambda: "已导入" in bot.newest(ADMIN).get("text", ""))
    took = time.monotonic() - begun
    return _row("import of 1000 people", await bot.longest_gap(), f"tried and taken in within {took:.1f} s")


async def _locked(bot: Bot) -> bool:
    """Measure while the write lock is held: a press is taken when it goes, and people who only look don't wait."""
    database = FOLDER / "silence.sqlite3"
    holder = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sqlite3, sys, time\n"
        f"connection = sqlite3.connect({str(database)!r}, isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE'); print('held', flush=True)\n"
        f"time.sleep({LOCKED})",
        stdout=PIPE,
    )
    assert holder.stdout is not None
    await holder.stdout.readline()
    begun = time.monotonic()
    press = bot.press(CROWD[0], "✅ 达到")
    looks = []
    while time.monotonic() - begun < LOCKED - 2:
        at = time.monotonic()
        await bot.says(CROWD[1], "/reviews")
        looks.append(1000 * (time.monotonic() - at))
        await asyncio.sleep(0.2)
    if press.is_answered:
        raise SystemExit("the press didn't need the lock")
    await holder.wait()
    freed = time.monotonic()
    await press.answered()
    late, slowest = 1000 * (time.monotonic() - freed), max(looks)
    met = _row(f"write lock held for {LOCKED:g} s by another program", await bot.longest_gap())
    met &= _bound("  the press made then, after the lock went", late, 1500, "ms")
    return met & _bound("  who only looks, meanwhile, at the slowest", slowest, 1000, "ms")


async def _at_the_export(bot: Bot) -> None:
    """The screen that asks what an export is to hold."""
    await bot.says(ADMIN, "/admin")
    bot.press(ADMIN, "📤 导出")
    await bot.until(lambda: "导出哪些评估" in bot.newest(ADMIN).get("text", ""))


async def _export(bot: Bot) -> bool:
    """Measure an export while twenty people press all the time."""
    crowd = asyncio.create_task(_press_on(bot, CROWD[:20], thinking=0.0))
    await _at_the_export(bot)
    await bot.longest_gap()
    begun = time.monotonic()
    bot.press(ADMIN, "📦 导出")
    assert bot.process is not None
    peak = asyncio.create_task(_peak(bot.process.pid))
    await bot.until(lambda: "document" in bot.newest(ADMIN))
    took = time.monotonic() - begun
    gap = await bot.longest_gap()
    megabytes, pressed = await _ended(peak), await _ended(crowd)
    size = len(bot.sandbox.files.get(bot.newest(ADMIN)["document"]["file_id"]).content) / (1 << 20)
    besides = f"a workbook of {size:.0f} MB beside {len(pressed) / took:.0f} presses a second"
    met = _row(f"export of {EXPORTED} finished assessments", gap, besides)
    met &= _bound("  the workbook takes", took, WORKBOOK_SECONDS, "s ")
    return met & _bound("  memory of its process at most", megabytes, WORKBOOK_MEGABYTES, "MB")


async def _others(bot: Bot) -> bool:
    """Compare the presses of others, who think before they press, with and without a slow update beside them."""
    calm = await _pressed_for(bot, LOOK)
    bot.slow = DOWNLOAD
    bot.sandbox.send_document(ADMIN, "slow.csv", LIST.encode())
    download = await _pressed_for(bot, DOWNLOAD)
    bot.slow = 0.0
    await bot.until(lambda: "内容与现有的一致" in bot.newest(ADMIN).get("text", ""))
    await _at_the_export(bot)
    bot.press(ADMIN, "📦 导出")
    export = await _pressed_for(bot, LOOK)
    await bot.until(lambda: "document" in bot.newest(ADMIN))
    met = True
    for what, beside in (("a slow download", download), ("an export", export)):
        for name, place in (("p50", 49), ("p99", 98)):
            without, with_it = (statistics.quantiles(each, n=100)[place] for each in (calm, beside))
            is_same = with_it <= RATIO * without or with_it <= without + MORE_MS
            line = f"  others' presses beside {what}, {name}"
            say(f"{'PASS' if is_same else 'FAIL'}  {line:48}{with_it:8.1f} ms   {without:.1f} without it")
            met &= is_same
    return met


async def _pressed_for(bot: Bot, seconds: float) -> list[float]:
    crowd = asyncio.create_task(_press_on(bot, CROWD[20:60], thinking=0.5))
    await asyncio.sleep(seconds)
    return await _ended(crowd)


async def _press_on(bot: Bot, people: range, thinking: float) -> list[float]:
    """Let everybody answer until this is cancelled, thinking `thinking` seconds before each press. Returns how many ms
    each press took."""
    took: list[float] = []

    async def one(user_id: int) -> None:
        opened = 0
        await asyncio.sleep(thinking * (user_id % 10) / 10)  # not all at the same moment
        while True:
            labels = [button["text"] for button in buttons(bot.newest(user_id))]
            label = next((label for label in labels if label.startswith(WANTED)), None)
            if label is None:
                await bot.says(user_id, "/reviews")
                labels = [button["text"] for button in buttons(bot.newest(user_id))]
                opened, label = opened + 1, labels[opened % len(labels)]
            took.append(await bot.press(user_id, label).answered())
            await asyncio.sleep(thinking)

    with suppress(asyncio.CancelledError):
        await asyncio.gather(*(one(user_id) for user_id in people))
    return took


async def _peak(parent: int) -> float:
    """The most memory in MB that any process started by the bot had, until this is cancelled."""
    most = 0
    with suppress(asyncio.CancelledError):
        while True:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                for child in children.read_text(encoding="utf-8").split():
                    with suppress(FileNotFoundError, ProcessLookupError):
                        status = Path(f"/proc/{child}/status").read_text(encoding="utf-8")
                        most = max([most, *map(int, re.findall(r"VmHWM:\s+(\d+)", status))])
            await asyncio.sleep(0.1)
    return most / 1024


async def _ended(task: asyncio.Task[T]) -> T:
    task.cancel()
    return await task


# ——— who is there


def _small(url: str) -> None:
    context = found(url)
    finish(context, EXPORTED)
    assign(context, CROWD)
    with context.database.transaction() as connection:
        subject = people.by_staff_no(connection, "S1")
        assert subject is not None
        people.set_roles(connection, subject.id, (Role.EMPLOYEE, Role.ADMIN))
        people.add_account(connection, ADMIN, "zh-CN")
        people.join(connection, ADMIN, subject.id)
    tell_nobody(context)
    context.database.close()


def _large(url: str, finished: int) -> None:
    company = Company(url, FOLDER)
    grow(company, finished)
    tell_nobody(company.context)
    company.close()


@asynccontextmanager
async def _bot(fill: Callable[[str], None], name: str, *more: int) -> AsyncIterator[Bot]:
    """Run the bot on a new database that `fill` fills, with the phones of the small company or of `more`."""
    database = FOLDER / name
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"{name}*"):
        old.unlink()
    fill(f"sqlite:///{database}")
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot", check_schema=False, keep_requests=1)
    for user_id in more or (ADMIN, *CROWD):
        sandbox.add_user(user_id, str(user_id), language_code="zh-hans")
        sandbox.chats[user_id].started = True
    changes = Changes()
    sandbox.listeners.append(changes.wake)
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(running(sandbox))
        bot = Bot(sandbox, changes, None)
        files = await stack.enter_async_context(_files(bot))
        log = stack.enter_context((FOLDER / f"{name}.log").open("w"))
        settings = {
            "BOT_TOKEN": TOKEN,
            "DATABASE_URL": f"sqlite:///{database}",
            "TELEGRAM_BASE_URL": f"{address}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{files}/file/bot",
            "PYTHONPATH": str(ROOT),
            "QUALIFY_BENCH_NOW": NOW.isoformat() if more else "",
        }
        command = (sys.executable, "-m", "tests.bench.ticking")
        environment = os.environ | settings
        process = await asyncio.create_subprocess_exec(
            *command, cwd=FOLDER, env=environment, stdin=PIPE, stdout=PIPE, stderr=log
        )
        bot.process = process
        try:
            await bot.until(lambda: sandbox.commands)
            yield bot
        finally:
            process.terminate()
            await process.wait()


@asynccontextmanager
async def _files(bot: Bot) -> AsyncIterator[str]:
    """Serve the bot's downloads, as slowly as `bot.slow` says; gives the address."""

    async def give(request: web.Request) -> web.Response:
        await asyncio.sleep(bot.slow)
        stored = bot.sandbox.files.at(request.match_info["path"])
        assert stored is not None
        return web.Response(body=stored.content)

    app = web.Application()
    app.router.add_get("/file/bot{token}/{path:.+}", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    sys.exit(not main(*map(int, sys.argv[1:])))
