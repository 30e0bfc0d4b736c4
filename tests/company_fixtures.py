"""A small company for a test: on a database of each kind, or on SQLite only. Modules ask for it by `pytest_plugins`."""

import uuid
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url
from sqlmodel import SQLModel

from qualify.storage.tables import Audit
from tests.company import Company
from tests.conftest import run_alone

FILE = "company.sqlite3"


@pytest.fixture(scope="session")
def company_postgres_url(postgres_url: str) -> Iterator[str]:
    """A PostgreSQL database with the company, and beside its tables the rows they begin with (schema `founded`)."""
    server = make_url(postgres_url)
    own = server.set(database=f"company_{uuid.uuid4().hex}")
    url = own.render_as_string(hide_password=False)
    run_alone(server, f'CREATE DATABASE "{own.database}"')
    with (
        TemporaryDirectory() as folder,
        closing(Company(url, Path(folder))) as company,
        company.context.database.transaction() as connection,
    ):
        connection.exec_driver_sql("CREATE SCHEMA founded")
        for table in SQLModel.metadata.sorted_tables:
            connection.exec_driver_sql(f"CREATE TABLE founded.{table.name} AS TABLE {table.name}")
    yield url
    run_alone(server, f'DROP DATABASE "{own.database}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def company(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Company]:
    """Five people who have joined, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield from _on_sqlite(tmp_path)
    else:
        yield from _on_postgresql(request.getfixturevalue("company_postgres_url"), tmp_path)


@pytest.fixture
def small_company(tmp_path: Path) -> Iterator[Company]:
    """The same on SQLite only, for what can't differ between databases."""
    yield from _on_sqlite(tmp_path)


def _on_sqlite(folder: Path) -> Iterator[Company]:
    (folder / FILE).write_bytes(_founded())
    with closing(Company(f"sqlite:///{folder / FILE}", folder, founded=True)) as company:
        yield company


@cache
def _founded() -> bytes:
    """The company's file; making it anew takes longer than most tests."""
    with TemporaryDirectory() as folder:
        Company(f"sqlite:///{folder}/{FILE}", Path(folder)).close()
        return (Path(folder) / FILE).read_bytes()


def _on_postgresql(url: str, folder: Path) -> Iterator[Company]:
    with closing(Company(url, folder, founded=True)) as company:
        with company.context.database.transaction() as connection:
            connection.exec_driver_sql(_anew())
        yield company


@cache
def _anew() -> str:
    """Every table as it was when the company was founded, and numbers go on from there: in one statement, because
    making or emptying the tables takes longer than most tests."""
    tables = SQLModel.metadata.sorted_tables
    log = Audit.__tablename__
    steps = [f"ALTER TABLE {log} DISABLE TRIGGER USER"]  # nothing can be deleted from it, and to empty it takes long
    steps += [f"DELETE FROM {table.name}" for table in reversed(tables)]
    steps.append(f"ALTER TABLE {log} ENABLE TRIGGER USER")
    for table in tables:
        columns = ", ".join(column.name for column in table.columns)
        steps.append(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM founded.{table.name}")
        if "id" in table.columns:
            steps.append(f"PERFORM setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}")
    return f"DO $$ BEGIN {'; '.join(steps)}; END $$"
