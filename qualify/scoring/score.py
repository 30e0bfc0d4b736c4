"""From the reviews of an assessment to its result (design §5). Pure: same input, same result, no clock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from qualify.errors import InvalidInput
from qualify.scoring.model import (
    Case,
    DeductionResult,
    ElementResult,
    ElementReview,
    Gain,
    Mark,
    ModuleResult,
    Result,
    Review,
    WayUp,
)
from qualify.scoring.numbers import round_half_up
from qualify.scoring.rating import (
    composite,
    exam_mean,
    marks_at,
    points_possible,
    rate_exam,
    share,
    suggest,
    target,
    weighted_mean,
)
from qualify.standard import Deduction, Element, Module, PointsRating, Standard, criteria_at

TENTH = Decimal("0.1")
ZERO = Decimal(0)


def score(standard: Standard, level: str, reviews: Sequence[Review], application_date: date | None) -> Result:
    """The result of an assessment from its reviews (at least one).

    Raises InvalidInput when a deduction needs the application date and none is given.
    """
    elements = tuple(_element(standard, element, level, reviews) for element in standard.elements_at(level))
    deductions = tuple(_deduction(rule, level, reviews, application_date) for rule in standard.deductions)
    balance = _balance(standard, elements, deductions)
    total = None if balance is None else max(ZERO, balance)
    blocked_by = _blocked_by(standard, level, reviews)
    granted = None if total is None else not blocked_by
    grade_by_total = _grade(standard, total)
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
        way_up=_way_up(standard, balance, elements, deductions),
    )


def _element(standard: Standard, element: Element, level: str, reviews: Sequence[Review]) -> ElementResult:
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


def _element_review(standard: Standard, element: Element, level: str, review: Review) -> ElementReview:
    given = review.answers
    marks = marks_at(element, level, given.marks)
    above = standard.next_level(level)
    if above is not None:
        seen = {criterion.id for criterion in criteria_at(element, above.id)} & given.marks.keys()
        marks |= {key: given.marks[key] for key in given.marks if key in seen}
    if element.kind == "exam":
        mean = exam_mean(element.subjects, given.scores)
        suggestion: Decimal | None = rate_exam(standard, element, level, mean)
    else:
        mean, suggestion = None, suggest(standard, element, level, given.marks)
    return ElementReview(
        assessor=review.assessor,
        weight=review.weight,
        marks=marks,
        share=share(marks_at(element, level, given.marks).values()),
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


def window_start(rule: Deduction, application_date: date) -> date:
    """The first day on which an adopted case still counts: `window_months` calendar months before, that day in."""
    return application_date - relativedelta(months=rule.window_months)


def _deduction(
    rule: Deduction, level: str, reviews: Sequence[Review], application_date: date | None
) -> DeductionResult:
    if application_date is None:
        raise InvalidInput("error-application-date-needed")
    since = window_start(rule, application_date)
    found = sum(count for case, count in _cases(reviews).items() if since <= case.adopted <= application_date)
    required = rule.required.get(level, 0)
    return DeductionResult(
        id=rule.id,
        points=rule.points * max(0, required - found),
        found=found,
        required=required,
        since=since,
        until=application_date,
    )


def _cases(reviews: Sequence[Review]) -> Counter[Case]:
    """Every case once, however many assessors listed it."""
    listed: Counter[Case] = Counter()
    for review in reviews:
        listed |= Counter(review.answers.cases)
    return listed


def _balance(
    standard: Standard, elements: Sequence[ElementResult], deductions: Sequence[DeductionResult]
) -> Decimal | None:
    """Σ ratings − deductions; below 0 when the deductions are larger. None where the standard has no total."""
    if not isinstance(standard.rating, PointsRating):
        return None
    ratings = sum((element.rating or ZERO for element in elements), ZERO)
    return ratings - sum((deduction.points for deduction in deductions), ZERO)


def _blocked_by(standard: Standard, level: str, reviews: Sequence[Review]) -> tuple[str, ...]:
    """Key criteria not shown to be met: somebody observed it, and everybody who did says met."""
    return tuple(
        criterion.id
        for element in standard.elements_at(level)
        for criterion in criteria_at(element, level)
        if criterion.key and not _is_met(criterion.id, reviews)
    )


def _is_met(criterion: str, reviews: Sequence[Review]) -> bool:
    marks = {review.answers.marks.get(criterion, Mark.NOT_OBSERVED) for review in reviews}
    return marks - {Mark.NOT_OBSERVED} == {Mark.MET}


def _grade(standard: Standard, total: Decimal | None) -> str | None:
    if standard.grades is None or total is None:
        return None
    return next(band.id for band in standard.grades.bands if total >= band.total)


def _exam_scores(standard: Standard, reviews: Sequence[Review]) -> dict[str, Decimal | None]:
    """The scores of the separate exams: one examination, so the first review that knows a score has it."""
    subjects = [subject.id for exam in standard.exams for subject in exam.subjects]
    return {subject: _first(subject, [review.answers.scores for review in reviews]) for subject in subjects}


def _first(subject: str, scores: Sequence[Mapping[str, Decimal | None]]) -> Decimal | None:
    return next((given[subject] for given in scores if given.get(subject) is not None), None)


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


def _way_up(
    standard: Standard,
    balance: Decimal | None,
    elements: Sequence[ElementResult],
    deductions: Sequence[DeductionResult],
) -> WayUp | None:
    """To the next grade by the fewest changes; on a scale, the elements nearest to their target."""
    short = [
        Gain(id=element.id, points=gap)
        for element in elements
        if (gap := element.target - (element.rating or ZERO)) > 0
    ]
    if balance is None:
        nearest = min((gain.points for gain in short), default=ZERO)
        gains = tuple(gain for gain in short if gain.points == nearest)
        return WayUp(grade=None, missing=nearest, gains=gains) if gains else None
    above = [band for band in (standard.grades.bands if standard.grades else ()) if band.total > balance]
    if not above:
        return None
    missing = above[-1].total - balance
    return WayUp(grade=above[-1].id, missing=missing, gains=_fewest(missing, short + _case_gains(standard, deductions)))


def _case_gains(standard: Standard, deductions: Sequence[DeductionResult]) -> list[Gain]:
    rules = {rule.id: rule for rule in standard.deductions}
    return [
        Gain(id=each.id, points=rules[each.id].points) for each in deductions for _ in range(each.required - each.found)
    ]


def _fewest(missing: Decimal, gains: Sequence[Gain]) -> tuple[Gain, ...]:
    """The fewest gains that cover what is missing, largest first; the last one only as far as needed."""
    chosen: list[Gain] = []
    for gain in sorted(gains, key=lambda gain: -gain.points):
        if missing <= 0:
            break
        chosen.append(Gain(id=gain.id, points=min(gain.points, missing)))
        missing -= gain.points
    return tuple(chosen)
