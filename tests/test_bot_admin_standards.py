"""Standards in the chat: a workbook goes out, comes back with faults, is mended, kept as a draft, and released."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from qualify.access import Role
from qualify.services.people import roles
from tests.company import OPERATOR
from tests.driver import ASSESSOR, Bot
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


def downloaded(bot: Bot, phone: Phone) -> Any:
    """The workbook that came last."""
    (document,) = [message["document"] for message in phone.messages()[-1:] if "document" in message]
    return load_workbook(BytesIO(bot.sandbox.files.get(document["file_id"]).content))


def content(book: Any) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()


async def test_a_standard_is_changed_in_a_spreadsheet_and_released_by_two_administrators(
    bot: Bot, admin: Phone
) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN, Role.ASSESSOR})
    await admin.press("标准")
    await admin.press("客户经理能力素质模型 第 2 版")
    assert admin.last.startswith(
        "客户经理能力素质模型 第 2 版\n在用（服务器上的文件）。\n\n与第 1 版相比：\n内容有 139 处不同"
    )
    await admin.press("工作簿")
    book = downloaded(bot, admin)
    book["标准"]["B3"] = 3
    book["条目"]["A2"] = "成就"
    await admin.send_document("b.xlsx", content(book))
    assert "这份标准有 1 处要改，什么也没有收" in admin.last
    assert "「条目」第 2 行 A 列（要素）：没有叫“成就”的要素，可以写的是：" in admin.last

    book["条目"]["A2"] = "成就导向"
    book["条目"]["D2"] = "肯下苦功夫"
    await admin.send_document("b.xlsx", content(book))
    assert admin.last.startswith(
        "📘 客户经理能力素质模型 第 3 版\n与第 2 版相比：\n只是文字有 1 处不同：\n✎ 文字：条目 “肯下苦功夫”"
    )
    await admin.press("收为草稿")
    await admin.press("看草稿")
    assert admin.last.startswith("客户经理能力素质模型 第 3 版\n草稿，林雪于 ")
    await admin.press("发布")
    assert admin.last.startswith("发布“客户经理能力素质模型 第 3 版”？有另一位管理员时要由其签发。")
    await admin.press("发布")
    assert admin.last.startswith("✍️ 已提请发布")
    assert bot.context.standards.get("client-manager").version == 2

    other = bot.phone(ASSESSOR)
    await other.start()
    await other.say("/admin")
    await other.press("标准")
    await other.press("客户经理能力素质模型 第 3 版 · 待签发")
    assert other.last.startswith("客户经理能力素质模型 第 3 版\n林雪已提请发布，待另一位管理员签发。")
    await other.press("签发")
    await other.press("签发")
    assert other.last == "✅ “客户经理能力素质模型 第 3 版”已发布，新的评估从现在起用它。"
    assert bot.context.standards.get("client-manager").version == 3
    await other.say("/admin")
    await other.press("操作记录")
    assert "发布标准" in other.last
