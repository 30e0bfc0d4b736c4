"""What in a result is a rule of ours, because the source leaves it open: marked where it is used, said once."""

from collections.abc import Iterator
from enum import StrEnum

from qualify.scoring.model import ElementReview, Result
from qualify.scoring.rating import mean_of_hundred
from qualify.standard import PointsRating, Standard
from qualify.texts import say


class Agreed(StrEnum):
    """A rule that sources leave open."""

    SUGGESTION = "suggestion"
    EXCEEDING = "exceeding"
    POINTS = "points"
    EXAM_ROUNDING = "exam-rounding"
    EXAM_UNTAKEN = "exam-untaken"
    EXAM_BANDS = "exam-bands"
    MEAN = "mean"
    GRADES = "grades"
    KEY_CONDITIONS = "key-conditions"


def mark(agreed: bool, language: str) -> str:
    """The sign beside a number that such a rule made."""
    return say(language, "explain-agreed-mark") if agreed else ""


def agreed_rules(standard: Standard, result: Result) -> list[Agreed]:
    """The rules of ours that the result's numbers rest on, in the order of the calculation."""
    used = set(_used(standard, result))
    return [rule for rule in Agreed if rule in used]


def agreed_note(standard: Standard, result: Result, language: str) -> list[str]:
    """What the mark stands for, in a line; nothing where every rule is the source's."""
    rules = [say(language, f"explain-agreed-{rule}") for rule in agreed_rules(standard, result)]
    return [say(language, "explain-agreed", rules=say(language, "explain-gain-separator").join(rules))] if rules else []


def _used(standard: Standard, result: Result) -> Iterator[Agreed]:
    for element in result.elements:
        is_exam = standard.element(element.id).kind == "exam"
        for review in element.reviews:
            yield from _of_exam(standard, element.id, result.level, review) if is_exam else _of_marks(standard, review)
        if len(element.reviews) > 1 and element.rating is not None:
            yield Agreed.MEAN
    if standard.grades is not None and standard.grades.assumed and result.grade_by_total is not None:
        yield Agreed.GRADES
    if result.blocked_by and standard.key_conditions is not None and standard.key_conditions.assumed:
        yield Agreed.KEY_CONDITIONS


def _of_marks(standard: Standard, review: ElementReview) -> Iterator[Agreed]:
    if review.suggestion is None:
        return
    if isinstance(standard.rating, PointsRating):
        yield Agreed.POINTS
        return
    exceeding = standard.rating.exceeding
    if standard.rating.suggestion.assumed and review.suggestion <= standard.rating.target:
        yield Agreed.SUGGESTION
    if exceeding is not None and exceeding.assumed and review.above:
        yield Agreed.EXCEEDING


def _of_exam(standard: Standard, element: str, level: str, review: ElementReview) -> Iterator[Agreed]:
    if isinstance(standard.rating, PointsRating):
        yield Agreed.POINTS
        return
    bands = standard.rating.exam_bands
    if bands is not None and bands.bands_assumed and review.mean_score is not None:
        yield Agreed.EXAM_BANDS
    if bands is None or not bands.assumed:
        return
    if None in review.scores.values():
        yield Agreed.EXAM_UNTAKEN
    if mean_of_hundred(standard.element(element).subjects, level, review.scores) != review.mean_score:
        yield Agreed.EXAM_ROUNDING
