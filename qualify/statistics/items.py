"""Statistics of each element and criterion at one level, gathered result by result.

The unit is a result: what several assessors gave in one counts as one, or a panel of three would look like three
independent people. Somebody assessed twice counts twice.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from qualify.scoring import (
    CriterionMarks,
    ElementResult,
    ElementReview,
    Mark,
    Result,
    disagreements,
    points_possible,
)
from qualify.scoring.rating import VALUE
from qualify.standard import Element, ScaleRating, Standard, criteria_at
from qualify.statistics.intervals import Estimate, PairSums, Sums

VALUES = {mark: float(value) for mark, value in VALUE.items()}


class ItemKind(StrEnum):
    """What the statistics are of."""

    ELEMENT = "element"
    CRITERION = "criterion"


class ItemStatistics(NamedTuple):
    """One element or criterion over the results in which it was asked; what fewer than `FEWEST` bear out is None.

    - `met`: in how many of those rated the rating reaches the target, as everywhere (of points: all of them). A
      criterion is met where somebody observed it and everybody who did says met.
    - `unobserved`: the share of marks "not observed", or of examination subjects not taken; each result counts alike.
    - `mean`, `spread`: of the ratings, 0…`full`; of a criterion met 1, partly ½, not met 0.
    - `agreed`: in how many panels nobody lies apart by `scoring.disagreements`; of a criterion, all who observed it
      gave the same mark. `deviation` is AD_M: how far an assessor lies from the panel's mean, on average, in the
      rating's own units; above `critical` (a sixth of the categories: Burke & Dunlap) they don't agree. Examinations
      have neither: a score is no opinion.
    - `discrimination`: the item–rest correlation, −1…1: with all other elements' share of their points, or with the
      mean of all other criteria. Near 0 the item says nothing of what the others say.
    """

    id: str
    kind: ItemKind
    element: str
    full: float
    results: int
    rated: int
    met: Estimate | None
    unobserved: Estimate | None
    mean: Estimate | None
    spread: float | None
    agreed: Estimate | None
    deviation: Estimate | None
    critical: float
    discrimination: Estimate | None


class LevelStatistics(NamedTuple):
    """Everything gathered of one level of one version: from how many `results`, of which so many by several assessors
    (`panels`). The items stand in the standard's order, each element before its criteria."""

    standard: str
    version: int
    level: str
    results: int
    panels: int
    items: tuple[ItemStatistics, ...]


class Gathering:
    """What was gathered so far; takes as much memory for thousands of results as for one."""

    def __init__(self, standard: Standard, level: str) -> None:
        self._standard, self._level = standard, level
        self._results = self._panels = 0
        self._items: dict[str, _Item] = {}
        for element in standard.elements_at(level):
            self._items[element.id] = _element_item(standard, element, level)
            for criterion in criteria_at(element, level):
                self._items[criterion.id] = _Item(criterion.id, ItemKind.CRITERION, element.id, 1.0, 0.5)

    def add(self, result: Result) -> None:
        """One more result of this standard and level."""
        apart = {each.element for each in disagreements(self._standard, result)}
        elements, criteria = list[_Seen](), list[_Seen]()
        for element in result.elements:
            if element.id in self._items:
                elements.append(_seen_element(self._items[element.id], element, is_apart=element.id in apart))
                criteria += self._seen_criteria(element)
        self._results += 1
        self._panels += any(len(element.reviews) > 1 for element in result.elements)
        for group in (elements, criteria):
            _add_all(group)

    def _seen_criteria(self, element: ElementResult) -> Iterator["_Seen"]:
        """The criteria of the level; those of the next one were asked to see who exceeds this one."""
        for key in dict.fromkeys(key for review in element.reviews for key in review.marks):
            if key in self._items:
                asked = [review for review in element.reviews if key in review.marks]
                yield _seen_criterion(self._items[key], asked)

    def statistics(self) -> LevelStatistics:
        """What was gathered."""
        of = self._standard.id, self._standard.version, self._level
        return LevelStatistics(*of, self._results, self._panels, tuple(item.told() for item in self._items.values()))


