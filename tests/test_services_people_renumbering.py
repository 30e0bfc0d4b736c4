"""Another staff number: who may have which, and that everything stays with the person."""

from collections.abc import Callable

import pytest

from qualify.errors import QualifyError
from qualify.services import audit_log
from qualify.services.assessments import listing
from qualify.services.authorization import Actor, acting
from qualify.services.imports import people_list
from qualify.services.people import directory, keeping, privacy, renumbering, roles
from qualify.storage.tables import Audit
from tests.company import OPERATOR, SCALE, Company, meeting_before, refused, together

pytest_plugins = ["tests.company_fixtures"]


def renumber(company: Company, old: str, new: str) -> None:
    renumbering.renumber(company.context, OPERATOR, old, new)


def log(company: Company) -> list[Audit]:
    return [line.audit for line in audit_log.page(company.context, OPERATOR, most=99).lines][::-1]


def found(company: Company, words: str) -> list[str]:
    return [person.name for person in directory.find(company.context, OPERATOR, words, most=10).people]


def test_everything_stays_with_somebody_who_gets_another_number(company: Company) -> None:
    company.opens(SCALE, "4")
    before = company.id("E1")
    renumber(company, "E1", " T77 ")
    card = directory.card(company.context, OPERATOR, before)
    assert (card.person.staff_no, card.person.name, len(card.newest)) == ("T77", "陈晨", 1)
    assert card.account is not None
    (listed,) = listing.listed(company.context, OPERATOR)
    assert "T77" in str(listed)
    assert (found(company, "T77"), found(company, "77"), found(company, "E1")) == (["陈晨"], ["陈晨"], [])


def test_the_audit_log_has_both_numbers(company: Company) -> None:
    renumber(company, "E1", "T77")
    line = log(company)[-1]
    assert (line.action, line.record, line.record_id) == ("renumber", "person", company.id("E1"))
    assert (line.before, line.after) == ('{"staff_no": "E1"}', '{"staff_no": "T77"}')


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("E1", "E1", "error-staff-no-same"),
        ("E1", "R1", "error-staff-no-taken"),
        ("E1", "E2", "error-staff-no-taken"),
        ("E1", " ", "error-staff-no-empty"),
        ("E1", "erased-1", "error-staff-no-reserved"),
    ],
)
def test_a_number_that_cannot_be_theirs_is_refused(company: Company, old: str, new: str, key: str) -> None:
    roles.set_active(company.context, OPERATOR, "E2", active=False)  # somebody who is away keeps theirs
    lines = len(log(company))
    for refuses in (renumbering.renumber, renumbering.check_number):
        with refused(key):
            refuses(company.context, OPERATOR, old, new)
    assert len(log(company)) == lines


def test_nobody_unknown_or_erased_gets_a_number(company: Company) -> None:
    with refused("error-staff-no-unknown"):
        renumber(company, "X9", "X10")
    erased = company.id("E2")
    privacy.erase_person(company.context, OPERATOR, "E2")
    with refused("error-staff-no-unknown"):
        renumber(company, f"erased-{erased}", "X10")


def test_inside_another_intention_it_is_undone_with_it(company: Company) -> None:
    with pytest.raises(ZeroDivisionError), acting(company.context, OPERATOR) as work:  # noqa: PT012
        assert renumbering.renumber_within(work, "E1", "T77").staff_no == "T77"
        raise ZeroDivisionError
    assert (found(company, "T77"), found(company, "E1")) == ([], ["陈晨"])


@pytest.mark.parametrize("other", ["renumber", "add", "list"])
def test_a_number_that_two_administrators_give_at_the_same_moment_is_one_persons(company: Company, other: str) -> None:
    company.hires("A2", "孙悦", "管理员")
    listed = company.file("new.csv", "工号,姓名\nT77,新人\n")
    gives: dict[str, Callable[[Actor], object]] = {
        "renumber": lambda actor: renumbering.renumber(company.context, actor, "E1", "T77"),
        "add": lambda actor: keeping.add(company.context, actor, "T77", {"name": "新人"}),
        "list": lambda actor: people_list.import_people(company.context, actor, listed),
    }

    def tried(deed: Callable[[Actor], object], actor: str) -> str:
        try:
            deed(company.actor(actor))
        except QualifyError as refusal:
            return refusal.key
        return ""

    with meeting_before(company.context, "SELECT person_role.role"):
        said = together(
            lambda: tried(gives[other], "A1"),
            lambda: tried(lambda actor: renumbering.renumber(company.context, actor, "E2", "T77"), "A2"),
        )
    assert set(said) <= {"", "error-staff-no-taken"}
    assert len(found(company, "T77")) == 1
