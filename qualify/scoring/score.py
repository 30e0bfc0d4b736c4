"""From the reviews of an assessment to its result (design §5). Pure: same input, same result, no clock."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from qualify.scoring.deduction import deduct
from qualify.scoring.model import (
    DeductionResult,
    ElementResult,
    ElementReview,
    Mark,
    ModuleResult,
    Result,
    ReviewInput,
)
from qualify.scoring.numbers import TENTH, round_half_up
from qualify.scoring.rating import (
    composite,
    exam_mean,
    marks_above,
    marks_at,
    points_possible,
    rate_exam,
    share,
    suggest,
    target,
    weighted_mean,
)
from qualify.scoring.way_up import grade_and_way_up
from qualify.standard import Element, Module, PointsRating, Standard, criteria_at

ZERO = Decimal(0)


def score(
    standard: Standard, level: str, reviews: Sequence[ReviewInput], application_date: date | None, known=None
) -> Result:
    """The result of an assessment from its reviews (at least one); their order changes no number.

    Raises InvalidInput when a deduction needs the application date and none is given.
    """
    from qualify.scoring.facts import facts_of

    facts = facts_of(
        standard, reviews, known or __import__("qualify.scoring.model", fromlist=["x"]).NOTHING_KNOWN, application_date
    )
    reviews = [
        r.model_copy(update={"answers": r.answers.model_copy(update={"scores": facts.scores, "cases": facts.cases})})
        for r in reviews
    ]
    elements = tuple(_element(standard, element, level, reviews) for element in standard.elements_at(level))
    deductions = tuple(deduct(rule, level, reviews, application_date) for rule in standard.deductions)
    balance = _balance(standard, elements, deductions)
    total = None if balance is None else max(ZERO, balance)
    blocked_by = _blocked_by(standard, level, reviews)
    granted = None if total is None and standard.key_conditions is None else not blocked_by
    grade_by_total, way_up = grade_and_way_up(standard, balance, elements, deductions, blocked_by)
    scores = _exam_scores(standard, reviews)
    subjects = [subject for exam in standard.exams for subject in exam.subjects]
    return Result(
        standard=standard.id,
        version=standard.version,
        level=level,
        application_date=application_date,
        total=total,
        grade=grade_by_total if granted else None,
        granted=granted,
        grade_by_total=grade_by_total,
        blocked_by=blocked_by,
        composite=composite(subjects, scores) if subjects else None,
        scores=scores,
        deductions=deductions,
        elements=elements,
        modules=tuple(_module(module, elements) for module in standard.modules if _rated_in(module, elements)),
        way_up=way_up,
        conflicts=facts.conflicts,
        twins=facts.twins,
    )


def _element(standard: Standard, element: Element, level: str, reviews: Sequence[ReviewInput]) -> ElementResult:
    judged = tuple(_element_review(standard, element, level, review) for review in reviews)
    rating = _mean([(each.rating, each.weight) for each in judged])
    meets = target(standard, element, level)
    return ElementResult(
        id=element.id,
        share=weighted_mean((each.share, each.weight) for each in judged if each.share is not None),
        suggestion=_mean([(each.suggestion, each.weight) for each in judged]),
        rating=rating,
        possible=points_possible(standard, element, level),
        target=meets,
        gap=None if rating is None else meets - rating,
        reviews=judged,
    )


def _element_review(standard: Standard, element: Element, level: str, review: ReviewInput) -> ElementReview:
    given = review.answers
    marks = marks_at(element, level, given.marks)
    above = marks_above(standard, element, level, given.marks)
    mean = exam_mean(element.subjects, given.scores) if element.kind == "exam" else None
    suggestion = (
        rate_exam(standard, element, level, mean)
        if element.kind == "exam"
        else suggest(standard, element, level, given.marks)
    )
    return ElementReview(
        assessor=review.assessor,
        weight=review.weight,
        marks=marks,
        above=above if above.keys() & given.marks.keys() else {},
        share=share(marks.values()),
        scores={subject.id: given.scores.get(subject.id) for subject in element.subjects},
        mean_score=mean,
        suggestion=suggestion,
        rating=given.ratings.get(element.id, suggestion),
        reason=given.reasons.get(element.id, ""),
    )


def _mean(pairs: Sequence[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The weighted mean of what was rated: exact for one assessor, one decimal for several."""
    rated = [(value, weight) for value, weight in pairs if value is not None]
    if len(rated) == 1:
        return rated[0][0]
    mean = weighted_mean((Fraction(value), weight) for value, weight in rated)
    return None if mean is None else round_half_up(mean, TENTH)


def _balance(
    standard: Standard, elements: Sequence[ElementResult], deductions: Sequence[DeductionResult]
) -> Decimal | None:
    """Σ ratings − deductions; below 0 when the deductions are larger. None where the standard has no total."""
    if not isinstance(standard.rating, PointsRating):
        return None
    ratings = sum((element.rating or ZERO for element in elements), ZERO)
    return ratings - sum((deduction.points for deduction in deductions), ZERO)


def _blocked_by(standard: Standard, level: str, reviews: Sequence[ReviewInput]) -> tuple[str, ...]:
    """Key criteria not shown to be met: somebody observed it, and everybody who did says met."""
    return tuple(
        criterion.id
        for element in standard.elements_at(level)
        for criterion in criteria_at(element, level)
        if criterion.key and not _is_met(criterion.id, reviews)
    )


def _is_met(criterion: str, reviews: Sequence[ReviewInput]) -> bool:
    marks = {review.answers.marks.get(criterion, Mark.NOT_OBSERVED) for review in reviews}
    return marks - {Mark.NOT_OBSERVED} == {Mark.MET}


def _exam_scores(standard: Standard, reviews: Sequence[ReviewInput]) -> dict[str, Decimal | None]:
    subjects = [subject.id for exam in standard.exams for subject in exam.subjects]
    return {subject: _agreed_score(subject, reviews) for subject in subjects}


def _agreed_score(subject: str, reviews: Sequence[ReviewInput]) -> Decimal | None:
    """One examination has one score: where reviews differ, the one with most weight behind it, of equals the higher."""
    behind: dict[Decimal, Decimal] = {}
    for review in reviews:
        known = review.answers.scores.get(subject)
        if known is not None:
            behind[known] = behind.get(known, ZERO) + review.weight
    return max(behind, key=lambda known: (behind[known], known), default=None)


def _rated_in(module: Module, elements: Sequence[ElementResult]) -> list[ElementResult]:
    ids = {element.id for element in module.elements}
    return [element for element in elements if element.id in ids]


def _module(module: Module, elements: Sequence[ElementResult]) -> ModuleResult:
    rated = _rated_in(module, elements)
    gaps = [element.target if element.gap is None else element.gap for element in rated]
    return ModuleResult(
        id=module.id,
        got=sum((element.rating or ZERO for element in rated), ZERO),
        possible=sum((element.possible for element in rated), ZERO),
        below=sum(gap > 0 for gap in gaps),
        at=sum(gap == 0 for gap in gaps),
        above=sum(gap < 0 for gap in gaps),
    )
