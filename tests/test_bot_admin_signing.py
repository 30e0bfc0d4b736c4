"""Signing in the chat: what the signer sees, as computed or otherwise, given back, and published."""

import pytest

from qualify.services.assessments import overview, results, sign_off
from qualify.services.authorization import Actor
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, POINTS
from tests.deeds import hands_in
from tests.driver import ASSESSOR, EMPLOYEE, EMPLOYEE_A, EMPLOYEE_DONE, SECOND_ASSESSOR, Bot
from tests.hr import STALE, assessment, hr_at, opened, reviewed, reviews_of
from tests.phone import Phone, review

pytest_plugins = ["tests.bot_fixtures"]


async def to_sign(bot: Bot, assessment_id: int) -> Phone:
    """The administrator's phone with the case that waits for a signature."""
    phone = await hr_at(bot, "签署与发布")
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case")
    return phone


async def with_grades(bot: Bot) -> tuple[Phone, int]:
    """The same, of a standard that gives grades."""
    assessment_id = reviewed(bot, "Q006", standard=POINTS)
    return await to_sign(bot, assessment_id), assessment_id


def signed(bot: Bot, assessment_id: int) -> overview.SignatureView | None:
    return results.of_assessment(bot.context, OPERATOR, assessment_id).signed


async def test_the_chart_leads_back_to_the_assessment(bot: Bot) -> None:
    phone, _ = await with_grades(bot)
    await phone.press("📊 结果图")
    assert phone.labels == ["📖 每个数字怎么来的", "📚 接下来学什么", "‹ 返回"]
    await phone.press("返回")
    assert phone.last.startswith("孙悦 · 服务经理任职资格标准")
    assert phone.offers("✍️ 签署"), "below the chart, ready to be signed"


# ——— the queue


async def test_nothing_waits_at_first(bot: Bot) -> None:
    phone = await hr_at(bot, "签署与发布")
    assert phone.last == "没有等待签署或发布的结果。"


async def test_what_waits_for_a_signature_comes_before_what_is_signed(bot: Bot) -> None:
    first, second = reviewed(bot), reviewed(bot, "Q006", standard=POINTS)
    sign_off.sign_off(bot.context, OPERATOR, first)
    phone = await hr_at(bot, "签署与发布")
    assert phone.last == (
        "✍️ 待签署（1）\n1. 孙悦 · 服务经理任职资格标准 · 三级\n\n"
        "📣 已签署，待发布（1）\n2. 马超 · 客户经理能力素质模型 · 3级（中级）"
    )
    await phone.press("1 孙悦")
    assert phone.last.startswith("孙悦 · 服务经理任职资格标准")
    await phone.press("返回")
    assert phone.offers("2 马超"), "back to where it came from"
    assert assessment(bot, second).state == AssessmentState.REVIEWED


async def test_the_menu_counts_what_waits(bot: Bot) -> None:
    reviewed(bot)
    phone = await hr_at(bot)
    assert phone.offers("签署与发布 (1)")


# ——— what the signer sees


async def test_where_assessors_lie_far_apart_both_ratings_are_named(bot: Bot) -> None:
    phone = await to_sign(bot, reviewed(bot))
    assert "状态：待签署" in phone.last
    assert "结果\n4/18 达标\n⚠️ 评审员意见相差较大：\n成就导向：周明 5 / 吴倩 0\n" in phone.last
    assert "另有 4 项。" in phone.last


async def test_total_and_grade_are_named(bot: Bot) -> None:
    phone, _ = await with_grades(bot)
    assert "结果\n总分 75 分\n级内等：普通等\n⚠️" in phone.last


async def test_key_conditions_that_are_met_are_named_where_the_level_has_any(bot: Bot) -> None:
    assessment_id = opened(bot, "Q006", POINTS, "4", assessors=("Q002",))
    await review(bot.phone(ASSESSOR), "孙悦", all_met=True)
    phone = await to_sign(bot, assessment_id)
    assert phone.last.endswith("🔑 关键条件都已满足")


