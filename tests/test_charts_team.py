"""The picture of a team and the trend of one person: their structure, never their pixels by heart."""

import io
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from qualify.charts import Heat, HeatCell, HeatRow, Trend, TrendPoint, draw
from qualify.charts.boxes import Box
from qualify.charts.heat import _ink, _luminance, heat_height, shade_of
from qualify.charts.theme import AT_STANDARD, HEIGHT, LOOKS, WIDTH
from qualify.charts.trend import TREND_HEIGHT
from qualify.texts import LANGUAGES
from qualify.themes import THEMES

pytest_plugins = ["tests.chart_fixtures"]
ELEMENTS = ("成就导向", "Communication and listening", "一个名字长得放不下的能力素质项目名称啊", "IT 服务")
slowly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
names = st.sampled_from(["张喆", "阿卜杜热西提·买买提江", "Christopher Montgomery"]) | st.text(max_size=30)
ratings = st.none() | st.integers(0, 60).map(lambda tenths: Decimal(tenths) / 10)


def heat(people: int, elements: int = 18, rating: str | None = "4.5", *, points: bool = False) -> Heat:
    cell = HeatCell(None if rating is None else Decimal(rating), Decimal(5))
    rows = tuple(HeatRow(f"员工{number}", (cell,) * elements) for number in range(people))
    labels = tuple(ELEMENTS[index % len(ELEMENTS)] for index in range(elements))
    return Heat("团队能力热力图", "客户经理 · 3级", labels, rows, is_points=points)


def trend(*values: str, standard: str | None = "5") -> Trend:
    points = tuple(TrendPoint(f"2026-{number:02}", "3级（中级）", Decimal(v)) for number, v in enumerate(values, 1))
    return Trend("张喆", "平均得分趋势", points, None if standard is None else Decimal(standard))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "chart", [heat(1), heat(20, 20, None), heat(20, 30, "0", points=True), trend("3.9", "5.2", "5")]
)
def test_a_picture_has_the_width_of_all_and_no_more_than_their_height(
    chart: Heat | Trend, theme: str, language: str
) -> None:
    image = Image.open(io.BytesIO(draw(chart, theme=theme, language=language)))
    image.load()
    height = TREND_HEIGHT if isinstance(chart, Trend) else heat_height(chart)
    assert image.size == (WIDTH, height)
    assert height <= HEIGHT


@pytest.mark.parametrize(
    ("rating", "shade"),
    [("6", 7), ("5.1", 6), ("5", 5), ("4.9", 4), ("4.5", 4), ("4.4", 3), ("4", 3), ("3.5", 2), ("3", 1), ("2.9", 0)],
)
def test_on_a_scale_the_shade_says_how_far_from_the_standard(rating: str, shade: int) -> None:
    assert shade_of(HeatCell(Decimal(rating), Decimal(5)), is_points=False) == shade


@pytest.mark.parametrize(
    ("rating", "shade"), [("10", 7), ("9.4", 6), ("8.4", 5), ("7", 5), ("6.9", 4), ("5.9", 3), ("2.9", 0), ("0", 0)]
)
def test_of_points_the_shade_says_how_much_was_got(rating: str, shade: int) -> None:
    assert shade_of(HeatCell(Decimal(rating), Decimal(10)), is_points=True) == shade


def test_what_was_not_rated_has_no_shade() -> None:
    assert shade_of(HeatCell(None, Decimal(5)), is_points=True) is None
    assert shade_of(HeatCell(Decimal(0), Decimal(0)), is_points=True) == len(LOOKS["light"].heat) - 1


def test_too_low_is_bold_as_well_as_red(words_drawn: list[tuple[str, Box, dict[str, Any]]]) -> None:
    draw(heat(1, 3, "4.5"), theme="light", language="zh-CN")
    assert [how.get("bold") for text, _, how in words_drawn if text == "4.5"] == [True] * 3
    words_drawn.clear()
    draw(heat(1, 3, "5"), theme="light", language="zh-CN")
    assert [how.get("bold") for text, _, how in words_drawn if text == "5"] == [False] * 3


def test_missing_ratings_are_explained_only_where_there_are_any(
    words_drawn: list[tuple[str, Box, dict[str, Any]]],
) -> None:
    for rating, explained in ((None, True), ("5", False)):
        words_drawn.clear()
        draw(heat(2, 3, rating), theme="dark", language="zh-CN")
        assert any("未评" in text for text, *_ in words_drawn) is explained


@pytest.mark.parametrize("theme", THEMES)
def test_figures_are_read_well_on_every_shade(theme: str) -> None:
    for shade in LOOKS[theme].heat:
        one, other = sorted((_luminance(_ink(LOOKS[theme], shade)), _luminance(shade)))
        assert (other + 0.05) / (one + 0.05) >= 4.5, shade
    assert LOOKS[theme].heat[AT_STANDARD] != LOOKS[theme].background


@slowly
@given(data=st.data())
def test_nothing_leaves_the_picture_whatever_people_and_elements_are_called(
    data: st.DataObject, words_drawn: list[tuple[str, Box, dict[str, Any]]]
) -> None:
    words_drawn.clear()
    elements, people = data.draw(st.integers(1, 30)), data.draw(st.integers(1, 20))
    rows = tuple(
        HeatRow(data.draw(names), tuple(HeatCell(data.draw(ratings), Decimal(5)) for _ in range(elements)))
        for _ in range(people)
    )
    labels = tuple(data.draw(st.sampled_from(ELEMENTS) | st.text(max_size=30)) for _ in range(elements))
    chart = Heat("团队", "客户经理", labels, rows, is_points=data.draw(st.booleans()))
    draw(chart, theme="light", language="en")
    picture = Box(0, 0, WIDTH, heat_height(chart))
    assert [text for text, box, _ in words_drawn if not box.inside(picture)] == []


@slowly
@given(values=st.lists(st.integers(0, 1200).map(lambda tenths: str(Decimal(tenths) / 10)), min_size=1, max_size=8))
def test_every_figure_of_a_trend_stands_in_the_picture(
    values: list[str], words_drawn: list[tuple[str, Box, dict[str, Any]]]
) -> None:
    for standard in ("5", None):
        words_drawn.clear()
        draw(trend(*values, standard=standard), theme="light", language="zh-CN")
        picture = Box(0, 0, WIDTH, TREND_HEIGHT)
        assert [text for text, box, _ in words_drawn if not box.inside(picture)] == []
        assert len([text for text, *_ in words_drawn if text == "3级（中级）"]) == len(values)


def test_a_figure_stands_where_the_line_does_not_go(words_drawn: list[tuple[str, Box, dict[str, Any]]]) -> None:
    draw(trend("60", "85", "70", "91", standard=None), theme="light", language="zh-CN")
    at = {text: box for text, box, how in words_drawn if how.get("bold")}
    words_drawn.clear()
    draw(trend("60", "85", "95", "99", standard="90"), theme="light", language="zh-CN")
    rising = {text: (box, how["ink"]) for text, box, how in words_drawn if how.get("bold")}
    assert at["70"].top > at["85"].bottom
    low = LOOKS["light"].low
    assert [rising[text][1] == low for text in ("60", "85", "95", "99")] == [True, True, False, False]


@pytest.mark.parametrize("chart", [heat(20, 20), trend("3.9", "4.3", "4.8", "5.2")])
def test_a_picture_is_drawn_within_a_tenth_of_a_second(chart: Heat | Trend) -> None:
    taken = []
    for _ in range(4):
        begun = time.process_time()
        draw(chart, theme="light", language="zh-CN")
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.1
