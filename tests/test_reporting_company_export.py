"""The exported workbook: what its rows say, and what they keep from whom."""

import io
import json
import pickle
import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.paths import STANDARDS
from qualify.reporting import company_export
from qualify.services import standard_settings
from qualify.services.assessments import appeals, export_source, sign_off
from qualify.services.assessments.opening import Opening, open_assessment
from qualify.services.authorization import Actor
from qualify.services.imports import score_list
from qualify.services.people import roles
from qualify.standard import Catalogue, criteria_at
from qualify.storage.assessments import EVERYTHING, Scope
from qualify.workflow import Rules
from tests.company import ON_SQLITE, OPERATOR, POINTS, SCALE, ZONE, Company, all_met, refused, statements
from tests.eligible import FIELD, asking_standards
from tests.many_results import ten_of

pytest_plugins = ["tests.company_fixtures"]
SCORES = [("E1", "specialist", 80), ("E1", "product", 400), ("E2", "specialist", 90), ("E2", "product", 400)]
REASON = "=1+1 客户当面确认过"


def exported(
    company: Company, reader: Actor = OPERATOR, language: str = "zh-CN", scope: Scope = EVERYTHING
) -> dict[str, list[dict[str, Any]]]:
    """Every sheet as rows by heading."""
    book = load_workbook(io.BytesIO(company_export.export(company.context, reader, language, scope)))
    sheets = {}
    for sheet in book:
        heading, *table = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(map(str, heading), row, strict=True)) for row in table]
    return sheets


def marked_down(screen: Screen) -> Action:
    """The first criterion isn't met; the second element gets less than was suggested."""
    match screen.step.kind:
        case StepKind.CRITERION if screen.step.index == 0:
            return Action(Act.MARK, "not_met")
        case StepKind.RATING if screen.number == 2:
            return Action(Act.RATE, "4")
        case StepKind.REASON:
            return Action(Act.TEXT, REASON)
        case _:
            return all_met(screen)


def and_above(screen: Screen) -> Action:
    """Everything is met, at the next level too."""
    return Action(Act.OFFER) if Act.OFFER in screen.offers and screen.suggestion == 5 else all_met(screen)


def with_an_old_case(screen: Screen) -> Action:
    """One of the cases is long past."""
    old = screen.step.kind is StepKind.CASES and not screen.cases
    return Action(Act.TEXT, "2020-01-01 很久以前\n2026-07-01 案例7") if old else all_met(screen)


