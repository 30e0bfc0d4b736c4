"""Opening a database: SQLite (embedded, durable) or PostgreSQL, and transactions on it.

SQLite has one writer at a time; readers never wait for it (WAL). On both databases, a lock that somebody else holds is
waited for, and given up with `Busy`, in whole transactions: nothing is half-done.
"""

import logging
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlmodel import SQLModel

from qualify.errors import Busy, InvalidInput, Unavailable
from qualify.paths import private

log = logging.getLogger(__name__)

BUSY_SECONDS = 30.0
"""How long a lock that somebody else holds is waited for."""
IN_MEMORY = (None, "", ":memory:")
NO_FILE = "file:"  # SQLite's own addresses: in memory too, and with options that the file's rights know nothing of
LOCKED = ("database is locked", "database table is locked")
LOCK_NOT_AVAILABLE = "55P03"
GONE = "unable to open database file"
OUT_OF_USE = ("database or disk is full", "attempt to write a readonly database", "disk I/O error", GONE)
OUT_OF_USE_CODES = ("08", "40", "53", "57P", "58")
"""How the codes of PostgreSQL's errors begin that say the server can't do its work now: no connection, a deadlock that
this transaction lost, resources exhausted, shut down, its own disk."""
READ_ONLY_CODE = "25006"
"""A standby's, to a transaction that writes; to one that only looks it is our own mistake."""
POSTGRESQL_CONNECTIONS = 24
SECRET = "pass"
"""In the name of an option of an address, known or mistyped: its value is never printed."""
NOUGHT = re.compile("[\0\ud800-\udfff]")
"""What no driver takes."""
USER_AND_PASSWORD = re.compile(r"^[^:]*://[^:/]*(:[^@]*)?@")
"""The beginning of an address, as SQLAlchemy reads it."""
SEVERAL_HOSTS = re.compile(r"(?P<before>[^:]*://(?:[^@/?]*@)?)(?P<hosts>[^@/?,]+(?:,[^@/?,]+)+)(?P<rest>.*)", re.DOTALL)
"""An address with a server and its standbys, as PostgreSQL's own programs write it."""
PROGRAM = "qualify"
"""What PostgreSQL calls the program that is connected, unless the address says otherwise."""
_MADE_DUE = "made_due"
_FILES = "files"


