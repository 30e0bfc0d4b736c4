"""What an employee sees of a result and can say to it: the grade that counts, acknowledging, one appeal in time."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.sandbox.html import units
from qualify.access import Role
from qualify.services.assessments import appeals, lifecycle, sign_off
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.people import roles
from qualify.storage.tables import Person, StoredResult
from qualify.workflow import Rules
from tests.company import OPERATOR, looked_up
from tests.deeds import SIGNED, actor, both_hand_in, hands_in, not_met, publishes, signs
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, EMPLOYEE_A, SECOND_ASSESSOR, STRANGER, Bot, bot_on, company
from tests.phone import Phone, buttons, read_to_the_end

EXPLAIN, LEARN = "📖 每个数字怎么来的", "📚 接下来学什么"
ACCEPT, APPEAL = "✅ 确认，没有异议", "⚖️ 申诉（11-29 12:00 前）"
NOTED = "✅ 我已知悉"
UNKNOWN = "没有找到这份结果。发送 /history 查看你的结果。"
FORBIDDEN = "你没有权限做这件事。如果需要，请联系管理员。"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with company(tmp_path) as bot:
        for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE, EMPLOYEE_A):
            await bot.phone(user_id).start()
        yield bot


@pytest.fixture
async def phone(bot: Bot) -> Phone:
    """Chen Chen's phone, a signed result just published."""
    publishes(bot)
    await bot.settle()
    return bot.phone(EMPLOYEE)


def state(bot: Bot) -> str:
    """Where the assessment stands."""
    assessment, _, _ = looked_up(bot.context, SIGNED)
    return assessment.state


def opened(bot: Bot, standard: str = "service-manager", level: str = "3") -> int:
    """Another assessment of Chen Chen, by Zhou Ming, handed in with everything met; its id."""
    due = bot.context.today() + timedelta(days=9)
    opening = Opening(standard, level, "Q004", (("Q002", Decimal(1)),), due)
    assessment_id = openings.open_assessment(bot.context, OPERATOR, opening)
    _, _, ((review, _),) = looked_up(bot.context, assessment_id)
    hands_in(bot, ASSESSOR, review.id)
    return assessment_id


async def later(bot: Bot, **time: int) -> None:
    """Let time pass."""
    bot.sandbox.clock.advance(timedelta(**time))
    await bot.settle()


# ——— only what is published


async def test_nobody_but_the_administrator_sees_a_result_before_it_is_published(bot: Bot) -> None:
    both_hand_in(bot)
    for _ in range(2):
        for user_id in (EMPLOYEE, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE_A, STRANGER):
            phone = bot.phone(user_id)
            await phone.start()
            for data in ("c2", "e2.0", "e2.1", "k2", "y2"):
                await phone.press_data(phone.messages()[-1]["message_id"], data)
                assert phone.toast
                assert "确认" not in phone.toast
            for command in ("/result", "/history"):
                await phone.say(command)
            assert phone.charts == []
            assert "达标" not in phone.screen
        if state(bot) == "reviewed":
            sign_off.sign_off(bot.context, actor(bot, ADMIN), SIGNED)
    assert state(bot) == "signed_off"
    admin = bot.phone(ADMIN)
    await admin.press_data(admin.messages()[-1]["message_id"], "c2")
    assert "🔒 尚未发布，本人还看不到。" in admin.last
    assert admin.labels == [EXPLAIN, LEARN]


async def test_once_published_its_assessors_see_it_and_nobody_else_does(bot: Bot, phone: Phone) -> None:
    assert [len(bot.phone(user_id).charts) for user_id in (EMPLOYEE, ASSESSOR, SECOND_ASSESSOR)] == [1, 1, 1]
    for user_id in (ASSESSOR, SECOND_ASSESSOR):
        assert bot.phone(user_id).labels == [EXPLAIN, LEARN], "an assessor has nothing to say to it"
    stranger = bot.phone(EMPLOYEE_A)
    for data in ("c2", "e2.0", "k2", "y2"):
        await stranger.press_data(stranger.messages()[-1]["message_id"], data)
        assert stranger.toast == UNKNOWN
    assert stranger.charts == []


# ——— the caption


