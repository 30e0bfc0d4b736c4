"""The update in hand, for whatever is done on its behalf: what the log calls it, and by which steps it is handled."""

from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from qualify.storage.inbox import Delivery


@dataclass
class InHand:
    """An update while it is handled. `is_done` says that it was delivered before, and done."""

    delivery: Delivery
    is_done: bool = False
    _steps: Counter[str] = field(default_factory=Counter)

    def step(self, service: Callable[..., object]) -> str:
        """The name of the step in which the service is called: handled again, the update takes the same steps."""
        name = f"{service.__module__.rpartition('.')[2]}.{service.__name__}"
        self._steps[name] += 1
        return name if self._steps[name] == 1 else f"{name} {self._steps[name]}"


IN_HAND: ContextVar[InHand | None] = ContextVar("IN_HAND", default=None)
"""Where it is set, a job keeps the update that began it."""


def update_in_hand() -> int:
    """The id of the update in hand, for the log; 0 without one."""
    in_hand = IN_HAND.get()
    return in_hand.delivery.update_id if in_hand else 0
