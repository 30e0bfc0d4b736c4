"""The service manager standard, worked by hand: shares, points, totals, grades, key conditions, inherited criteria."""

from decimal import Decimal
from fractions import Fraction

import pytest

from qualify.scoring import Mark, plain, round_half_up
from qualify.standard import criteria_at
from tests.builders import SERVICE, all_marked, cases, of, ratings_of, reviewed, scored, signs

# element: (answers, value met ÷ number observed, suggestion); points × share stands in the comment.
LEVEL_3 = {
    "customer-information": ("+++++++", Fraction(7, 7), "5"),  # 5 × 1 = 5
    "relationship-status": ("++-", Fraction(2, 3), "3.5"),  # 5 × 2/3 = 3.33
    "relationship-planning": ("++++////", Fraction(6, 8), "4"),  # 5 × 0.75 = 3.75, a tie: up
    "customer-visits": ("+++++++--", Fraction(7, 9), "4"),  # 5 × 7/9 = 3.89
    "expert-groups": ("++++---", Fraction(4, 7), "3"),  # 5 × 4/7 = 2.86
    "other-activities": ("+/----", Fraction(1, 4), "1.5"),  # 5 × 1.5/6 = 1.25, a tie: up
    "effect-evaluation": ("+++---", Fraction(1, 2), "2.5"),  # 5 × 0.5 = 2.5
    "market-environment": ("++/....", Fraction(5, 6), "4"),  # 5 × 2.5/3 = 4.17
    "promotion-execution": ("+++/-", Fraction(7, 10), "7"),  # 10 × 3.5/5 = 7
    "project-planning": ("---------", Fraction(0), "0"),  # 5 × 0
    "project-control": ("+++++++//-", Fraction(4, 5), "4"),  # 5 × 8/10 = 4
    "negotiation": ("/.........", Fraction(1, 2), "2.5"),  # 5 × 0.5/1 = 2.5
    "delivery-collection": ("+++-", Fraction(3, 4), "4"),  # 5 × 0.75 = 3.75, a tie: up
    "market-support": ("+/", Fraction(3, 4), "7.5"),  # 10 × 1.5/2 = 7.5
    "service-promotion": ("+++++/.", Fraction(11, 12), "9"),  # 10 × 5.5/6 = 9.17
    "customer-problems": ("++///", Fraction(7, 10), "5"),  # 7 × 3.5/5 = 4.9
    "user-training": ("+/-", Fraction(1, 2), "1.5"),  # 3 × 1.5/3 = 1.5
}  # 12.5 + 8.5 + 2.5 + 4 + 7 + 10.5 (0 + 4 + 2.5 + 4) + 23 = 68
LEVEL_4 = {
    "customer-information": ("---+++++++", Fraction(7, 10), "3.5"),  # own 0 of 3, level 3's 7 of 7: 5 × 7/10
    "relationship-status": ("+++-", Fraction(3, 4), "4"),  # 3.75, a tie: up
    "relationship-planning": ("+++++++/", Fraction(15, 16), "4.5"),  # 5 × 7.5/8 = 4.69
    "customer-visits": ("+++++++++", Fraction(1), "5"),
    "expert-groups": ("++++-", Fraction(4, 5), "4"),
    "other-activities": ("+++++-", Fraction(5, 6), "4"),  # 4.17
    "effect-evaluation": ("++////", Fraction(2, 3), "3.5"),  # 5 × 4/6 = 3.33
    "market-environment": ("++++++--", Fraction(3, 4), "4"),  # 3.75, a tie: up
    "product-planning": ("+++-", Fraction(3, 4), "2.5"),  # 3 × 0.75 = 2.25, a tie: up
    "promotion-planning": ("++/-", Fraction(5, 8), "2"),  # 3 × 2.5/4 = 1.875
    "promotion-execution": ("++++++-", Fraction(6, 7), "3.5"),  # 4 × 6/7 = 3.43
    "project-planning": ("++++++++++++/", Fraction(25, 26), "5"),  # 5 × 12.5/13 = 4.81
    "project-control": ("++++++++/", Fraction(17, 18), "4.5"),  # 5 × 8.5/9 = 4.72
    "negotiation": ("++++++++", Fraction(1), "5"),
    "delivery-collection": ("+++//", Fraction(4, 5), "4"),
    "market-support": ("++/", Fraction(5, 6), "8.5"),  # 10 × 2.5/3 = 8.33
    "service-promotion": ("++++++-", Fraction(6, 7), "8.5"),  # 8.57
    "customer-problems": ("++++/", Fraction(9, 10), "6.5"),  # 7 × 0.9 = 6.3
    "user-training": ("++.", Fraction(1), "3"),  # 2 of the 2 observed
}  # 12 + 13 + 3.5 + 4 + 8 + 18.5 (5 + 4.5 + 5 + 4) + 26.5 = 85.5
LEVEL_5 = {
    "customer-information": ("+++/", Fraction(7, 8), "4.5"),  # 5 × 0.875 = 4.375
    "relationship-status": ("+//", Fraction(2, 3), "3.5"),  # 3.33
    "relationship-planning": ("+++++++-", Fraction(7, 8), "4.5"),  # 4.375
    "customer-visits": ("+++++/", Fraction(11, 12), "4.5"),  # 4.58
    "other-activities": ("++++/", Fraction(9, 10), "9"),  # 10 × 4.5/5
    "effect-evaluation": ("++/", Fraction(5, 6), "4"),  # 4.17
    "market-environment": ("+++++///", Fraction(13, 16), "4"),  # 5 × 6.5/8 = 4.06
    "product-planning": ("++++/-", Fraction(3, 4), "4"),  # 3.75, a tie: up
    "promotion-planning": ("+++/-", Fraction(7, 10), "3.5"),
    "project-planning": ("++++++//", Fraction(7, 8), "9"),  # 10 × 7/8 = 8.75, a tie: up
    "project-control": ("++++++++--", Fraction(4, 5), "4"),
    "project-guidance": ("++++--", Fraction(2, 3), "3.5"),  # 3.33
    "market-support": ("+++/", Fraction(7, 8), "13"),  # 15 × 3.5/4 = 13.125
    "service-promotion": ("++/", Fraction(5, 6), "12.5"),  # 15 × 2.5/3
}  # 12.5 + 13.5 + 4 + 4 + 7.5 + 16.5 (9 + 4 + 3.5) + 25.5 = 83.5
MODULES = {  # level: points got of points possible, module by module
    "3": [("12.5", 15), ("8.5", 15), ("2.5", 5), ("4", 5), ("7", 10), ("10.5", 20), ("23", 30)],
    "4": [("12", 15), ("13", 15), ("3.5", 5), ("4", 5), ("8", 10), ("18.5", 20), ("26.5", 30)],
    "5": [("12.5", 15), ("13.5", 15), ("4", 5), ("4", 5), ("7.5", 10), ("16.5", 20), ("25.5", 30)],
}
TABLES = {"3": LEVEL_3, "4": LEVEL_4, "5": LEVEL_5}
ROWS = [(level, element, *row) for level, table in TABLES.items() for element, row in table.items()]
KEYS = [("5", "other-activities.5.1"), ("4", "project-planning.4.1")]


