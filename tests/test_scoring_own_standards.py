"""Standards that an organisation writes itself: combinations that the two shipped ones don't have."""

from datetime import date
from decimal import Decimal

from qualify.reporting.data import as_json
from qualify.reporting.explanation import explain
from qualify.scoring import Case, Mark, Result, ReviewInput
from qualify.scoring.model import Gain, WayUp
from qualify.standard import Standard, parse
from qualify.texts import LANGUAGES
from tests.builders import CLIENT, SERVICE, all_marked, of, reviewed, scored

MIXED = parse(
    """
id: mixed
version: 1
name: {zh: 混合, en: Mixed}
rating: {kind: points, step: 0.5}
levels: [{id: one, name: {zh: 一级, en: Level 1}}]
modules:
  - id: all
    name: {zh: 全部, en: All}
    elements:
      - id: cases  # the same word as the deduction below
        name: {zh: 办案, en: Handling cases}
        points: {one: 60}
        levels:
          one:
            criteria:
              - {id: cases.1, key: true, text: {zh: 会办。, en: Can handle.}}
              - {id: cases.2, text: {zh: 办得好。, en: Handles well.}}
      - id: theory
        name: {zh: 理论, en: Theory}
        kind: exam
        points: {one: 40}
        subjects:
          - {id: written, name: {zh: 笔试, en: Written}, max: 50, weight: 3}
          - {id: oral, name: {zh: 口试, en: Oral}, weight: 1}
deductions:
  - {id: cases, name: {zh: 案例, en: Cases}, points: 2, required: {one: 2}, window_months: 12}
grades:
  rule: bands
  bands: [{id: cases, name: {zh: 优, en: Good}, from: 90}, {id: rest, name: {zh: 可, en: Fair}, from: 0}]
key_conditions: {effect: not-granted}
""",
    "mixed",
)


def keyed_scale() -> Standard:
    """The client manager model with one key criterion."""
    text = CLIENT.model_dump_json(by_alias=True)
    first = text.index('"key":false')
    text = text[:first] + '"key":true' + text[first + len('"key":false') :]
    return Standard.model_validate_json(
        text.replace('"key_conditions":null', '"key_conditions":{"effect":"not-granted","assumed":true}')
    )


def sat(**answers: object) -> Result:
    """A result on the mixed standard: 84 in writing (42 of 50), 70 in speaking."""
    return scored(MIXED, "one", scores={"written": Decimal(42), "oral": Decimal(70)}, **answers)


def test_an_examination_may_bring_points() -> None:
    theory = of(sat(), "theory")
    assert theory.reviews[0].mean_score == 81  # (84 × 3 + 70) ÷ 4 = 80.5
    assert theory.rating == Decimal("32.5")  # 40 × 0.81 = 32.4
    assert explain(MIXED, sat(), "zh-CN").elements["theory"][1] == (
        "笔试 42/50（占 75%）、口试 70（占 25%） → 加权平均 80.5，四舍五入为 81 分※1"
        " → × 满分 40 分 ÷ 100，四舍五入到 0.5※2 → 32.5 分"
    )


def test_an_examination_for_points_that_nobody_took_brings_none() -> None:
    assert of(scored(MIXED, "one"), "theory").rating == 0


def test_things_of_different_kinds_may_share_an_id() -> None:
    marks = {"cases.1": Mark.MET, "cases.2": Mark.PARTLY}  # 60 × 0.75 = 45, and 45 + 32.5 − 4 = 73.5
    result = sat(marks=marks)
    assert (result.total, result.grade) == (Decimal("73.5"), "rest")
    gains = (Gain(id="cases", points=Decimal(15)), Gain(id="theory", points=Decimal("1.5")))
    assert result.way_up == WayUp(grade="cases", missing=Decimal("16.5"), gains=gains)
    assert explain(MIXED, result, "en").closing[-1] == (
        "16.5 short of Good (from 90); the shortest way: Handling cases +15; Theory +1.5."
    )


def test_an_element_and_cases_of_the_same_id_are_kept_apart_on_the_way_up() -> None:
    dear = MIXED.model_copy(update={"deductions": (MIXED.deductions[0].model_copy(update={"points": Decimal(20)}),)})
    ratings = {"cases": Decimal(45), "theory": Decimal(40)}  # 85 − 2 × 20 = 45
    result = scored(dear, "one", marks={"cases.1": Mark.MET}, ratings=ratings)
    gains = (Gain(id="cases", points=Decimal(40), cases=2), Gain(id="cases", points=Decimal(5)))
    assert result.way_up == WayUp(grade="cases", missing=Decimal(45), gains=gains)
    assert (
        explain(dear, result, "zh-CN").closing[-1] == "还差 45 分到优（90 分起），最省力：案例再补 2 篇 +40；办案 +5。"
    )


