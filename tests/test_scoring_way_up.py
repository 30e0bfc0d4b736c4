"""The cheapest way up: the fewest changes to the next grade, the key condition first, the nearest target."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from qualify.scoring import Mark, Result
from qualify.scoring.model import Gain, WayUp
from tests.builders import CLIENT, SERVICE, all_marked, cases, ratings_of, reviewed, scored

KEY = "project-planning.4.1"


def lacking(level: str, gaps: Mapping[str, str], adopted: int = 3, **answers: object) -> Result:
    """Everything met but for these gaps in points."""
    full = {element.id: (element.points or {})[level] for element in SERVICE.elements_at(level)}
    ratings = full | {element: full[element] - Decimal(gap) for element, gap in gaps.items()}
    marks = all_marked(SERVICE, level)
    return scored(SERVICE, level, **{"marks": marks, "ratings": ratings, "cases": cases(adopted)} | answers)


def way(grade: str | None, missing: str, *gains: tuple[str, str, int], keys: tuple[str, ...] = ()) -> WayUp:
    listed = tuple(Gain(id=name, points=Decimal(points), cases=number) for name, points, number in gains)
    return WayUp(grade=grade, missing=Decimal(missing), gains=listed, keys=keys)


@pytest.mark.parametrize(
    ("gaps", "adopted", "expected"),
    [
        # 100 − 31.5 = 68.5: one change is enough, where there is most room
        (
            {"customer-visits": "4.5", "market-support": "10", "service-promotion": "10", "customer-problems": "7"},
            1,
            way("ordinary", "1.5", ("market-support", "1.5", 0)),
        ),
        # 100 − 34 − 5 = 61: 9 missing, and no single change brings more than 7
        (
            {"customer-problems": "7", "user-training": "3", "promotion-execution": "4"}
            | dict.fromkeys(("customer-visits", "expert-groups", "project-control", "negotiation"), "5"),
            0,
            way("ordinary", "9", ("customer-problems", "7", 0), ("customer-visits", "2", 0)),
        ),
        # 100 − 13 − 5 = 82: a case would bring 5, but raising one element is enough as well
        (
            {"user-training": "3"}
            | dict.fromkeys(("customer-visits", "expert-groups", "negotiation", "project-control"), "2.5"),
            0,
            way("professional", "3", ("user-training", "3", 0)),
        ),
        # the same total, no element with 3 to gain: one case
        (
            {"user-training": "0.5"}
            | dict.fromkeys(
                ("customer-visits", "expert-groups", "negotiation", "project-control", "project-planning"), "2.5"
            ),
            0,
            way("professional", "3", ("cases", "5", 1)),
        ),
        # 100 − 15.5 = 84.5: the smallest step there is
        (
            {"market-support": "10", "service-promotion": "5.5"},
            1,
            way("professional", "0.5", ("market-support", "0.5", 0)),
        ),
    ],
)
def test_the_fewest_changes_lead_to_the_next_grade(gaps: Mapping[str, str], adopted: int, expected: WayUp) -> None:
    assert lacking("3", gaps, adopted).way_up == expected


def test_cases_are_counted_together_and_in_full() -> None:
    small = dict.fromkeys([element.id for element in SERVICE.elements_at("5")][:11], "1")
    assert lacking("5", small, adopted=0).way_up == way(  # 100 − 11 − 15 = 74, 11 missing
        "professional", "11", ("cases", "10", 2), ("customer-information", "1", 0)
    )


def test_what_lies_below_zero_has_to_be_made_up_too() -> None:
    result = scored(SERVICE, "5", marks={"other-activities.5.1": Mark.MET}, ratings=ratings_of("5", "5"))
    assert (result.total, result.grade) == (Decimal(0), "preparatory")
    assert result.way_up is not None
    assert (result.way_up.grade, result.way_up.missing) == ("basic", 70)  # 60 − (5 − 15)


def test_the_element_of_an_unmet_key_condition_comes_first() -> None:
    blocked = {"marks": all_marked(SERVICE, "4") | {KEY: Mark.NOT_MET}}
    gaps = {"project-planning": "1", "market-support": "10", "service-promotion": "5"}  # 84
    assert lacking("4", gaps, **blocked).way_up == way("professional", "1", ("project-planning", "1", 0), keys=(KEY,))
    assert lacking("4", gaps).way_up == way("professional", "1", ("market-support", "1", 0))


def test_with_the_best_total_only_the_key_condition_is_left() -> None:
    marks = all_marked(SERVICE, "4") | {KEY: Mark.PARTLY}
    assert lacking("4", {}, marks=marks).way_up == way(None, "0", keys=(KEY,))


@pytest.mark.parametrize(("gap", "on_top"), [("15", True), ("15.5", False)])
def test_with_the_best_grade_there_is_no_way_up(gap: str, on_top: bool) -> None:
    result = lacking("5", {"market-support": gap} if on_top else {"market-support": "15", "service-promotion": "0.5"})
    assert (result.way_up is None) is on_top


def test_an_element_that_nobody_rated_can_gain_all_its_points() -> None:
    nothing_got = ratings_of("3", "60")
    unrated = {element: rating for element, rating in nothing_got.items() if rating}
    results = [scored(SERVICE, "3", ratings=each, cases=cases(1)) for each in (nothing_got, unrated)]
    assert [each.way_up for each in results] == [way("ordinary", "10", ("market-support", "10", 0))] * 2


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ({"achievement": 4, "writing": 3}, way(None, "1", ("achievement", "1", 0))),
        ({"achievement": 4, "writing": 4}, way(None, "1", ("achievement", "1", 0), ("writing", "1", 0))),
        ({"achievement": 0, "writing": 6}, way(None, "5", ("achievement", "5", 0))),
        ({"achievement": 5, "writing": 6}, None),
    ],
)
def test_on_the_scale_the_nearest_to_the_target_come_first(ratings: dict[str, int], expected: WayUp | None) -> None:
    given = dict.fromkeys((element.id for element in CLIENT.all_elements()), Decimal(5))
    result = scored(CLIENT, "4", ratings=given | {element: Decimal(rating) for element, rating in ratings.items()})
    assert result.way_up == expected


def test_the_mean_of_several_assessors_may_need_a_tenth() -> None:
    given = dict.fromkeys((element.id for element in CLIENT.all_elements()), Decimal(5))
    reviews = [reviewed(ratings=given | {"writing": Decimal(rating)}) for rating in (5, 5, 4)]  # 4.667
    assert scored(CLIENT, "4", *reviews).way_up == way(None, "0.3", ("writing", "0.3", 0))
