"""A result in words: every number with where it comes from. Here the elements; `closing` has what follows from them."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from qualify.reporting.agreed import Agreed, Signs
from qualify.reporting.closing import closing
from qualify.reporting.own_settings import settings_note
from qualify.scoring.model import ElementResult, ElementReview, Mark, Result
from qualify.scoring.numbers import percent, plain, round_half_up
from qualify.scoring.rating import exam_band, line_values, mean_of_hundred, share_above, suggestion_row
from qualify.standard import Element, PointsRating, ScaleRating, Standard, Subject, label, lines_at
from qualify.texts import say

THOUSANDTH = Decimal("0.001")


class Explanation(NamedTuple):
    """`elements`: for each element id its lines, the first being its heading; `closing`: sum, deductions,
    grade, what blocked it, knowledge, and the way up, which is the last line whenever the result has one; `notes`: what
    the signs beside some numbers stand for, rules of ours where the source has none, and which of an organisation's
    settings they were made with."""

    elements: dict[str, list[str]]
    closing: list[str]
    notes: list[str]

    def lines(self) -> list[str]:
        """Everything, one list."""
        return [line for lines in self.elements.values() for line in lines] + self.closing + self.notes


def explain(standard: Standard, result: Result, language: str) -> Explanation:
    """The explanation of `result` in `language`; `standard` must be the version that the result names, with the
    settings that it was made with."""
    signs = Signs(standard, language)
    elements = {element.id: _element(standard, element, result.level, signs, language) for element in result.elements}
    ending = closing(standard, result, signs, language)
    return Explanation(elements, ending, signs.notes() + settings_note(standard, language))


def _element(standard: Standard, result: ElementResult, level: str, signs: Signs, language: str) -> list[str]:
    element = standard.element(result.id)
    lines = [_heading(standard, result, element.name.in_language(language), language)]
    reviews = result.reviews
    if element.kind == "exam" and len({(*review.scores.items(), review.rating) for review in reviews}) == 1:
        reviews = reviews[:1]  # a score is a fact, whoever gave it
    several = len(reviews) > 1
    for review in reviews:
        who = say(language, "explain-assessor", name=review.assessor, weight=plain(review.weight)) if several else ""
        made = _Made(standard, element, result, review, level, signs)
        lines += [who + line for line in _review(made, language)]
    return [*lines, _mean(result, signs, language)] if several and result.rating is not None else lines


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


def _mean(result: ElementResult, signs: Signs, language: str) -> str:
    assert result.rating is not None
    figures = [say(language, "explain-mean-rating", rating=plain(result.rating))]
    if result.suggestion is not None:
        figures.append(say(language, "explain-mean-suggestion", suggestion=plain(result.suggestion)))
    if result.share is not None:
        figures.append(say(language, "explain-mean-share", share=percent(result.share)))
    unrated = "some" if any(review.rating is None for review in result.reviews) else "none"
    joined = say(language, "explain-separator").join(figures)
    return say(language, "explain-mean", figures=joined, unrated=unrated, agreed=signs.of(Agreed.MEAN))


class _Made(NamedTuple):
    """How one assessor's rating of an element at a level came about; `signs` collects the rules of ours in it."""

    standard: Standard
    element: Element
    result: ElementResult
    review: ElementReview
    level: str
    signs: Signs


def _review(made: _Made, language: str) -> list[str]:
    review = made.review
    if made.element.kind == "exam":
        lines = [_exam(made, language)]
    elif review.share is None or review.suggestion is None:
        lines = [say(language, "explain-nothing-observed")]
    elif isinstance(made.standard.rating, PointsRating):
        lines = [_to_points(made.standard.rating, made, language)]
    else:
        lines = _to_scale(made.standard.rating, made, language)
    if review.rating is not None and review.rating != review.suggestion:
        key = "explain-by-hand" if review.suggestion is None else "explain-changed"
        reason = review.reason or say(language, "explain-no-reason")
        lines.append(say(language, key, rating=plain(review.rating), reason=reason))
    return lines


def _to_points(rating: PointsRating, made: _Made, language: str) -> str:
    assert made.review.suggestion is not None
    return say(
        language,
        "explain-points",
        share=_share(made, language),
        possible=plain(made.result.possible),
        step=plain(rating.step),
        suggestion=plain(made.review.suggestion),
        agreed=made.signs.of(Agreed.POINTS),
    )


