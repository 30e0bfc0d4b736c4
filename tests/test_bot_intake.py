"""Nothing on its way in is lost: kept before it is acknowledged, handled again after a death, set aside after two."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from telegram import Update

from bot import intake
from bot.intake import Intake
from bot.jobs import Interrupted
from qualify.errors import Busy
from qualify.services import inbox
from qualify.services.context import repeatable
from qualify.storage.inbox import KeptUpdate
from qualify.storage.tables import Inbox
from qualify.texts import say
from tests.company import OPERATOR
from tests.driver import ADMIN, EMPLOYEE, Bot

pytest_plugins = ["tests.bot_fixtures"]

Handle = Callable[[Update], Awaitable[None]]


def update(number: int, text: str = "你好", **more: Any) -> dict[str, Any]:
    """An update as Telegram gives it."""
    sender = {"id": EMPLOYEE, "is_bot": False, "first_name": "陈晨"}
    message = {"message_id": number, "date": 1, "chat": {"id": EMPLOYEE, "type": "private"}, "from": sender}
    return {"update_id": number, "message": {**message, "text": text, **more}}


class Hands:
    """Handles updates, each when it is let go; a process that dies lets none go."""

    def __init__(self) -> None:
        self.begun, self.handled, self.free = list[int](), list[int](), asyncio.Event()

    async def __call__(self, given: Update) -> None:
        self.begun.append(given.update_id)
        await self.free.wait()
        self.handled.append(given.update_id)


def process(bot: Bot, hands: Handle) -> Intake:
    """A process of the bot."""
    return Intake(bot.app.runtime, hands)


def kept(bot: Bot) -> list[Inbox]:
    """What waits in the inbox."""
    return inbox.listed(bot.context, OPERATOR)


async def dies(bot: Bot, *numbers: int) -> None:
    """A process takes these updates in hand, keeps them, and dies."""
    dying, hands = process(bot, Hands()), Hands()
    dying._handle = hands
    for number in numbers:
        dying.begin(update(number), keep_first=True)
    while len(hands.begun) < len(numbers):
        await asyncio.sleep(0.001)


async def test_an_update_handled_at_once_is_safe_and_nothing_is_kept_of_it(bot: Bot) -> None:
    hands = Hands()
    hands.free.set()
    working = process(bot, hands)
    number = working.begin(update(1))
    assert number == 1
    await working.safe(1)
    assert (working.is_safe(1), working.in_hand, kept(bot)) == (True, 0, [])


async def test_one_that_takes_long_is_safe_once_it_is_kept_and_goes_when_it_is_handled(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    hands = Hands()
    working = process(bot, hands)
    working.begin(update(1))
    assert not working.is_safe(1)
    await working.safe(1)
    (waiting,) = kept(bot)
    assert (waiting.update_id, waiting.user_id, waiting.deaths) == (1, EMPLOYEE, 0)
    hands.free.set()
    await working.finish()
    assert (hands.handled, kept(bot)) == ([1], [])


async def test_a_file_is_kept_before_it_is_handled(bot: Bot) -> None:
    hands = Hands()
    working = process(bot, hands)
    working.begin(update(1, document={"file_id": "f", "file_unique_id": "u"}))
    while not hands.begun:
        await asyncio.sleep(0.001)
    assert [each.update_id for each in kept(bot)] == [1]
    hands.free.set()
    await working.finish()


async def test_while_a_file_is_being_kept_nothing_of_the_same_person_overtakes_it(bot: Bot) -> None:
    hands = Hands()
    hands.free.set()
    working = process(bot, hands)
    working.begin(update(1, document={"file_id": "f", "file_unique_id": "u"}))
    working.begin(update(2))
    working.begin(update(3, document={"file_id": "f", "file_unique_id": "u"}))
    working.begin(update(4))
    await working.finish()
    assert hands.handled == [1, 2, 3, 4]


async def test_what_breaks_off_is_logged_and_holds_nothing_up(bot: Bot) -> None:
    async def broken(_: Update) -> None:
        raise ZeroDivisionError

    working = process(bot, broken)
    working.begin(update(1), keep_first=True)
    working.begin(update(2))
    await working.safe(2)
    await working.finish()
    assert (working.in_hand, kept(bot)) == (0, [])
    assert "update 1 broke off" in bot.complained()


async def test_what_was_kept_and_cannot_be_read_any_more_is_set_aside_and_hinders_no_start(bot: Bot) -> None:
    await bot.phone(EMPLOYEE).start()
    odd = [KeptUpdate(1, EMPLOYEE, '{"update_id":1,"message":[]}'), KeptUpdate(2, None, "{")]
    inbox.keep(bot.context, bot.app.bot.id, odd)
    await dies(bot, 3)
    hands = Hands()
    hands.free.set()
    restarted = process(bot, hands)
    await restarted.start(alone=True)
    await restarted.finish()
    assert hands.handled == [3]
    assert [each.set_aside_at is not None for each in kept(bot)] == [True, True]
    assert bot.phone(EMPLOYEE).last == say("zh-CN", "chat-set-aside")
    assert "can't be read" in bot.complained()


async def test_the_same_update_twice_is_in_hand_once(bot: Bot) -> None:
    hands = Hands()
    working = process(bot, hands)
    working.begin(update(1))
    working.begin(update(1))
    hands.free.set()
    await working.finish()
    assert hands.handled == [1]


async def test_what_a_dead_process_had_in_hand_the_next_start_handles(bot: Bot) -> None:
    await dies(bot, 1, 2)
    hands = Hands()
    hands.free.set()
    restarted = process(bot, hands)
    await restarted.start(alone=True)
    await restarted.finish()
    assert (hands.handled, kept(bot)) == ([1, 2], [])


async def test_another_process_takes_over_only_once_the_claim_has_ended(bot: Bot) -> None:
    await dies(bot, 1)
    hands = Hands()
    hands.free.set()
    other = process(bot, hands)
    await other.start(alone=False)
    assert hands.begun == []
    bot.sandbox.clock.advance(inbox.CLAIM + timedelta(seconds=1))
    await other._recover(alone=False)
    await other.finish()
    assert (hands.handled, kept(bot)) == ([1], [])


async def test_a_clock_that_is_put_back_keeps_no_update_waiting(bot: Bot) -> None:
    await dies(bot, 1)
    bot.sandbox.clock.advance(-timedelta(hours=1))
    hands = Hands()
    hands.free.set()
    other = process(bot, hands)
    await other._recover(alone=False)
    await other.finish()
    assert hands.handled == [1]


async def test_what_is_in_hand_is_claimed_again_and_again(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "RENEW_SECONDS", 0.001)
    hands = Hands()
    working = process(bot, hands)
    working.begin(update(1), keep_first=True)
    await working.start(alone=False)
    while not hands.begun:
        await asyncio.sleep(0.001)
    bot.sandbox.clock.advance(timedelta(minutes=5))
    while kept(bot)[0].claimed_until < bot.context.now():
        await asyncio.sleep(0.001)
    assert inbox.claim(bot.context, bot.app.bot.id, []) == []
    hands.free.set()
    await working.finish()


async def test_one_that_was_in_hand_at_two_deaths_is_set_aside_and_told_to_its_sender_and_the_administrators(
    bot: Bot,
) -> None:
    for person in (EMPLOYEE, ADMIN):
        await bot.phone(person).start()
    await dies(bot, 1)
    hands = Hands()
    second = process(bot, hands)
    starting = asyncio.create_task(second.start(alone=True))
    while not hands.begun:
        await asyncio.sleep(0.001)
    starting.cancel()  # it dies as well
    third = Hands()
    restarted = process(bot, third)
    await restarted.start(alone=True)
    await restarted.finish()
    assert third.begun == []
    (aside,) = kept(bot)
    assert (aside.deaths, aside.set_aside_at) == (2, bot.context.now())
    assert bot.phone(EMPLOYEE).last == say("zh-CN", "chat-set-aside")
    await bot.settle()
    assert "inbox list" in bot.phone(ADMIN).last
    assert "in hand at 2 deaths" in bot.complained()


async def test_what_was_in_hand_at_a_death_is_handled_while_nothing_else_is(bot: Bot) -> None:
    await dies(bot, 1, 2)
    hands = Hands()
    restarted = process(bot, hands)
    starting = asyncio.create_task(restarted.start(alone=True))
    while not hands.begun:
        await asyncio.sleep(0.001)
    for _ in range(3):  # one thread writes: whatever else was claimed has been by then
        await bot.app.runtime.run(inbox.renew, bot.app.bot.id, [])
    assert hands.begun == [1]
    assert [each.deaths for each in kept(bot)] == [1, 0], "should it kill again, the other had no part in it"
    hands.free.set()
    await starting
    await restarted.finish()
    assert hands.handled == [1, 2]


async def test_what_no_death_was_met_with_is_begun_all_at_once(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "FINISH_SECONDS", 0)
    await dies(bot, 1, 2)
    inbox.release(bot.context, bot.app.bot.id, [1, 2])
    hands = Hands()
    restarted = process(bot, hands)
    async with asyncio.timeout(intake.ALONE_SECONDS / 2):
        await restarted.start(alone=True)
    while len(hands.begun) < 2:
        await asyncio.sleep(0.001)
    hands.free.set()
    await restarted.finish()
    assert hands.handled == [1, 2]


async def test_a_start_goes_on_while_the_database_is_locked_and_what_was_kept_comes_later(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise Busy("error-database-busy")

    monkeypatch.setattr(intake, "RENEW_SECONDS", 0.001)
    await dies(bot, 1)
    bot.sandbox.clock.advance(inbox.CLAIM + timedelta(seconds=1))
    hands = Hands()
    hands.free.set()
    restarted = process(bot, hands)
    with monkeypatch.context() as patch:
        patch.setattr(intake.inbox, "claim", locked)
        await restarted.start(alone=True)
    async with asyncio.timeout(10):
        while not hands.handled:
            await asyncio.sleep(0.001)
    await restarted.finish()
    assert kept(bot) == []
    assert "waits until the database can be used" in bot.complained()


async def test_one_that_was_handled_while_it_was_being_kept_is_not_kept_on(bot: Bot) -> None:
    hands = Hands()
    working = process(bot, hands)
    working.begin(update(1))
    work = working._in_hand[1]
    hands.free.set()
    await work.task
    await working._keep([work])
    await working.finish()
    assert kept(bot) == []


async def test_what_waits_behind_another_of_the_same_person_is_kept_once_and_only_where_it_is_urgent(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    keep = inbox.keep

    def counted(context: Any, bot_id: int, waiting: Any) -> None:
        asked.extend(each.update_id for each in waiting)
        keep(context, bot_id, waiting)

    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 60)
    monkeypatch.setattr(intake.inbox, "keep", repeatable(counted))
    hands = Hands()
    working = process(bot, hands)
    for number in (1, 2):
        working.begin(update(number))
    await working.settle(0.001)
    assert not working._keeping
    for _ in range(2):
        await working.settle(0.001, urgent=True)
        while working._keeping:
            await asyncio.sleep(0.001)
    assert (asked, working.is_safe(1), working.is_safe(2)) == ([2], False, True)
    hands.free.set()
    await working.finish()


async def test_what_is_being_kept_or_was_handled_meanwhile_is_not_kept_again(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []
    stored = asyncio.Event()

    async def keep(works: Any) -> None:
        asked.append([work.update.update_id for work in works])
        await stored.wait()

    async def handle(given: Update) -> None:
        await (hands(given) if given.update_id == 1 else asyncio.sleep(0))

    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    hands = Hands()
    working = process(bot, handle)
    monkeypatch.setattr(working, "_keep", keep)
    for number in (1, 2):
        working.begin(update(number))
    for _ in range(2):
        await working.settle(0.01)
    assert asked == [[1]]
    stored.set()
    hands.free.set()
    await working.finish()


async def test_a_stop_leaves_what_it_cannot_wait_for_to_the_next_start_which_counts_no_death(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FINISH_SECONDS", 0)
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    stopping = process(bot, Hands())
    stopping.begin(update(1))
    await stopping.safe(1)
    await stopping.finish()
    hands = Hands()
    hands.free.set()
    restarted = process(bot, hands)
    await restarted.start(alone=False)
    await restarted.idle(1)
    assert hands.handled == [1]
    await restarted.finish()


async def test_what_a_stop_interrupts_stays_for_the_next_start(bot: Bot) -> None:
    async def interrupted(_: Update) -> None:
        raise Interrupted

    stopping = process(bot, interrupted)
    stopping.begin(update(1), keep_first=True)
    await stopping.finish()
    (waiting,) = kept(bot)
    assert (waiting.update_id, waiting.claimed_until) == (1, None)


async def test_while_nothing_can_be_stored_an_update_is_handled_but_stays_with_telegram(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)

    tried: list[object] = []

    def locked(*asked: object) -> None:
        tried.append(asked)
        raise Busy("error-database-busy")

    monkeypatch.setattr(intake.inbox, "keep", locked)
    hands = Hands()
    working = process(bot, hands)
    working.begin(update(1))
    for tries in (1, 2):
        await working.settle(0.001)
        while working._keeping:
            await asyncio.sleep(0.001)
        assert (hands.begun, working.is_safe(1)) == ([1], False)
        assert len(tried) == tries
    hands.free.set()
    await working.safe(1)
    assert hands.handled == [1]
    await working.finish()
    assert "could not be kept" in bot.complained()


async def test_what_was_handled_but_is_still_kept_is_not_handled_again(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise Busy("error-database-busy")

    hands = Hands()
    hands.free.set()
    working = process(bot, hands)
    with monkeypatch.context() as patch:
        patch.setattr(intake.inbox, "handled", locked)
        working.begin(update(1), keep_first=True)
        await working.idle(5)
        await working.start(alone=True)
    assert hands.handled == [1]
    await working.finish()
    assert "still kept" in bot.complained()
