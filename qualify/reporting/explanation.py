"""A result in words: every number with where it comes from. Here the elements; `closing` has what follows from them."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from qualify.reporting.closing import closing
from qualify.scoring.model import ElementResult, ElementReview, Mark, Result
from qualify.scoring.numbers import percent, plain, round_half_up
from qualify.scoring.rating import VALUE, exam_band, mean_of_hundred, suggestion_row
from qualify.standard import Element, PointsRating, ScaleRating, Standard, Subject, label
from qualify.texts import say

THOUSANDTH = Decimal("0.001")


class Explanation(NamedTuple):
    """`elements`: for each element id its lines, the first being its heading; `closing`: sum, deductions,
    grade, what blocked it, knowledge, and the way up, which is the last line whenever the result has one."""

    elements: dict[str, list[str]]
    closing: list[str]

    def lines(self) -> list[str]:
        """Everything, one list."""
        return [line for lines in self.elements.values() for line in lines] + self.closing


def explain(standard: Standard, result: Result, language: str) -> Explanation:
    """The explanation of `result` in `language`; `standard` must be the version that the result names."""
    return Explanation(
        {element.id: _element(standard, element, language) for element in result.elements},
        closing(standard, result, language),
    )


def _element(standard: Standard, result: ElementResult, language: str) -> list[str]:
    element = standard.element(result.id)
    lines = [_heading(standard, result, element.name.in_language(language), language)]
    several = len(result.reviews) > 1
    for review in result.reviews:
        who = say(language, "explain-assessor", name=review.assessor, weight=plain(review.weight)) if several else ""
        lines += [who + line for line in _review(standard, element, result, review, language)]
    return [*lines, _mean(result, language)] if several and result.rating is not None else lines


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


def _mean(result: ElementResult, language: str) -> str:
    assert result.rating is not None
    figures = [say(language, "explain-mean-rating", rating=plain(result.rating))]
    if result.suggestion is not None:
        figures.append(say(language, "explain-mean-suggestion", suggestion=plain(result.suggestion)))
    if result.share is not None:
        figures.append(say(language, "explain-mean-share", share=percent(result.share)))
    unrated = "some" if any(review.rating is None for review in result.reviews) else "none"
    return say(language, "explain-mean", figures=say(language, "explain-separator").join(figures), unrated=unrated)


def _review(
    standard: Standard, element: Element, result: ElementResult, review: ElementReview, language: str
) -> list[str]:
    if element.kind == "exam":
        lines = [_exam(standard, element, result, review, language)]
    elif review.share is None or review.suggestion is None:
        lines = [say(language, "explain-nothing-observed")]
    elif isinstance(standard.rating, PointsRating):
        lines = [_to_points(standard.rating, result, review, language)]
    else:
        lines = _to_scale(standard.rating, result, review, language)
    if review.rating is not None and review.rating != review.suggestion:
        key = "explain-by-hand" if review.suggestion is None else "explain-changed"
        reason = review.reason or say(language, "explain-no-reason")
        lines.append(say(language, key, rating=plain(review.rating), reason=reason))
    return lines


def _to_points(rating: PointsRating, result: ElementResult, review: ElementReview, language: str) -> str:
    assert review.suggestion is not None
    return say(
        language,
        "explain-points",
        share=_share(review, language),
        possible=plain(result.possible),
        step=plain(rating.step),
        suggestion=plain(review.suggestion),
    )


def _to_scale(rating: ScaleRating, result: ElementResult, review: ElementReview, language: str) -> list[str]:
    assert review.share is not None
    assert review.suggestion is not None
    exceeds = review.suggestion > result.target
    if exceeds:
        reached = _above(rating, review, language)
    else:
        row = suggestion_row(rating, review.share)
        key = "explain-row-above" if row.above else "explain-row-from"
        reached = say(language, key, share=percent(Fraction(row.share)))
    suggestion = plain(review.suggestion)
    text = say(language, "explain-scale", share=_share(review, language), reached=reached, suggestion=suggestion)
    assumed = rating.exceeding.assumed if exceeds and rating.exceeding else rating.suggestion.assumed
    lines = [text + _assumed(assumed, language)]
    if review.above and not exceeds:
        lines.append(_not_exceeding(rating, review, language))
    return lines


def _not_exceeding(rating: ScaleRating, review: ElementReview, language: str) -> str:
    assert rating.exceeding is not None
    text = say(
        language,
        "explain-not-exceeding",
        above=_above(rating, review, language),
        rating=str(rating.exceeding.rating),
    )
    return text + _assumed(rating.exceeding.assumed, language)


def _above(rating: ScaleRating, review: ElementReview, language: str) -> str:
    """How much of the next level is met, of how much it takes."""
    assert rating.exceeding is not None
    return say(
        language,
        "explain-next-level",
        met=str(list(review.above.values()).count(Mark.MET)),
        asked=str(len(review.above)),
        needed=percent(Fraction(rating.exceeding.next_level_share)),
    )


def _share(review: ElementReview, language: str) -> str:
    """The answers counted, and the share as the division that it is."""
    assert review.share is not None
    marks = list(review.marks.values())
    counts = [
        say(language, f"explain-count-{mark.replace('_', '-')}", n=str(marks.count(mark)))
        for mark in Mark
        if mark in marks
    ]
    observed = [VALUE[mark] for mark in marks if mark is not Mark.NOT_OBSERVED]
    return say(
        language,
        "explain-share",
        counts=say(language, "explain-separator").join(counts),
        value=plain(round_half_up(sum(observed, Fraction(0)), Decimal("0.5"))),
        observed=str(len(observed)),
        share=percent(review.share),
    )


def _exam(standard: Standard, element: Element, result: ElementResult, review: ElementReview, language: str) -> str:
    assert review.suggestion is not None
    rating, exact = standard.rating, mean_of_hundred(element.subjects, review.scores)
    bands = rating.exam_bands if isinstance(rating, ScaleRating) else None
    if review.mean_score is None or exact is None:
        text = say(language, "explain-exam-untaken", suggestion=plain(review.suggestion))
        return text + _assumed(bands is None or bands.assumed, language)
    if isinstance(rating, PointsRating):
        rule = say(language, "explain-exam-points", possible=plain(result.possible), step=plain(rating.step))
    else:
        assert bands is not None
        rule = say(language, "explain-exam-band", score=str(exam_band(bands, review.mean_score).score))
    rounded = exact != review.mean_score
    text = say(
        language,
        "explain-exam-rounded" if rounded else "explain-exam",
        scores=_scores(element, review, language),
        exact=plain(round_half_up(exact, THOUSANDTH)),
        mean=plain(review.mean_score),
        rule=rule,
        suggestion=plain(review.suggestion),
    )
    filled = rounded or None in review.scores.values()
    return text + _assumed(bands is not None and bands.assumed and filled, language)


def _scores(element: Element, review: ElementReview, language: str) -> str:
    """Each subject's score, with its weight where they differ."""
    total = Fraction(sum(subject.weight for subject in element.subjects))
    alike = len({subject.weight for subject in element.subjects}) == 1
    parts = []
    for subject in element.subjects:
        text = f"{subject.name.in_language(language)} {_score(subject, review.scores.get(subject.id), language)}"
        weight = percent(Fraction(subject.weight) / total)
        parts.append(text if alike else say(language, "explain-weighted", text=text, weight=weight))
    return say(language, "explain-separator").join(parts)


def _score(subject: Subject, score: Decimal | None, language: str) -> str:
    if score is None:
        return say(language, "explain-counts-nothing")
    return plain(score) if subject.max == 100 else f"{plain(score)}/{plain(subject.max)}"


def _assumed(assumed: bool, language: str) -> str:
    return say(language, "explain-assumed") if assumed else ""
