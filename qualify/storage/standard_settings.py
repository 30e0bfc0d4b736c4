"""An organisation's settings beside released standards, append-only."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import col

from qualify.storage.names import called
from qualify.storage.rows import as_object, rows, store
from qualify.storage.tables import Person, StoredSettings


def add(connection: Connection, settings: StoredSettings) -> None:
    """Store settings. A number or a structure that is there already raises IntegrityError."""
    store(connection, StoredSettings, settings.model_dump(exclude={"id"}))


def next_number(connection: Connection, standard: str, version: int) -> int:
    """The number of the next settings of this version."""
    highest = select(func.max(col(StoredSettings.number)))
    return 1 + (connection.execute(highest.where(*_of(standard, version))).scalar_one() or 0)


def by_structure(connection: Connection, structure: str) -> StoredSettings | None:
    """The settings with which a standard has this structure; None when there are none."""
    found = rows(connection, StoredSettings, col(StoredSettings.structure) == structure)
    return found[0] if found else None


def in_force(connection: Connection, standard: str, version: int, on: date) -> StoredSettings | None:
    """The settings of this version that hold on a day: those that began last, the newest of one day. None before the
    first."""
    begun = select(StoredSettings.__table__).where(  # type: ignore[attr-defined]
        *_of(standard, version), col(StoredSettings.valid_from) <= on
    )
    last = begun.order_by(col(StoredSettings.valid_from).desc(), col(StoredSettings.number).desc()).limit(1)
    row = connection.execute(last).first()
    return None if row is None else as_object(StoredSettings, row._mapping)


def of_standards(connection: Connection, standards: Collection[str]) -> list[tuple[StoredSettings, str]]:
    """All settings of these standards, the oldest first, each with the name of who set them ("" = nobody in the
    company: the command line)."""
    statement = (
        select(*StoredSettings.__table__.c, called().label("name"))  # type: ignore[attr-defined]
        .outerjoin(Person, col(Person.id) == col(StoredSettings.person_id))
        .where(col(StoredSettings.standard).in_(standards))
        .order_by(col(StoredSettings.id))
    )
    found = []
    for row in connection.execute(statement):
        values = dict(row._mapping)
        name = values.pop("name")
        found.append((as_object(StoredSettings, values), name or ""))
    return found


def _of(standard: str, version: int) -> tuple[Any, ...]:
    return col(StoredSettings.standard) == standard, col(StoredSettings.version) == version
