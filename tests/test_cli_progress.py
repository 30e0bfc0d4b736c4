"""`qualify progress`, `remind`, `notices`: who owes what, who is reminded, and what people are told."""

from datetime import timedelta

import pytest

from qualify.services.imports import people_list
from qualify.services.notices import queue
from qualify.services.people import roles
from qualify.storage.tables import NoticeKind
from qualify.texts import say
from tests.cli import data, misused, refused, said
from tests.company import OPERATOR, SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]
OPEN = ["assess", "open", "--again", "--standard", SCALE, "--level", "3", "--due", "2026-11-30"]


def reminders(hired: Company) -> list[str]:
    """Whom a reminder is owed."""
    return [each["staff_no"] for each in data("notices", "list", "--owed") if each["kind"] == NoticeKind.REMINDER]


@pytest.fixture
def busy(hired: Company) -> Company:
    """R1 owes two reviews and has begun one; R2 owes one; N1, who hasn't joined, owes one as well."""
    people_list.import_people(hired.context, OPERATOR, hired.file("new.csv", "工号,姓名,角色\nN1,马超,评审员\n"))
    said(*OPEN, "--subject", "E1", "--assessor", "R1", "--assessor", "R2", "--due", "2026-11-25")
    said(*OPEN, "--subject", "E2", "--assessor", "R1", "--assessor", "N1")
    hired.walks("R1", 1)
    return hired


def test_progress_is_every_owed_review_by_due_date_and_the_states(busy: Company) -> None:
    assert said("progress", "--language", "zh-CN") == (
        "未开始 1 · 评审中 1\n"
        "\n"
        "截止        逾期  工号  评审员  Telegram  被评人  标准               级别  编号  进度\n"
        "2026-11-25  —     R1    周明    已加入    陈晨    client-manager v2  3     1     100 %\n"
        "2026-11-25  —     R2    吴倩    已加入    陈晨    client-manager v2  3     1     0 %\n"
        "2026-11-30  —     R1    周明    已加入    何静    client-manager v2  3     2     0 %\n"
        "2026-11-30  —     N1    马超    未加入    何静    client-manager v2  3     2     0 %\n"
    )


def test_progress_in_json(busy: Company) -> None:
    busy.clock.time += timedelta(days=5)
    shown = data("progress")
    assert {state: count for state, count in shown["assessments"].items() if count} == {"open": 1, "in_progress": 1}
    assert shown["owed"][0] == {
        "assessment": 1,
        "review": 1,
        "part": "lead",
        "assessor": {"staff_no": "R1", "name": "周明"},
        "joined": True,
        "subject": "陈晨",
        "standard": SCALE,
        "version": 2,
        "level": "3",
        "due_date": "2026-11-25",
        "days_overdue": 2,
        "percent": 100,
    }
    assert [each["days_overdue"] for each in shown["owed"]] == [2, 2, 0, 0]
    assert said("progress").splitlines()[3].split()[1:3] == ["2", "days"]


def test_where_nothing_is_owed_there_are_only_headings(hired: Company) -> None:
    assert len(said("progress").splitlines()) == 1
    assert data("progress")["owed"] == []


# Reminders


def test_who_is_named_is_reminded_and_who_cannot_be_reached_is_told(busy: Company) -> None:
    assert said("remind", "R1", "N1") == (
        "1 person reminded.\nNot reached: 马超 (N1) hasn't joined on Telegram, or is deactivated.\n"
    )
    assert reminders(busy) == ["R1"]


def test_who_is_late_is_reminded(busy: Company) -> None:
    assert data("remind", "--overdue") == {"reminded": [], "not_reached": []}
    busy.clock.time += timedelta(days=4)
    assert data("remind", "--overdue") == {"reminded": ["R1", "R2"], "not_reached": []}
    assert reminders(busy) == ["R1", "R2"]


def test_who_was_deactivated_is_not_reached(busy: Company) -> None:
    roles.set_active(busy.context, OPERATOR, "R2", active=False)
    assert data("remind", "R2") == {"reminded": [], "not_reached": ["R2"]}
    assert reminders(busy) == []


@pytest.mark.parametrize("staff_no", ["A1", "X9"])
def test_who_owes_nothing_is_not_reminded_and_then_nobody_is(busy: Company, staff_no: str) -> None:
    assert refused("remind", "R1", staff_no)["error"] == "error-remind-nothing-owed"
    assert reminders(busy) == []


@pytest.mark.parametrize("words", [[], ["R1", "--overdue"]], ids=" ".join)
def test_whom_to_remind_must_be_said_in_one_way(busy: Company, words: list[str]) -> None:
    assert "one of the two" in misused("remind", *words)
    assert reminders(busy) == []


# Notices


def test_notices_are_listed_with_what_came_of_them(hired: Company) -> None:
    said(*OPEN, "--subject", "E1", "--assessor", "R1", "--assessor", "R2")
    ((notice, _), *_) = queue.take_due(hired.context)
    hired.clock.time += timedelta(minutes=1)
    queue.settle(hired.context, notice, "sent")
    assert said("notices", "list", "--language", "zh-CN") == (
        "应发              工号  姓名  内容      处理              结果\n"
        "2026-11-22 09:00  R2    吴倩  新的评审  —                 待发送\n"
        "2026-11-22 09:00  R1    周明  新的评审  2026-11-22 09:01  已发送\n"
    )
    owed = {"id": 2, "staff_no": "R2", "name": "吴倩", "kind": "review", "reference": 2}
    assert data("notices", "list", "--owed") == [
        owed | {"due_at": "2026-11-22T01:00:00+00:00", "sent_at": None, "outcome": "", "faults": 0}
    ]
    assert [each["staff_no"] for each in data("notices", "list", "--limit", "1")] == ["R2"]
    assert data("notices", "list")[1]["sent_at"] == "2026-11-22T01:01:00+00:00"


def test_a_notice_that_fails_says_how_often_it_has(hired: Company) -> None:
    said(*OPEN, "--subject", "E1", "--assessor", "R1")
    ((notice, _),) = queue.take_due(hired.context)
    queue.fail(hired.context, notice)
    assert said("notices", "list", "--owed", "--language", "zh-CN").splitlines()[1].endswith("发送出错 1 次，会再试")
    assert said("notices", "list", "--owed").splitlines()[1].endswith("failed once so far, tried again")


@pytest.mark.parametrize("kind", [kind.value for kind in NoticeKind])
def test_every_kind_of_notice_has_words_and_not_only_its_code(kind: str) -> None:
    assert say("zh-CN", "cli-notice", kind=kind) != kind


def test_notices_come_newest_first_or_owed_the_longest_due_first_on_either_database(company: Company) -> None:
    company.opens(SCALE, "3", assessors=("R1",))
    ((first, _),) = queue.take_due(company.context)
    queue.settle(company.context, first, "sent")
    for minutes in (1, 2):
        company.clock.time += timedelta(minutes=minutes)
        company.opens(SCALE, "3", assessors=("R2",))
    everything = [(each.staff_no, each.outcome) for each in queue.listed(company.context, OPERATOR)]
    assert everything == [("R2", ""), ("R2", ""), ("R1", "sent")]
    owed = queue.listed(company.context, OPERATOR, owed_only=True)
    assert [each.due_at for each in owed] == sorted(each.due_at for each in owed)
    assert len(owed) == 2
    assert queue.listed(company.context, OPERATOR, owed_only=True, limit=1) == owed[:1]
