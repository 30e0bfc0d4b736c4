"""What a review warns of and what is known already, on the screens of those who rate."""

from bot.render.review import review_message
from qualify.dialogue import Act, Action, StepKind
from qualify.services.imports import score_list
from qualify.services.reviews import answering
from qualify.services.reviews.screen import Turn
from tests.company import ACCOUNTS, OPERATOR, POINTS, SCALE, Company, all_met, titled
from tests.driver import ASSESSOR, Bot
from tests.phone import one_deed

pytest_plugins = ["tests.bot_fixtures", "tests.company_fixtures"]
R2 = ACCOUNTS["R2"]


async def test_an_unobserved_key_condition_and_a_case_outside_warn_three_times_before_they_are_handed_in(
    bot: Bot,
) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("四级")
    while not phone.offers("没有案例"):
        if phone.offers("全部达到") or not phone.offers("❌ 未达到"):
            await one_deed(phone)
            continue  # until a key condition is asked by itself
        await phone.press("未观察到")
        key = next(line for line in phone.last.splitlines() if line.startswith("❗"))
        assert key.startswith("❗ 关键条件未观察到：有一次以上重大服务销售项目的经验"), "at once"
        assert key.endswith("没有人确认达到，就不授予四级。")
    await phone.say("2024-01-15 老案例")
    assert "1. 2024-01-15 老案例 ❗ 不在期限内，不计" in phone.last, "at once"
    await phone.press("管理案例")
    assert phone.offers("就这 1 篇"), "it is not enough: the list stays open"
    await phone.press("就这 1 篇")
    warned = [key, "❗ 案例不在期限内，不计：2024-01-15 老案例（管理案例）"]
    assert set(warned) <= set(phone.last.splitlines()), "in the summary"
    await phone.press("✅ 提交")
    assert set(warned) <= set(phone.last.splitlines()), "asked again"
    assert "仍要提交吗？" in phone.last
    await phone.press("返回", "✅ 提交", "仍要提交")
    assert "评审已提交" in phone.screen


def text(turn: Turn | None, language: str = "zh-CN") -> str:
    assert turn is not None
    return review_message(turn, language).text


def to(company: Company, staff_no: str, review_id: int, kind: StepKind, element: str = "") -> Turn:
    """The review, walked up to a step of this kind."""
    turn = answering.open_review(company.context, ACCOUNTS[staff_no], review_id)
    while turn.screen is not None and (turn.screen.step.kind, turn.screen.step.element) != (kind, element):
        turn = company.press(staff_no, turn, all_met(turn.screen))
    return turn


def labels(turn: Turn) -> list[str]:
    return [button["text"] for row in review_message(turn, "zh-CN").rows for button in row]


def test_known_scores_stand_on_the_screen_are_taken_with_one_press_and_differing_ones_said_to_conflict(
    small_company: Company,
) -> None:
    lines = f"E1,{SCALE},computing,88,2026-10-01\nE1,{SCALE},documents,70,2026-10-02\n"
    scores = small_company.file("scores.csv", f"工号,标准,科目,成绩,考试日期\n{lines}")
    score_list.import_scores(small_company.context, OPERATOR, scores)
    one, two = small_company.opens(SCALE, "4", assessors=("R1", "R2"))
    turn = to(small_company, "R1", one, StepKind.SCORE, "role-skills")
    assert "已有 88 分（成绩单，2026-10-01 考），不用再填" in text(turn)
    assert not any("采用" in label for label in labels(turn)), "one is left, and that is asked"
    assert "成绩不一样？写科目名和成绩就改那一科" in text(turn)
    turn = small_company.press("R1", turn, Action(Act.TEXT, "95"))
    assert "均分 84.3，取整 84" in text(turn), "(88 + 70 + 95) ÷ 3 = 84.33: the known ones stand"
    turn = to(small_company, "R2", two, StepKind.SCORE, "role-skills")
    assert "已有 95 分（其他评审员填的），不用再填" in text(turn)
    assert "✅ 采用已有成绩：88 70 95" in labels(turn)
    differs = "这里填了 80 分，已有的是 88 分，不一致，由签署人确定。"
    turn = small_company.press("R2", turn, Action(Act.TEXT, "80"))
    assert text(turn).count(differs) == 1, "not twice"
    said = text(small_company.press("R2", turn, Action(Act.TEXT, "- 95")))
    assert "这里填了没考，但已有 70 分，按 70 分计。" in said
    assert "均分 81.7，取整 82 → 5 达标" in said, "(80 + 70 + 95) ÷ 3 = 81.67"


def test_cases_that_another_assessor_listed_stand_on_the_screen_and_twins_are_asked_about(
    small_company: Company,
) -> None:
    one, two = small_company.opens(POINTS, "4", assessors=("R1", "R2"))
    small_company.walks("R1", one, titled("跨省割接复盘"))
    turn = to(small_company, "R2", two, StepKind.CASES)
    assert "其他评审员已经列出，不用再写：\n· 2026-07-01 跨省割接复盘" in text(turn)
    assert "没有案例要补充" in labels(turn)
    turn = answering.write(small_company.context, R2, "2026-07-02 一次跨省割接的复盘。") or turn
    assert "这两篇是同一篇吗？" in text(turn)
    assert turn.screen is not None
    assert turn.screen.twins is not None
    same = next(
        button["callback_data"]
        for row in review_message(turn, "zh-CN").rows
        for button in row
        if button["text"] == "是同一篇"
    )
    assert len(same) <= 64
    assert {"是同一篇", "是两篇"} <= set(labels(turn))
