"""Where a review stands once its assessment has gone over to another version."""

from decimal import Decimal

from qualify.adoption import CarriedOver
from qualify.dialogue import Position, plan
from qualify.dialogue.converting import cases_are_done, position_by
from qualify.scoring import Answers, Mark
from tests.dialogue import points_standard

WAY = plan(points_standard(), "one")
MET = {step.key: Mark.MET for step in WAY.way if step.kind.value == "criterion"}


def carried(*, but: str = "", to_rate: tuple[str, ...] = ()) -> CarriedOver:
    """Everything given at each element, without one criterion, and with ratings to be given again."""
    marks = {key: mark for key, mark in MET.items() if key != but}
    ratings = {element.id: Decimal(1) for element in WAY.elements}
    scores = {subject.id: Decimal(1) for element in WAY.elements for subject in element.subjects}
    return CarriedOver(Answers(marks=marks, ratings=ratings, scores=scores), (), to_rate)


def test_nothing_left_to_ask_leads_to_the_summary() -> None:
    assert position_by(WAY, carried(), 7, cases_are_done=True) == Position(WAY.summary.index, revision=7)


def test_the_first_thing_to_ask_is_the_frontier_and_all_beyond_it_that_has_an_answer_is_ahead() -> None:
    second = list(MET)[1]
    place = next(step.index for step in WAY.way if step.key == second)
    position = position_by(WAY, carried(but=second), 7, cases_are_done=False)
    cases = WAY.of_element("")[0].index
    beyond = tuple(step.index for step in WAY.way if step.index > place and step.index != cases)
    assert position == Position(place, revision=7, ahead=beyond)


def test_a_rating_given_for_something_else_is_asked_again() -> None:
    name = WAY.elements[0].id
    rating = next(step.index for step in WAY.of_element(name) if step.kind.value == "rating")
    assert position_by(WAY, carried(to_rate=(name,)), 7, cases_are_done=True).frontier == rating


def test_the_list_of_cases_is_as_done_as_it_was() -> None:
    cases = WAY.of_element("")[0].index
    assert cases_are_done(WAY, Position(WAY.summary.index))
    assert cases_are_done(WAY, Position(0, ahead=(cases,)))
    assert not cases_are_done(WAY, Position(cases))