async def test_a_key_condition_that_is_not_met_is_named(bot: Bot) -> None:
    assessment_id = opened(bot, "Q006", POINTS, "4", assessors=("Q002",))
    await review(bot.phone(ASSESSOR), "孙悦", mark="❌ 未达到")
    phone = await to_sign(bot, assessment_id)
    assert "分\n不授予四级\n❗ 关键条件未满足：有一次以上重大服务销售项目的经验" in phone.last
    assert phone.last.count("有一次以上重大服务销售项目的经验") == 1
    await phone.press("✍️ 签署", "签署：不授予该级别")
    assert assessment(bot, assessment_id).state == AssessmentState.SIGNED_OFF


async def test_a_self_assessment_stands_beside_the_result_once_it_is_in(bot: Bot) -> None:
    assessment_id = reviewed(bot, "Q004", standard=POINTS, self_assessment=True)
    phone = await to_sign(bot, assessment_id)
    assert "自评：" not in phone.last
    hands_in(bot, EMPLOYEE, reviews_of(bot, assessment_id)[2])
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case")
    assert "自评：各要素合计 100 分" in phone.last


async def test_a_self_assessment_on_a_scale_counts_what_meets_the_standard(bot: Bot) -> None:
    assessment_id = reviewed(bot, "Q005", self_assessment=True)
    hands_in(bot, EMPLOYEE_A, reviews_of(bot, assessment_id)[2])
    phone = await to_sign(bot, assessment_id)
    assert "自评：18/18 达标" in phone.last


# ——— signed as computed


async def test_the_computed_grade_is_confirmed(bot: Bot) -> None:
    phone, assessment_id = await with_grades(bot)
    await phone.press("✍️ 签署")
    assert phone.last.endswith("签署后员工还看不到，发布后才能看到。")
    await phone.press("签署：普通等")
    assert "状态：待发布" in phone.last
    assert phone.last.endswith("\n\n林雪签署于 2026-11-22")
    given = signed(bot, assessment_id)
    assert given is not None
    assert (given.name, given.grade) == ("林雪", None)


async def test_a_standard_without_grades_is_signed_as_it_is(bot: Bot) -> None:
    phone = await to_sign(bot, reviewed(bot))
    await phone.press("✍️ 签署")
    assert not phone.offers("另定")
    await phone.press("签署这个结果")
    assert "状态：待发布" in phone.last


async def test_signed_twice_is_signed_once(bot: Bot) -> None:
    phone = await to_sign(bot, reviewed(bot))
    await phone.press("✍️ 签署")
    await phone.press_twice("签署这个结果")
    assert phone.toast == "这份评估现在是“待发布”，不能签署。"
    assert "状态：待发布" in phone.last


async def test_a_result_that_was_not_looked_at_is_not_signed(bot: Bot) -> None:
    phone = await to_sign(bot, assessment_id := reviewed(bot))
    await phone.press("✍️ 签署")
    old = phone.button("签署这个结果")
    sign_off.return_to(bot.context, OPERATOR, assessment_id, "请再看一遍")
    for user_id in (ASSESSOR, SECOND_ASSESSOR):
        assessor = bot.phone(user_id)
        await assessor.start()
        await assessor.press("马超", "提交评审")
    await phone.press_data(*old)
    assert phone.toast == STALE
    assert assessment(bot, assessment_id).state == AssessmentState.REVIEWED


# ——— signed otherwise


async def test_another_grade_needs_a_reason_and_both_are_shown(bot: Bot) -> None:
    phone, assessment_id = await with_grades(bot)
    await phone.press("✍️ 签署", "另定级内等")
    assert phone.labels == ["职业等", "基础等", "预备等", "不授予该级别", "‹ 返回"], "普通等 is what was computed"
    await phone.press("职业等")
    assert phone.last.endswith("计算为普通等，你定为职业等。请用一句话说明原因。")
    await phone.say("因" * 1001)
    assert phone.last == "与计算结果不同，请用文字写明原因（不超过 1000 个字）。"
    await phone.say("关键条件的证据在结果之后补齐")
    assert "级内等：职业等（计算为普通等，签署人改定：关键条件的证据在结果之后补齐）" in phone.last
    given = signed(bot, assessment_id)
    assert given is not None
    assert given.reason == "关键条件的证据在结果之后补齐"


