"""One search: people and assessments of all years, narrowed, page by page, and as administrators may see them."""

import pytest

from qualify.access import Role
from qualify.errors import Forbidden, NotFound, Stale
from qualify.reporting.seeking import understood
from qualify.services import finding
from qualify.services.assessments import amendments, listing
from qualify.services.assessments.listing import Wanted
from qualify.services.finding import Found, Sought
from qualify.services.imports import people_list
from qualify.services.people import privacy, roles
from qualify.workflow import AssessmentState as State
from tests.company import ACCOUNTS, ON_SQLITE, OPERATOR, POINTS, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]
A1 = ACCOUNTS["A1"]


def found(company: Company, first_id: int = 0, most: int = 8, **sought: object) -> Found:
    """What the administrator finds."""
    given = company.actor("A1"), A1
    mark = finding.look_for(company.context, *given, Sought(**sought))  # type: ignore[arg-type]
    return finding.found(company.context, *given, mark, first_id, most=most)


def ids(found: Found) -> list[int]:
    """The assessments, in the order of the list."""
    return [view.id for view in found.assessments.views]


def opened(company: Company, *standards: str, subject: str = "E1") -> list[int]:
    """Assessments of somebody, one by each of the standards; their numbers."""
    before = {each.id for each in listing.listed(company.context, OPERATOR)}
    for standard in standards:
        company.opens(standard, "4", subject)
    return sorted({each.id for each in listing.listed(company.context, OPERATOR)} - before)


def test_people_and_their_assessments_are_found_by_a_part_of_name_number_or_department(company: Company) -> None:
    first, second = opened(company, SCALE, POINTS)
    (other,) = opened(company, SCALE, subject="E2")
    by_name = found(company, words="陈")
    assert ([person.name for person in by_name.people], ids(by_name)) == (["陈晨"], [second, first])
    assert ids(found(company, words="e2")) == [other]
    assert ids(found(company, words="政企")) == [other, second, first], "the newest first"
    assert ids(found(company, words="没有这人")) == []
    assert ids(found(company)) == [other, second, first]


def test_a_search_is_narrowed_by_state_standard_and_department_together(company: Company) -> None:
    first, second = opened(company, SCALE, POINTS)
    (other,) = opened(company, SCALE, subject="R2")
    amendments.withdraw(company.context, OPERATOR, first)
    assert ids(found(company, state=State.WITHDRAWN)) == [first]
    assert ids(found(company, standard=SCALE)) == [other, first]
    assert ids(found(company, standard=SCALE, state=State.OPEN)) == [other]
    assert ids(found(company, department="政企客户部")) == [second, first]
    assert ids(found(company, department="政企客户部", standard=POINTS)) == [second]
    assert ids(found(company, words="陈", department="技术支援部")) == []
    assert found(company, words="陈", department="技术支援部").people == []


def test_the_whole_name_of_a_department_among_the_words_asks_for_the_department(company: Company) -> None:
    opened(company, SCALE)
    sought = found(company, words="陈晨 政企客户部").sought
    assert (sought.words, sought.department) == ("陈晨", "政企客户部")


def test_pages_are_turned_both_ways_and_end(company: Company) -> None:
    numbers = opened(company, *[SCALE] * 3, *[POINTS] * 2)[::-1]
    first = found(company, most=2)
    second = found(company, first.assessments.after or -1, most=2)
    third = found(company, second.assessments.after or -1, most=2)
    assert [*ids(first), *ids(second), *ids(third)] == numbers
    assert (first.assessments.before, second.assessments.before, third.assessments.after) == (None, numbers[0], None)
    assert found(company, numbers[1], most=2).assessments.before == 0, "the very first"
    assert ids(found(company, third.assessments.before or -1, most=2)) == ids(second)


@ON_SQLITE
def test_what_is_looked_for_is_known_by_its_mark_and_a_button_of_an_earlier_search_is_refused(company: Company) -> None:
    given = company.actor("A1"), A1
    old = finding.look_for(company.context, *given, Sought("陈"))
    new = finding.look_for(company.context, *given, Sought("何"))
    with refused("error-search-over"):
        finding.found(company.context, *given, old, most=2)
    with pytest.raises(Stale):
        finding.look_again(company.context, *given, old, narrowed=Sought("陈", state=State.OPEN))
    assert finding.current(company.context, *given).words == "何"
    narrowed = finding.look_again(company.context, *given, new, narrowed=Sought("何", state=State.OPEN))
    assert finding.current(company.context, *given, narrowed) == Sought("何", state=State.OPEN)


