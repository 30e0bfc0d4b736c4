"""How one person's figure changed from result to result: a line over the days, and what it is measured by, dashed.

What lies below that is a red diamond, all else a blue disc. Under each day stands the level, for results of several
levels are on one line.
"""

from decimal import ROUND_FLOOR, Decimal
from itertools import count

from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas, Point
from qualify.charts.lettering import fit, width_of
from qualify.charts.model import Trend, TrendPoint
from qualify.charts.numbers import short
from qualify.charts.theme import MARGIN, NAME, NAME_SMALLEST, SMALL, TITLE, TITLE_SMALLEST, WIDTH
from qualify.texts import say

TREND_HEIGHT = 768

_RIGHT = WIDTH - MARGIN
_PLOT = Box(92, 150, WIDTH - 60, 640)
_INSET = 62  # from the plot's sides to the first and the last point
_STEPS = tuple(map(Decimal, ("0.2", "0.5", "1", "2", "5", "10", "20", "50")))
_MOST_LINES = 5
_DASH = (13, 6)
_VALUE = 36


def draw_trend(canvas: Canvas, chart: Trend, language: str) -> None:
    """Draw the whole picture."""
    theme = canvas.theme
    _heading(canvas, chart, language)
    low, high, step = _scale(chart)

    def at(value: Decimal) -> float:
        return _PLOT.bottom - (_PLOT.bottom - _PLOT.top) * float((value - low) / (high - low))

    for number in range(int((high - low) / step) + 1):
        value = low + number * step
        canvas.line([(_PLOT.left, at(value)), (_PLOT.right, at(value))], theme.grid, 1.5)
        canvas.text((_PLOT.left - 16, at(value)), short(value), SMALL, theme.secondary, anchor="right")
    if chart.standard is not None:
        y = at(chart.standard)
        canvas.line([(_PLOT.left, y), (_PLOT.right, y)], theme.standard, 4, dash=_DASH)
    places = [(x, at(point.value)) for x, point in zip(_across(len(chart.points)), chart.points, strict=True)]
    if len(places) > 1:
        canvas.line(places, theme.actual, 6)
    for index in range(len(places)):
        _point(canvas, chart, index, places[index])


def _heading(canvas: Canvas, chart: Trend, language: str) -> None:
    """Who, what, and at the right what it is measured by."""
    theme, right = canvas.theme, float(_RIGHT)
    if chart.standard is not None:
        words = say(language, "chart-legend-standard-value", value=short(chart.standard))
        right -= width_of(words, SMALL)
        canvas.text((right, 63), words, SMALL, theme.ink)
        canvas.line([(right - 84, 64), (right - 14, 64)], theme.standard, 4, dash=_DASH)
        right -= 110
    name, size = fit(chart.name, NAME, 0.55 * (right - MARGIN), smallest=NAME_SMALLEST, bold=True)
    end = canvas.text((MARGIN, 58), name, size, theme.ink, bold=True)
    title, size = fit(chart.title, TITLE, right - end - 48, smallest=TITLE_SMALLEST - 4)
    canvas.text((end + 24, 63), title, size, theme.secondary)


def _scale(chart: Trend) -> tuple[Decimal, Decimal, Decimal]:
    """The lowest and highest line, and how far they are apart: round numbers around everything shown."""
    values = [point.value for point in chart.points] + ([] if chart.standard is None else [chart.standard])
    least, most = min(values), max(values)
    step = next((each for each in _STEPS if most - least <= each * (_MOST_LINES - 2)), _STEPS[-1])
    low = max((least / step).to_integral_value(ROUND_FLOOR) * step - (step if _is_on(least, step) else 0), Decimal(0))
    lines = next(number for number in count(2) if low + number * step > most)
    return low, low + lines * step, step


def _is_on(value: Decimal, step: Decimal) -> bool:
    """Whether the value lies so near its line below that there is no room for its figure."""
    return value % step < step * Decimal("0.4")


def _across(points: int) -> list[float]:
    left, right = _PLOT.left + _INSET, _PLOT.right - _INSET
    if points == 1:
        return [(left + right) / 2]
    return [left + (right - left) * number / (points - 1) for number in range(points)]


def _stands_under(points: tuple[TrendPoint, ...], index: int, *, low: bool) -> bool:
    """Whether a figure stands under its mark: in a valley of the line, and on a slope where it is too low."""
    value = points[index].value
    beside = [points[near].value for near in (index - 1, index + 1) if 0 <= near < len(points)]
    if all(each > value for each in beside):
        return bool(beside) or low
    return low and not all(each < value for each in beside)


def _point(canvas: Canvas, chart: Trend, index: int, place: Point) -> None:
    point, theme, (x, y) = chart.points[index], canvas.theme, place
    low = chart.standard is not None and point.value < chart.standard
    if low:
        canvas.diamonds([place], 15, theme.low, theme.background, 4)
    else:
        canvas.discs([place], 12, theme.actual, theme.background, 4)
    colour, beside = theme.low if low else theme.actual, 36 if _stands_under(chart.points, index, low=low) else -38
    canvas.text((x, y + beside), short(point.value), _VALUE, colour, bold=True, anchor="middle")
    room = (_PLOT.right - _PLOT.left) / len(chart.points) - 8
    for words, size, down, ink in (
        (point.day, SMALL, 36, theme.ink),
        (point.level, SMALL - 3, 74, theme.secondary),
    ):
        text, fitted = fit(words, size, room - 8, smallest=16)
        canvas.text((x, _PLOT.bottom + down), text, fitted, ink, anchor="middle")
