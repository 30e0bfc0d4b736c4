"""`qualify score` and `chart --answers`: a file of answers, no database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualify.paths import STANDARDS
from qualify.reporting.data import as_json
from qualify.scoring import ReviewInput, read_answers, score
from qualify.standard import shipped
from qualify.texts import LANGUAGES, say
from tests.cli import OWN_VARIABLES, data, misused, refused, said, sentences

ANSWERS: dict[str, Any] = {
    "application_date": "2026-11-22",
    "criteria": {"achievement.3.1": "met", "achievement.3.2": "partly", "achievement.3.3": "not_met"},
    "ratings": {"composure": 4},
    "exams": {"industry": 88, "company": 92, "law": 76, "rules": None},
}
SCORE = ["score", "--standard", "client-manager", "--level", "3", "--answers", "answers.json"]
CHART = ["chart", *SCORE[1:]]


@pytest.fixture(autouse=True)
def _answers_in_a_directory_and_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A database that can't be opened: whoever looks at it is refused."""
    for name in OWN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.chdir(tmp_path)
    write(json.dumps(ANSWERS))


def write(answers: str | bytes) -> None:
    Path("answers.json").write_bytes(answers if isinstance(answers, bytes) else answers.encode())


def test_a_score_in_json_is_what_scoring_makes_of_the_answers() -> None:
    standard = shipped(STANDARDS).get("client-manager")
    answers, day = read_answers(standard, "3", ANSWERS)
    result = score(standard, "3", [ReviewInput(answers=answers)], day)
    for language in LANGUAGES:
        assert data(*SCORE, "--language", language) == as_json(standard, result, language)


def test_a_score_in_json_has_exactly_these_fields() -> None:
    scored = data(*SCORE)
    assert {key: scored[key] for key in scored if key not in ("elements", "modules", "explanation")} == {
        "standard": "client-manager",
        "version": 2,
        "level": "3",
        "total": None,
        "grade": None,
        "granted": None,
        "blocked_by": [],
        "knowledge": {"composite": None},
        "deductions": [],
    }
    elements = {element["id"]: element for element in scored["elements"]}
    assert elements["achievement"] == {
        "id": "achievement",
        "share": 0.5,
        "suggestion": 2,
        "rating": 2,
        "possible": 6,
        "gap": 3,
    }
    assert len(elements) == 18
    assert [list(module) for module in scored["modules"]] == [["id", "got", "possible"]] * 3
    assert all(isinstance(line, str) for line in scored["explanation"])


@pytest.mark.parametrize(
    ("adopted", "total", "missing"),
    [("2025-05-22", 84, "1"), ("2025-05-21", 79, "6")],  # 18 months before the application date, and a day earlier
)
def test_a_service_managers_score_is_the_one_worked_out_by_hand(adopted: str, total: int, missing: str) -> None:
    fives = ("customer-information", "relationship-status", "relationship-planning", "customer-visits", "expert-groups")
    fives += ("other-activities", "effect-evaluation", "market-environment")
    fives += ("project-control", "negotiation", "delivery-collection", "promotion-execution")
    ratings = dict.fromkeys(fives, 5) | {"project-planning": 0, "market-support": 4, "service-promotion": 10}
    given = {
        "application_date": "2026-11-22",
        "ratings": ratings | {"customer-problems": 7, "user-training": 3},  # 12 × 5 + 0 + 4 + 10 + 7 + 3 = 84
        "exams": {"specialist": 84, "product": 402},
        "cases": [adopted],
    }
    write(json.dumps(given))
    scored = data("score", "--standard", "service-manager", "--level", "3", "--answers", "answers.json")
    assert (scored["total"], scored["grade"]["id"], scored["granted"]) == (total, "ordinary", True)
    assert scored["knowledge"] == {"composite": 82.2}  # 84 × 50 % + 402 ÷ 5 × 50 %
    assert scored["deductions"][0]["points"] == 84 - total
    assert any(line.startswith(f"{missing} short of Professional") for line in scored["explanation"])


def test_a_score_in_words_has_a_heading_and_puts_reasons_below_their_element() -> None:
    lines = said(*SCORE, "--language", "zh-CN").splitlines()
    assert lines[0] == "客户经理能力素质模型 v2 · 3级（中级）"
    assert lines[1:3] == ["", "成就导向：2 分 · 差距明显，标准 5 分"]
    assert lines[3].startswith("  达到 1、部分达到 1（算半条）、未达到 1")
    assert said(*SCORE).splitlines()[0] == "Client manager competency model v2 · Level 3 (intermediate)"


def test_numbers_are_taken_exactly_as_they_are_written() -> None:
    write('{"exams": {"industry": 90.49999999999999999}, "ratings": {"composure": 4.0}}')
    scored = data(*SCORE)
    assert any("90.49999999999999999," in line for line in scored["explanation"])
    assert {each["id"]: each["rating"] for each in scored["elements"]}["composure"] == 4


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    write(b"\xef\xbb\xbf" + json.dumps(ANSWERS).encode())
    assert data(*SCORE)["level"] == "3"


