"""From answers to one element's suggestion: the share, the points, the scale, the exam bands (design §5)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from qualify.scoring.model import ElementResult, Mark
from qualify.scoring.numbers import TENTH, round_half_up
from qualify.standard import Element, PointsRating, ScaleRating, Standard, Subject, criteria_at, lines_at
from qualify.standard.model import ExamBand, ExamBands, SuggestionRow

VALUE: Mapping[Mark, Fraction] = {Mark.MET: Fraction(1), Mark.PARTLY: Fraction(1, 2), Mark.NOT_MET: Fraction(0)}


def share(element: Element, level: str, marks: Mapping[str, Mark]) -> Fraction | None:
    """The mean over the source's lines; a line's value is the mean of its criteria: met 1, partly ½, not met 0. What
    was not observed is left out. None when nothing was observed."""
    return _share_of(_marks_by_line(element, level, marks))


LineMarks = tuple[tuple[Mark, ...], ...]
"""The marks of an element's criteria, line by line."""


def _marks_by_line(element: Element, level: str, marks: Mapping[str, Mark]) -> LineMarks:
    lines = lines_at(element, level)
    return tuple([tuple([marks.get(criterion.id, Mark.NOT_OBSERVED) for criterion in line]) for line in lines])


@lru_cache(maxsize=16384)  # few patterns of marks cover many people's results
def _share_of(marks: LineMarks) -> Fraction | None:
    return _mean(_values_of(marks))


def _values_of(marks: LineMarks) -> list[Fraction]:
    values = (_mean(VALUE.get(mark) for mark in line) for line in marks)
    return [value for value in values if value is not None]


def line_values(element: Element, level: str, marks: Mapping[str, Mark]) -> list[Fraction]:
    """The value, 0…1, of each of the source's lines with anything observed, in order."""
    return _values_of(_marks_by_line(element, level, marks))


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the values that there are; None for none."""
    there = [value for value in values if value is not None]
    return sum(there, Fraction(0)) / len(there) if there else None


def marks_at(element: Element, level: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks of the element's criteria at the level, in order; an absent one is not observed."""
    return {criterion.id: marks.get(criterion.id, Mark.NOT_OBSERVED) for criterion in criteria_at(element, level)}


