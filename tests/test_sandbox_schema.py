"""Requests and replies are held against the published Bot API, and the extract of it is fresh."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.extract import extract, render
from bot.sandbox.schema import SCHEMA, decode, problems, validate_reply

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "botapi" / "api.min.json"
USER = {"id": 1, "is_bot": False, "first_name": "李明"}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the published Bot API is not at {PUBLISHED}")
def test_the_extract_is_what_the_published_api_gives() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == render(extract(json.loads(PUBLISHED.read_text(encoding="utf-8"))))


def test_the_extract_stays_small() -> None:
    assert SCHEMA.stat().st_size < 150_000


def sent(**params: Any) -> list[str]:
    return problems("sendMessage", {"chat_id": 1, "text": "x", **params})


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, []),
        ({"chat_id": "@name"}, []),
        ({"chat_id": 1.5}, ["sendMessage.chat_id: Integer expected, not 1.5"]),
        ({"chat_id": True}, ["sendMessage.chat_id: Integer expected, not True"]),
        ({"text": 5}, ["sendMessage.text: String expected, not 5"]),
        ({"silent": True}, ["sendMessage.silent: unknown"]),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}}, []),
        ({"reply_markup": {"remove_keyboard": True}}, []),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": 7}]]}},
            ["sendMessage.reply_markup.inline_keyboard[0][0].callback_data: String expected, not 7"],
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "colour": "red"}, {}]]}},
            [
                "sendMessage.reply_markup.inline_keyboard[0][0].colour: unknown",
                "sendMessage.reply_markup.inline_keyboard[0][1].text: missing",
            ],
        ),
        ({"entities": [{"type": "bold", "offset": 0}]}, ["sendMessage.entities[0].length: missing"]),
        ({"entities": {}}, ["sendMessage.entities: Array of MessageEntity expected, not {}"]),
    ],
)
def test_every_fault_of_a_request_is_named_with_its_place(params: dict[str, Any], found: list[str]) -> None:
    assert sent(**params) == found


def test_missing_parameters_and_unknown_methods_are_named() -> None:
    assert problems("sendMessage", {"text": "x"}) == ["sendMessage.chat_id: missing"]
    assert problems("sendMesage", {}) == ["sendMesage: unknown method"]


def test_the_member_of_a_union_is_told_by_its_type() -> None:
    at = {"chat_id": 1, "message_id": 1}
    assert problems("editMessageMedia", {**at, "media": {"type": "photo", "media": "attach://x"}}) == []
    wrong = problems("editMessageMedia", {**at, "media": {"type": "photo", "media": "x", "duration": 5}})
    assert wrong == ["editMessageMedia.media.duration: unknown"]
    assert problems("editMessageMedia", {**at, "media": {"type": "film", "media": "x"}})
    assert problems("setMyCommands", {"commands": [], "scope": {"type": "chat"}}) == [
        "setMyCommands.scope.chat_id: missing"
    ]


def test_replies_are_checked_too() -> None:
    assert validate_reply("sendMessage", MESSAGE) == []
    assert validate_reply("sendMessage", {**MESSAGE, "from": {**USER, "is_bot": "no"}}) == [
        "sendMessage().from.is_bot: Boolean expected, not 'no'"
    ]
    assert validate_reply("deleteMessage", True) == []
    assert validate_reply("getUpdates", [{"message": MESSAGE}]) == ["getUpdates()[0].update_id: missing"]


def test_form_values_become_json_values_where_the_schema_says_so() -> None:
    raw = {"chat_id": "-5", "text": "7", "disable_notification": "true", "reply_markup": '{"force_reply": true}'}
    assert decode("sendMessage", raw) == {
        "chat_id": -5,
        "text": "7",
        "disable_notification": True,
        "reply_markup": {"force_reply": True},
    }
    assert decode("sendMessage", {"chat_id": "@name", "entities": "[broken"}) == {
        "chat_id": "@name",
        "entities": "[broken",
    }
