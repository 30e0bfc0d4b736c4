"""Messages that go out by themselves: what Telegram's refusals and silences lead to, and how fast they go."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from telegram.error import TelegramError, TimedOut

from bot.notifier import PARTS, RETRY, Notifier
from bot.sandbox.errors import ApiError, bad_request, forbidden, too_many_requests
from bot.transport import NeverSent
from qualify.errors import Busy
from qualify.services import Context, deliveries, upkeep
from qualify.services.assessments import opening
from qualify.services.assessments.opening import Opening
from qualify.services.notices import digests, queue
from qualify.services.notices.faults import STAYS, pause_after
from qualify.services.notices.queue import LEASE, UNSURE_PAUSE
from qualify.services.people import preferences
from qualify.services.reviews import answering
from qualify.storage import notices as stored
from qualify.storage.tables import Notice, NoticeKind
from tests.company import OPERATOR
from tests.deeds import both_hand_in, hands_in
from tests.driver import (
    ADMIN,
    ASSESSOR,
    EMPLOYEE,
    EMPLOYEE_DONE,
    SECOND_ASSESSOR,
    Bot,
    bot_on,
    company,
    until,
    zhou_at_work,
)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with company(tmp_path) as bot:
        for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE, EMPLOYEE_DONE):
            await bot.phone(user_id).start()
        yield bot


def assign(bot: Bot, *assessors: str, subject: str = "Q007") -> None:
    """Open an assessment: each assessor is owed a message."""
    weights = tuple((staff_no, Decimal(1)) for staff_no in assessors)
    due = bot.context.today() + timedelta(days=7)
    opening.open_assessment(bot.context, OPERATOR, Opening("client-manager", "4", subject, weights, due))


def outcomes(bot: Bot) -> list[str]:
    """What became of the news that this test made; empty for what is still owed."""
    with bot.context.database.reading() as connection:
        made = select(Notice.kind, Notice.outcome).order_by(Notice.id)  # type: ignore[arg-type]
        rows = connection.execute(made).all()
    return [outcome for kind, outcome in rows if NoticeKind(kind).is_news and outcome != "seeded"]


def told(bot: Bot, user_id: int = ASSESSOR) -> int:
    """How often a new review was announced to somebody."""
    return bot.phone(user_id).screen.count("你有一份新的评审：何静")


async def after(bot: Bot, pause: timedelta) -> None:
    bot.sandbox.clock.advance(pause)
    await bot.settle()


async def test_an_assessor_hears_of_a_new_review_and_starts_it_from_there(bot: Bot) -> None:
    assign(bot, "Q002")
    await bot.settle()
    announced = "你有一份新的评审：何静，客户经理能力素质模型，4级（初级），请在 2026-11-29 前完成。"
    assert announced in bot.phone(ASSESSOR).last
    await bot.phone(ASSESSOR).press("▶️ 开始")
    assert "第 1 条" in bot.phone(ASSESSOR).last
    assert outcomes(bot) == ["sent"]


async def test_a_review_that_is_in_already_is_not_announced_any_more(bot: Bot) -> None:
    assign(bot, "Q002")
    with bot.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE review SET state = 'submitted'")
    await bot.settle()
    assert (told(bot), outcomes(bot)) == (0, ["sent"]), "it is done with"


async def test_a_kick_sends_at_once_and_the_repeating_job_is_there(bot: Bot) -> None:
    assign(bot, "Q002")
    bot.app.runtime.kick.set()
    await until(lambda: told(bot))
    (job,) = bot.app.notifier._scheduler.get_jobs()
    assert (job.trigger.interval, job.misfire_grace_time, job.max_instances) == (timedelta(seconds=20), None, 1)


async def test_a_transaction_that_owes_somebody_something_wakes_the_sender(bot: Bot) -> None:
    bot.app.runtime.listen()
    assign(bot, "Q002")
    await until(lambda: told(bot))


async def test_of_much_upkeep_a_few_parts_are_done_before_what_is_due_is_sent_and_the_rest_after_it(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    take_due = queue.take_due

    def do_part(_: Context) -> bool:
        done.append("part")
        return done.count("part") < 2 * PARTS

    def take(*arguments: Any) -> Any:
        done.append("send")
        return take_due(*arguments)

    monkeypatch.setattr(upkeep, "do_part", do_part)
    monkeypatch.setattr(queue, "take_due", take)
    bot.app.runtime.kick.set()
    await until(lambda: done.count("part") >= 2 * PARTS)
    assert done[: PARTS + 1] == ["part"] * PARTS + ["send"]


@pytest.mark.parametrize("trouble", [Busy("error-database-busy"), OSError("the upkeep is broken")])
async def test_no_notice_waits_for_upkeep_that_fails(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def broken(_: Context) -> bool:
        raise trouble

    monkeypatch.setattr(upkeep, "do_part", broken)
    assign(bot, "Q002")
    bot.app.runtime.kick.set()
    await until(lambda: told(bot))
    assert str(trouble).partition("(")[0] in bot.complained()


async def test_a_stop_waits_for_one_part_of_the_upkeep_at_most(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    notifier = Notifier(bot.app.runtime)

    def do_part(_: Context) -> bool:
        done.append("part")
        notifier._stopping.set()
        return True

    monkeypatch.setattr(upkeep, "do_part", do_part)
    await notifier.send_due()
    assert done == ["part"]


async def test_once_an_hour_the_day_is_planned_and_what_nobody_needs_is_forgotten(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(digests, "plan_today", lambda _: done.append("plan"))
    monkeypatch.setattr(deliveries, "forget", lambda _: done.append("forget"))
    notifier = Notifier(bot.app.runtime)
    for _ in range(2):
        for _ in range(2):
            await notifier.send_due()
        bot.sandbox.clock.advance(timedelta(hours=1))
    assert done == ["plan", "forget"] * 2


async def test_a_notice_that_could_not_be_made_is_tried_again_after_a_pause(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    assign(bot, "Q002")
    with monkeypatch.context() as patch:
        patch.setattr("bot.notifier.make", broken)
        await bot.settle()
    assert "ZeroDivisionError" in bot.complained()
    assert pause_after(1) < LEASE
    await after(bot, pause_after(1))
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


async def test_a_failing_database_does_not_end_the_sending(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("disk full")

    assign(bot, "Q002")
    with monkeypatch.context() as patch:
        patch.setattr(queue, "take_due", broken)
        bot.app.runtime.kick.set()
        while not bot.complaints:
            await asyncio.sleep(0)
    assert "disk full" in bot.complained()
    bot.app.runtime.kick.set()
    await until(lambda: told(bot))


async def test_whoever_listens_for_kicks_goes_on_whatever_fails(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Context) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("bot.notifier.release.learn", broken)
        bot.app.runtime.kick.set()
        while not bot.complaints:
            await asyncio.sleep(0)
    assert "ZeroDivisionError" in bot.complained()
    assign(bot, "Q002")
    bot.app.runtime.kick.set()
    async with asyncio.timeout(5):
        while not told(bot):
            await asyncio.sleep(0)


# ——— each refusal has its rule


async def test_told_to_wait_the_notice_is_due_again_when_telegram_said(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", too_many_requests(30))
    assign(bot, "Q002")
    await bot.settle()
    await after(bot, timedelta(seconds=29))
    assert told(bot) == 0
    bot.app.notifier._lane._goes_on = 0  # the lane runs on real seconds, which no test waits for
    await after(bot, timedelta(seconds=1))
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


async def test_told_to_wait_nobody_else_in_the_lane_sends_before(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", too_many_requests(30))
    assign(bot, "Q002", "Q003")
    before = len(bot.sandbox.sent("sendMessage"))
    await bot.settle()
    assert len(bot.sandbox.sent("sendMessage")) - before <= 2
    assign(bot, "Q002", "Q003", subject="Q004")
    await bot.settle()
    assert len(bot.sandbox.sent("sendMessage")) - before <= 2, "nothing is tried while the lane rests"
    assert bot.app.notifier._lane.pausing() > 29


async def test_blocked_means_kept_for_the_return(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", forbidden("bot was blocked by the user"))
    assign(bot, "Q002")
    await bot.settle()
    await after(bot, timedelta(days=2))
    assert (told(bot), outcomes(bot)) == (0, [""])
    await bot.phone(ASSESSOR).say("/help")
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


@pytest.mark.parametrize("words", ["chat not found", "PEER_ID_INVALID"])
async def test_who_has_never_talked_to_this_bot_hears_everything_once_they_do(bot: Bot, words: str) -> None:
    bot.sandbox.fail_next("sendMessage", bad_request(words))
    assign(bot, "Q002")
    await bot.settle()
    await after(bot, timedelta(days=2))
    assert (told(bot), outcomes(bot)) == (0, [""])
    await bot.phone(ASSESSOR).say("/help")
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


@pytest.mark.parametrize("silence", [TimedOut(), ApiError(502, "Bad Gateway"), TelegramError("a proxy's page")])
async def test_news_that_may_have_arrived_is_sent_once_more_after_a_while(bot: Bot, silence: Exception) -> None:
    bot.sandbox.fail_next("sendMessage", silence)
    assign(bot, "Q002")
    await bot.settle()
    await after(bot, UNSURE_PAUSE - timedelta(seconds=1))
    assert (told(bot), outcomes(bot)) == (0, [""])
    await after(bot, timedelta(seconds=1))
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


async def test_news_goes_out_twice_at_most_however_often_no_answer_comes(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", TimedOut(), times=9, delivered=True)
    assign(bot, "Q002")
    await bot.settle()
    await after(bot, UNSURE_PAUSE)
    await after(bot, timedelta(days=2))
    assert (told(bot), outcomes(bot)) == (2, ["unsure"])


async def test_without_a_connection_it_is_tried_again_every_minute(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", NeverSent("ClientConnectorError"), times=2)
    assign(bot, "Q002")
    await bot.settle()
    for _ in range(2):
        await after(bot, RETRY - timedelta(seconds=1))
        assert told(bot) == 0
        await after(bot, timedelta(seconds=1))
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


async def test_what_telegram_calls_bad_is_given_up_and_administrators_are_told(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", bad_request("can't parse entities"))
    assign(bot, "Q002")
    await bot.settle()
    assert bot.phone(ADMIN).last.splitlines() == [
        "⚠️ 有些消息需要管理员看一下",
        "",
        "1 条通知被 Telegram 拒收，不会再发：",
        "qualify notices list",
    ]
    await after(bot, timedelta(days=2))
    assert (told(bot), outcomes(bot)) == (0, ["refused"])
    assert "can't be sent: Can't parse entities" in bot.complained()


async def test_any_other_refusal_is_tried_again_and_logged(bot: Bot) -> None:
    bot.sandbox.fail_next("sendMessage", ApiError(409, "Conflict: something else"))
    assign(bot, "Q002")
    await bot.settle()
    assert "failed: Conflict" in bot.complained()
    await after(bot, RETRY)
    assert outcomes(bot) == ["sent"]


@pytest.fixture
def fault(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing can be sent to Zhou Ming by a fault of ours, until it is undone."""
    shown = bot.app.runtime.api.once.send

    async def send(chat_id: int, message: Any, **how: Any) -> int:
        if chat_id == ASSESSOR:
            raise ZeroDivisionError
        return await shown(chat_id, message, **how)

    monkeypatch.setattr(bot.app.runtime.api.once, "send", send)
    return monkeypatch


