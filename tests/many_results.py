"""Published results of many people, stored at once: what took weeks in the chat takes no time here."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

from qualify.scoring import Mark, Result
from qualify.services import Context
from qualify.services.context import fingerprint
from qualify.standard import Standard
from qualify.storage import assessments, people, results
from qualify.storage.tables import Assessment, StoredResult
from qualify.workflow import AssessmentState
from tests.builders import all_marked, reviewed, scored
from tests.company import SCALE

NUMBERS = count(1)


def results_of(standard: Standard, level: str, met: int, of: int, *, assessors: int = 1) -> list[Result]:
    """Results of so many people, as many of whom meet everything; the others meet nothing."""
    made = {
        mark: scored(
            standard,
            level,
            *(reviewed("1", str(place), marks=all_marked(standard, level, mark)) for place in range(assessors)),
        )
        for mark in (Mark.MET, Mark.NOT_MET)
    }
    return [made[Mark.MET]] * met + [made[Mark.NOT_MET]] * (of - met)


def publish_many(
    context: Context, made: Sequence[Result], applied: date | None = None, department: str = ""
) -> list[tuple[int, str]]:
    """Store the results as published, each of another person; returns each one's id and the person's staff number."""
    now, stored = context.now(), []
    with context.database.transaction() as connection:
        for result in made:
            standard = context.standards.get(result.standard, result.version)
            person = {"staff_no": f"M{next(NUMBERS)}", "name": "众人之一", "department": department}
            by = {
                "standard": standard.id,
                "version": standard.version,
                "structure": fingerprint(standard),
                "level": result.level,
                "subject_id": people.save_person(connection, person),
            }
            assessment = Assessment(
                **by,
                application_date=applied or context.today(),
                due_date=context.today(),
                state=AssessmentState.PUBLISHED,
                opened_at=now,
            )
            about = {"assessment_id": assessments.add(connection, assessment), "figures": result.model_dump_json()}
            until = context.today() + timedelta(days=700)
            row = StoredResult(**by, **about, at=now, published_at=now, appeal_until=now, valid_until=until)
            stored.append((results.add(connection, row), person["staff_no"]))
    return stored


def ten_of(context: Context, met: int = 10, level: str = "4", applied: date | None = None) -> list[tuple[int, str]]:
    """Ten published results by the latest client manager model, as many of whom meet everything."""
    return publish_many(context, results_of(context.standards.get(SCALE), level, met, 10), applied)