async def test_a_level_can_be_withheld_with_a_reason(bot: Bot) -> None:
    phone, _ = await with_grades(bot)
    await phone.press("✍️ 签署", "另定级内等", "不授予")
    await phone.say("证书已过期")
    assert "不授予该级别（计算为普通等，签署人改定：证书已过期）" in phone.last


async def test_going_back_signs_nothing(bot: Bot) -> None:
    phone, assessment_id = await with_grades(bot)
    await phone.press("✍️ 签署", "另定级内等", "职业等", "返回")
    await phone.say("关键条件的证据在结果之后补齐")
    assert assessment(bot, assessment_id).state == AssessmentState.REVIEWED


@pytest.mark.parametrize("numbers", ["{}.1.zz", "{}.zz.0", "{}.1"])
async def test_a_forged_grade_signs_nothing(bot: Bot, numbers: str) -> None:
    phone, assessment_id = await with_grades(bot)
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{numbers.format(assessment_id)}:case-grade")
    await phone.say("原因")
    assert assessment(bot, assessment_id).state == AssessmentState.REVIEWED


# ——— given back


async def test_all_reviews_are_given_back_with_a_reason(bot: Bot) -> None:
    phone = await to_sign(bot, assessment_id := reviewed(bot))
    await phone.press("退回", "全部评审员")
    assert phone.last.endswith("请写明退回的原因，评审员会看到。")
    await phone.say("因" * 1001)
    assert phone.last == "请用文字写明退回的原因，不超过 1000 个字。"
    await phone.say("相差太大，请再看一遍")
    assert phone.last.count("↩️ 退回：相差太大，请再看一遍") == 2
    assert "退回前的结果" in phone.last
    assert assessment(bot, assessment_id).state == AssessmentState.RETURNED


async def test_one_review_is_given_back(bot: Bot) -> None:
    phone = await to_sign(bot, reviewed(bot))
    await phone.press("退回", "吴倩")
    await phone.say("请补充证据")
    assert "· 周明（主评） ✅ 已提交\n· 吴倩 100%\n↩️ 退回：请补充证据" in phone.last


async def test_what_was_signed_can_be_given_back_until_it_is_published(bot: Bot) -> None:
    phone = await to_sign(bot, assessment_id := reviewed(bot))
    await phone.press("✍️ 签署", "签署这个结果", "退回", "全部评审员")
    sign_off.publish(bot.context, OPERATOR, assessment_id)
    await phone.say("请补充证据")
    assert phone.messages()[-2]["text"] == "这份评估现在是“已发布”，不能退回。"
    assert "状态：已发布" in phone.last
    assert not phone.offers("退回")


async def test_a_forged_review_is_not_given_back(bot: Bot) -> None:
    phone = await to_sign(bot, assessment_id := reviewed(bot))
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}.1:case-return-why")
    await phone.say("请补充证据")
    assert phone.last == "这份评审不属于这次评估。"
    assert assessment(bot, assessment_id).state == AssessmentState.REVIEWED


# ——— published


async def test_the_employee_sees_nothing_before_it_is_published(bot: Bot) -> None:
    employee = bot.phone(EMPLOYEE_A)
    await employee.start()
    phone = await to_sign(bot, reviewed(bot, "Q005"))
    await phone.press("✍️ 签署", "签署这个结果")
    await employee.say("/result")
    assert employee.charts == []
    await phone.press("发布")
    assert phone.last.endswith("把结果发给赵磊？发布后不能收回。员工和评审员会收到通知（免打扰时间里的，早上再发）。")
    assert employee.charts == []
    await phone.press("📣 发布")
    assert "状态：已发布" in phone.last
    assert phone.labels == ["📊 结果图", "🔎 分歧明细（14）", "‹ 返回"]
    assert employee.last.startswith("你的评估结果出来了。\n赵磊")


async def test_published_twice_is_published_once(bot: Bot) -> None:
    employee = bot.phone(EMPLOYEE_A)
    await employee.start()
    phone = await to_sign(bot, reviewed(bot, "Q005"))
    await phone.press("✍️ 签署", "签署这个结果")
    await phone.press("发布")
    await phone.press_twice("📣 发布")
    assert phone.toast == "这份评估现在是“已发布”，不能发布。"
    assert len(employee.charts) == 1


