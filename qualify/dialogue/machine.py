"""The review as a state machine: a position, an action, and what follows from the two.

Words. The *way* is every step that needs an answer, in order, then the summary. *Side steps* lie beside it: the next
level's criteria and the reason. The *frontier* is the first step on the way without an answer; steps beyond it that
have one are *ahead*, all others are *open*. A *visit* has another step in hand than the frontier, the cursor: an
answered one, an open one that was jumped to, a side step, or the summary (the overview).

Rules. `RULES` below is the same as a table: a step offers the acts in its row whose condition holds.
1. The frontier never moves back. It moves on only past answered steps: whatever is jumped over is asked before the end.
2. An answer leads to the next open step of the element; one that replaces an earlier answer (the log keeps both), to
   the step after it in the element. Beyond the element the walk goes on at the first open step after it; when there is
   none, at the frontier. All met, and none observed, cover the criteria of the element that have no answer yet, but no
   key condition: those are asked one by one. An element is rated when all its criteria are answered. Of an exam, what
   is open and not known is asked; with the last of it the known scores stand too. A score that is changed leads to
   what is open of the exam, or beyond it.
3. A rating equal to the suggestion answers its step. Any other is stored at once and asks why; the step is answered
   with the reason.
4. Where all of this level's criteria are met, the rating step offers the next level's; they lead back to the rating.
5. Cases are listed, any number at a time, until they are done. Likely twins, and the kind of each where there are
   kinds, are asked about meanwhile; the last such answer, with cases enough, is the end of it.
6. Back goes to the answered step before, or to the frontier; forward, from an answered step, to the one after; resume
   to the frontier. The summary jumps to any element, and to the cases: to what is open of it, or to the rating where
   that is not settled. From a criterion of a rated element one press leads to the rating.
7. The review is complete (`view.may_submit`) when the summary is the frontier and every rating is settled: equal to
   the suggestion, or with a reason given since the rating and the marks beside it last changed.
8. What is taken adds at least one entry, so that a second press of the same button is recognised by its revision.
9. An act that the step doesn't offer, or an argument it can't read, is refused and changes nothing.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from qualify.dialogue import answering, cases, moving
from qualify.dialogue.plan import StepKind
from qualify.dialogue.situation import Act, Action, Outcome, Situation
from qualify.errors import Stale


class Rule(NamedTuple):
    """What follows from an act, given the situation and the argument, and when it is offered."""

    follow: Callable[[Situation, str], Outcome]
    when: Callable[[Situation], bool]


def always(_: Situation) -> bool:
    """The condition that holds everywhere."""
    return True


MOVES: Mapping[Act, Rule] = {
    Act.BACK: Rule(moving.back, moving.has_previous),
    Act.FORWARD: Rule(moving.forward, moving.has_next),
    Act.RESUME: Rule(moving.resume, moving.is_visiting),
    Act.OVERVIEW: Rule(moving.overview, always),
}

RULES: Mapping[StepKind, Mapping[Act, Rule]] = {
    StepKind.CRITERION: {
        **MOVES,
        Act.MARK: Rule(answering.mark, always),
        Act.ALL_MET: Rule(answering.all_met, answering.may_answer_together),
        Act.NONE_OBSERVED: Rule(answering.none_observed, answering.may_be_unobserved),
        Act.RERATE: Rule(moving.rerate, moving.may_rerate),
    },
    StepKind.RATING: {
        **MOVES,
        Act.RATE: Rule(answering.rate, always),
        Act.TEXT: Rule(answering.rate, always),
        Act.OFFER: Rule(answering.offer, answering.may_offer),
    },
    StepKind.REASON: {
        **MOVES,
        Act.TEXT: Rule(answering.reason, always),
    },
    StepKind.SCORE: {
        **MOVES,
        Act.TEXT: Rule(answering.scores, always),
        Act.NOT_TAKEN: Rule(answering.not_taken, answering.may_be_untaken),
    },
    StepKind.CASES: {
        **MOVES,
        Act.TEXT: Rule(cases.take, always),
        Act.SAME: Rule(cases.same, cases.has_twins),
        Act.DISTINCT: Rule(cases.distinct, cases.has_twins),
        Act.KIND: Rule(cases.kind, cases.asks_kind),
        Act.UNDO: Rule(cases.undo, cases.has_cases),
        Act.DONE: Rule(cases.done, always),
    },
    StepKind.SUMMARY: {
        Act.BACK: Rule(moving.back, moving.has_previous),
        Act.RESUME: Rule(moving.resume, moving.is_visiting),
        Act.JUMP: Rule(moving.jump, always),
    },
}


def acts(here: Situation) -> frozenset[Act]:
    """What the step in hand offers."""
    return frozenset(act for act, rule in RULES[here.step.kind].items() if rule.when(here))


def step(here: Situation, action: Action) -> Outcome:
    """What `action` does here. Raises Stale for what this step doesn't offer, InvalidInput for what can't be read."""
    rule = RULES[here.step.kind].get(action.act)
    if rule is None or not rule.when(here):
        raise Stale("error-not-here")
    return rule.follow(here, action.argument)
