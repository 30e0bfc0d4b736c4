"""What people do in the sandbox, and what the bot hears of it: presses, updates, commands, time, faults."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox import ApiError, Clock, Impossible
from bot.sandbox.account import commands_for
from tests.test_sandbox import GROUP, KEYBOARD, LI, STRANGER, TOO_OLD, WANG, Phone, button, keyboard, picture, refused


@pytest.fixture
def phone() -> Phone:
    return Phone()


def test_a_press_is_answered_once_and_in_time(phone: Phone) -> None:
    phone.send(reply_markup=KEYBOARD)
    first = phone.press(LI, None, "达到")
    long = refused(phone, "answerCallbackQuery", callback_query_id=first.query_id, text="字" * 201)
    assert long == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert refused(phone, "answerCallbackQuery", callback_query_id=first.query_id, url="https://x")[1].endswith(
        "URL_INVALID"
    )
    phone.ask("answerCallbackQuery", callback_query_id=first.query_id, text="已记录", show_alert=True)
    assert refused(phone, "answerCallbackQuery", callback_query_id=first.query_id) == (400, f"Bad Request: {TOO_OLD}")
    late = phone.press(LI, None, "met")
    phone.clock.advance(timedelta(seconds=151))
    assert refused(phone, "answerCallbackQuery", callback_query_id=late.query_id) == (400, f"Bad Request: {TOO_OLD}")
    assert [(toast.text, toast.alert) for toast in phone.toasts(LI)] == [("已记录", True)]
    assert phone.transcript(LI).endswith("! 已记录")


def test_only_buttons_that_are_there_can_be_pressed_unless_the_client_is_forged(phone: Phone) -> None:
    number = phone.send(reply_markup=keyboard([button("说明", url="https://a.b")]))
    with pytest.raises(Impossible, match="no button"):
        phone.press(LI, number, "met")
    with pytest.raises(Impossible, match="asks the bot for nothing"):
        phone.press(LI, number, "说明")
    phone.press(LI, number, "r1:forged", forged=True)
    assert phone.ask("getUpdates")[-1]["callback_query"]["data"] == "r1:forged"


def test_a_blocked_bot_cannot_write_until_the_person_returns(phone: Phone) -> None:
    phone.kinds()
    phone.block(LI)
    assert refused(phone, "sendMessage", chat_id=LI, text="x") == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(Impossible, match="blocked"):
        phone.say(LI, "在吗")
    phone.unblock(LI)
    phone.send()
    changes = [update["my_chat_member"] for update in phone.ask("getUpdates")]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    with pytest.raises(Impossible, match="not blocked"):
        phone.unblock(LI)


def test_people_send_everything_a_bot_may_get(phone: Phone) -> None:
    phone.say(LI, "记录")
    phone.send_photo(LI, picture())
    phone.send_document(LI, "a.pdf", b"x", "证据")
    phone.send_voice(LI, b"OggS")
    phone.forward(LI, phone.send("结果"))
    news = [update["message"] for update in phone.ask("getUpdates")]
    kinds = ["forward_origin", "entities", "text", "photo", "document", "voice"]
    assert [next(kind for kind in kinds if kind in message) for message in news] == [*kinds[1:], kinds[0]]
    assert news[-1]["forward_origin"]["sender_user"]["id"] == phone.ask("getMe")["id"]


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("photo", "sendPhoto"),
        ("document", "sendDocument"),
        ("audio", "sendAudio"),
        ("video", "sendVideo"),
        ("voice", "sendVoice"),
        ("video_note", "sendVideoNote"),
    ],
)
def test_what_somebody_sent_is_sent_again_by_its_identifier_as_the_kind_that_it_is(
    phone: Phone, kind: str, method: str
) -> None:
    content = picture() if kind == "photo" else b"..."
    sent = phone.send_file(LI, kind, "演示.mp4", content)[kind]
    file_id = sent[-1]["file_id"] if kind == "photo" else sent["file_id"]
    again = phone.ask(method, chat_id=LI, **{kind: file_id})
    assert again[kind] == sent
    other = ("sendDocument", "document") if kind != "document" else ("sendVideo", "video")
    assert "can't use file of type" in refused(phone, other[0], chat_id=LI, **{other[1]: file_id})[1]
    assert "wrong file identifier" in refused(phone, method, chat_id=LI, **{kind: "unknown"})[1]


def test_somebody_changes_what_they_wrote_and_the_bot_hears_of_it(phone: Phone) -> None:
    text = phone.say(LI, "三次")["message_id"]
    photo = phone.send_photo(LI, picture(), "现场")["message_id"]
    phone.kinds()
    phone.edit(LI, text, "四次 /help")
    phone.edit(LI, photo, "")
    first, second = [update["edited_message"] for update in phone.ask("getUpdates")]
    assert (first["message_id"], first["text"], first["edit_date"]) == (text, "四次 /help", phone.clock.unix())
    assert first["entities"][0]["type"] == "bot_command"
    assert (second["message_id"], "caption" in second, "photo" in second) == (photo, False, True)


def test_only_ones_own_messages_can_be_changed_and_not_into_nothing(phone: Phone) -> None:
    theirs, own = phone.send("结果"), phone.say(LI, "三次")["message_id"]
    forwarded = phone.forward(LI, own)["message_id"]
    for number, text in ((theirs, "别的"), (forwarded, "别的"), (own, " "), (own, "字" * 4097), (999, "别的")):
        with pytest.raises(Impossible):
            phone.edit(LI, number, text)


@pytest.mark.parametrize("text", ["", " ", "字" * 4097])
def test_a_person_cannot_send_what_their_client_would_not(phone: Phone, text: str) -> None:
    with pytest.raises(Impossible, match="1 to 4096"):
        phone.say(LI, text)


def test_a_protected_message_is_not_forwarded(phone: Phone) -> None:
    with pytest.raises(Impossible, match="protected"):
        phone.forward(LI, phone.send(protect_content=True))


def test_updates_are_confirmed_by_asking_for_later_ones(phone: Phone) -> None:
    for text in ("一", "二", "三"):
        phone.say(LI, text)
    first, *_ = phone.ask("getUpdates", limit=1)
    assert len(phone.ask("getUpdates")) == 4
    assert len(phone.ask("getUpdates", offset=first["update_id"] + 1)) == 3
    assert [update["message"]["text"] for update in phone.ask("getUpdates", offset=-1)] == ["三"]


def test_allowed_updates_are_remembered_and_hold_for_what_comes_later(phone: Phone) -> None:
    phone.kinds()
    phone.ask("getUpdates", allowed_updates=["my_chat_member"])
    phone.say(LI, "不要")
    phone.block(LI)
    phone.unblock(LI)
    assert phone.kinds() == ["my_chat_member", "my_chat_member"]
    phone.ask("getUpdates", allowed_updates=[])
    phone.say(LI, "要")
    assert phone.kinds() == ["message"]


def test_a_second_poll_ends_the_first_and_a_webhook_ends_both(phone: Phone) -> None:
    first, second = phone.updates.begin_poll(), phone.updates.begin_poll()
    with pytest.raises(ApiError, match="409 Conflict: terminated by other getUpdates request"):
        phone.updates.check_poll(first)
    phone.updates.check_poll(second)
    phone.ask("setWebhook", url="https://example.org/hook", drop_pending_updates=True)
    code, words = refused(phone, "getUpdates")
    assert (code, words[:54]) == (409, "Conflict: can't use getUpdates method while webhook is")
    info = phone.ask("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://example.org/hook", 0)
    phone.ask("deleteWebhook")
    assert phone.ask("getUpdates") == []


def test_the_narrowest_scope_gives_a_person_their_commands(phone: Phone) -> None:
    def menu(user_id: int) -> list[str]:
        return [command["command"] for command in commands_for(phone, user_id)]

    def put(name: str, **where: Any) -> None:
        phone.ask("setMyCommands", commands=[{"command": name, "description": "x"}], **where)

    put("start")
    put("zh", language_code="zh")
    put("private", scope={"type": "all_private_chats"})
    put("admin", scope={"type": "chat", "chat_id": LI})
    assert (menu(LI), menu(WANG)) == (["admin"], ["private"])
    phone.ask("deleteMyCommands", scope={"type": "all_private_chats"})
    assert menu(WANG) == ["zh"]
    assert phone.ask("getMyCommands")[0]["command"] == "start"
    assert phone.ask("getMyCommands", scope={"type": "all_group_chats"}) == []


def test_messages_are_dated_by_the_clock_and_two_days_old_ones_stay(phone: Phone) -> None:
    number = phone.send()
    phone.clock.advance(timedelta(hours=49))
    assert phone.ask("sendMessage", chat_id=LI, text="x")["date"] == datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp()
    words = "Bad Request: message can't be deleted for everyone"
    assert refused(phone, "deleteMessage", chat_id=LI, message_id=number) == (400, words)
    phone.clock.reset()
    assert phone.ask("deleteMessage", chat_id=LI, message_id=number) is True
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2026, 1, 1))  # noqa: DTZ001


def test_flood_control_holds_back_a_chat_and_the_whole_bot() -> None:
    phone = Phone(flood_limit=2)
    phone.start(WANG)
    phone.send()
    assert refused(phone, "sendMessage", chat_id=LI, text="x") == (429, "Too Many Requests: retry after 1")
    phone.ask("sendMessage", chat_id=WANG, text="x")
    phone.clock.advance(timedelta(seconds=0.5))
    phone.add_user(STRANGER, "陈静")
    phone.start(STRANGER)
    with pytest.raises(ApiError) as caught:
        phone.ask("sendMessage", chat_id=STRANGER, text="x")
    assert caught.value.body()["parameters"] == {"retry_after": 1}
    phone.clock.advance(timedelta(seconds=0.5))
    phone.ask("sendMessage", chat_id=STRANGER, text="x")


def test_the_group_hears_the_bot_until_told_otherwise(phone: Phone) -> None:
    phone.kinds()
    phone.add_group(GROUP, "客服部", [LI, WANG])
    phone.say(WANG, "大家好", GROUP)
    number = phone.ask("sendMessage", chat_id=GROUP, text="请私聊", reply_markup=KEYBOARD)["message_id"]
    phone.press(LI, number, "met", chat_id=GROUP)
    assert phone.kinds() == ["my_chat_member", "message", "callback_query"]
    assert phone.ask("getChat", chat_id=GROUP)["title"] == "客服部"
    phone.add_user(STRANGER, "陈静")
    with pytest.raises(Impossible, match="not a member"):
        phone.say(STRANGER, "我也在", GROUP)
    with pytest.raises(ValueError, match="negative"):
        phone.add_group(5, "x", [LI])


def test_a_wrong_token_is_unauthorised(phone: Phone) -> None:
    with pytest.raises(ApiError, match="401 Unauthorized"):
        phone.call("2:OTHER", "getMe")


def test_faults_can_strike_before_or_after_delivery(phone: Phone) -> None:
    phone.fail_next("sendMessage", ApiError(500, "Internal Server Error"), times=2)
    for _ in range(2):
        assert refused(phone, "sendMessage", chat_id=LI, text="丢了") == (500, "Internal Server Error")
    phone.fail_next("sendMessage", TimeoutError("no reply"), delivered=True)
    with pytest.raises(TimeoutError):
        phone.send("送到了")
    assert re.findall("丢了|送到了", phone.transcript(LI)) == ["送到了"]
    assert len(phone.sent("sendMessage")) == 3


def test_the_log_of_requests_is_bounded_when_asked() -> None:
    phone = Phone(keep_requests=2)
    for text in ("一", "二", "三"):
        phone.send(text)
    assert [params["text"] for _, params in phone.requests] == ["二", "三"]
