"""The top that every chart shares: who, what, the one figure that matters, and the legend."""

from collections.abc import Callable, Iterable

from qualify.charts.canvas import Canvas
from qualify.charts.lettering import fit, width_of
from qualify.charts.model import Header
from qualify.charts.theme import FIGURE, MARGIN, NAME, NAME_SMALLEST, SMALL, TITLE, TITLE_SMALLEST, WIDTH

LEGEND = 168  # the vertical middle of the legend
BODY = 204  # where the chart itself may begin

_RIGHT = WIDTH - MARGIN
_GAP = 24

Mark = Callable[[Canvas, float, float], float]
"""Paints a legend's mark from (x, middle y) on; returns its right end."""


def draw_header(canvas: Canvas, header: Header) -> None:
    """Name and title with the figure at their right; below, the subtitle and the small words of the figure."""
    first, _, rest = header.figure.partition(" ")
    beside = rest.startswith("/") and len(rest) < 8  # "86.5 /100" reads as one
    _name_and_title(canvas, header, _figure(canvas, first, rest if beside else ""))
    tail_right: float = _RIGHT
    if rest and not beside:
        words, size = fit(rest, SMALL, 0.4 * WIDTH, smallest=20)
        canvas.text((_RIGHT, 116), words, size, canvas.theme.secondary, anchor="right")
        tail_right -= width_of(words, size) + _GAP
    subtitle, size = fit(header.subtitle, SMALL, tail_right - MARGIN, smallest=20)
    canvas.text((MARGIN, 116), subtitle, size, canvas.theme.secondary)


def _figure(canvas: Canvas, first: str, rest: str) -> float:
    """Paint the large figure, with `rest` small beside it; returns how far the name may reach."""
    words, size = fit(first, FIGURE, 0.45 * WIDTH, smallest=30, bold=True)
    right = _RIGHT - (width_of(rest, TITLE) + 10 if rest else 0)
    canvas.text((right, 60), words, size, canvas.theme.actual, bold=True, anchor="right")
    canvas.text((_RIGHT, 71), rest, TITLE, canvas.theme.secondary, anchor="right")
    return right - width_of(words, size, bold=True) - _GAP


def _name_and_title(canvas: Canvas, header: Header, right: float) -> None:
    room = right - MARGIN - _GAP
    name_room = max(room - width_of(header.title, TITLE_SMALLEST), 0.65 * room)
    name, size = fit(header.name, NAME, name_room, smallest=NAME_SMALLEST, bold=True)
    end = canvas.text((MARGIN, 58), name, size, canvas.theme.ink, bold=True)
    title, size = fit(header.title, TITLE, right - end - _GAP, smallest=TITLE_SMALLEST)
    canvas.text((end + _GAP, 63), title, size, canvas.theme.secondary)


def draw_legend(canvas: Canvas, entries: Iterable[tuple[Mark, str]]) -> None:
    """The marks and their words in one line, closer together when the words are long."""
    entries = list(entries)
    words = sum(width_of(text, SMALL) for _, text in entries)
    size = SMALL if words + 110 * len(entries) <= WIDTH - 2 * MARGIN else 22
    x: float = MARGIN
    for mark, text in entries:
        x = mark(canvas, x, LEGEND) + 12
        x = canvas.text((x, LEGEND), text, size, canvas.theme.ink) + 36
