"""The people of the sandbox and their chats with the bot."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.schema import Json


@dataclass(frozen=True)
class SandboxUser:
    """Somebody with a phone. `note` says on the page who this is (assessor, employee …); Telegram never sees it."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "zh-hans"
    note: str = ""

    def as_user(self) -> Json:
        """The Bot API's User."""
        optional = {"username": self.username, "language_code": self.language_code}
        known = {key: value for key, value in optional.items() if value}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **known}


@dataclass
class Answer:
    """A press and what became of it: a callback query, later answered with a toast, an alert or nothing."""

    query_id: str
    user_id: int
    message_id: int
    pressed_at: datetime
    version: int = 0
    answered: bool = False
    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass
class Chat:
    """A private chat (its id is the user's) or a group. Stored messages are replaced, never changed in place."""

    described: Json
    members: set[int]
    started: bool = False
    blocked: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)  # message id, deleted ones too → version of its last change
    answers: deque[Answer] = field(default_factory=lambda: deque(maxlen=100))
    busy_until: datetime | None = None
    read_to: int = 0

    @property
    def id(self) -> int:
        """The chat's identifier."""
        return int(self.described["id"])

    @property
    def is_private(self) -> bool:
        """Whether this is a chat with one person."""
        return bool(self.described["type"] == "private")

    def unread(self, bot_id: int) -> int:
        """How many of the bot's messages have not been looked at."""
        recent = (message for number, message in self.messages.items() if number > self.read_to)
        return sum(message["from"]["id"] == bot_id for message in recent)

    def newest(self) -> int:
        """The number of the newest message, 0 without any."""
        return next(reversed(self.messages), 0)
