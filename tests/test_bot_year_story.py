"""A working year of HR, from a spreadsheet to results found again, in the chat: sixty people, two of one name, another
account, another number, an assessor who leaves, evidence opened and taken back, a team's picture, an export."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter import Workbook

from qualify.services.people import joining
from tests.company import OPERATOR
from tests.driver import ADMIN, Bot
from tests.driver import ASSESSOR as ZHOU
from tests.hr import fill_in
from tests.phone import Phone, buttons, review

pytest_plugins = ["tests.story_fixtures"]

HEADINGS = ("工号", "姓名", "所属部门", "岗位", "直属上级", "角色（必填）")
TEAMS = ("集团客户部", "云网支撑部", "渠道部")
LEADER, ASSESSOR, LEAVER, ZHANG, OTHER_ZHANG = "W001", "W002", "W003", "W010", "W030"
OF_THE_YEAR = timedelta(days=365)


def sixty_people(folder: Path) -> bytes:
    """A workbook as WPS writes it: a title above, departments merged over their rows, a hidden old list before it."""
    file = folder / "名单.xlsx"
    book = Workbook(file)
    old = book.add_worksheet("去年")
    old.write_row(0, 0, HEADINGS)
    old.hide()
    sheet = book.add_worksheet("人员")
    sheet.activate()
    sheet.set_first_sheet()
    sheet.write(0, 0, "2026 年人员名单")
    sheet.write_row(1, 0, HEADINGS)
    names = {ZHANG: "张伟", OTHER_ZHANG: "张伟", LEADER: "高敏", ASSESSOR: "秦川", LEAVER: "卢远"}
    for place in range(60):
        number = f"W{place + 1:03d}"
        is_assessor = number in (ASSESSOR, LEAVER)
        leader = LEADER if 1 < place + 1 <= 20 else ""
        row = (number, names.get(number, f"员工{number}"), "", "工程师", leader, "评审员" if is_assessor else "员工")
        sheet.write_row(2 + place, 0, row)
    for team, name in enumerate(TEAMS):
        sheet.merge_range(2 + 20 * team, 2, 21 + 20 * team, 2, name)
    sheet.write(62, 0, "合计")
    sheet.write(62, 1, 60)
    book.close()
    return file.read_bytes()


async def joins(bot: Bot, staff_no: str, user_id: int) -> Phone:
    """Somebody with a phone of their own accepts an invitation."""
    bot.sandbox.add_user(user_id, staff_no)
    phone = bot.phone(user_id)
    await phone.start(joining.invite(bot.context, OPERATOR, staff_no))
    return phone


async def at_case(hr: Phone, name: str) -> None:
    """The case of somebody, found by what is typed."""
    await hr.say("/admin")
    await hr.say(name)


async def test_a_company_is_run_for_a_year(bot_on_either: Bot, tmp_path: Path) -> None:
    bot = bot_on_either
    hr = bot.phone(ADMIN)
    await hr.start()

    # Sixty people from one file: two touches.
    await hr.send_document("名单.xlsx", sixty_people(tmp_path))
    await hr.press("导入 60")
    assert "60" in hr.last

    # Two people of one name are told apart.
    await at_case(hr, "张伟")
    zhangs = [label for label in hr.labels if "张伟" in label]
    assert [label.split(" · ")[1] for label in zhangs] == [ZHANG, OTHER_ZHANG]

    leader, assessor, _ = [
        await joins(bot, number, 2001 + place) for place, number in enumerate((LEADER, ASSESSOR, LEAVER))
    ]
    zhang = await joins(bot, ZHANG, 2004)

    # A batch for a department; one of its assessors leaves on the way.
    await hr.say("/admin")
    await hr.press("📋 评估", "➕ 开启评估")
    await fill_in(hr, standard="服务经理", level="三级", department="集团客户部", assessors=("秦川", "卢远"))
    await hr.press("✅ 开启")
    assert hr.last.startswith("✅ 已开启"), hr.last

    # Zhang Wei loses the phone and gets another number, in the middle of it.
    await at_case(hr, ZHANG)
    await hr.press("张伟", "换账号")
    token = re.search(r"start=([\w-]+)", hr.screen)
    assert token
    bot.sandbox.add_user(2005, "张伟的新手机")
    renewed = bot.phone(2005)
    await renewed.start(token[1])
    await zhang.say("/result")
    assert "邀请" in zhang.last, "the old phone is out"
    await at_case(hr, ZHANG)
    await hr.press("张伟", "换工号")
    await hr.say("w910")
    await hr.press("换成 W910")
    assert "W910" in hr.screen

    # The assessor rates Zhang Wei with evidence, and takes one photo back.
    await assessor.start()
    await assessor.press("张伟")
    await assessor.send_photo("现场照片")
    await assessor.send_photo("发错了")
    await assessor.press("📎 查看（2）")
    kept = assessor.messages()[-1]
    *_, second = (each["callback_data"] for each in buttons(kept) if "撤回" in each["text"])
    await assessor.press_data(kept["message_id"], second)
    await assessor.press("确认撤回")
    await review(assessor, "张伟", all_met=True)

    # The other one leaves; the review is handed on and goes on.
    await at_case(hr, LEAVER)
    await hr.press("卢远", "停用")
    await hr.say("/admin")
    await hr.say("W910")
    await hr.press("张伟", "评估", "1 ", "移交卢远的评审")
    await hr.press("周明")
    await review(bot.phone(ZHOU), "张伟", all_met=True)

    # The signer opens the evidence that is left, signs and publishes.
    await hr.say("/admin")
    await hr.press("签署与发布", "张伟", "📎 备注与证据（2）", "1 🖼")
    assert "现场照片" in hr.last
    assert "照片：已撤回" in hr.screen
    await hr.say("/admin")
    await hr.press("签署与发布", "张伟", "✍️ 签署", "✍️ 签署", "📣 发布")
    if hr.offers("📣 发布"):
        await hr.press("📣 发布")
    assert "你的评估结果出来了" in renewed.screen
    assert "张伟" in leader.last, "who leads them is told"

    # The manager looks at the team.
    await leader.say("/team")
    await leader.press("🗺")
    assert "photo" in leader.messages()[-1] or leader.charts

    # A year later it is found again, with its chart.
    bot.sandbox.clock.advance(OF_THE_YEAR)
    await hr.say("/admin")
    await hr.say("W910")
    await hr.press("张伟", "评估", "1 ", "📊 结果图")
    assert len(hr.charts) >= 1

    # Everything as a workbook.
    await hr.say("/admin")
    await hr.press("📤 导出", "📦 导出")
    sent = hr.messages()[-1]["document"]
    rows = load_workbook(BytesIO(bot.sandbox.files.get(sent["file_id"]).content))["结果"]
    assert "W910" in {row[1].value for row in rows}
