"""Beside the way and back: the next level, visits to earlier steps, the overview."""

import pytest

from qualify.dialogue import Act, EntryKind, Position, StepKind, acts, plan
from qualify.errors import Stale
from qualify.scoring import Mark
from tests.dialogue import PAIR, POINTS, RATED, SCALE, Walk, at_the_rating, one_by_one, quickly, scale_standard

# The next level.


def test_the_next_level_is_offered_when_all_of_this_one_is_met() -> None:
    met = SCALE.do(Act.ALL_MET)
    assert Act.OFFER in met.screen.offers
    offered = met.do(Act.OFFER)
    assert (offered.at, offered.screen.ordinal, offered.screen.ordinals) == ("care.3", 1, 2)
    assert offered.screen.offered


def test_the_next_level_is_not_offered_before() -> None:
    partly = SCALE.do(Act.MARK, "met").do(Act.MARK, "partly")
    assert Act.OFFER not in partly.screen.offers
    with pytest.raises(Stale):
        partly.do(Act.OFFER)


def test_at_the_top_level_and_in_points_nothing_is_offered() -> None:
    top = Walk(plan(scale_standard(), "high")).until("care rating", quickly)
    assert Act.OFFER not in top.screen.offers | POINTS.until("care rating", quickly).screen.offers


def test_criteria_taken_over_from_this_level_are_not_asked_again() -> None:
    asked = [step.key for step in SCALE.plan.of_element("care") if step.kind is StepKind.CRITERION]
    assert asked == ["care.1", "care.2", "care.3", "care.4"]


def test_offered_criteria_lead_back_to_the_rating_which_follows_from_them() -> None:
    offered = SCALE.do(Act.ALL_MET).do(Act.OFFER)
    back = offered.do(Act.MARK, "not_met").do(Act.MARK, "not_met")
    assert (back.at, back.screen.suggestion) == ("care rating", 2)
    exceeding = offered.do(Act.ALL_MET)
    assert (exceeding.at, exceeding.screen.suggestion) == ("care rating", 3)


def test_among_offered_criteria_one_goes_back_and_forward_one_at_a_time() -> None:
    second = SCALE.do(Act.ALL_MET).do(Act.OFFER).do(Act.MARK, "met")
    assert second.at == "care.4"
    assert second.do(Act.BACK).at == "care.3"
    assert second.do(Act.BACK).do(Act.BACK).at == "care.2"
    assert second.do(Act.BACK).do(Act.FORWARD).at == "care.4"
    assert second.do(Act.FORWARD).at == "care rating"


def test_the_next_level_can_be_looked_at_on_a_visit() -> None:
    seen = at_the_rating(SCALE.until("summary", quickly)).do(Act.OFFER).do(Act.ALL_MET)
    assert seen.at == "care rating"
    assert not seen.do(Act.RESUME).screen.complete, "the rating is still 2"
    assert seen.do(Act.RATE, "3").screen.complete


# Visits.


def test_an_answer_on_a_visit_replaces_the_earlier_one_and_the_log_keeps_both() -> None:
    walk = POINTS.do(Act.MARK, "met").do(Act.BACK).do(Act.MARK, "partly")
    assert walk.answers.marks == {"care.1": Mark.PARTLY}
    assert [entry.value for entry in walk.entries if entry.given is EntryKind.MARK] == ["met", "partly"]
    assert walk.at == "care.2"


def test_a_visit_walks_to_the_end_of_its_element_and_then_returns() -> None:
    visit = RATED.do(Act.JUMP, "0").do(Act.MARK, "met")
    assert visit.at == "care.2"
    assert visit.do(Act.MARK, "met").at == "care rating"
    assert visit.do(Act.MARK, "met").do(Act.RATE, "60").at == "summary"
    assert RATED.do(Act.JUMP, "1").do(Act.TEXT, "70 30").at == "summary"


def test_a_visit_that_answers_beyond_the_frontier_moves_it_on() -> None:
    second = POINTS.until("rules", one_by_one)
    assert second.do(Act.BACK).do(Act.TEXT, "70 30").at == "cases"
    assert second.do(Act.BACK).do(Act.TEXT, "70").at == "rules"


def test_a_rating_changed_on_a_visit_asks_why_and_then_returns() -> None:
    why = at_the_rating(RATED).do(Act.RATE, "30")
    assert why.at == "care reason"
    assert why.do(Act.TEXT, "投诉").screen.complete
    assert why.do(Act.FORWARD).at == "policy", "leaving without a reason is possible"
    assert not why.do(Act.RESUME).screen.complete, "submitting without one is not"


def test_cases_visited_stay_in_hand_until_they_are_done() -> None:
    visit = RATED.do(Act.JUMP, "2").do(Act.TEXT, "2026-04-01 乙")
    assert visit.at == "cases"
    assert visit.do(Act.UNDO).at == "cases"
    assert visit.do(Act.DONE).at == "summary"


