"""The real program, killed with SIGKILL again and again in the middle of a review: nothing is lost, nothing is doubled.

The sandbox's server runs here, the bot as `python -m bot run` in a process of its own. An impatient assessor presses
on: again after a moment of silence, /start after a longer one. Typed answers are typed once, as people do.
"""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.buttons import Press, decode
from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from qualify.dialogue import EntryKind, Plan, Step, StepKind, plan
from qualify.paths import STANDARDS
from qualify.services import Context, open_context
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.imports import people_list
from qualify.services.people import joining, preferences
from qualify.storage import reviews
from qualify.storage.schema import migrate
from tests.company import OPERATOR
from tests.driver import ZONE, sqlite_url
from tests.phone import buttons
from tests.program import TOKEN, program, run_once

ASSESSOR, EMPLOYEE = 5001, 5002
KILLS = 10
SEED = 20261122
MARKS = {"✅ 达到": "met", "◐ 部分": "partly", "❌ 未达到": "not_met", "未观察到": "not_observed"}


def a_company(directory: Path) -> Context:
    """Two people who have joined, and one review that is owed."""
    context = open_context(sqlite_url(directory), STANDARDS, ZONE)
    migrate(context.database)
    table = directory / "people.csv"
    table.write_text("工号,姓名,角色\nK1,高远,评审员\nK2,苏叶,员工\n", encoding="utf-8")
    people_list.import_people(context, OPERATOR, table)
    for telegram_id, staff_no in ((ASSESSOR, "K1"), (EMPLOYEE, "K2")):
        joining.meet(context, telegram_id, "zh-hans")
        joining.accept(context, telegram_id, joining.invite(context, OPERATOR, staff_no))
        preferences.set_quiet_hours(context, telegram_id, 0, 0)  # at night it is as by day
    due = context.today() + timedelta(days=7)
    opening = Opening("client-manager", "3", "K2", (("K1", Decimal(1)),), due, sign_off=False)
    openings.open_assessment(context, OPERATOR, opening)
    return context


class Impatient:
    """The assessor. `given` is what they meant to answer at each step, by the step's number in the walk."""

    def __init__(self, sandbox: Sandbox, walk: Plan, choices: random.Random) -> None:
        self._sandbox = sandbox
        self._walk = walk
        self._choices = choices
        self._changes = Changes()
        sandbox.listeners.append(self._changes.wake)
        self.given: dict[int, str] = {}
        self.deeds = 0

    def _screen(self) -> tuple[dict[str, Any], Press] | None:
        """The newest screen of the review, and where it says it stands."""
        for message in reversed(self._sandbox.chats[ASSESSOR].messages.values()):
            for button in buttons(message):
                pressed = decode(button["callback_data"])
                if isinstance(pressed, Press):
                    return message, pressed
        return None

    def _place(self) -> object:
        screen = self._screen()
        return screen and screen[1].reference

    async def begin(self) -> None:
        """/start, and the review from the list."""
        self._sandbox.start(ASSESSOR)
        assert await self._changes.until(lambda: self._button("苏叶"), 30)
        self._press("苏叶")
        assert await self._changes.until(self._screen, 30)

    def _button(self, label: str) -> tuple[int, str] | None:
        for message in reversed(self._sandbox.chats[ASSESSOR].messages.values()):
            for button in buttons(message):
                if label in button["text"]:
                    return message["message_id"], button["callback_data"]
        return None

    def _press(self, label: str) -> None:
        found = self._button(label)
        assert found, f"no button {label!r} in:\n{self._sandbox.transcript(ASSESSOR)}"
        self._sandbox.press(ASSESSOR, *found)

    @property
    def step(self) -> Step:
        """The question on the screen."""
        screen = self._screen()
        assert screen
        return self._walk.steps[screen[1].reference.step]

    async def answer(self, strike: Callable[[], Any]) -> None:
        """Answer the question on the screen, let `strike` happen, and insist until the next question shows."""
        self.deeds += 1
        before, again = self._place(), self._act(self.step)
        await strike()

        def moved_on() -> bool:
            return self._place() != before

        if await self._changes.until(moved_on, 0.4):
            return
        if again:
            self._press(again)
        if await self._changes.until(moved_on, 0.8):
            return
        self._sandbox.start(ASSESSOR)
        assert await self._changes.until(moved_on, 30), self._sandbox.transcript(ASSESSOR)

    def _act(self, step: Step) -> str | None:
        """Do what the step asks for; the label to press again, if it was a button."""
        match step.kind:
            case StepKind.CRITERION:
                label = self._choices.choice(list(MARKS))
                self.given[step.index] = MARKS[label]
            case StepKind.RATING:
                label = f"{self._choices.randrange(7)} "
                self.given[step.index] = label.strip()
            case _:
                self.given[step.index] = f"{self.deeds}.5" if step.kind is StepKind.SCORE else f"原因 {self.deeds}"
                self._sandbox.say(ASSESSOR, self.given[step.index])
                return None
        self._press(label)
        return label

    async def submit(self) -> bool:
        """Hand it in, and wait for both charts; whether they came."""
        self._press("提交评审")
        return await self._changes.until(lambda: len(charts(self._sandbox)) == 2, 30)