@ON_SQLITE
def test_a_published_result_is_found_with_its_figure_and_a_persons_assessments_are_of_all_years(
    company: Company,
) -> None:
    company.published(SCALE, "4")
    (view,) = found(company, words="陈").assessments.views
    assert view.result is not None
    assert view.state is State.PUBLISHED
    company.opens(SCALE, "3")
    person, page = finding.about(company.context, company.actor("A1"), company.id("E1"), most=8)
    assert (person.name, [each.result is not None for each in page.views]) == ("陈晨", [False, True])
    assert finding.about(company.context, company.actor("A1"), company.id("E1"), most=1)[1].after == page.views[1].id


@ON_SQLITE
def test_an_administrator_finds_their_own_assessment_without_what_they_may_not_see(company: Company) -> None:
    company.reviewed(SCALE, "4", "E2")
    roles.set_roles(company.context, OPERATOR, "E2", [Role.EMPLOYEE, Role.ADMIN])
    actor, account = company.actor("E2"), ACCOUNTS["E2"]
    mark = finding.look_for(company.context, actor, account, Sought("何"))
    (view,) = finding.found(company.context, actor, account, mark, most=8).assessments.views
    assert view.result is None
    (seen,) = found(company, words="何").assessments.views
    assert seen.result is not None


@ON_SQLITE
@pytest.mark.parametrize("staff_no", ["R1", "E1"])
def test_nobody_but_an_administrator_searches(company: Company, staff_no: str) -> None:
    given, person_id = (company.actor(staff_no), ACCOUNTS[staff_no]), company.id("E1")
    for deed in (
        lambda: finding.look_for(company.context, *given, Sought("陈")),
        lambda: finding.look_again(company.context, *given, 0, narrowed=Sought()),
        lambda: finding.found(company.context, *given, most=8),
        lambda: finding.current(company.context, *given),
        lambda: finding.about(company.context, given[0], person_id, most=8),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_of_somebody_who_was_erased_no_search_keeps_the_name(company: Company) -> None:
    opened(company, SCALE)
    found(company, words="陈晨")
    privacy.erase_person(company.context, company.actor("A1"), "E1")
    assert finding.current(company.context, company.actor("A1"), A1) == Sought()
    with pytest.raises(NotFound):
        finding.about(company.context, company.actor("A1"), 999, most=8)


SAID = [
    ("陈晨", Sought("陈晨")),
    ("已发布", Sought(state=State.PUBLISHED)),
    ("Published", Sought(state=State.PUBLISHED)),
    ("陈晨 客户经理", Sought("陈晨", SCALE)),
    ("client-manager 待签署 周", Sought("周", SCALE, state=State.REVIEWED)),
    ("客户经理能力素质模型", Sought("", SCALE)),
    ("客", Sought("客")),
    ("  ", Sought()),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_words_are_understood_as_state_and_standard_in_any_language(
    company: Company, text: str, expected: Sought
) -> None:
    assert understood(text, company.context.standards.all()) == expected


def test_the_whole_list_is_narrowed_in_the_same_ways(company: Company) -> None:
    first, second = opened(company, SCALE, POINTS)
    (other,) = opened(company, SCALE, subject="R2")

    def listed(**wanted: str) -> set[int]:
        return {each.id for each in listing.listed(company.context, OPERATOR, None, Wanted(**wanted))}

    assert listed(words="陈") == listed(subject="E1") == {first, second}
    assert listed(standard=SCALE) == {first, other}
    assert listed(department="技术支援部") == {other}
    assert listed(words="陈", subject="R2") == set()
    assert listed(words="陈", standard=SCALE) == {first}
    for unknown in ({"subject": "X9"}, {"standard": "pilot"}):
        with pytest.raises(NotFound):
            listed(**unknown)


def test_many_who_match_are_said_to_be_more(company: Company) -> None:
    rows = "".join(f"N{number:03},员工{number}\n" for number in range(120))
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", f"工号,姓名\n{rows}"))
    many = found(company, words="员工")
    assert many.more
    assert len(many.people) == finding.MOST_PEOPLE
