"""Where assessors disagree, opened down to the criteria by whoever signs, and by nobody else."""

import pytest

from qualify.access import Role
from qualify.services.assessments import sign_off
from qualify.services.people import preferences
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from tests.company import OPERATOR
from tests.deeds import hands_in, not_met
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import STALE, case_of, opened, reviewed, reviews_of, set_roles

pytest_plugins = ["tests.bot_fixtures"]


def apart(bot: Bot, subject: str = "Q008") -> int:
    """An assessment whose assessors see everything differently, one with a note; its number."""
    assessment_id = opened(bot, subject)
    first, second = reviews_of(bot, assessment_id)
    answering.open_review(bot.context, SECOND_ASSESSOR, second)
    answering.attach(bot.context, SECOND_ASSESSOR, Attachment("note", "三次都没到场"))
    hands_in(bot, ASSESSOR, first)
    hands_in(bot, SECOND_ASSESSOR, second, not_met)
    return assessment_id


async def test_an_element_shows_who_marked_what_with_reasons_and_notes_beside(bot: Bot) -> None:
    phone = await case_of(bot, apart(bot))
    await phone.press("🔎 分歧明细（14）")
    assert "成就导向  5 / 0" in phone.labels
    await phone.press("成就导向")
    lines = phone.last.split("\n")
    assert lines[:2] == ["马超 · 客户经理能力素质模型", "成就导向"]
    assert "周明 5" in lines
    assert "吴倩 0" in lines
    assert lines[lines.index("⚠️ 有上进心，不满足于现有成绩，力求做得更好") + 1] == "✅ 周明  ❌ 吴倩"
    assert lines[-1] == "1. 吴倩 · 📝 备注：三次都没到场"
    await phone.press("1 📝")
    assert phone.last.endswith("三次都没到场")


async def test_one_goes_on_to_the_next_element_and_back(bot: Bot) -> None:
    phone = await case_of(bot, apart(bot))
    await phone.press("分歧明细", "成就导向", "›")
    assert "抗挫能力" in phone.last
    await phone.press("‹")
    assert "成就导向" in phone.last
    await phone.press("返回", "返回")
    assert phone.offers("✍️ 签署")


async def test_it_is_there_in_english(bot: Bot) -> None:
    phone = await case_of(bot, apart(bot))
    preferences.set_language(bot.context, ADMIN, "en")
    await phone.press("分歧明细")
    assert "‹ Back" in phone.labels


async def test_who_is_assessed_and_who_isnt_an_administrator_open_nothing(bot: Bot) -> None:
    set_roles(bot, "Q004", Role.EMPLOYEE, Role.ADMIN)
    assessment_id = apart(bot, "Q004")
    phone = await case_of(bot, assessment_id, EMPLOYEE)
    for published in (False, True):
        if published:
            sign_off.sign_off(bot.context, OPERATOR, assessment_id)
            sign_off.publish(bot.context, OPERATOR, assessment_id)
        for numbers in (str(assessment_id), f"{assessment_id}.0"):
            await phone.press_data(phone.messages()[-1]["message_id"], f"a{numbers}:case-apart")
            assert phone.toast == STALE


async def test_while_a_returned_review_is_owed_single_answers_are_closed(bot: Bot) -> None:
    assessment_id = apart(bot)
    sign_off.return_to(bot.context, OPERATOR, assessment_id, "请再看")
    phone = await case_of(bot, assessment_id)
    assert not phone.offers("分歧明细")
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case-apart")
    assert phone.toast == STALE


@pytest.mark.parametrize("place", ["z9", "1z"])
async def test_an_element_that_isnt_there_is_stale(bot: Bot, place: str) -> None:
    phone = await case_of(bot, assessment_id := reviewed(bot))
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}.{place}:case-apart")
    assert phone.toast == STALE
