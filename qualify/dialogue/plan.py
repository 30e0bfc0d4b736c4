"""The walk of a review: which steps a standard asks for at a level, in order."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from qualify.dialogue.entries import Position
from qualify.standard import Criterion, Element, ScaleRating, Standard, criteria_at


class StepKind(StrEnum):
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
    kind: StepKind
    element: str = ""
    key: str = ""
    side: bool = False

    @property
    def is_on_the_way(self) -> bool:
        """Whether it needs an answer."""
        return not self.side and self.kind is not StepKind.SUMMARY


def is_offered(step: Step) -> bool:
    """Whether the step is a criterion of the next level."""
    return step.side and step.kind is StepKind.CRITERION


@dataclass(frozen=True)
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

    @cached_property
    def way(self) -> tuple[Step, ...]:
        """Every step that needs an answer, in order, without the summary."""
        return tuple(step for step in self.steps[:-1] if not step.side)

    @cached_property
    def _of_elements(self) -> dict[str, tuple[Step, ...]]:
        """The steps by their element: found once, because every press asks."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.element, []).append(step)
        return {element: tuple(steps) for element, steps in found.items()}

    def of_element(self, element: str) -> tuple[Step, ...]:
        """The element's steps, in order; "" has the cases, if they are asked, and the summary."""
        return self._of_elements.get(element, ())

    def find(self, kind: StepKind, element: str) -> Step | None:
        """The first step of this kind in the element."""
        return next((step for step in self.of_element(element) if step.kind is kind), None)

    def alike(self, step: Step) -> tuple[Step, ...]:
        """The element's steps of the same kind, asked or offered as this one is, in order and this one among them."""
        return tuple(each for each in self.of_element(step.element) if (each.kind, each.side) == (step.kind, step.side))

    def is_key(self, step: Step) -> bool:
        """Whether the level isn't granted unless this criterion is met; what is offered of the next level is none."""
        return step.key in self.keys

    @cached_property
    def keys(self) -> dict[str, Criterion]:
        """The key conditions at the level by their ids, in order."""
        asked = (each for element in self.elements for each in criteria_at(element, self.level))
        return {each.id: each for each in asked if each.key}

    def number_of(self, element: str) -> int:
        """Which of the elements it is, counted from 1."""
        return self._numbers[element]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {element.id: number for number, element in enumerate(self.elements, start=1)}

    def after(self, step: Step) -> Step:
        """The next step on the way; from an offered criterion also the next one offered. The summary has none."""
        return next(self.later(step))

    def later(self, step: Step) -> Iterator[Step]:
        """Every step that `after` leads to, one after the other."""
        return (each for each in self.steps[step.index + 1 :] if _neighbours(step, each))

    def before(self, step: Step) -> Step | None:
        """The mirror of `after`; None for the first step."""
        return next((each for each in reversed(self.steps[: step.index]) if _neighbours(step, each)), None)

    def open(self, position: Position) -> tuple[Step, ...]:
        """The steps on the way that have no answer yet, in order."""
        beyond, ahead = self.way[self._passed(position) :], set(position.ahead)
        return tuple(step for step in beyond if step.index not in ahead) if ahead else beyond

    def progress(self, position: Position) -> int:
        """How much of the way is answered, in whole percent, rounded down."""
        return 100 * (self._passed(position) + len(position.ahead)) // max(1, len(self.way))

    def _passed(self, position: Position) -> int:
        """How many steps on the way lie before the frontier."""
        return bisect_left(self.way, position.frontier, key=lambda step: step.index)


def _neighbours(step: Step, other: Step) -> bool:
    return not other.side or (is_offered(step) and is_offered(other))


class _Asked(NamedTuple):
    """A step that has no number yet."""

    kind: StepKind
    element: str = ""
    key: str = ""
    side: bool = False


@lru_cache(maxsize=64)
def plan(standard: Standard, level: str) -> Plan:
    """The walk for `level`: each element's criteria and rating, or its exam scores; then the published cases, where
    some are required; then the summary."""
    elements = standard.elements_at(level)
    asked: list[_Asked] = []
    for element in elements:
        asked += _behaviour(standard, element, level) if element.kind == "behaviour" else _exam(element)
    if any(rule.required.get(level) for rule in standard.deductions):
        asked.append(_Asked(StepKind.CASES))
    asked.append(_Asked(StepKind.SUMMARY))
    steps = tuple(Step(index, *each) for index, each in enumerate(asked))
    return Plan(standard, level, steps, elements)


def _behaviour(standard: Standard, element: Element, level: str) -> Iterator[_Asked]:
    for criterion in criteria_at(element, level):
        yield _Asked(StepKind.CRITERION, element.id, criterion.id)
    for criterion in _offered(standard, element, level):
        yield _Asked(StepKind.CRITERION, element.id, criterion.id, side=True)
    yield _Asked(StepKind.RATING, element.id)
    yield _Asked(StepKind.REASON, element.id, side=True)


def _offered(standard: Standard, element: Element, level: str) -> list[Criterion]:
    """What the next level demands beyond this one, where a rating can exceed the target."""
    above = standard.next_level(level)
    if above is None or not isinstance(standard.rating, ScaleRating) or standard.rating.exceeding is None:
        return []
    own = criteria_at(element, level)
    return [criterion for criterion in criteria_at(element, above.id) if criterion not in own]


def _exam(element: Element) -> Iterator[_Asked]:
    return (_Asked(StepKind.SCORE, element.id, subject.id) for subject in element.subjects)