async def test_a_fault_of_ours_is_logged_tried_again_and_holds_nobody_up(bot: Bot, fault: pytest.MonkeyPatch) -> None:
    assign(bot, "Q002", "Q003")
    await bot.settle()
    assert sorted(outcomes(bot)) == ["", "sent"]
    assert "ZeroDivisionError" in bot.complained()
    fault.undo()
    await after(bot, pause_after(1))
    assert (told(bot), outcomes(bot)) == (1, ["sent", "sent"])


async def test_a_fault_that_stays_is_told_to_administrators_once_a_day_and_never_given_up(
    bot: Bot, fault: pytest.MonkeyPatch
) -> None:
    assign(bot, "Q002")
    await bot.settle()
    for failures in range(1, STAYS):
        assert "多次发送出错" not in bot.phone(ADMIN).screen
        await after(bot, pause_after(failures))
    assert bot.phone(ADMIN).last.splitlines()[2:] == [
        "1 条通知多次发送出错，机器人还会再试：",
        "qualify notices list --owed",
    ]
    for failures in range(STAYS, STAYS + 3):
        await after(bot, pause_after(failures))
    assert bot.phone(ADMIN).screen.count("多次发送出错") == 1
    assert "ZeroDivisionError" in bot.complained()
    fault.undo()
    await after(bot, timedelta(hours=6))
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


