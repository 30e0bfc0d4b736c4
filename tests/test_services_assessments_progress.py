"""Who owes what, what waits for an administrator, and the ranking of the knowledge composite by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from qualify.access import Role
from qualify.services.assessments import amendments, listing, overview, progress
from qualify.services.assessments import opening as openings
from qualify.services.assessments import ranking as ranking_service
from qualify.services.assessments.opening import Opening
from qualify.services.imports import people_list, score_list
from qualify.services.people import roles
from qualify.services.reviews import answering
from qualify.storage.assessments import FIRST, LAST
from qualify.storage.tables import NoticeKind
from qualify.workflow import AssessmentState as State
from tests.company import ACCOUNTS, ON_SQLITE, OPERATOR, POINTS, SCALE, Company, all_met, refused
from tests.lives import bring_to

pytest_plugins = ["tests.company_fixtures"]
APPLIED = date(2026, 11, 20)  # as the company opens its assessments


@ON_SQLITE
def test_everything_owed_is_listed_by_due_date_with_how_far_it_is(company: Company) -> None:
    ids = company.opens(SCALE, "4", assessors=("R1", "R2"), self_assessment=True)
    company.finishes("R2", ids[1])
    half = answering.open_review(company.context, ACCOUNTS["R1"], ids[0])
    steps = len(half.plan.steps)
    while half.screen is not None and half.row.position.frontier < steps // 2:
        half = company.press("R1", half, all_met(half.screen))
    sooner = Opening(POINTS, "3", "E2", (("R2", Decimal(1)),), company.context.today())
    openings.open_assessment(company.context, OPERATOR, sooner)
    owed = progress.owed(company.context, company.actor("A1"))
    assert [(each.assessor.name, each.row.subject, each.row.due_date, each.standard.id) for each in owed] == [
        ("吴倩", "何静", date(2026, 11, 22), POINTS),
        ("周明", "陈晨", date(2026, 12, 1), SCALE),
        ("陈晨", "陈晨", date(2026, 12, 1), SCALE),
    ]
    assert [each.percent for each in owed] == [0, half.screen.percent if half.screen else None, 0]
    assert all(each.joined for each in owed)


def test_a_page_has_some_who_owe_the_most_urgent_first_each_with_some_reviews_and_the_totals_of_all(
    company: Company,
) -> None:
    for days, assessors in ((5, ("R1",)), (3, ("R1", "R2")), (-1, ("R1",)), (8, ("R2",))):
        due = company.context.today() + timedelta(days=max(days, 0))
        weighed = tuple((each, Decimal(1)) for each in assessors)
        opening = Opening(SCALE, "4", "E2", weighed, due, self_assessment=days == 8)
        openings.open_assessment(company.context, OPERATOR, opening)
    company.clock.time += timedelta(days=1)
    first = progress.page(company.context, company.actor("A1"), most=2, reviews_each=2)
    assert [(each.assessor.name, each.reviews) for each in first.people] == [("周明", 3), ("吴倩", 2)]
    assert [[(one.row.due_date - company.context.today()).days for one in each.owed] for each in first.people] == [
        [-1, 2],
        [2, 7],
    ]
    assert first.totals == (6, 1, 1)
    assert (first.first, first.before) == (FIRST, None)
    assert first.after is not None
    last = progress.page(company.context, OPERATOR, first.after, most=2, reviews_each=2)
    assert ([each.assessor.name for each in last.people], last.after, last.totals) == (["何静"], None, first.totals)
    assert last.before is not None
    assert progress.page(company.context, OPERATOR, last.before, most=2, reviews_each=2) == first
    beyond = progress.page(company.context, OPERATOR, LAST, most=2, reviews_each=2)
    assert ([each.assessor.name for each in beyond.people], beyond.after) == (["吴倩", "何静"], None)


def test_reviews_whose_standard_is_gone_are_counted_and_not_listed(company: Company) -> None:
    company.opens(SCALE, "4")
    with company.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE assessment SET structure = 'another'")
    page = progress.page(company.context, OPERATOR, most=2, reviews_each=2)
    assert ([(each.assessor.name, each.owed) for each in page.people], page.totals.reviews) == ([("周明", [])], 1)
    assert progress.owed(company.context, OPERATOR) == []


def test_nobody_owes_anything(company: Company) -> None:
    for place in (FIRST, LAST):
        page = progress.page(company.context, OPERATOR, place, most=2, reviews_each=2)
        assert (page.people, page.totals, page.before, page.after) == ([], (0, 0, 0), None, None)


def test_all_who_are_late_are_reminded_at_once(company: Company) -> None:
    company.opens(SCALE, "4", assessors=("R1",))
    company.clock.time += timedelta(days=10)
    company.opens(SCALE, "3", assessors=("R2",))
    company.owed()
    assert progress.remind_late(company.context, company.actor("A1")) == 1
    assert [(kind, name) for kind, name, _ in company.owed()] == [(NoticeKind.REMINDER, "周明")]


def test_who_has_not_joined_is_seen_to_owe_and_can_not_be_reminded(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("r9.csv", "工号,姓名,角色\nR9,许诺,评审员\n"))
    company.opens(SCALE, "4", assessors=("R9",))
    (owing,) = progress.owed(company.context, OPERATOR)
    assert (owing.assessor.name, owing.joined) == ("许诺", False)
    assert progress.remind(company.context, OPERATOR, [owing.assessor.id]) == 0


def test_a_reminder_goes_only_to_who_owes_something_and_once_a_minute(company: Company) -> None:
    company.opens(SCALE, "4", assessors=("R1",))
    company.owed()
    everybody = [company.id(staff_no) for staff_no in ("R1", "R2", "E1")]
    for _ in range(2):
        assert progress.remind(company.context, company.actor("A1"), everybody) == 1
    assert [(kind, name) for kind, name, _ in company.owed()] == [(NoticeKind.REMINDER, "周明")]
    company.clock.time += timedelta(minutes=1)
    progress.remind(company.context, OPERATOR, everybody)
    assert len(company.owed()) == 1


@ON_SQLITE
def test_an_administrator_who_was_replaced_as_assessor_reads_the_others_notes_as_any_administrator(
    company: Company,
) -> None:
    roles.set_roles(company.context, OPERATOR, "A1", [Role.ADMIN, Role.ASSESSOR])
    _, others = company.opens(SCALE, "4", assessors=("A1", "R1"))
    answering.open_review(company.context, ACCOUNTS["R1"], others)
    answering.write(company.context, ACCOUNTS["R1"], "当面谈过")
    admin, assessment_id = company.actor("A1"), listing.listed(company.context, OPERATOR)[0].id

    def notes() -> list[str]:
        review = {each.id: each for each in overview.view(company.context, admin, assessment_id).reviews}[others]
        return [each.text for each in review.notes or ()]

    assert notes() == [], "who rates is blind to the others until all are in"
    amendments.reassign(company.context, OPERATOR, assessment_id, "A1", "R2")
    assert notes() == ["当面谈过"]


def test_what_waits_is_counted_by_state_without_what_is_about_the_reader(company: Company) -> None:
    for state in (State.OPEN, State.REVIEWED, State.REVIEWED, State.APPEALED):
        bring_to(company, state)
    counted = progress.waiting(company.context, company.actor("A1"))
    assert {state: count for state, count in counted.items() if count} == {
        State.OPEN: 1,
        State.REVIEWED: 2,
        State.APPEALED: 1,
    }
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    assert set(progress.waiting(company.context, company.actor("E1")).values()) == {0}


def test_a_case_has_its_reviews_its_result_once_all_are_in_and_its_appeal(company: Company) -> None:
    life = bring_to(company, State.IN_PROGRESS)
    before = overview.view(company.context, company.actor("A1"), life.assessment_id)
    assert [(review.id, review.assessor) for review in before.reviews] == [(life.lead, "周明"), (life.own, "陈晨")]
    assert (before.result, before.appeal, before.subject.staff_no) == (None, None, "E1")
    life = bring_to(company, State.APPEALED)
    case = overview.view(company.context, company.actor("A1"), life.assessment_id)
    assert case.result is not None
    assert case.appeal is not None
    assert (case.result.id, case.appeal.result_id) == (life.result_id, life.result_id)
    with refused("error-assessment-unknown"):
        overview.view(company.context, OPERATOR, 999)


# The ranking: 0.5 × specialist + 0.5 × product ÷ 5, one decimal; the best first.


def candidate(company: Company, staff_no: str, name: str, scores: str, applied: date = APPLIED) -> int:
    """Somebody who applied for level 3 of the service managers, with scores "specialist product" ("-" = none)."""
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", f"工号,姓名\n{staff_no},{name}\n"))
    given = zip(("specialist", "product"), scores.split(), strict=True)
    lines = [f"{staff_no},{POINTS},{subject},{score},2026-10-01" for subject, score in given if score != "-"]
    if lines:
        table = "工号,标准,科目,成绩,考试日期\n" + "\n".join(lines)
        score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table))
    opening = Opening(POINTS, "3", staff_no, (("R1", Decimal(1)),), company.context.today(), applied)
    return openings.open_assessment(company.context, OPERATOR, opening)


def ranking(company: Company, since: date = APPLIED, until: date = APPLIED) -> list[tuple[int | None, str, str | None]]:
    rows = ranking_service.ranking(company.context, company.actor("A1"), POINTS, "3", since, until)
    return [(row.rank, row.staff_no, None if row.composite is None else str(row.composite)) for row in rows]


def test_candidates_are_ranked_best_first_ties_share_a_rank_and_who_misses_a_score_comes_last(company: Company) -> None:
    for staff_no, scores in (
        ("C1", "84 402"),  # 42 + 40.2
        ("C2", "90 -"),
        ("C3", "100 500"),
        ("C4", "80.4 420"),  # 40.2 + 42
        ("C5", "60 300"),
        ("C6", "- -"),
    ):
        candidate(company, staff_no, staff_no, scores)
    assert ranking(company) == [
        (1, "C3", "100.0"),
        (2, "C1", "82.2"),
        (2, "C4", "82.2"),
        (4, "C5", "60.0"),
        (None, "C2", None),
        (None, "C6", None),
    ]


def test_only_the_levels_candidates_of_the_period_are_ranked_both_days_in_and_nobody_who_was_withdrawn(
    company: Company,
) -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 20)
    candidate(company, "C1", "早一天", "99 495", first - timedelta(days=1))
    candidate(company, "C2", "首日", "60 300", first)
    candidate(company, "C3", "末日", "70 350", last)
    candidate(company, "C4", "晚一天", "99 495", last + timedelta(days=1))
    amendments.withdraw(company.context, OPERATOR, candidate(company, "C5", "已撤销", "99 495"))
    opening = Opening(POINTS, "4", "E1", (("R1", Decimal(1)),), company.context.today(), last)
    openings.open_assessment(company.context, OPERATOR, opening)
    assert ranking(company, first, last) == [(1, "C3", "70.0"), (2, "C2", "60.0")]
    assert ranking(company, last + timedelta(days=2), last + timedelta(days=3)) == []


@ON_SQLITE
def test_who_applied_twice_is_ranked_once_with_the_last_application(company: Company) -> None:
    candidate(company, "C1", "早", "99 495", date(2026, 11, 2))
    opening = Opening(POINTS, "3", "C1", (("R1", Decimal(1)),), company.context.today(), date(2026, 11, 12))
    openings.open_assessment(company.context, OPERATOR, opening)
    rows = ranking_service.ranking(company.context, OPERATOR, POINTS, "3", date(2026, 11, 1), date(2026, 11, 30))
    assert [(row.staff_no, row.applied) for row in rows] == [("C1", date(2026, 11, 12))]


def test_scores_taken_after_the_application_do_not_count(company: Company) -> None:
    candidate(company, "C1", "马超", "60 300", date(2026, 9, 30))
    assert ranking(company, date(2026, 9, 30), date(2026, 9, 30)) == [(None, "C1", None)]


def test_the_ranking_counts_what_was_taken_in_time_whenever_a_list_says_so(company: Company) -> None:
    table = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,%s,2026-10-01\nE1,{POINTS},product,402,2026-10-01\n"
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table % 84))
    company.reviewed(POINTS, "3")
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table % 20))
    assert ranking(company) == [(1, "E1", "50.2")]  # (20 + 402 ÷ 5) ÷ 2


def test_a_ranking_needs_a_standard_that_there_is(company: Company) -> None:
    with refused("error-standard-unknown"):
        ranking_service.ranking(company.context, OPERATOR, "pilot", "3", APPLIED, APPLIED)


@ON_SQLITE
@pytest.mark.parametrize("level", ["3", "9"])
def test_a_standard_without_separate_examinations_ranks_nobody(company: Company, level: str) -> None:
    company.opens(SCALE, "3")
    rows = ranking_service.ranking(company.context, OPERATOR, SCALE, level, APPLIED, APPLIED)
    assert [(row.rank, row.composite) for row in rows] == ([(None, None)] if level == "3" else [])
