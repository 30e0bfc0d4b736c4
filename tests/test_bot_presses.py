"""Stale, doubled, foreign and forged presses, updates that come twice, and assessors side by side."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.run import TOKEN
from tests.deeds import signs
from tests.driver import (
    ASSESSOR,
    EMPLOYEE,
    SECOND_ASSESSOR,
    STRANGER,
    Bot,
    evidence,
    given_so_far,
)
from tests.phone import Phone, buttons, review, walk

pytest_plugins = ["tests.bot_fixtures"]

STALE = "这一屏已经过期，请看最新的一屏。"


# ——— stale, doubled, foreign and forged presses


async def test_a_doubled_press_counts_once(bot: Bot, assessor: Phone) -> None:
    await assessor.press_twice("✅ 达到")
    assert given_so_far(bot) == [("achievement.3.1", "met")]
    assert assessor.toast == STALE
    assert "第 2 条，共 4 条" in assessor.last


async def test_submitting_twice_at_once_gives_one_result(bot: Bot, assessor: Phone) -> None:
    await walk(assessor, all_met=True)
    await assessor.press_twice("提交评审")
    assert len(assessor.charts) == 1


async def test_an_old_button_is_refused_and_shows_where_the_review_stands(bot: Bot, assessor: Phone) -> None:
    old = assessor.button("❌ 未达到")
    await assessor.press("✅ 达到", "✅ 达到")
    await assessor.press_data(*old)
    assert assessor.toast == STALE
    assert "第 3 条，共 4 条" in assessor.last
    assert len(given_so_far(bot)) == 2


async def test_an_old_screen_becomes_the_living_one_and_the_other_goes(bot: Bot, assessor: Phone) -> None:
    (shown,) = [message for message in assessor.messages() if len(buttons(message)) > 5]
    copy = {"chat_id": ASSESSOR, "text": "旧屏", "reply_markup": shown["reply_markup"]}
    old = bot.sandbox.call(TOKEN, "sendMessage", copy)["message_id"]
    await assessor.press("✅ 达到")
    assert [m["message_id"] for m in assessor.messages() if len(buttons(m)) > 5] == [old]
    assert "第 2 条，共 4 条" in assessor.last


async def test_a_deleted_screen_is_sent_anew(bot: Bot, assessor: Phone) -> None:
    number, data = assessor.button("✅ 达到")
    bot.sandbox.press(ASSESSOR, number, data)
    bot.sandbox.remove(bot.sandbox.chats[ASSESSOR], number)
    await bot.settle()
    assert "第 2 条，共 4 条" in assessor.last


async def test_a_press_long_after_the_review_is_in_says_so(bot: Bot, assessor: Phone) -> None:
    old = assessor.button("✅ 达到")
    pause, hint = assessor.button("⏸ 暂停"), assessor.button("📝 备注")
    await walk(assessor, all_met=True)
    await assessor.press("提交评审")
    living = next(m["message_id"] for m in assessor.messages() if "评审已提交" in m.get("text", ""))
    before = len(given_so_far(bot))
    for (_, data), toast in ((old, STALE), (pause, ""), (hint, "")):
        await assessor.press_data(living, data)
        assert "评审已提交，谢谢！" in assessor.screen
        assert assessor.toast == toast
    assert len(given_so_far(bot)) == before
    assert len(assessor.charts) == 1


async def test_nobody_presses_in_somebody_elses_review(bot: Bot, assessor: Phone) -> None:
    _, data = assessor.button("✅ 达到")
    before = assessor.screen
    for user_id in (SECOND_ASSESSOR, EMPLOYEE, STRANGER):
        phone = bot.phone(user_id)
        await phone.start()
        for forged in (data, "o1", "p1", "s1.0.0", "i1:note"):
            await phone.press_data(phone.messages()[-1]["message_id"], forged)
            assert "没有找到这份评审" in phone.toast or "expired" in phone.toast or "find" in phone.toast
    assert given_so_far(bot) == []
    assert assessor.screen == before


PRESSES = st.one_of(
    st.binary(min_size=1, max_size=64).map(lambda data: data.decode("latin-1")[:32]),
    st.text(min_size=1, max_size=16),
    st.from_regex(r"r[1-5]\.[0-9a-z]{1,2}\.[0-9a-z]{1,2}\.[a-z][0-9A-Za-z_. -]{0,12}", fullmatch=True),
    st.from_regex(r"r[0-9a-z]{1,12}\.[0-9a-z]{1,4}\.[0-9a-z]{1,6}\.[a-z][0-9A-Za-z_. -]{0,30}", fullmatch=True),
    st.from_regex(r"[opsicelt][0-9a-z]{0,12}(\.[0-9a-z]{1,12}){0,4}(:[A-Za-z-]{1,16})?", fullmatch=True),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.lists(PRESSES, min_size=1, max_size=5), user_id=st.sampled_from([ASSESSOR, SECOND_ASSESSOR, 1001, STRANGER])
)
async def test_any_callback_data_at_all_is_answered(bot: Bot, data: list[str], user_id: int) -> None:
    phone = bot.phone(user_id)
    await phone.start()
    for each in data:
        await phone.press_data(phone.messages()[-1]["message_id"], each)
    assert bot.sandbox.queries == {}
    assert bot.complaints == []


ACTS = st.from_regex(r"[maroxdutbfsjl](met|partly|[0-9]{1,3}(\.5)?|-?[0-9 ]{0,8}|[a-zA-Z_. -]{0,9})", fullmatch=True)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=20))
async def test_any_act_with_a_true_reference_is_answered(bot: Bot, acts: list[str]) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    for act in acts:
        number, _ = phone.button("⏸ 暂停")
        pressable = [each["callback_data"] for each in buttons(phone.messages()[-1])]
        place = next(data for data in pressable if data.startswith("r")).rpartition(".")[0]
        await phone.press_data(number, f"{place}.{act}")
    assert bot.sandbox.queries == {}
    assert bot.complaints == []


# ——— a second time, and a second assessor


async def test_an_update_that_comes_twice_gives_nothing_twice(bot: Bot, assessor: Phone) -> None:
    await assessor.press("✅ 达到")
    await assessor.say("一条备注")
    await assessor.send_photo("照片")
    await assessor.press("其余全部达到", "4 基本达标")
    await assessor.say("原因")
    before = given_so_far(bot), len(evidence(bot))
    await bot.again()
    assert (given_so_far(bot), len(evidence(bot))) == before
    await walk(assessor, all_met=True)
    await assessor.press("提交评审")
    before = given_so_far(bot), len(evidence(bot))
    await bot.again()
    assert (given_so_far(bot), len(evidence(bot))) == before
    assert len(assessor.charts) == 1


async def test_two_assessors_are_blind_to_each_other_until_both_are_in(bot: Bot) -> None:
    first, second, employee = bot.phone(ASSESSOR), bot.phone(SECOND_ASSESSOR), bot.phone(EMPLOYEE)
    await employee.start()
    await review(first, "2级", all_met=True, score="95")
    assert (first.charts, employee.charts) == ([], [])
    await employee.say("/result")
    assert "你还没有评估结果" in employee.last
    await second.start()
    await second.press("2级")
    assert "0%" in second.last
    assert not second.offers("•")
    await walk(second, mark="❌ 未达到", score="95")
    assert "5" not in second.last.split("基本能力")[1].split("专业/技术能力")[0].replace("5. ", "")
    await second.press("提交评审")
    signs(bot)
    await bot.settle()
    assert [len(phone.charts) for phone in (first, second, employee)] == [1, 1, 1]
    await employee.press("每个数字", "下一页")
    assert "成就导向：2.5 分" in employee.last
