"""Parts that several screens of a review share."""

from bot.buttons import To, command, press
from bot.render.message import Rows, bold, button, esc
from bot.render.standard import info_button
from qualify.dialogue import Act, Screen
from qualify.scoring import plain
from qualify.services.reviews.screen import Reference, Turn
from qualify.texts import say


def title(screen: Screen, language: str) -> str:
    """The element's name and how many points it is worth at the level."""
    element = screen.element
    assert element is not None
    points = (element.points or {}).get(screen.plan.level)
    worth = say(language, "chat-points", points=plain(points)) if points else ""
    return bold(element.name.in_language(language)) + esc(worth)


def evidence_row(turn: Turn, language: str) -> Rows:
    """The buttons that say how to leave a note or a file: a plain message does it; and one to what is kept."""
    step = turn.screen.step.index if turn.screen else 0
    row = [
        button(say(language, "chat-note"), command(To.HINT, turn.row.id, step, word="note")),
        button(say(language, "chat-evidence"), command(To.HINT, turn.row.id, step, word="evidence")),
    ]
    return [row + [each for kept in kept_row(turn, language) for each in kept]]


def kept_row(turn: Turn, language: str) -> Rows:
    """The buttons to what the standard says of the element in hand, and to the notes and files that are kept here; no
    row without either."""
    row = [info_button(turn, language)] if turn.screen and turn.screen.element else []
    if turn.evidence:
        text = say(language, "evidence-list", count=str(turn.evidence))
        row.append(button(text, command(To.KEPT, turn.row.id, word="list")))
    return [row] if row else []


def evidence_line(turn: Turn, language: str) -> list[str]:
    """A line with how many notes and files the element has; no line without any."""
    return [esc(say(language, "chat-evidence-count", count=str(turn.evidence)))] if turn.evidence else []


def reference_of(turn: Turn) -> Reference:
    """The review, step and revision that this screen's buttons carry."""
    assert turn.screen is not None
    return Reference(turn.row.id, *turn.screen.reference)


def press_data(turn: Turn, act: Act, argument: str = "") -> str:
    """The data of a button on this screen."""
    return press(reference_of(turn), act, argument)
