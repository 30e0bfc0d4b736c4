"""The answers of the machine: what each kind of step takes, and where it leads."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from qualify.dialogue.entries import Entry, EntryKind
from qualify.dialogue.moving import onward
from qualify.dialogue.plan import Step, StepKind, is_offered
from qualify.dialogue.situation import Outcome, Situation
from qualify.dialogue.typed import count_scores, read_named_scores, read_number, read_reason, read_scores
from qualify.errors import InvalidInput, Stale
from qualify.scoring import Mark, check_rating, plain, suggest
from qualify.standard import Subject


def mark(here: Situation, argument: str) -> Outcome:
    """The criterion in hand is answered. Raises Stale for a mark that there isn't."""
    try:
        given = Mark(argument)
    except ValueError:
        raise Stale("error-not-here") from None
    return answered(here, here.step, [_marked(here.step, given)])


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


def subjects_asked(here: Situation) -> tuple[Subject, ...]:
    """The subjects that numbers without a name answer, in order: those that are open and not known; where all that are
    open are known, those; on a visit, the answered one in hand before them. All, once none of the element is open."""
    subjects, in_hand = here.element.subjects, here.step.key
    still = {step.key for step in here.open_of(here.step.element)}
    if not still:
        return subjects
    wanted = still - here.known.scores.keys() or still
    visited = () if in_hand in still else tuple(subject for subject in subjects if subject.id == in_hand)
    return (*visited, *(subject for subject in subjects if subject.id in wanted))


def scores(here: Situation, argument: str) -> Outcome:
    """The subjects that are named, or the first of those that are asked, are scored. Raises InvalidInput."""
    if named := read_named_scores(argument, here.element.subjects):
        return _scored(here, named)
    asked, still = subjects_asked(here), {step.key for step in here.open_of(here.step.element)}
    every = tuple(subject for subject in here.element.subjects if subject.id in still)
    if asked[0] in every and count_scores(argument) == len(every):
        asked = every  # the known ones among them too
    given = read_scores(argument, asked)
    if len(given) < len(asked) and not still:  # which of them should change?
        raise InvalidInput("error-scores-all", given=str(len(given)), count=str(len(asked)))
    return _scored(here, {subject.id: score for subject, score in zip(asked, given, strict=False)})


def may_be_untaken(here: Situation) -> bool:
    """Whether one subject is asked for, that a press can mean."""
    return bool(here.open_of(here.step.element)) or len(here.element.subjects) == 1


def not_taken(here: Situation, _: str) -> Outcome:
    """The first subject asked has no score."""
    return _scored(here, {subjects_asked(here)[0].id: None})


def _scored(here: Situation, given: Mapping[str, Decimal | None]) -> Outcome:
    """After scores the walk goes on with what is open of the element. Known ones that were left out stand, once nothing
    else is open: each step has its answer."""
    element, known = here.step.element, here.known.scores
    still = {step.key for step in here.open_of(element)}
    if not still <= known.keys() and still - given.keys() <= known.keys():
        given = {**{subject: known[subject] for subject in still - given.keys()}, **given}
    steps = [step for step in here.plan.of_element(element) if step.key in given]
    entries = [
        Entry(EntryKind.SCORE, element, step.key, "" if (score := given[step.key]) is None else plain(score))
        for step in steps
    ]
    after = here.having(steps)
    return after.then(entries, next(iter(after.open_of(element)), onward(after, steps[-1])).index)


def answered(here: Situation, last: Step, entries: list[Entry]) -> Outcome:
    """After an answer whose last step is `last`: that has its answer now, and so has each step on the way with the
    element and the key of an entry."""
    keys = {entry.key for entry in entries}
    theirs = [step for step in here.plan.of_element(last.element) if step.is_on_the_way]
    done = [step for step in theirs if step.index == last.index or step.key in keys]
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
