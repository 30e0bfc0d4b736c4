"""Inviting everybody who hasn't joined, in the chat: the button where somebody hasn't, and the file of links."""

from io import BytesIO

from openpyxl import load_workbook

from qualify.services.imports import people_list
from qualify.services.imports.tables import Sent
from qualify.services.people import roles
from tests.company import OPERATOR
from tests.driver import NEWCOMER, Bot
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]
TWENTY = ("工号,姓名,部门\n" + "".join(f"N{n:03},新人{n},政企客户部\n" for n in range(20))).encode()
EVERYBODY = "🔗 邀请未加入的人（21）"


def table(bot: Bot, phone: Phone) -> list[tuple[str, ...]]:
    """The rows of the newest message's file."""
    sent = phone.messages()[-1]["document"]
    assert sent["file_name"] == "invitations-2026-11-22.xlsx"
    book = load_workbook(BytesIO(bot.sandbox.files.get(sent["file_id"]).content))
    return [tuple(map(str, row)) for row in book.worksheets[0].iter_rows(values_only=True)]


async def test_after_an_import_everybody_new_is_invited_with_one_press(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名单.csv", TWENTY)
    await admin.press("导入 20")
    assert admin.labels == [EVERYBODY, "👥 人员", "‹ 返回"]
    await admin.press("邀请未加入的人")
    assert admin.toast == "正在生成，马上发给你。"
    heading, *rows = table(bot, admin)
    assert heading == ("工号", "姓名", "部门", "邀请链接")
    assert [row[:3] for row in rows[:20]] == [(f"N{n:03}", f"新人{n}", "政企客户部") for n in range(20)]
    assert admin.last == (
        "🔗 21 个邀请链接，一人一个，请分别转发给本人。"
        "每个链接只能用一次，2026-12-06 12:00 前有效；他们以前收到的链接已作废。"
    )
    link = rows[20][3]
    assert link.startswith("https://t.me/qualify_bot?start=")
    await bot.phone(NEWCOMER).start(link.rpartition("=")[2])
    assert "欢迎，马超！" in bot.phone(NEWCOMER).screen


async def test_the_list_offers_it_where_somebody_has_not_joined(bot: Bot, admin: Phone) -> None:
    people_list.import_people(bot.context, OPERATOR, Sent("名单.csv", TWENTY))
    await admin.press("人员")
    assert admin.offers(EVERYBODY)
    await admin.press("下一页", "邀请未加入的人")
    assert len(table(bot, admin)) == 22
    assert "protect_content" not in bot.sandbox.sent("sendDocument")[-1], "it is meant to be handed on"


async def test_where_all_have_joined_nothing_is_offered(bot: Bot, admin: Phone) -> None:
    await admin.press("人员")
    everybody = admin.button("邀请未加入的人（1）")
    roles.set_active(bot.context, OPERATOR, "Q008", active=False)
    await admin.press_data(*everybody)
    assert admin.toast == "在职的人都已加入，不需要邀请。"
    await admin.press("返回", "人员")
    assert not admin.offers("邀请")
    assert bot.sandbox.sent("sendDocument") == []


async def test_the_log_says_who_was_invited(bot: Bot, admin: Phone) -> None:
    people_list.import_people(bot.context, OPERATOR, Sent("名单.csv", TWENTY))
    await admin.press("人员", "邀请未加入的人")
    await admin.say("/admin")
    await admin.press("操作记录")
    assert "林雪\n邀请\n工号：N000、N001、N002" in admin.last
