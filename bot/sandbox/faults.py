"""Faults between the bot and its server: which one hits a call, by rules and a seed. The server enacts them.

faults.inject(FaultRule(["reset-after", "error"], share=0.2), FaultRule(["not-found"], "getUpdates", times=3), seed=7)
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, NamedTuple

from bot.sandbox.errors import ApiError, conflict, too_many_requests
from bot.sandbox.schema import Json

EVERY = "*"
"""Every method but getUpdates, which a rule has to name: it is called all the time."""
DELIVERY = "webhook"
"""In a rule, in the place of a method: the delivery of an update to a webhook."""
SILENCE_SECONDS = 60.0  # longer than the bot waits for any answer
LATE_SECONDS = 3.0
_PAGE = "<html><body><h1>Bad Gateway</h1></body></html>"


class NetworkFault(NamedTuple):
    """What becomes of a call: whether it `happens`, and what comes then. That is a reply of this `status` and `body`
    in the place of its own, a reset connection, silence and then a reset, its own reply late, or, for a delivery, the
    same again."""

    name: str
    happens: bool
    comes: Literal["reply", "reset", "silence", "late", "again"]
    status: int = 0
    body: str = ""
    seconds: float = 0.0


def _refused(name: str, error: ApiError) -> NetworkFault:
    return NetworkFault(name, False, "reply", error.code, json.dumps(error.body()))


FAULTS = {
    fault.name: fault
    for fault in (
        _refused("wait-short", too_many_requests(2)),
        _refused("wait-long", too_many_requests(12)),
        _refused("error", ApiError(500, "Internal Server Error")),
        NetworkFault("gateway", False, "reply", 502, _PAGE),
        NetworkFault("page", True, "reply", 200, _PAGE),
        NetworkFault("broken", True, "reply", 200, '{"ok": true, "result": {"messa'),
        NetworkFault("no-result", True, "reply", 200, '{"ok": true}'),
        NetworkFault("reset-before", False, "reset"),
        NetworkFault("reset-after", True, "reset"),
        NetworkFault("silence-before", False, "silence", seconds=SILENCE_SECONDS),
        NetworkFault("silence-after", True, "silence", seconds=SILENCE_SECONDS),
        NetworkFault("late", True, "late", seconds=LATE_SECONDS),
        _refused("unauthorized", ApiError(401, "Unauthorized")),
        _refused("not-found", ApiError(404, "Not Found")),
        _refused("conflict", conflict("terminated by other getUpdates request")),
        NetworkFault("again", True, "again"),
    )
}
"""Every kind of fault by name."""


@dataclass(frozen=True)
class FaultRule:
    """Which calls are hit: those of `method`, a `share` of them drawn by lot, at most `times`; each by one of `kinds`,
    drawn as well. `seconds` is how long silence or a late reply takes, if not as usual. Raises ValueError for what
    can't be."""

    kinds: Sequence[str]
    method: str = EVERY
    share: float = 1.0
    times: int | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        if not self.kinds or not set(self.kinds) <= FAULTS.keys():
            raise ValueError(f"kinds are some of {', '.join(FAULTS)}")
        if (self.method == DELIVERY) != ("again" in self.kinds) or ("again" in self.kinds and len(self.kinds) > 1):
            raise ValueError(f"'again' is for {DELIVERY!r}, and nothing else is")
        if not (0 < self.share <= 1 and (self.times is None or self.times > 0) and (self.seconds or 0) >= 0):
            raise ValueError("a share is above 0 and at most 1, times are above 0, seconds not below")

    def covers(self, method: str) -> bool:
        """Whether calls of this method may be hit."""
        return method == self.method or (self.method == EVERY and method not in ("getUpdates", DELIVERY))


class Faults:
    """The rules in force and how often each kind has hit. The same seed hits the same calls."""

    def __init__(self) -> None:
        self.inject()

    def inject(self, *rules: FaultRule, seed: int = 0) -> None:
        """Let these rules be in force and no others; without any, nothing fails any more."""
        self.rules = rules
        self.hits: Counter[str] = Counter()
        self._left = [rule.times for rule in rules]
        self._random = Random(seed)

    def hit(self, method: str) -> NetworkFault | None:
        """The fault that hits this call, by the first rule that does; None when it goes well."""
        for place, rule in enumerate(self.rules):
            left = self._left[place]
            if left == 0 or not rule.covers(method) or self._random.random() >= rule.share:
                continue
            if left is not None:
                self._left[place] = left - 1
            fault = FAULTS[self._random.choice(rule.kinds)]
            self.hits[fault.name] += 1
            return fault if rule.seconds is None else fault._replace(seconds=rule.seconds)
        return None

    def described(self) -> Json:
        """What the page shows: whether any rule is still in force, and how often a fault has hit."""
        return {"active": any(left != 0 for left in self._left), "hits": self.hits.total()}


class HitByFault(Exception):
    """Raised instead of a result: the call was hit by this fault. `result` is what it would have replied, None where
    it did not happen or was refused."""

    def __init__(self, fault: NetworkFault, result: object) -> None:
        super().__init__(fault.name)
        self.fault = fault
        self.result = result
