"""Facts of an assessment: scores of lists, what assessors gave, what whoever signs settles, lists that come late."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.reporting import import_preview
from qualify.scoring import Case, Result
from qualify.services import Context
from qualify.services.assessments import amendments, appeals, facts, overview, results, settling, sign_off
from qualify.services.assessments.facts import CaseMatter, Matter, ScoreMatter, latest_fitting
from qualify.services.imports import score_list
from qualify.services.people import privacy, roles
from qualify.services.reviews import answering, submission
from qualify.storage import results as stored
from qualify.storage import reviews, settlements
from qualify.storage.tables import ExamScore, Settlement
from qualify.workflow import AssessmentState as State
from qualify.workflow import Rules
from tests.company import (
    ACCOUNTS,
    ON_SQLITE,
    OPERATOR,
    POINTS,
    SCALE,
    Company,
    all_met,
    meeting_before,
    reference,
    refused,
    statements,
    titled,
    together,
)
from tests.lives import bring_to

pytest_plugins = ["tests.company_fixtures"]
SKILLS = "role-skills"
"""An exam element of level 4 with three subjects of equal weight: 计算机, 应用文, 英语."""
SUBJECTS = ("computing", "documents", "english")


def skilled(score: str) -> Callable[[Screen], Action]:
    """Everything met, and this score in each subject of the skills ("-" = not taken)."""

    def choose(screen: Screen) -> Action:
        if screen.step.kind is StepKind.SCORE and screen.step.element == SKILLS:
            return Action(Act.NOT_TAKEN) if score == "-" else Action(Act.TEXT, " ".join([score] * len(screen.subjects)))
        return all_met(screen)

    return choose


def listed(company: Company, scores: str, day: str = "2026-11-01", standard: str = SCALE, **how: Context) -> None:
    """A list with scores "subject score, …" of E1."""
    lines = "".join(f"E1,{standard},{each.replace(' ', ',')},{day}\n" for each in scores.split(", "))
    file = company.file("late.csv", f"工号,标准,科目,成绩,考试日期\n{lines}")
    score_list.import_scores(how.get("context", company.context), OPERATOR, file)


def skills(score: int) -> str:
    return ", ".join(f"{subject} {score}" for subject in SUBJECTS)


def newest(company: Company, assessment_id: int) -> Result:
    return results.of_assessment(company.context, OPERATOR, assessment_id).result


def rating(company: Company, assessment_id: int, element: str = SKILLS) -> Decimal | None:
    return next(each.rating for each in newest(company, assessment_id).elements if each.id == element)


def ids(company: Company, assessment_id: int) -> list[int]:
    """The assessment's results, the oldest first."""
    with company.context.database.reading() as connection:
        return [each.id for each in stored.of_assessments(connection, [assessment_id])[assessment_id]]


def matters(company: Company, assessment_id: int, staff_no: str = "A1") -> tuple[Matter, ...]:
    return overview.view(company.context, company.actor(staff_no), assessment_id).matters


def publishes(company: Company, standard: str, level: str, choose: Callable[[Screen], Action]) -> tuple[int, int]:
    """A published result of E1: the assessment's number and the result's."""
    assessment_id = company.reviewed(standard, level, choose=choose)
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    return assessment_id, sign_off.publish(company.context, OPERATOR, assessment_id)


def apart(company: Company, first: str = "85", second: str = "45", *, sign_off: bool = True) -> int:
    """An assessment whose two assessors give different scores in all three subjects."""
    one, two = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=sign_off)
    company.finishes("R1", one, skilled(first))
    return company.finishes("R2", two, skilled(second)).row.assessment_id


def twins(company: Company) -> int:
    """An assessment at level 四级, which asks for two cases: each assessor lists one, and they look alike."""
    one, two = company.opens(POINTS, "4", assessors=("R1", "R2"), sign_off=True)
    company.finishes("R1", one, titled("跨省割接复盘"))
    return company.finishes("R2", two, titled("一次跨省割接的复盘")).row.assessment_id


