"""The database that a try works on, made anew from a copy for each: SQLite, or PostgreSQL where there is a server."""

import os
import shutil
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.standard import shipped
from qualify.storage import Database
from tests.conftest import LOCAL_POSTGRES, run_alone
from tests.driver import ZONE, sqlite_url


class Unavailable(Exception):
    """This machine has no such database; the words say why."""


class Ground(ABC):
    """One database, and copies of it by name that it can be made anew from."""

    name: str
    url: str

    def __init__(self) -> None:
        self.kept: set[str] = set()

    def context(self, now: Callable[[], datetime]) -> Context:
        """What services need, on this database."""
        return Context(Database(self.url), shipped(STANDARDS), ZONE, now)

    def keep(self, name: str) -> None:
        """Keep a copy of the database as it is; nobody may be connected."""
        self._keep(name)
        self.kept.add(name)

    @abstractmethod
    def _keep(self, name: str) -> None:
        """Make the copy."""

    @abstractmethod
    def restore(self, name: str) -> None:
        """Make the database anew from the copy; nobody may be connected."""

    @abstractmethod
    def close(self) -> None:
        """Take away what was made."""


class SqliteGround(Ground):
    """A file."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.url = sqlite_url(folder)
        self._file = Path(make_url(self.url).database or "")

    def _keep(self, name: str) -> None:
        """Closed, the file holds everything."""
        shutil.copy(self._file, self._folder / f"{name}.copy")

    def restore(self, name: str) -> None:
        """Without what a killed process left beside it."""
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._file}{ending}").unlink(missing_ok=True)
        if name:
            shutil.copy(self._folder / f"{name}.copy", self._file)

    def close(self) -> None:
        """The folder goes with all that is in it."""


class PostgresGround(Ground):
    """A database of its own on the server of the tests. Copies are in schemas beside the tables: to make a database
    takes longer than a try."""

    name = "PostgreSQL"

    def __init__(self) -> None:
        """Raises Unavailable without a server."""
        super().__init__()
        self._server = make_url(os.environ.get("TEST_DATABASE_URL") or LOCAL_POSTGRES)
        self._own = self._server.set(database=f"qualify_faults_{uuid.uuid4().hex[:12]}")
        self.url = self._own.render_as_string(hide_password=False)
        try:
            self.restore("")
        except OperationalError as problem:
            raise Unavailable(f"no PostgreSQL at {self._server!r}: {str(problem.orig).splitlines()[0]}") from None

    def _keep(self, name: str) -> None:
        """Each table once more."""
        copies = (f'CREATE TABLE "{name}"."{table}" AS TABLE public."{table}"' for table in _tables())
        run_alone(self._own, f'CREATE SCHEMA "{name}"', *copies)

    def restore(self, name: str) -> None:
        """Whoever was connected is cut off."""
        if not name:
            self.close()
            run_alone(self._server, f'CREATE DATABASE "{self._own.database}"')
            return
        cut_off = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        emptied = "; ".join(f'DELETE FROM public."{table}"' for table in reversed(_tables()))
        filled = "; ".join(f'INSERT INTO public."{table}" SELECT * FROM "{name}"."{table}"' for table in _tables())
        unchecked = "SET LOCAL session_replication_role = replica"  # the audit log lets nothing be deleted
        hasty = "SET LOCAL synchronous_commit = off"
        run_alone(
            self._own,
            f"{cut_off} AND pid <> pg_backend_pid()",
            f"BEGIN; {unchecked}; {hasty}; {emptied}; {filled}; COMMIT",
        )

    def close(self) -> None:
        """Drop it."""
        run_alone(self._server, f'DROP DATABASE IF EXISTS "{self._own.database}" WITH (FORCE)')


def _tables() -> list[str]:
    return [table.name for table in SQLModel.metadata.sorted_tables]


GROUNDS: dict[str, Callable[[Path], Ground]] = {"SQLite": SqliteGround, "PostgreSQL": lambda _: PostgresGround()}


@contextmanager
def ground_of(name: str, folder: Path) -> Iterator[Ground]:
    """An empty database of this kind. Raises Unavailable where there is none."""
    ground = GROUNDS[name](folder)
    try:
        yield ground
    finally:
        ground.close()
