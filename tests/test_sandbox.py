"""The sandbox keeps a bot to Telegram's rules, refuses in Telegram's words, and tells it what people do."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.sandbox import ApiError, Clock, Sandbox, Upload
from bot.sandbox.core import METHODS
from bot.sandbox.formatting import format_text
from bot.sandbox.schema import schema

TOKEN = "1:TOKEN"
LI, WANG, STRANGER, GROUP = 1, 2, 3, -100
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
KEYBOARD = {"inline_keyboard": [[{"text": "达到", "callback_data": "met", "style": "success"}]]}


class Phone(Sandbox):
    """A sandbox on a standing clock, where Li has started the bot, and a short way to call it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            TOKEN, bot_username="qualify_bot", clock=Clock(datetime(2026, 11, 22, 8, tzinfo=UTC)), **settings
        )
        for user_id, name in ((LI, "李明"), (WANG, "王芳")):
            self.add_user(user_id, name)
        self.start(LI)

    def ask(self, method: str, files: dict[str, Upload] | None = None, **params: Any) -> Any:
        return self.call(TOKEN, method, params, files)

    def send(self, text: str = "你好", **params: Any) -> int:
        return int(self.ask("sendMessage", chat_id=LI, text=text, **params)["message_id"])

    def kinds(self) -> list[str]:
        """The kinds of the waiting updates, which are then confirmed."""
        updates = self.ask("getUpdates")
        self.ask("getUpdates", offset=self.updates._next_id)
        return [next(kind for kind in update if kind != "update_id") for update in updates]


@pytest.fixture
def phone() -> Phone:
    return Phone()


def picture(width: int = 40, height: int = 30) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "white").save(data, "PNG")
    return data.getvalue()


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "x", **action: Any) -> dict[str, Any]:
    return {"text": text, **(action or {"callback_data": "x"})}


def refused(phone: Phone, method: str, files: dict[str, Upload] | None = None, **params: Any) -> tuple[int, str]:
    """The code and words of a refusal."""
    with pytest.raises(ApiError) as caught:
        phone.ask(method, files, **params)
    return caught.value.code, caught.value.description


