"""Updates at the edge: what handlers read is what they may rely on, and nothing odd brings the bot to a stop."""

import asyncio
import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot as TelegramBot
from telegram import InaccessibleMessage

from bot.render.message import BUNDLE
from bot.sandbox.run import TOKEN
from bot.updates import LARGEST_NUMBER, Unreadable, read_update
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, Bot, InProcess, company, evidence, new_sandbox, zhou_at_work
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]

Json = dict[str, Any]
OVERRIDE = "\u202e"


def sender(user_id: int) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": "某人", "language_code": "zh-hans"}


def written(user_id: int, **content: Any) -> Json:
    """A message in the private chat with somebody."""
    place = {"chat": {"id": user_id, "type": "private"}, "from": sender(user_id)}
    return {"update_id": 7, "message": {"message_id": 5, "date": 1_790_000_000, **place, **content}}


def pressed(user_id: int, data: Any) -> Json:
    """A press of a button that carries the data."""
    message = written(user_id, text="…", reply_markup={"inline_keyboard": [[{"text": "…", "callback_data": "k1"}]]})
    press = {"id": "9", "from": sender(user_id), "chat_instance": "1", "message": message["message"], "data": data}
    return {"update_id": 8, "callback_query": press}


FILE = {"file_id": "F1", "file_unique_id": "f1"}
MEMBER = {"user": sender(1), "status": "member"}
VALID = [
    written(EMPLOYEE, text="/result"),
    written(ASSESSOR, text="表现稳定"),
    written(ASSESSOR, photo=[FILE | {"width": 90, "height": 90}], caption="现场"),
    written(ASSESSOR, voice=FILE | {"duration": 3}),
    written(ASSESSOR, sticker=FILE | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "x"}),
    written(ADMIN, text="/admin"),
    written(ADMIN, document=FILE | {"file_name": "名单.csv", "file_size": 10}),
    pressed(ASSESSOR, "r1.0.0.m0"),
    pressed(ADMIN, "a:menu"),
    pressed(ADMIN, "a1.1:person"),
    {
        "update_id": 9,
        "my_chat_member": {
            **{"chat": {"id": EMPLOYEE, "type": "private"}, "from": sender(EMPLOYEE), "date": 1},
            **{"old_chat_member": MEMBER, "new_chat_member": MEMBER},
        },
    },
]


@pytest.fixture
def telegram_bot() -> TelegramBot:
    return TelegramBot(TOKEN, request=InProcess(new_sandbox()))


@pytest.mark.parametrize("raw", VALID, ids=lambda raw: " ".join(sorted({**raw, **raw.get("message", {})})))
def test_what_telegram_sends_is_read_and_stays_as_it_was_given(raw: Json, telegram_bot: TelegramBot) -> None:
    before = copy.deepcopy(raw)
    update = read_update(raw, telegram_bot)
    assert raw == before
    assert update.effective_user is not None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, "is no object"),
        ([], "is no object"),
        ({}, "update_id is no number"),
        (written(1, text=5), "message text is no text"),
        (written(2**63, text="a"), "message chat id is no number"),
        (written(-(2**63), text="a"), "message chat id is no number"),
        (written(True, text="a"), "message chat id is no number"),
        (written(1, photo={}), "message photo is no list"),
        (written(1, document=FILE | {"file_id": "a\0b"}), "message document file_id is no word"),
        (written(1, document=FILE | {"file_id": "a b"}), "message document file_id is no word"),
        (written(1, document=[]), "message document is no object"),
        (pressed(1, 5), "callback_query data is no text"),
        ({"update_id": 1, "message": {"message_id": 1, "date": 1}}, "message chat is no object"),
        (written(1, date="now", text="a"), "is not as the Bot API has it: TypeError"),
        (written(1, date=None, text="a"), "is not as the Bot API has it: KeyError"),
    ],
)
def test_what_is_of_the_wrong_kind_is_refused_in_one_line_that_names_the_part(
    raw: Any, said: str, telegram_bot: TelegramBot
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_update(raw, telegram_bot)
    assert str(refusal.value) == said


@pytest.mark.parametrize(("words", "read"), [(BUNDLE + "3 件事", BUNDLE + "3 件事"), ("把握客户需求", None)])
def test_of_a_pressed_message_the_words_are_read_only_where_it_tells_of_several_things(
    words: str, read: str | None, telegram_bot: TelegramBot
) -> None:
    raw = pressed(ASSESSOR, "a:menu")
    raw["callback_query"]["message"] |= {"text": words}
    query = read_update(raw, telegram_bot).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.message.message_id, query.message.chat.id) == (5, ASSESSOR)
    assert getattr(query.message, "text", None) == read
    assert isinstance(query.message, InaccessibleMessage) is (read is None), "nothing else of it is made"
    assert (query.from_user.id, query.data) == (ASSESSOR, "a:menu")


