"""Changes while reviews are owed, the end of what is over, and that all of it stands in the audit log."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest

from qualify.dialogue import Act, Action
from qualify.errors import QualifyError
from qualify.services.assessments import amendments, appeals, lifecycle, listing, results
from qualify.services.people import roles
from qualify.services.reviews import answering, submission
from qualify.services.reviews.screen import Turn
from qualify.storage.tables import NoticeKind, Review, StoredEntry
from qualify.workflow import AssessmentState, Event, Part, ReviewState
from tests.company import (
    ACCOUNTS,
    OPERATOR,
    SCALE,
    ZONE,
    Company,
    looked_up,
    meeting_before,
    reference,
    refused,
    together,
)
from tests.lives import EVENTS, bring_to

pytest_plugins = ["tests.company_fixtures"]
LATER = date(2027, 1, 31)


def only(company: Company) -> int:
    """The only assessment there is."""
    (listed,) = listing.listed(company.context, OPERATOR)
    return listed.id


def parts(company: Company, assessment_id: int) -> dict[str, tuple[str, str, str]]:
    """Part, weight and state of each review, by the assessor's name."""
    _, _, assigned = looked_up(company.context, assessment_id)
    return {name: (review.part, str(review.weight), review.state) for review, name in assigned}


def test_a_due_date_is_moved_and_both_days_are_kept(company: Company) -> None:
    company.opens(SCALE, "4")
    amendments.extend(company.context, company.actor("A1"), only(company), LATER)
    assert looked_up(company.context, only(company))[0].due_date == LATER
    (line,) = company.lines()
    assert (line.action, line.person_id, line.at) == ("extend", company.id("A1"), company.clock.time)
    assert (json.loads(line.before), json.loads(line.after)) == ({"due": "2026-12-01"}, {"due": "2027-01-31"})


def test_a_due_date_is_never_a_day_that_has_passed_in_the_companys_time_zone(company: Company) -> None:
    company.opens(SCALE, "4")
    company.clock.time = datetime(2026, 11, 22, 0, 30, tzinfo=ZONE)  # still the 21st in Greenwich
    with refused("error-due-past"):
        amendments.extend(company.context, OPERATOR, only(company), date(2026, 11, 21))
    amendments.extend(company.context, OPERATOR, only(company), date(2026, 11, 22))


@pytest.mark.parametrize("state", ["reviewed", "signed_off", "published", "withdrawn", "expired"])
def test_once_no_review_is_owed_nothing_about_them_is_changed(small_company: Company, state: str) -> None:
    life = bring_to(small_company, AssessmentState(state))
    before = small_company.cells()
    with refused("error-life-not-owed"):
        amendments.extend(small_company.context, OPERATOR, life.assessment_id, small_company.context.today())
    with refused("error-life-not-owed"):
        amendments.reassign(small_company.context, OPERATOR, life.assessment_id, "R1", "R2")
    assert small_company.cells() == before


def test_withdrawn_nobody_owes_anything_and_who_had_a_review_in_hand_is_told(company: Company) -> None:
    ids = company.opens(SCALE, "4", assessors=("R1", "R2"), self_assessment=True)
    company.finishes("R1", ids[0])
    company.owed()
    amendments.withdraw(company.context, OPERATOR, only(company), " 调岗 ")
    assert company.state(only(company)) == AssessmentState.WITHDRAWN
    assert company.owed() == [(NoticeKind.WITHDRAWN, "吴倩", ids[1]), (NoticeKind.WITHDRAWN, "陈晨", ids[2])]
    states = {name: state for name, (_, _, state) in parts(company, only(company)).items()}
    assert states == {"周明": ReviewState.SUBMITTED, "吴倩": ReviewState.WITHDRAWN, "陈晨": ReviewState.WITHDRAWN}
    (line,) = company.lines()
    assert json.loads(line.after) == {"state": "withdrawn", "reason": "调岗"}
    assert json.loads(line.before) == {"state": "in_progress"}


