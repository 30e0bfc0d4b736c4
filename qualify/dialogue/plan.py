"""The walk of a review: which steps a standard asks for at a level, in order."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qualify.standard import Element, ScaleRating, Standard, criteria_at


class Kind(StrEnum):
    """What a step asks for."""

    CRITERION = "criterion"
    RATING = "rating"
    REASON = "reason"
    SCORE = "score"
    CASES = "cases"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `key` is the criterion's or subject's id; `element` is empty for cases and the summary.

    A side step is not on the way: the next level's criteria are offered, a reason is asked only when needed.
    """

    index: int
    kind: Kind
    element: str = ""
    key: str = ""
    side: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a review; the last one is the summary."""

    standard: Standard
    level: str
    steps: tuple[Step, ...]
    elements: tuple[Element, ...]

    @property
    def summary(self) -> Step:
        """The last step."""
        return self.steps[-1]

    def of_element(self, element: str) -> tuple[Step, ...]:
        """The element's steps, in order."""
        return tuple(step for step in self.steps if step.element == element)

    def find(self, kind: Kind, element: str) -> Step | None:
        """The first step of this kind in the element."""
        return next((step for step in self.of_element(element) if step.kind is kind), None)

    def progress(self, index: int) -> int:
        """How much of the way lies behind the step, in whole percent, rounded down."""
        way = [step.index for step in self.steps[:-1] if not step.side]
        return 100 * sum(behind < index for behind in way) // max(1, len(way))


@lru_cache(maxsize=64)
def plan(standard: Standard, level: str) -> Plan:
    """The walk for `level`: each element's criteria and rating, or its exam scores; then cases; then the summary."""
    asked: list[tuple[Kind, str, str, bool]] = []
    elements = standard.elements_at(level)
    for element in elements:
        asked += _behaviour(standard, element, level) if element.kind == "behaviour" else _exam(element)
    if standard.deductions:
        asked.append((Kind.CASES, "", "", False))
    asked.append((Kind.SUMMARY, "", "", False))
    steps = tuple(Step(index, *fields) for index, fields in enumerate(asked))
    return Plan(standard, level, steps, elements)


def _behaviour(standard: Standard, element: Element, level: str) -> list[tuple[Kind, str, str, bool]]:
    own = [(Kind.CRITERION, element.id, criterion.id, False) for criterion in criteria_at(element, level)]
    above = standard.next_level(level)
    offered = criteria_at(element, above.id) if above and _offers(standard) else ()
    return [
        *own,
        *[(Kind.CRITERION, element.id, criterion.id, True) for criterion in offered],
        (Kind.RATING, element.id, "", False),
        (Kind.REASON, element.id, "", True),
    ]


def _exam(element: Element) -> list[tuple[Kind, str, str, bool]]:
    return [(Kind.SCORE, element.id, subject.id, False) for subject in element.subjects]


def _offers(standard: Standard) -> bool:
    return isinstance(standard.rating, ScaleRating) and standard.rating.exceeding is not None
