"""Opening databases, what holds on every connection, and columns that behave the same on both kinds."""

import os
import stat
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Column, Insert, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from qualify.errors import Unavailable
from qualify.storage import Database
from qualify.storage.backup import back_up
from qualify.storage.database import shown
from qualify.storage.schema import migrate
from qualify.storage.tables import Account, Invite, Person
from qualify.storage.types import ExactDecimal
from qualify.texts import say
from tests.company import refused, together

LATE_EVENING = datetime(2026, 11, 22, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    migrate(database)
    yield database
    database.close()


@pytest.mark.parametrize(
    "url",
    [
        *("", "qualify", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql//u:secret@host/name"),
        "host=h password=secret",
        *("sqlite:///file::memory:?uri=true", "sqlite:///file.sqlite3?mode=ro", "sqlite:///file:file.sqlite3"),
        *("sqlite://user:secret@host/file.sqlite3", "sqlite:///%00.sqlite3", "sqlite:///\ud800.sqlite3"),
        *("postgresql://user:secret%00@127.0.0.1:1/none", "postgresql://127.0.0.1/%00", "postgresql://u:\ud800@h/none"),
        "postgresql://user:secret@127.0.0.1,localhost/none?port=1",
    ],
)
def test_an_address_that_can_not_be_used_is_refused_without_repeating_a_password(url: str) -> None:
    with refused("error-database-url") as error:
        Database(url)
    assert "secret" not in say("en", error.value.key, **error.value.values)


def test_a_database_that_can_not_be_opened_is_refused_in_words(tmp_path: Path) -> None:
    no_database, no_folder = tmp_path / "text.sqlite3", tmp_path / "text.sqlite3" / "below.sqlite3"
    no_database.write_text("this is no database, whatever it is called", encoding="utf-8")
    for file in (no_database, no_folder):
        with refused("error-database-unreachable"):
            Database(f"sqlite:///{file}")
    with refused("error-database-unreachable") as error:
        Database("postgres://user:secret@127.0.0.1:1/none")
    assert "secret" not in say("en", error.value.key, **error.value.values)


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("postgresql://user:secret@127.0.0.1:1/none", "postgresql://user:***@127.0.0.1:1/none"),
        ("postgresql://user@127.0.0.1:1/none?password=secret", "postgresql://user:***@127.0.0.1:1/none"),
        ("postgresql://127.0.0.1:1/none?sslpassword=secret", "postgresql://127.0.0.1:1/none?sslpassword=%2A%2A%2A"),
        ("postgresql://127.0.0.1:1/none?Passwd=secret", "postgresql://127.0.0.1:1/none?Passwd=%2A%2A%2A"),
    ],
)
def test_a_password_is_printed_nowhere_wherever_it_stands_in_the_address(url: str, printed: str) -> None:
    with refused("error-database-unreachable") as error:
        Database(url)
    assert error.value.values["given"] == shown(url) == printed
    told = "".join(traceback.format_exception(error.value))
    assert "secret" not in told


@pytest.mark.parametrize(
    "rest", ["se@cret@host/name", "se@cret/x@host/name", "se@cret?x@host/name", "secret@host/name?user=cret@y"]
)
def test_a_password_with_an_at_sign_is_refused_before_half_of_it_is_taken_for_the_host(rest: str) -> None:
    with refused("error-database-at") as error:
        Database(f"postgresql://user:{rest}")
    assert "cret" not in str(error.value)


def test_a_server_and_its_standby_are_one_address_and_each_is_asked() -> None:
    with refused("error-database-unreachable") as error:
        Database("postgresql://user:secret@127.0.0.1:1,localhost:2/none?target_session_attrs=read-write")
    hosts = "host=127.0.0.1%3A1&host=localhost%3A2"
    assert error.value.values["given"] == f"postgresql://user:***@/none?{hosts}&target_session_attrs=read-write"
    assert "port 2" in str(error.value.__cause__)


