"""Updates at the edge: what handlers read of one, each part of its kind, or nothing of it.

A forged or odd update is refused here, with one line that says what is wrong; nothing behind needs to look again. What
no handler reads is left out, so that it can't do harm and costs nothing. Texts come without what nobody sees and
databases can't hold (see `qualify.texts.visible`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, MaybeInaccessibleMessage, Message, Update, User

from bot.render.message import BUNDLE
from qualify.texts import visible

Json = dict[str, Any]
Reader = Callable[[Any], Any]
"""Takes a part of an update and returns it as handlers may have it. Raises `Unreadable`."""
LARGEST_NUMBER = 2**63 - 1
"""That a database holds; Telegram's own are smaller."""
FILES = ("document", "voice", "audio", "video", "video_note")
"""What is kept as evidence besides photos, by the names the Bot API gives them."""


class Unreadable(Exception):
    """What came is no update that Telegram sends; says which part of it, and never repeats what somebody wrote."""


def read_update(raw: Any, bot: Bot) -> Update:
    """The update as handlers take it; what was given stays as it is. Raises Unreadable."""
    known = _update(raw)
    try:
        if "callback_query" in known:
            return Update(known["update_id"], callback_query=_press(known["callback_query"], bot))
        return Update.de_json(known, bot)
    except Exception as error:  # a dozen kinds come through, for parts that the Bot API demands and we don't read
        raise Unreadable(f"is not as the Bot API has it: {type(error).__name__}") from None


def _press(query: Json, bot: Bot) -> CallbackQuery:
    """A press. Of the message that has the button only one that tells of several things is made whole; any other is as
    one that is too old for Telegram to show, for a message has a hundred parts, and every press would wait for them."""
    beneath = query.get("message")
    message: MaybeInaccessibleMessage | None = None
    if beneath is not None and "text" in beneath:
        message = Message.de_json(beneath, bot)
    elif beneath is not None:
        message = InaccessibleMessage(Chat.de_json(beneath["chat"], bot), beneath["message_id"])
    sender = User.de_json(query["from"], bot)
    return CallbackQuery(query["id"], sender, query["chat_instance"], message, query.get("data"))


def is_number(given: Any) -> bool:
    """Whether it is a whole number that a database holds."""
    return type(given) is int and abs(given) <= LARGEST_NUMBER


def _number(given: Any) -> Any:
    if not is_number(given):
        raise Unreadable("is no number")
    return given


def _any_word(given: Any) -> str:
    """A word that decides nothing unless it is one of ours."""
    if isinstance(given, str):
        return given
    raise Unreadable("is no text")


def _word(given: Any) -> str:
    """A word that a program made, and that may be stored."""
    word = _any_word(given)
    if visible(word).split() != [word]:
        raise Unreadable("is no word")
    return word


def _text(given: Any) -> str | None:
    """What a person wrote; None where there is nothing in it to be seen, which counts as not written."""
    text = visible(_any_word(given))
    return text if text.strip() else None


def _words_of_several(given: Any) -> str | None:
    """What a message with buttons says that tells of several things; of any other nobody reads the words."""
    return _text(given) if _any_word(given).startswith(BUNDLE) else None


@dataclass(frozen=True)
class _Part:
    """An object: what has to be in it and what may be, each read by its reader, and what passes as it is (None: all
    the rest)."""

    needed: Mapping[str, Reader]
    others: Mapping[str, Reader] = field(default_factory=dict)
    passing: Collection[str] | None = None

    def __call__(self, given: Any) -> Json:
        if not isinstance(given, dict):
            raise Unreadable("is no object")
        passing = given if self.passing is None else self.passing
        read = {name: given[name] for name in passing if given.get(name) is not None}
        for name, reader in (*self.needed.items(), *self.others.items()):
            part = read.pop(name, given.get(name))
            if part is None and name not in self.needed:
                continue
            try:
                found = reader(part)
            except Unreadable as error:
                raise Unreadable(f"{name} {error}") from None
            if found is not None:
                read[name] = found
        return read


def _sizes(given: Any) -> list[Json]:
    """The sizes of a photo."""
    if not isinstance(given, list):
        raise Unreadable("is no list")
    return [_file(each) for each in given]


_user = _Part({"id": _number}, {"language_code": _any_word})
_chat = _Part({"id": _number, "type": _word})
_file = _Part({"file_id": _word}, {"file_name": _text, "file_size": _number})
_member = _Part({"status": _word})
_place: dict[str, Reader] = {"message_id": _number, "chat": _chat}
_words: dict[str, Reader] = {"from": _user, "text": _text, "caption": _text}
_files: dict[str, Reader] = {"photo": _sizes, **dict.fromkeys(FILES, _file)}
_message = _Part(_place, {**_words, **_files}, ("date", "forward_origin"))
_query = _Part(
    {"id": _word, "from": _user},
    {
        "data": _any_word,
        "message": _Part(_place, {"text": _words_of_several}, ("date",)),
    },  # without its keyboard, which nobody reads
    ("chat_instance",),
)
_membership = _Part(
    {"chat": _chat, "from": _user, "old_chat_member": _member, "new_chat_member": _member}, passing=("date",)
)
_update = _Part(
    {"update_id": _number},
    {"message": _message, "edited_message": _message, "callback_query": _query, "my_chat_member": _membership},
    passing=(),
)
