"""The real program, `python -m bot run`, in processes of its own that tests kill; the sandbox's server runs here."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.core import Sandbox
from bot.sandbox.server import running
from tests.driver import sqlite_url
from tests.faults import program as faults
from tests.faults.mortal import Life

TOKEN = "424242:kill_me_again"


def settings_of(directory: Path, address: str, **settings: str) -> dict[str, str]:
    """Variables of the environment for the program that works for the sandbox at `address`."""
    given = {"BOT_TOKEN": TOKEN, "DATABASE_URL": sqlite_url(directory), "TELEGRAM_BASE_URL": f"{address}/bot"}
    return given | {"TELEGRAM_BASE_FILE_URL": f"{address}/file/bot", **settings}


class Program:
    """The program, started and killed. Each start is forked from a process that has imported it once (see
    `tests.faults.mortal`), so that it takes a moment instead of seconds."""

    def __init__(self, lives: faults.Program, directory: Path, settings: dict[str, str]) -> None:
        self._lives = lives
        self._directory = directory
        self._settings = settings
        self.starts = 0

    def _life(self) -> Life:
        return Life(self._settings, datetime.now(UTC).isoformat(), str(self._directory))

    async def start(self) -> None:
        """Start it; it is not ready yet."""
        self.starts += 1
        await self._lives.live(self._life())

    async def kill(self) -> None:
        """SIGKILL: no goodbye, no acknowledgement."""
        assert self._lives.is_alive, self.log()
        await self._lives.kill()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        async with asyncio.timeout(20):
            return await self._lives.stop()

    def log(self) -> str:
        """What all its lives have logged."""
        return self._life().log.read_text(encoding="utf-8")


@asynccontextmanager
async def program(directory: Path, sandbox: Sandbox, **settings: str) -> AsyncIterator[Program]:
    """The program at work for the sandbox."""
    async with running(sandbox) as address, faults.lives() as lives:
        bot = Program(lives, directory, settings_of(directory, address, **settings))
        await bot.start()
        yield bot


async def run_once(directory: Path, sandbox: Sandbox) -> tuple[int | None, str]:
    """`python -m bot run` as people type it, until it ends by itself: its exit code, and what it said."""
    async with running(sandbox) as address, asyncio.timeout(60):
        command = (sys.executable, "-m", "bot", "run")
        environment = faults.ENVIRONMENT | settings_of(directory, address)
        process = await asyncio.create_subprocess_exec(
            *command, cwd=directory, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        said, _ = await process.communicate()
    return process.returncode, said.decode()
