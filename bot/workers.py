"""Long work in processes of its own: in a thread, workbooks and lists would hold the interpreter's lock and everybody
would wait.

Each piece of work gets a new process of low priority (`python -m bot.workers`), which frees all its memory at its end.
The work comes in by the process's stdin, which stays open: when the bot ends, for whatever reason, the process does
too.
"""

import asyncio
import os
import pickle
import signal
import struct
import sys
import threading
import traceback
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any, ParamSpec, TypeVar

from bot.collector import spare_what_is_loaded
from qualify.errors import QualifyError

P = ParamSpec("P")
T = TypeVar("T")

SIDE_BY_SIDE = 2
NICENESS = 10
MOST_BYTES = 2 << 30  # of memory; a list that unpacks into more is none
PIECE = 1 << 18  # bytes of an answer that are read at a time
_LENGTH = struct.Struct("!Q")


class WorkerError(Exception):
    """The work failed: by a bug, whose traceback the error has, or because the process died."""


class Workers:
    """Starts the processes, a few side by side, and ends them."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._shared: tuple[object, asyncio.Task[Any]] | None = None

    async def run(self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns. Its arguments and its result are pickled; the function is found by its module and
        name.

        Raises what the function raises if that is a QualifyError; TimeoutError after so many seconds, in which waiting
        for a turn doesn't count; WorkerError otherwise. When cancelled, it ends the process.
        """
        work = pickle.dumps((function, args, kwargs))
        async with self._slots:
            folder = TemporaryDirectory(prefix="qualify-")  # what a process leaves that was killed goes with it
            try:
                answer, code = await _asked(work, seconds, folder.name)
            finally:
                await asyncio.shield(asyncio.to_thread(folder.cleanup))
        result: T = await asyncio.to_thread(_understood, answer, code)  # of a workbook a copy takes its time
        return result

    async def share(
        self, key: object, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`run`, but once for all who ask with the same key: what came of the last one is kept, unless it failed."""
        if self._shared is None or self._shared[0] != key or _has_failed(self._shared[1]):
            self._shared = key, asyncio.create_task(self.run(seconds, function, *args, **kwargs))
        result: T = await asyncio.shield(self._shared[1])
        return result


def _has_failed(task: asyncio.Task[Any]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


async def _asked(work: bytes, seconds: float, folder: str) -> tuple[list[bytes], int | None]:
    """What the process answered, nothing if it died, and its exit code."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.workers"),
        stdin=PIPE,
        stdout=PIPE,
        env=os.environ | {"TMPDIR": folder, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
        start_new_session=True,  # Ctrl+C is for the bot, which lets the work finish
    )
    try:
        async with asyncio.timeout(seconds):
            answer = await _spoken(process, work)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        code = await process.wait()
    return answer, code


async def _spoken(process: Process, work: bytes) -> list[bytes]:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(ConnectionError):  # it died at once; that no answer comes tells
        process.stdin.write(_LENGTH.pack(len(work)) + work)
        await process.stdin.drain()
    pieces = []  # put together beside the event loop: a workbook has tens of megabytes
    while piece := await process.stdout.read(PIECE):
        pieces.append(piece)
    process.stdin.close()
    await process.wait()
    return pieces


def _understood(pieces: list[bytes], code: int | None) -> Any:
    try:
        result, refusal, trouble = pickle.loads(b"".join(pieces))  # it comes from our own program
    except (EOFError, pickle.UnpicklingError):
        raise WorkerError(f"the process died: {code}") from None
    if trouble:
        raise WorkerError(trouble)
    if refusal is not None:
        raise refusal
    return result


def main() -> None:
    """What the process does: read the work, do it, and write what came of it."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the bot ends it
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed must not get between the answer
    _be_modest()
    work = _read(*_LENGTH.unpack(_read(_LENGTH.size)))
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    done = _done(work)
    try:
        answers.write(done)
        answers.close()
    except BrokenPipeError:  # the bot was killed, and nobody waits for it any more
        os._exit(1)


def _be_modest() -> None:
    """Give way to other processes, and fail rather than take all the memory, where the system allows it."""
    with suppress(AttributeError):
        os.nice(NICENESS)
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _read(count: int) -> bytes:
    """Read so many bytes of stdin without a stream, whose lock the watching thread must not hold at the end."""
    parts = []
    while count:
        part = os.read(0, min(count, 1 << 20))
        if not part:
            sys.exit(1)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _end_with_the_bot() -> None:
    os.read(0, 1)  # nothing more is ever written: this returns when nobody holds the other end any more
    os._exit(1)


def _done(work: bytes) -> bytes:
    """The result, the refusal and the error of the work, pickled; two of them are None."""
    try:
        function, args, kwargs = pickle.loads(work)
        spare_what_is_loaded()  # unpickling has loaded what the function needs
        return pickle.dumps((function(*args, **kwargs), None, None))
    except QualifyError as refusal:
        return pickle.dumps((None, refusal, None))
    except Exception:
        return pickle.dumps((None, None, traceback.format_exc()))


if __name__ == "__main__":
    main()
