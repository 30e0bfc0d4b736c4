"""The program of `tests.faults.mortal` as the harness has it: started again and again, killed, watched."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.faults.mortal import Life

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}


class Program:
    """One process that forks lives, one at a time."""

    def __init__(self, server: asyncio.subprocess.Process) -> None:
        self._server = server
        self._pid = 0
        self._end: asyncio.Task[int] | None = None

    async def live(self, life: Life) -> None:
        """Begin a life; the one before must have ended."""
        assert self._server.stdin is not None
        self._server.stdin.write(life.line())
        self._pid = int(await self._line())
        self._end = asyncio.create_task(self._code())

    async def _code(self) -> int:
        return int(await self._line())

    async def _line(self) -> bytes:
        assert self._server.stdout is not None
        line = await self._server.stdout.readline()
        assert line, "the server of lives has ended"
        return line

    @property
    def is_alive(self) -> bool:
        """Whether the life goes on."""
        return self._end is not None and not self._end.done()

    async def kill(self) -> None:
        """SIGKILL, if it still lives."""
        if self.is_alive:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            await self.ended()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        if self.is_alive:
            os.kill(self._pid, signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the end of the life; its exit code, negative for a signal."""
        assert self._end is not None
        return await self._end


@asynccontextmanager
async def lives() -> AsyncIterator[Program]:
    """A program that can be given lives."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.mortal", stdin=PIPE, stdout=PIPE, env=ENVIRONMENT, cwd=ROOT
    )
    program = Program(server)
    try:
        assert server.stdout is not None
        await server.stdout.readline()
        yield program
    finally:
        await program.kill()
        assert server.stdin is not None
        server.stdin.close()
        await server.wait()
