"""Typed answers to questions. What was asked is kept with the account as words: the kind of question, its arguments."""

from collections.abc import Mapping

from bot.desk import Desk
from bot.handlers import admin, appeal
from bot.handlers.screens import OnAnswer
from qualify.errors import QualifyError
from qualify.services import questions
from qualify.storage.people import Who

ANSWERS: Mapping[str, OnAnswer] = {**admin.ANSWERS, "appeal": appeal.take}


async def take(desk: Desk, who: Who, text: str) -> None:
    """Take the text as the answer. A refused one leaves the question, so that it can be answered again."""
    kind, *arguments = who.asked.split()
    await desk.run(questions.take_back, who.telegram_id)
    try:
        await ANSWERS[kind](desk, who, arguments, text)
    except QualifyError:
        await desk.run(questions.ask, who.telegram_id, who.asked)
        raise
