"""Who owes what, and the ranking of knowledge, in the chat."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from qualify.access import Role
from qualify.services.assessments.opening import Opening, open_assessment
from qualify.services.imports.score_list import import_scores
from qualify.services.imports.tables import Sent
from qualify.services.people import roles
from qualify.storage import assessments, debts
from tests.company import OPERATOR, POINTS, looked_up
from tests.driver import ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import STALE, case_of, hires, hr_at, opened
from tests.phone import review

pytest_plugins = ["tests.bot_fixtures"]

AGREED = (
    "\n\n考试依据：技字2001（423）《技术支援部技术大比武考试管理制度》"
    "\n约定：同一自然年申请同一级别的人一起排名，同分同名次；成绩取申请日（含）以前最近一次。"
)

SCORES = "staff_no,standard,subject,score,taken_on"
FORBIDDEN = "你没有权限做这件事。如果需要，请联系管理员。"


async def test_who_owes_what_is_grouped_by_person_the_most_urgent_first(bot: Bot) -> None:
    phone = await hr_at(bot, "进度")
    assert phone.last == (
        "⏳ 待完成的评审（5）\n\n"
        "吴倩\n· 何静 · 4级（初级） · 36% · 还有 3 天\n· 陈晨 · 2级（高级） · 0% · 还有 21 天\n\n"
        "周明\n· 陈晨 · 3级（中级） · 0% · 还有 7 天\n· 赵磊 · 四级 · 0% · 还有 10 天\n"
        "· 陈晨 · 2级（高级） · 0% · 还有 21 天"
    )
    assert phone.labels == ["🔔 吴倩", "🔔 周明", "‹ 返回"]


async def test_what_is_overdue_is_marked_and_counted(bot: Bot) -> None:
    bot.sandbox.clock.advance(timedelta(days=8))
    phone = await hr_at(bot, "进度")
    assert "其中逾期 2 份" in phone.last
    assert "‼️ 何静 · 4级（初级） · 36% · 已逾期 5 天" in phone.last
    assert "‼️ 陈晨 · 3级（中级） · 0% · 已逾期 1 天" in phone.last
    assert "· 赵磊 · 四级 · 0% · 还有 2 天" in phone.last
    assert phone.offers("🔔 提醒所有逾期的人（2）")


async def test_nothing_owed_is_said(bot: Bot) -> None:
    for assessor, which in (
        (SECOND_ASSESSOR, "4级"),
        (SECOND_ASSESSOR, "2级"),
        (ASSESSOR, "3级"),
        (ASSESSOR, "四级"),
        (ASSESSOR, "2级"),
    ):
        await review(bot.phone(assessor), which, all_met=True)
    phone = await hr_at(bot, "进度")
    assert phone.last == "没有待完成的评审。"


async def test_a_self_assessment_and_who_has_not_joined_are_told_apart(bot: Bot) -> None:
    opened(bot, self_assessment=True)
    phone = await hr_at(bot, "进度")
    assert "马超 · 还没加入\n· 自评 · 3级（中级） · 0% · 还有 14 天" in phone.last


async def test_many_people_and_many_reviews_stay_readable(bot: Bot) -> None:
    raters = [f"R{number:03}" for number in range(40)]
    hires(bot, *raters, role=Role.ASSESSOR)
    hires(bot, *(f"N{number:03}" for number in range(10)))
    for rater in raters:
        for number in range(8 if rater == "R039" else 1):
            opened(bot, f"N{number:03}", assessors=(rater,), days=30)
    phone = await hr_at(bot, "进度")
    pages = [phone.last]
    while phone.offers("下一页"):
        await phone.press("下一页")
        pages.append(phone.last)
    assert len(pages) == 7
    assert all(any(rater in page for page in pages) for rater in raters)
    assert pages[-1].count("员工N") == 5 + 6
    assert "还有 2 份。" in pages[-1]


# ——— reminders


async def test_one_person_is_reminded_once_however_often_it_is_pressed(bot: Bot) -> None:
    zhou, wu = bot.phone(ASSESSOR), bot.phone(SECOND_ASSESSOR)
    for someone in (zhou, wu):
        await someone.start()
    phone = await hr_at(bot, "进度")
    await phone.press_twice("🔔 周明")
    assert phone.toast == "🔔 已提醒 1 人；在免打扰时段的，过后会收到。"
    assert phone.last.startswith("⏳"), "the list is still there"
    assert zhou.screen.count("⏰ 你有 3 份评审待完成") == 1
    assert "⏰" not in wu.screen


async def test_all_who_are_late_are_reminded_and_nobody_else(bot: Bot) -> None:
    bot.sandbox.clock.advance(timedelta(days=4))
    zhou, wu = bot.phone(ASSESSOR), bot.phone(SECOND_ASSESSOR)
    for someone in (zhou, wu):
        await someone.start()
    phone = await hr_at(bot, "进度")
    before = zhou.screen.count("⏰"), wu.heard
    bot.sandbox.clock.advance(timedelta(minutes=2))
    await phone.press("🔔 提醒所有逾期的人（1）")
    assert phone.toast.startswith("🔔 已提醒 1 人")
    assert (zhou.screen.count("⏰"), wu.screen.count("⏰")) == (before[0], 1), "in the place of the one before"
    assert wu.heard > before[1]


async def test_who_owes_nothing_is_not_reminded(bot: Bot) -> None:
    phone = await hr_at(bot, "进度")
    await phone.press_data(phone.messages()[-1]["message_id"], "a4:remind")
    assert phone.toast == "没有可以提醒的人：要么都交了，要么还没加入。"


@pytest.mark.parametrize("user_id", [ASSESSOR, EMPLOYEE])
async def test_nobody_else_sees_progress_or_reminds(bot: Bot, user_id: int) -> None:
    phone = bot.phone(user_id)
    await phone.start()
    for data in ("a:progress", "a2:remind", "a:remind-overdue", "a:ranking", "a0.0:ranking"):
        await phone.press_data(phone.messages()[-1]["message_id"], data)
        assert phone.toast == FORBIDDEN


# ——— the ranking


def examined(bot: Bot, staff_no: str, specialist: str, product: str, applied: date) -> None:
    """Somebody who applies for level 3, with these scores."""
    due = bot.context.today() + timedelta(days=14)
    opening = Opening(POINTS, "3", staff_no, (("Q002", Decimal(1)),), due, applied)
    open_assessment(bot.context, OPERATOR, opening)
    scores = {"specialist": specialist, "product": product}
    lines = [f"{staff_no},{POINTS},{subject},{score},{applied}" for subject, score in scores.items()]
    import_scores(bot.context, OPERATOR, Sent("scores.csv", "\n".join([SCORES, *lines]).encode()))


async def test_the_ranking_asks_for_the_level_and_shares_a_rank_between_ties(bot: Bot) -> None:
    hires(bot, "N001", "N002", "N003", "N004")
    for staff_no, score in (("N001", "90"), ("N002", "75.5"), ("N003", "60")):
        examined(bot, staff_no, score, str(Decimal(score) * 5), bot.context.today())
    opened(bot, "N004", POINTS)
    phone = await hr_at(bot, "排名")
    assert phone.last == "服务经理任职资格标准\n哪个级别？"
    await phone.press("三级")
    assert phone.last == (
        "🏅 知识排名\n三级 · 2026 年申请\n\n"
        "1. 员工N001 · 90\n2. 孙悦 · 75.5\n2. 员工N002 · 75.5\n4. 员工N003 · 60\n— 员工N004 · 成绩不全" + AGREED
    )


async def test_the_ranking_goes_a_year_back(bot: Bot) -> None:
    examined(bot, "Q008", "80", "400", date(2025, 6, 1))
    phone = await hr_at(bot, "排名", "三级", "2025 年")
    assert phone.last == "🏅 知识排名\n三级 · 2025 年申请\n\n1. 马超 · 80" + AGREED
    await phone.press("2026 年")
    assert "孙悦" in phone.last
    await phone.press("返回", "五级")
    assert phone.last.endswith("这一年没有人申请这个级别。" + AGREED)


async def test_a_long_ranking_is_turned_page_by_page(bot: Bot) -> None:
    numbers = [f"N{number:03}" for number in range(40)]
    hires(bot, *numbers)
    for number in numbers:
        opened(bot, number, POINTS)
    phone = await hr_at(bot, "排名", "三级")
    assert phone.last.count("\n— ") == 29
    await phone.press("下一页")
    assert phone.last.count("\n— ") == 11
    assert "2025 年" in "".join(phone.labels)


@pytest.mark.parametrize("numbers", ["9", "0.9", "0.0.2", "9.0", "0.0.0.0.0"])
async def test_a_forged_choice_is_stale_or_leads_nowhere_else(bot: Bot, numbers: str) -> None:
    phone = await hr_at(bot, "排名")
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{numbers}:ranking")
    assert phone.toast == STALE or phone.last.startswith("🏅 知识排名")


# ——— an assessor who has left


async def test_who_has_left_is_marked_and_their_review_is_handed_on_from_there(bot: Bot) -> None:
    roles.set_active(bot.context, OPERATOR, "Q002", active=False)
    phone = await hr_at(bot, "进度")
    assert "周明 · ⚠️ 已停用\n" in phone.last
    assert not phone.offers("🔔 周明")
    await phone.press("移交周明的评审")
    await phone.press("吴倩")
    assert "吴倩" in phone.last
    assert "已停用" not in phone.last


async def test_when_the_subject_leaves_administrators_decide_and_nobody_is_reminded_meanwhile(bot: Bot) -> None:
    number = opened(bot)
    phone = await hr_at(bot)
    roles.set_active(bot.context, OPERATOR, "Q008", active=False)
    await bot.settle()
    assert phone.last.startswith("⏸ 马超已停用，评估还没完成")
    assert "马超" not in about_whom(bot)
    await phone.press_twice("继续评审")
    assert "被评人已停用" not in phone.last
    assert "马超" in about_whom(bot)
    with bot.context.database.reading() as connection:
        assert assessments.owed_about(connection, looked_up(bot.context, number)[1].id) == [number]
    roles.set_active(bot.context, OPERATOR, "Q008", active=True)
    roles.set_active(bot.context, OPERATOR, "Q008", active=False)
    assert "马超" not in about_whom(bot), "it is asked again"
    roles.set_active(bot.context, OPERATOR, "Q008", active=True)
    assert "马超" in about_whom(bot)


def about_whom(bot: Bot) -> set[str]:
    """Whom the reviews are about that reminders look at."""
    with bot.context.database.reading() as connection:
        return {debt.subject for debt in debts.due_until(connection, date(2027, 12, 31))}


async def test_the_case_marks_them_as_well(bot: Bot) -> None:
    number = opened(bot, assessors=("Q002", "Q003"))
    assert not (await case_of(bot, number)).offers("移交")
    roles.set_active(bot.context, OPERATOR, "Q002", active=False)
    phone = await case_of(bot, number)
    assert "周明（主评） ⚠️ 已停用，停在 0%" in phone.last
    assert (phone.offers("移交周明的评审"), phone.offers("移交吴倩的评审")) == (True, False)
