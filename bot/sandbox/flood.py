"""Telegram's flood control: so many messages a second overall, one a second in a chat."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.sandbox.errors import too_many_requests

_SECOND = timedelta(seconds=1)


@dataclass
class FloodControl:
    """Refuses a message beyond `per_second` in all, or sooner than a second after the last one in its chat."""

    per_second: int
    _recent: deque[datetime] = field(default_factory=deque)
    _last_in_chat: dict[int, datetime] = field(default_factory=dict)

    def admit(self, chat_id: int, now: datetime) -> None:
        """Count a message. Raises ApiError 429 when it comes too soon (refused ones are not counted)."""
        while self._recent and not _within_a_second(self._recent[0], now):
            self._recent.popleft()
        last = self._last_in_chat.get(chat_id)
        too_soon = [last] if last and _within_a_second(last, now) else []
        if len(self._recent) >= self.per_second:
            too_soon.append(self._recent[0])
        if too_soon:
            raise too_many_requests(ceil((max(too_soon) + _SECOND - now).total_seconds()))
        self._recent.append(now)
        self._last_in_chat[chat_id] = now


def _within_a_second(earlier: datetime, now: datetime) -> bool:
    """False also for a time in the future: the clock can be turned back."""
    return timedelta() <= now - earlier < _SECOND
