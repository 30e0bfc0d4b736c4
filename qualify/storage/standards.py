"""Versions of standards that came as workbooks: drafts, and what was released."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from qualify.storage.database import new_id
from qualify.storage.rows import rows, store
from qualify.storage.tables import StandardState, StandardVersion

Key = tuple[str, int]


def find(connection: Connection, standard: str, version: int, *, lock: bool = False) -> StandardVersion | None:
    """The version, if it lies here; `lock` keeps other writers out of it until the transaction ends."""
    wanted = (col(StandardVersion.standard) == standard, col(StandardVersion.version) == version)
    return next(iter(rows(connection, StandardVersion, *wanted, lock=lock)), None)


def all_of(connection: Connection) -> list[StandardVersion]:
    """Every version, the oldest first."""
    return rows(connection, StandardVersion)


def add(connection: Connection, **values: Any) -> int:
    """Store a new one; returns its id."""
    return new_id(store(connection, StandardVersion, values))


def change(connection: Connection, version_id: int, **values: Any) -> None:
    """Store what changed about one that isn't released."""
    is_open = col(StandardVersion.state) != StandardState.RELEASED
    connection.execute(update(StandardVersion).where(col(StandardVersion.id) == version_id, is_open).values(**values))


def remove(connection: Connection, version_id: int) -> None:
    """Delete one that isn't released."""
    is_open = col(StandardVersion.state) != StandardState.RELEASED
    connection.execute(delete(StandardVersion).where(col(StandardVersion.id) == version_id, is_open))


def released(connection: Connection) -> list[Key]:
    """Which versions are released."""
    columns = (col(StandardVersion.standard), col(StandardVersion.version))
    found = connection.execute(select(*columns).where(col(StandardVersion.state) == StandardState.RELEASED))
    return [(row.standard, row.version) for row in found]


def contents(connection: Connection, keys: Collection[Key]) -> list[str]:
    """The documents of these versions."""
    wanted = {standard for standard, _ in keys}
    found = rows(connection, StandardVersion, col(StandardVersion.standard).in_(wanted))
    return [each.content for each in found if (each.standard, each.version) in keys]
