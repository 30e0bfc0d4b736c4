"""What a review comes to so far and what it warns of, with figures worked by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from qualify.dialogue import AboveOutcome, Act, Action, News, Outlook, news_of, outlook, step, view
from qualify.scoring import Case, Known
from tests.dialogue import KEYED, POINTS, RATED, SCALE, TODAY, Walk, one_by_one, quickly, shipped


def looked(walk: Walk, known: Known | None = None, *cases: Case) -> Outlook:
    found = outlook(replace(walk.here, application_date=TODAY, known=known or Known(), known_cases=cases))
    assert found is not None
    return found


def told(walk: Walk, act: Act, argument: str, known: Known | None = None) -> News:
    here = replace(walk.here, known=known or Known())
    return news_of(here, step(here, Action(act, argument)))


# An exam, as soon as its last subject is given.


def test_the_mean_and_its_rating_are_told_with_the_last_subject() -> None:
    policy = POINTS.until("policy", one_by_one)
    assert told(policy, Act.TEXT, "80").exam is None
    exam = told(policy.do(Act.TEXT, "80"), Act.TEXT, "46.5").exam
    assert exam is not None
    # 80 of 100 and 46.5 of 50, that is 93: mean 86.5, as a whole 87; 40 points × 0.87 = 34.8, to the half 35
    assert (exam.exact, exam.mean, exam.rating) == (Fraction("86.5"), 87, 35)
    assert told(policy, Act.TEXT, "80 46.5").exam == exam


def test_none_taken_is_told_as_such() -> None:
    exam = told(SCALE.until("policy", quickly), Act.TEXT, "都没考").exam
    assert exam is not None
    assert (exam.mean, exam.rating) == (None, 0)


@pytest.mark.parametrize(
    ("typed", "given", "mean"),
    [("70 50", Decimal(70), 85), ("- 50", None, 90), ("80 50", "alike", 90)],
)
def test_a_score_that_differs_from_a_known_one_is_told_and_not_taken_gives_way_to_it(
    typed: str, given: object, mean: int
) -> None:
    news = told(POINTS.until("policy", one_by_one), Act.TEXT, typed, Known(scores={"policy": Decimal(80)}))
    assert [each.given for each in news.differing] == ([] if given == "alike" else [given])
    assert news.exam is not None
    assert news.exam.mean == mean


# Key conditions.


@pytest.mark.parametrize("mark", ["partly", "not_met", "not_observed"])
def test_a_key_condition_that_is_not_met_is_told_at_once_and_warned_of(mark: str) -> None:
    key = KEYED.do(Act.ALL_MET)
    assert [(each.criterion.id, each.mark) for each in told(key, Act.MARK, mark).unmet] == [("care.2", mark)]
    end = key.do(Act.MARK, mark).until("summary", one_by_one)
    assert [each.mark for each in looked(end).unmet] == [mark]
    assert looked(end).warns


def test_where_all_is_met_nothing_is_told_and_nothing_warns() -> None:
    assert told(KEYED.do(Act.ALL_MET), Act.MARK, "met") == News()
    assert told(POINTS, Act.MARK, "not_met") == News(), "no key condition"
    assert not looked(KEYED.until("summary", one_by_one)).warns


def test_a_key_condition_that_was_not_asked_yet_is_no_warning() -> None:
    assert looked(KEYED.do(Act.MARK, "met").do(Act.OVERVIEW)).unmet == ()


# Figures.


def test_the_outlook_of_points_has_sum_deduction_and_total() -> None:
    found = looked(RATED)
    assert (found.is_whole, found.got, found.result.total, found.result.deductions[0].found) == (True, 100, 100, 1)
    none = POINTS.until("cases", one_by_one).do(Act.DONE)
    assert (looked(none).result.total, looked(none).warns) == (95, False)
    theirs = Case(TODAY, "双卡方案")
    assert looked(none, None, theirs).result.total == 100, "what another assessor listed counts"


def test_before_the_end_only_what_is_rated_counts() -> None:
    half = POINTS.until("policy", one_by_one).do(Act.OVERVIEW)
    found = looked(half)
    assert (found.is_whole, [each.id for each in found.rated], found.got) == (False, ["care"], 60)
    assert looked(SCALE.until("policy", one_by_one)).counts == (0, 1, 0)


@pytest.mark.parametrize(("typed", "mean"), [("- 50", 90), ("70 50", 85)])
def test_the_summary_s_row_and_what_follows_read_an_exam_s_scores_alike(typed: str, mean: int) -> None:
    # 80 is known: it counts where it was not taken, and not against what was given; 40 points × mean
    end = POINTS.until("policy", one_by_one).do(Act.TEXT, typed).do(Act.OVERVIEW)
    here = replace(end.here, application_date=TODAY, known=Known(scores={"policy": Decimal(80)}))
    screen = view(here)
    assert screen.outlook is not None
    assert screen.rows[1].rating == screen.outlook.rated[1].rating == Decimal(40 * mean) / 100


def test_a_case_outside_the_window_warns_and_does_not_count() -> None:
    old = POINTS.until("cases", one_by_one).do(Act.TEXT, "2024-01-15 老案例").do(Act.DONE)
    found = looked(old)
    assert ([case.title for case in found.outside], found.result.total, found.warns) == (["老案例"], 95, True)


# The next level.


def test_what_the_next_level_comes_to_stands_on_the_rating() -> None:
    rating = SCALE.do(Act.ALL_MET)
    assert rating.screen.above is None
    half = rating.do(Act.OFFER).do(Act.MARK, "met").do(Act.MARK, "partly").screen
    assert half.above is not None
    assert (half.above.met, half.above.asked, half.above.reaches) == (1, 2, False)  # ½ of the ¾ that 3 needs
    whole = rating.do(Act.OFFER).do(Act.ALL_MET).screen
    assert whole.above is not None
    assert (whole.above.share, whole.above.reaches, whole.suggestion) == (1, True, whole.above.rating)


def test_every_shipped_review_has_an_outlook_without_a_warning_when_all_is_met() -> None:
    for review in (("service-manager", "4"), ("client-manager", "3")):
        found = looked(Walk(shipped(*review)).until("summary", quickly))
        assert (found.is_whole, found.warns, len(found.rated)) == (True, False, len(found.result.elements))


def test_exactly_as_much_as_is_needed_reaches() -> None:
    assert AboveOutcome(3, 4, Fraction(3, 4), Decimal("0.75"), Decimal(3)).reaches


def test_what_is_offered_begins_with_what_is_open_and_cannot_be_left_unobserved_at_once() -> None:
    offered = SCALE.do(Act.ALL_MET).do(Act.OFFER)
    assert Act.NONE_OBSERVED not in offered.screen.offers
    assert offered.do(Act.MARK, "met").do(Act.RESUME).do(Act.OFFER).at == "care.4"
