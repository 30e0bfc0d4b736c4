"""Messages that go out by themselves: one repeating job claims due notices and sends them in the slow lane.

The rows in the database are the schedule. A notice whose send certainly failed is due again; news that may have been
delivered is sent once more, what the day brings isn't; one that met a fault of ours is tried again, ever more rarely;
one whose process died is retried when its lease ends.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.notices import NotNow, Telling, make, send, take_back, together
from bot.rate_limit import PER_SECOND, SlowLane
from bot.runtime import Runtime
from bot.telegram_api import seconds_of
from bot.transport import NeverSent, may_have_arrived
from qualify.errors import Busy, QualifyError
from qualify.services import deliveries, upkeep
from qualify.services.notices import digests, queue
from qualify.services.people import joining
from qualify.services.standards import release
from qualify.storage.people import Who
from qualify.storage.tables import Notice

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=20)
RETRY = timedelta(minutes=1)
UNKNOWN = ("chat not found", "peer_id_invalid")
CLAIM_SECONDS = 5
MOST_CLAIMED = 100
PARTS = 4
"""How many parts of the upkeep are done before notices are sent: about a second of work."""


def claim_size(per_second: int) -> int:
    """How many notices are claimed at a time: as many as the lane sends in a few seconds, far within the lease.

    Notices that a killed process had claimed wait until their lease ends, so it should be few.
    """
    return min(MOST_CLAIMED, CLAIM_SECONDS * per_second)


class Notifier:
    """Sends what is owed, now and whenever the runtime is kicked; at most `per_second` notices a second."""

    def __init__(
        self,
        runtime: Runtime,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        per_second: int = PER_SECOND,
    ) -> None:
        self._runtime = runtime
        self._lane = SlowLane(time.monotonic, per_second)
        self._claim = claim_size(per_second)
        self._sleep = sleep
        self._busy = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._planned: datetime | None = None
        self._listener: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone=runtime.context.timezone)

    def start(self) -> None:
        """Start to send: at once what is owed already, then by a repeating job and whenever the runtime is kicked."""
        seconds = EVERY.total_seconds()
        self._scheduler.add_job(
            self._try_to_send, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()
        self._listener = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Stop sending. A message on its way is finished; one that waits for its turn is due again at once."""
        self._stopping.set()
        async with self._busy:
            self._scheduler.shutdown(wait=False)
            if self._listener is not None:
                self._listener.cancel()

    async def _listen(self) -> None:
        """Send what is due at the start, so that nothing owed before waits for a tick, and again at every kick."""
        while True:
            self._runtime.kick.clear()
            await self._try_to_send()
            await self._runtime.kick.wait()

    async def _try_to_send(self) -> None:
        """Send everything that is due, or leave it to the next time: a database that is away is no fault of ours."""
        try:
            await self._learn()
            await self.send_due()
        except Busy as trouble:
            log.warning("notices wait: %s", trouble.key)
        except Exception:  # whoever listens for kicks goes on
            log.exception("notices could not be claimed")

    async def _learn(self) -> None:
        """Learn of released standards; those that can't be read are no reason to send nothing."""
        try:
            await self._runtime.run(release.learn)
        except QualifyError as trouble:
            log.warning("standards: %s", trouble)

    async def send_due(self) -> int:
        """Send everything that is due. Returns how many notices were claimed."""
        claimed = 0
        async with self._busy:
            await self._keep_up()
            await self._plan()
            while not self._stopping.is_set() and (due := await self._runtime.run(queue.take_due, self._claim)):
                claimed += len(due)
                owed: dict[Who, list[Notice]] = defaultdict(list)
                for notice, who in due:
                    owed[who].append(notice)
                await asyncio.gather(*(self._send_to(who, notices) for who, notices in owed.items()))
        return claimed

    async def _keep_up(self) -> None:
        """Do what the day or a list has brought along; of very much a few parts, and the rest once what is due is
        sent. No notice waits for what can't be done: it is tried again at the next tick."""
        try:
            for _ in range(PARTS):
                if self._stopping.is_set() or not await self._runtime.run(upkeep.do_part):
                    return
        except Busy as trouble:
            log.warning("the upkeep waits: %s", trouble.key)
        except Exception:
            log.exception("the upkeep failed")
        else:
            self._runtime.kick.set()

    async def _plan(self) -> None:
        """Owe today's reminders, and forget what nobody needs: once an hour is enough, and more often does no harm."""
        hour = self._runtime.context.now().replace(minute=0, second=0, microsecond=0)
        if hour != self._planned:
            await self._runtime.run(digests.plan_today)
            await self._runtime.run(deliveries.forget)
            self._planned = hour

    async def _send_to(self, who: Who, notices: list[Notice]) -> None:
        """Send what one person is owed: what waited for the end of quiet hours together, the rest one by one."""
        notices = sorted(notices, key=lambda notice: notice.id)  # as things happened
        waited = [notice for notice in notices if digests.has_waited(self._runtime.context, who, notice)]
        others = [[notice] for notice in notices if notice not in waited]
        for each in filter(None, [waited, *others]):  # one after the other, or the slower picture came last
            await self._send(each, who)

    async def _send(self, notices: list[Notice], who: Who) -> None:
        """Send the notices in their turn, in as few messages as they fit in."""
        try:
            if await self._has_turn(notices, who):
                made = [(notice, telling) for notice in notices if (telling := await self._made(notice, who))]
                for place, (told, telling) in enumerate(together(made, who.language)):
                    if place == 0 or await self._has_turn(told, who):
                        await self._deliver(told, who, telling)
        except Exception:  # nothing could be stored about it: they are claimed until their lease ends
            log.exception("notice %s is left to its lease", _numbers(notices))

    async def _has_turn(self, notices: list[Notice], who: Who) -> bool:
        """Wait for the turn of one message. While the lane rests or the bot stops, release the notices instead, to be
        claimed again; False then, and when the claim has run out."""
        if not self._lane.pausing():
            await self._turn(self._lane.delay(who.telegram_id))
        pause = self._lane.pausing()
        if pause > 0 or self._stopping.is_set():
            await self._put_off(notices, timedelta(seconds=pause))
            return False
        now = self._runtime.context.now()
        return all(notice.claimed_until and notice.claimed_until > now for notice in notices)

    async def _put_off(self, notices: list[Notice], delay: timedelta) -> None:
        for notice in notices:
            await self._runtime.run(queue.postpone, notice, delay)

    async def _made(self, notice: Notice, who: Who) -> Telling | None:
        """What the notice says; None where there is nothing to send now, which is stored."""
        try:
            telling = await make(self._runtime, notice, who)
        except NotNow as wait:
            await self._runtime.run(queue.put_off, notice, wait.until)
        except Exception:
            log.exception("notice %s failed", notice.id)
            await self._runtime.run(queue.fail, notice)
        else:
            if telling is None:
                await self._runtime.run(queue.settle, notice, "sent")
            return telling
        return None

    async def _turn(self, seconds: float) -> None:
        """Wait for a slot in the lane, or until the bot stops."""
        waits = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._stopping.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _deliver(self, notices: list[Notice], who: Who, telling: Telling) -> None:
        """Send one message that tells of these notices, and store what became of it."""
        try:
            message_id = await send(self._runtime, who, telling)
        except TelegramError as error:
            await self._not_sent(notices, who, error)
        except Exception:
            log.exception("notice %s failed", _numbers(notices))
            for notice in notices:
                await self._runtime.run(queue.fail, notice)
        else:
            for notice in notices:
                replaced = await self._runtime.run(queue.delivered, notice, who.telegram_id, message_id)
                if replaced is not None:
                    await take_back(self._runtime, who, replaced)

    async def _not_sent(self, notices: list[Notice], who: Who, error: TelegramError) -> None:
        """Store when they are due again, if ever; several that are refused as one message are sent one by one."""
        match error:
            case RetryAfter():
                self._lane.pause(seconds_of(error))
                await self._put_off(notices, timedelta(seconds=seconds_of(error)))
            case _ if _is_unreachable(error):
                await self._runtime.run(joining.set_blocked, who.telegram_id, blocked=True)
                await self._put_off(notices, timedelta())
            case BadRequest() if len(notices) > 1:
                log.warning("notices %s can't be sent together: %s", _numbers(notices), error)
                for notice in notices:
                    await self._send([notice], who)
            case BadRequest():
                log.warning("notice %s can't be sent: %s", _numbers(notices), error)
                await self._runtime.run(queue.settle, notices[0], "refused")
            case NeverSent():
                log.info("notice %s: no connection (%s), again in %s", _numbers(notices), error, RETRY)
                await self._put_off(notices, RETRY)
            case _ if may_have_arrived(error):
                log.info("notice %s: %s, it may have been delivered", _numbers(notices), error)
                for notice in notices:
                    await self._runtime.run(queue.doubt, notice)
            case _:
                log.warning("notice %s failed: %s", _numbers(notices), error)
                await self._put_off(notices, RETRY)


def _is_unreachable(error: TelegramError) -> bool:
    """Whether this person can't be written to until they write: they blocked the bot, or, where another bot took over
    the database, have never talked to this one."""
    words = error.message.lower()
    return isinstance(error, Forbidden) or (isinstance(error, BadRequest) and any(each in words for each in UNKNOWN))


def _numbers(notices: list[Notice]) -> str:
    return ", ".join(str(notice.id) for notice in notices)
