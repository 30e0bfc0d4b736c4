"""Which version of a standard was adopted from which day: of those whose day has come the newest counts."""

from datetime import date, datetime

from sqlalchemy import Connection, select, update
from sqlmodel import col

from qualify.storage.database import new_id
from qualify.storage.rows import as_object, rows, store
from qualify.storage.tables import Adoption


def add(connection: Connection, adoption: Adoption) -> int:
    """Store an adoption; returns its id."""
    return new_id(store(connection, Adoption, adoption.model_dump(exclude={"id"})))


def of_standard(connection: Connection, standard: str) -> list[Adoption]:
    """Every adoption of a version of the standard, the oldest first."""
    return rows(connection, Adoption, col(Adoption.standard) == standard)


def version_on(connection: Connection, standard: str, day: date) -> int | None:
    """The version that was adopted for the day; None where none was."""
    found = select(col(Adoption.version)).where(col(Adoption.standard) == standard, col(Adoption.since) <= day)
    return connection.execute(found.order_by(col(Adoption.id).desc()).limit(1)).scalar()


def to_convert(connection: Connection, day: date) -> list[Adoption]:
    """Adoptions that convert running assessments, whose day has come, and which haven't done so yet; the first day
    first."""
    waiting = select(Adoption.__table__).where(  # type: ignore[attr-defined]
        col(Adoption.converts), col(Adoption.converted_at).is_(None), col(Adoption.since) <= day
    )
    found = connection.execute(waiting.order_by(col(Adoption.since), col(Adoption.id)))
    return [as_object(Adoption, row._mapping) for row in found]


def mark_converted(connection: Connection, adoption: Adoption, until: int, at: datetime | None) -> bool:
    """Store that running assessments up to this id went over, and when all had; False where another process has just
    gone on with it."""
    change = update(Adoption).where(
        col(Adoption.id) == adoption.id,
        col(Adoption.converted_until) == adoption.converted_until,
        col(Adoption.converted_at).is_(None),
    )
    return connection.execute(change.values(converted_until=until, converted_at=at)).rowcount == 1