def test_a_key_condition_on_the_scale_grants_or_blocks_the_level() -> None:
    standard = keyed_scale()
    marks = all_marked(standard, "4")
    scores = {subject.id: Decimal(85) for element in standard.all_elements() for subject in element.subjects}
    met = scored(standard, "4", marks=marks, scores=scores)
    unmet = scored(standard, "4", marks=marks | {"achievement.4.1": Mark.PARTLY}, scores=scores)
    assert (met.granted, met.blocked_by, met.way_up) == (True, (), None)
    assert (unmet.granted, unmet.blocked_by, unmet.grade) == (False, ("achievement.4.1",), None)
    assert explain(standard, unmet, "zh-CN").closing == [
        "超标 0 项，达标 17 项，未达标 1 项。",
        "有关键条件未满足，本次不授予4级（初级）※3。",
        "未满足的关键条件：肯下功夫，一心想把工作做好（评审员的回答：部分达到）。",
        "先满足关键条件，就能授予4级（初级）。离达标最近，差 1 分：成就导向。",
    ]


def test_on_the_scale_only_the_key_condition_may_be_left() -> None:
    standard = keyed_scale()
    ratings = dict.fromkeys((element.id for element in standard.all_elements()), Decimal(5))
    result = scored(standard, "4", ratings=ratings)
    assert result.way_up == WayUp(grade=None, missing=Decimal(0), gains=(), keys=("achievement.4.1",))
    assert explain(standard, result, "en").closing[-1].startswith("First meet the key condition")


def test_without_grades_the_total_stands_alone_and_a_key_condition_still_blocks() -> None:
    standard = SERVICE.model_copy(update={"grades": None})
    marks = all_marked(standard, "4")
    granted, blocked = (
        scored(standard, "4", marks=marks | {"project-planning.4.1": mark}) for mark in (Mark.MET, Mark.NOT_MET)
    )
    assert (granted.grade, granted.granted, granted.way_up) == (None, True, None)
    assert as_json(standard, granted, "en")["grade"] is None
    assert any("not granted this time" in line for line in explain(standard, blocked, "en").closing)
    assert explain(standard, blocked, "en").closing[-1] == "First meet the key condition: then Level 4 is granted."


def test_a_deduction_that_costs_nothing_leads_nowhere() -> None:
    free = MIXED.model_copy(update={"deductions": (MIXED.deductions[0].model_copy(update={"points": Decimal(0)}),)})
    result = scored(free, "one", marks={"cases.1": Mark.MET, "cases.2": Mark.NOT_MET})
    assert result.deductions[0].points == 0
    assert result.way_up is not None
    assert not any(gain.cases for gain in result.way_up.gains)
    for language in LANGUAGES:
        assert explain(free, result, language).lines()


def test_the_window_is_as_long_as_the_standard_says() -> None:
    listed = tuple(Case(date(2025, 11, day)) for day in (21, 22))  # twelve months before 2026-11-22
    reviews: list[ReviewInput] = [reviewed(cases=listed)]
    assert scored(MIXED, "one", *reviews).deductions[0].found == 1


INHERITING = """
id: inheriting
version: 1
name: {zh: 继承, en: Inheriting}
rating:
  kind: scale
  target: 1
  labels:
    - {value: 0, name: {zh: 差, en: Poor}}
    - {value: 1, name: {zh: 好, en: Good}}
    - {value: 2, name: {zh: 优, en: Great}}
  suggestion: {rows: [{share: 1, rating: 1}, {share: 0, rating: 0}]}
  exceeding: {rating: 2, next_level_share: 0.5}
levels: [{id: low, name: {zh: 低, en: Low}}, {id: high, name: {zh: 高, en: High}}]
modules:
  - id: all
    name: {zh: 全部, en: All}
    elements:
      - id: work
        name: {zh: 工作, en: Work}
        levels:
          low: {criteria: [{id: work.1, text: {zh: 会。, en: Can.}}, {id: work.2, text: {zh: 愿意。, en: Will.}}]}
          high: {inherits: low, criteria: [{id: work.3, text: {zh: 教人。, en: Teaches.}}]}
"""


def test_what_the_next_level_takes_over_does_not_count_as_its_own() -> None:
    standard = parse(INHERITING, "inheriting")
    both = {"work.1": Mark.MET, "work.2": Mark.MET}  # 2 of the next level's 3 criteria, but none of its own
    assert of(scored(standard, "low", marks=both), "work").suggestion == 1
    assert of(scored(standard, "low", marks=both | {"work.3": Mark.MET}), "work").suggestion == 2
