"""What another version of a standard changes: what of a review it takes over, and whose outcome would be another one.
Pure.

Criteria are the same when their ids are. What was answered by one version is carried over to the other as far as the
other asks for it; the rest is asked. Nothing that still fits is ever dropped.
"""

from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from qualify.errors import InvalidInput
from qualify.scoring import (
    Answers,
    Case,
    ElementResult,
    ElementReview,
    Known,
    Mark,
    Result,
    ReviewInput,
    check_rating,
    met,
    points_possible,
    rate_exam,
    score,
    suggest,
    target,
)
from qualify.scoring.answers import answerable
from qualify.scoring.rating import marks_above, marks_at, suggested
from qualify.standard import Element, Standard, all_subjects, criteria_at, lines_at


class CarriedOver(NamedTuple):
    """What another version takes over of a review's answers, and what it still asks for at the level: criteria without
    an answer, and elements whose rating was given for other demands; both in the order of the standard."""

    answers: Answers
    to_answer: tuple[str, ...]
    to_rate: tuple[str, ...]


def carry_over(old: Standard, new: Standard, level: str, answers: Answers) -> CarriedOver:
    """Carry a review's answers over to another version of its standard, which must have the level.

    A rating is asked again where it no longer fits the points possible, or where its element asks for something that
    isn't answered, or suggests something else than before; as long as it fits, it stays what it was.
    """
    asked = answerable(new, level)
    elements = {element.id: element for element in new.elements_at(level)}
    subjects = {subject.id: subject.max for subject in all_subjects(new)}
    marks = {criterion: mark for criterion, mark in answers.marks.items() if criterion in asked}
    ratings = {
        each: rating for each, rating in answers.ratings.items() if each in elements and _fits(new, each, level, rating)
    }
    scores = {
        subject: given
        for subject, given in answers.scores.items()
        if subject in subjects and (given is None or given <= subjects[subject])
    }
    carried = Answers(
        marks=marks,
        ratings=ratings,
        reasons={each: words for each, words in answers.reasons.items() if each in ratings},
        scores=scores,
        cases=answers.cases,
    )
    unanswered = {
        element.id: [each.id for each in criteria_at(element, level) if each.id not in marks]
        for element in elements.values()
    }
    return CarriedOver(
        carried,
        tuple(criterion for missing in unanswered.values() for criterion in missing),
        tuple(
            each
            for each, element in elements.items()
            if each in answers.ratings and (unanswered[each] or _is_rated_otherwise(old, new, element, level, answers))
        ),
    )


def _fits(standard: Standard, element: str, level: str, rating: Decimal) -> bool:
    try:
        check_rating(standard, standard.element(element), level, rating)
    except InvalidInput:
        return False
    return True


def _is_rated_otherwise(old: Standard, new: Standard, element: Element, level: str, answers: Answers) -> bool:
    """Whether the rating that was given no longer fits, or was given beside another suggestion."""
    if not _fits(new, element.id, level, answers.ratings[element.id]):
        return True
    before = suggest(old, old.element(element.id), level, answers.marks)
    return before != suggest(new, element, level, answers.marks)


class Cause(StrEnum):
    """What of a standard differs between two versions and changes an outcome."""

    ADDED = "added"
    REMOVED = "removed"
    CRITERIA = "criteria"
    LINES = "lines"
    KEY = "key"
    POINTS = "points"
    TARGET = "target"
    SUBJECTS = "subjects"
    RATING = "rating"
    DEDUCTIONS = "deductions"
    GRADES = "grades"
    KEY_CONDITIONS = "key_conditions"
    EXAMS = "exams"


class Reason(NamedTuple):
    """Why an outcome changes: what differs, in which element ("" = in the whole standard), and what the element was and
    would be rated; of a target, what it was and would be."""

    cause: Cause
    element: str = ""
    before: Decimal | None = None
    after: Decimal | None = None


class Differences(NamedTuple):
    """What differs between two versions at a level: of each element, and of the whole."""

    elements: Mapping[str, tuple[Cause, ...]]
    whole: tuple[Cause, ...]


class Verdict(NamedTuple):
    """What a result says in short. `granted` is None where the standard decides nothing; `met` of `rated` elements
    reach their target."""

    granted: bool | None
    grade: str | None
    total: Decimal | None
    met: int
    rated: int


class Prospect(NamedTuple):
    """A result before and after: `after` is None where the version doesn't have the level. `to_answer` is how many
    criteria would be asked besides; until they are answered they count as not observed."""

    before: Verdict
    after: Verdict | None
    to_answer: int
    reasons: tuple[Reason, ...]

    @property
    def changes(self) -> bool:
        """Whether the grade, the number of items met, or the level would be another one."""
        if self.after is None:
            return True
        before, after = self.before, self.after
        return (before.granted, before.grade, before.met) != (after.granted, after.grade, after.met)


