"""What an assessor handed in, read again by nobody else, as it was given."""

import pytest

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.scoring import Mark
from qualify.services.assessments import sign_off
from qualify.services.people import roles
from qualify.services.reviews import answering, evidence, submitted
from qualify.services.reviews.answering import Attachment
from qualify.storage import reviews
from tests.company import ACCOUNTS, ON_SQLITE, OPERATOR, SCALE, Company, all_met, refused

pytest_plugins = ["tests.company_fixtures"]
R1 = ACCOUNTS["R1"]


def partly(screen: Screen) -> Action:
    """Everything met in part; else as everybody."""
    return Action(Act.MARK, "partly") if screen.step.kind is StepKind.CRITERION else all_met(screen)


def handed_in(company: Company) -> int:
    """A review with a note and one that was taken back, handed in; its number."""
    review_id = company.review()
    answering.attach(company.context, R1, Attachment("note", "主持过三次回访"))
    answering.attach(company.context, R1, Attachment("photo", "现场", "file-1"))
    with company.context.database.reading() as connection:
        kept = reviews.evidence_of(connection, review_id)
    evidence.take_back(company.context, R1, kept[1].id)
    company.finishes("R1", review_id, partly)
    return review_id


def test_everything_is_there_as_it_was_given(company: Company) -> None:
    found = submitted.handed_in(company.context, company.actor("R1"), handed_in(company))
    assert set(found.answers.marks.values()) == {Mark.PARTLY}
    assert all(row.rating is not None for row in found.screen.rows)
    assert [(each.text, each.was_taken_back) for each in found.review.notes or ()] == [
        ("主持过三次回访", False),
        ("", True),
    ]
    assert found.day == company.context.today()


def test_it_is_its_assessors_alone_whatever_roles_others_have(company: Company) -> None:
    review_id = handed_in(company)
    roles.set_roles(company.context, OPERATOR, "E1", list(Role))
    for staff_no in ("A1", "R2", "E1", "E2"):
        with refused("error-review-unknown"):
            submitted.handed_in(company.context, company.actor(staff_no), review_id)
        assert submitted.page(company.context, company.actor(staff_no), most=8).rows == []
    with refused("error-review-unknown"):
        submitted.handed_in(company.context, OPERATOR, review_id)
    assert submitted.page(company.context, OPERATOR, most=8).rows == []


@ON_SQLITE
def test_what_is_open_was_returned_or_is_nobodys_is_not_read_here(company: Company) -> None:
    (open_,) = company.opens(SCALE, "4")
    for number in (open_, 999):
        with refused("error-review-unknown"):
            submitted.handed_in(company.context, company.actor("R1"), number)
    assessment_id = company.reviewed(SCALE, "3")
    (row,) = submitted.page(company.context, company.actor("R1"), most=8).rows
    sign_off.return_to(company.context, OPERATOR, assessment_id, "请再看")
    with refused("error-review-unknown"):
        submitted.handed_in(company.context, company.actor("R1"), row.id)


def test_somebody_who_left_reads_nothing_more(company: Company) -> None:
    review_id, actor = handed_in(company), company.actor("R1")
    roles.set_active(company.context, OPERATOR, "R1", active=False)
    assert submitted.page(company.context, actor, most=8).rows == []
    with refused("error-review-unknown"):
        submitted.handed_in(company.context, actor, review_id)


def test_the_list_is_paged_both_ways(company: Company) -> None:
    for _ in range(3):
        company.finishes("R1", company.opens(SCALE, "4")[0])
    actor = company.actor("R1")
    first = submitted.page(company.context, actor, most=2)
    second = submitted.page(company.context, actor, first.after or -1, most=2)
    numbers = [row.id for row in (*first.rows, *second.rows)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 3
    assert (first.before, second.after) == (None, None)
    assert second.before == numbers[0]


@pytest.mark.parametrize("staff_no", ["R1", "E1"])
def test_a_self_assessment_is_read_by_who_wrote_it(company: Company, staff_no: str) -> None:
    _, own = company.opens(SCALE, "4", self_assessment=True)
    company.finishes("E1", own)
    rows = submitted.page(company.context, company.actor(staff_no), most=8).rows
    assert [row.id for row in rows] == ([own] if staff_no == "E1" else [])