def test_what_was_given_in_a_withdrawn_review_stays_and_no_more_is_taken(company: Company) -> None:
    review_id, turn = company.at_rating()
    amendments.withdraw(company.context, OPERATOR, only(company))
    given = company.count(StoredEntry)
    for after in (
        company.press("R1", turn, Action(Act.RATE, "5")),
        submission.submit(company.context, ACCOUNTS["R1"], reference(turn)),
        answering.open_review(company.context, ACCOUNTS["R1"], review_id),
    ):
        assert (after.screen, after.row.state) == (None, ReviewState.WITHDRAWN)
    assert company.count(StoredEntry) == given
    assert answering.owed(company.context, company.id("R1")) == []


def test_a_result_that_was_returned_unpublished_can_still_be_withdrawn_and_one_once_published_can_not(
    company: Company,
) -> None:
    returned = bring_to(company, AssessmentState.RETURNED)
    EVENTS[Event.COMPLETE](returned)
    amendments.withdraw(company.context, OPERATOR, returned.assessment_id)
    appealed = bring_to(company, AssessmentState.APPEALED)
    EVENTS[Event.REOPEN](appealed)
    for _ in range(2):
        with refused("error-withdraw-published"):
            amendments.withdraw(company.context, OPERATOR, appealed.assessment_id)
        EVENTS[Event.COMPLETE](appealed)
        EVENTS[Event.RETURN](appealed)


def test_a_review_goes_to_another_assessor_with_its_part_and_weight_but_without_its_answers(company: Company) -> None:
    first, _ = company.opens(SCALE, "4", assessors=("R1", "R2"))
    company.walks("R1", first)
    company.owed()
    company.hires("R3", "许诺", "评审员")
    review_id = amendments.reassign(company.context, OPERATOR, only(company), "R1", "R3")
    assert parts(company, only(company)) == {
        "周明": (Part.LEAD, "1", ReviewState.WITHDRAWN),
        "吴倩": (Part.MEMBER, "1", ReviewState.OPEN),
        "许诺": (Part.LEAD, "1", ReviewState.OPEN),
    }
    told = [(NoticeKind.WITHDRAWN, "周明", first), (NoticeKind.REVIEW, "许诺", review_id)]
    assert company.owed() == told
    turn = answering.open_review(company.context, ACCOUNTS["R3"], review_id)
    assert turn.row.position.revision == 0
    (line,) = company.lines()
    kept = {"assessor": "R1"}, {"assessor": "R3", "review": review_id}
    assert (json.loads(line.before), json.loads(line.after)) == kept


def test_the_result_is_made_without_the_assessor_who_was_replaced(company: Company) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    company.walks("R1", first)
    company.finishes("R2", second)
    company.hires("R3", "许诺", "评审员")
    review_id = amendments.reassign(company.context, OPERATOR, only(company), "R1", "R3")
    company.finishes("R3", review_id)
    assert company.state(only(company)) == AssessmentState.REVIEWED
    element = results.of_assessment(company.context, OPERATOR, only(company)).result.elements[0]
    assert [review.assessor for review in element.reviews] == ["吴倩", "许诺"]


def test_a_review_that_comes_back_to_a_former_assessor_is_the_old_one_with_all_that_was_given(
    company: Company,
) -> None:
    first, _ = company.opens(SCALE, "4", assessors=("R1", "R2"))
    before = company.walks("R1", first)
    company.hires("R3", "许诺", "评审员")
    amendments.reassign(company.context, OPERATOR, only(company), "R1", "R3")
    company.owed()
    assert amendments.reassign(company.context, OPERATOR, only(company), "R3", "R1") == first
    assert parts(company, only(company))["周明"] == (Part.LEAD, "1", ReviewState.OPEN)
    assert answering.open_review(company.context, ACCOUNTS["R1"], first).screen == before.screen
    assert (NoticeKind.REVIEW, "周明", first) in company.owed()
    assert company.count(Review) == 3


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("R2", "R3", "error-reassign-not-owed"),  # has submitted
        ("R3", "R1", "error-reassign-not-owed"),
        ("E1", "R3", "error-reassign-not-owed"),  # their own assessment stays theirs
        ("R1", "R2", "error-reassign-here-already"),
        ("R1", "R1", "error-reassign-here-already"),
        ("R1", "E1", "error-own-assessor"),
        ("R1", "E2", "error-not-assessor"),
        ("R1", "R9", "error-person-unknown"),
        ("R9", "R3", "error-person-unknown"),
    ],
)
def test_a_review_goes_only_from_somebody_who_owes_it_to_somebody_who_may_rate(
    small_company: Company, old: str, new: str, key: str
) -> None:
    small_company.hires("R3", "许诺", "评审员")
    ids = small_company.opens(SCALE, "4", assessors=("R1", "R2"), self_assessment=True)
    small_company.finishes("R2", ids[1])
    before = small_company.cells()
    with refused(key):
        amendments.reassign(small_company.context, OPERATOR, only(small_company), old, new)
    assert small_company.cells() == before


