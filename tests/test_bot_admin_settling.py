"""What has to be settled before anybody signs, on the case: which score stands, whether two cases are one."""

from collections.abc import Callable

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.services.assessments import overview, results, sign_off
from qualify.services.imports import score_list
from qualify.services.imports.tables import Sent
from qualify.services.people import preferences
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, POINTS, SCALE, all_met, titled
from tests.deeds import hands_in
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE_DONE, SECOND_ASSESSOR, Bot
from tests.hr import STALE, assessment, case_of, opened, reviews_of, set_roles
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]
SKILLS = "role-skills"


def skilled(score: str) -> Callable[[Screen], Action]:
    """Everything met, and in the skills' first subject this score."""

    def choose(screen: Screen) -> Action:
        if screen.step.kind is StepKind.SCORE and screen.step.element == SKILLS:
            return Action(Act.TEXT, " ".join([score, "90", "90"][-len(screen.subjects) :]))
        return all_met(screen)

    return choose


def conflict(bot: Bot, subject: str = "Q008") -> int:
    """An assessment whose assessors gave different scores in one subject; its number."""
    return given(bot, SCALE, "4", skilled("85"), skilled("45"), subject)


def twins(bot: Bot) -> int:
    """An assessment whose assessors each listed a case, and these look alike; its number."""
    return given(bot, POINTS, "4", titled("跨省割接复盘"), titled("一次跨省割接的复盘"))


def given(  # noqa: PLR0917  # what each of the two gives
    bot: Bot,
    standard: str,
    level: str,
    first: Callable[[Screen], Action],
    second: Callable[[Screen], Action],
    subject: str = "Q008",
) -> int:
    assessment_id = opened(bot, subject, standard, level)
    one, two, *_ = reviews_of(bot, assessment_id)
    hands_in(bot, ASSESSOR, one, first)
    hands_in(bot, SECOND_ASSESSOR, two, second)
    return assessment_id


async def case(bot: Bot, assessment_id: int) -> Phone:
    return await case_of(bot, assessment_id)


async def test_a_conflict_stands_on_the_case_with_who_said_what_and_is_settled_in_two_presses(bot: Bot) -> None:
    phone = await case(bot, assessment_id := conflict(bot))
    assert "⚖️ 签署前要先裁定（1）\n⚖️ 计算机操作知识：45（吴倩） / 85（周明） · 待裁定，暂按 85 计" in phone.last
    assert not phone.offers("✍️ 签署"), "nothing is signed before"
    await phone.press("⚖️ 计算机操作知识")
    assert phone.last == ("马超 · 客户经理能力素质模型\n\n计算机操作知识\n哪个成绩为准？其余评审员的评分也按它算。")
    assert phone.labels == ["45（吴倩）", "85（周明）", "‹ 返回"]
    await phone.press("85（周明）")
    assert "✓ 计算机操作知识：45（吴倩） / 85（周明） · 85 为准" in phone.last
    await phone.press("✍️ 签署", "签署这个结果")
    assert assessment(bot, assessment_id).state == AssessmentState.SIGNED_OFF


async def test_one_press_settles_every_open_score_as_one_assessor_has_it(bot: Bot) -> None:
    assessment_id = given(bot, SCALE, "4", all_met, low)
    phone = await case(bot, assessment_id)
    assert "⚖️ 签署前要先裁定（14）" in phone.last
    assert phone.labels[:2] == ["14 个成绩都按周明", "14 个成绩都按吴倩"]
    await phone.press("14 个成绩都按吴倩")
    assert "⚖️ 已裁定，签署前还可以改" in phone.last
    assert "45 为准" in phone.last
    assert not phone.offers("个成绩都按")
    await phone.press("✍️ 签署", "签署这个结果")
    assert assessment(bot, assessment_id).state == AssessmentState.SIGNED_OFF


def low(screen: Screen) -> Action:
    """Everything met, and 45 in every examination."""
    if screen.step.kind is StepKind.SCORE:
        return Action(Act.TEXT, " ".join(["45"] * len(screen.subjects)))
    return all_met(screen)


