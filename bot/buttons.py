"""Callback data: short, versionless, and never trusted. A client can send any bytes; `decode` refuses what isn't ours.

A review's button is `r<review>.<step>.<revision>.<act><argument>`, numbers in base 36; all others are a letter and
a short argument. Telegram allows 64 bytes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qualify.dialogue import Act, Action
from qualify.errors import Stale
from qualify.services.reviews.screen import Reference
from qualify.storage.columns import LARGEST_ID

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_BYTES = 64
MAX_ARGUMENT = 40


class To(StrEnum):
    """What a button outside a review's walk leads to: the letter that begins its data."""

    OPEN = "o"
    PAUSE = "p"
    SUBMIT = "s"
    HINT = "i"
    KEPT = "v"
    READ = "b"
    RESULT = "c"
    EXPLAIN = "e"
    LANGUAGE = "l"
    THEME = "t"
    QUIET = "q"
    WEEKENDS = "w"
    SNOOZE = "z"
    ZONE = "h"
    ADMIN = "a"
    ACKNOWLEDGE = "k"
    APPEAL = "y"
    TEAM = "m"
    STANDARD = "d"


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button in the walk of a review: where it belongs, and what it does."""

    reference: Reference
    action: Action


@dataclass(frozen=True, slots=True)
class Command:
    """A press of any other button. `numbers` are its whole-number arguments, `word` its word, where it has one."""

    to: To
    numbers: tuple[int, ...] = ()
    word: str = ""


_PRESS = re.compile(
    r"r([0-9a-z]{1,12})\.([0-9a-z]{1,4})\.([0-9a-z]{1,6})\.([a-z])"
    rf"([0-9A-Za-z_. -]{{0,{MAX_ARGUMENT}}})"
)
_ACTS = frozenset(Act)
_COMMAND = re.compile(r"([a-z])((?:[0-9a-z]{1,10})(?:\.[0-9a-z]{1,10})*)?(?::([A-Za-z-]{1,16}))?")


def press(reference: Reference, act: Act, argument: str = "") -> str:
    """The data of a button in the walk of a review."""
    place = ".".join(_in_base_36(number) for number in reference)
    return _short(f"r{place}.{act.value}{argument}")


def command(to: To, *numbers: int, word: str = "") -> str:
    """The data of a button outside the walk of a review."""
    return _short(to.value + ".".join(_in_base_36(number) for number in numbers) + (f":{word}" if word else ""))


def decode(data: str) -> Press | Command:
    """What a button means. Raises Stale for data that no button of this bot carries, as for a number that no row and
    no day has."""
    if found := _PRESS.fullmatch(data):
        *place, act, argument = found.groups()
        if act in _ACTS:
            review, step, revision = map(_number, place)
            return Press(Reference(review, step, revision), Action(Act(act), argument))
    elif (found := _COMMAND.fullmatch(data)) and found[1] in set(To):
        numbers = tuple(_number(digits) for digits in (found[2] or "").split(".") if digits)
        return Command(To(found[1]), numbers, found[3] or "")
    raise Stale("error-stale")


def _number(digits: str) -> int:
    number = int(digits, 36)
    if number > LARGEST_ID:
        raise Stale("error-stale")
    return number


@lru_cache(maxsize=4096)  # the buttons of a screen have the same numbers
def _in_base_36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
        if number == 0:
            return digits


def _short(data: str) -> str:
    assert len(data.encode()) <= MAX_BYTES, data
    return data
