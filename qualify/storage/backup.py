"""Everything a database holds in one file, and back: SQLite by its backup API, PostgreSQL by its own programs.

A backup is made while others write, and shows one moment. To restore is all or nothing, and asks that nobody else uses
the database. The file is its owner's alone.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from qualify.errors import InvalidInput
from qualify.paths import private
from qualify.storage.database import Database
from qualify.storage.schema import is_unused, refuse_newer, revision_of, tables

OF_SQLITE, OF_POSTGRESQL = b"SQLite format 3\0", b"PGDMP"
IN_USE_SECONDS = 2.0  # that SQLite waits for the others to be gone
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND application_name = current_setting('application_name')"
)
TRIGGER_FUNCTIONS = text(
    "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND relname = ANY(:tables) AND relnamespace = current_schema()::regnamespace"
)


def back_up(database: Database, file: Path, *, force: bool = False) -> None:
    """Write everything into the file, as it is at one moment; it is there whole or not at all.

    Raises InvalidInput where it is there already, unless `force`, and wherever it is the database itself or no plain
    file; where PostgreSQL's programs are missing, older than the server, or fail; OSError where it can't be written.
    """
    if file.resolve() in _own_files(database) or (file.exists() and not file.is_file()):
        raise InvalidInput("error-backup-place", file=str(file))
    if file.exists() and not force:
        raise InvalidInput("error-backup-there", file=str(file))
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    os.close(private(str(unfinished), os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    try:
        (_copy_sqlite if database.is_embedded else _dump_postgresql)(database, unfinished)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(url: str, file: Path, *, replace: bool = False) -> None:
    """Fill the database with what a backup holds: all of it, or nothing changes. The schema is then the backup's, which
    may be an earlier release's.

    Raises InvalidInput for a file that is no backup, the database itself, of the other kind or a newer release; where
    somebody is in the database already, unless `replace`; where somebody else uses it; and as `back_up` does. Raises
    OSError where the file can't be read.
    """
    with file.open("rb") as stream:
        start = stream.read(max(len(OF_SQLITE), len(OF_POSTGRESQL)))
    if not start.startswith((OF_SQLITE, OF_POSTGRESQL)):
        raise InvalidInput("error-backup-unreadable", file=str(file))
    is_embedded = start.startswith(OF_SQLITE)
    refuse_newer(_revision_in_sqlite(file) if is_embedded else _revision_in_postgresql(file))
    with closing(Database(url)) as database:
        if file.resolve() in _own_files(database):  # it would wait for itself without end
            raise InvalidInput("error-backup-place", file=str(file))
        if database.is_embedded is not is_embedded:
            raise InvalidInput("error-backup-other-kind", file=str(file))
        with database.reading() as connection:
            revision_of(connection)  # refuses a newer one
            if not (replace or is_unused(connection)):
                raise InvalidInput("error-restore-used")
        (_fill_sqlite if is_embedded else _fill_postgresql)(database, file)


def _own_files(database: Database) -> set[Path]:
    """Where an SQLite database lies, with what it puts beside itself."""
    own = Path(database.engine.url.database or "").resolve()
    beside = ("", "-wal", "-shm", "-journal") if database.is_embedded else ()
    return {own.with_name(own.name + each) for each in beside}


def _copy_sqlite(database: Database, file: Path) -> None:
    """One step of the backup API, which sees one moment of the database and the log that isn't merged into it yet."""
    with database.engine.connect() as connection, closing(sqlite3.connect(file)) as copy:
        source = connection.connection.driver_connection
        assert source is not None
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log of its own
        except sqlite3.Error as error:
            raise InvalidInput("error-backup-failed", program="SQLite", reason=str(error)) from error


def _revision_in_sqlite(file: Path) -> str:
    try:
        with closing(_opened(file)) as kept:
            sound = kept.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            found = kept.execute("SELECT version_num FROM alembic_version").fetchall() if sound else []
    except sqlite3.Error:
        found = []
    if len(found) != 1:
        raise InvalidInput("error-backup-unreadable", file=str(file))
    return str(found[0][0])


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _fill_sqlite(database: Database, file: Path) -> None:
    """Leaving WAL succeeds for somebody who is alone only; what is copied after that is one transaction."""
    path = database.engine.url.database
    assert path is not None
    database.close()
    with closing(sqlite3.connect(path, timeout=IN_USE_SECONDS)) as target, closing(_opened(file)) as kept:
        try:
            target.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise InvalidInput("error-restore-in-use") from None
        try:
            kept.backup(target)
        except sqlite3.Error as error:
            raise InvalidInput("error-backup-failed", program="SQLite", reason=str(error)) from error