# ——— at night


def at_night(bot: Bot) -> None:
    bot.sandbox.clock.advance(timedelta(hours=11))
    assert f"{bot.context.now().astimezone(bot.context.timezone):%H}" == "23"


def news(bot: Bot, user_id: int) -> list[str]:
    """What was sent to somebody by itself, in words, a chart by its caption."""
    sent = [*bot.sandbox.sent("sendMessage"), *bot.sandbox.sent("sendPhoto")]
    said = [str(each.get("text", each.get("caption"))) for each in sent if each["chat_id"] == user_id]
    return [words for words in said if not words.startswith("<b>你好")]


async def test_news_by_day_comes_at_once_and_at_night_it_waits_for_the_morning(bot: Bot) -> None:
    assign(bot, "Q002")
    await bot.settle()
    assert told(bot) == 1
    at_night(bot)
    assign(bot, "Q002", subject="Q006")
    await bot.settle()
    assert outcomes(bot) == ["sent", ""]
    await after(bot, timedelta(hours=8, minutes=59))
    assert outcomes(bot) == ["sent", ""]
    await after(bot, timedelta(minutes=1))
    assert outcomes(bot) == ["sent", "sent"]
    assert bot.phone(ASSESSOR).last.startswith("你有一份新的评审："), "one alone is told as ever"