async def test_all_that_is_signed_is_published_at_once(bot: Bot) -> None:
    done, employee = bot.phone(EMPLOYEE_DONE), bot.phone(EMPLOYEE_A)
    for someone in (done, employee):
        await someone.start()
    one, two, third = reviewed(bot, "Q005"), reviewed(bot, "Q006"), reviewed(bot, "Q008")
    for assessment_id in (one, two):
        sign_off.sign_off(bot.context, OPERATOR, assessment_id)
    phone = await hr_at(bot, "签署与发布")
    await phone.press("📣 全部发布（2）")
    assert phone.last == "发布全部已签署的 2 份结果？员工会收到通知，不能收回。"
    assert assessment(bot, one).state == AssessmentState.SIGNED_OFF
    await phone.press_twice("📣 发布 2 份")
    assert phone.toast == "没有已签署、待发布的结果。"
    assert phone.last == "✍️ 待签署（1）\n1. 马超 · 客户经理能力素质模型 · 3级（中级）"
    states = [assessment(bot, each).state for each in (one, two, third)]
    assert states == [AssessmentState.PUBLISHED, AssessmentState.PUBLISHED, AssessmentState.REVIEWED]
    assert len(done.charts) == len(employee.charts) == 1


async def test_publishing_all_says_how_many(bot: Bot) -> None:
    sign_off.sign_off(bot.context, OPERATOR, reviewed(bot))
    phone = await hr_at(bot, "签署与发布", "📣 全部发布（1）", "📣 发布 1 份")
    assert phone.toast == "📣 已发布 1 份，员工和评审员会收到通知。"
    assert phone.last == "没有等待签署或发布的结果。"


@pytest.mark.parametrize(("staff_no", "name"), [("Q005", None), ("Q008", "马超")])
async def test_before_publishing_it_is_said_who_will_not_hear_of_it(bot: Bot, staff_no: str, name: str | None) -> None:
    phone = await to_sign(bot, reviewed(bot, staff_no))
    await phone.press("✍️ 签署", "签署这个结果", "发布")
    assert ("还没有加入" in phone.last) == (name is not None)
    phone = await hr_at(bot, "签署与发布", "📣 全部发布（1）")
    assert ("⚠️ 还没有加入、收不到结果的人：马超。" in phone.last) == (name is not None)


async def test_many_are_published_some_at_a_time(bot: Bot) -> None:
    for staff_no in ("Q005", "Q006", "Q008"):
        sign_off.sign_off(bot.context, OPERATOR, reviewed(bot, staff_no))
    me = Actor(1)
    assert [sign_off.publish_signed(bot.context, me, limit=2) for _ in range(3)] == [2, 1, 0]


async def test_an_administrators_own_result_is_not_published_by_them(bot: Bot) -> None:
    assessment_id = reviewed(bot, "Q001")
    sign_off.sign_off(bot.context, OPERATOR, assessment_id)
    phone = await hr_at(bot, "签署与发布")
    assert phone.last == "没有等待签署或发布的结果。"
    await phone.press_data(phone.messages()[-1]["message_id"], "a1:sign-publish")
    assert assessment(bot, assessment_id).state == AssessmentState.SIGNED_OFF


@pytest.mark.parametrize("user_id", [ASSESSOR, EMPLOYEE])
async def test_nobody_else_signs_or_publishes(bot: Bot, user_id: int) -> None:
    assessment_id = reviewed(bot)
    phone = bot.phone(user_id)
    await phone.start()
    for data in (
        "a:sign",
        "a:sign-publish",
        "a1:sign-publish",
        f"a{assessment_id}:case-sign",
        f"a{assessment_id}.2:case-sign",
    ):
        await phone.press_data(phone.messages()[-1]["message_id"], data)
        assert phone.toast == "你没有权限做这件事。如果需要，请联系管理员。"
    assert assessment(bot, assessment_id).state == AssessmentState.REVIEWED
