"""The screens that rate an element: the rating, and why it differs."""

from decimal import Decimal

from bot.render.message import Button, Rows, bold, button, esc, in_rows
from bot.render.outlook import above_line
from bot.render.review_parts import evidence_line, evidence_row, kept_row, press_data, title
from qualify.dialogue import Act, Screen
from qualify.scoring import Mark, plain, target
from qualify.services.reviews.screen import Turn
from qualify.standard import ScaleRating
from qualify.texts import say

MOST_BUTTONS = 60


def rating(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks for the element's rating, with every possible one as a button and the suggestion marked."""
    lines = [title(screen, language), _counted(turn, screen, language), "", _suggested(turn, screen, language)]
    if screen.rating is not None:
        lines.append(esc(say(language, "chat-rated", rating=_named(screen, screen.rating, language))))
    lines += _target(screen, language)
    lines += evidence_line(turn, language)
    lines += above_line(screen, language)
    may_offer = Act.OFFER in screen.offers
    if may_offer:
        lines += ["", esc(say(language, "chat-offer-hint"))]
    buttons = [_rating_button(turn, screen, value, language) for value in _choices(screen)]
    rows = in_rows(buttons, _width(screen))
    if may_offer:
        rows.append([button(say(language, "chat-offer"), press_data(turn, Act.OFFER), "primary")])
    return lines, rows + evidence_row(turn, language)


def _target(screen: Screen, language: str) -> list[str]:
    """What meets the standard, where that is another rating than the scale's usual one."""
    standard, element = screen.plan.standard, screen.element
    if element is None or not isinstance(standard.rating, ScaleRating):
        return []
    meets = target(standard, element, screen.plan.level)
    if meets == standard.rating.target:
        return []
    return [esc(say(language, "chat-rating-target", target=_named(screen, meets, language)))]


def _choices(screen: Screen) -> list[Decimal]:
    """The ratings that get a button, highest first: all of them, or evenly spaced ones when they are too many for a
    keyboard (any other can be typed)."""
    every = -(-len(screen.ratings) // MOST_BUTTONS)
    thinned = set(screen.ratings[::every]) | {screen.ratings[-1], screen.suggestion}
    return sorted((value for value in thinned if value is not None), reverse=True)


def _width(screen: Screen) -> int:
    """How many ratings a row has: two labelled ones on a scale; more of points, like a keypad."""
    if screen.plan.standard.rating.kind == "scale":
        return 2
    return 5 if len(screen.ratings) <= 21 else 6


def _rating_button(turn: Turn, screen: Screen, rating: Decimal, language: str) -> Button:
    suggested = rating == screen.suggestion
    chosen = "• " if rating == screen.rating else ""
    text = chosen + ("★ " if suggested else "") + _named(screen, rating, language)
    return button(text, press_data(turn, Act.RATE, plain(rating)), "success" if suggested else None)


def _named(screen: Screen, rating: object, language: str) -> str:
    standard = screen.plan.standard
    number = plain(rating)  # type: ignore[arg-type]  # a Decimal of the screen
    if standard.rating.kind != "scale":
        return number
    label = next(each for each in standard.rating.labels if each.value == rating)
    return f"{number} {label.name.in_language(language)}"


def _counted(turn: Turn, screen: Screen, language: str) -> str:
    counts = [(mark.replace("_", "-"), screen.marks.count(mark)) for mark in Mark]
    shown = [(say(language, f"chat-icon-{name}", part=turn.row.part), count) for name, count in counts if count]
    return "  ".join(esc(f"{icon} {count}") for icon, count in shown)


def _suggested(turn: Turn, screen: Screen, language: str) -> str:
    if screen.suggestion is None:
        return esc(say(language, "chat-no-suggestion", part=turn.row.part))
    rating = _named(screen, screen.suggestion, language)
    return say(language, "chat-suggestion", rating=bold(rating), scale=screen.plan.standard.rating.kind)


def reason(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks why the rating differs from the suggestion."""
    assert screen.rating is not None
    suggestion = "none" if screen.suggestion is None else _named(screen, screen.suggestion, language)
    question = say(language, "chat-why", rating=_named(screen, screen.rating, language), suggestion=suggestion)
    lines = [title(screen, language), "", bold(question), *evidence_line(turn, language)]
    return lines, kept_row(turn, language)
