"""A human signs, returns or publishes; several assessors are blind to each other; a self-assessment never counts."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.errors import QualifyError
from qualify.scoring import Result
from qualify.services.assessments import amendments, appeals, overview, results, sign_off
from qualify.services.assessments.lifecycle import checked_text
from qualify.services.notices import queue
from qualify.services.people import roles
from qualify.services.reviews import answering
from qualify.storage import results as stored
from qualify.storage.tables import NoticeKind, Signature, StoredResult
from qualify.workflow import AssessmentState as State
from qualify.workflow import Event, ReviewState, Rules
from tests.company import (
    ACCOUNTS,
    ON_SQLITE,
    OPERATOR,
    POINTS,
    SCALE,
    ZONE,
    Company,
    all_met,
    looked_up,
    meeting_before,
    refused,
    together,
)
from tests.lives import EVENTS, Life, bring_to

pytest_plugins = ["tests.company_fixtures"]
WHY = "材料里看不到独立负责的项目"
SEEN = "请写明第 3 条的证据"


def marked_down(screen: Screen) -> Action:
    """The first criterion isn't met, the second element gets less than was suggested."""
    match screen.step.kind:
        case StepKind.CRITERION if screen.step.index == 0:
            return Action(Act.MARK, "not_met")
        case StepKind.RATING if screen.number == 2:
            return Action(Act.RATE, "2")
        case StepKind.REASON:
            return Action(Act.TEXT, WHY)
        case _:
            return all_met(screen)


def newest(company: Company, assessment_id: int) -> StoredResult:
    with company.context.database.reading() as connection:
        found = stored.newest_of(connection, assessment_id)
    assert found is not None
    return found


def signature(company: Company, result_id: int) -> Signature | None:
    with company.context.database.reading() as connection:
        return stored.signature_of(connection, result_id)


# Signing


