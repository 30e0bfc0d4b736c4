"""Results for the people who may see them: figures, explanation, chart."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from qualify import charts
from qualify.errors import NotFound
from qualify.scoring import Explanation, Result, explain
from qualify.services.charting import chart_of
from qualify.services.context import Context
from qualify.standard import Standard
from qualify.storage import assessments, people, reviews
from qualify.storage.assessments import PastResult
from qualify.storage.tables import Role, StoredResult


@dataclass(frozen=True, slots=True)
class Shown:
    """A frozen result with the standard it was made by and the name of the person it is about."""

    id: int
    subject: str
    assessors: int
    standard: Standard
    result: Result
    stored: StoredResult
    made_on: date

    def explained(self, language: str) -> Explanation:
        """Every number in words."""
        return explain(self.standard, self.result, language)

    def chart(self, language: str, theme: str) -> bytes:
        """The chart as PNG; call it in the drawing thread."""
        return charts.draw(chart_of(self, language), theme="dark" if theme == "dark" else "light", language=language)


def latest(context: Context, person_id: int) -> Shown:
    """The person's newest result. Raises NotFound when there is none yet."""
    with context.database.reading() as connection:
        stored = assessments.latest_result(connection, person_id)
        if stored is None:
            raise NotFound("error-no-result")
        return _shown(context, connection, stored)


def history(context: Context, person_id: int) -> list[PastResult]:
    """The person's results, newest first, their moments in the company's time zone."""
    with context.database.reading() as connection:
        past = assessments.history(connection, person_id)
    return [each._replace(at=each.at.astimezone(context.timezone)) for each in past]


def seen_by(context: Context, person_id: int, result_id: int) -> Shown:
    """The result, for its subject, its assessors and administrators; NotFound for everybody else, and for
    anybody who was deactivated."""
    with context.database.reading() as connection:
        stored = assessments.result(connection, result_id)
        if stored is None or not _may_see(connection, person_id, stored):
            raise NotFound("error-result-unknown")
        return _shown(context, connection, stored)


def _may_see(connection: Connection, person_id: int, stored: StoredResult) -> bool:
    if not people.by_id(connection, person_id).active:
        return False
    concerned = {review.assessor_id for review, _ in reviews.of_assessment(connection, stored.assessment_id)}
    return person_id in concerned | {stored.subject_id} or Role.ADMIN in people.roles_of(connection, person_id)


def of_assessment(context: Context, assessment_id: int) -> Shown:
    """The newest result of an assessment. Raises NotFound when it isn't complete, or isn't there."""
    with context.database.reading() as connection:
        stored = assessments.result_of(connection, assessment_id)
        if stored is None:
            exists = assessments.get(connection, assessment_id) is not None
            key = "error-assessment-without-result" if exists else "error-assessment-unknown"
            raise NotFound(key, id=str(assessment_id))
        return _shown(context, connection, stored)


def show(context: Context, result_id: int) -> Shown:
    """The result, whoever asks: for the command line and for notices already addressed."""
    with context.database.reading() as connection:
        stored = assessments.result(connection, result_id)
        if stored is None:
            raise NotFound("error-result-unknown")
        return _shown(context, connection, stored)


def _shown(context: Context, connection: Connection, stored: StoredResult) -> Shown:
    figures = Result.model_validate_json(stored.figures)
    return Shown(
        id=stored.id,
        subject=people.by_id(connection, stored.subject_id).name,
        assessors=len(figures.elements[0].reviews),
        standard=context.standard(stored.standard, stored.version, stored.structure),
        result=figures,
        stored=stored,
        made_on=stored.at.astimezone(context.timezone).date(),
    )
