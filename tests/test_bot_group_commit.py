"""Group commit: one write to the disk for many, each still by itself."""

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.group_commit import A_TURN, MOST, GroupCommit
from bot.runtime import DatabaseThreads
from qualify.errors import Busy
from qualify.storage import Database
from qualify.storage.database import made_due
from tests.driver import sqlite_url


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path))
    with opened.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (value INTEGER NOT NULL)")
    yield opened
    opened.close()


def stored(database: Database) -> list[int]:
    """What another connection sees."""
    with sqlite3.connect(database.engine.url.database or "") as other:
        return [value for (value,) in other.execute("SELECT value FROM kept ORDER BY value")]


@contextmanager
def locked(database: Database) -> Iterator[Callable[[], None]]:
    """Another program holds the write lock, until the end of the block or until what is given is called."""
    with closing(sqlite3.connect(database.engine.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield lambda: other.execute("ROLLBACK") and None


def keep(database: Database, value: int, *, breaks: bool = False) -> Callable[[], int]:
    def job() -> int:
        with database.transaction() as connection:
            connection.exec_driver_sql("INSERT INTO kept VALUES (?)", (value,))
            if breaks:
                raise LookupError(value)
        return value

    return job


@pytest.fixture
def group(database: Database) -> Iterator[GroupCommit]:
    opened = GroupCommit(database)
    yield opened
    opened.close()


async def test_what_comes_at_once_is_committed_once_for_each_group(database: Database, group: GroupCommit) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    with locked(database) as unlock:
        everybody = [asyncio.ensure_future(group.run(keep(database, n))) for n in range(2 * MOST)]
        await asyncio.sleep(0)
        unlock()
        results = await asyncio.gather(*everybody)
    assert results == stored(database) == list(range(2 * MOST))
    assert len(commits) <= 3


async def test_of_many_that_were_committed_together_some_are_told_in_each_turn_of_the_loop(group: GroupCommit) -> None:
    turn, told, start = 0, Counter[int](), threading.Event()

    async def count() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    async def one() -> None:
        await group.run(start.wait)
        told[turn] += 1

    waiting = [asyncio.create_task(one()) for _ in range(MOST)]
    counting = asyncio.create_task(count())
    await asyncio.sleep(0)
    start.set()
    await asyncio.gather(*waiting)
    counting.cancel()
    assert (told.total(), max(told.values())) == (MOST, A_TURN)


async def test_jobs_run_in_the_order_in_which_they_came(database: Database, group: GroupCommit) -> None:
    ran: list[int] = []
    await asyncio.gather(*(group.run(lambda n=n: ran.append(n)) for n in range(3 * MOST)))
    assert ran == list(range(3 * MOST))


async def test_who_waits_too_long_for_the_lock_is_told_so_and_nothing_was_begun(database: Database) -> None:
    begun: list[int] = []
    group = GroupCommit(database, patience=0.05, look=0.01)
    with locked(database):
        with pytest.raises(Busy):
            await group.run(lambda: begun.append(1))
        assert begun == []
    assert await group.run(keep(database, 2)) == 2
    group.close()


async def test_a_job_waits_until_the_lock_goes(database: Database) -> None:
    group = GroupCommit(database, patience=60, look=0.01)
    with locked(database) as unlock:
        waiting = asyncio.ensure_future(group.run(keep(database, 1)))
        done, _ = await asyncio.wait([waiting], timeout=0.1)
        assert not done
        unlock()
        assert await waiting == 1
    group.close()


async def test_who_only_looks_does_not_wait_for_the_lock(database: Database) -> None:
    def look() -> int:
        with database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM kept").scalar_one())

    threads = DatabaseThreads(database)
    with locked(database):
        assert await threads.run(look, reads=True) == 0
    threads.close()


async def test_what_was_handed_in_is_finished_before_the_thread_ends(database: Database) -> None:
    group = GroupCommit(database)
    waiting = [asyncio.ensure_future(group.run(keep(database, n))) for n in range(2 * MOST)]
    await asyncio.sleep(0)
    group.close()
    assert await asyncio.gather(*waiting) == stored(database)


async def test_a_transaction_that_makes_something_due_says_so_after_its_commit(
    database: Database, group: GroupCommit
) -> None:
    heard: list[list[int]] = []
    database.due_listeners.append(lambda: heard.append(stored(database)))

    def owe(value: int, *, breaks: bool = False) -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql("INSERT INTO kept VALUES (?)", (value,))
            made_due(connection)
            if breaks:
                raise LookupError

    await group.run(keep(database, 1))
    assert heard == []
    await group.run(lambda: owe(2))
    assert heard == [[1, 2]]
    with pytest.raises(LookupError):
        owe(3, breaks=True)
    keep(database, 4)()
    assert heard == [[1, 2]]


async def test_nobody_hears_of_an_answer_before_it_is_on_the_disk(database: Database, group: GroupCommit) -> None:

    async def one(value: int) -> bool:
        return await group.run(keep(database, value)) in stored(database)

    assert all(await asyncio.gather(*(one(n) for n in range(5))))


async def test_a_failure_undoes_itself_alone(database: Database, group: GroupCommit) -> None:
    jobs = [keep(database, 1), keep(database, 2, breaks=True), keep(database, 3)]
    results = await asyncio.gather(*map(group.run, jobs), return_exceptions=True)
    assert stored(database) == [1, 3]
    assert isinstance(results[1], LookupError)


async def test_when_the_commit_fails_all_have_failed(database: Database, group: GroupCommit) -> None:
    def refuse(_: object) -> None:
        raise OSError("disk full")

    event.listen(database.engine, "commit", refuse)
    results = await asyncio.gather(*(group.run(keep(database, n)) for n in (1, 2)), return_exceptions=True)
    event.remove(database.engine, "commit", refuse)
    assert [type(result) for result in results] == [OSError, OSError]
    assert stored(database) == []
    assert await group.run(keep(database, 3)) == 3


async def test_when_sqlite_rolls_back_by_itself_nobody_is_told_that_it_worked(database: Database) -> None:
    group = GroupCommit(database, patience=0.2, look=0.01)

    def disk_full() -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql("ROLLBACK")  # as SQLite does on its own when the disk is full

    jobs = [keep(database, 1), disk_full, keep(database, 3)]
    results = await asyncio.gather(*map(group.run, jobs), return_exceptions=True)
    group.close()
    assert all(isinstance(result, Exception) for result in results)
    assert stored(database) == []
