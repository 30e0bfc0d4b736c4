"""A small company for a test: on a database of each kind, or on SQLite only. Modules ask for it by `pytest_plugins`."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import SQLModel

from qualify.storage import Database
from tests.company import Company
from tests.conftest import run_alone


@pytest.fixture(scope="session")
def company_postgres_url(postgres_url: str) -> Iterator[str]:
    """A PostgreSQL database that keeps its tables from test to test; making them anew takes longer than most tests."""
    server = make_url(postgres_url)
    own = server.set(database=f"company_{uuid.uuid4().hex}")
    run_alone(server, f'CREATE DATABASE "{own.database}"')
    yield own.render_as_string(hide_password=False)
    run_alone(server, f'DROP DATABASE "{own.database}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def company(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Company]:
    """Five people who have joined, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield from _company(f"sqlite:///{tmp_path / 'company.sqlite3'}", tmp_path)
    else:
        yield from _company(request.getfixturevalue("company_postgres_url"), tmp_path)


@pytest.fixture
def small_company(tmp_path: Path) -> Iterator[Company]:
    """The same on SQLite only, for what can't differ between databases."""
    yield from _company(f"sqlite:///{tmp_path / 'company.sqlite3'}", tmp_path)


def _company(url: str, folder: Path) -> Iterator[Company]:
    company = Company(url, folder)
    yield company
    _clear(company.context.database)
    company.close()


def _clear(database: Database) -> None:
    if not database.is_embedded:
        names = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
        with database.transaction() as connection:
            connection.exec_driver_sql(f"TRUNCATE {names}")
