"""Around the review, from beginning to end: two batches opened, rated by two, signed, published, appealed, answered.

Everything is done with buttons and typed words in the chat, by those whose business it is.
"""

from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from qualify.services.people import joining
from tests.company import OPERATOR
from tests.driver import (
    ADMIN,
    ASSESSOR,
    EMPLOYEE_DONE,
    NEWCOMER,
    SECOND_ASSESSOR,
    Bot,
)
from tests.hr import fill_in, hires
from tests.phone import Phone, review

pytest_plugins = ["tests.story_fixtures"]

APPEAL = "第二位评审员没有看到我的总结材料。"
ANSWER = "材料已补看，两位评审员的意见不变。"


def stored(bot: Bot) -> dict[str, list[Any]]:
    """Every row of every table, but for what is known of updates, the messages that show reviews, and which closed
    review was in hand last."""
    found = {}
    with bot.context.database.reading() as connection:
        for table in SQLModel.metadata.sorted_tables:
            columns = [column for column in table.c if str(column) not in ("review.message_id", "account.review_id")]
            if table.name != "effect":
                found[table.name] = sorted(connection.execute(select(*columns)).all(), key=repr)
    return found


async def opens_a_batch(hr: Phone, standard: str, level: str, department: str, count: int) -> None:
    await hr.say("/admin")
    await hr.press("📋 评估", "➕ 开启评估")
    await fill_in(hr, standard=standard, level=level, department=department)
    await hr.press(f"✅ 开启 {count} 份")
    assert hr.last.startswith(f"✅ 已开启 {count} 份评估"), hr.toast


async def signs(hr: Phone, name: str) -> None:
    """From the queue to the signature, with the gap in sight."""
    await hr.say("/admin")
    await hr.press("签署与发布", name)
    assert "⚠️ 评审员意见相差较大：" in hr.last
    await hr.press("✍️ 签署", "✍️ 签署")
    assert "状态：待发布" in hr.last


async def test_from_opening_a_batch_to_answering_an_appeal(bot_on_either: Bot) -> None:
    bot = bot_on_either
    hires(bot, "N001", department="政企客户部")
    hr, zhou, wu, sun, ma = map(bot.phone, (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE_DONE, NEWCOMER))
    for phone in (hr, zhou, wu, sun):
        await phone.start()
    await ma.start(joining.invite(bot.context, OPERATOR, "Q008"))

    # Two standards, a department each, the same two assessors.
    await opens_a_batch(hr, "服务经理", "三级", "技术", 1)
    await opens_a_batch(hr, "客户经理", "3级", "政企", 2)
    for assessor in (zhou, wu):
        assert assessor.screen.count("你有一份新的评审：孙悦") == 1
        assert assessor.screen.count("你有 2 份新的评审") == 1, "a batch is one message"

    # Both rate, and see things differently.
    for subject in ("孙悦 · 三级", "马超 · 3级", "员工N001 · 3级"):
        await review(zhou, subject, all_met=True)
        await review(wu, subject, mark="❌ 未达到")
    assert hr.screen.count("待签署") >= 3, "the administrator is told"

    # The gap is flagged with both ratings before anybody signs.
    for name in ("孙悦", "马超", "员工N001"):
        await signs(hr, name)
    assert "周明 5 / 吴倩 0" in hr.last
    for employee in (sun, ma):
        assert "你的评估结果出来了" not in employee.screen, "not yet"

    # Published at once; each employee sees their own chart.
    await hr.say("/admin")
    await hr.press("签署与发布", "📣 全部发布（3）", "📣 发布 3 份")
    assert hr.toast == "📣 已发布 3 份，员工和评审员会收到通知。"
    for employee, name in ((sun, "孙悦"), (ma, "马超")):
        assert "你的评估结果出来了" in employee.screen
        assert len(employee.charts) == 1
        assert name in employee.last

    # Ma Chao appeals; the administrator hears of it, reads it in the list and answers.
    await ma.press("申诉")
    await ma.say(APPEAL)
    await ma.press("提交申诉")
    assert APPEAL in hr.last
    await hr.say("/admin")
    await hr.press("⚖️ 申诉 (1)")
    assert APPEAL in hr.last
    await hr.press("1 马超", "💬 答复申诉")
    await hr.say(ANSWER)
    assert "状态：申诉已答复" in hr.last
    assert f"答复：{ANSWER}" in hr.last
    assert ANSWER in ma.last, "and the employee reads it"

    # Every update once more, as after a crash: nothing changes, nobody is asked or in hand of anything new.
    before, told = stored(bot), len(bot.sandbox.sent("sendPhoto"))
    await bot.again()
    assert stored(bot) == before
    assert len(bot.sandbox.sent("sendPhoto")) == told, "news is no answer"
    assert ANSWER in hr.last, "the answer is repeated"
