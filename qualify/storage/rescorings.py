"""Assessments that wait to be scored again because a list changed their facts."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from qualify.storage.database import insert_or
from qualify.storage.tables import Audit, Rescoring

MOST_TRIES = 5


class WaitingAssessment(NamedTuple):
    """An assessment that waits, and whose list it was: a person's, or the `operator`'s of the command line."""

    assessment_id: int
    person_id: int | None
    operator: str


def add(connection: Connection, assessment_ids: Iterable[int], audit_id: int) -> None:
    """Let these assessments wait, for what this line of the audit log tells of; one that waits already does so for the
    newer list."""
    values = {"audit_id": audit_id, "failed": 0}
    added = insert_or(connection, Rescoring).on_conflict_do_update(index_elements=["assessment_id"], set_=values)
    connection.execute(added, [{"assessment_id": each, **values} for each in assessment_ids])


def waiting(connection: Connection, most: int) -> list[WaitingAssessment]:
    """Up to `most` of those that wait, by id: first those that nothing went wrong with, never those that it went wrong
    with again and again."""
    found = (
        select(col(Rescoring.assessment_id), col(Audit.person_id), col(Audit.operator))
        .join(Audit, col(Audit.id) == col(Rescoring.audit_id))
        .where(col(Rescoring.failed) < MOST_TRIES)
        .order_by(col(Rescoring.failed), col(Rescoring.assessment_id))
        .limit(most)
    )
    return [WaitingAssessment(*row) for row in connection.execute(found)]


def settle(connection: Connection, assessment_id: int) -> bool:
    """The assessment waits no longer; False where it didn't."""
    gone = delete(Rescoring).where(col(Rescoring.assessment_id) == assessment_id)
    return connection.execute(gone).rowcount == 1


def fail(connection: Connection, assessment_id: int) -> None:
    """A try met a fault of ours: those behind it come first."""
    theirs = update(Rescoring).where(col(Rescoring.assessment_id) == assessment_id)
    connection.execute(theirs.values(failed=col(Rescoring.failed) + 1))