async def test_on_a_day_off_news_comes_by_day(bot: Bot) -> None:
    await after(bot, timedelta(days=6))
    assert f"{bot.context.today():%a}" == "Sat"
    assign(bot, "Q002")
    await bot.settle()
    assert told(bot) == 1


async def test_what_waited_comes_in_the_morning_as_one_message_whose_buttons_lead_on(bot: Bot) -> None:
    at_night(bot)
    assign(bot, "Q002")
    await after(bot, timedelta(minutes=20))
    assign(bot, "Q002", "Q003", subject="Q006")
    await after(bot, timedelta(hours=9))
    phone = bot.phone(ASSESSOR)
    assert phone.last.splitlines() == [
        "☀️ 早上好！免打扰期间有 2 条消息",
        "",
        "1. 你有一份新的评审：何静，客户经理能力素质模型，4级（初级），请在 2026-11-29 前完成。",
        "",
        "2. 你有一份新的评审：孙悦，客户经理能力素质模型，4级（初级），请在 2026-11-29 前完成。",
    ]
    assert phone.labels == ["1. ▶️ 开始", "2. ▶️ 开始"]
    assert outcomes(bot) == ["sent"] * 3
    assert bot.phone(SECOND_ASSESSOR).last.startswith("你有一份新的评审：孙悦")
    await phone.press("2. ▶️ 开始")
    assert "孙悦" in phone.last
    assert "☀️" in phone.screen, "the other is still there to begin"


async def test_a_message_of_the_morning_stays_when_one_of_its_buttons_leads_to_a_screen(bot: Bot) -> None:
    at_night(bot)
    both_hand_in(bot)
    assign(bot, "Q002")
    (review_id,) = [review.id for review in answering.owed(bot.context, 2) if review.subject == "何静"]
    hands_in(bot, ASSESSOR, review_id)
    await after(bot, timedelta(hours=9))
    phone = bot.phone(ADMIN)
    assert phone.last.startswith("☀️ 早上好！免打扰期间有 2 条消息")
    await phone.press("1. 打开")
    assert "☀️" in phone.screen


