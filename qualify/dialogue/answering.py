"""The answers of the machine: what each kind of step takes, and where it leads."""

from collections.abc import Collection
from decimal import Decimal

from qualify.dialogue.entries import Entry, EntryKind
from qualify.dialogue.moving import onward
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
    """The criteria that are answered `together` are met."""
    return answered(here, here.step, [_marked(step, Mark.MET) for step in together(here)])


def none_observed(here: Situation, _: str) -> Outcome:
    """Nothing was observed of the criteria that are answered `together`."""
    return answered(here, here.step, [_marked(step, Mark.NOT_OBSERVED) for step in together(here)])


def together(here: Situation) -> tuple[Step, ...]:
    """The criteria that one press may answer: the one in hand and all others of its kind (own or offered) in the
    element that have no answer yet, but no key condition: those are asked one by one. None while the one in hand is
    one of those, or has its answer."""
    left = (step for step in here.plan.alike(here.step) if step.key not in here.answers.marks)
    rest = tuple(step for step in left if not here.plan.is_key(step))
    return rest if here.step in rest else ()


def may_answer_together(here: Situation) -> bool:
    """Whether the criterion in hand may be answered with others."""
    return bool(together(here))


def may_be_unobserved(here: Situation) -> bool:
    """Whether the criterion in hand may be left unobserved with others: what is offered of the next level needs no
    such answer."""
    return may_answer_together(here) and not here.step.side


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
        return here.go(onward(here, here.step).index)  # it stands, and why is known
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
    """Goes to the next level's first criterion without an answer, else to its first."""
    offered = [step for step in here.plan.of_element(here.step.element) if is_offered(step)]
    unanswered = (step for step in offered if step.key not in here.answers.marks)
    return here.go(next(unanswered, offered[0]).index)


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
    """After an answer whose last step is `last`: that has its answer now, and so has each step on the way with the
    element and the key of an entry."""
    keys = {entry.key for entry in entries}
    done = [step for step in here.plan.way if step == last or (step.element == last.element and step.key in keys)]
    after = here.having([] if is_offered(last) else done)
    return after.then(entries, _following(here, after, last, keys).index)


def _following(before: Situation, after: Situation, last: Step, keys: Collection[str]) -> Step:
    """What comes next within the element: after an answer that was changed, the step after it; else the first one that
    is open. Beyond the element, the walk goes on."""
    next_one = after.plan.after(last)
    if is_offered(last):
        left = (step for step in after.plan.alike(last) if step.key not in {*before.answers.marks, *keys})
        rating = after.plan.find(StepKind.RATING, last.element)
        assert rating is not None, "what is offered leads to a better one"
        return next(left, rating) if last.key not in before.answers.marks else next_one
    was_answered = not last.side and before.position.has(last.index)
    if was_answered and next_one.element == last.element and after.may_stand_on(next_one):
        return next_one
    return next(iter(after.open_of(last.element)), onward(after, last))
