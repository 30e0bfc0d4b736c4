"""Grades that are counted: how much of what isn't a key condition is unmet, by hand."""

from decimal import Decimal

import pytest

from qualify.reporting.explanation import explain
from qualify.scoring import Mark
from qualify.scoring.model import WayUp
from qualify.standard import parse
from tests.builders import reviewed, scored, signs

COUNTED = parse(
    """
id: counted
version: 1
name: {zh: 计数, en: Counted}
rating: {kind: points}
levels: [{id: one, name: {zh: 一级, en: Level 1}}]
modules:
  - id: all
    name: {zh: 全部, en: All}
    elements:
      - id: work
        name: {zh: 工作, en: Work}
        points: {one: 60}
        levels:
          one:
            criteria:
              - {id: work.0, key: true, text: {zh: 会。, en: Can.}}
              - {id: work.1, text: {zh: 甲, en: A}}
              - {id: work.2, text: {zh: 乙, en: B}}
              - {id: work.3, text: {zh: 丙, en: C}}
              - {id: work.4, text: {zh: 丁, en: D}}
      - id: service
        name: {zh: 服务, en: Service}
        points: {one: 40}
        levels:
          one:
            criteria:
              - {id: service.1, text: {zh: 甲, en: A}}
              - {id: service.2, text: {zh: 乙, en: B}}
              - {id: service.3, text: {zh: 丙, en: C}}
              - {id: service.4, text: {zh: 丁, en: D}}
              - {id: service.5, text: {zh: 戊, en: E}}
              - {id: service.6, text: {zh: 己, en: F}}
grades:
  rule: counting
  assumed: true
  bands:
    - {id: best, name: {zh: 优, en: Best}, unmet: 0.1}
    - {id: good, name: {zh: 良, en: Good}, unmet: 0.25}
    - {id: rest, name: {zh: 可, en: Fair}, unmet: 1}
key_conditions: {effect: not-granted}
""",
    "counted",
)
# Ten criteria count: 1 may be unmet for the best grade (10 %), 2 for the next one (25 % are 2.5).
TABLE = [
    ("++++", "++++++", "best", None),
    ("+++-", "++++++", "best", None),  # 1 of 10 is 10 %: still within
    ("+++/", "+++++.", "good", ("best", 1)),  # partly met and not observed are unmet: 2
    ("++--", "+++++-", "rest", ("good", 1)),  # 3
    ("----", "------", "rest", ("good", 8)),  # 10
]


@pytest.mark.parametrize(("work", "service", "grade", "way"), TABLE)
def test_the_best_grade_stands_whose_bound_holds(
    work: str, service: str, grade: str, way: tuple[str, int] | None
) -> None:
    result = scored(COUNTED, "one", marks=signs(COUNTED, "one", {"work": "+" + work, "service": service}))
    assert (result.grade, result.grade_by_total, result.granted) == (grade, grade, True)
    assert result.way_up == (None if way is None else WayUp(grade=way[0], missing=Decimal(way[1]), gains=()))


@pytest.mark.parametrize(
    ("first", "second", "unmet"),
    [
        (Mark.MET, Mark.MET, ()),
        (Mark.MET, Mark.NOT_OBSERVED, ()),
        (Mark.MET, Mark.PARTLY, ("work.1",)),
        (Mark.NOT_OBSERVED, Mark.NOT_OBSERVED, ("work.1",)),
    ],
)
def test_a_criterion_is_met_when_all_who_observed_it_say_so(first: Mark, second: Mark, unmet: tuple[str, ...]) -> None:
    marks = signs(COUNTED, "one", {"work": "+++++", "service": "++++++"})
    reviews = [reviewed(marks=marks | {"work.1": mark}) for mark in (first, second)]
    assert scored(COUNTED, "one", *reviews).unmet == scored(COUNTED, "one", *reviews[::-1]).unmet == unmet


@pytest.mark.parametrize(("work", "missing"), [("-++++", None), ("-++--", 1)])
def test_with_a_key_condition_unmet_the_level_is_not_granted_and_it_is_not_counted(
    work: str, missing: int | None
) -> None:
    result = scored(COUNTED, "one", marks=signs(COUNTED, "one", {"work": work, "service": "++++++"}))
    assert (result.grade, result.granted, result.blocked_by) == (None, False, ("work.0",))
    assert result.grade_by_total == ("best" if missing is None else "good")
    grade, more = (None, Decimal(0)) if missing is None else ("best", Decimal(missing))
    assert result.way_up == WayUp(grade=grade, missing=more, gains=(), keys=("work.0",))


def test_the_count_and_the_way_up_are_said_in_words() -> None:
    marks = signs(COUNTED, "one", {"work": "+++--", "service": "+++++-"})
    words = explain(COUNTED, scored(COUNTED, "one", marks=marks), "zh-CN").closing
    assert words[-2].startswith("关键条件以外共 10 条，未达到 3 条，占 30%，不超过 100% 为可")
    assert words[-2].endswith("→ 一级 · 可。")
    assert words[-1] == "再达到 1 条，就是良（未达到的不超过 25%）。"
    blocked = explain(COUNTED, scored(COUNTED, "one", marks=marks | {"work.0": Mark.PARTLY}), "zh-CN").closing
    assert any(line.startswith("只看其余 10 条，未达到 3 条") for line in blocked)
    assert blocked[-1] == "先满足关键条件，就能授予一级 · 可。再达到 1 条，就是良（未达到的不超过 25%）。"
