"""The ranking page by page: ranks count everybody, and follow what lists, results and withdrawals say."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, pairwise

import pytest

from qualify.services.assessments import amendments, candidate_standings, ranking
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.imports import people_list, score_list
from qualify.services.notices import digests
from qualify.services.people import privacy
from qualify.storage.candidates import TOP, RankPlace
from qualify.workflow import Rules
from tests.company import OPERATOR, POINTS, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]
Row = tuple[int | None, str, str | None]


def candidate(company: Company, staff_no: str, scores: str, applied: date | None = None) -> int:
    """Somebody who applied for level 3 of the service managers with scores "specialist product" ("-" = none)."""
    people_list.import_people(
        company.context, OPERATOR, company.file("more.csv", f"工号,姓名\n{staff_no},{staff_no}\n")
    )
    examined(company, staff_no, scores)
    return applies(company, staff_no, applied)


def examined(company: Company, staff_no: str, scores: str) -> None:
    given = zip(("specialist", "product"), scores.split(), strict=True)
    lines = [f"{staff_no},{POINTS},{subject},{score},2026-01-01" for subject, score in given if score != "-"]
    if lines:
        table = "工号,标准,科目,成绩,考试日期\n" + "\n".join(lines)
        score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table))


def applies(company: Company, staff_no: str, applied: date | None = None) -> int:
    opening = Opening(POINTS, "3", staff_no, (("R1", Decimal(1)),), company.context.today(), applied)
    return openings.open_assessment(company.context, OPERATOR, opening)


def page(company: Company, first: RankPlace = TOP, year: int = 2026, most: int = 9) -> ranking.RankingPage:
    return ranking.ranking_page(company.context, OPERATOR, POINTS, "3", year, first, most=most)


def shown(page: ranking.RankingPage) -> list[Row]:
    return [(row.rank, row.staff_no, None if row.composite is None else str(row.composite)) for row in page.ranked]


def walked(company: Company, most: int) -> list[list[Row]]:
    """Every page, from the first to the last; and the same on the way back."""
    here = page(company, most=most)
    pages = [shown(here)]
    while here.after is not None:
        here = page(company, here.after, most=most)
        pages.append(shown(here))
    back = [shown(here)]
    while here.before is not None:
        here = page(company, here.before, most=most)
        back.append(shown(here))
    assert back[::-1] == pages
    return pages


@pytest.mark.parametrize("most", range(1, 8))
def test_ranks_count_everybody_and_ties_share_one_over_the_edge_of_a_page(company: Company, most: int) -> None:
    for number, scores in enumerate(("80 400", "90 450", "80 400", "70 350", "80 400", "- 500", "60 300")):
        candidate(company, f"C{number}", scores)
    expected = [
        (1, "C1", "90.0"),
        (2, "C0", "80.0"),
        (2, "C2", "80.0"),
        (2, "C4", "80.0"),
        (5, "C3", "70.0"),
        (6, "C6", "60.0"),
        (None, "C5", None),
    ]
    pages = walked(company, most)
    assert list(chain.from_iterable(pages)) == expected
    assert all(len(before) == most for before, _ in pairwise(pages))
    whole = ranking.ranking(company.context, OPERATOR, POINTS, "3", date(2026, 1, 1), date(2026, 12, 31))
    assert [(row.rank, row.staff_no) for row in whole] == [(rank, staff_no) for rank, staff_no, _ in expected]


def test_of_two_applications_in_a_year_the_last_counts_and_the_first_again_once_that_is_withdrawn(
    company: Company,
) -> None:
    candidate(company, "C1", "80 400", date(2026, 3, 1))
    last = applies(company, "C1", date(2026, 9, 1))
    applies(company, "C1", date(2026, 5, 1))
    before = applies(company, "C1", date(2025, 9, 1))
    assert [row.applied for row in page(company).ranked] == [date(2026, 9, 1)]
    amendments.withdraw(company.context, OPERATOR, last)
    assert [row.applied for row in page(company).ranked] == [date(2026, 5, 1)]
    assert [row.assessment_id for row in page(company, year=2025).ranked] == [before]


def test_a_list_of_scores_moves_those_who_have_no_result_yet(company: Company) -> None:
    candidate(company, "C1", "80 -")
    candidate(company, "C2", "70 350")
    assert [rank for rank, *_ in shown(page(company))] == [1, None]
    examined(company, "C1", "80 400")
    assert shown(page(company)) == [(1, "C1", "80.0"), (2, "C2", "70.0")]


def test_a_list_that_comes_after_a_result_was_frozen_counts_up_to_the_application(company: Company) -> None:
    examined(company, "E1", "60 300")
    company.published(POINTS, "3")
    examined(company, "E1", "80 400")
    assert shown(page(company)) == [(1, "E1", "80.0")]
    later = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,100,2026-11-21\n"  # applied for on the 20th
    score_list.import_scores(company.context, OPERATOR, company.file("later.csv", later))
    assert shown(page(company)) == [(1, "E1", "80.0")]


def test_a_paper_of_another_level_and_one_that_is_too_old_count_for_nobody(company: Company) -> None:
    applied = applies(company, "E1", date(2026, 11, 20))
    rows = "\n".join(
        f"E1,{POINTS},{subject},{score},{day},{level}"
        for subject, score, day, level in (
            ("specialist", 80, "2025-11-20", "三级"),  # twelve months before, that day in
            ("specialist", 99, "2026-11-01", "4"),
            ("product", 400, "2026-01-01", ""),
            ("product", 500, "2025-11-19", ""),
        )
    )
    table = f"工号,标准,科目,成绩,考试日期,级别\n{rows}\n"
    year = replace(company.context, rules=Rules(score_months=12))
    score_list.import_scores(year, OPERATOR, company.file("scores.csv", table))
    assert [(row.assessment_id, str(row.composite)) for row in page(company).ranked] == [(applied, "80.0")]


def test_who_is_erased_is_ranked_without_a_name_and_what_was_withdrawn_is_not(company: Company) -> None:
    examined(company, "E1", "80 400")
    company.published(POINTS, "3", "E1")
    amendments.withdraw(company.context, OPERATOR, candidate(company, "C1", "80 400"))
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert [(row.rank, row.name) for row in page(company).ranked] == [(1, "—")]


def test_candidates_of_an_earlier_release_are_placed_when_the_day_is_planned(company: Company) -> None:
    candidate(company, "C1", "80 400")
    company.opens(SCALE, "4")
    with company.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE candidate SET gap = NULL")
    assert shown(page(company)) == []
    (whole,) = ranking.ranking(company.context, OPERATOR, POINTS, "3", date(2026, 1, 1), date(2026, 12, 31))
    assert (whole.rank, str(whole.composite)) == (1, "80.0")
    digests.plan_today(company.context)
    assert shown(page(company)) == [(1, "C1", "80.0")]


def test_a_page_that_is_no_more_shows_the_last_one_and_a_year_without_candidates_nobody(company: Company) -> None:
    for number in range(3):
        candidate(company, f"C{number}", "80 400")
    end = page(company, RankPlace(1001, company.context.today() + timedelta(days=1), 1), most=2)
    assert ([row.staff_no for row in end.ranked], end.after) == (["C1", "C2"], None)
    nobody = page(company, RankPlace(5, company.context.today(), 1), year=1999)
    assert (nobody.ranked, nobody.before, nobody.after) == ([], None, None)


def test_the_ranking_is_for_administrators_and_of_a_standard_there_is(company: Company) -> None:
    with refused("error-forbidden"):
        ranking.ranking_page(company.context, company.actor("R1"), POINTS, "3", 2026, most=1)
    with refused("error-standard-unknown"):
        ranking.ranking_page(company.context, OPERATOR, "pilot", "3", 2026, most=1)


@pytest.mark.parametrize(("score", "gap"), [("100", 0), ("82.2", 178), ("0", 1000), (None, 1001)])
def test_a_gap_is_what_lacks_to_a_hundred_in_tenths(score: str | None, gap: int) -> None:
    composite = None if score is None else Decimal(score)
    assert candidate_standings.gap_of(composite) == gap
    assert candidate_standings.composite_of(gap) == composite
