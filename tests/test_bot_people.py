"""Who gets in and who doesn't; settings, commands, groups, and people who leave and come back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.handlers.commands import COMMANDS, EVERYBODY
from bot.sandbox.account import commands_for
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import HitByFault, NetworkFault
from qualify.access import Role
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.people import joining
from qualify.storage import people as stored
from qualify.storage.tables import Person
from tests.company import OPERATOR
from tests.driver import (
    ADMIN,
    ASSESSOR,
    EMPLOYEE,
    EMPLOYEE_DONE,
    NEWCOMER,
    SECOND_ASSESSOR,
    STRANGER,
    Bot,
    bot_on,
)
from tests.phone import review

pytest_plugins = ["tests.bot_fixtures"]

WAY_IN = "To begin, open the invitation link from your administrator."
UNUSABLE = "这个邀请链接已用过、已过期或已换成新的。请向管理员要最新的链接。"
GROUP = -100


def deactivate(bot: Bot, staff_no: str) -> None:
    with bot.context.database.transaction() as connection:
        connection.execute(update(Person).where(Person.staff_no == staff_no).values(active=False))  # type: ignore[arg-type]


# ——— strangers and invitations


async def test_a_stranger_sees_a_way_in_and_nothing_else(bot: Bot) -> None:
    stranger = bot.phone(STRANGER)
    commands = [f"/{name}" for name in COMMANDS if name != "privacy"]
    for text in (*commands, "/start wrong-token", "/secret", "周明", "1"):
        await stranger.say(text)
        assert ("was used, has expired" if "wrong" in text else WAY_IN) in stranger.last
    await stranger.send_photo("谁在吗")
    assert WAY_IN in stranger.last
    assert all("[" not in line for line in stranger.screen.splitlines()), "not a single button"
    for name in ("周明", "陈晨", "客户经理", "任职"):
        assert name not in stranger.screen.replace("Alex: 周明", "")


async def test_a_strangers_forged_presses_lead_nowhere(bot: Bot) -> None:
    stranger = bot.phone(STRANGER)
    await stranger.start()
    before = stranger.screen
    for data in ("c1", "e1.0", "len", "tdark", "l:en", "t:dark", "o1", "i1:note"):
        await stranger.press_data(stranger.messages()[-1]["message_id"], data)
        assert stranger.toast
    assert stranger.screen.startswith(before)
    assert [message["message_id"] for message in stranger.messages()] == [1, 2]


async def test_an_invitation_lets_one_person_in_once(bot: Bot) -> None:
    token = joining.invite(bot.context, OPERATOR, "Q008")
    newcomer, stranger = bot.phone(NEWCOMER), bot.phone(STRANGER)
    await newcomer.start(token)
    assert "欢迎，马超！已为你开通。" in newcomer.screen
    await stranger.start(token)
    assert "马超" not in stranger.screen
    await newcomer.start(token)
    assert "你好，马超！" in newcomer.last, "the link again is a plain start"
    await newcomer.say("/result")
    assert "你还没有评估结果" in newcomer.last


async def test_an_invitation_expires_after_two_weeks(bot: Bot) -> None:
    token = joining.invite(bot.context, OPERATOR, "Q008")
    bot.sandbox.clock.advance(timedelta(days=14, seconds=1))
    await bot.phone(NEWCOMER).start(token)
    assert bot.phone(NEWCOMER).last == UNUSABLE


async def test_a_link_that_was_replaced_by_a_newer_one_lets_nobody_in(bot: Bot) -> None:
    first, second = joining.invite(bot.context, OPERATOR, "Q008"), joining.invite(bot.context, OPERATOR, "Q008")
    await bot.phone(NEWCOMER).start(first)
    assert bot.phone(NEWCOMER).last == UNUSABLE
    await bot.phone(NEWCOMER).start(second)
    assert "欢迎，马超！" in bot.phone(NEWCOMER).screen


async def test_somebody_who_belongs_already_does_not_use_another_ones_invitation_up(bot: Bot) -> None:
    token = joining.invite(bot.context, OPERATOR, "Q008")
    await bot.phone(EMPLOYEE).start(token)
    assert "你好，陈晨！" in bot.phone(EMPLOYEE).last
    await bot.phone(NEWCOMER).start(token)
    assert "欢迎，马超！" in bot.phone(NEWCOMER).screen


async def test_what_a_newcomer_is_owed_comes_with_the_welcome(bot: Bot) -> None:
    with bot.context.database.transaction() as connection:
        person = stored.by_staff_no(connection, "Q008")
        assert person
        stored.set_roles(connection, person.id, [Role.ASSESSOR])
    due = bot.context.today() + timedelta(days=3)
    openings.open_assessment(
        bot.context, OPERATOR, Opening("client-manager", "4", "Q004", (("Q008", Decimal(1)),), due)
    )
    await bot.phone(NEWCOMER).start(joining.invite(bot.context, OPERATOR, "Q008"))
    assert "你有 1 份评审待完成" in bot.phone(NEWCOMER).screen
    await bot.phone(NEWCOMER).press("陈晨")
    assert "第 1 条" in bot.phone(NEWCOMER).last


# ——— settings, help, commands


@pytest.mark.parametrize("command", ["/settings", "/language", "/LANGUAGE", "/settings@qualify_bot"])
async def test_the_language_is_chosen_and_remembered_also_after_a_restart(bot: Bot, command: str) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.say(command)
    assert "• 简体中文" in phone.labels
    await phone.press("English")
    assert "• English" in phone.labels
    assert phone.last.startswith("Settings")
    async with bot_on(bot.context, bot.sandbox) as later:
        phone = later.phone(ASSESSOR)
        await phone.say("/help")
        assert "This is what I do" in phone.last
        await phone.say("/reviews")
        await phone.press("Level 3")
        assert "[✅ Met]" in phone.screen


async def test_the_same_choice_twice_is_no_error(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    await phone.say("/settings")
    await phone.press("深色", "深色", "浅色", "简体中文")
    assert "• ☀️ 浅色" in phone.labels


async def test_a_language_that_does_not_exist_is_refused(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    await phone.say("/settings")
    await phone.press_data(phone.messages()[-1]["message_id"], "l:fr")
    assert phone.toast == "没有“fr”这个选项。"
    await phone.press_data(phone.messages()[-1]["message_id"], "t")
    assert phone.toast == "没有“”这个选项。"


async def test_a_new_account_is_spoken_to_in_the_language_of_its_telegram(bot: Bot) -> None:
    await bot.phone(STRANGER).start()
    assert "Hello!" in bot.phone(STRANGER).last
    await bot.phone(NEWCOMER).start()
    assert "你好！" in bot.phone(NEWCOMER).last


@pytest.mark.parametrize("text", ["/help", "/unknown", "/"])
async def test_help_says_what_the_bot_can_do(bot: Bot, text: str) -> None:
    await bot.phone(EMPLOYEE).say(text)
    assert "我能做这些" in bot.phone(EMPLOYEE).last


@pytest.mark.parametrize("text", ["你好", "😀", "<b>", "12"])
async def test_a_message_that_fits_nothing_gets_an_answer(bot: Bot, text: str) -> None:
    await bot.phone(EMPLOYEE).say(text)
    assert "我没看懂" in bot.phone(EMPLOYEE).last


async def test_a_sticker_from_somebody_without_a_review_gets_an_answer(bot: Bot) -> None:
    bot.sandbox._send(EMPLOYEE, None, {"dice": {"emoji": "🎲", "value": 6}})
    await bot.settle()
    assert "我没看懂" in bot.phone(EMPLOYEE).last


async def test_cancel_without_anything_in_hand_says_so(bot: Bot) -> None:
    await bot.phone(EMPLOYEE).say("/cancel")
    assert bot.phone(EMPLOYEE).last == "现在没有进行中的评审。"


async def test_the_commands_are_set_in_both_languages_at_start(bot: Bot) -> None:
    assert [each["command"] for each in commands_for(bot.sandbox, EMPLOYEE)] == list(EVERYBODY)
    assert {each["description"] for each in commands_for(bot.sandbox, EMPLOYEE)} >= {"开始", "最新结果"}
    assert {each["description"] for each in commands_for(bot.sandbox, STRANGER)} >= {"Start", "Help"}


async def test_a_telegram_that_will_not_take_the_commands_does_not_stop_the_bot(bot: Bot) -> None:
    bot.sandbox.fail_next("setMyCommands", ApiError(429, "Too Many Requests: retry after 9", {"retry_after": 9}))
    async with bot_on(bot.context, bot.sandbox) as later:
        assert "the commands stay as they were" in later.complained() + bot.complained()
        await later.phone(EMPLOYEE).say("/help")


async def test_the_bot_waits_at_start_until_telegram_can_be_reached(bot: Bot) -> None:
    bot.sandbox.fail_next("getMe", ApiError(502, "Bad Gateway"), times=2)
    no_bot = NetworkFault("odd", False, "reply", 200, '{"ok":true,"result":[]}')
    bot.sandbox.fail_next("getMe", HitByFault(no_bot, None))
    async with bot_on(bot.context, bot.sandbox) as later:
        waits = bot.complained().splitlines()
        later.complained()
        assert [line.rpartition("again in ")[2] for line in waits] == ["1 s", "2 s", "4 s"]
        await later.phone(EMPLOYEE).say("/help")


# ——— groups


async def test_in_a_group_it_says_once_where_it_works_and_is_quiet_then(bot: Bot) -> None:
    bot.sandbox.add_group(GROUP, "客服部", [ASSESSOR, EMPLOYEE])
    await bot.settle()
    for text in ("/start", "/result@qualify_bot", "大家好"):
        await bot.phone(ASSESSOR).say(text, chat_id=GROUP)
    assert bot.sandbox.transcript(GROUP).count("bot: ") == 1
    assert "我只在私聊里工作。" in bot.sandbox.transcript(GROUP)


async def test_made_an_administrator_or_thrown_out_of_a_group_it_says_nothing(bot: Bot) -> None:
    group = bot.sandbox.add_group(GROUP, "客服部", [ASSESSOR])
    bot.sandbox._membership(group, ASSESSOR, "member", "left")
    await bot.settle()
    assert bot.sandbox.transcript(GROUP).count("bot: ") == 1


# ——— leaving and coming back


async def test_a_deactivated_person_is_a_stranger_again(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    answer = phone.button("✅ 达到")
    deactivate(bot, "Q002")
    await phone.press_data(*answer)
    assert phone.toast == "没有找到这份评审。发送 /reviews 查看你的评审。"
    for text in ("/start", "/reviews", "/result", "一条备注"):
        await phone.say(text)
        assert "请打开管理员发给你的邀请链接" in phone.last


async def test_a_deactivated_person_sees_no_result_any_more(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    explain = phone.button("每个数字")
    deactivate(bot, "Q006")
    before = phone.screen
    await phone.press_data(*explain)
    assert "这一屏已经过期" in phone.toast
    await phone.say("/result")
    assert len(phone.charts) == 1
    assert phone.screen.startswith(before)


async def test_a_blocked_bot_keeps_its_notices_until_the_person_returns(bot: Bot) -> None:
    employee, assessor = bot.phone(EMPLOYEE), bot.phone(ASSESSOR)
    await employee.start()
    bot.sandbox.block(EMPLOYEE)
    await bot.settle()
    await review(assessor, "3级", all_met=True)
    assert (len(assessor.charts), employee.charts) == (1, [])
    assert {each["chat_id"] for each in bot.sandbox.sent("sendPhoto")} == {ASSESSOR}, "not even tried"
    bot.sandbox.unblock(EMPLOYEE)
    await bot.settle()
    assert len(employee.charts) == 1


async def test_somebody_who_writes_again_gets_what_waited(bot: Bot) -> None:
    joining.set_blocked(bot.context, EMPLOYEE, blocked=True)
    await bot.phone(EMPLOYEE).start()
    await review(bot.phone(ASSESSOR), "3级", all_met=True)
    assert len(bot.phone(EMPLOYEE).charts) == 1


async def test_a_block_the_bot_never_heard_of_is_learnt_from_the_refusal(bot: Bot) -> None:
    await bot.phone(EMPLOYEE).start()
    bot.sandbox.chats[EMPLOYEE].blocked = True
    await review(bot.phone(ASSESSOR), "3级", all_met=True)
    tried = len(bot.sandbox.sent("sendPhoto"))
    await bot.settle()
    assert len(bot.sandbox.sent("sendPhoto")) == tried, "not tried again"
    bot.sandbox.unblock(EMPLOYEE)
    await bot.settle()
    assert len(bot.phone(EMPLOYEE).charts) == 1


async def test_people_only_see_their_own_reviews(bot: Bot) -> None:
    for user_id, owed in ((ASSESSOR, 3), (SECOND_ASSESSOR, 2), (EMPLOYEE, 0), (ADMIN, 0)):
        phone = bot.phone(user_id)
        await phone.say("/reviews")
        assert len([label for label in phone.labels if "截止" in label]) == owed


async def test_of_very_many_reviews_the_first_due_are_listed_and_the_others_counted(bot: Bot) -> None:
    due = bot.context.today() + timedelta(days=90)
    for _ in range(110):
        opening = Opening("client-manager", "4", "Q007", (("Q002", Decimal(1)),), due)
        openings.open_assessment(bot.context, OPERATOR, opening)
    phone = bot.phone(ASSESSOR)
    await phone.start()
    for words in ("/start", "/reviews"):
        await phone.say(words)
        assert "你有 113 份评审待完成" in phone.last
        assert "还有 83 份。" in phone.last
        assert len([label for label in phone.labels if "截止" in label]) == 30
        assert phone.labels[0].endswith("11-29 截止")
