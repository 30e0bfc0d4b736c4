"""Results: who may see them, the newest, the history; frozen whatever happens afterwards."""

from datetime import timedelta

from sqlalchemy import delete, insert

from qualify.scoring import Result
from qualify.services import people, results
from qualify.storage.tables import Entry, StoredResult
from tests.company import OPERATOR, POINTS, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]


def finished(company: Company, standard: str, level: str, assessor: str = "R1") -> results.Shown:
    """The result of an assessment of E1 with this one assessor."""
    (review_id,) = company.opens(standard, level, assessors=[assessor])
    turn = company.finishes(assessor, review_id)
    return results.of_assessment(company.context, OPERATOR, turn.row.assessment_id)


def test_a_result_is_for_its_subject_its_assessors_and_administrators_and_nobody_else(company: Company) -> None:
    shown = finished(company, SCALE, "4")
    for staff_no in ("E1", "R1", "A1"):
        assert results.seen_by(company.context, company.id(staff_no), shown.id) == shown
    for staff_no in ("E2", "R2"):
        with refused("error-result-unknown"):
            results.seen_by(company.context, company.id(staff_no), shown.id)
    with refused("error-result-unknown"):
        results.seen_by(company.context, company.id("A1"), shown.id + 1)


def test_who_left_or_is_no_administrator_any_more_sees_it_no_longer(company: Company) -> None:
    shown = finished(company, SCALE, "4")
    for staff_no in ("E1", "R1"):
        people.set_active(company.context, OPERATOR, staff_no, active=False)
    people.import_people(company.context, OPERATOR, company.file("roles.csv", "staff_no,name,roles\nA1,林雪,员工\n"))
    for staff_no in ("E1", "R1", "A1"):
        with refused("error-result-unknown"):
            results.seen_by(company.context, company.id(staff_no), shown.id)
    assert results.show(company.context, shown.id).subject == "陈晨"


def test_the_latest_result_and_the_history_are_the_persons_own_newest_first(company: Company) -> None:
    assert results.history(company.context, company.id("E1")) == []
    with refused("error-no-result"):
        results.latest(company.context, company.id("E1"))
    first = finished(company, SCALE, "4")
    company.clock.time += timedelta(days=1)
    second = finished(company, POINTS, "3", assessor="R2")
    assert results.latest(company.context, company.id("E1")) == second
    past = results.history(company.context, company.id("E1"))
    assert [(each.id, each.standard, each.level, each.at) for each in past] == [
        (second.id, POINTS, "3", company.clock.time),
        (first.id, SCALE, "4", company.clock.time - timedelta(days=1)),
    ]


def test_a_result_survives_storage_exactly_and_needs_no_answers_any_more(company: Company) -> None:
    shown = finished(company, POINTS, "4")
    explained = shown.explained("zh-CN")
    with company.context.database.transaction() as connection:
        connection.execute(delete(Entry))
    again = results.show(company.restarted(), shown.id)
    assert Result.model_validate_json(again.stored.figures) == again.result == shown.result
    assert again.explained("zh-CN") == explained


def test_a_correction_is_a_new_result_that_names_the_one_it_replaces(company: Company) -> None:
    shown = finished(company, SCALE, "4")
    corrected = shown.stored.model_dump(exclude={"id"}) | {"replaces_id": shown.id}
    with company.context.database.transaction() as connection:
        connection.execute(insert(StoredResult).values(**corrected))
    newest = results.of_assessment(company.context, OPERATOR, shown.stored.assessment_id)
    assert (newest.stored.replaces_id, newest.id > shown.id) == (shown.id, True)
    assert results.show(company.context, shown.id) == shown
