"""The radar: actual (solid blue area) against the standard (dashed red line with open circles).

Shape says everything colour says: what is met is a disc, what is below is a diamond with a thick bar to the standard
and ▼ behind its number, what was not rated is an open circle at 0. A self-assessment is dotted, with open squares.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas, Point
from qualify.charts.header import BODY, Entry, draw_legend
from qualify.charts.labels import LINE, VALUE_GAP, Label, Words, arrange, directions
from qualify.charts.model import Axis, Category, Radar
from qualify.charts.numbers import UNRATED, short
from qualify.charts.subtotals import draw_number, draw_subtotals, subtotals_height
from qualify.charts.theme import HEIGHT, WIDTH
from qualify.texts import say

_ARC = 16  # from the ring to the middle of a category's arc
_DASH = (12, 7)
_DOTS, _OWN_LINE = (3, 6), 3
_FAINT = 0.13
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)  # between rings


class Dial:
    """The scale of one radar: where a value of an axis lies in the picture."""

    def __init__(self, centre: Point, radius: float, maximum: int, axes: tuple[Axis, ...]) -> None:
        self.centre, self.radius, self.maximum = centre, radius, maximum
        self.directions = directions(len(axes))
        self.actual = self._points([axis.actual or Decimal(0) for axis in axes])
        self.standard = self._points([axis.standard for axis in axes])

    def _points(self, values: list[Decimal]) -> list[Point]:
        return [self.point(index, float(value) / self.maximum) for index, value in enumerate(values)]

    def point(self, index: int, share: float) -> Point:
        """The point on an axis at `share` of the maximum, held within 0…1."""
        return self.away(self.directions[index], self.radius * min(max(share, 0), 1))

    def away(self, direction: Point, distance: float) -> Point:
        """The point `distance` pixels from the centre."""
        return self.centre[0] + distance * direction[0], self.centre[1] + distance * direction[1]

    def ring(self, share: float) -> list[Point]:
        """The corners of the ring at `share` of the maximum."""
        return [self.point(index, share) for index in range(len(self.directions))]


def draw_radar(canvas: Canvas, chart: Radar, language: str) -> None:
    """Draw everything below the header."""
    draw_legend(canvas, _legend(chart.axes, language))
    bottom = HEIGHT - subtotals_height(chart)
    arcs = _arcs(chart.categories)
    words = [Words(axis.label, short(axis.actual), axis.below) for axis in chart.axes]
    zone = Box(16, BODY, WIDTH - 16, bottom)
    arrangement = arrange(words, zone, [_direction(middle) for _, _, middle in arcs])
    dial = Dial(zone.centre, arrangement.radius, chart.maximum, chart.axes)
    _areas(canvas, dial)
    _rings(canvas, dial)
    _arcs_and_numbers(canvas, dial, arcs)
    _lines_and_marks(canvas, dial, chart.axes)
    for label, box, axis in zip(arrangement.labels, arrangement.boxes, chart.axes, strict=True):
        _label(canvas, label, box, axis)
    draw_subtotals(canvas, chart, bottom, language)


def _legend(axes: tuple[Axis, ...], language: str) -> list[Entry]:
    standards = {axis.standard for axis in axes}
    standard = (
        say(language, "chart-legend-standard-value", value=short(standards.pop()))
        if len(standards) == 1
        else say(language, "chart-legend-standard")
    )
    entries: list[Entry] = [
        (_mark_actual, say(language, "chart-legend-actual")),
        (_mark_standard, standard),
        (_mark_below, say(language, "chart-legend-below")),
    ]
    if any(axis.actual is None for axis in axes):
        entries.append((_mark_unrated, say(language, "chart-legend-unrated")))
    if any(axis.own is not None for axis in axes):
        entries.append((_mark_own, say(language, "chart-legend-own")))
    return entries


def _mark_actual(canvas: Canvas, x: float, y: float) -> float:
    box = Box(x, y - 14, x + 54, y + 14)
    canvas.polygon(box.corners, canvas.theme.area)
    canvas.line(box.grown(-2).corners, canvas.theme.actual, 4, closed=True)
    _discs(canvas, [box.centre])
    return box.right


def _mark_standard(canvas: Canvas, x: float, y: float) -> float:
    canvas.line([(x, y), (x + 56, y)], canvas.theme.standard, 4, dash=_DASH)
    _open_circles(canvas, [(x + 28, y)], canvas.theme.standard)
    return x + 56


def _mark_below(canvas: Canvas, x: float, y: float) -> float:
    canvas.line([(x + 10, y), (x + 50, y)], canvas.theme.low, 9)
    _diamonds(canvas, [(x + 10, y)])
    return x + 50


def _mark_unrated(canvas: Canvas, x: float, y: float) -> float:
    _open_circles(canvas, [(x + 10, y)], canvas.theme.secondary)
    return x + 18


def _mark_own(canvas: Canvas, x: float, y: float) -> float:
    canvas.line([(x, y), (x + 56, y)], canvas.theme.ink, _OWN_LINE, dash=_DOTS)
    _frames(canvas, [(x + 28, y)])
    return x + 56


def _discs(canvas: Canvas, at: Sequence[Point]) -> None:
    canvas.discs(at, 7.5, canvas.theme.actual, canvas.theme.background, 2)


def _open_circles(canvas: Canvas, at: Sequence[Point], colour: str) -> None:
    canvas.discs(at, 8, canvas.theme.background, colour, 4)


def _diamonds(canvas: Canvas, at: Sequence[Point]) -> None:
    canvas.diamonds(at, 11, canvas.theme.low, canvas.theme.background, 2)


def _frames(canvas: Canvas, at: Sequence[Point]) -> None:
    canvas.frames(at, 24, canvas.theme.ink, 2.5)


def _areas(canvas: Canvas, dial: Dial) -> None:
    """The panel; on it the standard, of which the actual area leaves only the shortfall to be seen."""
    canvas.polygon(dial.ring(1), canvas.theme.panel)
    canvas.polygon(dial.standard, canvas.theme.shortfall)
    canvas.polygon(dial.actual, canvas.theme.area)


def _rings(canvas: Canvas, dial: Dial) -> None:
    """Rings and spokes over the areas, faint enough to tint them, with the scale beside the first spoke."""
    theme = canvas.theme
    step = next((step for step in _STEPS if dial.maximum <= 7 * step), dial.maximum)
    marks = [*range(step, dial.maximum - step // 2, step), dial.maximum]
    rings = [dial.ring(value / dial.maximum) for value in marks[:-1]]
    spokes = [[dial.centre, edge] for edge in dial.ring(1)]
    canvas.mesh([*([*ring, ring[0]] for ring in rings), *spokes], theme.ink, 1.5, _FAINT)
    canvas.line(dial.ring(1), theme.grid, 2, closed=True)
    for value in marks:
        x, y = dial.point(0, value / dial.maximum)
        canvas.text((x + 9, y + 17), str(value), 21, theme.secondary)


def _arcs(categories: tuple[Category, ...]) -> list[tuple[float, float, float]]:
    """For each category where its arc begins and ends and where its number stands: turns clockwise from the top.
    A number stands between two axes, out of the way of the label that belongs to each."""
    count = sum(len(category.axes) for category in categories)
    arcs, first = [], 0
    for category in categories:
        last = first + len(category.axes) - 1
        between = (first + last) / 2 if (last - first) % 2 or first == last else (first + last - 1) / 2
        arcs.append(((first - 0.5) / count, (last + 0.5) / count, between / count))
        first = last + 1
    return arcs


def _direction(turn: float) -> Point:
    return math.sin(2 * math.pi * turn), -math.cos(2 * math.pi * turn)


def _arcs_and_numbers(canvas: Canvas, dial: Dial, arcs: list[tuple[float, float, float]]) -> None:
    """A coloured arc outside the ring for each category, and its number on it."""
    radius, gap = dial.radius + _ARC, 0.006
    for number, (begin, end, middle) in enumerate(arcs):
        colour = canvas.theme.categories[number % len(canvas.theme.categories)]
        pieces = max(2, round((end - begin) * 180))
        turns = [begin + gap + (end - begin - 2 * gap) * piece / pieces for piece in range(pieces + 1)]
        canvas.line([dial.away(_direction(turn), radius) for turn in turns], colour, 11)
        draw_number(canvas, dial.away(_direction(middle), radius), number)


def _lines_and_marks(canvas: Canvas, dial: Dial, axes: tuple[Axis, ...]) -> None:
    """The outlines, then the bars, the circles of the standard and the marks of the actual. What is the employee's own
    lies under the other lines, and its squares are frames around the other marks."""
    theme = canvas.theme
    own = _own(dial, axes)
    for one, other in pairwise([*own, own[0]] if len(own) > 2 else own):
        if one and other:
            canvas.line([one, other], theme.ink, _OWN_LINE, dash=_DOTS)
    canvas.line(dial.actual, theme.actual, 4.5, closed=True)
    canvas.line(dial.standard, theme.standard, 4, dash=_DASH, closed=True)
    for axis, actual, standard in zip(axes, dial.actual, dial.standard, strict=True):
        if axis.below:
            canvas.line([actual, standard], theme.low, 9)
    marks = list(zip(axes, dial.actual, strict=True))
    _open_circles(canvas, dial.standard, theme.standard)
    _open_circles(canvas, [at for axis, at in marks if axis.actual is None], theme.secondary)
    _discs(canvas, [at for axis, at in marks if axis.met])
    _diamonds(canvas, [at for axis, at in marks if axis.below])
    _frames(canvas, [at for at in own if at])


def _own(dial: Dial, axes: tuple[Axis, ...]) -> list[Point | None]:
    """Where the employee puts themselves on each axis; the outline has a gap where they don't."""
    shares = [None if axis.own is None else float(axis.own) / dial.maximum for axis in axes]
    return [None if share is None else dial.point(index, share) for index, share in enumerate(shares)]


def _label(canvas: Canvas, label: Label, box: Box, axis: Axis) -> None:
    """The name, and the value in the colour and with the mark of what it means."""
    theme = canvas.theme
    colour = theme.low if axis.below else theme.secondary if label.value == UNRATED else theme.actual
    step = LINE * label.size
    for row, width in enumerate(label.line_widths):
        x, y = box.centre[0] - width / 2, box.top + (row + 0.5) * step
        if row < len(label.lines):
            x = canvas.text((x, y), label.lines[row], label.size, theme.ink) + VALUE_GAP
        if row == len(label.line_widths) - 1:
            x = canvas.text((x, y), label.value, label.value_size, colour, bold=True)
            if label.low:
                canvas.triangle((x + 11, y), theme.low)
