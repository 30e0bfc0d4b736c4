"""A result in words: every number with where it comes from, and the cheapest way up."""

from fractions import Fraction
from typing import NamedTuple

from qualify.scoring.answers import all_subjects
from qualify.scoring.model import DeductionResult, ElementResult, ElementReview, Mark, Result
from qualify.scoring.numbers import percent, plain
from qualify.standard import Element, ScaleRating, Standard, Text
from qualify.standard.model import all_criteria
from qualify.texts import say


class Explanation(NamedTuple):
    """`elements`: for each element id its lines, the first being its heading; `closing`: sum, deductions,
    grade, what blocked it, knowledge, and the way up."""

    elements: dict[str, list[str]]
    closing: list[str]

    def lines(self) -> list[str]:
        """Everything, one list."""
        return [line for lines in self.elements.values() for line in lines] + self.closing


def explain(standard: Standard, result: Result, language: str) -> Explanation:
    """The explanation of `result` in `language`; `standard` must be the version that the result names."""
    return Explanation(
        {element.id: _element(standard, element, language) for element in result.elements},
        _closing(standard, result, language),
    )


def names(standard: Standard, language: str) -> dict[str, str]:
    """The names of all elements, modules, deductions, grades and subjects by id."""
    named: dict[str, Text] = {module.id: module.name for module in standard.modules}
    named |= {rule.id: rule.name for rule in standard.deductions}
    named |= {band.id: band.name for band in (standard.grades.bands if standard.grades else ())}
    named |= {element.id: element.name for element in standard.all_elements()}
    named |= {subject.id: subject.name for subject in all_subjects(standard)}
    return {key: name.in_language(language) for key, name in named.items()}


def label(standard: Standard, rating: object, language: str) -> str:
    """The scale's word for a whole rating ("达标"), or nothing."""
    if not isinstance(standard.rating, ScaleRating):
        return ""
    return next((each.name.in_language(language) for each in standard.rating.labels if each.value == rating), "")


def _element(standard: Standard, result: ElementResult, language: str) -> list[str]:
    element = standard.element(result.id)
    name = element.name.in_language(language)
    lines = [_heading(standard, result, name, language)]
    several = len(result.reviews) > 1
    for review in result.reviews:
        who = say(language, "explain-assessor", name=review.assessor, weight=plain(review.weight)) if several else ""
        lines += [who + line for line in _review(standard, element, result, review, language)]
    if several and result.rating is not None:
        lines.append(say(language, "explain-mean", rating=plain(result.rating)))
    return lines


def _heading(standard: Standard, result: ElementResult, name: str, language: str) -> str:
    if result.rating is None:
        return say(language, "explain-element-unrated", name=name)
    return say(
        language,
        "explain-element",
        name=name,
        rating=plain(result.rating),
        target=plain(result.target),
        label=label(standard, result.rating, language) or "none",
        kind=standard.rating.kind,
    )


def _review(
    standard: Standard, element: Element, result: ElementResult, review: ElementReview, language: str
) -> list[str]:
    if element.kind == "exam":
        lines = [_exam(element, review, language)]
    elif review.share is None or review.suggestion is None:
        lines = [say(language, "explain-nothing-observed")]
    else:
        lines = [_from_criteria(standard, result, review, language)]
    if review.rating is not None and review.rating != review.suggestion:
        reason = review.reason or say(language, "explain-no-reason")
        lines.append(say(language, "explain-changed", rating=plain(review.rating), reason=reason))
    return lines


def _from_criteria(standard: Standard, result: ElementResult, review: ElementReview, language: str) -> str:
    assert review.share is not None
    assert review.suggestion is not None
    rating = standard.rating
    exceeds = review.suggestion > result.target
    if isinstance(rating, ScaleRating):
        key = "explain-exceeds" if exceeds else "explain-scale"
        assumed = rating.suggestion.assumed or (exceeds and rating.exceeding is not None and rating.exceeding.assumed)
    else:
        key, assumed = "explain-points", False
    text = say(
        language,
        key,
        counts=_counts(review, language),
        share=percent(review.share),
        possible=plain(result.possible),
        suggestion=plain(review.suggestion),
    )
    return text + (say(language, "explain-assumed") if assumed else "")


def _counts(review: ElementReview, language: str) -> str:
    counted = [(mark, sum(each is mark for each in review.marks.values())) for mark in Mark]
    parts = [say(language, f"explain-count-{mark.replace('_', '-')}", n=str(n)) for mark, n in counted if n]
    return say(language, "explain-separator").join(parts)


