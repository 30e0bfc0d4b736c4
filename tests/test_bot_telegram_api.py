"""What becomes of a call that fails: how often and how long it is made again, and what its caller hears in the end."""

import re
from collections.abc import Callable

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.render import message
from bot.render.message import Message, shown_units, unbroken, units
from bot.sandbox.errors import ApiError, bad_request, too_many_requests
from bot.sandbox.faults import FaultRule
from bot.sandbox.run import TOKEN
from bot.telegram_api import ANSWER_SECONDS, DOWNLOAD_SECONDS, PATIENCE, UPLOAD_SECONDS, TelegramApi, Tries
from bot.transport import NeverSent
from tests.driver import EMPLOYEE, InProcess, new_sandbox

HELLO, BYE = Message("你好", []), Message("再见", [])
AWAY = ApiError(502, "Bad Gateway")


class Line:
    """The Bot API over a sandbox, with the pauses it makes and the seconds it gives each call."""

    def __init__(self) -> None:
        self.sandbox = new_sandbox()
        self.sandbox.start(EMPLOYEE)
        self.pauses: list[float] = []
        self.seconds: list[float] = []
        self.api = TelegramApi(Bot(TOKEN, "http://sandbox/bot"), _Timed(self), self._sleep, lambda: 0.0)

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    @property
    def shown(self) -> list[str]:
        """What the bot has sent, as it stands in the chat."""
        messages = self.sandbox.chats[EMPLOYEE].messages.values()
        return [message["text"] for message in messages if message["from"]["is_bot"]]


class _Timed(InProcess):
    def __init__(self, line: Line) -> None:
        super().__init__(line.sandbox)
        self._line = line

    async def do_request(self, url: str, read_timeout: float = 0, **given: object) -> tuple[int, bytes]:  # type: ignore[override]
        self._line.seconds.append(read_timeout)
        return await super().do_request(url, **given)


@pytest.fixture
def line() -> Line:
    return Line()


# ——— the rule


def pauses(error: TelegramError, *, repeatable: bool, took: float = 0.0, patience: float = PATIENCE) -> list[float]:
    """The pauses before each next try when every try fails like this and takes `took` seconds."""
    tries, found = Tries(repeatable, patience), []
    while len(found) < 9 and (pause := tries.pause_after(error, took)) is not None:
        found.append(pause)
    return found


def test_a_token_refused_for_a_moment_keeps_no_answer_back() -> None:
    for repeatable in (True, False):
        assert pauses(InvalidToken("Unauthorized"), repeatable=repeatable) == [0.5, 1, 2, 4, 8]


def test_what_can_be_repeated_is_tried_ever_more_rarely_for_half_a_minute() -> None:
    for error in (TimedOut(), NetworkError("Bad Gateway"), NeverSent("no route")):
        assert pauses(error, repeatable=True) == [0.5, 1, 2, 4, 8]


def test_the_time_that_tries_take_counts() -> None:
    assert pauses(TimedOut(), repeatable=True, took=5) == [0.5, 1, 2, 4]


def test_a_message_that_may_have_arrived_is_sent_twice_more_at_most() -> None:
    for error in (TimedOut(), NetworkError("Bad Gateway")):
        assert pauses(error, repeatable=False) == [0.5, 1]


def test_a_message_that_surely_did_not_arrive_is_tried_as_long_as_an_edit() -> None:
    assert pauses(NeverSent("no route"), repeatable=False) == [0.5, 1, 2, 4, 8]


def test_the_pause_that_telegram_asks_for_is_kept_where_it_fits() -> None:
    assert pauses(RetryAfter(12), repeatable=False) == [12, 12]
    assert pauses(RetryAfter(40), repeatable=True) == []


def test_what_telegram_refuses_is_not_tried_again() -> None:
    for error in (BadRequest("no"), Forbidden("bot was blocked by the user")):
        assert pauses(error, repeatable=True) == []


def test_without_patience_nothing_is_tried_again() -> None:
    for error in (TimedOut(), NeverSent("no route"), RetryAfter(0)):
        assert pauses(error, repeatable=True, patience=0) == []


# ——— the calls


async def test_an_edit_whose_answer_was_lost_is_found_done(line: Line) -> None:
    number = await line.api.send(EMPLOYEE, HELLO)
    line.sandbox.inject_faults(FaultRule(["reset-after"], "editMessageText", times=1))
    assert await line.api.edit(EMPLOYEE, number, BYE)
    assert (line.shown, line.pauses) == (["再见"], [0.5])


async def test_an_edit_that_never_gets_through_is_to_be_sent_anew(line: Line) -> None:
    number = await line.api.send(EMPLOYEE, HELLO)
    line.sandbox.inject_faults(
        FaultRule(["page"], "editMessageCaption"), FaultRule(["silence-before"], "editMessageText")
    )
    assert not await line.api.edit(EMPLOYEE, number, BYE)
    assert not await line.api.edit_caption(EMPLOYEE, number, BYE)
    assert sum(line.pauses) == 2 * 15.5


async def test_an_edit_that_telegram_refuses_is_an_error(line: Line) -> None:
    line.sandbox.fail_next("editMessageText", bad_request("can't parse entities"))
    with pytest.raises(BadRequest):
        await line.api.edit(EMPLOYEE, 1, BYE)


