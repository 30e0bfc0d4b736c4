"""The rules of the review, one by one, on the small standards: what each step takes, and where it leads."""

from dataclasses import replace
from decimal import Decimal

import pytest

from qualify.dialogue import Act, Action, Position, StepKind, acts, answers_of, plan, step, view
from qualify.dialogue.machine import RULES
from qualify.dialogue.plan import is_offered
from qualify.errors import InvalidInput, Stale
from qualify.scoring import Known, Mark
from tests.builders import CLIENT
from tests.dialogue import CASE, KEYED, POINTS, RATED, at_the_rating, one_by_one, points_standard

MOVES = {Act.BACK, Act.FORWARD, Act.RESUME, Act.OVERVIEW}

# What each kind of step offers.


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("care.1", {Act.MARK, Act.ALL_MET, Act.NONE_OBSERVED, Act.OVERVIEW}),
        ("care.2", {Act.MARK, Act.ALL_MET, Act.NONE_OBSERVED, Act.OVERVIEW, Act.BACK}),
        ("care rating", {Act.RATE, Act.TEXT, Act.OVERVIEW, Act.BACK}),
        ("policy", {Act.TEXT, Act.NOT_TAKEN, Act.OVERVIEW, Act.BACK}),
        ("cases", {Act.TEXT, Act.DONE, Act.OVERVIEW, Act.BACK}),
        ("summary", {Act.JUMP, Act.BACK}),
    ],
)
def test_a_step_at_the_frontier_offers_its_answers_and_the_way_back(name: str, offered: set[Act]) -> None:
    assert acts(POINTS.until(name, one_by_one).here) == offered


def test_a_visit_offers_the_ways_on_as_well() -> None:
    assert acts(RATED.do(Act.BACK).here) == {Act.TEXT, Act.UNDO, Act.DONE, *MOVES}
    assert acts(RATED.do(Act.JUMP, "0").here) == {Act.MARK, Act.RERATE, *MOVES - {Act.BACK}}


def test_the_question_why_takes_words_and_offers_the_way_back() -> None:
    why = POINTS.until("care rating", one_by_one).do(Act.RATE, "30")
    assert acts(why.here) == {Act.TEXT, Act.BACK, Act.RESUME, Act.OVERVIEW}


def test_there_is_a_rule_for_every_kind_of_step_and_for_every_act() -> None:
    assert set(RULES) == set(StepKind)
    assert {act for rules in RULES.values() for act in rules} == set(Act)


# Answers at the frontier.


def test_each_answer_leads_to_the_next_question() -> None:
    walk, seen = POINTS, []
    while not walk.screen.complete:
        seen.append(walk.at)
        walk = walk.take(one_by_one(walk.screen))
    assert seen == ["care.1", "care.2", "care rating", "policy", "rules", "cases", "cases"]


def test_all_met_answers_what_has_no_answer_yet_and_nothing_else() -> None:
    walk = POINTS.do(Act.MARK, "not_met").do(Act.ALL_MET)
    assert walk.answers.marks == {"care.1": Mark.NOT_MET, "care.2": Mark.MET}
    assert walk.at == "care rating"
    assert Act.ALL_MET not in acts(walk.do(Act.BACK).here)


def test_an_element_that_was_not_observed_takes_one_press_and_a_rating_by_hand_with_its_reason() -> None:
    unseen = POINTS.do(Act.NONE_OBSERVED)
    assert unseen.answers.marks == {"care.1": Mark.NOT_OBSERVED, "care.2": Mark.NOT_OBSERVED}
    assert (unseen.at, unseen.screen.suggestion) == ("care rating", None)
    assert unseen.do(Act.RATE, "30").do(Act.TEXT, "新到岗").at == "policy"
    seen = POINTS.do(Act.MARK, "met").do(Act.NONE_OBSERVED)
    assert (seen.answers.marks["care.1"], seen.screen.suggestion) == (Mark.MET, 60)


def test_a_mark_that_there_is_not_is_refused() -> None:
    with pytest.raises(Stale):
        POINTS.do(Act.MARK, "excellent")


def test_scores_are_taken_one_by_one_or_in_one_line() -> None:
    policy = POINTS.until("policy", one_by_one)
    singly = policy.do(Act.TEXT, "80").do(Act.NOT_TAKEN)
    assert singly.answers.scores == {"policy": 80, "rules": None}
    assert policy.do(Act.TEXT, "80 -").answers == singly.answers
    assert policy.do(Act.TEXT, "80 -").at == singly.at == "cases"


