"""A hundred thousand presses in one process: it must not need more and more memory."""

import asyncio
import ctypes
import gc
import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.buttons import Press, To, command, decode
from bot.sandbox.core import Sandbox
from bot.sandbox.files import FileStore
from bot.sandbox.schema import Json
from qualify.dialogue import Plan, StepKind, plan
from qualify.services import Context
from tests.bench.company import LEVELS, STANDARD, assign, found, tell_nobody
from tests.company import hasty
from tests.driver import TOKEN, Bot, bot_on, sqlite_url
from tests.faults.table import Row
from tests.phone import buttons

SECTION = "memory"
PRESSES, BEFORE = 100_000, 10_000
MOST = 1.1
FIRST = 40_001
AT_ONCE = 20  # people who press at the same moment
A_WALK = 71  # presses in a review, on average
LABELS = {StepKind.CRITERION: "✅ 达到", StepKind.RATING: "★"}


def main(folder: Path, presses: int = PRESSES, before: int = BEFORE) -> Iterator[Row]:
    """One row; wrong is 1 where the memory has grown beyond `MOST`."""
    folder.mkdir(exist_ok=True)
    people = -(-presses // (len(LEVELS) * A_WALK)) + AT_ONCE
    context = found(sqlite_url(folder))
    hasty(context.database)
    assign(context, range(FIRST, FIRST + people))
    tell_nobody(context)
    row = Row(SECTION, f"memory after {presses} presses, against that after {before}")
    try:
        early, late = asyncio.run(_pressed(context, people, presses, before))
    finally:
        context.database.close()
    row.tries, row.wrong = presses, int(late > MOST * early)
    row.note = f"{early / 2**20:.0f} MiB, then {late / 2**20:.0f} MiB: {late / early:.3f} ×"
    yield row


async def _pressed(context: Context, people: int, presses: int, before: int) -> tuple[int, int]:
    """The memory of this process at both moments, in bytes. What the sandbox holds is dropped: pictures, and the chats
    of those who are done."""
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot", check_schema=False, keep_requests=100)
    done = early = 0
    async with bot_on(context, sandbox) as bot:
        for first in range(0, people, AT_ONCE):
            group = [Thumb(bot, number) for number in range(first, min(first + AT_ONCE, people))]
            for thumb in group:
                await thumb.start()
            while done < presses and group:
                pressed = await asyncio.gather(*(thumb.press() for thumb in group))
                done += sum(filter(None, pressed))
                group = [thumb for thumb, count in zip(group, pressed, strict=True) if count is not None]
                bot.updates.clear()
                sandbox.files = FileStore()
                early = early or (resident() if done >= before else 0)
            sandbox.chats.clear()
        bot.complaints.clear()
    assert done >= presses, "there were too few reviews"
    return early, resident()


def resident() -> int:
    """The memory of this process that is really held, without what is only waiting to be collected or given back."""
    gc.collect()
    with suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


class Thumb:
    """Somebody who presses the first button of every screen, one review after the other."""

    def __init__(self, bot: Bot, number: int) -> None:
        self._bot = bot
        self._user_id = FIRST + number
        first = number * len(LEVELS) + 1
        walks = (plan(bot.context.standards.get(STANDARD), level) for level in LEVELS)
        self._reviews: Iterator[tuple[int, Plan]] = zip(range(first, first + len(LEVELS)), walks, strict=True)
        self._walk: Plan | None = None
        bot.sandbox.add_user(self._user_id, str(number))

    async def start(self) -> None:
        """/start."""
        self._bot.sandbox.start(self._user_id)
        await self._handled()

    async def press(self) -> int | None:
        """Go on by one step. Returns how many presses that was: 1, or 0 where something is typed; None when nothing is
        left to do."""
        sandbox = self._bot.sandbox
        message = next(reversed(sandbox.chats[self._user_id].messages.values()))
        here = self._step(message)
        if here is StepKind.SCORE:
            sandbox.say(self._user_id, "88")
        elif here in LABELS:
            label = LABELS[here]
            data = next(each["callback_data"] for each in buttons(message) if label in each["text"])
            sandbox.press(self._user_id, message["message_id"], data)
        elif (following := next(self._reviews, None)) is not None:
            review, self._walk = following
            sandbox.press(self._user_id, message["message_id"], command(To.OPEN, review), forged=True)
        else:
            return None
        await self._handled()
        return int(here is not StepKind.SCORE)

    def _step(self, message: Json) -> StepKind | None:
        """The kind of question on the screen; None where there is none."""
        for button in buttons(message):
            pressed = decode(button["callback_data"])
            if isinstance(pressed, Press) and self._walk is not None:
                return self._walk.steps[pressed.reference.step].kind
        return None

    async def _handled(self) -> None:
        """The bot handles what was just done to its end."""
        waiting, intake = self._bot.sandbox.updates, self._bot.app.intake
        raw: Json = waiting.take()[-1]
        waiting.drop()
        intake.begin(raw)
        await intake.safe(raw["update_id"])
