"""Broken calls: every method the bot uses meets every kind of fault once, over real HTTP, in the middle of a deed.

Each try has a bot, a database and a sandbox of its own; they wait beside each other. Afterwards the tables must hold,
and everybody must have seen, what they do after a try in which nothing failed.
"""

import asyncio
import logging
import shutil
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from telegram.error import InvalidToken, TelegramError

from bot.app import App
from bot.config import BotSettings
from bot.intake import Intake
from bot.notifier import Notifier
from bot.sandbox.core import Sandbox
from bot.sandbox.faults import DELIVERY, FAULTS, FaultRule
from bot.sandbox.server import running
from bot.transport import AiohttpRequest, Call
from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.standard import shipped
from qualify.storage import Database
from tests.driver import FILE, NOON, STUDIO, ZONE, sqlite_url
from tests.faults.ground import SqliteGround
from tests.faults.scenes import ADMIN, SCENES, Scene, after, nothing, starts
from tests.faults.table import Row
from tests.faults.traces import unrecorded, unsettled
from tests.faults.tries import LOOK_SECONDS, PUBLIC, Try, crowd, free_port, judge, moved, prepare
from tests.permissions import Cell
from tests.phone import Phone
from tests.program import TOKEN

SECTION = "calls"
SIDE_BY_SIDE = 16
SETTLE_SECONDS = 100.0  # longer than a getUpdates that hangs
ANSWERED_SECONDS = 30.0
A_WHILE = timedelta(minutes=11)  # until news that may have arrived goes out once more
BY_NAME = {scene.name: scene for scene in SCENES}
MARK = BY_NAME["mark"]
MENU = Scene("/start of an administrator", ADMIN, nothing, after(starts))
OF_UPDATES = ("unauthorized", "not-found", "conflict")
KINDS = tuple(kind for kind in FAULTS if kind not in (*OF_UPDATES, "again"))


WAITED_FOR = (
    *("sendMessage", "deleteMessage", "editMessageText", "answerCallbackQuery", "editMessageCaption"),
    *("sendPhoto", "sendDocument", "getFile"),
)
"""Methods whose failure may hold nobody up for longer than `ANSWERED_SECONDS`."""


class Fault(NamedTuple):
    """What breaks, and so many times; from the start on, or from the deed on. What no rule of the sandbox can do is
    done `meanwhile`."""

    kind: str
    method: str
    seconds: float | None = None
    times: int = 1
    at_the_start: bool = False
    meanwhile: Callable[["Line"], Awaitable[None]] | None = None

    @property
    def rule(self) -> FaultRule:
        """As the sandbox has it."""
        return FaultRule([self.kind], self.method, times=self.times, seconds=self.seconds)

    @property
    def is_unsure(self) -> bool:
        """Whether a call that was done looks like one that wasn't."""
        return (
            self.meanwhile is None and FAULTS[self.kind].happens and (self.kind != "late" or self.seconds is not None)
        )

    def __str__(self) -> str:
        slow = f" of {self.seconds:.0f} s" if self.seconds else ""
        return f"{self.method} {self.kind}{slow}"


def each_kind(method: str, **how: bool) -> list[Fault]:
    """Every kind, and a minute's silence before the answer."""
    return [*(Fault(kind, method, **how) for kind in KINDS), Fault("late", method, seconds=60.0, **how)]


TRY: ContextVar[str] = ContextVar("TRY", default="")


class Complaints(logging.Handler):
    """What was logged as an error, by the try that logged it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: dict[str, list[str]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.setdefault(TRY.get(), []).append(logging.Formatter().format(record))


@contextmanager
def listening() -> Iterator[Complaints]:
    """Hear what is logged, and nobody else."""
    complaints, root = Complaints(), logging.getLogger()
    root.addHandler(complaints)
    try:
        yield complaints
    finally:
        root.removeHandler(complaints)


class Clock:
    """The time, which runs from noon on and can be moved."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self.moved = timedelta()

    def __call__(self) -> datetime:
        """Now."""
        return NOON + self.moved + timedelta(seconds=time.monotonic() - self._begun)


