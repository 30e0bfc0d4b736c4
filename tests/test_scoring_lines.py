"""Source lines weigh, however many criteria they were split into: every split cell of the client manager model."""

from fractions import Fraction

import pytest

from qualify.paths import STANDARDS
from qualify.reporting.explanation import explain
from qualify.standard import lines_at, shipped
from tests.builders import CLIENT, all_marked, of, scored, signs

SECOND = shipped(STANDARDS).get("client-manager", 2)
SERVICE_2 = shipped(STANDARDS).get("service-manager", 2)

# level, element: answers with a gap between lines, the share, the suggestion; each would be another one by criteria.
CELLS = [
    ("4", "needs-analysis", "- - ++ -", Fraction(1, 4), 1),  # (0 + 0 + 1 + 0) ÷ 4; by criteria 2/5: 2
    ("4", "tailored-strategy", "- +++", Fraction(1, 2), 2),  # (0 + 1) ÷ 2; 3/4: 3
    ("4", "active-marketing", "+. -- +.", Fraction(2, 3), 3),  # (1 + 0 + 1) ÷ 3; 2/4: 2
    ("4", "retention", "--- ++ ++", Fraction(2, 3), 3),  # (0 + 1 + 1) ÷ 3; 4/7: 2
    ("4", "customer-relations", "+. +. --", Fraction(2, 3), 3),  # (1 + 1 + 0) ÷ 3; 2/4: 2
    ("3", "needs-analysis", "- ++ ++ -", Fraction(1, 2), 2),  # (0 + 1 + 1 + 0) ÷ 4; 4/6: 3
    ("3", "tailored-strategy", "+ + ---", Fraction(2, 3), 3),  # (1 + 1 + 0) ÷ 3; 2/5: 2
    ("3", "active-marketing", "+++ ++ ++ -", Fraction(3, 4), 3),  # (1 + 1 + 1 + 0) ÷ 4; 7/8: 4
    ("3", "retention", "+++ -- --", Fraction(1, 3), 1),  # (1 + 0 + 0) ÷ 3; 3/7: 2
    ("3", "customer-relations", "+++ -- //+", Fraction(5, 9), 2),  # (1 + 0 + 2/3) ÷ 3; 5/8: 3
    ("2", "communication", "-- + +", Fraction(2, 3), 3),  # (0 + 1 + 1) ÷ 3; 2/4: 2
    ("2", "information", "+ -- +", Fraction(2, 3), 3),  # (1 + 0 + 1) ÷ 3; 2/4: 2
    ("2", "needs-analysis", "+ -- -- +", Fraction(1, 2), 2),  # (1 + 0 + 0 + 1) ÷ 4; 2/6: 1
    ("2", "tailored-strategy", "--- + ++ +", Fraction(3, 4), 3),  # (0 + 1 + 1 + 1) ÷ 4; 4/7: 2
    ("2", "active-marketing", "--- ++ -- +", Fraction(1, 2), 2),  # (0 + 1 + 0 + 1) ÷ 4; 3/8: 1
    ("2", "retention", "+. +. -- --", Fraction(1, 2), 2),  # (1 + 1 + 0 + 0) ÷ 4; 2/6: 1
    ("2", "customer-relations", "+.. +.. ---", Fraction(2, 3), 3),  # (1 + 1 + 0) ÷ 3; 2/5: 2
    ("1", "information", "- ++ -", Fraction(1, 3), 1),  # (0 + 1 + 0) ÷ 3; 2/4: 2
    ("1", "tailored-strategy", "-- + + + +", Fraction(4, 5), 4),  # (0 + 4) ÷ 5; 4/6: 3
    ("1", "retention", "++ ++ - +", Fraction(3, 4), 3),  # (1 + 1 + 0 + 1) ÷ 4; 5/6: 4
    ("1", "customer-relations", "++ +++ ----", Fraction(2, 3), 3),  # (1 + 1 + 0) ÷ 3; 5/9: 2
]


