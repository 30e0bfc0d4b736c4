"""The export in the chat: one workbook to save, made in a process of its own (see also `test_bot_jobs`)."""

import json
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.sandbox.errors import bad_request
from qualify.reporting import company_export
from qualify.services import audit_log
from qualify.texts import say
from tests.company import OPERATOR
from tests.driver import ASSESSOR, EMPLOYEE, NOON, Beside, Bot
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


async def test_everything_comes_as_one_workbook(bot: Bot, admin: Phone) -> None:
    await admin.press("导出", "📦 导出")
    assert admin.toast == "正在生成，马上发给你。"
    sent = admin.messages()[-1]["document"]
    assert sent["file_name"] == "qualify-2026-11-22.xlsx"
    book = load_workbook(BytesIO(bot.sandbox.files.get(sent["file_id"]).content))
    assert book.sheetnames == ["结果", "要素", "回答", "案例", "考试成绩", "进度", "申诉", "要素与条目统计"]
    assert "protect_content" not in bot.sandbox.sent("sendDocument")[-1], "what can't be saved is of no use"


async def test_the_workbook_is_in_the_administrators_language(bot: Bot, admin: Phone) -> None:
    await admin.say("/settings")
    await admin.press("English")
    await admin.say("/admin")
    await admin.press("Export", "📦 Export")
    sent = admin.messages()[-1]["document"]
    book = load_workbook(BytesIO(bot.sandbox.files.get(sent["file_id"]).content))
    assert book.sheetnames[:2] == ["Results", "Elements"]


async def test_a_part_is_chosen_line_by_line(bot: Bot, admin: Phone) -> None:
    await admin.press("导出", "🏢 部门", "技术支援部", "📘 标准", "📅 申请年份")
    assert [label for label in admin.labels if "：" in label] == [
        "🏢 部门：技术支援部",
        "📘 标准：客户经理能力素质模型",
        "📅 申请年份：2026",
    ]
    await admin.press("📦 导出")
    (line,) = audit_log.page(bot.context, OPERATOR, None, most=1).lines
    asked = json.loads(line.audit.after)
    assert asked == {
        "department": "技术支援部",
        "standard": "client-manager",
        "since": "2026-01-01",
        "until": "2026-12-31",
    }


async def test_a_choice_that_is_no_more_is_stale(admin: Phone) -> None:
    for data in ("a9:export", "a0.0.9:export", "a9.0.0:export-make"):
        await admin.press_data(admin.messages()[-1]["message_id"], data)
        assert admin.toast == say("zh-CN", "error-stale"), data


async def test_it_is_read_at_the_sandboxs_hour_by_a_process_of_its_own(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, ...]] = []
    run = Beside.run

    async def watched(self: Beside, *args: Any) -> Any:
        asked.append(args)
        return await run(self, *args)

    monkeypatch.setattr(Beside, "run", watched)
    await admin.press("导出", "📦 导出")
    ((_, function, here, *_),) = asked
    assert function is company_export.made_elsewhere
    assert (here.moment, here.database_url) == (NOON, str(bot.context.database.engine.url))


@pytest.mark.parametrize("press", [["导出", "📦 导出"], ["人员", "邀请未加入的人"], ["人员", "孙悦", "导出个人数据"]])
async def test_a_file_that_telegram_does_not_take_is_not_met_with_silence(
    bot: Bot, admin: Phone, press: list[str]
) -> None:
    bot.sandbox.fail_next("sendDocument", bad_request("file must be non-empty"))
    await admin.press(*press)
    assert admin.last == "文件没能发出去。如果一会儿还没收到，请再按一次。"
    assert "was not sent: File must be non-empty" in bot.complained()
    await admin.press(press[-1])
    assert "document" in admin.messages()[-1]


async def test_others_get_no_workbook(bot: Bot) -> None:
    for user_id in (ASSESSOR, EMPLOYEE):
        phone = bot.phone(user_id)
        await phone.start()
        await phone.press_data(phone.messages()[-1]["message_id"], "a:export-make")
        assert phone.toast == "你没有权限做这件事。如果需要，请联系管理员。"
    assert bot.sandbox.sent("sendDocument") == []
