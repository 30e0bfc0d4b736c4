"""Statistics of elements and criteria: figures worked by hand, what holds for any results, and the signs drawn."""

import random
from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualify.scoring import Mark, Result
from qualify.standard import all_subjects
from qualify.statistics import Doubt, Estimate, Gathering, ItemStatistics, LevelStatistics, SignKind, SignRules, signs
from qualify.statistics.intervals import PairSums, Sums, student_t
from tests.builders import CLIENT, SERVICE, all_marked, reviewed, scored

RULES = SignRules()
ITEM, CRITERION = "achievement", "achievement.4.1"


def near(estimate: Estimate | None) -> tuple[float, ...]:
    """Value, low and high to 4 places, and the count."""
    assert estimate is not None
    return (*(round(each, 4) for each in estimate[:3]), estimate.results)


def summed(values: Sequence[float]) -> Sums:
    sums = Sums()
    for value in values:
        sums.add(value)
    return sums


def paired(first: Sequence[float], second: Sequence[float]) -> PairSums:
    sums = PairSums()
    for pair in zip(first, second, strict=True):
        sums.add(*pair)
    return sums


def gathered(results: Sequence[Result], level: str = "4") -> LevelStatistics:
    gathering = Gathering(CLIENT, level)
    for each in results:
        gathering.add(each)
    return gathering.statistics()


def of(found: LevelStatistics, item: str) -> ItemStatistics:
    return next(each for each in found.items if each.id == item)


def person(item: tuple[int, ...], others: int, marks: tuple[Mark, ...]) -> Result:
    """Somebody whose assessors rate ITEM so, all other elements alike, and mark CRITERION so, all others as met."""
    ratings = {each.id: others for each in CLIENT.elements_at("4")}
    every, scores = all_marked(CLIENT, "4"), {subject.id: 90 for subject in all_subjects(CLIENT)}
    reviews = [
        reviewed("1", str(place), ratings=ratings | {ITEM: rating}, marks=every | {CRITERION: mark}, scores=scores)
        for place, (rating, mark) in enumerate(zip(item, marks, strict=True))
    ]
    return scored(CLIENT, "4", *reviews)


MET, NOT_MET, UNSEEN = Mark.MET, Mark.NOT_MET, Mark.NOT_OBSERVED


def ten_people() -> list[Result]:
    """Ten panels of two: ITEM 5 six times; 4 twice, and 3 beside 5 twice. The others go along with it but twice."""
    return [
        *(person((5, 5), 5, (MET, MET)) for _ in range(5)),
        person((5, 5), 4, (MET, UNSEEN)),
        *(person((4, 4), 4, (MET, MET)) for _ in range(2)),
        person((5, 3), 4, (MET, NOT_MET)),
        person((5, 3), 5, (NOT_MET, MET)),
    ]


# Worked by hand; proportion_confint(8, 10, method="wilson") of statsmodels says (0.4902, 0.9433).
def test_a_share_has_its_interval_by_wilson() -> None:
    assert near(summed([1] * 8 + [0] * 2).share) == (0.8, 0.4902, 0.9433, 10)
    assert near(summed([0] * 10).share) == (0, 0, 0.2775, 10)


# 1…10: mean 5.5, standard deviation √(82.5 ÷ 9) = 3.0277; 2.2622 × 3.0277 ÷ √10 = 2.1658.
def test_a_mean_has_its_interval_by_students_t() -> None:
    assert near(summed(range(1, 11)).mean) == (5.5, 3.3342, 7.6658, 10)
    tables = {9: 2.262157, 10: 2.228139, 30: 2.042272, 100: 1.983972}
    assert {v: student_t(v) for v in tables} == pytest.approx(tables, abs=5e-5)


# Neighbours change places: r = 1 − 6·10 ÷ (10·99) = 0.9394; artanh r = ½ ln 32 = 1.7329; ± 1.96 ÷ √7.
def test_a_correlation_has_its_interval_by_fishers_z() -> None:
    assert near(paired(range(1, 11), [2, 1, 4, 3, 6, 5, 8, 7, 10, 9]).correlation) == (0.9394, 0.7582, 0.9859, 10)
    assert near(paired(range(10), range(10, 0, -1)).correlation) == (-1, -1, -1, 10)
    assert paired([4.1] * 12, range(12)).correlation is None, "what never varies tells nobody apart"


