"""One person's updates in order, and no queue without end."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from telegram import Update

from bot.user_queue import MAX_WAITING, PerUser
from tests.driver import ASSESSOR, Bot

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
