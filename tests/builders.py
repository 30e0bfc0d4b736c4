"""Short ways to say what an assessor answered, for the tests of scoring."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from qualify.paths import STANDARDS
from qualify.scoring import Answers, Case, ElementResult, Mark, Result, ReviewInput, score
from qualify.standard import Standard, criteria_at, shipped

SERVICE = shipped(STANDARDS).get("service-manager", 1)  # points; levels 3, 4, 5
CLIENT = shipped(STANDARDS).get("client-manager", 1)  # a scale 0…6; levels 4, 3, 2, 1, low to high
APPLIED = date(2026, 11, 22)
SIGNS = {"+": Mark.MET, "/": Mark.PARTLY, "-": Mark.NOT_MET, ".": Mark.NOT_OBSERVED}


def signs(standard: Standard, level: str, patterns: Mapping[str, str]) -> dict[str, Mark]:
    """Marks by element: "++/-." says met, met, partly, not met, not observed, in the order of the criteria."""
    marks = {}
    for element, pattern in patterns.items():
        criteria = criteria_at(standard.element(element), level)
        marks |= {criterion.id: SIGNS[sign] for criterion, sign in zip(criteria, pattern, strict=True)}
    return marks


def all_marked(standard: Standard, level: str, mark: Mark = Mark.MET) -> dict[str, Mark]:
    """The same mark for every criterion of the level."""
    elements = standard.elements_at(level)
    return {criterion.id: mark for element in elements for criterion in criteria_at(element, level)}


def cases(number: int, adopted: date = APPLIED) -> tuple[Case, ...]:
    """So many different cases, all adopted on one day."""
    return tuple(Case(adopted, f"案例 {n}") for n in range(number))


def reviewed(weight: str = "1", assessor: str = "", **answers: object) -> ReviewInput:
    """One assessor's review; `answers` are the fields of Answers."""
    return ReviewInput(answers=Answers(**answers), weight=Decimal(weight), assessor=assessor)  # type: ignore[arg-type]


def scored(standard: Standard, level: str, *reviews: ReviewInput, **answers: object) -> Result:
    """The result of these reviews, or of one review with these answers."""
    return score(standard, level, reviews or (reviewed(**answers),), APPLIED)  # type: ignore[arg-type]


def of(result: Result, element: str) -> ElementResult:
    """One element of the result."""
    return next(each for each in result.elements if each.id == element)


def ratings_of(level: str, total: str) -> dict[str, Decimal]:
    """Ratings on the points standard that add up to `total`: the first elements get all their points."""
    left, ratings = Decimal(total), {}
    for element in SERVICE.elements_at(level):
        ratings[element.id] = min(left, (element.points or {})[level])
        left -= ratings[element.id]
    return ratings