# Which score of a list counts


def score(day: str, value: int, level: str = "", subject: str = "law") -> ExamScore:
    taken_on = date.fromisoformat(day)
    return ExamScore(person_id=1, standard=SCALE, subject=subject, score=Decimal(value), taken_on=taken_on, level=level)


@pytest.mark.parametrize(
    ("months", "counts"),
    [(None, 4), (24, 4), (12, 4), (6, 4), (5, 4), (4, None)],
)
def test_the_latest_day_that_fits_counts_and_age_is_in_calendar_months(months: int | None, counts: int | None) -> None:
    scores = [
        score("2025-08-31", 1),
        score("2026-01-31", 2),  # too early to count while a later one fits
        score("2026-03-31", 4, "4"),  # the last day of the fifth month before 2026-08-31
        score("2026-06-01", 8, "3"),  # a paper of another level
        score("2026-09-01", 16),  # after the application
    ]
    found = latest_fitting(scores, "4", date(2026, 8, 31), months)
    assert [int(each.score) for each in found.values()] == ([] if counts is None else [counts])


def test_a_score_on_the_last_day_it_may_be_old_counts_and_a_day_more_does_not() -> None:
    applied = date(2026, 8, 31)
    assert latest_fitting([score("2026-02-28", 1)], "4", applied, 6)  # there is no 31st of February
    assert not latest_fitting([score("2026-02-27", 1)], "4", applied, 6)
    assert latest_fitting([score("2026-08-31", 1)], "4", applied, 6)


# Lists that come late


def test_a_list_that_says_what_the_assessors_said_changes_nothing(company: Company) -> None:
    assessment_id = company.reviewed(SCALE, "4", choose=skilled("80"))
    before = ids(company, assessment_id)
    listed(company, skills(80))
    assert (ids(company, assessment_id), company.state(assessment_id)) == (before, State.REVIEWED)
    assert [line.action for line in company.lines()] == ["import"]


@ON_SQLITE
def test_a_list_before_the_signature_makes_a_new_result_that_replaces_the_old_one(company: Company) -> None:
    assessment_id = company.reviewed(SCALE, "4", choose=skilled("-"))
    (first,) = ids(company, assessment_id)
    assert rating(company, assessment_id) == 0  # no subject taken: 尚不具备
    company.owed()
    listed(company, skills(85))
    _, second = ids(company, assessment_id)
    assert (rating(company, assessment_id), company.state(assessment_id)) == (5, State.REVIEWED)  # 81 ≤ 85 < 91
    assert company.owed() == [("to_sign", "林雪", second)]
    with refused("error-stale"):
        sign_off.sign_off(company.context, company.actor("A1"), assessment_id, seen=first)
    rescored, imported = company.lines(2)
    assert (rescored.action, imported.action) == ("rescore", "import")
    assert json.loads(rescored.after) == {"state": "reviewed", "result": second, "replaces": first}


@ON_SQLITE
def test_what_was_signed_has_to_be_signed_anew(company: Company) -> None:
    assessment_id = company.reviewed(SCALE, "4", choose=skilled("-"))
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    listed(company, skills(85))
    assert company.state(assessment_id) == State.REVIEWED
    with refused("error-life"):
        sign_off.publish(company.context, OPERATOR, assessment_id)