class Line:
    """A bot at work on a database and a sandbox of its own."""

    def __init__(self, folder: Path, sandbox: Sandbox, address: str, webhook_port: int) -> None:
        self.clock = Clock()
        self.sandbox = sandbox
        self.context = Context(Database(sqlite_url(folder)), shipped(STANDARDS), ZONE, self.clock)
        given = {"telegram_base_url": f"{address}/bot", "telegram_base_file_url": f"{address}/file/bot"}
        if webhook_port:
            given |= {"webhook_url": PUBLIC, "webhook_listen": "127.0.0.1", "webhook_port": str(webhook_port)}
        self._settings = BotSettings(bot_token=TOKEN, _env_file=None, **given)  # type: ignore[arg-type]
        self.begin()

    def begin(self) -> None:
        """Start the bot."""
        self.app = App(self._settings, self.context)
        self.app.runtime = replace(self.app.runtime, artist=STUDIO)
        self.app.notifier = Notifier(self.app.runtime, per_second=1000)
        self.app.intake = Intake(self.app.runtime, self.app.handle)
        self._work = asyncio.create_task(self._takes_updates())

    async def _takes_updates(self) -> None:
        async with self.app.running():
            await (self.app.serve() if self._settings.webhook_url else self.app.poll())

    async def end_by_itself(self) -> None:
        """Wait for its end. Raises what ended it."""
        await self._work

    async def end(self) -> None:
        """Stop the bot."""
        self._work.cancel()
        with suppress(asyncio.CancelledError):
            await self._work
        self.context.database.close()

    async def settled(self) -> bool:
        """Wait until nothing is in hand; whether it came to that."""

        def is_settled() -> bool:
            return not (len(self.sandbox.updates) or self.app.intake.in_hand or unsettled(self.context))

        return await until(is_settled)

    async def told(self) -> bool:
        """Wait until all news is out, also what goes out once more after a while; whether it came to that."""
        self.clock.moved = A_WHILE
        self.app.runtime.kick.set()
        return await until(lambda: not unrecorded(self.context), self.app.runtime.kick.set)


async def until(ready: Callable[[], bool], meanwhile: Callable[[], object] = lambda: None) -> bool:
    """Wait until it is so; whether it came to that."""
    give_up = time.monotonic() + SETTLE_SECONDS
    while not ready():
        if time.monotonic() > give_up:
            return False
        meanwhile()
        await asyncio.sleep(5 * LOOK_SECONDS)
    return True


# ——— what is tried


async def a_rival_polls(line: Line) -> None:
    """Somebody else asks for the same bot's updates for a while: both are told of it, again and again."""
    rival = AiohttpRequest(read_timeout=5)
    await rival.initialize()
    for _ in range(30):
        with suppress(TelegramError):
            await rival.call(f"{line.app.bot.base_url}/getUpdates", Call({"timeout": 0}))
        await asyncio.sleep(0.1)
    await rival.shutdown()


async def the_token_is_refused_for_a_moment(line: Line) -> None:
    """As a fault of Telegram's."""
    line.sandbox.token = "1:another"
    await asyncio.sleep(4)
    line.sandbox.token = TOKEN


async def the_token_is_revoked(line: Line) -> None:
    """The bot ends, and is started again when the token holds again."""
    line.sandbox.token = "1:another"
    with suppress(InvalidToken):
        await line.end_by_itself()
    line.sandbox.token = TOKEN
    line.begin()


ROWS: dict[str, tuple[Scene, list[Fault]]] = {
    **{
        f"{method} ({scene.name})": (scene, each_kind(method))
        for method, scene in (
            ("sendMessage", BY_NAME["note"]),
            ("deleteMessage", BY_NAME["note"]),
            ("editMessageText", MARK),
            ("answerCallbackQuery", MARK),
            ("editMessageCaption", BY_NAME["acknowledge"]),
            ("sendPhoto", BY_NAME["see result"]),
            ("sendDocument", BY_NAME["export person"]),
            ("getFile", BY_NAME["list sent"]),
            ("setMyCommands", MENU),
            ("deleteMyCommands", BY_NAME["change people, 2"]),
            ("sendMessage", BY_NAME["submit"]),
            ("sendPhoto", BY_NAME["submit, and published"]),
        )
    },
    **{
        f"{method} (at the start)": (MARK, each_kind(method, at_the_start=True))
        for method in ("getMe", "setMyCommands", "setMyDescription", "deleteWebhook", "setWebhook")
    },
    "getUpdates, three times": (
        MARK,
        [Fault(kind, "getUpdates", times=3, seconds=1.0 if "silence" in kind else None) for kind in KINDS]
        + [Fault(kind, "getUpdates", times=3) for kind in OF_UPDATES],
    ),
    "getUpdates hangs": (MARK, [Fault("silence-before", "getUpdates"), Fault("late", "getUpdates", seconds=60.0)]),
    "a rival polls as well (409)": (MARK, [Fault("409", "getUpdates", meanwhile=a_rival_polls)]),
    "the token is refused, then revoked": (
        MARK,
        [
            Fault("401", "every method", meanwhile=the_token_is_refused_for_a_moment),
            Fault("401 until the bot ends", "every method", meanwhile=the_token_is_revoked),
        ],
    ),
    "updates come again and again by webhook": (BY_NAME["note"], [Fault("again", DELIVERY, times=3)]),
}
"""What is tried: a deed, and what breaks meanwhile."""


