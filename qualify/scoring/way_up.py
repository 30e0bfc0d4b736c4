"""The grade within the level, and the cheapest way up from there: the fewest changes that bring the next grade, or the
nearest target."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from qualify.scoring.model import DeductionResult, ElementResult, Gain, WayUp
from qualify.standard import BandGrades, CountingGrades, Standard, criteria_at

ZERO = Decimal(0)


def grade_and_way_up(
    standard: Standard,
    level: str,
    balance: Decimal | None,
    elements: Sequence[ElementResult],
    deductions: Sequence[DeductionResult],
    *,
    unmet: tuple[str, ...],
    blocked_by: tuple[str, ...],
) -> tuple[str | None, WayUp | None]:
    """The grade that Σ ratings − deductions (`balance`, None on a scale) or the number of `unmet` criteria comes to,
    whatever blocks it, and the way from there: None when nothing is left to gain."""
    if isinstance(standard.grades, CountingGrades):
        return _counted(standard.grades, countable(standard, level), len(unmet), blocked_by)
    way_up = _way_up(standard, balance, elements, deductions, blocked_by)
    return None if balance is None else _grade(standard.grades, balance), way_up


def countable(standard: Standard, level: str) -> int:
    """How many criteria are counted at the level: those that aren't key conditions."""
    return sum(
        not criterion.key for element in standard.elements_at(level) for criterion in criteria_at(element, level)
    )


def _counted(grades: CountingGrades, asked: int, unmet: int, blocked_by: tuple[str, ...]) -> tuple[str, WayUp | None]:
    allowed = [floor(Fraction(band.unmet) * asked) for band in grades.bands]
    place = next(place for place, most in enumerate(allowed) if unmet <= most)
    if place:
        missing = Decimal(unmet - allowed[place - 1])
        return grades.bands[place].id, WayUp(
            grade=grades.bands[place - 1].id, missing=missing, gains=(), keys=blocked_by
        )
    way_up = WayUp(grade=None, missing=ZERO, gains=(), keys=blocked_by) if blocked_by else None
    return grades.bands[0].id, way_up


def _grade(grades: BandGrades | None, balance: Decimal) -> str | None:
    if grades is None:
        return None
    return next(band.id for band in grades.bands if max(ZERO, balance) >= band.total)


def _way_up(
    standard: Standard,
    balance: Decimal | None,
    elements: Sequence[ElementResult],
    deductions: Sequence[DeductionResult],
    blocked_by: tuple[str, ...],
) -> WayUp | None:
    if balance is None:
        return _nearest(_short(elements), blocked_by)
    bands = standard.grades.bands if isinstance(standard.grades, BandGrades) else ()
    above = [band for band in bands if band.total > max(ZERO, balance)]
    if not above:
        return WayUp(grade=None, missing=ZERO, gains=(), keys=blocked_by) if blocked_by else None
    missing = above[-1].total - balance  # from the balance itself: what lies below 0 has to be made up as well
    due = _due_anyway(elements, blocked_by)
    gains = sorted(_short(elements) + _cases(standard, deductions), key=lambda gain: (gain.id not in due, -gain.points))
    return WayUp(grade=above[-1].id, missing=missing, gains=_fewest(missing, gains), keys=blocked_by)


def _nearest(short: Sequence[Gain], blocked_by: tuple[str, ...]) -> WayUp | None:
    missing = min((gain.points for gain in short), default=ZERO)
    gains = tuple(gain for gain in short if gain.points == missing)
    return WayUp(grade=None, missing=missing, gains=gains, keys=blocked_by) if gains or blocked_by else None


def _short(elements: Sequence[ElementResult]) -> list[Gain]:
    """What each element lacks to its target; an element that nobody rated lacks all of it."""
    lacking = ((element.id, element.target - (element.rating or ZERO)) for element in elements)
    return [Gain(id=element, points=points) for element, points in lacking if points > 0]


def _due_anyway(elements: Sequence[ElementResult], blocked_by: Iterable[str]) -> set[str]:
    """The elements with an unmet key criterion: they have to change whatever else does."""
    keys = set(blocked_by)
    return {element.id for element in elements if any(keys & review.marks.keys() for review in element.reviews)}


def _cases(standard: Standard, deductions: Sequence[DeductionResult]) -> list[Gain]:
    """One gain for each case that is missing."""
    worth = {rule.id: rule.points for rule in standard.deductions}
    return [
        Gain(id=each.id, points=worth[each.id], cases=1)
        for each in deductions
        for _ in range(each.required - each.found)
    ]


def _fewest(missing: Decimal, gains: Sequence[Gain]) -> tuple[Gain, ...]:
    """The fewest gains that cover what is missing: in their order, until one covers the rest (rather an element).

    An element is raised only as far as needed; a case always counts in full.
    """
    left, chosen = list(gains), dict[tuple[str, bool], Gain]()
    while missing > 0 and left:
        gain = min([each for each in left if each.points >= missing] or left[:1], key=lambda each: each.cases)
        left.remove(gain)
        kind = gain.id, gain.cases > 0
        before = chosen.get(kind, Gain(id=gain.id, points=ZERO))
        points = gain.points if gain.cases else min(gain.points, missing)
        chosen[kind] = Gain(id=gain.id, points=before.points + points, cases=before.cases + gain.cases)
        missing -= gain.points
    return tuple(chosen.values())