def verdict(result: Result) -> Verdict:
    """What the result says in short."""
    return Verdict(
        result.granted,
        result.grade,
        result.total,
        met(result),
        len(result.elements),
    )


def prospect(old: Standard, new: Standard, result: Result) -> Prospect:
    """What the result, made by the old version, would be by the new one with everything carried over.

    Ratings by hand stay as far as they fit; those that followed the suggestion follow the new one.
    """
    before = verdict(result)
    if result.level not in {level.id for level in new.levels}:
        return Prospect(before, None, 0, ())
    found = differences(old, new, result.level)
    unchanged = _unchanged(new, found, result)
    if len(unchanged) == len(result.elements) and not (found.elements or set(found.whole) - {Cause.RATING}):
        return Prospect(before, before, 0, ())
    carried = [(review, carry_over(old, new, result.level, review.answers)) for review in reviews_of(result)]
    inputs = [review.model_copy(update={"answers": each.answers}) for review, each in carried]
    after = score(new, result.level, inputs, result.application_date, _settled(result), unchanged=unchanged)
    return Prospect(
        before,
        verdict(after),
        len({criterion for _, each in carried for criterion in each.to_answer}),
        tuple(_reasons(found, result, after)),
    )


def stands_the_same(old: Standard, new: Standard, result: Result) -> bool:
    """Whether the verdict is surely the same because only tables of suggestions differ, nothing is summed, and no
    element crosses its target: most results then need no `prospect`, which takes several times as long."""
    found = differences(old, new, result.level)
    if found.elements or set(found.whole) - {Cause.RATING} or result.total is not None:
        return False
    elements = {element.id: element for element in new.elements_at(result.level)}
    return all(_stays_on_its_side(new, elements[each.id], result.level, each) for each in result.elements)


def _stays_on_its_side(new: Standard, element: Element, level: str, found: ElementResult) -> bool:
    """Whether the element meets its target as before, or doesn't as before."""
    if len(found.reviews) != 1:
        return _is_suggested_again(new, element, level, found)
    (review,) = found.reviews
    if _is_by_hand(review):
        return _fits(new, element.id, level, review.rating or Decimal(0))
    again = _suggested_again(new, element, level, review)
    return (found.gap is not None and found.gap <= 0) == (again is not None and again >= found.target)


def _is_by_hand(review: ElementReview) -> bool:
    """Whether the assessor rated otherwise than was suggested, or said why."""
    return review.rating is not None and (review.rating != review.suggestion or bool(review.reason))


def _unchanged(new: Standard, found: Differences, result: Result) -> dict[str, ElementResult]:
    """The elements of the result that come out the same by the other version."""
    same = [each for each in result.elements if each.id not in found.elements]
    if Cause.RATING in found.whole:
        elements = {element.id: element for element in new.elements_at(result.level)}
        same = [each for each in same if _is_suggested_again(new, elements[each.id], result.level, each)]
    return {each.id: each for each in same}


def _is_suggested_again(new: Standard, element: Element, level: str, found: ElementResult) -> bool:
    return all(review.suggestion == _suggested_again(new, element, level, review) for review in found.reviews)


def _suggested_again(new: Standard, element: Element, level: str, review: ElementReview) -> Decimal | None:
    """What the version suggests where only its tables differ: the share is the same."""
    if element.kind == "exam":
        return rate_exam(new, element, level, review.mean_score)
    if review.share == 1:  # may be suggested more than the target
        return suggest(new, element, level, review.marks | review.above)
    return suggested(new, element, level, review.share)


def reviews_of(result: Result) -> list[ReviewInput]:
    """The reviews that a result was made from, as far as it holds them. A rating that followed its suggestion is left
    out: it follows whatever the suggestion is."""
    reviewers = max((len(element.reviews) for element in result.elements), default=0)
    scores = dict(result.scores)
    marks: list[dict[str, Mark]] = [{} for _ in range(reviewers)]
    ratings: list[dict[str, Decimal]] = [{} for _ in range(reviewers)]
    reasons: list[dict[str, str]] = [{} for _ in range(reviewers)]
    who = [("", Decimal(1))] * reviewers
    for element in result.elements:
        for place, review in enumerate(element.reviews):
            who[place] = review.assessor, review.weight
            marks[place] |= review.marks | review.above
            scores |= review.scores
            if review.rating is not None and _is_by_hand(review):
                ratings[place][element.id] = review.rating
            if review.reason:
                reasons[place][element.id] = review.reason
    return [
        ReviewInput(
            answers=Answers(
                marks=marks[place], ratings=ratings[place], reasons=reasons[place], scores=scores, cases=_cases(result)
            ),
            weight=weight,
            assessor=assessor,
        )
        for place, (assessor, weight) in enumerate(who)
    ]


