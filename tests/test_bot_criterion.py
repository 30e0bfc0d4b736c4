"""The screen of a criterion, for every criterion of the standards as they ship: it shows the whole element and fits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.render.criterion import telling
from bot.render.message import esc, shown_units
from bot.render.review import review_message
from qualify.dialogue import Act, Position, Situation, StepKind, plan, view
from qualify.paths import STANDARDS
from qualify.scoring import Answers, Mark
from qualify.services.reviews.screen import Turn
from qualify.standard import Text, shipped
from qualify.storage.reviews import ReviewRow
from qualify.texts import LANGUAGES
from tests.dialogue import PAIR, Walk, points_standard

DAY = date(2026, 11, 22)
LONGEST = 4096
"""UTF-16 units of a message after parsing."""


def turn_of(walk: Walk | Situation) -> Turn:
    """The review on the screen, returned with many words."""
    here = walk.here if isinstance(walk, Walk) else walk
    known: dict[str, Any] = dict.fromkeys(ReviewRow._fields)
    known |= {"id": 1, "part": "lead", "returned": "再看一遍。" * 200, "subject": "欧阳" * 20, "level": here.plan.level}
    row = ReviewRow(**known)
    return Turn(row, here.plan, view(here), noted=True, evidence=99)


def everywhere(standard_id: str) -> Iterator[Situation]:
    """Every criterion of every level, of this one and the next, beside others that all have an answer."""
    standard = shipped(STANDARDS).get(standard_id)
    for level in standard.levels:
        way = plan(standard, level.id)
        marks = {step.key: Mark.NOT_OBSERVED for step in way.steps if step.kind is StepKind.CRITERION}
        for step in way.steps:
            if step.kind is StepKind.CRITERION:
                yield Situation(way, Position(len(way.steps) - 1, step.index, 9999), Answers(marks=marks), DAY)


@pytest.mark.parametrize("standard_id", ["client-manager", "service-manager"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_is_shown_in_full_among_all_of_its_element_and_fits(standard_id: str, language: str) -> None:
    screens = 0
    for here in everywhere(standard_id):
        turn = turn_of(here)
        text = review_message(turn, language).text
        assert shown_units(text) <= LONGEST
        for line in turn.screen.lines:
            words = esc(line.criterion.text.in_language(language))
            assert (f"<b>{words}</b>" if line.in_hand else f"➖ {line.number}. ") in text
        assert len(turn.screen.lines) == sum(
            step.kind is StepKind.CRITERION for step in here.plan.of_element(here.step.element)
        )
        screens += 1
    assert screens > 300


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("count", "vouched"), [(100, True), (300, False)])
def test_an_element_of_very_many_criteria_fits_and_no_button_speaks_for_what_is_not_shown(
    count: int, vouched: bool, language: str
) -> None:
    standard = points_standard()
    module = standard.modules[0]
    care = module.elements[0]
    one = care.levels["one"].criteria[0]
    words = Text(zh="𠮷" * 60, en="long words " * 20)
    many = tuple(one.model_copy(update={"id": f"care.{n}", "text": words}) for n in range(count))
    levels = {"one": care.levels["one"].model_copy(update={"criteria": many})}
    elements = (care.model_copy(update={"levels": levels}),)
    large = standard.model_copy(update={"modules": (module.model_copy(update={"elements": elements}),)})
    message = review_message(turn_of(Walk(plan(large, "one"), (), Position(count // 2))), language)
    assert shown_units(message.text) <= LONGEST
    assert message.text.count("▫️") == 99
    assert any(button["callback_data"].endswith(".a") for row in message.rows for button in row) == vouched


def shown(walk: Walk) -> list[str]:
    """The lines below the element's name, without the empty ones."""
    lines = review_message(turn_of(walk), "zh-CN").text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("<b>mind</b>"))
    return [line for line in lines[start + 2 : -2] if line]


def labels(walk: Walk) -> list[str]:
    return [button["text"] for row in review_message(turn_of(walk), "zh-CN").rows for button in row]


def test_a_key_condition_is_marked_and_no_button_speaks_for_it() -> None:
    three = PAIR.do(Act.OVERVIEW).do(Act.JUMP, "1")
    assert shown(three) == ["👉 第 1 条，共 2 条 · 🔑 关键条件", "<b>mind.1</b>", "▫️ 2. mind.2"]
    assert not any("全部" in label or "都未" in label for label in labels(three))
    assert shown(three.do(Act.MARK, "partly")) == ["◐ 1. 🔑 mind.1", "👉 第 2 条，共 2 条", "<b>mind.2</b>"]


def test_criteria_that_begin_alike_are_told_apart_by_what_follows() -> None:
    texts = ("与地区级中高层客户建立良好的关系", "与地区级中高层客户建立长期的信任", "熟悉客户")
    assert [telling(each, texts, 10) for each in texts] == ["…户建立良好的关系", "…户建立长期的信任", "熟悉客户"]
    assert telling(texts[0], texts[2:], 10) == "与地区级中高层客户…"