async def attempt(copy: Path, folder: Path, scene: Scene, cell: Cell, fault: Fault | None) -> Try:
    """Play the scene once, with this fault or none."""
    folder.mkdir(parents=True)
    shutil.copy(copy, folder / FILE)
    webhook_port = free_port() if fault is not None and fault.method in {"setWebhook", DELIVERY} else 0
    sandbox = crowd(webhook_port)
    async with running(sandbox) as address:
        if fault is not None and fault.at_the_start:
            sandbox.inject_faults(fault.rule)
        line = Line(folder, sandbox, address, webhook_port)
        try:
            return await _played(line, scene, cell, fault)
        finally:
            await line.end()


async def _played(line: Line, scene: Scene, cell: Cell, fault: Fault | None) -> Try:
    begun: float | None = None

    async def settle() -> None:
        if begun is None:
            assert await line.settled(), f"{scene.name}: nothing comes of what leads up to it, {fault}"

    cell = moved(cell, line.context, Phone(line.sandbox, settle, scene.user_id))
    deed = await scene.begun(cell)
    trouble: Awaitable[None] | None = None
    if fault is not None and fault.meanwhile is not None:
        trouble = asyncio.create_task(fault.meanwhile(line))
        await asyncio.sleep(0)
    elif fault is not None and not fault.at_the_start:
        line.sandbox.inject_faults(fault.rule)
    begun = time.monotonic()
    await deed(cell)
    if trouble is not None:
        await trouble
    settled = await line.settled()
    seconds = time.monotonic() - begun
    settled &= await line.told()
    assert fault or scene.done(cell), f"{scene.name}: it isn't done at all\n{cell.phone.screen}"
    assert not fault or trouble or line.sandbox.faults.hits.total() == fault.times, f"{fault} never came"
    unsure = fault is not None and fault.is_unsure
    return Try.left(
        cell,
        line.sandbox,
        is_stuck=not settled or (seconds > ANSWERED_SECONDS and fault is not None and fault.method in WAITED_FOR),
        seconds=seconds,
        log="",
        broken=str(fault),
        twice=Counter(dict.fromkeys(line.sandbox.users, int(unsure))),
        answered_once=not unsure,
    )


async def tried(folder: Path, rows: Iterable[tuple[str, tuple[Scene, list[Fault]]]]) -> list[Row]:
    """All tries of these rows, side by side."""
    slots = asyncio.Semaphore(SIDE_BY_SIDE)
    grounds = SqliteGround(folder)
    cells = {scene.name: prepare(grounds, scene) for _, (scene, _) in rows}

    async def one(what: str, scene: Scene, fault: Fault | None) -> Try:
        name = f"{what} {fault}"
        TRY.set(name)
        async with slots:
            place = folder / "".join(letter if letter.isalnum() else "_" for letter in name)
            left = await attempt(folder / f"{scene.file}.copy", place, scene, cells[scene.name], fault)
        return replace(left, log="\n".join(complaints.lines.get(name, [])))

    async def row(what: str, scene: Scene, faults: list[Fault]) -> Row:
        found = Row(SECTION, what)
        whole, *broken = await asyncio.gather(*(one(what, scene, fault) for fault in (None, *faults)))
        for each in broken:
            judge(found, scene, whole, each)
        return found

    with listening() as complaints:
        return await asyncio.gather(*(row(what, scene, faults) for what, (scene, faults) in rows))


def main(folder: Path) -> Iterator[Row]:
    """The section."""
    yield from asyncio.run(tried(folder, list(ROWS.items())))
