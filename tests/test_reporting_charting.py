"""The chart of a stored result: the self-assessment beside the ratings, and the grade that counts among the notes."""

import pytest

from qualify.charts import Bars, Radar
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.reporting.charting import chart_of
from qualify.services.assessments import results, sign_off
from qualify.services.assessments.overview import ResultView
from tests.company import OPERATOR, POINTS, SCALE, Company, all_met

pytest_plugins = ["tests.company_fixtures"]


def modest(screen: Screen) -> Action:
    """Everything partly met, every suggestion confirmed."""
    return Action(Act.MARK, "partly") if screen.step.kind is StepKind.CRITERION else all_met(screen)


def signed(company: Company, standard: str, grade: str | None = None, *, own: bool = False) -> ResultView:
    """A result of E1 with everything met, signed and published."""
    assessor, *themselves = company.opens(standard, "3", sign_off=True, self_assessment=own)
    for review_id in themselves:
        company.finishes("E1", review_id, modest)
    assessment_id = company.finishes("R1", assessor).row.assessment_id
    sign_off.sign_off(company.context, OPERATOR, assessment_id, grade, "合议")
    sign_off.publish(company.context, OPERATOR, assessment_id)
    return results.latest(company.context, company.id("E1"))


def test_a_radar_has_the_self_assessment_on_its_axes(company: Company) -> None:
    chart = chart_of(signed(company, SCALE, own=True), "zh-CN")
    assert isinstance(chart, Radar)
    first = chart.axes[0]
    assert (first.actual, first.own) == (5, 2)
    assert chart.header.figure == "18/18 达标", "not counted"


def test_bars_have_it_as_their_ticks(company: Company) -> None:
    chart = chart_of(signed(company, POINTS, own=True), "zh-CN")
    assert isinstance(chart, Bars)
    first = chart.modules[0].bars[0]
    assert (first.got, first.own) == (5, 2.5)
    assert chart.header.figure == "100"


@pytest.mark.parametrize("standard", [SCALE, POINTS])
def test_without_one_there_is_nothing_to_mark(company: Company, standard: str) -> None:
    chart = chart_of(signed(company, standard), "zh-CN")
    marks = chart.axes if isinstance(chart, Radar) else [bar for module in chart.modules for bar in module.bars]
    assert {mark.own for mark in marks} == {None}


@pytest.mark.parametrize(
    ("grade", "note"),
    [
        (None, "级内等：职业等"),
        ("professional", "级内等：职业等"),
        ("basic", "级内等：基础等（签署人改定）"),
        ("none", "签署人决定不授予该级别"),
    ],
)
def test_the_grade_that_counts_stands_below_the_bars(company: Company, grade: str | None, note: str) -> None:
    chart = chart_of(signed(company, POINTS, grade), "zh-CN")
    assert isinstance(chart, Bars)
    assert [each for each in chart.notes if "级" in each] == [note]
