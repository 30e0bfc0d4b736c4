"""Pieces that several screens of a review share."""

from bot.buttons import To, command, press
from bot.render.message import Rows, bold, button, esc
from qualify.dialogue import Act, Screen
from qualify.scoring import plain
from qualify.services.reviews.screen import Reference, Turn
from qualify.texts import say


def title(screen: Screen, language: str) -> str:
    """The element's name and what it is worth."""
    element = screen.element
    assert element is not None
    points = (element.points or {}).get(screen.plan.level)
    worth = say(language, "chat-points", points=plain(points)) if points else ""
    return bold(element.name.in_language(language)) + esc(worth)


def evidence_row(turn: Turn, language: str) -> Rows:
    """How to leave a note or a file: both buttons only say it, since plain messages do."""
    step = turn.screen.step.index if turn.screen else 0
    return [
        [
            button(say(language, "chat-note"), command(To.HINT, turn.row.id, step, word="note")),
            button(say(language, "chat-evidence"), command(To.HINT, turn.row.id, step, word="evidence")),
        ]
    ]


def evidence_line(turn: Turn, language: str) -> list[str]:
    """How many notes and files the element has."""
    return [esc(say(language, "chat-evidence-count", count=str(turn.evidence)))] if turn.evidence else []


def reference_of(turn: Turn) -> Reference:
    """What this screen's buttons carry."""
    assert turn.screen is not None
    return Reference(turn.row.id, *turn.screen.reference)


def press_data(turn: Turn, act: Act, argument: str = "") -> str:
    """The data of a button on this screen."""
    return press(reference_of(turn), act, argument)
