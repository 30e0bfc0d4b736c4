"""Opening a database: SQLite (embedded, durable) or PostgreSQL, and transactions on it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import SQLModel

from qualify.errors import InvalidInput

BUSY_SECONDS = 10
IN_MEMORY = ("", ":memory:")


def new_id(added: CursorResult[Any]) -> int:
    """The primary key of the one row that was just inserted."""
    key = added.inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_or(connection: Connection, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when the row is there already (ON CONFLICT)."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


class Database:
    """An engine and its transactions. `storage` functions take the connection; only a transaction commits."""

    def __init__(self, url: str) -> None:
        """Connects once. Raises InvalidInput for an address that is neither SQLite nor PostgreSQL, or leads nowhere."""
        address = _address(url)
        self.engine = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
        self.is_embedded = self.engine.dialect.name == "sqlite"
        """Whether calls are short enough for an event loop (SQLite); PostgreSQL's wait for a network."""
        self._group: ExitStack | None = None
        self._shared: Connection | None = None
        self._reading: dict[str, Any] = (
            {"read_only": True}
            if self.is_embedded
            else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        try:
            self.engine.connect().close()
        except DBAPIError as error:
            self.close()
            reason = (str(error.orig).splitlines() or [""])[0]
            raise InvalidInput("error-database-unreachable", given=_shown(address), reason=reason) from error

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything in the block, or nothing: commits at its end, rolls back on any error."""
        if self._group is None:
            with self.engine.begin() as connection:
                yield connection
            return
        if self._shared is None:
            self._shared = self._group.enter_context(self.engine.begin())
        _check_open(self._shared)
        with _savepoint(self._shared):
            yield self._shared

    @contextmanager
    def together(self) -> Iterator[None]:
        """Transactions inside the block are committed by one write to the disk at its end; each can still fail by
        itself. The write lock is taken by the first of them. For SQLite, whose services all run in one thread."""
        with ExitStack() as group:
            self._group = group
            try:
                yield
                if self._shared is not None:
                    _check_open(self._shared)
            finally:
                self._shared = self._group = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent look that writes nothing and takes no write lock (but sees what its group wrote before)."""
        if self._shared is not None:
            yield self._shared
            return
        with self.engine.connect().execution_options(**self._reading) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _check_open(connection: Connection) -> None:
    """A full disk makes SQLite roll back by itself; what came before in the group is gone then, and all must fail."""
    driver = connection.connection.driver_connection
    if driver is None or not driver.in_transaction:
        raise RuntimeError("the database rolled the transaction back")


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """A transaction within SQLite's. (SQLAlchemy's own would compile a new name every time.)"""
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO one")
        raise
    finally:
        connection.exec_driver_sql("RELEASE one")


def _address(url: str) -> URL:
    """The address with the driver we use; hosts also write "postgres://"."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise InvalidInput("error-database-url", given=url.partition(":")[0]) from None  # the rest may be a password
    backend = address.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or (address.database or "") in IN_MEMORY:
        raise InvalidInput("error-database-url", given=_shown(address))
    return address.set(drivername="sqlite+pysqlite")


def _shown(address: URL) -> str:
    """As people write it: without the driver and without the password."""
    return address.set(drivername=address.get_backend_name()).render_as_string(hide_password=True)


def _postgresql(address: URL) -> Engine:
    """READ COMMITTED, whatever the server's default: a statement after a lock must see what the lock waited for."""
    return create_engine(address, isolation_level="READ COMMITTED", pool_pre_ping=True, pool_size=16)


def _sqlite(address: URL) -> Engine:
    folder = Path(address.database or "").absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput("error-database-unreachable", given=_shown(address), reason=error.strerror or "") from error
    engine = create_engine(address)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    """Durable (FULL) and concurrent (WAL); `isolation_level = None` leaves BEGIN to `_begin`."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={1000 * BUSY_SECONDS}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Switch a new database to WAL. SQLite doesn't wait for another process that does the same: try again."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _begin(connection: Connection) -> None:
    """A writer takes the write lock at once: a lock upgraded in the middle fails instead of waiting."""
    reads = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
