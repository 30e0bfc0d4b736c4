"""Every deed while the database is in trouble: locked, full, read-only, or its connections cut.

Times are a fiftieth of the real ones: the bot waits 0.6 s for a database instead of 30 s, so a lock of 0.24 s stands
for one of 12 s, and one that lasts longer than the bot waits for one of 60 s.
"""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, event
from sqlmodel import SQLModel

from qualify.services import Context
from qualify.storage import database
from tests.faults.ground import Ground, Unavailable, ground_of
from tests.faults.scenes import SCENES, Scene
from tests.faults.stage import PATIENCE, Outcome, Stage, Trouble, judge
from tests.faults.table import Row
from tests.permissions import Cell

SECTION = "storage"
SHORT = 12 / 30 * PATIENCE
LOCKED, LONG = "locked by another process for 12 s", "locked by another process for 60 s"
FULL, READ_ONLY = "disk full", "read-only"
CUT = "connection cut at a statement or commit"
KINDS = (LOCKED, LONG, FULL, READ_ONLY, CUT)
STRIDE = 6  # every transaction of one kind is in several deeds
MOUNTED_BYTES = 64 << 20
_TABLES = [table.name for table in SQLModel.metadata.sorted_tables]
HOLDER = """
import sqlite3, sys
for line in sys.stdin:
    if line.strip():
        held = sqlite3.connect(line.strip(), isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
    else:
        held.close()
    print(flush=True)
"""


# ——— troubles of SQLite


class Holder:
    """Another process, which takes the write lock of an SQLite file and gives it back."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._guard = threading.Lock()
        self._holds = False

    def lock(self, file: str) -> None:
        """Take the lock."""
        with self._guard:
            self._say(file)
            self._holds = True

    def free(self) -> None:
        """Give it back, if it is held."""
        with self._guard:
            if self._holds:
                self._say("")
            self._holds = False

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        self._process.stdout.readline()

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.communicate()


def locked(holder: Holder, seconds: float | None) -> Trouble:
    """The write lock is held for so long, or as long as the deed takes."""

    @contextmanager
    def trouble(context: Context) -> Iterator[None]:
        holder.lock(_file_of(context))
        timer = threading.Timer(seconds or 3600, holder.free)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            holder.free()

    return trouble


@contextmanager
def full(context: Context) -> Iterator[None]:
    """Nothing is left of the disk, which has to be small. What SQLite had written ahead is put in its place before, or
    there would be room in that."""
    file = Path(_file_of(context))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    ballast = file.parent / "ballast"
    with ballast.open("wb", buffering=0) as taken, suppress(OSError):
        while True:
            taken.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(context: Context) -> Iterator[None]:
    """SQLite refuses to write."""
    is_refused = True

    def refuse(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA query_only={int(is_refused)}")

    event.listen(context.database.engine, "checkout", refuse)
    yield
    is_refused = False


def _file_of(context: Context) -> str:
    return str(context.database.engine.url.database)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of a few megabytes. Raises Unavailable where this process may not mount one."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={MOUNTED_BYTES}", "none", str(folder)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise Unavailable("a small disk can't be mounted: not root") from None
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


# ——— troubles of PostgreSQL


def _alone(context: Context) -> Any:
    """A connection of somebody else."""
    return psycopg.connect(_plain(context.database.engine.url), autocommit=True)


def _plain(url: URL) -> str:
    """The address as psycopg itself takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def tables_locked(seconds: float | None) -> Trouble:
    """Another connection has locked all tables against writing, for so long, or as long as the deed takes."""

    @contextmanager
    def trouble(context: Context) -> Iterator[None]:
        other = _alone(context)
        other.execute("BEGIN")
        other.execute(f"LOCK TABLE {', '.join(_TABLES)} IN EXCLUSIVE MODE")
        timer = threading.Timer(seconds or 3600, other.close)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            other.close()

    return trouble


@contextmanager
def served_read_only(context: Context) -> Iterator[None]:
    """The server lets nobody write, as a standby does."""
    name = context.database.engine.url.database
    with _alone(context) as other:
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        _cut_all(other)
        yield
        other.execute("SET default_transaction_read_only = off")
        other.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        _cut_all(other)


def _cut_all(other: Any) -> None:
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