def _exam(element: Element, review: ElementReview, language: str) -> str:
    scores = say(language, "explain-separator").join(
        f"{subject.name.in_language(language)} {_score(review.scores.get(subject.id), language)}"
        for subject in element.subjects
    )
    assert review.suggestion is not None
    if review.mean_score is None:
        return say(language, "explain-exam-untaken", suggestion=plain(review.suggestion)) + say(
            language, "explain-assumed"
        )
    return say(
        language,
        "explain-exam",
        scores=scores,
        mean=plain(review.mean_score),
        suggestion=plain(review.suggestion),
    )


def _score(score: object, language: str) -> str:
    return say(language, "explain-not-taken") if score is None else plain(score)  # type: ignore[arg-type]


def _closing(standard: Standard, result: Result, language: str) -> list[str]:
    lines = (
        _points_closing(standard, result, language) if result.total is not None else _scale_closing(result, language)
    )
    if result.composite is not None:
        lines.append(_composite(standard, result, language))
    return lines + _way_up(standard, result, language)


def _scale_closing(result: Result, language: str) -> list[str]:
    modules = result.modules
    return [
        say(
            language,
            "explain-scale-count",
            above=str(sum(module.above for module in modules)),
            at=str(sum(module.at for module in modules)),
            below=str(sum(module.below for module in modules)),
        )
    ]


def _points_closing(standard: Standard, result: Result, language: str) -> list[str]:
    assert result.total is not None
    got = sum(module.got for module in result.modules)
    lines = [say(language, "explain-sum", got=plain(got), possible=plain(sum(m.possible for m in result.modules)))]  # type: ignore[arg-type]
    lines += [_deduction(standard, each, language) for each in result.deductions]
    lines.append(say(language, "explain-total", total=plain(result.total)))
    lines += _grade(standard, result, language)
    return lines


def _deduction(standard: Standard, result: DeductionResult, language: str) -> str:
    rule = next(rule for rule in standard.deductions if rule.id == result.id)
    return say(
        language,
        "explain-deduction" if result.points else "explain-no-deduction",
        name=rule.name.in_language(language),
        since=result.since.isoformat(),
        until=result.until.isoformat(),
        found=str(result.found),
        required=str(result.required),
        each=plain(rule.points),
        points=plain(result.points),
    )


def _grade(standard: Standard, result: Result, language: str) -> list[str]:
    if standard.grades is None or result.grade_by_total is None:
        return []
    assumed = say(language, "explain-assumed") if standard.grades.assumed else ""
    name = names(standard, language)[result.grade_by_total]
    if result.granted:
        level = standard.level(result.level).name.in_language(language)
        return [say(language, "explain-grade", grade=name, level=level) + assumed]
    assumed = say(language, "explain-assumed") if standard.key_conditions and standard.key_conditions.assumed else ""
    texts = {criterion.id: criterion.text.in_language(language) for criterion in all_criteria(standard)}
    unmet = [say(language, "explain-key-unmet", text=texts[each]) for each in result.blocked_by]
    return [say(language, "explain-not-granted", grade=name) + assumed, *unmet]


def _composite(standard: Standard, result: Result, language: str) -> str:
    subjects = [subject for exam in standard.exams for subject in exam.subjects]
    total = sum(subject.weight for subject in subjects)
    parts = say(language, "explain-plus").join(
        say(
            language,
            "explain-composite-part",
            name=subject.name.in_language(language),
            score=plain(result.scores[subject.id] or 0),  # type: ignore[arg-type]
            maximum=plain(subject.max),
            weight=percent(Fraction(subject.weight) / Fraction(total)),
        )
        for subject in subjects
    )
    assert result.composite is not None
    return say(language, "explain-composite", parts=parts, composite=plain(result.composite))


def _way_up(standard: Standard, result: Result, language: str) -> list[str]:
    way = result.way_up
    if way is None:
        return []
    named = names(standard, language)
    gains = say(language, "explain-separator").join(
        say(language, "explain-gain", name=named[gain.id], points=plain(gain.points)) for gain in way.gains
    )
    if way.grade is None:
        return [say(language, "explain-way-up-scale", gains=gains)]
    return [say(language, "explain-way-up", missing=plain(way.missing), grade=named[way.grade], gains=gains)]
