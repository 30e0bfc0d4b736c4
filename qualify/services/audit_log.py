"""The audit log as administrators read it: page by page, with the name of the person whom each line is about."""

from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.services.authorization import Actor, Viewer, authorize
from qualify.services.context import Context, reads
from qualify.storage import audit, directory, people
from qualify.storage.directory import AssessedPerson
from qualify.storage.tables import Audit
from qualify.visibility import sees_decision


class AuditLine(NamedTuple):
    """One thing that was done: by whom ("" = the command line), and the name of the person it is about, if anybody."""

    audit: Audit
    who: str
    about: str


class AuditPage(NamedTuple):
    """Some lines, the newest first, and whether there are older ones."""

    lines: list[AuditLine]
    older: bool


@reads
def page(context: Context, actor: Actor, before_id: int | None = None, *, most: int) -> AuditPage:
    """The newest lines, or those older than the line `before_id`. Raises Forbidden.

    What was decided about the actor's own assessments is listed without its details: a reason for a return is for the
    assessors, and a grade is seen when the result is published.
    """
    with context.database.reading() as connection:
        viewer = authorize(connection, actor, Permission.SEE_AUDIT)
        found = audit.newest(connection, most + 1, before_id)
        about = _subjects(connection, [line for line, _ in found])
    lines = [_line(line, who, about.get((line.record, line.record_id)), viewer) for line, who in found[:most]]
    return AuditPage(lines, len(found) > most)


def discreet(connection: Connection, lines: list[Audit], reader: Viewer) -> list[Audit]:
    """The lines as this reader may see them: what was decided about their own assessments comes without its details."""
    about = _subjects(connection, lines)
    return [_discreet(line, about.get((line.record, line.record_id)), reader) for line in lines]


def _line(line: Audit, who: str, about: AssessedPerson | None, reader: Viewer) -> AuditLine:
    return AuditLine(_discreet(line, about, reader), who, about.name if about else "")


def _discreet(line: Audit, about: AssessedPerson | None, reader: Viewer) -> Audit:
    if line.record != "assessment" or about is None or sees_decision(reader.roles, reader.relation(about.id)):
        return line
    return line.model_copy(update={"before": "{}", "after": "{}"})


def _subjects(connection: Connection, lines: list[Audit]) -> dict[tuple[str, int | None], AssessedPerson]:
    """Whom the lines are about, by record: the person changed, or the subject of the assessment changed."""

    def ids(record: str) -> list[int]:
        return [line.record_id for line in lines if line.record == record and line.record_id is not None]

    found: dict[tuple[str, int | None], AssessedPerson] = {}
    for person_id, person in people.by_ids(connection, ids("person")).items():
        found["person", person_id] = AssessedPerson(person_id, person.name)
    for assessment_id, subject in directory.subjects(connection, ids("assessment")).items():
        found["assessment", assessment_id] = subject
    return found
