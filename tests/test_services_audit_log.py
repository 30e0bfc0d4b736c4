"""The audit log page by page, with names."""

from qualify.services import audit_log
from qualify.services.assessments import sign_off
from qualify.services.authorization import Actor
from qualify.services.imports import people_list
from qualify.services.people import roles
from tests.company import OPERATOR, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]


def test_the_newest_lines_come_first_and_the_older_ones_after_them(company: Company) -> None:
    newest = audit_log.page(company.context, OPERATOR, most=2)
    older = audit_log.page(company.context, OPERATOR, newest.lines[-1].audit.id, most=100)
    numbers = [line.audit.id for line in (*newest.lines, *older.lines)]
    assert numbers == sorted(numbers, reverse=True)
    assert (newest.older, older.older) == (True, False)


def test_a_line_names_who_did_it_and_whom_it_is_about(company: Company) -> None:
    company.opens(SCALE, "4")
    roles.set_active(company.context, Actor(company.id("A1")), "R2", active=False)
    people_list.import_people(
        company.context, Actor(company.id("A1")), company.file("n.csv", "staff_no,name\nN1,马超\n")
    )
    lines = audit_log.page(company.context, OPERATOR, most=3).lines
    assert [(line.audit.action, line.who, line.about) for line in lines] == [
        ("import", "林雪", "马超"),
        ("active", "林雪", "吴倩"),
        ("open", "", "陈晨"),
    ]


def test_only_administrators_read_it(company: Company) -> None:
    for staff_no in ("R1", "E1"):
        with refused("error-forbidden"):
            audit_log.page(company.context, Actor(company.id(staff_no)), most=1)


def test_what_was_decided_about_oneself_is_listed_without_its_details(company: Company) -> None:
    sign_off.return_to(company.context, OPERATOR, company.reviewed(subject="A1"), "请重看协调能力。")
    (own,) = audit_log.page(company.context, company.actor("A1"), most=1).lines
    (seen,) = audit_log.page(company.context, OPERATOR, most=1).lines
    assert (own.audit.action, own.about, own.audit.after) == ("return", "林雪", "{}")
    assert "请重看协调能力。" in seen.audit.after