async def test_a_result_keeps_its_picture_and_follows_the_mornings_words(bot: Bot) -> None:
    at_night(bot)
    with bot.context.database.transaction() as connection:
        (result_id, subject_id) = connection.exec_driver_sql("SELECT id, subject_id FROM result").one()
        stored.owe_again(connection, subject_id, NoticeKind.RESULT, result_id, bot.context.now())
    await bot.settle()
    assert bot.phone(EMPLOYEE_DONE).charts == []
    await after(bot, timedelta(hours=9))
    assert len(bot.phone(EMPLOYEE_DONE).charts) == 1


@pytest.mark.parametrize(
    ("trouble", "pause", "told_how"),
    [
        (too_many_requests(0), timedelta(seconds=1), ["☀️"]),
        (NeverSent("ClientConnectorError"), RETRY, ["☀️"]),
        (TimedOut(), UNSURE_PAUSE, ["☀️"]),
        (bad_request("can't parse entities"), timedelta(), ["你有", "你有"]),
    ],
)
async def test_a_message_of_the_morning_that_fails_is_sent_again_whole_or_one_by_one(
    bot: Bot, trouble: Exception, pause: timedelta, told_how: list[str]
) -> None:
    at_night(bot)
    assign(bot, "Q002")
    assign(bot, "Q002", subject="Q006")
    await bot.settle()
    before = len(news(bot, ASSESSOR))
    bot.sandbox.fail_next("sendMessage", trouble)
    await after(bot, timedelta(hours=9))
    bot.app.notifier._lane._goes_on = 0
    await after(bot, pause)
    assert [words[:2] for words in news(bot, ASSESSOR)[before:]][-len(told_how) :] == [each[:2] for each in told_how]
    assert outcomes(bot) == ["sent", "sent"]
    bot.complained()


async def test_a_fault_of_the_night_is_told_in_the_morning_in_one_message(bot: Bot, fault: pytest.MonkeyPatch) -> None:
    preferences.set_quiet_hours(bot.context, ASSESSOR, 0, 0)
    at_night(bot)
    assign(bot, "Q002")
    await bot.settle()
    for failures in range(1, STAYS + 4):  # before midnight and after it, so there is one of each day
        await after(bot, pause_after(failures))
    assert bot.context.today().day == 23
    assert "多次发送出错" not in bot.phone(ADMIN).screen
    await after(bot, timedelta(hours=8))
    assert bot.phone(ADMIN).screen.count("多次发送出错") == 1
    assert "ZeroDivisionError" in bot.complained()


async def test_whoever_wants_no_quiet_hours_hears_news_at_night(bot: Bot) -> None:
    preferences.set_quiet_hours(bot.context, ASSESSOR, 0, 0)
    at_night(bot)
    assign(bot, "Q002", "Q003")
    await bot.settle()
    assert (told(bot, ASSESSOR), told(bot, SECOND_ASSESSOR)) == (1, 0)


async def test_what_is_answered_at_night_is_answered_as_ever(bot: Bot) -> None:
    at_night(bot)
    await bot.phone(ASSESSOR).say("/help")
    assert "/reviews" in bot.phone(ASSESSOR).last


# ——— crashes and stops


async def test_what_a_crash_left_behind_is_sent_when_its_lease_ends(bot: Bot) -> None:
    assign(bot, "Q002")
    assert len(queue.take_due(bot.context)) == 1, "claimed by a process that dies now"
    async with bot_on(bot.context, bot.sandbox) as later:
        await after(later, LEASE - timedelta(seconds=1))
        assert told(later) == 0
        await after(later, timedelta(seconds=1))
        assert told(later) == 1


