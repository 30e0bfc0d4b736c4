"""The real program, `python -m bot run`, in a process of its own that tests kill; the sandbox's server runs here."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.core import Sandbox
from bot.sandbox.server import running
from tests.driver import sqlite_url

TOKEN = "424242:kill_me_again"
ROOT = Path(__file__).resolve().parents[1]


class Program:
    """`python -m bot run`, started and killed; `settings` are variables of its environment."""

    def __init__(self, directory: Path, address: str, settings: dict[str, str]) -> None:
        self._directory = directory
        self.stderr = directory / "stderr.txt"
        self.starts = 0
        self._process: Process | None = None
        self._environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "DATABASE_URL": sqlite_url(directory),
            "TELEGRAM_BASE_URL": f"{address}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
            **settings,
        }

    async def start(self) -> None:
        """Start it; it is not ready yet."""
        self.starts += 1
        with self.stderr.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self._directory, env=self._environment, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        """SIGKILL: no goodbye, no acknowledgement."""
        assert self._process
        assert self._process.returncode is None, self.log()
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process
        if self._process.returncode is None:
            self._process.terminate()
        return await self.ended()

    async def ended(self) -> int:
        """Wait for its end; the exit code."""
        assert self._process
        async with asyncio.timeout(20):
            return await self._process.wait()

    def log(self) -> str:
        """What all its lives have logged."""
        return self.stderr.read_text(encoding="utf-8")


@asynccontextmanager
async def program(directory: Path, sandbox: Sandbox, **settings: str) -> AsyncIterator[Program]:
    """The program at work for the sandbox."""
    async with running(sandbox) as address:
        bot = Program(directory, address, settings)
        await bot.start()
        try:
            yield bot
        finally:
            await bot.stop()
