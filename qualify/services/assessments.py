"""Opening assessments, looking at them, and taking in examination scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from qualify.errors import InvalidInput, NotFound
from qualify.scoring import all_subjects, check_score, number
from qualify.services.context import Context, fingerprint
from qualify.services.tabular import Column, Row, Table, read_day, read_table
from qualify.standard import Standard, Subject
from qualify.storage import assessments, notices, people, reviews
from qualify.storage.assessments import Listed
from qualify.storage.tables import Assessment, ExamScore, NoticeKind, Person, Review, Role

SCORE_COLUMNS = (
    Column("staff_no", "工号", required=True),
    Column("standard", "标准", required=True),
    Column("subject", "科目", required=True),
    Column("score", "成绩", required=True),
    Column("taken_on", "考试日期", required=True),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What an assessment is opened with; assessors by staff number with their weight in the mean."""

    standard: str
    level: str
    subject: str
    assessors: tuple[tuple[str, Decimal], ...]
    due: date
    application_date: date | None = None


def open_assessment(context: Context, opening: Opening) -> int:
    """Open an assessment on the latest version of the standard; its id. Each assessor is owed a message.

    Raises NotFound or InvalidInput for an unknown standard, level or person, no assessors, a weight that isn't
    above 0, and an assessor who is named twice, is the subject, or hasn't the role.
    """
    standard = context.standards.get(opening.standard)
    _check_level(standard, opening.level)
    if not opening.assessors:
        raise InvalidInput("error-assessors-missing")
    with context.database.transaction() as connection:
        subject = _person(connection, opening.subject)
        assessors = [(_person(connection, staff_no), weight) for staff_no, weight in opening.assessors]
        _check_assessors(connection, subject, assessors)
        assessment_id = assessments.add(connection, _assessment(context, standard, opening, subject.id))
        for assessor, weight in assessors:
            review_id = assessments.add_review(connection, assessment_id, assessor.id, weight)
            notices.owe(connection, assessor.id, NoticeKind.REVIEW, review_id, context.now())
    return assessment_id


def _assessment(context: Context, standard: Standard, opening: Opening, subject_id: int) -> Assessment:
    return Assessment(
        standard=standard.id,
        version=standard.version,
        structure=fingerprint(standard),
        level=opening.level,
        subject_id=subject_id,
        application_date=opening.application_date or context.today(),
        due_date=opening.due,
        opened_at=context.now(),
    )


def _check_level(standard: Standard, level: str) -> None:
    known = [each.id for each in standard.levels]
    if level not in known:
        raise InvalidInput("error-level-unknown", given=level, levels=", ".join(known))


def _check_assessors(connection: Connection, subject: Person, assessors: Sequence[tuple[Person, Decimal]]) -> None:
    if any(assessor.id == subject.id for assessor, _ in assessors):
        raise InvalidInput("error-own-assessor", name=subject.name)
    if len({assessor.id for assessor, _ in assessors}) < len(assessors):
        raise InvalidInput("error-assessor-twice")
    if any(not weight.is_finite() or weight <= 0 for _, weight in assessors):
        raise InvalidInput("error-weight")
    for assessor, _ in assessors:
        if Role.ASSESSOR not in people.roles_of(connection, assessor.id):
            raise InvalidInput("error-not-assessor", name=assessor.name)


def _person(connection: Connection, staff_no: str) -> Person:
    person = people.by_staff_no(connection, staff_no)
    if person is None or not person.active:
        raise NotFound("error-person-unknown", staff_no=staff_no)
    return person


def listed(context: Context) -> list[Listed]:
    """All assessments by due date."""
    with context.database.reading() as connection:
        return assessments.listed(connection)


def show(context: Context, assessment_id: int) -> tuple[Assessment, Person, list[tuple[Review, str]]]:
    """One assessment with its subject and its reviews. Raises NotFound."""
    with context.database.reading() as connection:
        assessment = assessments.get(connection, assessment_id)
        if assessment is None:
            raise NotFound("error-assessment-unknown", id=str(assessment_id))
        subject = people.by_id(connection, assessment.subject_id)
        return assessment, subject, reviews.of_assessment(connection, assessment_id)


def import_scores(context: Context, file: Path) -> int:
    """Take in exam scores from a CSV or XLSX file; how many. All rows, or with every fault named, none."""
    readers = {"score": lambda text: number(text, "score"), "taken_on": read_day}
    table = read_table(file, SCORE_COLUMNS, readers, unique=("staff_no", "standard", "subject", "taken_on"))
    with context.database.transaction() as connection:
        for row in table.rows:
            _check_score(context, connection, table, row)
        table.refuse_faults()
        assessments.save_exam_scores(connection, [_exam_score(connection, row.values) for row in table.rows])
    return len(table.rows)


def _check_score(context: Context, connection: Connection, table: Table, row: Row) -> None:
    values = row.values
    subjects: dict[str, Subject] = {}
    with table.naming(row, "staff_no"):
        _person(connection, values["staff_no"])
    with table.naming(row, "standard"):
        subjects = {subject.id: subject for subject in all_subjects(context.standards.get(values["standard"]))}
    if subjects:
        with table.naming(row, "subject"):
            if values["subject"] not in subjects:
                raise InvalidInput("error-answers-subject", id=values["subject"], subjects=", ".join(subjects))
    if values["subject"] in subjects:
        with table.naming(row, "score"):
            check_score(subjects[values["subject"]], values["score"])


def _exam_score(connection: Connection, values: dict[str, Any]) -> ExamScore:
    person = _person(connection, values.pop("staff_no"))
    return ExamScore(person_id=person.id, **values)
