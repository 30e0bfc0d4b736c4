"""The answers of the machine: what each kind of step takes, and where it leads."""

from decimal import Decimal
from itertools import takewhile

from qualify.dialogue.entries import Entry, EntryKind
from qualify.dialogue.plan import Step, StepKind, is_offered
from qualify.dialogue.situation import Outcome, Situation
from qualify.dialogue.typed import read_number, read_reason, read_scores
from qualify.errors import Stale
from qualify.scoring import Mark, check_rating, plain, suggest
from qualify.standard import Subject


def mark(here: Situation, argument: str) -> Outcome:
    """The criterion in hand is answered. Raises Stale for a mark that there isn't."""
    if argument not in set(Mark):
        raise Stale("error-not-here")
    return answered(here, here.step, [_marked(here.step, Mark(argument))])


def all_met(here: Situation, _: str) -> Outcome:
    """The criterion in hand and every later one of its kind (own or offered) in the element are met, up to the next key
    condition."""
    rest = together(here)
    return answered(here, rest[-1], [_marked(step, Mark.MET) for step in rest])


def together(here: Situation) -> tuple[Step, ...]:
    """The criterion in hand and those after it in the element that one press may answer with it. Key conditions are
    asked one by one: none for one, and none beyond the next one."""
    rest = (step for step in here.plan.alike(here.step) if step.index >= here.step.index)
    return tuple(takewhile(lambda step: not here.plan.is_key(step), rest))


def may_answer_together(here: Situation) -> bool:
    """Whether the criterion in hand may be answered with those after it."""
    return bool(together(here))


def _marked(step: Step, given: Mark) -> Entry:
    return Entry(EntryKind.MARK, step.element, step.key, given)


def rate(here: Situation, argument: str) -> Outcome:
    """The element is rated; a rating that differs from the suggestion asks why. Raises InvalidInput."""
    standard, element, level = here.plan.standard, here.element, here.plan.level
    rating = read_number(argument, element.id)
    check_rating(standard, element, level, rating)
    entry = Entry(EntryKind.RATING, element.id, "", plain(rating))
    if rating == suggest(standard, element, level, here.answers.marks):
        return answered(here, here.step, [entry])
    if rating == here.answers.ratings.get(element.id) and element.id in here.answers.reasons:
        return here.go(here.position.frontier)  # it stands, and why is known
    why = here.plan.find(StepKind.REASON, element.id)
    assert why is not None, "every behaviour element has one"
    return here.then([entry], why.index)


def reason(here: Situation, argument: str) -> Outcome:
    """Takes the reason why the rating differs. Raises InvalidInput."""
    return answered(here, here.step, [Entry(EntryKind.REASON, here.step.element, "", read_reason(argument))])


def may_offer(here: Situation) -> bool:
    """Whether the next level has criteria of its own, and all of this level's are met."""
    criteria = [step for step in here.plan.of_element(here.step.element) if step.kind is StepKind.CRITERION]
    own = [step for step in criteria if not step.side]
    return len(criteria) > len(own) and all(here.answers.marks.get(step.key) is Mark.MET for step in own)


def offer(here: Situation, _: str) -> Outcome:
    """Goes to the first criterion of the next level."""
    return here.go(next(step.index for step in here.plan.of_element(here.step.element) if is_offered(step)))


def subjects_from(here: Situation) -> tuple[Subject, ...]:
    """The subjects that a typed line answers: the one in hand first, then the rest of the element."""
    subjects = here.element.subjects
    return subjects[here.plan.alike(here.step).index(here.step) :]


def scores(here: Situation, argument: str) -> Outcome:
    """The subject in hand, or it and the rest of the element, are scored. Raises InvalidInput."""
    return _scored(here, read_scores(argument, subjects_from(here)))


def not_taken(here: Situation, _: str) -> Outcome:
    """The subject in hand has no score."""
    return _scored(here, [None])


def _scored(here: Situation, given: list[Decimal | None]) -> Outcome:
    entries = [
        Entry(EntryKind.SCORE, here.step.element, subject.id, "" if score is None else plain(score))
        for subject, score in zip(subjects_from(here), given, strict=False)
    ]
    return answered(here, here.plan.steps[here.step.index + len(given) - 1], entries)


def answered(here: Situation, last: Step, entries: list[Entry]) -> Outcome:
    """After `last` was answered: the frontier moves on, or the visit walks on within its element, then ends."""
    frontier, following = here.position.frontier, here.plan.after(last)
    if last.index >= frontier:
        return here.then(entries, following.index, following.index)
    return here.then(entries, following.index if following.element == last.element else frontier)
