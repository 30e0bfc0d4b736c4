"""Where a review stands when its assessment goes over to another version of the standard."""

from qualify.adoption import CarriedOver
from qualify.dialogue.entries import Position
from qualify.dialogue.plan import Plan, Step, StepKind


def position_by(plan: Plan, carried: CarriedOver, revision: int, *, cases_are_done: bool) -> Position:
    """The position on the way of the other version, at the first step that has to be asked (the summary, where nothing
    has): a rating is asked again after what it was given for has changed; the list of cases is as done as it was."""
    left = [step.index for step in plan.way if not _is_answered(step, carried, cases_are_done=cases_are_done)]
    frontier = left[0] if left else plan.summary.index
    ahead = tuple(step.index for step in plan.way if step.index > frontier and step.index not in left)
    return Position(frontier, revision=revision, ahead=ahead)


def cases_are_done(plan: Plan, position: Position) -> bool:
    """Whether the list of cases was closed; none is asked for where the plan has no such step."""
    cases = plan.find(StepKind.CASES, "")
    return cases is not None and position.has(cases.index)


def _is_answered(step: Step, carried: CarriedOver, *, cases_are_done: bool) -> bool:
    match step.kind:
        case StepKind.CRITERION:
            return step.key in carried.answers.marks
        case StepKind.RATING:
            return step.element in carried.answers.ratings and step.element not in carried.to_rate
        case StepKind.SCORE:
            return step.key in carried.answers.scores
        case _:
            return cases_are_done
