"""Updates on their way in, by polling or by webhook: handled at once, side by side, each to its end, whatever happens.

An update may be acknowledged to Telegram once it is safe: handled, or kept in the inbox. Most are handled before
anybody could ask. One that takes longer is kept, and so are files, which have killed processes, and what a start finds
first, for it may have been in hand at the death before. What a dead process had kept is handled again; whatever was
done for it isn't done twice (see `qualify.services.deliveries`).
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.jobs import Interrupted
from bot.render.menus import plain_message
from bot.runtime import Runtime
from bot.updates import Unreadable, read_update
from qualify.errors import Busy
from qualify.services import inbox
from qualify.services.people import joining
from qualify.storage.inbox import KeptUpdate
from qualify.storage.tables import Inbox
from qualify.texts import DEFAULT_LANGUAGE

log = logging.getLogger(__name__)

Json = dict[str, Any]

PATIENCE_SECONDS = 0.5  # until an update that isn't handled is kept
RENEW_SECONDS = 5.0
ALONE_SECONDS = 10.0  # that an update which was in hand at a death is handled while nothing else is
FINISH_SECONDS = 25.0


@dataclass(eq=False)
class Work:
    """An update in hand, since `begun` (the loop's time)."""

    raw: Json
    update: Update
    begun: float
    is_kept: bool = False
    is_being_kept: bool = False
    turn: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] = field(init=False)

    @property
    def sender(self) -> int | None:
        """Whose update it is."""
        return self.update.effective_user.id if self.update.effective_user else None


