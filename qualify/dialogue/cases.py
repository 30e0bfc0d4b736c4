"""The list of published cases: what counts, what is asked about those listed, and the answers to that.

Two questions come up by themselves, likely twins first: "the same case?", about two on the list, or one on it and one
that another assessor listed; then of which kind a case is, where the standard tells kinds. Both can be left open.
"""

import zlib

from qualify.dialogue.answering import answered
from qualify.dialogue.entries import Entry, EntryKind
from qualify.dialogue.plan import Plan
from qualify.dialogue.situation import Outcome, Situation
from qualify.dialogue.typed import read_cases, read_kind
from qualify.errors import Stale
from qualify.scoring import Case, Facts, ReviewInput, facts_of, fits, likely_twins
from qualify.standard import CaseKind, Deduction

Twins = tuple[Case, Case]


def case_rules(plan: Plan) -> tuple[Deduction, ...]:
    """The rules that ask for cases at the level."""
    return tuple(rule for rule in plan.standard.deductions if rule.required.get(plan.level))


def case_kinds(plan: Plan) -> tuple[CaseKind, ...]:
    """The kinds of case that count at the level."""
    return tuple(kind for rule in case_rules(plan) for kind in rule.kinds)


def listed(here: Situation) -> tuple[Case, ...]:
    """The cases of this review, then those that only others listed."""
    own = {(case.adopted, case.title) for case in here.answers.cases}
    return (*here.answers.cases, *(case for case in here.known_cases if (case.adopted, case.title) not in own))


def counts(here: Situation, case: Case) -> bool:
    """Whether some rule counts the case by its day; True without an application date to count from."""
    until = here.application_date
    return until is None or any(fits(rule, case._replace(kind=""), until) for rule in case_rules(here.plan))


def outside(here: Situation) -> tuple[Case, ...]:
    """The cases of this review that don't count, because they were adopted on another day than any rule asks for."""
    return tuple(case for case in here.answers.cases if not counts(here, case))


def mark_of(twins: Twins) -> str:
    """What two cases are known by, whichever comes first: a few letters and figures, nothing of their titles."""
    said = sorted(f"{case.adopted.isoformat()} {case.title}" for case in twins)
    return f"{zlib.crc32(chr(10).join(said).encode()):x}"


def open_twins(here: Situation) -> Twins | None:
    """The first two cases that are likely one and that nobody was asked about: the second is on this review's list."""
    everything, own = listed(here), here.answers.cases
    for place, case in enumerate(own):
        for other in (*own[:place], *everything[len(own) :]):
            if likely_twins(other, case) and mark_of((other, case)) not in here.answers.distinct:
                return other, case
    return None


def has_twins(here: Situation) -> bool:
    """Whether two cases are asked about."""
    return open_twins(here) is not None


def kindless(here: Situation) -> Case | None:
    """The first case of this review whose kind is asked; it waits until no twins are asked about."""
    if not case_kinds(here.plan) or has_twins(here):
        return None
    return next((case for case in here.answers.cases if not case.kind), None)


def asks_kind(here: Situation) -> bool:
    """Whether a case's kind is asked."""
    return kindless(here) is not None


def take(here: Situation, argument: str) -> Outcome:
    """More cases are listed, and more may come; or the kind that was asked is named. Raises InvalidInput."""
    theirs, case = case_kinds(here.plan), kindless(here)
    if case is not None and (named := read_kind(argument, theirs)):
        return kind(here, str(theirs.index(named)))
    return here.then([_entry(each) for each in read_cases(argument, here.today, theirs)], here.step.index)


def _entry(case: Case) -> Entry:
    return Entry(EntryKind.CASE, "", case.title, f"{case.adopted.isoformat()} {case.kind}".rstrip())


def kind(here: Situation, argument: str) -> Outcome:
    """The case that was asked about is of the n-th kind (0-based). Where that was the last question and as many cases
    count as are required, the list is complete. Raises Stale for a kind that there isn't."""
    case = kindless(here)
    named = {str(n): each.id for n, each in enumerate(case_kinds(here.plan))}
    if case is None or argument not in named:
        raise Stale("error-not-here")
    of_kind = case._replace(kind=named[argument])
    cases = tuple(of_kind if each == case else each for each in here.answers.cases)
    entry = _entry(of_kind)
    return answered(here, here.step, [entry]) if _is_enough(here, cases) else here.then([entry], here.step.index)


def _is_enough(here: Situation, own: tuple[Case, ...]) -> bool:
    """Whether every case has its kind, and as many count as each rule requires, with those that others listed."""
    found = _found(here, own)
    if found.twins or here.application_date is None or not all(case.kind for case in own):
        return False
    rules = case_rules(here.plan)
    return all(
        count >= rule.required[here.plan.level] for rule, count in zip(rules, _counted(here, found), strict=True)
    )


def counted(here: Situation) -> tuple[int, ...]:
    """How many cases count so far for each of the rules, with those that others listed, likely twins once; 0 without an
    application date to count from."""
    return _counted(here, _found(here, here.answers.cases))


def _found(here: Situation, own: tuple[Case, ...]) -> Facts:
    given = here.answers.model_copy(update={"cases": (*own, *here.known_cases)})
    plan = here.plan
    return facts_of(plan.standard, plan.level, [ReviewInput(answers=given)], here.known, here.application_date)


def _counted(here: Situation, found: Facts) -> tuple[int, ...]:
    on = here.application_date
    return tuple(
        0 if on is None else sum(fits(rule, case, on) for case in found.cases) for rule in case_rules(here.plan)
    )


def same(here: Situation, argument: str) -> Outcome:
    """The two that were asked about are one case: it stays as it was listed first. Raises Stale for other two."""
    first, second = _asked(here, argument)
    kept = first if first.kind else first._replace(kind=second.kind)
    entries = [Entry(EntryKind.CASE_REMOVED, "", "", str(here.answers.cases.index(second)))]
    return here.then([*entries, _entry(kept)], here.step.index)


def distinct(here: Situation, argument: str) -> Outcome:
    """The two that were asked about are different cases; whoever signs has the last word. Raises Stale for other
    two."""
    twins = _asked(here, argument)
    return here.then([Entry(EntryKind.CASES_DISTINCT, "", "", mark_of(twins))], here.step.index)


def _asked(here: Situation, argument: str) -> Twins:
    twins = open_twins(here)
    if twins is None or mark_of(twins) != argument:  # another assessor may have listed one meanwhile
        raise Stale("error-not-here")
    return twins


def has_cases(here: Situation) -> bool:
    """Whether some case is listed."""
    return bool(here.answers.cases)


def undo(here: Situation, _: str) -> Outcome:
    """The last case on the list is taken back."""
    return here.then([Entry(EntryKind.CASE_REMOVED, "", "", "")], here.step.index)


def done(here: Situation, _: str) -> Outcome:
    """The list of cases is complete, also when it is empty."""
    following = here.plan.after(here.step)
    return answered(here, here.step, [Entry(EntryKind.GOTO, "", "", str(following.index))])
