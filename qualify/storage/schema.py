"""Bringing a database's schema up to date, or back, with the migrations that ship with the project."""

from collections.abc import Callable
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from qualify.errors import InvalidInput
from qualify.paths import MIGRATIONS
from qualify.storage.database import Database

ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('qualify.migrations'))")


def migrate(database: Database, revision: str = "head") -> None:
    """Upgrade the schema to `revision`, all or nothing; processes that start together take turns.

    Raises InvalidInput for a database that a newer release has migrated.
    """
    _run(database, command.upgrade, revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to `revision` ("base" = empty), all or nothing."""
    _run(database, command.downgrade, revision)


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None where there is none yet. Raises InvalidInput for a newer release's."""
    revision = MigrationContext.configure(connection).get_current_revision()
    refuse_newer(revision)
    return revision


def is_current(database: Database) -> bool:
    """Whether the schema is this release's; not so for an earlier one, or none. Raises InvalidInput for a newer one."""
    with database.reading() as connection:
        return revision_of(connection) == _scripts().get_current_head()


def refuse_newer(revision: str | None) -> None:
    """Raises InvalidInput for a revision that only a newer release knows."""
    scripts = _scripts()
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise InvalidInput("error-database-newer", revision=revision, head=str(scripts.get_current_head()))


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def tables(connection: Connection) -> set[str]:
    """The names of all tables, of whatever release or program, but for the one that holds the schema's revision."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def is_unused(connection: Connection) -> bool:
    """Whether there are no tables yet, or only this project's, of whatever release, and nobody is in them."""
    there = tables(connection)
    if not there >= {"person", "account"}:
        return not there
    of_somebody = there & {"person", "account", "audit"}
    return not any(connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in of_somebody)


def _run(database: Database, action: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.transaction() as connection:
        if not database.is_embedded:
            connection.execute(ONE_AT_A_TIME)
        if revision_of(connection) == _scripts().as_revision_number(revision):  # which refuses a newer one
            return
        config.attributes["connection"] = connection
        action(config, revision)
