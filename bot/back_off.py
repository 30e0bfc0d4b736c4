"""Waiting before something is tried again that Telegram, or the way to it, has refused."""

import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram_api import seconds_of

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
PERSISTENT_SECONDS = 60.0
STARTING_SECONDS = 3.0  # somebody who mistyped the token waits for the sentence


class BackOff:
    """Longer and longer pauses, in seconds, as long as one failure follows the other.

    A token that is refused may be no more than a fault of Telegram's: only when it stays refused for `persistent`
    seconds, waiting doesn't help.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]], persistent: float = PERSISTENT_SECONDS) -> None:
        self._sleep = sleep
        self._persistent = persistent
        self.reset()

    def reset(self) -> None:
        """It has worked."""
        self._pause, self._refused_for = FIRST_PAUSE, 0.0

    async def wait(self, what: str, error: TelegramError) -> None:
        """Wait as long as the error asks, or else longer than the last time; the log says so. Raises InvalidToken when
        the token stays refused."""
        if isinstance(error, RetryAfter):
            await self._sleep(seconds_of(error))
            return
        told = error.__cause__ or error  # python-telegram-bot's own sentence about a token repeats it
        if not _says_unauthorized(told):
            self._refused_for = 0.0
        elif self._refused_for >= self._persistent:
            raise error
        else:
            self._refused_for += self._pause
        log.warning("%s: %s; again in %.0f s", what, told, self._pause)
        await self._sleep(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)


def _says_unauthorized(error: BaseException) -> bool:
    """Whether Telegram answered 401; python-telegram-bot makes the same error of 404, which a wrong address brings."""
    return isinstance(error, InvalidToken) and "unauthorized" in error.message.lower()