def test_below_ten_results_nothing_is_said() -> None:
    nine = summed([1] * 9)
    assert (nine.share, nine.mean, nine.spread) == (None, None, None)
    assert paired(range(9), range(9)).correlation is None
    found = gathered(ten_people()[:9])
    assert (found.results, of(found, ITEM).rated, of(found, ITEM).met) == (9, 9, None)
    assert signs(CLIENT, found, RULES) == ()


def test_an_element_over_ten_people_as_worked_by_hand() -> None:
    found = gathered(ten_people())
    item = of(found, ITEM)
    assert (found.results, found.panels, item.results, item.rated) == (10, 10, 10, 10)
    assert near(item.met) == (0.6, 0.3127, 0.8318, 10)  # six of ten have 5; a panel of 5 and 3 has 4
    assert item.mean is not None
    assert (round(item.mean.value, 4), round(item.spread or 0, 4)) == (4.6, 0.5164)  # √(2.4 ÷ 9)
    assert near(item.agreed)[0] == 0.8  # 5 and 3 lie more than 1 apart
    assert item.deviation is not None
    assert round(item.deviation.value, 4) == 0.2  # each of two panels 1, eight 0
    assert item.critical == pytest.approx(7 / 6)  # seven categories
    # Both high 5, both low 3, one each way: (5·3 − 1·1) ÷ √(6·4·6·4) = 14 ÷ 24.
    assert near(item.discrimination)[0] == 0.5833


def test_a_criterion_is_met_where_all_who_observed_it_say_so() -> None:
    criterion = of(gathered(ten_people()), CRITERION)
    assert criterion.met is not None
    assert (round(criterion.met.value, 4), criterion.element) == (0.8, ITEM)
    assert criterion.mean is not None
    assert round(criterion.mean.value, 4) == 0.9  # eight 1, two ½
    assert near(criterion.unobserved)[0] == 0.05  # one of two marks, once in ten
    assert criterion.agreed is None, "only nine panels observed it twice"


def test_scores_of_examinations_are_no_opinions_and_a_subject_not_taken_was_not_observed() -> None:
    exam = next(each for each in CLIENT.elements_at("4") if each.subjects)
    first = exam.subjects[0].id
    seen = [scored(CLIENT, "4", reviewed(scores={first: 90}), reviewed(scores={first: 90})) for _ in range(10)]
    item = of(gathered(seen), exam.id)
    assert (item.agreed, item.deviation) == (None, None)
    assert near(item.unobserved)[0] == round(1 - 1 / len(exam.subjects), 4)


@cache
def pool() -> list[Result]:
    """Thirty results by lot: marks, and one to three assessors."""
    lot = random.Random(7)
    keys = list(all_marked(CLIENT, "4"))
    return [
        scored(
            CLIENT,
            "4",
            *(
                reviewed(str(lot.choice((1, 2))), str(place), marks={key: lot.choice(list(Mark)) for key in keys})
                for place in range(lot.choice((1, 2, 3)))
            ),
        )
        for _ in range(30)
    ]


def estimates(item: ItemStatistics) -> list[Estimate]:
    return [each for each in item if isinstance(each, Estimate)]


@given(st.lists(st.integers(0, 29), min_size=10, max_size=24), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_shares_are_shares_intervals_hold_their_figures_and_the_order_of_people_does_not_matter(
    drawn: list[int], lot: random.Random
) -> None:
    found = gathered([pool()[each] for each in drawn])
    for item in found.items:
        for share in filter(None, (item.met, item.unobserved, item.agreed)):
            assert 0 <= share.low <= share.high <= 1
        assert item.discrimination is None or -1 <= item.discrimination.low <= item.discrimination.high <= 1
        assert all(each.low <= each.value <= each.high for each in estimates(item))
    lot.shuffle(drawn)
    again = gathered([pool()[each] for each in drawn])
    for item, same in zip(found.items, again.items, strict=True):
        assert item[:6] == same[:6]
        for one, other in zip(estimates(item), estimates(same), strict=True):
            assert tuple(one) == pytest.approx(tuple(other), abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=10, max_size=60))
