"""Results: who may see them, the newest, the history; frozen whatever happens afterwards."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import delete

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.reporting.wording import explained
from qualify.scoring import Result
from qualify.services.assessments import amendments, listing, results
from qualify.services.assessments.overview import ResultView
from qualify.services.people import roles
from qualify.storage.tables import StoredEntry
from tests.company import ON_SQLITE, OPERATOR, POINTS, SCALE, Company, all_met, refused

pytest_plugins = ["tests.company_fixtures"]


def finished(company: Company, standard: str, level: str, assessor: str = "R1") -> ResultView:
    """The result of an assessment of E1 with this one assessor."""
    (review_id,) = company.opens(standard, level, assessors=[assessor])
    turn = company.finishes(assessor, review_id)
    return results.of_assessment(company.context, OPERATOR, turn.row.assessment_id)


@ON_SQLITE
def test_a_result_is_for_its_subject_its_assessors_and_administrators_and_nobody_else(company: Company) -> None:
    shown = finished(company, SCALE, "4")
    for staff_no in ("E1", "R1", "A1"):
        seen = results.seen_by(company.context, company.id(staff_no), shown.id)
        assert (seen.stored, seen.may_acknowledge, seen.may_appeal) == (shown.stored, *[staff_no == "E1"] * 2)
    for staff_no in ("E2", "R2"):
        with refused("error-result-unknown"):
            results.seen_by(company.context, company.id(staff_no), shown.id)
    with refused("error-result-unknown"):
        results.seen_by(company.context, company.id("A1"), shown.id + 1)


@ON_SQLITE
def test_an_assessor_who_was_replaced_sees_nothing_of_the_published_result(company: Company) -> None:
    company.opens(SCALE, "4", assessors=["R1"])
    (listed,) = listing.listed(company.context, OPERATOR)
    review_id = amendments.reassign(company.context, OPERATOR, listed.id, "R1", "R2")
    company.finishes("R2", review_id)
    shown = results.of_assessment(company.context, OPERATOR, listed.id)
    assert results.seen_by(company.context, company.id("R2"), shown.id).id == shown.id
    with refused("error-result-unknown"):
        results.seen_by(company.context, company.id("R1"), shown.id)
    with refused("error-assessment-without-result"):
        results.of_assessment(company.context, company.actor("R1"), listed.id)


@ON_SQLITE
def test_who_left_or_is_no_administrator_any_more_sees_it_no_longer(company: Company) -> None:
    shown = finished(company, SCALE, "4")
    for staff_no in ("E1", "R1"):
        roles.set_active(company.context, OPERATOR, staff_no, active=False)
    roles.set_roles(company.context, OPERATOR, "R2", [Role.ADMIN])
    roles.set_roles(company.context, OPERATOR, "A1", [Role.EMPLOYEE])
    for staff_no in ("E1", "R1", "A1"):
        with refused("error-result-unknown"):
            results.seen_by(company.context, company.id(staff_no), shown.id)
    assert results.seen_by(company.context, company.id("R2"), shown.id).subject == "陈晨"
    with refused("error-no-result"):
        results.latest(company.context, company.id("E1"))
    assert results.history(company.context, company.id("E1")) == []


@ON_SQLITE
def test_before_it_is_published_only_an_administrator_who_is_not_its_subject_sees_it(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ADMIN])
    assessment_id = company.reviewed(SCALE, "4")
    shown = results.of_assessment(company.context, company.actor("A1"), assessment_id)
    for staff_no in ("E1", "R1", "R2"):
        with refused("error-result-unknown"):
            results.seen_by(company.context, company.id(staff_no), shown.id)
        with refused("error-assessment-without-result"):
            results.of_assessment(company.context, company.actor(staff_no), assessment_id)
    with refused("error-no-result"):
        results.latest(company.context, company.id("E1"))
    assert results.history(company.context, company.id("E1")) == []


def test_the_latest_result_and_the_history_are_the_persons_own_newest_first(company: Company) -> None:
    assert results.history(company.context, company.id("E1")) == []
    with refused("error-no-result"):
        results.latest(company.context, company.id("E1"))
    first = finished(company, SCALE, "4")
    company.clock.time += timedelta(days=1)
    second = finished(company, POINTS, "3", assessor="R2")
    assert results.latest(company.context, company.id("E1")).stored == second.stored
    past = results.history(company.context, company.id("E1"))
    assert [(each.id, each.stored.standard, each.stored.level, each.stored.at) for each in past] == [
        (second.id, POINTS, "3", company.clock.time),
        (first.id, SCALE, "4", company.clock.time - timedelta(days=1)),
    ]


@ON_SQLITE
def test_beside_a_result_stands_what_changed_since_the_last_one_of_the_same_standard_and_level(
    company: Company,
) -> None:
    def worse(screen: Screen) -> Action:
        down = screen.step.kind is StepKind.CRITERION and screen.step.index == 0
        return Action(Act.MARK, "not_met") if down else all_met(screen)

    assert finished(company, POINTS, "3").earlier is None
    finished(company, POINTS, "4")
    company.clock.time += timedelta(days=1)
    (review_id,) = company.opens(POINTS, "3")
    company.finishes("R1", review_id, worse)
    earlier = results.latest(company.context, company.id("E1")).earlier
    assert earlier is not None
    assert (earlier.made_on.isoformat(), earlier.comparison.total) == ("2026-11-22", Decimal("-0.5"))
    assert earlier.comparison.changed == (("customer-information", Decimal(5), Decimal("4.5")),)


def test_a_result_survives_storage_exactly_and_needs_no_answers_any_more(company: Company) -> None:
    shown = finished(company, POINTS, "4")
    words = explained(shown, "zh-CN")
    with company.context.database.transaction() as connection:
        connection.execute(delete(StoredEntry))
    again = results.of_assessment(company.restarted(), OPERATOR, shown.stored.assessment_id)
    assert Result.model_validate_json(again.stored.figures) == again.result == shown.result
    assert explained(again, "zh-CN") == words
