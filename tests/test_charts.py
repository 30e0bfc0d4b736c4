"""The pictures: their structure, never their pixels by heart."""

import io
import logging
import os
import resource
import struct
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from qualify.charts import Axis, Bar, BarModule, Bars, Category, Header, Radar, draw, lettering, warm_up
from qualify.charts.agg import get_font
from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas
from qualify.charts.header import BODY, LEGEND
from qualify.charts.labels import Words, arrange
from qualify.charts.lettering import fit, printable, shorten, width_of, wrap
from qualify.charts.numbers import mean, short
from qualify.charts.radar import draw_radar
from qualify.charts.theme import HEIGHT, LOOKS, MARGIN, WIDTH
from qualify.paths import FONTS, STANDARDS
from qualify.standard.load import shipped
from qualify.texts import LANGUAGES, say
from qualify.themes import THEMES

CHINESE = "成就导向 抗挫能力 沟通倾听能力 执行能力 专业基础知识 九个字的能力素质项名".split()  # noqa: SIM905
ENGLISH = ["Execution", "Communication and listening", "Customer relationship building", "Professional knowledge"]
HEADER = Header("张喆", "胜任力评估", "目标级别 客户经理三级 · 2026-11-21 · 4 位评委", "11/18 项达标")
ZONE = Box(16, 204, WIDTH - 16, 1030)

names = st.sampled_from(CHINESE + ENGLISH) | st.text(min_size=1, max_size=40)
ratings = st.none() | st.integers(0, 60).map(lambda tenths: Decimal(tenths) / 10)
slowly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def radar(*values: str | None, maximum: int = 6) -> Radar:
    axes = [
        Axis(CHINESE[index % 6], None if value is None else Decimal(value), Decimal(5))
        for index, value in enumerate(values)
    ]
    return Radar(HEADER, (Category("通用能力", tuple(axes[:2])), Category("业务能力", tuple(axes[2:]))), maximum)


def bars(*values: str | None) -> Bars:
    each = [Bar(CHINESE[index % 6], None if v is None else Decimal(v), Decimal(5)) for index, v in enumerate(values)]
    return Bars(HEADER, (BarModule("职业素养", tuple(each)),), ("扣分：缺少 1 个案例",))


def with_own(chart: Radar | Bars, *own: str | None) -> Radar | Bars:
    """The same chart with what the employee thinks, an item after the other."""
    values = iter([None if value is None else Decimal(value) for value in own])
    if isinstance(chart, Bars):
        bar_groups = [replace(m, bars=tuple(replace(bar, own=next(values)) for bar in m.bars)) for m in chart.modules]
        return replace(chart, modules=tuple(bar_groups))
    groups = [replace(c, axes=tuple(replace(axis, own=next(values)) for axis in c.axes)) for c in chart.categories]
    return replace(chart, categories=tuple(groups))


CHARTS: list[Radar | Bars] = [radar("5", "3", "4.5", None, "6"), bars("5", "2.5", None)]
ASSESSED: list[Radar | Bars] = [
    with_own(CHARTS[0], "5", "4.5", None, "2", "0"),
    with_own(CHARTS[1], "5", "0", "3"),
]


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


@st.composite
def radars(make: Any) -> Radar:
    sizes = make(st.lists(st.integers(1, 6), min_size=1, max_size=6).filter(lambda sizes: 3 <= sum(sizes) <= 24))
    axis = st.builds(Axis, names, ratings, st.sampled_from([Decimal(5), Decimal("3.5")]), ratings)
    categories = [Category(make(names), tuple(make(axis) for _ in range(size))) for size in sizes]
    return Radar(HEADER, tuple(categories), 6)


@st.composite
def any_bars(make: Any) -> Bars:
    sizes = make(st.lists(st.integers(1, 6), min_size=1, max_size=12).filter(lambda sizes: sum(sizes) <= 30))
    bar = st.builds(Bar, names, ratings, st.integers(6, 20).map(Decimal), ratings)
    modules = tuple(BarModule(make(names), tuple(make(bar) for _ in range(size))) for size in sizes)
    return Bars(HEADER, modules, tuple(make(st.lists(names, max_size=4))))


