"""`qualify assess show`: one assessment with its reviews, its disagreements, its signature and its appeal."""

import pytest

from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.services.assessments import appeals
from qualify.services.authorization import Actor
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from tests.cli import data, misused, refused, said
from tests.company import ACCOUNTS, POINTS, SCALE, Company, all_met

pytest_plugins = ["tests.cli_fixtures"]
OPEN = ["assess", "open", "--again", "--standard", SCALE, "--level", "3", "--subject", "E1", "--due", "2027-01-31"]
SHOW = ["assess", "show", "1"]
AS_SENT = {"file_name": None, "edited": False, "taken_back_at": None}
CHINESE = ["--language", "zh-CN"]


def strict(screen: Screen) -> Action:
    """All met but for the first element, of which nothing is."""
    if screen.step.kind is StepKind.CRITERION and screen.number == 1:
        return Action(Act.MARK, "not_met")
    return all_met(screen)


def rated(hired: Company, standard: str = SCALE) -> None:
    """Two assessors are in, and they see the first element quite differently."""
    first, second = hired.opens(standard, "3", assessors=("R1", "R2"), sign_off=True)
    hired.finishes("R1", first)
    hired.finishes("R2", second, strict)


def test_an_assessment_in_json_has_exactly_these_fields(hired: Company) -> None:
    words = [*OPEN, "--application-date", "2026-11-20", "--assessor", "R1:2.5", "--assessor", "R2"]
    said(*words)
    waiting = {"state": "open", "submitted_at": None, "returned": None, "evidence": [], "evidence_count": {}}
    assert data(*SHOW) == {
        "id": 1,
        "standard": SCALE,
        "version": 2,
        "level": "3",
        "subject": {"staff_no": "E1", "name": "陈晨"},
        "application_date": "2026-11-20",
        "exception": None,
        "due_date": "2027-01-31",
        "state": "open",
        "sign_off": True,
        "reviews": [
            {"id": 1, "assessor": "周明", "part": "lead", "weight": 2.5} | waiting,
            {"id": 2, "assessor": "吴倩", "part": "member", "weight": 1} | waiting,
        ],
        "result": None,
        "disagreements": [],
        "to_settle": [],
        "signature": None,
        "appeal": None,
    }


def test_an_assessment_is_shown_in_words_that_line_up(hired: Company) -> None:
    said(*OPEN, "--application-date", "2026-11-20", "--assessor", "R1:2.5", "--assessor", "R2", "--self")
    assert said(*SHOW, *CHINESE) == (
        "1 · 陈晨 (E1) · client-manager v2 · 3\n"
        "未开始 · 申请日期 2026-11-20 · 截止 2027-01-31\n"
        "\n"
        "评审  评审员  身份  权重  状态    备注与证据\n"
        "1     周明    主评  2.5   待完成  0\n"
        "2     吴倩    成员  1     待完成  0\n"
        "3     陈晨    自评  —     待完成  0\n"
    )


def test_an_assessment_shows_what_was_kept_with_each_review(hired: Company) -> None:
    review_id = hired.review()
    answering.write(hired.context, ACCOUNTS["R1"], "主持过三次回访")
    answering.attach(hired.context, ACCOUNTS["R1"], Attachment("photo", "现场", "file-7"))
    hired.walks("R1", review_id)
    answering.write(hired.context, ACCOUNTS["R1"], "总体不错")
    (review,) = data(*SHOW)["reviews"]
    assert review["evidence"] == [
        {"element": "achievement", "kind": "note", "text": "主持过三次回访", **AS_SENT},
        {"element": "achievement", "kind": "photo", "text": "现场", **AS_SENT},
        {"element": "", "kind": "note", "text": "总体不错", **AS_SENT},
    ]
    assert review["evidence_count"] == {"achievement": 2, "": 1}
    assert [line.split() for line in said(*SHOW).splitlines()[-2:]] == [
        ["review", "assessor", "part", "weight", "state", "notes", "and", "files"],
        ["1", "周明", "lead", "1", "open", "3"],
    ]


