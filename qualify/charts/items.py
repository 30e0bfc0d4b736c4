"""How the elements of a standard do over many results: a row for each, the share that meets it on a line from 0 to
100 % with its confidence interval, and the other figures beside it.

A blue disc, or a red diamond where the share lies beyond a dashed limit; figures that are signs are red and bold. Where
there is too little to say, "–".
"""

from collections.abc import Sequence

from qualify.charts.canvas import Canvas
from qualify.charts.lettering import fit, shorten
from qualify.charts.model import ItemRow, ItemsChart
from qualify.charts.numbers import UNRATED
from qualify.charts.theme import HEIGHT, MARGIN, NAME, NAME_SMALLEST, SMALL, WIDTH, Theme
from qualify.texts import say

_HEAD = 212  # where the rows begin
_ROW = 52
_LEGEND, _NOTE = 70, 34  # pixels of the legend, and of each line below it
_NAMES = 236  # of the column of names
_PLOT = (MARGIN + _NAMES + 24, 566)  # from 0 to 100 %
_FIGURE = 86  # the narrowest column of figures
_NAME_SIZE, _FIGURE_SIZE, _HEADING_SIZE, _LEGEND_SIZE = 26, 25, 22, 22
_SMALLEST, _SMALLEST_NAME = 15, 18
_DASH = (9, 6)
_TICKS = (0.0, 0.5, 1.0)


def items_height(chart: ItemsChart) -> int:
    """Pixels that the picture is high: at most as any other."""
    return min(HEIGHT, _HEAD + _ROW * len(chart.rows) + _foot(chart))


def _foot(chart: ItemsChart) -> int:
    return _LEGEND + _NOTE * len(chart.notes) + 12


def draw_items(canvas: Canvas, chart: ItemsChart, language: str) -> None:
    """Draw the whole picture."""
    theme = canvas.theme
    title, size = fit(chart.title, NAME - 4, WIDTH - 2 * MARGIN, smallest=NAME_SMALLEST, bold=True)
    canvas.text((MARGIN, 58), title, size, theme.ink, bold=True)
    subtitle, size = fit(chart.subtitle, SMALL, WIDTH - 2 * MARGIN, smallest=18)
    canvas.text((MARGIN, 114), subtitle, size, theme.secondary)
    height = (canvas.height - _HEAD - _foot(chart)) / max(len(chart.rows), 1)
    bottom = _HEAD + height * len(chart.rows)
    _frame(canvas, chart, bottom)
    largest = int(0.62 * height)
    sizes = (fit(row.label, min(_NAME_SIZE, largest), _NAMES, smallest=_SMALLEST_NAME)[1] for row in chart.rows)
    size = min(sizes, default=_NAME_SIZE)  # one for all names
    for place, row in enumerate(chart.rows):
        y = _HEAD + (place + 0.5) * height
        canvas.text((MARGIN, y), shorten(row.label, size, _NAMES), size, theme.ink)
        _row(canvas, row, _columns(chart), y, largest)
    _legend(canvas, chart, bottom + 40, language)


def _at(share: float) -> float:
    left, right = _PLOT
    return left + (right - left) * share


def _columns(chart: ItemsChart) -> list[float]:
    """The right end of each column of figures."""
    left, right = _PLOT[1] + 14, WIDTH - MARGIN
    width = max((right - left) / max(len(chart.columns), 1), _FIGURE)
    return [left + width * (place + 1) for place in range(len(chart.columns))]


def _frame(canvas: Canvas, chart: ItemsChart, bottom: float) -> None:
    """The headings, the grid of the shares and the limits."""
    theme = canvas.theme
    words, size = fit(chart.met, _HEADING_SIZE, _PLOT[1] - _PLOT[0], smallest=_SMALLEST)
    canvas.text((_PLOT[0], 158), words, size, theme.secondary)
    for tick in _TICKS:
        canvas.line([(_at(tick), _HEAD - 8), (_at(tick), bottom)], theme.grid, 1.5)
        canvas.text((_at(tick), _HEAD - 24), f"{tick:.0%}", 18, theme.secondary, anchor="middle")
    for limit in chart.limits:
        canvas.line([(_at(limit), _HEAD - 8), (_at(limit), bottom)], theme.standard, 2.5, dash=_DASH)
    ends = _columns(chart)
    for end, name in zip(ends, chart.columns, strict=True):
        words, size = fit(name, _HEADING_SIZE, ends[0] - _PLOT[1] - 20, smallest=_SMALLEST)
        canvas.text((end, 158), words, size, theme.secondary, anchor="right")


def _row(canvas: Canvas, row: ItemRow, ends: Sequence[float], y: float, largest: int) -> None:
    """The share and the figures, whose columns have these right ends."""
    theme = canvas.theme
    if row.met is not None:
        _share(canvas, row.met, y, is_noticed=0 in row.noticed)
    for place, (end, figure) in enumerate(zip(ends, row.figures, strict=True)):
        noticed = place in row.noticed
        words, size = fit(figure, min(_FIGURE_SIZE, largest), ends[0] - _PLOT[1] - 22, smallest=_SMALLEST, bold=noticed)
        canvas.text((end, y), words, size, _ink(theme, figure, noticed=noticed), bold=noticed, anchor="right")


def _ink(theme: Theme, figure: str, *, noticed: bool) -> str:
    if noticed:
        return theme.low
    return theme.secondary if figure == UNRATED else theme.ink


def _share(canvas: Canvas, met: tuple[float, float, float], y: float, *, is_noticed: bool) -> None:
    theme, (value, low, high) = canvas.theme, met
    colour = theme.low if is_noticed else theme.actual
    canvas.line([(_at(low), y), (_at(high), y)], colour, 4)
    for end in (low, high):
        canvas.line([(_at(end), y - 7), (_at(end), y + 7)], colour, 3)
    if is_noticed:
        canvas.diamonds([(_at(value), y)], 11, colour, theme.background, 3)
    else:
        canvas.discs([(_at(value), y)], 9, colour, theme.background, 3)


def _legend(canvas: Canvas, chart: ItemsChart, y: float, language: str) -> None:
    theme, x = canvas.theme, float(MARGIN)
    canvas.line([(x, y), (x + 48, y)], theme.actual, 4)
    canvas.discs([(x + 24, y)], 9, theme.actual, theme.background, 3)
    x = canvas.text((x + 60, y), say(language, "chart-items-interval"), _LEGEND_SIZE, theme.secondary) + 36
    canvas.diamonds([(x + 11, y)], 11, theme.low, theme.background, 3)
    x = canvas.text((x + 32, y), say(language, "chart-items-noticed"), _LEGEND_SIZE, theme.secondary) + 36
    canvas.line([(x + 8, y - 14), (x + 8, y + 14)], theme.standard, 2.5, dash=_DASH)
    words = " · ".join(f"{limit:.0%}" for limit in chart.limits)
    canvas.text((x + 24, y), words, _LEGEND_SIZE, theme.secondary)
    for place, note in enumerate(chart.notes, start=1):
        words = shorten(note, _LEGEND_SIZE, WIDTH - 2 * MARGIN)
        canvas.text((MARGIN, y + 4 + _NOTE * place), words, _LEGEND_SIZE, theme.secondary)
