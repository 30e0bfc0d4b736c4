"""What was settled about an assessment's facts, append-only: the newest of one kind and subject counts."""

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlmodel import col

from qualify.storage.rows import grouped, store
from qualify.storage.tables import Settlement


def add(connection: Connection, settlement: Settlement) -> None:
    """Store what was settled."""
    store(connection, Settlement, settlement.model_dump(exclude={"id"}))


def of_assessments(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, list[Settlement]]:
    """What was settled in each of the assessments, the oldest first."""
    return grouped(connection, Settlement, col(Settlement.assessment_id), assessment_ids)
