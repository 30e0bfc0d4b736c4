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
from bot.transport import AiohttpRequest, Call

log = logging.getLogger(__name__)

POLL_SECONDS = 25
MOST = 100  # updates at a time, as many as Telegram gives
PATIENCE_SECONDS = 2.0
LONGEST_PAUSE = 30.0
ALLOWED = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

Handle = Callable[[Update], Coroutine[Any, Any, None]]
Json = dict[str, Any]


def read_update(raw: Json, bot: Bot) -> Update:
    """The update as handlers take it. The pressed message's old keyboard is left out: nobody looks at it, and its
    buttons cost as much to read as all the rest."""
    message = raw.get("callback_query", {}).get("message", {})
    message.pop("reply_markup", None)
    return Update.de_json(raw, bot)


class Poller:
    """Fetches updates and hands each to `handle` at once; users wait for each other only in `handle` itself."""

    def __init__(self, bot: Bot, handle: Handle) -> None:
        assert isinstance(bot.request, AiohttpRequest)
        self._bot = bot
        self._request = bot.request
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
        updates = await self._fetch(timeout)
        tasks = {asyncio.create_task(self._take(raw)) for raw in updates}
        self._running |= tasks
        for task in tasks:
            task.add_done_callback(self._running.discard)
        if tasks:
            self._offset = updates[-1]["update_id"] + 1  # `finish` acknowledges it if this round is cancelled
            await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
        return len(updates)

    async def _fetch(self, timeout: int, limit: int = MOST) -> list[Json]:
        """The next updates as plain JSON; everything before the offset is acknowledged by asking for them."""
        given = {"timeout": timeout, "limit": limit, "allowed_updates": list(ALLOWED)}
        place = {} if self._offset is None else {"offset": self._offset}
        patience = timeout + self._request.read_timeout
        fetched: list[Json] = await self._request.call(
            f"{self._bot.base_url}/getUpdates", Call(given | place), read_timeout=patience
        )
        return fetched

    async def _take(self, raw: Json) -> None:
        """Handle one update. One that can't be read would come again for ever: it is logged and passed over."""
        try:
            update = read_update(raw, self._bot)
        except Exception:
            log.exception("update %s can't be read", raw["update_id"])
            return
        await self._handle(update)

    async def finish(self) -> None:
        """Wait for what is still being handled, and acknowledge it."""
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE_SECONDS)
        if self._offset is not None:
            try:
                await self._fetch(0, limit=1)
            except TelegramError as error:
                log.warning("the last updates are not acknowledged: %s", error)
