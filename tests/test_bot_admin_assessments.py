"""Assessments in the chat: the list, and the form that opens them field by field."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qualify.access import Role
from qualify.services.assessments import amendments, listing
from qualify.services.people import joining, keeping
from qualify.workflow import AssessmentState
from tests.company import OPERATOR
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, NEWCOMER, Bot, bot_on
from tests.eligible import asking_standards
from tests.hr import STALE, fill_in, hires, how_many, hr_at, opened, set_roles
from tests.permissions import admin
from tests.phone import Phone, walk

pytest_plugins = ["tests.bot_fixtures"]

ALL_MISSING = "还缺：标准、级别、对象、评审员、截止日期"


async def new_form(bot: Bot) -> Phone:
    return await hr_at(bot, "📋 评估", "➕ 开启评估")


# ——— the list


async def test_the_list_has_what_is_not_over_by_due_date(bot: Bot) -> None:
    phone = await hr_at(bot, "📋 评估")
    assert phone.last == (
        "📋 进行中的评估（4）\n\n"
        "1. 何静 · 4级（初级） · 评审中 0/1 · 11-25\n"
        "2. 陈晨 · 3级（中级） · 未开始 0/1 · 11-29\n"
        "3. 赵磊 · 四级 · 未开始 0/1 · 12-02\n"
        "4. 陈晨 · 2级（高级） · 未开始 0/2 · 12-13"
    )
    await phone.press("1 何静")
    assert phone.last.startswith("何静 · 客户经理能力素质模型\n4级（初级）")


async def test_what_is_overdue_is_marked(bot: Bot) -> None:
    bot.sandbox.clock.advance(timedelta(days=4))
    phone = await hr_at(bot, "📋 评估")
    marked = [line for line in phone.last.splitlines() if line.startswith("‼️")]
    assert [line.split(" · ")[0] for line in marked] == ["‼️ 1. 何静"]


async def test_a_long_list_is_turned_page_by_page(bot: Bot) -> None:
    numbers = [f"N{number:03}" for number in range(30)]
    hires(bot, *numbers)
    for number in numbers:
        opened(bot, number, days=30)
    phone = await hr_at(bot, "📋 评估")
    seen = [phone.last]
    while phone.offers("下一页"):
        await phone.press("下一页")
        seen.append(phone.last)
    assert len(seen) == 5
    assert all(any(number in page for page in seen) for number in numbers)
    await phone.press("上一页")
    assert phone.last == seen[-2]


async def test_an_empty_list_says_so_and_leads_to_a_new_one(bot: Bot) -> None:
    for each in listing.listed(bot.context, OPERATOR):
        if each.state != AssessmentState.PUBLISHED:
            amendments.withdraw(bot.context, OPERATOR, each.id)
    phone = await hr_at(bot, "📋 评估")
    assert phone.last == "现在没有进行中的评估。"
    assert phone.offers("➕ 开启评估")


# ——— the form


async def test_an_empty_form_names_everything_that_is_missing(bot: Bot) -> None:
    phone = await new_form(bot)
    assert phone.last.endswith(ALL_MISSING)
    assert not phone.offers("✅ 开启")
    assert not phone.offers("级别"), "which levels there are depends on the standard"


async def test_each_press_fills_one_field_in_and_what_is_missing_gets_less(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("标准", "服务经理")
    assert "标准：服务经理任职资格标准" in phone.last
    assert phone.last.endswith("还缺：级别、对象、评审员、截止日期")
    await phone.press("级别", "四级")
    assert "级别：四级" in phone.last
    await phone.press("对象", "找一个人")
    await phone.say("孙悦")
    assert "对象：孙悦（Q006）" in phone.last
    await phone.press("评审员", "周明", "返回")
    assert "评审员：周明\n" in phone.last
    await phone.press("截止", "1 周")
    assert "截止日期：2026-11-29" in phone.last
    assert "还缺" not in phone.last
    assert phone.offers("✅ 开启 1 份")


async def test_the_whole_form_is_one_message(bot: Bot) -> None:
    phone = await new_form(bot)
    before = len(phone.messages())
    await fill_in(phone)
    assert len(phone.messages()) == before


async def test_opening_says_what_was_opened_and_tells_the_assessors(bot: Bot) -> None:
    assessor = bot.phone(ASSESSOR)
    await assessor.start()
    phone = await new_form(bot)
    await fill_in(phone)
    await phone.press("✅ 开启 1 份")
    assert phone.last == (
        "✅ 已开启 1 份评估，评审员会马上收到通知。\n客户经理能力素质模型 · 3级（中级）\n马超\n\n"
        "不列入（这个标准的评估还没完成）：陈晨、何静\n不列入（本人是评审员）：周明"
    )
    assert assessor.last.startswith("你有一份新的评审：马超")
    await phone.press("返回")
    assert "马超 · 3级（中级） · 未开始 0/2 · 12-06" in phone.last


async def test_an_opened_form_is_used_up(bot: Bot) -> None:
    phone = await new_form(bot)
    await fill_in(phone)
    await phone.press("✅ 开启", "返回", "➕ 开启评估")
    assert phone.last.endswith(ALL_MISSING)


async def test_pressed_twice_it_opens_once(bot: Bot) -> None:
    before = how_many(bot)
    phone = await new_form(bot)
    await fill_in(phone)
    await phone.press_twice("✅ 开启")
    assert how_many(bot) == before + 1
    assert phone.toast == STALE
    assert phone.last.startswith("✅ 已开启 1 份")


async def test_every_button_pressed_twice_fills_the_same_form_in(bot: Bot) -> None:
    phone = await new_form(bot)
    presses = ("标准", "服务经理", "级别", "三级", "对象", "整个部门", "技术", "评审员", "周明", "吴倩", "主评：吴倩")
    for label in (*presses, "返回", "截止", "4 周", "☐ 自评", "☑ 签署"):
        await phone.press_twice(label)
    assert phone.last == (
        "➕ 开启评估\n\n标准：服务经理任职资格标准\n级别：三级\n对象：技术支援部（1 人）\n"
        "评审员：周明、吴倩（主评）\n截止日期：2026-12-20\n申请日期：今天（2026-11-22）\n"
        "自评：要\n签署：免签，评完即发布\n\n"
        "不列入（这个标准的评估还没完成）：赵磊\n不列入（本人是评审员）：吴倩"
    )


async def test_a_restart_in_the_middle_loses_nothing(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("标准", "客户经理", "级别", "3级", "对象", "找一个人")
    async with bot_on(bot.context, bot.sandbox) as again:
        phone = again.phone(ADMIN)
        await phone.say("马超")
        assert "对象：马超（Q008）" in phone.last, "even the question was kept"
        await phone.say("/admin")
        await phone.press("📋 评估", "➕ 开启评估")
        assert phone.last.endswith("还缺：评审员、截止日期")
        await phone.press("评审员", "周明", "返回", "截止", "1 周", "✅ 开启 1 份")
        assert phone.last.startswith("✅ 已开启 1 份")


async def test_another_standard_asks_for_its_own_level(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("标准", "客户经理", "级别", "3级", "标准", "客户经理")
    assert "级别：3级（中级）" in phone.last
    await phone.press("标准", "服务经理")
    assert "级别：未填" in phone.last


async def test_a_discarded_form_is_empty_again(bot: Bot) -> None:
    phone = await new_form(bot)
    await fill_in(phone)
    number, data = phone.button("✅ 开启")
    await phone.press("不填了")
    assert phone.last.startswith("📋 进行中的评估")
    await phone.press_data(number, data)
    assert phone.toast == STALE
    await phone.press("➕ 开启评估")
    assert phone.last.endswith(ALL_MISSING)


async def test_an_old_message_does_not_open_what_it_does_not_show(bot: Bot) -> None:
    before = how_many(bot)
    phone = await new_form(bot)
    await fill_in(phone)
    old = phone.button("✅ 开启")
    await phone.say("/admin")
    await phone.press("📋 评估", "➕ 开启评估", "级别", "1级")
    await phone.press_data(*old)
    assert (phone.toast, how_many(bot)) == (STALE, before)


# ——— whom


@pytest.mark.parametrize("typed", ["Q008", " q008 ", "Ｑ００８", "马超", "超"])
async def test_a_person_is_found_by_name_or_staff_number(bot: Bot, typed: str) -> None:
    phone = await new_form(bot)
    await phone.press("对象", "找一个人")
    await phone.say(typed)
    assert "对象：马超（Q008）" in phone.last


async def test_of_several_who_are_found_one_is_chosen(bot: Bot) -> None:
    hires(bot, *(f"N{number:03}" for number in range(35)))
    phone = await new_form(bot)
    await phone.press("对象", "找一个人")
    await phone.say("员工")
    assert phone.last == "找到 35 位，是哪一位？\n只列出前 30 位。没有要找的人？请写得更完整，再找一次。"
    await phone.press("员工N004")
    assert "对象：员工N004（N004）" in phone.last


async def test_who_is_not_found_can_be_typed_again(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("对象", "找一个人")
    await phone.say("诸葛亮")
    assert phone.last == "没有找到“诸葛亮”。请写姓名或工号，写一部分也行。"
    await phone.say("马超")
    assert "对象：马超" in phone.last


async def test_departments_are_offered_with_their_head_counts(bot: Bot) -> None:
    for number in range(12):
        hires(bot, f"N{number:03}", department=f"第{number:02}部")
    phone = await new_form(bot)
    await phone.press("对象", "整个部门")
    labels = phone.labels
    await phone.press("下一页")
    labels += phone.labels
    assert "政企客户部（4 人）" in labels
    assert "第11部（1 人）" in labels


async def test_people_of_a_department_are_left_out_by_position_and_one_by_one(bot: Bot) -> None:
    for number, position in ((1, "主管"), (2, "主管"), (3, "经理")):
        hires(bot, f"N{number:03}", department="新部")
        keeping.change(bot.context, OPERATOR, f"N{number:03}", {"position": position})
    phone = await new_form(bot)
    await fill_in(phone, department="新部", assessors=("周明",))
    assert phone.offers("✅ 开启 3 份")
    await phone.press("不列入谁", "☑ 主管（2）")
    assert phone.offers("☐ 主管（2）")
    await phone.press("返回")
    assert phone.offers("✅ 开启 1 份")
    await phone.press("不列入谁", "☐ 主管（2）", "N001", "返回")
    assert phone.offers("✅ 开启 2 份")
    await phone.press("不列入谁", "N001", "N002", "返回", "✅ 开启 2 份")
    assert "员工N002" not in phone.last
    assert "员工N001" in phone.last


async def test_a_switch_of_somebody_who_is_not_there_is_stale(bot: Bot) -> None:
    phone = await new_form(bot)
    for data in (admin("new-members"), admin("new-without", 0, 1, 1, 0)):
        await phone.press_data(phone.messages()[-1]["message_id"], data)
        assert phone.toast == STALE
    await fill_in(phone, department="人力", assessors=("周明",))
    for data in (admin("new-without", 0, 99, 1, 0), admin("new-without", 1, 5, 1, 0)):
        await phone.press_data(phone.messages()[-1]["message_id"], data)
        assert phone.toast == STALE


async def test_a_department_in_which_nobody_is_left_can_not_be_opened(bot: Bot) -> None:
    phone = await new_form(bot)
    await fill_in(phone, department="人力", assessors=("周明",))
    assert phone.offers("✅ 开启 1 份")
    opened(bot, "Q001")
    await phone.press("✅ 开启")
    assert phone.toast == "表还没填完。缺的项目写在表里，填好就能开启。"
    assert "人力资源部没有可以开启的人，请换一个部门或换评审员。\n还缺：对象" in phone.last
    assert not phone.offers("✅ 开启")


async def test_a_second_assessment_of_one_person_is_warned_of(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("标准", "客户经理", "对象", "找一个人")
    await phone.say("陈晨")
    assert "⚠️ 陈晨这个标准的评估还没完成，这会是第二份。" in phone.last


async def test_a_second_assessment_is_opened_when_it_is_confirmed(bot: Bot) -> None:
    opened(bot)
    phone = await new_form(bot)
    await phone.press("标准", "客户经理", "级别", "3级", "对象", "找一个人")
    await phone.say("马超")
    await phone.press("评审员", "周明", "返回", "截止", "2 周")
    before = how_many(bot)
    await phone.press("✅ 开启")
    assert "马超按这个标准还有一份评估没完成（编号" in phone.last
    assert how_many(bot) == before
    await phone.press_twice("仍然再开一份")
    assert how_many(bot) == before + 1


# ——— assessors


async def test_an_assessor_pressed_again_counts_for_more_and_then_not_at_all(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("评审员")
    seen = []
    for _ in range(4):
        await phone.press("周明")
        seen.append(phone.labels[0])
    assert seen == ["✅ 周明", "✅ 周明 ×2", "✅ 周明 ×3", "周明（Q002）"]


async def test_the_first_assessor_leads_unless_another_is_chosen(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("评审员", "周明", "吴倩")
    assert phone.labels[:3] == ["✅ 周明（主评）", "✅ 吴倩", "主评：吴倩"]
    await phone.press("主评：吴倩")
    assert phone.labels[:3] == ["✅ 周明", "✅ 吴倩（主评）", "主评：周明"]
    await phone.press("吴倩", "吴倩", "吴倩")
    assert phone.labels[:2] == ["✅ 周明", "吴倩（Q003）"], "who left can't lead"


async def test_forty_assessors_are_turned_page_by_page(bot: Bot) -> None:
    hires(bot, *(f"R{number:03}" for number in range(38)), role=Role.ASSESSOR)
    phone = await new_form(bot)
    await phone.press("评审员", "下一页", "下一页", "员工R020")
    assert "✅ 员工R020" in phone.labels, "the page stays"
    await phone.press("返回")
    assert "评审员：员工R020" in phone.last


async def test_who_is_assessed_is_not_offered_as_assessor_and_does_not_stay_one(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("评审员", "周明", "吴倩", "返回", "对象", "找一个人")
    await phone.say("周明")
    assert "评审员：吴倩\n" in phone.last
    await phone.press("评审员")
    assert not phone.offers("周明")


async def test_a_forged_press_does_not_let_somebody_rate_themselves(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("评审员")
    rate_themselves = phone.button("周明")
    await phone.press("返回", "对象", "找一个人")
    await phone.say("周明")
    await phone.press_data(*rate_themselves)
    assert phone.toast == "周明不能评审自己，请换一名评审员。"
    assert "评审员：未填" in phone.last


async def test_an_assessor_who_lost_the_role_meanwhile_is_refused_and_the_form_stays(bot: Bot) -> None:
    before = how_many(bot)
    phone = await new_form(bot)
    await fill_in(phone)
    set_roles(bot, "Q003", Role.EMPLOYEE)
    await phone.press("✅ 开启")
    assert phone.toast == "吴倩没有评审员角色，请换人或先加上角色。"
    assert "评审员：周明（主评）、吴倩" in phone.last
    assert how_many(bot) == before


# ——— until when, and how


async def test_a_due_date_can_be_typed(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("截止", "别的日期")
    assert phone.last == "请发送日期，例如 2026-12-13。"
    await phone.say("下周五")
    assert phone.last == "日期应写成 2026-03-01 这样，收到的是“下周五”。"
    await phone.say("2026-11-21")
    assert phone.last == "2026-11-21 已经过去，请选今天或以后的日期。"
    await phone.say("2026/12/1")
    assert "截止日期：2026-12-01" in phone.last


async def test_a_question_is_taken_back_by_any_other_press(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("截止", "别的日期", "返回", "返回")
    await phone.say("2026-12-01")
    assert phone.last.startswith("🔍 ")
    await phone.say("/admin")
    await phone.press("📋 评估", "➕ 开启评估")
    assert "截止日期：未填" in phone.last


async def test_the_employee_is_asked_as_well_when_the_form_says_so(bot: Bot) -> None:
    employee = bot.phone(NEWCOMER)
    await employee.start(joining.invite(bot.context, OPERATOR, "Q008"))
    phone = await new_form(bot)
    await fill_in(phone)
    await phone.press("☐ 自评", "✅ 开启")
    assert employee.last.startswith("请为自己做一次自评：客户经理能力素质模型")
    assert employee.offers("开始")


async def test_without_a_signature_the_last_submission_publishes(bot: Bot) -> None:
    employee, assessor = bot.phone(EMPLOYEE), bot.phone(ASSESSOR)
    await employee.start()
    phone = await new_form(bot)
    await phone.press("标准", "服务经理", "级别", "三级", "对象", "找一个人")
    await phone.say("陈晨")
    await phone.press("评审员", "周明", "返回", "截止", "1 周", "☑ 签署", "✅ 开启")
    await assessor.start()
    await assessor.press("陈晨 · 三级")
    await walk(assessor, all_met=True)
    await assessor.press("提交评审")
    assert employee.last.startswith("你的评估结果出来了。\n陈晨")


async def test_an_administrator_can_assess_what_they_administer(bot: Bot) -> None:
    set_roles(bot, "Q001", Role.ADMIN, Role.ASSESSOR)
    phone = await new_form(bot)
    await phone.press("标准", "服务经理", "级别", "三级", "对象", "找一个人")
    await phone.say("孙悦")
    await phone.press("评审员", "林雪", "返回", "截止", "1 周", "✅ 开启 1 份")
    assert phone.last.startswith("你有一份新的评审：孙悦")


# ——— the application date


async def test_the_application_date_is_today_unless_another_is_typed(bot: Bot) -> None:
    phone = await new_form(bot)
    await fill_in(phone)
    assert "申请日期：今天（2026-11-22）" in phone.last
    await phone.press("申请日期")
    assert phone.last == (
        "申请日期是哪一天？案例、考试成绩、排名和申请条件都按这一天算。\n不是今天，就请发送日期，例如 2026-11-01。"
    )
    await phone.say("2026年11月1日")
    assert "申请日期：2026-11-01" in phone.last
    await phone.press("✅ 开启 1 份", "返回", "马超")
    assert "申请 2026-11-01 · 截止 2026-12-06" in phone.last


async def test_today_is_one_press(bot: Bot) -> None:
    phone = await new_form(bot)
    await phone.press("申请日期")
    await phone.say("2026-11-01")
    await phone.press("申请日期", "今天（2026-11-22）")
    assert "申请日期：今天（2026-11-22）" in phone.last


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-11-23", "申请日期 2026-11-23 还没到，请选今天或以前的日期。"),
        ("1926-11-01", "“1926-11-01”不像申请日期，应在 2000-01-01 以后。"),
        ("2026-02-30", "日期应写成 2026-03-01 这样，收到的是“2026-02-30”。"),
    ],
)
async def test_a_day_that_can_not_be_applied_on_is_refused_and_can_be_typed_again(
    bot: Bot, typed: str, sentence: str
) -> None:
    phone = await new_form(bot)
    await phone.press("申请日期")
    await phone.say(typed)
    assert phone.last == sentence
    await phone.say("2026-11-01")
    assert "申请日期：2026-11-01" in phone.last


# ——— what applicants must bring


@pytest.fixture
async def asking(bot: Bot, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot with a standard that asks for a year of service; of the newcomers N001 has it."""
    hires(bot, "N001", "N002", "N003")
    keeping.change(bot.context, OPERATOR, "N001", {"hired_on": "2024-03-01"})
    keeping.change(bot.context, OPERATOR, "N002", {"hired_on": "2026-03-01"})
    context = replace(bot.context, standards=asking_standards(tmp_path))
    async with bot_on(context, bot.sandbox) as again:
        yield again