@pytest.mark.parametrize(("level", "element", "answers", "share", "suggestion"), ROWS)
def test_answers_become_a_share_and_points_to_the_nearest_half(
    level: str, element: str, answers: str, share: Fraction, suggestion: str
) -> None:
    result = of(scored(SERVICE, level, marks=signs(SERVICE, level, {element: answers})), element)
    assert result.share == share
    assert result.suggestion == result.rating == Decimal(suggestion)
    assert result.gap == result.possible - Decimal(suggestion)


@pytest.mark.parametrize("level", TABLES)
def test_the_tables_leave_no_element_out(level: str) -> None:
    assert list(TABLES[level]) == [element.id for element in SERVICE.elements_at(level)]


@pytest.mark.parametrize(
    ("level", "adopted", "total", "grade"),
    [  # ratings − 5 × missing cases; level 3 requires 1, level 4 requires 2, level 5 requires 3
        ("3", 2, "68", "basic"),
        ("3", 1, "68", "basic"),
        ("3", 0, "63", "basic"),
        ("4", 2, "85.5", "professional"),
        ("4", 1, "80.5", "ordinary"),
        ("4", 0, "75.5", "ordinary"),
        ("5", 3, "83.5", "ordinary"),
        ("5", 2, "78.5", "ordinary"),
        ("5", 1, "73.5", "ordinary"),
        ("5", 0, "68.5", "basic"),
    ],
)
def test_the_total_is_the_sum_less_five_for_each_missing_case(level: str, adopted: int, total: str, grade: str) -> None:
    answers = signs(SERVICE, level, {element: row[0] for element, row in TABLES[level].items()})
    result = scored(SERVICE, level, marks=answers, cases=cases(adopted))
    assert (result.total, result.grade, result.granted) == (Decimal(total), grade, True)