def test_an_administrator_does_not_read_what_is_noted_about_themselves(hired: Company) -> None:
    said("people", "roles", "E1", "employee", "admin")
    hired.review()
    answering.write(hired.context, ACCOUNTS["R1"], "只给管理员看")
    (review,) = data("--as", "E1", *SHOW)["reviews"]
    assert (review["evidence"], review["evidence_count"]) == (None, None)
    assert said("--as", "E1", *SHOW).splitlines()[-1].endswith("—")
    assert data("--as", "A1", *SHOW)["reviews"][0]["evidence_count"] == {"achievement": 1}


def test_an_administrator_who_rates_does_not_read_what_a_fellow_assessor_noted_before_all_are_in(
    hired: Company,
) -> None:
    said("people", "roles", "A1", "assessor", "admin")
    first, _ = hired.opens(SCALE, "4", assessors=("R1", "A1"))
    answering.open_review(hired.context, ACCOUNTS["R1"], first)
    answering.write(hired.context, ACCOUNTS["R1"], "先入为主")
    assert [review["evidence_count"] for review in data("--as", "A1", *SHOW)["reviews"]] == [None, {}]
    assert data(*SHOW)["reviews"][0]["evidence_count"] == {"achievement": 1}


def test_an_administrator_does_not_see_their_own_result_before_it_is_published(hired: Company) -> None:
    said("people", "roles", "E1", "employee", "admin")
    rated(hired)
    shown = data("--as", "E1", *SHOW)
    assert (shown["state"], shown["result"], shown["disagreements"]) == ("reviewed", None, [])
    assert "Computed" not in said("--as", "E1", *SHOW)


def test_disagreements_are_shown_once_all_reviews_are_in_with_what_each_assessor_gave(hired: Company) -> None:
    first, second = hired.opens(SCALE, "3", assessors=("R1", "R2"), sign_off=True)
    hired.finishes("R1", first)
    assert data(*SHOW)["disagreements"] == []
    hired.finishes("R2", second, strict)
    given = [{"assessor": "周明", "rating": 5}, {"assessor": "吴倩", "rating": 0}]
    shown = data(*SHOW)
    assert shown["state"] == "reviewed"
    criteria = shown["disagreements"][0].pop("criteria")
    assert shown["disagreements"] == [{"element": "achievement", "apart": 5, "ratings": given}]
    marks = [{"assessor": "周明", "mark": "met"}, {"assessor": "吴倩", "mark": "not_met"}]
    assert criteria[0] == {"criterion": "achievement.3.1", "marks": marks}
    assert said(*SHOW, *CHINESE).splitlines()[-4:] == [
        "评审员评分相差较大：",
        "  成就导向  周明 5 · 吴倩 0",
        "",
        "2026-11-22 计算",
    ]


def test_a_review_that_was_returned_says_why(hired: Company) -> None:
    rated(hired)
    said("return", "1", "--reason", "请补充\n证据", "--review", "2")
    shown = data(*SHOW)
    assert shown["state"] == "returned"
    assert [(review["state"], review["returned"]) for review in shown["reviews"]] == [
        ("submitted", None),
        ("open", "请补充\n证据"),
    ]
    assert "2     吴倩    成员  1     已退回：请补充 证据  0" in said(*SHOW, *CHINESE).splitlines()


def test_result_signature_and_publication_are_shown(hired: Company) -> None:
    rated(hired, POINTS)
    said("--as", "A1", "sign-off", "1")
    shown = data(*SHOW)
    result = shown["result"]
    assert (result["id"], result["total"], result["grade"], result["published_at"]) == (1, 97.5, "professional", None)
    assert shown["signature"] == {"by": "林雪", "on": "2026-11-22", "grade": "professional", "reason": ""}
    said("publish", "1")
    assert data(*SHOW)["result"] | {"at": None} == result | {
        "at": None,
        "published_at": "2026-11-22T01:00:00+00:00",
        "appeal_until": "2026-11-29T01:00:00+00:00",
        "valid_until": "2028-11-22",
    }
    assert said(*SHOW, *CHINESE).splitlines()[-3:] == [
        "2026-11-22 计算：总分 97.5 分，级内等：职业等",
        "2026-11-22 由林雪签署",
        "2026-11-22 发布 · 申诉截止 2026-11-29 · 有效期至 2028-11-22",
    ]


