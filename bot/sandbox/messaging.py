"""The methods that write in chats: send, edit, delete, answer a press."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import Upload
from bot.sandbox.formatting import CAPTION_LIMIT, TEXT_LIMIT, format_text
from bot.sandbox.html import units
from bot.sandbox.keyboards import check_markup
from bot.sandbox.schema import Json
from bot.sandbox.world import World

QUERY_LIFETIME = timedelta(seconds=150)
DELETE_WITHIN = timedelta(hours=48)
MOST_TOAST = 200
_MEDIA = ("photo", "document", "audio", "video", "voice", "video_note")
_UPLOADS = ("photo", "video", "voice", "document", "video_note")
_ACTIONS = {
    "typing",
    "record_video",
    "record_voice",
    "record_video_note",
    "choose_sticker",
    "find_location",
    *(f"upload_{kind}" for kind in _UPLOADS),
}
_UNMODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)

Uploads = Mapping[str, Upload]


def send_message(world: World, params: Json, _: Uploads) -> Json:
    """Send a text message of 1–4096 characters after parsing."""
    return _send(world, params, lambda: _text(params))


def sender_of(kind: str) -> Callable[[World, Json, Uploads], Json]:
    """Sends a file of this kind, new or by its identifier, with an optional caption."""

    def send(world: World, params: Json, uploads: Uploads) -> Json:
        return _send(world, params, lambda: _media(world, kind, params[kind], params, uploads))

    return send


def _send(world: World, params: Json, content: Callable[[], Json]) -> Json:
    chat = world.writable_chat(params["chat_id"])
    markup = check_markup(params.get("reply_markup"))
    body = content()
    reply = _replied(chat, params.get("reply_parameters"))
    if world.flood:
        world.flood.admit(chat.id, world.clock.now())
    chat.busy_until = None
    protected = {"has_protected_content": True} if params.get("protect_content") else {}
    return world.new_message(chat, world.bot, {**reply, **body, **_shown(markup), **protected})


def _replied(chat: Chat, wanted: Json | None) -> Json:
    if not wanted:
        return {}
    message = chat.messages.get(wanted["message_id"])
    if message is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    plain = {key: value for key, value in (message or {}).items() if key != "reply_to_message"}
    return {"reply_to_message": plain} if message else {}


def _shown(markup: Json | None) -> Json:
    return {"reply_markup": markup} if markup else {}


def _text(params: Json) -> Json:
    if not params.get("text"):
        raise bad_request("message text is empty")
    text, entities = format_text(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def _caption(params: Json) -> Json:
    text, entities = format_text(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    if units(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    above = {"show_caption_above_media": True} if text and params.get("show_caption_above_media") else {}
    return {**({"caption": text} if text else {}), **({"caption_entities": entities} if entities else {}), **above}


def _media(world: World, kind: str, wanted: object, params: Json, uploads: Uploads) -> Json:
    caption = _caption(params)
    return {**world.files.resolve(kind, wanted, uploads).media(), **caption}


def edit_message_text(world: World, params: Json, _: Uploads) -> Json:
    """Replace a message's text; without reply_markup its buttons go."""
    chat, message = _editable(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, chat, message, _text(params), params)


def edit_message_caption(world: World, params: Json, _: Uploads) -> Json:
    """Replace the caption under a picture or file; without reply_markup the buttons go."""
    chat, message = _editable(world, params)
    kind = _media_kind(message)
    if kind is None:
        raise bad_request("there is no caption in the message to edit")
    return _replace(world, chat, message, {kind: message[kind], **_caption(params)}, params)


def edit_message_media(world: World, params: Json, uploads: Uploads) -> Json:
    """Replace a message's picture or file, or its text by one."""
    chat, message = _editable(world, params)
    media = params["media"]
    if media["type"] not in ("photo", "document"):
        raise bad_request(f"media of type {media['type']} is not implemented by the sandbox")
    content = _media(world, media["type"], media["media"], media, uploads)
    return _replace(world, chat, message, content, params)


def edit_message_reply_markup(world: World, params: Json, _: Uploads) -> Json:
    """Replace a message's buttons, or remove them."""
    chat, message = _editable(world, params)
    return _replace(world, chat, message, _content(message), params)


def _editable(world: World, params: Json) -> tuple[Chat, Json]:
    if "inline_message_id" in params:
        raise bad_request("inline messages are not implemented by the sandbox")
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = world.writable_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _media_kind(message: Json) -> str | None:
    return next((kind for kind in _MEDIA if kind in message), None)


def _content(message: Json) -> Json:
    """What an edit can replace in a message, the buttons excepted."""
    replaceable = (*_MEDIA, "text", "entities", "caption", "caption_entities", "show_caption_above_media")
    return {key: message[key] for key in replaceable if key in message}


def _replace(world: World, chat: Chat, message: Json, content: Json, params: Json) -> Json:
    markup = _shown(check_markup(params.get("reply_markup")))
    before = _content(message)
    if before == content and _shown(message.get("reply_markup")) == markup:
        raise bad_request(_UNMODIFIED)
    kept = {key: value for key, value in message.items() if key not in before and key != "reply_markup"}
    return world.store(chat, {**kept, **content, **markup, "edit_date": world.clock.unix()})


def delete_message(world: World, params: Json, _: Uploads) -> bool:
    """Delete a message of a private chat that is at most 48 hours old."""
    chat = world.writable_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.unix() - message["date"] > DELETE_WITHIN.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, params["message_id"])
    return True


def answer_callback_query(world: World, params: Json, _: Uploads) -> bool:
    """Stop the spinner of a pressed button, once, with a toast, an alert or nothing."""
    answer = world.queries.pop(params["callback_query_id"], None)
    if answer is None or world.clock.now() - answer.pressed_at > QUERY_LIFETIME:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.get("text", "")
    try:
        if units(text) > MOST_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        if params.get("url", "").partition("?")[0] not in ("", f"https://t.me/{world.bot['username']}"):
            raise bad_request("URL_INVALID")
    except ApiError:
        world.queries[answer.query_id] = answer
        raise
    answer.answered, answer.text = True, text
    answer.alert, answer.url = bool(params.get("show_alert")), params.get("url", "")
    answer.version = world.touch()
    return True


def send_chat_action(world: World, params: Json, _: Uploads) -> bool:
    """Show "typing…" for five seconds or until the next message."""
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.writable_chat(params["chat_id"]).busy_until = world.clock.now() + timedelta(seconds=5)
    world.touch()
    return True
