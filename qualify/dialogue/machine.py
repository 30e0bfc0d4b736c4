"""The review as a state machine: a position, an action, and what follows from the two.

Rules, in prose; `RULES` below is the same as a table.
- The frontier moves forward only, by answering the step it stands on. Nothing on the way can be skipped.
- A cursor is a visit to an earlier or a side step; answering there walks on to the end of that element,
  then returns to the frontier. Answers given on a visit replace the earlier ones; the log keeps both.
- A rating that differs from the suggestion is stored at once and then asks why.
- The overview is the summary visited before the end: it jumps, but it can't be submitted.
- An action that the step in hand doesn't offer is refused and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qualify.dialogue.entries import Entry, Given, Position
from qualify.dialogue.plan import Kind, Plan, Step
from qualify.dialogue.typed import read_cases, read_scores
from qualify.errors import InvalidInput, Stale
from qualify.scoring import Answers, Mark, check_rating, number, plain, suggest
from qualify.standard import Subject

MAX_REASON = 1000


class Act(StrEnum):
    """What a person does on a screen. The argument is in `Action.argument`."""

    MARK = "m"
    ALL_MET = "a"
    RATE = "r"
    OFFER = "o"
    TEXT = "t"
    NOT_TAKEN = "x"
    DONE = "d"
    UNDO = "u"
    BACK = "b"
    FORWARD = "f"
    RESUME = "s"
    JUMP = "j"
    OVERVIEW = "l"


@dataclass(frozen=True, slots=True)
class Action:
    """One act; `argument` is the mark, the rating, the text, or the index of the element to jump to."""

    act: Act
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step leads to: entries to store, in order, and the position after them."""

    entries: tuple[Entry, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a step may depend on. `answers` hold at least those of the element in hand (and the cases)."""

    plan: Plan
    position: Position
    answers: Answers
    today: date

    @property
    def step(self) -> Step:
        """The step in hand."""
        return self.plan.steps[self.position.current]


def step(situation: Situation, action: Action) -> Outcome:
    """What `action` does here. Raises Stale for an act this step doesn't offer, InvalidInput for a bad argument."""
    rule = RULES.get((situation.step.kind, action.act)) or ANYWHERE.get(action.act)
    if rule is None:
        raise Stale("error-not-here")
    return rule(situation, action.argument)


def _mark(here: Situation, argument: str) -> Outcome:
    try:
        mark = Mark(argument)
    except ValueError:
        raise Stale("error-not-here") from None
    return _answered(here, here.step.index, [_marked(here.step, mark)])


def _marked(step: Step, mark: Mark) -> Entry:
    return Entry(Given.MARK, step.element, step.key, mark)


def _all_met(here: Situation, _: str) -> Outcome:
    """The criterion in hand and every later one of the same kind (own or offered) in the element."""
    in_hand = here.step
    rest = [
        step
        for step in here.plan.of_element(in_hand.element)
        if step.kind is Kind.CRITERION and step.side == in_hand.side and step.index >= in_hand.index
    ]
    return _answered(here, rest[-1].index, [_marked(step, Mark.MET) for step in rest])


def _rate(here: Situation, argument: str) -> Outcome:
    standard, element = here.plan.standard, here.plan.standard.element(here.step.element)
    rating = number(argument, element.id)
    check_rating(standard, element, here.plan.level, rating)
    suggestion = suggest(standard, element, here.plan.level, here.answers.marks)
    entries = [Entry(Given.RATING, element.id, "", plain(rating))]
    if rating == suggestion:
        return _answered(here, here.step.index, entries)
    reason = here.plan.find(Kind.REASON, element.id)
    assert reason is not None, "every behaviour element has one"
    return _moved(here, entries, _at(here, reason.index))


def _offer(here: Situation, _: str) -> Outcome:
    first = next((step for step in here.plan.of_element(here.step.element) if is_offered(step)), None)
    if first is None or not may_offer(here):
        raise Stale("error-not-here")
    return _go(here, first.index)


def is_offered(step: Step) -> bool:
    """Whether the step is a criterion of the next level."""
    return step.side and step.kind is Kind.CRITERION


def may_offer(here: Situation) -> bool:
    """Whether the next level's criteria are open: there are some, and all of this level's are met."""
    criteria = [step for step in here.plan.of_element(here.step.element) if step.kind is Kind.CRITERION]
    own = [step for step in criteria if not step.side]
    return len(criteria) > len(own) and all(here.answers.marks.get(step.key) is Mark.MET for step in own)


def _reason(here: Situation, argument: str) -> Outcome:
    reason = argument.strip()
    if not 0 < len(reason) <= MAX_REASON:
        raise InvalidInput("error-reason-length", maximum=str(MAX_REASON))
    return _answered(here, here.step.index, [Entry(Given.REASON, here.step.element, "", reason)])


def subjects_from(here: Situation) -> tuple[Subject, ...]:
    """The subjects that a typed line answers: the one in hand first, then the rest of the element."""
    subjects = here.plan.standard.element(here.step.element).subjects
    first = next(index for index, subject in enumerate(subjects) if subject.id == here.step.key)
    return subjects[first:]


def _scores(here: Situation, argument: str) -> Outcome:
    subjects = subjects_from(here)
    scores = read_scores(argument, subjects)
    return _scored(here, list(zip(subjects, scores, strict=False)))


def _not_taken(here: Situation, _: str) -> Outcome:
    return _scored(here, [(subjects_from(here)[0], None)])


def _scored(here: Situation, scored: list[tuple[Subject, Decimal | None]]) -> Outcome:
    element = here.step.element
    entries = [
        Entry(Given.SCORE, element, subject.id, "" if score is None else plain(score)) for subject, score in scored
    ]
    return _answered(here, here.step.index + len(scored) - 1, entries)


def _cases(here: Situation, argument: str) -> Outcome:
    cases = read_cases(argument, here.today)
    if not cases:
        raise InvalidInput("error-case-shape", given="")
    entries = [Entry(Given.CASE, "", case.title, case.adopted.isoformat()) for case in cases]
    return _moved(here, entries, here.position)


def _undo(here: Situation, _: str) -> Outcome:
    if not here.answers.cases:
        raise Stale("error-not-here")
    return _moved(here, [Entry(Given.CASE_REMOVED, "", "", "")], here.position)


def _done(here: Situation, _: str) -> Outcome:
    return _answered(here, here.step.index, [_goto(here.step.index + 1)])


def previous(here: Situation) -> Step | None:
    """The step on the way before the one in hand."""
    behind = here.plan.steps[: min(here.position.current, here.position.frontier + 1)]
    return next((step for step in reversed(behind) if not step.side), None)


def _back(here: Situation, _: str) -> Outcome:
    earlier = previous(here)
    if earlier is None:
        raise Stale("error-not-here")
    return _go(here, earlier.index)


def _forward(here: Situation, _: str) -> Outcome:
    if here.position.cursor is None:
        raise Stale("error-not-here")
    following = _next_on_way(here.plan, min(here.position.current, here.position.frontier - 1))
    return _go(here, following)


def _overview(here: Situation, _: str) -> Outcome:
    return _go(here, here.plan.summary.index)


def _resume(here: Situation, _: str) -> Outcome:
    if here.position.cursor is None:
        raise Stale("error-not-here")
    return _go(here, here.position.frontier)


def _jump(here: Situation, argument: str) -> Outcome:
    """To the first step of the n-th element (0-based); the number after the last element is the cases."""
    if not argument.isdecimal() or int(argument) > len(here.plan.elements):
        raise Stale("error-not-here")
    index = int(argument)
    element = here.plan.elements[index].id if index < len(here.plan.elements) else ""
    target = here.plan.of_element(element)[0]
    if target.index >= here.position.frontier:
        raise Stale("error-not-here")
    return _go(here, target.index)


def _next_on_way(plan: Plan, index: int) -> int:
    return next(step.index for step in plan.steps[index + 1 :] if not step.side)


def _answered(here: Situation, last: int, entries: list[Entry]) -> Outcome:
    """After the step `last` was answered: the frontier moves on, or the visit walks on within its element."""
    plan, position = here.plan, here.position
    if last >= position.frontier:
        return _moved(here, entries, Position(_next_on_way(plan, last), None))
    following = plan.steps[last + 1]
    if not is_offered(following) or not is_offered(here.step):
        following = plan.steps[_next_on_way(plan, last)]
    stays = following.element == here.step.element and following.element
    return _moved(here, entries, _at(here, following.index if stays else position.frontier))


def _at(here: Situation, index: int) -> Position:
    frontier = here.position.frontier
    return Position(frontier, None if index == frontier else index)


def _go(here: Situation, index: int) -> Outcome:
    return _moved(here, [_goto(index)], _at(here, index))


def _goto(index: int) -> Entry:
    return Entry(Given.GOTO, "", "", str(index))


def _moved(here: Situation, entries: list[Entry], position: Position) -> Outcome:
    revision = here.position.revision + len(entries)
    return Outcome(tuple(entries), Position(position.frontier, position.cursor, revision))


Rule = Callable[[Situation, str], Outcome]

RULES: dict[tuple[Kind, Act], Rule] = {
    (Kind.CRITERION, Act.MARK): _mark,
    (Kind.CRITERION, Act.ALL_MET): _all_met,
    (Kind.RATING, Act.RATE): _rate,
    (Kind.RATING, Act.OFFER): _offer,
    (Kind.RATING, Act.TEXT): _rate,
    (Kind.REASON, Act.TEXT): _reason,
    (Kind.SCORE, Act.TEXT): _scores,
    (Kind.SCORE, Act.NOT_TAKEN): _not_taken,
    (Kind.CASES, Act.TEXT): _cases,
    (Kind.CASES, Act.UNDO): _undo,
    (Kind.CASES, Act.DONE): _done,
    (Kind.SUMMARY, Act.JUMP): _jump,
}
"""What each kind of step offers."""

ANYWHERE: dict[Act, Rule] = {Act.BACK: _back, Act.FORWARD: _forward, Act.RESUME: _resume, Act.OVERVIEW: _overview}
"""What every step offers."""