def _dump_postgresql(database: Database, file: Path) -> None:
    words = ("--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    with TemporaryFile() as complaints:
        program = _program("pg_dump", database)
        done = subprocess.run(
            [program, *words, *_connected(database)], env=_environment(database), stderr=complaints, check=False
        )
        _refuse_failure("pg_dump", done.returncode, complaints)


def _revision_in_postgresql(file: Path) -> str:
    """The revision that an archive holds: the line after the one that says where it goes."""
    program = shutil.which("pg_restore")
    if program is None:
        raise InvalidInput("error-backup-program", program="pg_restore")
    words = [program, "--data-only", "--table=alembic_version", "--file=-", str(file)]
    done = subprocess.run(words, capture_output=True, check=False)
    found = re.search(rb"^COPY [^\n]*alembic_version [^\n]*\n([^\n]+)\n", done.stdout, re.MULTILINE)
    if done.returncode != 0 or found is None:
        raise InvalidInput("error-backup-unreadable", file=str(file))
    return found[1].decode()


def _fill_postgresql(database: Database, file: Path) -> None:
    """What is there goes and what was kept comes, in one transaction of psql's."""
    reader, writer = _program("pg_restore", database), _program("psql", database)
    with database.reading() as connection:
        if connection.execute(OTHERS).scalar_one():
            raise InvalidInput("error-restore-in-use")
        schema, leaving = connection.dialect.default_schema_name, _leaving(connection)
    read = (reader, "--no-owner", "--no-privileges", f"--schema={schema}", "--file=-", str(file))
    write = (writer, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-")
    with (
        TemporaryFile() as complaints,
        subprocess.Popen(read, stdout=subprocess.PIPE, stderr=complaints) as reading,
        subprocess.Popen(
            (*write, *_connected(database)),
            env=_environment(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        ) as writing,
    ):
        assert reading.stdout is not None
        assert writing.stdin is not None
        try:
            writing.stdin.write(leaving.encode())
            shutil.copyfileobj(reading.stdout, writing.stdin)
        except BrokenPipeError:
            reading.kill()  # psql has said why
        if reading.wait() != 0:
            writing.kill()  # before its input ends, or it would commit the half of it
        _closed(writing.stdin)
        failure = writing.wait() or reading.returncode
        _refuse_failure("pg_restore", failure, complaints)


def _closed(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        return


def _leaving(connection: Connection) -> str:
    """The statements that take away our tables, and the functions of their triggers."""
    quoted = connection.dialect.identifier_preparer.quote
    ours = sorted((tables(connection) & set(SQLModel.metadata.tables)) | {"alembic_version"})
    functions = connection.execute(TRIGGER_FUNCTIONS, {"tables": ours}).scalars().all()
    lines = [f"DROP TABLE IF EXISTS {', '.join(map(quoted, ours))} CASCADE;"]
    return "\n".join([*lines, *(f"DROP FUNCTION {function};" for function in functions), ""])


def _program(name: str, database: Database) -> str:
    """Where the program is. Raises InvalidInput where there is none, or only an older one than the server."""
    found = shutil.which(name)
    if found is None:
        raise InvalidInput("error-backup-program", program=name)
    with database.engine.connect() as connection:
        server = int((connection.dialect.server_version_info or (0,))[0])
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\) (\d+)", said)
    if version is None or int(version[1]) < server:
        given = version[1] if version else "?"
        raise InvalidInput("error-backup-program-old", program=name, given=given, server=str(server))
    return found


def _connected(database: Database) -> tuple[str]:
    """The address as PostgreSQL's programs take it, without the password, which everybody on the machine would see."""
    options = database.engine.dialect.create_connect_args(database.engine.url)[1]
    shown = {name: value for name, value in options.items() if name not in ("password", "context")}
    return (f"--dbname={make_conninfo(**shown)}",)


def _environment(database: Database) -> dict[str, str]:
    password = database.engine.url.password
    return os.environ | ({} if password is None else {"PGPASSWORD": str(password)})


def _refuse_failure(program: str, code: int, complaints: IO[bytes]) -> None:
    if code:
        complaints.seek(0)
        said = complaints.read().decode(errors="replace").strip().splitlines() or [str(code)]
        raise InvalidInput("error-backup-failed", program=program, reason=said[0])
