"""Standards in the chat: a workbook goes out, comes back with faults, is mended, kept as a draft, and released."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from qualify.access import Role
from qualify.services.assessments import opening_form
from qualify.services.authorization import actor_of
from qualify.services.people import joining, roles
from qualify.services.standards import drafts
from tests.company import OPERATOR, SCALE
from tests.driver import ADMIN, ASSESSOR, Bot
from tests.faults.traces import rows_of
from tests.phone import Phone, one_deed

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
        "客户经理能力素质模型 第 2 版\n现行：新开的评估用这一版。\n\n与第 1 版相比：\n内容有 139 处不同"
    )
    await admin.press("工作簿")
    book = downloaded(bot, admin)
    book["标准"]["B3"] = 3
    book["条目"]["A2"] = "成就"
    await admin.send_document("b.xlsx", content(book))
    assert "这份标准有 1 处要改，什么也没有收" in admin.last
    assert "「条目」第 2 行 A 列（要素）：没有叫“成就”的要素，可以写的是：" in admin.last

    book["条目"]["A2"] = "成就导向"
    elements, criteria = book["要素"], book["条目"]
    (column,) = [cell.column for cell in elements[1] if cell.value == "标准分 · 3级（中级） [3]"]
    (row,) = [cell.row for cell in elements["B"] if cell.value == "writing"]
    elements.cell(row, column).value = 4
    last = max(
        cell.row
        for cell in criteria["A"]
        if cell.value == "书面表达能力 [writing]" and criteria.cell(cell.row, 2).value.endswith("[3]")
    )
    criteria.insert_rows(last + 1)
    line = criteria.cell(last, 7).value + 1
    for place, value in enumerate(
        ["书面表达能力", "3", "writing.3.9", "公文格式规范", "Keeps to official format", None, line], 1
    ):
        criteria.cell(last + 1, place).value = value
    await admin.send_document("b.xlsx", content(book))
    assert admin.last.startswith(
        "📘 客户经理能力素质模型 第 3 版\n与第 2 版相比：\n内容有 2 处不同：\n"
        "● 规则：要素 “书面表达能力”（基本能力），标准分 · 3级（中级） （空） → 4\n"
        "＋ 新增：条目 “公文格式规范”（书面表达能力 · 3级（中级））\n\n还没有收下。"
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
    await bot.settle()
    assert "📘 林雪提请发布“客户经理能力素质模型 第 3 版”，请您看过后签发。" in other.screen
    await other.press("看草稿")
    assert other.last.startswith("客户经理能力素质模型 第 3 版\n林雪已提请发布，待另一位管理员签发。")
    await other.press("签发")
    await other.press("签发")
    assert other.last == "✅ “客户经理能力素质模型 第 3 版”已发布，内容不再改动。接着可以试算换用它，再定从哪天起用。"
    assert bot.context.standards.get("client-manager").version == 3
    assert "📘 您提请发布的“客户经理能力素质模型 第 3 版”已签发。" in admin.last
    await admin.press("打开")
    assert admin.offers("换用这一版")
    await other.say("/admin")
    await other.press("操作记录")
    assert "发布标准" in other.last


async def test_a_draft_is_tried_up_to_the_chart_and_nothing_is_left_of_it(bot: Bot, admin: Phone) -> None:
    third = bot.context.standards.get(SCALE, 2).model_copy(update={"version": 3})
    drafts.take_in(bot.context, OPERATOR, third)
    hers = actor_of(joining.find(bot.context, ADMIN)), ADMIN
    opening_form.begin(bot.context, *hers)
    opening_form.set_standard(bot.context, *hers, SCALE)  # a form half filled in stays as it is
    before = rows_of(bot.context)
    await admin.say("/admin")
    await admin.press("标准")
    await admin.press("第 3 版 · 草稿")
    await admin.press("试评一次")
    await admin.press("4级（初级）")
    assert admin.last.startswith("试评（虚构的人） · 客户经理能力素质模型 · 4级（初级）\n")
    assert admin.offers("结束试评")
    assert not admin.offers("备注")
    stale = admin.button("✅ 达到")
    await admin.say("他今天来过")
    assert "试评里不收备注。请按按钮回答。" in admin.screen
    while not admin.offers("看结果"):
        await one_deed(admin)
    await admin.press("看结果")
    assert admin.messages()[-1] in admin.charts
    assert admin.last.startswith("🧪 试评结果（没有保存）")
    await admin.press_data(*stale)
    assert admin.toast == "这次试评已经结束了。要再试，请从草稿里点“试评一次”。"
    assert rows_of(bot.context) == before


async def test_a_trial_ends_when_it_is_ended_or_its_draft_is_changed(bot: Bot, admin: Phone) -> None:
    third = bot.context.standards.get(SCALE, 2).model_copy(update={"version": 3})
    for end in ("结束试评", "/help", ""):
        drafts.take_in(bot.context, OPERATOR, third)
        await admin.say("/admin")
        await admin.press("标准")
        await admin.press("第 3 版 · 草稿")
        await admin.press("试评一次")
        await admin.press("3级（中级）")
        answer = admin.button("✅ 达到")
        if end == "/help":
            await admin.say(end)
            assert not any(row[0] == "draft" for row in rows_of(bot.context))
        elif end:
            await admin.press(end)
            assert admin.last == "试评已结束，什么也没有留下。"
        else:
            drafts.take_in(bot.context, OPERATOR, third.model_copy(update={"lost": ()}))
        await admin.press_data(*answer)
        assert admin.toast.startswith("这次试评已经结束了。" if end else "这份草稿刚刚换过内容")
