"""The form that assessments are opened from: filled in field by field, used up exactly once, on both databases."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta

import pytest

from qualify.errors import QualifyError
from qualify.services.assessments import opening_form
from qualify.services.assessments.opening_draft import Filled
from qualify.services.authorization import Actor
from qualify.services.imports import people_list
from qualify.services.people import directory, keeping, roles
from qualify.storage.tables import Assessment, Draft, Person
from tests.company import (
    ACCOUNTS,
    OPERATOR,
    POINTS,
    SCALE,
    Company,
    looked_up,
    meeting_before,
    refused,
    statements,
    together,
)
from tests.eligible import FIELD, asking_standards

pytest_plugins = ["tests.company_fixtures"]

ACCOUNT = ACCOUNTS["A1"]
DUE = date(2026, 12, 6)


@pytest.fixture
def admin(company: Company) -> Actor:
    return Actor(company.id("A1"))


def fills_in(company: Company, actor: Actor, department: str = "政企客户部") -> int:
    """Everything that is needed; the mark of what it then says."""
    context, mine = company.context, (actor, ACCOUNT)
    opening_form.begin(context, *mine)
    opening_form.set_standard(context, *mine, SCALE)
    opening_form.set_level(context, *mine, "3")
    opening_form.set_department(context, *mine, department)
    opening_form.set_assessor(context, *mine, company.id("R1"), 1)
    opening_form.set_assessor(context, *mine, company.id("R2"), 2)
    return opening_form.set_due(context, *mine, DUE).mark


def test_a_form_is_there_until_it_is_opened(company: Company, admin: Actor) -> None:
    mark = fills_in(company, admin)
    again = company.restarted()
    assert opening_form.begin(again, admin, ACCOUNT).mark == mark
    opened = opening_form.open_form(again, admin, ACCOUNT, mark)
    assert sorted(opened.batch.opened) == ["E1", "E2"]
    assert company.count(Draft) == 0
    with refused("error-stale"):
        opening_form.look(company.context, admin, ACCOUNT)


def test_what_is_opened_is_what_the_form_says(company: Company, admin: Actor) -> None:
    fills_in(company, admin)
    opening_form.set_lead(company.context, admin, ACCOUNT, company.id("R2"))
    opening_form.set_self_assessment(company.context, admin, ACCOUNT, asked=True)
    mark = opening_form.set_sign_off(company.context, admin, ACCOUNT, required=False).mark
    opened = opening_form.open_form(company.context, admin, ACCOUNT, mark)
    assessment, _, assigned = looked_up(company.context, opened.batch.opened["E1"])
    assert (assessment.standard, assessment.level, assessment.due_date) == (SCALE, "3", DUE)
    assert assessment.sign_off is False
    assert [(name, review.part, str(review.weight)) for review, name in assigned] == [
        ("周明", "member", "1"),
        ("吴倩", "lead", "2"),
        ("陈晨", "self", "1"),
    ]


def test_one_person_is_opened_for_with_a_second_assessment_too(company: Company, admin: Actor) -> None:
    company.opens(SCALE, "3")
    fills_in(company, admin)
    filled = opening_form.set_subject(company.context, admin, ACCOUNT, company.id("E1"))
    assert [person.staff_no for person in filled.unfinished] == ["E1"]
    assert opening_form.open_form(company.context, admin, ACCOUNT, filled.mark, again=True).batch.opened.keys() == {
        "E1"
    }


def test_of_a_department_only_those_are_opened_for_who_have_nothing_unfinished(company: Company, admin: Actor) -> None:
    company.opens(SCALE, "3", "E2")
    mark = fills_in(company, admin)
    opened = opening_form.open_form(company.context, admin, ACCOUNT, mark)
    assert list(opened.batch.opened) == ["E1"]
    assert [person.staff_no for person in opened.batch.left_out] == ["E2"]
    assert [person.staff_no for person in opened.filled.rating] == ["R1"]


def test_looking_at_the_form_costs_the_same_however_many_a_department_has(company: Company, admin: Actor) -> None:
    fills_in(company, admin)
    with statements(company.context.database) as small:
        opening_form.look(company.context, admin, ACCOUNT)
    rows = "".join(f"N{number},新人{number},政企客户部\n" for number in range(30))
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", f"工号,姓名,部门\n{rows}"))
    with statements(company.context.database) as large:
        filled = opening_form.look(company.context, admin, ACCOUNT)
    assert len(filled.subjects) == 32
    assert len(large) == len(small)


def test_two_who_open_at_once_open_once(company: Company, admin: Actor) -> None:
    mark = fills_in(company, admin)

    def opens() -> str:
        try:
            return ", ".join(opening_form.open_form(company.context, admin, ACCOUNT, mark).batch.opened)
        except QualifyError as refusal:
            return refusal.key

    with meeting_before(company.context, "DELETE FROM draft"):
        assert sorted(together(opens, opens)) == ["E1, E2", "error-stale"]
    assert company.count(Assessment) == 2


def test_a_press_that_meets_the_opening_does_not_bring_the_form_back(company: Company, admin: Actor) -> None:
    mark = fills_in(company, admin)

    def opens() -> None:
        opening_form.open_form(company.context, admin, ACCOUNT, mark)

    def changes() -> None:
        with suppress(QualifyError):
            opening_form.set_due(company.context, admin, ACCOUNT, DUE)

    together(opens, changes)
    assert (company.count(Assessment), company.count(Draft)) == (2, 0)


def test_a_refused_opening_leaves_the_form(company: Company, admin: Actor) -> None:
    mark = fills_in(company, admin)
    company.clock.time = company.clock.time.replace(year=2027)
    with refused("error-due-past"):
        opening_form.open_form(company.context, admin, ACCOUNT, mark)
    assert opening_form.look(company.context, admin, ACCOUNT).mark == mark
    assert company.count(Assessment) == 0


def test_a_form_that_says_something_else_by_now_is_not_opened(company: Company, admin: Actor) -> None:
    mark = fills_in(company, admin)
    opening_form.set_level(company.context, admin, ACCOUNT, "2")
    with refused("error-stale"):
        opening_form.open_form(company.context, admin, ACCOUNT, mark)
    assert company.count(Assessment) == 0


def test_nothing_is_opened_while_something_is_missing(company: Company, admin: Actor) -> None:
    filled = opening_form.begin(company.context, admin, ACCOUNT)
    assert filled.missing == ["standard", "level", "whom", "assessors", "due"]
    with refused("error-form-incomplete"):
        opening_form.open_form(company.context, admin, ACCOUNT, filled.mark)


def test_a_discarded_form_is_gone(company: Company, admin: Actor) -> None:
    fills_in(company, admin)
    opening_form.discard(company.context, admin, ACCOUNT)
    assert opening_form.begin(company.context, admin, ACCOUNT).form.standard == ""


REFUSED: list[tuple[str, Callable[[Company, Actor], object]]] = [
    ("error-standard-unknown", lambda at, by: opening_form.set_standard(at.context, by, ACCOUNT, "pilot")),
    ("error-level-unknown", lambda at, by: opening_form.set_level(at.context, by, ACCOUNT, "9")),
    ("error-stale", lambda at, by: opening_form.set_subject(at.context, by, ACCOUNT, 999_999)),
    ("error-stale", lambda at, by: opening_form.set_assessor(at.context, by, ACCOUNT, 999_999, 1)),
    ("error-stale", lambda at, by: opening_form.set_assessor(at.context, by, ACCOUNT, at.id("R1"), 4)),
    ("error-stale", lambda at, by: opening_form.set_assessor(at.context, by, ACCOUNT, at.id("R1"), -1)),
    ("error-lead", lambda at, by: opening_form.set_lead(at.context, by, ACCOUNT, at.id("E1"))),
    ("error-due-past", lambda at, by: opening_form.set_due(at.context, by, ACCOUNT, date(2026, 11, 21))),
]


@pytest.mark.parametrize(("key", "fill"), REFUSED)
def test_what_can_not_be_filled_in_is_refused_and_changes_nothing(
    company: Company, admin: Actor, key: str, fill: Callable[[Company, Actor], object]
) -> None:
    mark = fills_in(company, admin)
    with refused(key):
        fill(company, admin)
    assert opening_form.look(company.context, admin, ACCOUNT).mark == mark


def test_nobody_but_an_administrator_fills_a_form_in(company: Company) -> None:
    assessor = Actor(company.id("R1"))
    for service in (opening_form.begin, opening_form.look, opening_form.discard):
        with refused("error-forbidden"):
            service(company.context, assessor, ACCOUNTS["R1"])
    with refused("error-forbidden"):
        opening_form.set_standard(company.context, assessor, ACCOUNTS["R1"], SCALE)
    with refused("error-forbidden"):
        opening_form.open_form(company.context, assessor, ACCOUNTS["R1"], 0)


def test_each_account_has_a_form_of_its_own(company: Company, admin: Actor) -> None:
    fills_in(company, admin)
    assert opening_form.begin(company.context, admin, ACCOUNTS["R1"]).missing[0] == "standard"
    opening_form.set_standard(company.context, admin, ACCOUNTS["R1"], POINTS)
    assert opening_form.look(company.context, admin, ACCOUNT).form.standard == SCALE


def test_departments_and_assessors_are_there_to_choose_from(company: Company, admin: Actor) -> None:
    names = directory.departments(company.context, admin)
    counted = directory.counted(company.context, admin, names)
    assert counted == [("人力资源部", 1), ("技术支援部", 1), ("政企客户部", 3)]
    offered = directory.assessors(company.context, admin, most=9)
    assert ([person.staff_no for person in offered.people], offered.before, offered.after) == (["R1", "R2"], None, None)
    stranger = Actor(company.id("E1"))
    for refuses in (
        lambda: directory.departments(company.context, stranger),
        lambda: directory.counted(company.context, stranger, names),
        lambda: directory.assessors(company.context, stranger, most=9),
    ):
        with refused("error-forbidden"):
            refuses()


def test_a_department_that_everybody_has_left_is_none_to_choose(company: Company, admin: Actor) -> None:
    table = "工号,姓名,部门\nN1,马超,一部\n"
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", table))
    for staff_no in ("N1", "R2"):
        roles.set_active(company.context, OPERATOR, staff_no, active=False)
    assert directory.departments(company.context, admin) == ["人力资源部", "政企客户部"]


def test_assessors_stand_on_pages_without_those_who_are_no_choice(company: Company, admin: Actor) -> None:
    table = "工号,姓名,角色\n" + "\n".join(f"S{number},评委{number},评审员" for number in range(5))
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", table))
    roles.set_active(company.context, OPERATOR, "S1", active=False)
    first = directory.assessors(company.context, admin, but=[company.id("R2")], most=2)
    assert ([person.staff_no for person in first.people], first.before) == (["R1", "S0"], None)
    assert first.after is not None
    second = directory.assessors(company.context, admin, first.after, but=[company.id("R2")], most=2)
    assert ([person.staff_no for person in second.people], second.before) == (["S2", "S3"], first.people[0].id)
    assert second.after is not None
    assert directory.assessors(company.context, admin, second.after, most=2).after is None


# ——— the application date, and what applicants must bring


def test_the_form_is_applied_for_today_unless_it_names_another_day(company: Company, admin: Actor) -> None:
    fills_in(company, admin)
    assert opening_form.look(company.context, admin, ACCOUNT).applied == date(2026, 11, 22)
    company.clock.time += timedelta(days=1)
    assert opening_form.look(company.context, admin, ACCOUNT).applied == date(2026, 11, 23), "the day of opening"
    filled = opening_form.set_applied(company.context, admin, ACCOUNT, date(2026, 11, 1))
    assert filled.applied == date(2026, 11, 1)
    opened = opening_form.open_form(company.context, admin, ACCOUNT, filled.mark)
    assessment, _, _ = looked_up(company.context, opened.batch.opened["E1"])
    assert assessment.application_date == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("applied", "key"),
    [(date(2026, 11, 23), "error-applied-future"), (date(1926, 11, 1), "error-applied-far")],
)
def test_a_day_that_can_not_be_applied_on_leaves_the_form_as_it_is(
    company: Company, admin: Actor, applied: date, key: str
) -> None:
    mark = fills_in(company, admin)
    with refused(key):
        opening_form.set_applied(company.context, admin, ACCOUNT, applied)
    assert opening_form.look(company.context, admin, ACCOUNT).mark == mark


@pytest.fixture
def asking(company: Company, admin: Actor) -> Company:
    """A form about a department by a standard that asks for a year of service, of which E1 has none."""
    company.context = company.restarted(asking_standards(company.folder))
    keeping.change(company.context, OPERATOR, "E1", {"hired_on": "2026-03-01"})
    keeping.change(company.context, OPERATOR, "E2", {"hired_on": "2020-03-01"})
    fills_in(company, admin)
    opening_form.set_standard(company.context, admin, ACCOUNT, FIELD)
    opening_form.set_level(company.context, admin, ACCOUNT, "one")
    return company


def names(people: Sequence[Person]) -> list[str]:
    return [each.staff_no for each in people]


def test_an_exception_needs_a_reason_before_anything_is_opened(asking: Company, admin: Actor) -> None:
    filled = opening_form.look(asking.context, admin, ACCOUNT)
    assert names([each.person for each in filled.exceptions]) == ["E1"]
    assert (filled.missing, names(filled.subjects)) == (["exception"], ["E1", "E2"])
    filled = opening_form.set_exception(asking.context, admin, ACCOUNT, "公司急需")
    assert filled.missing == []
    opened = opening_form.open_form(asking.context, admin, ACCOUNT, filled.mark).batch.opened
    reasons = [looked_up(asking.context, number)[0].exception for number in opened.values()]
    assert (list(opened), reasons) == (["E1", "E2"], ["公司急需", ""])


def test_who_lacks_something_is_left_out_and_let_in_again(asking: Company, admin: Actor) -> None:
    filled = opening_form.leave_ineligible_out(asking.context, admin, ACCOUNT, out=True)
    assert (names(filled.subjects), names(filled.ineligible), filled.missing) == (["E2"], ["E1"], [])
    let_in = opening_form.leave_ineligible_out(asking.context, admin, ACCOUNT, out=False)
    assert (names(let_in.subjects), let_in.ineligible, let_in.missing) == (["E1", "E2"], [], ["exception"])
    filled = opening_form.leave_ineligible_out(asking.context, admin, ACCOUNT, out=True)
    opened = opening_form.open_form(asking.context, admin, ACCOUNT, filled.mark).batch
    assert (list(opened.opened), names(opened.ineligible)) == (["E2"], ["E1"])


def test_of_one_person_nobody_can_be_left_out(asking: Company, admin: Actor) -> None:
    opening_form.set_subject(asking.context, admin, ACCOUNT, asking.id("E1"))
    with refused("error-stale"):
        opening_form.leave_ineligible_out(asking.context, admin, ACCOUNT, out=True)


@pytest.mark.parametrize(
    "changes",
    [
        lambda form, *mine: form.set_standard(*mine, SCALE),
        lambda form, *mine: form.set_level(*mine, "two"),
        lambda form, *mine: form.set_department(*mine, "技术支援部"),
        lambda form, *mine: form.set_applied(*mine, date(2026, 11, 1)),
    ],
)
def test_a_reason_is_forgotten_where_it_was_meant_for_others(
    asking: Company, admin: Actor, changes: Callable[..., Filled]
) -> None:
    opening_form.set_exception(asking.context, admin, ACCOUNT, "公司急需")
    assert opening_form.set_due(asking.context, admin, ACCOUNT, DUE).form.exception == "公司急需"
    assert changes(opening_form, asking.context, admin, ACCOUNT).form.exception == ""


def test_a_form_without_a_level_finds_nothing_lacking(asking: Company, admin: Actor) -> None:
    filled = opening_form.set_standard(asking.context, admin, ACCOUNT, SCALE)
    assert filled.lacking == []
    assert opening_form.set_standard(asking.context, admin, ACCOUNT, FIELD).missing == ["level"]
    assert opening_form.set_level(asking.context, admin, ACCOUNT, "one").missing == ["exception"]
