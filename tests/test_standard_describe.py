"""The JSON that `qualify standards show ID --json` prints."""

import json
from pathlib import Path
from typing import Any

import pytest

from qualify.errors import NotFound
from qualify.standard import describe, parse, structure_hash
from qualify.texts import say

FIXTURES = Path(__file__).parent / "fixtures" / "standards"
POINTS = parse((FIXTURES / "good-points.yaml").read_text(encoding="utf-8"), "x")
WHOLE = parse((FIXTURES / "good-everything.yaml").read_text(encoding="utf-8"), "x")
SCALE = parse((FIXTURES / "good-scale.yaml").read_text(encoding="utf-8"), "x")


def shown(level: str | None = None, standard: Any = POINTS) -> Any:
    """What a reader of the printed JSON gets back."""
    return json.loads(json.dumps(describe(standard, level)))


def test_levels_modules_and_elements_are_listed_in_order_with_both_languages() -> None:
    seen = shown()
    assert (seen["id"], seen["version"], seen["hash"]) == ("small", 1, structure_hash(POINTS))
    assert seen["name"] == {"zh": "小标准", "en": "Small standard"}
    assert [(each["id"], each["name"]["en"]) for each in seen["levels"]] == [("3", "Level 3"), ("4", "Level 4")]
    (module,) = seen["modules"]
    assert (module["id"], module["name"]["zh"]) == ("customers", "客户")
    assert [(each["id"], each["kind"]) for each in module["elements"]] == [
        ("visits", "behaviour"),
        ("reports", "behaviour"),
    ]


def test_numbers_are_json_numbers_whole_ones_without_a_point() -> None:
    seen = shown()
    assert seen["modules"][0]["elements"][0]["points"] == {"3": 60, "4": 100}
    assert [repr(band["from"]) for band in seen["grades"]] == ["85", "60.5", "0"]
    assert [(each["max"], each["weight"]) for each in seen["exams"][0]["subjects"]] == [(100, 1), (500, 1.5)]
    assert seen["rating"] == {"kind": "points", "step": 0.5}


def test_inherited_criteria_are_listed_under_the_level_that_inherits_them() -> None:
    demands = shown()["modules"][0]["elements"][0]["levels"]["4"]
    assert demands["inherited_from"] == "3"
    assert demands["summary"] is None
    assert [(each["id"], each["key"]) for each in demands["criteria"]] == [
        ("visits.4.1", True),
        ("visits.3.1", False),
        ("visits.3.2", False),
    ]
    assert demands["criteria"][1]["text"] == {"zh": "事先准备", "en": "Prepares"}
    assert [each["inherited_from"] for each in demands["criteria"]] == [None, "3", "3"]


def test_inherited_criteria_may_stand_first() -> None:
    demands = shown("4", WHOLE)["modules"][0]["elements"][0]["levels"]["4"]
    assert (demands["inherited_from"], demands["inherited"]) == ("3", "before")
    assert [each["inherited_from"] for each in demands["criteria"]] == ["3", "3", None]


def test_exams_deductions_grades_and_what_is_assumed_are_there() -> None:
    seen = shown()
    assert seen["deductions"] == [
        {
            "id": "cases",
            "name": {"zh": "案例", "en": "Cases"},
            "kinds": [],
            "adopted_by": None,
            "points": 5,
            "required": {"3": 1, "4": 2},
            "window_months": 18,
        }
    ]
    assert seen["grades"][0] == {"id": "good", "name": {"zh": "优", "en": "Good"}, "from": 85}
    assert seen["grades_rule"] == {"rule": "bands", "assumed": False}
    assert seen["key_conditions"] == {"effect": "not-granted", "assumed": True}


def test_what_is_told_beside_the_criteria_is_there() -> None:
    seen = shown(None, WHOLE)
    assert (seen["definition"]["en"], seen["lost"]) == (
        "Abilities put together",
        [{"zh": "第一章只有标题", "en": "Chapter one has only its heading"}],
    )
    (module,) = seen["modules"]
    assert module["definition"]["en"] == "Turned to customers"
    marks = ("line", "minimum", "restored", "key")
    criteria = module["elements"][0]["levels"]["4"]["criteria"]
    assert [[each[mark] for mark in marks] for each in criteria] == [
        [1, True, False, False],
        [1, False, False, False],
        [1, False, True, True],
    ]
    (exam,), (cases,), (reading,) = seen["exams"], seen["deductions"], seen["reading"]
    assert (exam["regulation"]["en"], exam["definition"]["en"]) == ("Rules of the contest", "Ranked by its score")
    assert [each["weight"] for each in exam["subjects"]] == [1, {"3": 1.5, "4": 3}]
    assert (cases["kinds"], cases["adopted_by"]["en"]) == (
        [{"id": "sale", "name": {"zh": "销售案例", "en": "Sales case"}}],
        "Support department",
    )
    assert reading["prepares_for"] == "product"
    assert [each["unmet"] for each in seen["grades"]] == [0.1, 0.25, 1]
    assert seen["grades_rule"] == {"rule": "counting", "assumed": True}
    assert seen["eligibility"] == [
        {"kind": "service-years", "years": {"3": 1, "4": 2.5}},
        {"kind": "appraisals", "last": {"4": 2}, "accepted": ["A", "B+"]},
        {"kind": "level-held", "levels": {"4": "3"}, "months": 12},
    ]


def test_with_a_level_weights_and_eligibility_are_its_own() -> None:
    seen = shown("3", WHOLE)
    assert [each["weight"] for each in seen["exams"][0]["subjects"]] == [1, {"3": 1.5}]
    assert seen["eligibility"] == [{"kind": "service-years", "years": {"3": 1}}]


def test_with_a_level_only_its_part_is_shown() -> None:
    seen = shown("4")
    assert [each["id"] for each in seen["levels"]] == ["4"]
    (element,) = seen["modules"][0]["elements"]
    assert (element["id"], element["points"], list(element["levels"])) == ("visits", {"4": 100}, ["4"])
    assert seen["deductions"][0]["required"] == {"4": 2}


def test_an_element_on_a_scale_has_no_points_and_an_exam_has_subjects() -> None:
    listening, knowledge = shown("junior", SCALE)["modules"][0]["elements"]
    assert listening["points"] is None
    assert listening["levels"]["junior"]["summary"] == {"zh": "愿意听", "en": "Is willing"}
    assert (knowledge["kind"], knowledge["levels"]) == ("exam", {})
    assert [(each["id"], each["max"], each["weight"]) for each in knowledge["subjects"]] == [
        ("industry", 100, 1),
        ("law", 100, 2),
    ]
    assert shown(None, SCALE)["grades"] == []


def test_a_level_that_the_standard_does_not_have_is_not_found() -> None:
    with pytest.raises(NotFound) as refusal:
        describe(POINTS, "5")
    assert say("en", refusal.value.key, **refusal.value.values) == (
        'Standard "small" has no level "5". There are: 3, 4.'
    )