async def asking_form(bot: Bot) -> Phone:
    phone = await new_form(bot)
    await fill_in(phone, standard="外勤", level="一级", department="新业务", assessors=("周明",))
    return phone


async def test_who_lacks_something_is_shown_before_anything_is_opened(asking: Bot) -> None:
    phone = await asking_form(asking)
    assert (
        "⚠️ 2 人不符合申请条件：\n"
        "· 员工N002（N002）：工龄要满 1 年，2026-03-01 入职，2027-03-01 才满\n"
        "· 员工N003（N003）：工龄要满 1 年，名单里没有入职日期\n\n"
        "还缺：破例理由"
    ) in phone.last
    assert not phone.offers("✅ 开启")


async def test_one_press_leaves_out_who_lacks_something(asking: Bot) -> None:
    phone = await asking_form(asking)
    await phone.press_twice("☐ 去掉不符合的（2）")
    assert phone.last.endswith("不列入（不符合申请条件）：员工N002、员工N003")
    assert not phone.offers("破例理由")
    await phone.press("✅ 开启 1 份")
    assert "员工N001\n\n不列入（不符合申请条件）：员工N002、员工N003" in phone.last


async def test_one_reason_excuses_them_all_and_stands_on_each_case(asking: Bot) -> None:
    phone = await asking_form(asking)
    await phone.press("破例理由")
    assert phone.last == "为什么可以破例？请写一句理由，它会留在评估里，也会进导出表。"
    await phone.say("……")
    assert phone.last == "请用文字写明为什么可以破例，不超过 1000 个字。"
    await phone.say("公司急需，总经理批准")
    assert "破例理由：公司急需，总经理批准\n" in phone.last
    await phone.press("✅ 开启 3 份", "返回", "员工N002")
    assert "⚠️ 破例开启：公司急需，总经理批准" in phone.last
    await phone.press("返回", "员工N001")
    assert "破例" not in phone.last