def new_id(added: CursorResult[Any]) -> int:
    """The primary key of the one row that was just inserted."""
    key = added.inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_or(connection: Connection, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when the row is there already (ON CONFLICT)."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def made_due(connection: Connection) -> None:
    """Say that this transaction makes a message due, or somebody reachable: the sender hears of it once it commits."""
    connection.info[_MADE_DUE] = True


class Database:
    """An engine and its transactions. `storage` functions take the connection; only a transaction commits."""

    def __init__(self, url: str) -> None:
        """Connects once. Raises InvalidInput for an address that is neither SQLite nor PostgreSQL, or leads nowhere."""
        self.url = url
        address = _address(url)
        try:
            self.engine = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
        except ArgumentError:
            raise InvalidInput("error-database-url", given=_without_secrets(address)) from None
        self.is_embedded = self.engine.dialect.name == "sqlite"
        """Whether it is SQLite: one writer at a time, which a single thread is best at."""
        self.due_listeners: list[Callable[[], None]] = []
        """Called, in whatever thread committed, after a transaction that made a message due."""
        self._sharing = threading.local()
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
            raise InvalidInput("error-database-unreachable", given=shown(url), reason=reason) from error

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything in the block, or nothing: commits at its end, rolls back on any error. Within another transaction
        of the same thread it is a part of that one.

        Raises Busy when somebody else holds a lock for longer than `BUSY_SECONDS`, Unavailable when the database can't
        be used.
        """
        shared: Connection | None = getattr(self._sharing, "connection", None)
        if shared is None:
            with self._committing() as connection:
                yield connection
            return
        self._check_open(shared)
        with _savepoint(shared):
            yield shared

    @contextmanager
    def together(self, patience: float = BUSY_SECONDS) -> Iterator[None]:
        """Transactions of this thread inside the block are committed by one write to the disk at its end; each can
        still fail by itself. For SQLite.

        The write lock is taken first: raises Busy, with nothing begun, when it can't be had within `patience` seconds.
        """
        with self._committing(patience) as connection:
            yield
            self._check_open(connection)

    @contextmanager
    def _committing(self, patience: float = BUSY_SECONDS) -> Iterator[Connection]:
        """A transaction of its own, which others of this thread are parts of; the listeners hear afterwards that it
        made something due."""
        due = False
        with _trouble_told(), self.engine.connect() as connection:
            if self.is_embedded:
                _wait_for_locks(connection, patience)
            try:
                with connection.begin():
                    if self.is_embedded:
                        self._refuse_lost(connection)
                    self._sharing.connection = connection
                    yield connection
            finally:
                self._sharing.connection = None
                due = not connection.invalidated and connection.info.pop(_MADE_DUE, False)
        if due:
            for listener in tuple(self.due_listeners):
                listener()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent look that writes nothing and takes no write lock. Within a transaction of the same thread it
        sees what that has written so far. Raises Busy and Unavailable as `transaction` does."""
        shared: Connection | None = getattr(self._sharing, "connection", None)
        if shared is not None:
            yield shared
            return
        with (
            _trouble_told(writes=False),
            self.engine.connect().execution_options(**self._reading) as connection,
            connection.begin(),
        ):
            yield connection

    def _refuse_lost(self, connection: Connection) -> None:
        """Raises Unavailable where somebody took SQLite's files away, or put others there: what is written to those
        that are open is lost. Those that are there by then are opened next."""
        now = _identities(self.engine.url.database or "")
        if connection.info.setdefault(_FILES, now) == now and now[0] is not None:
            return
        log.error("the database's files aren't those that were opened: somebody has moved or replaced them")
        connection.invalidate()
        self.engine.dispose()
        raise Unavailable("error-database-unavailable")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _check_open(self, connection: Connection) -> None:
        """A full disk makes SQLite roll back by itself; what came before is gone then, and all must fail."""
        driver = connection.connection.driver_connection
        if self.is_embedded and (driver is None or not driver.in_transaction):
            raise Unavailable("error-database-unavailable")


@contextmanager
def _trouble_told(*, writes: bool = True) -> Iterator[None]:
    """Raises `Busy` in the place of either database's own error for a lock that could not be had, and `Unavailable` for
    one that says that it can't do its work."""
    try:
        yield
    except DBAPIError as error:
        sqlstate = getattr(error.orig, "sqlstate", None) or ""
        if sqlstate == LOCK_NOT_AVAILABLE or str(error.orig) in LOCKED:
            raise Busy("error-database-busy") from error
        is_standby = writes and sqlstate == READ_ONLY_CODE
        out_of_use = error.connection_invalidated or sqlstate.startswith(OUT_OF_USE_CODES) or is_standby
        if out_of_use or _says_out_of_use(error):
            raise Unavailable("error-database-unavailable") from error
        raise


def _says_out_of_use(error: DBAPIError) -> bool:
    """Whether an error without a code says it: PostgreSQL's when no connection can be made, and SQLite's."""
    if isinstance(error.orig, sqlite3.Error):
        return str(error.orig).startswith(OUT_OF_USE)
    return isinstance(error, OperationalError) and not getattr(error.orig, "sqlstate", None)


def _wait_for_locks(connection: Connection, seconds: float) -> None:
    """Set how long SQLite waits for a lock, on the driver itself: through SQLAlchemy it would begin a transaction."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout={int(1000 * seconds)}")


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """A part of a transaction. (SQLAlchemy's own would compile a new name every time.)"""
    _control(connection, "SAVEPOINT one")
    try:
        yield
    except BaseException:
        with suppress(SQLAlchemyError):  # a broken connection and a full disk have undone it already
            _control(connection, "ROLLBACK TO SAVEPOINT one")
            _control(connection, "RELEASE SAVEPOINT one")
        raise
    _control(connection, "RELEASE SAVEPOINT one")


def _control(connection: Connection, statement: str) -> None:
    """Run what controls a transaction. SQLite's driver does it at once, where SQLAlchemy would take longer than the
    statement: every press has two."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        connection.exec_driver_sql(statement)
        return
    try:
        driver.execute(statement)
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error


def _address(url: str) -> URL:
    """The address with the driver we use; hosts also write "postgres://". A password among the options goes to its
    place, where SQLAlchemy never prints it; several hosts go to the options, where SQLAlchemy has them."""
    several = SEVERAL_HOSTS.fullmatch(url)
    try:
        address = make_url(several["before"] + several["rest"] if several else url)
    except (ArgumentError, ValueError):
        raise InvalidInput("error-database-url", given=_beginning(url)) from None
    if NOUGHT.search(unquote(url)):  # libpq would go on without what comes after it
        raise InvalidInput("error-database-url", given=_beginning(url))
    if several:
        address = address.update_query_dict({"host": several["hosts"].split(",")})
    backend, password = address.get_backend_name(), address.query.get("password")
    if backend != "sqlite" and "@" in USER_AND_PASSWORD.sub("", url):
        raise InvalidInput("error-database-at")  # what stands before it may be the end of a password
    if password is not None:
        password = password if isinstance(password, str) else password[-1]
        address = address.set(password=password).difference_update_query(["password"])
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    is_file = backend == "sqlite" and not (address.database or "").startswith(NO_FILE)
    if not is_file or address.database in IN_MEMORY or address.query or address.host or address.username:
        raise InvalidInput("error-database-url", given=_without_secrets(address))
    return address.set(drivername="sqlite+pysqlite")


def _beginning(url: str) -> str:
    """What of an address surely is no password."""
    return re.match(r"[A-Za-z0-9+]*", url)[0]  # type: ignore[index]  # it always matches


def shown(url: str) -> str:
    """The address as people write it: without the driver and without a password. Raises InvalidInput for one that can't
    be used."""
    return _without_secrets(_address(url))


def _without_secrets(address: URL) -> str:
    hidden = {name: "***" for name in address.query if SECRET in name.lower() and name != "passfile"}
    plain = address.set(drivername=address.get_backend_name()).update_query_dict(hidden)
    return plain.render_as_string(hide_password=True)


def _postgresql(address: URL) -> Engine:
    """READ COMMITTED, whatever the server's default: a statement after a lock must see what the lock waited for."""
    engine = create_engine(
        address,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=POSTGRESQL_CONNECTIONS,
        connect_args={"fallback_application_name": PROGRAM},
    )
    event.listen(engine, "connect", _limit_waiting)
    return engine


def _limit_waiting(connection: Any, _: object) -> None:
    """PostgreSQL itself would wait for a lock without end."""
    connection.execute(f"SET lock_timeout = {int(1000 * BUSY_SECONDS)}")
    connection.commit()


def _sqlite(address: URL) -> Engine:
    file = Path(address.database or "").absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_private(file)
    except OSError as error:
        reason = error.strerror or ""
        raise InvalidInput("error-database-unreachable", given=_without_secrets(address), reason=reason) from error
    engine = create_engine(address)
    event.listen(engine, "do_connect", _refuse_gone(file))
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _refuse_gone(file: Path) -> Callable[..., None]:
    """What keeps SQLite from making an empty database where there was one."""

    def before_connecting(*_: object) -> None:
        if not file.exists():
            raise sqlite3.OperationalError(GONE)

    return before_connecting


def _identities(file: str) -> tuple[tuple[int, int] | None, ...]:
    """Which files SQLite's two are: the database, and the log that isn't merged into it yet; None for one that isn't
    there."""
    found: list[tuple[int, int] | None] = []
    for name in (file, f"{file}-wal"):
        try:
            status = os.stat(name)  # noqa: PTH116  # at every write: a path takes longer to make than to look up
        except OSError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino))
    return tuple(found)


def _make_private(file: Path) -> None:
    """Make the file if there is none; what SQLite puts beside it is as private as it is. (One that is there stays
    closed: to close it again would give up this process's locks on it.)"""
    if not file.exists():
        with suppress(FileExistsError):
            os.close(private(str(file), os.O_RDWR | os.O_CREAT | os.O_EXCL))


def _configure(connection: Any, _: object) -> None:
    """Durable (FULL) and concurrent (WAL); `isolation_level = None` leaves BEGIN to `_begin`."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={int(1000 * BUSY_SECONDS)}", "synchronous=FULL", "foreign_keys=ON"):
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
