"""The moves of the machine: visits to other steps and the way back. They give no answer."""

from qualify.dialogue.plan import Step, StepKind
from qualify.dialogue.situation import Outcome, Situation
from qualify.errors import Stale
from qualify.standard import Element


def has_previous(here: Situation) -> bool:
    """Whether there is a step before the one in hand."""
    return _previous(here) is not None


def is_behind(here: Situation) -> bool:
    """Whether the step in hand lies before the frontier."""
    return here.position.current < here.position.frontier


def is_visiting(here: Situation) -> bool:
    """Whether the step in hand is another than the frontier."""
    return here.position.cursor is not None


def back(here: Situation, _: str) -> Outcome:
    """Goes to the step before; from the overview, to the frontier."""
    earlier = _previous(here)
    assert earlier is not None, "offered only where there is one"
    return here.go(earlier.index)


def _previous(here: Situation) -> Step | None:
    steps, frontier = here.plan.steps, here.position.frontier
    if here.step is here.plan.summary and is_visiting(here):
        return steps[frontier]
    return here.plan.before(here.step)


def forward(here: Situation, _: str) -> Outcome:
    """Goes to the step after, as far as the frontier, without an answer."""
    return here.go(here.plan.after(here.step).index)


def resume(here: Situation, _: str) -> Outcome:
    """Goes to the frontier: the visit is over."""
    return here.go(here.position.frontier)


def overview(here: Situation, _: str) -> Outcome:
    """Goes to the summary."""
    return here.go(here.plan.summary.index)


def has_begun(here: Situation) -> bool:
    """Whether some step lies before the frontier."""
    return here.position.frontier > 0


def jump(here: Situation, argument: str) -> Outcome:
    """Goes to the n-th element (0-based) if it lies before the frontier: to its first step, or to a rating that is not
    settled. The number after the last element is the cases. Raises Stale for anything else."""
    targets = {str(n): _target(here, element) for n, element in enumerate((*here.plan.elements, None))}
    target = targets.get(argument)
    if target is None or target.index >= here.position.frontier:
        raise Stale("error-not-here")
    return here.go(target.index)


def _target(here: Situation, element: Element | None) -> Step:
    steps = here.plan.of_element(element.id if element else "")
    if element and here.is_unsettled(element):
        return next(step for step in steps if step.kind is StepKind.RATING)
    return steps[0]
