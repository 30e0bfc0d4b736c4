"""The shape in which other programs get a result, and the frozen result's own way through JSON."""

import json
from decimal import Decimal

import pytest

from qualify.reporting.data import as_json
from qualify.scoring import Mark, Result
from qualify.standard import Standard
from qualify.texts import LANGUAGES
from tests.builders import CLIENT, SERVICE, all_marked, cases, reviewed, scored, signs

MARKS = all_marked(SERVICE, "4") | signs(SERVICE, "4", {"market-support": "++-", "user-training": "..."})
SCORES = {"specialist": Decimal("84.9"), "product": Decimal(400)}


def blocked() -> Result:
    marks = MARKS | {"project-planning.4.1": Mark.PARTLY}
    return scored(SERVICE, "4", marks=marks, scores=SCORES, cases=cases(1))


RESULTS = {
    "granted": (SERVICE, scored(SERVICE, "4", marks=MARKS, scores=SCORES, cases=cases(2))),
    "blocked": (SERVICE, blocked()),
    "empty": (SERVICE, scored(SERVICE, "5")),
    "two assessors": (SERVICE, scored(SERVICE, "4", reviewed("2", "张", marks=MARKS), reviewed(assessor="李"))),
    "scale": (CLIENT, scored(CLIENT, "4", marks=all_marked(CLIENT, "4") | signs(CLIENT, "3", {"writing": "+./"}))),
    "scale, examined": (CLIENT, scored(CLIENT, "1", scores={"industry": Decimal("90.5"), "law": None})),
}
KEYS = {
    "": "standard version level total grade granted blocked_by knowledge deductions elements modules explanation",
    "deductions": "id points found required",
    "elements": "id share suggestion rating possible gap",
    "modules": "id got possible",
}


@pytest.mark.parametrize(("standard", "result"), RESULTS.values(), ids=RESULTS)
def test_json_has_these_fields_and_no_others(standard: Standard, result: Result) -> None:
    shown = as_json(standard, result, "en")
    assert list(shown) == KEYS[""].split()
    for listed in ("deductions", "elements", "modules"):
        items = shown[listed]
        assert isinstance(items, list)
        assert {tuple(item) for item in items} <= {tuple(KEYS[listed].split())}
    assert json.loads(json.dumps(shown)) == shown


def test_a_granted_result_in_json() -> None:
    shown = as_json(SERVICE, RESULTS["granted"][1], "zh-CN")
    assert (shown["standard"], shown["version"], shown["level"]) == ("service-manager", 1, "4")
    assert shown["total"] == 93.5  # 100 − 3 for user-training − 3.5 for market-support
    assert shown["grade"] == {"id": "professional", "name": {"zh": "职业等", "en": "Professional"}}
    assert (shown["granted"], shown["blocked_by"]) == (True, [])
    assert shown["knowledge"] == {"composite": 82.5}
    assert shown["deductions"] == [{"id": "cases", "points": 0, "found": 2, "required": 2}]
    elements = {element["id"]: element for element in shown["elements"]}  # type: ignore[attr-defined]
    assert elements["market-support"] == {
        "id": "market-support",
        "share": 0.6667,
        "suggestion": 6.5,  # 10 × 2/3 = 6.67
        "rating": 6.5,
        "possible": 10,
        "gap": 3.5,
    }
    nothing = {"share": None, "suggestion": None, "rating": None, "possible": 3, "gap": None}
    assert elements["user-training"] == {"id": "user-training"} | nothing
    assert shown["modules"][-1] == {"id": "service-platform", "got": 23.5, "possible": 30}  # type: ignore[index]
    assert shown["explanation"][0] == "收集、分析与处理客户信息：5 / 5 分"  # type: ignore[index]


def test_a_blocked_result_in_json_has_its_total_and_no_grade() -> None:
    shown = as_json(SERVICE, blocked(), "en")
    assert (shown["total"], shown["grade"], shown["granted"]) == (88.5, None, False)  # 5 off; 5 × 12.5/13 is still 5
    assert shown["blocked_by"] == ["project-planning.4.1"]
    assert shown["deductions"] == [{"id": "cases", "points": 5, "found": 1, "required": 2}]


def test_a_result_on_the_scale_decides_nothing_in_json() -> None:
    shown = as_json(CLIENT, RESULTS["scale"][1], "en")
    assert [shown[key] for key in ("total", "grade", "granted", "blocked_by", "deductions")] == [
        None,
        None,
        None,
        [],
        [],
    ]
    assert shown["knowledge"] == {"composite": None}


def test_whole_numbers_are_integers_in_json() -> None:
    text = json.dumps(as_json(SERVICE, scored(SERVICE, "3", marks=all_marked(SERVICE, "3"), cases=cases(1)), "en"))
    assert '"total": 100,' in text
    assert ".0" not in text.split('"explanation"')[0]


@pytest.mark.parametrize(("standard", "result"), RESULTS.values(), ids=RESULTS)
def test_a_frozen_result_comes_back_from_json_unchanged_and_explains_itself_alike(
    standard: Standard, result: Result
) -> None:
    again = Result.model_validate_json(result.model_dump_json())
    assert again == result
    assert again.model_dump_json() == result.model_dump_json()
    for language in LANGUAGES:
        assert as_json(standard, again, language) == as_json(standard, result, language)
