"""What differs between two versions of a standard: each change by its kind, wording apart from meaning."""

from copy import deepcopy
from typing import Any

import pytest

from qualify.paths import STANDARDS
from qualify.reporting.standard_changes import lines
from qualify.standard import Standard, shipped, structure_hash
from qualify.standard.differences import ChangeKind, StandardChange, differences
from qualify.standard.workbook import document_of

SERVICE = shipped(STANDARDS).get("service-manager", 2)
CLIENT = shipped(STANDARDS).get("client-manager", 2)
ADDED, REMOVED, MOVED, WEIGHED, CHANGED, REWORDED = ChangeKind


def document(standard: Standard) -> dict[str, Any]:
    """The standard's document as something that can be changed."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list | tuple) else value

    return deepcopy({key: plain(value) for key, value in document_of(standard).items()})


def change_to(standard: Standard, changed: dict[str, Any]) -> list[StandardChange]:
    return differences(standard, Standard.model_validate(changed))


def told(found: list[StandardChange]) -> list[tuple[object, ...]]:
    return [
        (each.kind, each.plan.name.rpartition("-")[2], each.item.get("id"), each.before, each.after) for each in found
    ]


@pytest.mark.parametrize("standard", shipped(STANDARDS).all(), ids=lambda each: f"{each.id}-{each.version}")
def test_a_version_differs_in_nothing_from_itself_whatever_its_number(standard: Standard) -> None:
    assert differences(standard, standard.model_copy(update={"version": 9})) == []
    assert lines(standard, standard, "en") == ["The two versions say the same in the same words."]


def test_wording_is_told_apart_from_meaning_as_a_release_does_it() -> None:
    changed = document(SERVICE)
    changed["name"]["en"] = "Another name"
    changed["modules"][0]["elements"][0]["levels"]["3"]["criteria"][0]["text"]["zh"] = "换个说法"
    changed["lost"] = []
    changed["reading"][0]["topics"].append({"zh": "新的要点", "en": "A new topic"})
    found = change_to(SERVICE, changed)
    assert [each.kind for each in found] == [REWORDED, REWORDED, REMOVED, ADDED]
    assert all(each.is_wording for each in found)
    assert structure_hash(Standard.model_validate(changed)) == structure_hash(SERVICE)


def test_what_changes_a_result_is_told_with_what_it_was() -> None:
    changed = document(SERVICE)
    first, second = changed["modules"][0]["elements"][:2]
    first["points"]["3"], second["points"]["3"] = first["points"]["3"] + 1, second["points"]["3"] - 1
    criterion = first["levels"]["3"]["criteria"][0]
    criterion["key"] = True
    changed["deductions"][0]["window_months"] = 12
    changed["grades"]["bands"][0]["from"] = 90
    found = change_to(SERVICE, changed)
    assert not any(each.is_wording for each in found)
    points = [each["points"]["3"] for each in document(SERVICE)["modules"][0]["elements"][:2]]
    assert told(found) == [
        (WEIGHED, "elements", first["id"], points[0], points[0] + 1),
        (WEIGHED, "elements", second["id"], points[1], points[1] - 1),
        (CHANGED, "criteria", criterion["id"], False, True),
        (CHANGED, "deductions", "cases", 18, 12),
        (CHANGED, "bands", "professional", 85, 90),
    ]
    assert [each.level for each in found][2] == "3"


def test_added_removed_and_moved_are_told_once_and_what_hangs_on_them_goes_along() -> None:
    changed = document(CLIENT)
    modules = changed["modules"]
    gone = modules[0]["elements"].pop(1)
    moved = modules[0]["elements"].pop(0)
    modules[1]["elements"].append(moved)
    criteria = modules[0]["elements"][0]["levels"]["4"]["criteria"]
    criteria.insert(0, criteria.pop())
    for criterion in criteria:
        criterion.pop("line", None)
    criteria.append({"id": "new.4.9", "text": {"zh": "新条目", "en": "A new one"}})
    found = [each for each in change_to(CLIENT, changed) if each.kind in (ADDED, REMOVED, MOVED)]
    assert [(each.kind, each.item["id"]) for each in found] == [
        (REMOVED, gone["id"]),
        (MOVED, moved["id"]),
        (MOVED, criteria[0]["id"]),
        (ADDED, "new.4.9"),
    ]
    assert (found[1].before, found[1].keys) == ((modules[0]["id"],), (modules[1]["id"],))


def test_a_line_of_the_source_weighs_by_how_many_share_it_not_by_its_number() -> None:
    changed = document(CLIENT)
    criteria = changed["modules"][0]["elements"][0]["levels"]["4"]["criteria"]
    assert [each["line"] for each in criteria[:2]] == [1, 2]
    for criterion in criteria[1:]:
        criterion["line"] -= 1
    assert told(change_to(CLIENT, changed)) == [
        (WEIGHED, "criteria", criteria[0]["id"], 1, 2),
        (WEIGHED, "criteria", criteria[1]["id"], 1, 2),
    ]


def test_the_shipped_second_version_is_told_in_both_languages() -> None:
    first = shipped(STANDARDS).get("client-manager", 1)
    chinese, english = (lines(first, CLIENT, language) for language in ("zh-CN", "en"))
    wording = sum(each.is_wording for each in differences(first, CLIENT))
    assert f"只是文字有 {wording} 处不同：" in chinese
    assert f"Only the wording differs in {wording} places:" in english
    assert len(chinese) == len(english)