def test_a_chat_reads_as_a_person_sees_it(phone: Phone) -> None:
    phone.send(
        "<b>第 1 题</b>\n是否达到？", parse_mode="HTML", reply_markup=keyboard([button("达到"), button("未达到")])
    )
    phone.ask("sendDocument", {"document": Upload("结果.xlsx", b"x")}, chat_id=LI, document="attach://document")
    phone.send_photo(LI, picture(), "现场照片")
    assert phone.transcript(LI).splitlines() == [
        "李明: /start",
        "bot: 第 1 题",
        "  是否达到？",
        "  [达到] [未达到]",
        "bot: 📄 结果.xlsx",
        "李明: 🖼 40×30",
        "  现场照片",
    ]


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": LI, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": LI, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {"chat_id": LI, "text": "字" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": LI, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": LI, "text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
    ("sendMessage", {"chat_id": STRANGER, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@channel", "text": "x"}, "chat not found"),
    (
        "sendMessage",
        {"chat_id": LI, "text": "x", "reply_parameters": {"message_id": 9}},
        "message to be replied not found",
    ),
    ("sendMessage", {"chat_id": LI}, "sendMessage.text: missing"),
    ("sendMessage", {"chat_id": LI, "text": "x", "colour": "red"}, "sendMessage.colour: unknown"),
    ("sendChatAction", {"chat_id": LI, "action": "sleeping"}, "wrong parameter action in request"),
    ("editMessageText", {"chat_id": LI, "message_id": 9, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": LI, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"message_id": 1, "text": "x"}, "chat_id is empty"),
    ("editMessageText", {"chat_id": LI, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"inline_message_id": "1", "text": "x"}, "inline messages are not implemented"),
    ("deleteMessage", {"chat_id": LI, "message_id": 9}, "message to delete not found"),
    ("answerCallbackQuery", {"callback_query_id": "7"}, TOO_OLD),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_ABOUT_TOO_LONG"),
    ("setWebhook", {"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://a.b/", "secret_token": "a b"}, "secret token contains illegal characters"),
    ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ("sendPhoto", {"chat_id": LI, "photo": "no-such-id"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"chat_id": LI, "photo": "attach://nothing"}, "wrong file identifier/HTTP URL specified"),
]


@pytest.mark.parametrize(("method", "params", "words"), REFUSALS)
def test_what_telegram_refuses_is_refused_in_its_words(
    phone: Phone, method: str, params: dict[str, Any], words: str
) -> None:
    before = phone.transcript(LI)
    code, found = refused(phone, method, **params)
    assert code == 400
    assert found.startswith(f"Bad Request: {words}")
    assert phone.transcript(LI) == before


def test_nobody_hears_from_a_bot_they_never_started(phone: Phone) -> None:
    words = "Forbidden: bot can't initiate conversation with a user"
    assert refused(phone, "sendMessage", chat_id=WANG, text="x") == (403, words)


def test_a_method_the_sandbox_lacks_is_named(phone: Phone) -> None:
    assert refused(phone, "sendPoll", chat_id=LI) == (404, "Not Found: the sandbox does not implement sendPoll")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[button(callback_data="")]], "BUTTON_DATA_INVALID"),
        ([[button(callback_data="数" * 22)]], "BUTTON_DATA_INVALID"),
        ([[button()] * 9], "reply markup is too long"),
        ([[button()]] * 101, "reply markup is too long"),
        ([[{"text": "x"}]], "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ([[button(" ")]], "can't parse inline keyboard button: Inline keyboard button text must be non-empty"),
        ([[button(callback_data="x", url="https://t.me")]], "can't parse inline keyboard button: one action expected"),
        ([[button(callback_data="x", style="green")]], "can't parse inline keyboard button: invalid button style"),
        ([[button(url="ftp://x")]], "inline keyboard button URL 'ftp://x' is invalid: Wrong HTTP URL"),
        ([[button(copy_text={"text": ""})]], "BUTTON_COPY_TEXT_INVALID"),
    ],
)
def test_a_keyboard_that_telegram_would_not_show_is_refused(phone: Phone, rows: list[Any], words: str) -> None:
    _, found = refused(phone, "sendMessage", chat_id=LI, text="x", reply_markup=keyboard(*rows))
    assert found.startswith(f"Bad Request: {words}")


def test_the_largest_keyboard_and_the_longest_texts_are_accepted(phone: Phone) -> None:
    rows = [[button(callback_data="d" * 64)] * 8] * 12 + [[button()] * 4]
    phone.send("<b>" + "字" * 4096 + "</b>", parse_mode="HTML", reply_markup=keyboard(*rows))
    phone.ask("sendPhoto", {"p": Upload("p.png", picture())}, chat_id=LI, photo="attach://p", caption="字" * 1024)


def test_reply_keyboards_are_refused_and_their_removal_shows_nothing(phone: Phone) -> None:
    phone.send(reply_markup={"remove_keyboard": True})
    assert refused(phone, "sendMessage", chat_id=LI, text="x", reply_markup={"keyboard": [[{"text": "x"}]]}) == (
        400,
        "Bad Request: reply keyboards are not implemented by the sandbox",
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("分数 <5", 'Unclosed start tag at byte offset 7'),
        ("a < b >", 'Unsupported start tag "" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b>分", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>分</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("分</b>", "Unexpected end tag at byte offset 3"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"),
    ],
)  # fmt: skip
def test_broken_html_is_refused_with_the_place(phone: Phone, source: str, words: str) -> None:
    code, found = refused(phone, "sendMessage", chat_id=LI, text=source, parse_mode="HTML")
    assert code == 400
    assert found.startswith(f"Bad Request: can't parse entities: {words}")


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("1 &lt; 2 &amp; &copy; &#20013;&#x6587;", "1 < 2 & &copy; 中文", []),
        (" <b>😀a</b> ", "😀a", [("bold", 0, 3)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<EM></EM>x", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities_counted_in_utf16(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found, marked = format_text(source, "HTML", None)
    assert found == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in marked] == entities


def test_links_and_code_keep_their_arguments() -> None:
    source = '<a href="https://a.b/?x=1&amp;y">a</a><pre><code class="language-py">c</code></pre>'
    _, marked = format_text(source, "HTML", None)
    assert [entity.get("url") or entity.get("language") for entity in marked] == ["https://a.b/?x=1&y", "py"]


def test_commands_and_links_are_found_except_in_code(phone: Phone) -> None:
    message = phone.ask("sendMessage", chat_id=LI, text="<code>/no</code> /help https://a.b", parse_mode="HTML")
    assert [entity["type"] for entity in message["entities"]] == ["code", "bot_command", "url"]


def test_an_edit_replaces_text_and_drops_the_buttons(phone: Phone) -> None:
    number = phone.send("一", reply_markup=KEYBOARD)
    edited = phone.ask("editMessageText", chat_id=LI, message_id=number, text="二")
    assert (edited["text"], "reply_markup" in edited) == ("二", False)
    assert edited["edit_date"] == phone.clock.unix()


def test_an_edit_that_changes_nothing_is_refused(phone: Phone) -> None:
    number = phone.send("<b>一</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    same: dict[str, Any] = {"chat_id": LI, "message_id": number, "reply_markup": KEYBOARD}
    words = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    assert refused(phone, "editMessageText", text="<b>一</b> ", parse_mode="HTML", **same)[1].startswith(words)
    assert refused(phone, "editMessageReplyMarkup", **same)[1].startswith(words)
    assert phone.ask("editMessageText", text="一", **same)["text"] == "一"


def test_a_text_becomes_a_photo_but_never_text_again(phone: Phone) -> None:
    number = phone.send()
    at: dict[str, Any] = {"chat_id": LI, "message_id": number}
    no_caption = "Bad Request: there is no caption in the message to edit"
    assert refused(phone, "editMessageCaption", caption="x", **at)[1] == no_caption
    media = {"type": "photo", "media": "attach://p", "caption": "图"}
    edited = phone.ask("editMessageMedia", {"p": Upload("p.png", picture())}, media=media, **at)
    assert edited["photo"][-1]["width"] == 40
    assert (
        refused(phone, "editMessageText", text="x", **at)[1] == "Bad Request: there is no text in the message to edit"
    )
    assert phone.ask("editMessageCaption", caption="新", **at)["caption"] == "新"
    assert refused(phone, "editMessageMedia", media={"type": "video", "media": "x"}, **at)[1].endswith("by the sandbox")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "IMAGE_PROCESS_FAILED"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(21, 1), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9990, 600), "PHOTO_INVALID_DIMENSIONS"),
        (b"0" * (10 << 20) + b"1", "file is too big"),
    ],
    ids=["empty", "not a picture", "too narrow", "too large", "too heavy"],
)
def test_a_picture_that_telegram_cannot_show_is_refused(phone: Phone, content: bytes, words: str) -> None:
    found = refused(phone, "sendPhoto", {"p": Upload("p.png", content)}, chat_id=LI, photo="attach://p")
    assert found == (400, f"Bad Request: {words}")