@pytest.fixture
def words_drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Box]]:
    """Every text that a chart paints, with the box its letters fill."""
    drawn: list[tuple[str, Box]] = []
    paint = Canvas.text

    def recorded(canvas: Canvas, at: tuple[float, float], text: str, size: int, colour: str, **how: Any) -> float:
        right = paint(canvas, at, text, size, colour, **how)
        width = width_of(text, size, how.get("bold", False))
        drawn.append((text, Box(right - width, at[1] - 0.42 * size, right, at[1] + 0.42 * size)))
        return right

    monkeypatch.setattr(Canvas, "text", recorded)
    return drawn


def assert_apart(drawn: list[tuple[str, Box]]) -> None:
    for (text, box), (other_text, other) in combinations(drawn, 2):
        assert not box.grown(-1).overlaps(other.grown(-1)), (text, other_text)
    for text, box in drawn:
        assert box.inside(Box(0, 0, WIDTH, HEIGHT)), text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS + ASSESSED, ids=["radar", "bars", "radar-own", "bars-own"])
def test_a_chart_is_a_png_that_telegram_does_not_rescale(chart: Radar | Bars, theme: Any, language: str) -> None:
    png = draw(chart, theme=theme, language=language)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (1024, 1280)
    image = opened(png).convert("RGB")
    assert image.getpixel((2, 2)) == tuple(bytes.fromhex(LOOKS[theme].background[1:]))
    assert len(image.getcolors(WIDTH * HEIGHT) or []) > 100
    assert len(png) < 500_000


@pytest.mark.parametrize("chart", CHARTS, ids=["radar", "bars"])
def test_the_same_chart_is_the_same_file(chart: Radar | Bars) -> None:
    assert draw(chart, theme="light", language="en") == draw(chart, theme="light", language="en")


def test_other_values_other_pictures() -> None:
    charts: list[Radar | Bars] = [
        radar("5", "3", "4"),
        radar("5", "3", None),
        radar("5", "3", "0"),
        bars("1"),
        bars("0"),
        bars(None),
        *ASSESSED,
    ]
    assert len({draw(chart, theme="light", language="en") for chart in charts}) == len(charts)


@slowly
@given(chart=radars(), language=st.sampled_from(LANGUAGES))
def test_no_words_of_a_radar_touch_and_none_leave_the_picture(
    chart: Radar, language: str, words_drawn: list[tuple[str, Box]]
) -> None:
    words_drawn.clear()
    draw(chart, theme="light", language=language)
    scale = pytest.approx(0.84 * 21)  # its numbers lie under the areas and may be covered
    assert_apart([(text, box) for text, box in words_drawn if not (text.isdigit() and box.bottom - box.top == scale)])


@slowly
@given(chart=any_bars(), language=st.sampled_from(LANGUAGES))
def test_no_words_of_bars_touch_and_none_leave_the_picture(
    chart: Bars, language: str, words_drawn: list[tuple[str, Box]]
) -> None:
    words_drawn.clear()
    draw(chart, theme="dark", language=language)
    assert_apart(words_drawn)


@pytest.mark.parametrize("level", ["3", "4", "5"])
def test_the_names_of_the_shipped_elements_stand_whole_beside_their_bars(
    level: str, words_drawn: list[tuple[str, Box]]
) -> None:
    """In English some are longer than their column: they take two lines."""
    standard = shipped(STANDARDS).get("service-manager")
    names = [each.name.in_language("en") for each in standard.elements_at(level)]
    rated = tuple(Bar(name, None, Decimal(5)) for name in names)
    modules = [BarModule("a module", rated[start : start + 3]) for start in range(0, len(rated), 3)]
    draw(Bars(HEADER, tuple(modules)), theme="light", language="en")
    said = " ".join(text for text, _ in words_drawn)
    assert [name for name in names if name not in said] == []
    assert_apart(words_drawn)