def charts(sandbox: Sandbox) -> list[int]:
    """Who got a chart, once for each."""
    return [
        user_id
        for user_id in (ASSESSOR, EMPLOYEE)
        for message in sandbox.chats[user_id].messages.values()
        if "photo" in message
    ]


def notices(context: Context) -> list[str]:
    """What became of every message that was owed."""
    with context.database.reading() as connection:
        return [str(row._asdict()) for row in connection.exec_driver_sql("SELECT * FROM notice")]


def stored(context: Context, walk: Plan) -> dict[int, list[str]]:
    """Everything the database holds, in order, by the step that it answers."""
    kinds = {
        EntryKind.MARK: StepKind.CRITERION,
        EntryKind.RATING: StepKind.RATING,
        EntryKind.REASON: StepKind.REASON,
        EntryKind.SCORE: StepKind.SCORE,
    }
    found: dict[int, list[str]] = {}
    with context.database.reading() as connection:
        for entry in reviews.entries(connection, 1):
            if entry.given is EntryKind.GOTO:  # no answer
                continue
            step = next(
                step
                for step in walk.steps
                if (step.kind, step.element, step.key) == (kinds[entry.given], entry.element, entry.key)
            )
            found.setdefault(step.index, []).append(entry.value)
    return found


async def test_a_review_survives_ten_kills(tmp_path: Path) -> None:
    context = a_company(tmp_path)
    walk = plan(context.standards.get("client-manager"), "3")
    choices = random.Random(SEED)
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot")
    for user_id, name in ((ASSESSOR, "高远"), (EMPLOYEE, "苏叶")):
        sandbox.add_user(user_id, name)
    sandbox.start(EMPLOYEE)
    async with program(tmp_path, sandbox) as bot:

        async def strike() -> None:
            """Kill the bot a moment after the deed: before it hears of it, while it stores, while it answers …"""
            if assessor.deeds in kill_at:
                await asyncio.sleep(choices.uniform(0, 0.012))  # where in its work the bot is hit is the point
                await bot.kill()
                await bot.start()

        assessor = Impatient(sandbox, walk, choices)
        kill_at = set(choices.sample(range(1, 84), KILLS))
        await assessor.begin()
        while assessor.step.kind is not StepKind.SUMMARY:
            await assessor.answer(strike)
        assert await assessor.submit(), "\n".join([sandbox.transcript(ASSESSOR), bot.log(), *notices(context)])
        assert bot.starts == KILLS + 1
        assert await bot.stop() == 0
    log = bot.log()
    assert ("Traceback" in log, TOKEN in log) == (False, False), log
    assert stored(context, walk) == {index: [value] for index, value in assessor.given.items()}
    assert charts(sandbox) == [ASSESSOR, EMPLOYEE]
    with context.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM result").one() == (1,)
        assert connection.exec_driver_sql("SELECT state FROM review").all() == [("submitted",)]


async def test_a_token_telegram_does_not_know_ends_the_program_with_one_sentence(tmp_path: Path) -> None:
    a_company(tmp_path).database.close()
    code, said = await run_once(tmp_path, Sandbox("1:another", bot_username="qualify_bot"))
    assert code == 1
    assert said.splitlines()[-1].startswith("Telegram 不认这个 BOT_TOKEN")
    assert ("Traceback" in said, "kill_me" in said) == (False, False)
