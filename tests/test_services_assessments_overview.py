"""One assessment as an administrator has it before them: what it shows to whom, and which steps it offers."""

from itertools import accumulate

import pytest
from sqlalchemy import event

from qualify.services.assessments import amendments, appeals, overview, results, sign_off
from qualify.services.assessments.overview import OF_THE_SUBJECT, STEPS, NextStep
from qualify.services.authorization import Actor
from qualify.storage import assessments as stored
from qualify.workflow import TABLE, AssessmentState, Event
from tests.company import OPERATOR, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]

OF_ADMINS = {step: needs for step, needs in STEPS.items() if step not in OF_THE_SUBJECT}
OWED = {NextStep.EXTEND, NextStep.REASSIGN, NextStep.REMIND}


@pytest.fixture
def admin(small_company: Company) -> Actor:
    return Actor(small_company.id("A1"))


def opened(company: Company, subject: str = "E1", **how: bool) -> int:
    (review_id,) = company.opens(SCALE, "3", subject, sign_off=True, **how)[:1]
    return review_id


@pytest.mark.parametrize("state", AssessmentState)
def test_the_steps_offered_are_those_that_the_tables_allow(
    small_company: Company, admin: Actor, state: AssessmentState
) -> None:
    opened(small_company)
    with small_company.context.database.transaction() as connection:
        stored.change(connection, 1, state=state.value)
    by_event = {step for step, (_, event) in OF_ADMINS.items() if event is not None and (state, event) in TABLE}
    by_event -= {NextStep.SETTLE}  # there is nothing to settle
    owed = OWED if (state, Event.COMPLETE) in TABLE or state is AssessmentState.OPEN else set()
    assert overview.view(small_company.context, admin, 1).steps == by_event | owed
    for step in OF_ADMINS:
        if step not in by_event | owed:
            with refused("error-(life(-not-owed)?|nothing-to-settle)"):
                overview.check(small_company.context, admin, 1, step)


def test_what_is_refused_by_a_step_is_what_its_service_would_refuse(small_company: Company, admin: Actor) -> None:
    opened(small_company)
    context = small_company.context
    services = {
        NextStep.SIGN: lambda: sign_off.sign_off(context, admin, 1),
        NextStep.PUBLISH: lambda: sign_off.publish(context, admin, 1),
        NextStep.RETURN: lambda: sign_off.return_to(context, admin, 1, "原因"),
        NextStep.REPLY: lambda: appeals.answer(context, admin, 1, "答复"),
        NextStep.REOPEN: lambda: appeals.reopen(context, admin, 1, "原因"),
    }
    for step, service in services.items():
        with refused("error-life"):
            service()
        with refused("error-life"):
            overview.check(context, admin, 1, step)


def test_after_a_publication_nothing_is_withdrawn(small_company: Company, admin: Actor) -> None:
    review_id = opened(small_company)
    context = small_company.context
    small_company.finishes("R1", review_id)
    sign_off.sign_off(context, admin, 1)
    result_id = sign_off.publish(context, admin, 1)
    appeals.appeal(context, Actor(small_company.id("E1")), result_id, "请再看")
    appeals.reopen(context, admin, 1, "再看一遍")
    assert overview.view(context, admin, 1).steps == OWED
    with refused("error-withdraw-published"):
        overview.check(context, admin, 1, NextStep.WITHDRAW)
    with refused("error-withdraw-published"):
        amendments.withdraw(context, admin, 1)


def test_what_was_only_returned_can_be_withdrawn(small_company: Company, admin: Actor) -> None:
    review_id = opened(small_company)
    for _ in range(2):
        small_company.finishes("R1", review_id)
        sign_off.return_to(small_company.context, admin, 1, "请补充证据")
    assert NextStep.WITHDRAW in overview.view(small_company.context, admin, 1).steps
    amendments.withdraw(small_company.context, admin, 1)


def percents(company: Company, admin: Actor) -> dict[int, int]:
    reviews = overview.view(company.context, admin, 1).reviews
    return {review.id: review.percent for review in reviews if review.percent is not None}