@slowly
@given(
    each=st.lists(st.builds(Words, names, st.sampled_from(["0", "4.67", "–"]), st.booleans()), min_size=3, max_size=24)
)
def test_labels_stand_outside_the_ring_apart_and_inside_the_zone(each: list[Words]) -> None:
    arrangement = arrange(each, ZONE)
    x, y = ZONE.centre
    for box in arrangement.boxes:
        assert box.inside(ZONE)
        nearest = (min(max(x, box.left), box.right) - x, min(max(y, box.top), box.bottom) - y)
        assert (nearest[0] ** 2 + nearest[1] ** 2) ** 0.5 > arrangement.radius + 20
    assert not any(one.overlaps(other) for one, other in combinations(arrangement.boxes, 2))


@pytest.mark.parametrize("value", ["0", "4.5", "6"])
def test_names_of_nine_characters_stay_whole_around_eighteen_axes(value: str) -> None:
    arrangement = arrange([Words("九个字的能力素质项", value, value < "5")] * 18, ZONE)
    assert all("".join(label.lines) == "九个字的能力素质项" for label in arrangement.labels)


@slowly
@given(st.text(max_size=30), st.integers(16, 30), st.floats(40, 300))
def test_wrapped_and_shortened_words_keep_to_their_width(text: str, size: int, width: float) -> None:
    assert width_of(shorten(text, size, width), size) <= width
    lines = wrap(text, size, width, 3)
    assert len(lines) <= 3
    assert all(width_of(line, size) <= width for line in lines)


def test_words_shrink_before_they_are_cut() -> None:
    assert fit("Service manager", 30, 1000, smallest=20) == ("Service manager", 30)
    assert fit("Service manager", 30, 170, smallest=20) == ("Service manager", 22)
    assert fit("Service manager", 30, 100, smallest=20) == ("Service...", 20)
    assert fit("客户经理能力素质模型", 30, 100, smallest=20) == ("客户经理…", 20)


NAMES = {
    "traditional Chinese": "陳臺灣 黃龍 劉瑀",
    "Japanese": "渡邊ワタナベ さくらぎ",
    "Korean": "홍길동 믜",
    "Cyrillic": "Жуков Їжакевич Қазақ",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Thai": "ศิริพร กุ้ง",
}


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_of_these_scripts_is_drawn_by_the_shipped_fonts(name: str, bold: bool) -> None:
    """Each letter has a glyph of its own in a file of ours, whatever is installed; the marks of Thai are kept."""
    assert printable(name, bold) == name
    files = [get_font(file) for file in sorted(FONTS.glob("*.[ot]tf"))]
    assert all(any(ord(letter) in file.get_charmap() for file in files) for letter in name)
    box = lettering.stamp("□", 40, "#000000", bold)
    for letter in set(name) - {" "}:
        drawn = lettering.stamp(letter, 40, "#000000", bold)
        assert drawn[..., 3].any()
        assert not np.array_equal(drawn, box), letter


def test_a_character_that_no_font_has_becomes_a_box_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, lettering.log.name)
    lettering._missing.cache_clear()
    lettering.printable.cache_clear()
    assert printable("张\U00020000\ue000喆") == "张□□喆"
    assert printable("\U00020000", bold=True) == "□"
    assert [record.getMessage().split(",")[0] for record in caplog.records] == [
        "no font of the charts has U+20000",
        "no font of the charts has U+E000",
    ]
    assert printable("a\ufe0fb\u200dc\td\ud800") == "abc d□"
    assert printable("Émile · ▼ é") == "Émile · ▼ é"


@slowly
@given(st.text(st.characters(), min_size=1, max_size=20))
def test_any_text_is_drawn_without_a_warning(text: str) -> None:
    header = Header(text, text, text, text, text)
    opened(draw(Radar(header, (Category(text, (Axis(text, None, Decimal(5)),) * 3),), 6), theme="dark", language="en"))
    opened(draw(Bars(header, (BarModule(text, (Bar(text, None, Decimal(5)),)),), (text,)), theme="dark", language="en"))


