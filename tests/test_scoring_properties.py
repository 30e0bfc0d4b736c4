"""What holds for any answers whatever: bounds, monotony, order, weights, JSON, explanations."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualify.reporting.data import as_json
from qualify.reporting.explanation import explain
from qualify.scoring import Answers, Case, Mark, Result, ReviewInput, percent, plain, score
from qualify.scoring.answers import answerable
from qualify.standard import Standard, all_subjects
from qualify.texts import LANGUAGES
from tests.builders import APPLIED, CLIENT, SERVICE, of

LEVELS = [(standard, level.id) for standard in (SERVICE, CLIENT) for level in standard.levels]
RISING = (Mark.NOT_MET, Mark.PARTLY, Mark.MET)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SIGN = re.compile(r"※\d+")
DAYS = st.dates(date(2025, 5, 1), date(2026, 12, 31))
WEIGHTS = st.decimals(Decimal("0.1"), Decimal(10), places=1)
every_level = pytest.mark.parametrize(
    ("standard", "level"), LEVELS, ids=[f"{standard.id} {level}" for standard, level in LEVELS]
)


@st.composite
def answers(draw: st.DrawFn, standard: Standard, level: str) -> Answers:
    """Answers for a handful of elements, dense enough that shares, ratings and changes all occur."""
    criteria = sorted(answerable(standard, level))
    chosen = {element.id for element in draw(st.lists(st.sampled_from(standard.elements_at(level)), max_size=5))}
    asked = [criterion for criterion in criteria if criterion.rsplit(".", 2)[0] in chosen]
    marks = draw(st.lists(st.sampled_from(Mark), min_size=len(asked), max_size=len(asked)))
    rated = draw(st.lists(st.sampled_from(standard.elements_at(level)), max_size=3))
    highest = {element.id: int((element.points or {}).get(level, 6)) for element in rated}
    subjects = {subject.id: int(subject.max) for subject in all_subjects(standard)}
    scored = draw(st.lists(st.sampled_from(sorted(subjects)), max_size=6))
    return Answers(
        marks=dict(zip(asked, marks, strict=True)),
        ratings={element: Decimal(draw(st.integers(0, most))) for element, most in highest.items()},
        reasons=dict.fromkeys(highest, draw(st.sampled_from(["", "现场看过"]))),
        scores={subject: draw(st.none() | st.integers(0, subjects[subject]).map(Decimal)) for subject in scored},
        cases=tuple(draw(st.lists(st.builds(Case, DAYS, st.sampled_from(["", "甲", "乙"])), max_size=4))),
    )


def reviews(standard: Standard, level: str) -> st.SearchStrategy[list[ReviewInput]]:
    one = st.builds(ReviewInput, answers=answers(standard, level), weight=WEIGHTS, assessor=st.sampled_from("张李王"))
    return st.lists(one, min_size=1, max_size=3)


def figures(result: Result) -> dict[str, object]:
    """Everything in the result but how each single assessor got there."""
    everything = result.model_dump()
    for element in everything["elements"]:
        del element["reviews"]
    for conflict in everything["conflicts"]:
        del conflict["reviews"]  # by their places
    return everything


@every_level
@settings(max_examples=15)
@given(data=st.data())
def test_any_result_is_within_bounds_survives_json_and_explains_every_number(
    standard: Standard, level: str, data: st.DataObject
) -> None:
    result = score(standard, level, data.draw(reviews(standard, level)), APPLIED)
    assert result.total is None or 0 <= result.total <= 100
    for element in result.elements:
        assert element.share is None or 0 <= element.share <= 1
        assert all(0 <= each <= element.possible for each in (element.suggestion, element.rating) if each is not None)
    assert Result.model_validate_json(result.model_dump_json()) == result
    for language in LANGUAGES:
        assert as_json(standard, result, language)["explanation"] == explain(standard, result, language).lines()
        assert_explained(standard, result, language)


def assert_explained(standard: Standard, result: Result, language: str) -> None:
    """Each number of the result stands in the lines of the thing it belongs to, and each sign is told once."""
    words = explain(standard, result, language)
    told = [note.split(" ")[0] for note in words.notes[1:]]
    used = SIGN.findall("\n".join([*(line for lines in words.elements.values() for line in lines), *words.closing]))
    assert told == list(dict.fromkeys(used)) == [f"※{number}" for number in range(1, len(told) + 1)]
    for element in result.elements:
        shown = set(NUMBER.findall(SIGN.sub("", "\n".join(words.elements[element.id]))))
        exact = [element.rating, element.suggestion, *(each.rating for each in element.reviews)]
        exact += [each.suggestion for each in element.reviews if each.share is not None or each.scores]
        shares = [element.share, *(each.share for each in element.reviews)] if element.rating is not None else []
        owed = {plain(number) for number in exact if number is not None and element.rating is not None}
        assert owed | {percent(share) for share in shares if share is not None} <= shown
    closing = set(NUMBER.findall(SIGN.sub("", "\n".join(words.closing))))
    found = [each.found for each in result.deductions] + [each.required for each in result.deductions]
    numbers = [result.total, result.composite, *(each.points for each in result.deductions if each.points)]
    assert {str(each) for each in found} | {plain(each) for each in numbers if each is not None} <= closing


@every_level
@settings(max_examples=15)
@given(data=st.data())
def test_a_better_answer_never_lowers_a_suggestion_or_the_total(
    standard: Standard, level: str, data: st.DataObject
) -> None:
    behaviours = [element for element in standard.elements_at(level) if element.kind == "behaviour"]
    element = data.draw(st.sampled_from(behaviours))
    criteria = [each for each in sorted(answerable(standard, level)) if each.rsplit(".", 2)[0] == element.id]
    many = st.lists(st.sampled_from(RISING), min_size=len(criteria), max_size=len(criteria))
    marks = dict(zip(criteria, data.draw(many | st.just([Mark.MET] * len(criteria))), strict=True))
    raised = data.draw(st.sampled_from(criteria))
    results = [
        score(standard, level, [ReviewInput(answers=Answers(marks=marks | {raised: mark}))], APPLIED) for mark in RISING
    ]
    suggestions = [of(result, element.id).suggestion for result in results]
    assert suggestions == sorted(suggestions)  # type: ignore[type-var]  # something is always observed
    assert [result.total or 0 for result in results] == sorted(result.total or 0 for result in results)
    blocked = [len(result.blocked_by) for result in results]
    assert blocked == sorted(blocked, reverse=True)


@every_level
@settings(max_examples=15)
@given(data=st.data())
def test_neither_the_order_of_answers_nor_that_of_reviews_matters(
    standard: Standard, level: str, data: st.DataObject
) -> None:
    given_reviews = data.draw(reviews(standard, level))
    turned = [
        review.model_copy(
            update={"answers": Answers(**{name: _turned(value) for name, value in review.answers})}  # type: ignore[arg-type]
        )
        for review in given_reviews
    ]
    here = score(standard, level, given_reviews, APPLIED)
    assert score(standard, level, turned, APPLIED).model_dump_json() == here.model_dump_json()
    assert figures(score(standard, level, given_reviews[::-1], APPLIED)) == figures(here)


def _turned(value: object) -> object:
    return dict(reversed(value.items())) if isinstance(value, dict) else tuple(reversed(value))  # type: ignore[call-overload]


@every_level
@settings(max_examples=15)
@given(data=st.data(), factor=st.decimals(Decimal("0.01"), Decimal(100), places=2))
def test_only_the_ratio_of_the_weights_matters(
    standard: Standard, level: str, data: st.DataObject, factor: Decimal
) -> None:
    given_reviews = data.draw(reviews(standard, level))
    scaled = [review.model_copy(update={"weight": review.weight * factor}) for review in given_reviews]
    results = [score(standard, level, each, APPLIED) for each in (given_reviews, scaled)]
    assert figures(results[0]) == figures(results[1])


@every_level
@settings(max_examples=10)
@given(data=st.data(), heavier=st.integers(1, 50))
def test_more_weight_pulls_the_mean_towards_its_assessor(
    standard: Standard, level: str, data: st.DataObject, heavier: int
) -> None:
    element = data.draw(st.sampled_from(standard.elements_at(level)))
    low, high = Answers(ratings={element.id: Decimal(1)}), Answers(ratings={element.id: Decimal(3)})
    means = [
        of(
            score(
                standard, level, [ReviewInput(answers=low), ReviewInput(answers=high, weight=Decimal(each))], APPLIED
            ),
            element.id,
        )
        for each in (1, 1 + heavier)
    ]
    assert means[0].rating == 2
    assert means[1].rating is not None
    assert 2 < means[1].rating < 3 + Decimal("0.1")


@settings(max_examples=40)
@given(data=st.data(), weights=st.lists(WEIGHTS, min_size=2, max_size=3))
def test_a_total_lies_between_those_of_its_assessors(data: st.DataObject, weights: list[Decimal]) -> None:
    points = {element.id: int((element.points or {})["3"] * 2) for element in SERVICE.elements_at("3")}
    given_reviews = [
        ReviewInput(
            answers=Answers(
                ratings={each: Decimal(data.draw(st.integers(0, most))) / 2 for each, most in points.items()}
            ),
            weight=weight,
        )
        for weight in weights
    ]
    alone = [score(SERVICE, "3", [review], APPLIED).total or Decimal(0) for review in given_reviews]
    together = score(SERVICE, "3", given_reviews, APPLIED)
    assert together.total is not None
    assert min(alone) <= together.total <= max(alone)
    for element in together.elements:
        rated = [each.rating for each in element.reviews if each.rating is not None]
        assert element.exact is not None
        assert min(rated) <= element.exact <= max(rated)


@pytest.mark.parametrize("level", ["3", "4", "5"])
@settings(max_examples=40)
@given(data=st.data())
def test_the_way_up_leads_to_the_next_grade_and_no_shorter_one_does(level: str, data: st.DataObject) -> None:
    points = {element.id: int((element.points or {})[level] * 2) for element in SERVICE.elements_at(level)}
    ratings = {element: Decimal(data.draw(st.integers(0, most))) / 2 for element, most in points.items()}
    adopted = data.draw(st.lists(st.just(Case(APPLIED)), max_size=3))
    keys = {"other-activities.5.1": Mark.MET, "project-planning.4.1": Mark.MET}
    answers_here = Answers(marks=keys, ratings=ratings, cases=tuple(adopted))
    here = score(SERVICE, level, [ReviewInput(answers=answers_here)], APPLIED)
    way = here.way_up
    if way is None or way.grade is None:
        assert here.grade_by_total == "professional"
        return
    raised = ratings | {gain.id: ratings[gain.id] + gain.points for gain in way.gains if not gain.cases}
    more = tuple(adopted) + (Case(APPLIED),) * sum(gain.cases for gain in way.gains)
    there = score(SERVICE, level, [ReviewInput(answers=Answers(marks=keys, ratings=raised, cases=more))], APPLIED)
    assert there.grade == way.grade != here.grade
    rooms = [Decimal(most) / 2 - ratings[element] for element, most in points.items()]
    rooms += [Decimal(5)] * (here.deductions[0].required - here.deductions[0].found)
    changes = sum(gain.cases or 1 for gain in way.gains)
    assert sum(sorted(rooms, reverse=True)[: changes - 1]) < way.missing
