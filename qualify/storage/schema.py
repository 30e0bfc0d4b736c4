"""Bringing a database's schema up to date, or back, with the migrations that ship with the project."""

from alembic import command
from alembic.config import Config

from qualify.paths import MIGRATIONS
from qualify.storage.database import Database


def migrate(database: Database, revision: str = "head") -> None:
    """Upgrade the schema to `revision`; everything or nothing, where the database can."""
    _run(database, command.upgrade, revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to `revision` ("base" = empty)."""
    _run(database, command.downgrade, revision)


def _run(database: Database, action: object, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.transaction() as connection:
        config.attributes["connection"] = connection
        action(config, revision)  # type: ignore[operator]
