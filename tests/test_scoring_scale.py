"""The client manager model, worked by hand: shares on the scale 0…6, examinations, rating 6, categories."""

from decimal import Decimal
from fractions import Fraction

import pytest

from qualify.errors import InvalidInput
from qualify.scoring import Mark, check_rating, exam_mean, plain
from qualify.scoring.rating import suggestion_row
from qualify.standard import ScaleRating, Standard
from tests.builders import CLIENT, all_marked, of, scored, signs

# element: (answers, value met ÷ number observed, suggestion)
JUNIOR = {  # level 4
    "achievement": ("+++/", Fraction(7, 8), 4),  # 0.875
    "resilience": ("++-", Fraction(2, 3), 3),  # 0.667
    "communication": ("+/-", Fraction(1, 2), 2),
    "writing": ("+--", Fraction(1, 3), 1),
    "relationships": ("---", Fraction(0), 0),
    "execution": ("+/", Fraction(3, 4), 3),
    "composure": ("+++", Fraction(1), 5),
    "coordination": ("+..", Fraction(1), 5),  # 1 of the 1 observed
    "information": ("//", Fraction(1, 2), 2),
    "needs-analysis": ("++/-", Fraction(5, 8), 3),  # 0.625
    "tailored-strategy": ("++/", Fraction(5, 6), 4),  # 0.833
    "active-marketing": ("+/--", Fraction(3, 8), 1),  # 0.375, just below 0.4
    "retention": ("+++++-", Fraction(5, 6), 4),
    "customer-relations": ("++----", Fraction(1, 3), 1),
}
INTERMEDIATE = {  # level 3
    "achievement": ("++//", Fraction(3, 4), 3),
    "resilience": ("+++", Fraction(1), 5),
    "communication": ("++/", Fraction(5, 6), 4),
    "writing": ("//-", Fraction(1, 3), 1),
    "relationships": ("---", Fraction(0), 0),
    "execution": ("++-", Fraction(2, 3), 3),
    "composure": ("+/-", Fraction(1, 2), 2),
    "coordination": ("+/.", Fraction(3, 4), 3),  # 1.5 of the 2 observed
    "information": ("...", None, None),
    "needs-analysis": ("/---", Fraction(1, 8), 1),
    "tailored-strategy": ("+++.", Fraction(1), 5),
    "active-marketing": ("++++-", Fraction(4, 5), 4),  # 0.8 exactly
    "retention": ("+++/--", Fraction(7, 12), 2),  # 0.583, just below 0.6
    "customer-relations": ("++++++/-", Fraction(13, 16), 4),  # 0.8125
}
SENIOR = {  # level 2
    "achievement": ("++++", Fraction(1), 5),
    "resilience": ("+++-", Fraction(3, 4), 3),
    "communication": ("++--", Fraction(1, 2), 2),
    "writing": ("++/", Fraction(5, 6), 4),
    "relationships": ("----", Fraction(0), 0),
    "execution": ("/...", Fraction(1, 2), 2),
    "composure": ("///", Fraction(1, 2), 2),
    "coordination": ("+---", Fraction(1, 4), 1),
    "information": ("+++/", Fraction(7, 8), 4),
    "needs-analysis": ("+++--", Fraction(3, 5), 3),  # 0.6 exactly
    "tailored-strategy": ("++---", Fraction(2, 5), 2),  # 0.4 exactly
    "active-marketing": ("+++/-", Fraction(7, 10), 3),
    "retention": ("+++++++-", Fraction(7, 8), 4),
    "customer-relations": ("++++++++/", Fraction(17, 18), 4),  # 0.944, just below 1
}
EXPERT = {  # level 1
    "achievement": ("++++", Fraction(1), 5),  # the top level: 6 is never suggested
    "resilience": ("++/-", Fraction(5, 8), 3),
    "communication": ("+/--", Fraction(3, 8), 1),
    "writing": ("---", Fraction(0), 0),
    "relationships": ("+++/", Fraction(7, 8), 4),
    "execution": ("+.-.", Fraction(1, 2), 2),
    "composure": ("++", Fraction(1), 5),
    "coordination": ("///", Fraction(1, 2), 2),
    "information": ("++.-", Fraction(2, 3), 3),
    "needs-analysis": ("/--", Fraction(1, 6), 1),
    "tailored-strategy": ("++++-", Fraction(4, 5), 4),
    "active-marketing": ("+/-", Fraction(1, 2), 2),
    "retention": ("+++---", Fraction(1, 2), 2),
    "customer-relations": ("+++++----", Fraction(5, 9), 2),  # 0.556
}
TABLES = {"4": JUNIOR, "3": INTERMEDIATE, "2": SENIOR, "1": EXPERT}
ROWS = [(level, element, *row) for level, table in TABLES.items() for element, row in table.items()]


