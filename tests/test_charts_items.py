"""The picture of how elements do: their shares and figures, what is marked, and that all of it has room."""

import io
import time
from typing import Any

import pytest
from PIL import Image

from qualify.charts import ItemRow, ItemsChart, draw
from qualify.charts.boxes import Box
from qualify.charts.items import items_height
from qualify.charts.theme import HEIGHT, LOOKS, WIDTH
from qualify.reporting.item_figures import chart_of
from qualify.scoring import Result
from qualify.services.assessments.item_statistics import Findings
from qualify.statistics import Gathering, SignRules, signs
from qualify.texts import LANGUAGES
from qualify.themes import THEMES
from tests.builders import CLIENT, SERVICE
from tests.many_results import results_of

pytest_plugins = ["tests.chart_fixtures"]
Drawn = list[tuple[str, Box, dict[str, Any]]]
RULES = SignRules()


def chart(results: list[Result], language: str = "zh-CN") -> ItemsChart:
    standard = {each.id: each for each in (CLIENT, SERVICE)}[results[0].standard]
    gathering = Gathering(standard, results[0].level)
    for each in results:
        gathering.add(each)
    found = gathering.statistics()
    return chart_of(Findings(standard, found, signs(standard, found, RULES)), RULES, language)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_room_in_every_language_whatever_the_elements_are_called(
    theme: str, language: str, words_drawn: Drawn
) -> None:
    row = ItemRow(
        "一个名字长得放不下的能力素质项目名称啊", (0.0, 0.0, 1.0), ("100%", "10.0±3.5", "100%", "100%", "−0.99")
    )
    for made in (
        chart(results_of(CLIENT, "3", 12, 20, assessors=2), language),
        chart(results_of(SERVICE, "4", 9, 9), language),
        ItemsChart("T" * 90, "S" * 200, "M" * 90, ("C" * 30,) * 5, (row,) * 30, (0.1, 0.9), ("N" * 200,)),
    ):
        words_drawn.clear()
        image = Image.open(io.BytesIO(draw(made, theme=theme, language=language)))
        assert image.size == (WIDTH, items_height(made))
        assert items_height(made) <= HEIGHT
        assert [text for text, box, _ in words_drawn if not box.inside(Box(0, 0, WIDTH, HEIGHT))] == []


def test_each_element_has_its_figures_and_what_is_noticed_is_red_and_bold(words_drawn: Drawn) -> None:
    made = chart(results_of(CLIENT, "4", 19, 20, assessors=2))
    draw(made, theme="light", language="zh-CN")
    names = [row.label for row in made.rows]
    assert len(names) == len(CLIENT.elements_at("4"))
    assert [text for text, *_ in words_drawn if text in names] == names
    inks = {how["ink"] for text, _, how in words_drawn if text == "95%"}
    assert inks == {LOOKS["light"].low}
    assert all(how.get("bold") for text, _, how in words_drawn if text == "95%")
    assert "客户经理能力素质模型 · 4级（初级） · v1 · 20 份结果" in [text for text, *_ in words_drawn]


def test_where_there_is_too_little_to_say_there_is_a_dash(words_drawn: Drawn) -> None:
    made = chart(results_of(CLIENT, "4", 9, 9))
    assert {row.met for row in made.rows} == {None}
    assert {figure for row in made.rows for figure in row.figures} == {"–"}


def test_of_points_the_share_with_all_of_them_is_named_so() -> None:
    by_points, by_scale = chart(results_of(SERVICE, "4", 5, 10)), chart(results_of(CLIENT, "4", 5, 10))
    assert (by_points.columns[0], by_points.limits) == ("满分率", (0.9,)), "that few have all of them is no sign"
    assert (by_scale.columns[0], by_scale.limits) == ("达标率", (0.1, 0.9))


def test_it_is_drawn_within_a_tenth_of_a_second() -> None:
    made, taken = chart(results_of(CLIENT, "3", 12, 20)), list[float]()
    for _ in range(4):
        begun = time.process_time()
        draw(made, theme="light", language="zh-CN")
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.1
