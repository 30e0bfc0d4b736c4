"""The sandbox's time: the real time, which can be moved; or one that stands still, for tests."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Runs with the real time or `ahead` of it, or stands at `start` when one is given; `advance` moves either."""

    def __init__(self, start: datetime | None = None, ahead: timedelta = timedelta()) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("the clock's start needs a time zone")
        self._start, self._ahead = start, ahead
        self.moved = timedelta()

    def now(self) -> datetime:
        """The sandbox's time, UTC-aware."""
        return (self._start or datetime.now(UTC) + self._ahead).astimezone(UTC) + self.moved

    def unix(self) -> int:
        """The sandbox's time in whole Unix seconds, as messages carry it."""
        return int(self.now().timestamp())

    def advance(self, by: timedelta) -> None:
        """Move the time forward (or back, with a negative value)."""
        self.moved += by

    def reset(self) -> None:
        """Return to the time before all moves."""
        self.moved = timedelta()
