"""A team's picture: a row for each person, a column for each element, and in each cell the rating on a shade that says
how far it lies from the standard, or how much of the points possible it is.

What is too low is red and bold; what was not rated has no shade and "–". Names of elements stand upright, Chinese ones
character by character, others turned.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qualify.charts.agg import to_rgb
from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas
from qualify.charts.lettering import fit, printable, shorten, width_of
from qualify.charts.model import Heat, HeatCell
from qualify.charts.numbers import UNRATED, short
from qualify.charts.theme import AT_STANDARD, HEIGHT, MARGIN, NAME, NAME_SMALLEST, SMALL, WIDTH, Theme
from qualify.texts import say

_HEAD = 164  # where the names of the elements may begin
_TALLEST_NAMES = (200, 380)  # pixels that the names of the elements take at most: as far as the rows leave room
_LEGEND = 84
_ROW, _LOWEST_ROW, _COLUMN = 50, 38, 88  # pixels of a cell: when there are few, and when the names need the room
_NAMES = (96, 210)  # the narrowest and widest column of people's names
_NAME_SIZE, _LABEL_SIZE, _VALUE_SIZE, _LEGEND_SIZE = 27, 25, 26, 24
_SMALLEST = 14
_LABEL_GAP = 12
_MOST_BELOW = tuple(map(Decimal, ("-2", "-1.5", "-1", "-0.5", "0")))
_SHARES = tuple(map(Decimal, ("0.3", "0.4", "0.5", "0.6", "0.7", "0.85", "0.95")))
_LOW_SHARE = 4  # shades below this one are bold: as on the bars, less than 60 %


@dataclass(frozen=True)
class _Grid:
    """Where the cells are: people's names end at `left`, the elements' at `top`."""

    left: float
    top: float
    column: float
    row: float
    label_size: int
    label_room: int
    value_size: int


def heat_height(chart: Heat) -> int:
    """Pixels that the picture is high: at most as any other."""
    grid = _grid(chart)
    return min(HEIGHT, round(grid.top + grid.row * len(chart.rows)) + _LEGEND)


def _grid(chart: Heat) -> _Grid:
    widest = max((width_of(row.name, _NAME_SIZE) for row in chart.rows), default=0)
    left = MARGIN + min(max(widest, _NAMES[0]), _NAMES[1]) + 16
    column = min(_COLUMN, (WIDTH - MARGIN - left) / max(len(chart.elements), 1))
    size = min(_LABEL_SIZE, int(0.62 * column))
    people = max(len(chart.rows), 1)
    room = HEIGHT - _LEGEND - _HEAD - _LABEL_GAP - people * _LOWEST_ROW
    room = min(max(room, _TALLEST_NAMES[0]), _TALLEST_NAMES[1])
    tallest = max((_label_height(name, size) for name in chart.elements), default=0)
    top = _HEAD + min(tallest, room) + _LABEL_GAP
    row = min(_ROW, (HEIGHT - _LEGEND - top) / people)
    return _Grid(left, top, column, row, size, room, _value_size(chart, column, row))


def _value_size(chart: Heat, column: float, row: float) -> int:
    """One size for all figures: as large as the widest of them allows."""
    largest = min(_VALUE_SIZE, int(0.55 * row))
    values = {_value(cell.rating) for each in chart.rows for cell in each.cells}
    widest = max(values, key=lambda value: width_of(value, largest, bold=True), default="")
    return fit(widest, largest, column - 6, smallest=11, bold=True)[1]


def draw_heat(canvas: Canvas, chart: Heat, language: str) -> None:
    """Draw the whole picture."""
    theme, grid = canvas.theme, _grid(chart)
    title, size = fit(chart.title, NAME - 4, WIDTH - 2 * MARGIN, smallest=NAME_SMALLEST, bold=True)
    canvas.text((MARGIN, 58), title, size, theme.ink, bold=True)
    subtitle, size = fit(chart.subtitle, SMALL, WIDTH - 2 * MARGIN, smallest=20)
    canvas.text((MARGIN, 114), subtitle, size, theme.secondary)
    for index, name in enumerate(chart.elements):
        _label(canvas, name, grid.left + (index + 0.5) * grid.column, grid)
    for index, row in enumerate(chart.rows):
        y = grid.top + (index + 0.5) * grid.row
        size = min(_NAME_SIZE, int(0.62 * grid.row))
        name, size = fit(row.name, size, grid.left - MARGIN - 16, smallest=min(size, 20))
        canvas.text((grid.left - 16, y), name, size, theme.ink, anchor="right")
        for place, cell in enumerate(row.cells):
            left, top = grid.left + place * grid.column, grid.top + index * grid.row
            box = Box(round(left), round(top), round(left + grid.column), round(top + grid.row))
            _cell(canvas, cell, box.grown(-1), grid.value_size, is_points=chart.is_points)
    _legend(canvas, chart, grid.top + grid.row * len(chart.rows) + 46, language)


def _is_upright(name: str) -> bool:
    """Whether characters are set one below the other: where any of them is as wide as high."""
    return any(unicodedata.east_asian_width(letter) in "WF" for letter in name)


def _label_height(name: str, size: int) -> float:
    return len(printable(name)) * (size + 4) if _is_upright(name) else width_of(name, size)


def _label(canvas: Canvas, name: str, x: float, grid: _Grid) -> None:
    """An element's name above its column, ending at the cells."""
    bottom, colour, size = grid.top - 10, canvas.theme.ink, grid.label_size
    if not _is_upright(name):
        words, size = fit(name, size, grid.label_room, smallest=min(size, _SMALLEST))
        canvas.text_upwards((x, bottom), words, size, colour)
        return
    letters = printable(name)
    while _label_height(letters, size) > grid.label_room and size > _SMALLEST:
        size -= 1
    most = grid.label_room // (size + 4)
    if len(letters) > most:
        letters = letters[: most - 1] + "…"
    for place, letter in enumerate(reversed(letters)):
        canvas.text((x, bottom - (place + 0.5) * (size + 4)), letter, size, colour, anchor="middle")


