"""`qualify sign-off`, `return`, `publish`, `appeals`: what a human decides, and what is refused them."""

import json

import pytest

from qualify.services.assessments import appeals
from qualify.services.authorization import Actor
from tests.cli import data, misused, refused, run, said, sentences
from tests.company import POINTS, SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]


def reviewed(hired: Company, count: int = 1) -> None:
    """So many assessments whose two reviews are in."""
    for _ in range(count):
        first, second = hired.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
        hired.finishes("R1", first)
        hired.finishes("R2", second)


def published(hired: Company) -> None:
    reviewed(hired)
    said("sign-off", "1")
    said("publish", "1")


def appealed(hired: Company) -> None:
    published(hired)
    appeals.appeal(hired.context, Actor(hired.id("E1")), 1, "第一项\n偏低")


def state(assessment: int = 1) -> object:
    return data("assess", "show", str(assessment))["state"]


# Signing


def test_a_result_is_signed_in_the_name_of_who_acts(hired: Company) -> None:
    reviewed(hired)
    assert said("--as", "A1", "sign-off", "1") == ("Assessment 1 is signed. To show it to the employee: publish 1\n")
    shown = data("assess", "show", "1")
    assert (shown["state"], shown["signature"]["by"]) == ("signed_off", "林雪")


def test_a_signature_in_json(hired: Company) -> None:
    reviewed(hired)
    assert data("sign-off", "1") == {"id": 1, "state": "signed_off", "result": 1}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["7"], "error-assessment-unknown"),
        (["2"], "error-life"),
        (["1", "--grade", "best", "--reason", "why"], "error-grade-none-here"),
        (["3", "--grade", "best", "--reason", "why"], "error-grade-unknown"),
        (["3", "--grade", "basic"], "error-grade-reason"),
        (["3", "--grade", "none", "--reason", "  "], "error-grade-reason"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(hired: Company, words: list[str], key: str) -> None:
    reviewed(hired)
    hired.opens(SCALE, "4", sign_off=True)
    (by_points,) = hired.opens(POINTS, "3", subject="E2", sign_off=True)
    hired.finishes("R1", by_points)
    assert refused("sign-off", *words)["error"] == key
    assert [each["state"] for each in data("assess", "list")] == ["reviewed", "open", "reviewed"]


def test_nobody_signs_returns_publishes_or_answers_about_themselves(hired: Company) -> None:
    said("people", "roles", "E1", "employee", "admin")
    reviewed(hired)
    assert refused("--as", "E1", "sign-off", "1")["error"] == "error-forbidden"
    assert refused("--as", "E1", "return", "1", "--reason", "why")["error"] == "error-forbidden"
    said("sign-off", "1")
    assert refused("--as", "E1", "publish", "1")["error"] == "error-forbidden"
    said("publish", "1")
    appeals.appeal(hired.context, Actor(hired.id("E1")), 1, "偏低")
    assert refused("--as", "E1", "appeals", "answer", "1", "--text", "why")["error"] == "error-forbidden"
    assert refused("--as", "E1", "appeals", "reopen", "1", "--reason", "why")["error"] == "error-forbidden"
    assert data("--as", "E1", "appeals", "list") == []
    assert state() == "appealed"


# Returning


def test_all_reviews_are_returned_or_those_named(hired: Company) -> None:
    reviewed(hired, 2)
    assert said("return", "1", "--reason", "请补充证据") == "Assessment 1: 2 reviews returned.\n"
    assert state() == "returned"
    named = data("return", "2", "--reason", "请补充证据", "--review", "4")
    assert named == {"id": 2, "state": "returned", "reviews": [4]}
    assert [review["state"] for review in data("assess", "show", "2")["reviews"]] == ["submitted", "open"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["7", "--reason", "why"], "error-assessment-unknown"),
        (["1", "--reason", " "], "error-return-reason"),
        (["1", "--reason", "x" * 1001], "error-return-reason"),
        (["1", "--reason", "why", "--review", "3"], "error-review-not-here"),
        (["2", "--reason", "why"], "error-life"),
    ],
)
def test_a_return_that_cannot_be_is_refused(hired: Company, words: list[str], key: str) -> None:
    reviewed(hired)
    hired.opens(SCALE, "4", sign_off=True)
    assert refused("return", *words)["error"] == key
    assert [review["state"] for review in data("assess", "show", "1")["reviews"]] == ["submitted", "submitted"]


