"""The bot's settings, by environment or `.env`, on top of the domain's (see `qualify.settings`)."""

import hashlib
import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from qualify.settings import Settings

SANDBOX_PORT = 8080


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{3,}", value.get_secret_value()):
        raise ValueError("settings-bot-token")
    return value


def _https(value: str | None) -> str | None:
    if value and not value.startswith("https://"):
        raise ValueError("settings-webhook-url")
    return value or None


def _url(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("settings-url")
    return value


class BotSettings(Settings):
    """`webhook_url` switches from polling to a webhook that listens on `webhook_listen`:`webhook_port`."""

    bot_token: Annotated[SecretStr, AfterValidator(_token)]
    telegram_base_url: Annotated[str, AfterValidator(_url)] = "https://api.telegram.org/bot"
    telegram_base_file_url: Annotated[str, AfterValidator(_url)] = "https://api.telegram.org/file/bot"
    telegram_proxy: str | None = None
    webhook_url: Annotated[str | None, AfterValidator(_https)] = None
    webhook_secret: SecretStr | None = None
    webhook_listen: str = "0.0.0.0"  # a reverse proxy stands before it
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8443

    def webhook_secret_token(self) -> str:
        """The secret Telegram sends with each update; derived from the bot token unless one is set."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return hashlib.sha256(self.bot_token.get_secret_value().encode()).hexdigest()


class SandboxSettings(Settings):
    """`port` is where the sandbox's page is served, on loopback."""

    port: Annotated[int, Field(ge=1, le=65535)] = SANDBOX_PORT
