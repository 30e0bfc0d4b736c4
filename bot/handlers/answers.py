"""Typed answers to questions. What was asked is kept with the account as words: the kind of question, its arguments."""

from collections.abc import Mapping

from bot.handlers import admin, appeal
from bot.handlers.screens import OnAnswer
from bot.runtime import Runtime
from qualify.storage.people import Who

ANSWERS: Mapping[str, OnAnswer] = {**admin.ANSWERS, "appeal": appeal.take}


async def take(runtime: Runtime, who: Who, text: str) -> None:
    """Take the text as the answer. What it does settles the question as well (see `services.authorization.answering`);
    a refused one leaves it, so that it can be answered again."""
    kind, *arguments = who.asked.split()
    await ANSWERS[kind](runtime, who, arguments, text)