def test_what_has_nothing_in_it_to_be_seen_counts_as_not_written(telegram_bot: TelegramBot) -> None:
    message = read_update(written(1, text=f"\0 {OVERRIDE}", caption="\n"), telegram_bot).message
    assert message is not None
    assert (message.text, message.caption) == (None, None)


def test_what_nobody_reads_does_no_harm(telegram_bot: TelegramBot) -> None:
    odd = read_update(written(1, text="a", entities=7, reply_to_message="x", date=1) | {"poll": 3}, telegram_bot)
    assert odd.message is not None
    assert odd.message.text == "a"


async def test_a_note_is_stored_without_what_nobody_sees_and_one_of_nothing_else_is_answered(bot: Bot) -> None:
    await zhou_at_work(bot)
    note = f"现场\0图{OVERRIDE}{chr(0xD800)}👩\u200d🔧\n第二行"
    assert await _handled(bot, written(ASSESSOR, text=note))
    assert [each.text for each in evidence(bot)] == ["现场图👩\u200d🔧\n第二行"]
    said = len(bot.sandbox.sent("sendMessage"))
    assert await _handled(bot, written(ASSESSOR, text=f"\0{OVERRIDE}") | {"message_id": 6})
    assert len(evidence(bot)) == 1
    assert len(bot.sandbox.sent("sendMessage")) == said + 1, "the question is asked again"


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, -1, 0, 2**31, LARGEST_NUMBER + 1, 1e308, "", "\0", "\ud800", OVERRIDE, "9" * 5000, "甲" * 5000),
        *([], {}, [None], {"id": {}}, "r1.0.0.m0", "azzzzzzzzzz:person", "r" + "z" * 12 + ".0.0.m0", "/", "/start \0"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> Json:
    """An update with one part, at any depth, put out of shape or taken away."""
    raw: Json = copy.deepcopy(draw(st.sampled_from(VALID)))
    within: Any = raw
    while True:
        place = draw(st.sampled_from(sorted(within) if isinstance(within, dict) else range(len(within))))
        if not (isinstance(within[place], dict | list) and within[place] and draw(st.booleans())):
            break
        within = within[place]
    if draw(st.booleans()):
        within[place] = draw(ODD)
    else:
        del within[place]
    return raw


anything_typed = st.builds(
    lambda user_id, text: written(user_id, text=text),
    st.sampled_from([EMPLOYEE, ASSESSOR, ADMIN]),
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=30) | st.sampled_from(["1" * 4096, "/" * 9]),
)


@settings(max_examples=4)
@given(st.lists(mutated(), min_size=40, max_size=40), st.lists(anything_typed, min_size=15, max_size=15))
def test_odd_updates_break_nothing_and_whatever_a_person_types_is_answered(odd: list[Json], typed: list[Json]) -> None:
    asyncio.run(_thrown_at_the_bot(odd, typed))


async def _thrown_at_the_bot(odd: list[Json], typed: list[Json]) -> None:
    with TemporaryDirectory() as directory:
        async with company(Path(directory)) as bot:
            for user_id in (EMPLOYEE, ASSESSOR, ADMIN):
                await bot.phone(user_id).start()
            for raw in odd:
                await _handled(bot, raw)
            for raw in typed:
                said = len(bot.sandbox.requests)
                assert await _handled(bot, raw)
                assert len(bot.sandbox.requests) > said, raw
            await bot.settle()
            bot.complaints.clear()  # Telegram's own refusals, of chats that there are not


async def _handled(bot: Bot, raw: Json) -> bool:
    """Let the bot handle the update; whether it could be read."""
    try:
        update = read_update(raw, bot.app.bot)
    except Unreadable:
        return False
    await bot.app.handle(update)
    await bot.app.runtime.jobs.idle()
    assert "Traceback" not in "\n".join(bot.complaints), raw
    return True


async def test_a_number_that_no_row_has_is_out_of_date_wherever_it_stands(bot: Bot, admin: Phone) -> None:
    message_id, too_large = admin.messages()[-1]["message_id"], "zik0zk"  # 2 ** 31 in base 36
    for data in (f"a{too_large}:person", f"a1.{too_large}:signed", f"r{too_large}.1.1.m0", f"r1.1.{too_large}.m0"):
        await admin.press_data(message_id, data)
        assert admin.toast == "这一屏已经过期，请看最新的一屏。"
