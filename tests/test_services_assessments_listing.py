"""Lists of assessments page by page: in order, both ways, whatever has changed since the page before was shown."""

from datetime import timedelta
from decimal import Decimal
from itertools import chain

import pytest

from qualify.services.assessments import amendments, listing, sign_off
from qualify.services.assessments import opening as openings
from qualify.services.assessments.listing import START, ListStart
from qualify.services.assessments.opening import Opening
from qualify.storage.assessments import DuePlace
from qualify.workflow import OWED, AssessmentState
from tests.company import OPERATOR, POINTS, SCALE, Company, looked_up

pytest_plugins = ["tests.company_fixtures"]
UNDER_WAY = (OWED | {AssessmentState.REVIEWED},)
QUEUE = ((AssessmentState.REVIEWED,), (AssessmentState.SIGNED_OFF,))


def opened(company: Company, *days: int, subject: str = "E1") -> list[int]:
    """Assessments due in so many days each; their numbers."""
    found = []
    for number in days:
        due = company.context.today() + timedelta(days=number)
        opening = Opening(SCALE, "4", subject, (("R1", Decimal(1)),), due)
        found.append(openings.open_assessment(company.context, OPERATOR, opening))
    return found


def ids(page: listing.AssessmentPage) -> list[int]:
    return [each.id for each in page.lines]


def walked(company: Company, parts: listing.Parts, most: int) -> list[list[int]]:
    """Every page, from the first to the last; and the same on the way back."""
    page = listing.page(company.context, OPERATOR, parts, most=most)
    pages = [ids(page)]
    while page.after is not None:
        page = listing.page(company.context, OPERATOR, parts, page.after, most=most)
        pages.append(ids(page))
    back = [ids(page)]
    while page.before is not None:
        page = listing.page(company.context, OPERATOR, parts, page.before, most=most)
        back.append(ids(page))
    assert back[::-1] == pages
    return pages


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5])
def test_what_is_in_several_states_is_one_list_by_due_date_there_and_back(company: Company, most: int) -> None:
    a, b, c, d = opened(company, 9, 3, 3, 20)
    company.finishes("R1", looked_up(company.context, b)[2][0][0].id)
    pages = walked(company, UNDER_WAY, most)
    assert list(chain.from_iterable(pages)) == [b, c, a, d]
    assert {len(page) for page in pages[:-1]} <= {most}


def test_the_second_list_begins_where_the_first_one_ends(company: Company) -> None:
    first, second, third = (company.reviewed(subject="E2") for _ in range(3))
    sign_off.sign_off(company.context, OPERATOR, first)
    for most, expected in ((2, [[second, third], [first]]), (1, [[second], [third], [first]])):
        assert walked(company, QUEUE, most) == expected
    page = listing.page(company.context, OPERATOR, QUEUE, most=2)
    assert page.counts == {AssessmentState.REVIEWED: 2, AssessmentState.SIGNED_OFF: 1}


def test_what_is_about_the_reader_can_be_left_out(company: Company) -> None:
    own, other = company.reviewed(subject="E1"), company.reviewed(subject="E2")
    reader = company.actor("E1")
    company.hires("A2", "郑和", "管理员")
    assert ids(listing.page(company.context, company.actor("A1"), QUEUE, most=9, but_own=True)) == [own, other]
    with company.context.database.transaction() as connection:
        connection.exec_driver_sql(f"INSERT INTO person_role VALUES ({reader.person_id}, 'admin')")
    page = listing.page(company.context, reader, QUEUE, most=9, but_own=True)
    assert (ids(page), page.counts[AssessmentState.REVIEWED]) == ([other], 1)


def test_a_page_that_is_no_more_shows_the_last_one(company: Company) -> None:
    a, b, c = opened(company, 1, 2, 3)
    start = ListStart(0, DuePlace(company.context.today() + timedelta(days=9), 1))
    page = listing.page(company.context, OPERATOR, UNDER_WAY, start, most=2)
    assert (ids(page), page.after) == ([b, c], None)
    for each in (a, b, c):
        amendments.withdraw(company.context, OPERATOR, each)
    for wherever in (START, start, ListStart(7, DuePlace(company.context.today(), 1))):
        page = listing.page(company.context, OPERATOR, UNDER_WAY, wherever, most=2)
        assert (page.lines, page.before, page.after, sum(page.counts.values())) == ([], None, None, 0)


def test_what_was_put_off_stands_where_it_is_due_now(company: Company) -> None:
    a, b = opened(company, 1, 2)
    amendments.extend(company.context, OPERATOR, a, company.context.today() + timedelta(days=5))
    assert walked(company, UNDER_WAY, 9) == [[b, a]]


def test_a_line_counts_the_assessors_reviews_that_are_in(company: Company) -> None:
    first, _ = company.opens(POINTS, "3", assessors=("R1", "R2"), self_assessment=True)[:2]
    company.finishes("R1", first)
    (line,) = listing.page(company.context, OPERATOR, UNDER_WAY, most=9).lines
    assert (line.reviews, line.submitted, line.subject) == (2, 1, "陈晨")
