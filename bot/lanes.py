"""The slow lane: notices keep under Telegram's limits by themselves, so that answers to people never wait for them."""

from collections.abc import Callable

PER_SECOND = 20.0
PER_CHAT_SECONDS = 1.0


class SlowLane:
    """Paces sends: `PER_SECOND` in all, one a second in each chat, and a pause when Telegram asks for one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = 0.0
        self._next_in_chat: dict[int, float] = {}

    def delay(self, chat_id: int) -> float:
        """Take the next slot for this chat; how many seconds to wait until then."""
        now = self._clock()
        self._next_in_chat = {chat: at for chat, at in self._next_in_chat.items() if at > now}
        slot = max(now, self._next, self._next_in_chat.get(chat_id, now))
        self._next = max(now, self._next) + 1 / PER_SECOND
        self._next_in_chat[chat_id] = slot + PER_CHAT_SECONDS
        return slot - now

    def pause(self, seconds: float) -> None:
        """Telegram said RetryAfter: nobody in this lane sends before."""
        self._next = max(self._next, self._clock() + seconds)