@pytest.mark.parametrize("level", MODULES)
def test_a_module_sums_what_was_got_and_what_is_possible(level: str) -> None:
    answers = signs(SERVICE, level, {element: row[0] for element, row in TABLES[level].items()})
    modules = scored(SERVICE, level, marks=answers).modules
    assert [(plain(each.got), each.possible) for each in modules] == MODULES[level]


@pytest.mark.parametrize("level", TABLES)
def test_everything_met_gives_a_hundred_at_every_level(level: str) -> None:
    result = scored(SERVICE, level, marks=all_marked(SERVICE, level), cases=cases(3))
    assert (result.total, result.grade, result.way_up) == (Decimal(100), "professional", None)
    assert {each.gap for each in result.elements} == {Decimal(0)}


@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [
        ("2.25", "0.5", "2.5"),
        ("2.2499", "0.5", "2"),
        ("2.75", "0.5", "3"),
        ("0.25", "0.5", "0.5"),
        ("0.2499", "0.5", "0"),
        ("90.5", "1", "91"),
        ("90.49", "1", "90"),
        ("82.45", "0.1", "82.5"),
        ("0", "0.5", "0"),
        ("-0.25", "0.5", "0"),
        ("-0.26", "0.5", "-0.5"),
    ],
)
def test_a_value_between_two_steps_goes_to_the_nearest_and_from_the_middle_up(
    value: str, step: str, rounded: str
) -> None:
    assert round_half_up(Decimal(value), Decimal(step)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "professional"),
        ("85", "professional"),
        ("84.5", "ordinary"),
        ("70", "ordinary"),
        ("69.5", "basic"),
        ("60", "basic"),
        ("59.5", "preparatory"),
        ("0", "preparatory"),
    ],
)
@pytest.mark.parametrize("level", TABLES)
def test_a_grade_begins_at_its_total(level: str, total: str, grade: str) -> None:
    marks = {key: Mark.MET for _, key in KEYS}
    result = scored(SERVICE, level, marks=marks, ratings=ratings_of(level, total), cases=cases(3))
    assert (result.total, result.grade_by_total, result.grade) == (Decimal(total), grade, grade)


def test_the_total_is_never_below_zero() -> None:
    result = scored(SERVICE, "5", ratings=ratings_of("5", "14.5"))  # 14.5 − 3 × 5 = −0.5
    assert (result.total, result.grade_by_total) == (Decimal(0), "preparatory")


def test_an_element_is_asked_only_where_it_has_points() -> None:
    asked = {level: {element.id for element in SERVICE.elements_at(level)} for level in TABLES}
    assert asked["4"] - asked["3"] == {"product-planning", "promotion-planning"}
    assert asked["5"] - asked["4"] == {"project-guidance"}


