"""Points of each element as bars: the length of a bar is the points possible, its filling the points got.

Below 60 % is red and marked ▼; what was not rated has a dashed outline, no filling and "–".
A self-assessment is a tick with an open square.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas
from qualify.charts.header import BODY, Entry, draw_legend
from qualify.charts.lettering import fit, width_of, wrap
from qualify.charts.model import Bar, BarModule, Bars
from qualify.charts.numbers import short
from qualify.charts.theme import HEIGHT, MARGIN, WIDTH
from qualify.texts import say

LOW_SHARE = Decimal("0.6")

_NOTE, _NOTE_PITCH, _MOST_NOTES = 24, 34, 6
_RIGHT = WIDTH - MARGIN
_WIDEST_NAMES = 400
_TALLEST = 58  # pixels of a row when there are few
_SPACE = 0.12  # after a module, in rows
_MARK_ROOM = 30  # for ▼ behind a bar
_DASH = (8, 6)
_LINE = 1.1  # line height of names in two lines, in ems


@dataclass(frozen=True)
class Columns:
    """Widths shared by all rows: labels end at `label_right`; bars run from `left`, `scale` pixels a point."""

    row: float
    size: int
    label_size: int
    label_right: float
    left: float
    scale: float

    @property
    def value_size(self) -> int:
        """Points are a little larger than names."""
        return round(1.08 * self.size)

    @property
    def half(self) -> int:
        """Half the height of a bar."""
        return round(0.33 * self.row)

    def lines(self, name: str) -> tuple[tuple[str, ...], int]:
        """A name in one line or, where that would be smaller, in the two that a row has room for; and its size."""
        room, half = self.label_right - MARGIN, min(self.label_size, int(self.row / 2 / _LINE))
        one, size = fit(name, self.label_size, room, smallest=half)
        return ((one,), size) if one == name else (wrap(name, half, room, 2), half)

    def at(self, bar: Bar, points: Decimal) -> int:
        """Where so many points of `bar` end, held within it."""
        return round(self.left + self.scale * float(min(max(points, Decimal(0)), bar.possible)))


def draw_bars(canvas: Canvas, chart: Bars, language: str) -> None:
    """Draw everything below the header."""
    draw_legend(canvas, _legend(chart, language))
    notes = [line for note in chart.notes for line in wrap(note, _NOTE, WIDTH - 2 * MARGIN, 2)][:_MOST_NOTES]
    bottom = HEIGHT - 20 - (len(notes) * _NOTE_PITCH + 10 if notes else 0)
    columns = _columns(chart, bottom - BODY)
    y: float = BODY
    for module in chart.modules:
        _band(canvas, module, y, columns)
        y += columns.row
        for bar in module.bars:
            _row(canvas, bar, y + columns.row / 2, columns)
            y += columns.row
        y += _SPACE * columns.row
    for row, note in enumerate(notes):
        canvas.text((MARGIN, bottom + 10 + (row + 0.5) * _NOTE_PITCH), note, _NOTE, canvas.theme.secondary)


def _legend(chart: Bars, language: str) -> list[Entry]:
    entries: list[Entry] = [
        (_mark_got, say(language, "chart-legend-got")),
        (_mark_possible, say(language, "chart-legend-possible")),
        (_mark_low, say(language, "chart-legend-low", percent=str(int(LOW_SHARE * 100)))),
    ]
    if any(bar.got is None for bar in _all(chart)):
        entries.append((_mark_unrated, say(language, "chart-legend-unrated")))
    if any(bar.own is not None for bar in _all(chart)):
        entries.append((_mark_own, say(language, "chart-legend-own")))
    return entries


def _swatch(x: float, y: float) -> Box:
    return Box(x, y - 12, x + 44, y + 12)


def _mark_got(canvas: Canvas, x: float, y: float) -> float:
    canvas.rectangle(_swatch(x, y), canvas.theme.actual)
    return x + 44


def _mark_possible(canvas: Canvas, x: float, y: float) -> float:
    canvas.rectangle(_swatch(x, y), canvas.theme.track, edge=canvas.theme.grid)
    return x + 44


def _mark_low(canvas: Canvas, x: float, y: float) -> float:
    canvas.rectangle(_swatch(x, y), canvas.theme.low)
    canvas.triangle((x + 58, y), canvas.theme.low)
    return x + 68


def _mark_unrated(canvas: Canvas, x: float, y: float) -> float:
    canvas.rectangle(_swatch(x, y), None, edge=canvas.theme.secondary, dash=_DASH)
    return x + 44


def _mark_own(canvas: Canvas, x: float, y: float) -> float:
    _tick(canvas, x + 8, y, 12)
    return x + 16


def _tick(canvas: Canvas, x: float, y: float, half: int) -> None:
    """What the employee thinks: taller than the bar, so that it is seen where the filling ends at the same points."""
    theme = canvas.theme
    canvas.rectangle(Box(x - 3, y - half - 4, x + 3, y + half + 4), theme.background)
    canvas.rectangle(Box(x - 1, y - half - 4, x + 1, y + half + 4), theme.ink)
    canvas.rectangle(Box.around((x, y), 14, 14), theme.background, edge=theme.ink)


def _all(chart: Bars) -> Iterator[Bar]:
    return (bar for module in chart.modules for bar in module.bars)


def _columns(chart: Bars, height: float) -> Columns:
    """Rows as tall as `height` allows; names share one size, values get the room they need."""
    rows = sum(1 + _SPACE + len(module.bars) for module in chart.modules)
    row = min(_TALLEST, height / max(rows, 1))
    size = max(12, min(29, int(0.76 * row)))
    longest_name = max((bar.label for bar in _all(chart)), key=lambda name: width_of(name, size), default="")
    _, label_size = fit(longest_name, size, _WIDEST_NAMES, smallest=max(12, size - 6))
    label_right = MARGIN + min(max(width_of(longest_name, label_size), 273), _WIDEST_NAMES)
    values = max((_value_width(bar, size) for bar in _all(chart)), default=0)
    left = round(label_right + 17)
    longest = max((bar.possible for bar in _all(chart)), default=Decimal(0))
    scale = (_RIGHT - values - 14 - _MARK_ROOM - left) / float(longest or 1)
    return Columns(row, size, label_size, label_right, left, scale)


def _value_width(bar: Bar, size: int) -> float:
    return width_of(short(bar.got), round(1.08 * size), bold=True) + 4 + width_of(f"/{short(bar.possible)}", size)


def _band(canvas: Canvas, module: BarModule, top: float, columns: Columns) -> None:
    """The module's name and its subtotal on a band across the picture."""
    theme = canvas.theme
    got = sum((bar.got for bar in module.bars if bar.got is not None), Decimal(0))
    subtotal = f"{short(got)}/{short(sum((bar.possible for bar in module.bars), Decimal(0)))}"
    canvas.rectangle(Box(0, round(top), WIDTH, round(top + 0.96 * columns.row)), theme.panel)
    y = top + 0.48 * columns.row
    room = _RIGHT - MARGIN - width_of(subtotal, columns.size, bold=True) - 30
    name, size = fit(module.name, columns.size, room, smallest=columns.size, bold=True)
    canvas.text((MARGIN, y), name, size, theme.ink, bold=True)
    canvas.text((_RIGHT, y), subtotal, columns.size, theme.ink, bold=True, anchor="right")