def shade_of(cell: HeatCell, *, is_points: bool) -> int | None:
    """The place of the cell's shade among those of the theme; None where nothing was rated."""
    if cell.rating is None:
        return None
    if is_points:
        share = cell.rating / cell.target if cell.target else Decimal(1)
        return sum(share >= least for least in _SHARES)
    gap = cell.rating - cell.target
    if gap > 0:
        return AT_STANDARD + (2 if gap >= 1 else 1)
    return sum(gap >= least for least in _MOST_BELOW)


def _cell(canvas: Canvas, cell: HeatCell, box: Box, size: int, *, is_points: bool) -> None:
    theme, shade = canvas.theme, shade_of(cell, is_points=is_points)
    if shade is None:
        canvas.text(box.centre, UNRATED, size, theme.secondary, anchor="middle")
        return
    canvas.rectangle(box, theme.heat[shade])
    bold = shade < (_LOW_SHARE if is_points else AT_STANDARD)
    canvas.text(box.centre, _value(cell.rating), size, _ink(theme, theme.heat[shade]), bold=bold, anchor="middle")


def _value(rating: Decimal | None) -> str:
    """One decimal is what a cell has room for."""
    return UNRATED if rating is None else short(rating.quantize(Decimal("0.1")))


@cache
def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def _ink(theme: Theme, shade: str) -> str:
    """The darker or lighter of the theme's own colours, whichever is read better on the shade."""

    def contrast(colour: str) -> float:
        one, other = sorted((_luminance(colour), _luminance(shade)))
        return (other + 0.05) / (one + 0.05)

    return max((theme.ink, theme.background), key=contrast)


def _legend(canvas: Canvas, chart: Heat, y: float, language: str) -> None:
    theme, x = canvas.theme, float(MARGIN)
    heading = say(language, "chart-heat-share" if chart.is_points else "chart-heat-from-standard")
    x = canvas.text((x, y), heading, _LEGEND_SIZE, theme.secondary) + 24
    for shade, words in _entries(chart, language):
        canvas.rectangle(Box(round(x), round(y) - 15, round(x) + 40, round(y) + 15), theme.heat[shade])
        x = canvas.text((x + 52, y), words, _LEGEND_SIZE, theme.secondary) + 28
    if any(cell.rating is None for row in chart.rows for cell in row.cells):
        room = WIDTH - MARGIN - x
        words = shorten(say(language, "chart-heat-unrated"), _LEGEND_SIZE, room)
        canvas.text((x, y), words, _LEGEND_SIZE, theme.secondary)


def _entries(chart: Heat, language: str) -> Sequence[tuple[int, str]]:
    if chart.is_points:
        return ((0, "<30%"), (3, "<60%"), (AT_STANDARD, "≥70%"), (7, "≥95%"))
    return ((0, "<−2"), (3, "−1"), (AT_STANDARD, say(language, "chart-heat-at-standard")), (7, "≥+1"))