def examined(*scores: str | None) -> dict[str, Decimal | None]:
    """Scores of the four subjects of general knowledge, in order; None: not taken."""
    subjects = CLIENT.element("general-knowledge").subjects
    return {
        subject.id: None if score is None else Decimal(score) for subject, score in zip(subjects, scores, strict=True)
    }


@pytest.mark.parametrize(("level", "element", "answers", "share", "suggestion"), ROWS)
def test_answers_become_a_share_and_a_rating_on_the_scale(
    level: str, element: str, answers: str, share: Fraction | None, suggestion: int | None
) -> None:
    result = of(scored(CLIENT, level, marks=signs(CLIENT, level, {element: answers})), element)
    assert (result.share, result.suggestion, result.rating) == (share, suggestion, suggestion)
    assert result.gap == (None if suggestion is None else 5 - suggestion)
    assert (result.target, result.possible) == (5, 6)


@pytest.mark.parametrize("level", TABLES)
def test_the_tables_leave_no_behaviour_out(level: str) -> None:
    behaviours = [element.id for element in CLIENT.elements_at(level) if element.kind == "behaviour"]
    assert list(TABLES[level]) == behaviours


@pytest.mark.parametrize(
    ("share", "suggestion"),
    [
        ("1", 5),
        ("0.999999", 4),
        ("0.8", 4),
        ("0.799999", 3),
        ("0.6", 3),
        ("0.599999", 2),
        ("0.4", 2),
        ("0.399999", 1),
        ("0.000001", 1),
        ("0", 0),
    ],
)
def test_the_suggestion_changes_exactly_at_its_share(share: str, suggestion: int) -> None:
    assert isinstance(CLIENT.rating, ScaleRating)
    assert suggestion_row(CLIENT.rating, Fraction(share)).rating == suggestion


@pytest.mark.parametrize(
    ("level", "above", "element", "next_level", "suggestion"),
    [
        ("4", "3", "achievement", "++--", 6),  # exactly half
        ("4", "3", "achievement", "+///", 5),  # partly doesn't count: 1 of 4
        ("4", "3", "achievement", "++..", 6),  # not observed stays in the count: 2 of 4
        ("4", "3", "achievement", "+...", 5),
        ("4", "3", "achievement", "....", 5),
        ("4", "3", "resilience", "+--", 5),  # 1 of 3
        ("4", "3", "resilience", "++-", 6),  # 2 of 3
        ("3", "2", "achievement", "-+-+", 6),
        ("3", "2", "active-marketing", "++---", 5),  # 2 of 5
        ("3", "2", "active-marketing", "+++--", 6),
        ("2", "1", "composure", "+-", 6),  # exactly half of 2
        ("2", "1", "writing", "+//", 5),
        ("2", "1", "customer-relations", "++++-----", 5),  # 4 of 9
        ("2", "1", "customer-relations", "+++++----", 6),
    ],
)
def test_six_needs_half_of_the_next_level(
    level: str, above: str, element: str, next_level: str, suggestion: int
) -> None:
    marks = all_marked(CLIENT, level) | signs(CLIENT, above, {element: next_level})
    result = of(scored(CLIENT, level, marks=marks), element)
    assert (result.suggestion, result.gap) == (suggestion, 5 - suggestion)


@pytest.mark.parametrize(("answers", "suggestion"), [("+++/", 4), ("+++.", 5), ("++++", 6)])
def test_six_needs_every_criterion_of_the_level_observed_and_met(answers: str, suggestion: int) -> None:
    marks = signs(CLIENT, "4", {"achievement": answers}) | all_marked(CLIENT, "3")
    assert of(scored(CLIENT, "4", marks=marks), "achievement").suggestion == suggestion


def test_at_the_top_level_six_is_given_by_hand_only() -> None:
    marks = all_marked(CLIENT, "1")
    assert {each.suggestion for each in scored(CLIENT, "1", marks=marks).elements if each.share is not None} == {5}
    check_rating(CLIENT, CLIENT.element("achievement"), "1", Decimal(6))
    by_hand = scored(CLIENT, "1", marks=marks, ratings={"achievement": Decimal(6)})
    result = of(by_hand, "achievement")
    assert (result.suggestion, result.rating, result.gap) == (5, 6, -1)


@pytest.mark.parametrize("rating", ["7", "-1", "4.5"])
def test_a_rating_is_a_whole_number_from_nought_to_six(rating: str) -> None:
    with pytest.raises(InvalidInput, match="error-rating-range"):
        check_rating(CLIENT, CLIENT.element("achievement"), "1", Decimal(rating))


