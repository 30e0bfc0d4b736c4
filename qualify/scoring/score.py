"""From the reviews of an assessment to its result (design §5). Pure: same input, same result, no clock."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from qualify.scoring.deduction import deduct
from qualify.scoring.facts import facts_of
from qualify.scoring.model import (
    NOTHING_KNOWN,
    DeductionResult,
    ElementResult,
    ElementReview,
    Facts,
    Known,
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
    summed,
    target,
    weighted_mean,
)
from qualify.scoring.way_up import grade_and_way_up
from qualify.standard import CountingGrades, Element, Module, PointsRating, Standard, criteria_at

ZERO = Decimal(0)
NOTHING_UNCHANGED: Mapping[str, ElementResult] = MappingProxyType({})


def score(
    standard: Standard,
    level: str,
    reviews: Sequence[ReviewInput],
    application_date: date | None,
    known: Known = NOTHING_KNOWN,
    *,
    unchanged: Mapping[str, ElementResult] = NOTHING_UNCHANGED,
) -> Result:
    """The result of an assessment from its reviews (at least one) and what is known beside them; their order changes no
    number. Elements that are known to come out `unchanged` are taken as they are.

    Raises InvalidInput when a deduction needs the application date and none is given.
    """
    facts = facts_of(standard, level, reviews, known, application_date)
    reviews = [_with_facts(review, facts) for review in reviews]
    elements = tuple(
        unchanged.get(element.id) or _element(standard, element, level, reviews)
        for element in standard.elements_at(level)
    )
    deductions = tuple(deduct(rule, level, facts.cases, application_date) for rule in standard.deductions)
    balance = _balance(standard, elements, deductions)
    total = None if balance is None else max(ZERO, balance)
    blocked_by = _blocked_by(standard, level, reviews)
    unmet = _unmet(standard, level, reviews) if isinstance(standard.grades, CountingGrades) else ()
    granted = None if total is None and standard.key_conditions is None else not blocked_by
    grade_by_total, way_up = grade_and_way_up(
        standard, level, balance, elements, deductions, unmet=unmet, blocked_by=blocked_by
    )
    subjects = [subject for exam in standard.exams for subject in exam.subjects]
    scores = {subject.id: facts.scores.get(subject.id) for subject in subjects}
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
        composite=composite(subjects, level, scores) if subjects else None,
        scores=scores,
        deductions=deductions,
        elements=elements,
        modules=tuple(_module(module, elements) for module in standard.modules if _rated_in(module, elements)),
        way_up=way_up,
        conflicts=facts.conflicts,
        twins=facts.twins,
        unmet=unmet,
    )


def _with_facts(review: ReviewInput, facts: Facts) -> ReviewInput:
    """The review, with what holds whoever rates in the place of what this assessor gave of it."""
    answers = review.answers.model_copy(update={"scores": facts.scores, "cases": facts.cases})
    return review.model_copy(update={"answers": answers})


def _element(standard: Standard, element: Element, level: str, reviews: Sequence[ReviewInput]) -> ElementResult:
    judged = tuple(_element_review(standard, element, level, review) for review in reviews)
    exact = _exact_mean([(each.rating, each.weight) for each in judged])
    rating = _shown(exact, [each.rating for each in judged])
    meets = target(standard, element, level)
    return ElementResult(
        id=element.id,
        share=weighted_mean((each.share, each.weight) for each in judged if each.share is not None),
        suggestion=_shown(
            _exact_mean([(each.suggestion, each.weight) for each in judged]), [each.suggestion for each in judged]
        ),
        rating=rating,
        exact=exact,
        possible=points_possible(standard, element, level),
        target=meets,
        gap=None if rating is None else meets - rating,
        reviews=judged,
    )


def _element_review(standard: Standard, element: Element, level: str, review: ReviewInput) -> ElementReview:
    given = review.answers
    marks = marks_at(element, level, given.marks)
    above = marks_above(standard, element, level, given.marks)
    mean = exam_mean(element.subjects, level, given.scores) if element.kind == "exam" else None
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
        share=share(element, level, marks),
        scores={subject.id: given.scores.get(subject.id) for subject in element.subjects},
        mean_score=mean,
        suggestion=suggestion,
        rating=given.ratings.get(element.id, suggestion),
        reason=given.reasons.get(element.id, ""),
    )


def _exact_mean(pairs: Sequence[tuple[Decimal | None, Decimal]]) -> Fraction | None:
    """The weighted mean of what was rated, exact; None where nothing was."""
    return weighted_mean((Fraction(value), weight) for value, weight in pairs if value is not None)


def _shown(mean: Fraction | None, values: Sequence[Decimal | None]) -> Decimal | None:
    """The mean as it is shown: as it was given by one assessor, with one decimal for several."""
    given = [value for value in values if value is not None]
    if mean is None or len(given) == 1:
        return given[0] if given else None
    return round_half_up(mean, TENTH)


def _balance(
    standard: Standard, elements: Sequence[ElementResult], deductions: Sequence[DeductionResult]
) -> Decimal | None:
    """Σ ratings − deductions, rounded once; below 0 when the deductions are larger. None where the standard has no
    total."""
    if not isinstance(standard.rating, PointsRating):
        return None
    off = sum((deduction.points for deduction in deductions), ZERO)
    return round_half_up(summed(elements) - Fraction(off), TENTH)


def _blocked_by(standard: Standard, level: str, reviews: Sequence[ReviewInput]) -> tuple[str, ...]:
    """Key criteria not shown to be met: somebody observed it, and everybody who did says met."""
    return tuple(
        criterion.id
        for element in standard.elements_at(level)
        for criterion in criteria_at(element, level)
        if criterion.key and not _is_met(criterion.id, reviews)
    )


def _unmet(standard: Standard, level: str, reviews: Sequence[ReviewInput]) -> tuple[str, ...]:
    """The criteria that aren't key conditions and are not shown to be met, by the same rule."""
    return tuple(
        criterion.id
        for element in standard.elements_at(level)
        for criterion in criteria_at(element, level)
        if not criterion.key and not _is_met(criterion.id, reviews)
    )


def _is_met(criterion: str, reviews: Sequence[ReviewInput]) -> bool:
    marks = {review.answers.marks.get(criterion, Mark.NOT_OBSERVED) for review in reviews}
    return marks - {Mark.NOT_OBSERVED} == {Mark.MET}


def _rated_in(module: Module, elements: Sequence[ElementResult]) -> list[ElementResult]:
    ids = {element.id for element in module.elements}
    return [element for element in elements if element.id in ids]


def _module(module: Module, elements: Sequence[ElementResult]) -> ModuleResult:
    rated = _rated_in(module, elements)
    gaps = [element.target if element.gap is None else element.gap for element in rated]
    return ModuleResult(
        id=module.id,
        got=round_half_up(summed(rated), TENTH),
        possible=sum((element.possible for element in rated), ZERO),
        below=sum(gap > 0 for gap in gaps),
        at=sum(gap == 0 for gap in gaps),
        above=sum(gap < 0 for gap in gaps),
    )
