"""A table that was sent: known by its headings, tried without a trace, taken in whole."""

import pytest

from qualify.imports import read
from qualify.services.authorization import Actor
from qualify.services.imports import received
from qualify.services.imports.received import MOST_ROWS, ListKind
from qualify.services.imports.tables import Cells, InvalidTable
from qualify.services.people import directory
from qualify.storage.tables import Audit, ExamScore, Person
from tests.company import OPERATOR, POINTS, Company, refused

pytest_plugins = ["tests.company_fixtures"]
TWO = "工号,姓名\nN1,马超\nE1,陈晨\n"
SCORES = f"姓名,工号,标准,科目,成绩,考试日期\n陈晨,E1,{POINTS},specialist,84,2026-03-01\n"


def sent(text: str, name: str = "表.csv") -> Cells:
    return Cells(name, read(name, text.encode(), MOST_ROWS))


def test_a_list_of_people_is_tried_without_a_trace_and_then_taken_in(company: Company) -> None:
    before = company.count(Person), company.count(Audit)
    tried = received.try_out(company.context, OPERATOR, sent(TWO))
    assert (tried.kind, tried.rows) == (ListKind.PEOPLE, 2)
    assert tried.preview.differences[0][:3] == ("N1", "马超", True)
    assert tried.people == (["N1"], [], ["E1"])
    assert (company.count(Person), company.count(Audit)) == before
    assert received.take_in(company.context, OPERATOR, sent(TWO)).people == tried.people
    assert company.count(Person) == before[0] + 1
    assert received.try_out(company.context, OPERATOR, sent(TWO)).changes_nothing


def test_scores_are_known_by_their_headings_also_beside_names(company: Company) -> None:
    tried = received.try_out(company.context, OPERATOR, sent(SCORES))
    assert (tried.kind, tried.rows, tried.changes_nothing) == (ListKind.SCORES, 1, False)
    assert company.count(ExamScore) == 0
    received.take_in(company.context, OPERATOR, sent(SCORES))
    assert company.count(ExamScore) == 1


def test_a_dry_run_meets_what_the_real_one_would(company: Company) -> None:
    with refused("error-last-admin"):
        received.try_out(company.context, OPERATOR, sent("工号,姓名,角色\nA1,林雪,员工\n"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a,b\n1,2\n", "error-file-kind"),
        ("姓名,部门\n马超,IT\n", "error-file-kind"),
        ("  ", "error-file-kind"),
        ("工号,姓名,成绩\nE1,陈晨,80\n", "error-file-kind"),
        ("工号,姓名\n", "error-file-empty"),
        ("工号,姓名\n,\n , \n", "error-file-empty"),
        ("工号,姓名\n" + "N1,马超\n" * (MOST_ROWS + 1), "error-file-rows"),
    ],
)
def test_a_table_that_is_neither_empty_or_too_long_is_refused(small_company: Company, text: str, key: str) -> None:
    with refused(key):
        received.take_in(small_company.context, OPERATOR, sent(text))


def test_empty_lines_are_not_counted(small_company: Company) -> None:
    text = TWO + ",\n" * MOST_ROWS
    assert received.take_in(small_company.context, OPERATOR, sent(text)).rows == 2


def test_every_fault_is_named_and_nothing_taken_in(small_company: Company) -> None:
    with pytest.raises(InvalidTable) as refusal:
        received.take_in(small_company.context, OPERATOR, sent("工号,姓名,角色\nN1,马超,员工\n,许诺,经理\n"))
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(3, "staff_no"), (3, "roles")]
    assert "N1" not in {person.staff_no for person, _, _ in directory.listed(small_company.context, OPERATOR)}


@pytest.mark.parametrize("text", [TWO, SCORES])
def test_only_administrators_take_tables_in(company: Company, text: str) -> None:
    for deed in (received.try_out, received.take_in):
        with refused("error-forbidden"):
            deed(company.context, Actor(company.id("R1")), sent(text))
    assert (company.count(Person), company.count(ExamScore)) == (5, 0)
