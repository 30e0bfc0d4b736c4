"""Group commit: one write to the disk for many, each still by itself."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.together import MOST, Together
from qualify.storage import Database
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


def keep(database: Database, value: int, *, breaks: bool = False) -> Callable[[], int]:
    def job() -> int:
        with database.transaction() as connection:
            connection.exec_driver_sql("INSERT INTO kept VALUES (?)", (value,))
            if breaks:
                raise LookupError(value)
        return value

    return job


async def test_what_comes_at_once_is_committed_once_for_each_group(database: Database) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    together = Together(database)
    results = await asyncio.gather(*(together.run(keep(database, n)) for n in range(2 * MOST)))
    assert results == stored(database) == list(range(2 * MOST))
    assert len(commits) == 2


async def test_nobody_hears_of_an_answer_before_it_is_on_the_disk(database: Database) -> None:
    together = Together(database)

    async def one(value: int) -> bool:
        return await together.run(keep(database, value)) in stored(database)

    assert all(await asyncio.gather(*(one(n) for n in range(5))))


async def test_a_failure_undoes_itself_alone(database: Database) -> None:
    together = Together(database)
    jobs = [keep(database, 1), keep(database, 2, breaks=True), keep(database, 3)]
    results = await asyncio.gather(*map(together.run, jobs), return_exceptions=True)
    assert stored(database) == [1, 3]
    assert isinstance(results[1], LookupError)


async def test_when_the_commit_fails_all_have_failed(database: Database) -> None:
    def refuse(_: object) -> None:
        raise OSError("disk full")

    event.listen(database.engine, "commit", refuse)
    together = Together(database)
    results = await asyncio.gather(*(together.run(keep(database, n)) for n in (1, 2)), return_exceptions=True)
    event.remove(database.engine, "commit", refuse)
    assert [type(result) for result in results] == [OSError, OSError]
    assert stored(database) == []
    assert await together.run(keep(database, 3)) == 3


async def test_when_sqlite_rolls_back_by_itself_nobody_is_told_that_it_worked(database: Database) -> None:
    def disk_full() -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql("ROLLBACK")  # as SQLite does on its own when the disk is full

    together = Together(database)
    jobs = [keep(database, 1), disk_full, keep(database, 3)]
    results = await asyncio.gather(*map(together.run, jobs), return_exceptions=True)
    assert all(isinstance(result, Exception) for result in results)
    assert stored(database) == []


async def test_a_look_takes_no_write_lock_even_in_a_group(database: Database) -> None:
    def look() -> int:
        with database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM kept").scalar_one())

    with sqlite3.connect(database.engine.url.database or "", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await Together(database).run(look) == 0
        other.execute("ROLLBACK")


async def test_a_look_sees_what_its_group_wrote_before(database: Database) -> None:
    def look() -> int:
        with database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM kept").scalar_one())

    together = Together(database)
    assert await asyncio.gather(together.run(keep(database, 1)), together.run(look)) == [1, 1]
