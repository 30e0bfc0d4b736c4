"""What finds a person: any part of the staff number, the name and the department as they are now."""

import pytest
from sqlalchemy import text

from qualify.services.imports import people_list
from qualify.services.people import directory, privacy
from qualify.storage import search
from qualify.storage.search import LONGEST_WORD
from tests.company import OPERATOR, Company

pytest_plugins = ["tests.company_fixtures"]


def hires(company: Company, *lines: str) -> None:
    table = "\n".join(["工号,姓名,部门", *lines])
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", f"{table}\n"))


def found(company: Company, words: str) -> list[str]:
    return [person.staff_no for person in directory.find(company.context, OPERATOR, words, most=30).people]


def test_who_was_renamed_or_moved_is_found_by_what_they_are_now(company: Company) -> None:
    hires(company, "N1,马超,西凉部")
    hires(company, "N1,马孟起,西凉部", "N2,马岱,西凉部")
    assert (found(company, "马超"), found(company, "孟起"), found(company, "凉")) == ([], ["N1"], ["N1", "N2"])
    hires(company, "N1,马孟起,蜀部")
    assert (found(company, "凉"), found(company, "蜀")) == (["N2"], ["N1"])


@pytest.mark.parametrize("words", ["ａｎｎａ", "ANNA", "na b", "l-0", "大客", "大", " 大客户 "])
def test_wide_letters_capitals_and_any_part_are_as_good(company: Company, words: str) -> None:
    hires(company, "L-01,Anna Berg,大客户部")
    assert found(company, words) == ["L-01"]


def test_more_words_than_the_index_has_are_compared_in_full(company: Company) -> None:
    long = "Abcdefghijklmnopqrstuvwxyz" * 2
    hires(company, f"N1,{long},x", f"N2,{long[:-1]}!,x")
    assert len(long) > LONGEST_WORD
    assert (found(company, long), found(company, long[1:]), found(company, long[:30])) == (["N1"], ["N1"], ["N1", "N2"])


def test_of_very_many_only_some_are_looked_at_and_that_is_said(company: Company) -> None:
    hires(company, *(f"N{number:03},马超,某部" for number in range(120)))
    few = directory.find(company.context, OPERATOR, "N00", most=30)
    assert (few.total, few.more) == (10, False)
    many = directory.find(company.context, OPERATOR, "马", most=30)
    assert (many.total, many.more, len(many.people)) == (directory.MOST_MATCHES, True, 30)
    assert [person.staff_no for person in many.people] == [f"N{number:03}" for number in range(30)]


def test_nobody_is_found_twice_nor_after_they_were_erased(company: Company) -> None:
    hires(company, "N11,一一,一部")
    assert found(company, "1") == ["A1", "E1", "N11", "R1"]
    privacy.erase_person(company.context, OPERATOR, "N11")
    assert found(company, "一") == []
    with company.context.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM person_search WHERE word LIKE '一%'")).scalar_one() == 0


def test_indexing_again_leaves_nothing_of_before(company: Company) -> None:
    key = company.id("E1")
    with company.context.database.transaction() as connection:
        search.index(connection, {key: ["X9"], company.id("E2"): []})
    assert (found(company, "陈"), found(company, "x9"), found(company, "何")) == ([], ["E1"], [])