class Intake:
    """Takes updates in and has each handled once; `handle` itself keeps those of one person in order."""

    def __init__(self, runtime: Runtime, handle: Callable[[Update], Awaitable[None]]) -> None:
        self._runtime = runtime
        self._handle = handle
        self._in_hand: dict[int, Work] = {}
        self._last: dict[int | None, Work] = {}  # of each sender of whom something is kept before it is handled
        self._handled: set[int] = set()
        self._keeping: set[asyncio.Task[None]] = set()
        self._forgetting: asyncio.Task[None] | None = None
        self._renewing: asyncio.Task[None] | None = None

    @property
    def in_hand(self) -> int:
        """How many updates are being handled."""
        return len(self._in_hand)

    def is_safe(self, update_id: int) -> bool:
        """Whether the update, which was begun, may be acknowledged."""
        work = self._in_hand.get(update_id)
        return work is None or work.is_kept

    async def start(self, *, alone: bool) -> None:
        """Go on with what earlier processes kept; where this one is not `alone`, only with what nobody claims."""
        try:
            await self._recover(alone=alone)
        except Busy as error:
            _log(error, "what was kept waits until the database can be used")
        self._renewing = asyncio.create_task(self._renew())

    def begin(self, raw: Any, *, keep_first: bool = False) -> int | None:
        """Begin to handle an update; one that is in hand already is left alone. Where `keep_first` says so it is kept
        before. Returns its number; None for one that can't be read, which the log tells of: it would only come
        again."""
        try:
            update = read_update(raw, self._runtime.api.bot)
        except Unreadable as error:
            log.warning("an update can't be read: %s", error)
            return None
        has_file = update.message is not None and update.message.document is not None
        self._begin(raw, update, keep_first=keep_first or has_file)
        return update.update_id

    def _begin(self, raw: Json, update: Update, *, keep_first: bool = False, is_kept: bool = False) -> Work:
        if update.update_id in self._in_hand:
            return self._in_hand[update.update_id]
        work = Work(raw, update, asyncio.get_running_loop().time(), is_kept)
        self._in_hand[update.update_id] = work
        work.task = asyncio.create_task(self._to_its_end(work, keep_first=keep_first))
        return work

    async def _to_its_end(self, work: Work, *, keep_first: bool) -> None:
        await self._in_turn(work, keep_first=keep_first)
        try:
            await self._handle(work.update)
        except Interrupted:
            return  # it stays in hand, and so isn't acknowledged or forgotten
        except Exception:  # it would break off again, and what comes after it wouldn't be acknowledged
            log.exception("update %s broke off", work.update.update_id)
        del self._in_hand[work.update.update_id]
        if work.is_kept:
            self._forget(work.update.update_id)

    async def _in_turn(self, work: Work, *, keep_first: bool) -> None:
        """Keep it where it is to be kept first; what the same person has sent since doesn't overtake it meanwhile."""
        before = self._last.get(work.sender)
        if not keep_first and before is None:
            return
        self._last[work.sender] = work
        if keep_first:
            await self._keep([work])
        if before is not None:
            await before.turn.wait()
        work.turn.set()
        if self._last[work.sender] is work:
            del self._last[work.sender]

    async def settle(self, seconds: float, *, urgent: bool = False) -> None:
        """Wait until everything in hand is safe, but no longer than so many seconds. What has been in hand for long is
        kept; when it is `urgent`, also what waits behind another update of the same person."""
        unsafe = [work for work in self._in_hand.values() if not work.is_kept]
        if not unsafe:
            return
        if urgent:
            await self._keep_in_time(self._behind_others(), seconds)
        if running := [work.task for work in unsafe if not work.is_kept]:
            await asyncio.wait(running, timeout=seconds)
        long_ago = asyncio.get_running_loop().time() - PATIENCE_SECONDS
        await self._keep_in_time([work for work in unsafe if not work.is_kept and work.begun <= long_ago], seconds)

    async def _keep_in_time(self, works: Iterable[Work], seconds: float) -> None:
        """Keep these updates; where the database is locked, that goes on beside what comes next."""
        late = [work for work in works if not work.is_being_kept and not work.task.done()]
        if late:
            for work in late:
                work.is_being_kept = True
            keeping = asyncio.create_task(self._keep(late))
            self._keeping.add(keeping)
            keeping.add_done_callback(self._keeping.discard)
            await asyncio.wait([keeping], timeout=seconds)

    def _behind_others(self) -> list[Work]:
        """What isn't kept and waits behind another update of the same person."""
        seen, behind = set(), []
        for work in self._in_hand.values():
            if work.sender in seen and not work.is_kept:
                behind.append(work)
            seen.add(work.sender)
        return behind

    async def safe(self, update_id: int) -> None:
        """Wait until the update is safe: handled, or after a while kept."""
        work = self._in_hand.get(update_id)
        if work is None or work.is_kept:
            return
        await asyncio.wait([work.task], timeout=PATIENCE_SECONDS)
        while not self.is_safe(update_id):
            await self._keep([work])
            await asyncio.wait([work.task], timeout=0 if work.is_kept else PATIENCE_SECONDS)

    async def _keep(self, works: Collection[Work]) -> None:
        """Keep these updates; while the database is out of use they stay unacknowledged instead."""
        try:
            waiting = [KeptUpdate(work.update.update_id, work.sender, json.dumps(work.raw)) for work in works]
            await self._runtime.run(inbox.keep, self._bot_id, waiting)
        except Exception as error:
            _log(error, "%d updates could not be kept; they stay with Telegram", len(works))
            return
        finally:
            for work in works:
                work.is_being_kept = False
        for work in works:
            work.is_kept = True
            if work.update.update_id not in self._in_hand:  # it was handled meanwhile
                self._forget(work.update.update_id)

    def _forget(self, update_id: int) -> None:
        """Take a handled update out of the inbox, together with others that are handled meanwhile."""
        self._handled.add(update_id)
        if self._forgetting is None:
            self._forgetting = asyncio.create_task(self._forget_handled())

    async def _forget_handled(self) -> None:
        while self._handled:
            handled = set(self._handled)
            try:
                await self._runtime.run(inbox.handled, self._bot_id, handled)
            except Exception as error:
                _log(error, "%d handled updates are still kept: tried again later", len(handled))
                break
            self._handled -= handled
        self._forgetting = None

    async def _renew(self) -> None:
        """Claim what is in hand again and again, and handle what nobody claims any more."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if kept := [work.update.update_id for work in self._in_hand.values() if work.is_kept]:
                    await self._runtime.run(inbox.renew, self._bot_id, kept)
                if self._handled and self._forgetting is None:
                    self._forgetting = asyncio.create_task(self._forget_handled())
                await self._recover(alone=False)
            except Exception as error:
                _log(error, "the inbox could not be looked at")

    async def _recover(self, *, alone: bool) -> None:
        """Handle what a dead process had in hand: one after the other, so that one which kills again is found."""
        while True:
            mine = self._in_hand.keys() | self._handled
            found = await self._runtime.run(inbox.claim, self._bot_id, mine, alone=alone)
            for each in found:
                await self._again(each)
            if not found:
                return

    async def _again(self, kept: Inbox) -> None:
        try:
            raw = json.loads(kept.content)
            update = read_update(raw, self._runtime.api.bot)
        except (ValueError, Unreadable) as error:  # another release has kept it
            log.error("update %s, which was kept, can't be read: %s; it is set aside", kept.update_id, error)
            await self._set_aside(kept.update_id, kept.user_id)
            return
        if kept.deaths < inbox.MOST_DEATHS:
            work = self._begin(raw, update, is_kept=True)
            if kept.deaths:
                await asyncio.wait([work.task], timeout=ALONE_SECONDS)
            return
        log.error("update %s was in hand at %d deaths: it is set aside", kept.update_id, kept.deaths)
        await self._set_aside(kept.update_id, kept.user_id)

    async def _set_aside(self, update_id: int, sender: int | None) -> None:
        await self._runtime.run(inbox.set_aside, self._bot_id, update_id)
        if sender is not None:
            await self._tell(sender)

    async def _tell(self, sender: int) -> None:
        """Tell somebody that their message was set aside."""
        try:
            who = await self._runtime.run(joining.find, sender)
            language = who.language if who else DEFAULT_LANGUAGE
            await self._runtime.api.send(sender, plain_message("chat-set-aside", language))
        except TelegramError as error:
            log.warning("the sender of a message that was set aside could not be told: %s", error)

    async def idle(self, seconds: float) -> None:
        """Wait until nothing is in hand, at most so many seconds."""
        if self._in_hand:
            await asyncio.wait([work.task for work in self._in_hand.values()], timeout=seconds)

    async def finish(self) -> None:
        """Wait for what is in hand, and leave the rest to a later start or another process."""
        if self._renewing is not None:
            self._renewing.cancel()
        await self.idle(FINISH_SECONDS)
        if self._keeping:
            await asyncio.wait(self._keeping)
        if self._forgetting is not None:
            await self._forgetting
        if kept := [work.update.update_id for work in self._in_hand.values() if work.is_kept]:
            await self._runtime.run(inbox.release, self._bot_id, kept)

    @property
    def _bot_id(self) -> int:
        return self._runtime.api.bot.id


def _log(error: Exception, words: str, *values: object) -> None:
    """A line for a database that is out of use; a traceback for a bug."""
    log.warning(words, *values, exc_info=None if isinstance(error, Busy) else error)