def _row(canvas: Canvas, bar: Bar, y: float, columns: Columns) -> None:
    theme = canvas.theme
    lines, size = columns.lines(bar.label)
    for place, line in enumerate(lines):
        middle = y + (place - (len(lines) - 1) / 2) * _LINE * size
        canvas.text((columns.label_right, middle), line, size, theme.ink, anchor="right")
    low = bar.got is not None and bar.got < LOW_SHARE * bar.possible
    _filled(canvas, bar, y, columns, theme.low if low else theme.actual)
    if bar.own is not None:
        _tick(canvas, columns.at(bar, bar.own), round(y), columns.half)
    if low:
        canvas.triangle((columns.left + columns.scale * float(bar.possible) + 19, y), theme.low)
    possible = f"/{short(bar.possible)}"
    canvas.text((_RIGHT, y), possible, columns.size, theme.secondary, anchor="right")
    colour = theme.low if low else theme.secondary if bar.got is None else theme.actual
    right = _RIGHT - width_of(possible, columns.size) - 4
    canvas.text((right, y), short(bar.got), columns.value_size, colour, bold=True, anchor="right")


def _filled(canvas: Canvas, bar: Bar, y: float, columns: Columns, colour: str) -> None:
    """The track as long as the points possible, and the points got in it."""
    theme, half = canvas.theme, columns.half
    top, bottom = round(y) - half, round(y) + half
    track = Box(columns.left, top, round(columns.left + columns.scale * float(bar.possible)), bottom)
    if bar.got is None:
        canvas.rectangle(track, None, edge=theme.secondary, dash=_DASH)
        return
    canvas.rectangle(track, theme.track, edge=theme.grid)
    canvas.rectangle(Box(track.left, top, columns.at(bar, bar.got), bottom), colour)
