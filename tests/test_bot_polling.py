"""Updates by long polling: heard at once, acknowledged once they are safe, and never given up for a passing fault."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from telegram import Update
from telegram.error import InvalidToken

from bot import back_off, intake, polling
from bot.intake import Intake
from bot.polling import ALLOWED, Poller
from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.faults import HitByFault, NetworkFault
from qualify.services import inbox
from tests.company import OPERATOR
from tests.driver import ASSESSOR, EMPLOYEE, Bot
from tests.test_bot_intake import update

pytest_plugins = ["tests.bot_fixtures"]

Handle = Callable[[Update], Awaitable[None]]


def brought(result: object) -> HitByFault:
    """What a call raises that is answered with this result, whatever it asked for."""
    return HitByFault(NetworkFault("odd", False, "reply", 200, json.dumps({"ok": True, "result": result})), None)


class Line:
    """People who say things, and a poller whose updates `handle` gets."""

    def __init__(self, bot: Bot, handle: Handle) -> None:
        self.sandbox, self.pauses = bot.sandbox, list[float]()
        self._bot, self._handle = bot, handle
        self.restarted()

    def restarted(self) -> "Line":
        """The same after a crash: nothing is known of what was before but what is kept."""
        self.intake = Intake(self._bot.app.runtime, self._handle)
        self.poller = Poller(self._bot.app.bot, self.intake, self._sleep)
        return self

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def hears(self, text: str) -> None:
        """Somebody says something, and it is handled and acknowledged."""
        self.sandbox.say(EMPLOYEE, text)
        await self.poller.poll(0)
        await self.intake.idle(5)
        assert [await self.poller.poll(0) for _ in range(2)] == [0, 0]

    @property
    def unacknowledged(self) -> int:
        return len(self.sandbox.updates)

    async def stopped(self) -> None:
        await self.intake.finish()
        await self.poller.finish()


class Gate:
    """Handles what people say; what begins with 慢 waits for the gate to open."""

    def __init__(self) -> None:
        self.open, self.handled = asyncio.Event(), list[str]()

    async def __call__(self, update: Update) -> None:
        text = str(update.message and update.message.text)
        if text.startswith("慢"):
            await self.open.wait()
        self.handled.append(text)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def line(bot: Bot, gate: Gate) -> Line:
    return Line(bot, gate)


async def test_an_update_is_acknowledged_only_after_it_was_handled(line: Line, gate: Gate) -> None:
    line.sandbox.say(EMPLOYEE, "一")
    line.sandbox.say(EMPLOYEE, "二")
    assert await line.poller.poll(0) == 2
    await line.intake.idle(5)
    assert (gate.handled, line.unacknowledged) == (["一", "二"], 2)
    assert [await line.poller.poll(0) for _ in range(2)] == [0, 0]
    assert line.unacknowledged == 0
    assert line.sandbox.sent("getUpdates")[-1]["allowed_updates"] == list(ALLOWED)


async def test_what_a_crash_interrupted_comes_again(line: Line, gate: Gate) -> None:
    line.sandbox.say(EMPLOYEE, "一")
    for _ in range(2):
        await line.poller.poll(0)
        await line.intake.idle(5)
        line.restarted()
    assert gate.handled == ["一", "一"]


async def test_a_stop_acknowledges_what_was_handled(line: Line) -> None:
    await line.hears("一")
    await line.stopped()
    assert line.unacknowledged == 0


async def test_while_one_hangs_the_next_ones_are_heard_at_once_though_it_is_not_acknowledged_yet(
    line: Line, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    await line.hears("一")
    monkeypatch.setattr(polling, "LOOK_SECONDS", 0.01)
    for text in ("慢", "二", "三"):
        line.sandbox.say(EMPLOYEE, text)
        await line.poller.poll(0)
    assert gate.handled == ["一", "二", "三"]
    assert line.unacknowledged == 3, "the slow one, and what came after it"
    gate.open.set()
    await line.stopped()
    assert gate.handled == ["一", "二", "三", "慢"], "each once, though Telegram gave them again"
    assert line.unacknowledged == 0


async def test_what_takes_longer_is_kept_and_acknowledged(
    line: Line, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    await line.hears("一")
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    line.sandbox.say(EMPLOYEE, "慢")
    await line.poller.poll(0)
    await line.poller.poll(0)
    assert (gate.handled, line.unacknowledged) == (["一"], 0)
    gate.open.set()
    await line.stopped()
    assert gate.handled == ["一", "慢"]


async def test_what_a_start_finds_is_kept_before_it_is_handled_for_it_may_have_caused_a_death(bot: Bot) -> None:
    kept: list[int] = []

    async def handle(_: Update) -> None:
        kept.append(len(inbox.listed(bot.context, OPERATOR)))

    line = Line(bot, handle)
    for _ in range(2):
        await line.hears("你好")
        await line.intake.finish()
    assert kept == [1, 0]


async def test_a_flood_of_one_person_is_kept_at_once_so_that_what_comes_after_it_is_heard(
    bot: Bot, line: Line, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    await line.hears("一")
    for number in range(polling.MOST):
        line.sandbox.say(EMPLOYEE, f"慢{number}")
    line.sandbox.say(ASSESSOR, "快")
    await line.poller.poll(0)
    assert len(inbox.listed(bot.context, OPERATOR)) == polling.MOST - 1, "all but the one that is being handled"
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    for _ in range(2):
        await line.poller.poll(0)
    assert gate.handled == ["一", "快"]
    gate.open.set()
    await line.stopped()
    assert len(gate.handled) == polling.MOST + 2, "each once"
    assert line.unacknowledged == 0


async def test_many_updates_begin_some_in_each_turn_of_the_loop(bot: Bot) -> None:
    turn, begun = 0, Counter[int]()

    async def handle(_: Update) -> None:
        begun[turn] += 1

    async def count() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    line = Line(bot, handle)
    await line.hears("first")
    begun.clear()
    for number in range(40):
        line.sandbox.say(EMPLOYEE, str(number))
    counting = asyncio.create_task(count())
    await line.poller.poll(0)
    counting.cancel()
    assert (begun.total(), max(begun.values())) == (40, polling.AT_ONCE)


async def test_polling_waits_longer_and_longer_while_telegram_is_away(
    line: Line, caplog: pytest.LogCaptureFixture, bot: Bot
) -> None:
    line.sandbox.fail_next("getUpdates", ApiError(502, "Bad Gateway"), times=3)
    line.sandbox.fail_next("getUpdates", ApiError(409, "Conflict: terminated by other getUpdates request"), times=4)
    line.sandbox.fail_next("getUpdates", too_many_requests(17))
    line.sandbox.fail_next("getUpdates", ApiError(404, "Not Found"), times=9)
    line.sandbox.fail_next("getUpdates", ApiError(401, "Unauthorized"), times=9)
    with pytest.raises(InvalidToken):
        await line.poller.run()
    assert line.pauses[:9] == [1, 2, 4, 8, 16, 30, 30, 17, 30]
    assert len(line.pauses) == 8 + 9 + 2, "only a token that stays refused for a minute ends it"
    assert caplog.text.count("Conflict") == 4
    bot.complaints.clear()


async def test_one_refusal_of_the_token_is_a_passing_fault(line: Line, bot: Bot, gate: Gate) -> None:
    line.sandbox.fail_next("getUpdates", ApiError(401, "Unauthorized"))
    line.sandbox.say(EMPLOYEE, "一")
    running = asyncio.create_task(line.poller.run())
    while not gate.handled:
        await asyncio.sleep(0)
    running.cancel()
    assert line.pauses == [back_off.FIRST_PAUSE]
    assert "Unauthorized" in bot.complained()


async def test_an_update_nobody_can_read_is_logged_and_passed_over(line: Line, bot: Bot, gate: Gate) -> None:
    line.sandbox.check_schema = False
    line.sandbox.updates.put("message", {"message_id": "no message at all"})
    line.sandbox.say(EMPLOYEE, "一")
    assert await line.poller.poll(0) == 2
    await line.intake.idle(5)
    assert [await line.poller.poll(0) for _ in range(2)] == [0, 0]
    assert (gate.handled, line.unacknowledged) == (["一"], 0)
    assert "an update can't be read" in bot.complained()


async def test_what_is_no_update_at_all_is_told_and_passed_over(line: Line, bot: Bot, gate: Gate) -> None:
    line.sandbox.check_schema = False
    odd = [{"update_id": True}, {"update_id": 1 << 70}, {"message": {}}, "update", None]
    line.sandbox.fail_next("getUpdates", brought([*odd, update(5, "一"), *odd]))
    assert await line.poller.poll(0) == 1
    await line.intake.idle(5)
    await line.poller.poll(0)
    assert gate.handled == ["一"]
    assert line.sandbox.sent("getUpdates")[-1]["offset"] == 6
    assert "10 things that are no updates" in bot.complained()


async def test_where_nothing_is_an_update_polling_waits_longer_and_longer(line: Line, bot: Bot) -> None:
    line.sandbox.fail_next("getUpdates", brought([{}]), times=3)
    line.sandbox.fail_next("getUpdates", ApiError(401, "Unauthorized"), times=9)
    with pytest.raises(InvalidToken):
        await line.poller.run()
    assert line.pauses[:3] == [1, 2, 4]
    assert "no update" in bot.complained()


async def test_while_the_database_is_locked_those_who_only_look_are_heard(
    line: Line, gate: Gate, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await line.hears("一")
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(polling, "LOOK_SECONDS", 0.01)
    line.sandbox.say(EMPLOYEE, "慢")
    with bot.context.database.engine.connect() as other:
        other.exec_driver_sql("SELECT 1")  # the engine begins a transaction that writes
        await line.poller.poll(0)
        line.sandbox.say(ASSESSOR, "二")
        await line.poller.poll(0)
        assert (gate.handled, line.unacknowledged) == (["一", "二"], 2)
    gate.open.set()
    await line.stopped()
    assert (gate.handled, line.unacknowledged) == (["一", "二", "慢"], 0)
