"""One assessment in the chat: put off, given to somebody else, reminded of, withdrawn; what isn't allowed is said."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.sandbox.html import units
from qualify.access import Role
from qualify.services.assessments import amendments, appeals, sign_off
from qualify.services.authorization import Actor
from qualify.storage.tables import Person
from qualify.workflow import AssessmentState
from tests.company import OPERATOR
from tests.driver import ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import STALE, assessment, case_of, hires, hr_at, opened, reviewed, set_roles
from tests.phone import review

pytest_plugins = ["tests.bot_fixtures"]

OPEN = ["🔔 马上提醒", "📅 延期", "🔁 换评审员", "🗑 撤销", "‹ 返回"]


async def test_a_case_says_whose_it_is_who_rates_and_how_far_they_are(bot: Bot) -> None:
    phone = await case_of(bot, 3)
    assert phone.last == (
        "何静 · 客户经理能力素质模型\n4级（初级）\n申请 2026-11-22 · 截止 2026-11-25\n状态：评审中\n\n"
        "评审\n· 吴倩（主评） 36%"
    )
    assert phone.labels == OPEN


async def test_weights_the_lead_and_the_self_assessment_are_told_apart(bot: Bot) -> None:
    phone = await case_of(bot, opened(bot, self_assessment=True))
    assert phone.last.endswith("评审\n· 周明（主评） 0%\n· 吴倩 0%\n· 马超（自评） 0%")


# ——— the due date


async def test_a_due_date_is_put_off_by_a_week(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("延期", "延 1 周 · 12-06")
    assert "截止 2026-12-06" in phone.last


async def test_an_overdue_one_is_put_off_from_today(bot: Bot) -> None:
    bot.sandbox.clock.advance(timedelta(days=20))
    phone = await case_of(bot, 1)
    await phone.press("延期", "延 2 周 · 12-26")
    assert assessment(bot, 1).due_date == date(2026, 12, 26)


async def test_put_off_twice_at_once_is_put_off_once(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("延期")
    await phone.press_twice("延 1 周")
    assert assessment(bot, 1).due_date == date(2026, 12, 6)


async def test_another_due_date_is_typed(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("延期", "别的日期")
    await phone.say("2026-11-01")
    assert phone.last == "2026-11-01 已经过去，请选今天或以后的日期。"
    await phone.say("明天")
    assert phone.last.startswith("日期应写成")
    await phone.say("2026-12-31")
    assert "截止 2026-12-31" in phone.last


async def test_typed_too_late_it_says_what_happened_and_shows_the_case(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("延期", "别的日期")
    amendments.withdraw(bot.context, OPERATOR, 1)
    await phone.say("2026-12-31")
    assert phone.messages()[-2]["text"] == "这份评估现在是“已撤销”，没有待完成的评审，不能再改。"
    assert "状态：已撤销" in phone.last
    await phone.say("2026-12-31")
    assert phone.last.startswith("🔍 "), "the question is answered, not asked for ever"


@pytest.mark.parametrize("number", ["0", "zzzzzzzzzz", "1"])
async def test_a_day_that_is_none_is_refused(bot: Bot, number: str) -> None:
    phone = await case_of(bot, 1)
    await phone.press_data(phone.messages()[-1]["message_id"], f"a1.{number}:case-extend")
    assert phone.toast in (STALE, "0001-01-01 已经过去，请选今天或以后的日期。")
    assert assessment(bot, 1).due_date == date(2026, 11, 29)


# ——— another assessor


async def test_a_review_is_given_to_somebody_else(bot: Bot) -> None:
    hires(bot, "R001", "R002", role=Role.ASSESSOR)
    leaving = bot.phone(SECOND_ASSESSOR)
    await leaving.start()
    phone = await case_of(bot, opened(bot))
    await phone.press("换评审员", "吴倩")
    assert phone.labels == ["员工R001（R001）", "员工R002（R002）", "‹ 返回"], "nobody who rates here already"
    await phone.press("员工R002")
    assert phone.last.endswith("· 周明（主评） 0%\n· 员工R002 0%")


async def test_the_only_review_needs_no_choice_and_the_same_press_again_changes_nothing(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("换评审员")
    await phone.press_twice("吴倩（Q003）")
    assert phone.toast == "周明在这次评估里没有待完成的评审。"
    assert phone.last.endswith("评审\n· 吴倩（主评） 0%")


async def test_the_new_assessor_is_told(bot: Bot) -> None:
    coming = bot.phone(SECOND_ASSESSOR)
    await coming.start()
    phone = await case_of(bot, 1)
    await phone.press("换评审员", "吴倩")
    assert coming.last.startswith("你有一份新的评审：陈晨")


async def test_without_another_assessor_it_says_so(bot: Bot) -> None:
    phone = await case_of(bot, 5)
    await phone.press("换评审员", "吴倩")
    assert phone.last.endswith("没有别的评审员可换。请先在“人员”里加上。")


async def test_forty_newcomers_are_turned_page_by_page(bot: Bot) -> None:
    hires(bot, *(f"R{number:03}" for number in range(40)), role=Role.ASSESSOR)
    phone = await case_of(bot, 5)
    await phone.press("换评审员", "吴倩", "下一页", "下一页", "员工R020")
    assert "员工R020 0%" in phone.last


async def test_a_newcomer_who_lost_the_role_is_refused(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("换评审员")
    set_roles(bot, "Q003", Role.EMPLOYEE)
    await phone.press("吴倩")
    assert phone.toast == "吴倩没有评审员角色，请换人或先加上角色。"
    assert phone.last.endswith("· 周明（主评） 0%")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ("1.4.3", "这份评审不属于这次评估。"),
        ("1.zzz.3", "这份评审不属于这次评估。"),
        ("1.1.zzz", STALE),
        ("1.1.4", "陈晨不能评审自己，请换一名评审员。"),
        ("1.1.5", "赵磊没有评审员角色，请换人或先加上角色。"),
        ("1.1.2", "周明已经是这次评估的评审员，请换一个人。"),
    ],
)
async def test_a_forged_newcomer_is_refused(bot: Bot, numbers: str, sentence: str) -> None:
    phone = await case_of(bot, 1)
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{numbers}:case-newcomer")
    assert phone.toast == sentence
    assert phone.last.endswith("· 周明（主评） 0%")


# ——— the end of it


async def test_withdrawing_asks_first_and_then_ends_it(bot: Bot) -> None:
    assessor = bot.phone(ASSESSOR)
    await assessor.start()
    phone = await case_of(bot, 1)
    await phone.press("撤销")
    assert phone.last.endswith("确定撤销陈晨的这次评估？撤销后不能恢复，已填的评审也不再计入。")
    assert assessment(bot, 1).state == AssessmentState.OPEN
    await phone.press("撤销这次评估")
    assert "状态：已撤销" in phone.last
    assert phone.labels == ["‹ 返回"]
    await assessor.say("/reviews")
    assert "3级" not in "".join(assessor.labels)


async def test_withdrawn_twice_is_withdrawn_once(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("撤销")
    await phone.press_twice("撤销这次评估")
    assert phone.toast == "这份评估现在是“已撤销”，不能撤销。"
    assert "状态：已撤销" in phone.last


async def test_going_back_withdraws_nothing(bot: Bot) -> None:
    phone = await case_of(bot, 1)
    await phone.press("撤销", "返回")
    assert "状态：未开始" in phone.last


async def test_what_was_returned_before_anything_was_published_can_still_be_withdrawn(bot: Bot) -> None:
    assessment_id = reviewed(bot)
    sign_off.return_to(bot.context, OPERATOR, assessment_id, "请补充证据")
    for user_id in (ASSESSOR, SECOND_ASSESSOR):
        phone = bot.phone(user_id)
        await phone.start()
        await phone.press("马超", "提交评审")
    phone = await case_of(bot, assessment_id)
    await phone.press("撤销", "撤销这次评估")
    assert "状态：已撤销" in phone.last


# ——— reminders


async def test_a_reminder_goes_to_all_who_still_owe_a_review(bot: Bot) -> None:
    first, second = bot.phone(ASSESSOR), bot.phone(SECOND_ASSESSOR)
    await second.start()
    await review(first, "2级", all_met=True)
    before = first.last
    phone = await case_of(bot, 5)
    await phone.press_twice("马上提醒")
    assert phone.toast == "🔔 已提醒 1 人；在免打扰时段的，过后会收到。"
    assert "份评审待完成" in second.last
    assert second.screen.count("⏰") == 1
    assert first.last == before


async def test_nobody_is_reminded_who_has_not_joined(bot: Bot) -> None:
    hires(bot, "R001", role=Role.ASSESSOR)
    phone = await case_of(bot, opened(bot, assessors=("R001",)))
    await phone.press("马上提醒")
    assert phone.toast == "没有可以提醒的人：要么都交了，要么还没加入。"


# ——— stale, forged, own


async def test_a_case_that_is_not_there_is_refused(bot: Bot) -> None:
    phone = await hr_at(bot)
    for data in ("azzz:case", "azzz:case-sign", "a:case", "azzz:case-chart"):
        await phone.press_data(phone.messages()[-1]["message_id"], data)
        assert phone.toast in ("没有编号为 46655 的评估。", STALE)


@pytest.mark.parametrize("word", ["extend", "due", "reassign", "withdraw", "remind"])
async def test_what_is_over_is_changed_no_more(bot: Bot, word: str) -> None:
    phone = await case_of(bot, 4)
    assert phone.labels == ["📊 结果图", "‹ 返回"]
    await phone.press_data(phone.messages()[-1]["message_id"], f"a4:case-{word}")
    assert phone.toast.startswith("这份评估现在是“已发布”，")
    assert "状态：已发布" in phone.last


@pytest.mark.parametrize("user_id", [ASSESSOR, EMPLOYEE])
async def test_nobody_else_gets_to_see_a_case(bot: Bot, user_id: int) -> None:
    phone = bot.phone(user_id)
    await phone.start()
    before = phone.last
    await phone.press_data(phone.messages()[-1]["message_id"], "a3:case")
    assert phone.toast == "你没有权限做这件事。如果需要，请联系管理员。"
    assert phone.last == before


async def test_an_administrator_decides_nothing_about_themselves(bot: Bot) -> None:
    assessment_id = reviewed(bot, "Q001", self_assessment=True)
    phone = await case_of(bot, assessment_id)
    assert phone.last.endswith(
        "· 周明（主评） ✅ 已提交\n· 吴倩 ✅ 已提交\n· 林雪（自评） 0%\n\n这是你自己的评估，由其他管理员处理。"
    )
    assert phone.labels == ["‹ 返回"]
    number = phone.messages()[-1]["message_id"]
    for word in ("sign", "grade", "return", "return-why", "publish", "withdraw", "extend", "reassign", "chart"):
        await phone.press_data(number, f"a{assessment_id}:case-{word}")
        assert phone.toast in (
            "你没有权限做这件事。如果需要，请联系管理员。",
            f"评估 {assessment_id} 还没有结果：评审尚未全部提交。",
        )
    assert assessment(bot, assessment_id).state == AssessmentState.REVIEWED
    await phone.press("返回")
    assert phone.last == "没有等待签署或发布的结果。"


async def test_published_their_own_result_is_theirs_to_see(bot: Bot) -> None:
    assessment_id = reviewed(bot, "Q001")
    sign_off.sign_off(bot.context, OPERATOR, assessment_id)
    phone = await case_of(bot, assessment_id)
    assert phone.labels == ["‹ 返回"]
    sign_off.publish(bot.context, OPERATOR, assessment_id)
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case")
    assert "/18 达标" in phone.last
    assert "⚠️" not in phone.last, "who rated how is not said"
    await phone.press("结果图")
    assert len(phone.charts) == 2, "the news and this one"


async def test_why_a_review_was_returned_is_not_told_to_its_subject(bot: Bot) -> None:
    assessment_id = reviewed(bot, "Q001")
    sign_off.return_to(bot.context, OPERATOR, assessment_id, "评得太松")
    phone = await case_of(bot, assessment_id)
    assert "状态：已退回" in phone.last
    assert "评得太松" not in phone.last


async def test_the_chart_is_sent_with_its_explanation(bot: Bot) -> None:
    phone = await case_of(bot, 4)
    await phone.press("结果图")
    assert len(phone.charts) == 1
    await phone.press("每个数字")
    assert phone.last.startswith("孙悦 · 结果说明")


@pytest.mark.parametrize(
    "name", ["陈" * 200, "<&>" * 60, "Wolfeschlegelsteinhausenbergerdorff " * 30], ids=["汉", "<", "W"]
)
async def test_every_screen_stays_within_telegrams_limits_whatever_the_names(bot: Bot, name: str) -> None:
    with bot.context.database.transaction() as connection:
        connection.execute(update(Person).values(name=name, department=name))
    assessment_id = reviewed(bot, self_assessment=True)
    sign_off.return_to(bot.context, OPERATOR, assessment_id, "&因" * 500)
    phone = await case_of(bot, assessment_id)
    number = phone.messages()[-1]["message_id"]
    for data in ("a:assess", "a:sign", "a:progress", "a0.0:ranking", "a:new", "a:new-assessors", "a:new-departments"):
        await phone.press_data(number, data)
        assert units(phone.last) <= 1500
    await phone.press_data(number, f"a{assessment_id}:case")
    assert "另有" in phone.last, "the list of disagreements is not cut"


async def test_long_words_of_an_appeal_are_shown_whole(bot: Bot) -> None:
    employee = assessment(bot, 4).subject_id
    appeals.appeal(bot.context, Actor(employee), 1, "<申>" * 333)
    phone = await case_of(bot, 4)
    await phone.press("答复申诉")
    await phone.say("&答" * 500)
    assert "<申>" * 333 in phone.last
    assert "&答" * 500 in phone.last
