"""Results side by side: where assessors disagree, down to the criteria; how a result differs from the last; ranks."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from qualify.scoring.model import ElementResult, Mark, Result
from qualify.standard import ScaleRating, Standard

SCALE_THRESHOLD = Decimal(1)
POINTS_THRESHOLD = Decimal("0.2")


class Disagreement(NamedTuple):
    """An element on which assessors lie further apart than the threshold; `ratings` by assessor, in their order."""

    element: str
    ratings: tuple[tuple[str, Decimal], ...]

    @property
    def apart(self) -> Decimal:
        """The distance between the lowest and the highest rating."""
        given = [rating for _, rating in self.ratings]
        return max(given) - min(given)


def disagreements(standard: Standard, result: Result) -> tuple[Disagreement, ...]:
    """Elements whose ratings lie more than 1 apart on a scale, more than 20 % of the element's points otherwise."""
    found = []
    for element in result.elements:
        ratings = tuple((each.assessor, each.rating) for each in element.reviews if each.rating is not None)
        told = Disagreement(element.id, ratings)
        if len(ratings) > 1 and told.apart > _threshold(standard, element):
            found.append(told)
    return tuple(found)


def _threshold(standard: Standard, element: ElementResult) -> Decimal:
    return SCALE_THRESHOLD if isinstance(standard.rating, ScaleRating) else POINTS_THRESHOLD * element.possible


MARKED_DOWN = frozenset({Mark.PARTLY, Mark.NOT_MET})


class CriterionMarks(NamedTuple):
    """How assessors marked one criterion: `marks` by assessor, in their order, without those who weren't asked."""

    criterion: str
    marks: tuple[tuple[str, Mark], ...]

    @property
    def is_apart(self) -> bool:
        """Whether those who observed it don't agree."""
        return len({mark for _, mark in self.marks if mark is not Mark.NOT_OBSERVED}) > 1

    @property
    def marked_down(self) -> tuple[tuple[str, Mark], ...]:
        """Who found it met in part or not at all."""
        return tuple((assessor, mark) for assessor, mark in self.marks if mark in MARKED_DOWN)


def by_criterion(element: ElementResult) -> tuple[CriterionMarks, ...]:
    """Every criterion of the element that an assessor was asked, the level's first, then those of the next."""
    asked = dict.fromkeys(key for each in element.reviews for key in each.marks)
    asked |= dict.fromkeys(key for each in element.reviews for key in each.above)
    given = [(each.assessor, {**each.above, **each.marks}) for each in element.reviews]
    return tuple(
        CriterionMarks(key, tuple((assessor, marks[key]) for assessor, marks in given if key in marks)) for key in asked
    )


class Comparison(NamedTuple):
    """A result against an earlier one of the same standard and level; `changed` has each element whose rating differs,
    with the ratings then and now. `total` and `met` (elements at or above the target) are now minus then."""

    total: Decimal | None
    met: int
    changed: tuple[tuple[str, Decimal, Decimal], ...]


def compare(earlier: Result, later: Result) -> Comparison:
    """How the later result differs; elements that only one of them has are left out."""
    before = {element.id: element.rating for element in earlier.elements}
    changed = tuple(
        (element.id, then, element.rating)
        for element in later.elements
        if (then := before.get(element.id)) is not None and element.rating is not None and then != element.rating
    )
    total = None if later.total is None or earlier.total is None else later.total - earlier.total
    return Comparison(total, met(later) - met(earlier), changed)


def met(result: Result) -> int:
    """How many elements are at or above their target."""
    return sum(module.at + module.above for module in result.modules)


def ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """The rank of each score, the highest first; ties share a rank and the next one counts them; no score, no rank."""
    worst_first = sorted(score for score in scores if score is not None)
    return [None if score is None else 1 + len(worst_first) - bisect_right(worst_first, score) for score in scores]
