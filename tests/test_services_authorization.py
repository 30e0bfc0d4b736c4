"""The audit log: every change by an administrator leaves its line, and the database itself keeps it as it is."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from qualify.access import Role
from qualify.reporting import company_export
from qualify.services.assessments import amendments, appeals, opening, progress, sign_off
from qualify.services.assessments.opening import Opening
from qualify.services.authorization import Actor, acting
from qualify.services.imports import people_list, score_list
from qualify.services.imports.tables import Sent
from qualify.services.people import joining, privacy, roles
from qualify.storage.tables import Audit
from qualify.workflow import AssessmentState as State
from tests.company import OPERATOR, POINTS, SCALE, Company, refused
from tests.lives import Life, bring_to

pytest_plugins = ["tests.company_fixtures"]
SCORES = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,84,2026-10-01\n"


ONE = "WHERE id = (SELECT min(id) FROM audit)"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'nothing'",
        f"UPDATE audit SET after = '{{}}' {ONE}",
        f"UPDATE audit SET id = id {ONE}",
        "DELETE FROM audit",
        f"DELETE FROM audit {ONE}",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_a_line(company: Company, statement: str) -> None:
    before = company.cells()
    with (
        pytest.raises(DBAPIError, match="the audit log is append-only"),
        company.context.database.transaction() as connection,
    ):
        connection.execute(text(statement))
    assert company.cells() == before


def breaks_off(company: Company) -> None:
    """Keep a line of something that then doesn't happen."""
    with acting(company.context, OPERATOR) as deed:
        deed.keep("open", "assessment", 1)
        raise ZeroDivisionError


def test_a_line_is_kept_with_what_it_tells_of_or_not_at_all(company: Company) -> None:
    before = company.cells()
    with pytest.raises(ZeroDivisionError):
        breaks_off(company)
    assert company.cells() == before


def test_a_line_of_the_command_line_names_the_account_of_the_system_that_ran_it(company: Company) -> None:
    roles.set_active(company.context, Actor(None, "hr@server"), "E2", active=False)
    (line,) = company.lines()
    assert (line.person_id, line.operator) == (None, "hr@server")


class Change(NamedTuple):
    """Something an administrator changes, about an assessment in this state, and the line it leaves."""

    state: State
    do: Callable[[Life, Actor], object]
    action: str
    record: str
    before: dict[str, object]
    after: dict[str, object]


def opens(life: Life, actor: Actor) -> object:
    assessors, due = (("R1", Decimal(2)),), life.context.today()
    return opening.open_assessment(life.context, actor, Opening(SCALE, "4", "E2", assessors, due))


def names_people(life: Life, actor: Actor) -> object:
    return people_list.import_people(life.context, actor, Sent("people.csv", "工号,姓名\nE1,陈晨晨\n".encode()))


def corrects_scores(life: Life, actor: Actor) -> object:
    score_list.import_scores(life.context, actor, Sent("first.csv", SCORES.encode()))
    return score_list.import_scores(life.context, actor, Sent("second.csv", SCORES.replace("84", "86").encode()))


