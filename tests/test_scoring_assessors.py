"""Several assessors: weighted means to one decimal, who counts, and one score for one examination."""

from decimal import Decimal
from fractions import Fraction

import pytest

from qualify.scoring import ReviewInput
from tests.builders import CLIENT, SERVICE, of, reviewed, scored, signs


def rated(weight: str, rating: str | None) -> ReviewInput:
    ratings = {} if rating is None else {"customer-visits": Decimal(rating)}
    return reviewed(weight, ratings=ratings)


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        ([("1", "4"), ("1", "3.5")], "3.8"),  # 7.5 ÷ 2 = 3.75, a tie: up
        ([("1", "4.5"), ("1", "4")], "4.3"),  # 4.25, a tie: up
        ([("2", "4"), ("1", "3")], "3.7"),  # (8 + 3) ÷ 3 = 3.667
        ([("1", "5"), ("1", "4"), ("1", "4")], "4.3"),  # 4.333
        ([("0.5", "5"), ("0.3", "4"), ("0.2", "2.5")], "4.2"),  # 2.5 + 1.2 + 0.5
        ([("3", "0"), ("1", "0")], "0"),
        ([("1", "5"), ("1", "5")], "5"),
        ([("3", "4.5"), ("1", None)], "4.5"),  # who gave no rating doesn't count
        ([("7", "4.5")], "4.5"),  # one assessor: exact, whatever the weight
        ([("1", None), ("2", None)], None),
    ],
)
def test_the_rating_is_the_weighted_mean_to_one_decimal(given: list[tuple[str, str | None]], mean: str | None) -> None:
    result = of(scored(SERVICE, "3", *(rated(*each) for each in given)), "customer-visits")
    assert result.rating == (None if mean is None else Decimal(mean))
    assert result.gap == (None if mean is None else 5 - Decimal(mean))


def test_share_and_suggestion_are_means_as_well() -> None:
    lead = reviewed("2", marks=signs(SERVICE, "3", {"customer-problems": "++///"}))  # 0.7 → 4.9 → 5
    member = reviewed("1", marks=signs(SERVICE, "3", {"customer-problems": "+----"}))  # 0.2 → 1.4 → 1.5
    absent = reviewed("9")
    result = of(scored(SERVICE, "3", lead, member, absent), "customer-problems")
    assert result.share == Fraction(16, 30)  # (1.4 + 0.2) ÷ 3
    assert result.suggestion == result.rating == Decimal("3.8")  # 11.5 ÷ 3 = 3.833


def test_means_add_up_to_the_total_as_they_are_shown() -> None:
    ratings = ({"customer-visits": Decimal(4), "expert-groups": Decimal(3)}, {"customer-visits": Decimal("3.5")})
    result = scored(SERVICE, "3", *(reviewed(ratings=each) for each in ratings))  # 3.8 + 3 − 5
    assert result.total == Decimal("1.8")


def test_a_mean_on_the_scale_may_stand_between_two_labels() -> None:
    answers = [reviewed(ratings={"writing": Decimal(rating)}) for rating in (5, 4, 4)]
    result = of(scored(CLIENT, "4", *answers), "writing")
    assert (result.rating, result.gap) == (Decimal("4.3"), Decimal("0.7"))


def test_each_review_stands_by_itself_in_the_result() -> None:
    lead = reviewed("2", "张", ratings={"customer-visits": Decimal(3)}, reasons={"customer-visits": "只看了一次"})
    judged = of(scored(SERVICE, "3", lead, reviewed()), "customer-visits").reviews
    assert [(each.assessor, each.weight, each.rating, each.reason) for each in judged] == [
        ("张", 2, 3, "只看了一次"),
        ("", 1, None, ""),
    ]


@pytest.mark.parametrize(
    ("specialist", "product", "composite"),
    [
        ("85", "400", "82.5"),  # 42.5 + 40
        ("84.9", "400", "82.5"),  # 82.45, a tie: up
        ("84.89", "400", "82.4"),  # 82.445
        ("100", "500", "100"),
        ("0", "0", "0"),
        ("70", "351", "70.1"),  # 35 + 35.1
        ("0", "0.5", "0.1"),  # 0.05, a tie: up
        ("85", None, None),
        (None, None, None),
    ],
)
@pytest.mark.parametrize("level", ["3", "4", "5"])
def test_the_knowledge_composite_is_half_of_each_to_one_decimal(
    level: str, specialist: str | None, product: str | None, composite: str | None
) -> None:
    given = {"specialist": specialist, "product": product}
    scores = {subject: None if score is None else Decimal(score) for subject, score in given.items()}
    expected = None if composite is None else Decimal(composite)
    assert scored(SERVICE, level, scores=scores).composite == expected


@pytest.mark.parametrize(
    ("level", "composite"),
    [
        ("3", "75"),  # (60 + 450 ÷ 5) ÷ 2
        ("4", "70"),  # (2 × 60 + 90) ÷ 3
        ("5", "67.5"),  # (3 × 60 + 90) ÷ 4
    ],
)
def test_the_weights_of_the_composite_may_differ_by_level(level: str, composite: str) -> None:
    (exam,) = SERVICE.exams
    specialist, product = exam.subjects
    by_level = {"3": Decimal(1), "4": Decimal(2), "5": Decimal(3)}
    weighed = specialist.model_copy(update={"weight": by_level}), product.model_copy(update={"weight": Decimal(1)})
    standard = SERVICE.model_copy(update={"exams": (exam.model_copy(update={"subjects": weighed}),)})
    scores = {"specialist": Decimal(60), "product": Decimal(450)}
    assert scored(standard, level, scores=scores).composite == Decimal(composite)


def test_one_examination_has_one_score_whoever_brings_it() -> None:
    first, second = reviewed(scores={"specialist": Decimal(80)}), reviewed(scores={"product": Decimal(400)})
    assert scored(SERVICE, "3", first, second).composite == 80


@pytest.mark.parametrize(
    ("given", "agreed"),
    [
        ([("1", 80), ("1", 80), ("1", 90)], 80),
        ([("1", 80), ("3", 90), ("1", 80)], 90),
        ([("1", 80), ("1", 90)], 90),
    ],
)
def test_where_reviews_differ_about_a_score_most_weight_decides(given: list[tuple[str, int]], agreed: int) -> None:
    reviews = [reviewed(weight, scores={"specialist": Decimal(score)}) for weight, score in given]
    for order in (reviews, reviews[::-1]):
        assert scored(SERVICE, "3", *order).scores["specialist"] == agreed
