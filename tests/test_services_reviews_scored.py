"""Before the last review of an assessment that nobody signs is in: what its employee will be told at once."""

import pytest

from qualify.dialogue import StepKind
from qualify.services.assessments import results
from qualify.services.reviews import answering, submission
from qualify.services.reviews.screen import Turn
from tests.company import ACCOUNTS, POINTS, SCALE, Company, all_met, reference

pytest_plugins = ["tests.company_fixtures"]


def at_the_end(company: Company, staff_no: str, review_id: int) -> Turn:
    """The summary of a review in which everything was answered."""
    turn = answering.open_review(company.context, ACCOUNTS[staff_no], review_id)
    while turn.screen is not None and turn.screen.step.kind is not StepKind.SUMMARY:
        assert turn.tells is None
        turn = company.press(staff_no, turn, all_met(turn.screen))
    return turn


@pytest.mark.parametrize(("standard", "level"), [(SCALE, "4"), (POINTS, "3")])
def test_the_last_submitter_sees_the_result_that_its_employee_is_then_told(
    company: Company, standard: str, level: str
) -> None:
    first, second = company.opens(standard, level, assessors=("R1", "R2"))
    turn = at_the_end(company, "R1", first)
    assert turn.tells is None, "the other review is missing"
    submission.submit(company.context, ACCOUNTS["R1"], reference(turn))
    turn = at_the_end(company, "R2", second)
    assert turn.tells is not None
    submission.submit(company.context, ACCOUNTS["R2"], reference(turn))
    assert results.latest(company.context, company.id("E1")).result == turn.tells


def test_where_somebody_signs_nobody_sees_it_before(company: Company) -> None:
    (review_id,) = company.opens(SCALE, "4", sign_off=True)
    assert at_the_end(company, "R1", review_id).tells is None
