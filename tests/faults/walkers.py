"""Assessors who walk through their reviews side by side, at the pace of the answers, and insist where none comes."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any

from sqlalchemy import text

from bot.buttons import Press, To, command, decode
from bot.sandbox.core import Sandbox
from qualify.dialogue import Plan, StepKind
from qualify.services import Context
from tests.driver import Bot
from tests.faults.stage import NOT_STORED
from tests.faults.table import Row
from tests.phone import buttons

MARKS = {"✅ 达到": "met", "◐ 部分": "partly", "❌ 未达到": "not_met", "未观察到": "not_observed"}
KEPT = "📎 已记下"
LOOK_SECONDS = 0.01
INSIST_SECONDS = 3.0
GIVE_UP_SECONDS = 60.0


class Walker:
    """One assessor with one review. `given` are the answers that were taken, as the screen showed; `notes` those whose
    thanks came."""

    def __init__(
        self, sandbox: Sandbox, user_id: int, review_id: int, walk: Plan, choices: Random, *, twice: float = 0.0
    ) -> None:
        """Every press is made a second time at once with this probability."""
        self._twice = twice
        self._sandbox = sandbox
        self._user_id = user_id
        self.review_id = review_id
        self._walk = walk
        self._choices = choices
        self._furthest = 0  # the revision of the newest screen so far
        self.given: list[str] = []
        self.notes: list[str] = []
        self.waited = 0.0
        self.is_stuck = False

    async def begin(self) -> None:
        """/start, and the review taken in hand."""
        self._sandbox.start(self._user_id)
        if not await self._until(self._newest, GIVE_UP_SECONDS):
            self.is_stuck = True
            return
        self._sandbox.press(self._user_id, self._newest(), command(To.OPEN, self.review_id), forged=True)
        self.is_stuck = not await self._until(self._place, GIVE_UP_SECONDS)

    def _newest(self) -> int:
        messages = self._sandbox.chats[self._user_id].messages.values()
        return next((each["message_id"] for each in reversed(messages) if each["from"]["is_bot"]), 0)

    def _screen(self) -> tuple[dict[str, Any], Press] | None:
        for message in reversed(self._sandbox.chats[self._user_id].messages.values()):
            for button in buttons(message):
                if "callback_data" in button and isinstance(pressed := decode(button["callback_data"]), Press):
                    return message, pressed
        return None

    def _place(self) -> Any:
        screen = self._screen()
        return screen and screen[1].reference

    def _is_newest(self) -> bool:
        """Whether the newest screen is shown: of two processes the slower one may show an older one for a moment, on
        which a press is stale."""
        revision = self._place().revision
        self._furthest = max(self._furthest, revision)
        return bool(revision == self._furthest)

    def _is_further(self) -> bool:
        return bool(self._place().revision > self._furthest)

    async def walk(self, most: int, *, note_every: int = 7) -> None:
        """Answer so many questions, or all; a note comes in between now and then."""
        for number in range(1, most + 1):
            await self._until(self._is_newest, GIVE_UP_SECONDS)
            kind = None if self.is_stuck else self._walk.steps[self._place().step].kind
            if kind in (None, StepKind.SUMMARY):
                return
            if number % note_every == 0 and kind is StepKind.CRITERION:  # elsewhere a text is the answer
                await self._note(f"备注 {self.review_id} {number}")
            await self._answer()

    async def _answer(self) -> None:
        value, press = self._drawn(self._walk.steps[self._place().step].kind)
        if await self._does(value if press is None else press, self._is_further, is_text=press is None):
            self.given.append(value)

    async def _note(self, words: str) -> None:
        newest = max(self._sandbox.chats[self._user_id].messages)

        def thanked() -> bool:
            later = self._sandbox.chats[self._user_id].messages.items()
            return any(number > newest and KEPT in message.get("text", "") for number, message in later)

        if await self._does(words, thanked, is_text=True):
            self.notes.append(words)

    def _drawn(self, kind: StepKind) -> tuple[str, str | None]:
        """An answer, and the label of its button; None for a text."""
        match kind:
            case StepKind.CRITERION:
                label = self._choices.choice(list(MARKS))
                return MARKS[label], label
            case StepKind.RATING:
                label = f"{self._choices.randrange(7)} "
                return label.strip(), label
            case StepKind.SCORE:
                return f"{len(self.given) % 100}.5", None
            case _:
                return f"原因 {len(self.given)}", None

    async def _does(self, what: str, done: Any, *, is_text: bool) -> bool:
        """Do it, and again when nothing comes of a press, or when it is said that nothing was stored; a text that may
        have been taken is typed once."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while loop.time() - begun < GIVE_UP_SECONDS:
            refused = self._refusals()
            self._act(what, is_text=is_text)
            patience = GIVE_UP_SECONDS if is_text else INSIST_SECONDS
            await self._until(lambda refused=refused: done() or self._refusals() > refused, patience)
            if done():
                self.waited = max(self.waited, loop.time() - begun)
                return True
        self.is_stuck = True
        return False

    def _act(self, what: str, *, is_text: bool) -> None:
        if is_text:
            self._sandbox.say(self._user_id, what)
            return
        screen = self._screen()
        assert screen is not None
        data = next((each["callback_data"] for each in buttons(screen[0]) if what in each["text"]), None)
        for _ in range(0 if data is None else 1 + (self._choices.random() < self._twice)):
            self._sandbox.press(self._user_id, screen[0]["message_id"], data)

    def _refusals(self) -> int:
        chat = self._sandbox.chats[self._user_id]
        toasts = sum(answer.text in NOT_STORED for answer in chat.answers)
        return toasts + sum(message.get("text") in NOT_STORED for message in chat.messages.values())

    async def _until(self, ready: Any, seconds: float) -> bool:
        give_up = asyncio.get_running_loop().time() + seconds
        while not ready():
            if asyncio.get_running_loop().time() > give_up:
                return False
            await asyncio.sleep(LOOK_SECONDS)
        return True