def test_any_figures_lie_within_their_intervals(pairs: list[tuple[float, float]]) -> None:
    sums = summed([first for first, _ in pairs])
    for estimate in (sums.share, sums.mean, paired(*zip(*pairs, strict=True)).correlation):
        assert estimate is None or estimate.low <= estimate.value <= estimate.high


def noticed(results: Sequence[Result], rules: SignRules = RULES) -> dict[SignKind, list[str]]:
    found: dict[SignKind, list[str]] = {kind: [] for kind in SignKind}
    for sign in signs(CLIENT, gathered(results), rules):
        found[sign.kind].append(sign.item.id)
    return found


def test_what_nearly_everybody_or_nearly_nobody_meets_is_noticed_at_the_limit_itself() -> None:
    nine_of_ten = [person((5,), 5, (MET,))] * 9 + [person((4,), 5, (NOT_MET,))]
    assert {ITEM, CRITERION} <= set(noticed(nine_of_ten)[SignKind.MET_BY_MOST])
    assert ITEM not in noticed(nine_of_ten, SignRules(met_by_most=0.91))[SignKind.MET_BY_MOST]
    one_of_ten = [person((5,), 5, (MET,))] + [person((4,), 5, (NOT_MET,))] * 9
    assert noticed(one_of_ten)[SignKind.MET_BY_FEW] == [ITEM, CRITERION]
    assert noticed(one_of_ten, SignRules(met_by_few=0.09))[SignKind.MET_BY_FEW] == []


def test_what_is_mostly_not_observed_is_noticed() -> None:
    three_of_ten = [person((5,), 5, (UNSEEN,))] * 3 + [person((5,), 5, (MET,))] * 7
    assert noticed(three_of_ten)[SignKind.UNOBSERVED] == [CRITERION]
    assert noticed(three_of_ten, SignRules(unobserved=0.31))[SignKind.UNOBSERVED] == []


def test_of_those_on_which_assessors_differ_beyond_the_critical_value_only_the_most_are_named() -> None:
    far = [person((6, 2), 5, (MET, NOT_MET))] * 10  # AD 2 of 7/6 is 1.71 times; ½ of ¼ is 2 times
    assert noticed(far)[SignKind.APART] == [CRITERION, ITEM]
    assert noticed(far, SignRules(most_apart=1))[SignKind.APART] == [CRITERION]
    near_by = [person((5, 3), 5, (MET, MET))] * 10
    assert noticed(near_by)[SignKind.APART] == []


def test_each_sign_says_what_speaks_against_it() -> None:
    ten = signs(CLIENT, gathered([person((5,), 5, (MET,))] * 10), RULES)
    assert {sign.doubts for sign in ten} == {(Doubt.UNSURE,)}, "ten of ten may be three of four"
    hundred = signs(CLIENT, gathered([person((5,), 5, (MET,))] * 100), RULES)
    assert {sign.doubts for sign in hundred} == {()}
    varied = [person((5,), 5, (MET,))] * 46 + [person((2,), 2, (NOT_MET,))] * 4
    assert Doubt.TELLS in next(sign for sign in signs(CLIENT, gathered(varied), RULES) if sign.item.id == ITEM).doubts
    gathering = Gathering(SERVICE, "4")
    every = scored(SERVICE, "4", marks=all_marked(SERVICE, "4"))
    for _ in range(10):
        gathering.add(every)
    assert any(Doubt.KEY in sign.doubts for sign in signs(SERVICE, gathering.statistics(), RULES))


def test_that_few_reach_all_points_is_no_sign() -> None:
    gathering = Gathering(SERVICE, "4")
    for _ in range(10):
        gathering.add(scored(SERVICE, "4", marks=all_marked(SERVICE, "4", NOT_MET)))
    few = [sign for sign in signs(SERVICE, gathering.statistics(), RULES) if sign.kind is SignKind.MET_BY_FEW]
    assert {sign.item.kind for sign in few} == {"criterion"}


def test_the_yearly_date_lies_in_one_period_of_the_year() -> None:
    assert RULES.yearly_date(date(2026, 10, 1), date(2026, 12, 31)) == date(2026, 12, 1)
    assert RULES.yearly_date(date(2026, 7, 1), date(2026, 9, 30)) is None
    assert SignRules(yearly=(1, 2)).yearly_date(date(2026, 12, 1), date(2027, 1, 2)) == date(2027, 1, 2)