def test_a_return_without_a_reason_is_a_usage_error(hired: Company) -> None:
    assert "--reason" in misused("return", "1")


# Publishing


def test_results_are_published_one_line_each(hired: Company) -> None:
    reviewed(hired, 2)
    said("sign-off", "1")
    said("sign-off", "2")
    assert said("publish", "1", "2", "1") == "Assessment 1 is published.\nAssessment 2 is published.\n"
    assert (state(1), state(2)) == ("published", "published")


def test_publishing_in_json(hired: Company) -> None:
    reviewed(hired)
    said("sign-off", "1")
    assert data("publish", "1") == [{"id": 1, "state": "published", "result": 1}]


def test_what_cannot_be_published_does_not_hold_up_the_others_and_is_named(hired: Company) -> None:
    reviewed(hired, 2)
    said("sign-off", "2")
    result = run("publish", "1", "2", "7")
    assert (result.exit_code, result.stdout) == (1, "Assessment 2 is published.\n")
    assert result.stderr.splitlines() == [
        "2 results were not published:",
        "1: This assessment is now “waiting for a signature” and can't be published.",
        "7: There is no assessment 7.",
    ]
    assert (state(1), state(2)) == ("reviewed", "published")


def test_what_cannot_be_published_is_named_in_json_beside_what_was(hired: Company) -> None:
    reviewed(hired, 2)
    said("sign-off", "1")
    result = run("publish", "1", "2", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [{"id": 1, "state": "published", "result": 1}])
    refusal = json.loads(result.stderr)
    assert (refusal["error"], refusal["message"]) == ("error-unpublished", "1 result was not published:")
    assert [fault.partition(":")[0] for fault in refusal["faults"]] == ["2"]


def test_a_result_alone_that_cannot_be_published_says_why(hired: Company) -> None:
    reviewed(hired)
    assert refused("publish", "1")["error"] == "error-life"
    assert refused("publish", "7")["error"] == "error-assessment-unknown"


def test_when_none_of_several_can_be_published_nothing_is(hired: Company) -> None:
    reviewed(hired, 2)
    assert len(sentences("publish", "1", "2")[0].splitlines()) == 3


# Appeals


def test_appeals_are_listed_with_what_came_of_them(hired: Company) -> None:
    appealed(hired)
    assert said("appeals", "list", "--language", "zh-CN") == (
        "编号  日期        被评人  状态    申诉内容\n1     2026-11-22  陈晨    待答复  第一项 偏低\n"
    )
    appeal = {
        "assessment": 1,
        "result": 1,
        "subject": "陈晨",
        "at": "2026-11-22T01:00:00+00:00",
        "text": "第一项\n偏低",
    }
    assert data("appeals", "list") == [appeal | {"answer": None, "answered_at": None, "reopened": False}]


def test_an_appeal_is_answered_and_the_result_stands(hired: Company) -> None:
    appealed(hired)
    told = said("appeals", "answer", "1", "--text", "已复核")
    assert told == "The appeal in assessment 1 is answered; the result stands.\n"
    assert state() == "answered"
    assert said("appeals", "list").splitlines()[1].split()[3] == "answered"


def test_an_answer_in_json(hired: Company) -> None:
    appealed(hired)
    assert data("appeals", "answer", "1", "--text", "已复核") == {"id": 1, "state": "answered"}


def test_an_appeal_is_followed_by_reviewing_again(hired: Company) -> None:
    appealed(hired)
    again = data("appeals", "reopen", "1", "--reason", "请再看第一项", "--review", "2")
    assert again == {"id": 1, "state": "returned", "reviews": [2]}
    assert said("appeals", "list").splitlines()[1].split()[3:5] == ["reviewed", "again"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["answer", "7", "--text", "why"], "error-assessment-unknown"),
        (["answer", "1", "--text", ""], "error-answer-text"),
        (["answer", "2", "--text", "why"], "error-life"),
        (["reopen", "7", "--reason", "why"], "error-assessment-unknown"),
        (["reopen", "1", "--reason", ""], "error-return-reason"),
        (["reopen", "1", "--reason", "why", "--review", "3"], "error-review-not-here"),
        (["reopen", "2", "--reason", "why"], "error-life"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(hired: Company, words: list[str], key: str) -> None:
    appealed(hired)
    (review_id,) = hired.opens(SCALE, "4", sign_off=True)
    hired.finishes("R1", review_id)
    assert refused("appeals", *words)["error"] == key
    assert state() == "appealed"
