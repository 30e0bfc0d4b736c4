"""Every state that a small review can reach, under every action, legal or not: what holds everywhere.

Two states are the same when position and answers are; of scores only matters which are given, of reasons that there is
one, and ratings below the target are alike: met and not observed suggest none of them. All marks but "met" are alike to
the machine, so one of them stands for all.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import pytest

from qualify.dialogue import (
    Act,
    Action,
    Outcome,
    Situation,
    Step,
    StepKind,
    acts,
    answers_of,
    is_offered,
    may_submit,
    plan,
    step,
    view,
)
from qualify.errors import InvalidInput, QualifyError, Stale
from qualify.scoring import Answers, Mark, suggest, target
from qualify.standard import Standard
from tests.dialogue import Walk, paired_standard, points_standard, scale_standard

TEXTS = ("", "2", "80", "80 40", "80 40 1", "-", "太忙", "2026-03-01 甲", "2027-01-01 丙")
ARGUMENTS = {
    Act.MARK: ("met", "not_observed", "MET"),
    Act.RATE: ("3", "60", "0.3", ""),
    Act.TEXT: TEXTS,
    Act.JUMP: ("0", "1", "2", "3", "-1"),
}
ACTIONS = {act: [Action(act, argument) for argument in ARGUMENTS.get(act, ("",))] for act in Act}

State = tuple[object, ...]


class Passage(NamedTuple):
    """One action that was taken."""

    before: Walk
    action: Action
    after: Walk


@dataclass(frozen=True)
class Territory:
    """All states with a walk to each, what leads from one to another, and what is refused."""

    states: dict[State, Walk]
    passages: list[Passage]
    refusals: list[tuple[Walk, Action, QualifyError]]


def state_of(walk: Walk) -> State:
    given = walk.answers
    marks = frozenset(given.marks.items())
    standard, level = walk.plan.standard, walk.plan.level
    least = {each: target(standard, standard.element(each), level) for each in given.ratings}
    ratings = frozenset((each, rating >= least[each] and rating) for each, rating in given.ratings.items())
    reasons, scores = frozenset(given.reasons), frozenset(given.scores)
    where = walk.position
    return where.frontier, where.cursor, where.ahead, marks, ratings, reasons, scores, given.cases


def actions_at(walk: Walk) -> Iterator[Action]:
    """What is tried: what the step offers with every argument, anything else once."""
    offered = acts(walk.here)
    return (action for act, every in ACTIONS.items() for action in (every if act in offered else every[:1]))


def explore(start: Walk) -> Territory:
    territory = Territory({state_of(start): start}, [], [])
    waiting = [start]
    for walk in waiting:  # grows while it is walked: breadth first
        for action in actions_at(walk):
            try:
                after = walk.take(action)
            except QualifyError as refusal:
                territory.refusals.append((walk, action, refusal))
                continue
            territory.passages.append(Passage(walk, action, after))
            if territory.states.setdefault(state_of(after), after) is after:
                waiting.append(after)
        assert walk.answers == answers_of(walk.entries), "an action changed what was given before it"
    return territory


def scale_of_one_subject() -> Standard:
    """The small scale with a shorter exam: several subjects are explored in points."""
    standard = scale_standard()
    module = standard.modules[0]
    care, law = module.elements
    short = law.model_copy(update={"subjects": law.subjects[:1]})
    return standard.model_copy(update={"modules": (module.model_copy(update={"elements": (care, short)}),)})


@pytest.fixture(
    scope="module", params=[points_standard, scale_of_one_subject, paired_standard], ids=["points", "scale", "pair"]
)
def territory(request: pytest.FixtureRequest) -> Territory:
    standard = request.param()
    return explore(Walk(plan(standard, standard.levels[0].id)))


def on_the_way(walk: Walk, start: int, end: int) -> Iterator[Step]:
    return (each for each in walk.plan.steps[start:end] if not each.side)


def is_answered(each: Step, answers: Answers) -> bool:
    match each.kind:
        case StepKind.CRITERION:
            return each.key in answers.marks
        case StepKind.RATING:
            return each.element in answers.ratings
        case StepKind.SCORE:
            return each.key in answers.scores
    return each.kind is StepKind.CASES  # an empty list is an answer too


def is_settled(walk: Walk, element_id: str) -> bool:
    """The rating follows from the marks or has its reason."""
    given, of = walk.answers, walk.plan
    suggestion = suggest(of.standard, of.standard.element(element_id), of.level, given.marks)
    return given.ratings[element_id] == suggestion or element_id in given.reasons


def test_there_is_a_lot_to_explore(territory: Territory) -> None:
    kinds = {walk.here.step.kind for walk in territory.states.values()}
    assert len(territory.states) > 400
    assert kinds >= set(StepKind) - {StepKind.CASES, StepKind.SCORE}
    elsewhere = {Act.OFFER, Act.NOT_TAKEN, Act.DONE, Act.UNDO, Act.KIND, Act.SAME, Act.DISTINCT}
    assert {action.act for _, action, _ in territory.passages} >= set(Act) - elsewhere


def test_the_frontier_never_moves_back(territory: Territory) -> None:
    assert all(before.position.frontier <= after.position.frontier for before, _, after in territory.passages)


def test_the_frontier_passes_nothing_that_has_no_answer(territory: Territory) -> None:
    for before, _, after in territory.passages:
        passed = on_the_way(before, before.position.frontier, after.position.frontier)
        assert all(is_answered(each, after.answers) for each in passed)


def test_the_frontier_waits_for_the_reason_of_a_rating(territory: Territory) -> None:
    for before, action, after in territory.passages:
        if after.position.frontier > before.position.frontier and action.act in (Act.RATE, Act.TEXT):
            in_hand = before.here.step
            assert in_hand.kind not in (StepKind.RATING, StepKind.REASON) or is_settled(after, in_hand.element)


def test_the_revision_counts_the_entries_and_always_grows(territory: Territory) -> None:
    assert all(
        after.position.revision == len(after.entries) > len(before.entries) for before, _, after in territory.passages
    )


def test_a_button_pressed_twice_is_recognised(territory: Territory) -> None:
    for before, _, after in territory.passages:
        assert before.screen.reference == (before.position.current, before.position.revision)
        assert before.position.revision != after.position.revision


def test_an_answer_is_only_ever_replaced_by_another(territory: Territory) -> None:
    for before, _, after in territory.passages:
        for field in ("marks", "ratings", "scores"):
            assert getattr(before.answers, field).keys() <= getattr(after.answers, field).keys()


def test_only_answers_change_answers(territory: Territory) -> None:
    moves = {*(Act.BACK, Act.FORWARD, Act.RESUME, Act.JUMP, Act.OVERVIEW), Act.OFFER, Act.RERATE, Act.DONE}
    assert all((before.answers == after.answers) for before, action, after in territory.passages if action.act in moves)


def test_the_frontier_is_the_first_open_step_and_all_that_is_ahead_lies_beyond_it(territory: Territory) -> None:
    for walk in territory.states.values():
        frontier, ahead = walk.position.frontier, walk.position.ahead
        assert walk.position.cursor != frontier
        assert list(ahead) == sorted(set(ahead))
        assert all(index > frontier for index in ahead)
        assert all(is_answered(walk.plan.steps[index], walk.answers) for index in ahead)


def test_an_element_is_rated_only_when_all_its_criteria_are_answered(territory: Territory) -> None:
    for walk in territory.states.values():
        if walk.here.step.kind in (StepKind.RATING, StepKind.REASON):
            asked = [step for step in walk.plan.way if step.element == walk.here.step.element]
            assert {step.key for step in asked if step.kind is StepKind.CRITERION} <= walk.answers.marks.keys()


def test_what_a_press_for_all_answers_stood_open_on_the_screen(territory: Territory) -> None:
    for before, action, after in territory.passages:
        if action.act in (Act.ALL_MET, Act.NONE_OBSERVED):
            answered = after.answers.marks.keys() - before.answers.marks.keys()
            shown = {line.criterion.id for line in before.screen.lines if line.mark is None and not line.key}
            assert answered == shown == {each.id for each in before.screen.together}


def test_the_next_level_is_open_only_while_all_of_this_one_is_met(territory: Territory) -> None:
    for walk in territory.states.values():
        if is_offered(walk.here.step):
            assert walk.answers.marks["care.1"] is walk.answers.marks["care.2"] is Mark.MET


def test_a_reason_is_asked_only_where_the_rating_differs_and_has_none(territory: Territory) -> None:
    asked = [walk for walk in territory.states.values() if walk.here.step.kind is StepKind.REASON]
    assert all(walk.screen.rating != walk.screen.suggestion for walk in asked)
    assert all(walk.here.step.element not in walk.answers.reasons for walk in asked)


def test_an_act_that_is_not_offered_is_refused_as_stale(territory: Territory) -> None:
    for walk, action, refusal in territory.refusals:
        if action.act not in acts(walk.here):
            assert isinstance(refusal, Stale)


def test_every_act_that_is_offered_can_be_taken(territory: Territory) -> None:
    taken = defaultdict(set)
    for before, action, _ in territory.passages:
        taken[state_of(before)].add(action.act)
    assert all(taken[state] == acts(walk.here) for state, walk in territory.states.items())


def test_what_cannot_be_read_is_refused_with_a_sentence(territory: Territory) -> None:
    unreadable = [refusal for walk, action, refusal in territory.refusals if action.act in acts(walk.here)]
    assert {type(refusal) for refusal in unreadable} == {InvalidInput, Stale}
    assert all(refusal.key == "error-not-here" for refusal in unreadable if isinstance(refusal, Stale))


def test_every_state_has_a_screen_that_says_how_far_it_is(territory: Territory) -> None:
    for walk in territory.states.values():
        screen = walk.screen
        at_end = walk.position.frontier == walk.plan.summary.index
        assert (screen.percent == 100) == at_end
        assert screen.visiting == (walk.position.cursor is not None)
        assert screen.offers == acts(walk.here)


def test_the_review_is_complete_exactly_when_all_is_answered_and_settled_at_the_summary(territory: Territory) -> None:
    for walk in territory.states.values():
        answered = all(is_answered(each, walk.answers) for each in on_the_way(walk, 0, walk.plan.summary.index))
        done = walk.position.frontier == walk.plan.summary.index and walk.position.cursor is None
        rated = (each.id for each in walk.plan.elements if each.kind == "behaviour")
        settled = done and answered and all(is_settled(walk, element) for element in rated)
        assert may_submit(walk.here) == walk.screen.complete == settled


def test_from_everywhere_the_review_can_still_be_completed(territory: Territory) -> None:
    sources = defaultdict(list)
    for before, _, after in territory.passages:
        sources[state_of(after)].append(state_of(before))
    reaching = [state for state, walk in territory.states.items() if walk.screen.complete]
    seen = set(reaching)
    for state in reaching:  # grows while it is walked, against the passages
        new = set(sources[state]) - seen
        seen |= new
        reaching += new
    assert seen == set(territory.states)


def test_every_unsettled_rating_is_one_jump_away(territory: Territory) -> None:
    for walk in territory.states.values():
        for number, row in enumerate(walk.screen.rows):
            if row.unsettled:
                assert walk.do(Act.JUMP, str(number)).at == f"{row.element.id} rating"


def narrowed(walk: Walk) -> Situation:
    """What a service loads: everything for the summary, the marks for a criterion, else the element's entries."""
    in_hand = walk.here.step
    if in_hand.kind is StepKind.SUMMARY:
        return walk.here
    given = answers_of(entry for entry in walk.entries if entry.element == in_hand.element)
    if in_hand.kind is StepKind.CRITERION:
        given = Answers(marks=given.marks)
    return replace(walk.here, answers=given)


def outcome_of(here: Situation, action: Action) -> Outcome | str:
    try:
        return step(here, action)
    except QualifyError as refusal:
        return str(refusal)


def test_a_press_depends_on_the_element_in_hand_alone(territory: Territory) -> None:
    for walk in territory.states.values():
        narrow = narrowed(walk)
        assert view(narrow) == walk.screen, "its offers are the same, so what isn't offered is refused alike"
        offered = (action for act in walk.screen.offers for action in ACTIONS[act])
        assert all(outcome_of(narrow, action) == outcome_of(walk.here, action) for action in offered)
