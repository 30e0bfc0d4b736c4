"""Evidence in the chat: sent once, opened by one press, taken back, and changed by editing its message."""

import pytest

from bot.buttons import To, command
from qualify.access import Role
from qualify.services.people import roles
from tests.company import OPERATOR
from tests.deeds import hands_in
from tests.driver import ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, STRANGER, Bot, evidence
from tests.hr import STALE, case_of, hr_at
from tests.phone import Phone, walk
from tests.test_bot_admin_evidence import both_in, noted

pytest_plugins = ["tests.bot_fixtures"]

UNKNOWN = "没有这条备注或证据，或者你不能看。"
CLOSED = "评审已提交，备注和证据不再改动。这次修改没有生效。"
CASE = 1


async def test_every_kind_of_evidence_is_opened_by_who_decides_with_one_press(bot: Bot, assessor: Phone) -> None:
    await assessor.send_photo("现场")
    await assessor.send_document("证明（一）.pdf", b"%PDF")
    await assessor.send_voice()
    for kind, name in (("audio", "录音.mp3"), ("video", "演示.mp4"), ("video_note", "留言.mp4")):
        await assessor.send_file(kind, name)
    await assessor.forward(assessor.messages()[0]["message_id"])
    await assessor.say("主持过三次回访")
    phone = await case_of(bot, CASE)
    await phone.press("📎 备注与证据（8）")
    assert "2. 📄 文件：证明（一）.pdf" in phone.last
    shown = {}
    for number in range(1, 9):
        if number == 5:
            await phone.press("下一页")
        await phone.press(f"{number} ")
        message = next(each for each in reversed(phone.messages()) if "reply_markup" in each and "›" not in str(each))
        shown[number] = message
        await phone.press_data(message["message_id"], f"a{CASE}.{int(number > 4)}:case-evidence")
    kinds = ["photo", "document", "voice", "audio", "video", "video_note"]
    assert [next(kind for kind in kinds if kind in shown[n]) for n in range(1, 7)] == kinds
    assert shown[1]["caption"] == "陈晨 · 成就导向 · 周明\n现场"
    assert shown[2]["document"]["file_name"] == "证明（一）.pdf"
    assert shown[8]["text"].endswith("\n主持过三次回访")
    assert all(message["has_protected_content"] for message in shown.values())


async def test_the_screen_says_what_is_kept_on_the_element_and_leads_to_it(bot: Bot, assessor: Phone) -> None:
    assert not assessor.offers("📎 查看")
    await assessor.say("主持过三次回访")
    await assessor.send_photo("现场")
    await assessor.press("✅ 达到")
    assert "📎 备注与证据 2 份" in assessor.last
    await assessor.press("📎 查看（2）")
    assert assessor.last == "成就导向\n📎 备注与证据（2）\n\n1. 📝 备注：主持过三次回访\n2. 🖼 照片：现场"
    await assessor.press("回到评审")
    assert "第 2 条" in assessor.last
    await assessor.press("✅ 达到")
    assert bot.complaints == []


async def test_the_summary_leads_to_everything_that_is_kept_in_the_review(bot: Bot, assessor: Phone) -> None:
    await assessor.say("主持过三次回访")
    await walk(assessor, all_met=True)
    await assessor.say("总体不错")
    assert "这份评审现有备注与证据 2 份" in assessor.last
    await assessor.press("📎 查看（2）")
    assert "1. 成就导向 · 📝 备注：主持过三次回访\n2. 整份评审 · 📝 备注：总体不错" in assessor.last
    await assessor.press("回到评审")
    assert assessor.offers("✅ 提交")
    assert bot.complaints == []


async def test_what_was_taken_back_shows_to_who_decides_as_that(bot: Bot, assessor: Phone) -> None:
    await assessor.say("写错人了")
    await assessor.press("📎 查看（1）", "↩️ 撤回")
    assert "撤回后谁也打不开" in assessor.last
    assert evidence(bot)[0].taken_back_at is None, "it is asked first"
    await assessor.press("确认撤回")
    assert "这里还没有备注和证据" in assessor.last
    await bot.again()
    phone = await case_of(bot, CASE)
    await phone.press("📎 备注与证据（1）")
    assert "1. 📝 备注：已撤回" in phone.last
    assert phone.labels == ["‹ 返回"]
    await phone.press_data(phone.messages()[-1]["message_id"], command(To.KEPT, evidence(bot)[0].id, word="open"))
    assert phone.toast == "这条已经撤回，不再显示，也不能修改。"
    await phone.say("/admin")
    await phone.press("操作记录")
    assert "撤回备注或证据" in phone.last


async def test_an_edited_message_changes_its_note_and_who_opens_it_reads_both(bot: Bot, assessor: Phone) -> None:
    await assessor.say("主持过三次回访")
    await assessor.edit("主持过四次回访")
    assert assessor.last == "✏️ “成就导向”下的内容已改成新的，改前的也留着。"
    await bot.again()
    phone = await case_of(bot, CASE)
    await phone.press("📎 备注与证据（1）")
    assert "1. 📝 备注：主持过四次回访 （已修改）" in phone.last
    await phone.press("1 📝")
    assert phone.last.endswith("\n主持过四次回访\n\n修改前：主持过三次回访")