@ON_SQLITE
def test_a_signature_keeps_who_signed_when_and_nothing_else_where_the_computed_grade_stands(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3")
    result_id = sign_off.sign_off(company.context, company.actor("A1"), assessment_id)
    assert company.state(assessment_id) == State.SIGNED_OFF
    assert signature(company, result_id) == Signature(
        result_id=result_id, person_id=company.id("A1"), at=company.clock.time, grade=None, reason=""
    )
    (line,) = company.lines()
    assert (line.action, line.record, line.record_id) == ("sign_off", "assessment", assessment_id)
    assert (line.person_id, line.at) == (company.id("A1"), company.clock.time)
    assert json.loads(line.before) == {"state": "reviewed"}
    after = {"result": result_id, "computed": "professional", "grade": "professional", "reason": ""}
    assert json.loads(line.after) == {"state": "signed_off", **after}


@ON_SQLITE
@pytest.mark.parametrize(("grade", "counts"), [("basic", "basic"), (sign_off.NOT_GRANTED, None)])
def test_a_grade_that_differs_stands_in_the_result_beside_the_computed_one_with_its_reason(
    company: Company, grade: str, counts: str | None
) -> None:
    assessment_id = company.reviewed(POINTS, "3")
    sign_off.sign_off(company.context, company.actor("A1"), assessment_id, grade, f" {WHY}\n")
    sign_off.publish(company.context, OPERATOR, assessment_id)
    shown = results.latest(company.context, company.id("E1"))
    assert (shown.result.grade, shown.grade) == ("professional", counts)
    assert shown.signed is not None
    assert (shown.signed.name, shown.signed.on, shown.signed.reason) == ("林雪", date(2026, 11, 22), WHY)
    (line,) = company.lines(2)[1:]
    kept = json.loads(line.after)
    assert (kept["computed"], kept["grade"], kept["reason"]) == ("professional", grade, WHY)


@ON_SQLITE
@pytest.mark.parametrize("reason", ["", "不需要的原因"])
def test_confirming_the_computed_grade_by_name_needs_no_reason_and_keeps_none(company: Company, reason: str) -> None:
    assessment_id = company.reviewed(POINTS, "3")
    result_id = sign_off.sign_off(company.context, OPERATOR, assessment_id, "professional", reason)
    signed = signature(company, result_id)
    assert signed is not None
    assert (signed.person_id, signed.grade, signed.reason) == (None, None, "")


@pytest.mark.parametrize(
    ("standard", "level", "grade", "reason", "key"),
    [
        (POINTS, "3", "excellent", WHY, "error-grade-unknown"),
        (POINTS, "3", "", WHY, "error-grade-unknown"),
        (POINTS, "3", "basic", "", "error-grade-reason"),
        (POINTS, "3", "basic", " \n", "error-grade-reason"),
        (POINTS, "3", "basic", "🎉 !", "error-grade-reason"),
        (POINTS, "3", "none", "长" * 1001, "error-grade-reason"),
        (SCALE, "4", "basic", WHY, "error-grade-none-here"),
        (SCALE, "4", "none", WHY, "error-grade-none-here"),
    ],
)
def test_a_signature_that_can_not_stand_is_refused_and_signs_nothing(  # noqa: PLR0917  # one column each
    small_company: Company, standard: str, level: str, grade: str, reason: str, key: str
) -> None:
    assessment_id = small_company.reviewed(standard, level)
    before = small_company.cells()
    with refused(key):
        sign_off.sign_off(small_company.context, OPERATOR, assessment_id, grade, reason)
    assert small_company.cells() == before


@pytest.mark.parametrize("decide", [sign_off.sign_off, sign_off.publish])
def test_what_is_not_there_is_not_decided(small_company: Company, decide: object) -> None:
    with refused("error-assessment-unknown"):
        decide(small_company.context, OPERATOR, 7)  # type: ignore[operator]


def test_two_administrators_who_sign_at_the_same_moment_sign_once(company: Company) -> None:
    company.hires("A2", "孙悦", "管理员")
    assessment_id = company.reviewed(POINTS, "3")

    def signed(staff_no: str, grade: str) -> str:
        try:
            sign_off.sign_off(company.context, company.actor(staff_no), assessment_id, grade, WHY)
        except QualifyError as refusal:
            return refusal.key
        return staff_no

    with meeting_before(company.context, "SELECT assessment."):
        said = together(lambda: signed("A1", "ordinary"), lambda: signed("A2", "basic"))
    assert sorted(said)[1] == "error-life"
    (signer,) = {"A1", "A2"} & set(said)
    found = signature(company, newest(company, assessment_id).id)
    assert found is not None
    assert (found.person_id, found.grade) == (company.id(signer), "ordinary" if signer == "A1" else "basic")
    assert [line.action for line in company.lines(3)].count("sign_off") == 1


def test_a_return_at_the_moment_of_a_signature_is_not_lost(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3")

    def tried(event: Event) -> None:
        with suppress(QualifyError):
            EVENTS[event](Life(company, assessment_id, 0, 0))

    with meeting_before(company.context, "SELECT assessment."):
        together(lambda: tried(Event.SIGN_OFF), lambda: tried(Event.RETURN))
    assert company.state(assessment_id) == State.RETURNED  # what was signed can still be returned


@ON_SQLITE
def test_an_administrator_who_is_the_subject_decides_nothing_about_themselves(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    me, context = company.actor("E1"), company.context
    life = bring_to(company, State.REVIEWED)
    deeds = {
        "sign": lambda: sign_off.sign_off(context, me, life.assessment_id),
        "return": lambda: sign_off.return_to(context, me, life.assessment_id, SEEN),
        "publish": lambda: sign_off.publish(context, me, life.assessment_id),
        "extend": lambda: amendments.extend(context, me, life.assessment_id, context.today()),
        "reassign": lambda: amendments.reassign(context, me, life.assessment_id, "R1", "R2"),
        "withdraw": lambda: amendments.withdraw(context, me, life.assessment_id),
        "answer": lambda: appeals.answer(context, me, life.assessment_id, "维持"),
        "reopen": lambda: appeals.reopen(context, me, life.assessment_id, SEEN),
    }
    for event in (None, Event.SIGN_OFF, Event.PUBLISH, Event.APPEAL):
        if event is not None:
            EVENTS[event](life)
        before = company.cells()
        for do in deeds.values():
            with refused("error-forbidden"):
                do()
        assert company.cells() == before
    case = overview.view(context, me, life.assessment_id)
    assert (case.disagreements, case.appeal) == ((), None)


@ON_SQLITE
def test_why_a_review_was_returned_is_not_shown_to_an_administrator_it_is_about(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    life = bring_to(company, State.RETURNED)
    for staff_no, why in (("A1", "请再看一遍"), ("E1", "")):
        case = overview.view(company.context, company.actor(staff_no), life.assessment_id)
        assert [review.returned for review in case.reviews] == [why, ""]


@ON_SQLITE
def test_administrators_are_asked_to_sign_but_not_the_one_it_is_about(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    company.hires("A2", "孙悦", "管理员")
    assessment_id = company.reviewed()
    result_id = newest(company, assessment_id).id
    asked = [each for each in company.owed() if each[0] == NoticeKind.TO_SIGN]
    assert sorted(asked) == [(NoticeKind.TO_SIGN, "孙悦", result_id), (NoticeKind.TO_SIGN, "林雪", result_id)]


# Returning


@ON_SQLITE
def test_all_reviews_go_back_with_the_reason_and_their_answers_and_every_assessor_is_told(company: Company) -> None:
    assessment_id = company.reviewed(assessors=("R1", "R2"))
    company.owed()
    ids = sign_off.return_to(company.context, company.actor("A1"), assessment_id, f"{SEEN} ")
    assert company.state(assessment_id) == State.RETURNED
    _, _, assigned = looked_up(company.context, assessment_id)
    assert {(review.state, review.returned, review.submitted_at) for review, _ in assigned} == {
        (ReviewState.OPEN, SEEN, None)
    }
    told = [(NoticeKind.RETURNED, "周明", ids[0]), (NoticeKind.RETURNED, "吴倩", ids[1])]
    assert company.owed() == told
    turn = answering.open_review(company.context, ACCOUNTS["R1"], ids[0])
    assert turn.screen is not None
    assert (turn.screen.step.kind, turn.row.returned) == (StepKind.SUMMARY, SEEN)
    (line,) = company.lines()
    assert (line.action, json.loads(line.before)) == ("return", {"state": "reviewed"})
    after = {"state": "returned", "reason": SEEN, "reviews": ids, "due": "2026-12-01"}
    assert json.loads(line.after) == after


@ON_SQLITE
def test_who_gets_a_review_back_has_a_week_at_least(company: Company) -> None:
    assessment_id = company.reviewed()
    company.clock.time += timedelta(days=30)
    sign_off.return_to(company.context, OPERATOR, assessment_id, SEEN)
    assessment, _, _ = looked_up(company.context, assessment_id)
    assert assessment.due_date == company.context.today() + timedelta(days=7)


def test_one_review_goes_back_and_the_others_stay_in(company: Company) -> None:
    assessment_id = company.reviewed(assessors=("R1", "R2"))
    first = newest(company, assessment_id)
    company.owed()
    _, _, assigned = looked_up(company.context, assessment_id)
    second = assigned[1][0].id
    assert sign_off.return_to(company.context, OPERATOR, assessment_id, SEEN, (second,)) == [second]
    assert company.owed() == [(NoticeKind.RETURNED, "吴倩", second)]
    assert answering.owed(company.context, company.id("R1")) == []
    company.finishes("R2", second)
    after = newest(company, assessment_id)
    assert (company.state(assessment_id), after.replaces_id) == (State.REVIEWED, first.id)
    _, _, assigned = looked_up(company.context, assessment_id)
    assert [review.returned for review, _ in assigned] == ["", ""]


@ON_SQLITE
def test_a_review_returned_and_handed_in_again_makes_a_new_result_and_leaves_the_old_one_as_it_was(
    company: Company,
) -> None:
    assessment_id = company.reviewed(POINTS, "3")
    first = newest(company, assessment_id)
    sign_off.sign_off(company.context, company.actor("A1"), assessment_id)
    (review_id,) = sign_off.return_to(company.context, OPERATOR, assessment_id, SEEN)
    turn = answering.open_review(company.context, ACCOUNTS["R1"], review_id)
    turn = company.press("R1", turn, Action(Act.JUMP, "0"))
    company.press("R1", turn, Action(Act.MARK, "not_met"))
    company.finishes("R1", review_id, marked_down)
    second = newest(company, assessment_id)
    assert (second.replaces_id, second.published_at) == (first.id, None)
    assert Result.model_validate_json(second.figures).total != Result.model_validate_json(first.figures).total
    with company.context.database.reading() as connection:
        assert stored.get(connection, first.id) == first
    assert (signature(company, first.id) is None, signature(company, second.id)) == (False, None)
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    assert sign_off.publish(company.context, OPERATOR, assessment_id) == second.id
    assert [each.id for each in results.history(company.context, company.id("E1"))] == [second.id]


@ON_SQLITE
def test_an_assessor_can_be_told_of_a_return_more_than_once(company: Company) -> None:
    life = bring_to(company, State.REVIEWED)
    for _ in range(2):
        company.owed()
        EVENTS[Event.RETURN](life)
        assert company.owed() == [(NoticeKind.RETURNED, "周明", life.lead)]
        EVENTS[Event.COMPLETE](life)


@pytest.mark.parametrize("reason", ["", " \n ", "长" * 1001])
def test_a_return_without_a_reason_that_can_be_read_is_refused(small_company: Company, reason: str) -> None:
    life = bring_to(small_company, State.REVIEWED)
    before = small_company.cells()
    with refused("error-return-reason"):
        sign_off.return_to(small_company.context, OPERATOR, life.assessment_id, reason)
    assert small_company.cells() == before


def test_only_the_assessors_own_reviews_of_this_assessment_are_returned(small_company: Company) -> None:
    other, life = small_company.reviewed(subject="E2"), bring_to(small_company, State.REVIEWED)
    _, _, elsewhere = looked_up(small_company.context, other)
    before = small_company.cells()
    for review_ids in ((elsewhere[0][0].id,), (life.lead, 999), (life.own,)):
        with refused("error-review-not-here"):
            sign_off.return_to(small_company.context, OPERATOR, life.assessment_id, SEEN, review_ids)
    assert small_company.cells() == before


# Publishing


@ON_SQLITE
def test_a_published_result_is_told_of_and_has_its_days_to_appeal_and_its_months(company: Company) -> None:
    life = bring_to(company, State.SIGNED_OFF)
    company.owed()
    company.clock.time = datetime(2026, 11, 23, 0, 30, tzinfo=ZONE)  # in Greenwich the day before
    result_id = sign_off.publish(company.context, company.actor("A1"), life.assessment_id)
    assert sorted(company.owed()) == sorted((NoticeKind.RESULT, name, result_id) for name in ("陈晨", "周明"))
    found = newest(company, life.assessment_id)
    assert found.published_at == company.clock.time
    assert found.appeal_until == company.clock.time + timedelta(days=7)
    assert found.valid_until == date(2028, 11, 23)
    (line,) = company.lines()
    assert (line.action, line.person_id) == ("publish", company.id("A1"))
    assert json.loads(line.after) == {"state": "published", "result": result_id}


def test_its_end_is_told_of_60_and_7_days_ahead_in_the_morning_of_the_companys_day(company: Company) -> None:
    life = bring_to(company, State.PUBLISHED)
    company.owed()
    for day, kind in ((date(2028, 9, 23), NoticeKind.EXPIRES_SOON), (date(2028, 11, 15), NoticeKind.EXPIRES_NOW)):
        company.clock.time = datetime(day.year, day.month, day.day, 8, 59, 59, tzinfo=ZONE)
        assert company.owed() == []
        company.clock.time += timedelta(seconds=1)
        assert company.owed() == [(kind, "陈晨", life.result_id)]


def test_publishing_all_that_is_signed_leaves_ones_own_to_somebody_else(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ADMIN])
    own, others = company.reviewed(SCALE, "4", "E1"), company.reviewed(SCALE, "4", "E2")
    for assessment_id in (own, others):
        sign_off.sign_off(company.context, OPERATOR, assessment_id)
    assert sign_off.publish_signed(company.context, company.actor("E1")) == 1
    assert [company.state(each) for each in (own, others)] == [State.SIGNED_OFF, State.PUBLISHED]
    assert sign_off.publish_signed(company.context, company.actor("A1")) == 1


def test_of_the_end_only_what_is_still_to_come_is_owed_when_a_result_is_valid_for_a_short_time(
    company: Company,
) -> None:
    context = replace(company.context, rules=Rules(validity_months=1))
    assessment_id = company.reviewed(SCALE, "4")
    sign_off.sign_off(context, OPERATOR, assessment_id)
    sign_off.publish(context, OPERATOR, assessment_id)
    kinds = {line.kind for line in queue.listed(context, OPERATOR)}
    assert NoticeKind.EXPIRES_NOW in kinds, "a week before the month is over"
    assert NoticeKind.EXPIRES_SOON not in kinds, "sixty days before were gone already"


@ON_SQLITE
def test_where_the_signature_was_waived_the_last_submission_publishes(company: Company) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"))
    assessment_id = company.finishes("R1", first).row.assessment_id
    assert company.state(assessment_id) == State.IN_PROGRESS
    company.finishes("R2", second)
    assert company.state(assessment_id) == State.PUBLISHED
    shown = results.latest(company.context, company.id("E1"))
    assert (shown.signed, shown.may_acknowledge, shown.may_appeal) == (None, True, True)
    assert NoticeKind.TO_SIGN not in {kind for kind, _, _ in company.owed()}


# Several assessors


@ON_SQLITE
def test_nobody_sees_an_answer_of_another_assessor_before_all_are_in_and_no_result_before_it_is_published(
    company: Company,
) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = company.finishes("R1", first, marked_down).row.assessment_id
    with refused("error-review-unknown"):
        answering.open_review(company.context, ACCOUNTS["R2"], first)
    case = overview.view(company.context, company.actor("A1"), assessment_id)
    assert (case.result, case.disagreements) == (None, ())
    turn = company.walks("R2", second)
    assert turn.screen is not None
    assert {row.rating for row in turn.screen.rows} == {5, 6}  # as R2 gave them, nothing of R1's 2
    company.finishes("R2", second)
    for staff_no in ("R1", "R2", "E1"):
        with refused("error-assessment-without-result"):
            results.of_assessment(company.context, company.actor(staff_no), assessment_id)


@ON_SQLITE
def test_where_assessors_lie_far_apart_the_administrator_sees_both_ratings_before_signing(company: Company) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = company.finishes("R1", first, marked_down).row.assessment_id
    company.finishes("R2", second)
    case = overview.view(company.context, company.actor("A1"), assessment_id)
    elements = [element.id for element in company.context.standards.get(SCALE).elements_at("4")]
    apart = {each.element: each.ratings for each in case.disagreements}
    assert apart == {
        element: (("周明", Decimal(low)), ("吴倩", Decimal(5))) for element, low in zip(elements, "32", strict=False)
    }


# Self-assessment


def own_of(company: Company, assessment_id: int) -> dict[str, str]:
    own: dict[str, str] = json.loads(newest(company, assessment_id).own)
    return own


@ON_SQLITE
def test_a_self_assessment_changes_nothing_of_the_result_and_stands_beside_it(company: Company) -> None:
    lead, own = company.opens(POINTS, "3", sign_off=True, self_assessment=True)
    company.finishes("E1", own)
    with_own = company.finishes("R1", lead, marked_down).row.assessment_id
    without = company.reviewed(POINTS, "3", choose=marked_down)
    assert newest(company, with_own).figures == newest(company, without).figures
    for assessment_id in (with_own, without):
        sign_off.sign_off(company.context, OPERATOR, assessment_id)
        sign_off.publish(company.context, OPERATOR, assessment_id)
    shown = results.of_assessment(company.context, company.actor("E1"), with_own)
    assert shown.own == {element.id: element.possible for element in shown.result.elements}
    assert results.of_assessment(company.context, company.actor("E1"), without).own == {}


@ON_SQLITE
def test_it_is_waited_for_by_nobody_and_can_come_until_the_result_is_published(company: Company) -> None:
    lead, own = company.opens(SCALE, "4", sign_off=True, self_assessment=True)
    assessment_id = company.finishes("R1", lead).row.assessment_id
    assert company.state(assessment_id) == State.REVIEWED
    company.walks("E1", own)
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    assert own_of(company, assessment_id) == {}
    company.finishes("E1", own)
    sign_off.publish(company.context, OPERATOR, assessment_id)
    assert set(own_of(company, assessment_id).values()) == {"5", "6"}


@ON_SQLITE
def test_it_is_frozen_with_the_publication_as_it_was_given(company: Company) -> None:
    lead, own = company.opens(SCALE, "4", sign_off=True, self_assessment=True)
    assessment_id = company.finishes("R1", lead).row.assessment_id
    company.finishes("E1", own, marked_down)
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    assert own_of(company, assessment_id) == {}
    sign_off.publish(company.context, OPERATOR, assessment_id)
    given = own_of(company, assessment_id)
    elements = [element.id for element in company.context.standards.get(SCALE).elements_at("4")]
    assert [given[element] for element in elements[:3]] == ["3", "2", "5"]
    assert answering.open_review(company.context, ACCOUNTS["E1"], own).screen is None


def test_once_the_result_is_published_the_employee_owes_no_self_assessment_any_more(company: Company) -> None:
    for waived in (False, True):
        lead, own = company.opens(SCALE, "4", sign_off=not waived, self_assessment=True)
        assessment_id = company.finishes("R1", lead).row.assessment_id
        if not waived:
            assert [row.id for row in answering.owed(company.context, company.id("E1"))] == [own]
            sign_off.sign_off(company.context, OPERATOR, assessment_id)
            sign_off.publish(company.context, OPERATOR, assessment_id)
        assert answering.owed(company.context, company.id("E1")) == []


@ON_SQLITE
def test_where_the_signature_is_waived_it_is_frozen_by_the_last_submission(company: Company) -> None:
    lead, own = company.opens(SCALE, "4", self_assessment=True)
    company.finishes("E1", own)
    assessment_id = company.finishes("R1", lead).row.assessment_id
    assert set(own_of(company, assessment_id).values()) == {"5", "6"}


def test_a_reason_is_kept_without_what_nobody_sees_and_one_of_nothing_else_is_none() -> None:
    assert checked_text(" 材料\u202e不足\0\n", "error-grade-reason") == "材料不足"
    with refused("error-grade-reason"):
        checked_text("\u200b\u202e", "error-grade-reason")


# ——— given back while others are still due


@ON_SQLITE
def test_a_review_that_is_in_is_given_back_while_another_is_due(company: Company) -> None:
    first, second = company.opens(SCALE, "3", assessors=("R1", "R2"), sign_off=True)
    number = answering.open_review(company.context, ACCOUNTS["R1"], first).row.assessment_id
    company.finishes("R1", first)
    assert sign_off.return_to(company.context, company.actor("A1"), number, "少一份证据", (first,)) == [first]
    assert company.state(number) == State.IN_PROGRESS, "it stays as far as it is"
    assert answering.open_review(company.context, ACCOUNTS["R1"], first).row.returned == "少一份证据"
    company.finishes("R2", second)
    assert company.state(number) == State.IN_PROGRESS
    company.finishes("R1", first)
    assert company.state(number) == State.REVIEWED


@ON_SQLITE
def test_one_that_is_not_in_is_not_given_back_and_nothing_changes(company: Company) -> None:
    first, second = company.opens(SCALE, "3", assessors=("R1", "R2"), sign_off=True)
    number = answering.open_review(company.context, ACCOUNTS["R1"], first).row.assessment_id
    with refused("error-life"):
        sign_off.return_to(company.context, OPERATOR, number, "少一份证据", (second,))
    company.finishes("R1", first)
    before = company.cells()
    with refused("error-review-not-in"):
        sign_off.return_to(company.context, OPERATOR, number, "少一份证据", (first, second))
    with refused("error-review-not-here"):
        sign_off.return_to(company.context, OPERATOR, number, "少一份证据", (99,))
    assert company.cells() == before
    steps = overview.view(company.context, OPERATOR, number).steps
    assert overview.NextStep.RETURN in steps