def test_numbers_without_a_name_are_for_what_is_neither_given_nor_known_and_known_scores_stand() -> None:
    policy = POINTS.until("policy", one_by_one)
    here = replace(policy.here, known=Known(scores={"policy": Decimal(81)}))
    assert [subject.id for subject in view(here).subjects] == ["rules"]
    outcome = step(here, Action(Act.TEXT, "40"))
    assert answers_of(outcome.entries).scores == {"policy": 81, "rules": 40}
    assert here.plan.steps[outcome.position.current].kind is StepKind.CASES, "one answer ends the element"
    for text, known_one in (("70 40", 70), ("rules 40 policy 70", 70)):
        assert answers_of(step(here, Action(Act.TEXT, text)).entries).scores == {"policy": known_one, "rules": 40}
    named = step(here, Action(Act.TEXT, "policy 70"))
    assert answers_of(named.entries).scores == {"policy": 70}
    assert here.plan.steps[named.position.current].key == "rules", "what isn't known is still asked"


def test_where_all_scores_are_given_a_name_changes_its_own_and_a_whole_line_all() -> None:
    law = RATED.do(Act.JUMP, "1")
    assert law.answers.scores == {"policy": 100, "rules": 50}
    assert law.do(Act.TEXT, "Rul：41.5分").answers.scores == {"policy": 100, "rules": Decimal("41.5")}
    assert law.do(Act.TEXT, "rules 没考").at == "summary"
    assert law.do(Act.TEXT, "70 30").answers.scores == {"policy": 70, "rules": 30}
    with pytest.raises(InvalidInput, match="error-scores-all"):
        law.do(Act.TEXT, "70")
    assert Act.NOT_TAKEN not in acts(law.here), "of which?"


def test_the_last_subject_takes_one_score_only() -> None:
    with pytest.raises(InvalidInput, match="error-scores-one"):
        POINTS.until("rules", one_by_one).do(Act.TEXT, "40 41")


def test_cases_are_listed_any_number_at_a_time_until_they_are_done() -> None:
    walk = POINTS.until("cases", one_by_one).do(Act.TEXT, CASE).do(Act.TEXT, "2026-04-01 乙\n2026-05-01 丙")
    assert [case.title for case in walk.answers.cases] == ["一次通宵割接的复盘", "乙", "丙"]
    assert walk.at == "cases"
    assert walk.do(Act.DONE).at == "summary"


def test_there_may_be_no_cases() -> None:
    walk = POINTS.until("cases", one_by_one).do(Act.DONE)
    assert walk.screen.complete
    assert walk.answers.cases == ()


def test_a_case_sent_twice_is_listed_once() -> None:
    walk = POINTS.until("cases", one_by_one).do(Act.TEXT, CASE).do(Act.TEXT, f"{CASE}\n2026-04-01 乙")
    assert [case.title for case in walk.answers.cases] == ["一次通宵割接的复盘", "乙"]


def test_the_last_case_can_be_taken_back_while_there_is_one() -> None:
    walk = POINTS.until("cases", one_by_one).do(Act.TEXT, f"{CASE}\n2026-04-01 乙").do(Act.UNDO)
    assert [case.title for case in walk.answers.cases] == ["一次通宵割接的复盘"]
    with pytest.raises(Stale):
        walk.do(Act.UNDO).do(Act.UNDO)


def test_cases_are_asked_only_where_some_are_required() -> None:
    standard = points_standard()
    none = standard.deductions[0].model_copy(update={"required": {"one": 0}})
    way = plan(standard.model_copy(update={"deductions": (none,)}), "one")
    assert [step.kind for step in way.of_element("")] == [StepKind.SUMMARY]


# Ratings, and why they differ.


def test_the_suggested_rating_needs_no_reason() -> None:
    assert POINTS.until("care rating", one_by_one).do(Act.RATE, "60").at == "policy"


@pytest.mark.parametrize("text", ["45.5", " 45.50 ", "４５．５", "45。5", "45.5分"])
def test_a_rating_can_be_typed(text: str) -> None:
    walk = POINTS.until("care rating", one_by_one).do(Act.TEXT, text)
    assert walk.answers.ratings == {"care": Decimal("45.5")}


@pytest.mark.parametrize("text", ["", "60.5", "-1", "0.3", "1e1", "NaN", "4_5", "好", "9" * 4000])
def test_a_rating_that_is_not_possible_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        POINTS.until("care rating", one_by_one).do(Act.RATE, text)
    assert len(str(refusal.value)) < 200


def test_a_rating_that_differs_is_kept_and_asks_why_before_the_review_goes_on() -> None:
    why = POINTS.until("care rating", one_by_one).do(Act.RATE, "30")
    assert why.answers.ratings == {"care": 30}
    assert (why.at, why.screen.percent) == ("care reason", POINTS.until("care rating", one_by_one).screen.percent)
    went_on = why.do(Act.TEXT, " 客户投诉过两次 ")
    assert went_on.at == "policy"
    assert went_on.answers.reasons == {"care": "客户投诉过两次"}


def test_without_a_reason_the_review_comes_back_to_the_rating() -> None:
    why = POINTS.until("care rating", one_by_one).do(Act.RATE, "30")
    assert {why.do(act).at for act in (Act.BACK, Act.RESUME)} == {"care rating"}
    assert why.do(Act.OVERVIEW).do(Act.RESUME).do(Act.RATE, "60").at == "policy"


