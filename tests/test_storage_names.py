"""Namesakes: a name that several active people bear carries the department, or else the staff number."""

import pytest

from qualify.access import Role
from qualify.services.assessments import listing, overview, progress
from qualify.services.authorization import Actor
from qualify.services.imports import people_list
from qualify.services.people import directory, roles
from qualify.services.reviews import answering
from qualify.storage import names, people
from tests.company import ACCOUNTS, OPERATOR, SCALE, Company

pytest_plugins = ["tests.company_fixtures"]
ZHANG = "工号,姓名,部门,角色\nE1,张伟,政企客户部,员工\nE2,张伟,技术支援部,员工\n"


def hire(company: Company, lines: str) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", lines))


def called(company: Company, *staff_numbers: str) -> list[str]:
    with company.context.database.reading() as connection:
        found = [people.by_staff_no(connection, staff_no) for staff_no in staff_numbers]
        return [person.name for person in names.told_apart(connection, [each for each in found if each])]


def test_a_name_of_ones_own_stands_alone(company: Company) -> None:
    assert called(company, "E1", "E2") == ["陈晨", "何静"]
    assert called(company) == []


def test_namesakes_carry_the_department(company: Company) -> None:
    hire(company, ZHANG)
    assert called(company, "E1", "E2", "R1") == ["张伟（政企客户部）", "张伟（技术支援部）", "周明"]


@pytest.mark.parametrize("department", ["政企客户部", ""])
def test_who_shares_the_department_too_or_has_none_carries_the_number(company: Company, department: str) -> None:
    hire(company, ZHANG)
    hire(company, f"工号,姓名,部门\nN1,张伟,{department}\nN2,张伟,{department}\n")
    assert called(company, "N1", "N2", "E2") == ["张伟（N1）", "张伟（N2）", "张伟（技术支援部）"]


def test_somebody_who_left_is_nobodys_namesake(company: Company) -> None:
    hire(company, ZHANG)
    roles.set_active(company.context, OPERATOR, "E2", active=False)
    assert called(company, "E1") == ["张伟"]


def test_whoever_chooses_or_judges_reads_it_and_the_person_themselves_does_not(company: Company) -> None:
    hire(company, ZHANG)
    hire(company, "工号,姓名,部门,角色\nR2,周明,技术支援部,评审员\n")
    (review,) = company.opens(SCALE, "4", sign_off=True)
    zhang, zhou, context = "张伟（政企客户部）", "周明（政企客户部）", company.context
    turn = answering.open_review(context, ACCOUNTS["R1"], review)
    assert turn.row.subject == zhang
    (listed,) = listing.listed(context, OPERATOR)
    assert listed.subject == zhang
    view = overview.view(context, OPERATOR, listed.id)
    assert (view.subject.name, [each.assessor for each in view.reviews]) == (zhang, [zhou])
    (owing,) = progress.owed(context, OPERATOR)
    assert (owing.assessor.name, owing.row.subject) == (zhou, zhang)
    offered = directory.assessors(context, OPERATOR, most=9).people
    assert [person.name for person in offered] == [zhou, "周明（技术支援部）"]
    roles.set_roles(context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ADMIN])
    own = overview.view(context, Actor(company.id("E1")), listed.id)
    assert own.subject.name == "张伟"