def test_back_and_forward_mirror_each_other_and_skip_what_was_not_asked() -> None:
    walk, names = RATED, ["summary"]
    while Act.BACK in acts(walk.here):
        walk = walk.do(Act.BACK)
        names.append(walk.at)
    assert names == ["summary", "cases", "rules", "policy", "care rating", "care.2", "care.1"]
    while Act.FORWARD in acts(walk.here):
        walk = walk.do(Act.FORWARD)
        assert walk.at == names[len(names) - 2]
        names.pop()
    assert walk.screen.complete


def test_the_overview_is_the_summary_before_its_time() -> None:
    overview = POINTS.until("policy", one_by_one).do(Act.OVERVIEW)
    assert (overview.at, overview.screen.visiting, overview.screen.complete) == ("summary", True, False)
    assert [row.open for row in overview.screen.rows] == [False, True]
    assert overview.do(Act.BACK).at == overview.do(Act.RESUME).at == "policy"


@pytest.mark.parametrize("argument", ["3", "-1", "", "x", "٠", "9" * 5000])
def test_the_overview_jumps_to_nothing_that_is_not_there(argument: str) -> None:
    with pytest.raises(Stale):
        POINTS.do(Act.OVERVIEW).do(Act.JUMP, argument)
    with pytest.raises(Stale):
        SCALE.do(Act.OVERVIEW).do(Act.JUMP, "2")  # it asks for no cases


# Jumping ahead.


def test_after_a_jump_ahead_the_walk_goes_on_from_there_and_comes_back_before_the_summary() -> None:
    law = POINTS.do(Act.MARK, "met").do(Act.OVERVIEW).do(Act.JUMP, "1")
    assert (law.at, law.position) == ("policy", Position(1, 4, 3))
    cases = law.do(Act.TEXT, "80 40")
    assert (cases.at, cases.position.ahead) == ("cases", (4, 5))
    back = cases.do(Act.DONE)
    assert (back.at, back.position) == ("care.2", Position(1, None, 6, (4, 5, 6)))
    assert back.screen.percent == 66, "4 of 6 are answered"
    end = back.do(Act.MARK, "met").do(Act.RATE, "60")
    assert end.screen.complete
    assert end.position.ahead == ()


def test_an_element_answered_ahead_is_not_asked_again() -> None:
    ahead = POINTS.do(Act.OVERVIEW).do(Act.JUMP, "1").do(Act.TEXT, "80 40").do(Act.RESUME)
    assert ahead.until("care rating", quickly).do(Act.RATE, "60").at == "cases"


def test_an_element_half_answered_ahead_goes_on_where_it_was_left() -> None:
    half = POINTS.do(Act.OVERVIEW).do(Act.JUMP, "1").do(Act.TEXT, "80")
    assert half.at == "rules"
    assert half.do(Act.RESUME).at == "care.1"
    assert half.do(Act.OVERVIEW).do(Act.JUMP, "1").at == "rules"


def test_back_from_an_element_jumped_to_leads_to_where_the_walk_was_left() -> None:
    law = POINTS.do(Act.MARK, "met").do(Act.OVERVIEW).do(Act.JUMP, "1")
    assert law.do(Act.BACK).position.cursor is None
    assert Act.FORWARD not in acts(law.here)
    rules = law.do(Act.TEXT, "80")
    assert rules.do(Act.BACK).at == "policy"
    assert rules.do(Act.BACK).do(Act.FORWARD).at == "rules"


def test_a_whole_element_is_rated_ahead_and_its_reason_is_not_forgotten() -> None:
    rating = PAIR.do(Act.OVERVIEW).do(Act.JUMP, "1").do(Act.MARK, "met").do(Act.MARK, "met")
    assert rating.at == "mind rating"
    without = rating.do(Act.RATE, "30")
    assert (without.at, without.do(Act.RESUME).at) == ("mind reason", "care.1")
    assert without.do(Act.OVERVIEW).do(Act.JUMP, "1").at == "mind rating", "it still owes the reason"
    assert without.do(Act.RESUME).do(Act.ALL_MET).do(Act.RATE, "40").at == "mind rating"
    assert without.do(Act.TEXT, "投诉").do(Act.ALL_MET).do(Act.RATE, "40").screen.complete


def test_an_element_is_not_rated_before_its_key_condition_is_answered() -> None:
    second = PAIR.do(Act.ALL_MET).do(Act.RATE, "40").do(Act.OVERVIEW).do(Act.JUMP, "1")
    assert (second.at, second.position.cursor) == ("mind.1", None)
    assert Act.FORWARD not in acts(second.here)


def test_a_review_is_complete_only_with_the_summary_in_hand() -> None:
    assert RATED.screen.complete
    assert not RATED.do(Act.BACK).screen.complete