def test_an_sqlite_database_and_what_lies_beside_it_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    usual = os.umask(0)
    try:
        database = Database(f"sqlite:///{tmp_path / 'we@home.sqlite3'}")
        with database.transaction() as connection:
            connection.execute(text("CREATE TABLE one (id INTEGER)"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        database.close()
    finally:
        os.umask(usual)
    assert modes == dict.fromkeys(("we@home.sqlite3", "we@home.sqlite3-wal", "we@home.sqlite3-shm"), 0o600)


def test_folders_are_made_and_a_relative_address_is_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Database("sqlite+aiosqlite:///data/here/qualify.sqlite3").close()
    assert (tmp_path / "data/here/qualify.sqlite3").is_file()


def test_every_sqlite_connection_is_durable_concurrent_and_keeps_foreign_keys(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'qualify.sqlite3'}")
    with ExitStack() as stack:
        for connection in [stack.enter_context(database.reading()) for _ in range(3)]:
            pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            values = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for pragma in pragmas]
            assert values == ["wal", 2, 1, 30_000]
    database.close()


def test_many_can_open_a_new_database_at_the_same_moment(database_url: str) -> None:
    def opened() -> int:
        database = Database(database_url)
        migrate(database)
        with database.reading() as connection:
            count = connection.execute(text("SELECT count(*) FROM person")).scalar_one()
        database.close()
        return int(count)

    assert together(*[opened] * 4) == [0, 0, 0, 0]


def test_a_transaction_is_everything_or_nothing(database: Database) -> None:
    def break_off() -> None:
        with database.transaction() as connection:
            connection.execute(insert(Person).values(staff_no="E1", name="陈晨"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with database.reading() as connection:
        assert connection.execute(select(Person.__table__)).all() == []  # type: ignore[attr-defined]


def test_what_points_at_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(insert(Account).values(telegram_id=1, person_id=7))


def test_a_look_sees_one_moment_while_others_write(database: Database) -> None:
    count = text("SELECT count(*) FROM person")
    with database.reading() as looking:
        assert looking.execute(count).scalar_one() == 0
        with database.transaction() as writing:
            writing.execute(insert(Person).values(staff_no="E1", name="陈晨"))
        assert looking.execute(count).scalar_one() == 0
    with database.reading() as looking:
        assert looking.execute(count).scalar_one() == 1


def test_writers_take_turns_and_lose_nothing(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(insert(Person).values(staff_no="E1", name="0"))

    def count_up() -> None:
        for _ in range(25):
            with database.transaction() as connection:
                found = select(Person.__table__).with_for_update()  # type: ignore[attr-defined]
                name = int(connection.execute(found).one().name) + 1
                connection.execute(text("UPDATE person SET name = :name"), {"name": str(name)})

    together(*[count_up] * 4)
    with database.reading() as connection:
        assert connection.execute(text("SELECT name FROM person")).scalar_one() == "100"


def test_moments_come_back_in_utc_to_the_microsecond_and_naive_ones_are_a_bug(database: Database) -> None:
    with database.transaction() as connection:
        person = connection.execute(insert(Person).values(staff_no="E1", name="陈晨")).inserted_primary_key
        assert person is not None
        values = {"token_hash": "x", "person_id": person[0], "expires_at": LATE_EVENING}
        connection.execute(insert(Invite).values(**values))
        found = connection.execute(select(Invite.__table__)).one()  # type: ignore[attr-defined]
    assert found.expires_at == LATE_EVENING
    assert found.expires_at.tzinfo is UTC
    assert found.used_at is None
    with pytest.raises(StatementError, match="naive datetime"), database.transaction() as connection:
        connection.execute(insert(Invite).values(**values | {"expires_at": LATE_EVENING.replace(tzinfo=None)}))


def test_decimals_come_back_exactly_as_they_were(database: Database) -> None:
    table = Table("exact", MetaData(), Column("id", Integer, primary_key=True), Column("value", ExactDecimal))
    given = [Decimal(text) for text in ("84.50", "0.1", "100", "33.333333333333333333333333333333333333333333")]
    with database.transaction() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"value": value} for value in (*given, None)])
        found = list(connection.execute(select(table.c.value).order_by(table.c.id)).scalars())
        table.drop(connection)
    assert [str(value) for value in found] == [*map(str, given), "None"]


@pytest.mark.postgres
def test_a_look_can_not_write_on_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)
    with pytest.raises(DBAPIError, match="read-only"), database.reading() as connection:
        connection.execute(text("CREATE TABLE forbidden (id int)"))
    database.close()