@pytest.mark.parametrize("state", [State.PUBLISHED, State.ACKNOWLEDGED, State.ANSWERED])
def test_a_published_result_is_corrected_at_once_and_everybody_is_told_again(company: Company, state: State) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE])
    assessment_id, first = publishes(company, SCALE, "4", skilled("-"))
    me = company.actor("E1")
    if state is State.ACKNOWLEDGED:
        appeals.acknowledge(company.context, me, first)
    if state is State.ANSWERED:
        appeals.appeal(company.context, me, first, "漏看了一项")
        appeals.answer(company.context, OPERATOR, assessment_id, "维持")
    company.owed()
    was = results.seen_by(company.context, company.id("E1"), first)
    company.clock.time += timedelta(days=20)
    listed(company, skills(85))
    second = results.latest(company.context, company.id("E1"))
    assert (second.id, second.stored.replaces_id, company.state(assessment_id)) == (first + 1, first, State.PUBLISHED)
    assert sorted(company.owed()) == sorted([("result", "周明", second.id), ("result", "陈晨", second.id)])
    assert second.replaces is not None
    assert second.replaces.comparison.changed == ((SKILLS, Decimal(0), Decimal(5)),)
    assert second.stored.valid_until == was.stored.valid_until, "a correction is valid as long"
    assert second.stored.appeal_until == company.context.rules.appeal_until(company.clock.time)
    old = results.seen_by(company.context, company.id("E1"), first)
    assert (old.is_replaced, old.stored) == (True, was.stored), "nothing is rewritten"
    assert second.may_appeal, "it is a result of its own"
    if state is State.ANSWERED:
        appeals.appeal(company.context, me, second.id, "还是漏看了一项")
        appeals.answer(company.context, OPERATOR, assessment_id, "已经看过")
        said = [each.text for each in overview.view(company.context, OPERATOR, assessment_id).appeals]
        assert said == ["漏看了一项", "还是漏看了一项"], "nothing is lost"
        with refused("error-appeal-once"):
            appeals.appeal(company.context, me, second.id, "第三次")
    appeals.acknowledge(company.context, me, second.id)


def test_a_list_says_before_how_many_published_results_it_concerns(company: Company) -> None:
    publishes(company, SCALE, "4", skilled("-"))
    company.reviewed(SCALE, "4", choose=skilled("-"))  # not published
    lines = "".join(f"E1,{SCALE},{subject},85,2026-11-01\n" for subject in SUBJECTS)
    file = company.file("late.csv", f"工号,标准,科目,成绩,考试日期\n{lines}")
    planned = score_list.plan_scores(company.context, OPERATOR, file)
    assert planned.preview.published == 1
    assert "1 份已发布的结果" in import_preview.notes(planned.preview, "zh-CN")[0]
    score_list.import_scores(company.context, OPERATOR, file, expected=planned.preview.fingerprint)
    again = score_list.plan_scores(company.context, OPERATOR, file)
    assert (again.preview.published, import_preview.notes(again.preview, "zh-CN")) == (0, [])


@ON_SQLITE
def test_a_composite_that_a_late_list_changes_is_a_correction_too(company: Company) -> None:
    listed(company, "specialist 80, product 400", standard=POINTS)
    assessment_id, _ = publishes(company, POINTS, "3", all_met)
    assert newest(company, assessment_id).composite == Decimal("80.0")  # 0.5 × 80 + 0.5 × 400 ÷ 5
    listed(company, "product 450", "2026-11-10", standard=POINTS)
    shown = results.latest(company.context, company.id("E1"))
    assert shown.replaces is not None
    assert (shown.replaces.composite, shown.result.composite) == (Decimal("80.0"), Decimal("85.0"))


@ON_SQLITE
def test_a_list_of_after_the_application_or_a_level_that_is_not_meant_changes_nothing(company: Company) -> None:
    listed(company, "specialist 80, product 400", standard=POINTS)
    assessment_id, _ = publishes(company, POINTS, "3", all_met)
    listed(company, "product 450", "2026-11-21", standard=POINTS)  # applied for on the 20th
    file = company.file("5.csv", f"工号,标准,科目,成绩,考试日期,级别\nE1,{POINTS},product,450,2026-11-10,五级\n")
    score_list.import_scores(company.context, OPERATOR, file)
    assert len(ids(company, assessment_id)) == 1