class _Item:
    """The running sums of one item. `step` is what lies between two neighbouring ratings."""

    def __init__(self, id_: str, kind: ItemKind, element: str, full: float, step: float) -> None:
        self.id, self.kind, self.element, self.full = id_, kind, element, full
        self.critical = (full / step + 1) / 6 * step
        self.results = 0
        self.met, self.unobserved, self.value = Sums(), Sums(), Sums()
        self.agreed, self.deviation = Sums(), Sums()
        self.with_rest = PairSums()

    def told(self) -> ItemStatistics:
        return ItemStatistics(
            self.id,
            self.kind,
            self.element,
            self.full,
            self.results,
            self.value.count,
            self.met.share,
            self.unobserved.share,
            self.value.mean,
            self.value.spread,
            self.agreed.share,
            self.deviation.mean,
            self.critical,
            self.with_rest.correlation,
        )


def _element_item(standard: Standard, element: Element, level: str) -> _Item:
    step = 1.0 if isinstance(standard.rating, ScaleRating) else float(standard.rating.step)
    full = float(points_possible(standard, element, level))
    return _Item(element.id, ItemKind.ELEMENT, element.id, full, step)


class _Seen(NamedTuple):
    """One item in one result; `value` None where nobody rated it."""

    item: _Item
    value: float | None
    is_met: bool
    unobserved: float
    given: tuple[float, ...]
    is_apart: bool


def _seen_element(item: _Item, element: ElementResult, *, is_apart: bool) -> _Seen:
    exact = element.rating if element.exact is None else element.exact
    is_exam = any(review.scores for review in element.reviews)
    given = () if is_exam else tuple(float(each.rating) for each in element.reviews if each.rating is not None)
    value = None if exact is None else float(exact)
    is_met = element.gap is not None and element.gap <= 0
    return _Seen(item, value, is_met, _unobserved(element), given, is_apart)


def _unobserved(element: ElementResult) -> float:
    """The share of marks that say so, or of subjects not taken; of an element that has neither, whether it wasn't
    rated."""
    said = [mark is Mark.NOT_OBSERVED for review in element.reviews for mark in review.marks.values()]
    said = said or [score is None for review in element.reviews for score in review.scores.values()]
    return sum(said) / len(said) if said else float(element.rating is None)


def _seen_criterion(item: _Item, reviews: Sequence[ElementReview]) -> _Seen:
    marks = CriterionMarks(item.id, tuple((review.assessor, review.marks[item.id]) for review in reviews))
    pairs = zip(marks.marks, reviews, strict=True)
    observed = [(VALUES[mark], float(review.weight)) for (_, mark), review in pairs if mark in VALUES]
    weight = sum(weight for _, weight in observed)
    value = sum(value * weight for value, weight in observed) / weight if weight else None
    is_met = bool(observed) and not marks.marked_down
    unobserved = 1 - len(observed) / len(reviews)
    return _Seen(item, value, is_met, unobserved, tuple(value for value, _ in observed), marks.is_apart)


def _add_all(group: Sequence[_Seen]) -> None:
    """Add items of one kind in one result, each with what the others come to."""
    rated = [(seen.item.full, seen.value) for seen in group if seen.value is not None]
    possible, got = sum(full for full, _ in rated), sum(value for _, value in rated)
    for seen in group:
        item = seen.item
        item.results += 1
        item.unobserved.add(seen.unobserved)
        if seen.value is None:
            continue
        item.met.add(seen.is_met)
        item.value.add(seen.value)
        if possible > item.full:
            item.with_rest.add(seen.value, (got - seen.value) / (possible - item.full))
        if len(seen.given) > 1:
            item.agreed.add(not seen.is_apart)
            item.deviation.add(_deviation(seen.given))


def _deviation(given: Sequence[float]) -> float:
    """How far those who rated lie from their mean, on average."""
    mean = sum(given) / len(given)
    return sum(abs(rating - mean) for rating in given) / len(given)
