"""A target of its own for an element at a level, worked by hand: 书面表达 at 3级 has to reach 4 instead of 5."""

from decimal import Decimal

import pytest

from qualify.charts import Radar
from qualify.paths import STANDARDS
from qualify.reporting.charting import chart_of_figures
from qualify.reporting.explanation import explain
from qualify.reporting.standard_pages import agreed, element, rated
from qualify.scoring import Result
from qualify.scoring.model import Gain, ModuleResult, WayUp
from qualify.standard import Standard, all_subjects, parse, shipped
from tests.builders import all_marked, of, scored, signs

RELEASED = shipped(STANDARDS).get("client-manager", 2)
TEXT = (STANDARDS / "client-manager" / "v2.yaml").read_text(encoding="utf-8")
WRITING = "        name: {zh: 书面表达能力, en: Written expression}\n"
LOWER = parse(TEXT.replace(WRITING, WRITING + '        targets: {"3": 4}\n'), "v2.yaml")


def made(standard: Standard, level: str = "3", **patterns: str) -> Result:
    """Everything met and 85 in every subject, but for these elements."""
    marks = all_marked(standard, level) | signs(standard, level, patterns)
    scores = {subject.id: Decimal(85) for subject in all_subjects(standard)}
    return scored(standard, level, marks=marks, scores=scores)


def basic(result: Result) -> ModuleResult:
    return next(module for module in result.modules if module.id == "basic")


@pytest.mark.parametrize(
    ("standard", "level", "pattern", "rating", "gap", "below_at_above"),
    [
        (RELEASED, "3", "++/", 4, 1, (1, 7, 0)),  # 5/6 suggests 4: one short of 5
        (LOWER, "3", "++/", 4, 0, (0, 8, 0)),  # the same 4 is the standard
        (LOWER, "3", "+++", 5, -1, (0, 7, 1)),  # all met still suggests 5, above the standard
        (LOWER, "3", "+--", 1, 3, (1, 7, 0)),  # 1/3 suggests 1
        (LOWER, "2", "++/", 4, 1, (1, 7, 0)),  # at 2级 it is 5 as everywhere
    ],
)
def test_what_is_met_below_and_above_is_counted_from_the_target(  # noqa: PLR0917  # the columns of the table
    standard: Standard, level: str, pattern: str, rating: int, gap: int, below_at_above: tuple[int, int, int]
) -> None:
    result = made(standard, level, writing=pattern)
    writing = of(result, "writing")
    assert (writing.suggestion, writing.rating, writing.gap) == (rating, rating, gap)
    assert (basic(result).below, basic(result).at, basic(result).above) == below_at_above


def test_the_way_up_leads_to_the_target() -> None:
    two_short = {"writing": "+--", "achievement": "++//"}  # 1 of 4 (or 5); 3/4 suggests 3 of 5
    assert made(RELEASED, **two_short).way_up == WayUp(
        grade=None, missing=Decimal(2), gains=(Gain(id="achievement", points=Decimal(2)),)
    )
    assert made(LOWER, **two_short | {"writing": "/+-"}).way_up == WayUp(  # 1/2 suggests 2: two short as well
        grade=None,
        missing=Decimal(2),
        gains=(Gain(id="achievement", points=Decimal(2)), Gain(id="writing", points=Decimal(2))),
    )
    assert made(LOWER, writing="++/").way_up is None, "nothing is below its standard"


def test_the_red_circle_stands_at_the_target() -> None:
    chart = chart_of_figures(LOWER, made(LOWER, writing="++/"), "陈晨", "2026-12-01", 1, language="zh-CN")
    assert isinstance(chart, Radar)
    assert {axis.label: axis.standard for axis in chart.axes if axis.standard != 5} == {"书面表达能力": 4}
    assert [axis.label for axis in chart.axes if axis.below] == []
    assert chart.header.figure == "18/18 达标"


def test_the_explanation_compares_with_the_target_and_takes_the_suggestion_from_the_table() -> None:
    lines = explain(LOWER, made(LOWER, writing="+++"), "zh-CN").elements["writing"]
    assert lines[0] == "书面表达能力：5 分 · 达标，标准 4 分"
    assert lines[1].endswith("，全部达到※1 → 建议 5 分"), "not by exceeding, although 5 is above the target"


def test_a_reader_of_the_standard_sees_the_target() -> None:
    assert element(LOWER, LOWER.element("writing"), "3", "zh-CN")[0].heading == "书面表达能力（标准 4 分）"
    assert element(LOWER, LOWER.element("writing"), "2", "zh-CN")[0].heading == "书面表达能力"
    (own,) = (each for each in rated(LOWER, "3", "zh-CN") if each.heading == "另定了标准的要素")
    assert own.lines == ("书面表达能力：标准 4 分", "评分跟它比较；建议几分不变，仍看达到率。")
    assert own.agreed, "the source doesn't say what becomes of the suggestion"
    said = [line for standard in (RELEASED, LOWER) for line in agreed(standard, "zh-CN")[0].lines]
    assert said.count("· 要素另定的标准分只用来比较，建议几分不变。") == 1
    assert "另定了标准的要素" not in {each.heading for each in rated(LOWER, "2", "zh-CN")}
