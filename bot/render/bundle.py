"""Several messages for one person as one: what waited for the end of quiet hours."""

from collections.abc import Iterator, Sequence

from bot.render.message import BUNDLE, Button, Message, Rows, bold, shown_units
from qualify.texts import say

MOST_UNITS = 3800
"""So much is shown in one message: Telegram takes 4096, and the heading needs some."""
MOST_ROWS = 40


def bundled(messages: Sequence[Message], language: str) -> Iterator[tuple[int, int, Message]]:
    """The messages as few; each with the first and the end of those it is made of. One alone stays as it is."""
    first = 0
    while first < len(messages):
        last = first + 1
        while last < len(messages) and _fits(messages[first : last + 1]):
            last += 1
        yield first, last, _one_of(messages[first:last], language)
        first = last


def _fits(messages: Sequence[Message]) -> bool:
    shown = sum(shown_units(message.text) + 8 for message in messages)
    return shown <= MOST_UNITS and sum(len(message.rows) for message in messages) <= MOST_ROWS


def _one_of(messages: Sequence[Message], language: str) -> Message:
    """All of them under one heading, numbered, and each button with the number of what it belongs to."""
    if len(messages) == 1:
        return messages[0]
    lines = [BUNDLE + bold(say(language, "news-together", count=str(len(messages))))]
    rows: Rows = []
    for number, message in enumerate(messages, 1):
        lines += ["", f"{number}. {message.text}"]
        rows += [[_numbered(each, number) for each in row] for row in message.rows]
    return Message("\n".join(lines), rows, protected=any(message.protected for message in messages))


def _numbered(button: Button, number: int) -> Button:
    return button | {"text": f"{number}. {button['text']}"}