def marks_above(standard: Standard, element: Element, level: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks at the next level where they bear on the rating: on a scale with a value above the target, and
    without what the next level takes over from this one."""
    above = standard.next_level(level)
    if above is None or not isinstance(standard.rating, ScaleRating) or standard.rating.exceeding is None:
        return {}
    own = marks_at(element, level, marks)
    return {criterion: mark for criterion, mark in marks_at(element, above.id, marks).items() if criterion not in own}


def points_possible(standard: Standard, element: Element, level: str) -> Decimal:
    """The highest rating the element can get at the level."""
    if isinstance(standard.rating, ScaleRating):
        return Decimal(max(label.value for label in standard.rating.labels))
    return (element.points or {}).get(level, Decimal(0))


def target(standard: Standard, element: Element, level: str) -> Decimal:
    """The rating that meets the standard: the element's target at the level or else the scale's, or all the points."""
    if isinstance(standard.rating, ScaleRating):
        return Decimal(element.targets.get(level, standard.rating.target))
    return points_possible(standard, element, level)


def suggest(standard: Standard, element: Element, level: str, marks: Mapping[str, Mark]) -> Decimal | None:
    """The rating that the answers suggest; None when nothing at the level was observed."""
    exceeding = standard.rating.exceeding if isinstance(standard.rating, ScaleRating) else None
    by_line = _marks_by_line(element, level, marks)
    if exceeding and _share_of(by_line) == 1 and not any(Mark.NOT_OBSERVED in line for line in by_line):
        met = share_above(standard, element, level, marks)
        if met is not None and met >= exceeding.next_level_share:
            return Decimal(exceeding.rating)
    return suggested(standard, element, level, _share_of(by_line))


@lru_cache(maxsize=16384)
def suggested(standard: Standard, element: Element, level: str, observed: Fraction | None) -> Decimal | None:
    """What a share of this level suggests by itself; None for none."""
    if observed is None:
        return None
    if isinstance(standard.rating, PointsRating):
        return _points(standard.rating, points_possible(standard, element, level), observed)
    return Decimal(suggestion_row(standard.rating, observed).rating)


def _points(rating: PointsRating, possible: Decimal, observed: Fraction) -> Decimal:
    return min(possible, round_half_up(Fraction(possible) * observed, rating.step))


def suggestion_row(rating: ScaleRating, observed: Fraction) -> SuggestionRow:
    """The row of the table that catches the share; the last row catches every share that the others leave."""
    rows = rating.suggestion.rows
    return next((row for row in rows if observed > row.share or (observed == row.share and not row.above)), rows[-1])


def share_above(standard: Standard, element: Element, level: str, marks: Mapping[str, Mark]) -> Fraction | None:
    """How much of the next level is met: the mean over its lines of number met ÷ number of criteria, whether observed
    or not; partly doesn't count. None where a rating can't exceed the target."""
    asked, above = marks_above(standard, element, level, marks), standard.next_level(level)
    if above is None:
        return None
    lines = [[asked[each.id] for each in line if each.id in asked] for line in lines_at(element, above.id)]
    return _mean(Fraction(line.count(Mark.MET), len(line)) for line in lines if line)


def summed(elements: Iterable[ElementResult]) -> Fraction:
    """Σ of the exact ratings; one that nobody gave counts 0. What was stored before exact means were has the shown
    ones."""
    exact = (Fraction(each.rating or 0) if each.exact is None else each.exact for each in elements)
    return sum(exact, Fraction(0))


def weighted_mean(pairs: Iterable[tuple[Fraction, Decimal]]) -> Fraction | None:
    """Σ value × weight ÷ Σ weight, exact; None for no pairs."""
    weighed = list(pairs)
    if len(weighed) == 1 and weighed[0][1]:
        return weighed[0][0]  # one assessor, as mostly: no arithmetic
    listed = [(value, Fraction(weight)) for value, weight in weighed]
    total = sum((weight for _, weight in listed), Fraction(0))
    return sum((value * weight for value, weight in listed), Fraction(0)) / total if total else None


Scores = Mapping[str, Decimal | None]
"""The score of each subject; None = not taken."""


def mean_of_hundred(subjects: Iterable[Subject], level: str, scores: Scores) -> Fraction | None:
    """Each score brought to 100 and weighted as at the level, exact; a subject not taken counts 0, none taken is
    None."""
    listed = tuple(subjects)
    if all(scores.get(subject.id) is None for subject in listed):
        return None
    return weighted_mean((_of_hundred(subject, scores), subject.weight_at(level)) for subject in listed)


def _of_hundred(subject: Subject, scores: Scores) -> Fraction:
    return Fraction(scores.get(subject.id) or 0) / Fraction(subject.max) * 100


def exam_mean(subjects: Iterable[Subject], level: str, scores: Scores) -> Decimal | None:
    """The weighted mean of 100, to a whole number half up; a subject not taken counts 0, none taken is None."""
    mean = mean_of_hundred(subjects, level, scores)
    return None if mean is None else round_half_up(mean)


def rate_exam(standard: Standard, element: Element, level: str, mean: Decimal | None) -> Decimal:
    """An exam element's rating: the source's bands on a scale, the share of the points otherwise."""
    if isinstance(standard.rating, PointsRating):
        return _points(standard.rating, points_possible(standard, element, level), Fraction(mean or 0) / 100)
    bands = standard.rating.exam_bands
    assert bands is not None, "checked when the standard is loaded"
    if mean is None:
        return Decimal(bands.untaken)
    return Decimal(exam_band(bands, mean).rating)


def exam_band(bands: ExamBands, mean: Decimal) -> ExamBand:
    """The band that the whole mean falls into; the last one begins at 0."""
    return next(band for band in bands.bands if mean >= band.score)


def composite(subjects: Iterable[Subject], level: str, scores: Scores) -> Decimal | None:
    """Each score brought to 100 and weighted, one decimal half up; None until every subject was taken."""
    listed = tuple(subjects)
    if any(scores.get(subject.id) is None for subject in listed):
        return None
    mean = mean_of_hundred(listed, level, scores)
    return None if mean is None else round_half_up(mean, TENTH)
