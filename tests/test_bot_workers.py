"""Long work in processes of its own: what comes back, what breaks, and that no process outlives whom it works for."""

import asyncio
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import pytest

from bot import workers
from bot.workers import NICENESS, WorkerError, Workers
from qualify.errors import InvalidInput
from qualify.services.imports.tables import Fault, InvalidTable
from qualify.texts import say
from tests.faults.program import ROOT

PARENT = """
import asyncio
from bot.workers import Workers
from tests.test_bot_workers import linger
asyncio.run(Workers().run(60, linger))
"""


def refuse() -> None:
    """Work that is refused with more than a sentence."""
    raise InvalidTable("a.csv", [Fault(2, "name", InvalidInput("error-cell-empty"))])


def linger() -> None:
    """Work without end, which says that it has begun."""
    os.write(2, b"begun\n")
    time.sleep(600)


def children(parent: int) -> list[int]:
    """The workers that a process has started."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    return [int(each) for each in found if b"bot.workers" in Path(f"/proc/{each}/cmdline").read_bytes()]


def is_running(process: int) -> bool:
    """Whether it is there and not only waits to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition: Callable[[], object]) -> Iterator[None]:
    """Turns in which to wait a little while a condition about another process doesn't hold yet, but not for ever."""
    give_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up
        yield


async def test_the_work_is_done_in_another_process_of_low_priority() -> None:
    assert await Workers().run(20, os.getpid) not in (os.getpid(), 0)
    assert await Workers().run(20, os.nice, 0) == min(os.nice(0) + NICENESS, 19)
    assert await Workers().run(20, operator.mul, 6, 7) == 42


async def test_much_goes_in_and_much_comes_back() -> None:
    much = os.urandom(3 << 20)
    assert await Workers().run(20, operator.add, much, much) == much + much


async def test_what_prints_does_not_get_into_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    assert await Workers().run(20, os.write, 1, b"hello") == 5
    assert "hello" in capfd.readouterr().err


async def test_a_refusal_comes_back_whole_and_can_be_said() -> None:
    with pytest.raises(InvalidTable) as refusal:
        await Workers().run(20, refuse)
    (fault,) = refusal.value.faults
    assert (fault.row, fault.column, fault.error.key) == (2, "name", "error-cell-empty")
    assert "a.csv" in say("en", refusal.value.key, **refusal.value.values)


async def test_a_bug_comes_back_with_its_traceback() -> None:
    with pytest.raises(WorkerError, match="ZeroDivisionError"):
        await Workers().run(20, operator.truediv, 1, 0)


async def test_a_process_that_dies_is_noticed() -> None:
    with pytest.raises(WorkerError, match="died: 3"):
        await Workers().run(20, os._exit, 3)
    with pytest.raises(WorkerError, match="died: -9"):
        await Workers().run(20, signal.raise_signal, signal.SIGKILL)


async def test_who_asks_for_too_much_memory_breaks_off() -> None:
    with pytest.raises(WorkerError, match="MemoryError"):
        await Workers().run(20, operator.mul, b"x", workers.MOST_BYTES + 1)


async def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(TimeoutError):
        await Workers().run(0.1, time.sleep, 600)
    assert not any(is_running(child) for child in children(os.getpid()))


async def test_what_is_cancelled_is_ended() -> None:
    work = asyncio.create_task(Workers().run(600, time.sleep, 600))
    for _ in until(lambda: any(is_running(child) for child in children(os.getpid()))):
        await asyncio.sleep(0.01)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert not any(is_running(child) for child in children(os.getpid()))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_when_the_bot_is_killed_its_processes_end_with_it(end: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stderr=subprocess.PIPE) as bot:
        assert bot.stderr is not None
        assert bot.stderr.readline() == b"begun\n"
        (worker,) = children(bot.pid)
        bot.send_signal(end)
    for _ in until(lambda: not is_running(worker)):
        time.sleep(0.01)


async def test_what_a_process_leaves_behind_is_cleared_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = await Workers().run(20, mkdtemp)
    assert (Path(left).parent.parent, Path(left).exists()) == (Path(gettempdir()), False)
    assert list(tmp_path.iterdir()) == []


async def test_only_so_many_run_side_by_side() -> None:
    mine, most = Workers(), 0
    work = [asyncio.create_task(mine.run(20, time.sleep, 0.1)) for _ in range(2 * workers.SIDE_BY_SIDE)]
    while not all(each.done() for each in work):
        most = max(most, len(children(os.getpid())))
        await asyncio.sleep(0.01)
    assert most <= workers.SIDE_BY_SIDE
    await asyncio.gather(*work)


async def test_work_that_several_ask_for_is_done_once_and_again_for_another_key_or_where_it_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def here(_self: Workers, _seconds: float, function: Callable[..., object], *args: object) -> object:
        await asyncio.sleep(0)
        return function(*args)

    monkeypatch.setattr(Workers, "run", here)
    at_work = Workers()
    first, same = await asyncio.gather(*(at_work.share("a", 20, object) for _ in range(2)))
    assert first is same is await at_work.share("a", 20, object)
    assert await at_work.share("b", 20, object) is not first
    with pytest.raises(InvalidTable):
        await at_work.share("c", 20, refuse)
    assert await at_work.share("c", 20, operator.mul, 6, 7) == 42
