"""Whatever a button of the administrators' screens may carry: nobody else gets anything of it, and nothing changes."""

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.buttons import To, command
from bot.handlers.admin import ANSWERS, SCREENS
from qualify.access import Role
from qualify.services import typed_answers
from qualify.services.people import roles
from qualify.storage.columns import LARGEST_ID
from tests.company import OPERATOR
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, STRANGER, Bot
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]

FORBIDDEN = "你没有权限做这件事。如果需要，请联系管理员。"
STALE = {"这一屏已经过期，请看最新的一屏。", "This screen is out of date. Please use the latest one."}
NUMBERS = ((), (1,), (4, 0), (4, 2, 1), (1, 1, 1, 1), (99,))


def stored(bot: Bot) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, but for what administrators looked for last: any text of theirs may be looked for."""
    with bot.context.database.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*(column for column in table.c if column.name != "sought")).order_by(*table.primary_key)
                )
            ]
            for table in SQLModel.metadata.sorted_tables
            if table.name != "effect"  # that an update was refused is known
        }


async def presses(phone: Phone, word: str) -> set[str]:
    """What every shape of the button pops up."""
    toasts = set()
    for numbers in NUMBERS:
        await phone.press_data(phone.messages()[-1]["message_id"], command(To.ADMIN, *numbers, word=word))
        toasts.add(phone.toast)
    return toasts


@pytest.mark.parametrize("user_id", [EMPLOYEE, ASSESSOR])
async def test_an_employee_and_an_assessor_are_refused_by_the_services(bot: Bot, user_id: int) -> None:
    phone = bot.phone(user_id)
    await phone.start()
    before, seen = stored(bot), phone.screen.partition("\n! ")[0]
    for word in SCREENS:
        toasts = await presses(phone, word)
        assert FORBIDDEN in toasts, word
        assert toasts <= {FORBIDDEN, *STALE}, word
    assert stored(bot) == before
    assert phone.screen.startswith(seen)
    assert len(phone.messages()) == seen.count("bot: ") + 1, "nothing was sent"


async def test_a_stranger_and_an_administrator_who_left_find_nothing_behind_the_buttons(bot: Bot, admin: Phone) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    roles.set_active(bot.context, OPERATOR, "Q001", active=False)
    for phone in (bot.phone(STRANGER), admin):
        await phone.start()
        before, messages = stored(bot), len(phone.messages())
        for word in SCREENS:
            assert await presses(phone, word) <= STALE, word
        assert (stored(bot), len(phone.messages())) == (before, messages)


async def test_who_is_an_administrator_no_more_is_refused_also_behind_an_open_menu(bot: Bot, admin: Phone) -> None:
    roles.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    roles.set_roles(bot.context, OPERATOR, "Q001", {Role.EMPLOYEE})
    await admin.press("人员")
    assert admin.toast == FORBIDDEN
    await admin.say("/admin")
    assert admin.last == FORBIDDEN


@pytest.mark.parametrize("kind", ANSWERS)
async def test_a_question_left_from_better_days_is_answered_by_nobody_else(bot: Bot, kind: str) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    typed_answers.ask(bot.context, EMPLOYEE, f"{kind} 1 1 1")
    before = stored(bot)
    await phone.say("陈")
    assert phone.last in {FORBIDDEN, "文件还没有导入。请点上面的“导入”或“放弃”。"}, "no names"
    assert stored(bot) == before


async def test_a_word_that_no_screen_has_is_stale(bot: Bot, admin: Phone) -> None:
    assert admin.user_id == ADMIN
    for word in ("nothing", "MENU", ""):
        await admin.press_data(admin.messages()[-1]["message_id"], command(To.ADMIN, 1, word=word))
        assert admin.toast in STALE


async def test_a_page_that_begins_with_nobody_is_the_first_one_and_a_number_no_row_has_is_stale(
    bot: Bot, admin: Phone
) -> None:
    message_id = admin.messages()[-1]["message_id"]
    await admin.press_data(message_id, command(To.ADMIN, LARGEST_ID, word="people"))
    assert "马超 · Q008" in admin.screen
    for number in (command(To.ADMIN, LARGEST_ID + 1, word="people"), f"a{'z' * 10}:people", f"a{'z' * 11}:people"):
        await admin.press_data(message_id, number)
        assert admin.toast in STALE


@pytest.mark.parametrize("word", ["assess", "sign", "appeals", "ranking"])
async def test_a_list_begins_at_no_place_that_there_is_none(bot: Bot, admin: Phone, word: str) -> None:
    message_id, most = admin.messages()[-1]["message_id"], 36**10 - 1
    for numbers in ((0, 0, most, most, most, most), (1, 1, 0, 0, 1, 1), (0, 0, 0, most, 5, 1), (1, most), (0, most, 1)):
        await admin.press_data(message_id, command(To.ADMIN, *numbers, word=word))
        assert not admin.toast or admin.toast in STALE
