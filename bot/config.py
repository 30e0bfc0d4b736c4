"""The bot's settings, by environment or `.env`, on top of the domain's (see `qualify.settings`)."""

import hashlib
import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from bot.rate_limit import PER_SECOND
from qualify.settings import Settings, whole

SANDBOX_PORT = 8080

V = TypeVar("V", str, SecretStr)


def _like(pattern: str, key: str) -> AfterValidator:
    """A check that a value looks like `pattern`; `key` names the text of the refusal."""

    def check(value: V) -> V:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text):
            raise ValueError(key)
        return value

    return AfterValidator(check)


def _port(value: object) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) <= 65535:
        raise ValueError("settings-port")
    return int(text)


Token = Annotated[SecretStr, _like(r"[0-9]+:[A-Za-z0-9_-]{3,}", "settings-bot-token")]
WebhookSecret = Annotated[SecretStr, _like(r"[A-Za-z0-9_-]{1,256}", "settings-webhook-secret")]
WebhookUrl = Annotated[str, _like(r"https://[^/\s]\S*", "settings-webhook-url")]
Url = Annotated[str, _like(r"https?://[^/\s]\S*", "settings-url")]
Host = Annotated[str, _like(r"[A-Za-z0-9.:_-]+", "settings-listen")]
Port = Annotated[int, BeforeValidator(_port)]


class BotSettings(Settings):
    """`webhook_url` switches from polling to a webhook that listens on `webhook_listen`:`webhook_port`.

    `notices_per_second` is the slow lane's pace: Telegram takes about 30 messages a second from a bot, answers to
    people among them, and up to 1000 where it was paid for broadcasts.
    """

    bot_token: Token
    telegram_base_url: Url = "https://api.telegram.org/bot"
    telegram_base_file_url: Url = "https://api.telegram.org/file/bot"
    telegram_proxy: Annotated[Url | None, Field(repr=False)] = None  # may hold a password
    webhook_url: WebhookUrl | None = None
    webhook_secret: WebhookSecret | None = None
    webhook_listen: Host = "0.0.0.0"  # a reverse proxy stands before it
    webhook_port: Port = 8443
    notices_per_second: Annotated[int, BeforeValidator(whole(1, 1000))] = PER_SECOND

    def webhook_secret_token(self) -> str:
        """The secret Telegram sends with each update; derived from the bot token unless one is set."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return hashlib.sha256(self.bot_token.get_secret_value().encode()).hexdigest()


class SandboxSettings(Settings):
    """`port` is where the sandbox's page is served, on loopback."""

    port: Port = SANDBOX_PORT