def test_a_warning_stands_below_the_figure_in_the_colour_of_what_is_low(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    paint = Canvas.text

    def noted(self: Canvas, at: tuple[float, float], words: str, size: int, colour: str, **how: Any) -> float:
        said.append((words, colour))
        return paint(self, at, words, size, colour, **how)

    monkeypatch.setattr(Canvas, "text", noted)
    draw(replace(radar("5"), header=replace(HEADER, warning="不授予三级")), theme="light", language="zh-CN")
    assert ("不授予三级", LOOKS["light"].low) in said


@pytest.mark.parametrize("chart", [radar("5"), radar("9", "-1", "250", maximum=100), Bars(HEADER, ()), bars("9")])
def test_odd_charts_are_drawn_too(chart: Radar | Bars) -> None:
    assert opened(draw(chart, theme="light", language="zh-CN")).size == (WIDTH, HEIGHT)


def test_marks_say_without_colour_what_is_met_below_and_not_rated(monkeypatch: pytest.MonkeyPatch) -> None:
    marks: dict[str, int] = {}
    for shape in ("discs", "diamonds"):

        def counted(_: Canvas, at: list[Any], radius: float, fill: str, *rest: Any, shape: str = shape) -> None:
            kind = "circles" if shape == "discs" and fill == LOOKS["light"].background else shape
            marks[kind] = marks.get(kind, 0) + len(at)

        monkeypatch.setattr(Canvas, shape, counted)
    draw_radar(Canvas(LOOKS["light"]), radar("5", "6", "4", None, "3"), "en")
    legend_and_numbers = {"discs": 1 + 2 * 2, "diamonds": 1, "circles": 2}
    assert {kind: count - legend_and_numbers[kind] for kind, count in marks.items()} == {
        "discs": 2,
        "diamonds": 2,
        "circles": 5 + 1,
    }


@pytest.mark.parametrize(("plain", "assessed"), [*zip(CHARTS, ASSESSED, strict=True)], ids=["radar", "bars"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_employee_thinks_is_explained_and_never_counted(
    plain: Radar | Bars, assessed: Radar | Bars, language: str, words_drawn: list[tuple[str, Box]]
) -> None:
    draw(plain, theme="light", language=language)
    before = [text for text, _ in words_drawn]
    words_drawn.clear()
    draw(assessed, theme="light", language=language)
    assert Counter(text for text, _ in words_drawn) - Counter(before) == {say(language, "chart-legend-own"): 1}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", ASSESSED, ids=["radar", "bars"])
def test_a_legend_of_five_is_whole(chart: Radar | Bars, language: str, words_drawn: list[tuple[str, Box]]) -> None:
    draw(chart, theme="light", language=language)
    legend = [(text, box) for text, box in words_drawn if LEGEND - 30 < box.centre[1] < LEGEND + 30]
    assert len(legend) == 5
    assert all(box.right <= WIDTH - MARGIN and box.bottom < BODY for _, box in legend)


def test_the_own_outline_has_a_gap_where_nothing_was_said_and_frames_hide_no_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    canvas = Canvas(LOOKS["light"])
    dotted: list[Any] = []
    framed: list[Any] = []
    line, frames = Canvas.line, Canvas.frames

    def line_recorded(canvas: Canvas, at: Any, *rest: Any, **how: Any) -> None:
        dotted.extend([at] if how.get("dash") == (3, 6) else [])
        line(canvas, at, *rest, **how)

    def frames_recorded(canvas: Canvas, at: Any, *rest: Any) -> None:
        framed.extend(at)
        frames(canvas, at, *rest)

    monkeypatch.setattr(Canvas, "line", line_recorded)
    monkeypatch.setattr(Canvas, "frames", frames_recorded)
    chart = with_own(radar("5", "6", "4", None, "3"), "5", "6", None, "2", "3")
    assert isinstance(chart, Radar)
    draw_radar(canvas, chart, "en")
    assert len(dotted) - 1 == 3  # 4–5, 5–1 and 1–2; the legend shows one more
    assert len(framed) - 1 == 4
    at_marks = [tuple(canvas.pixels[round(y), round(x), :3]) for x, y in framed[1:]]
    actual, low = (tuple(bytes.fromhex(colour[1:])) for colour in (canvas.theme.actual, canvas.theme.low))
    assert [at_marks[0], at_marks[1], at_marks[3]] == [actual, actual, low]


def test_two_own_ratings_make_no_outline_that_turns_back() -> None:
    chart = with_own(radar("5", "4"), "5", "3")
    assert opened(draw(chart, theme="light", language="en")).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(("own", "points"), [("-3", 0), ("0", 0), ("2.5", 2.5), ("99", 5)])
def test_an_own_tick_stands_at_its_points_and_never_outside_the_bar(
    own: str, points: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes: list[Box] = []
    rectangle = Canvas.rectangle

    def recorded(canvas: Canvas, box: Box, *rest: Any, **how: Any) -> None:
        boxes.append(box)
        rectangle(canvas, box, *rest, **how)

    monkeypatch.setattr(Canvas, "rectangle", recorded)
    draw(with_own(bars(None), own), theme="light", language="en")
    track, *_, square = boxes[-4:]
    assert square.centre[0] == pytest.approx(track.left + (track.right - track.left) * points / 5, abs=1)
    assert square.centre[1] == pytest.approx(track.centre[1], abs=1)


def test_a_category_says_how_many_items_are_met(words_drawn: list[tuple[str, Box]]) -> None:
    draw(radar("5", "4.9", "6", None, "5.5"), theme="light", language="zh-CN")
    assert {"达标 1/2", "达标 2/3", "4.95", "5.75"} <= {text for text, _ in words_drawn}


def test_numbers_are_short_and_rounded_half_up() -> None:
    assert [short(Decimal(number)) for number in ("5.00", "4.50", "100", "4.125", "0")] == [
        "5",
        "4.5",
        "100",
        "4.13",
        "0",
    ]
    assert short(None) == "–"
    assert str(mean([Decimal(5), Decimal("4.25"), Decimal("4.76")])) == "4.67"
    assert mean([]) is None


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", THEMES)
def test_everything_that_carries_data_stands_out_from_the_background(name: Any) -> None:
    theme = LOOKS[name]
    behind = _luminance(theme.background)
    for colour in (theme.ink, theme.secondary, theme.actual, theme.standard, theme.low, *theme.categories):
        low, high = sorted((behind, _luminance(colour)))
        assert (high + 0.05) / (low + 0.05) >= 5.1, colour


def test_charts_can_be_drawn_in_a_worker_thread() -> None:
    here = draw(CHARTS[0], theme="light", language="en")
    with ThreadPoolExecutor(1) as worker:
        worker.submit(warm_up).result()
        assert worker.submit(draw, CHARTS[0], theme="light", language="en").result() == here


def test_the_caches_of_words_are_bounded_and_stay_small() -> None:
    caches = [value for value in vars(lettering).values() if hasattr(value, "cache_info")]
    text_caches = [cache for cache in caches if cache not in (lettering.register_fonts, lettering._covered)]
    assert len(text_caches) >= 4
    for number in range(1100):
        lettering.stamp(str(number), 16, "#000000")
    assert all(cache.cache_info().maxsize is not None for cache in text_caches)
    assert lettering.stamp.cache_info().currsize == lettering.stamp.cache_info().maxsize


def test_three_hundred_charts_leave_no_memory_behind() -> None:
    def peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB on Linux

    def draw_some(count: int) -> None:
        for number in range(count):
            draw(CHARTS[number % 2], theme="light" if number % 3 else "dark", language="en")

    draw_some(30)
    before = peak()
    draw_some(300)
    assert peak() - before < 16_000  # one picture is 5,000


def test_matplotlib_keeps_quiet() -> None:
    assert logging.getLogger("matplotlib.font_manager").getEffectiveLevel() == logging.ERROR


def test_charts_need_no_writable_configuration_directory() -> None:
    code = "from qualify.charts import warm_up; warm_up()"
    environment = {**os.environ, "MPLCONFIGDIR": "/dev/null/nowhere"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
