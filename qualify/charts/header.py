"""The top that every chart shares: who, what, the one figure that matters, and the legend."""

from collections.abc import Callable, Sequence

from qualify.charts.canvas import Canvas
from qualify.charts.lettering import fit, width_of
from qualify.charts.model import Header
from qualify.charts.theme import FIGURE, MARGIN, NAME, NAME_SMALLEST, SMALL, TITLE, TITLE_SMALLEST, WIDTH

LEGEND = 168  # the vertical middle of the legend
BODY = 204  # where the chart itself may begin

_RIGHT = WIDTH - MARGIN
_GAP = 24
_SMALL_LEGEND = 22
_PITCH = 32  # of two lines of legend

Mark = Callable[[Canvas, float, float], float]
"""Paints a legend's mark from (x, middle y) on; returns its right end."""

Entry = tuple[Mark, str]
"""What a legend explains, and in which words."""


def draw_header(canvas: Canvas, header: Header) -> None:
    """Name and title with the figure at their right; below, the subtitle, the small words of the figure and, below the
    figure itself, a warning."""
    first, _, rest = header.figure.partition(" ")
    beside = rest.startswith("/") and len(rest) < 8  # "86.5 /100" reads as one
    _name_and_title(canvas, header, _figure(canvas, first, rest if beside else ""))
    tail_right: float = _RIGHT
    if header.warning:
        words, size = fit(header.warning, SMALL, 0.4 * WIDTH, smallest=20, bold=True)
        canvas.text((tail_right, 116), words, size, canvas.theme.low, bold=True, anchor="right")
        tail_right -= width_of(words, size, bold=True) + _GAP
    if rest and not beside:
        words, size = fit(rest, SMALL, 0.4 * WIDTH, smallest=20)
        canvas.text((tail_right, 116), words, size, canvas.theme.secondary, anchor="right")
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


def draw_legend(canvas: Canvas, entries: Sequence[Entry]) -> None:
    """The marks and their words in one line, closer together when the words are long, or in two lines."""
    if _fit(entries, SMALL, 110):
        _line(canvas, entries, LEGEND, SMALL)
    elif _fit(entries, _SMALL_LEGEND, 95):
        _line(canvas, entries, LEGEND, _SMALL_LEGEND)
    else:
        half = (len(entries) + 1) // 2
        _line(canvas, entries[:half], LEGEND - _PITCH / 2, _SMALL_LEGEND)
        _line(canvas, entries[half:], LEGEND + _PITCH / 2, _SMALL_LEGEND)


def _fit(entries: Sequence[Entry], size: int, mark: float) -> bool:
    """Whether one line holds the words at `size` with `mark` pixels for each mark and the gaps around it."""
    return sum(width_of(text, size) + mark for _, text in entries) <= WIDTH - 2 * MARGIN


def _line(canvas: Canvas, entries: Sequence[Entry], y: float, size: int) -> None:
    x: float = MARGIN
    for mark, text in entries:
        x = mark(canvas, x, y) + 12
        x = canvas.text((x, y), text, size, canvas.theme.ink) + 36
