"""A stored result in words: in few lines for a caption, step by step with its days, and each number explained."""

from dataclasses import replace
from datetime import timedelta

import pytest

from qualify.reporting.wording import REASON, caption, course, explained, figures
from qualify.services.assessments import results, sign_off
from qualify.services.assessments.overview import ResultView
from qualify.workflow import Rules
from tests.company import OPERATOR, POINTS, SCALE, Company

pytest_plugins = ["tests.company_fixtures"]


def signed(company: Company, grade: str | None = None, reason: str = "合议") -> ResultView:
    """A result of E1 by points with everything met, signed by A1 and published two days later."""
    assessment_id = company.reviewed(POINTS, "3")
    sign_off.sign_off(company.context, company.actor("A1"), assessment_id, grade, reason)
    company.clock.time += timedelta(days=2)
    sign_off.publish(company.context, OPERATOR, assessment_id)
    return results.latest(company.context, company.id("E1"))


def test_a_caption_begins_with_the_figures_and_the_grade(company: Company) -> None:
    assert caption(signed(company), "zh-CN")[:3] == [
        "总分 100 分",
        "级内等：职业等",
        "林雪签署于 2026-11-22 · 有效期至 2028-11-24",
    ]


def test_a_grade_signed_otherwise_takes_the_place_of_the_computed_one_with_the_beginning_of_its_reason(
    company: Company,
) -> None:
    reason = "案" * (REASON + 1)
    assert figures(signed(company, "basic", reason), "zh-CN") == [
        "总分 100 分",
        f"级内等：基础等（计算为职业等，签署人改定：{reason[: REASON - 1]}…）",
    ]


def test_the_course_of_a_result_has_a_line_a_step_with_its_day(company: Company) -> None:
    assert course(signed(company), "zh-CN", waived=False) == [
        "2026-11-22 计算：总分 100 分，级内等：职业等",
        "2026-11-22 由林雪签署",
        "2026-11-24 发布 · 申诉截止 2026-12-01 · 有效期至 2028-11-24",
    ]


def test_before_it_is_published_the_course_ends_with_what_was_computed(company: Company) -> None:
    assessment_id = company.reviewed(SCALE, "4")
    shown = results.of_assessment(company.context, OPERATOR, assessment_id)
    assert course(shown, "zh-CN", waived=False) == ["2026-11-22 计算"]
    assert course(shown, "zh-CN", waived=True) == ["2026-11-22 计算", "开启时已免签署"]


@pytest.mark.parametrize("hidden", [True, False])
def test_the_assessors_names_are_hidden_from_the_employee_where_the_company_says_so(
    company: Company, hidden: bool
) -> None:
    ids = company.opens(SCALE, "4", assessors=("R1", "R2"))
    for staff_no, review_id in zip(("R1", "R2"), ids, strict=True):
        company.finishes(staff_no, review_id)
    context = replace(company.context, rules=Rules(hide_assessors=hidden))
    mine = results.latest(context, company.id("E1"))
    lines = "\n".join(explained(mine, "zh-CN").lines())
    assert [name in lines for name in ("周明", "吴倩", "评审员 1", "评审员 2")] == [*[not hidden] * 2, *[hidden] * 2]
    for staff_no in ("A1", "R1"):
        theirs = results.seen_by(context, company.id(staff_no), mine.id)
        assert "周明" in "\n".join(explained(theirs, "zh-CN").lines())
