"""The rows under a radar: each category's number, mean against its mean standard, and how many of its items are met."""

from collections.abc import Sequence
from decimal import Decimal

from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas, Point
from qualify.charts.lettering import fit, width_of
from qualify.charts.model import Axis, Category, Radar
from qualify.charts.numbers import UNRATED, mean
from qualify.charts.theme import MARGIN, SMALL, WIDTH
from qualify.texts import say

_BOTTOM = 14  # below the last row
_NAME = 90  # where names begin
_RIGHT = WIDTH - MARGIN


def _pitch(chart: Radar) -> int:
    return {1: 52, 2: 52, 3: 52, 4: 44}.get(len(chart.categories), 39)


def subtotals_height(chart: Radar) -> int:
    """Pixels that the rows take at the bottom of the picture."""
    return _pitch(chart) * len(chart.categories) + _BOTTOM


def draw_number(canvas: Canvas, at: Point, index: int) -> None:
    """The numbered disc that ties a category's arc to its row."""
    theme = canvas.theme
    colour = theme.categories[index % len(theme.categories)]
    canvas.discs([at], 18, colour, theme.background, 3)
    canvas.text(at, str(index + 1), 24, theme.background, bold=True, anchor="middle")


def draw_subtotals(canvas: Canvas, chart: Radar, top: float, language: str) -> None:
    """One row a category from `top` on; the bars begin where the longest name ends."""
    pitch = _pitch(chart)
    size = SMALL + 1 if pitch > 40 else SMALL - 3
    counts = [_count(category, language) for category in chart.categories]
    counts_left = _RIGHT - max(width_of(count, size) for count in counts)
    bar_left = min(max([330.0, *(_NAME + width_of(each.name, size) + 24 for each in chart.categories)]), 470)
    bar = Box(bar_left, 0, min(bar_left + 330, counts_left - 150), 0)
    for row, (category, count) in enumerate(zip(chart.categories, counts, strict=True)):
        y = top + (row + 0.5) * pitch
        draw_number(canvas, (MARGIN + 18, y), row)
        name, name_size = fit(category.name, size, bar_left - _NAME - 20, smallest=20)
        canvas.text((_NAME, y), name, name_size, canvas.theme.ink)
        _bar(canvas, Box(bar.left, y - 12, bar.right, y + 12), category.axes, chart.maximum)
        canvas.text((_RIGHT, y), count, size, canvas.theme.secondary, anchor="right")


def _count(category: Category, language: str) -> str:
    met = sum(axis.met for axis in category.axes)
    return say(language, "chart-met", met=str(met), all=str(len(category.axes)))


def _bar(canvas: Canvas, box: Box, axes: Sequence[Axis], maximum: int) -> None:
    """The mean of what is rated as a bar, the mean of the standards as a tick, and the mean in numbers."""
    theme = canvas.theme
    actual = mean([axis.actual for axis in axes if axis.actual is not None])
    standard = mean([axis.standard for axis in axes]) or Decimal(0)
    canvas.rectangle(box, theme.track)
    low = actual is not None and actual < standard
    if actual:
        canvas.rectangle(Box(box.left, box.top, _x(box, actual, maximum), box.bottom), theme.actual)
    tick = _x(box, standard, maximum)
    canvas.rectangle(Box(tick - 5, box.top - 8, tick + 5, box.bottom + 8), theme.background)
    canvas.rectangle(Box(tick - 3, box.top - 7, tick + 3, box.bottom + 7), theme.standard)
    y, text = box.centre[1], UNRATED if actual is None else str(actual)
    colour = theme.low if low else theme.secondary if actual is None else theme.actual
    end = canvas.text((box.right + 20, y), text, 31, colour, bold=True)
    if low:
        canvas.triangle((end + 13, y), theme.low)


def _x(box: Box, value: Decimal, maximum: int) -> float:
    return round(box.left + (box.right - box.left) * min(max(float(value) / maximum, 0), 1))