def test_who_left_can_be_replaced(company: Company) -> None:
    company.opens(SCALE, "4")
    roles.set_active(company.context, OPERATOR, "R1", active=False)
    amendments.reassign(company.context, OPERATOR, only(company), "R1", "R2")
    assert [row.assessor_id for row in answering.owed(company.context, company.id("R2"))] == [company.id("R2")]


@pytest.mark.parametrize("change", ["reassign", "withdraw"])
def test_of_a_submission_and_a_change_of_the_same_review_at_once_one_counts(company: Company, change: str) -> None:
    (review_id,) = company.opens(SCALE, "4", sign_off=True)
    end, assessment_id = company.walks("R1", review_id), only(company)

    def changed() -> Turn | None:
        with suppress(QualifyError):
            if change == "withdraw":
                amendments.withdraw(company.context, OPERATOR, assessment_id)
            else:
                amendments.reassign(company.context, OPERATOR, assessment_id, "R1", "R2")
        return None

    with meeting_before(company.context, "SELECT assessment."):
        turn, _ = together(lambda: submission.submit(company.context, ACCOUNTS["R1"], reference(end)), changed)
    assert turn is not None
    submitted = turn.row.state == ReviewState.SUBMITTED
    expected = "withdrawn" if change == "withdraw" else "reviewed" if submitted else "in_progress"
    assert company.state(assessment_id) == expected


def test_a_result_ends_the_day_after_its_last_calendar_day(company: Company) -> None:
    life = bring_to(company, AssessmentState.PUBLISHED)
    company.clock.time = datetime(2028, 11, 22, 23, 59, 59, tzinfo=ZONE)
    assert lifecycle.expire(company.context) == 0
    company.clock.time += timedelta(seconds=1)
    assert lifecycle.expire(company.context) == 1
    assert (company.state(life.assessment_id), lifecycle.expire(company.context)) == (AssessmentState.EXPIRED, 0)
    (line,) = company.lines()
    assert (line.action, line.person_id, line.operator) == ("expire", None, "qualify")
    assert (line.record_id, json.loads(line.before)) == (life.assessment_id, {"state": "published"})


@pytest.mark.parametrize("state", AssessmentState)
def test_only_what_is_valid_and_waits_for_nobody_expires(small_company: Company, state: AssessmentState) -> None:
    life = bring_to(small_company, state)
    small_company.clock.time += timedelta(days=3650)
    ended = state in {"published", "acknowledged", "answered"}
    assert lifecycle.expire(small_company.context) == int(ended)
    assert small_company.state(life.assessment_id) == ("expired" if ended else state)


def test_after_an_appeal_the_validity_of_the_new_result_counts(company: Company) -> None:
    life = bring_to(company, AssessmentState.APPEALED)
    appeals.reopen(company.context, OPERATOR, life.assessment_id, "请补看材料")
    company.clock.time += timedelta(days=30)
    for event in (Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH):
        EVENTS[event](life)
    company.clock.time = datetime(2028, 11, 30, 9, tzinfo=ZONE)  # the first one's end has passed
    assert lifecycle.expire(company.context) == 0
    company.clock.time = datetime(2028, 12, 23, 9, tzinfo=ZONE)
    assert lifecycle.expire(company.context) == 1