@ON_SQLITE
def test_a_list_that_comes_after_one_of_after_the_application_still_counts(company: Company) -> None:
    listed(company, "specialist 80, product 400", standard=POINTS)
    assessment_id, _ = publishes(company, POINTS, "3", all_met)
    listed(company, "product 450", "2026-11-21", standard=POINTS)  # applied for on the 20th
    listed(company, "product 420", "2026-11-10", standard=POINTS)
    assert newest(company, assessment_id).scores["product"] == 420


@ON_SQLITE
def test_everybody_on_a_list_is_scored_again(company: Company) -> None:
    made = [company.reviewed(SCALE, "4", staff_no, choose=skilled("-")) for staff_no in ("E1", "E2")]
    lines = "".join(f"{staff_no},{SCALE},computing,85,2026-11-01\n" for staff_no in ("E1", "E2"))
    file = company.file("late.csv", f"工号,标准,科目,成绩,考试日期\n{lines}")
    score_list.import_scores(company.context, OPERATOR, file)
    assert [len(ids(company, each)) for each in made] == [2, 2]


@ON_SQLITE
def test_a_list_that_takes_a_side_in_a_conflict_is_named_in_it_though_the_same_score_stands(company: Company) -> None:
    assessment_id = apart(company)
    listed(company, "computing 85")
    assert [each.listed for each in newest(company, assessment_id).conflicts] == [85, None, None]


def test_a_published_result_waits_for_a_human_where_the_list_and_an_assessor_differ(company: Company) -> None:
    assessment_id, first = publishes(company, SCALE, "4", skilled("85"))
    company.owed()
    listed(company, skills(45))
    assert company.state(assessment_id) == State.REVIEWED
    assert results.latest(company.context, company.id("E1")).id == first, "it stands until then"
    assert company.owed() == [("to_sign", "林雪", first + 1)]
    for subject in SUBJECTS:
        settling.settle_score(company.context, company.actor("A1"), assessment_id, subject, Decimal(45))
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    sign_off.publish(company.context, OPERATOR, assessment_id)
    shown = results.latest(company.context, company.id("E1"))
    assert rating(company, assessment_id) == 2  # 41 ≤ 45 < 61
    assert shown.replaces is not None
    assert shown.replaces.comparison.changed == ((SKILLS, Decimal(5), Decimal(2)),)