async def test_an_outcome_that_cannot_be_stored_is_left_to_the_lease(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("disk full")

    assign(bot, "Q002")
    with monkeypatch.context() as patch:
        patch.setattr(queue, "settle", broken)
        await bot.settle()
    assert "is left to its lease" in bot.complained()
    assert (told(bot), outcomes(bot)) == (1, [""])


async def test_two_bots_on_one_database_send_each_notice_once(bot: Bot) -> None:
    for subject in ("Q004", "Q005", "Q006", "Q007", "Q001"):
        assign(bot, "Q002", "Q003", subject=subject)
    async with bot_on(bot.context, bot.sandbox) as other:
        await asyncio.gather(bot.app.notifier.send_due(), other.app.notifier.send_due())
    assert outcomes(bot) == ["sent"] * 10
    announced = [each for each in bot.sandbox.sent("sendMessage") if "新的评审" in each["text"]]
    assert len(announced) == 10


async def test_stopping_finishes_what_is_being_sent_and_gives_the_rest_back(bot: Bot) -> None:
    assign(bot, "Q002", "Q003")
    gate, waiting = asyncio.Event(), asyncio.Event()

    async def second_waits(seconds: float) -> None:
        if seconds > 0:
            waiting.set()
            await gate.wait()

    notifier = Notifier(bot.app.runtime, second_waits)
    notifier.start()
    sending = asyncio.create_task(notifier.send_due())
    await waiting.wait()
    stopping = asyncio.create_task(notifier.stop())
    for _ in range(5):  # it begins to stop
        await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(sending, stopping)
    assert sorted(outcomes(bot)) == ["", "sent"]
    assert told(bot, ASSESSOR) + told(bot, SECOND_ASSESSOR) == 1
    await bot.settle()
    assert outcomes(bot) == ["sent", "sent"]
    assert (told(bot, ASSESSOR), told(bot, SECOND_ASSESSOR)) == (1, 1)


async def test_while_the_lane_is_full_a_press_is_answered_as_ever(bot: Bot) -> None:
    gate, waiting = asyncio.Event(), asyncio.Event()

    async def full(_: float) -> None:
        waiting.set()
        await gate.wait()

    assign(bot, "Q002", "Q003")
    sending = asyncio.create_task(Notifier(bot.app.runtime, full).send_due())
    await waiting.wait()
    phone = await zhou_at_work(bot)
    await phone.press("✅ 达到")
    assert "第 2 条" in phone.last
    assert (sending.done(), outcomes(bot)) == (False, ["", ""])
    gate.set()
    await sending
    assert outcomes(bot) == ["sent", "sent"]


@pytest.mark.parametrize(("per_second", "claimed"), [(1, 5), (20, 100), (1000, 100)])
async def test_no_more_is_claimed_than_goes_out_in_seconds(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, per_second: int, claimed: int
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(queue, "take_due", lambda _, limit: asked.append(limit) or [])
    await Notifier(bot.app.runtime, per_second=per_second).send_due()
    assert asked == [claimed]
    assert claimed / per_second < LEASE.total_seconds() / 10


async def test_what_is_owed_when_the_bot_starts_goes_out_at_once(bot: Bot) -> None:
    assign(bot, "Q002")
    async with bot_on(bot.context, bot.sandbox), asyncio.timeout(10):
        while not told(bot):
            await asyncio.sleep(0)


async def test_a_claim_that_ran_out_while_it_waited_its_turn_is_not_sent_on_it(bot: Bot) -> None:
    sent_with: list[int] = []

    async def slow(_: float) -> None:
        if not sent_with:
            bot.sandbox.clock.advance(LEASE)  # by now another process may have claimed and sent it
        sent_with.append(told(bot))

    assign(bot, "Q002")
    await Notifier(bot.app.runtime, slow).send_due()
    assert sent_with == [0, 0], "the first turn sent nothing, the second claim did"
    assert (told(bot), outcomes(bot)) == (1, ["sent"])


async def test_stopping_gives_waiting_notices_back_at_once(bot: Bot) -> None:
    waiting = asyncio.Event()

    async def for_ever(_: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    assign(bot, "Q002")
    notifier = Notifier(bot.app.runtime, for_ever)
    notifier.start()
    sending = asyncio.create_task(notifier.send_due())
    await waiting.wait()
    await notifier.stop()
    await sending
    assert (told(bot), outcomes(bot)) == (0, [""])
    await bot.settle()
    assert told(bot) == 1
