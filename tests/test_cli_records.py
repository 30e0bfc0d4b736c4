"""`qualify ranking`, `export`, `audit`: what adds up over many assessments, to look at or to keep elsewhere."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualify.services.imports import score_list
from tests.cli import data, refused, said
from tests.company import OPERATOR, POINTS, SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]
RANKING = ["ranking", "--standard", POINTS, "--level", "3"]


@pytest.fixture
def scored(hired: Company) -> Company:
    """E2 is ahead of E1 in the knowledge composite; R2 has taken no examination."""
    table = "工号,标准,科目,成绩,考试日期\n"
    for staff_no, specialist, product in (("E1", 84, 402), ("E2", 90, 450)):
        table += f"{staff_no},{POINTS},specialist,{specialist},2026-10-01\n"
        table += f"{staff_no},{POINTS},product,{product},2026-10-01\n"
    score_list.import_scores(hired.context, OPERATOR, hired.file("scores.csv", table))
    for subject in ("E1", "E2", "R2"):
        hired.opens(POINTS, "3", subject=subject)
    return hired


# The ranking


def test_candidates_are_ranked_by_their_knowledge(scored: Company) -> None:
    assert said(*RANKING, "--language", "zh-CN") == (
        "名次  工号  姓名  申请日期    综合知识\n"
        "1     E2    何静  2026-11-20  90\n"
        "2     E1    陈晨  2026-11-20  82.2\n"
        "—     R2    吴倩  2026-11-20  —\n"
        "\n考试依据：技字2001（423）《技术支援部技术大比武考试管理制度》\n"
        "约定：同一自然年申请同一级别的人一起排名，同分同名次；成绩取申请日（含）以前最近一次。\n"
    )


def test_the_ranking_in_json(scored: Company) -> None:
    day = {"application_date": "2026-11-20"}
    assert data(*RANKING) == [
        {"rank": 1, "staff_no": "E2", "name": "何静", "assessment": 2} | day | {"composite": 90},
        {"rank": 2, "staff_no": "E1", "name": "陈晨", "assessment": 1} | day | {"composite": 82.2},
        {"rank": None, "staff_no": "R2", "name": "吴倩", "assessment": 3} | day | {"composite": None},
    ]


@pytest.mark.parametrize(
    ("period", "count"),
    [
        ([], 3),
        (["--from", "2026-11-20"], 3),
        (["--from", "2026-11-21"], 0),
        (["--until", "2026-11-20"], 3),
        (["--until", "2026-11-19"], 0),
        (["--from", "2025-01-01", "--until", "2025-12-31"], 0),
    ],
)
def test_the_ranking_is_of_who_applied_in_the_period_by_default_this_year(
    scored: Company, period: list[str], count: int
) -> None:
    assert len(data(*RANKING, *period)) == count


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["--standard", "pilot"], "error-standard-unknown"),
        (["--level", "9"], "error-level-unknown"),
        (["--from", "January"], "error-date"),
        (["--until", "2026-02-30"], "error-date"),
        (["--from", "2026-06-01", "--until", "2026-05-31"], "error-period"),
        (["--from", "2027-01-01"], "error-period"),
    ],
)
def test_a_ranking_that_cannot_be_is_refused(hired: Company, words: list[str], key: str) -> None:
    assert refused(*RANKING, *words)["error"] == key


# The export


def test_everything_is_exported_into_a_workbook(scored: Company) -> None:
    assert said("export", "all.xlsx") == "Exported: all.xlsx\n"
    book = load_workbook(BytesIO(Path("all.xlsx").read_bytes()))
    assert len(book.worksheets) > 1
    assert data("export", "again.xlsx") == {"file": "again.xlsx"}


def test_an_export_that_cannot_be_written_is_refused(hired: Company) -> None:
    assert refused("export", "nowhere/all.xlsx")["error"] == "error-file-unwritable"


# The audit log


def test_the_audit_log_says_who_changed_what_from_what_to_what(hired: Company) -> None:
    said(
        "assess",
        "open",
        "--standard",
        SCALE,
        "--level",
        "3",
        "--subject",
        "E1",
        "--assessor",
        "R1",
        "--due",
        "2027-01-31",
    )
    said("--as", "A1", "assess", "extend", "1", "--due", "2027-02-28")
    line, *_ = data("audit", "list", "--limit", "1")
    assert line == {
        "id": line["id"],
        "at": "2026-11-22T01:00:00+00:00",
        "person": "林雪",
        "operator": line["operator"],
        "action": "extend",
        "record": "assessment",
        "record_id": 1,
        "about": "陈晨",
        "before": {"due": "2027-01-31"},
        "after": {"due": "2027-02-28"},
    }
    shown = said("audit", "list", "--limit", "1", "--language", "zh-CN").splitlines()
    assert re.split(" {2,}", shown[1]) == [
        str(line["id"]),
        "2026-11-22 09:00",
        f"林雪 ({line['operator']})",
        "延期",
        "陈晨（评估 1）",
        "due: 2027-01-31 → 2027-02-28",
    ]


def test_the_audit_log_names_whom_a_line_is_about(hired: Company) -> None:
    said("people", "roles", "E1", "employee", "assessor")
    assert data("audit", "list", "--limit", "1")[0]["about"] == "陈晨"
    change = 'roles: ["employee"] → ["assessor", "employee"]'
    assert said("audit", "list", "--limit", "1").splitlines()[1].endswith(f"  Roles changed  陈晨   {change}")


def test_the_audit_log_is_read_back_from_any_line(hired: Company) -> None:
    newest = [line["id"] for line in data("audit", "list", "--limit", "3")]
    assert newest == sorted(newest, reverse=True)
    assert (
        data("audit", "list", "--before", str(newest[0]), "--limit", "2") == data("audit", "list", "--limit", "3")[1:]
    )
    assert data("audit", "list", "--before", "1") == []


def test_a_long_change_stays_on_one_line(hired: Company) -> None:
    said(
        "assess",
        "open",
        "--standard",
        SCALE,
        "--level",
        "3",
        "--subject",
        "E1",
        "--assessor",
        "R1",
        "--due",
        "2027-01-31",
    )
    said("assess", "withdraw", "1", "--reason", "一\n二" * 60)
    assert said("audit", "list", "--limit", "1").splitlines()[1].endswith("…")
