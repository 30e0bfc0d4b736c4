"""A draft that is tried: the screens of a review, without what a trial doesn't have, and the result at its end."""

from dataclasses import replace

from bot.buttons import Command, Press, To, decode
from bot.render.admin.menu import admin, back
from bot.render.message import Button, Message, bold, esc
from bot.render.review import review_message
from qualify.reporting.wording import computed_figures
from qualify.scoring import Result
from qualify.services.reading import mark
from qualify.services.reviews.screen import Turn
from qualify.standard import Standard
from qualify.texts import say

WORDS = {To.PAUSE: "trial-end", To.SUBMIT: "trial-finish"}


def levels_message(standard: Standard, language: str) -> Message:
    """Ask at which level to try."""
    number = mark(standard)
    rows = [
        [admin(level.name.in_language(language), "std-try", number, place)]
        for place, level in enumerate(standard.levels)
    ]
    return Message(esc(say(language, "trial-level")), [*rows, [back(language, "std", number)]])


def trial_message(turn: Turn, language: str) -> Message:
    """The screen of a review of a made-up person; its buttons but for notes, files and what to read."""
    named = replace(turn, row=turn.row._replace(subject=say(language, "trial-subject")))
    message = review_message(named, language)
    rows = [[shown for each in row if (shown := _shown(each, language))] for row in message.rows]
    return replace(message, rows=[row for row in rows if row])


def _shown(button: Button, language: str) -> Button | None:
    pressed = decode(button["callback_data"])
    if isinstance(pressed, Press):
        return button
    assert isinstance(pressed, Command)
    return button | {"text": say(language, WORDS[pressed.to])} if pressed.to in WORDS else None


def result_message(standard: Standard, result: Result, language: str) -> Message:
    """The caption of the trial's chart."""
    lines = [bold(say(language, "trial-result")), *map(esc, computed_figures(standard, result, language))]
    again = admin(say(language, "trial-again"), "std-try", mark(standard))
    return Message("\n".join(lines), [[again, back(language, "std", mark(standard))]])


def ended_message(standard: Standard, language: str) -> Message:
    """Says that nothing is left of the trial."""
    return Message(esc(say(language, "trial-ended")), [[back(language, "std", mark(standard))]])