async def test_an_edit_of_a_caption_changes_what_stands_with_the_file(bot: Bot, assessor: Phone) -> None:
    await assessor.send_photo("现场")
    await assessor.edit("机房现场")
    assert [each.text for each in evidence(bot)] == ["机房现场"]
    assert evidence(bot)[0].file_id


async def test_an_edit_of_anything_else_changes_nothing_and_says_so(bot: Bot, assessor: Phone) -> None:
    await assessor.press("全部达到")
    await assessor.say("4")
    await assessor.edit("5")
    assert assessor.last.startswith("修改消息只会更新备注和证据，这条不是。")
    assert evidence(bot) == []
    stranger = bot.phone(STRANGER)
    await stranger.start()
    before = len(stranger.messages())
    await stranger.edit("/help")
    assert len(stranger.messages()) == before


async def test_an_edit_after_the_review_is_handed_in_changes_nothing_and_says_so(bot: Bot, assessor: Phone) -> None:
    await assessor.say("主持过三次回访")
    await walk(assessor, all_met=True)
    await assessor.press("✅ 提交")
    await assessor.edit("改一改", sent="主持过三次回访")
    assert assessor.last == CLOSED
    assert evidence(bot)[0].text == "主持过三次回访"


async def test_a_long_caption_comes_whole_after_its_file(bot: Bot, assessor: Phone) -> None:
    await assessor.send_photo("字" * 1020)
    phone = await case_of(bot, CASE)
    await phone.press("📎 备注与证据（1）", "1 🖼")
    file, words = phone.messages()[-2:]
    assert ("photo" in file, file["caption"]) == (True, "陈晨 · 成就导向 · 周明")
    assert words["text"].endswith("字" * 1020)


async def test_a_file_that_telegram_has_no_more_is_said_to_be_gone(bot: Bot, assessor: Phone) -> None:
    await assessor.send_photo("现场")
    bot.sandbox.files._files.clear()
    phone = await case_of(bot, CASE)
    await phone.press("📎 备注与证据（1）", "1 🖼")
    assert phone.last == "Telegram 已经不再提供这个文件，打不开了。"


@pytest.mark.parametrize("word", ["list", "back", "open", "take", "taken", "nothing"])
@pytest.mark.parametrize("user_id", [EMPLOYEE, SECOND_ASSESSOR])
async def test_whatever_a_button_carries_nobody_else_gets_anything_of_it(
    bot: Bot, assessor: Phone, word: str, user_id: int
) -> None:
    await assessor.say("主持过三次回访")
    phone = bot.phone(user_id)
    await phone.start()
    before = len(phone.messages())
    for numbers in ((), (1,), (1, 1), (99,)):
        await phone.press_data(phone.messages()[-1]["message_id"], command(To.KEPT, *numbers, word=word))
        assert phone.toast in {UNKNOWN, STALE, "没有找到这份评审。发送 /reviews 查看你的评审。"}
    assert len(phone.messages()) == before
    assert "主持" not in phone.screen
    assert evidence(bot)[0].taken_back_at is None


async def test_who_is_asked_for_a_reason_opens_evidence_and_answers_then(bot: Bot) -> None:
    assessment_id = noted(bot)
    both_in(bot, assessment_id)
    phone = await case_of(bot, assessment_id)
    await phone.press("📎 备注与证据")
    opening = phone.button("1 📝")
    await phone.press("返回", "↩️ 退回", "全部评审员")
    await phone.press_data(*opening)
    assert phone.last.endswith("方案 <b>很</b> 好 & 及时")
    await phone.say("请补充证据")
    assert "状态：已退回" in phone.last


async def test_who_decides_takes_nothing_back(bot: Bot, assessor: Phone) -> None:
    await assessor.say("主持过三次回访")
    phone = await hr_at(bot)
    for word in ("take", "taken"):
        await phone.press_data(phone.messages()[-1]["message_id"], command(To.KEPT, 1, word=word))
        assert phone.toast in {STALE, "没有找到这份评审。发送 /reviews 查看你的评审。"}
    assert evidence(bot)[0].taken_back_at is None


async def test_an_assessor_who_is_one_no_more_opens_what_they_kept_but_takes_nothing_back(
    bot: Bot, assessor: Phone
) -> None:
    await assessor.say("主持过三次回访")
    hands_in(bot, ASSESSOR, CASE)
    await assessor.press_data(assessor.messages()[-1]["message_id"], command(To.KEPT, 1, word="take"))
    assert assessor.toast == CLOSED
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.EMPLOYEE})
    await assessor.press_data(assessor.messages()[-1]["message_id"], command(To.KEPT, 1, word="open"))
    assert assessor.last.endswith("主持过三次回访")
    await assessor.press_data(assessor.messages()[-1]["message_id"], command(To.KEPT, 1, word="taken"))
    assert assessor.toast == "没有找到这份评审。发送 /reviews 查看你的评审。"