@ON_SQLITE
def test_a_grade_that_was_signed_otherwise_is_signed_anew_before_it_is_corrected(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3")
    sign_off.sign_off(company.context, OPERATOR, assessment_id, "basic", "与平时表现不符")
    sign_off.publish(company.context, OPERATOR, assessment_id)
    listed(company, "specialist 80, product 400", standard=POINTS)
    assert company.state(assessment_id) == State.REVIEWED


@ON_SQLITE
def test_while_an_appeal_waits_what_has_to_be_decided_waits_for_its_answer(company: Company) -> None:
    assessment_id, first = publishes(company, SCALE, "4", skilled("85"))
    appeals.appeal(company.context, company.actor("E1"), first, "漏看了一项")
    listed(company, skills(45))
    assert (company.state(assessment_id), ids(company, assessment_id)) == (State.APPEALED, [first])
    appeals.answer(company.context, OPERATOR, assessment_id, "维持")
    assert (company.state(assessment_id), len(matters(company, assessment_id))) == (State.REVIEWED, 3)


@pytest.mark.parametrize("state", [State.EXPIRED, State.WITHDRAWN, State.OPEN, State.RETURNED])
def test_what_is_over_or_still_owed_is_left_alone(small_company: Company, state: State) -> None:
    life = bring_to(small_company, state)
    before = life.result_id
    listed(small_company, skills(45))
    assert (life.result_id, life.state) == (before, state)


def test_a_thousand_rows_look_for_what_they_concern_with_one_statement(small_company: Company) -> None:
    small_company.reviewed(SCALE, "4", choose=skilled("80"))
    with statements(small_company.context.database) as seen:
        listed(small_company, skills(80))
    looks = [sql for sql, _ in seen if "FROM assessment" in sql and "subject_id IN" in sql]
    assert len(looks) == 1


def test_a_list_that_comes_at_the_moment_of_the_last_review_is_in_the_result(company: Company) -> None:
    (review_id,) = company.opens(SCALE, "4", sign_off=True)
    turn = company.walks("R1", review_id, skilled("-"))
    with meeting_before(company.context, "SELECT assessment."):
        together(
            lambda: submission.submit(company.context, ACCOUNTS["R1"], reference(turn)) and None,
            lambda: listed(company, skills(85)),
        )
    assert (rating(company, turn.row.assessment_id), company.state(turn.row.assessment_id)) == (5, State.REVIEWED)


# Who signs settles


@ON_SQLITE
def test_two_scores_for_one_examination_are_a_conflict_and_the_one_that_is_settled_stands_for_both(
    company: Company,
) -> None:
    assessment_id = apart(company)  # 85 = 5 and 45 = 2
    found = matters(company, assessment_id)
    assert [each.subject for each in found if isinstance(each, ScoreMatter)] == list(SUBJECTS)
    with refused("error-unsettled"):
        sign_off.sign_off(company.context, OPERATOR, assessment_id)
    for subject in SUBJECTS:
        settling.settle_score(company.context, company.actor("A1"), assessment_id, subject, Decimal(45))
    element = next(each for each in newest(company, assessment_id).elements if each.id == SKILLS)
    assert (element.rating, [each.rating for each in element.reviews]) == (2, [2, 2])
    assert newest(company, assessment_id).conflicts == ()
    assert len(ids(company, assessment_id)) == 4, "each decision is scored at once"
    sign_off.sign_off(company.context, OPERATOR, assessment_id, seen=ids(company, assessment_id)[-1])


@ON_SQLITE
def test_a_matter_says_who_gave_which_score_and_of_when_the_list_is(company: Company) -> None:
    assessment_id = apart(company)
    listed(company, "computing 60")
    view = overview.view(company.context, OPERATOR, assessment_id)
    first, second = (review.id for review in view.reviews)
    matter = view.matters[0]
    assert isinstance(matter, ScoreMatter)
    told = [(claim.score, claim.listed_on, claim.reviews) for claim in matter.claims]
    assert told == [(45, None, (second,)), (60, date(2026, 11, 1), ()), (85, None, (first,))]
    assert [each.stands for each in view.matters if isinstance(each, ScoreMatter)] == [60, 85, 85], "for now"
    assert view.result is not None
    conflict = view.result.result.conflicts[0]
    assert (conflict.counts, conflict.listed, conflict.reviews) == (60, 60, ((1,), (), (0,)))


def test_the_score_that_counts_until_it_is_settled_is_the_weightier_on_the_screen_too(company: Company) -> None:
    one, two = company.opens(SCALE, "4", assessors=("R1", "R2"), weights=(1, 2), sign_off=True)
    company.finishes("R1", one, skilled("85"))
    assessment_id = company.finishes("R2", two, skilled("45")).row.assessment_id
    assert [each.counts for each in newest(company, assessment_id).conflicts] == [45, 45, 45]
    assert [each.stands for each in matters(company, assessment_id) if isinstance(each, ScoreMatter)] == [45, 45, 45]


def test_one_decision_settles_every_open_score_as_one_source_has_it(company: Company) -> None:
    assessment_id = apart(company)
    listed(company, "computing 60")
    _, second = (review.id for review in overview.view(company.context, OPERATOR, assessment_id).reviews)
    before = len(ids(company, assessment_id))
    settling.settle_by(company.context, company.actor("A1"), assessment_id, facts.LISTS)
    assert sum(not each.is_settled for each in matters(company, assessment_id)) == 2, "the list has one of the three"
    settling.settle_by(company.context, company.actor("A1"), assessment_id, second)
    assert all(each.is_settled for each in matters(company, assessment_id))
    stand = {each.subject: each.stands for each in matters(company, assessment_id) if isinstance(each, ScoreMatter)}
    assert stand == {"computing": 60, "documents": 45, "english": 45}, "what was settled before stays"
    assert len(ids(company, assessment_id)) == before + 2, "scored once for each decision"
    (line,) = company.lines()
    told = json.loads(line.after)
    assert (line.action, line.person_id, told["examination"]) == ("settle", company.id("A1"), ["documents", "english"])
    assert (told["score"], told["among"]) == (["45", "45"], [["45", "85"]] * 2)
    with refused("error-settle-source"):
        settling.settle_by(company.context, company.actor("A1"), assessment_id, second)


def test_what_was_settled_can_be_decided_otherwise_until_it_is_signed(company: Company) -> None:
    assessment_id = apart(company)
    for score in (85, 45):
        settling.settle_score(company.context, OPERATOR, assessment_id, "computing", Decimal(score))
    (matter,) = [each for each in matters(company, assessment_id) if each.is_settled]
    assert isinstance(matter, ScoreMatter)
    assert (matter.subject, matter.stands) == ("computing", 45)
    assert company.count(Settlement) == 2, "nothing is rewritten"


@ON_SQLITE
def test_a_new_score_opens_again_what_was_settled(company: Company) -> None:
    assessment_id = apart(company)
    settling.settle_score(company.context, OPERATOR, assessment_id, "computing", Decimal(45))
    listed(company, "computing 85")
    assert sum(not each.is_settled for each in matters(company, assessment_id)) == 2, "85 was among them"
    listed(company, "computing 60", "2026-11-02")
    assert sum(not each.is_settled for each in matters(company, assessment_id)) == 3


@ON_SQLITE
def test_cases_that_look_alike_count_once_until_they_are_settled_as_two(company: Company) -> None:
    assessment_id = twins(company)
    assert (newest(company, assessment_id).total, newest(company, assessment_id).deductions[0].found) == (95, 1)
    (matter,) = matters(company, assessment_id)
    assert isinstance(matter, CaseMatter)
    assert {case.title for case in matter.cases} == {"跨省割接复盘", "一次跨省割接的复盘"}
    settling.settle_cases(company.context, OPERATOR, assessment_id, 1, same=False)
    assert (newest(company, assessment_id).total, newest(company, assessment_id).deductions[0].found) == (100, 2)
    settling.settle_cases(company.context, OPERATOR, assessment_id, 1, same=True)
    assert (newest(company, assessment_id).total, newest(company, assessment_id).deductions[0].found) == (95, 1)
    assert newest(company, assessment_id).twins == ()


def test_who_listed_a_case_in_other_signs_is_named_with_it(company: Company) -> None:
    company.hires("R3", "郑一", "评审员")
    one, two, three = company.opens(POINTS, "4", assessors=("R1", "R2", "R3"), sign_off=True)
    company.finishes("R1", one, titled("跨省割接复盘。"))
    company.finishes("R2", two, titled("一次跨省割接的复盘"))
    assessment_id = company.finishes("R3", three, titled("跨省割接复盘")).row.assessment_id
    (matter,) = matters(company, assessment_id)
    assert isinstance(matter, CaseMatter)
    assert dict(zip((case.title for case in matter.cases), matter.reviews, strict=True)) == {
        "一次跨省割接的复盘": (two,),
        "跨省割接复盘": (one, three),
    }


@ON_SQLITE
def test_a_waived_signature_waits_while_something_has_to_be_settled_and_then_publishes(company: Company) -> None:
    assessment_id = apart(company, sign_off=False)
    asked = [kind for kind, _, _ in company.owed()]
    assert (company.state(assessment_id), asked) == (State.REVIEWED, ["review", "review", "to_sign"])
    for subject in SUBJECTS:
        settling.settle_score(company.context, OPERATOR, assessment_id, subject, Decimal(85))
    assert company.state(assessment_id) == State.PUBLISHED
    assert results.latest(company.context, company.id("E1")).replaces is None, "the ones before nobody has seen"


def test_the_other_administrators_are_asked_to_sign_once_everything_is_settled(company: Company) -> None:
    company.hires("A2", "孙悦", "管理员")
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ADMIN])  # nobody signs their own
    assessment_id = apart(company)
    assert {name for kind, name, _ in company.owed() if kind == "to_sign"} == {"林雪", "孙悦"}
    for subject in SUBJECTS[:2]:
        settling.settle_score(company.context, company.actor("A1"), assessment_id, subject, Decimal(45))
    assert company.owed() == []
    settling.settle_score(company.context, company.actor("A1"), assessment_id, SUBJECTS[2], Decimal(45))
    assert company.owed() == [("to_sign", "孙悦", ids(company, assessment_id)[-1])]


