"""Long polling that acknowledges an update only after it was handled: a crash repeats updates, it never loses them.

While one takes long, Telegram gives it and what came after it again and again, up to a hundred; so Telegram is asked
often, and nobody waits. Only when a hundred are in hand and the first has taken long, that one is acknowledged
early: nobody else could be heard otherwise, and only a crash in that moment loses it.

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
from bot.updates import Json, Unreadable, read_update

log = logging.getLogger(__name__)

POLL_SECONDS = 25
MOST = 100  # updates at a time, as many as Telegram gives
AT_ONCE = 10  # of these begin in one turn of the loop
PATIENCE_SECONDS = 0.1  # until others are looked for; what is asked again meanwhile costs some milliseconds
SLOW_SECONDS = 2.0
FINISH_SECONDS = 25.0
LONGEST_PAUSE = 30.0
ALLOWED = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

Handle = Callable[[Update], Coroutine[Any, Any, None]]


class Poller:
    """Fetches updates and passes each to `handle` at once; `handle` itself keeps those of one user in order."""

    def __init__(self, bot: Bot, handle: Handle) -> None:
        assert isinstance(bot.request, AiohttpRequest)
        self._bot = bot
        self._request = bot.request
        self._handle = handle
        self._offset: int | None = None
        self._running: dict[int, asyncio.Task[None]] = {}
        self._begun: dict[int, float] = {}
        self._handled: set[int] = set()

    @property
    def in_hand(self) -> int:
        """How many updates are being handled."""
        return len(self._running)

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
        """One round: fetch and handle updates. Returns how many were new; the next round acknowledges those that were
        handled.

        An update that takes longer than `PATIENCE_SECONDS` is still handled during later rounds. Until it is done
        Telegram gives it, and those after it, again; they are skipped.
        """
        updates = {raw["update_id"]: raw for raw in await self._fetch(timeout)}
        new = sorted(updates.keys() - self._running.keys() - self._handled)
        for place, update_id in enumerate(new):
            if place and place % AT_ONCE == 0:
                await asyncio.sleep(0)  # what a hundred begin with would hold the loop up for fifty milliseconds
            self._begin(update_id, updates[update_id])
        if self._running:
            until = asyncio.ALL_COMPLETED if new else asyncio.FIRST_COMPLETED
            await asyncio.wait(self._running.values(), timeout=PATIENCE_SECONDS, return_when=until)
            await asyncio.sleep(0)  # lets the last ones be counted
        self._advance()
        return len(new)

    def _begin(self, update_id: int, raw: Json) -> None:
        def done(_: asyncio.Task[None]) -> None:
            del self._running[update_id], self._begun[update_id]
            self._handled.add(update_id)

        self._begun[update_id] = asyncio.get_running_loop().time()
        self._running[update_id] = asyncio.create_task(self._take(raw))
        self._running[update_id].add_done_callback(done)

    def _advance(self) -> None:
        """Allow everything before the first update that is still being handled to be acknowledged; when the window is
        full, also the long-running ones at its beginning."""
        known = sorted(each for each in self._running.keys() | self._handled if each >= (self._offset or 0))
        if not known:
            return
        is_full, long_ago = len(known) >= MOST, asyncio.get_running_loop().time() - SLOW_SECONDS
        waiting = [each for each in known if each in self._running and not (is_full and self._begun[each] <= long_ago)]
        self._offset = waiting[0] if waiting else known[-1] + 1
        self._handled = {update_id for update_id in self._handled if update_id >= self._offset}

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
        """Handle one update. One that can't be read is logged and skipped, since Telegram would send it forever."""
        try:
            update = read_update(raw, self._bot)
        except Unreadable as error:
            log.warning("an update can't be read: %s %s", raw["update_id"], error)
            return
        await self._handle(update)

    async def finish(self) -> None:
        """Wait for what is still being handled, and acknowledge what was: the rest comes again at the next start."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=FINISH_SECONDS)
        await asyncio.sleep(0)  # lets the last ones be counted
        self._advance()
        if self._offset is not None:
            try:
                await self._fetch(0, limit=1)
            except TelegramError as error:
                log.warning("the last updates are not acknowledged: %s", error)
