"""The queue behind getUpdates and webhooks: numbered updates, confirmed by asking for later ones."""

from collections import deque

from bot.sandbox.errors import conflict
from bot.sandbox.schema import Json

_ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates that wait to be confirmed. Those of kinds that weren't allowed when they came are not kept."""

    def __init__(self, first_id: int) -> None:
        self._waiting: deque[Json] = deque()
        self._next_id = first_id
        self._poll = 0
        self.allowed: list[str] = []
        self.webhook: Json = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, content: Json) -> None:
        """Add an update such as `message` or `callback_query`, if the bot wants that kind."""
        if kind in self.allowed if self.allowed else kind not in _ONLY_WHEN_ASKED:
            self._waiting.append({"update_id": self._next_id, kind: content})
            self._next_id += 1

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds are wanted; None leaves it as it was, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = list(kinds)

    def take(self, offset: int = 0, limit: int = 100) -> list[Json]:
        """Confirm everything before `offset` (all but the last -offset, when negative), then show the next ones."""
        if offset < 0:
            offset = self._waiting[max(offset, -len(self))]["update_id"] if self._waiting else 0
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        return [self._waiting[position] for position in range(min(len(self), max(1, min(limit, 100))))]

    def drop(self) -> None:
        """Forget all waiting updates."""
        self._waiting.clear()

    def begin_poll(self) -> int:
        """Begin a getUpdates that waits. Returns its ticket; the one before it must not wait any longer."""
        self._poll += 1
        return self._poll

    def is_current(self, ticket: int) -> bool:
        """Whether this getUpdates may go on waiting."""
        return ticket == self._poll and not self.webhook

    def check_poll(self, ticket: int) -> None:
        """Raises ApiError when a later getUpdates has begun, or a webhook was set."""
        if ticket != self._poll:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        self.refuse_beside_webhook()

    def refuse_beside_webhook(self) -> None:
        """Raises ApiError while a webhook receives the updates."""
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
