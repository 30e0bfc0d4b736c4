"""What an employee says to a published result, once and in time, and what comes of it."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest

from qualify.access import Role
from qualify.errors import QualifyError
from qualify.services.assessments import appeals, results, sign_off
from qualify.services.assessments.appeals import AppealStart
from qualify.services.notices import queue
from qualify.services.people import roles
from qualify.storage.tables import Appeal, NoticeKind
from qualify.workflow import AssessmentState as State
from qualify.workflow import Event, Rules
from tests.company import ON_SQLITE, OPERATOR, Company, meeting_before, refused, together
from tests.lives import EVENTS, Life, bring_to

pytest_plugins = ["tests.company_fixtures"]
TEXT = "第 5 项漏看了 9 月的投产保障"
ANSWER = "已核对材料，维持原结果"
DAY, WEEK, SECOND = timedelta(days=1), timedelta(days=7), timedelta(seconds=1)


def appealed(company: Company) -> Life:
    """A result of E1 that waits for an answer."""
    life = bring_to(company, State.PUBLISHED)
    appeals.appeal(company.context, company.actor("E1"), life.result_id, TEXT)
    return life


def test_a_result_is_acknowledged_once_and_then_not_appealed(company: Company) -> None:
    life = bring_to(company, State.PUBLISHED)
    appeals.acknowledge(company.context, company.actor("E1"), life.result_id)
    assert life.state == State.ACKNOWLEDGED
    (line,) = company.lines()
    assert (line.action, line.person_id, line.record_id) == ("acknowledge", company.id("E1"), life.assessment_id)
    for again, key in ((Event.ACKNOWLEDGE, "error-acknowledged"), (Event.APPEAL, "error-life")):
        with refused(key):
            EVENTS[again](life)
    shown = results.latest(company.context, company.id("E1"))
    assert (shown.may_acknowledge, shown.may_appeal) == (False, False)


def test_an_appeal_keeps_its_words_and_every_administrator_is_told_but_the_one_it_is_about(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ADMIN])
    company.hires("A2", "孙悦", "管理员")
    life = bring_to(company, State.PUBLISHED)
    company.owed()
    appeal_id = appeals.appeal(company.context, company.actor("E1"), life.result_id, f" {TEXT}\n")
    assert life.state == State.APPEALED
    assert sorted(company.owed()) == sorted((NoticeKind.APPEAL, name, appeal_id) for name in ("林雪", "孙悦"))
    (found,) = appeals.listed(company.context, company.actor("A1"))
    assert (found.appeal.text, found.appeal.at, found.subject) == (TEXT, company.clock.time, "陈晨")
    assert found.result.id == life.result_id
    assert appeals.listed(company.context, company.actor("E1")) == []
    assert appeals.show(company.context, appeal_id) == found


def check(company: Company, life: Life) -> None:
    appeals.check_appeal(company.context, company.actor("E1"), life.result_id)


def delivers(company: Company, outcome: str = "sent", to: str = "陈晨") -> None:
    """What is owed to somebody is sent, or ends otherwise."""
    for notice, who in queue.take_due(company.context):
        if who.name == to:
            queue.settle(company.context, notice, outcome)


def test_an_appeal_is_in_time_until_the_last_second_of_its_days_from_delivery(company: Company) -> None:
    life = bring_to(company, State.PUBLISHED)
    company.clock.time += timedelta(hours=3)
    delivers(company)
    company.clock.time += WEEK
    assert results.latest(company.context, company.id("E1")).may_appeal
    check(company, life)
    EVENTS[Event.APPEAL](life)
    assert life.state == State.APPEALED


@ON_SQLITE
def test_a_second_later_it_is_refused_and_nobody_is_asked_for_a_text(company: Company) -> None:
    life = bring_to(company, State.PUBLISHED)
    delivers(company)
    company.clock.time += WEEK + SECOND
    assert not results.latest(company.context, company.id("E1")).may_appeal
    before = company.cells()
    with refused("error-appeal-late"):
        check(company, life)
    with refused("error-appeal-late"):
        EVENTS[Event.APPEAL](life)
    assert company.cells() == before
    EVENTS[Event.ACKNOWLEDGE](life)


@pytest.mark.parametrize(("later", "outcome", "to"), [(0, "unsure", "陈晨"), (0, "sent", "周明"), (2, "sent", "陈晨")])
def test_the_days_to_appeal_begin_a_day_after_publication_when_the_result_did_not_surely_reach_its_employee_before(
    small_company: Company, later: int, outcome: str, to: str
) -> None:
    company, life = small_company, bring_to(small_company, State.PUBLISHED)
    published = company.clock.time
    company.clock.time += later * DAY
    delivers(company, outcome, to)
    company.clock.time = published + DAY + WEEK
    check(company, life)
    company.clock.time += SECOND
    with refused("error-appeal-late"):
        check(company, life)


@ON_SQLITE
def test_the_days_to_appeal_are_the_companys_own_and_a_result_keeps_those_of_its_day(company: Company) -> None:
    context = replace(company.context, rules=Rules(appeal_days=2))
    life = bring_to(company, State.SIGNED_OFF)
    sign_off.publish(context, OPERATOR, life.assessment_id)
    company.clock.time += 3 * DAY + SECOND
    with pytest.raises(QualifyError) as refusal:
        appeals.appeal(context, company.actor("E1"), life.result_id, TEXT)
    assert (refusal.value.key, refusal.value.values) == ("error-appeal-late", {"days": "2"})


@pytest.mark.parametrize("text", ["", " \n", "🎉", "长" * 1001])
def test_an_appeal_says_what_is_wrong_in_words_that_can_be_read(small_company: Company, text: str) -> None:
    life = bring_to(small_company, State.PUBLISHED)
    before = small_company.cells()
    with refused("error-appeal-text"):
        appeals.appeal(small_company.context, small_company.actor("E1"), life.result_id, text)
    assert small_company.cells() == before


def test_nobody_but_the_employee_appeals_and_nothing_is_said_of_what_is_not_published(company: Company) -> None:
    life = bring_to(company, State.PUBLISHED)
    for staff_no in ("A1", "R1", "E2"):
        for say in (appeals.acknowledge, appeals.check_appeal):
            with refused("error-forbidden"):
                say(company.context, company.actor(staff_no), life.result_id)
        with refused("error-forbidden"):
            appeals.appeal(company.context, company.actor(staff_no), life.result_id, TEXT)
    unpublished = bring_to(company, State.SIGNED_OFF)
    for result_id in (unpublished.result_id, 999):
        with refused("error-result-unknown"):
            appeals.appeal(company.context, company.actor("E1"), result_id, TEXT)
    with refused("error-appeal-unknown"):
        appeals.show(company.context, 1)


@ON_SQLITE
def test_an_assessment_is_appealed_once_even_when_its_new_result_is_published(company: Company) -> None:
    life = appealed(company)
    for ask in (lambda: check(company, life), lambda: EVENTS[Event.APPEAL](life)):
        with refused("error-appeal-once"):
            ask()
    for event in (Event.REOPEN, Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH):
        EVENTS[event](life)
    with refused("error-appeal-once"):
        EVENTS[Event.APPEAL](life)
    shown = results.latest(company.context, company.id("E1"))
    assert (shown.may_acknowledge, shown.may_appeal) == (True, False)


def test_two_appeals_at_the_same_moment_are_one(company: Company) -> None:
    life = bring_to(company, State.PUBLISHED)
    result_id, employee = life.result_id, company.actor("E1")

    def tried(text: str) -> str:
        try:
            appeals.appeal(company.context, employee, result_id, text)
        except QualifyError as refusal:
            return refusal.key
        return ""

    with meeting_before(company.context, "SELECT assessment."):
        said = together(lambda: tried(TEXT), lambda: tried("又一条"))
    assert sorted(said)[0] == ""
    assert sorted(said)[1] in {"error-life", "error-appeal-once"}
    assert company.count(Appeal) == 1


@ON_SQLITE
def test_answered_the_result_stands_and_the_employee_is_told_why(company: Company) -> None:
    life = appealed(company)
    company.owed()
    company.clock.time += SECOND
    appeals.answer(company.context, company.actor("A1"), life.assessment_id, f"\n{ANSWER} ")
    assert life.state == State.ANSWERED
    (found,) = appeals.listed(company.context, OPERATOR)
    made = found.appeal
    assert (made.answer, made.answered_by_id, made.answered_at) == (ANSWER, company.id("A1"), company.clock.time)
    assert not made.reopened
    assert company.owed() == [(NoticeKind.APPEAL_ANSWER, "陈晨", made.id)]
    (line,) = company.lines()
    assert (line.action, json.loads(line.before)) == ("answer", {"state": "appealed"})
    assert json.loads(line.after) == {"state": "answered", "answer": ANSWER}
    with refused("error-life"):
        appeals.answer(company.context, OPERATOR, life.assessment_id, ANSWER)
    EVENTS[Event.ACKNOWLEDGE](life)


@pytest.mark.parametrize("text", ["", "\t", "👍", "长" * 1001])
def test_an_answer_and_a_reason_to_reopen_are_given_in_words_that_can_be_read(
    small_company: Company, text: str
) -> None:
    life = appealed(small_company)
    before = small_company.cells()
    with refused("error-answer-text"):
        appeals.answer(small_company.context, OPERATOR, life.assessment_id, text)
    with refused("error-return-reason"):
        appeals.reopen(small_company.context, OPERATOR, life.assessment_id, text)
    with refused("error-review-not-here"):
        appeals.reopen(small_company.context, OPERATOR, life.assessment_id, ANSWER, (life.own,))
    assert small_company.cells() == before


def test_reopened_the_reviews_go_back_and_the_published_result_stays_until_the_new_one_is_published(
    company: Company,
) -> None:
    life = appealed(company)
    first = life.result_id
    company.owed()
    assert appeals.reopen(company.context, company.actor("A1"), life.assessment_id, TEXT) == [life.lead]
    assert life.state == State.RETURNED
    (found,) = appeals.listed(company.context, OPERATOR)
    assert (found.appeal.reopened, found.appeal.answer) == (True, TEXT)
    told = [(NoticeKind.RETURNED, "周明", life.lead), (NoticeKind.APPEAL_ANSWER, "陈晨", found.appeal.id)]
    assert sorted(company.owed()) == sorted(told)
    for event in (Event.COMPLETE, Event.SIGN_OFF):
        EVENTS[event](life)
        assert results.latest(company.context, company.id("E1")).id == first
    EVENTS[Event.PUBLISH](life)
    newest = results.latest(company.context, company.id("E1"))
    assert (newest.id, newest.stored.replaces_id) == (life.result_id, first)
    assert [each.id for each in results.history(company.context, company.id("E1"))] == [newest.id, first]
    with refused("error-result-replaced"):
        appeals.acknowledge(company.context, company.actor("E1"), first)
    assert not results.seen_by(company.context, company.id("E1"), first).may_acknowledge


@ON_SQLITE
def test_reopened_where_nobody_signs_the_new_submission_publishes(company: Company) -> None:
    (review_id,) = company.opens("client-manager", "4")
    assessment_id = company.finishes("R1", review_id).row.assessment_id
    life = Life(company, assessment_id, review_id, 0)
    EVENTS[Event.APPEAL](life)
    EVENTS[Event.REOPEN](life)
    company.finishes("R1", review_id)
    assert life.state == State.PUBLISHED
    assert results.latest(company.context, company.id("E1")).id == life.result_id


def pages(company: Company, staff_no: str = "A1", most: int = 2) -> list[list[int]]:
    """Every page of the list, from the first to the last; and the same on the way back."""
    page = appeals.page(company.context, company.actor(staff_no), most=most)
    found = [[each.appeal.id for each in page.lines]]
    while page.after is not None:
        page = appeals.page(company.context, company.actor(staff_no), page.after, most=most)
        found.append([each.appeal.id for each in page.lines])
    back = [[each.appeal.id for each in page.lines]]
    while page.before is not None:
        page = appeals.page(company.context, company.actor(staff_no), page.before, most=most)
        back.append([each.appeal.id for each in page.lines])
    assert back[::-1] == found
    return found


def several(company: Company) -> list[int]:
    """Four appeals of which the first and the third were answered; their numbers."""
    numbers = []
    for is_answered in (True, False, True, False):
        life = appealed(company)
        numbers.append(appeals.listed(company.context, OPERATOR)[0].appeal.id)
        if is_answered:
            appeals.answer(company.context, company.actor("A1"), life.assessment_id, ANSWER)
    return numbers


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_what_waits_for_an_answer_comes_before_what_was_answered_each_the_newest_first(
    company: Company, most: int
) -> None:
    first, second, third, fourth = several(company)
    listed = pages(company, most=most)
    assert list(chain.from_iterable(listed)) == [fourth, second, third, first]
    assert {len(page) for page in listed[:-1]} <= {most}
    assert appeals.page(company.context, OPERATOR, most=most).waiting == 2


@ON_SQLITE
def test_an_appeal_about_the_reader_is_neither_listed_nor_counted(company: Company) -> None:
    appealed(company)
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    assert pages(company, "E1") == [[]]
    assert appeals.page(company.context, company.actor("E1"), most=9).waiting == 0


def test_a_page_of_appeals_that_is_no_more_shows_the_last_one(company: Company) -> None:
    appealed(company)
    page = appeals.page(company.context, OPERATOR, AppealStart(False, 0), most=9)
    assert (len(page.lines), page.waiting, page.after) == (1, 1, None)
