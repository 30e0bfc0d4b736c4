"""Broken calls: every method the bot uses meets every kind of fault once, over real HTTP, in the middle of a deed.

Each cell has a bot, a database and a sandbox of its own; they wait beside each other. Afterwards the tables must hold,
and everybody must have seen, what they do after a try in which nothing failed.
"""

import time
from datetime import timedelta
from typing import NamedTuple

from bot.sandbox.faults import FAULTS, FaultRule
from qualify.services import Context
from tests.driver import NOON
from tests.faults.scenes import ADMIN, SCENES, Scene, after, nothing, starts

SECTION = "calls"
SIDE_BY_SIDE = 24
SETTLE_SECONDS = 90.0
ANSWERED_SECONDS = 30.0
SLOW = 60.0
BY_NAME = {scene.name: scene for scene in SCENES}
COMMANDS = Scene("/start of an administrator", ADMIN, nothing, after(starts))
METHODS = {
    "sendMessage": BY_NAME["note"],
    "deleteMessage": BY_NAME["note"],
    "editMessageText": BY_NAME["mark"],
    "answerCallbackQuery": BY_NAME["mark"],
    "editMessageCaption": BY_NAME["acknowledge"],
    "sendPhoto": BY_NAME["see result"],
    "sendDocument": BY_NAME["export person"],
    "getFile": BY_NAME["list sent"],
    "setMyCommands": COMMANDS,
}
"""What people wait for, by a deed that calls it."""
NEWS = {"sendMessage": BY_NAME["submit"], "sendPhoto": BY_NAME["submit, and published"]}
"""How others are told of a deed."""
AT_THE_START = ("getMe", "setMyCommands", "setMyDescription", "deleteWebhook")
OF_UPDATES = ("unauthorized", "not-found", "conflict")
KINDS = tuple(name for name in FAULTS if name not in (*OF_UPDATES, "again"))


class Fault(NamedTuple):
    """What breaks: a method, how, and since when: the `start`, or else the deed."""

    method: str
    kind: str
    seconds: float | None = None
    times: int = 1
    at_the_start: bool = False

    @property
    def rule(self) -> FaultRule:
        """As the sandbox has it."""
        return FaultRule([self.kind], self.method, times=self.times, seconds=self.seconds)

    @property
    def may_show_twice(self) -> bool:
        """Whether the bot can't know that it happened."""
        return FAULTS[self.kind].happens


class Clock:
    """The time, which runs from noon on and can be moved."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self.moved = timedelta()

    def __call__(self) -> Context:
        return NOON + self.moved + timedelta(seconds=time.monotonic() - self._begun)
