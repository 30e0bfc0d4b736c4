"""The real bot on the strict sandbox and the made-up company, in one process and without a network.

`company` gives the running bot, `bot.phone(…)` somebody's phone. When the bot stops, it must have kept its manners:
every press answered, nothing logged that wasn't expected, every request as the published Bot API has it.
"""

import asyncio
import json
import logging
import pickle
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.error import TimedOut

from bot import workers
from bot.app import App
from bot.config import BotSettings
from bot.intake import Intake
from bot.notifier import Notifier
from bot.polling import LOOK_SECONDS, Poller
from bot.runtime import Artist
from bot.sandbox.clock import Clock
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import HitByFault
from bot.sandbox.files import Upload
from bot.sandbox.run import TOKEN, make_sandbox
from bot.sandbox.schema import decode
from bot.transport import AiohttpRequest, Call
from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.services.sample_company import seed
from qualify.standard import shipped
from qualify.storage import Database, reviews
from qualify.storage.schema import migrate
from qualify.storage.tables import Evidence
from tests.company import hasty
from tests.phone import Phone
from tests.published import faults

ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE, EMPLOYEE_A, EMPLOYEE_DONE = 1001, 1002, 1003, 1004, 1005, 1006
NEWCOMER, STRANGER = 1008, 1009
ZONE = ZoneInfo("Asia/Shanghai")
FILE = "qualify.sqlite3"
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


class InProcess(AiohttpRequest):
    """The bot's transport with the network taken out."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._sandbox = sandbox

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:  # type: ignore[override]
        """Call the sandbox; its answer as Telegram would send it."""
        token, name = url.rsplit("/bot", 1)[1].split("/", 1)
        if "/file/bot" in url:
            return self._file(token, name)
        parameters, files = _decoded(name, request_data)
        try:
            result = self._sandbox.call(token, name, parameters, files)
        except ApiError as error:
            return error.code, json.dumps(error.body()).encode()
        except HitByFault as hit:
            if hit.fault.comes != "reply":
                raise TimedOut from None
            return hit.fault.status, hit.fault.body.encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _file(self, token: str, path: str) -> tuple[int, bytes]:
        """A download; its address has the token as well, in the writing of addresses."""
        stored = self._sandbox.files.at(unquote(path))
        if unquote(token) != self._sandbox.token or stored is None:
            return 404, json.dumps(ApiError(404, "Not Found").body()).encode()
        return 200, stored.content


def _decoded(method: str, data: Any) -> tuple[dict[str, Any], dict[str, Upload]]:
    if data is None:
        return {}, {}
    raw = json.loads(json.dumps(data.parameters)) if isinstance(data, Call) else dict(data.json_parameters)
    files = {name: Upload(*content) for name, content in data.multipart_data.items()}
    return decode(method, raw | {name: f"attach://{name}" for name in files}), files


class Studio(Artist):
    """One drawing thread for all tests: loading the fonts takes longer than most of them."""

    def close(self) -> None:
        """The next test draws here as well."""


STUDIO = Studio()


class Beside(workers.Workers):
    """Work in a thread, with what goes in and comes out pickled as ever: starting a process takes longer than most
    tests. `tests/test_bot_workers.py` has the processes, `tests/test_bot_jobs.py` the bot with them."""

    async def run(self, seconds: float, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What the function returns or how it refuses."""
        async with asyncio.timeout(seconds):
            answer = await asyncio.to_thread(workers._done, pickle.dumps((function, args, kwargs)))
        return workers._understood([answer], 0)


class Complaints(logging.Handler):
    """What the bot logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, with its traceback."""
        self.lines.append(logging.Formatter().format(record))


def open_company(database_url: str, sandbox: Sandbox) -> Context:
    """The made-up company on a migrated database, on the sandbox's clock."""
    context = _context(database_url, sandbox)
    migrate(context.database)
    seed(context)
    return context


def _context(database_url: str, sandbox: Sandbox) -> Context:
    """The services on the sandbox's clock; they wait for no disk and read no standard a second time."""
    return Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, sandbox.clock.now)