@ON_SQLITE
def test_who_settles_what_and_among_what_is_in_the_audit_log(company: Company) -> None:
    assessment_id = apart(company)
    result_id = settling.settle_score(company.context, company.actor("A1"), assessment_id, "computing", Decimal(45))
    (line,) = company.lines()
    assert (line.action, line.record, line.person_id) == ("settle", "assessment", company.id("A1"))
    told = json.loads(line.after)
    assert (told["examination"], told["score"], told["among"]) == ("computing", "45", ["45", "85"])
    assert (told["result"], told["replaces"]) == (result_id, result_id - 1)
    with company.context.database.reading() as connection:
        ((kept,),) = settlements.of_assessments(connection, [assessment_id]).values()
    assert kept.person_id == company.id("A1")


@ON_SQLITE
def test_nobody_settles_anything_about_themselves_nor_without_the_permission(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    assessment_id = apart(company)
    before = company.cells()
    for staff_no in ("E1", "R1", "E2"):
        with refused("error-forbidden"):
            settling.settle(company.context, company.actor(staff_no), assessment_id, 0, 0, seen=1)
        with refused("error-forbidden"):
            settling.settle_by(company.context, company.actor(staff_no), assessment_id, 1)
    assert matters(company, assessment_id, "E1") == ()
    assert company.cells() == before


@pytest.mark.parametrize(("matter", "choice", "seen"), [(3, 0, 0), (0, 2, 0), (0, 0, 7), (-1, 0, 0), (0, -1, 0)])
def test_a_choice_that_is_not_there_is_stale(small_company: Company, matter: int, choice: int, seen: int) -> None:
    assessment_id = apart(small_company)
    seen = seen or ids(small_company, assessment_id)[-1]
    with refused("error-stale"):
        settling.settle(small_company.context, OPERATOR, assessment_id, matter, choice, seen=seen)
    with refused("error-stale"):
        settling.settle_by(small_company.context, OPERATOR, assessment_id, 1, seen=7)


def test_a_pair_of_cases_is_counted_from_one_to_the_last(small_company: Company) -> None:
    assessment_id = twins(small_company)
    for number in (0, 2):
        with refused("error-settle-pair"):
            settling.settle_cases(small_company.context, OPERATOR, assessment_id, number, same=True)


def test_before_its_reviews_are_in_nothing_of_an_assessment_is_settled(small_company: Company) -> None:
    (review_id,) = small_company.opens(SCALE, "4")
    assessment_id = small_company.walks("R1", review_id).row.assessment_id
    with refused("error-life"):
        settling.settle(small_company.context, OPERATOR, assessment_id, 0, 0, seen=1)


def test_what_is_named_wrongly_is_refused_with_what_there_is(small_company: Company) -> None:
    assessment_id = apart(small_company)
    for do, key in (
        (lambda c: settling.settle_score(c, OPERATOR, assessment_id, "law", Decimal(45)), "error-settle-subject"),
        (lambda c: settling.settle_score(c, OPERATOR, assessment_id, "english", Decimal(46)), "error-settle-score"),
        (lambda c: settling.settle_cases(c, OPERATOR, assessment_id, 1, same=True), "error-settle-pair"),
    ):
        with refused(key):
            do(small_company.context)


# What is known while somebody rates


@ON_SQLITE
def test_what_one_assessor_gave_is_there_for_the_next_without_a_name(company: Company) -> None:
    one, two = company.opens(SCALE, "4", assessors=("R1", "R2"))
    company.walks("R1", one, skilled("85"))  # not handed in yet
    listed(company, "english 60")
    found = known(company, two)
    assert found.known.scores["computing"] == 85
    told = {each.subject: (each.score, each.taken_on) for each in found.scores}
    assert (told["english"], told["computing"]) == ((60, date(2026, 11, 1)), (85, None))
    one, two = company.opens(POINTS, "4", "E2", assessors=("R1", "R2"))
    company.walks("R1", one, titled("跨省割接复盘"))
    assert known(company, two).cases == (Case(date(2026, 7, 1), "跨省割接复盘"),)
    assert known(company, one).cases == (), "one's own are no news"


@ON_SQLITE
def test_before_a_review_is_handed_in_its_summary_knows_which_scores_others_have_otherwise(company: Company) -> None:
    listed(company, "english 60")
    turn = company.walks("R1", *company.opens(SCALE, "4"), skilled("85"))
    assert turn.screen is not None
    assert turn.screen.step.kind is StepKind.SUMMARY
    assert turn.known.known.scores == {"english": 60}


@ON_SQLITE
def test_what_an_assessor_took_back_or_was_given_to_somebody_else_is_not_there_for_the_next(company: Company) -> None:
    company.hires("R3", "郑一", "评审员")
    one, two = company.opens(POINTS, "4", assessors=("R1", "R2"))
    turn = company.walks("R1", one, titled("跨省割接复盘"))
    assert len(known(company, two).cases) == 1
    for action in (Action(Act.BACK), Action(Act.UNDO)):
        turn = company.press("R1", turn, action)
    assert known(company, two).cases == ()
    company.press("R1", turn, Action(Act.TEXT, "2026-07-01 跨省割接复盘"))
    assert len(known(company, two).cases) == 1
    amendments.reassign(company.context, OPERATOR, turn.row.assessment_id, "R1", "R3")
    assert known(company, two).cases == ()


@ON_SQLITE
def test_who_is_assessed_learns_nothing_of_what_assessors_gave_nor_they_of_a_self_assessment(company: Company) -> None:
    lead, own = company.opens(SCALE, "4", self_assessment=True)
    company.walks("R1", lead, skilled("85"))
    assert "computing" not in known(company, own).known.scores
    company.walks("E1", own, skilled("45"))
    assert "computing" not in known(company, lead).known.scores


def known(company: Company, review_id: int) -> facts.KnownFacts:
    with company.context.database.reading() as connection:
        row = reviews.get(connection, review_id)
        assert row is not None
        return facts.known_for(company.context, connection, row)


@ON_SQLITE
def test_a_score_that_is_too_old_counts_for_nothing(company: Company) -> None:
    year = replace(company.context, rules=Rules(score_months=12))
    listed(company, "english 60", "2025-11-19", context=year)
    (review_id,) = company.opens(SCALE, "4")
    with company.context.database.reading() as connection:
        row = reviews.get(connection, review_id)
        assert row is not None
        assert facts.known_for(year, connection, row).scores == ()
        assert len(facts.known_for(company.context, connection, row).scores) == 1
    answering.open_review(company.context, ACCOUNTS["R1"], review_id)


# What is kept of people


def test_what_was_settled_is_given_out_and_goes_with_its_person_titles_and_all(company: Company) -> None:
    assessment_id = twins(company)
    settling.settle_cases(company.context, company.actor("A1"), assessment_id, 1, same=True)
    given = privacy.export_person(company.context, company.actor("A1"), "E1")
    (found,) = given["assessments"]  # type: ignore[misc]
    assert [each["value"] for each in found["settlements"]] == ["same"]
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert company.count(Settlement) == 0
    assert not [value for name, value in company.cells() if name not in ("audit", "entry") and "割接" in value]
