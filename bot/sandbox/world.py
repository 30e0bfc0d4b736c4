"""What the sandbox keeps, all in memory: people, chats, files, presses, updates, the bot's own settings."""

from collections.abc import Callable
from itertools import count
from typing import Any

from bot.sandbox.chats import Answer, Chat, SandboxUser
from bot.sandbox.clock import Clock
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.files import FileStore
from bot.sandbox.flood import FloodControl
from bot.sandbox.schema import Json
from bot.sandbox.updates import UpdateQueue


class World:
    """The state both sides work on: the bot by its requests, the people by what they do.

    A bot knows messages, updates and presses by their numbers, so on one database they must not repeat: those of this
    world begin after `numbers_after`.
    """

    def __init__(self, *, bot_username: str, bot_name: str, clock: Clock | None, numbers_after: int = 0) -> None:
        self.clock = clock or Clock()
        self.bot: Json = {"id": 7_000_000_001, "is_bot": True, "first_name": bot_name, "username": bot_username}
        self.users: dict[int, SandboxUser] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(numbers_after + 1000)
        self.flood: FloodControl | None = None
        self.commands: dict[tuple[Any, ...], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.queries: dict[str, Answer] = {}
        self.version = 0
        self.listeners: list[Callable[[], None]] = []
        self.message_ids = count(numbers_after + 1)
        self.query_ids = count(numbers_after + 4_000_000_001)

    def touch(self) -> int:
        """Note that something visible changed and tell those who wait for it. Returns the new version."""
        self.version += 1
        for listener in self.listeners:
            listener()
        return self.version

    def store(self, chat: Chat, message: Json) -> Json:
        """Add a message, or replace the earlier version of a changed one."""
        chat.messages[message["message_id"]] = message
        chat.versions[message["message_id"]] = self.touch()
        return message

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Add a message to the chat, dated by the sandbox's clock."""
        number = next(self.message_ids)
        head = {"message_id": number, "from": sender, "chat": chat.described, "date": self.clock.unix()}
        return self.store(chat, {**head, **content})

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message; its number stays known as changed, so that the page takes it away."""
        del chat.messages[message_id]
        chat.versions[message_id] = self.touch()

    def chat(self, chat_id: int | str) -> Chat:
        """The chat a request means. Raises ApiError for one that does not exist."""
        if isinstance(chat_id, str) or chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def writable_chat(self, chat_id: int | str) -> Chat:
        """The chat a request means. Raises ApiError when it doesn't exist, or the person never started or has blocked
        the bot."""
        chat = self.chat(chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user" if chat.is_private else "bot was kicked from the group chat")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