class Cut:
    """The connection of the bot that comes to a point of the deed is ended by the server: before a statement, before a
    commit, or after it, when nobody knows whether it was done. Counts the points."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._guard = threading.Lock()
        self.points = 0
        self.where = ""

    @contextmanager
    def __call__(self, context: Context) -> Iterator[None]:
        """While the block lasts."""
        engine, other = context.database.engine, _alone(context)
        usual = engine.dialect.do_commit

        def execute(connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
            self._is_cut(sql[:60], other, connection.connection.driver_connection)

        def commit(connection: Any) -> None:
            self._is_cut("before a commit", other, connection.driver_connection)
            usual(connection)
            if self._is_cut("after a commit", other, connection.driver_connection):
                connection.driver_connection.execute("SELECT 1")

        event.listen(engine, "before_cursor_execute", execute)
        engine.dialect.do_commit = commit  # type: ignore[method-assign]
        try:
            yield
        finally:
            engine.dialect.do_commit = usual  # type: ignore[method-assign]
            event.remove(engine, "before_cursor_execute", execute)
            with self._guard:  # another thread may still be in the middle of something
                self._at = 0
                other.close()

    def _is_cut(self, where: str, other: Any, connection: Any) -> bool:
        """Whether this is the point; the connection has ended then."""
        with self._guard:
            self.points += 1
            if self.points != self._at:
                return False
            self.where = where
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))
            return True


# ——— the section


def main(folder: Path, scenes: Sequence[Scene] = SCENES) -> Iterator[Row]:
    """Every deed in every trouble, on both databases."""
    yield from asyncio.run(on_sqlite(folder, scenes))
    yield from asyncio.run(on_postgresql(folder, scenes, stride=STRIDE))


async def on_sqlite(folder: Path, scenes: Sequence[Scene], kinds: Collection[str] = KINDS) -> list[Row]:
    """A row for each of these troubles that SQLite knows."""
    holder = Holder()
    every: dict[str, Trouble] = {LOCKED: locked(holder, SHORT), LONG: locked(holder, None), READ_ONLY: read_only}
    troubles, skipped = {kind: trouble for kind, trouble in every.items() if kind in kinds}, []
    with ExitStack() as stack:
        stack.callback(holder.close)
        try:
            place = stack.enter_context(small_disk(folder / "disk"))
            troubles |= {FULL: full} if FULL in kinds else {}
        except Unavailable as reason:
            place = folder
            skipped = [Row(SECTION, f"SQLite: {FULL}", skipped=str(reason))]
        ground = stack.enter_context(ground_of("SQLite", place))
        return await _each(ground, scenes, troubles) + skipped


async def on_postgresql(
    folder: Path, scenes: Sequence[Scene], kinds: Collection[str] = KINDS, stride: int = 1
) -> list[Row]:
    """A row for each of these troubles that PostgreSQL knows; connections are cut at every `stride`th point."""
    every = {LOCKED: tables_locked(SHORT), LONG: tables_locked(None), READ_ONLY: served_read_only}
    troubles = {kind: trouble for kind, trouble in every.items() if kind in kinds}
    try:
        with ground_of("PostgreSQL", Path()) as ground, _little_patience():
            return await _each(ground, scenes, troubles, stride if CUT in kinds else 0)
    except Unavailable as reason:
        return [Row(SECTION, f"PostgreSQL: {what}", skipped=str(reason)) for what in kinds]


@contextmanager
def _little_patience() -> Iterator[None]:
    """PostgreSQL itself waits for a lock as long as the bot does."""
    usual, database.BUSY_SECONDS = database.BUSY_SECONDS, PATIENCE
    try:
        yield
    finally:
        database.BUSY_SECONDS = usual


async def _each(ground: Ground, scenes: Sequence[Scene], troubles: dict[str, Trouble], stride: int = 0) -> list[Row]:
    """A row for each trouble, and one for connections that are cut at every `stride`th point, if any."""
    stage, rows = Stage(ground), {name: Row(SECTION, f"{ground.name}: {name}") for name in troubles}
    again = dict.fromkeys(troubles, 0)
    cuts = Row(SECTION, f"{ground.name}: {CUT}")
    for place, scene in enumerate(scenes):
        cell = stage.prepare(scene)
        whole = await stage.attempt(scene, cell)
        for name, trouble in troubles.items():
            tried = await stage.attempt(scene, cell, trouble)
            judge(rows[name], scene, whole, tried)
            again[name] += tried.is_refused
        if stride:
            points = count(1 + place % stride, stride)
            await _cut(stage, scene, cell, whole=whole, row=cuts, points=points)
    for name, row in rows.items():
        row.note = f"{again[name]} told to do it again, which they did"
    return [*rows.values(), *([cuts] if stride else [])]


async def _cut(stage: Stage, scene: Scene, cell: Cell, *, whole: Outcome, row: Row, points: Iterator[int]) -> None:
    """Play the scene again and again, cut off at one of these points after the other."""
    for at in points:
        cut = Cut(at)
        tried = await stage.attempt(scene, cell, cut)
        if not cut.where:
            return
        judge(row, scene, whole, tried, f", {cut.where}")
