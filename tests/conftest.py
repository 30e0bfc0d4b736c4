"""What every test may ask for: a fresh database of each kind, a real browser, and steady Hypothesis settings.

What a machine lacks is skipped by name and reason; in CI (`CI` set) nothing is skipped, a missing server is a failure.
"""

import gc
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.collector import spare_what_is_loaded

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCAL_POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/test"

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile("ci" if IN_CI else "local")


def pytest_configure() -> None:
    """For tests only: what else imports this runs as the program does."""
    gc.disable()  # until everything is collected: importing it all makes little garbage
    event.listen(Engine, "engine_connect", _compile_once)


def pytest_collection_finish() -> None:
    """The collector is back, and spares what was loaded."""
    spare_what_is_loaded()
    gc.enable()


class Compiled(dict[Any, Any]):
    """Compiled statements by their dialect's name. Every test has an engine of its own, and would compile them anew."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, statement: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), statement)


COMPILED = Compiled()


def _compile_once(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)


def missing(reason: str, *, required: bool = IN_CI) -> None:
    """Skips the test with its reason, or fails it where the thing is `required` to be there."""
    if required:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def run_alone(url: URL, *statements: str) -> None:
    """Runs `statements` outside any transaction; gives up on a lock after ten seconds instead of hanging."""
    waits = {"connect_timeout": 3, "options": "-c lock_timeout=10s"}
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=waits)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of this run's own on TEST_DATABASE_URL's server, or on this machine's; dropped at the end."""
    configured = os.environ.get("TEST_DATABASE_URL")
    server = make_url(configured or LOCAL_POSTGRES)
    own = server.set(database=f"qualify_{uuid.uuid4().hex}")
    try:
        run_alone(server, f'CREATE DATABASE "{own.database}"')
    except OperationalError as problem:
        why = str(problem.orig).splitlines()[0]
        missing(f"no PostgreSQL at {server!r}: {why}", required=IN_CI or configured is not None)
    yield own.render_as_string(hide_password=False)
    run_alone(server, f'DROP DATABASE "{own.database}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'qualify.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    run_alone(make_url(url), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that is installed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing(f"no browser: none of {', '.join(BROWSERS)} is installed")
    return str(found)
