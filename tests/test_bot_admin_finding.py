"""Finding again in the chat: typed words, filters, a person's card, and results of earlier years opened again."""

from datetime import timedelta

from qualify.access import Role
from qualify.services.assessments import amendments, appeals, sign_off
from qualify.services.people import preferences
from tests.company import OPERATOR
from tests.deeds import actor, hands_in, publishes
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import hr_at, opened, reviewed, reviews_of, set_roles
from tests.phone import Phone, read_to_the_end

pytest_plugins = ["tests.bot_fixtures"]


async def test_a_published_result_is_found_a_year_later_by_typing_a_name_and_opened_with_its_explanation(
    bot: Bot,
) -> None:
    publishes(bot)
    bot.sandbox.clock.advance(timedelta(days=365))
    phone = await hr_at(bot)
    await phone.say("陈晨 已发布")
    assert phone.last.startswith(
        "🔍 陈晨 · 已发布\n\n👥 人员（1）\n\n📋 评估与结果\n1. 陈晨 · 客户经理能力素质模型 · 2级"
    )
    await phone.press("1 陈晨")
    assert "状态：已发布" in phone.last
    await phone.press("📊 结果图")
    assert len(phone.charts) == 1
    assert await read_to_the_end(phone)


async def test_the_way_back_from_an_assessment_that_was_found_is_the_search(bot: Bot) -> None:
    phone = await hr_at(bot)
    await phone.say("陈晨")
    found = phone.last
    await phone.press("1 陈晨", "返回")
    assert phone.last == found
    await phone.press("返回")
    assert phone.last.startswith("管理")


async def test_a_withdrawn_assessment_is_found_by_its_state_and_leads_back_to_the_search(bot: Bot) -> None:
    amendments.withdraw(bot.context, OPERATOR, opened(bot))
    phone = await hr_at(bot, "查找", "状态", "已撤销")
    assert phone.last.startswith("🔍 已撤销\n\n📋 评估与结果\n1. 马超 ·")
    await phone.press("1 马超", "返回")
    assert phone.last.startswith("🔍 已撤销")
    await phone.press("清除条件")
    assert phone.last.startswith("🔍 全部评估")


async def test_filters_are_set_one_after_the_other_and_taken_away(bot: Bot) -> None:
    phone = await hr_at(bot, "查找", "标准", "客户经理", "部门", "政企")
    assert phone.last.startswith("🔍 政企客户部 · 客户经理能力素质模型")
    await phone.press("部门", "不限")
    assert phone.last.startswith("🔍 客户经理能力素质模型")
    await phone.press("标准", "不限", "状态", "不限")
    assert phone.last.startswith("🔍 全部评估")


async def test_what_waits_for_a_signature_is_narrowed_from_its_list_by_department(bot: Bot) -> None:
    reviewed(bot)
    phone = await hr_at(bot, "签署", "筛选")
    assert phone.last.startswith("🔍 待签署\n\n📋 评估与结果\n1. ")
    await phone.press("部门", "政企")
    assert phone.last.startswith("🔍 政企客户部 · 待签署")


async def test_appeals_are_narrowed_from_their_list(bot: Bot) -> None:
    appeals.appeal(bot.context, actor(bot), publishes(bot), "请再看一下")
    phone = await hr_at(bot, "申诉", "筛选")
    assert phone.last.startswith("🔍 申诉中\n\n📋 评估与结果\n1. ")


async def test_many_assessments_are_paged_and_many_people_listed(bot: Bot) -> None:
    for _ in range(9):
        opened(bot, "Q008")
    phone = await hr_at(bot)
    await phone.say("部")
    await phone.press("下一页")
    assert "👥" not in phone.last
    await phone.press("上一页")
    assert "👥 人员（" in phone.last
    await phone.press("全部")
    assert any("陈晨" in name for name in phone.labels)
    await phone.press("返回")
    assert phone.last.startswith("🔍 部")


async def test_a_button_of_an_earlier_search_says_so(bot: Bot) -> None:
    phone = await hr_at(bot, "查找")
    message, data = phone.button("状态")
    await phone.say("陈")
    await phone.press_data(message, data)
    assert phone.toast == "这是上一次查找的按钮。请看最新的一屏，或重新输入。"


async def test_a_message_that_comes_again_does_not_search_over_a_later_one(bot: Bot) -> None:
    phone = await hr_at(bot)
    await phone.say("陈晨")
    await phone.say("何静")
    await bot.app.handle(bot.updates[-2])
    await phone.press_data(phone.messages()[-1]["message_id"], "a:find-last")
    assert phone.last.startswith("🔍 何静")


async def test_a_persons_card_leads_to_all_their_assessments(bot: Bot) -> None:
    publishes(bot)
    phone = await hr_at(bot)
    await phone.say("陈晨")
    await phone.press("陈晨 · Q004", "🗂 评估与结果")
    assert phone.last.startswith("陈晨的全部评估\n\n📋 评估与结果\n1. 陈晨 ·")
    assert "已发布" in phone.last
    await phone.press("返回")
    assert phone.last.startswith("陈晨 · Q004")


async def test_a_result_that_was_replaced_is_opened_again_from_its_assessment(bot: Bot) -> None:
    assessment_id = reviewed(bot)
    sign_off.return_to(bot.context, OPERATOR, assessment_id, "请再看")
    for user_id, review_id in zip((ASSESSOR, SECOND_ASSESSOR), reviews_of(bot, assessment_id), strict=True):
        hands_in(bot, user_id, review_id)
    phone = await hr_at(bot)
    await phone.say("马超")
    await phone.press("1 马超", "的结果（已被取代）")
    assert len(phone.charts) == 1


async def test_text_of_anybody_else_is_looked_for_by_nobody(bot: Bot) -> None:
    for user_id in (EMPLOYEE, ASSESSOR):
        await (phone := bot.phone(user_id)).start()
        await phone.say("马超")
        assert phone.last.startswith("我没看懂。")


async def test_with_a_review_in_hand_an_administrators_text_is_a_note(bot: Bot, assessor: Phone) -> None:
    set_roles(bot, "Q002", Role.ASSESSOR, Role.ADMIN)
    await assessor.say("陈晨")
    assert "已记下" in assessor.last
    await assessor.press("暂停")
    await assessor.say("陈晨")
    assert assessor.last.startswith("🔍 陈晨")


async def test_it_is_there_in_english(bot: Bot) -> None:
    phone = await hr_at(bot)
    preferences.set_language(bot.context, ADMIN, "en")
    await phone.say("陈晨 client-manager")
    assert phone.last.startswith("🔍 陈晨 · Client manager")
    assert "Assessments and results" in phone.last
