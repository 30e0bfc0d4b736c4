"""The company's database as the commands open it: there, up to date, and closed again."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from getpass import getuser
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from qualify.cli.files import standards
from qualify.cli.terminal import Terminal
from qualify.errors import InvalidInput, NotFound
from qualify.services import Context, utc_now
from qualify.services.authorization import Actor, person_as_actor
from qualify.settings import Settings, load_settings
from qualify.storage import Database, schema
from qualify.storage.database import shown


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
def open_tables() -> Iterator[Database]:
    """The database of DATABASE_URL, which has this release's tables or an earlier one's. Raises InvalidInput for any
    other."""
    url = load_settings(Settings).database_url
    if _is_missing(url):
        raise _unmigrated(url)
    with open_database() as database:
        with database.reading() as connection:
            revision = schema.revision_of(connection)
        if revision is None:
            raise _unmigrated(url)
        yield database


@contextmanager
def open_company(term: Terminal) -> Iterator[tuple[Context, Actor]]:
    """The services' context, and who acts.

    Raises InvalidInput also for a database that belongs to another release, NotFound where `--as` names nobody.
    """
    settings = load_settings(Settings)
    catalogue = standards()
    with open_tables() as database:
        if not schema.is_current(database):
            raise _unmigrated(settings.database_url)
        company = Context(
            database,
            catalogue,
            settings.timezone,
            utc_now,
            settings.rules,
            is_working_day=settings.is_working_day,
            sign_rules=settings.sign_rules,
        )
        company.library.refresh(database)
        yield company, _actor(company, term.staff_no)


@contextmanager
def company_if_there(term: Terminal) -> Iterator[tuple[Context, Actor] | None]:
    """The same, or None where the address has no database: for what is of use without one. Raises the same for one that
    is there."""
    if _is_missing(load_settings(Settings).database_url):
        yield None
        return
    with open_company(term) as company:
        yield company


def _unmigrated(url: str) -> InvalidInput:
    return InvalidInput("error-database-unmigrated", given=_shown(url))


def _actor(company: Context, staff_no: str | None) -> Actor:
    """The person whom `--as` names, or else the account of the system, which may do what an administrator may."""
    operator = Actor(None, getuser())
    if staff_no is None:
        return operator
    person = person_as_actor(company, staff_no, operator.operator)
    if person is None:
        raise NotFound("error-as-unknown", given=staff_no)
    return person


def _is_missing(url: str) -> bool:
    """Whether the file of an SQLite address isn't there: opening it would leave an empty one wherever the name was
    mistyped."""
    with suppress(ArgumentError, ValueError):  # the latter for a port that is no number
        address = make_url(url)
        return address.get_backend_name() == "sqlite" and not Path(address.database or "").exists()
    return False


def _shown(url: str) -> str:
    """The address without its password; an SQLite file with its whole path, because a relative one depends on the
    place."""
    address = make_url(url)
    return str(Path(address.database or "").absolute()) if address.get_backend_name() == "sqlite" else shown(url)
