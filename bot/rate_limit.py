"""The slow lane: notices keep under Telegram's limits by themselves, so that answers to people never wait for them."""

from bisect import insort
from collections.abc import Callable

PER_SECOND = 20
PER_CHAT_SECONDS = 1.0
_NOTHING = 1e-9  # sums of gaps are not exact


class SlowLane:
    """Paces sends: `per_second` in all, one a second in each chat, and none while Telegram asks for a pause."""

    def __init__(self, clock: Callable[[], float], per_second: int = PER_SECOND) -> None:
        self._clock = clock
        self._gap = 1 / per_second
        self._slots: list[float] = []  # slots that are taken, earliest first
        self._next_in_chat: dict[int, float] = {}
        self._goes_on = 0.0

    def delay(self, chat_id: int) -> float:
        """Take the next free slot for this chat. Returns how many seconds to wait until then."""
        now = self._clock()
        self._forget_before(now)
        slot = max(now, self._goes_on, self._next_in_chat.get(chat_id, now))
        for taken in self._slots:
            if abs(taken - slot) < self._gap - _NOTHING:
                slot = taken + self._gap
        insort(self._slots, slot)
        self._next_in_chat[chat_id] = slot + PER_CHAT_SECONDS
        return slot - now

    def _forget_before(self, now: float) -> None:
        self._slots = [slot for slot in self._slots if slot > now - self._gap]
        self._next_in_chat = {chat: at for chat, at in self._next_in_chat.items() if at > now}

    def pause(self, seconds: float) -> None:
        """Let the lane rest for so many seconds, as RetryAfter asked: nothing is sent before, whatever slot it has."""
        self._goes_on = max(self._goes_on, self._clock() + seconds)

    def pausing(self) -> float:
        """How many seconds the lane still rests; 0 when it is open."""
        return max(0.0, self._goes_on - self._clock())
