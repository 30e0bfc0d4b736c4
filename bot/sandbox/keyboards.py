"""Inline keyboards: what Telegram refuses in them, and how a person finds a button."""

from collections.abc import Iterator

from bot.sandbox.errors import bad_request
from bot.sandbox.schema import Json

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_DATA_BYTES = 64
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_STYLES = {"danger", "success", "primary"}


def check_markup(markup: Json | None) -> Json | None:
    """The inline keyboard as it is shown (None for an empty one). Raises ApiError for what Telegram refuses.

    ForceReply and the removal of a reply keyboard are accepted and show nothing; reply keyboards are not implemented.
    """
    if not markup or "force_reply" in markup or "remove_keyboard" in markup:
        return None
    if "keyboard" in markup:
        raise bad_request("reply keyboards are not implemented by the sandbox")
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Json) -> None:
    actions = button.keys() - _LOOKS
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Inline keyboard button text must be non-empty")
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: one action expected, not {', '.join(sorted(actions))}")
    if button.get("style", "danger") not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("https://", "http://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def buttons(message: Json) -> Iterator[Json]:
    """The buttons under a message, row by row."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from row


def find_button(message: Json, wanted: str) -> Json | None:
    """The button whose callback data or label is `wanted`; else the only one whose label contains it."""
    exact = [button for button in buttons(message) if wanted in (button.get("callback_data"), button["text"])]
    partly = [button for button in buttons(message) if wanted in button["text"]]
    return exact[0] if exact else partly[0] if len(partly) == 1 else None