@pytest.mark.parametrize(
    ("grade", "counts", "words"),
    [("basic", "basic", "级内等定为基础等"), ("none", None, "不授予级别")],
)
def test_a_grade_that_was_signed_otherwise_is_shown_with_its_reason(
    hired: Company, grade: str, counts: str | None, words: str
) -> None:
    rated(hired, POINTS)
    said("sign-off", "1", "--grade", grade, "--reason", "案例不足")
    shown = data(*SHOW)
    assert shown["result"]["grade"] == "professional"
    assert shown["signature"] == {"by": None, "on": "2026-11-22", "grade": counts, "reason": "案例不足"}
    assert said(*SHOW, *CHINESE).splitlines()[-1] == f"2026-11-22 由命令行签署，{words}，原因：案例不足"


def test_a_signature_that_was_waived_is_shown_as_that(hired: Company) -> None:
    (review_id,) = hired.opens(SCALE, "3")
    hired.finishes("R1", review_id)
    assert data(*SHOW)["signature"] is None
    assert "开启时已免签署" in said(*SHOW, *CHINESE).splitlines()


def appealed(hired: Company) -> None:
    rated(hired)
    said("sign-off", "1")
    said("publish", "1")
    appeals.appeal(hired.context, Actor(hired.id("E1")), 1, "第一项\n偏低")


def test_an_appeal_is_shown_while_it_waits_and_with_its_answer(hired: Company) -> None:
    appealed(hired)
    asked = {"at": "2026-11-22T01:00:00+00:00", "text": "第一项\n偏低"}
    waiting = {"answer": None, "answered_at": None, "reopened": False}
    assert data(*SHOW)["appeal"] == asked | waiting
    assert said(*SHOW, *CHINESE).splitlines()[-2:] == ["", "2026-11-22 申诉：第一项 偏低"]
    said("appeals", "answer", "1", "--text", "已复核")
    answered = {"answer": "已复核", "answered_at": "2026-11-22T01:00:00+00:00", "reopened": False}
    assert data(*SHOW)["appeal"] == asked | answered
    assert said(*SHOW, *CHINESE).splitlines()[-1] == "2026-11-22 答复：已复核"


def test_an_appeal_that_was_followed_is_shown_as_that(hired: Company) -> None:
    appealed(hired)
    said("appeals", "reopen", "1", "--reason", "请再看第一项")
    assert data(*SHOW)["appeal"]["reopened"] is True
    assert said(*SHOW, *CHINESE).splitlines()[-1] == "2026-11-22 重新评审：请再看第一项"


def test_an_assessment_that_is_not_there_or_not_finished_is_named(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    assert refused("assess", "show", "7")["message"] == "There is no assessment 7."
    assert refused("result", "show", "1")["error"] == "error-assessment-without-result"
    assert refused("result", "show", "7")["message"] == "There is no assessment 7."


@pytest.mark.parametrize("number", ["0", "2147483648", "99999999999999999999", "first", "1.5"])
@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["assess", "show"], "ASSESSMENT"),
        (["assess", "withdraw"], "ASSESSMENT"),
        (["result", "show"], "ASSESSMENT"),
        (["sign-off"], "ASSESSMENT"),
        (["publish", "1"], "ASSESSMENT"),
        (["return", "1", "--reason", "why", "--review"], "--review"),
        (["appeals", "reopen", "1", "--reason", "why", "--review"], "--review"),
        (["audit", "list", "--before"], "--before"),
        (["audit", "list", "--limit"], "--limit"),
        (["notices", "list", "--limit"], "--limit"),
    ],
)
def test_what_no_number_can_be_is_a_usage_error(hired: Company, command: list[str], named: str, number: str) -> None:
    assert f"Invalid value for '{named}'" in misused(*command, number)