async def test_the_news_says_who_signed_how_long_it_is_valid_and_what_one_can_say_to_it(phone: Phone) -> None:
    assert phone.last.splitlines() == [
        "你的评估结果出来了。",
        "陈晨 · 客户经理能力素质模型 · 2级（高级）",
        "18/18 达标",
        "林雪签署于 2026-11-22 · 有效期至 2028-11-22",
    ]
    assert phone.labels == [EXPLAIN, LEARN, ACCEPT, APPEAL]


async def test_a_result_that_nobody_had_to_sign_names_no_signature(bot: Bot) -> None:
    hands_in(bot, ASSESSOR, 1)
    await bot.settle()
    assert bot.phone(EMPLOYEE).last.splitlines()[-1] == "有效期至 2028-11-22"


async def test_signed_on_the_command_line_it_says_an_administrator(bot: Bot) -> None:
    both_hand_in(bot)
    sign_off.sign_off(bot.context, OPERATOR, SIGNED)
    sign_off.publish(bot.context, OPERATOR, SIGNED)
    await bot.settle()
    assert "管理员签署于 2026-11-22 · " in bot.phone(EMPLOYEE).last


async def test_a_grade_signed_otherwise_stands_beside_the_computed_one_with_its_reason(bot: Bot) -> None:
    signs(bot, opened(bot), "ordinary", "案例 <b>质量</b> & 数量不够")
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    line = "级内等：普通等（计算为职业等，签署人改定：案例 <b>质量</b> & 数量不够）"
    assert phone.last.splitlines()[2:4] == ["总分 100 分", line]
    assert "最省力" not in phone.last
    await phone.press("每个数字")
    assert phone.last.splitlines()[2:4] == ["林雪签署于 2026-11-22 · 有效期至 2028-11-22", line]
    assert "从 85 分起为职业等" in phone.last, "what was computed stays explained"


async def test_a_level_that_was_not_granted_on_signing_says_so(bot: Bot) -> None:
    signs(bot, opened(bot), "none", "关键项目没有参加")
    await bot.settle()
    assert "不授予该级别（计算为职业等，签署人改定：关键项目没有参加）" in bot.phone(EMPLOYEE).last


async def test_a_grade_signed_although_a_key_condition_blocks_it_counts(bot: Bot) -> None:
    due = bot.context.today() + timedelta(days=9)
    opening = Opening("service-manager", "4", "Q004", (("Q002", Decimal(1)),), due)
    assessment_id = openings.open_assessment(bot.context, OPERATOR, opening)
    _, _, ((review, _),) = looked_up(bot.context, assessment_id)
    hands_in(bot, ASSESSOR, review.id, not_met)
    signs(bot, assessment_id, "basic", "特批")
    await bot.settle()
    assert "级内等：基础等（计算为不授予该级别，签署人改定：特批）" in bot.phone(EMPLOYEE).last
    assert "关键条件未满足" not in bot.phone(EMPLOYEE).last