def names(database: Database) -> list[str]:
    """The people who are stored."""
    with database.reading() as connection:
        return list(connection.execute(select(Person.name).order_by(Person.name)).scalars())


def person(name: str) -> Insert:
    return insert(Person).values(staff_no=name, name=name)


def test_a_transaction_within_another_is_a_part_of_it(database: Database) -> None:
    def fails_at_the_end() -> None:
        with database.transaction() as outer:
            outer.execute(person("一"))
            with database.transaction() as inner:
                inner.execute(person("二"))
            assert names(database) == ["一", "二"], "a look within it sees what it wrote"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_at_the_end()
    assert names(database) == []


def test_what_fails_within_a_transaction_undoes_only_itself(database: Database) -> None:
    def fails() -> None:
        with database.transaction() as inner:
            inner.execute(person("二"))
            inner.execute(person("一"))

    with database.transaction() as outer:
        outer.execute(person("一"))
        with pytest.raises(IntegrityError):
            fails()
        with database.transaction() as inner:
            inner.execute(person("三"))
    assert names(database) == ["一", "三"]


def test_a_full_disk_stores_nothing_and_says_so(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'full.sqlite3'}")
    migrate(database)
    with database.transaction() as connection:
        connection.execute(person("一"))
    with refused("error-database-unavailable"), database.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        for number in range(5000):
            connection.execute(person(f"{number:0400}"))
    assert names(database) == ["一"]
    database.close()


def test_a_database_that_may_not_be_written_says_so_and_can_be_read(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'read.sqlite3'}")
    migrate(database)
    with refused("error-database-unavailable"), database.transaction() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.execute(person("一"))
    assert names(database) == []
    database.close()


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_in_a_transaction_stores_nothing_and_the_next_one_works(database: Database) -> None:
    with refused("error-database-unavailable"), database.transaction() as connection:
        connection.execute(person("一"))
        own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with database.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
        with database.transaction() as inner:
            inner.execute(person("二"))
    assert names(database) == []
    with database.transaction() as connection:
        connection.execute(person("三"))
    assert names(database) == ["三"]


# ——— SQLite's files taken away while they are open


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Database, Path]]:
    """A database in use, and its file."""
    file = tmp_path / "qualify.sqlite3"
    database = Database(f"sqlite:///{file}")
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE one (id INTEGER)"))
    add(database, 1)
    yield database, file
    database.close()


def add(database: Database, number: int) -> None:
    with database.transaction() as connection:
        connection.execute(text("INSERT INTO one VALUES (:id)"), {"id": number})


def stored(database: Database) -> list[int]:
    with database.reading() as connection:
        return list(connection.execute(text("SELECT id FROM one ORDER BY id")).scalars())


def test_nothing_is_stored_in_a_file_that_was_moved_away_and_it_goes_on_when_it_is_back(
    kept: tuple[Database, Path], tmp_path: Path
) -> None:
    database, file = kept
    away = file.rename(tmp_path / "away.sqlite3")
    for _ in range(2):
        with pytest.raises(Unavailable):
            add(database, 2)
    assert not file.exists(), "no empty one takes its place"
    away.rename(file)
    add(database, 3)
    assert stored(database) == [1, 3]


def test_after_another_file_took_its_place_that_one_is_written_to(kept: tuple[Database, Path], tmp_path: Path) -> None:
    database, file = kept
    back_up(database, tmp_path / "backup.sqlite3")
    add(database, 2)
    (tmp_path / "backup.sqlite3").replace(file)
    with pytest.raises(Unavailable):
        add(database, 3)
    add(database, 4)
    database.close()
    with closing(Database(f"sqlite:///{file}")) as again:
        assert stored(again)[-1] == 4


def test_without_its_log_nothing_more_is_stored_until_the_file_was_opened_anew(kept: tuple[Database, Path]) -> None:
    database, file = kept
    for name in ("-wal", "-shm"):
        file.with_name(file.name + name).unlink()
    with pytest.raises(Unavailable):
        add(database, 2)
    add(database, 3)
    assert stored(database) == [1, 3]
    assert file.with_name(f"{file.name}-wal").exists()
