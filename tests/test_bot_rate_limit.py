"""The slow lane's pace: so many notices a second, one a second in each chat, and pauses are kept by everybody."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rate_limit import PER_CHAT_SECONDS, PER_SECOND, SlowLane


class FakeClock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.integers(1, 9) | st.integers(1, 300), max_size=200))
def test_no_second_sees_more_than_the_lane_allows(chats: list[int]) -> None:
    lane = SlowLane(FakeClock())
    slots = [(lane.delay(chat), chat) for chat in chats]
    everybody = sorted(slot for slot, _ in slots)
    for first in everybody:
        assert sum(first <= slot < first + 1 - 1e-6 for slot in everybody) <= PER_SECOND
    for chat in set(chats):
        own = sorted(slot for slot, of in slots if of == chat)
        assert all(later - earlier >= PER_CHAT_SECONDS - 1e-6 for earlier, later in pairwise(own))


def test_a_chat_with_many_notices_does_not_hold_up_the_others() -> None:
    lane = SlowLane(FakeClock())
    assert [lane.delay(1) for _ in range(30)] == list(range(30))
    assert lane.delay(2) == pytest.approx(1 / PER_SECOND)


def test_different_chats_get_twenty_slots_a_second_from_the_first_moment_on() -> None:
    lane = SlowLane(FakeClock())
    assert [round(lane.delay(chat) * PER_SECOND) for chat in range(50)] == list(range(50))


def test_another_pace_gives_as_many_slots() -> None:
    lane = SlowLane(FakeClock(), 200)
    assert [round(lane.delay(chat) * 200) for chat in range(50)] == list(range(50))


def test_a_lane_that_rested_does_not_catch_up() -> None:
    clock = FakeClock()
    lane = SlowLane(clock)
    lane.delay(1)
    clock.now += 60
    assert [round(lane.delay(chat), 2) for chat in (1, 2, 3)] == [0, 0.05, 0.1]


def test_a_pause_holds_everybody_and_the_longer_one_counts() -> None:
    clock = FakeClock()
    lane = SlowLane(clock)
    lane.pause(30)
    lane.pause(10)
    assert (lane.pausing(), lane.delay(7)) == (30, 30)
    clock.now += 31
    assert (lane.pausing(), lane.delay(8)) == (0, 0)
