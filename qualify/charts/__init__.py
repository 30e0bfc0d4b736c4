"""The pictures, as PNG files 1024 pixels wide: of a result a radar for scales or bars for points (1280 pixels high), a
heat map of a team, the trend of one person's results, and how a standard's elements do over many people's.

`draw` is synchronous and keeps no state but bounded caches of words. It may be called from any thread; call it from
one dedicated thread, because matplotlib keeps its fonts once a thread.
"""

from decimal import Decimal

from qualify.charts.bars import draw_bars
from qualify.charts.canvas import Canvas
from qualify.charts.header import draw_header
from qualify.charts.heat import draw_heat, heat_height
from qualify.charts.items import draw_items, items_height
from qualify.charts.lettering import register_fonts
from qualify.charts.model import (
    Axis,
    Bar,
    BarModule,
    Bars,
    Category,
    Header,
    Heat,
    HeatCell,
    HeatRow,
    ItemRow,
    ItemsChart,
    Radar,
    Trend,
    TrendPoint,
)
from qualify.charts.png import encode
from qualify.charts.radar import draw_radar
from qualify.charts.theme import LOOKS
from qualify.charts.trend import TREND_HEIGHT, draw_trend
from qualify.texts import LANGUAGES

__all__ = [
    "Axis",
    "Bar",
    "BarModule",
    "Bars",
    "Category",
    "Chart",
    "Header",
    "Heat",
    "HeatCell",
    "HeatRow",
    "ItemRow",
    "ItemsChart",
    "Radar",
    "Trend",
    "TrendPoint",
    "draw",
    "warm_up",
]

Chart = Radar | Bars | Heat | Trend | ItemsChart


def draw(chart: Chart, *, theme: str, language: str) -> bytes:
    """The PNG of `chart`. `language` is a catalogue's ("zh-CN", "en") and chooses only the chart's own words,
    `theme` one of `qualify.themes`."""
    if isinstance(chart, Heat):
        canvas = Canvas(LOOKS[theme], heat_height(chart))
        draw_heat(canvas, chart, language)
        return encode(canvas.pixels)
    if isinstance(chart, ItemsChart):
        canvas = Canvas(LOOKS[theme], items_height(chart))
        draw_items(canvas, chart, language)
        return encode(canvas.pixels)
    if isinstance(chart, Trend):
        canvas = Canvas(LOOKS[theme], TREND_HEIGHT)
        draw_trend(canvas, chart, language)
        return encode(canvas.pixels)
    canvas = Canvas(LOOKS[theme])
    draw_header(canvas, chart.header)
    if isinstance(chart, Radar):
        draw_radar(canvas, chart, language)
    else:
        draw_bars(canvas, chart, language)
    return encode(canvas.pixels)


def warm_up() -> None:
    """Register the fonts and draw one chart of each kind in each language, so that the first real one is fast."""
    register_fonts()
    header = Header("1", "2", "3", "4/5")
    axes = tuple(Axis(str(number), Decimal(number), Decimal(5)) for number in range(6))
    radar = Radar(header, (Category("1", axes),), 6)
    bars = Bars(header, (BarModule("1", (Bar("1", Decimal(1), Decimal(2)),)),))
    cells = HeatCell(Decimal(1), Decimal(2)), HeatCell(None, Decimal(2))
    heat = Heat("1", "2", ("3", "三"), (HeatRow("4", cells),), is_points=False)
    for language in LANGUAGES:
        draw(heat, theme="light", language=language)
        draw(radar, theme="light", language=language)
        draw(bars, theme="light", language=language)
