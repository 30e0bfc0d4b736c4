"""What the machine is about: where a review stands, what a person does there, and what follows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from qualify.dialogue.entries import Entry, EntryKind, Position
from qualify.dialogue.plan import Plan, Step, StepKind
from qualify.scoring import NOTHING_KNOWN, Answers, Case, Known, suggest
from qualify.standard import Element


class Act(StrEnum):
    """What a person does on a screen. The argument is in `Action.argument`."""

    MARK = "m"
    ALL_MET = "a"
    NONE_OBSERVED = "n"
    RATE = "r"
    RERATE = "e"
    OFFER = "o"
    TEXT = "t"
    NOT_TAKEN = "x"
    KIND = "k"
    SAME = "e"
    DISTINCT = "n"
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
    """What a step leads to: entries to store (at least one), in order, and the position after them."""

    entries: tuple[Entry, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a step may depend on. `answers` hold at least those of the element in hand, of which a criterion needs
    only the marks; for the cases, the cases; for the summary, all. `known` are the facts of the assessment that lists
    and the other assessors gave, `known_cases` the cases among them; cases count up to the `application_date`."""

    plan: Plan
    position: Position
    answers: Answers
    today: date
    application_date: date | None = None
    known: Known = NOTHING_KNOWN
    known_cases: tuple[Case, ...] = ()

    @property
    def step(self) -> Step:
        """The step in hand."""
        return self.plan.steps[self.position.current]

    @property
    def element(self) -> Element:
        """The element in hand; KeyError at the cases and the summary."""
        return self.plan.standard.element(self.step.element)

    @property
    def open(self) -> tuple[Step, ...]:
        """The steps on the way that have no answer yet, in order."""
        return self.plan.open(self.position)

    def open_of(self, element: str) -> tuple[Step, ...]:
        """Those of them in the element; for "" the cases."""
        return tuple(
            step for step in self.plan.of_element(element) if step.is_on_the_way and not self.position.has(step.index)
        )

    def may_stand_on(self, step: Step) -> bool:
        """Whether the step may be in hand: an element is rated once all its criteria are answered, and the review is
        complete once everything is."""
        if step is self.plan.summary:
            return not self.open
        return step.kind is not StepKind.RATING or all(each is step for each in self.open_of(step.element))

    def is_unsettled(self, element: Element) -> bool:
        """The element is rated, the rating differs from the suggestion, and no reason holds: a reason falls when the
        rating or a mark beside it changes."""
        rating = self.plan.find(StepKind.RATING, element.id)
        if rating is None or not self.position.has(rating.index):
            return False
        suggestion = suggest(self.plan.standard, element, self.plan.level, self.answers.marks)
        return self.answers.ratings[element.id] != suggestion and element.id not in self.answers.reasons

    def having(self, steps: Collection[Step]) -> "Situation":
        """The same situation after these steps on the way were answered."""
        position = self.position
        ahead = {*position.ahead, *(step.index for step in steps if not position.has(step.index))}
        still = (step.index for step in self.plan.way if step.index >= position.frontier and step.index not in ahead)
        frontier = next(still, self.plan.summary.index)
        beyond = tuple(sorted(index for index in ahead if index > frontier))
        return replace(self, position=replace(position, frontier=frontier, ahead=beyond))

    def then(self, entries: Sequence[Entry], current: int) -> Outcome:
        """The outcome that stores `entries` and stands on the step `current`."""
        position = self.position
        cursor = None if current == position.frontier else current
        revision = position.revision + len(entries)
        return Outcome(tuple(entries), replace(position, cursor=cursor, revision=revision))

    def go(self, index: int) -> Outcome:
        """The outcome that only goes to a step."""
        return self.then([Entry(EntryKind.GOTO, "", "", str(index))], index)
