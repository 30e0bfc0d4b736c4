"""The menu behind /admin, and what all screens behind it share."""

from collections.abc import Mapping, Sequence

from bot.buttons import To, command
from bot.render.message import Button, Message, Rows, Style, bold, button, esc, short
from qualify.storage.rows import MOST_COUNTED
from qualify.texts import say
from qualify.workflow import OWED, AssessmentState

PAGE = 8
NAME = 20  # characters of a name or a number on a button
COUNTED = OWED | {AssessmentState.REVIEWED, AssessmentState.SIGNED_OFF, AssessmentState.APPEALED}
"""The states whose assessments the menu counts."""
STATES = tuple(AssessmentState)
"""In the order in which buttons name them by number."""
MENU = (
    ("find", "team"),
    ("people", "assess"),
    ("progress", "sign"),
    ("appeals", "ranking"),
    ("standards", "statistics"),
    ("export", "audit"),
)


def admin(text: str, word: str, *numbers: int, style: Style | None = None) -> Button:
    """A button that leads to one of the screens."""
    return button(text, command(To.ADMIN, *numbers, word=word), style)


def back(language: str, word: str = "menu", *numbers: int) -> Button:
    """The way back: a button to the screen that `word` and the numbers name, the menu by default."""
    return admin(say(language, "admin-back"), word, *numbers)


def narrow(language: str, state: AssessmentState) -> Button:
    """A button that looks for what stands in a state, to be narrowed by department, standard or words."""
    return admin(say(language, "find-narrow"), "find", STATES.index(state))


def pages(language: str, word: str, page: int, count: int, *numbers: int, size: int = PAGE) -> Rows:
    """Buttons to the pages before and after, where there are any; the page is the button's last number."""
    page = _within(page, count, size)
    turns = [admin(say(language, "chat-explain-previous"), word, *numbers, page - 1)] if page > 0 else []
    if (page + 1) * size < count:
        turns.append(admin(say(language, "chat-explain-next"), word, *numbers, page + 1))
    return [turns] if turns else []


def counted(count: int) -> str:
    """A count as text: beyond the highest number that is counted, that number and a plus."""
    return f"{MOST_COUNTED}+" if count >= MOST_COUNTED else str(count)


def turns(language: str, word: str, before: Sequence[int] | None, after: Sequence[int] | None, *numbers: int) -> Rows:
    """Buttons to the pages before and after, where there are any: their last numbers say where those begin."""
    row = [] if before is None else [admin(say(language, "chat-explain-previous"), word, *numbers, *before)]
    if after is not None:
        row.append(admin(say(language, "chat-explain-next"), word, *numbers, *after))
    return [row] if row else []


def on_page(things: Sequence[object], page: int, size: int = PAGE) -> slice:
    """Which of the things stand on the page; for a page number that is too high, those of the last page."""
    page = _within(page, len(things), size)
    return slice(page * size, (page + 1) * size)


def _within(page: int, count: int, size: int) -> int:
    return max(0, min(page, (count - 1) // size))


def brief(name: str) -> str:
    """A name or a staff number, shortened to what a line or a button has room for."""
    return short(name, NAME)


def menu_message(waiting: Mapping[AssessmentState, int], language: str) -> Message:
    """The menu: a button to each screen, with how many things wait there."""
    counts = {
        "assess": sum(waiting[state] for state in OWED),
        "sign": waiting[AssessmentState.REVIEWED] + waiting[AssessmentState.SIGNED_OFF],
        "appeals": waiting[AssessmentState.APPEALED],
    }
    rows = [[_entry(word, counts.get(word, 0), language) for word in row] for row in MENU]
    return Message(f"{bold(say(language, 'admin-menu'))}\n{esc(say(language, 'admin-menu-hint'))}", rows)


def _entry(word: str, count: int, language: str) -> Button:
    text = say(language, f"admin-menu-{word}")
    return admin(f"{text} ({count})" if count else text, word)
