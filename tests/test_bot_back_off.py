"""Waiting for Telegram: longer and longer, and no longer than it helps."""

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.back_off import BackOff


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def back_off(pauses: list[float]) -> BackOff:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    return BackOff(sleep, persistent=3)


async def test_pauses_double_until_it_works_again(back_off: BackOff, pauses: list[float]) -> None:
    for _ in range(7):
        await back_off.wait("polling", NetworkError("away"))
    back_off.reset()
    await back_off.wait("polling", NetworkError("away"))
    await back_off.wait("polling", RetryAfter(17))
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 1, 17]


async def test_a_token_that_stays_refused_ends_the_waiting(back_off: BackOff, pauses: list[float]) -> None:
    for _ in range(2):
        await back_off.wait("polling", InvalidToken("Unauthorized"))
    with pytest.raises(InvalidToken):
        await back_off.wait("polling", InvalidToken("Unauthorized"))
    assert pauses == [1, 2]


async def test_a_refusal_in_between_or_a_wrong_address_does_not(back_off: BackOff, pauses: list[float]) -> None:
    for message in ("Unauthorized", "Not Found") * 5:
        await back_off.wait("polling", InvalidToken(message))
    assert len(pauses) == 10


async def test_a_token_that_was_taken_in_between_is_given_all_its_time_again(back_off: BackOff) -> None:
    for _ in range(3):
        for _ in range(2):
            await back_off.wait("polling", InvalidToken("Unauthorized"))
        back_off.reset()


async def test_no_sentence_that_repeats_the_token_is_logged_or_misleads(
    back_off: BackOff, pauses: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    rejected = InvalidToken("The token `1:SECRET` was rejected by the server.")
    rejected.__cause__ = InvalidToken("Unauthorized")
    for _ in range(2):
        await back_off.wait("Telegram can't be reached", rejected)
    with pytest.raises(InvalidToken):
        await back_off.wait("Telegram can't be reached", rejected)
    assert ("Unauthorized" in caplog.text, "SECRET" in caplog.text) == (True, False)