@pytest.mark.parametrize(("level", "element", "answers", "share", "suggestion"), CELLS)
def test_a_share_is_the_mean_of_the_sources_lines(
    level: str, element: str, answers: str, share: Fraction, suggestion: int
) -> None:
    lines = lines_at(SECOND.element(element), level)
    assert [len(line) for line in lines] == [len(line) for line in answers.split()], "the lines, as they were split"
    result = of(scored(SECOND, level, marks=signs(SECOND, level, {element: answers.replace(" ", "")})), element)
    assert (result.share, result.suggestion) == (share, suggestion)


def test_the_table_leaves_no_split_cell_out() -> None:
    split = {
        (level.id, element.id)
        for level in SECOND.levels
        for element in SECOND.elements_at(level.id)
        if any(len(line) > 1 for line in lines_at(element, level.id))
    }
    assert {(level, element) for level, element, *_ in CELLS} == split


@pytest.mark.parametrize(
    ("element", "above", "suggestion"),
    [
        ("tailored-strategy", "- - +++", 5),  # (0 + 0 + 1) ÷ 3 is less than half, though 3 of 5 criteria are met
        ("tailored-strategy", "+ + ---", 6),  # (1 + 1 + 0) ÷ 3, though only 2 of 5 are
        ("retention", "+.. ++ --", 5),  # (1/3 + 1 + 0) ÷ 3 = 4/9: what wasn't observed isn't left out
        ("retention", "++. ++ --", 6),  # (2/3 + 1 + 0) ÷ 3 = 5/9
        ("retention", "// // ///", 5),  # partly doesn't count
    ],
)
def test_the_next_level_weighs_by_lines_as_well(element: str, above: str, suggestion: int) -> None:
    marks = all_marked(SECOND, "4") | signs(SECOND, "3", {element: above.replace(" ", "")})
    assert of(scored(SECOND, "4", marks=marks), element).suggestion == suggestion


@pytest.mark.parametrize(
    ("level", "element", "answers", "points"),
    [
        ("3", "relationship-planning", "+++ --- ++", "3.5"),  # 5 × (1 + 0 + 1) ÷ 3 = 3.33; by criteria 5 × 5/8: 3
        ("4", "customer-information", "+++++++ ---", "2.5"),  # 5 × (1 + 0) ÷ 2, level 3's line and its own; 7/10: 3.5
    ],
)
def test_points_follow_the_lines(level: str, element: str, answers: str, points: str) -> None:
    result = of(scored(SERVICE_2, level, marks=signs(SERVICE_2, level, {element: answers.replace(" ", "")})), element)
    assert str(result.suggestion) == points


def test_without_lines_each_criterion_is_one() -> None:
    marks = signs(CLIENT, "4", {"tailored-strategy": "-++"})  # version 1: ⅔, where version 2 comes to ½
    result = of(scored(CLIENT, "4", marks=marks), "tailored-strategy")
    assert (result.share, result.suggestion) == (Fraction(2, 3), 3)


def test_lines_are_spoken_of_only_where_they_weigh_otherwise() -> None:
    marks = signs(SECOND, "4", {"tailored-strategy": "-+++", "achievement": "-+++"})
    words = explain(SECOND, scored(SECOND, "4", marks=marks), "zh-CN").elements
    assert "达到 3、未达到 1 → 按原文每行一份，达到率 1 ÷ 2 = 50%" in words["tailored-strategy"][1]
    assert "达到 3、未达到 1 → 达到率 3 ÷ 4 = 75%" in words["achievement"][1]
    exceeding = all_marked(SECOND, "4") | signs(SECOND, "3", {"tailored-strategy": "--+++", "achievement": "++--"})
    above = explain(SECOND, scored(SECOND, "4", marks=exceeding), "zh-CN").elements
    assert above["tailored-strategy"][2].startswith("高一级达到 3/5 条（按原文行 33.3%），要求 50%")
    assert "高一级达到 2/4 条，要求 50%" in above["achievement"][1]
