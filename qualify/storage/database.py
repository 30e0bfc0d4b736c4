"""Opening a database: SQLite (embedded, durable) or PostgreSQL, and transactions on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from qualify.errors import InvalidInput


def new_id(added: CursorResult[Any]) -> int:
    """The primary key of the one row that was just inserted."""
    key = added.inserted_primary_key
    assert key is not None
    return int(key[0])


READ_ONLY = {"read_only": True}


class Database:
    """An engine and its transactions. `storage` functions take the connection; only a transaction commits."""

    def __init__(self, url: str) -> None:
        """Raises InvalidInput for an address that is neither SQLite nor PostgreSQL."""
        self.url = url
        self.engine = _engine(url)

    @property
    def is_embedded(self) -> bool:
        """Whether calls are short enough for an event loop (SQLite); PostgreSQL's wait for a network."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything in the block, or nothing: commits at its end, rolls back on any error."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent look that writes nothing and takes no write lock."""
        with self.engine.connect().execution_options(**READ_ONLY) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
    except ArgumentError:
        raise InvalidInput("error-database-url", given=url) from None
    if address.get_backend_name() == "postgresql":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=16)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise InvalidInput("error-database-url", given=address.render_as_string(hide_password=True))
    Path(address.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    """Durable (FULL) and concurrent (WAL); `isolation_level = None` leaves BEGIN to `_begin`."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes the write lock at once: a lock upgraded in the middle fails instead of waiting."""
    reads = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