def test_the_same_rating_again_asks_why_until_that_is_known() -> None:
    why = POINTS.until("care rating", one_by_one).do(Act.RATE, "30")
    again = why.do(Act.BACK).do(Act.RATE, "30")
    assert (again.at, again.answers.reasons) == ("care reason", {})
    known = at_the_rating(RATED).do(Act.RATE, "30").do(Act.TEXT, "客户投诉过两次")
    assert at_the_rating(known).do(Act.RATE, "30").screen.complete


def test_a_rating_by_hand_where_nothing_was_observed_needs_a_reason() -> None:
    blind = POINTS.do(Act.MARK, "not_observed").do(Act.MARK, "not_observed")
    assert blind.screen.suggestion is None
    assert blind.do(Act.RATE, "0").at == "care reason"


def test_a_new_rating_needs_a_reason_of_its_own() -> None:
    first = at_the_rating(RATED).do(Act.RATE, "30").do(Act.TEXT, "投诉")
    second = at_the_rating(first).do(Act.RATE, "20")
    assert second.answers.reasons == {}
    assert not second.do(Act.RESUME).screen.complete


def test_answers_changed_afterwards_leave_the_rating_unsettled() -> None:
    changed = RATED.do(Act.JUMP, "0").do(Act.MARK, "not_met").do(Act.RESUME)
    assert [row.unsettled for row in changed.screen.rows] == [True, False]
    assert not changed.screen.complete
    assert changed.do(Act.JUMP, "0").do(Act.RATE, "30").screen.complete


def test_the_same_answer_again_changes_nothing() -> None:
    explained = at_the_rating(RATED).do(Act.RATE, "30").do(Act.TEXT, "投诉")
    assert explained.do(Act.JUMP, "0").do(Act.MARK, "met").do(Act.RESUME).screen.complete


def test_a_reason_falls_when_an_answer_beside_it_changes() -> None:
    explained = at_the_rating(RATED).do(Act.RATE, "45").do(Act.TEXT, "投诉")
    assert explained.screen.complete
    changed = explained.do(Act.JUMP, "0").do(Act.MARK, "partly").do(Act.RESUME)
    assert changed.screen.complete, "45 is what the answers suggest now"
    assert not changed.do(Act.JUMP, "0").do(Act.MARK, "not_met").do(Act.RESUME).screen.complete


def test_a_jump_to_an_unsettled_element_leads_to_its_rating() -> None:
    unsettled = RATED.do(Act.JUMP, "0").do(Act.MARK, "not_met").do(Act.RESUME)
    assert RATED.do(Act.JUMP, "0").at == "care.1"
    assert unsettled.do(Act.JUMP, "0").at == "care rating"


@pytest.mark.parametrize(("act", "mark"), [(Act.ALL_MET, "met"), (Act.NONE_OBSERVED, "not_observed")])
def test_one_press_for_all_never_speaks_for_a_key_condition_which_is_asked_next(act: Act, mark: str) -> None:
    assert [each.id for each in KEYED.screen.together] == ["care.1", "care.3"]
    key = KEYED.do(act)
    assert key.answers.marks == {"care.1": mark, "care.3": mark}
    assert (key.at, key.screen.together) == ("care.2", ())
    with pytest.raises(Stale):
        key.do(act)
    assert key.do(Act.MARK, "partly").at == "care rating"


def test_a_key_condition_in_hand_is_answered_alone() -> None:
    key = KEYED.do(Act.MARK, "met")
    assert (key.at, key.screen.together) == ("care.2", ())
    assert [each.id for each in key.do(Act.MARK, "met").screen.together] == ["care.3"]


def test_a_rating_alone_is_changed_by_three_presses_from_the_summary() -> None:
    rating = RATED.do(Act.JUMP, "0").do(Act.RERATE)
    assert rating.at == "care rating"
    assert rating.do(Act.RATE, "60").screen.complete
    assert rating.do(Act.RATE, "45").do(Act.TEXT, "投诉").screen.complete


# What a walk asks for.


def test_a_step_answered_ahead_is_not_open_and_all_others_beyond_the_frontier_are() -> None:
    walk = plan(points_standard(), "one")
    first, second, third, *others = walk.way
    assert walk.open(Position(second.index, ahead=(third.index,))) == (second, *others)
    assert walk.open(Position(first.index)) == walk.way


def test_elements_are_counted_from_one() -> None:
    walk = plan(points_standard(), "one")
    assert [walk.number_of(each.id) for each in walk.elements] == [1, 2]


def test_the_next_level_is_offered_only_where_a_rating_can_exceed_the_target() -> None:
    assert any(map(is_offered, plan(CLIENT, "4").steps))
    capped = CLIENT.model_copy(update={"rating": CLIENT.rating.model_copy(update={"exceeding": None})})
    assert not any(map(is_offered, plan(capped, "4").steps))