def _cases(result: Result) -> tuple[Case, ...]:
    return tuple({case: None for each in result.deductions for case in (*each.cases, *each.outside)})


def _settled(result: Result) -> Known:
    """That the cases of a result are each another one."""
    return Known(distinct=tuple(combinations(_cases(result), 2)))


@lru_cache(maxsize=64)
def differences(old: Standard, new: Standard, level: str) -> Differences:
    """What differs between two versions at a level that both have, as far as it can change an outcome."""
    before, after = ({each.id: each for each in standard.elements_at(level)} for standard in (old, new))
    elements = {name: tuple(_differing(old, new, level, before.get(name), after.get(name))) for name in before | after}
    whole = [
        (Cause.RATING, _without_targets(old), _without_targets(new)),
        (Cause.DEDUCTIONS, old.deductions, new.deductions),
        (Cause.GRADES, old.grades, new.grades),
        (Cause.KEY_CONDITIONS, old.key_conditions, new.key_conditions),
        (Cause.EXAMS, [exam.subjects for exam in old.exams], [exam.subjects for exam in new.exams]),
    ]
    return Differences(
        {name: causes for name, causes in elements.items() if causes},
        tuple(cause for cause, one, other in whole if one != other),
    )


def _without_targets(standard: Standard) -> object:
    return standard.rating.model_dump(exclude={"target", "targets"})


def _differing(old: Standard, new: Standard, level: str, one: Element | None, other: Element | None) -> Iterator[Cause]:
    if one is None or other is None:
        yield Cause.ADDED if one is None else Cause.REMOVED
        return
    asked = [
        set(marks_at(element, level, {}) | marks_above(standard, element, level, {}))
        for standard, element in ((old, one), (new, other))
    ]
    both = asked[0] & asked[1]
    pairs: dict[Cause, list[Any]] = {
        Cause.CRITERIA: asked,
        Cause.LINES: [_lines(standard, element, level, both) for standard, element in ((old, one), (new, other))],
        Cause.KEY: [{each.id for each in criteria_at(element, level) if each.key} for element in (one, other)],
        Cause.POINTS: [points_possible(old, one, level), points_possible(new, other, level)],
        Cause.TARGET: [target(old, one, level), target(new, other, level)],
        Cause.SUBJECTS: [
            [(each.id, each.max, each.weight_at(level)) for each in element.subjects] for element in (one, other)
        ],
    }
    yield from (cause for cause, (first, second) in pairs.items() if first != second)


def _lines(standard: Standard, element: Element, level: str, among: Set[str]) -> set[frozenset[str]]:
    """The element's lines at the level and the next one, as far as they are made of these criteria."""
    above = standard.next_level(level)
    levels = [level, above.id] if above else [level]
    lines = (line for each in levels for line in lines_at(element, each))
    return {frozenset(each.id for each in line) & among for line in lines} - {frozenset()}


def _reasons(found: Differences, before: Result, after: Result) -> Iterator[Reason]:
    """Why the result after differs: the elements that stand otherwise, then what is of the whole standard."""
    rated = {element.id: element for element in before.elements}
    now = {element.id: element for element in after.elements}
    moved = [
        name
        for name in (*rated, *(name for name in now if name not in rated))
        if (name in rated, name in now) != (True, True)
        or (rated[name].rating, rated[name].target) != (now[name].rating, now[name].target)
    ]
    for name in moved:
        values = [side[name].rating if name in side else None for side in (rated, now)]
        causes = found.elements.get(name) or tuple({Cause.RATING} & set(found.whole))
        if values[0] != values[1]:
            yield from (Reason(cause, name, *values) for cause in causes if cause is not Cause.TARGET)
        if Cause.TARGET in causes:
            yield Reason(Cause.TARGET, name, rated[name].target, now[name].target)
    if before.blocked_by != after.blocked_by:
        yield from (
            Reason(Cause.KEY, name)
            for name, causes in found.elements.items()
            if Cause.KEY in causes and name not in moved
        )
    off = [[(each.id, each.points) for each in result.deductions] for result in (before, after)]
    if off[0] != off[1]:
        yield Reason(Cause.DEDUCTIONS)
    if (before.grade_by_total, before.grade) != (after.grade_by_total, after.grade):
        yield from (Reason(cause) for cause in (Cause.GRADES, Cause.KEY_CONDITIONS) if cause in found.whole)
