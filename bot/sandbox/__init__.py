"""A small, strict Bot API on loopback and a chat page: the bot without Telegram, for trying out and for tests."""

from bot.sandbox.chats import SandboxUser
from bot.sandbox.clock import Clock
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError, Impossible
from bot.sandbox.files import Upload

__all__ = ["ApiError", "Clock", "Impossible", "Sandbox", "SandboxUser", "Upload"]
