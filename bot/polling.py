"""Long polling that acknowledges an update only after it was handled: a crash repeats updates, it never loses them.

(python-telegram-bot's own updater acknowledges first. Handling twice is safe here: presses carry a revision,
messages their id.)
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram_api import seconds_of

log = logging.getLogger(__name__)

POLL_SECONDS = 25
PATIENCE_SECONDS = 2.0
LONGEST_PAUSE = 30.0
ALLOWED = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

Handle = Callable[[Update], Coroutine[Any, Any, None]]


class Poller:
    """Fetches updates and hands each to `handle` at once; users wait for each other only in `handle` itself."""

    def __init__(self, bot: Bot, handle: Handle) -> None:
        self._bot = bot
        self._handle = handle
        self._offset: int | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken at once: waiting doesn't help there."""
        pause = 1.0
        while True:
            try:
                await self.poll(POLL_SECONDS)
                pause = 1.0
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except TelegramError as error:
                log.warning("polling: %s; again in %.0f s", error, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    async def poll(self, timeout: int) -> int:
        """One round: fetch, handle, and let the next round acknowledge; how many updates there were.

        An update that takes longer than `PATIENCE_SECONDS` goes on in the background, so that one slow
        person doesn't stop the others.
        """
        updates = await self._bot.get_updates(offset=self._offset, timeout=timeout, allowed_updates=ALLOWED)
        tasks = {asyncio.create_task(self._handle(update)) for update in updates}
        self._running |= tasks
        for task in tasks:
            task.add_done_callback(self._running.discard)
        if tasks:
            await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
            self._offset = updates[-1].update_id + 1
        return len(updates)

    async def finish(self) -> None:
        """Wait for what is still being handled, and acknowledge it."""
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE_SECONDS)
        if self._offset is not None:
            try:
                await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, allowed_updates=ALLOWED)
            except TelegramError as error:
                log.warning("the last updates are not acknowledged: %s", error)
