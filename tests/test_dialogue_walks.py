"""Whole reviews of the standards as they ship: every question in its order, and how many presses they cost."""

from collections.abc import Callable

import pytest

from qualify.dialogue import Action, Plan, Screen, StepKind
from tests.dialogue import Walk, one_by_one, quickly, shipped

REVIEWS = [("client-manager", level) for level in "4321"] + [("service-manager", level) for level in "345"]
START_OPEN_SUBMIT = 3


@pytest.fixture(params=REVIEWS, ids=" ".join)
def way(request: pytest.FixtureRequest) -> Plan:
    return shipped(*request.param)


def walked(way: Plan, assessor: Callable[[Screen], Action]) -> list[Walk]:
    """The review after each press, the untouched one first."""
    walks = [Walk(way)]
    while walks[-1].at != "summary":
        walks.append(walks[-1].take(assessor(walks[-1].screen)))
    return walks


def test_every_question_comes_in_its_order_and_none_twice(way: Plan) -> None:
    times = {StepKind.CASES: 2}  # a case, and that there are no more
    expected = [step for step in way.steps if not step.side for _ in range(times.get(step.kind, 1))]
    assert [walk.here.step for walk in walked(way, one_by_one)] == expected


def test_progress_goes_from_nothing_to_all_and_never_back(way: Plan) -> None:
    for assessor in (one_by_one, quickly):
        percents = [walk.screen.percent for walk in walked(way, assessor)]
        assert percents == sorted(percents)
        assert (percents[0], percents[-1]) == (0, 100)
        assert all(percent < 100 for percent in percents[:-1])


def test_both_ways_end_complete_with_the_same_answers(way: Plan) -> None:
    singly, fast = walked(way, one_by_one)[-1], walked(way, quickly)[-1]
    assert singly.screen.complete
    assert fast.screen.complete
    assert singly.answers == fast.answers


def test_a_full_review_answers_the_whole_standard(way: Plan) -> None:
    answers = walked(way, quickly)[-1].answers
    asked = {kind: {step.key for step in way.steps if step.kind is kind and not step.side} for kind in StepKind}
    assert answers.marks.keys() == asked[StepKind.CRITERION]
    assert answers.scores.keys() == asked[StepKind.SCORE]
    assert answers.ratings.keys() == {element.id for element in way.elements if element.kind == "behaviour"}


@pytest.mark.parametrize(
    ("standard", "level", "singly", "quick"),
    [
        ("client-manager", "4", 80, 35),
        ("client-manager", "3", 86, 35),
        ("client-manager", "2", 97, 35),
        ("client-manager", "1", 89, 35),
        ("service-manager", "3", 130, 39),
        ("service-manager", "4", 148, 44),
        ("service-manager", "5", 98, 34),
    ],
)
def test_a_review_costs_so_many_presses_and_messages(standard: str, level: str, singly: int, quick: int) -> None:
    way = shipped(standard, level)
    costs = [len(walked(way, assessor)) - 1 + START_OPEN_SUBMIT for assessor in (one_by_one, quickly)]
    assert costs == [singly, quick]


def test_only_the_scale_offers_the_next_level_and_not_at_the_top(way: Plan) -> None:
    offered = [step for step in way.steps if step.side and step.kind is StepKind.CRITERION]
    assert bool(offered) == (way.standard.id == "client-manager" and way.level != "1")


def test_every_criterion_and_subject_is_asked_under_a_key_of_its_own(way: Plan) -> None:
    keys = [step.key for step in way.steps if step.key]
    assert len(keys) == len(set(keys))