async def test_a_list_is_named_with_its_day(bot: Bot) -> None:
    assessment_id = conflict(bot)
    table = f"工号,标准,科目,成绩,考试日期\nQ008,{SCALE},computing,60,2026-11-01\n"
    score_list.import_scores(bot.context, OPERATOR, Sent("late.csv", table.encode()))
    phone = await case(bot, assessment_id)
    await phone.press("⚖️ 计算机操作知识")
    assert phone.labels == ["45（吴倩）", "60（2026-11-01 成绩单）", "85（周明）", "‹ 返回"]


async def test_cases_that_look_alike_are_asked_about_and_can_be_decided_otherwise(bot: Bot) -> None:
    phone = await case(bot, assessment_id := twins(bot))
    await phone.press("⚖️ “")
    assert "“跨省割接复盘” 2026-07-01（周明）" in phone.last
    assert "“一次跨省割接的复盘” 2026-07-01（吴倩）" in phone.last
    assert phone.last.endswith("是同一篇案例吗？同一篇只计一次。")
    await phone.press("不是同一篇")
    assert results.of_assessment(bot.context, OPERATOR, assessment_id).result.total == 100  # both of the two asked for
    await phone.press("✓ “", "同一篇")
    assert results.of_assessment(bot.context, OPERATOR, assessment_id).result.total == 95  # one of two: −5
    assert phone.offers("✍️ 签署")


async def test_an_older_screen_settles_nothing(bot: Bot) -> None:
    phone = await case(bot, assessment_id := conflict(bot))
    await phone.press("⚖️ 计算机操作知识")
    message = phone.messages()[-1]["message_id"]
    seen = overview.view(bot.context, OPERATOR, assessment_id).result
    assert seen is not None
    for numbers in (f"{assessment_id}.{seen.id}.1", f"{assessment_id}.{seen.id}.0.2", f"{assessment_id}.7777.0.0"):
        await phone.press_data(message, f"a{numbers}:case-settle")
        assert phone.toast == STALE
    assert len(overview.view(bot.context, OPERATOR, assessment_id).results) == 1


async def test_news_say_that_something_has_to_be_settled_first(bot: Bot) -> None:
    phone = bot.phone(ADMIN)
    await phone.start()
    conflict(bot)
    await bot.settle()
    assert any("⚖️ 有 1 处要先裁定" in message.get("text", "") for message in phone.messages())


async def test_who_it_is_about_sees_nothing_to_settle(bot: Bot) -> None:
    set_roles(bot, "Q004", Role.ADMIN)
    assessment_id = conflict(bot, "Q004")
    phone = await case_of(bot, assessment_id, EMPLOYEE_DONE)
    assert "裁定" not in phone.last


async def test_it_is_there_in_english(bot: Bot) -> None:
    phone = await case(bot, conflict(bot))
    preferences.set_language(bot.context, ADMIN, "en")
    await phone.press("⚖️ 计算机操作知识")
    assert phone.last.endswith("Which score stands? The others' ratings will be worked out by it too.")


async def test_a_correction_is_told_with_what_it_replaces_and_what_changed(bot: Bot) -> None:
    employee = bot.phone(EMPLOYEE_DONE)
    await employee.start()
    (review_id,) = reviews_of(bot, assessment_id := opened(bot, "Q006", SCALE, "4", assessors=("Q002",)))
    hands_in(bot, ASSESSOR, review_id, untaken)
    sign_off.sign_off(bot.context, OPERATOR, assessment_id)
    sign_off.publish(bot.context, OPERATOR, assessment_id)
    await bot.settle()
    rows = "".join(f"Q006,{SCALE},{subject},85,2026-11-01\n" for subject in ("computing", "documents", "english"))
    table = f"工号,标准,科目,成绩,考试日期\n{rows}"
    score_list.import_scores(bot.context, OPERATOR, Sent("late.csv", table.encode()))
    await bot.settle()
    assert "✏️ 取代 2026-11-22 的结果：+1 项达标\n↑ 岗位基本技能：0 → 5\n" in employee.last
    await employee.say("/history")
    assert "取代了 2026-11-22 的结果" in employee.last
    assert "已被新的结果取代" in employee.last


def untaken(screen: Screen) -> Action:
    """Everything met, and the skills' examinations not taken."""
    if screen.step.kind is StepKind.SCORE and screen.step.element == SKILLS:
        return Action(Act.NOT_TAKEN)
    return all_met(screen)