ROW: dict[str, object] = {"staff_no": "E1", "standard": POINTS, "subject": "specialist", "taken_on": "2026-10-01"}
OPENED: dict[str, object] = {
    "standard": SCALE,
    "level": "4",
    "subject": "E2",
    "assessors": [["R1", "2"]],
    "due": "2026-11-22",
    "application_date": "2026-11-22",
    "lead": None,
    "self_assessment": False,
    "sign_off": True,
    "exception": "",
}
CHANGES = [
    Change(State.OPEN, opens, "open", "assessment", {}, OPENED),
    Change(
        State.OPEN,
        lambda life, actor: amendments.extend(life.context, actor, life.assessment_id, life.context.today()),
        "extend",
        "assessment",
        {"due": "2026-12-01"},
        {"due": "2026-11-22"},
    ),
    Change(
        State.OPEN,
        lambda life, actor: amendments.withdraw(life.context, actor, life.assessment_id, "调岗"),
        "withdraw",
        "assessment",
        {"state": "open"},
        {"state": "withdrawn", "reason": "调岗"},
    ),
    Change(
        State.OPEN,
        lambda life, actor: amendments.reassign(life.context, actor, life.assessment_id, "R1", "R2"),
        "reassign",
        "assessment",
        {"assessor": "R1"},
        {"assessor": "R2", "review": 3},
    ),
    Change(
        State.REVIEWED,
        lambda life, actor: sign_off.sign_off(life.context, actor, life.assessment_id),
        "sign_off",
        "assessment",
        {"state": "reviewed"},
        {"state": "signed_off", "result": 1, "computed": None, "grade": None, "reason": ""},
    ),
    Change(
        State.REVIEWED,
        lambda life, actor: sign_off.return_to(life.context, actor, life.assessment_id, "再看"),
        "return",
        "assessment",
        {"state": "reviewed"},
        {"state": "returned", "reason": "再看", "reviews": [1], "due": "2026-12-01"},
    ),
    Change(
        State.SIGNED_OFF,
        lambda life, actor: sign_off.publish(life.context, actor, life.assessment_id),
        "publish",
        "assessment",
        {"state": "signed_off"},
        {"state": "published", "result": 1},
    ),
    Change(
        State.APPEALED,
        lambda life, actor: appeals.answer(life.context, actor, life.assessment_id, "维持"),
        "answer",
        "assessment",
        {"state": "appealed"},
        {"state": "answered", "answer": "维持"},
    ),
    Change(
        State.APPEALED,
        lambda life, actor: appeals.reopen(life.context, actor, life.assessment_id, "补看"),
        "reopen",
        "assessment",
        {"state": "appealed"},
        {"state": "returned", "reason": "补看", "reviews": [1], "due": "2026-12-01"},
    ),
    Change(State.OPEN, names_people, "import", "person", {"name": "陈晨"}, {"name": "陈晨晨"}),
    Change(
        State.OPEN,
        lambda life, actor: roles.set_active(life.context, actor, "E1", active=False),
        "active",
        "person",
        {"active": True},
        {"active": False},
    ),
    Change(
        State.OPEN,
        lambda life, actor: roles.set_roles(life.context, actor, "E1", [Role.EMPLOYEE, Role.ADMIN]),
        "roles",
        "person",
        {"roles": ["employee"]},
        {"roles": ["admin", "employee"]},
    ),
    Change(
        State.OPEN,
        corrects_scores,
        "import",
        "scores",
        {"rows": [ROW | {"score": "84"}]},
        {"file": "second.csv", "rows": [ROW | {"score": "86"}]},
    ),
    Change(
        State.OPEN, lambda life, actor: company_export.export(life.context, actor, "zh-CN"), "export", "company", {}, {}
    ),
    Change(
        State.OPEN, lambda life, actor: privacy.export_person(life.context, actor, "E1"), "export", "person", {}, {}
    ),
    Change(State.OPEN, lambda life, actor: privacy.erase_person(life.context, actor, "E1"), "erase", "person", {}, {}),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.action} {change.record}")
def test_every_change_keeps_who_when_what_was_before_and_what_is_after(small_company: Company, change: Change) -> None:
    life = bring_to(small_company, change.state)
    (last,) = small_company.lines()
    small_company.clock.time += timedelta(seconds=7)
    change.do(life, small_company.actor("A1"))
    (line,) = small_company.lines()
    assert line.id > last.id
    assert (line.person_id, line.at) == (small_company.id("A1"), small_company.clock.time)
    assert (line.action, line.record) == (change.action, change.record)
    assert (json.loads(line.before), json.loads(line.after)) == (change.before, change.after)


def test_an_invitation_is_kept_without_its_secret(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", "工号,姓名\nN1,马超\n"))
    token = joining.invite(company.context, company.actor("A1"), "N1")
    (line,) = company.lines()
    assert (line.action, line.record, line.before, line.after) == ("invite", "person", "{}", "{}")
    assert [value for _, value in company.cells() if token in value] == []


def test_what_changes_nothing_leaves_no_line(company: Company) -> None:
    company.opens(SCALE, "4")
    lines = company.count(Audit)
    people_list.import_people(company.context, OPERATOR, company.file("same.csv", "工号,姓名\nE1,陈晨\n"))
    progress.remind(company.context, OPERATOR, [company.id("R1")])
    with refused("error-last-admin"):
        roles.set_active(company.context, OPERATOR, "A1", active=False)
    with refused("error-roles-none"):
        roles.set_roles(company.context, OPERATOR, "A1", [])
    assert company.count(Audit) == lines