@ON_SQLITE
def test_a_person_has_one_row_for_a_standard_with_what_was_decided(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3", choose=marked_down)
    sign_off.sign_off(company.context, company.actor("A1"), assessment_id, "ordinary", "还没独立带过项目")
    sign_off.publish(company.context, OPERATOR, assessment_id)
    (row,) = exported(company)["结果"]
    assert row == {
        "评估编号": assessment_id,
        "工号": "E1",
        "姓名": "陈晨",
        "部门": "政企客户部",
        "标准": "服务经理任职资格标准",
        "版本": 2,
        "级别": "三级",
        "申请日期": datetime.fromisoformat("2026-11-20"),
        "总分": 98.5,
        "计算的级内等": "职业等",
        "达标项数": None,
        "全部项数": None,
        "知识综合分": None,
        "名次": None,
        "参加排名人数": None,
        "扣分": 0,
        "关键条件": "全部达到",
        "签署的级内等": "普通等",
        "签署人": "林雪",
        "签署日期": datetime.fromisoformat("2026-11-22"),
        "原因": "还没独立带过项目",
        "发布时间": datetime.fromisoformat("2026-11-22T09:00"),
        "有效期至": datetime.fromisoformat("2028-11-22"),
        "状态": "已发布",
        "单位设置": None,
    }


def test_a_result_names_the_settings_that_it_was_made_with(small_company: Company) -> None:
    settings = 'from: 2026-11-22\ntargets: {achievement: {"3": 6}}'
    standard_settings.keep(small_company.context, OPERATOR, SCALE, settings, "own.yaml")
    small_company.reviewed(SCALE, "3")
    book = exported(small_company)
    assert {row["单位设置"] for row in book["结果"] + book["要素"]} == {"第 1 号（2026-11-22 起）"}
    assert [row["达标值"] for row in book["要素"][:2]] == [6, 5]


@ON_SQLITE
def test_each_element_has_its_full_mark_and_only_a_scale_has_a_target_besides(company: Company) -> None:
    company.reviewed(POINTS, "3", choose=marked_down)
    first, second = exported(company)["要素"][:2]
    assert (first["模块"], first["要素"]) == ("客户信息收集与客户关系规划", "收集、分析与处理客户信息")
    assert (first["评分"], first["满分"], first["达标值"]) == (4.5, 5, None)
    assert (second["要素"], second["评分"]) == ("客户关系现状评估", 4)
    company.reviewed(SCALE, "4", "E2")
    scale = exported(company)["要素"][-1]
    assert (scale["满分"], scale["达标值"]) == (6, 5)


@ON_SQLITE
def test_by_a_standard_without_a_total_the_items_met_are_counted(company: Company) -> None:
    company.reviewed(SCALE, "4", choose=marked_down)
    (row,) = exported(company)["结果"]
    assert (row["总分"], row["达标项数"], row["全部项数"], row["关键条件"]) == (None, 16, 18, None)


@ON_SQLITE
def test_a_newer_result_of_the_same_standard_takes_the_row_and_the_older_one_keeps_its_elements(
    company: Company,
) -> None:
    company.published(SCALE, "4")
    company.published(SCALE, "3")
    assert [row["级别"] for row in exported(company)["结果"]] == ["3级（中级）"]
    assert {row["级别"] for row in exported(company)["要素"]} == {"4级（初级）", "3级（中级）"}


@ON_SQLITE
def test_unmet_key_conditions_are_named(company: Company) -> None:
    def key_unmet(screen: Screen) -> Action:
        if screen.step.kind is not StepKind.CRITERION:
            return all_met(screen)
        return Action(Act.MARK, "not_met" if screen.step.key in keys else "met")

    standard = company.context.standards.get(POINTS)
    elements = standard.elements_at("4")
    keys = {each.id for element in elements for each in criteria_at(element, "4") if each.key}
    assert keys
    company.reviewed(POINTS, "4", choose=key_unmet)
    (row,) = exported(company)["结果"]
    assert row["关键条件"].startswith("未达到：")
    assert row["关键条件"].count("\n") == len(keys) - 1
    assert row["计算的级内等"] == "不授予该级别"


def test_the_rank_counts_those_who_applied_in_the_same_year(company: Company) -> None:
    taken = [f"{who},{POINTS},{subject},{score},2026-11-01" for who, subject, score in SCORES]
    lists = "\n".join(["staff_no,standard,subject,score,taken_on", *taken])
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", lists))
    for staff_no in ("E1", "E2"):
        company.published(POINTS, "3", staff_no)
    found = {row["工号"]: (row["名次"], row["参加排名人数"], row["知识综合分"]) for row in exported(company)["结果"]}
    assert found == {"E1": (2, 2, 80), "E2": (1, 2, 85)}
    scores = exported(company)["考试成绩"]
    assert [(row["工号"], row["科目"], row["成绩"], row["满分"]) for row in scores[:2]] == [
        ("E1", "服务经理专业知识", 80, 100),
        ("E1", "综合类产品知识", 400, 500),
    ]


def test_a_part_of_it_is_of_a_department_a_standard_or_a_period(company: Company) -> None:
    company.published(POINTS, "3")
    company.published(SCALE, "4", "E2")
    applied = company.context.today() - timedelta(days=2)
    day = timedelta(days=1)

    def found(**scope: Any) -> set[str]:
        return {row["工号"] for row in exported(company, scope=Scope(**scope))["进度"]}

    assert found(standard=POINTS) == {"E1"}
    assert found(department="没有的部门") == set()
    assert found(since=applied, until=applied) == {"E1", "E2"}
    assert found(since=applied + day) == found(until=applied - day) == set()
    assert {row["工号"] for row in exported(company, scope=Scope(standard=SCALE))["结果"]} == {"E2"}
    assert json.loads(company.lines()[-1].after) == {"standard": SCALE}


@ON_SQLITE
def test_a_part_by_a_standard_that_is_not_there_is_refused(company: Company) -> None:
    with refused("error-standard-unknown"):
        company_export.export(company.context, OPERATOR, "zh-CN", Scope(standard="gone"))


@ON_SQLITE
def test_criteria_of_the_next_level_are_marked_as_such(company: Company) -> None:
    company.reviewed(SCALE, "4", choose=and_above)
    rows = exported(company)["回答"]
    marked = {row["其他级别的条目"] for row in rows}
    assert marked == {None, "下一级（3级（中级））"}
    standard = company.context.standards.get(SCALE)
    own = sum(len(criteria_at(element, "4")) for element in standard.elements_at("4"))
    marks = [row for row in rows if row["条目"] != "评分" and isinstance(row["回答"], str)]
    assert sum(row["其他级别的条目"] is None for row in marks) == own


@ON_SQLITE
def test_cases_say_whether_they_count(company: Company) -> None:
    company.reviewed(POINTS, "4", choose=with_an_old_case)
    found = {(row["采用日期"].date().isoformat(), row["是否计入"]) for row in exported(company)["案例"]}
    assert ("2020-01-01", "不在时间窗内") in found
    assert "计入" in {counts for _, counts in found}


@ON_SQLITE
def test_appeals_have_their_text_and_what_came_of_it(company: Company) -> None:
    result_id = company.published(POINTS, "3")
    appeals.appeal(company.context, company.actor("E1"), result_id, "漏了一次投产保障")
    (row,) = exported(company)["申诉"]
    assert (row["申诉内容"], row["处理结果"], row["答复时间"]) == ("漏了一次投产保障", "待答复", None)
    appeals.answer(company.context, OPERATOR, row["评估编号"], "已核对")
    (row,) = exported(company)["申诉"]
    assert (row["处理结果"], row["答复"]) == ("维持结果", "已核对")


@ON_SQLITE
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_every_sheet(company: Company) -> None:
    company.published(POINTS, "3")
    file = company.folder / "export.xlsx"
    file.write_bytes(company_export.export(company.context, OPERATOR, "zh-CN"))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{company.folder}/office", "--convert-to", "ods"]
    run = subprocess.run(
        [*command, "--outdir", str(company.folder), str(file)], capture_output=True, text=True, check=True
    )
    assert "repair" not in (run.stdout + run.stderr).lower()
    assert (company.folder / "export.ods").stat().st_size > 0


def test_each_element_and_criterion_has_a_row_of_statistics(company: Company) -> None:
    ten_of(company.context, met=8)
    ten_of(company.context, level="3")
    rows = exported(company, scope=Scope(standard=SCALE))["要素与条目统计"]
    element, criterion = rows[:2]
    assert [element[each] for each in ("级别", "要素", "条目", "结果数")] == ["4级（初级）", "成就导向", None, 10]
    assert [element[f"达标率{end} %"] for end in ("", "下限", "上限")] == [80, 49.02, 94.33]
    assert (element["均分"], element["满分"], element["一致 %"]) == (4, 6, None)
    assert (criterion["要素"], criterion["评过的"]) == ("成就导向", 10)
    assert criterion["条目"]
    assert {row["可能需要调整"] for row in rows} >= {None, "几乎人人达标", "几乎没人达标\n常常观察不到"}


@ON_SQLITE
def test_headings_stay_in_sight_and_every_sheet_has_filters(company: Company) -> None:
    company.published(POINTS, "3")
    book = load_workbook(io.BytesIO(company_export.export(company.context, OPERATOR, "zh-CN")))
    assert book.sheetnames == ["结果", "要素", "回答", "案例", "考试成绩", "进度", "申诉", "要素与条目统计"]
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("A2", True)


@ON_SQLITE
def test_without_a_signature_or_a_grade_their_cells_are_empty(company: Company) -> None:
    company.finishes("R1", company.review(SCALE, "4"))
    row = exported(company)["结果"][0]
    assert [row[each] for each in ("总分", "计算的级内等", "签署的级内等", "签署人", "原因")] == [None] * 5
    assert (row["状态"], row["有效期至"]) == ("已发布", datetime.fromisoformat("2028-11-22"))


@ON_SQLITE
def test_a_level_that_is_not_granted_is_said_in_words_and_the_command_line_signs_as_such(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3")
    sign_off.sign_off(company.context, OPERATOR, assessment_id, sign_off.NOT_GRANTED, "材料不全")
    row = exported(company)["结果"][0]
    expected = ("职业等", "不授予该级别", "命令行", "材料不全")
    assert tuple(row[each] for each in ("计算的级内等", "签署的级内等", "签署人", "原因")) == expected
    assert (row["发布时间"], row["有效期至"], row["状态"]) == (None, None, "待发布")


@ON_SQLITE
def test_what_is_not_published_about_the_reader_stays_out(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ADMIN])
    mine, theirs = company.reviewed(), company.reviewed(SCALE, "4", "E2")
    sheets = exported(company, company.actor("E1"))
    for sheet in ("结果", "回答"):
        assert {row["评估编号"] for row in sheets[sheet]} == {theirs}
    assert {row["评估编号"] for row in sheets["进度"]} == {mine, theirs}
    sign_off.sign_off(company.context, OPERATOR, mine)
    assert {row["评估编号"] for row in exported(company, company.actor("E1"))["结果"]} == {theirs}
    sign_off.publish(company.context, OPERATOR, mine)
    for sheet in ("结果", "回答"):
        assert {row["评估编号"] for row in exported(company, company.actor("E1"))[sheet]} == {mine, theirs}


def test_a_published_result_that_was_replaced_says_so_and_an_unpublished_one_is_left_out(company: Company) -> None:
    result_id = company.published(POINTS, "3")
    appeals.appeal(company.context, company.actor("E1"), result_id, "漏了一次投产保障")
    (row,) = exported(company)["进度"]
    (review_id,) = appeals.reopen(company.context, OPERATOR, row["评估编号"], "请补看材料")
    for _ in range(2):
        company.finishes("R1", review_id)
        sign_off.return_to(company.context, OPERATOR, row["评估编号"], "再看一遍")
    rows = exported(company)["要素"]
    assert {row["状态"] for row in rows} == {"已退回"}, "what is published stands until a new one is"
    assert len(rows) == 2 * len(company.context.standards.get(POINTS).elements_at("3"))
    company.finishes("R1", review_id)
    sign_off.sign_off(company.context, OPERATOR, row["评估编号"])
    sign_off.publish(company.context, OPERATOR, row["评估编号"])
    assert {row["状态"] for row in exported(company)["要素"]} == {"已被新结果取代", "已发布"}
    assert {row["状态"] for row in exported(company)["结果"]} == {"已发布"}


@ON_SQLITE
def test_answers_appear_when_all_reviews_are_in_and_not_before(company: Company) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = company.finishes("R1", first, marked_down).row.assessment_id
    assert exported(company)["回答"] == []
    company.finishes("R2", second)
    rows = exported(company)["回答"]
    assert {(row["评审员"], row["身份"]) for row in rows} == {("周明", "主评"), ("吴倩", "成员")}
    sign_off.return_to(company.context, OPERATOR, assessment_id, "请补充证据", (first,))
    assert exported(company)["回答"] == []


@ON_SQLITE
def test_an_answer_has_its_criterion_its_word_its_reason_and_who_gave_it(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3", choose=marked_down)
    rows = exported(company)["回答"]
    assert (rows[0]["要素"], rows[0]["回答"], rows[0]["评审员"]) == ("收集、分析与处理客户信息", "未达到", "周明")
    assert rows[0]["条目"] == "收集客户的个人特点、决策链构成、决策者间的工作关系、付款历史等组织与个人信息"
    rated = [(row["回答"], row["原因"]) for row in rows if row["条目"] == "评分"]
    assert rated[:2] == [(4.5, None), (4, f"'{REASON}")]
    case = exported(company)["案例"][0]
    assert (case["采用日期"], case["案例名称"]) == (datetime.fromisoformat("2026-07-01"), "案例7")
    assert {row["评估编号"] for row in rows} == {assessment_id}
    assert {row["提交时间"] for row in rows} == {datetime.fromisoformat("2026-11-22T09:00")}


@ON_SQLITE
def test_where_assessors_are_hidden_an_administrator_reads_numbers_in_what_is_about_themselves(
    company: Company,
) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    company.published(POINTS, "3", assessors=("R1", "R2"))
    company.opens(SCALE, "4", assessors=("R2",), self_assessment=True)
    company.context = replace(company.context, rules=Rules(hide_assessors=True))
    own, others = exported(company, company.actor("E1")), exported(company, company.actor("A1"))
    assert {row["评审员"] for row in own["回答"]} == {"评审员 1", "评审员 2"}
    assert own["进度"][1]["尚未提交"] == "评审员 1、陈晨"
    assert {row["评审员"] for row in others["回答"]} == {"周明", "吴倩"}


@ON_SQLITE
def test_scores_are_numbers_and_what_was_not_taken_is_said(company: Company) -> None:
    def absent(screen: Screen) -> Action:
        skips = screen.step.kind is StepKind.SCORE and screen.step.element == "general-knowledge"
        return Action(Act.NOT_TAKEN) if skips else all_met(screen)

    company.reviewed(SCALE, "4", choose=absent)
    given = [row["回答"] for row in exported(company)["回答"]]
    assert "未参加" in given
    assert 100 in given


@ON_SQLITE
def test_progress_says_why_somebody_was_an_exception(company: Company) -> None:
    company.context = company.restarted(asking_standards(company.folder))
    opening = Opening(FIELD, "one", "E1", (("R1", Decimal(1)),), company.context.today(), exception="=公司急需")
    open_assessment(company.context, OPERATOR, opening)
    company.opens(SCALE, "4")
    assert [row["破例理由"] for row in exported(company)["进度"]] == ["'=公司急需", None], "and no formula"


def test_progress_has_every_assessment_with_who_owes_what(company: Company) -> None:
    ids = company.opens(SCALE, "4", assessors=("R1", "R2"), self_assessment=True)
    company.finishes("R1", ids[0])
    (row,) = exported(company)["进度"]
    shown = {heading: row[heading] for heading in ("状态", "已提交评审", "全部评审", "尚未提交")}
    assert shown == {"状态": "评审中", "已提交评审": 1, "全部评审": 2, "尚未提交": "吴倩、陈晨"}
    assert row["截止日期"].date() == company.context.today() + timedelta(days=9)
    assert row["开启时间"] == datetime.fromisoformat("2026-11-22T09:00")


@ON_SQLITE
def test_in_english_everything_but_what_was_typed_is_english(company: Company) -> None:
    company.reviewed(POINTS, "3")
    sheets = exported(company, language="en")
    assert list(sheets) == [
        *("Results", "Elements", "Answers", "Cases", "Exam scores", "Progress", "Appeals", "Statistics")
    ]
    assert sheets["Elements"][0]["Element"] == "Collecting, analysing and handling customer information"
    assert sheets["Results"][0]["State"] == "waiting for a signature"
    assert {row["Answer"] for row in sheets["Answers"] if isinstance(row["Answer"], str)} >= {"met"}


@ON_SQLITE
def test_where_the_standard_is_gone_its_ids_must_do(company: Company) -> None:
    company.reviewed(SCALE, "4")
    shutil.copytree(STANDARDS / POINTS, company.folder / "standards" / POINTS)
    elsewhere = company.restarted(Catalogue(company.folder / "standards"))
    book = load_workbook(io.BytesIO(company_export.export(elsewhere, OPERATOR, "zh-CN")))
    row = [cell.value for cell in book["要素"][2]]
    assert [*row[4:7], row[7].date(), row[9]] == [SCALE, 2, "4", elsewhere.today() - timedelta(days=2), "achievement"]


def test_what_is_read_some_at_a_time_is_all_there_and_in_the_same_order(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    for subject in ("E1", "E2"):
        company.published(POINTS, "3", subject, assessors=("R1", "R2"))
        company.opens(SCALE, "4", subject)
    at_once = exported(company)
    monkeypatch.setattr(export_source, "AT_A_TIME", 1)
    assert exported(company) == at_once
    assert {row["姓名"] for row in at_once["回答"]} == {"陈晨", "何静"}


def test_more_assessments_are_not_more_statements(small_company: Company) -> None:
    counts = []
    for subject in ("E1", "E2"):
        small_company.published(POINTS, "3", subject, assessors=("R1", "R2"))
        with statements(small_company.context.database) as seen:
            company_export.made(small_company.context, OPERATOR, "zh-CN")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 59


def test_another_process_finds_the_same_company_and_the_same_hour(company: Company) -> None:
    company.context = replace(company.context, rules=Rules(hide_assessors=True))
    company.published(POINTS, "3")
    there = pickle.loads(pickle.dumps(company.context.elsewhere())).context()
    with closing(there.database):
        assert (there.now(), there.timezone, there.rules) == (company.clock(), ZONE, company.context.rules)
    file = company_export.made_elsewhere(company.context.elsewhere(), company.actor("A1"), "zh-CN")
    assert file == company_export.made(company.context, company.actor("A1"), "zh-CN")


@ON_SQLITE
def test_only_administrators_export_and_that_they_did_is_kept(company: Company) -> None:
    for staff_no in ("E1", "R1"):
        with refused("error-forbidden"):
            company_export.export(company.context, company.actor(staff_no), "zh-CN")
    company_export.export(company.context, company.actor("A1"), "zh-CN")
    (line,) = company.lines()
    assert (line.action, line.record, line.person_id) == ("export", "company", company.id("A1"))
