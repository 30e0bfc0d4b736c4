"""Looking people up: pages, parts of what is known, one person's card."""

import pytest

from qualify.access import Permission, Role
from qualify.services.authorization import Actor, check
from qualify.services.imports import people_list
from qualify.services.people import directory, privacy, roles
from qualify.workflow import AssessmentState
from tests.company import ACCOUNTS, OPERATOR, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]


def found(company: Company, words: str) -> list[str]:
    return [person.staff_no for person in directory.find(company.context, OPERATOR, words, most=10).people]


def everybody(company: Company, first_id: int = 0, most: int = 10) -> list[str]:
    page = directory.page(company.context, OPERATOR, first_id, most=most)
    return [person.staff_no for person in page.people]


def test_everybody_stands_on_pages_by_staff_number_with_who_has_joined(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", "staff_no,name\nN1,马超\n"))
    first = directory.page(company.context, OPERATOR, most=4)
    assert [(each.staff_no, each.joined) for each in first.people][2:] == [("E2", True), ("N1", False)]
    assert (first.total, first.not_joined, first.before, first.after) == (6, 1, None, company.id("R1"))
    second = directory.page(company.context, OPERATOR, company.id("R1"), most=4)
    assert [each.staff_no for each in second.people] == ["R1", "R2"]
    assert (second.before, second.after) == (first.people[0].id, None)
    assert directory.page(company.context, OPERATOR, company.id("R2"), most=2).before == first.people[3].id


def test_a_page_that_began_with_somebody_who_is_gone_is_the_first_one(company: Company) -> None:
    gone = company.id("R1")
    privacy.erase_person(company.context, OPERATOR, "R1")
    for unknown in (gone, 99):
        page = directory.page(company.context, OPERATOR, unknown, most=2)
        assert ([each.staff_no for each in page.people], page.before) == (["A1", "E1"], None)


@pytest.mark.parametrize(
    ("words", "staff_numbers"),
    [
        ("政企", ["E1", "E2", "R1"]),
        ("陈", ["E1"]),
        ("e", ["E1", "E2"]),
        ("r2", ["R2"]),
        ("%", []),
        ("_", []),
        ("谁", []),
        ("企客", ["E1", "E2", "R1"]),
        ("Ｒ２", ["R2"]),
    ],
)
def test_a_part_of_the_name_the_number_or_the_department_finds_them(
    company: Company, words: str, staff_numbers: list[str]
) -> None:
    assert found(company, words) == staff_numbers
    assert directory.find(company.context, OPERATOR, words, most=1).total == len(staff_numbers)


def test_who_was_erased_is_found_no_more(company: Company) -> None:
    gone = company.id("E2")
    privacy.erase_person(company.context, OPERATOR, "E2")
    assert everybody(company) == ["A1", "E1", "R1", "R2"]
    assert (found(company, "erased"), found(company, "E2"), found(company, "—")) == ([], [], [])
    assert directory.page(company.context, OPERATOR, most=1).total == 4
    for unknown in (gone, 99):
        with refused("error-person-gone"):
            directory.card(company.context, OPERATOR, unknown)


def test_a_card_says_what_somebody_is_owes_and_was_assessed_in(company: Company) -> None:
    for level in ("4", "3", "2", "1"):
        company.opens(SCALE, level)
    employee = directory.card(company.context, OPERATOR, company.id("E1"))
    assert [(each.level, each.state) for each in employee.newest] == [
        ("1", AssessmentState.OPEN),
        ("2", AssessmentState.OPEN),
        ("3", AssessmentState.OPEN),
    ]
    assert (employee.roles, employee.owed) == ({Role.EMPLOYEE}, 0)
    assert employee.account is not None
    assert employee.account.telegram_id == ACCOUNTS["E1"]
    assert directory.card(company.context, OPERATOR, company.id("R1")).owed == 4


def test_a_card_leaves_assessments_out_whose_standard_changed(company: Company) -> None:
    company.opens(SCALE, "4")
    with company.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE assessment SET structure = 'another'")
    assert directory.card(company.context, OPERATOR, company.id("E1")).newest == []


def test_only_administrators_look_people_up(company: Company) -> None:
    for staff_no in ("R1", "E1"):
        actor = Actor(company.id(staff_no))
        with refused("error-forbidden"):
            directory.page(company.context, actor, most=1)
        with refused("error-forbidden"):
            directory.card(company.context, actor, company.id("E2"))
        with refused("error-forbidden"):
            check(company.context, actor, Permission.SEE_PEOPLE)
    check(company.context, Actor(company.id("A1")), Permission.SEE_PEOPLE)


def test_the_administrators_are_those_who_work_here_and_have_joined(company: Company) -> None:
    table = "staff_no,name,roles\nR1,周明,admin\nN1,马超,admin\n"
    people_list.import_people(company.context, OPERATOR, company.file("admins.csv", table))
    assert {who.name for who in directory.administrators(company.context)} == {"林雪", "周明"}
    roles.set_active(company.context, OPERATOR, "R1", active=False)
    assert {who.name for who in directory.administrators(company.context)} == {"林雪"}