@asynccontextmanager
async def company(directory: Path) -> AsyncIterator["Bot"]:
    """The made-up company, its phones, and the bot at work, all new."""
    sandbox = new_sandbox()
    (directory / FILE).write_bytes(_made_up())
    context = _context(sqlite_url(directory), sandbox)
    async with bot_on(context, sandbox) as bot:
        yield bot
    context.database.close()


@cache
def _made_up() -> bytes:
    """The made-up company's database; filling it takes longer than most tests."""
    with TemporaryDirectory() as directory:
        open_company(sqlite_url(Path(directory)), new_sandbox()).database.close()
        return (Path(directory) / FILE).read_bytes()


@asynccontextmanager
async def bot_on(context: Context, sandbox: Sandbox) -> AsyncIterator["Bot"]:
    """The running bot; it takes updates when `settle` is called."""
    settings = BotSettings(bot_token=TOKEN, telegram_base_url="http://sandbox/bot", _env_file=None)
    app = App(settings, context, InProcess(sandbox), sleep=_at_once)
    app.runtime = replace(app.runtime, artist=STUDIO)
    app.runtime.jobs.workers = Beside()
    app.notifier = Notifier(app.runtime, _at_once)
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    try:
        async with app.running():
            context.database.due_listeners.clear()  # what is due goes out when the test settles, not beside it
            yield Bot(app, sandbox, complaints.lines)
    finally:
        logging.getLogger().removeHandler(complaints)
    assert not complaints.lines, complaints.lines
    assert sandbox.queries == {}, "every press is answered"
    assert faults(sandbox.requests) == []


async def until(condition: Callable[[], object]) -> None:
    """Wait for what goes on beside the test, in the loop and in threads, which all get their turns. Raises
    TimeoutError."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.to_thread(int)


async def _at_once(_: float) -> None:
    """No test waits: neither in the slow lane nor for Telegram to come back."""


class Bot:
    """The running bot and the people who talk to it. A test that makes it complain takes `complaints` away."""

    def __init__(self, app: App, sandbox: Sandbox, complaints: list[str]) -> None:
        self.app = app
        self.sandbox = sandbox
        self.context = app.runtime.context
        self.complaints = complaints
        self.updates: list[Update] = []
        app.intake = Intake(app.runtime, self._handle)
        self.poller = Poller(app.bot, app.intake, _at_once)

    async def _handle(self, update: Update) -> None:
        self.updates.append(update)
        await self.app.handle(update)

    async def again(self) -> None:
        """Every update once more, as after a crash that came before they were acknowledged."""
        for update in list(self.updates):
            await self.app.handle(update)
        await self.settle()

    async def settle(self) -> None:
        """Let the bot take every update and send every due notice."""
        await self.take()
        await self.app.notifier.send_due()

    async def take(self) -> None:
        """Let the bot take every update."""
        while await self.poller.poll(0) or self.app.intake.in_hand:
            await self.app.intake.idle(LOOK_SECONDS)
        await self.app.runtime.jobs.idle()

    def phone(self, user_id: int) -> Phone:
        """Somebody's phone."""
        return Phone(self.sandbox, self.settle, user_id)

    def complained(self) -> str:
        """What was logged so far, taken away."""
        lines = "\n".join(self.complaints)
        self.complaints.clear()
        return lines


def sqlite_url(directory: Path) -> str:
    """A fresh database file."""
    return f"sqlite:///{directory / FILE}"


def new_sandbox() -> Sandbox:
    """The made-up company's phones at noon of a day that stands still; every request is kept."""
    sandbox = make_sandbox("zh-CN")
    sandbox.clock = Clock(NOON)
    sandbox.requests = deque()
    return sandbox


async def zhou_at_work(bot: Bot) -> Phone:
    """Zhou Ming's phone, with the review of Chen Chen at level 3 open at its first criterion."""
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    return phone


def evidence(bot: Bot) -> list[Evidence]:
    """The notes and files of Zhou Ming's review of Chen Chen."""
    with bot.context.database.reading() as connection:
        return reviews.evidence_of(connection, 1)


def given_so_far(bot: Bot) -> list[tuple[str, str]]:
    """What was answered in it, without the moves of the cursor: criterion, subject or element, and the value."""
    with bot.context.database.reading() as connection:
        entries = reviews.entries(connection, 1)
    return [(entry.key or entry.element, entry.value) for entry in entries if entry.given != "goto"]