async def pump(bot: Bot) -> None:
    """Give the bot its updates, as a webhook would."""
    waiting = bot.sandbox.updates
    while True:
        for raw in waiting.take():
            bot.app.intake.begin(raw)
            waiting.take(offset=raw["update_id"] + 1)
        await asyncio.sleep(LOOK_SECONDS / 2)


def judge(row: Row, context: Context, walkers: Iterable[Walker]) -> None:
    """Add what is stored otherwise than it was given; what nobody was told of may be stored or not."""
    for walker in walkers:
        row.tries += len(walker.given) + len(walker.notes)
        stored, noted = _stored(context, walker.review_id)
        lost = Counter(walker.notes) - Counter(noted)
        row.lost += lost.total() + sum(value != kept for value, kept in zip(walker.given, stored, strict=False))
        row.lost += max(0, len(walker.given) - len(stored))
        row.doubled += max(0, len(stored) - len(walker.given) - walker.is_stuck) + sum(
            count > 1 for count in Counter(noted).values()
        )
        row.silent += walker.is_stuck
        if lost or stored[: len(walker.given)] != walker.given or walker.is_stuck or len(stored) > len(walker.given):
            row.told.append(
                f"review {walker.review_id}: given {walker.given}, {walker.notes}; stored {stored}, {noted}"
            )


def _stored(context: Context, review_id: int) -> tuple[list[str], list[str]]:
    with context.database.reading() as connection:
        given = "SELECT value FROM entry WHERE review_id = :id AND given <> 'goto' ORDER BY revision"
        noted = "SELECT text FROM evidence WHERE review_id = :id ORDER BY id"
        values = {"id": review_id}
        return (
            list(connection.execute(text(given), values).scalars()),
            list(connection.execute(text(noted), values).scalars()),
        )


def silence_logs() -> None:
    """What the bot says in trouble isn't printed into the table."""
    logging.getLogger().addHandler(logging.NullHandler())
