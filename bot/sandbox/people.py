"""What people do with their phones: type, press, send, forward, block. Each makes the updates Telegram would make."""

from bot.sandbox.chats import Answer, Chat, SandboxUser
from bot.sandbox.errors import Impossible
from bot.sandbox.files import StoredFile, Upload
from bot.sandbox.formatting import CAPTION_LIMIT, TEXT_LIMIT, find_entities
from bot.sandbox.html import units
from bot.sandbox.keyboards import buttons, find_button
from bot.sandbox.schema import Json
from bot.sandbox.world import World

_FILES = ("photo", "document", "audio", "video", "voice", "video_note")
_CARRIED = ("text", "entities", *_FILES, "caption", "caption_entities")


class People(World):
    """The people's side of the sandbox. An action that a client would not allow raises `Impossible`."""

    def add_user(
        self,
        user_id: int,
        first_name: str,
        username: str | None = None,
        language_code: str | None = "zh-hans",
        note: str = "",
    ) -> SandboxUser:
        """Add somebody who could write to the bot, but has not yet."""
        user = SandboxUser(user_id, first_name, username, language_code, note)
        named = {"username": username} if username else {}
        self.users[user_id] = user
        described = {"id": user_id, "type": "private", "first_name": first_name, **named}
        self.chats[user_id] = Chat(described, {user_id})
        self.touch()
        return user

    def add_phone(self, name: str) -> int:
        """Add a phone for somebody whom the company doesn't know yet. Returns the user's id."""
        user_id = max(self.users, default=0) + 1
        self.add_user(user_id, f"{name} {user_id % 1000}")
        return user_id

    def add_group(self, chat_id: int, title: str, members: list[int]) -> Chat:
        """Add a group (negative id) of people the sandbox knows; the first of them has just added the bot."""
        if chat_id >= 0:
            raise ValueError("a group's id is negative")
        chat = Chat({"id": chat_id, "type": "group", "title": title}, set(members), started=True)
        self.chats[chat_id] = chat
        self._membership(chat, members[0], "left", "member")
        return chat

    def start(self, user_id: int, payload: str = "") -> Json:
        """Press START, or open a deep link with its payload."""
        return self.say(user_id, f"/start {payload}".strip())

    def say(self, user_id: int, text: str, chat_id: int | None = None) -> Json:
        """Send a text message; the first one starts the private chat."""
        shown = text.strip()
        if not shown or units(shown) > TEXT_LIMIT:
            raise Impossible(f"a message has 1 to {TEXT_LIMIT} characters")
        return self._send(user_id, chat_id, {"text": shown, **_marked("entities", shown)})

    def send_photo(self, user_id: int, content: bytes, caption: str = "", chat_id: int | None = None) -> Json:
        """Send a picture."""
        return self._send_file(user_id, chat_id, "photo", Upload("photo.jpg", content), caption)

    def send_document(
        self, user_id: int, name: str, content: bytes, caption: str = "", chat_id: int | None = None
    ) -> Json:
        """Send a file."""
        return self._send_file(user_id, chat_id, "document", Upload(name, content), caption)

    def send_voice(
        self, user_id: int, content: bytes, mime_type: str = "audio/ogg", chat_id: int | None = None
    ) -> Json:
        """Send a voice message."""
        return self._send_file(user_id, chat_id, "voice", Upload("voice.oga", content, mime_type), "")

    def send_file(self, user_id: int, kind: str, name: str, content: bytes, caption: str = "") -> Json:
        """Send a file as one of the kinds that a client makes of it: audio, video, video_note."""
        return self._send_file(user_id, None, kind, Upload(name, content), caption)

    def edit(self, user_id: int, message_id: int, text: str) -> Json:
        """Change the text of a message that this person wrote, or what stands under their picture or file."""
        chat = self._own_chat(user_id, None)
        message, shown = self._message(chat, message_id), text.strip()
        if message["from"]["id"] != user_id or "forward_origin" in message or "video_note" in message:
            raise Impossible("this message can't be edited")
        field, limit = ("text", TEXT_LIMIT) if "text" in message else ("caption", CAPTION_LIMIT)
        if units(shown) > limit or (field == "text" and not shown):
            raise Impossible(f"an edited message has at most {limit} characters")
        entities = "entities" if field == "text" else "caption_entities"
        kept = {key: value for key, value in message.items() if key not in (field, entities)}
        said = {field: shown, **_marked(entities, shown)} if shown else {}
        edited = self.store(chat, {**kept, **said, "edit_date": self.clock.unix()})
        self._update("edited_message", edited)
        return edited

    def forward(self, user_id: int, message_id: int, chat_id: int | None = None) -> Json:
        """Forward a message of this chat into it again (the bot sees where it came from)."""
        chat = self._own_chat(user_id, chat_id)
        message = self._message(chat, message_id)
        if message.get("has_protected_content"):
            raise Impossible("this message is protected from forwarding")
        first = {"type": "user", "date": message["date"], "sender_user": message["from"]}
        carried = {key: message[key] for key in _CARRIED if key in message}
        return self._send(user_id, chat_id, {"forward_origin": message.get("forward_origin", first), **carried})

    def press(
        self, user_id: int, message_id: int | None, wanted: str, *, forged: bool = False, chat_id: int | None = None
    ) -> Answer:
        """Press the button with this callback data or label (None: on the newest message that has it).

        A `forged` press sends `wanted` as data although no such button is there, as a tampered client can.
        """
        chat = self._own_chat(user_id, chat_id)
        message, data = self._pressed(chat, message_id, wanted, forged)
        query_id = str(next(self.query_ids))
        answer = Answer(query_id, user_id, message["message_id"], self.clock.now(), self.touch())
        chat.answers.append(answer)
        self.queries[query_id] = answer
        content = {"id": query_id, "from": self.users[user_id].as_user(), "message": message, "data": data}
        self._update("callback_query", {**content, "chat_instance": str(chat.id)})
        return answer

    def _pressed(self, chat: Chat, message_id: int | None, wanted: str, forged: bool) -> tuple[Json, str]:
        candidates = [self._message(chat, message_id)] if message_id else list(reversed(chat.messages.values()))
        for message in candidates:
            if button := find_button(message, wanted):
                if "callback_data" not in button:
                    raise Impossible(f"{button['text']!r} asks the bot for nothing")
                return message, button["callback_data"]
        if forged and candidates:
            return candidates[0], wanted
        labels = [button["text"] for message in candidates[:3] for button in buttons(message)]
        raise Impossible(f"no button {wanted!r}; there are {labels}")

    def block(self, user_id: int) -> None:
        """Block the bot, which then can't write to the person."""
        chat = self._own_chat(user_id, None)
        chat.blocked = True
        self._membership(chat, user_id, "member", "kicked")

    def unblock(self, user_id: int) -> None:
        """Let the bot write again; a real client sends /start right after, which the page leaves to the person."""
        chat = self.chats[user_id]
        if not chat.blocked:
            raise Impossible("the bot is not blocked")
        chat.blocked = False
        self._membership(chat, user_id, "kicked", "member")

    def _send_file(self, user_id: int, chat_id: int | None, kind: str, upload: Upload, caption: str) -> Json:
        if units(caption) > CAPTION_LIMIT:
            raise Impossible(f"a caption has at most {CAPTION_LIMIT} characters")
        self._own_chat(user_id, chat_id)
        stored: StoredFile = self.files.add(kind, upload)
        said = {"caption": caption, **_marked("caption_entities", caption)} if caption else {}
        return self._send(user_id, chat_id, {**stored.media(), **said})

    def _send(self, user_id: int, chat_id: int | None, content: Json) -> Json:
        chat = self._own_chat(user_id, chat_id)
        chat.started = True
        message = self.new_message(chat, self.users[user_id].as_user(), content)
        self._update("message", message)
        return message

    def _own_chat(self, user_id: int, chat_id: int | None) -> Chat:
        chat = self.chats[user_id if chat_id is None else chat_id]
        if user_id not in chat.members:
            raise Impossible("not a member of this chat")
        if chat.blocked:
            raise Impossible("the bot is blocked; unblock it first")
        return chat

    @staticmethod
    def _message(chat: Chat, message_id: int) -> Json:
        if message_id not in chat.messages:
            raise Impossible(f"no message {message_id}")
        return chat.messages[message_id]

    def _membership(self, chat: Chat, user_id: int, before: str, after: str) -> None:
        states = {
            "old_chat_member": self._member_state(before),
            "new_chat_member": self._member_state(after),
        }
        sender = self.users[user_id].as_user()
        self._update("my_chat_member", {"chat": chat.described, "from": sender, "date": self.clock.unix(), **states})

    def _member_state(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": self.bot, **until}

    def _update(self, kind: str, content: Json) -> None:
        self.updates.put(kind, content)
        self.touch()


def _marked(field: str, text: str) -> Json:
    entities = find_entities(text)
    return {field: entities} if entities else {}
