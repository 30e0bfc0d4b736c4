"""Inviting everybody at once: who gets a token, what is kept of it, and the sheet of links."""

import json
from datetime import timedelta

import pytest

from qualify.reporting import sheets
from qualify.services.imports import people_list
from qualify.services.people import directory, joining, privacy, roles
from tests.company import OPERATOR, Company, refused

pytest_plugins = ["tests.company_fixtures"]
NEWCOMERS = "staff_no,name,department\nN1,马超,IT\nN2,许诺,政企客户部\nN3,丁一,IT\nN4,卫青,IT\n"


@pytest.fixture
def newcomers(company: Company) -> Company:
    """Two who haven't joined; one who left before joining, and one who was erased."""
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", NEWCOMERS))
    roles.set_active(company.context, OPERATOR, "N3", active=False)
    privacy.erase_person(company.context, OPERATOR, "N4")
    joining.meet(company.context, 91, "zh")
    return company


def test_everybody_who_works_here_and_has_not_joined_is_invited(newcomers: Company) -> None:
    assert directory.count_not_joined(newcomers.context, OPERATOR) == 2
    invited = joining.invite_everybody(newcomers.context, newcomers.actor("A1"))
    assert [person.staff_no for person, _ in invited] == ["N1", "N2"]
    assert joining.accept(newcomers.context, 91, invited[1][1]).who.name == "许诺"
    assert directory.count_not_joined(newcomers.context, OPERATOR) == 1
    again = joining.invite_everybody(newcomers.context, OPERATOR)
    assert [person.staff_no for person, _ in again] == ["N1"], "who has joined meanwhile is left out"


def test_these_invitations_too_end_after_fourteen_days(newcomers: Company) -> None:
    (_, token), *_ = joining.invite_everybody(newcomers.context, OPERATOR)
    newcomers.clock.time += joining.INVITE_VALID
    with refused("error-invite-unusable"):
        joining.accept(newcomers.context, 91, token)
    newcomers.clock.time -= timedelta(seconds=1)
    assert joining.accept(newcomers.context, 91, token).who.is_known


def test_a_department_can_be_invited_alone(newcomers: Company) -> None:
    invited = joining.invite_everybody(newcomers.context, OPERATOR, "IT")
    assert [person.staff_no for person, _ in invited] == ["N1"]


def test_one_line_of_the_log_names_them_all_and_no_secret(newcomers: Company) -> None:
    (last,) = newcomers.lines()
    invited = joining.invite_everybody(newcomers.context, newcomers.actor("A1"))
    (line,) = newcomers.lines()
    assert line.id == last.id + 1
    assert (line.action, line.record, line.record_id, line.before) == ("invite", "person", None, "{}")
    assert json.loads(line.after) == {"staff_no": ["N1", "N2"]}
    assert [value for _, value in newcomers.cells() for _, token in invited if token in value] == []


def test_where_there_is_nobody_to_invite_nothing_is_kept(newcomers: Company) -> None:
    with refused("error-invite-nobody-there"):
        joining.invite_everybody(newcomers.context, OPERATOR, "法务部")
    for staff_no in ("N1", "N2"):
        roles.set_active(newcomers.context, OPERATOR, staff_no, active=False)
    before = newcomers.cells()
    with refused("error-invite-nobody"):
        joining.invite_everybody(newcomers.context, OPERATOR)
    assert newcomers.cells() == before


def test_each_has_a_line_of_their_own_in_the_sheet(newcomers: Company) -> None:
    invited = joining.invite_everybody(newcomers.context, OPERATOR)
    sheet = sheets.invitations(invited, "your_bot", "zh-CN")
    assert (sheet.name, sheet.headings) == ("邀请", ("工号", "姓名", "部门", "邀请链接"))
    links = [f"https://t.me/your_bot?start={token}" for _, token in invited]
    assert sheet.rows == [("N1", "马超", "IT", links[0]), ("N2", "许诺", "政企客户部", links[1])]