async def test_a_message_whose_answers_are_lost_stands_there_three_times_and_the_error_is_told(line: Line) -> None:
    line.sandbox.inject_faults(FaultRule(["broken"], "sendMessage"))
    with pytest.raises(NetworkError):
        await line.api.send(EMPLOYEE, HELLO)
    assert line.shown == ["你好"] * 3


async def test_a_message_comes_after_the_pause_that_telegram_asks_for(line: Line) -> None:
    line.sandbox.fail_next("sendMessage", too_many_requests(12))
    await line.api.send(EMPLOYEE, HELLO)
    assert (line.shown, line.pauses) == (["你好"], [12])


async def test_a_press_whose_answer_was_lost_or_never_gets_through_is_no_error(line: Line) -> None:
    number = await line.api.send(EMPLOYEE, HELLO)
    query = line.sandbox.press(EMPLOYEE, number, "x", forged=True)
    line.sandbox.inject_faults(FaultRule(["silence-after"], "answerCallbackQuery", times=1))
    await line.api.answer(query.query_id, "记下了")
    assert [toast.text for toast in line.sandbox.toasts(EMPLOYEE)] == ["记下了"]
    line.sandbox.inject_faults(FaultRule(["gateway"], "answerCallbackQuery"))
    await line.api.answer(query.query_id)


async def test_a_message_is_deleted_in_the_end_and_one_that_is_gone_is_no_error(line: Line) -> None:
    number = await line.api.send(EMPLOYEE, HELLO)
    line.sandbox.inject_faults(
        FaultRule(["error"], "deleteMessage", times=1), FaultRule(["reset-after"], "deleteMessage")
    )
    await line.api.delete(EMPLOYEE, number)
    await line.api.delete(EMPLOYEE, number)
    assert line.shown == []


async def test_a_download_is_tried_again_where_the_file_is_asked_for_and_where_it_is_fetched(line: Line) -> None:
    sent = line.sandbox.send_document(EMPLOYEE, "a.csv", b"1,2")
    line.sandbox.fail_next("getFile", AWAY)
    assert await line.api.download(sent["document"]["file_id"]) == b"1,2"
    line.sandbox.files.at = _once_away(line.sandbox.files.at)  # type: ignore[method-assign]
    assert await line.api.download(sent["document"]["file_id"]) == b"1,2"
    assert line.pauses == [0.5, 0.5]


def _once_away(at: Callable[[str], object]) -> Callable[[str], object]:
    errors = [TimedOut()]

    def found(path: str) -> object:
        if errors:
            raise errors.pop()
        return at(path)

    return found


async def test_a_notice_is_sent_once(line: Line) -> None:
    for error in (AWAY, too_many_requests(1), TimedOut()):
        line.sandbox.fail_next("sendMessage", error)
        with pytest.raises(TelegramError):
            await line.api.once.send(EMPLOYEE, HELLO)
    assert (line.shown, line.pauses) == ([], [])


async def test_nobody_waits_long_for_an_answer_that_does_not_come(line: Line) -> None:
    chart, workbook = 100_000 * b"1", 10_000_000 * b"1"
    line.sandbox.fail_next("sendPhoto", bad_request("no"))
    await line.api.send(EMPLOYEE, HELLO)
    with pytest.raises(BadRequest):
        await line.api.send_photo(EMPLOYEE, chart, HELLO)
    await line.api.send_document(EMPLOYEE, ("a.xlsx", workbook, "text/plain"))
    await line.api.download(line.sandbox.send_document(EMPLOYEE, "a.csv", b"1,2")["document"]["file_id"])
    assert line.seconds == [ANSWER_SECONDS, ANSWER_SECONDS + 1, UPLOAD_SECONDS, ANSWER_SECONDS, DOWNLOAD_SECONDS]


# ——— lines on a phone


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("到 2026-11-22 截止", "到 2026\u201111\u201122 截止"),
        ("<b>11-25</b>前", "<b>11\u201125</b>前"),
        ("陈晨 · 2级（高级）", "陈晨\xa0· 2\u2060级\u2060（\u2060高\u2060级\u2060）"),
        ("几分？（0–100）", "几分？（0\u2060–\u20601\u20600\u20600）"),
        ("第 2 条，5 分，88 %", "第 2\xa0条，5\xa0分，88\xa0%"),
        ("Level 3: 5 points in 24 months, 3 and 4", "Level\xa03: 5\xa0points in 24\xa0months, 3 and 4"),
        ("E-11-22 and 12026-11-22", "E-11-22 and 12026-11-22"),
        ('<a href="?d=2026-11-22">2026-11-22</a> <code>2026-11-22</code>', None),
    ],
)
def test_a_line_ends_in_no_date_and_between_no_number_and_its_unit(text: str, sent: str | None) -> None:
    assert unbroken(text) == (sent or text)
    assert shown_units(text) == units(re.sub("<[^>]*>", "", unbroken(text))), "limits count what is sent"


def test_of_what_people_write_at_length_nothing_is_remembered() -> None:
    before = message._known.cache_info().misses
    assert unbroken("第 2 条" + "陈" * 500).startswith("第 2\xa0条")
    assert message._known.cache_info().misses == before


async def test_what_is_sent_and_edited_is_held_together(line: Line) -> None:
    number = await line.api.send(EMPLOYEE, Message("2026-11-22", []))
    assert line.shown == ["2026\u201111\u201122"]
    await line.api.edit(EMPLOYEE, number, Message("5 分", []))
    assert line.shown == ["5\xa0分"]
