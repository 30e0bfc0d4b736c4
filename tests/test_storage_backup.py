"""Everything in one file and back again, on both kinds of database, while others write."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, insert, select, text

from qualify.storage import Database
from qualify.storage.backup import back_up, restore
from qualify.storage.schema import migrate
from qualify.storage.tables import Person
from qualify.texts import say
from tests.company import Company, refused

pytest_plugins = ["tests.company_fixtures"]
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as opened:
        migrate(opened)
        yield opened


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the database itself has them."""
    with closing(Database(url)) as database, database.reading() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        rows = {name: connection.execute(select(table)).all() for name, table in metadata.tables.items()}
    return {name: sorted(map(tuple, found), key=repr) for name, found in rows.items()}


def hire(database: Database, *staff_numbers: str) -> None:
    with database.transaction() as connection:
        connection.execute(insert(Person), [{"staff_no": each, "name": "陈晨"} for each in staff_numbers])


def hired(url: str) -> list[str]:
    with closing(Database(url)) as database, database.reading() as connection:
        return list(connection.execute(text("SELECT staff_no FROM person ORDER BY staff_no")).scalars())


def test_a_whole_company_comes_back_as_it_was(company: Company, tmp_path: Path) -> None:
    url, file = company.context.elsewhere().database_url, tmp_path / "company.backup"
    company.published()
    before = contents(url)
    assert len(before["audit"]) > 0
    assert len(before["entry"]) > 0
    back_up(company.context.database, file)
    hire(company.context.database, "N1")
    company.context.database.close()
    restore(url, file, replace=True)
    assert contents(url) == before
    with pytest.raises(Exception, match=r"append-only|never"), company.context.database.transaction() as connection:
        connection.execute(text("DELETE FROM audit"))
    with company.context.database.transaction() as connection:  # numbers go on where they were
        assert connection.execute(insert(Person).values(staff_no="N2", name="马超")).inserted_primary_key is not None


def test_a_backup_shows_one_moment_while_others_write(database: Database, database_url: str, tmp_path: Path) -> None:
    stop, hires = threading.Event(), 0

    def write() -> None:
        nonlocal hires
        with closing(Database(database_url)) as mine:
            while not stop.is_set():
                hire(mine, f"A{hires:05}", f"B{hires:05}")  # both or none
                hires += 1

    writer = threading.Thread(target=write)
    writer.start()
    while hires < 5:
        assert writer.is_alive()
    file, before = tmp_path / "b", hires
    back_up(database, file)
    after = hires
    stop.set()
    writer.join()
    database.close()
    restore(database_url, file, replace=True)
    found = hired(database_url)
    pairs = len(found) // 2
    assert found == [f"{letter}{n:05}" for letter in "AB" for n in range(pairs)]
    assert before <= pairs <= after + 1


def test_a_file_that_is_there_stays_unless_it_is_meant_and_nobody_else_may_read_it(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "b"
    file.write_text("precious", encoding="utf-8")
    with refused("error-backup-there"):
        back_up(database, file)
    assert file.read_text(encoding="utf-8") == "precious"
    usual = os.umask(0)
    try:
        back_up(database, file, force=True)
    finally:
        os.umask(usual)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".b")] == []


def test_only_an_unused_database_is_filled_unless_it_is_meant(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "empty")
    hire(database, "N1")
    back_up(database, tmp_path / "one")
    database.close()
    with refused("error-restore-used"):
        restore(database_url, tmp_path / "empty")
    assert hired(database_url) == ["N1"]
    restore(database_url, tmp_path / "empty", replace=True)
    assert hired(database_url) == []
    restore(database_url, tmp_path / "one")
    assert hired(database_url) == ["N1"]


def test_a_database_that_somebody_uses_is_left_alone(database: Database, database_url: str, tmp_path: Path) -> None:
    hire(database, "N1")
    back_up(database, tmp_path / "b")
    hire(database, "N2")
    with refused("error-restore-in-use"):
        restore(database_url, tmp_path / "b", replace=True)
    assert hired(database_url) == ["N1", "N2"]


def test_a_backup_of_a_newer_release_is_refused_and_so_is_a_newer_database(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "ours")
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(database, tmp_path / "newer")
    database.close()
    for name in ("ours", "newer"):
        with refused("error-database-newer") as refusal:
            restore(database_url, tmp_path / name, replace=True)
        assert "9999" in say("en", refusal.value.key, **refusal.value.values)


def test_what_is_no_sound_backup_changes_nothing(database: Database, database_url: str, tmp_path: Path) -> None:
    hire(database, *(f"N{n:04}" for n in range(2000)))
    back_up(database, tmp_path / "whole")
    hire(database, "Z")
    database.close()
    whole = (tmp_path / "whole").read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "most").write_bytes(whole[:-100])
    (tmp_path / "text").write_text("staff_no,name\n", encoding="utf-8")
    for name in ("half", "most", "text"):
        with refused("error-backup-(unreadable|failed)"):
            restore(database_url, tmp_path / name, replace=True)
        assert len(hired(database_url)) == 2001


@POSTGRESQL
def test_one_kind_of_database_is_not_filled_from_the_other(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "b")
    with refused("error-backup-other-kind"):
        restore(f"sqlite:///{tmp_path / 'other.sqlite3'}", tmp_path / "b")


@POSTGRESQL
def test_postgresqls_programs_that_are_missing_or_old_are_named(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with refused("error-backup-program") as refusal:
        back_up(database, tmp_path / "b")
    assert refusal.value.values == {"program": "pg_dump"}
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n", encoding="utf-8")
    old.chmod(0o755)
    with refused("error-backup-program-old") as refusal:
        back_up(database, tmp_path / "b")
    assert refusal.value.values["given"] == "9"
    assert not (tmp_path / "b").exists()


@SQLITE
def test_a_backup_of_sqlite_is_one_plain_file(database: Database, tmp_path: Path) -> None:
    hire(database, "N1")
    back_up(database, tmp_path / "b")
    with closing(sqlite3.connect(tmp_path / "b")) as copy:
        assert copy.execute("SELECT staff_no FROM person").fetchall() == [("N1",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith("b")) == ["b"]


@SQLITE
@pytest.mark.parametrize("force", [False, True])
def test_the_database_itself_and_what_is_no_plain_file_are_never_written_over(
    database: Database, database_url: str, tmp_path: Path, *, force: bool
) -> None:
    hire(database, "N1")
    own = Path(database.engine.url.database or "")
    link, pipe = tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(own)
    os.mkfifo(pipe)
    for place in (own, own.with_name(f"{own.name}-wal"), link, pipe, tmp_path):
        with refused("error-backup-place"):
            back_up(database, place, force=force)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert hired(database_url) == ["N1"]


@SQLITE
def test_a_database_is_not_filled_from_itself(database: Database, database_url: str, tmp_path: Path) -> None:
    hire(database, "N1")
    database.close()
    link = tmp_path / "link"
    link.symlink_to(database.engine.url.database or "")
    with refused("error-backup-place"):
        restore(database_url, link, replace=True)
    assert hired(database_url) == ["N1"]


@SQLITE
def test_a_backup_of_two_releases_at_once_is_none(database: Database, database_url: str, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    back_up(database, odd)
    with closing(sqlite3.connect(odd, isolation_level=None)) as kept:
        kept.execute("INSERT INTO alembic_version VALUES ('another')")
    database.close()
    with refused("error-backup-unreadable"):
        restore(database_url, odd, replace=True)
