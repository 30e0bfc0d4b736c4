"""The company's database as the commands open it: there, up to date, and closed again."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from getpass import getuser
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from qualify.cli.files import standards
from qualify.errors import InvalidInput
from qualify.paths import MIGRATIONS
from qualify.services import Context
from qualify.services.actors import Actor
from qualify.settings import Settings, load_settings
from qualify.storage import Database


@contextmanager
def open_database() -> Iterator[Database]:
    """The database of DATABASE_URL. Raises InvalidInput when it can't be opened, or fails on the way."""
    url = load_settings(Settings).database_url
    with closing(Database(url)) as database:
        try:
            yield database
        except OperationalError as error:
            reason = (str(error.orig).splitlines() or [""])[0]
            raise InvalidInput("error-database-unreachable", given=_shown(url), reason=reason) from error


@contextmanager
def open_company() -> Iterator[Context]:
    """The services' context. Raises InvalidInput also for a database that was not migrated to this release."""
    settings = load_settings(Settings)
    catalogue = standards()
    if _is_missing(settings.database_url):
        raise InvalidInput("error-database-unmigrated", given=_shown(settings.database_url))
    with open_database() as database:
        if not _is_current(database):
            raise InvalidInput("error-database-unmigrated", given=_shown(settings.database_url))
        yield Context(database, catalogue, settings.timezone, rules=settings.rules)


def operator() -> Actor:
    """Who runs the command line: an account of the system, which may do what an administrator may."""
    return Actor(None, getuser())


def _is_missing(url: str) -> bool:
    """An SQLite file that isn't there; opening it would leave an empty one behind wherever the name was mistyped."""
    with suppress(ArgumentError, ValueError):  # the latter for a port that is no number
        address = make_url(url)
        return address.get_backend_name() == "sqlite" and not Path(address.database or "").exists()
    return False


def _is_current(database: Database) -> bool:
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()
    with database.reading() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def _shown(url: str) -> str:
    """The address without its password; an SQLite file with its whole path, for a relative one depends on the place."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return str(Path(address.database or "").absolute())
    return address.render_as_string(hide_password=True)
