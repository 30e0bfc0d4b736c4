"""The exported workbook: what its rows say, and what they keep from whom."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from qualify.dialogue import Act, Action, Kind, Screen
from qualify.services import actors, appeals, exporting, people, signing
from qualify.services.actors import Actor
from tests.company import OPERATOR, POINTS, SCALE, Company, all_met, refused

pytest_plugins = ["tests.company_fixtures"]
REASON = "=1+1 客户当面确认过"


def exported(company: Company, reader: Actor = OPERATOR, language: str = "zh-CN") -> dict[str, list[dict[str, Any]]]:
    """Every sheet as rows by heading."""
    book = load_workbook(io.BytesIO(exporting.export(company.context, reader, language)))
    sheets = {}
    for sheet in book:
        heading, *table = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(map(str, heading), row, strict=True)) for row in table]
    return sheets


def marked_down(screen: Screen) -> Action:
    """The first criterion isn't met; the second element gets less than was suggested."""
    match screen.step.kind:
        case Kind.CRITERION if screen.step.index == 0:
            return Action(Act.MARK, "not_met")
        case Kind.RATING if screen.number == 2:
            return Action(Act.RATE, "4")
        case Kind.REASON:
            return Action(Act.TEXT, REASON)
        case _:
            return all_met(screen)


def test_a_result_has_a_row_for_each_element_with_its_signature_and_its_dates(company: Company) -> None:
    assessment_id = company.reviewed(POINTS, "3", choose=marked_down)
    signing.sign_off(company.context, company.actor("A1"), assessment_id, "ordinary", "还没独立带过项目")
    signing.publish(company.context, OPERATOR, assessment_id)
    rows = exported(company)["结果"]
    first, second = rows[:2]
    assert len(rows) == len(company.context.standards.get(POINTS).elements_at("3"))
    assert first == {
        "评估编号": assessment_id,
        "工号": "E1",
        "姓名": "陈晨",
        "部门": "政企客户部",
        "标准": "服务经理任职资格标准",
        "版本": 1,
        "级别": "三级",
        "申请日期": datetime.fromisoformat("2026-11-20"),
        "要素": "收集、分析与处理客户信息",
        "评分": 4.5,
        "达标线": 5,
        "总分": 98.5,
        "计算的级内等": "职业等",
        "签署的级内等": "普通等",
        "签署人": "林雪",
        "原因": "还没独立带过项目",
        "发布时间": datetime.fromisoformat("2026-11-22T09:00"),
        "有效期至": datetime.fromisoformat("2028-11-22"),
        "状态": "已发布",
    }
    assert (second["要素"], second["评分"]) == ("客户关系现状评估", 4)
