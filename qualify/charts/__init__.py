"""The pictures of a result, as PNG files of 1024 × 1280 pixels: a radar for scales, bars for points.

`draw` is synchronous and keeps no state but bounded caches of words. It may be called from any thread; call it from
one dedicated thread, because matplotlib keeps its fonts once a thread.
"""

from decimal import Decimal

from qualify.charts.bars import draw_bars
from qualify.charts.canvas import Canvas
from qualify.charts.header import draw_header
from qualify.charts.lettering import register_fonts
from qualify.charts.model import Axis, Bar, BarModule, Bars, Category, Header, Radar
from qualify.charts.png import encode
from qualify.charts.radar import draw_radar
from qualify.charts.theme import LOOKS
from qualify.texts import LANGUAGES

__all__ = ["Axis", "Bar", "BarModule", "Bars", "Category", "Header", "Radar", "draw", "warm_up"]


def draw(chart: Radar | Bars, *, theme: str, language: str) -> bytes:
    """The PNG of `chart`. `language` is a catalogue's ("zh-CN", "en") and chooses only the chart's own words,
    `theme` one of `qualify.themes`."""
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
    for language in LANGUAGES:
        draw(radar, theme="light", language=language)
        draw(bars, theme="light", language=language)
