"""The moves of the machine: visits to other steps and the way back. They give no answer."""

from qualify.dialogue.plan import Step, StepKind, is_offered
from qualify.dialogue.situation import Outcome, Situation
from qualify.errors import Stale
from qualify.standard import Element


def onward(here: Situation, last: Step) -> Step:
    """Where the walk goes on beyond the element of `last`: at the first open step after it, else at the first of all,
    else at the summary."""
    still = here.open
    return next((step for step in still if step.index > last.index), still[0] if still else here.plan.summary)


def has_previous(here: Situation) -> bool:
    """Whether there is a step to go back to."""
    return _previous(here) is not None


def has_next(here: Situation) -> bool:
    """Whether the step in hand has its answer, and there is one to go on to without changing it."""
    return _next(here) is not None


def is_visiting(here: Situation) -> bool:
    """Whether the step in hand is another than the frontier."""
    return here.position.cursor is not None


def back(here: Situation, _: str) -> Outcome:
    """Goes to the step before; from the overview, to the frontier."""
    earlier = _previous(here)
    assert earlier is not None, "offered only where there is one"
    return here.go(earlier.index)


def _previous(here: Situation) -> Step | None:
    """The nearest step before that has its answer or is the frontier, or belongs to the element in hand: from an
    element that was jumped to, back to where the walk was left."""
    if here.step is here.plan.summary and is_visiting(here):
        return here.plan.steps[here.position.frontier]
    step = here.plan.before(here.step)
    while step is not None and not _leads_back(here, step):
        step = here.plan.before(step)
    return step


def _leads_back(here: Situation, step: Step) -> bool:
    was_here = is_offered(step) or step.index == here.position.frontier or here.position.has(step.index)
    return was_here or (step.element == here.step.element and here.may_stand_on(step))


def forward(here: Situation, _: str) -> Outcome:
    """Goes to the step after, without an answer."""
    following = _next(here)
    assert following is not None, "offered only where there is one"
    return here.go(following.index)


def _next(here: Situation) -> Step | None:
    if not _is_passed(here):
        return None
    return next((step for step in here.plan.later(here.step) if here.may_stand_on(step)), None)


def _is_passed(here: Situation) -> bool:
    """Whether the step in hand has its answer, or needs none: the next level's criteria are only offered, and the
    reason belongs to the rating."""
    if here.step.kind is StepKind.REASON:
        return may_rerate(here)
    return is_offered(here.step) or here.position.has(here.step.index)


def resume(here: Situation, _: str) -> Outcome:
    """Goes to the frontier: the visit is over."""
    return here.go(here.position.frontier)


def overview(here: Situation, _: str) -> Outcome:
    """Goes to the summary."""
    return here.go(here.plan.summary.index)


def jump(here: Situation, argument: str) -> Outcome:
    """Goes to the n-th element (0-based): to its first open step; where none is, to its first step, or to a rating that
    is not settled. The number after the last element is the cases. Raises Stale for anything else."""
    targets = {str(n): element for n, element in enumerate(here.plan.elements)}
    cases = here.plan.find(StepKind.CASES, "")
    if argument in targets:
        return here.go(_target(here, targets[argument]).index)
    if argument == str(len(targets)) and cases is not None:
        return here.go(cases.index)
    raise Stale("error-not-here")


def _target(here: Situation, element: Element) -> Step:
    steps = here.plan.of_element(element.id)
    if here.is_unsettled(element):
        return next(step for step in steps if step.kind is StepKind.RATING)
    return next(iter(here.open_of(element.id)), steps[0])


def may_rerate(here: Situation) -> bool:
    """Whether the element in hand is rated."""
    rating = here.plan.find(StepKind.RATING, here.step.element)
    return rating is not None and here.position.has(rating.index)


def rerate(here: Situation, _: str) -> Outcome:
    """Goes to the rating of the element in hand."""
    rating = here.plan.find(StepKind.RATING, here.step.element)
    assert rating is not None, "offered only where there is one"
    return here.go(rating.index)