def test_open_reviews_have_their_progress(small_company: Company, admin: Actor) -> None:
    first, second = small_company.opens(SCALE, "3", assessors=("R1", "R2"), sign_off=True)
    small_company.walks("R1", first)
    assert percents(small_company, admin) == {first: 100, second: 0}
    small_company.finishes("R1", first)
    assert percents(small_company, admin) == {second: 0}


def test_a_self_assessment_is_there_once_it_and_the_result_are(small_company: Company, admin: Actor) -> None:
    context = small_company.context
    review_id, own = small_company.opens(SCALE, "3", sign_off=True, self_assessment=True)
    small_company.finishes("E1", own)
    assert overview.view(context, admin, 1).own == {}
    small_company.finishes("R1", review_id)
    assert len(overview.view(context, admin, 1).own) == 18


def test_the_subject_sees_nothing_that_is_not_published_and_decides_nothing(small_company: Company) -> None:
    company = small_company
    subject = Actor(company.id("A1"))
    review_id, own = company.opens(SCALE, "3", "A1", sign_off=True, self_assessment=True)
    company.finishes("R1", review_id)
    company.finishes("A1", own)
    view = overview.view(company.context, subject, 1)
    assert (view.is_own, view.result, view.own, view.disagreements, view.steps) == (True, None, {}, (), frozenset())
    sign_off.sign_off(company.context, OPERATOR, 1)
    sign_off.publish(company.context, OPERATOR, 1)
    view = overview.view(company.context, subject, 1)
    assert view.result is not None
    assert view.result.id == results.latest(company.context, company.id("A1")).id
    for step in OF_ADMINS.keys() - {NextStep.REMIND}:
        with refused("error-forbidden"):
            overview.check(company.context, subject, 1, step)


@pytest.mark.parametrize("assessment_id", [1, 99])
def test_who_may_see_nothing_does_not_learn_what_there_is(small_company: Company, assessment_id: int) -> None:
    opened(small_company)
    for staff_no in ("R1", "E1", "E2"):
        actor = Actor(small_company.id(staff_no))
        with refused("error-forbidden"):
            overview.view(small_company.context, actor, assessment_id)
        for step in NextStep:
            with refused("error-forbidden"):
                overview.check(small_company.context, actor, assessment_id, step)


def test_an_assessment_that_is_not_there_is_said_to_be_unknown(small_company: Company, admin: Actor) -> None:
    with refused("error-assessment-unknown"):
        overview.view(small_company.context, admin, 99)
    with refused("error-assessment-unknown"):
        overview.check(small_company.context, admin, 99, NextStep.SIGN)


def test_a_review_is_handed_over_by_the_numbers_of_review_and_person(small_company: Company, admin: Actor) -> None:
    review_id, context = opened(small_company), small_company.context
    other = opened(small_company, "E2")
    coming = small_company.id("R2")
    with refused("error-review-not-here"):
        amendments.hand_over(context, admin, 1, other, coming)
    with refused("error-review-not-here"):
        amendments.hand_over(context, admin, 1, 99, coming)
    with refused("error-stale"):
        amendments.hand_over(context, admin, 1, review_id, 99)
    amendments.hand_over(context, admin, 1, review_id, coming)
    assert [review.assessor for review in overview.view(context, admin, 1).reviews] == ["周明", "吴倩"]


def test_looking_at_a_case_takes_one_connection_at_a_time(company: Company) -> None:
    """In PostgreSQL's pool, as many lookers as connections would wait for a second one each, and for ever."""
    assessment_id = company.reviewed(SCALE, "3")
    taken: list[int] = []
    pool = company.context.database.engine.pool
    event.listen(pool, "checkout", lambda *_: taken.append(1))
    event.listen(pool, "checkin", lambda *_: taken.append(-1))
    overview.view(company.context, company.actor("A1"), assessment_id)
    assert max(accumulate(taken)) == 1