@pytest.mark.parametrize(
    ("mark", "granted"), [(Mark.MET, True), (Mark.PARTLY, False), (Mark.NOT_MET, False), (Mark.NOT_OBSERVED, False)]
)
@pytest.mark.parametrize(("level", "key"), KEYS)
def test_the_level_is_granted_only_with_its_key_condition(level: str, key: str, mark: Mark, granted: bool) -> None:
    result = scored(SERVICE, level, marks=all_marked(SERVICE, level) | {key: mark}, cases=cases(3))
    assert result.granted is granted
    assert result.blocked_by == (() if granted else (key,))
    assert result.total is not None
    assert result.total > 90, "the total is shown all the same"
    assert (result.grade_by_total, result.grade) == ("professional", "professional" if granted else None)


@pytest.mark.parametrize(
    ("first", "second", "granted"),
    [
        (Mark.MET, Mark.MET, True),
        (Mark.MET, Mark.NOT_OBSERVED, True),
        (Mark.MET, Mark.PARTLY, False),
        (Mark.MET, Mark.NOT_MET, False),
        (Mark.NOT_OBSERVED, Mark.NOT_OBSERVED, False),
    ],
)
@pytest.mark.parametrize(("level", "key"), KEYS)
def test_a_key_condition_is_met_when_all_who_observed_it_say_so(
    level: str, key: str, first: Mark, second: Mark, granted: bool
) -> None:
    one, other = reviewed(marks={key: first}), reviewed(marks={key: second})
    assert scored(SERVICE, level, one, other).granted is granted
    assert scored(SERVICE, level, other, one).granted is granted


def test_level_three_has_no_key_condition() -> None:
    assert scored(SERVICE, "3").granted is True


@pytest.mark.parametrize(("element", "own", "inherited"), [("customer-information", 3, 7), ("project-planning", 4, 9)])
def test_level_four_takes_over_the_criteria_of_level_three(element: str, own: int, inherited: int) -> None:
    levels = [criterion.id.split(".")[1] for criterion in criteria_at(SERVICE.element(element), "4")]
    assert levels == ["4"] * own + ["3"] * inherited
    only_inherited = all_marked(SERVICE, "3") | {
        criterion.id: Mark.NOT_MET for criterion in criteria_at(SERVICE.element(element), "4")[:own]
    }
    assert of(scored(SERVICE, "4", marks=only_inherited), element).share == Fraction(inherited, own + inherited)


def test_answers_of_another_level_change_nothing() -> None:
    here = signs(SERVICE, "3", {"project-planning": "+++++----"})
    with_others = here | all_marked(SERVICE, "5") | {"project-planning.4.1": Mark.MET}
    assert scored(SERVICE, "3", marks=here) == scored(SERVICE, "3", marks=with_others)


def test_nothing_observed_gives_no_suggestion_and_counts_as_nothing() -> None:
    result = scored(SERVICE, "3", marks=all_marked(SERVICE, "3", Mark.NOT_OBSERVED), cases=cases(1))
    assert {(each.share, each.suggestion, each.rating, each.gap) for each in result.elements} == {(None,) * 4}
    assert (result.total, sum(module.below for module in result.modules)) == (Decimal(0), 17)


def test_the_assessor_may_rate_what_was_not_observed_and_change_what_was_suggested() -> None:
    ratings = {"customer-visits": Decimal("4.5"), "other-activities": Decimal(1)}
    result = scored(SERVICE, "3", marks=signs(SERVICE, "3", {"other-activities": "++++++"}), ratings=ratings)
    visits, others = of(result, "customer-visits"), of(result, "other-activities")
    assert (visits.suggestion, visits.rating, visits.gap) == (None, Decimal("4.5"), Decimal("0.5"))
    assert (others.suggestion, others.rating, others.gap) == (Decimal(5), Decimal(1), Decimal(4))