def test_a_caption_too_long_and_an_empty_file_are_refused(phone: Phone) -> None:
    files = {"f": Upload("f.txt", b"x"), "empty": Upload("e.txt", b"")}
    too_long = refused(phone, "sendDocument", files, chat_id=LI, document="attach://f", caption="字" * 1025)
    assert too_long == (400, "Bad Request: message caption is too long")
    empty = refused(phone, "sendDocument", files, chat_id=LI, document="attach://empty")
    assert empty == (400, "Bad Request: file must be non-empty")


def test_a_file_is_sent_again_by_its_identifier_but_only_as_what_it_is(phone: Phone) -> None:
    sent = phone.ask("sendPhoto", {"p": Upload("p.png", picture())}, chat_id=LI, photo="attach://p")
    file_id = sent["photo"][-1]["file_id"]
    assert phone.ask("sendPhoto", chat_id=LI, photo=file_id)["photo"] == sent["photo"]
    words = "Bad Request: can't use file of type Photo as Document"
    assert refused(phone, "sendDocument", chat_id=LI, document=file_id) == (400, words)


def test_a_file_of_a_person_can_be_fetched_unless_it_is_too_big(phone: Phone) -> None:
    small = phone.send_document(LI, "证明.pdf", b"%PDF")["document"]
    path = phone.ask("getFile", file_id=small["file_id"])["file_path"]
    stored = phone.files.at(path)
    assert stored
    assert (stored.content, phone.files.at(path + "x")) == (b"%PDF", None)
    large = phone.send_document(LI, "视频.mp4", b"0" * ((20 << 20) + 1))["document"]
    assert refused(phone, "getFile", file_id=large["file_id"]) == (400, "Bad Request: file is too big")


def test_stored_messages_are_replaced_not_changed(phone: Phone) -> None:
    number = phone.send("旧")
    old = phone.chats[LI].messages[number]
    phone.ask("editMessageText", chat_id=LI, message_id=number, text="新")
    assert (old["text"], phone.chats[LI].messages[number]["text"]) == ("旧", "新")


def test_the_extract_has_exactly_the_methods_that_are_implemented() -> None:
    assert set(schema()["methods"]) == set(METHODS)