@pytest.mark.parametrize(
    ("answers", "key", "words"),
    [
        ('{"criteria": {}\n "ratings": {}}', "error-json", "Line 2, column 2 of answers.json"),
        ("", "error-json", "Line 1, column 1"),
        ("{'criteria': {}}", "error-json", "quotes"),
        ('{"ratings": {"composure": 4, "composure": 5}}', "error-json-twice", "“composure”"),
        ("[" * 100_000, "error-json-extreme", "too deeply"),
        ('{"ratings": {"composure": 1e99999999999999999999}}', "error-json-extreme", "too large"),
        ('{"ratings": {"composure": ' + "9" * 5000 + "}}", "error-number", "must be a number"),
        ("[]", "error-answers-object", "JSON object"),
        ('{"criterias": {}}', "error-answers-field", "criteria"),
        ('{"criteria": []}', "error-answers-shape", "{…}"),
        ('{"criteria": {"achievement.3.1": "yes"}}', "error-answers-mark", "met, partly"),
        ('{"criteria": {"achievement.9.1": "met"}}', "error-answers-criterion", "standards show"),
        ('{"ratings": {"patience": 3}}', "error-answers-element", "standards show"),
        ('{"ratings": {"composure": 7}}', "error-rating-range", "0 to 6"),
        ('{"ratings": {"composure": "high"}}', "error-number", "“high”"),
        ('{"ratings": {"composure": NaN}}', "error-number", "“composure”"),
        ('{"ratings": {"composure": true}}', "error-number", "“composure”"),
        ('{"exams": {"law": 101}}', "error-score-range", "0 to 100"),
        ('{"exams": {"maths": 50}}', "error-answers-subject", "industry"),
        ('{"application_date": "22.11.2026"}', "error-date", "2026-03-01"),
        ('{"application_date": 20261122}', "error-date", "20261122"),
        ("工号".encode("gb18030"), "error-file-encoding", "UTF-8"),
        ('{"criteria": {}}'.encode("utf-16"), "error-file-encoding", "UTF-8"),
    ],
)
def test_answers_that_cannot_be_used_are_refused_with_what_would_be_right(
    answers: str | bytes, key: str, words: str
) -> None:
    write(answers)
    refusal = refused(*SCORE)
    assert refusal["error"] == key
    assert words in refusal["message"]
    assert sentences(*CHART, "chart.png") == sentences(*SCORE)


def test_a_file_that_is_not_there_or_a_directory_is_named() -> None:
    assert refused(*SCORE, "--answers", "nowhere.json")["message"] == (
        "nowhere.json can't be opened: there is no such file."
    )
    assert refused(*SCORE, "--answers", ".")["message"] == ". can't be opened: it is a directory."


def test_a_standard_or_level_that_is_not_there_is_refused_with_those_that_are() -> None:
    assert "client-manager, service-manager" in refused(*SCORE, "--standard", "pilot")["message"]
    assert "4, 3, 2, 1" in refused(*SCORE, "--level", "9")["message"]


def test_a_standard_that_deducts_by_the_application_date_asks_for_it() -> None:
    write("{}")
    words = ["--standard", "service-manager"]
    assert refused(*SCORE, *words)["error"] == "error-application-date-needed"


# Charts


@pytest.mark.parametrize("standard", ["client-manager", "service-manager"])
def test_a_file_of_answers_is_drawn(standard: str) -> None:
    write('{"application_date": "2026-11-22"}')
    words = ["--standard", standard, "--name", "陈晨", "--language", "zh-CN", "chart.png"]
    assert said(*CHART, *words) == "已画好：chart.png\n"
    assert Path("chart.png").read_bytes().startswith(b"\x89PNG")


def test_name_theme_and_language_are_seen_in_the_picture() -> None:
    variants = [[], ["--name", "陈晨"], ["--theme", "dark"], ["--language", "zh-CN"]]
    pictures = set()
    for options in variants:
        said(*CHART, *options, "chart.png")
        pictures.add(Path("chart.png").read_bytes())
    assert len(pictures) == len(variants)


def test_a_picture_that_cannot_be_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    in_english: Callable[..., str] = lambda file: sentences(*CHART, file)[LANGUAGES.index("en")]  # noqa: E731
    assert in_english("nowhere/chart.png") == "nowhere/chart.png can't be written: there is no such directory."
    assert in_english(".") == ". can't be written: it is a directory."
    monkeypatch.setattr("qualify.cli.files.private", forbid)
    assert in_english("chart.png") == "chart.png can't be written: you may not write there."
    monkeypatch.setattr("qualify.cli.files.private", fill)
    assert in_english("chart.png") == "chart.png can't be written: No space left on device."


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["chart", "chart.png"], "cli-chart-targets"),
        (["chart", "first", "chart.png"], "cli-chart-targets"),
        (["chart", "0", "chart.png"], "cli-chart-targets"),
        (["chart", "99999999999999999999", "chart.png"], "cli-chart-targets"),
        (["chart", "1", "2", "chart.png"], "cli-chart-targets"),
        (["chart", "1", "chart.png", "--name", "陈晨"], "cli-chart-targets"),
        (["chart", "1", "chart.png", "--level", "3"], "cli-chart-targets"),
        ([*CHART, "1", "chart.png"], "cli-chart-answers"),
        (["chart", "--answers", "answers.json", "--level", "3", "chart.png"], "cli-chart-answers"),
        (["chart", "--answers", "answers.json", "--standard", "client-manager", "chart.png"], "cli-chart-answers"),
    ],
)
def test_what_does_not_go_together_is_a_usage_error(words: list[str], key: str) -> None:
    for language in LANGUAGES:
        told = misused(*words, "--language", language).replace(" ", "")
        assert say(language, key).replace(" ", "") in told
    assert not Path("chart.png").exists()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["chart", *SCORE[1:], "chart.png", "--theme", "pink"], "light, dark"),
        (["score", "--level", "3", "--answers", "answers.json"], "--standard"),
        (["score", "--standard", "client-manager", "--answers", "answers.json"], "--level"),
        (["score", "--standard", "client-manager", "--level", "3"], "--answers"),
        (["chart"], "OUT.png"),
    ],
)
def test_an_option_that_is_missing_or_cannot_be_is_a_usage_error(words: list[str], named: str) -> None:
    assert named in misused(*words)
