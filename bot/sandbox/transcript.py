"""A chat as a person sees it, in plain lines: for tests and for reading."""

from bot.sandbox.chats import Chat
from bot.sandbox.schema import Json

_ICONS = {"photo": "🖼", "document": "📄", "audio": "🎵", "voice": "🎤", "video": "🎬", "video_note": "🎬"}


def render(chat: Chat, bot_id: int) -> str:
    """Every message with who sent it, its file, its text and its buttons; then the toasts of answered presses."""
    lines = [line for message in chat.messages.values() for line in _message(message, bot_id)]
    toasts = [f"{'! ' if answer.alert else '~ '}{answer.text}" for answer in chat.answers if answer.text]
    return "\n".join(lines + toasts)


def _message(message: Json, bot_id: int) -> list[str]:
    sender = "bot" if message["from"]["id"] == bot_id else message["from"]["first_name"]
    file = [_file(kind, message[kind]) for kind in _ICONS if kind in message]
    origin = ["↪ forwarded"] if "forward_origin" in message else []
    said = message.get("text") or message.get("caption") or ""
    first, *rest = [*origin, *file, *said.splitlines()] or [""]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    labels = [" ".join(f"[{button['text']}]" for button in row) for row in rows]
    return [f"{sender}: {first}", *(f"  {line}" for line in rest + labels)]


def _file(kind: str, content: Json | list[Json]) -> str:
    if isinstance(content, list):
        return f"{_ICONS[kind]} {content[-1]['width']}×{content[-1]['height']}"
    return f"{_ICONS[kind]} {content.get('file_name', '')}".strip()
