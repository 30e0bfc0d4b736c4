"""Typed answers to questions. A question is kept with the account as words: its kind, then its arguments."""

from collections.abc import Mapping

from bot.handlers import admin, appeal
from bot.handlers.screens import OnAnswer
from bot.runtime import Runtime
from qualify.storage.people import Who

ANSWERS: Mapping[str, OnAnswer] = {**admin.ANSWERS, appeal.QUESTION: appeal.take}


async def take(runtime: Runtime, who: Who, text: str) -> None:
    """Take the text as the answer to what the account was asked. What it does settles the question as well (see
    `services.authorization.answering`); a refused text leaves it, so that another can be typed."""
    kind, *arguments = who.asked.split()
    await ANSWERS[kind](runtime, who, arguments, text)
