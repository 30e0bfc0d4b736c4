"""Opening assessments, looking at them, and taking in examination scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from qualify.errors import InvalidInput, NotFound, QualifyError
from qualify.scoring import all_subjects, check_score, number, read_date
from qualify.services.context import Context
from qualify.services.tabular import Column, Fault, InvalidTable, Row, read_table
from qualify.standard import Standard, structure_hash
from qualify.storage import assessments, notices, people, reviews
from qualify.storage.assessments import Listed
from qualify.storage.tables import Assessment, ExamScore, NoticeKind, Person, Review

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

    Raises NotFound or InvalidInput for an unknown standard, level or person, and for an assessor who is the subject.
    """
    standard = context.standards.get(opening.standard)
    _check_level(standard, opening.level)
    if not opening.assessors:
        raise InvalidInput("error-assessors-missing")
    with context.database.transaction() as connection:
        subject = _person(connection, opening.subject)
        assessors = [(_person(connection, staff_no), weight) for staff_no, weight in opening.assessors]
        _check_assessors(subject, assessors)
        assessment_id = assessments.add(connection, _assessment(context, standard, opening, subject.id or 0))
        for assessor, weight in assessors:
            review_id = assessments.add_review(connection, assessment_id, assessor.id or 0, weight)
            notices.owe(connection, assessor.id or 0, NoticeKind.REVIEW, review_id, context.now())
    return assessment_id


def _assessment(context: Context, standard: Standard, opening: Opening, subject_id: int) -> Assessment:
    return Assessment(
        standard=standard.id,
        version=standard.version,
        structure=structure_hash(standard),
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


def _check_assessors(subject: Person, assessors: Sequence[tuple[Person, Decimal]]) -> None:
    if any(assessor.id == subject.id for assessor, _ in assessors):
        raise InvalidInput("error-own-assessor", name=subject.name)
    if len({assessor.id for assessor, _ in assessors}) < len(assessors):
        raise InvalidInput("error-assessor-twice")
    if any(weight <= 0 for _, weight in assessors):
        raise InvalidInput("error-weight")


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
    rows = read_table(file, SCORE_COLUMNS, {"score": lambda text: number(text, "score"), "taken_on": read_date})
    faults: list[Fault] = []
    with context.database.transaction() as connection:
        scores = [_exam_score(context, connection, row, faults) for row in rows]
        if faults:
            raise InvalidTable(file.name, faults)
        assessments.save_exam_scores(connection, [score for score in scores if score is not None])
    return len(rows)


def _exam_score(context: Context, connection: Connection, row: Row, faults: list[Fault]) -> ExamScore | None:
    values, column = row.values, "standard"
    try:
        standard = context.standards.get(values["standard"])
        column = "subject"
        subjects = {subject.id: subject for subject in all_subjects(standard)}
        if values["subject"] not in subjects:
            raise InvalidInput("error-answers-subject", id=values["subject"], subjects=", ".join(subjects))
        column = "score"
        check_score(subjects[values["subject"]], values["score"])
        column = "staff_no"
        person = _person(connection, values["staff_no"])
    except QualifyError as error:
        faults.append(Fault(row.number, column, error))
        return None
    return ExamScore(person_id=person.id or 0, **{key: values[key] for key in values if key != "staff_no"})
