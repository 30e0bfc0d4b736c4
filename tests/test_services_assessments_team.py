"""A team as its manager or an administrator sees it: published results and progress, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from qualify.access import Permission, Relation, Role, may
from qualify.errors import QualifyError
from qualify.reporting.team_picture import heat_of, trends_of
from qualify.services.assessments import results, team
from qualify.services.imports import people_list
from qualify.services.people import line_managers, roles
from qualify.storage.teams import Team
from qualify.workflow import Rules
from tests.company import ON_SQLITE, OPERATOR, POINTS, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]


def led(company: Company, manager: str = "R2") -> Team:
    """E1 and E2, led by this person."""
    for staff_no in ("E1", "E2"):
        line_managers.set_manager(company.context, OPERATOR, staff_no, manager)
    return Team(company.id(manager))


def test_a_page_has_the_newest_published_result_of_each_and_counts_what_is_under_way(company: Company) -> None:
    ours = led(company)
    company.published(SCALE, "4")
    newest = company.published(POINTS, "3")
    company.reviewed(SCALE, "3")
    company.opens(SCALE, "4", "E2")
    page = team.page(company.context, company.actor("R2"), ours, most=9)
    assert [(each.person.staff_no, each.result and each.result.id, each.under_way) for each in page.members] == [
        ("E1", newest, 1),
        ("E2", None, 1),
    ]
    assert (page.total, page.before, page.after) == (2, None, None)
    assert [(each.standard.id, each.level, each.people) for each in page.pictures] == [
        (SCALE, "4", 1),
        (POINTS, "3", 1),
    ]


def test_pages_lead_to_each_other(company: Company) -> None:
    ours = led(company)
    first = team.page(company.context, OPERATOR, ours, most=1)
    second = team.page(company.context, OPERATOR, ours, first.after or 0, most=1)
    assert [each.members[0].person.staff_no for each in (first, second)] == ["E1", "E2"]
    assert (second.before, second.after) == (company.id("E1"), None)


@ON_SQLITE
def test_one_person_has_results_and_progress_but_nothing_unpublished(company: Company) -> None:
    led(company)
    published = company.published(SCALE, "4")
    assessment_id = company.reviewed(SCALE, "3")
    view = team.member(company.context, company.actor("R2"), company.id("E1"))
    assert [each.id for each in view.results] == [published]
    assert [(each.id, each.result, each.results) for each in view.under_way] == [(assessment_id, None, ())]
    with refused("error-assessment-without-result"):
        results.of_assessment(company.context, company.actor("R2"), assessment_id)
    with refused("error-forbidden"):
        team.page(company.context, company.actor("R2"), Team(None, "政企客户部"), most=9)
    with refused("error-forbidden"):
        team.picture(company.context, company.actor("R2"), Team(company.id("R1")))


@pytest.mark.parametrize("hidden", [True, False])
def test_where_assessors_are_hidden_a_manager_reads_no_names_and_an_administrator_does(
    company: Company, hidden: bool
) -> None:
    led(company)
    result_id = company.published(SCALE, "4")
    context = replace(company.context, rules=Rules(hide_assessors=hidden))
    for role, named in ((Role.EMPLOYEE, not hidden), (Role.ADMIN, True)):
        roles.set_roles(company.context, OPERATOR, "R2", [role])
        shown = results.seen_by(context, company.id("R2"), result_id)
        assert ({each.assessor for one in shown.result.elements for each in one.reviews} == {"周明"}) is named
        (view,) = team.member(context, company.actor("R2"), company.id("E1")).results
        assert view.hides_assessors is not named


@ON_SQLITE
def test_every_role_and_relation_to_a_published_result(company: Company) -> None:
    led(company, "A1")
    roles.set_roles(company.context, OPERATOR, "R2", [Role.ADMIN])
    result_id = company.published(SCALE, "4", assessors=("R1",))
    standing = {"E1": Relation.SUBJECT, "R1": Relation.ASSESSOR, "A1": Relation.MANAGER, "E2": Relation.OTHER}
    for (staff_no, relation), role in product(standing.items(), Role):
        roles.set_roles(company.context, OPERATOR, staff_no, [role])
        try:
            results.seen_by(company.context, company.id(staff_no), result_id)
            seen = True
        except QualifyError:
            seen = False
        assert seen == may(Permission.SEE_RESULT, [role], relation), (staff_no, role)


@ON_SQLITE
def test_who_leads_them_no_more_sees_nothing_more(company: Company) -> None:
    led(company)
    result_id = company.published(SCALE, "4")
    line_managers.set_manager(company.context, OPERATOR, "E1", "R1")
    with refused("error-result-unknown"):
        results.seen_by(company.context, company.id("R2"), result_id)
    with refused("error-team-unknown"):
        team.member(company.context, company.actor("R2"), company.id("E1"))


def test_a_manager_is_told_once_of_a_result_unless_they_rated_themselves(company: Company) -> None:
    led(company)
    company.published(SCALE, "4", assessors=("R1",))
    with company.context.database.reading() as connection:
        kinds = connection.exec_driver_sql("SELECT person_id, kind FROM notice").all()
    assert [tuple(row) for row in kinds if row[1] == "team_result"] == [(company.id("R2"), "team_result")]
    company.published(SCALE, "4", "E2", assessors=("R2",))
    with company.context.database.reading() as connection:
        kinds = connection.exec_driver_sql("SELECT person_id FROM notice WHERE kind = 'team_result'").all()
    assert len(kinds) == 1


def test_a_picture_has_the_newest_result_of_each_by_its_standard_and_level(company: Company) -> None:
    ours = led(company)
    company.published(SCALE, "4")
    newest = company.published(SCALE, "4")
    company.published(SCALE, "4", "E2")
    found = team.picture(company.context, company.actor("R2"), ours)
    assert [row.person.staff_no for row in found.rows] == ["E1", "E2"]
    assert (found.rows[0].result.id, found.page, found.more) == (newest, 0, False)
    heat = heat_of(found, company.context.today(), "zh-CN")
    assert (len(heat.elements), len(heat.rows), heat.is_points) == (18, 2, False)
    assert heat.subtitle == "客户经理能力素质模型 · 4级（初级） · 2026-11 · 2 人"
    assert [row.name for row in heat.rows] == ["陈晨", "何静"]
    with refused("error-team-picture"):
        team.picture(company.context, company.actor("R2"), ours, 1)
    with refused("error-team-picture"):
        team.picture(company.context, company.actor("R2"), ours, 0, 1)


def test_more_than_twenty_people_are_several_pictures(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    assert team.MOST_ROWS == 20
    monkeypatch.setattr(team, "MOST_ROWS", 1)
    ours = led(company)
    company.published(SCALE, "4")
    company.published(SCALE, "4", "E2")
    pages = [team.picture(company.context, OPERATOR, ours, 0, page) for page in (0, 1)]
    assert [(each.rows[0].person.staff_no, each.more) for each in pages] == [("E1", True), ("E2", False)]
    assert pages[0].picture.people == 2


def test_namesakes_in_a_picture_carry_their_numbers(company: Company) -> None:
    ours = led(company)
    people_list.import_people(company.context, OPERATOR, company.file("a.csv", "工号,姓名\nE2,陈晨\n"))
    company.published(SCALE, "4")
    company.published(SCALE, "4", "E2")
    heat = heat_of(team.picture(company.context, OPERATOR, ours), company.context.today(), "zh-CN")
    assert [row.name for row in heat.rows] == ["陈晨 E1", "陈晨 E2"]


@ON_SQLITE
def test_a_trend_needs_three_results_of_a_standard_and_says_each_level(company: Company) -> None:
    for level in ("4", "4", "3"):
        past = results.history(company.context, company.id("E1"))
        assert trends_of(past, "zh-CN") == []
        company.published(SCALE, level)
        company.clock.time += timedelta(days=40)
    ((standard, trend),) = trends_of(results.history(company.context, company.id("E1")), "zh-CN")
    assert (standard.id, trend.standard, trend.title) == (SCALE, 5, "平均得分趋势")
    assert [(each.day, each.level) for each in trend.points] == [
        ("2026-11", "4级（初级）"),
        ("2027-01", "4级（初级）"),
        ("2027-02", "3级（中级）"),
    ]


@ON_SQLITE
def test_a_manager_who_was_deactivated_sees_nothing(company: Company) -> None:
    ours = led(company)
    result_id = company.published(SCALE, "4")
    roles.set_active(company.context, OPERATOR, "R2", active=False)
    with refused("error-forbidden"):
        team.page(company.context, company.actor("R2"), ours, most=9)
    with refused("error-result-unknown"):
        results.seen_by(company.context, company.id("R2"), result_id)


def test_who_leads_somebody_is_known_and_only_while_they_are_here(company: Company) -> None:
    led(company)
    assert team.is_manager(company.context, company.id("R2"))
    assert [who.person_id for who in team.managers(company.context)] == [company.id("R2")]
    for staff_no in ("E1", "E2"):
        roles.set_active(company.context, OPERATOR, staff_no, active=False)
    assert not team.is_manager(company.context, company.id("R2"))
    assert team.managers(company.context) == []
