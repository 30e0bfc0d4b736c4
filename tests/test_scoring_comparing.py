"""Results side by side, by hand: where assessors disagree, what changed since the last one, and ranks with ties."""

from decimal import Decimal

import pytest

from qualify.scoring import Mark, Result, by_criterion, compare, disagreements, met, ranks
from qualify.standard import Standard
from tests.builders import CLIENT, SERVICE, all_marked, reviewed, scored

FIVE, SEVEN, THREE = "customer-information", "customer-problems", "user-training"  # by their points at level 3
ITEM = "achievement"


def rated(standard: Standard, level: str, element: str, *ratings: str | None) -> Result:
    """Assessors who agree on everything but this element; None gives no rating and observed nothing of it."""
    marks = all_marked(standard, level)
    reviews = []
    for name, rating in zip("ABC", ratings, strict=False):
        own = {key: mark for key, mark in marks.items() if rating is not None or not key.startswith(f"{element}.")}
        given = {} if rating is None else {element: Decimal(rating)}
        reviews.append(reviewed(assessor=name, marks=own, ratings=given))
    return scored(standard, level, *reviews)


@pytest.mark.parametrize(
    ("standard", "element", "ratings", "apart"),
    [
        (CLIENT, ITEM, ("5", "4"), None),
        (CLIENT, ITEM, ("5", "3"), "2"),
        (CLIENT, ITEM, ("3", "4", "5"), "2"),
        (CLIENT, ITEM, ("4", "5", "4"), None),
        (CLIENT, ITEM, ("5", None), None),
        (CLIENT, ITEM, ("5", None, "3"), "2"),
        (CLIENT, ITEM, ("0",), None),
        (SERVICE, FIVE, ("5", "4"), None),  # 20 % of 5 is 1
        (SERVICE, FIVE, ("5", "3.5"), "1.5"),
        (SERVICE, SEVEN, ("7", "6"), None),  # 20 % of 7 is 1.4
        (SERVICE, SEVEN, ("7", "5.5"), "1.5"),
        (SERVICE, THREE, ("3", "2.5"), None),  # 20 % of 3 is 0.6
        (SERVICE, THREE, ("3", "2"), "1"),
    ],
)
def test_assessors_disagree_when_they_lie_further_apart_than_the_threshold_not_when_they_just_reach_it(
    standard: Standard, element: str, ratings: tuple[str | None, ...], apart: str | None
) -> None:
    level = standard.levels[0].id
    found = disagreements(standard, rated(standard, level, element, *ratings))
    assert [(each.element, each.apart) for each in found] == ([(element, Decimal(apart))] if apart else [])


def test_a_disagreement_names_every_assessors_rating_in_their_order() -> None:
    (found,) = disagreements(CLIENT, rated(CLIENT, "4", ITEM, "2", "5", "4"))
    assert found.ratings == (("A", Decimal(2)), ("B", Decimal(5)), ("C", Decimal(4)))


def test_an_element_is_opened_down_to_its_criteria_by_assessor_in_their_order() -> None:
    met, down = all_marked(CLIENT, "4"), all_marked(CLIENT, "4")
    first, second, *_ = (key for key in met if key.startswith(f"{ITEM}."))
    down |= {first: Mark.NOT_MET, second: Mark.NOT_OBSERVED}
    partly = met | {first: Mark.PARTLY}
    given = zip("ABC", (met, down, partly), strict=True)
    result = scored(CLIENT, "4", *(reviewed(assessor=name, marks=marks) for name, marks in given))
    apart, unobserved, *others = by_criterion(next(each for each in result.elements if each.id == ITEM))
    assert apart.criterion == first
    assert apart.marks == (("A", Mark.MET), ("B", Mark.NOT_MET), ("C", Mark.PARTLY))
    assert (apart.is_apart, apart.marked_down) == (True, (("B", Mark.NOT_MET), ("C", Mark.PARTLY)))
    assert (unobserved.is_apart, unobserved.marked_down) == (False, ()), "who observed nothing doesn't disagree"
    assert not any(each.is_apart or each.marked_down for each in others)


def test_criteria_of_the_next_level_come_after_with_those_who_answered_them() -> None:
    met = all_marked(CLIENT, "4")
    above = {key: mark for key, mark in all_marked(CLIENT, "3").items() if key.startswith(f"{ITEM}.")}
    result = scored(CLIENT, "4", reviewed(assessor="A", marks=met | above), reviewed(assessor="B", marks=met))
    criteria = by_criterion(next(each for each in result.elements if each.id == ITEM))
    behind = [each for each in criteria if each.criterion in above and each.criterion not in met]
    assert behind == list(criteria[-len(behind) :])
    assert {assessor for each in behind for assessor, _ in each.marks} == {"A"}


def test_a_comparison_has_the_difference_of_the_total_and_every_rating_that_changed() -> None:
    earlier, later = rated(SERVICE, "3", FIVE, "5"), rated(SERVICE, "3", FIVE, "3.5")
    compared = compare(earlier, later)
    assert compared.changed == ((FIVE, Decimal(5), Decimal("3.5")),)
    assert (compared.total, compared.met) == (Decimal("-1.5"), -1)
    assert compare(later, earlier).total == Decimal("1.5")
    assert compare(earlier, earlier) == (Decimal(0), 0, ())


def test_on_a_scale_there_is_no_total_and_what_meets_the_standard_is_counted() -> None:
    compared = compare(rated(CLIENT, "4", ITEM, "4"), rated(CLIENT, "4", ITEM, "6"))
    assert (compared.total, compared.met) == (None, 1)
    assert compared.changed == ((ITEM, Decimal(4), Decimal(6)),)


def test_an_element_that_was_not_rated_both_times_is_not_compared() -> None:
    with_all, without = rated(CLIENT, "4", ITEM, "4"), rated(CLIENT, "4", ITEM, None)
    assert compare(without, with_all).changed == compare(with_all, without).changed == ()
    fewer = with_all.model_copy(update={"elements": with_all.elements[1:]})
    assert compare(fewer, with_all).changed == compare(with_all, fewer).changed == ()


def test_what_meets_the_standard_is_at_or_above_its_target() -> None:
    ratings = {element.id: Decimal(rating) for element, rating in zip(CLIENT.elements_at("4"), "4567", strict=False)}
    ratings[list(ratings)[3]] = Decimal(5)
    result = scored(CLIENT, "4", marks=all_marked(CLIENT, "4"), ratings=ratings)
    behaviour = sum(1 for element in CLIENT.elements_at("4") if element.kind == "behaviour")
    assert met(result) == behaviour - 1  # the first is below; examinations without scores are 0


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        (["80"], [1]),
        (["80", "90", "70"], [2, 1, 3]),
        (["90", "80", "90", None, "70"], [1, 3, 1, None, 4]),
        (["82.0", "82"], [1, 1]),
        (["0", None, "0"], [1, None, 1]),
        ([None, None], [None, None]),
    ],
)
def test_ties_share_a_rank_the_next_one_counts_them_and_no_score_has_none(
    scores: list[str | None], expected: list[int | None]
) -> None:
    assert ranks([None if score is None else Decimal(score) for score in scores]) == expected