async def test_of_one_person_only_the_reason_is_asked(asking: Bot) -> None:
    phone = await asking_form(asking)
    await phone.press("对象", "找一个人")
    await phone.say("N003")
    assert "⚠️ 1 人不符合申请条件：\n· 员工N003（N003）：工龄要满 1 年，名单里没有入职日期" in phone.last
    assert not phone.offers("去掉不符合的")
    await phone.press_data(phone.messages()[-1]["message_id"], admin("new-ineligible", 1))
    assert phone.toast == STALE


async def test_somebody_who_lacks_something_only_now_is_not_opened_for(asking: Bot) -> None:
    phone = await asking_form(asking)
    await phone.press("☐ 去掉不符合的（2）", "对象", "找一个人")
    await phone.say("N001")
    keeping.change(asking.context, OPERATOR, "N001", {"hired_on": "-"})
    await phone.press("✅ 开启 1 份")
    assert phone.toast == "表还没填完。缺的项目写在表里，填好就能开启。"
    assert phone.last.endswith("还缺：破例理由")


async def test_of_many_the_first_are_named(asking: Bot) -> None:
    hires(asking, *(f"M{number:03}" for number in range(30)))
    phone = await asking_form(asking)
    assert "⚠️ 32 人不符合申请条件：" in phone.last
    assert phone.last.count("· 员工") == 10
    assert "…还有 22 人" in phone.last
    assert phone.offers("☐ 去掉不符合的（32）")