@pytest.mark.parametrize(
    ("scores", "mean", "rating"),
    [
        (("100", "100", "100", "100"), 100, 6),
        (("91", "91", "90", "90"), 91, 6),  # 362 ÷ 4 = 90.5
        (("90.4", "90.4", "90.4", "90.4"), 90, 5),
        (("90.49", "90.49", "90.5", "90.5"), 90, 5),  # 361.98 ÷ 4 = 90.495
        (("81", "81", "80", "80"), 81, 5),  # 80.5
        (("80.4", "80.4", "80.4", "80.4"), 80, 4),
        (("70.5", "70.5", "70.5", "70.5"), 71, 4),
        (("70.4", "70.4", "70.4", "70.4"), 70, 3),
        (("60", "61", "60", "61"), 61, 3),  # 60.5
        (("60.4", "60.4", "60.4", "60.4"), 60, 2),
        (("40.5", "40.5", "40.5", "40.5"), 41, 2),
        (("40.4", "40.4", "40.4", "40.4"), 40, 1),
        (("0", "0", "0", "0"), 0, 1),  # taken, with nothing right
        (("100", "100", "100", None), 75, 4),  # not taken counts 0: 300 ÷ 4
        ((None, None, None, "2"), 1, 1),  # 0.5
        ((None, None, None, None), None, 0),
    ],
)
@pytest.mark.parametrize("level", TABLES)
def test_an_examination_falls_into_the_band_of_its_whole_mean(
    level: str, scores: tuple[str | None, ...], mean: int | None, rating: int
) -> None:
    result = of(scored(CLIENT, level, scores=examined(*scores)), "general-knowledge")
    assert (result.reviews[0].mean_score, result.suggestion, result.rating) == (mean, rating, rating)
    assert result.share is None


def test_scores_are_brought_to_a_hundred_and_weighted() -> None:
    heavy, light = CLIENT.element("general-knowledge").subjects[:2]
    heavy = heavy.model_copy(update={"max": Decimal(50), "weight": Decimal(3)})
    scores = {heavy.id: Decimal(45), light.id: Decimal(58)}
    assert exam_mean((heavy, light), "4", scores) == 82  # (45 ÷ 50 × 100 × 3 + 58 × 1) ÷ 4 = 328 ÷ 4


@pytest.mark.parametrize(
    ("level", "mean", "rating"),
    [
        ("4", 75, 4),  # industry counts once: (90 + 70 + 70 + 70) ÷ 4 = 75, from 71: 4
        ("2", 80, 4),  # three times: (3 × 90 + 210) ÷ 6 = 80, still from 71
        ("1", 83, 5),  # five times: (5 × 90 + 210) ÷ 8 = 82.5, a tie: up, from 81: 5
    ],
)
def test_a_subject_may_weigh_more_at_a_higher_level(level: str, mean: int, rating: int) -> None:
    by_level = '"weight":{"4":"1","3":"1","2":"3","1":"5"}'
    weighted = Standard.model_validate_json(CLIENT.model_dump_json(by_alias=True).replace('"weight":"1"', by_level, 1))
    scores = examined("70", "70", "70", "70") | {"industry": Decimal(90)}
    result = of(scored(weighted, level, scores=scores), "general-knowledge")
    assert (result.reviews[0].mean_score, result.rating) == (mean, rating)


def test_a_category_sums_its_ratings_and_counts_them_against_the_standard() -> None:
    marks = signs(CLIENT, "4", {element: row[0] for element, row in JUNIOR.items()})
    marks |= signs(CLIENT, "3", {"composure": "++-"})  # lifts composure to 6
    result = scored(CLIENT, "4", marks=marks, scores=examined("91", "91", "90", "90"))
    assert (result.total, result.grade, result.granted, result.composite) == (None, None, None, None)
    assert [(m.id, plain(m.got), m.possible, m.below, m.at, m.above) for m in result.modules] == [
        ("basic", "24", 48, 6, 1, 1),  # 4 + 3 + 2 + 1 + 0 + 3 + 6 + 5
        ("professional", "6", 24, 3, 0, 1),  # 6 + 0 + 0 + 0: three examinations not taken
        ("functional", "15", 36, 6, 0, 0),  # 2 + 3 + 4 + 1 + 4 + 1
    ]


@pytest.mark.parametrize("level", TABLES)
def test_everything_met_meets_the_standard(level: str) -> None:
    every = {subject.id: Decimal(81) for element in CLIENT.all_elements() for subject in element.subjects}
    result = scored(CLIENT, level, marks=all_marked(CLIENT, level), scores=every)
    assert {each.rating for each in result.elements} == {5}
    assert result.way_up is None


@pytest.mark.parametrize("level", TABLES)
def test_nothing_observed_rates_no_behaviour(level: str) -> None:
    result = scored(CLIENT, level, marks=all_marked(CLIENT, level, Mark.NOT_OBSERVED))
    assert {each.rating for each in result.elements if each.id in TABLES[level]} == {None}
    assert sum(module.below for module in result.modules) == 18