def _to_scale(rating: ScaleRating, made: _Made, language: str) -> list[str]:
    review = made.review
    assert review.share is not None
    assert review.suggestion is not None
    exceeds = review.suggestion > rating.target  # the table ends there, whatever the element's own target is
    if exceeds:
        reached = _above(rating, made, language)
    else:
        row = suggestion_row(rating, review.share)
        key = "explain-row-above" if row.above else "explain-row-all" if row.share == 1 else "explain-row-from"
        reached = say(language, key, share=percent(Fraction(row.share)))
    text = say(
        language,
        "explain-scale",
        share=_share(made, language),
        reached=reached,
        suggestion=plain(review.suggestion),
        agreed=made.signs.of(Agreed.EXCEEDING if exceeds else Agreed.SUGGESTION),
    )
    return [text, _not_exceeding(rating, made, language)] if review.above and not exceeds else [text]


def _not_exceeding(rating: ScaleRating, made: _Made, language: str) -> str:
    assert rating.exceeding is not None
    return say(
        language,
        "explain-not-exceeding",
        above=_above(rating, made, language),
        rating=str(rating.exceeding.rating),
        agreed=made.signs.of(Agreed.EXCEEDING),
    )


def _above(rating: ScaleRating, made: _Made, language: str) -> str:
    """How much of the next level is met, of how much it takes; as a share where its lines weigh otherwise."""
    assert rating.exceeding is not None
    above = made.review.above
    met = list(above.values()).count(Mark.MET)
    share = share_above(made.standard, made.element, made.level, {**made.review.marks, **above})
    return say(
        language,
        "explain-next-level",
        met=str(met),
        asked=str(len(above)),
        share="alike" if share in (None, Fraction(met, len(above))) else percent(share),
        needed=percent(Fraction(rating.exceeding.next_level_share)),
    )


def _share(made: _Made, language: str) -> str:
    """The answers counted, and the share as the division that it is: by criteria, or by the source's lines where some
    of them hold several criteria."""
    share = made.review.share
    assert share is not None
    marks = made.review.marks
    ours = made.signs.of(Agreed.ANSWERS) if {Mark.PARTLY, Mark.NOT_OBSERVED} & set(marks.values()) else ""
    counts = [
        say(language, f"explain-count-{mark.replace('_', '-')}", n=str(count))
        for mark in Mark
        if (count := list(marks.values()).count(mark))
    ]
    lines = line_values(made.element, made.level, marks)
    split = any(len(line) > 1 for line in lines_at(made.element, made.level))
    return say(
        language,
        "explain-share-lines" if split else "explain-share",
        counts=say(language, "explain-separator").join(counts) + ours,
        value=plain(round_half_up(sum(lines, Fraction(0)), THOUSANDTH)),
        observed=str(len(lines)),
        share=percent(share),
    )


def _exam(made: _Made, language: str) -> str:
    review, rating = made.review, made.standard.rating
    assert review.suggestion is not None
    exact = mean_of_hundred(made.element.subjects, made.level, review.scores)
    suggestion = plain(review.suggestion)
    if review.mean_score is None or exact is None:
        return say(language, "explain-exam-untaken", suggestion=suggestion, agreed=made.signs.of(Agreed.EXAM_UNTAKEN))
    scores = _scores(made, language)
    key, rounded = "explain-exam", ""
    if exact != review.mean_score:
        key, rounded = "explain-exam-rounded", made.signs.of(Agreed.EXAM_ROUNDING)
    if isinstance(rating, PointsRating):
        possible, step = plain(made.result.possible), plain(rating.step)
        rule = say(language, "explain-exam-points", possible=possible, step=step) + made.signs.of(Agreed.POINTS)
    else:
        assert rating.exam_bands is not None
        score = str(exam_band(rating.exam_bands, review.mean_score).score)
        rule = say(language, "explain-exam-band", score=score) + made.signs.of(Agreed.EXAM_BANDS)
    return say(
        language,
        key,
        scores=scores,
        exact=plain(round_half_up(exact, THOUSANDTH)),
        mean=plain(review.mean_score),
        rule=rule,
        suggestion=suggestion,
        agreed=rounded,
    )


def _scores(made: _Made, language: str) -> str:
    """Each subject's score, with its weight where they differ."""
    weights = [subject.weight_at(made.level) for subject in made.element.subjects]
    parts = []
    for subject, weight in zip(made.element.subjects, weights, strict=True):
        score = _score(subject, made, language)
        text = f"{subject.name.in_language(language)} {score}"
        share = percent(Fraction(weight) / Fraction(sum(weights)))
        alike = len(set(weights)) == 1
        parts.append(text if alike else say(language, "explain-weighted", text=text, weight=share))
    return say(language, "explain-separator").join(parts)


def _score(subject: Subject, made: _Made, language: str) -> str:
    score = made.review.scores.get(subject.id)
    if score is None:
        return say(language, "explain-counts-nothing", agreed=made.signs.of(Agreed.EXAM_UNTAKEN))
    return plain(score) if subject.max == 100 else f"{plain(score)}/{plain(subject.max)}"
