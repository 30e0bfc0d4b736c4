"""What the machine is about: where a review stands, what a person does there, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qualify.dialogue.entries import Entry, EntryKind, Position
from qualify.dialogue.plan import Plan, Step
from qualify.scoring import NOTHING_KNOWN, Answers, Case, Known, suggest
from qualify.standard import Element


class Act(StrEnum):
    """What a person does on a screen. The argument is in `Action.argument`."""

    MARK = "m"
    ALL_MET = "a"
    RATE = "r"
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
    """All that a step may depend on. `answers` hold at least those of the element in hand; for the cases, the cases;
    for a criterion asked for the first time, none are needed; for the summary, all. `known` are the facts of the
    assessment that lists and the other assessors gave, `known_cases` the cases among them; cases count up to the
    `application_date`."""

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

    def is_unsettled(self, element: Element) -> bool:
        """A rating already passed differs from the suggestion, and no reason holds: a reason falls when the rating or
        a mark beside it changes."""
        if element.kind == "exam" or self.plan.of_element(element.id)[-1].index >= self.position.frontier:
            return False
        suggestion = suggest(self.plan.standard, element, self.plan.level, self.answers.marks)
        return self.answers.ratings[element.id] != suggestion and element.id not in self.answers.reasons

    def then(self, entries: Sequence[Entry], current: int, frontier: int | None = None) -> Outcome:
        """The outcome that stores `entries` and stands on the step `current`; the frontier stays unless given."""
        frontier = self.position.frontier if frontier is None else frontier
        cursor = None if current == frontier else current
        return Outcome(tuple(entries), Position(frontier, cursor, self.position.revision + len(entries)))

    def go(self, index: int) -> Outcome:
        """The outcome that only goes to a step."""
        return self.then([Entry(EntryKind.GOTO, "", "", str(index))], index)
