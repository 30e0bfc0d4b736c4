"""What assessors noted and attached, read in the chat by whoever decides, and by nobody else."""

from collections.abc import Iterable

import pytest

from bot.sandbox.html import units
from qualify.access import Role
from qualify.dialogue import Act, Action
from qualify.services.assessments import amendments
from qualify.services.people import preferences
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from tests.company import OPERATOR, reference
from tests.deeds import fills_in, hands_in
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot
from tests.hr import STALE, case_of, hires, opened, reviews_of, set_roles
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]

BUTTON = "📎 备注与证据"
FIRST = Action(Act.JUMP, "0")


def keeps(bot: Bot, user_id: int, review_id: int, kept: Iterable[Attachment]) -> None:
    """Notes and files for the element at which the review stands."""
    answering.open_review(bot.context, user_id, review_id)
    for each in kept:
        answering.attach(bot.context, user_id, each)
    answering.pause(bot.context, user_id)


def notes(*texts: str) -> list[Attachment]:
    """Plain notes."""
    return [Attachment("note", text) for text in texts]


def noted(bot: Bot, subject: str = "Q008") -> int:
    """An assessment whose two assessors both kept something before the one and the other handed in; its number."""
    assessment_id = opened(bot, subject)
    first, second = reviews_of(bot, assessment_id)
    keeps(bot, SECOND_ASSESSOR, second, [Attachment("voice", "", "file-2")])
    fills_in(bot, ASSESSOR, first)
    keeps(bot, ASSESSOR, first, notes("总体不错"))
    answering.press(bot.context, ASSESSOR, reference(answering.open_review(bot.context, ASSESSOR, first)), FIRST)
    keeps(bot, ASSESSOR, first, [*notes("方案 <b>很</b> 好 & 及时"), Attachment("photo", "现场", "file-1")])
    return assessment_id


def both_in(bot: Bot, assessment_id: int) -> None:
    """Both reviews are handed in."""
    for user_id, review_id in zip((ASSESSOR, SECOND_ASSESSOR), reviews_of(bot, assessment_id), strict=True):
        hands_in(bot, user_id, review_id)


async def pressed_anyway(phone: Phone, assessment_id: int) -> None:
    """The button from an earlier screen."""
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case-evidence")


async def test_who_signs_reads_it_by_assessor_and_element_in_the_order_of_the_standard(bot: Bot) -> None:
    both_in(bot, assessment_id := noted(bot))
    phone = await case_of(bot, assessment_id)
    await phone.press("📎 备注与证据（4）")
    assert phone.last == (
        "马超 · 客户经理能力素质模型\n📎 备注与证据（4）\n\n"
        "周明（主评）\n成就导向\n1. 📝 备注：方案 <b>很</b> 好 & 及时\n2. 🖼 照片：现场\n"
        "整份评审\n3. 📝 备注：总体不错\n\n"
        "吴倩\n成就导向\n4. 🎤 语音"
    )
    assert phone.labels == ["1 📝", "2 🖼", "3 📝", "4 🎤", "‹ 返回"]
    await phone.press("返回")
    assert phone.offers("签署")


async def test_it_is_there_in_english(bot: Bot) -> None:
    both_in(bot, assessment_id := noted(bot))
    await (phone := bot.phone(ADMIN)).start()
    preferences.set_language(bot.context, ADMIN, "en")
    await phone.say("/admin")
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case")
    await phone.press("📎 Notes and files (4)")
    assert "2. 🖼 Photo: 现场\nThe review as a whole\n3. 📝 Note: 总体不错" in phone.last
    assert phone.last.endswith("4. 🎤 Voice message")


async def test_where_nothing_is_kept_no_button_offers_it_and_an_old_one_is_stale(bot: Bot) -> None:
    phone = await case_of(bot, opened(bot))
    assert not phone.offers(BUTTON)
    await pressed_anyway(phone, opened(bot, "Q007"))
    assert phone.toast == STALE


async def test_who_is_assessed_reads_nothing_of_it(bot: Bot) -> None:
    set_roles(bot, "Q004", Role.EMPLOYEE, Role.ADMIN)
    both_in(bot, assessment_id := noted(bot, "Q004"))
    phone = await case_of(bot, assessment_id, EMPLOYEE)
    assert "这是你自己的评估" in phone.last
    assert not phone.offers(BUTTON)
    await pressed_anyway(phone, assessment_id)
    assert phone.toast == STALE
    assert "总体不错" not in phone.screen


async def test_who_still_rates_reads_only_their_own_until_all_are_in(bot: Bot) -> None:
    set_roles(bot, "Q003", Role.ASSESSOR, Role.ADMIN)
    phone = await case_of(bot, assessment_id := noted(bot), SECOND_ASSESSOR)
    await phone.press("📎 备注与证据（1）")
    assert phone.last.endswith("\n\n吴倩\n成就导向\n1. 🎤 语音")
    assert "周明" not in phone.last
    both_in(bot, assessment_id)
    phone = await case_of(bot, assessment_id, SECOND_ASSESSOR)
    assert phone.offers("📎 备注与证据（4）")


async def test_what_a_replaced_assessor_kept_is_left_out(bot: Bot) -> None:
    hires(bot, "R001", role=Role.ASSESSOR)
    amendments.reassign(bot.context, OPERATOR, assessment_id := noted(bot), "Q002", "R001")
    phone = await case_of(bot, assessment_id)
    await phone.press("📎 备注与证据（1）")
    assert "总体不错" not in phone.last


@pytest.mark.parametrize("letter", ["字", "😀", "&"])
async def test_long_notes_are_cut_and_paged(bot: Bot, letter: str) -> None:
    assessment_id = opened(bot)
    texts = [f"第{number}条{letter * 1900}" for number in range(1, 10)]
    keeps(bot, ASSESSOR, reviews_of(bot, assessment_id)[0], notes(*texts))
    phone = await case_of(bot, assessment_id)
    await phone.press("📎 备注与证据（9）")
    assert phone.last.count("…") == 4
    assert units(phone.last) <= 4096
    await phone.press("下一页", "下一页")
    assert "周明（主评）\n成就导向\n9. 📝 备注：第9条" in phone.last
    assert not phone.offers("下一页")
    await phone.press("上一页")
    assert [f"第{number}条" in phone.last for number in (4, 5, 8, 9)] == [False, True, True, False]