@pytest.mark.parametrize("filling", ["陈", "<a>&", "𠮷"], ids=["汉", "markup", "astral"])
async def test_the_caption_fits_whatever_the_name_and_the_reason_and_keeps_what_matters(bot: Bot, filling: str) -> None:
    with bot.context.database.transaction() as connection:
        connection.execute(update(Person).where(col(Person.staff_no).in_(["Q001", "Q004"])).values(name=filling * 200))
    signs(bot, opened(bot))
    signs(bot, opened(bot), "ordinary", filling * (1000 // len(filling)))
    with bot.context.database.transaction() as connection:
        connection.execute(update(StoredResult).values(own=json.dumps({"customer-visits": "1"})))
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    await phone.say("/result")
    assert units(phone.last) <= 1024
    for words in (
        "总分 100 分",
        "级内等：普通等",
        "比 2026-11-22：总分不变",
        "签署于 2026-11-22 · 有效期至",
        "自评只列在旁边",
    ):
        assert words in phone.last
    pages = await read_to_the_end(phone)
    assert max(map(units, pages)) <= 4096
    assert any(filling * (1000 // len(filling)) in page for page in pages), "the explanation has the whole reason"


async def test_an_expired_result_says_since_when(bot: Bot, phone: Phone) -> None:
    await later(bot, days=732)
    lifecycle.expire(bot.context)
    await phone.say("/result")
    assert phone.last.splitlines()[-1] == "林雪签署于 2026-11-22 · ⌛ 有效期到 2028-11-22 为止，已过期"
    assert phone.labels == [EXPLAIN, LEARN]


# ——— compared with the last one


async def test_a_total_is_compared_with_the_last_result_of_the_same_level(bot: Bot) -> None:
    first = opened(bot)
    signs(bot, first)
    await later(bot, days=1)
    due = bot.context.today() + timedelta(days=9)
    opening = Opening("service-manager", "3", "Q004", (("Q002", Decimal(1)),), due)
    assessment_id = openings.open_assessment(bot.context, OPERATOR, opening)
    _, _, ((review, _),) = looked_up(bot.context, assessment_id)
    hands_in(bot, ASSESSOR, review.id, not_met)
    signs(bot, assessment_id)
    await bot.settle()
    phone = bot.phone(EMPLOYEE)
    assert "比 2026-11-22：−100 分" in phone.last
    await phone.press("每个数字", "下一页")
    title, _, heading, *changed = phone.last.splitlines()
    assert title.startswith("陈晨 · 结果说明（2/")
    assert heading == "与 2026-11-22 的结果相比，评分有变化的要素："
    assert "↓ 客户拜访：5 → 0" in changed
    assert all(line.startswith("↓ ") for line in changed)


async def test_on_a_scale_the_elements_that_meet_the_standard_are_compared(bot: Bot, phone: Phone) -> None:
    signs(bot, opened(bot, "client-manager", "2"))
    await bot.settle()
    assert "比 2026-11-22：达标项数不变" in phone.last
    await phone.press("每个数字", "下一页")
    assert phone.last.endswith("与 2026-11-22 的结果相比，各要素的评分都没有变化。")


async def test_more_elements_than_last_time_are_counted_up(bot: Bot) -> None:
    both_hand_in(bot, not_met)
    signs(bot)
    signs(bot, opened(bot, "client-manager", "2"))
    await bot.settle()
    assert "比 2026-11-22：+14 项达标" in bot.phone(EMPLOYEE).last
    await bot.phone(EMPLOYEE).press("每个数字", "下一页")
    assert "↑ 成就导向：2.5 → 5" in bot.phone(EMPLOYEE).last


async def test_a_first_result_is_compared_with_nothing(phone: Phone) -> None:
    await phone.press("每个数字", "下一页")
    assert "比 2026" not in phone.screen
    assert "相比" not in phone.screen


# ——— who rated


async def test_the_employee_reads_numbers_in_place_of_names_where_the_company_wants_it(tmp_path: Path) -> None:
    async with company(tmp_path) as bot:
        pass
    hiding = replace(bot.context, rules=Rules(hide_assessors=True))
    async with bot_on(hiding, bot.sandbox) as bot:
        for user_id in (EMPLOYEE, ASSESSOR):
            await bot.phone(user_id).start()
        both_hand_in(bot, not_met)
        signs(bot)
        await bot.settle()
        assert "林雪签署于" in bot.phone(EMPLOYEE).last
        for user_id, named in ((EMPLOYEE, False), (ASSESSOR, True)):
            phone = bot.phone(user_id)
            read = "".join(await read_to_the_end(phone))
            assert ("周明" in read, "吴倩" in read, "评审员 1（权重" in read) == (named, named, not named)
            assert ("❌1 " in read, "❌吴倩" in read) == (not named, False)
        assert "周明" not in bot.phone(EMPLOYEE).screen
        assert "吴倩" not in bot.phone(EMPLOYEE).screen


async def test_the_employee_reads_which_criteria_were_marked_down_and_by_whom_and_an_assessor_does_not(
    bot: Bot,
) -> None:
    for user_id in (EMPLOYEE, ASSESSOR):
        await bot.phone(user_id).start()
    both_hand_in(bot, not_met)
    signs(bot)
    await bot.settle()
    read = {user_id: "".join(await read_to_the_end(bot.phone(user_id))) for user_id in (EMPLOYEE, ASSESSOR)}
    assert "❌吴倩 能主动维系与高端客户" in read[EMPLOYEE]
    assert "❌周明" not in read[EMPLOYEE]
    assert "能主动维系与高端客户" not in read[ASSESSOR], "what a fellow answered stays theirs"


async def test_nor_the_name_of_an_assessor_who_signed(tmp_path: Path) -> None:
    async with company(tmp_path) as bot:
        roles.set_roles(bot.context, OPERATOR, "Q002", [Role.ASSESSOR, Role.ADMIN])
    hiding = replace(bot.context, rules=Rules(hide_assessors=True))
    async with bot_on(hiding, bot.sandbox) as bot:
        for user_id in (EMPLOYEE, SECOND_ASSESSOR):
            await bot.phone(user_id).start()
        both_hand_in(bot)
        sign_off.sign_off(bot.context, actor(bot, ASSESSOR), SIGNED)
        sign_off.publish(bot.context, actor(bot, ASSESSOR), SIGNED)
        await bot.settle()
        assert "管理员签署于" in bot.phone(EMPLOYEE).last
        assert "周明签署于" in bot.phone(SECOND_ASSESSOR).last


# ——— acknowledging


async def test_acknowledged_it_is_said_and_the_buttons_are_gone(bot: Bot, phone: Phone) -> None:
    await phone.press(ACCEPT)
    assert phone.last.endswith("\n\n确认后，这份结果就不能再申诉了。确定没有异议吗？")
    assert (state(bot), phone.labels) == ("published", ["✅ 确认，不再申诉", "再想想"])
    await phone.press("再想想")
    assert (state(bot), phone.labels) == ("published", [EXPLAIN, LEARN, ACCEPT, APPEAL])
    await phone.press(ACCEPT, "确认，不再申诉")
    assert phone.toast == "已确认，谢谢！"
    assert state(bot) == "acknowledged"
    assert phone.labels == [EXPLAIN, LEARN]
    assert "✅ 已确认。" in phone.last
    assert len(phone.charts) == 1


async def test_pressed_twice_it_is_acknowledged_once(bot: Bot, phone: Phone) -> None:
    await phone.press(ACCEPT)
    await phone.press_twice("确认，不再申诉")
    assert phone.toast == "你已经确认过这份结果了。"
    assert (state(bot), phone.labels) == ("acknowledged", [EXPLAIN, LEARN])


async def test_an_older_chart_loses_its_buttons_when_one_presses_them_too_late(bot: Bot, phone: Phone) -> None:
    first, accept = phone.button(ACCEPT)
    _, appeal = phone.button(APPEAL)
    await phone.say("/result")
    await phone.press(ACCEPT, "确认，不再申诉")
    await phone.press_data(first, appeal)
    assert phone.toast == "这份评估现在是“已确认”，不能申诉。"
    await phone.press_data(first, accept)
    assert phone.toast == "你已经确认过这份结果了。"
    shown = next(message for message in phone.messages() if message["message_id"] == first)
    assert [each["text"] for each in buttons(shown)] == [EXPLAIN, LEARN]


# ——— appealing


async def test_an_appeal_is_drafted_in_several_messages_shown_and_then_handed_in(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    assert phone.last.splitlines()[0] == "⚖️ 申诉（还没有提交）"
    assert phone.labels == ["放弃"], "there is nothing to hand in yet"
    await phone.send_photo()
    assert "🖼" in phone.last
    assert phone.labels == ["放弃"], "a reason is missing"
    await phone.say("第 5 项的证据没有看")
    await phone.send_document("拜访 <记录>.pdf", b"%PDF", "第 3 页")
    await phone.say("请再看一遍")
    assert phone.last.splitlines() == [
        *["⚖️ 申诉（还没有提交）", "", "第 5 项的证据没有看", "第 3 页", "请再看一遍", ""],
        *["📎 证明材料 2 份：🖼 📄拜访 <记录>.pdf", "", "可以接着补充。提交以后不能再改，这个结果只能申诉一次。"],
    ]
    assert phone.labels == ["⚖️ 提交申诉", "放弃"]
    assert phone.screen.count("申诉（还没有提交）") == 1, "the draft stands in the chat once"
    assert state(bot) == "published"
    await phone.press("提交申诉")
    assert phone.last.startswith("⚖️ 申诉已提交。管理员会重新看这份结果")
    assert state(bot) == "appealed"
    chart = phone.charts[-1]
    assert "⚖️ 已申诉，等待答复。" in chart["caption"]
    assert [each["text"] for each in buttons(chart)] == [EXPLAIN, LEARN]
    assert "第 5 项的证据没有看\n第 3 页\n请再看一遍" in bot.phone(ADMIN).last


async def test_who_answers_an_appeal_opens_its_files_from_the_news_and_from_the_case(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.send_photo("拜访照片")
    await phone.send_document("记录.pdf", b"%PDF")
    await phone.press("提交申诉")
    admin = bot.phone(ADMIN)
    assert admin.labels == ["📎 申诉证明（2）", "打开"]
    await admin.press("申诉证明")
    first, second = admin.messages()[-2:]
    assert (first["caption"], second["caption"]) == ("⚖️ 陈晨的申诉证明 1/2\n拜访照片", "⚖️ 陈晨的申诉证明 2/2")
    assert second["document"]["file_name"] == "记录.pdf"
    await admin.press("返回")
    await admin.press("申诉证明")
    assert admin.last == "⚖️ 陈晨的申诉证明 2/2"


async def test_nobody_but_who_answers_opens_the_files_of_an_appeal(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.send_photo("拜访照片")
    await phone.press("提交申诉")
    for user_id in (ASSESSOR, EMPLOYEE, EMPLOYEE_A):
        other = bot.phone(user_id)
        before = len(other.messages())
        await other.press_data(other.messages()[-1]["message_id"], f"a{SIGNED}:case-proofs")
        assert len(other.messages()) == before


async def test_an_appeal_too_long_is_refused_and_the_draft_stays(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.say("长" * 990)
    await phone.say("长" * 10)
    assert phone.last == "请用文字写明申诉的理由，不超过 1000 个字。", "with the line between them it is one too many"
    await phone.say("  短一些 ")
    assert "长" * 990 + "\n短一些" in phone.last
    await phone.press("提交申诉")
    assert state(bot) == "appealed"


async def test_more_files_than_an_appeal_has_room_for_are_refused(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    for _ in range(10):
        await phone.send_voice()
    await phone.send_voice()
    assert phone.last == "证明材料最多 10 份。"
    await phone.say("请听录音")
    assert "📎 证明材料 10 份：" in phone.last


async def test_a_draft_outlives_the_bot_and_whatever_one_does_meanwhile(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.say("第 5 项的证据没有看")
    async with bot_on(bot.context, bot.sandbox) as later:
        phone = later.phone(EMPLOYEE)
        await phone.say("还有第 6 项")
        assert "第 5 项的证据没有看\n还有第 6 项" in phone.last
        await phone.say("/help")
        await phone.press(APPEAL)
        assert "第 5 项的证据没有看\n还有第 6 项" in phone.last
        await phone.press("提交申诉")
        assert state(later) == "appealed"


async def test_given_up_nothing_is_left_of_a_draft(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.say("第 5 项的证据没有看")
    await phone.press("放弃")
    assert phone.last == "好的，已放弃，什么都没有提交。申诉期内随时可以重新写。"
    assert state(bot) == "published"
    await phone.say("在吗")
    assert phone.last.startswith("我没看懂。")
    await phone.press(APPEAL)
    assert phone.labels == ["放弃"]
    assert "第 5 项" not in phone.last


async def test_looking_something_up_meanwhile_does_not_take_the_question_back(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL, "每个数字", "下一页")
    await phone.say("第 5 项的证据没有看")
    await phone.press("提交申诉")
    assert state(bot) == "appealed"


async def test_cancelled_nothing_is_handed_in(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.say("/cancel")
    assert phone.last == "好的，已取消，什么都没有提交。"
    await phone.say("第 5 项的证据没有看")
    assert phone.last.startswith("我没看懂。")
    assert state(bot) == "published"
    await phone.say("/cancel")
    assert phone.last == "现在没有进行中的评审。"


@pytest.mark.parametrize("command", ["/start", "/unknown"])
async def test_nor_after_any_other_command(bot: Bot, phone: Phone, command: str) -> None:
    await phone.press(APPEAL)
    await phone.say(command)
    await phone.say("在吗")
    assert phone.last.startswith("我没看懂。")
    assert state(bot) == "published"


async def test_an_appeal_comes_once(bot: Bot, phone: Phone) -> None:
    number, data = phone.button(APPEAL)
    await phone.press(APPEAL)
    await phone.say("第一次")
    await phone.press("提交申诉")
    await phone.press_data(number, data)
    assert phone.toast == "申诉过的结果，或者申诉后重新核定的结果，不能再申诉。"
    await phone.say("第二次")
    assert phone.last.startswith("我没看懂。")


async def test_what_was_asked_twice_is_handed_in_once(bot: Bot, phone: Phone) -> None:
    await phone.press_twice(APPEAL)
    await phone.say("第一次")
    await phone.press_twice("提交申诉")
    await phone.say("第二次")
    assert phone.last.startswith("我没看懂。")
    ((made, _, _),) = appeals.listed(bot.context, OPERATOR)
    assert made.text == "第一次"


async def test_after_the_last_moment_it_is_too_late_and_the_chart_says_what_is_left(bot: Bot, phone: Phone) -> None:
    await later(bot, days=7)
    await phone.say("/result")
    assert phone.labels == [EXPLAIN, LEARN, ACCEPT, APPEAL], "the last moment is still in time"
    await later(bot, seconds=1)
    await phone.press(APPEAL)
    assert phone.toast == "申诉期已过：收到结果后 7 天内可以申诉，最晚从发布一天后算起。"
    assert phone.labels == [EXPLAIN, LEARN, NOTED]
    await phone.press(NOTED)
    assert state(bot) == "acknowledged"


async def test_who_writes_until_it_is_too_late_is_told_and_asked_no_more(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await later(bot, days=7, seconds=1)
    await phone.say("第 5 项的证据没有看")
    assert phone.last == "申诉期已过：收到结果后 7 天内可以申诉，最晚从发布一天后算起。"
    await phone.say("真的吗")
    assert phone.last.startswith("我没看懂。")
    assert state(bot) == "published"


async def test_an_answered_appeal_can_be_taken_note_of(bot: Bot, phone: Phone) -> None:
    await phone.press(APPEAL)
    await phone.say("第 5 项的证据没有看")
    await phone.press("提交申诉")
    appeals.answer(bot.context, OPERATOR, SIGNED, "看过了，维持原结果。")
    await bot.settle()
    await phone.press("查看结果")
    assert "⚖️ 申诉已答复，结果不变。" in phone.last
    assert phone.labels == [EXPLAIN, LEARN, NOTED]
    await phone.press(NOTED)
    assert state(bot) == "acknowledged"


async def test_while_it_is_reviewed_again_the_result_says_so_and_then_that_it_was_replaced(
    bot: Bot, phone: Phone
) -> None:
    number, accept = phone.button(ACCEPT)
    _, appeal = phone.button(APPEAL)
    await phone.press(APPEAL)
    await phone.say("第 5 项的证据没有看")
    await phone.press("提交申诉")
    appeals.reopen(bot.context, OPERATOR, SIGNED, "同意，请两位重评。")
    await bot.settle()
    for _ in range(2):
        await phone.say("/result")
        assert "🔁 正在重新核定，新结果发布前以这份为准。" in phone.last
        assert phone.labels == [EXPLAIN, LEARN]
        if state(bot) == "returned":
            both_hand_in(bot)
            await bot.settle()
    signs(bot)
    await bot.settle()
    assert phone.last.startswith("你的评估结果出来了。")
    assert phone.labels == [EXPLAIN, LEARN, NOTED], "an assessment is appealed once"
    for data in (accept, appeal):
        await phone.press_data(number, data)
        assert phone.toast == "这份结果已被新的结果取代。发送 /result 查看最新结果。"
    await phone.press_data(number, "c2")
    assert "↪️ 已被新的结果取代，发送 /result 查看。" in phone.last
    assert phone.labels == [EXPLAIN, LEARN]


# ——— forged


async def test_nobody_else_can_say_anything_to_a_result(bot: Bot, phone: Phone) -> None:
    for user_id, answer in ((ADMIN, FORBIDDEN), (ASSESSOR, FORBIDDEN), (EMPLOYEE_A, UNKNOWN), (STRANGER, "")):
        other = bot.phone(user_id)
        await other.start()
        for data in ("k2", "y2", "k2.1", "y2:x"):
            await other.press_data(other.messages()[-1]["message_id"], data)
            assert answer in other.toast
            assert other.toast
        await other.say("我替陈晨申诉")
    assert state(bot) == "published"
    assert appeals.listed(bot.context, OPERATOR) == []


@pytest.mark.parametrize("data", ["k", "y", "k99", "yzzzz", "k0"])
async def test_a_forged_button_is_refused(bot: Bot, phone: Phone, data: str) -> None:
    for message in (phone.messages()[0], phone.charts[0]):
        await phone.press_data(message["message_id"], data)
        assert phone.toast in (UNKNOWN, "这一屏已经过期，请看最新的一屏。")
    assert state(bot) == "published"


async def test_forged_under_a_text_the_answer_still_counts(bot: Bot, phone: Phone) -> None:
    await phone.press_data(phone.messages()[1]["message_id"], "k2.1")
    assert (phone.toast, state(bot)) == ("已确认，谢谢！", "acknowledged")
