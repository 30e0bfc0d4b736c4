"""Long polling that acknowledges an update only once it is safe: a crash repeats updates, it never loses them.

(python-telegram-bot's own updater acknowledges first.) While something isn't safe yet, Telegram gives it, and what came
after it, again at every look; it is asked often, so that nobody else waits.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.back_off import BackOff
from bot.intake import Intake
from bot.transport import AiohttpRequest, Call
from bot.updates import Json, is_number

log = logging.getLogger(__name__)

POLL_SECONDS = 25
MOST = 100  # updates at a time, as many as Telegram gives
AT_ONCE = 10  # of these begin in one turn of the loop
LOOK_SECONDS = 0.05  # until others are looked for; what is asked again meanwhile costs some milliseconds
ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)


class Poller:
    """Fetches updates and passes them to the intake, which handles them."""

    def __init__(self, bot: Bot, intake: Intake, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        assert isinstance(bot.request, AiohttpRequest)
        self._bot = bot
        self._request = bot.request
        self._intake = intake
        self._sleep = sleep
        self._offset: int | None = None
        self._begun: set[int] = set()
        self._is_first = True

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken once Telegram has kept refusing the token."""
        back_off = BackOff(self._sleep)
        while True:
            try:
                await self.poll(POLL_SECONDS)
                back_off.reset()
            except TelegramError as error:
                await back_off.wait("polling", error)

    async def poll(self, timeout: int) -> int:
        """One round: fetch updates and begin to handle them. Returns how many were new; the next round acknowledges
        what is safe by then."""
        updates = {raw["update_id"]: raw for raw in await self._fetch(timeout)}
        new = sorted(updates.keys() - self._begun)
        for place, update_id in enumerate(new):
            if place and place % AT_ONCE == 0:
                await asyncio.sleep(0)  # what a hundred begin with would hold the loop up for fifty milliseconds
            self._begun.add(update_id)
            self._intake.begin(updates[update_id], keep_first=self._is_first)
        self._is_first &= not new
        await self._intake.settle(LOOK_SECONDS, urgent=len(updates) >= MOST)
        self._advance()
        return len(new)

    def _advance(self) -> None:
        """Allow everything before the first update that isn't safe to be acknowledged."""
        if not self._begun:
            return
        unsafe = [each for each in self._begun if not self._intake.is_safe(each)]
        self._offset = min(unsafe, default=max(self._begun) + 1)
        self._begun = {each for each in self._begun if each >= self._offset}

    async def _fetch(self, timeout: int, limit: int = MOST) -> list[Json]:
        """The next updates as plain JSON; everything before the offset is acknowledged by asking for them."""
        given = {"timeout": timeout, "limit": limit, "allowed_updates": list(ALLOWED)}
        place = {} if self._offset is None else {"offset": self._offset}
        patience = timeout + self._request.read_timeout
        url = f"{self._bot.base_url}/getUpdates"
        fetched = await self._request.call(url, Call(given | place), read_timeout=patience)
        if not isinstance(fetched, list):
            raise TelegramError("getUpdates brought no list")
        updates = [raw for raw in fetched if isinstance(raw, dict) and is_number(raw.get("update_id"))]
        if len(updates) < len(fetched):
            log.warning("getUpdates brought %d things that are no updates", len(fetched) - len(updates))
        if fetched and not updates:  # asked at once, it would bring the same
            raise TelegramError("getUpdates brought no update")
        return updates

    async def finish(self) -> None:
        """Acknowledge what is safe: the rest comes again at the next start."""
        self._advance()
        if self._offset is not None:
            try:
                await self._fetch(0, limit=1)
            except TelegramError as error:
                log.warning("the last updates are not acknowledged: %s", error)
