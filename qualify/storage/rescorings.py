"""Assessments that wait to be scored again because a list changed their facts."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from qualify.storage.database import insert_or
from qualify.storage.tables import Audit, Rescoring


class WaitingAssessment(NamedTuple):
    """An assessment that waits, whose list it was (a person's, or the `operator`'s of the command line), and how many
    tries met a fault of ours."""

    assessment_id: int
    person_id: int | None
    operator: str
    failed: int


def add(connection: Connection, assessment_ids: Iterable[int], audit_id: int, now: datetime) -> None:
    """Let these assessments wait, for what this line of the audit log tells of; one that waits already does so for the
    newer list."""
    values = {"audit_id": audit_id, "due_at": now, "failed": 0}
    added = insert_or(connection, Rescoring).on_conflict_do_update(index_elements=["assessment_id"], set_=values)
    connection.execute(added, [{"assessment_id": each, **values} for each in assessment_ids])


def waiting(connection: Connection, now: datetime, most: int) -> list[WaitingAssessment]:
    """Up to `most` of those whose turn has come, those that wait longest first."""
    found = (
        select(col(Rescoring.assessment_id), col(Audit.person_id), col(Audit.operator), col(Rescoring.failed))
        .join(Audit, col(Audit.id) == col(Rescoring.audit_id))
        .where(col(Rescoring.due_at) <= now)
        .order_by(col(Rescoring.due_at), col(Rescoring.assessment_id))
        .limit(most)
    )
    return [WaitingAssessment(*row) for row in connection.execute(found)]


def is_waiting(connection: Connection, assessment_id: int, failed: int) -> bool:
    """Whether the assessment waits, and fewer than so many tries met a fault."""
    theirs = col(Rescoring.assessment_id) == assessment_id, col(Rescoring.failed) < failed
    return connection.execute(select(col(Rescoring.assessment_id)).where(*theirs)).first() is not None


def settle(connection: Connection, assessment_id: int) -> bool:
    """The assessment waits no longer; False where it didn't."""
    gone = delete(Rescoring).where(col(Rescoring.assessment_id) == assessment_id)
    return connection.execute(gone).rowcount == 1


def fail(connection: Connection, assessment_id: int, due_at: datetime) -> None:
    """A try met a fault of ours; the next one is due then."""
    theirs = update(Rescoring).where(col(Rescoring.assessment_id) == assessment_id)
    connection.execute(theirs.values(failed=col(Rescoring.failed) + 1, due_at=due_at))
