"""Updates on their way in: one person's in order, and acknowledged only when they were handled."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot as TelegramBot
from telegram import Update
from telegram.error import InvalidToken

from bot import polling
from bot.polling import ALLOWED, Poller
from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.run import TOKEN
from bot.user_queue import MAX_WAITING, PerUser
from tests.driver import ASSESSOR, EMPLOYEE, Bot, InProcess, new_sandbox

pytest_plugins = ["tests.bot_fixtures"]

Handle = Callable[[Update], Awaitable[None]]


# ——— one person's updates in order


async def test_one_persons_updates_run_in_order_and_others_beside_them() -> None:
    order, gate, done = PerUser(), asyncio.Event(), []

    async def job(name: str, *, waits: bool = False) -> None:
        if waits:
            await gate.wait()
        done.append(name)

    slow = asyncio.create_task(order.run(1, lambda: job("first", waits=True)))
    next_ = asyncio.create_task(order.run(1, lambda: job("second")))
    await asyncio.sleep(0)
    assert await order.run(2, lambda: job("other"))
    assert done == ["other"]
    gate.set()
    assert all(await asyncio.gather(slow, next_))
    assert done == ["other", "first", "second"]
    assert order._locks == {}


async def test_presses_do_not_queue_without_end_but_messages_are_never_lost() -> None:
    order, gate, done = PerUser(), asyncio.Event(), []

    async def job() -> None:
        await gate.wait()
        done.append(1)

    presses = [asyncio.create_task(order.run(1, job)) for _ in range(MAX_WAITING + 5)]
    messages = [asyncio.create_task(order.run(1, job, patient=True)) for _ in range(5)]
    await asyncio.sleep(0)
    gate.set()
    assert [await press for press in presses] == [True] * MAX_WAITING + [False] * 5
    assert all([await message for message in messages])
    assert len(done) == MAX_WAITING + 5


async def test_a_failing_job_does_not_hold_up_the_next() -> None:
    order = PerUser()

    async def fails() -> None:
        raise ZeroDivisionError

    async def works() -> None:
        pass

    with pytest.raises(ZeroDivisionError):
        await order.run(1, fails)
    assert await order.run(1, works)


async def test_somebody_who_presses_far_too_fast_is_told_so_and_loses_no_message(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("3级")
    number, data = phone.button("✅ 达到")
    for n in range(MAX_WAITING + 5):
        bot.sandbox.press(ASSESSOR, number, data)
        bot.sandbox.say(ASSESSOR, f"备注 {n}")
    await bot.settle()
    toasts = [answer.text for answer in bot.sandbox.toasts(ASSESSOR)]
    assert "慢一点，我还在处理你刚才的操作。" in toasts
    with bot.context.database.reading() as connection:
        (notes,) = connection.exec_driver_sql("SELECT count(*) FROM evidence").one()
    assert notes == MAX_WAITING + 5


# ——— polling


class Line:
    """A sandbox with somebody who says things, and a poller that hands them to `handle`."""

    def __init__(self, handle: Handle, token: str = TOKEN) -> None:
        self.sandbox = new_sandbox()
        self._handle = handle
        self._request = InProcess(self.sandbox)
        self._token = token
        self.poller = self.new_poller()

    def new_poller(self) -> Poller:
        """A poller after a restart: it knows nothing of the one before."""
        bot = TelegramBot(self._token, "http://sandbox/bot", request=self._request, get_updates_request=self._request)
        return Poller(bot, self._handle)  # type: ignore[arg-type]

    @property
    def unacknowledged(self) -> int:
        return len(self.sandbox.updates)


async def test_an_update_is_acknowledged_only_after_it_was_handled() -> None:
    seen: list[int] = []

    async def handle(update: Update) -> None:
        seen.append(line.unacknowledged)

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "一")
    line.sandbox.say(EMPLOYEE, "二")
    assert await line.poller.poll(0) == 2
    assert [*seen, line.unacknowledged] == [2, 2, 2]
    assert await line.poller.poll(0) == 0
    assert line.unacknowledged == 0
    assert line.sandbox.sent("getUpdates")[0]["allowed_updates"] == list(ALLOWED)


async def test_what_a_crash_interrupted_comes_again() -> None:
    seen: list[str] = []

    async def handle(update: Update) -> None:
        assert update.message
        seen.append(str(update.message.text))

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "一")
    await line.poller.poll(0)
    await line.new_poller().poll(0)
    assert seen == ["一", "一"]


async def test_a_stop_acknowledges_what_was_handled() -> None:
    async def handle(update: Update) -> None:
        pass

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "一")
    await line.poller.poll(0)
    await line.poller.finish()
    assert line.unacknowledged == 0


async def test_a_slow_update_goes_on_beside_the_next_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PATIENCE_SECONDS", 0.01)
    gate, done = asyncio.Event(), []

    async def handle(update: Update) -> None:
        assert update.message
        if update.message.text == "慢":
            await gate.wait()
        done.append(update.message.text)

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "慢")
    await line.poller.poll(0)
    line.sandbox.say(ASSESSOR, "快")
    await line.poller.poll(0)
    assert done == ["快"]
    gate.set()
    await line.poller.finish()
    assert done == ["快", "慢"]


async def test_what_is_still_being_handled_comes_again_after_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(polling, "SLOW_SECONDS", 0)
    gate, handled = asyncio.Event(), []

    async def handle(update: Update) -> None:
        assert update.message
        if update.message.text == "慢":
            await gate.wait()
        handled.append(update.message.text)

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "快一")
    line.sandbox.say(EMPLOYEE, "慢")
    line.sandbox.say(EMPLOYEE, "快二")
    assert await line.poller.poll(0) == 3
    line.sandbox.say(EMPLOYEE, "快三")
    while "快三" not in handled:
        await line.poller.poll(0)
    assert handled == ["快一", "快二", "快三"], "each once, though Telegram gave them again"
    assert line.unacknowledged == 3, "the slow one, and what came after it"
    gate.set()
    await line.poller.finish()
    assert handled == ["快一", "快二", "快三", "慢"]
    assert line.unacknowledged == 0


async def test_a_hundred_that_take_long_do_not_keep_others_from_being_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PATIENCE_SECONDS", 0)
    gate, handled = asyncio.Event(), []

    async def handle(update: Update) -> None:
        assert update.message
        if update.message.text != "快":
            await gate.wait()
        handled.append(update.message.text)

    line = Line(handle)
    for number in range(polling.MOST):
        line.sandbox.say(EMPLOYEE, str(number))
    line.sandbox.say(ASSESSOR, "快")
    for _ in range(3):
        await line.poller.poll(0)
    assert (handled, line.unacknowledged) == ([], polling.MOST + 1), "none of them has taken long yet"
    monkeypatch.setattr(polling, "SLOW_SECONDS", 0)
    for _ in range(3):
        await line.poller.poll(0)
    assert handled == ["快"]
    gate.set()
    await line.poller.finish()
    assert sorted(handled) == sorted(["快", *map(str, range(polling.MOST))]), "each once"
    assert line.unacknowledged == 0


async def test_many_updates_begin_some_in_each_turn_of_the_loop() -> None:
    turn, begun = 0, Counter[int]()

    async def handle(_: Update) -> None:
        begun[turn] += 1

    async def count() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    line = Line(handle)
    for number in range(40):
        line.sandbox.say(EMPLOYEE, str(number))
    counting = asyncio.create_task(count())
    await line.poller.poll(0)
    counting.cancel()
    assert (begun.total(), max(begun.values())) == (40, polling.AT_ONCE)


async def test_the_first_look_after_others_comes_soon() -> None:
    gate = asyncio.Event()

    async def handle(_: Update) -> None:
        await gate.wait()

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "慢")
    began = asyncio.get_running_loop().time()
    await line.poller.poll(0)
    assert asyncio.get_running_loop().time() - began < 1
    gate.set()
    await line.poller.finish()


async def test_a_stop_that_cannot_wait_longer_does_not_acknowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(polling, "FINISH_SECONDS", 0)
    gate = asyncio.Event()

    async def handle(_: Update) -> None:
        await gate.wait()

    line = Line(handle)
    line.sandbox.say(EMPLOYEE, "一")
    await line.poller.poll(0)
    await line.poller.finish()
    assert line.unacknowledged == 1
    gate.set()


async def test_polling_waits_longer_and_longer_while_telegram_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def handle(update: Update) -> None:
        raise asyncio.CancelledError

    line = Line(handle)
    line.sandbox.fail_next("getUpdates", ApiError(502, "Bad Gateway"), times=3)
    line.sandbox.fail_next("getUpdates", ApiError(409, "Conflict: terminated by other getUpdates request"), times=4)
    line.sandbox.fail_next("getUpdates", too_many_requests(17))
    line.sandbox.fail_next("getUpdates", ApiError(401, "Unauthorized"))
    monkeypatch.setattr(polling.asyncio, "sleep", sleep)  # type: ignore[attr-defined]
    with pytest.raises(InvalidToken):
        await line.poller.run()
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 17]
    assert caplog.text.count("Conflict") == 4


async def test_a_token_telegram_does_not_know_stops_the_polling() -> None:
    async def handle(update: Update) -> None:
        raise AssertionError

    with pytest.raises(InvalidToken):
        await Line(handle, token="1:OTHER").poller.run()


async def test_an_update_nobody_can_read_is_logged_and_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[int] = []

    async def handle(update: Update) -> None:
        seen.append(update.update_id)

    line = Line(handle)
    line.sandbox.check_schema = False
    line.sandbox.updates.put("message", {"message_id": "no message at all"})
    line.sandbox.say(EMPLOYEE, "一")
    assert await line.poller.poll(0) == 2
    assert await line.poller.poll(0) == 0
    assert seen == [1001]
    assert "update 1000 can't be read" in caplog.text
